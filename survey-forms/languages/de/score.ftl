### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = Was Kunden über den Service sagen
score-of = { $value } von 100
score-likely = wahrscheinlich { $low } bis { $high }
score-span = { $from } bis { $until }
score-label-people = Kunden, die antworteten
score-label-period = Service im Zeitraum
score-label-rate = Antworten der Befragten
score-label-range = Bereich zu 95 %
score-label-always = Bereich für jeden Blick
score-label-when = Wann gefragt wurde
score-label-whom = Wer gefragt wurde
score-rate = { $answered } von { $asked }, { $share } %
score-after-placed = nach der Bestellung
score-after-shipped = nach dem Versand
score-after-delivered = nach der Lieferung
score-after-complaint = nach Abschluss einer Beschwerde
score-whom-all = alle Kunden mit einer Bestellung, denen das Geschäft schreiben darf
score-whom-sample = ausgeloste Kunden: { $share } von 100 Bestellungen
score-whom-places = nur Kunden dieser Orte: { $places }
score-how-heading = Wie gefragt wurde
score-how-free = Kunden erhalten nach ihrer Bestellung einen Link und antworten selbst. Niemand wird danach ausgesucht, was er sagen könnte, und jede Antwort zählt, ob gut oder schlecht.
score-how-sum = Die Zahl ist das Mittel der erfragten Dimensionen der Qualität, jede auf einer Skala von 0 bis 100.
score-how-steps = Die Zahl ändert sich erst, wenn mindestens zehn weitere Kunden geantwortet haben, damit niemand eine einzelne Antwort ablesen kann. Unter { $least } Antworten wird keine gezeigt.
score-out-heading = Was nicht darin ist
score-out-trials = Probebestellungen des Geschäfts, Antworten über offene Links und Antworten, die mit allem über den Kunden gelöscht wurden.
score-out-silent = Wer nicht geantwortet hat, denkt vielleicht anders.
score-few-heading = Noch zu wenige Antworten
score-few = Hier steht eine Zahl, sobald mindestens { $least } Kunden in zwölf ganzen Monaten geantwortet haben.
score-made = Von Laatu aus allen Antworten dieser Zeit berechnet.
score-name = Erlebte Qualität
score-badge-few = Noch zu wenige Antworten
score-answers = { $count ->
    [one] { $count } Antwort
   *[other] { $count } Antworten
}
