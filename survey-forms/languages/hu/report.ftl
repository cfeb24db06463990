### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = Jelentés a szolgáltatás minőségéről
report-page = { $page }. oldal, összesen { $pages }
report-range = { $low }–{ $high }
report-signed = { $low } … { $high }
report-and = { $first } és { $second }
report-answers = { $count ->
    [one] { $count } válasz
   *[other] { $count } válasz
}
report-likely = valószínűleg { $range }
report-not-shown = Nem látható

report-scope-heading = Mire terjed ki a jelentés
report-label-survey = Felmérés
report-label-period = A szolgáltatás ideje
report-label-filters = Szűrés
report-label-answers = Válaszok értékkel
report-label-made = Készült
report-label-channel = A vásárlás módja
report-label-contact = A kapcsolat módja
report-label-place = Hely
report-label-language = A válasz nyelve
report-label-careless = Figyelmetlen válaszok
report-label-instrument = Kérdőív
report-label-program = Kiszámította
report-label-zone = Időzóna
report-label-unfinished = Befejezetlen űrlapok
report-label-fingerprint = Ujjlenyomat (SHA-256)
report-careless-out = kihagyva
report-careless-in = minden számban benne
report-no-filter = nincs, minden válasz
report-period-all = a kezdettől máig
report-period-from = { $from } óta, máig
report-period-until = a kezdettől eddig: { $until }
report-period-span = { $from } – { $until }
report-version = { $name }, { $version }. változat

report-channel-web = Webáruház
report-channel-in-person = Személyesen
report-channel-phone = Telefon
report-channel-email = E-mail-levél
report-channel-chat = Csevegés
report-channel-community = Közösség
report-channel-none = Nem ismert
report-contact-none = Nem volt kapcsolat
report-place-none = Nincs hely

report-found-heading = Mi derült ki
report-found-quality = Az észlelt minőség { $value } a 100-ból, { $range } ({ $answers }).
report-found-no-quality = Az észlelt minőségnek nincs értéke: { $reason }.
report-found-weakest = A leggyengébb dimenzió: { $name }, { $value } a 100-ból, { $range } ({ $answers }).
report-found-two = Két dimenzió a leggyengébb: { $first } és { $second }.
report-found-lowest = Egyik dimenzió sem válik el a többitől. A legalacsonyabb: { $name }, { $value } a 100-ból, { $range } ({ $answers }).
report-found-no-dimensions = Túl kevés a válasz a dimenziók összehasonlításához.
report-found-rate = { $asked } kézbesített meghívó közül { $answered } kapott választ: { $share }, { $range }.
report-found-no-rate = Nincs válaszadási arány: { $reason }.
report-no-rate = Ehhez a szűréshez nincs válaszadási arány: a keresett adat csak a válaszokról ismert.
report-open-link = A válaszok nyílt hivatkozásokon érkeztek. Senki sem kapott meghívót, ezért nincs válaszadási arány.
report-change-higher = Magasabb, mint az előző időszakban: { $change } pont ({ $range }).
report-change-lower = Alacsonyabb, mint az előző időszakban: { $change } pont ({ $range }).
report-change-none = Nincs egyértelmű változás az előző időszakhoz képest: { $change } pont ({ $range }).
report-change-few = Túl kevés a válasz az előző időszakkal való összehasonlításhoz.
report-change-nothing = A jelentésnek nincs első és utolsó napja, így nincs előző időszak, amellyel összevethető.
report-even = { $what }: egy szinten. Minden különbség { $margin } ponton belül van.
report-uneven = { $what }: nincsenek egy szinten. { $low }: { $distance } ponttal alacsonyabb, mint { $high }.
report-open = { $what }: túl kevés a válasz ahhoz, hogy kiderüljön, mind egy szinten van-e { $margin } ponton belül.
report-not-compared = { $what }: nincs összehasonlítva ({ $reason }).
report-difference = { $low }: { $distance } ponttal alacsonyabb, mint { $high }.

report-overview-heading = Egy oldalon
report-card-quality = Észlelt minőség, 100-ból
report-card-change = Az előző időszakhoz képest
report-card-rate = Megválaszolt meghívók
report-word-higher = Magasabb, mint előtte
report-word-lower = Alacsonyabb, mint előtte
report-word-same = Nincs egyértelmű változás
report-of-invitations = { $answered }, kézbesítve { $asked }
report-name-quality = Észlelt minőség, 100-ból
report-name-always = Ugyanaz, minden ránézéskor érvényes sávval
report-name-weighted = Ugyanaz, minden vásárlóra súlyozva
report-name-overall = Összbenyomás, a skála értékeiben
report-name-nps = Ajánlaná (NPS), −100 és 100 között
report-name-csat = Elégedett, a két felső érték
report-name-ces = Könnyűnek találta, a három felső érték

report-column-figure = Mutató
report-column-value = Érték
report-column-score = Pont
report-column-range = Valószínű, 95 %
report-column-answers = Válaszok
report-column-dimension = Dimenzió
report-column-change = Változás
report-column-alpha = Megbízhatóság (alfa)
report-column-month = Hónap
report-column-week = Hét
report-column-expected = Várt
report-column-found = Tapasztalt
report-column-gap = Eltérés
report-column-level = Szint
report-column-drawn = Az átlaghoz húzva
report-column-part = Rész az egészből
report-column-raw = Ahogy válaszoltak
report-column-weighted = Súlyozva
report-column-name = Oszlop
report-column-question = Kérdés
report-column-codes = Értékek

report-chart-dimensions = A dimenziók pontjai, a legalacsonyabb elöl
report-chart-levels = Észlelt minőség, { $what }
report-chart-expected = Várt és tapasztalt, a legnagyobb elmaradás elöl
report-chart-time = Észlelt minőség havonta
report-chart-weeks = Észlelt minőség hetente
report-chart-drivers = A dimenziók része, a legnagyobb elöl
report-chart-scores = Pont a 100-ból, { $low } és { $high } között mutatva.
report-chart-shares = Százalék, nullától.
report-chart-marks = Vastag vonal: valószínű sáv, 80 %. Vékony vonal: 95 %.
report-chart-hollow = Üres pont: 5-nél kevesebb válasz, vagy nincs sáv.
report-chart-band = Pont: érték. Sáv: valószínű tartomány, 95 %.
report-chart-pairs = Négyzet: várt. Pont: tapasztalt. Vonalak: valószínű tartomány, 95 %.
report-mark-expected = várt
report-mark-found = tapasztalt
report-mark-gap = eltérés
report-by-month = { $name } havonta
report-week = { $year }. év, { $week }. hét
report-week-short = { $week }. hét

report-dimensions-heading = A dimenziók számokban
report-change-note = Változás: az előző időszakhoz képest, saját valószínű sávval. A pontok 100-ból értendők.
report-items-heading = Dimenzióról dimenzióra
report-items-note = Minden csík egy kérdés összes értékelése a középvonal körül: balra az alacsony, jobbra a magas értékek.
report-outcomes-heading = További kérdések
report-dimension-score = { $value } pont a 100-ból, { $range } ({ $answers }).
report-dimension-none = Nincs érték: { $reason }.
report-dimension-alpha = Megbízhatóság (alfa): { $value }.
report-item-mean = Átlag { $value }, { $range } ({ $answers }).
report-item-states = Értékelés nélkül: { $states }.
report-state-not-applicable = nem vonatkozik rá
report-state-dont-know = nem tudja
report-state-skipped = üresen hagyta

report-time-heading = Az idő során
report-happened = Mi történt ez idő alatt:

report-expected-heading = Várt és tapasztalt
report-expected-first = A várakozásoktól leginkább ez marad el: { $name }, { $gap } pont ({ $range }, { $answers }).
report-expected-short = Szintén elmarad a várakozásoktól: { $names }.
report-expected-more = Több, mint amit vártak: { $names }.
report-expected-level = Egyik dimenzió sem marad el egyértelműen a várakozásoktól.
report-expected-few = Túl kevesen válaszoltak mindkettőre ahhoz, hogy kiderüljön, mi marad el a várakozásoktól.
report-expected-note = A várt és a tapasztalt érték mindenkié, aki arra az oldalra válaszolt. Az eltérés a tapasztalt mínusz a várt azoknál, akik mindkettőre válaszoltak, ezért nem kell megegyeznie a kettő különbségével. A magas vagy alacsony várakozás magában se nem jó, se nem rossz.

report-splits-heading = Csatornák és helyek
report-splits-note = A szintek a nevük sorrendjében állnak, nem rangsorban: kevés válasznál a helyezés többnyire véletlen.
report-split-channel = Csatornák
report-split-contact = A kapcsolat módjai
report-split-place = Helyek
report-split-language = Nyelvek
report-places-drawn = Ahol kevesen válaszoltak, az átlag erősen ingadozik; alább mindegyik az összes átlaga felé van húzva.
report-places-inside = Egyik sincs a véletlen határain kívül.
report-places-outside = A véletlen határain kívül: { $names }.
report-levels-cut = Itt { $shown } szint látható, összesen { $all } van; a CSV-fájlban mind benne van.

report-drivers-heading = Mi jár együtt az összbenyomással
report-drivers-none = Ez még nem mondható meg: { $reason }.
report-drivers-together = A dimenziók együtt az összbenyomás különbségeinek ekkora részét adják: { $share }.
report-drivers-first = { $name }: { $share } valószínűséggel az első.
report-drivers-unclear = Nem egyértelmű, melyik dimenzió az első: a sávok átfedik egymást.
report-drivers-caution = Ez azt mutatja, mi mivel jár együtt, nem azt, hogy mi mit okoz.

report-answered-heading = Kik válaszoltak
report-weighting-none = Semmi sincs súlyozva: { $reason }.
report-weighting-why = A válaszok szerinti számok mellett olyanok állnak, amelyek úgy vannak súlyozva, hogy a válaszok minden rendelésnek megfeleljenek.
report-weighting-cost = A súlyozás csökkenti a pontosságot. Mögötte: { $answers }; ennyinek számítanak: { $like }.
report-indicator = A válaszok reprezentativitása (R-mutató): { $value }, meghívottak: { $n }. Az 1 azt jelenti, hogy minden csoport egyformán válaszolt.
report-careless = Figyelmetlenség jelét mutató válaszok: { $flagged } / { $all }. Minden számban benne vannak.
report-careless-hidden = Nem látható, hányan válaszoltak figyelmetlenül: { $reason }.
report-careless-change = Minőség velük: { $with }. Nélkülük: { $without }.

report-method-heading = Hogyan készültek a számok
report-method-score = Egy dimenzió pontja a kérdései átlagainak átlaga, 0-tól 100-ig terjedő skálára áthelyezve. A fordított kérdéseket előbb visszafordítjuk.
report-method-quality = Az észlelt minőség az élmény összes dimenziója pontjainak átlaga, mind egyforma súllyal.
report-method-range = A 95 %-os valószínű sáv 100 ilyen jelentésből 95-ben tartalmazza a valódi értéket. Egyetlen ránézésre szól.
report-method-always = A minden ránézéskor érvényes sáv szélesebb: annak is helyes, aki újra meg újra ránéz.
report-method-change = A változás az azonos hétköznapokból álló előző időszakhoz képest értendő, és saját sávja van. Csak akkor egyértelmű, ha a sávon kívül van a nulla.
report-method-weak = Egy dimenzió csak akkor a leggyengébb, ha a teljes sávja az összes többi alatt van.
report-method-alpha = Az alfa azt mutatja, mennyire tartoznak össze egy dimenzió kérdései, 0-tól 1-ig.
report-method-careless = A figyelmetlenség jelét mutató válaszok benne maradnak, ha a szűrés mást nem mond: elégedett vásárló is válaszolhat így.
report-method-hidden = { $count ->
    [0] A { $least } embernél kevesebbhez tartozó számok nem láthatók, és az sem, ami elárulná őket. Itt semmit sem kellett kihagyni.
    [one] A { $least } embernél kevesebbhez tartozó számok nem láthatók, és az sem, ami elárulná őket. Itt ez { $count } rész.
   *[other] A { $least } embernél kevesebbhez tartozó számok nem láthatók, és az sem, ami elárulná őket. Itt ez { $count } rész.
}
report-method-open = Semmi sincs visszatartva: a jelentés olyasvalakinek készült, aki egyes válaszokat is láthat. Kérjük, gondolja meg, kinek adja tovább.

report-dictionary-heading = Kérdések és értékek
report-dictionary-note = Oszlop: a név a válaszok fájljaiban.
report-turned = fordított

report-reason-people = kevesebb mint { $least } ember
report-reason-none = nincs válasz
report-reason-dimension = egy dimenzióra nincs válasz
report-reason-one = csak egy válasz
report-reason-alike = a válaszok nem különböznek eléggé
report-reason-items = túl kevés kérdést tettek fel
report-reason-complete = senki sem válaszolt mindenre, ami ehhez kell
report-reason-groups = kettőnél kevesebb csoport
report-reason-small-group = egy csoportban túl kevés a válasz
report-reason-thin = egy csoportban { $least } válasznál kevesebb van
report-reason-few = túl kevés válasz
report-reason-not-asked = nem kérdezték
report-reason-protect = egy másik szám védelmében visszatartva
report-reason-many = túl sok a számításhoz
report-reason-scales = a skálák nem illenek össze
report-reason-frame = az összehasonlítás alapja nem illik
report-reason-delivered = semmi sem volt kézbesítve
report-reason-pair = egy dimenziópárra { $least } embernél kevesebb válaszolt
report-reason-places = kevesebb mint { $least } hely
report-reason-points = kevesebb mint { $least } időpont
report-reason-absent = nincs kiszámítva
report-reason-range = nincs sáv
report-reason-other = ezekből a válaszokból nem számítható ki
