### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = Mida kliendid teeninduse kohta ütlevad
score-of = { $value } / 100
score-likely = tõenäoliselt { $low } kuni { $high }
score-span = { $from } kuni { $until }
score-label-people = Vastanud kliente
score-label-period = Teeninduse aeg
score-label-rate = Vastanud küsitutest
score-label-range = Tõenäoline vahemik, 95 %
score-label-always = Vahemik iga vaatamise jaoks
score-label-when = Millal küsiti
score-label-whom = Kellelt küsiti
score-rate = { $answered } / { $asked }, { $share } %
score-after-placed = pärast tellimuse esitamist
score-after-shipped = pärast kauba väljasaatmist
score-after-delivered = pärast kättetoimetamist
score-after-complaint = pärast kaebuse lõpetamist
score-whom-all = igalt tellinud kliendilt, kellele pood tohib kirjutada
score-whom-sample = loositud klientidelt: { $share } tellimust sajast
score-whom-places = ainult nende kohtade klientidelt: { $places }
score-how-heading = Nii küsiti
score-how-free = Kliendid saavad pärast tellimust lingi ja vastavad ise. Kedagi ei valita selle järgi, mida ta võiks öelda, ja iga vastus läheb arvesse, hea või halb.
score-how-sum = Arv on küsitud kvaliteedimõõtmete keskmine, igaüks skaalal 0 kuni 100.
score-how-steps = Arv muutub alles siis, kui vähemalt kümme uut klienti on vastanud, et ühtki üksikut vastust ei saaks välja lugeda. Kui vastuseid on alla { $least }, arvu ei näidata.
score-out-heading = Mida siin ei ole
score-out-trials = Poe enda proovitellimused, avatud linkide kaudu antud vastused ja vastused, mis kustutati koos kõigega kliendi kohta.
score-out-silent = Kliendid, kes ei vastanud, võivad arvata teisiti.
score-few-heading = Vastuseid on veel liiga vähe
score-few = Siia tuleb arv, kui kaheteistkümne täiskuu jooksul on vastanud vähemalt { $least } klienti.
score-made = Laatu on selle arvutanud kõigist selle aja vastustest.
score-name = Tajutud kvaliteet
score-badge-few = Vastuseid on veel liiga vähe
score-answers = { $count ->
    [one] { $count } vastus
   *[other] { $count } vastust
}
