### The invitation in Swedish. Draft: not yet read by a second reader.
###
### Informal address (du). The shop's name and the order number stand as they are.

mail-subject = Hur var vår service? Beställning { $order }
mail-preview = { $minutes ->
    [one] Några korta frågor som tar ungefär en minut.
   *[other] Några korta frågor som tar mindre än { $minutes } minuter.
}
mail-greeting = Hej!
mail-thanks = Tack för din beställning { $order }.
mail-ask = Vi vill gärna veta hur vår service var, så att vi kan bli bättre.
mail-time = { $minutes ->
    [one] Det tar ungefär en minut att svara, och du kan hoppa över vilken fråga du vill.
   *[other] Det tar mindre än { $minutes } minuter att svara, och du kan hoppa över vilken fråga du vill.
}
mail-first = Du kan börja direkt här:
mail-button = Svara på frågorna
mail-address = Om knappen inte fungerar kan du kopiera den här adressen till webbläsaren:
mail-personal = Länken hör till din beställning. Skicka den inte vidare till andra.
mail-goodbye = Vänliga hälsningar
mail-why = Du får det här meddelandet eftersom du har gjort den här beställningen hos oss. Ingenting i det spårar dig.
mail-unsubscribe = Inga fler frågor via mejl
mail-object = Du kan också svara på meddelandet eller skriva till oss; en människa läser det:
mail-privacy = Så hanterar vi dina uppgifter

mail-subject-reminder = En påminnelse: hur var vår service? Beställning { $order }
mail-subject-last = En sista gång: hur var vår service? Beställning { $order }
mail-preview-reminder = En kort påminnelse. Har du en stund över är frågorna fortfarande öppna.
mail-preview-last = Det här är vårt sista meddelande om beställningen. Frågorna är fortfarande öppna.
mail-opening-reminder = För några dagar sedan skrev vi till dig om din beställning { $order }.
mail-opening-last = Det här är en kort påminnelse om din beställning { $order } och vårt sista meddelande om den.
mail-ask-last = Om du vill berätta hur vår service var är frågorna fortfarande öppna. Om inte behöver du inte göra något.
