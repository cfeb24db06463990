### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = Rapport om tjänstens kvalitet
report-page = Sida { $page } av { $pages }
report-range = { $low } till { $high }
report-signed = { $low } till { $high }
report-and = { $first } och { $second }
report-answers = { $count ->
    [one] { $count } svar
   *[other] { $count } svar
}
report-likely = troligen { $range }
report-not-shown = Visas inte

report-scope-heading = Vad rapporten omfattar
report-label-survey = Enkät
report-label-period = Tjänsten gavs
report-label-filters = Urval
report-label-answers = Svar med ett resultat
report-label-made = Gjord den
report-label-channel = Köpt via
report-label-contact = Kontakt via
report-label-place = Ställe
report-label-language = Besvarad på
report-label-careless = Slarviga svar
report-label-instrument = Frågeformulär
report-label-program = Beräknad av
report-label-zone = Tidszon
report-label-unfinished = Oavslutade formulär
report-label-fingerprint = Fingeravtryck (SHA-256)
report-careless-out = utelämnade
report-careless-in = med i alla tal
report-no-filter = inget, alla svar
report-period-all = från början till i dag
report-period-from = { $from } till i dag
report-period-until = från början till { $until }
report-period-span = { $from } till { $until }
report-version = { $name }, version { $version } av formuläret

report-channel-web = Nätbutik
report-channel-in-person = På plats
report-channel-phone = Telefon
report-channel-email = E-post
report-channel-chat = Chatt
report-channel-community = Gemenskap
report-channel-none = Okänt
report-contact-none = Ingen kontakt
report-place-none = Inget ställe

report-found-heading = Vad som framkom
report-found-quality = Upplevd kvalitet är { $value } av 100, { $range } ({ $answers }).
report-found-no-quality = Det finns inget resultat för upplevd kvalitet: { $reason }.
report-found-weakest = Svagast är dimensionen { $name }: { $value } av 100, { $range } ({ $answers }).
report-found-two = Två dimensioner är svagast: { $first } och { $second }.
report-found-lowest = Ingen dimension skiljer ut sig. Lägst är { $name }: { $value } av 100, { $range } ({ $answers }).
report-found-no-dimensions = Det finns för få svar för att jämföra dimensioner.
report-found-rate = { $answered } av { $asked } levererade inbjudningar besvarades: { $share }, { $range }.
report-found-no-rate = Det finns ingen svarsfrekvens: { $reason }.
report-no-rate = Det finns ingen svarsfrekvens för detta urval: bara svaren har det som efterfrågas här.
report-open-link = Svaren kom via öppna länkar. Ingen var inbjuden, så det finns ingen svarsfrekvens.
report-change-higher = Högre än i perioden innan: { $change } poäng ({ $range }).
report-change-lower = Lägre än i perioden innan: { $change } poäng ({ $range }).
report-change-none = Ingen tydlig förändring mot perioden innan: { $change } poäng ({ $range }).
report-change-few = Det finns för få svar för att jämföra med perioden innan.
report-change-nothing = Rapporten har ingen första och sista dag, så det finns ingen period innan att jämföra med.
report-even = { $what }: på samma nivå. Varje skillnad ligger inom { $margin } poäng.
report-uneven = { $what }: inte på samma nivå. { $low } ligger { $distance } poäng lägre än { $high }.
report-open = { $what }: för få svar för att säga om alla är på samma nivå, inom { $margin } poäng.
report-not-compared = { $what }: inte jämfört ({ $reason }).
report-difference = { $low } ligger { $distance } poäng lägre än { $high }.

report-overview-heading = På en sida
report-card-quality = Upplevd kvalitet, av 100
report-card-change = Mot perioden innan
report-card-rate = Besvarade inbjudningar
report-word-higher = Högre än förut
report-word-lower = Lägre än förut
report-word-same = Ingen tydlig förändring
report-of-invitations = { $answered } av { $asked } levererade
report-name-quality = Upplevd kvalitet, av 100
report-name-always = Samma, intervall som gäller vid varje blick
report-name-weighted = Samma, viktat till alla kunder
report-name-overall = Helhetsomdöme, i skalans värden
report-name-nps = Skulle rekommendera (NPS), −100 till 100
report-name-csat = Nöjda, de två högsta värdena
report-name-ces = Tyckte det var lätt, de tre högsta värdena

report-column-figure = Mått
report-column-value = Värde
report-column-score = Poäng
report-column-range = Troligen, 95 %
report-column-answers = Svar
report-column-dimension = Kvalitetsdimension
report-column-change = Förändring
report-column-alpha = Tillförlitlighet (alfa)
report-column-month = Månad
report-column-week = Vecka
report-column-expected = Förväntat
report-column-found = Upplevt
report-column-gap = Avstånd
report-column-level = Nivå
report-column-drawn = Draget mot medel
report-column-part = Del av helheten
report-column-raw = Som besvarat
report-column-weighted = Viktat
report-column-name = Kolumn
report-column-question = Fråga
report-column-codes = Värden

report-chart-dimensions = Poäng för varje dimension, lägst först
report-chart-levels = Upplevd kvalitet, { $what }
report-chart-expected = Förväntat och upplevt, största avståndet först
report-chart-time = Upplevd kvalitet per månad
report-chart-weeks = Upplevd kvalitet per vecka
report-chart-drivers = Varje dimensions del, störst först
report-chart-scores = Poäng av 100, visat från { $low } till { $high }.
report-chart-shares = Procent, från noll.
report-chart-marks = Tjock linje: troligt intervall, 80 %. Tunn linje: 95 %.
report-chart-hollow = Ihålig punkt: färre än 5 svar, eller inget intervall.
report-chart-band = Punkt: värde. Band: troligt intervall, 95 %.
report-chart-pairs = Kvadrat: förväntat. Punkt: upplevt. Linjer: troligt intervall, 95 %.
report-mark-expected = förväntat
report-mark-found = upplevt
report-mark-gap = avstånd
report-by-month = { $name } per månad
report-week = Vecka { $week }, { $year }
report-week-short = v. { $week }

report-dimensions-heading = Dimensionerna i tal
report-change-note = Förändring: mot perioden innan, med eget troligt intervall. Poäng är av 100.
report-items-heading = Dimension för dimension
report-items-note = Varje stapel är alla betyg på en fråga, kring mittlinjen: låga värden till vänster, höga till höger.
report-outcomes-heading = Andra frågor
report-dimension-score = { $value } poäng av 100, { $range } ({ $answers }).
report-dimension-none = Inget resultat: { $reason }.
report-dimension-alpha = Tillförlitlighet (alfa): { $value }.
report-item-mean = Medel { $value }, { $range } ({ $answers }).
report-item-states = Utan betyg: { $states }.
report-state-not-applicable = gäller inte
report-state-dont-know = kan inte säga
report-state-skipped = obesvarad

report-time-heading = Över tid
report-happened = Vad som hände under tiden:

report-expected-heading = Förväntat och upplevt
report-expected-first = Längst under förväntningarna ligger { $name }: { $gap } poäng ({ $range }, { $answers }).
report-expected-short = Också under förväntningarna: { $names }.
report-expected-more = Mer än väntat: { $names }.
report-expected-level = Ingen dimension ligger tydligt under förväntningarna.
report-expected-few = För få har svarat på båda för att säga vad som ligger under förväntningarna.
report-expected-note = Förväntat och upplevt är poäng för alla som svarat på den sidan. Avståndet är upplevt minus förväntat hos dem som svarat på båda, så det behöver inte vara skillnaden mellan de två. Höga eller låga förväntningar är inte bra eller dåliga i sig.

report-splits-heading = Kanaler och ställen
report-splits-note = Nivåerna står i namnens ordning. De rangordnas inte: med få svar är platsen i en rangordning mest slump.
report-split-channel = Kanaler
report-split-contact = Sätt att ta kontakt
report-split-place = Ställen
report-split-language = Språk
report-places-drawn = Där få svarade svänger medelvärdet mycket; nedan är vart och ett draget mot allas medelvärde.
report-places-inside = Inget ligger utanför slumpens gränser.
report-places-outside = Utanför slumpens gränser: { $names }.
report-levels-cut = { $shown } av { $all } nivåer visas; CSV-filen har alla.

report-drivers-heading = Vad som hör ihop med helhetsomdömet
report-drivers-none = Det kan inte sägas än: { $reason }.
report-drivers-together = Tillsammans svarar dimensionerna för denna del av skillnaderna i helhetsomdömet: { $share }.
report-drivers-first = { $name } kommer först med sannolikheten { $share }.
report-drivers-unclear = Vilken dimension som kommer först är inte klart: intervallen överlappar.
report-drivers-caution = Detta är vad som hör ihop, inte vad som orsakar vad.

report-answered-heading = Vilka som svarade
report-weighting-none = Inget är viktat: { $reason }.
report-weighting-why = Bredvid talen som besvarade står de som är viktade så att svaren motsvarar alla beställningar.
report-weighting-cost = Viktning kostar precision. Bakom står { $answers }; de räknas som { $like }.
report-indicator = Svarens representativitet (R-indikator): { $value }, { $n } inbjudna. 1 betyder att alla grupper svarade lika ofta.
report-careless = Svar med tecken på slarv: { $flagged } av { $all }. De räknas i alla tal.
report-careless-hidden = Hur många som svarade slarvigt visas inte: { $reason }.
report-careless-change = Kvalitet med dem: { $with }. Utan dem: { $without }.

report-method-heading = Så här räknades det
report-method-score = En dimensions poäng är medelvärdet av dess frågors medelvärden, flyttat till en skala från 0 till 100. Vända frågor vänds först tillbaka.
report-method-quality = Upplevd kvalitet är medelvärdet av poängen för alla dimensioner av upplevelsen, alla med samma vikt.
report-method-range = Ett troligt intervall på 95 % innehåller det sanna värdet i 95 av 100 sådana rapporter. Det är menat för en enda blick.
report-method-always = Intervallet som gäller vid varje blick är bredare: det är rätt för den som tittar om och om igen.
report-method-change = En förändring jämförs med en period innan med samma veckodagar och har ett eget intervall. Tydlig kallas den bara om intervallet utesluter noll.
report-method-weak = En dimension kallas svagast bara där hela dess intervall ligger under alla andras.
report-method-alpha = Alfa säger hur väl en dimensions frågor hör ihop, från 0 till 1.
report-method-careless = Svar med tecken på slarv är kvar om urvalet inte säger annat: en nöjd kund kan svara så.
report-method-hidden = { $count ->
    [0] Tal om färre än { $least } personer visas inte, inte heller det som skulle avslöja dem. Här behövde inget utelämnas.
    [one] Tal om färre än { $least } personer visas inte, inte heller det som skulle avslöja dem. Här är det { $count } del.
   *[other] Tal om färre än { $least } personer visas inte, inte heller det som skulle avslöja dem. Här är det { $count } delar.
}
report-method-open = Inget är undanhållet: rapporten gjordes för någon som får se enskilda svar. Tänk på vem du ger den till.

report-dictionary-heading = Frågor och värden
report-dictionary-note = Kolumn: namnet i filer med svar.
report-turned = vänd

report-reason-people = färre än { $least } personer
report-reason-none = inga svar
report-reason-dimension = en dimension saknar svar
report-reason-one = bara ett svar
report-reason-alike = svaren skiljer sig inte tillräckligt
report-reason-items = för få frågor ställdes
report-reason-complete = ingen svarade på allt som behövs för det
report-reason-groups = färre än två grupper
report-reason-small-group = en grupp har för få svar
report-reason-thin = en grupp har färre än { $least } svar
report-reason-few = för få svar
report-reason-not-asked = inte frågat
report-reason-protect = undanhållet för att skydda ett annat tal
report-reason-many = för många att räkna
report-reason-scales = skalorna passar inte ihop
report-reason-frame = det som jämförs passar inte
report-reason-delivered = inget levererades
report-reason-pair = färre än { $least } personer svarade på ett par av dimensioner
report-reason-places = färre än { $least } ställen
report-reason-points = färre än { $least } tidpunkter
report-reason-absent = inte beräknat
report-reason-range = inget intervall
report-reason-other = det går inte att beräkna av dessa svar
