### The customer's pages in Swedish. Draft: not yet read by a second reader.
###
### Informal address (du), as Swedish shops write. The shop's name stands as subject or alone, never with
### the ending of a genitive, and the order number stands after its noun.

## On every page

language-switch = Språk
foot-contact = Har du frågor? En människa svarar på:
foot-kept = { $months ->
    [one] Dina svar kopplas till den här beställningen och sparas i högst en månad.
   *[other] Dina svar kopplas till den här beställningen och sparas i högst { $months } månader.
}
privacy-link = Så hanterar vi dina uppgifter

## The pages with questions

part = Del { $number } av { $total }
time-left = { $minutes ->
    [0] mindre än en minut kvar
    [one] ungefär en minut kvar
   *[other] ungefär { $minutes } minuter kvar
}
order-line = Gäller beställning { $order }
closing-heading = Beställningen som helhet
continue = Spara och fortsätt
finish = Skicka mina svar
back = Tillbaka

intro-who = { $organisation } ställer några frågor om beställning { $order } för att kunna ge bättre service.
intro-time = { $minutes ->
    [one] Det tar ungefär en minut, och du kan hoppa över vilken fråga du vill.
   *[other] Det tar ungefär { $minutes } minuter, och du kan hoppa över vilken fråga du vill.
}
intro-stored = { $months ->
    [one] Dina svar kopplas till den här beställningen, läses av dem som ansvarar för servicen och sparas i högst en månad.
   *[other] Dina svar kopplas till den här beställningen, läses av dem som ansvarar för servicen och sparas i högst { $months } månader.
}
intro-rights = Vill du se, ändra eller ta bort dina svar, eller slippa sådana här frågor? Skriv till:

resumed = Välkommen tillbaka. Det du svarade tidigare finns kvar.
suggested = Du valde ett svar i meddelandet. Det är markerat nedan och skickas när du trycker på knappen.
correcting = Du ändrar svar som redan är skickade. Det du skickar nu ersätter dem.

comment-hint = Skriv helst inga namn, adresser eller telefonnummer. Här ryms { $limit } tecken.

## When a page comes back

title-error = Fel: { $title }
error-word = Fel:
left-open-heading = Den här sidan är fortfarande tom
left-open-text = Du kan svara nu eller gå vidare utan att svara.
left-open-item = Obesvarad: svara eller gå vidare.
problems-heading = Titta igenom sidan en gång till
problem-outside = Svaret gick inte att läsa. Välj ett av svaren som visas.
problem-twice = Det kom två olika svar på den här frågan. Välj ett av dem.
problem-comment-long = { $count ->
    [one] Texten är { $count } tecken lång, och här ryms { $limit }. Korta den gärna lite.
   *[other] Texten är { $count } tecken lång, och här ryms { $limit }. Korta den gärna lite.
}
problem-unknown = Det kom med något som den här sidan inte frågar efter. Skicka sidan en gång till.

## The page after the last one

thanks-heading = Tack
thanks-saved = Dina svar har kommit fram.
thanks-before = Du har redan svarat. Det här är svaren vi har fått av dig.
thanks-not-taken = Svaren du skickade först gäller. De som du skickade nu kom för sent och togs inte emot.
thanks-answers = Dina svar
thanks-open = Inget svar
thanks-change = Ändra dina svar
thanks-keep = Du kan skriva ut eller spara den här sidan.
thanks-contact = Vill du att någon av oss tittar närmare på något? Skriv till oss på:
thanks-next = De som arbetar med vår service läser dina svar och ser vad som kan bli bättre. Du behöver inte göra något mer.
thanks-offer-heading = Vi vill ställa det här till rätta
thanks-offer-link = Så kan vi hjälpa dig
thanks-offer-contact = Skriv till oss, så tittar någon av oss på det:
thanks-we-did-heading = Ni sa, vi gjorde

## Pages behind open links, where no order is known

closing-open-heading = Servicen som helhet
foot-kept-open = { $months ->
    [one] Dina svar sparas i högst en månad.
   *[other] Dina svar sparas i högst { $months } månader.
}
intro-who-open = { $organisation } ställer några frågor om servicen för att kunna göra den bättre.
intro-stored-open = { $months ->
    [one] Vi frågar inte vem du är. Dina svar läses av dem som ansvarar för servicen och sparas i högst en månad.
   *[other] Vi frågar inte vem du är. Dina svar läses av dem som ansvarar för servicen och sparas i högst { $months } månader.
}
intro-rights-open = Vill du senare se, ändra eller ta bort dina svar? Skriv till:
later-heading = Ett ögonblick
later-text = Just nu svarar många här samtidigt. Vänta en liten stund och skicka sidan en gång till. Dina svar finns kvar på den.
send-again-heading = Skicka sidan en gång till
send-again-text = Sidan hade varit öppen länge, så inget har kommit fram än. Dina svar finns kvar på den.
closed-heading = De här frågorna är stängda
closed-text = Tack för att du ville svara. Den här länken tar inte längre emot svar.
resting-heading = Inte öppet just nu
resting-text = Tack för att du ville svara. Frågorna har paus för tillfället. Försök gärna igen en annan dag.

## Previews, for those who prepare a survey

preview-note = Förhandsvisning: inget sparas.
preview-length = Längd
preview-paging = Sidindelning
preview-form = Formulär
preview-module = Kontakt via
preview-page = Sida

## Pages that stand alone

expired-heading = Enkäten är stängd
expired-text = Tiden för att svara har gått ut. Det du sparade tidigare finns kvar.
expired-contact = Är det något du ändå vill säga? Skriv till oss på:
unknown-heading = Länken fungerar inte
unknown-text = Kanske saknas en del av den, eller så används den inte längre. Öppna länken i meddelandet en gång till, eller kopiera hela länken till adressfältet.
busy-heading = Ett ögonblick
busy-text = Just nu svarar många samtidigt. Vänta en liten stund och ladda sedan om sidan. Det du sparade tidigare finns kvar.
broken-heading = Något gick fel hos oss
broken-text = Det är inte ditt fel. Det du sparade tidigare finns kvar. Gå tillbaka och skicka sidan en gång till.
broken-reference = Om du skriver till oss om detta, ange gärna koden: { $id }

## Further kinds of questions

yes = Ja
no = Nej
part-open = Del { $number }
number-hint = Ett heltal från { $min } till { $max }.
multiple-hint = Du kan välja flera.
ranking-hint = 1 betyder första plats. Ordningen räknas när varje rad har en plats.
problem-number = Skriv ett heltal från { $min } till { $max }.
problem-ranking = Ge varje rad en egen plats, med början på 1, eller lämna alla tomma.
problem-contradiction = De här svaren går inte ihop: ett av dem säger att inget av de andra passar. Titta en gång till.
