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
mail-first = Akár itt is elkezdheti:
mail-button = Válaszolok a kérdésekre
mail-address = Ha a gomb nem működik, másolja be ezt a címet a böngészőjébe:
mail-personal = A link az Ön rendeléséhez tartozik. Kérjük, ne adja tovább.
mail-goodbye = Üdvözlettel
mail-why = Azért kapja ezt az üzenetet, mert nálunk adta le ezt a rendelést. Az üzenet nem tartalmaz nyomkövetést.
mail-unsubscribe = Nem kérek több kérdést e-mailben
mail-object = Válaszolhat erre az üzenetre is, vagy írhat nekünk; üzenetét ember olvassa:
mail-privacy = Így kezeljük az adatait

mail-subject-reminder = Emlékeztető: milyen volt a kiszolgálás? Rendelés: { $order }
mail-subject-last = Még egyszer: milyen volt a kiszolgálás? Rendelés: { $order }
mail-preview-reminder = Rövid emlékeztető. Ha van egy perce, a kérdések még nyitva állnak.
mail-preview-last = Ez az utolsó üzenetünk erről a rendelésről. A kérdések még nyitva állnak.
mail-opening-reminder = Néhány napja írtunk Önnek a rendeléséről. Rendelésszám: { $order }.
mail-opening-last = Ez egy rövid emlékeztető a rendeléséről, és egyben az utolsó üzenetünk róla. Rendelésszám: { $order }.
mail-ask-last = Ha szeretné elmondani, milyen volt a kiszolgálásunk, a kérdések még nyitva állnak. Ha nem, nincs semmi teendője.
