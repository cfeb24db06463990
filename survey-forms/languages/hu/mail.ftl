### The invitation in Hungarian. Draft: not yet read by a second reader.
###
### Polite address (Ön). No article and no ending ever touches the shop's name or the order number:
### "a" or "az" would depend on how the inserted word is read aloud.

mail-subject = Milyen volt a kiszolgálásunk? Rendelés: { $order }
mail-preview = { $minutes ->
    [one] Néhány rövid kérdés, megválaszolásuk körülbelül egy perc.
   *[other] Néhány rövid kérdés, megválaszolásuk kevesebb mint { $minutes } perc.
}
mail-greeting = Kedves Vásárlónk!
mail-thanks = Köszönjük a rendelését. Rendelésszám: { $order }.
mail-ask = Szeretnénk megtudni, milyen volt a kiszolgálásunk, hogy jobbá tehessük.
mail-time = { $minutes ->
    [one] A válaszadás körülbelül egy percet vesz igénybe, és bármelyik kérdést üresen hagyhatja.
   *[other] A válaszadás kevesebb mint { $minutes } percet vesz igénybe, és bármelyik kérdést üresen hagyhatja.
}
mail-button = Válaszolok a kérdésekre
mail-address = Ha a gomb nem működik, másolja be ezt a címet a böngészőjébe:
mail-personal = A link az Ön rendeléséhez tartozik. Kérjük, ne adja tovább.
mail-goodbye = Üdvözlettel
mail-why = Azért kapja ezt az üzenetet, mert nálunk adta le ezt a rendelést. Az üzenet nem tartalmaz nyomkövetést.
mail-object = Ha nem szeretne ilyen kérdéseket kapni, válaszoljon erre az üzenetre, vagy írjon nekünk; üzenetét ember olvassa:
mail-privacy = Így kezeljük az adatait
