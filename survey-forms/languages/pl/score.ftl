### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = Co klienci mówią o obsłudze
score-of = { $value } na 100
score-likely = prawdopodobnie od { $low } do { $high }
score-span = { $from } – { $until }
score-label-people = Liczba odpowiadających
score-label-period = Obsługa w okresie
score-label-rate = Odpowiedzi z zapytanych
score-label-range = Prawdopodobny zakres, 95 %
score-label-always = Zakres przy każdym wglądzie
score-label-when = Kiedy pytano
score-label-whom = Kogo pytano
score-rate = { $answered } z { $asked }, { $share } %
score-after-placed = po złożeniu zamówienia
score-after-shipped = po wysłaniu zamówienia
score-after-delivered = po dostawie
score-after-complaint = po zamknięciu reklamacji
score-whom-all = każdego klienta z zamówieniem, do którego sklep może pisać
score-whom-sample = klientów wylosowanych: { $share } na 100 zamówień
score-whom-places = tylko klientów tych miejsc: { $places }
score-how-heading = Jak pytano
score-how-free = Klienci dostają link po zamówieniu i odpowiadają sami. Nikogo nie wybiera się według tego, co mógłby powiedzieć, a liczy się każda odpowiedź, dobra czy zła.
score-how-sum = Liczba jest średnią z wymiarów jakości, o które pytano, każdy w skali od 0 do 100.
score-how-steps = Liczba zmienia się dopiero, gdy odpowie co najmniej dziesięciu nowych klientów, aby nikt nie mógł odczytać jednej odpowiedzi. Poniżej { $least } odpowiedzi nie pokazujemy żadnej.
score-out-heading = Czego tu nie ma
score-out-trials = Własnych zamówień próbnych sklepu, odpowiedzi z otwartych linków oraz odpowiedzi usuniętych razem ze wszystkim o kliencie.
score-out-silent = Klienci, którzy nie odpowiedzieli, mogą myśleć inaczej.
score-few-heading = Na razie za mało odpowiedzi
score-few = Liczba pojawi się tutaj, gdy w ciągu dwunastu pełnych miesięcy odpowie co najmniej { $least } klientów.
score-made = Obliczone przez Laatu ze wszystkich odpowiedzi z tego czasu.
score-name = Odczuwana jakość
score-badge-few = Na razie za mało odpowiedzi
score-answers = { $count ->
    [one] { $count } odpowiedź
    [few] { $count } odpowiedzi
    [many] { $count } odpowiedzi
   *[other] { $count } odpowiedzi
}
