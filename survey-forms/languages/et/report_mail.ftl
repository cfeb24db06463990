### Vaate arvudega kirja sõnad ja leht, millega kirjad lõpetatakse.

report-mail-subject-weekly = Nädalaaruanne, { $until }: { $view }
report-mail-subject-monthly = Kuuaruanne, { $until }: { $view }
report-mail-label-survey = Küsitlus
report-mail-label-quality = Tajutud kvaliteet, 100-st
report-mail-label-week = Võrreldes eelmise nädalaga
report-mail-label-month = Võrreldes eelmise kuuga
report-mail-label-lowest = Madalaimad väärtused
report-mail-label-careless = Hooletud vastused
report-mail-left-out = välja jäetud
report-mail-no-contact = ühendust ei võetud
report-mail-no-place = ilma asukohata
report-mail-value = { $count ->
    [one] { $value } ({ $low } kuni { $high }), { $count } vastaja
   *[other] { $value } ({ $low } kuni { $high }), { $count } vastajat
}
report-mail-higher = Kõrgem, vahe { $by } ({ $low } kuni { $high })
report-mail-lower = Madalam, vahe { $by } ({ $low } kuni { $high })
report-mail-same = Selget muutust ei ole (tõenäoliselt { $low } kuni { $high })
report-mail-few = Vastuseid on liiga vähe, et midagi öelda
report-mail-rate = { $answered } / { $asked }: { $share } % ({ $low } kuni { $high })
report-mail-answered = { $answered } / { $asked }
report-mail-brackets = Sulgudes on vahemik, milles tegelik väärtus tõenäoliselt on (95 %).
report-mail-nobody = Sellest ajast ei ole nende filtritega ühtki vastust.
report-mail-withheld = Vastuseid on liiga vähe: vastanuid on alla { $least } või saaks nii väheseid arve võrreldes eristada. Nende kaitseks ei näita me midagi.
report-mail-refused = Seda vaadet ei saa teile sellisena näidata: mõni selle filter ei ole teile avatud või seda, mille kohta see on, enam ei ole. Valige töölaual teised.
report-mail-button = Ava töölaud
report-mail-why-weekly = Saate selle igal esmaspäeval, sest tellisite selle töölaualt. Selles on see, mida tohite seal näha, ja mitte ühtki üksikut vastust.
report-mail-why-monthly = Saate selle iga kuu kolmandal päeval, sest tellisite selle töölaualt. Selles on see, mida tohite seal näha, ja mitte ühtki üksikut vastust.
report-mail-stop = Lõpeta see aruanne

## Leht selle lingi taga

report-stop-heading = Kas lõpetada see aruanne?
report-stop-what = Need arvud tulevad e-postiga: { $view }
report-stop-then = Kui vajutate nuppu, seda aruannet enam ei tule. Töölaual, kohas Views, saate selle uuesti tellida.
report-stop-now = Lõpeta aruanne
report-stopped-heading = Aruanne on lõpetatud
report-stopped-what = Nende arvudega kirju enam ei tule: { $view }
report-stopped-again = Rohkem ei ole vaja midagi teha. Töölaual, kohas Views, saate selle uuesti tellida.
