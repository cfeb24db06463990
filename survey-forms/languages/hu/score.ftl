### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = Mit mondanak a vásárlók a kiszolgálásról
score-of = { $value } / 100
score-likely = valószínűleg { $low } és { $high } között
score-span = { $from } – { $until }
score-label-people = Válaszoló vásárlók
score-label-period = A kiszolgálás ideje
score-label-rate = Válaszoltak a kérdezettekből
score-label-range = Valószínű sáv, 95 %
score-label-always = Sáv minden ránézéshez
score-label-when = Mikor kérdeztük őket
score-label-whom = Kiket kérdeztünk
score-rate = { $answered } / { $asked }, { $share } %
score-after-placed = a rendelés után
score-after-shipped = a feladás után
score-after-delivered = a kézbesítés után
score-after-complaint = a panasz lezárása után
score-whom-all = minden vásárlót, aki rendelt, és akinek az üzlet írhat
score-whom-sample = kisorsolt vásárlókat: száz rendelésből { $share }
score-whom-places = csak e helyek vásárlóit: { $places }
score-how-heading = Hogyan kérdeztünk
score-how-free = A vásárlók a rendelésük után kapnak egy linket, és maguk válaszolnak. Senkit sem választunk ki aszerint, hogy mit mondana, és minden válasz számít, jó vagy rossz.
score-how-sum = A szám a megkérdezett minőségi szempontok átlaga, mindegyik 0-tól 100-ig terjedő skálán.
score-how-steps = A szám csak akkor változik, ha legalább tíz újabb vásárló válaszolt, így egyetlen válasz sem olvasható ki belőle. { $least } válasz alatt nem mutatunk számot.
score-out-heading = Mi nincs benne
score-out-trials = Az üzlet saját próbarendelései, a nyílt linkeken adott válaszok, és azok, amelyeket a vásárló minden adatával együtt töröltünk.
score-out-silent = Akik nem válaszoltak, lehet, hogy másként gondolják.
score-few-heading = Még túl kevés a válasz
score-few = Itt akkor jelenik meg szám, ha tizenkét teljes hónapon belül legalább { $least } vásárló válaszolt.
score-made = A Laatu számította ki ennek az időnek minden válaszából.
score-name = Érzékelt minőség
score-badge-few = Még túl kevés a válasz
score-answers = { $count ->
    [one] { $count } válasz
   *[other] { $count } válasz
}
