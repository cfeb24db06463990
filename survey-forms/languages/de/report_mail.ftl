### Die Wörter der E-Mail mit den Zahlen einer Ansicht und der Seite, die sie beendet.

report-mail-subject-weekly = Wochenbericht, { $until }: { $view }
report-mail-subject-monthly = Monatsbericht, { $until }: { $view }
report-mail-label-survey = Umfrage
report-mail-label-quality = Erlebte Qualität, von 100
report-mail-label-week = Gegenüber der Vorwoche
report-mail-label-month = Gegenüber dem Vormonat
report-mail-label-lowest = Niedrigste Werte
report-mail-label-careless = Unachtsame Antworten
report-mail-left-out = ausgelassen
report-mail-no-contact = kein Kontakt
report-mail-no-place = ohne Ort
report-mail-value = { $count ->
    [one] { $value } ({ $low } bis { $high }), { $count } Person
   *[other] { $value } ({ $low } bis { $high }), { $count } Personen
}
report-mail-higher = Um { $by } höher ({ $low } bis { $high })
report-mail-lower = Um { $by } niedriger ({ $low } bis { $high })
report-mail-same = Keine klare Änderung (wahrscheinlich { $low } bis { $high })
report-mail-few = Zu wenige Antworten, um etwas zu sagen
report-mail-rate = { $answered } von { $asked }: { $share } % ({ $low } bis { $high })
report-mail-answered = { $answered } von { $asked }
report-mail-brackets = In Klammern: der Bereich, in dem der wahre Wert wahrscheinlich liegt (95 %).
report-mail-nobody = In dieser Zeit liegt mit diesen Filtern keine Antwort.
report-mail-withheld = Zu wenige Antworten: Weniger als { $least } Personen haben geantwortet, oder so wenige ließen sich durch Vergleichen erkennen. Zu ihrem Schutz zeigen wir nichts.
report-mail-refused = Diese Ansicht kann Ihnen so nicht gezeigt werden: Einer ihrer Filter steht Ihnen nicht offen oder betrifft etwas, das es nicht mehr gibt. Wählen Sie im Dashboard andere.
report-mail-button = Dashboard öffnen
report-mail-why-weekly = Sie erhalten dies jeden Montag, weil Sie es im Dashboard bestellt haben. Es zeigt, was Sie dort sehen dürfen, und keine einzelnen Antworten.
report-mail-why-monthly = Sie erhalten dies am Dritten jedes Monats, weil Sie es im Dashboard bestellt haben. Es zeigt, was Sie dort sehen dürfen, und keine einzelnen Antworten.
report-mail-stop = Diesen Bericht beenden

## Die Seite hinter diesem Link

report-stop-heading = Diesen Bericht beenden?
report-stop-what = Diese Zahlen kommen per E-Mail: { $view }
report-stop-then = Wenn Sie drücken, kommt dieser Bericht nicht mehr. Im Dashboard, unter Views, können Sie ihn wieder bestellen.
report-stop-now = Bericht beenden
report-stopped-heading = Der Bericht ist beendet
report-stopped-what = Es kommen keine E-Mails mehr mit diesen Zahlen: { $view }
report-stopped-again = Sie müssen nichts weiter tun. Im Dashboard, unter Views, können Sie ihn wieder bestellen.
