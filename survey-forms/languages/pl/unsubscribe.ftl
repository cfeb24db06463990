### The page that ends questions by mail in Polish. Draft: not yet read by a second reader.

unsubscribe-heading = Nie chcesz więcej pytań e-mailem?
unsubscribe-who = Pytania o obsługę wysyła e-mailem: { $organisation }.
unsubscribe-what = Po naciśnięciu przycisku takie pytania nie będą już przychodzić e-mailem. Nie dotyczy to wiadomości o Twoich zamówieniach.
unsubscribe-address = Chodzi o ten adres:
unsubscribe-hint = Dopóki nie naciśniesz przycisku, nic się nie zmieni.
unsubscribe-now = Nie chcę więcej pytań

unsubscribed-heading = Pytań e-mailem już nie będzie
unsubscribed-what = Takich pytań na ten adres już nie wyśle: { $organisation }. Nic więcej nie trzeba robić.
unsubscribed-late = Wiadomość, która jest już w drodze, może jeszcze dotrzeć.
unsubscribe-undo-hint = Przycisk naciśnięty przez pomyłkę? Po cofnięciu takie pytania mogą znów przychodzić, jak dotąd.
unsubscribe-undo = Cofnij

resubscribed-heading = Pytania mogą znów przychodzić
resubscribed-what = Krótkie pytania o obsługę może Ci znów wysyłać, jak dotąd: { $organisation }.
resubscribed-again = Jeśli zmienisz zdanie, link na końcu każdej takiej wiadomości nadal działa.
