### Słowa wiadomości z liczbami widoku i strony, która ją zatrzymuje.

report-mail-subject-weekly = Raport tygodniowy, { $until }: { $view }
report-mail-subject-monthly = Raport miesięczny, { $until }: { $view }
report-mail-label-survey = Ankieta
report-mail-label-quality = Odczuwana jakość, na 100
report-mail-label-week = Wobec poprzedniego tygodnia
report-mail-label-month = Wobec poprzedniego miesiąca
report-mail-label-lowest = Najniższe wyniki
report-mail-label-careless = Odpowiedzi nieuważne
report-mail-left-out = pominięto
report-mail-no-contact = bez kontaktu
report-mail-no-place = bez miejsca
report-mail-value = { $count ->
    [one] { $value } (od { $low } do { $high }), { $count } osoba
    [few] { $value } (od { $low } do { $high }), { $count } osoby
    [many] { $value } (od { $low } do { $high }), { $count } osób
   *[other] { $value } (od { $low } do { $high }), { $count } osoby
}
report-mail-higher = Wyżej o { $by } (od { $low } do { $high })
report-mail-lower = Niżej o { $by } (od { $low } do { $high })
report-mail-same = Bez wyraźnej zmiany (prawdopodobnie od { $low } do { $high })
report-mail-few = Za mało odpowiedzi, aby coś powiedzieć
report-mail-rate = { $answered } z { $asked }: { $share } % (od { $low } do { $high })
report-mail-answered = { $answered } z { $asked }
report-mail-brackets = W nawiasie: zakres, w którym prawdopodobnie leży prawdziwa wartość (95 %).
report-mail-nobody = W tym czasie przy tych filtrach nie ma żadnej odpowiedzi.
report-mail-withheld = Za mało odpowiedzi: odpowiedziało mniej niż { $least } osób albo tak nieliczne osoby można by rozpoznać, porównując liczby. Aby je chronić, nie pokazujemy nic.
report-mail-refused = Tego widoku nie można pokazać w tej postaci: jeden z filtrów nie jest dla Ciebie dostępny albo nie ma już tego, czego dotyczy. Wybierz inne na pulpicie.
report-mail-button = Otwórz pulpit
report-mail-why-weekly = Otrzymujesz to w każdy poniedziałek na własne życzenie z pulpitu. Wiadomość pokazuje to, co możesz tam zobaczyć, bez pojedynczych odpowiedzi.
report-mail-why-monthly = Otrzymujesz to trzeciego dnia każdego miesiąca na własne życzenie z pulpitu. Wiadomość pokazuje to, co możesz tam zobaczyć, bez pojedynczych odpowiedzi.
report-mail-stop = Zatrzymaj ten raport

## Strona za tym linkiem

report-stop-heading = Zatrzymać ten raport?
report-stop-what = Te liczby przychodzą e-mailem: { $view }
report-stop-then = Po naciśnięciu przycisku ten raport nie będzie już przychodził. Na pulpicie, w części Views, można zamówić go ponownie.
report-stop-now = Zatrzymaj raport
report-stopped-heading = Raport zatrzymano
report-stopped-what = Nie przyjdzie więcej wiadomości z tymi liczbami: { $view }
report-stopped-again = Nic więcej nie trzeba robić. Na pulpicie, w części Views, można zamówić go ponownie.
