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
mail-first = Sie können gleich hier beginnen:
mail-button = Fragen beantworten
mail-address = Falls die Schaltfläche nicht funktioniert, kopieren Sie bitte diese Adresse in Ihren Browser:
mail-personal = Der Link gehört zu Ihrer Bestellung. Bitte geben Sie ihn nicht weiter.
mail-goodbye = Mit freundlichen Grüßen
mail-why = Sie erhalten diese Nachricht, weil Sie diese Bestellung bei uns aufgegeben haben. Darin wird nichts nachverfolgt.
mail-unsubscribe = Keine Fragen mehr per E-Mail
mail-object = Sie können auch auf diese Nachricht antworten oder uns schreiben; ein Mensch liest es:
mail-privacy = So gehen wir mit Ihren Daten um

mail-subject-reminder = Zur Erinnerung: Wie war unser Service? Bestellung { $order }
mail-subject-last = Ein letztes Mal: Wie war unser Service? Bestellung { $order }
mail-preview-reminder = Eine kurze Erinnerung. Wenn Sie einen Moment Zeit haben: Die Fragen sind noch offen.
mail-preview-last = Dies ist unsere letzte Nachricht zu dieser Bestellung. Die Fragen sind noch offen.
mail-opening-reminder = Vor einigen Tagen haben wir Ihnen zu Ihrer Bestellung { $order } geschrieben.
mail-opening-last = Dies ist eine kurze Erinnerung zu Ihrer Bestellung { $order } und unsere letzte Nachricht dazu.
mail-ask-last = Wenn Sie uns sagen möchten, wie unser Service war: Die Fragen sind noch offen. Wenn nicht, brauchen Sie nichts zu tun.
