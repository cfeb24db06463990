### Orden i mejlet med en vys siffror och på sidan som avslutar det.

report-mail-subject-weekly = Veckorapport, { $until }: { $view }
report-mail-subject-monthly = Månadsrapport, { $until }: { $view }
report-mail-label-survey = Enkät
report-mail-label-quality = Upplevd kvalitet, av 100
report-mail-label-week = Mot veckan innan
report-mail-label-month = Mot månaden innan
report-mail-label-lowest = Lägsta värden
report-mail-label-careless = Vårdslösa svar
report-mail-left-out = utelämnade
report-mail-no-contact = ingen kontakt
report-mail-no-place = utan plats
report-mail-value = { $count ->
    [one] { $value } ({ $low } till { $high }), { $count } person
   *[other] { $value } ({ $low } till { $high }), { $count } personer
}
report-mail-higher = Högre med { $by } ({ $low } till { $high })
report-mail-lower = Lägre med { $by } ({ $low } till { $high })
report-mail-same = Ingen tydlig förändring (troligen { $low } till { $high })
report-mail-few = För få svar för att säga något
report-mail-rate = { $answered } av { $asked }: { $share } % ({ $low } till { $high })
report-mail-answered = { $answered } av { $asked }
report-mail-brackets = Inom parentes: det intervall där det sanna värdet troligen ligger (95 %).
report-mail-nobody = Inget svar finns från den här tiden med de här filtren.
report-mail-withheld = För få svar: färre än { $least } personer har svarat, eller så få kunde urskiljas genom att jämföra siffror. För att skydda dem visar vi ingenting.
report-mail-refused = Vyn kan inte visas för dig som den är: något av dess filter är inte öppet för dig, eller så finns det den handlar om inte kvar. Öppna panelen och välj andra.
report-mail-button = Öppna panelen
report-mail-why-weekly = Du får det här varje måndag eftersom du beställde det på panelen. Det visar vad du får se där, och inga enskilda svar.
report-mail-why-monthly = Du får det här den tredje varje månad eftersom du beställde det på panelen. Det visar vad du får se där, och inga enskilda svar.
report-mail-stop = Avsluta den här rapporten

## Sidan bakom den länken

report-stop-heading = Avsluta den här rapporten?
report-stop-what = De här siffrorna kommer via mejl: { $view }
report-stop-then = När du trycker på knappen kommer rapporten inte längre. På panelen, under Views, kan du beställa den igen.
report-stop-now = Avsluta rapporten
report-stopped-heading = Rapporten är avslutad
report-stopped-what = Inga fler mejl kommer med de här siffrorna: { $view }
report-stopped-again = Du behöver inte göra något mer. På panelen, under Views, kan du beställa den igen.
