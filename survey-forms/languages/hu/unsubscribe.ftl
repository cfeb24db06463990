### The page that ends questions by mail in Hungarian. Draft: not yet read by a second reader.

unsubscribe-heading = Ne küldjünk több kérdést e-mailben?
unsubscribe-who = E-mailben érdeklődik vásárlóinál a kiszolgálásról: { $organisation }.
unsubscribe-what = Ha megnyomja a gombot, nem kap több ilyen kérdést e-mailben. A rendeléseiről szóló üzeneteket ez nem érinti.
unsubscribe-address = Az érintett cím:
unsubscribe-hint = Amíg nem nyomja meg a gombot, semmi sem változik.
unsubscribe-now = Nem kérek több kérdést

unsubscribed-heading = Nem küldünk több kérdést e-mailben
unsubscribed-what = Erre a címre nem küld több ilyen kérdést: { $organisation }. Más teendője nincs.
unsubscribed-late = Egy már úton lévő üzenet még megérkezhet.
unsubscribe-undo-hint = Véletlenül nyomta meg? A visszavonás után ismét jöhetnek ilyen kérdések, mint korábban.
unsubscribe-undo = Visszavonás

resubscribed-heading = Ismét kaphat kérdéseket
resubscribed-what = Ismét küldhet Önnek rövid kérdéseket a kiszolgálásról, mint korábban: { $organisation }.
resubscribed-again = Ha meggondolja magát, az ilyen üzenetek végén lévő link továbbra is működik.
