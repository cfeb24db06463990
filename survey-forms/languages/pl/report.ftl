### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = Raport o jakości obsługi
report-page = Strona { $page } z { $pages }
report-range = { $low }–{ $high }
report-signed = od { $low } do { $high }
report-and = { $first } i { $second }
report-answers = { $count ->
    [one] { $count } odpowiedź
    [few] { $count } odpowiedzi
    [many] { $count } odpowiedzi
   *[other] { $count } odpowiedzi
}
report-likely = prawdopodobnie { $range }
report-not-shown = Nie pokazano

report-scope-heading = Co obejmuje raport
report-label-survey = Ankieta
report-label-period = Okres obsługi
report-label-filters = Wybór
report-label-answers = Odpowiedzi z wynikiem
report-label-made = Sporządzono
report-label-channel = Sposób zakupu
report-label-contact = Sposób kontaktu
report-label-place = Miejsce
report-label-language = Język odpowiedzi
report-label-careless = Niestaranne odpowiedzi
report-label-instrument = Kwestionariusz
report-label-program = Obliczył program
report-label-zone = Strefa czasowa
report-label-unfinished = Niedokończone formularze
report-label-fingerprint = Odcisk (SHA-256)
report-careless-out = pominięte
report-careless-in = we wszystkich liczbach
report-no-filter = brak, wszystkie odpowiedzi
report-period-all = od początku do dziś
report-period-from = od { $from } do dziś
report-period-until = od początku do { $until }
report-period-span = od { $from } do { $until }
report-version = { $name }, wersja { $version }

report-channel-web = Sklep internetowy
report-channel-in-person = Osobiście
report-channel-phone = Telefon
report-channel-email = Poczta elektroniczna
report-channel-chat = Czat
report-channel-community = Społeczność
report-channel-none = Nie wiadomo
report-contact-none = Bez kontaktu
report-place-none = Bez miejsca

report-found-heading = Co się okazało
report-found-quality = Postrzegana jakość to { $value } na 100, { $range } ({ $answers }).
report-found-no-quality = Nie ma wyniku postrzeganej jakości: { $reason }.
report-found-weakest = Najsłabszy wymiar: { $name }, { $value } na 100, { $range } ({ $answers }).
report-found-two = Dwa wymiary są najsłabsze: { $first } i { $second }.
report-found-lowest = Żaden wymiar się nie wyróżnia. Najniższy: { $name }, { $value } na 100, { $range } ({ $answers }).
report-found-no-dimensions = Odpowiedzi jest za mało, aby porównać wymiary.
report-found-rate = Na dostarczone zaproszenia odpowiedziano: { $answered } z { $asked }, czyli { $share }, { $range }.
report-found-no-rate = Nie ma odsetka odpowiedzi: { $reason }.
report-no-rate = Dla tego wyboru nie ma odsetka odpowiedzi: wybraną cechę znamy tylko z odpowiedzi.
report-open-link = Odpowiedzi przyszły przez otwarte łącza. Nikogo nie zaproszono, więc nie ma odsetka odpowiedzi.
report-change-higher = Wyżej niż w poprzednim okresie: { $change } pkt ({ $range }).
report-change-lower = Niżej niż w poprzednim okresie: { $change } pkt ({ $range }).
report-change-none = Bez wyraźnej zmiany wobec poprzedniego okresu: { $change } pkt ({ $range }).
report-change-few = Odpowiedzi jest za mało, aby porównać z poprzednim okresem.
report-change-nothing = Raport nie ma pierwszego i ostatniego dnia, więc nie ma poprzedniego okresu do porównania.
report-even = { $what }: na jednym poziomie. Każda różnica mieści się w { $margin } pkt.
report-uneven = { $what }: nie na jednym poziomie. { $low }: o { $distance } pkt niżej niż { $high }.
report-open = { $what }: za mało odpowiedzi, aby powiedzieć, czy wszystkie są na jednym poziomie w granicach { $margin } pkt.
report-not-compared = { $what }: nie porównano ({ $reason }).
report-difference = { $low }: o { $distance } pkt niżej niż { $high }.

report-overview-heading = Na jednej stronie
report-card-quality = Postrzegana jakość, na 100
report-card-change = Wobec poprzedniego okresu
report-card-rate = Zaproszenia z odpowiedzią
report-word-higher = Wyżej niż przedtem
report-word-lower = Niżej niż przedtem
report-word-same = Bez wyraźnej zmiany
report-of-invitations = { $answered } z { $asked } dostarczonych
report-name-quality = Postrzegana jakość, na 100
report-name-always = To samo, zakres ważny przy każdym spojrzeniu
report-name-weighted = To samo, ważone do wszystkich klientów
report-name-overall = Ogólna ocena, w wartościach skali
report-name-nps = Poleciliby (NPS), od −100 do 100
report-name-csat = Zadowoleni, dwie najwyższe wartości
report-name-ces = Uznali za łatwe, trzy najwyższe wartości

report-column-figure = Wskaźnik
report-column-value = Wartość
report-column-score = Punkty
report-column-range = Prawdopodobnie, 95 %
report-column-answers = Odpowiedzi
report-column-dimension = Wymiar
report-column-change = Zmiana
report-column-alpha = Rzetelność (alfa)
report-column-month = Miesiąc
report-column-week = Tydzień
report-column-expected = Oczekiwane
report-column-found = Doświadczone
report-column-gap = Luka
report-column-level = Poziom
report-column-drawn = Ku średniej
report-column-part = Część całości
report-column-raw = Jak odpowiedziano
report-column-weighted = Ważone
report-column-name = Kolumna
report-column-question = Pytanie
report-column-codes = Wartości

report-chart-dimensions = Punkty każdego wymiaru, od najniższego
report-chart-levels = Postrzegana jakość, { $what }
report-chart-expected = Oczekiwane i doświadczone, od największego niedoboru
report-chart-time = Postrzegana jakość według miesięcy
report-chart-weeks = Postrzegana jakość według tygodni
report-chart-drivers = Część każdego wymiaru, od największej
report-chart-scores = Punkty na 100, pokazane od { $low } do { $high }.
report-chart-shares = Procent, od zera.
report-chart-marks = Gruba linia: prawdopodobny zakres, 80 %. Cienka linia: 95 %.
report-chart-hollow = Pusta kropka: mniej niż 5 odpowiedzi lub brak zakresu.
report-chart-band = Kropka: wartość. Pas: prawdopodobny zakres, 95 %.
report-chart-pairs = Kwadrat: oczekiwane. Kropka: doświadczone. Linie: prawdopodobny zakres, 95 %.
report-mark-expected = oczekiwane
report-mark-found = doświadczone
report-mark-gap = luka
report-by-month = { $name } według miesięcy
report-week = Tydzień { $week }, { $year }
report-week-short = tydz. { $week }

report-dimensions-heading = Wymiary w liczbach
report-change-note = Zmiana: wobec poprzedniego okresu, z własnym prawdopodobnym zakresem. Punkty są na 100.
report-items-heading = Wymiar po wymiarze
report-items-note = Każdy pasek to wszystkie oceny pytania wokół linii środkowej: niskie wartości po lewej, wysokie po prawej.
report-outcomes-heading = Inne pytania
report-dimension-score = { $value } pkt na 100, { $range } ({ $answers }).
report-dimension-none = Brak wyniku: { $reason }.
report-dimension-alpha = Rzetelność (alfa): { $value }.
report-item-mean = Średnia { $value }, { $range } ({ $answers }).
report-item-states = Bez oceny: { $states }.
report-state-not-applicable = nie dotyczy
report-state-dont-know = trudno powiedzieć
report-state-skipped = bez odpowiedzi

report-time-heading = W czasie
report-happened = Co się działo w tym czasie:

report-expected-heading = Oczekiwane i doświadczone
report-expected-first = Najbardziej poniżej oczekiwań: { $name }, { $gap } pkt ({ $range }, { $answers }).
report-expected-short = Także poniżej oczekiwań: { $names }.
report-expected-more = Więcej, niż oczekiwano: { $names }.
report-expected-level = Żaden wymiar nie jest wyraźnie poniżej oczekiwań.
report-expected-few = Zbyt mało osób odpowiedziało na obie strony, aby powiedzieć, co jest poniżej oczekiwań.
report-expected-note = Oczekiwane i doświadczone to punkty wszystkich, którzy odpowiedzieli na tę stronę. Luka to doświadczone minus oczekiwane u tych, którzy odpowiedzieli na obie, więc nie musi być różnicą tych dwóch. Wysokie lub niskie oczekiwania same w sobie nie są dobre ani złe.

report-splits-heading = Kanały i miejsca
report-splits-note = Poziomy stoją w kolejności nazw, bez rankingu: przy małej liczbie odpowiedzi miejsce w rankingu to głównie przypadek.
report-split-channel = Kanały
report-split-contact = Sposoby kontaktu
report-split-place = Miejsca
report-split-language = Języki
report-places-drawn = Gdzie odpowiedziało niewiele osób, średnia mocno się waha; poniżej każda jest przyciągnięta ku średniej wszystkich.
report-places-inside = Żadne nie leży poza granicami przypadku.
report-places-outside = Poza granicami przypadku: { $names }.
report-levels-cut = Pokazano { $shown } z { $all } poziomów; plik CSV ma wszystkie.

report-drivers-heading = Co idzie w parze z ogólną oceną
report-drivers-none = Tego jeszcze nie można powiedzieć: { $reason }.
report-drivers-together = Razem wymiary odpowiadają tej części różnic w ogólnej ocenie: { $share }.
report-drivers-first = { $name } zajmuje pierwsze miejsce z prawdopodobieństwem { $share }.
report-drivers-unclear = Nie jest jasne, który wymiar jest pierwszy: zakresy się pokrywają.
report-drivers-caution = To pokazuje, co idzie ze sobą w parze, a nie co z czego wynika.

report-answered-heading = Kto odpowiedział
report-weighting-none = Nic nie jest ważone: { $reason }.
report-weighting-why = Obok liczb z odpowiedzi stoją liczby ważone tak, aby odpowiedzi pasowały do wszystkich zamówień.
report-weighting-cost = Ważenie zmniejsza dokładność. Stoi za nim { $answers }; liczą się jak { $like }.
report-indicator = Reprezentatywność odpowiedzi (wskaźnik R): { $value }, zaproszonych { $n }. 1 znaczy, że każda grupa odpowiadała tak samo często.
report-careless = Odpowiedzi z oznakami niestaranności: { $flagged } z { $all }. Liczą się we wszystkich liczbach.
report-careless-hidden = Ile osób odpowiedziało niestarannie, nie pokazano: { $reason }.
report-careless-change = Jakość z nimi: { $with }. Bez nich: { $without }.

report-method-heading = Jak to obliczono
report-method-score = Punkty wymiaru to średnia ze średnich jego pytań, przeniesiona na skalę od 0 do 100. Pytania odwrócone są najpierw odwracane z powrotem.
report-method-quality = Postrzegana jakość to średnia punktów wszystkich wymiarów doświadczenia, każdy z tą samą wagą.
report-method-range = Prawdopodobny zakres 95 % zawiera prawdziwą wartość w 95 na 100 takich raportów. Jest przeznaczony na jedno spojrzenie.
report-method-always = Zakres ważny przy każdym spojrzeniu jest szerszy: jest właściwy także dla kogoś, kto zagląda wciąż na nowo.
report-method-change = Zmiana odnosi się do poprzedniego okresu z tymi samymi dniami tygodnia i ma własny zakres. Wyraźna jest tylko wtedy, gdy zakres nie zawiera zera.
report-method-weak = Wymiar jest najsłabszy tylko wtedy, gdy cały jego zakres leży poniżej zakresów wszystkich innych.
report-method-alpha = Alfa mówi, jak dobrze pytania wymiaru łączą się ze sobą, od 0 do 1.
report-method-careless = Odpowiedzi z oznakami niestaranności zostają, jeśli wybór nie mówi inaczej: zadowolony klient też może tak odpowiedzieć.
report-method-hidden = { $count ->
    [0] Liczb dotyczących mniej niż { $least } osób nie pokazujemy, ani tego, co by je zdradziło. Tu nic nie trzeba było pomijać.
    [one] Liczb dotyczących mniej niż { $least } osób nie pokazujemy, ani tego, co by je zdradziło. Tu jest to { $count } część.
    [few] Liczb dotyczących mniej niż { $least } osób nie pokazujemy, ani tego, co by je zdradziło. Tu są to { $count } części.
    [many] Liczb dotyczących mniej niż { $least } osób nie pokazujemy, ani tego, co by je zdradziło. Tu jest to { $count } części.
   *[other] Liczb dotyczących mniej niż { $least } osób nie pokazujemy, ani tego, co by je zdradziło. Tu jest to { $count } części.
}
report-method-open = Nic nie jest ukryte: raport powstał dla osoby, która może widzieć pojedyncze odpowiedzi. Zastanów się, komu go przekazujesz.

report-dictionary-heading = Pytania i wartości
report-dictionary-note = Kolumna: nazwa w plikach z odpowiedziami.
report-turned = odwrócone

report-reason-people = mniej niż { $least } osób
report-reason-none = brak odpowiedzi
report-reason-dimension = jeden z wymiarów nie ma odpowiedzi
report-reason-one = tylko jedna odpowiedź
report-reason-alike = odpowiedzi za mało się różnią
report-reason-items = zadano za mało pytań
report-reason-complete = nikt nie odpowiedział na wszystko, co jest do tego potrzebne
report-reason-groups = mniej niż dwie grupy
report-reason-small-group = jedna z grup ma za mało odpowiedzi
report-reason-thin = jedna z grup ma mniej niż { $least } odpowiedzi
report-reason-few = za mało odpowiedzi
report-reason-not-asked = nie pytano
report-reason-protect = ukryte, aby chronić inną liczbę
report-reason-many = za dużo do obliczenia
report-reason-scales = skale do siebie nie pasują
report-reason-frame = podstawa porównania nie pasuje
report-reason-delivered = nic nie dostarczono
report-reason-pair = na jedną z par wymiarów odpowiedziało mniej niż { $least } osób
report-reason-places = mniej niż { $least } miejsc
report-reason-points = mniej niż { $least } punktów w czasie
report-reason-absent = nie obliczono
report-reason-range = brak zakresu
report-reason-other = z tych odpowiedzi nie da się tego obliczyć
