### What is kept about a customer, in Polish. Draft: not yet read by a second reader.
###
### Second person with capital letters (Ty, Twój), present tense or impersonal forms, so that no sentence
### guesses whether the reader is a woman or a man. The shop's name and the order number stand uninflected.

own-data-link = Zobacz lub usuń swoje dane

## The page

own-data-heading = Co o Tobie przechowujemy
own-data-lead = Dane przechowuje: { $organisation }. Dotyczą zamówienia { $order }.
own-order-heading = Twoje zamówienie
own-person-heading = Dane o Tobie
own-basis-heading = Dlaczego możemy do Ciebie pisać
own-asked-heading = O co pytamy
own-answers-heading = Twoje odpowiedzi
own-others-heading = Twoje inne zamówienia
own-kept-heading = Jak długo i kto to widzi
own-actions-heading = Co możesz zrobić

## Labels beside a value

own-label-order = Numer zamówienia
own-label-channel = Sposób zakupu
own-label-place = Miejsce
own-label-value = Wartość
own-label-placed = Złożone
own-label-expected = Oczekiwane
own-label-shipped = Wysłane
own-label-delivered = Dostarczone
own-label-cancelled = Anulowane
own-label-returned = Zwrócone
own-label-refunded = Zwrot pieniędzy
own-label-contacted = Kontakt
own-label-complaint = Reklamacja
own-label-complaint-opened = Reklamacja przyjęta
own-label-complaint-closed = Reklamacja zamknięta
own-label-received = Zgłoszone do nas
own-label-updated = Ostatnia zmiana
own-label-name = Imię i nazwisko
own-label-email = Adres e-mail
own-label-phone = Telefon
own-label-customer-number = Numer klienta
own-label-language = Język
own-label-since = W naszej bazie od
own-label-basis = Podstawa
own-label-basis-words = Naszymi słowami
own-label-told = Informacja lub zgoda
own-label-questionnaire = Ankieta
own-label-planned = Wiadomość planowana na
own-label-sent = Wiadomość wysłana
own-label-begun = Rozpoczęcie
own-label-answered = Odpowiedź
own-label-link-ends = Link działa do

## Values

own-not-kept = nie przechowujemy
own-channel-web = w sklepie internetowym
own-channel-in-person = na miejscu
own-channel-phone = telefonicznie
own-channel-email = e-mailem
own-channel-chat = na czacie
own-channel-community = w społeczności klientów
own-complaint-open = otwarta
own-basis-consent = Twoja zgoda.
own-basis-notice = Kupujesz u nas, otrzymujesz o tym informację i masz prawo się sprzeciwić.
own-basis-other = Inna podstawa
own-basis-none = Nie podano żadnej, więc nie wysyłamy wiadomości.

## Sentences

own-no-answers = Nie ma jeszcze żadnych odpowiedzi.
own-earlier = Wysłane wcześniej: { $date }
own-earlier-page = Strona { $number }, zapisana { $date }
own-others = { $count ->
    [one] Przechowujemy też jedno inne Twoje zamówienie.
    [few] Przechowujemy też { $count } inne Twoje zamówienia.
    [many] Przechowujemy też { $count } innych Twoich zamówień.
   *[other] Przechowujemy też { $count } innego Twojego zamówienia.
}
own-others-why = Nie pokazujemy ich tutaj, aby link nie zdradzał więcej niż to, do czego służy. Usunięcie obejmuje także je.
own-object = Jeśli coś się nie zgadza albo nie chcesz, żebyśmy to przechowywali, napisz do nas; przeczyta to człowiek:
own-download = Zapisz wszystko jako plik
own-download-hint = Plik JSON do zachowania lub dla innych programów. Zawiera też liczby, za pomocą których zliczamy Twoje odpowiedzi.
own-erase = Usuń wszystko
own-erase-hint = Najpierw zobaczysz, co to oznacza. Niczego nie usuniemy, zanim tego tam nie potwierdzisz.

## The page that asks once more

erase-heading = Usunąć wszystko?
erase-lead = Na zawsze zostaną usunięte:
erase-person = Twoje imię i nazwisko, adres i numer telefonu, jeśli je tu przechowujemy
erase-orders = { $count ->
    [one] jedno zamówienie ze wszystkimi datami
    [few] { $count } zamówienia ze wszystkimi datami
    [many] { $count } zamówień ze wszystkimi datami
   *[other] { $count } zamówienia ze wszystkimi datami
}
erase-answers = { $count ->
    [one] jedna ankieta z Twoimi odpowiedziami i Twoimi słowami
    [few] { $count } ankiety z Twoimi odpowiedziami i Twoimi słowami
    [many] { $count } ankiet z Twoimi odpowiedziami i Twoimi słowami
   *[other] { $count } ankiety z Twoimi odpowiedziami i Twoimi słowami
}
erase-remains = Pozostaje wzmianka, że tego dnia kogoś usunięto i do jakich grup należała odpowiedź. Nie wynika z niej, kim jesteś ani co zawierały odpowiedzi.
erase-shop = Samo zamówienie jest też w systemie naszego sklepu. Jeśli ma zostać usunięte również tam, napisz do nas:
erase-now = Tak, usuń wszystko

## The page after that

erased-heading = Wszystko zostało usunięte
erased-text = Twoje dane kontaktowe, zamówienia, odpowiedzi i słowa zostały stąd usunięte. Linki do nich w naszych wiadomościach już niczego nie otwierają.
erased-copies = Gdybyśmy kiedyś musieli przywrócić starszą kopię zapasową, usuniemy z niej Twoje dane ponownie.
