### What is kept about a customer, in Hungarian. Draft: not yet read by a second reader.
###
### Polite address (Ön). No article and no ending ever touches the shop's name, the order number or a
### date that comes in: they stand after a colon or at the beginning.

own-data-link = Adatai megtekintése vagy törlése

## The page

own-data-heading = Mit őrzünk Önről
own-data-lead = Az adatokat őrzi: { $organisation }. Rendelésszám: { $order }.
own-order-heading = A rendelése
own-person-heading = Az Ön adatai
own-basis-heading = Miért írhatunk Önnek
own-asked-heading = Mit kérdeztünk
own-answers-heading = A válaszai
own-others-heading = A többi rendelése
own-kept-heading = Meddig őrizzük, és ki látja
own-actions-heading = Mit tehet Ön

## Labels beside a value

own-label-order = Rendelésszám
own-label-channel = Vásárlás módja
own-label-place = Hely
own-label-value = Érték
own-label-placed = Megrendelve
own-label-expected = Várható érkezés
own-label-shipped = Feladva
own-label-delivered = Kézbesítve
own-label-cancelled = Lemondva
own-label-returned = Visszaküldve
own-label-refunded = Pénz visszafizetve
own-label-contacted = Kapcsolatfelvétel
own-label-complaint = Panasz
own-label-complaint-opened = Panasz felvéve
own-label-complaint-closed = Panasz lezárva
own-label-received = Hozzánk érkezett
own-label-updated = Utoljára módosítva
own-label-name = Név
own-label-email = E-mail-cím
own-label-phone = Telefonszám
own-label-customer-number = Ügyfélszám
own-label-language = Nyelv
own-label-since = Nálunk ismert ettől
own-label-basis = Alap
own-label-basis-words = Saját szavainkkal
own-label-told = Tájékoztatás, hozzájárulás
own-label-questionnaire = Kérdőív
own-label-planned = Üzenet tervezett napja
own-label-sent = Üzenet elküldve
own-label-begun = Megkezdve
own-label-answered = Megválaszolva
own-label-link-ends = A link eddig nyitott

## Values

own-not-kept = nem őrizzük
own-channel-web = a webáruházban
own-channel-in-person = a helyszínen
own-channel-phone = telefonon
own-channel-email = e-mailben
own-channel-chat = csevegésben
own-channel-community = a vásárlói közösségben
own-complaint-open = nyitott
own-basis-consent = Ön hozzájárult.
own-basis-notice = Ön a vásárlónk, tájékoztattuk erről, és tiltakozhatott ellene.
own-basis-other = Más alap
own-basis-none = Nincs megadva, ezért nem küldünk üzenetet.

## Sentences

own-no-answers = Ön még semmire sem válaszolt.
own-earlier = Korábban elküldve: { $date }
own-earlier-page = { $number }. oldal, mentve: { $date }
own-others = { $count ->
    [one] Őrizzük még egy rendelését.
   *[other] Őrizzük még { $count } rendelését.
}
own-others-why = Itt nem mutatjuk őket, hogy a link birtokosa ne tudjon meg többet, mint amire a link szól. A törlés rájuk is kiterjed.
own-object = Ha valami nem helyes, vagy nem szeretné, hogy őrizzük, írjon nekünk; üzenetét ember olvassa:
own-download = Minden mentése fájlként
own-download-hint = JSON-fájl megőrzésre vagy más programok számára. A válaszok összesítéséhez használt számok is benne vannak.
own-erase = Minden törlése
own-erase-hint = Előbb megmutatjuk, mit jelent ez. Semmit sem törlünk, amíg ott meg nem erősíti.

## The page that asks once more

erase-heading = Minden adatot töröljünk?
erase-lead = Ezek végleg törlődnek:
erase-person = a neve, a címe és a telefonszáma, amennyiben itt őrizzük
erase-orders = { $count ->
    [one] egy rendelés az összes dátumával
   *[other] { $count } rendelés az összes dátumával
}
erase-answers = { $count ->
    [one] egy kérdőív a válaszaival és saját szavaival
   *[other] { $count } kérdőív a válaszaival és saját szavaival
}
erase-remains = Annyi marad meg, hogy aznap valakit töröltünk, és hogy egy válasz mely csoportokhoz tartozott. Ebből nem derül ki, ki Ön, és az sem, mit válaszolt.
erase-shop = Maga a rendelés az üzlet saját rendszerében is megvan. Ha ott is töröltetni szeretné, írjon nekünk:
erase-now = Igen, minden törlése

## The page after that

erased-heading = Minden adatot töröltünk
erased-text = Elérhetőségeit, rendeléseit, válaszait és saját szavait innen töröltük. Az üzeneteinkben lévő linkek már nem nyitnak meg semmit.
erased-copies = Ha valaha vissza kell állítanunk egy régebbi biztonsági másolatot, abból is újra töröljük Önt.
