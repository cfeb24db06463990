### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = Teeninduse kvaliteedi aruanne
report-page = Lehekülg { $page } / { $pages }
report-range = { $low } kuni { $high }
report-signed = { $low } kuni { $high }
report-and = { $first } ja { $second }
report-answers = { $count ->
    [one] { $count } vastus
   *[other] { $count } vastust
}
report-likely = tõenäoliselt { $range }
report-not-shown = Ei näidata

report-scope-heading = Mida aruanne hõlmab
report-label-survey = Küsitlus
report-label-period = Teeninduse aeg
report-label-filters = Valik
report-label-answers = Vastuseid hindega
report-label-made = Koostatud
report-label-channel = Ostetud
report-label-contact = Ühendust võetud
report-label-place = Koht
report-label-language = Vastatud keeles
report-label-careless = Hooletud vastused
report-label-instrument = Küsimustik
report-label-program = Arvutanud
report-label-zone = Ajavöönd
report-label-unfinished = Pooleli jäänud vorme
report-label-fingerprint = Sõrmejälg (SHA-256)
report-careless-out = välja jäetud
report-careless-in = kõigis arvudes sees
report-no-filter = puudub, kõik vastused
report-period-all = algusest tänaseni
report-period-from = { $from } kuni tänaseni
report-period-until = algusest kuni { $until }
report-period-span = { $from } kuni { $until }
report-version = { $name }, versioon { $version }

report-channel-web = Veebipood
report-channel-in-person = Kohapeal
report-channel-phone = Telefon
report-channel-email = E-post
report-channel-chat = Vestlus
report-channel-community = Kogukond
report-channel-none = Teadmata
report-contact-none = Ühendust ei võetud
report-place-none = Kohata

report-found-heading = Mida leiti
report-found-quality = Tajutud kvaliteet on { $value } sajast, { $range } ({ $answers }).
report-found-no-quality = Tajutud kvaliteedi kohta arvu ei ole: { $reason }.
report-found-weakest = Nõrgim mõõde on { $name }: { $value } sajast, { $range } ({ $answers }).
report-found-two = Kaks mõõdet on nõrgimad: { $first } ja { $second }.
report-found-lowest = Ükski mõõde ei eristu teistest. Madalaim on { $name }: { $value } sajast, { $range } ({ $answers }).
report-found-no-dimensions = Mõõdete võrdlemiseks on vastuseid liiga vähe.
report-found-rate = Kohale jõudnud kutsetele vastati: { $answered } / { $asked }, see on { $share }, { $range }.
report-found-no-rate = Vastamismäära ei ole: { $reason }.
report-no-rate = Selle valiku kohta vastamismäära ei ole: küsitud tunnus on teada ainult vastanutel.
report-open-link = Vastused tulid avatud linkide kaudu. Kedagi ei kutsutud, seega vastamismäära ei ole.
report-change-higher = Kõrgem kui eelmisel perioodil: { $change } punkti ({ $range }).
report-change-lower = Madalam kui eelmisel perioodil: { $change } punkti ({ $range }).
report-change-none = Eelmise perioodiga võrreldes selget muutust ei ole: { $change } punkti ({ $range }).
report-change-few = Eelmise perioodiga võrdlemiseks on vastuseid liiga vähe.
report-change-nothing = Aruandel ei ole esimest ja viimast päeva, seega ei ole eelmist perioodi, millega võrrelda.
report-even = { $what }: ühel tasemel. Iga erinevus jääb { $margin } punkti piiresse.
report-uneven = { $what }: ei ole ühel tasemel. { $low } on { $distance } punkti madalam kui { $high }.
report-open = { $what }: vastuseid on liiga vähe, et öelda, kas kõik on { $margin } punkti piires ühel tasemel.
report-not-compared = { $what }: ei võrreldud ({ $reason }).
report-difference = { $low } on { $distance } punkti madalam kui { $high }.

report-overview-heading = Ühel leheküljel
report-card-quality = Tajutud kvaliteet, sajast
report-card-change = Võrreldes eelmise perioodiga
report-card-rate = Vastatud kutseid
report-word-higher = Kõrgem kui enne
report-word-lower = Madalam kui enne
report-word-same = Selget muutust ei ole
report-of-invitations = { $answered } / { $asked } kohale jõudnust
report-name-quality = Tajutud kvaliteet, sajast
report-name-always = Sama, vahemik, mis kehtib igal vaatamisel
report-name-weighted = Sama, kaalutud kõigi klientide järgi
report-name-overall = Üldhinnang, skaala väärtustes
report-name-nps = Soovitaks (NPS), −100 kuni 100
report-name-csat = Rahul, kaks ülemist väärtust
report-name-ces = Pidas lihtsaks, kolm ülemist väärtust

report-column-figure = Näitaja
report-column-value = Väärtus
report-column-score = Punktid
report-column-range = Tõenäoline, 95 %
report-column-answers = Vastuseid
report-column-dimension = Mõõde
report-column-change = Muutus
report-column-alpha = Usaldusväärsus (alfa)
report-column-month = Kuu
report-column-week = Nädal
report-column-expected = Oodatud
report-column-found = Kogetud
report-column-gap = Vahe
report-column-level = Tase
report-column-drawn = Keskmise poole
report-column-part = Osa tervikust
report-column-raw = Nagu vastati
report-column-weighted = Kaalutud
report-column-name = Veerg
report-column-question = Küsimus
report-column-codes = Väärtused

report-chart-dimensions = Iga mõõte punktid, madalaim ees
report-chart-levels = Tajutud kvaliteet, { $what }
report-chart-expected = Oodatud ja kogetud, suurim puudujääk ees
report-chart-time = Tajutud kvaliteet kuude kaupa
report-chart-weeks = Tajutud kvaliteet nädalate kaupa
report-chart-drivers = Iga mõõte osa, suurim ees
report-chart-scores = Punkte sajast, näidatud { $low } kuni { $high }.
report-chart-shares = Protsentides, nullist alates.
report-chart-marks = Jäme joon: tõenäoline vahemik, 80 %. Peen joon: 95 %.
report-chart-hollow = Õõnes punkt: alla 5 vastuse või vahemik puudub.
report-chart-band = Punkt: väärtus. Vööt: tõenäoline vahemik, 95 %.
report-chart-pairs = Ruut: oodatud. Punkt: kogetud. Jooned: tõenäoline vahemik, 95 %.
report-mark-expected = oodatud
report-mark-found = kogetud
report-mark-gap = vahe
report-by-month = { $name } kuude kaupa
report-week = { $year }. aasta { $week }. nädal
report-week-short = { $week }. nädal

report-dimensions-heading = Mõõted arvudes
report-change-note = Muutus: võrreldes eelmise perioodiga, oma tõenäolise vahemikuga. Punktid on sajast.
report-items-heading = Mõõde mõõte järel
report-items-note = Iga riba on küsimuse kõik hinded keskjoone ümber: madalad väärtused vasakul, kõrged paremal.
report-outcomes-heading = Muud küsimused
report-dimension-score = { $value } punkti sajast, { $range } ({ $answers }).
report-dimension-none = Arvu ei ole: { $reason }.
report-dimension-alpha = Usaldusväärsus (alfa): { $value }.
report-item-mean = Keskmine { $value }, { $range } ({ $answers }).
report-item-states = Ilma hindeta: { $states }.
report-state-not-applicable = ei puuduta
report-state-dont-know = ei oska öelda
report-state-skipped = vastamata

report-time-heading = Aja jooksul
report-happened = Mis sel ajal juhtus:

report-expected-heading = Oodatud ja kogetud
report-expected-first = Ootustele jääb kõige enam alla { $name }: { $gap } punkti ({ $range }, { $answers }).
report-expected-short = Ootustele jäävad alla ka: { $names }.
report-expected-more = Rohkem kui oodati: { $names }.
report-expected-level = Ükski mõõde ei jää ootustele selgelt alla.
report-expected-few = Liiga vähesed vastasid mõlemale, et öelda, mis jääb ootustele alla.
report-expected-note = Oodatud ja kogetud on kõigi sellele poolele vastanute punktid. Vahe on kogetud miinus oodatud nende hulgas, kes vastasid mõlemale, nii et see ei pea olema nende kahe vahe. Kõrged või madalad ootused ei ole iseenesest head ega halvad.

report-splits-heading = Kanalid ja kohad
report-splits-note = Tasemed on nimede järjekorras. Neid ei reastata paremuse järgi: kui vastuseid on vähe, on koht reas enamasti juhus.
report-split-channel = Kanalid
report-split-contact = Ühenduse võtmise viisid
report-split-place = Kohad
report-split-language = Keeled
report-places-drawn = Kus vastajaid on vähe, kõigub keskmine palju; all on igaüks tõmmatud kõigi keskmise poole.
report-places-inside = Ükski ei jää juhuse piiridest välja.
report-places-outside = Juhuse piiridest väljas: { $names }.
report-levels-cut = Näidatud on { $shown } taset, kokku on neid { $all }; CSV-failis on kõik.

report-drivers-heading = Mis käib üldhinnanguga koos
report-drivers-none = Seda ei saa veel öelda: { $reason }.
report-drivers-together = Mõõted koos katavad üldhinnangu erinevustest selle osa: { $share }.
report-drivers-first = { $name } on esimene tõenäosusega { $share }.
report-drivers-unclear = Ei ole selge, milline mõõde on esimene: vahemikud kattuvad.
report-drivers-caution = See näitab, mis käib koos, mitte mis mida põhjustab.

report-answered-heading = Kes vastasid
report-weighting-none = Midagi ei ole kaalutud: { $reason }.
report-weighting-why = Vastatud arvude kõrval on arvud, mis on kaalutud nii, et vastused vastaksid kõigile tellimustele.
report-weighting-cost = Kaalumine vähendab täpsust. Taga on { $answers }; need loevad nagu { $like }.
report-indicator = Vastajate esinduslikkus (R-indikaator): { $value }, kutsutuid { $n }. 1 tähendab, et kõik rühmad vastasid võrdselt.
report-careless = Hooletuse märgiga vastuseid: { $flagged } / { $all }. Need on kõigis arvudes sees.
report-careless-hidden = Hooletult vastanute arvu ei näidata: { $reason }.
report-careless-change = Kvaliteet koos nendega: { $with }. Ilma nendeta: { $without }.

report-method-heading = Kuidas see arvutati
report-method-score = Mõõte punktid on selle küsimuste keskmiste keskmine, viidud skaalale 0 kuni 100. Pööratud küsimused pööratakse enne tagasi.
report-method-quality = Tajutud kvaliteet on kõigi kogemuse mõõdete punktide keskmine, kõik sama kaaluga.
report-method-range = 95 % tõenäoline vahemik sisaldab õiget väärtust 95 korral sajast sellisest aruandest. See on mõeldud ühekordseks vaatamiseks.
report-method-always = Vahemik, mis kehtib igal vaatamisel, on laiem: see on õige ka sellele, kes vaatab ikka ja jälle.
report-method-change = Muutust võrreldakse eelmise perioodiga, kus on samad nädalapäevad, ja sel on oma vahemik. Selgeks nimetatakse seda vaid siis, kui null jääb vahemikust välja.
report-method-weak = Mõõdet nimetatakse nõrgimaks vaid siis, kui kogu selle vahemik jääb kõigi teiste omast allapoole.
report-method-alpha = Alfa näitab, kui hästi mõõte küsimused kokku kuuluvad, 0 kuni 1.
report-method-careless = Hooletuse märgiga vastused jäävad sisse, kui valik ei ütle teisiti: ka rahulolev klient võib nii vastata.
report-method-hidden = { $count ->
    [0] Alla { $least } inimese arve ei näidata, ega seda, mis need reedaks. Siin ei olnud vaja midagi välja jätta.
    [one] Alla { $least } inimese arve ei näidata, ega seda, mis need reedaks. Siin on selliseid kohti { $count }.
   *[other] Alla { $least } inimese arve ei näidata, ega seda, mis need reedaks. Siin on selliseid kohti { $count }.
}
report-method-open = Midagi ei ole varjatud: aruanne tehti kellelegi, kes tohib näha üksikuid vastuseid. Mõelge, kellele te selle annate.

report-dictionary-heading = Küsimused ja väärtused
report-dictionary-note = Veerg: nimi vastuste failides.
report-turned = pööratud

report-reason-people = alla { $least } inimese
report-reason-none = vastuseid ei ole
report-reason-dimension = mõnel mõõtel ei ole vastuseid
report-reason-one = ainult üks vastus
report-reason-alike = vastused ei erine piisavalt
report-reason-items = küsimusi esitati liiga vähe
report-reason-complete = keegi ei vastanud kõigele, mida selleks on vaja
report-reason-groups = alla kahe rühma
report-reason-small-group = mõnel rühmal on liiga vähe vastuseid
report-reason-thin = mõnel rühmal on alla { $least } vastuse
report-reason-few = liiga vähe vastuseid
report-reason-not-asked = ei küsitud
report-reason-protect = varjatud teise arvu kaitseks
report-reason-many = arvutamiseks liiga palju
report-reason-scales = skaalad ei sobi kokku
report-reason-frame = võrdlusalus ei sobi
report-reason-delivered = midagi ei jõudnud kohale
report-reason-pair = mõnele mõõdete paarile vastas alla { $least } inimese
report-reason-places = alla { $least } koha
report-reason-points = alla { $least } ajapunkti
report-reason-absent = ei arvutatud
report-reason-range = vahemikku ei ole
report-reason-other = nendest vastustest ei saa seda arvutada
