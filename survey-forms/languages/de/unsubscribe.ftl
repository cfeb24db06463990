### The page that ends questions by mail in German. Draft: not yet read by a second reader.

unsubscribe-heading = Keine Fragen mehr per E-Mail?
unsubscribe-who = { $organisation } fragt Kundinnen und Kunden per E-Mail, wie der Service war.
unsubscribe-what = Wenn Sie auf die Schaltfläche drücken, erhalten Sie keine solchen Fragen mehr per E-Mail. Nachrichten zu Ihren Bestellungen betrifft das nicht.
unsubscribe-address = Es geht um diese Adresse:
unsubscribe-hint = Bis Sie drücken, ändert sich nichts.
unsubscribe-now = Keine Fragen mehr

unsubscribed-heading = Keine Fragen mehr per E-Mail
unsubscribed-what = { $organisation } schickt keine solchen Fragen mehr an diese Adresse. Mehr brauchen Sie nicht zu tun.
unsubscribed-late = Eine Nachricht, die schon unterwegs ist, kann noch ankommen.
unsubscribe-undo-hint = Aus Versehen gedrückt? Machen Sie es rückgängig, dann können solche Fragen wieder kommen wie bisher.
unsubscribe-undo = Rückgängig machen

resubscribed-heading = Fragen können wieder kommen
resubscribed-what = { $organisation } darf Ihnen wieder kurze Fragen zum Service schicken, wie bisher.
resubscribed-again = Wenn Sie es sich anders überlegen: Der Link am Ende jeder solchen Nachricht gilt weiterhin.
