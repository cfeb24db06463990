### Näkymän luvut sähköpostissa ja sivu, jolla ne lopetetaan.

report-mail-subject-weekly = Viikkoraportti, { $until }: { $view }
report-mail-subject-monthly = Kuukausiraportti, { $until }: { $view }
report-mail-label-survey = Kysely
report-mail-label-quality = Koettu laatu, asteikko 0–100
report-mail-label-week = Edelliseen viikkoon nähden
report-mail-label-month = Edelliseen kuuhun nähden
report-mail-label-lowest = Matalimmat arvot
report-mail-label-careless = Huolimattomat vastaukset
report-mail-left-out = jätetty pois
report-mail-no-contact = ei yhteydenottoa
report-mail-no-place = ilman toimipaikkaa
report-mail-value = { $count ->
    [one] { $value } ({ $low }–{ $high }), { $count } vastaaja
   *[other] { $value } ({ $low }–{ $high }), { $count } vastaajaa
}
report-mail-higher = Korkeampi, ero { $by } ({ $low }–{ $high })
report-mail-lower = Matalampi, ero { $by } ({ $low }–{ $high })
report-mail-same = Ei selvää muutosta (todennäköisesti { $low } – { $high })
report-mail-few = Liian vähän vastauksia, jotta voisi sanoa
report-mail-rate = { $answered } / { $asked }: { $share } % ({ $low }–{ $high })
report-mail-answered = { $answered } / { $asked }
report-mail-brackets = Suluissa on väli, jolla todellinen arvo todennäköisesti on (95 %).
report-mail-nobody = Tältä ajalta ei ole näillä rajauksilla yhtään vastausta.
report-mail-withheld = Liian vähän vastauksia: vastaajia on alle { $least }, tai niin harvat voisi erottaa lukuja vertaamalla. Heidän suojakseen emme näytä mitään.
report-mail-refused = Tätä näkymää ei voi näyttää teille tällaisena: jokin sen rajaus ei ole teille avoin, tai sen kohdetta ei enää ole. Valitkaa toiset rajaukset raporttisivulla.
report-mail-button = Avaa raporttisivu
report-mail-why-weekly = Saatte tämän joka maanantai, koska tilasitte sen raporttisivulta. Siinä on se, minkä saatte siellä nähdä, eikä yksittäisiä vastauksia.
report-mail-why-monthly = Saatte tämän joka kuun kolmantena päivänä, koska tilasitte sen raporttisivulta. Siinä on se, minkä saatte siellä nähdä, eikä yksittäisiä vastauksia.
report-mail-stop = Lopeta tämä raportti

## Sivu tämän linkin takana

report-stop-heading = Lopetetaanko tämä raportti?
report-stop-what = Nämä luvut tulevat sähköpostitse: { $view }
report-stop-then = Kun painatte painiketta, tätä raporttia ei enää tule. Raporttisivulla, kohdassa Views, voitte tilata sen uudelleen.
report-stop-now = Lopeta raportti
report-stopped-heading = Raportti on lopetettu
report-stopped-what = Näitä lukuja ei enää tule sähköpostitse: { $view }
report-stopped-again = Muuta ei tarvitse tehdä. Raporttisivulla, kohdassa Views, voitte tilata sen uudelleen.
