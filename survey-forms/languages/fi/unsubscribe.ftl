### The page that ends questions by mail in Finnish. Draft: not yet read by a second reader.

unsubscribe-heading = Ei enää kysymyksiä sähköpostitse?
unsubscribe-who = { $organisation } kysyy asiakkailtaan sähköpostitse, millaista palvelu oli.
unsubscribe-what = Kun painatte painiketta, teille ei enää lähetetä tällaisia kysymyksiä sähköpostitse. Tilauksianne koskeviin viesteihin tämä ei vaikuta.
unsubscribe-address = Kyse on tästä osoitteesta:
unsubscribe-hint = Mikään ei muutu, ennen kuin painatte painiketta.
unsubscribe-now = Ei enää kysymyksiä

unsubscribed-heading = Ei enää kysymyksiä sähköpostitse
unsubscribed-what = { $organisation } ei enää lähetä tällaisia kysymyksiä tähän osoitteeseen. Teidän ei tarvitse tehdä muuta.
unsubscribed-late = Jo matkalla oleva viesti voi vielä saapua.
unsubscribe-undo-hint = Painoitteko vahingossa? Jos perutte tämän, kysymyksiä voi taas tulla kuten ennenkin.
unsubscribe-undo = Peru tämä

resubscribed-heading = Voitte taas saada kysymyksiä
resubscribed-what = { $organisation } voi taas lähettää teille lyhyitä kysymyksiä palvelustaan, kuten ennenkin.
resubscribed-again = Jos muutatte mielenne, jokaisen tällaisen viestin lopussa oleva linkki toimii yhä.
