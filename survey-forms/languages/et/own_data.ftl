### What is kept about a customer, in Estonian. Draft: not yet read by a second reader.
###
### Polite plural (teie) with few pronouns. The shop's name and the order number stand in their basic form, after a
### colon where a case would be needed.

own-data-link = Vaadake või kustutage oma andmed

## The page

own-data-heading = Mida me teie kohta hoiame
own-data-lead = Andmeid hoiab: { $organisation }. Tellimus: { $order }.
own-order-heading = Teie tellimus
own-person-heading = Teie andmed
own-basis-heading = Miks me tohime teile kirjutada
own-asked-heading = Mida me küsisime
own-answers-heading = Teie vastused
own-others-heading = Teie muud tellimused
own-kept-heading = Kui kaua ja kes seda näeb
own-actions-heading = Mida saate teha

## Labels beside a value

own-label-order = Tellimuse number
own-label-channel = Ostukoht
own-label-place = Asukoht
own-label-value = Väärtus
own-label-placed = Tellitud
own-label-expected = Oodatav saabumine
own-label-shipped = Välja saadetud
own-label-delivered = Kätte toimetatud
own-label-cancelled = Tühistatud
own-label-returned = Tagastatud
own-label-refunded = Raha tagastatud
own-label-contacted = Ühendust võetud
own-label-complaint = Kaebus
own-label-complaint-opened = Kaebus avatud
own-label-complaint-closed = Kaebus lõpetatud
own-label-received = Meile teatatud
own-label-updated = Viimati muudetud
own-label-name = Nimi
own-label-email = E-post
own-label-phone = Telefon
own-label-customer-number = Kliendinumber
own-label-language = Keel
own-label-since = Meile teada alates
own-label-basis = Alus
own-label-basis-words = Meie sõnadega
own-label-told = Teatatud või nõustutud
own-label-questionnaire = Küsitlus
own-label-planned = Kiri kavandatud
own-label-sent = Kiri saadetud
own-label-begun = Alustatud
own-label-answered = Vastatud
own-label-link-ends = Link kehtib kuni

## Values

own-not-kept = ei hoita
own-channel-web = veebipoes
own-channel-in-person = kohapeal
own-channel-phone = telefonitsi
own-channel-email = e-posti teel
own-channel-chat = vestlusaknas
own-channel-community = kliendikogukonnas
own-complaint-open = avatud
own-basis-consent = Te nõustusite sellega.
own-basis-notice = Olete meie klient, teile on sellest teatatud ja võisite keelduda.
own-basis-other = Muu alus
own-basis-none = Alust ei ole nimetatud, seega me kirju ei saada.

## Sentences

own-no-answers = Te ei ole veel millelegi vastanud.
own-earlier = Varem saadetud: { $date }
own-earlier-page = Leht { $number }, salvestatud { $date }
own-others = { $count ->
    [one] Hoiame ka veel ühte teie tellimust.
   *[other] Hoiame ka veel { $count } teie tellimust.
}
own-others-why = Neid siin ei näidata, et lingi saanu ei näeks rohkem, kui milleks link saadeti. Kustutamine puudutab ka neid.
own-object = Kui midagi on valesti või te ei soovi, et seda hoitakse, kirjutage meile; teie kirja loeb inimene:
own-download = Salvesta kõik failina
own-download-hint = JSON-fail hoidmiseks või teiste programmide jaoks. Selles on ka numbrid, millega teie vastuseid arvestatakse.
own-erase = Kustuta kõik
own-erase-hint = Kõigepealt näete, mida see tähendab. Midagi ei kustutata enne, kui te seda seal kinnitate.

## The page that asks once more

erase-heading = Kas kustutada kõik?
erase-lead = Jäädavalt kustutatakse:
erase-person = teie nimi, aadress ja telefoninumber, kui need on siin hoiul
erase-orders = { $count ->
    [one] üks tellimus koos kõigi kuupäevadega
   *[other] { $count } tellimust koos kõigi kuupäevadega
}
erase-answers = { $count ->
    [one] üks küsitlus koos teie vastuste ja teie enda sõnadega
   *[other] { $count } küsitlust koos teie vastuste ja teie enda sõnadega
}
erase-remains = Alles jääb märge, et sel päeval keegi kustutati ja millistesse rühmadesse vastus kuulus. Sellest ei selgu, kes te olete ega mida vastasite.
erase-shop = Tellimus ise on ka meie poe enda süsteemis. Kui soovite, et see ka seal kustutatakse, kirjutage meile:
erase-now = Jah, kustuta kõik

## The page after that

erased-heading = Kõik on kustutatud
erased-text = Teie kontaktandmed, tellimused, vastused ja teie enda sõnad on siit kustutatud. Meie kirjades olevad lingid nende juurde ei ava enam midagi.
erased-copies = Kui peaksime kunagi taastama vanema varukoopia, kustutatakse teid sealt uuesti.
