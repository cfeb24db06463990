### Egy nézet számait tartalmazó levél szavai, és az oldalé, amely leállítja.

report-mail-subject-weekly = Heti jelentés, { $until }: { $view }
report-mail-subject-monthly = Havi jelentés, { $until }: { $view }
report-mail-label-survey = Felmérés
report-mail-label-quality = Érzékelt minőség, 100-ból
report-mail-label-week = Az előző héthez képest
report-mail-label-month = Az előző hónaphoz képest
report-mail-label-lowest = Legalacsonyabb értékek
report-mail-label-careless = Figyelmetlen válaszok
report-mail-left-out = kihagyva
report-mail-no-contact = nem volt kapcsolat
report-mail-no-place = hely nélkül
report-mail-value = { $count ->
    [one] { $value } ({ $low } és { $high } között), { $count } fő
   *[other] { $value } ({ $low } és { $high } között), { $count } fő
}
report-mail-higher = Magasabb, a különbség { $by } ({ $low } és { $high } között)
report-mail-lower = Alacsonyabb, a különbség { $by } ({ $low } és { $high } között)
report-mail-same = Nincs egyértelmű változás (valószínűleg { $low } és { $high } között)
report-mail-few = Túl kevés a válasz ahhoz, hogy bármit mondjunk
report-mail-rate = { $answered } / { $asked }: { $share } % ({ $low } és { $high } között)
report-mail-answered = { $answered } / { $asked }
report-mail-brackets = Zárójelben az a sáv áll, amelyben a valódi érték valószínűleg van (95 %).
report-mail-nobody = Ebből az időből ezekkel a szűrőkkel nincs válasz.
report-mail-withheld = Túl kevés a válasz: { $least } főnél kevesebben válaszoltak, vagy ilyen keveset a számok összevetésével fel lehetne ismerni. Az ő védelmükben semmit sem mutatunk.
report-mail-refused = Ez a nézet így nem mutatható meg Önnek: az egyik szűrője nem nyitott az Ön számára, vagy amire vonatkozik, már nincs meg. Válasszon másikat a felületen.
report-mail-button = A felület megnyitása
report-mail-why-weekly = Ezt minden hétfőn megkapja, mert a felületen kérte. Azt mutatja, amit ott láthat, és nem mutat egyes válaszokat.
report-mail-why-monthly = Ezt minden hónap harmadikán megkapja, mert a felületen kérte. Azt mutatja, amit ott láthat, és nem mutat egyes válaszokat.
report-mail-stop = A jelentés leállítása

## Az oldal e link mögött

report-stop-heading = Leállítja ezt a jelentést?
report-stop-what = Ezek a számok jönnek e-mailben: { $view }
report-stop-then = Ha megnyomja a gombot, ez a jelentés nem jön többé. A felületen, a Views alatt újra kérheti.
report-stop-now = Jelentés leállítása
report-stopped-heading = A jelentés leállt
report-stopped-what = Nem jön több levél ezekkel a számokkal: { $view }
report-stopped-again = Mást nem kell tennie. A felületen, a Views alatt újra kérheti.
