### The customer's pages in Hungarian. Draft: not yet read by a second reader.
###
### Polite address (Ön). No article and no ending ever touches the shop's name, the order number or a
### number that comes in: "a" or "az" and the endings would depend on how the inserted word is read aloud.

## On every page

language-switch = Nyelv
foot-contact = Kérdése van? Ezen a címen egy munkatársunk válaszol:
foot-kept = { $months ->
    [one] A válaszait ehhez a rendeléshez kapcsoljuk, és legfeljebb egy hónapig őrizzük meg.
   *[other] A válaszait ehhez a rendeléshez kapcsoljuk, és legfeljebb { $months } hónapig őrizzük meg.
}
privacy-link = Így kezeljük az adatait

## The pages with questions

part = { $number }. rész, összesen { $total }
time-left = { $minutes ->
    [0] még kevesebb mint egy perc
    [one] még körülbelül egy perc
   *[other] még körülbelül { $minutes } perc
}
order-line = Rendelésszám: { $order }
closing-heading = A rendelés egésze
continue = Mentés és tovább
finish = Válaszok elküldése
back = Vissza

intro-who = A kérdéseket a jobb kiszolgálás érdekében teszi fel: { $organisation }. Rendelésszám: { $order }.
intro-time = { $minutes ->
    [one] A válaszadás körülbelül egy percet vesz igénybe, és bármelyik kérdést üresen hagyhatja.
   *[other] A válaszadás körülbelül { $minutes } percet vesz igénybe, és bármelyik kérdést üresen hagyhatja.
}
intro-stored = { $months ->
    [one] A válaszait ehhez a rendeléshez kapcsoljuk. A kiszolgálással foglalkozó munkatársak olvassák el őket, és legfeljebb egy hónapig őrizzük meg.
   *[other] A válaszait ehhez a rendeléshez kapcsoljuk. A kiszolgálással foglalkozó munkatársak olvassák el őket, és legfeljebb { $months } hónapig őrizzük meg.
}
intro-rights = Ha szeretné megnézni, módosítani vagy töröltetni a válaszait, vagy nem szeretne ilyen kérdéseket kapni, írjon ide:

resumed = Üdvözöljük újra! A korábbi válaszai megvannak.
suggested = Az üzenetben már választott egy választ. Alább bejelöltük; akkor küldjük el, ha megnyomja a gombot.
correcting = Már elküldött válaszait módosítja. Amit most küld el, az a korábbiak helyébe lép.

comment-hint = Kérjük, ne írjon ide neveket, címeket vagy telefonszámokat. Legfeljebb { $limit } karakter fér el.

## When a page comes back

title-error = Hiba: { $title }
error-word = Hiba:
left-open-heading = Ez az oldal még üres
left-open-text = Most is válaszolhat, de válasz nélkül is továbbléphet.
left-open-item = Üresen maradt: válaszolhat, vagy továbbléphet.
problems-heading = Kérjük, nézze át még egyszer ezt az oldalt
problem-outside = Ezt a választ nem tudtuk beolvasni. Kérjük, válasszon a látható válaszok közül.
problem-twice = Erre a kérdésre két különböző válasz érkezett. Kérjük, válasszon egyet.
problem-comment-long = { $count ->
    [one] A szöveg { $count } karakter hosszú, és legfeljebb { $limit } karakter fér el. Kérjük, rövidítse le.
   *[other] A szöveg { $count } karakter hosszú, és legfeljebb { $limit } karakter fér el. Kérjük, rövidítse le.
}
problem-unknown = Olyan adat is érkezett, amelyet ez az oldal nem kér. Kérjük, küldje el újra az oldalt.

## The page after the last one

thanks-heading = Köszönjük
thanks-saved = A válaszai megérkeztek.
thanks-before = Ön már válaszolt. Ezeket a válaszokat kaptuk Öntől.
thanks-not-taken = Az elsőként elküldött válaszai maradnak érvényben. A most küldöttek túl későn érkeztek, ezért nem fogadtuk be őket.
thanks-answers = Az Ön válaszai
thanks-open = Üresen hagyva
thanks-change = Válaszok módosítása
thanks-keep = Ezt az oldalt kinyomtathatja vagy elmentheti.
thanks-contact = Szeretné, hogy valamelyik munkatársunk utánanézzen valaminek? Írjon nekünk ide:
thanks-next = Válaszait azok a munkatársaink olvassák el, akik a szolgáltatásért felelnek, és megnézik, min lehet javítani. Önnek nincs több teendője.
thanks-offer-heading = Szeretnénk jóvátenni
thanks-offer-link = Így tudunk segíteni
thanks-offer-contact = Írjon nekünk, és egy munkatársunk utánanéz:
thanks-we-did-heading = Önök mondták, mi megtettük

## Pages behind open links, where no order is known

closing-open-heading = A kiszolgálás egésze
foot-kept-open = { $months ->
    [one] A válaszait legfeljebb egy hónapig őrizzük meg.
   *[other] A válaszait legfeljebb { $months } hónapig őrizzük meg.
}
intro-who-open = A kérdéseket a kiszolgálásról, annak javítása érdekében teszi fel: { $organisation }.
intro-stored-open = { $months ->
    [one] Nem kérdezzük, hogy kicsoda Ön. A válaszait a kiszolgálással foglalkozó munkatársak olvassák el, és legfeljebb egy hónapig őrizzük meg.
   *[other] Nem kérdezzük, hogy kicsoda Ön. A válaszait a kiszolgálással foglalkozó munkatársak olvassák el, és legfeljebb { $months } hónapig őrizzük meg.
}
intro-rights-open = Ha később szeretné megnézni, módosítani vagy töröltetni a válaszait, írjon ide:
later-heading = Egy kis türelmet kérünk
later-text = Most éppen sokan válaszolnak itt. Kérjük, várjon egy kicsit, majd küldje el még egyszer ezt az oldalt. A válaszai megvannak rajta.
send-again-heading = Kérjük, küldje el még egyszer az oldalt
send-again-text = Az oldal sokáig nyitva volt, ezért még semmi sem érkezett meg. A válaszai megvannak rajta.
closed-heading = Ezek a kérdések lezárultak
closed-text = Köszönjük, hogy válaszolni szeretett volna. Ez a link már nem fogad válaszokat.
resting-heading = Most nincs nyitva
resting-text = Köszönjük, hogy válaszolni szeretett volna. A kérdőív most szünetel. Kérjük, próbálja meg egy másik napon.

## Previews, for those who prepare a survey

preview-note = Előnézet: semmi sem kerül mentésre.
preview-length = Hossz
preview-paging = Lapozás
preview-form = Űrlap
preview-module = Kapcsolat
preview-page = Oldal

## Pages that stand alone

expired-heading = Ez a kérdőív lezárult
expired-text = A válaszadás ideje lejárt. Amit korábban elmentett, azt megőriztük.
expired-contact = Ha még szeretne valamit elmondani, írjon nekünk ide:
unknown-heading = Ez a link nem működik
unknown-text = Lehet, hogy hiányzik egy része, vagy már nincs használatban. Kérjük, nyissa meg újra az üzenetben lévő linket, vagy másolja be az egészet a címsorba.
busy-heading = Egy kis türelmet kérünk
busy-text = Most éppen sokan válaszolnak. Kérjük, várjon egy kicsit, majd töltse be újra az oldalt. Amit korábban elmentett, az biztonságban van.
broken-heading = Hiba történt nálunk
broken-text = Nem Ön hibázott. Amit korábban elmentett, az biztonságban van. Kérjük, lépjen vissza, és küldje el még egyszer ezt az oldalt.
broken-reference = Ha erről ír nekünk, kérjük, adja meg ezt a kódot: { $id }

## Further kinds of questions

yes = Igen
no = Nem
part-open = { $number }. rész
number-hint = Egész szám, legalább { $min } és legfeljebb { $max }.
multiple-hint = Többet is választhat.
ranking-hint = Az 1 az első helyet jelenti. A sorrend akkor számít, ha minden sornak van helye.
problem-number = Kérjük, írjon be egy egész számot: legalább { $min }, legfeljebb { $max }.
problem-ranking = Kérjük, adjon minden sornak más helyet 1-től kezdve, vagy hagyja mindet üresen.
problem-contradiction = Ezek a válaszok ellentmondanak egymásnak: az egyik szerint a többi közül egyik sem illik. Kérjük, nézze át.
