### The customer's pages in Polish. Draft: not yet read by a second reader.
###
### Second person with capital letters (Ty, Twój), present tense or impersonal forms, so that no sentence
### guesses whether the reader is a woman or a man. The shop's name and the order number stand uninflected.

## On every page

language-switch = Język
foot-contact = Masz pytania? Pod tym adresem odpowiada człowiek:
foot-kept = { $months ->
    [one] Twoje odpowiedzi są powiązane z tym zamówieniem i przechowywane najwyżej przez miesiąc.
    [few] Twoje odpowiedzi są powiązane z tym zamówieniem i przechowywane najwyżej przez { $months } miesiące.
    [many] Twoje odpowiedzi są powiązane z tym zamówieniem i przechowywane najwyżej przez { $months } miesięcy.
   *[other] Twoje odpowiedzi są powiązane z tym zamówieniem i przechowywane najwyżej przez { $months } miesiąca.
}
privacy-link = Jak przetwarzamy Twoje dane

## The pages with questions

part = Część { $number } z { $total }
time-left = { $minutes ->
    [0] została niecała minuta
    [one] zostało około minuty
    [few] zostało około { $minutes } minut
    [many] zostało około { $minutes } minut
   *[other] zostało około { $minutes } minuty
}
order-line = Dotyczy zamówienia { $order }
closing-heading = Zamówienie jako całość
continue = Zapisz i przejdź dalej
finish = Wyślij odpowiedzi
back = Wstecz

intro-who = Pytania zadaje: { $organisation }. Dotyczą one zamówienia { $order } i mają pomóc poprawić obsługę.
intro-time = { $minutes ->
    [one] Zajmie to około minuty, a każde pytanie można pominąć.
    [few] Zajmie to około { $minutes } minut, a każde pytanie można pominąć.
    [many] Zajmie to około { $minutes } minut, a każde pytanie można pominąć.
   *[other] Zajmie to około { $minutes } minuty, a każde pytanie można pominąć.
}
intro-stored = { $months ->
    [one] Twoje odpowiedzi są powiązane z tym zamówieniem. Czytają je osoby, które dbają o obsługę, a przechowujemy je najwyżej przez miesiąc.
    [few] Twoje odpowiedzi są powiązane z tym zamówieniem. Czytają je osoby, które dbają o obsługę, a przechowujemy je najwyżej przez { $months } miesiące.
    [many] Twoje odpowiedzi są powiązane z tym zamówieniem. Czytają je osoby, które dbają o obsługę, a przechowujemy je najwyżej przez { $months } miesięcy.
   *[other] Twoje odpowiedzi są powiązane z tym zamówieniem. Czytają je osoby, które dbają o obsługę, a przechowujemy je najwyżej przez { $months } miesiąca.
}
intro-rights = Aby zobaczyć, zmienić lub usunąć swoje odpowiedzi albo zgłosić, że nie chcesz takich pytań, napisz na adres:

resumed = Witamy ponownie. Wcześniejsze odpowiedzi są zachowane.
suggested = Odpowiedź została wybrana w wiadomości. Jest zaznaczona poniżej i zostanie wysłana po naciśnięciu przycisku.
correcting = Zmieniasz odpowiedzi, które zostały już wysłane. Zastąpi je to, co wyślesz teraz.

comment-hint = Prosimy nie podawać imion, nazwisk, adresów ani numerów telefonów. Limit znaków: { $limit }.

## When a page comes back

title-error = Błąd: { $title }
error-word = Błąd:
left-open-heading = Ta strona jest jeszcze pusta
left-open-text = Możesz odpowiedzieć teraz albo przejść dalej bez odpowiedzi.
left-open-item = Bez odpowiedzi: możesz odpowiedzieć albo przejść dalej.
problems-heading = Sprawdź jeszcze raz tę stronę
problem-outside = Nie udało się odczytać tej odpowiedzi. Wybierz jedną z widocznych odpowiedzi.
problem-twice = Na to pytanie przyszły dwie różne odpowiedzi. Wybierz jedną.
problem-comment-long = { $count ->
    [one] Tekst ma { $count } znak, a limit znaków to { $limit }. Skróć go, proszę.
    [few] Tekst ma { $count } znaki, a limit znaków to { $limit }. Skróć go, proszę.
    [many] Tekst ma { $count } znaków, a limit znaków to { $limit }. Skróć go, proszę.
   *[other] Tekst ma { $count } znaku, a limit znaków to { $limit }. Skróć go, proszę.
}
problem-unknown = Wraz ze stroną dotarło coś, o co ona nie pyta. Wyślij stronę jeszcze raz.

## The page after the last one

thanks-heading = Dziękujemy
thanks-saved = Twoje odpowiedzi do nas dotarły.
thanks-before = Mamy już Twoje odpowiedzi. Oto one.
thanks-not-taken = Obowiązują odpowiedzi wysłane jako pierwsze. Te wysłane teraz przyszły za późno i nie zostały przyjęte.
thanks-answers = Twoje odpowiedzi
thanks-open = Bez odpowiedzi
thanks-change = Zmień odpowiedzi
thanks-keep = Możesz wydrukować lub zapisać tę stronę.
thanks-contact = Chcesz, żeby ktoś z nas przyjrzał się jakiejś sprawie? Napisz do nas na adres:
thanks-next = Twoje odpowiedzi czytają osoby, które dbają o obsługę, i szukają tego, co można poprawić. Nie trzeba robić nic więcej.
thanks-offer-heading = Chcemy to naprawić
thanks-offer-link = Zobacz, jak możemy pomóc
thanks-offer-contact = Napisz do nas, a ktoś z nas zajmie się sprawą:
thanks-we-did-heading = Wasze uwagi, nasze zmiany

## Pages behind open links, where no order is known

closing-open-heading = Obsługa jako całość
foot-kept-open = { $months ->
    [one] Twoje odpowiedzi przechowujemy najwyżej przez miesiąc.
    [few] Twoje odpowiedzi przechowujemy najwyżej przez { $months } miesiące.
    [many] Twoje odpowiedzi przechowujemy najwyżej przez { $months } miesięcy.
   *[other] Twoje odpowiedzi przechowujemy najwyżej przez { $months } miesiąca.
}
intro-who-open = Pytania zadaje: { $organisation }. Dotyczą one obsługi i mają pomóc ją poprawić.
intro-stored-open = { $months ->
    [one] Nie pytamy, kim jesteś. Twoje odpowiedzi czytają osoby, które dbają o obsługę, a przechowujemy je najwyżej przez miesiąc.
    [few] Nie pytamy, kim jesteś. Twoje odpowiedzi czytają osoby, które dbają o obsługę, a przechowujemy je najwyżej przez { $months } miesiące.
    [many] Nie pytamy, kim jesteś. Twoje odpowiedzi czytają osoby, które dbają o obsługę, a przechowujemy je najwyżej przez { $months } miesięcy.
   *[other] Nie pytamy, kim jesteś. Twoje odpowiedzi czytają osoby, które dbają o obsługę, a przechowujemy je najwyżej przez { $months } miesiąca.
}
intro-rights-open = Aby później zobaczyć, zmienić lub usunąć swoje odpowiedzi, napisz na adres:
later-heading = Prosimy o chwilę cierpliwości
later-text = Właśnie odpowiada tu wiele osób. Poczekaj chwilę i wyślij tę stronę jeszcze raz. Twoje odpowiedzi nadal na niej są.
send-again-heading = Wyślij tę stronę jeszcze raz
send-again-text = Strona była długo otwarta, więc nic jeszcze do nas nie dotarło. Twoje odpowiedzi nadal na niej są.
closed-heading = Te pytania są zamknięte
closed-text = Dziękujemy za chęć odpowiedzi. Ten link nie przyjmuje już odpowiedzi.
resting-heading = Teraz nieczynne
resting-text = Dziękujemy za chęć odpowiedzi. Ankieta jest na razie wstrzymana. Prosimy spróbować innego dnia.

## Previews, for those who prepare a survey

preview-note = Podgląd: nic nie jest zapisywane.
preview-length = Długość
preview-paging = Podział na strony
preview-form = Formularz
preview-module = Kontakt przez
preview-page = Strona

## Pages that stand alone

expired-heading = Ta ankieta jest zamknięta
expired-text = Czas na odpowiedzi minął. To, co zostało wcześniej zapisane, zachowaliśmy.
expired-contact = Jeśli chcesz nam jeszcze coś powiedzieć, napisz na adres:
unknown-heading = Ten link nie działa
unknown-text = Być może brakuje jego części albo nie jest już używany. Otwórz jeszcze raz link z wiadomości albo skopiuj go w całości do paska adresu.
busy-heading = Prosimy o chwilę cierpliwości
busy-text = Właśnie odpowiada wiele osób. Poczekaj chwilę, a potem wczytaj stronę ponownie. To, co zostało wcześniej zapisane, jest bezpieczne.
broken-heading = Coś poszło nie tak po naszej stronie
broken-text = To nie Twoja wina. To, co zostało wcześniej zapisane, jest bezpieczne. Wróć i wyślij tę stronę jeszcze raz.
broken-reference = Jeśli napiszesz do nas w tej sprawie, podaj ten kod: { $id }

## Further kinds of questions

yes = Tak
no = Nie
part-open = Część { $number }
number-hint = Liczba całkowita od { $min } do { $max }.
multiple-hint = Można wybrać kilka odpowiedzi.
ranking-hint = 1 oznacza pierwsze miejsce. Kolejność liczy się, gdy każdy wiersz ma swoje miejsce.
problem-number = Wpisz liczbę całkowitą od { $min } do { $max }.
problem-ranking = Nadaj każdemu wierszowi inne miejsce, zaczynając od 1, albo zostaw wszystkie puste.
problem-contradiction = Te odpowiedzi się wykluczają: jedna z nich mówi, że żadna z pozostałych nie pasuje. Sprawdź je jeszcze raz.
