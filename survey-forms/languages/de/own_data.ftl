### What is kept about a customer, in German. Draft: not yet read by a second reader.
###
### Formal address (Sie). The shop's name stands after a preposition that asks for no ending of it; the order number
### stands after its noun.

own-data-link = Ihre Daten ansehen oder löschen

## The page

own-data-heading = Was wir über Sie aufbewahren
own-data-lead = Aufbewahrt von { $organisation } zur Bestellung { $order }.
own-order-heading = Ihre Bestellung
own-person-heading = Zu Ihrer Person
own-basis-heading = Warum wir Ihnen schreiben dürfen
own-asked-heading = Was wir Sie gefragt haben
own-answers-heading = Ihre Antworten
own-others-heading = Ihre anderen Bestellungen
own-kept-heading = Wie lange, und wer es sieht
own-actions-heading = Was Sie tun können

## Labels beside a value

own-label-order = Bestellnummer
own-label-channel = Gekauft
own-label-place = Ort
own-label-value = Wert
own-label-placed = Bestellt am
own-label-expected = Erwartet am
own-label-shipped = Versandt am
own-label-delivered = Geliefert am
own-label-cancelled = Storniert am
own-label-returned = Zurückgesandt am
own-label-refunded = Geld zurück am
own-label-contacted = Kontakt
own-label-complaint = Beschwerde
own-label-complaint-opened = Beschwerde eröffnet am
own-label-complaint-closed = Beschwerde erledigt am
own-label-received = Uns gemeldet am
own-label-updated = Zuletzt geändert am
own-label-name = Name
own-label-email = E-Mail
own-label-phone = Telefon
own-label-customer-number = Kundennummer
own-label-language = Sprache
own-label-since = Uns bekannt seit
own-label-basis = Grund
own-label-basis-words = In unseren Worten
own-label-told = Mitgeteilt am
own-label-questionnaire = Fragebogen
own-label-planned = Nachricht geplant für
own-label-sent = Nachricht gesendet am
own-label-begun = Begonnen am
own-label-answered = Beantwortet am
own-label-link-ends = Link offen bis

## Values

own-not-kept = nicht aufbewahrt
own-channel-web = im Onlineshop
own-channel-in-person = vor Ort
own-channel-phone = per Telefon
own-channel-email = per E-Mail
own-channel-chat = in einem Chat
own-channel-community = im Kundenforum
own-complaint-open = offen
own-basis-consent = Sie haben zugestimmt.
own-basis-notice = Sie kaufen bei uns ein, wurden darauf hingewiesen und konnten widersprechen.
own-basis-other = Ein anderer Grund
own-basis-none = Es wurde keiner genannt, daher senden wir keine Nachricht.

## Sentences

own-no-answers = Sie haben noch nichts beantwortet.
own-earlier = Wie abgesendet am { $date }
own-earlier-page = Seite { $number }, gespeichert am { $date }
own-others = { $count ->
    [one] Wir bewahren noch eine weitere Bestellung von Ihnen auf.
   *[other] Wir bewahren noch { $count } weitere Bestellungen von Ihnen auf.
}
own-others-why = Sie werden hier nicht gezeigt, damit niemand durch diesen Link mehr erfährt, als er soll. Beim Löschen verschwinden sie mit.
own-object = Wenn etwas nicht stimmt oder Sie nicht möchten, dass es aufbewahrt wird, schreiben Sie uns; ein Mensch liest es:
own-download = Alles als Datei speichern
own-download-hint = Eine JSON-Datei zum Aufheben oder für andere Programme. Sie enthält auch die Zahlen, mit denen wir Ihre Antworten auszählen.
own-erase = Alles löschen
own-erase-hint = Zuerst sehen Sie, was das bedeutet. Gelöscht wird erst, wenn Sie es dort bestätigen.

## The page that asks once more

erase-heading = Alles löschen?
erase-lead = Das wird endgültig gelöscht:
erase-person = Ihr Name, Ihre Adresse und Ihre Telefonnummer, soweit wir sie hier aufbewahren
erase-orders = { $count ->
    [one] eine Bestellung mit allen Daten dazu
   *[other] { $count } Bestellungen mit allen Daten dazu
}
erase-answers = { $count ->
    [one] ein Fragebogen mit Ihren Antworten und Ihren eigenen Worten
   *[other] { $count } Fragebögen mit Ihren Antworten und Ihren eigenen Worten
}
erase-remains = Es bleibt ein Vermerk, dass an diesem Tag jemand gelöscht wurde und zu welchen Gruppen eine Antwort gehörte. Daraus geht weder hervor, wer Sie sind, noch was Sie geantwortet haben.
erase-shop = Die Bestellung selbst steht auch im eigenen System unseres Shops. Soll sie dort ebenfalls gelöscht werden, schreiben Sie uns:
erase-now = Ja, alles löschen

## The page after that

erased-heading = Alles ist gelöscht
erased-text = Ihre Kontaktdaten, Ihre Bestellungen, Ihre Antworten und Ihre eigenen Worte sind hier gelöscht. Die Links dazu in unseren Nachrichten öffnen nichts mehr.
erased-copies = Sollten wir einmal eine ältere Sicherungskopie zurückholen müssen, werden Sie auch daraus wieder gelöscht.
