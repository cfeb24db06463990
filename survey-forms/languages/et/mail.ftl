### The invitation in Estonian. Draft: not yet read by a second reader.
###
### Polite plural (teie) with few pronouns. The shop's name and the order number stand in their basic form.

mail-subject = Milline oli meie teenindus? Tellimus { $order }
mail-preview = { $minutes ->
    [one] Mõni lühike küsimus. Vastamine võtab umbes minuti.
   *[other] Mõni lühike küsimus. Vastamine võtab alla { $minutes } minuti.
}
mail-greeting = Tere!
mail-thanks = Täname tellimuse { $order } eest.
mail-ask = Soovime teada, milline oli meie teenindus, et saaksime seda paremaks teha.
mail-time = { $minutes ->
    [one] Vastamine võtab umbes minuti ja iga küsimuse võib jätta vastamata.
   *[other] Vastamine võtab alla { $minutes } minuti ja iga küsimuse võib jätta vastamata.
}
mail-first = Võite alustada kohe siit:
mail-button = Vasta küsimustele
mail-address = Kui nupp ei tööta, kopeerige see aadress brauserisse:
mail-personal = Link kuulub teie tellimuse juurde. Palun ärge andke seda edasi.
mail-goodbye = Lugupidamisega
mail-why = Saite selle kirja, sest esitasite meile selle tellimuse. Kirjas ei ole midagi, mis teid jälgiks.
mail-unsubscribe = Ei soovi enam küsimusi e-postiga
mail-object = Võite ka sellele kirjale vastata või meile kirjutada; teie kirja loeb inimene:
mail-privacy = Kuidas me teie andmetega ümber käime

mail-subject-reminder = Meeldetuletus: milline oli meie teenindus? Tellimus { $order }
mail-subject-last = Viimast korda: milline oli meie teenindus? Tellimus { $order }
mail-preview-reminder = Lühike meeldetuletus. Kui teil on hetk aega, on küsimused endiselt avatud.
mail-preview-last = See on meie viimane kiri selle tellimuse kohta. Küsimused on endiselt avatud.
mail-opening-reminder = Kirjutasime teile mõni päev tagasi tellimuse { $order } kohta.
mail-opening-last = See on lühike meeldetuletus tellimuse { $order } kohta ja ühtlasi meie viimane kiri sellest.
mail-ask-last = Kui soovite öelda, milline oli meie teenindus, on küsimused endiselt avatud. Kui ei soovi, ei pea te midagi tegema.
