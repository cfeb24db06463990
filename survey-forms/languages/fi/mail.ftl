### The invitation in Finnish. Draft: not yet read by a second reader.
###
### Polite plural (te) with few pronouns. The shop's name and the order number stay in their basic form.

mail-subject = Millaista palvelumme oli? Tilaus { $order }
mail-preview = { $minutes ->
    [one] Muutama lyhyt kysymys. Vastaaminen vie noin minuutin.
   *[other] Muutama lyhyt kysymys. Vastaaminen vie alle { $minutes } minuuttia.
}
mail-greeting = Hei!
mail-thanks = Kiitos tilauksesta { $order }.
mail-ask = Kuulisimme mielellämme, millaista palvelumme oli, jotta voimme parantaa sitä.
mail-time = { $minutes ->
    [one] Vastaaminen vie noin minuutin, ja minkä tahansa kysymyksen voi jättää väliin.
   *[other] Vastaaminen vie alle { $minutes } minuuttia, ja minkä tahansa kysymyksen voi jättää väliin.
}
mail-first = Voitte aloittaa suoraan tästä:
mail-button = Vastaa kysymyksiin
mail-address = Jos painike ei toimi, kopioikaa tämä osoite selaimeen:
mail-personal = Linkki kuuluu tilaukseenne. Pyydämme, ettette anna sitä muille.
mail-goodbye = Ystävällisin terveisin
mail-why = Saatte tämän viestin, koska teitte tämän tilauksen meiltä. Viestissä ei ole seurantaa.
mail-unsubscribe = Ei enää kysymyksiä sähköpostitse
mail-object = Voitte myös vastata tähän viestiin tai kirjoittaa meille; viestinne lukee ihminen:
mail-privacy = Näin käsittelemme tietojanne

mail-subject-reminder = Pieni muistutus: millaista palvelumme oli? Tilaus { $order }
mail-subject-last = Vielä kerran: millaista palvelumme oli? Tilaus { $order }
mail-preview-reminder = Lyhyt muistutus. Jos teillä on hetki aikaa, kysymykset ovat yhä avoinna.
mail-preview-last = Tämä on viimeinen viestimme tästä tilauksesta. Kysymykset ovat yhä avoinna.
mail-opening-reminder = Kirjoitimme teille muutama päivä sitten tilauksesta { $order }.
mail-opening-last = Tämä on lyhyt muistutus tilauksesta { $order } ja viimeinen viestimme siitä.
mail-ask-last = Jos haluatte kertoa, millaista palvelumme oli, kysymykset ovat yhä avoinna. Jos ette, teidän ei tarvitse tehdä mitään.
