### The page that ends questions by mail in Swedish. Draft: not yet read by a second reader.

unsubscribe-heading = Inga fler frågor via mejl?
unsubscribe-who = { $organisation } frågar sina kunder via mejl hur servicen var.
unsubscribe-what = När du trycker på knappen får du inga fler sådana frågor via mejl. Meddelanden om dina beställningar påverkas inte.
unsubscribe-address = Det gäller den här adressen:
unsubscribe-hint = Inget ändras förrän du trycker på knappen.
unsubscribe-now = Inga fler frågor

unsubscribed-heading = Inga fler frågor via mejl
unsubscribed-what = { $organisation } skickar inga fler sådana frågor till den här adressen. Du behöver inte göra något mer.
unsubscribed-late = Ett meddelande som redan är på väg kan fortfarande komma fram.
unsubscribe-undo-hint = Tryckte du av misstag? Om du ångrar dig kan sådana frågor komma igen, som förut.
unsubscribe-undo = Ångra

resubscribed-heading = Du kan få frågor igen
resubscribed-what = { $organisation } kan skicka dig korta frågor om sin service igen, som förut.
resubscribed-again = Om du ändrar dig fungerar länken i slutet av varje sådant meddelande fortfarande.
