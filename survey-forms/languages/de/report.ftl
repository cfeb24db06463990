### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = Bericht zur Servicequalität
report-page = Seite { $page } von { $pages }
report-range = { $low } bis { $high }
report-signed = { $low } bis { $high }
report-and = { $first } und { $second }
report-answers = { $count ->
    [one] { $count } Antwort
   *[other] { $count } Antworten
}
report-likely = wahrscheinlich { $range }
report-not-shown = Nicht gezeigt

report-scope-heading = Was der Bericht umfasst
report-label-survey = Befragung
report-label-period = Zeitraum
report-label-filters = Auswahl
report-label-answers = Antworten mit Wert
report-label-made = Erstellt am
report-label-channel = Gekauft über
report-label-contact = In Kontakt über
report-label-place = Ort
report-label-language = Beantwortet auf
report-label-careless = Nachlässige Antworten
report-label-instrument = Fragebogen
report-label-program = Berechnet von
report-label-zone = Zeitzone
report-label-unfinished = Unfertige Formulare
report-label-fingerprint = Fingerabdruck (SHA-256)
report-careless-out = weggelassen
report-careless-in = in allen Zahlen
report-no-filter = keine, alle Antworten
report-period-all = von Anfang an bis heute
report-period-from = { $from } bis heute
report-period-until = von Anfang an bis { $until }
report-period-span = { $from } bis { $until }
report-version = { $name }, Version { $version }

report-channel-web = Webshop
report-channel-in-person = Vor Ort
report-channel-phone = Telefon
report-channel-email = E-Mail
report-channel-chat = Chat-Gespräch
report-channel-community = Gemeinschaft
report-channel-none = Nicht bekannt
report-contact-none = Kein Kontakt
report-place-none = Kein Ort

report-found-heading = Was sich zeigt
report-found-quality = Die erlebte Qualität liegt bei { $value } von 100, { $range } ({ $answers }).
report-found-no-quality = Es gibt keinen Wert für die erlebte Qualität: { $reason }.
report-found-weakest = Die schwächste Dimension ist { $name }: { $value } von 100, { $range } ({ $answers }).
report-found-two = Zwei Dimensionen sind am schwächsten: { $first } und { $second }.
report-found-lowest = Keine Dimension hebt sich ab. Am niedrigsten ist { $name }: { $value } von 100, { $range } ({ $answers }).
report-found-no-dimensions = Es gibt zu wenige Antworten, um Dimensionen zu vergleichen.
report-found-rate = { $answered } von { $asked } zugestellten Einladungen wurden beantwortet: { $share }, { $range }.
report-found-no-rate = Es gibt keine Antwortquote: { $reason }.
report-no-rate = Für diese Auswahl gibt es keine Antwortquote: Was hier gefragt ist, ist nur von Antworten bekannt.
report-open-link = Die Antworten kamen über offene Links. Niemand war eingeladen, daher gibt es keine Antwortquote.
report-change-higher = Höher als im Zeitraum davor: { $change } Punkte ({ $range }).
report-change-lower = Niedriger als im Zeitraum davor: { $change } Punkte ({ $range }).
report-change-none = Keine klare Veränderung gegenüber dem Zeitraum davor: { $change } Punkte ({ $range }).
report-change-few = Es gibt zu wenige Antworten für einen Vergleich mit dem Zeitraum davor.
report-change-nothing = Der Bericht hat keinen ersten und letzten Tag, daher gibt es keinen Zeitraum davor.
report-even = { $what }: auf einem Niveau. Jeder Unterschied liegt innerhalb von { $margin } Punkten.
report-uneven = { $what }: nicht auf einem Niveau. { $low } liegt { $distance } Punkte niedriger als { $high }.
report-open = { $what }: zu wenige Antworten, um zu sagen, ob alle auf einem Niveau sind, innerhalb von { $margin } Punkten.
report-not-compared = { $what }: nicht verglichen ({ $reason }).
report-difference = { $low } liegt { $distance } Punkte niedriger als { $high }.

report-overview-heading = Auf einer Seite
report-card-quality = Erlebte Qualität, von 100
report-card-change = Gegenüber dem Zeitraum davor
report-card-rate = Beantwortete Einladungen
report-word-higher = Höher als davor
report-word-lower = Niedriger als davor
report-word-same = Keine klare Veränderung
report-of-invitations = { $answered } von { $asked } zugestellten
report-name-quality = Erlebte Qualität, von 100
report-name-always = Dasselbe, Bereich für jeden Blick
report-name-weighted = Dasselbe, gewichtet auf alle Kunden
report-name-overall = Gesamturteil, in Stufen
report-name-nps = Würden empfehlen (NPS), −100 bis 100
report-name-csat = Zufrieden, oberste zwei Stufen
report-name-ces = Fanden es leicht, oberste drei Stufen

report-column-figure = Kennzahl
report-column-value = Wert
report-column-score = Punkte
report-column-range = Wahrscheinlich, 95 %
report-column-answers = Antworten
report-column-dimension = Qualitätsdimension
report-column-change = Veränderung
report-column-alpha = Zuverlässigkeit (Alpha)
report-column-month = Monat
report-column-week = Woche
report-column-expected = Erwartet
report-column-found = Erlebt
report-column-gap = Abstand
report-column-level = Stufe
report-column-drawn = Zum Mittel gezogen
report-column-part = Teil des Ganzen
report-column-raw = Wie beantwortet
report-column-weighted = Gewichtet
report-column-name = Spalte
report-column-question = Frage
report-column-codes = Stufen

report-chart-dimensions = Punkte jeder Dimension, die niedrigste zuerst
report-chart-levels = Erlebte Qualität, { $what }
report-chart-expected = Erwartet und erlebt, der größte Rückstand zuerst
report-chart-time = Erlebte Qualität nach Monaten
report-chart-weeks = Erlebte Qualität nach Wochen
report-chart-drivers = Teil jeder Dimension, der größte zuerst
report-chart-scores = Punkte von 100, gezeigt von { $low } bis { $high }.
report-chart-shares = Prozent, von null an.
report-chart-marks = Dicke Linie: wahrscheinlicher Bereich, 80 %. Dünne Linie: 95 %.
report-chart-hollow = Hohler Punkt: weniger als 5 Antworten oder kein Bereich.
report-chart-band = Punkt: Wert. Band: wahrscheinlicher Bereich, 95 %.
report-chart-pairs = Quadrat: erwartet. Punkt: erlebt. Linien: wahrscheinlicher Bereich, 95 %.
report-mark-expected = erwartet
report-mark-found = erlebt
report-mark-gap = Abstand
report-by-month = { $name } nach Monaten
report-week = Woche { $week }, { $year }
report-week-short = KW { $week }

report-dimensions-heading = Die Dimensionen in Zahlen
report-change-note = Veränderung: gegenüber dem Zeitraum davor, mit eigenem Bereich. Punkte sind von 100.
report-items-heading = Dimension für Dimension
report-items-note = Jeder Balken zeigt alle Bewertungen einer Frage um ihre Mittellinie: niedrige Stufen links, hohe rechts.
report-outcomes-heading = Weitere Fragen
report-dimension-score = { $value } von 100 Punkten, { $range } ({ $answers }).
report-dimension-none = Kein Wert: { $reason }.
report-dimension-alpha = Zuverlässigkeit (Alpha): { $value }.
report-item-mean = Mittel { $value }, { $range } ({ $answers }).
report-item-states = Ohne Bewertung: { $states }.
report-state-not-applicable = trifft nicht zu
report-state-dont-know = weiß nicht
report-state-skipped = offen gelassen

report-time-heading = Im Lauf der Zeit
report-happened = Was in dieser Zeit geschah:

report-expected-heading = Erwartet und erlebt
report-expected-first = { $name } bleibt am weitesten hinter den Erwartungen zurück: { $gap } Punkte ({ $range }, { $answers }).
report-expected-short = Auch hinter den Erwartungen: { $names }.
report-expected-more = Mehr als erwartet: { $names }.
report-expected-level = Keine Dimension bleibt klar hinter den Erwartungen zurück.
report-expected-few = Zu wenige haben beides beantwortet, um zu sagen, was hinter den Erwartungen bleibt.
report-expected-note = Erwartet und erlebt sind Punkte aller, die diese Seite beantwortet haben. Der Abstand ist erlebt minus erwartet, von denen mit beiden Antworten; er muss nicht die Differenz der beiden sein. Hohe oder niedrige Erwartungen sind für sich weder gut noch schlecht.

report-splits-heading = Kanäle und Orte
report-splits-note = Die Stufen stehen in der Reihenfolge ihrer Namen, ohne Rangliste: Bei wenigen Antworten ist ein Rang meist Zufall.
report-split-channel = Kanäle
report-split-contact = Wege des Kontakts
report-split-place = Orte
report-split-language = Sprachen
report-places-drawn = Wo wenige geantwortet haben, schwankt ein Mittel stark; unten ist jedes zum Mittel aller gezogen.
report-places-inside = Keiner liegt außerhalb der Grenzen des Zufalls.
report-places-outside = Außerhalb der Grenzen des Zufalls: { $names }.
report-levels-cut = { $shown } von { $all } Stufen sind gezeigt; die CSV-Datei hat alle.

report-drivers-heading = Was mit dem Gesamturteil einhergeht
report-drivers-none = Das lässt sich noch nicht sagen: { $reason }.
report-drivers-together = Zusammen machen die Dimensionen diesen Teil der Unterschiede im Gesamturteil aus: { $share }.
report-drivers-first = { $name } steht mit einer Wahrscheinlichkeit von { $share } an erster Stelle.
report-drivers-unclear = Welche Dimension an erster Stelle steht, ist nicht klar: Ihre Bereiche überlappen.
report-drivers-caution = Das ist, was miteinander einhergeht, nicht, was was bewirkt.

report-answered-heading = Wer geantwortet hat
report-weighting-none = Nichts ist gewichtet: { $reason }.
report-weighting-why = Neben den Zahlen wie beantwortet stehen solche, die so gewichtet sind, dass die Antworten allen Bestellungen entsprechen.
report-weighting-cost = Gewichten kostet Genauigkeit. Dahinter stehen { $answers }; sie zählen wie { $like }.
report-indicator = Repräsentativität der Antworten (R-Indikator): { $value }, { $n } Eingeladene. 1 heißt, dass alle Gruppen gleich oft geantwortet haben.
report-careless = Antworten mit Anzeichen von Nachlässigkeit: { $flagged } von { $all }. Sie zählen in allen Zahlen mit.
report-careless-hidden = Wie viele nachlässig geantwortet haben, wird nicht gezeigt: { $reason }.
report-careless-change = Qualität mit ihnen: { $with }. Ohne sie: { $without }.

report-method-heading = Wie das berechnet wurde
report-method-score = Die Punkte einer Dimension sind das Mittel der Mittel ihrer Fragen, übertragen auf eine Skala von 0 bis 100. Umgedrehte Fragen werden zuerst zurückgedreht.
report-method-quality = Die erlebte Qualität ist das Mittel der Punkte aller Dimensionen des Erlebens, alle mit gleichem Gewicht.
report-method-range = Ein wahrscheinlicher Bereich von 95 % enthält den wahren Wert in 95 von 100 solchen Berichten. Er ist für einen einzigen Blick gedacht.
report-method-always = Der Bereich für jeden Blick ist breiter: Er stimmt auch für jemanden, der immer wieder hinsieht.
report-method-change = Verglichen wird mit einem Zeitraum davor mit denselben Wochentagen; die Veränderung hat einen eigenen Bereich und heißt nur klar, wenn er null ausschließt.
report-method-weak = Eine Dimension heißt nur dann die schwächste, wenn ihr ganzer Bereich unter denen aller anderen liegt.
report-method-alpha = Alpha sagt, wie gut die Fragen einer Dimension zusammenhängen, von 0 bis 1.
report-method-careless = Antworten mit Anzeichen von Nachlässigkeit bleiben dabei, wenn die Auswahl nichts anderes sagt: Auch zufriedene Kunden antworten so.
report-method-hidden = { $count ->
    [0] Zahlen zu weniger als { $least } Personen werden nicht gezeigt, auch nichts, was sie verraten würde. Hier musste nichts wegbleiben.
    [one] Zahlen zu weniger als { $least } Personen werden nicht gezeigt, auch nichts, was sie verraten würde. Hier ist das { $count } Teil.
   *[other] Zahlen zu weniger als { $least } Personen werden nicht gezeigt, auch nichts, was sie verraten würde. Hier sind das { $count } Teile.
}
report-method-open = Nichts ist zurückgehalten: Der Bericht ist für jemanden, der einzelne Antworten sehen darf. Geben Sie ihn mit Bedacht weiter.

report-dictionary-heading = Fragen und Stufen
report-dictionary-note = Spalte: der Name in Dateien mit Antworten.
report-turned = umgedreht

report-reason-people = weniger als { $least } Personen
report-reason-none = keine Antworten
report-reason-dimension = eine Dimension hat keine Antworten
report-reason-one = nur eine Antwort
report-reason-alike = die Antworten unterscheiden sich zu wenig
report-reason-items = zu wenige Fragen gestellt
report-reason-complete = niemand hat alles dafür Nötige beantwortet
report-reason-groups = weniger als zwei Gruppen
report-reason-small-group = eine Gruppe hat zu wenige Antworten
report-reason-thin = eine Gruppe hat weniger als { $least } Antworten
report-reason-few = zu wenige Antworten
report-reason-not-asked = nicht gefragt
report-reason-protect = zurückgehalten, um eine andere Zahl zu schützen
report-reason-many = zu viele zum Berechnen
report-reason-scales = die Skalen passen nicht zusammen
report-reason-frame = der Vergleich passt nicht
report-reason-delivered = nichts wurde zugestellt
report-reason-pair = weniger als { $least } Personen haben ein Paar von Dimensionen beantwortet
report-reason-places = weniger als { $least } Orte
report-reason-points = weniger als { $least } Zeitpunkte
report-reason-absent = nicht berechnet
report-reason-range = kein Bereich
report-reason-other = aus diesen Antworten nicht zu berechnen
