### The invitation in Polish. Draft: not yet read by a second reader.
###
### Second person with capital letters (Ty, Twój), present tense or impersonal forms, so that no sentence
### guesses whether the reader is a woman or a man. The shop's name and the order number stand uninflected.

mail-subject = Jak oceniasz naszą obsługę? Zamówienie { $order }
mail-preview = { $minutes ->
    [one] Kilka krótkich pytań, które zajmą około minuty.
    [few] Kilka krótkich pytań, które zajmą mniej niż { $minutes } minuty.
    [many] Kilka krótkich pytań, które zajmą mniej niż { $minutes } minut.
   *[other] Kilka krótkich pytań, które zajmą mniej niż { $minutes } minuty.
}
mail-greeting = Dzień dobry!
mail-thanks = Dziękujemy za zamówienie { $order }.
mail-ask = Chcemy się dowiedzieć, jak wypadła nasza obsługa, żeby móc ją poprawić.
mail-time = { $minutes ->
    [one] Odpowiedzi zajmą około minuty, a każde pytanie można pominąć.
    [few] Odpowiedzi zajmą mniej niż { $minutes } minuty, a każde pytanie można pominąć.
    [many] Odpowiedzi zajmą mniej niż { $minutes } minut, a każde pytanie można pominąć.
   *[other] Odpowiedzi zajmą mniej niż { $minutes } minuty, a każde pytanie można pominąć.
}
mail-first = Można zacząć od razu tutaj:
mail-button = Odpowiedz na pytania
mail-address = Jeśli przycisk nie działa, skopiuj ten adres do przeglądarki:
mail-personal = Link jest przypisany do Twojego zamówienia. Prosimy nie przekazywać go dalej.
mail-goodbye = Z pozdrowieniami
mail-why = Otrzymujesz tę wiadomość w związku z zamówieniem złożonym u nas. W wiadomości nie ma elementów śledzących.
mail-unsubscribe = Nie chcę więcej pytań e-mailem
mail-object = Możesz też odpowiedzieć na tę wiadomość lub napisać do nas; przeczyta to człowiek:
mail-privacy = Jak przetwarzamy Twoje dane

mail-subject-reminder = Przypominamy: jak oceniasz obsługę? Zamówienie { $order }
mail-subject-last = Ostatni raz: jak oceniasz naszą obsługę? Zamówienie { $order }
mail-preview-reminder = Krótkie przypomnienie. Jeśli masz chwilę, pytania są nadal otwarte.
mail-preview-last = To nasza ostatnia wiadomość o tym zamówieniu. Pytania są nadal otwarte.
mail-opening-reminder = Kilka dni temu pisaliśmy w sprawie zamówienia { $order }.
mail-opening-last = To krótkie przypomnienie o zamówieniu { $order } i nasza ostatnia wiadomość w tej sprawie.
mail-ask-last = Jeśli chcesz powiedzieć, jak wypadła nasza obsługa, pytania są nadal otwarte. Jeśli nie, nie trzeba nic robić.
