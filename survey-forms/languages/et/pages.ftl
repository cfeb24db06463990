### The customer's pages in Estonian. Draft: not yet read by a second reader.
###
### Polite plural (teie) with few pronouns; short commands on buttons. The shop's name and the order number
### stand in their basic form.

## On every page

language-switch = Keel
foot-contact = Kas teil on küsimusi? Inimene vastab aadressil:
foot-kept = { $months ->
    [one] Teie vastused seotakse selle tellimusega ja neid hoitakse kuni üks kuu.
   *[other] Teie vastused seotakse selle tellimusega ja neid hoitakse kuni { $months } kuud.
}
privacy-link = Kuidas me teie andmetega ümber käime

## The pages with questions

part = Osa { $number } / { $total }
time-left = { $minutes ->
    [0] jäänud on alla minuti
    [one] jäänud on umbes minut
   *[other] jäänud on umbes { $minutes } minutit
}
order-line = Tellimus { $order }
closing-heading = Tellimus tervikuna
continue = Salvesta ja jätka
finish = Saada vastused
back = Tagasi

intro-who = { $organisation } küsib teilt tellimuse { $order } kohta, et teenindust paremaks muuta.
intro-time = { $minutes ->
    [one] Vastamine võtab umbes minuti ja iga küsimuse võib jätta vastamata.
   *[other] Vastamine võtab umbes { $minutes } minutit ja iga küsimuse võib jätta vastamata.
}
intro-stored = { $months ->
    [one] Teie vastused seotakse selle tellimusega, neid loevad teeninduse eest hoolitsevad inimesed ja neid hoitakse kuni üks kuu.
   *[other] Teie vastused seotakse selle tellimusega, neid loevad teeninduse eest hoolitsevad inimesed ja neid hoitakse kuni { $months } kuud.
}
intro-rights = Kui soovite oma vastuseid näha, muuta või kustutada või ei soovi selliseid küsimusi, kirjutage aadressil:

resumed = Tere tulemast tagasi. Teie varasemad vastused on alles.
suggested = Valisite sõnumis vastuse. See on allpool märgitud ja saadetakse, kui vajutate nuppu.
correcting = Muudate juba saadetud vastuseid. Need asendatakse vastustega, mille saadate nüüd.

comment-hint = Palun ärge kirjutage siia nimesid, aadresse ega telefoninumbreid. Siia mahub kuni { $limit } märki.

## When a page comes back

title-error = Viga: { $title }
error-word = Viga:
left-open-heading = See leht on veel tühi
left-open-text = Võite vastata kohe või jätkata vastamata.
left-open-item = Vastamata: võite vastata või jätkata.
problems-heading = Palun vaadake see leht veel kord üle
problem-outside = Seda vastust ei õnnestunud lugeda. Palun valige üks näidatud vastustest.
problem-twice = Sellele küsimusele tuli kaks erinevat vastust. Palun valige neist üks.
problem-comment-long = { $count ->
    [one] Tekstis on { $count } märk, aga siia mahub kuni { $limit }. Palun lühendage teksti.
   *[other] Tekstis on { $count } märki, aga siia mahub kuni { $limit }. Palun lühendage teksti.
}
problem-unknown = Kaasa tuli midagi, mida see leht ei küsi. Palun saatke leht uuesti.

## The page after the last one

thanks-heading = Aitäh
thanks-saved = Teie vastused on kohale jõudnud.
thanks-before = Olete juba vastanud. Need on teie vastused.
thanks-not-taken = Kehtima jäävad vastused, mille saatsite esimesena. Praegu saadetud tulid liiga hilja ja neid ei võetud vastu.
thanks-answers = Teie vastused
thanks-open = Vastamata
thanks-change = Muuda vastuseid
thanks-keep = Selle lehe võite välja printida või salvestada.
thanks-contact = Kas soovite, et keegi meist mõnda asja lähemalt uuriks? Kirjutage aadressil:
thanks-next = Teenindust korraldavad inimesed loevad teie vastused läbi ja otsivad, mida saab paremini teha. Rohkem ei ole teil vaja midagi teha.
thanks-offer-heading = Soovime selle heaks teha
thanks-offer-link = Kuidas saame aidata
thanks-offer-contact = Kirjutage meile ja keegi meist uurib asja:
thanks-we-did-heading = Teie ütlesite, meie tegime

## Pages behind open links, where no order is known

closing-open-heading = Teenindus tervikuna
foot-kept-open = { $months ->
    [one] Teie vastuseid hoitakse kuni üks kuu.
   *[other] Teie vastuseid hoitakse kuni { $months } kuud.
}
intro-who-open = { $organisation } küsib teilt teeninduse kohta, et seda paremaks muuta.
intro-stored-open = { $months ->
    [one] Me ei küsi, kes te olete. Teie vastuseid loevad teeninduse eest hoolitsevad inimesed ja neid hoitakse kuni üks kuu.
   *[other] Me ei küsi, kes te olete. Teie vastuseid loevad teeninduse eest hoolitsevad inimesed ja neid hoitakse kuni { $months } kuud.
}
intro-rights-open = Kui soovite hiljem oma vastuseid näha, muuta või kustutada, kirjutage aadressil:
later-heading = Palun oodake hetk
later-text = Praegu vastab siin korraga palju inimesi. Palun oodake veidi ja saatke see leht uuesti. Teie vastused on lehel alles.
send-again-heading = Palun saatke see leht uuesti
send-again-text = Leht oli kaua avatud ja midagi ei ole veel kohale jõudnud. Teie vastused on lehel alles.
closed-heading = Need küsimused on suletud
closed-text = Täname, et soovisite vastata. Sellel lingil enam vastuseid vastu ei võeta.
resting-heading = Praegu ei ole avatud
resting-text = Täname, et soovisite vastata. Küsitlus on praegu peatatud. Palun proovige mõnel teisel päeval uuesti.

## Previews, for those who prepare a survey

preview-note = Eelvaade: midagi ei salvestata.
preview-length = Pikkus
preview-paging = Lehtedeks jaotus
preview-form = Vorm
preview-module = Ühendust võeti
preview-page = Leht

## Pages that stand alone

expired-heading = See küsitlus on suletud
expired-text = Vastamise aeg on läbi. Varem salvestatud vastused on alles.
expired-contact = Kui soovite siiski midagi öelda, kirjutage aadressil:
unknown-heading = See link ei tööta
unknown-text = Võib-olla on osa sellest puudu või seda enam ei kasutata. Palun avage kirjas olev link uuesti või kopeerige see tervikuna aadressiribale.
busy-heading = Palun oodake hetk
busy-text = Praegu vastab korraga palju inimesi. Oodake veidi ja laadige leht siis uuesti. Varem salvestatud vastused on alles.
broken-heading = Meil läks midagi valesti
broken-text = See ei ole teie süü. Varem salvestatud vastused on alles. Palun minge tagasi ja saatke see leht uuesti.
broken-reference = Kui kirjutate meile selle kohta, märkige palun kood: { $id }

## Further kinds of questions

yes = Jah
no = Ei
part-open = Osa { $number }
number-hint = Täisarv vahemikus { $min }–{ $max }.
multiple-hint = Võite valida mitu.
ranking-hint = 1 tähendab esimest kohta. Järjestus läheb arvesse, kui igal real on koht.
problem-number = Palun kirjutage täisarv vahemikus { $min }–{ $max }.
problem-ranking = Palun andke igale reale erinev koht alates 1-st või jätke kõik tühjaks.
problem-contradiction = Need vastused ei sobi kokku: üks neist ütleb, et ükski teine ei sobi. Palun vaadake üle.
