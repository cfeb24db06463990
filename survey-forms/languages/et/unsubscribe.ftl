### The page that ends questions by mail in Estonian. Draft: not yet read by a second reader.

unsubscribe-heading = Ei soovi enam küsimusi e-postiga?
unsubscribe-who = { $organisation } küsib oma klientidelt e-postiga, milline oli teenindus.
unsubscribe-what = Kui vajutate nuppu, ei saadeta teile enam selliseid küsimusi e-postiga. Teie tellimusi puudutavaid kirju see ei mõjuta.
unsubscribe-address = See puudutab aadressi:
unsubscribe-hint = Midagi ei muutu enne, kui vajutate nuppu.
unsubscribe-now = Ei soovi enam küsimusi

unsubscribed-heading = E-postiga küsimusi enam ei tule
unsubscribed-what = { $organisation } ei saada sellele aadressile enam selliseid küsimusi. Rohkem ei pea te midagi tegema.
unsubscribed-late = Juba teel olev kiri võib siiski veel kohale jõuda.
unsubscribe-undo-hint = Vajutasite kogemata? Kui võtate tagasi, võib selliseid küsimusi jälle tulla nagu varem.
unsubscribe-undo = Võta tagasi

resubscribed-heading = Küsimusi võib jälle tulla
resubscribed-what = { $organisation } võib teile jälle saata lühikesi küsimusi oma teeninduse kohta, nagu varem.
resubscribed-again = Kui muudate meelt, töötab iga sellise kirja lõpus olev link endiselt.
