### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = Vad kunderna säger om servicen
score-of = { $value } av 100
score-likely = troligen { $low } till { $high }
score-span = { $from } till { $until }
score-label-people = Kunder som svarat
score-label-period = Service under tiden
score-label-rate = Svarat av de tillfrågade
score-label-range = Troligt intervall, 95 %
score-label-always = Intervall vid varje titt
score-label-when = När kunderna tillfrågades
score-label-whom = Vilka som tillfrågades
score-rate = { $answered } av { $asked }, { $share } %
score-after-placed = efter beställningen
score-after-shipped = efter att varan skickats
score-after-delivered = efter leveransen
score-after-complaint = efter ett avslutat klagomål
score-whom-all = varje kund med en beställning som butiken får skriva till
score-whom-sample = lottade kunder: { $share } av 100 beställningar
score-whom-places = endast kunder på dessa platser: { $places }
score-how-heading = Så här frågade vi
score-how-free = Kunderna får en länk efter sin beställning och svarar själva. Ingen väljs ut efter vad den kan tänkas säga, och varje svar räknas, bra eller dåligt.
score-how-sum = Talet är medelvärdet av de kvalitetsdimensioner som det frågades om, var och en på en skala från 0 till 100.
score-how-steps = Talet ändras först när minst tio nya kunder har svarat, så att ingen kan läsa ut ett enskilt svar. Med färre än { $least } svar visas inget tal.
score-out-heading = Vad som inte ingår
score-out-trials = Butikens egna provbeställningar, svar via öppna länkar och svar som raderats tillsammans med allt om kunden.
score-out-silent = Kunder som inte svarade kan tycka något annat.
score-few-heading = Ännu för få svar
score-few = Här kommer ett tal när minst { $least } kunder har svarat under tolv hela månader.
score-made = Beräknat av Laatu från alla svar under denna tid.
score-name = Upplevd kvalitet
score-badge-few = Ännu för få svar
score-answers = { $count ->
    [one] { $count } svar
   *[other] { $count } svar
}
