### The invitation in German. Draft: not yet read by a second reader.
###
### Formal address (Sie). The shop's name and the order number stand as they are. The greeting ends without a
### comma, because German would go on with a small letter after one.

mail-subject = Wie war unser Service? Bestellung { $order }
mail-preview = { $minutes ->
    [one] Ein paar kurze Fragen. Das dauert etwa eine Minute.
   *[other] Ein paar kurze Fragen. Das dauert weniger als { $minutes } Minuten.
}
mail-greeting = Guten Tag!
mail-thanks = Vielen Dank für Ihre Bestellung { $order }.
mail-ask = Wir möchten gern wissen, wie unser Service war, damit wir ihn verbessern können.
mail-time = { $minutes ->
    [one] Das Antworten dauert etwa eine Minute, und Sie können jede Frage offenlassen.
   *[other] Das Antworten dauert weniger als { $minutes } Minuten, und Sie können jede Frage offenlassen.
}
mail-button = Fragen beantworten
mail-address = Falls die Schaltfläche nicht funktioniert, kopieren Sie bitte diese Adresse in Ihren Browser:
mail-personal = Der Link gehört zu Ihrer Bestellung. Bitte geben Sie ihn nicht weiter.
mail-goodbye = Mit freundlichen Grüßen
mail-why = Sie erhalten diese Nachricht, weil Sie diese Bestellung bei uns aufgegeben haben. Darin wird nichts nachverfolgt.
mail-object = Wenn Sie solche Fragen nicht möchten, antworten Sie auf diese Nachricht, oder schreiben Sie uns; ein Mensch liest es:
mail-privacy = So gehen wir mit Ihren Daten um
