### What is kept about a customer, in Swedish. Draft: not yet read by a second reader.
###
### Informal address (du). The shop's name stands alone after a colon, the order number after its noun.

own-data-link = Se eller radera dina uppgifter

## The page

own-data-heading = Det här sparar vi om dig
own-data-lead = Sparas av: { $organisation }. Uppgifterna hör till beställning { $order }.
own-order-heading = Din beställning
own-person-heading = Om dig
own-basis-heading = Varför vi får skriva till dig
own-asked-heading = Vad vi frågade
own-answers-heading = Dina svar
own-others-heading = Dina andra beställningar
own-kept-heading = Hur länge, och vem som ser det
own-actions-heading = Det här kan du göra

## Labels beside a value

own-label-order = Beställningsnummer
own-label-channel = Köpt
own-label-place = Plats
own-label-value = Värde
own-label-placed = Beställd
own-label-expected = Väntad
own-label-shipped = Skickad
own-label-delivered = Levererad
own-label-cancelled = Avbeställd
own-label-returned = Returnerad
own-label-refunded = Pengar tillbaka
own-label-contacted = Kontakt
own-label-complaint = Reklamation
own-label-complaint-opened = Reklamation öppnad
own-label-complaint-closed = Reklamation avslutad
own-label-received = Kom till oss
own-label-updated = Senast ändrad
own-label-name = Namn
own-label-email = E-post
own-label-phone = Telefon
own-label-customer-number = Kundnummer
own-label-language = Språk
own-label-since = Känd hos oss sedan
own-label-basis = Grund
own-label-basis-words = Med våra ord
own-label-told = Meddelat eller godkänt
own-label-questionnaire = Enkät
own-label-planned = Meddelande planerat
own-label-sent = Meddelande skickat
own-label-begun = Påbörjad
own-label-answered = Besvarad
own-label-link-ends = Länken öppen till

## Values

own-not-kept = sparas inte
own-channel-web = i webbutiken
own-channel-in-person = på plats
own-channel-phone = per telefon
own-channel-email = per e-post
own-channel-chat = i en chatt
own-channel-community = i kundforumet
own-complaint-open = öppen
own-basis-consent = Du har sagt ja till det.
own-basis-notice = Du är kund hos oss, fick veta om det och kunde säga nej.
own-basis-other = En annan grund
own-basis-none = Ingen grund är angiven, så vi skickar inga meddelanden.

## Sentences

own-no-answers = Du har inte svarat på något än.
own-earlier = Som du skickade den { $date }
own-earlier-page = Sida { $number } som den sparades { $date }
own-others = { $count ->
    [one] Vi har också sparat en annan beställning från dig.
   *[other] Vi har också sparat { $count } andra beställningar från dig.
}
own-others-why = De visas inte här, så att den som har länken inte får veta mer än vad den skickades för. De raderas samtidigt.
own-object = Om något är fel, eller om du inte vill att det sparas, skriv till oss; en människa läser det:
own-download = Spara allt som en fil
own-download-hint = En JSON-fil att behålla eller använda i andra program. Där finns också siffrorna som vi räknar dina svar med.
own-erase = Radera allt
own-erase-hint = Först ser du vad det betyder. Inget raderas förrän du bekräftar det där.

## The page that asks once more

erase-heading = Radera allt?
erase-lead = Det här försvinner för gott:
erase-person = ditt namn, din adress och ditt telefonnummer, i den mån vi har dem här
erase-orders = { $count ->
    [one] en beställning med alla datum
   *[other] { $count } beställningar med alla datum
}
erase-answers = { $count ->
    [one] en enkät med dina svar och dina egna ord
   *[other] { $count } enkäter med dina svar och dina egna ord
}
erase-remains = Kvar blir en notering om att någon raderades den dagen, och vilka grupper ett svar hörde till. Den säger varken vem du är eller vad du svarade.
erase-shop = Själva beställningen finns också i butikens eget system. Vill du att den raderas där med, skriv till oss:
erase-now = Ja, radera allt

## The page after that

erased-heading = Allt är raderat
erased-text = Dina kontaktuppgifter, dina beställningar, dina svar och dina egna ord är borta härifrån. Länkarna till dem i våra meddelanden öppnar inte längre något.
erased-copies = Om vi någon gång måste återställa en äldre säkerhetskopia raderas du ur den också.
