### The customer's pages in German. Draft: not yet read by a second reader.
###
### Formal address (Sie). The shop's name stands as the subject, without article or ending; the order
### number stands after its noun.

## On every page

language-switch = Sprache
foot-contact = Fragen? Hier antwortet Ihnen ein Mensch:
foot-kept = { $months ->
    [one] Ihre Antworten werden mit dieser Bestellung verknüpft und höchstens einen Monat aufbewahrt.
   *[other] Ihre Antworten werden mit dieser Bestellung verknüpft und höchstens { $months } Monate aufbewahrt.
}
privacy-link = So gehen wir mit Ihren Daten um

## The pages with questions

part = Teil { $number } von { $total }
time-left = { $minutes ->
    [0] noch weniger als eine Minute
    [one] noch etwa eine Minute
   *[other] noch etwa { $minutes } Minuten
}
order-line = Zur Bestellung { $order }
closing-heading = Die Bestellung insgesamt
continue = Speichern und weiter
finish = Antworten absenden
back = Zurück

intro-who = { $organisation } stellt Ihnen einige Fragen zur Bestellung { $order }, um den Service zu verbessern.
intro-time = { $minutes ->
    [one] Das dauert etwa eine Minute, und Sie können jede Frage offenlassen.
   *[other] Das dauert etwa { $minutes } Minuten, und Sie können jede Frage offenlassen.
}
intro-stored = { $months ->
    [one] Ihre Antworten werden mit dieser Bestellung verknüpft, von den Menschen gelesen, die sich um den Service kümmern, und höchstens einen Monat aufbewahrt.
   *[other] Ihre Antworten werden mit dieser Bestellung verknüpft, von den Menschen gelesen, die sich um den Service kümmern, und höchstens { $months } Monate aufbewahrt.
}
intro-rights = Möchten Sie Ihre Antworten sehen, ändern oder löschen lassen oder nicht mehr gefragt werden? Schreiben Sie an:

resumed = Willkommen zurück. Ihre bisherigen Antworten sind noch da.
suggested = Sie haben in der Nachricht eine Antwort gewählt. Sie ist unten markiert und wird gesendet, sobald Sie die Schaltfläche drücken.
correcting = Sie ändern Antworten, die Sie bereits abgesendet haben. Was Sie jetzt absenden, ersetzt sie.

comment-hint = Bitte nennen Sie keine Namen, Adressen oder Telefonnummern. Platz ist für { $limit } Zeichen.

## When a page comes back

title-error = Fehler: { $title }
error-word = Fehler:
left-open-heading = Diese Seite ist noch leer
left-open-text = Sie können jetzt antworten oder ohne Antwort weitergehen.
left-open-item = Noch offen: Sie können antworten oder weitergehen.
problems-heading = Bitte sehen Sie diese Seite noch einmal an
problem-outside = Diese Antwort konnte nicht gelesen werden. Bitte wählen Sie eine der angezeigten Antworten.
problem-twice = Zu dieser Frage sind zwei verschiedene Antworten angekommen. Bitte wählen Sie eine davon.
problem-comment-long = { $count ->
    [one] Der Text ist { $count } Zeichen lang; Platz ist für { $limit }. Bitte kürzen Sie ihn.
   *[other] Der Text ist { $count } Zeichen lang; Platz ist für { $limit }. Bitte kürzen Sie ihn.
}
problem-unknown = Es kam etwas an, wonach diese Seite nicht fragt. Bitte senden Sie die Seite noch einmal ab.

## The page after the last one

thanks-heading = Vielen Dank
thanks-saved = Ihre Antworten sind bei uns angekommen.
thanks-before = Sie haben bereits geantwortet. Diese Antworten haben wir von Ihnen.
thanks-not-taken = Es gelten die Antworten, die Sie zuerst abgesendet haben. Die jetzigen kamen zu spät und wurden nicht übernommen.
thanks-answers = Ihre Antworten
thanks-open = Offengelassen
thanks-change = Antworten ändern
thanks-keep = Sie können diese Seite drucken oder speichern.
thanks-contact = Soll sich jemand von uns etwas genauer ansehen? Schreiben Sie uns an:
thanks-next = Ihre Antworten lesen die Menschen, die sich um den Service kümmern, und sehen nach, was besser werden kann. Sie müssen nichts weiter tun.
thanks-offer-heading = Das möchten wir in Ordnung bringen
thanks-offer-link = So können wir helfen
thanks-offer-contact = Schreiben Sie uns, dann kümmert sich jemand darum:
thanks-we-did-heading = Was wir daraus gemacht haben

## Pages behind open links, where no order is known

closing-open-heading = Der Service insgesamt
foot-kept-open = { $months ->
    [one] Ihre Antworten werden höchstens einen Monat aufbewahrt.
   *[other] Ihre Antworten werden höchstens { $months } Monate aufbewahrt.
}
intro-who-open = { $organisation } stellt Ihnen einige Fragen zum Service, um ihn zu verbessern.
intro-stored-open = { $months ->
    [one] Wir fragen nicht, wer Sie sind. Ihre Antworten werden von den Menschen gelesen, die sich um den Service kümmern, und höchstens einen Monat aufbewahrt.
   *[other] Wir fragen nicht, wer Sie sind. Ihre Antworten werden von den Menschen gelesen, die sich um den Service kümmern, und höchstens { $months } Monate aufbewahrt.
}
intro-rights-open = Möchten Sie Ihre Antworten später sehen, ändern oder löschen lassen? Schreiben Sie an:
later-heading = Einen Moment, bitte
later-text = Gerade antworten hier sehr viele Menschen. Bitte warten Sie kurz und senden Sie diese Seite noch einmal ab. Ihre Antworten stehen noch darauf.
send-again-heading = Bitte senden Sie die Seite noch einmal ab
send-again-text = Sie war lange geöffnet, deshalb ist noch nichts angekommen. Ihre Antworten stehen noch darauf.
closed-heading = Diese Fragen sind geschlossen
closed-text = Danke, dass Sie antworten wollten. Über diesen Link werden keine Antworten mehr angenommen.
resting-heading = Zurzeit nicht geöffnet
resting-text = Danke, dass Sie antworten wollten. Diese Befragung ruht im Moment. Bitte versuchen Sie es an einem anderen Tag noch einmal.

## Previews, for those who prepare a survey

preview-note = Vorschau: Nichts wird gespeichert.
preview-length = Länge
preview-paging = Seitenaufteilung
preview-form = Formular
preview-module = Kontakt über
preview-page = Seite

## Pages that stand alone

expired-heading = Dieser Fragebogen ist geschlossen
expired-text = Die Zeit zum Antworten ist abgelaufen. Was Sie vorher gespeichert haben, bleibt erhalten.
expired-contact = Wenn Sie uns noch etwas sagen möchten, schreiben Sie uns an:
unknown-heading = Dieser Link funktioniert nicht
unknown-text = Vielleicht fehlt ein Teil davon, oder er wird nicht mehr verwendet. Bitte öffnen Sie den Link in der Nachricht noch einmal, oder kopieren Sie ihn vollständig in die Adresszeile.
busy-heading = Einen Moment, bitte
busy-text = Gerade antworten sehr viele Menschen. Bitte warten Sie kurz und laden Sie die Seite dann neu. Was Sie vorher gespeichert haben, ist sicher.
broken-heading = Bei uns ist etwas schiefgegangen
broken-text = Sie haben nichts falsch gemacht. Was Sie vorher gespeichert haben, ist sicher. Bitte gehen Sie zurück und senden Sie diese Seite noch einmal ab.
broken-reference = Wenn Sie uns deshalb schreiben, nennen Sie bitte diesen Code: { $id }

## Further kinds of questions

yes = Ja
no = Nein
part-open = Teil { $number }
number-hint = Eine ganze Zahl von { $min } bis { $max }.
multiple-hint = Sie können mehrere auswählen.
ranking-hint = 1 steht für den ersten Platz. Die Reihenfolge zählt, sobald jede Zeile einen Platz hat.
problem-number = Bitte schreiben Sie eine ganze Zahl von { $min } bis { $max }.
problem-ranking = Bitte geben Sie jeder Zeile einen anderen Platz, beginnend mit 1, oder lassen Sie alle offen.
problem-contradiction = Diese Antworten passen nicht zusammen: Eine davon besagt, dass keine der anderen zutrifft. Bitte prüfen Sie sie.
