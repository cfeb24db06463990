### The customer's pages in Finnish. Draft: not yet read by a second reader.
###
### Polite plural (te) with few pronouns; short commands on buttons. The shop's name and the order number
### stay in their basic form.

## On every page

language-switch = Kieli
foot-contact = Kysyttävää? Ihminen vastaa osoitteessa:
foot-kept = { $months ->
    [one] Vastauksenne liitetään tähän tilaukseen, ja niitä säilytetään enintään kuukausi.
   *[other] Vastauksenne liitetään tähän tilaukseen, ja niitä säilytetään enintään { $months } kuukautta.
}
privacy-link = Näin käsittelemme tietojanne

## The pages with questions

part = Osa { $number } / { $total }
time-left = { $minutes ->
    [0] jäljellä alle minuutti
    [one] jäljellä noin minuutti
   *[other] jäljellä noin { $minutes } minuuttia
}
order-line = Koskee tilausta { $order }
closing-heading = Tilaus kokonaisuutena
continue = Tallenna ja jatka
finish = Lähetä vastaukset
back = Takaisin

intro-who = { $organisation } kysyy teiltä tilauksesta { $order } parantaakseen palveluaan.
intro-time = { $minutes ->
    [one] Vastaaminen vie noin minuutin, ja minkä tahansa kysymyksen voi jättää väliin.
   *[other] Vastaaminen vie noin { $minutes } minuuttia, ja minkä tahansa kysymyksen voi jättää väliin.
}
intro-stored = { $months ->
    [one] Vastauksenne liitetään tähän tilaukseen. Niitä lukevat palvelusta huolehtivat ihmiset, ja niitä säilytetään enintään kuukausi.
   *[other] Vastauksenne liitetään tähän tilaukseen. Niitä lukevat palvelusta huolehtivat ihmiset, ja niitä säilytetään enintään { $months } kuukautta.
}
intro-rights = Jos haluatte nähdä, muuttaa tai poistaa vastauksenne tai ette halua tällaisia kysymyksiä, kirjoittakaa osoitteeseen:

resumed = Tervetuloa takaisin. Aiemmat vastauksenne ovat tallella.
suggested = Valitsitte vastauksen viestissä. Se on merkitty alla, ja se lähetetään, kun painatte painiketta.
correcting = Muutatte vastauksia, jotka on jo lähetetty. Nyt lähetettävät vastaukset korvaavat ne.

comment-hint = Pyydämme, ettette kirjoita tähän nimiä, osoitteita ettekä puhelinnumeroita. Tilaa on { $limit } merkille.

## When a page comes back

title-error = Virhe: { $title }
error-word = Virhe:
left-open-heading = Tämä sivu on vielä tyhjä
left-open-text = Voitte vastata nyt tai jatkaa vastaamatta.
left-open-item = Vastaamatta: voitte vastata tai jatkaa.
problems-heading = Katsokaa tämä sivu vielä kerran
problem-outside = Tätä vastausta ei voitu lukea. Valitkaa jokin näkyvistä vastauksista.
problem-twice = Tähän kysymykseen tuli kaksi eri vastausta. Valitkaa niistä yksi.
problem-comment-long = { $count ->
    [one] Tekstissä on { $count } merkki, ja tilaa on { $limit } merkille. Lyhentäkää tekstiä.
   *[other] Tekstissä on { $count } merkkiä, ja tilaa on { $limit } merkille. Lyhentäkää tekstiä.
}
problem-unknown = Mukana tuli jotakin, mitä tällä sivulla ei kysytä. Lähettäkää sivu uudelleen.

## The page after the last one

thanks-heading = Kiitos
thanks-saved = Vastauksenne ovat tulleet perille.
thanks-before = Olette jo vastannut. Tässä ovat vastauksenne.
thanks-not-taken = Ensin lähettämänne vastaukset jäävät voimaan. Nyt lähetetyt tulivat liian myöhään, eikä niitä otettu vastaan.
thanks-answers = Vastauksenne
thanks-open = Vastaamatta
thanks-change = Muuta vastauksia
thanks-keep = Voitte tulostaa tai tallentaa tämän sivun.
thanks-contact = Haluatteko, että joku meistä selvittää jonkin asian? Kirjoittakaa osoitteeseen:
thanks-next = Palvelusta vastaavat ihmiset lukevat vastauksenne ja etsivät niistä parannettavaa. Teidän ei tarvitse tehdä muuta.
thanks-offer-heading = Haluamme korjata asian
thanks-offer-link = Näin voimme auttaa
thanks-offer-contact = Kirjoittakaa meille, niin joku meistä selvittää asian:
thanks-we-did-heading = Te sanoitte, me teimme

## Pages behind open links, where no order is known

closing-open-heading = Palvelu kokonaisuutena
foot-kept-open = { $months ->
    [one] Vastauksianne säilytetään enintään kuukausi.
   *[other] Vastauksianne säilytetään enintään { $months } kuukautta.
}
intro-who-open = { $organisation } kysyy teiltä palvelustaan parantaakseen sitä.
intro-stored-open = { $months ->
    [one] Emme kysy, kuka olette. Vastauksianne lukevat palvelusta huolehtivat ihmiset, ja niitä säilytetään enintään kuukausi.
   *[other] Emme kysy, kuka olette. Vastauksianne lukevat palvelusta huolehtivat ihmiset, ja niitä säilytetään enintään { $months } kuukautta.
}
intro-rights-open = Jos haluatte myöhemmin nähdä, muuttaa tai poistaa vastauksenne, kirjoittakaa osoitteeseen:
later-heading = Pieni hetki
later-text = Juuri nyt moni vastaa täällä yhtä aikaa. Odottakaa hetki ja lähettäkää tämä sivu uudelleen. Vastauksenne ovat yhä sivulla.
send-again-heading = Lähettäkää tämä sivu uudelleen
send-again-text = Sivu oli auki kauan, eikä mitään ole vielä tullut perille. Vastauksenne ovat yhä sivulla.
closed-heading = Tämä kysely on päättynyt
closed-text = Kiitos, että halusitte vastata. Tällä linkillä ei enää oteta vastauksia vastaan.
resting-heading = Kysely ei ole nyt auki
resting-text = Kiitos, että halusitte vastata. Kysely on toistaiseksi tauolla. Kokeilkaa uudelleen jonakin toisena päivänä.

## Previews, for those who prepare a survey

preview-note = Esikatselu: mitään ei tallenneta.
preview-length = Pituus
preview-paging = Sivutus
preview-form = Lomake
preview-module = Yhteydenotto
preview-page = Sivu

## Pages that stand alone

expired-heading = Tämä kysely on suljettu
expired-text = Vastausaika on päättynyt. Aiemmin tallennetut vastauksenne ovat tallella.
expired-contact = Jos haluatte vielä sanoa jotakin, kirjoittakaa osoitteeseen:
unknown-heading = Tämä linkki ei toimi
unknown-text = Ehkä linkistä puuttuu osa tai se ei ole enää käytössä. Avatkaa viestissä oleva linkki uudelleen tai kopioikaa se kokonaan osoiteriville.
busy-heading = Pieni hetki
busy-text = Juuri nyt moni vastaa yhtä aikaa. Odottakaa hetki ja ladatkaa sivu sitten uudelleen. Aiemmin tallennetut vastauksenne ovat turvassa.
broken-heading = Meillä tapahtui virhe
broken-text = Vika ei ole teissä. Aiemmin tallennetut vastauksenne ovat turvassa. Palatkaa edelliselle sivulle ja lähettäkää se uudelleen.
broken-reference = Jos kirjoitatte meille tästä, mainitkaa tunnus: { $id }

## Further kinds of questions

yes = Kyllä
no = Ei
part-open = Osa { $number }
number-hint = Kokonaisluku väliltä { $min }–{ $max }.
multiple-hint = Voitte valita useita.
ranking-hint = 1 tarkoittaa ensimmäistä sijaa. Järjestys otetaan huomioon, kun jokaisella rivillä on sija.
problem-number = Kirjoittakaa kokonaisluku väliltä { $min }–{ $max }.
problem-ranking = Antakaa jokaiselle riville eri sija alkaen ykkösestä tai jättäkää kaikki tyhjiksi.
problem-contradiction = Nämä vastaukset eivät sovi yhteen: yhden mukaan mikään muista ei sovi. Tarkistakaa valinnat.
