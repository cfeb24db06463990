### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = Palvelun laadun raportti
report-page = Sivu { $page } / { $pages }
report-range = { $low }–{ $high }
report-signed = { $low } … { $high }
report-and = { $first } ja { $second }
report-answers = { $count ->
    [one] { $count } vastaus
   *[other] { $count } vastausta
}
report-likely = todennäköisesti { $range }
report-not-shown = Ei näytetä

report-scope-heading = Mitä raportti kattaa
report-label-survey = Kysely
report-label-period = Palvelun ajankohta
report-label-filters = Rajaukset
report-label-answers = Vastauksia, joista luku
report-label-made = Tehty
report-label-channel = Ostettu
report-label-contact = Yhteydessä
report-label-place = Paikka
report-label-language = Vastattu kielellä
report-label-careless = Huolimattomat vastaukset
report-label-instrument = Kyselylomake
report-label-program = Laskenut
report-label-zone = Aikavyöhyke
report-label-unfinished = Keskeneräisiä lomakkeita
report-label-fingerprint = Sormenjälki (SHA-256)
report-careless-out = jätetty pois
report-careless-in = mukana luvuissa
report-no-filter = ei mitään, kaikki vastaukset
report-period-all = alusta tähän päivään
report-period-from = { $from } alkaen tähän päivään
report-period-until = alusta, päättyen { $until }
report-period-span = { $from } – { $until }
report-version = { $name }, versio { $version }

report-channel-web = Verkkokauppa
report-channel-in-person = Paikan päällä
report-channel-phone = Puhelin
report-channel-email = Sähköposti
report-channel-chat = Chat-keskustelu
report-channel-community = Yhteisö
report-channel-none = Ei tiedossa
report-contact-none = Ei yhteydenottoa
report-place-none = Ei paikkaa

report-found-heading = Mitä havaittiin
report-found-quality = Koettu laatu on { $value } sadasta, { $range } ({ $answers }).
report-found-no-quality = Koetusta laadusta ei ole lukua: { $reason }.
report-found-weakest = Heikoin ulottuvuus on { $name }: { $value } sadasta, { $range } ({ $answers }).
report-found-two = Kaksi ulottuvuutta on heikoimpia: { $first } ja { $second }.
report-found-lowest = Mikään ulottuvuus ei erotu muista. Matalin on { $name }: { $value } sadasta, { $range } ({ $answers }).
report-found-no-dimensions = Vastauksia on liian vähän ulottuvuuksien vertaamiseen.
report-found-rate = Toimitettuihin kutsuihin vastattiin: { $answered } / { $asked }, eli { $share }, { $range }.
report-found-no-rate = Vastausprosenttia ei ole: { $reason }.
report-no-rate = Näillä rajauksilla ei ole vastausprosenttia: rajattu tieto on vain vastanneista.
report-open-link = Vastaukset tulivat avoimien linkkien kautta. Ketään ei kutsuttu, joten vastausprosenttia ei ole.
report-change-higher = Parempi kuin edellisellä jaksolla: { $change } pistettä ({ $range }).
report-change-lower = Heikompi kuin edellisellä jaksolla: { $change } pistettä ({ $range }).
report-change-none = Ei selvää muutosta edelliseen jaksoon: { $change } pistettä ({ $range }).
report-change-few = Vastauksia on liian vähän vertaamiseen edelliseen jaksoon.
report-change-nothing = Raportilla ei ole ensimmäistä ja viimeistä päivää, joten edellistä jaksoa ei ole.
report-even = { $what }: samalla tasolla. Jokainen ero on enintään { $margin } pistettä.
report-uneven = { $what }: eivät samalla tasolla. { $low } on { $distance } pistettä matalampi kuin { $high }.
report-open = { $what }: liian vähän vastauksia sanomaan, ovatko kaikki samalla tasolla { $margin } pisteen sisällä.
report-not-compared = { $what }: ei verrattu ({ $reason }).
report-difference = { $low } on { $distance } pistettä matalampi kuin { $high }.

report-overview-heading = Yhdellä sivulla
report-card-quality = Koettu laatu, sadasta
report-card-change = Edelliseen jaksoon verrattuna
report-card-rate = Kutsuihin vastattu
report-word-higher = Parempi kuin ennen
report-word-lower = Heikompi kuin ennen
report-word-same = Ei selvää muutosta
report-of-invitations = { $answered } / { $asked } toimitettua
report-name-quality = Koettu laatu, sadasta
report-name-always = Sama, väli joka pätee joka katsomalla
report-name-weighted = Sama, painotettuna kaikkiin asiakkaisiin
report-name-overall = Yleisarvio, asteikon arvoina
report-name-nps = Suosittelisi (NPS), −100…100
report-name-csat = Tyytyväisiä, kaksi ylintä arvoa
report-name-ces = Helpoksi koki, kolme ylintä arvoa

report-column-figure = Tunnusluku
report-column-value = Arvo
report-column-score = Pisteet
report-column-range = Todennäköinen, 95 %
report-column-answers = Vastauksia
report-column-dimension = Ulottuvuus
report-column-change = Muutos
report-column-alpha = Luotettavuus (alfa)
report-column-month = Kuukausi
report-column-week = Viikko
report-column-expected = Odotettu
report-column-found = Koettu
report-column-gap = Ero
report-column-level = Taso
report-column-drawn = Keskiarvoon vedettynä
report-column-part = Osuus kaikesta
report-column-raw = Vastattuna
report-column-weighted = Painotettuna
report-column-name = Sarake
report-column-question = Kysymys
report-column-codes = Arvot

report-chart-dimensions = Kunkin ulottuvuuden pisteet, matalin ensin
report-chart-levels = Koettu laatu, { $what }
report-chart-expected = Odotettu ja koettu, suurin vaje ensin
report-chart-time = Koettu laatu kuukausittain
report-chart-weeks = Koettu laatu viikoittain
report-chart-drivers = Kunkin ulottuvuuden osuus, suurin ensin
report-chart-scores = Pisteitä sadasta, näkyvissä { $low }–{ $high }.
report-chart-shares = Prosentteina nollasta alkaen.
report-chart-marks = Paksu viiva: todennäköinen väli, 80 %. Ohut viiva: 95 %.
report-chart-hollow = Ontto piste: alle 5 vastausta tai ei väliä.
report-chart-band = Piste: arvo. Vyö: todennäköinen väli, 95 %.
report-chart-pairs = Neliö: odotettu. Piste: koettu. Viivat: todennäköinen väli, 95 %.
report-mark-expected = odotettu
report-mark-found = koettu
report-mark-gap = ero
report-by-month = { $name } kuukausittain
report-week = Viikko { $week }/{ $year }
report-week-short = vk { $week }

report-dimensions-heading = Ulottuvuudet lukuina
report-change-note = Muutos: edelliseen jaksoon verrattuna, omine todennäköisine väleineen. Pisteet ovat sadasta.
report-items-heading = Ulottuvuus kerrallaan
report-items-note = Jokainen palkki on kysymyksen kaikki arviot keskiviivan ympärillä: matalat arvot vasemmalla, korkeat oikealla.
report-outcomes-heading = Muut kysymykset
report-dimension-score = Pisteet { $value } sadasta, { $range } ({ $answers }).
report-dimension-none = Ei lukua: { $reason }.
report-dimension-alpha = Luotettavuus (alfa): { $value }.
report-item-mean = Keskiarvo { $value }, { $range } ({ $answers }).
report-item-states = Ilman arviota: { $states }.
report-state-not-applicable = ei koske minua
report-state-dont-know = ei osaa sanoa
report-state-skipped = jätetty auki

report-time-heading = Ajan kuluessa
report-happened = Mitä tänä aikana tapahtui:

report-expected-heading = Odotettu ja koettu
report-expected-first = Kauimmas odotuksista jää { $name }: { $gap } pistettä ({ $range }, { $answers }).
report-expected-short = Odotuksista jäävät myös: { $names }.
report-expected-more = Enemmän kuin odotettiin: { $names }.
report-expected-level = Mikään ulottuvuus ei jää selvästi odotuksista.
report-expected-few = Liian harva vastasi molempiin, jotta voisi sanoa, mikä jää odotuksista.
report-expected-note = Odotettu ja koettu ovat kaikkien siihen puoleen vastanneiden pisteitä. Ero on koettu miinus odotettu niillä, jotka vastasivat molempiin, joten se voi poiketa näiden erotuksesta. Korkeat tai matalat odotukset eivät sinänsä ole hyviä tai huonoja.

report-splits-heading = Kanavat ja paikat
report-splits-note = Tasot ovat nimien järjestyksessä. Niitä ei panna paremmuusjärjestykseen: kun vastauksia on vähän, sijoitus on enimmäkseen sattumaa.
report-split-channel = Kanavat
report-split-contact = Yhteydenoton tavat
report-split-place = Paikat
report-split-language = Kielet
report-places-drawn = Kun vastaajia on vähän, keskiarvo heittelee; alla kutakin on vedetty kohti kaikkien keskiarvoa.
report-places-inside = Mikään ei ole sattuman rajojen ulkopuolella.
report-places-outside = Sattuman rajojen ulkopuolella: { $names }.
report-levels-cut = Näkyvissä { $shown } tasoa, kaikkiaan { $all }; CSV-tiedostossa ovat kaikki.

report-drivers-heading = Mikä kulkee yleisarvion kanssa
report-drivers-none = Tätä ei vielä voi sanoa: { $reason }.
report-drivers-together = Ulottuvuudet yhdessä kattavat yleisarvion eroista tämän osan: { $share }.
report-drivers-first = { $name } on ensimmäinen todennäköisyydellä { $share }.
report-drivers-unclear = Ei ole selvää, mikä ulottuvuus on ensimmäinen: välit menevät päällekkäin.
report-drivers-caution = Tämä kertoo, mitkä asiat kulkevat yhdessä, ei mikä johtuu mistä.

report-answered-heading = Ketkä vastasivat
report-weighting-none = Mitään ei ole painotettu: { $reason }.
report-weighting-why = Vastattujen lukujen rinnalla ovat luvut, jotka on painotettu vastaamaan kaikkia tilauksia.
report-weighting-cost = Painotus vie tarkkuutta. Takana on { $answers }; niiden paino vastaa { $like } vastausta.
report-indicator = Vastaajien edustavuus (R-indikaattori): { $value }, kutsuttuja { $n }. 1 tarkoittaa, että kaikki ryhmät vastasivat yhtä usein.
report-careless = Vastauksia, joissa näkyy huolimattomuuden merkki: { $flagged } / { $all }. Ne ovat mukana kaikissa luvuissa.
report-careless-hidden = Huolimattomasti vastanneiden määrää ei näytetä: { $reason }.
report-careless-change = Laatu niiden kanssa: { $with }. Ilman niitä: { $without }.

report-method-heading = Näin tämä laskettiin
report-method-score = Ulottuvuuden pisteet ovat sen kysymysten keskiarvojen keskiarvo, siirrettynä asteikolle 0–100. Käännetyt kysymykset käännetään ensin takaisin.
report-method-quality = Koettu laatu on kaikkien kokemuksen ulottuvuuksien pisteiden keskiarvo; kaikilla on sama paino.
report-method-range = 95 %:n todennäköinen väli sisältää oikean arvon 95 kerralla sadasta tällaisesta raportista. Se on tarkoitettu yhteen katsomiseen.
report-method-always = Väli, joka pätee joka katsomalla, on leveämpi: se on oikea sille, joka katsoo yhä uudelleen.
report-method-change = Muutosta verrataan edelliseen jaksoon, jossa on samat viikonpäivät, ja sillä on oma välinsä. Selväksi sitä sanotaan vain, jos nolla jää välin ulkopuolelle.
report-method-weak = Ulottuvuutta sanotaan heikoimmaksi vain, kun sen koko väli on kaikkien muiden alapuolella.
report-method-alpha = Alfa kertoo, kuinka hyvin ulottuvuuden kysymykset kuuluvat yhteen, asteikolla 0–1.
report-method-careless = Huolimattomilta näyttävät vastaukset ovat mukana, ellei rajaus sano muuta: tyytyväinenkin asiakas voi vastata niin.
report-method-hidden = { $count ->
    [0] Alle { $least } henkilön lukuja ei näytetä, eikä mitään, mikä paljastaisi ne. Tässä mitään ei tarvinnut jättää pois.
    [one] Alle { $least } henkilön lukuja ei näytetä, eikä mitään, mikä paljastaisi ne. Tässä se koskee { $count } kohtaa.
   *[other] Alle { $least } henkilön lukuja ei näytetä, eikä mitään, mikä paljastaisi ne. Tässä se koskee { $count } kohtaa.
}
report-method-open = Mitään ei ole jätetty pois: raportti tehtiin henkilölle, joka saa nähdä yksittäiset vastaukset. Harkitkaa, kenelle annatte sen.

report-dictionary-heading = Kysymykset ja arvot
report-dictionary-note = Sarake: nimi vastaustiedostoissa.
report-turned = käännetty

report-reason-people = alle { $least } henkilöä
report-reason-none = ei vastauksia
report-reason-dimension = jollakin ulottuvuudella ei ole vastauksia
report-reason-one = vain yksi vastaus
report-reason-alike = vastaukset eivät eroa tarpeeksi
report-reason-items = kysymyksiä kysyttiin liian vähän
report-reason-complete = kukaan ei vastannut kaikkeen, mitä siihen tarvitaan
report-reason-groups = alle kaksi ryhmää
report-reason-small-group = jollakin ryhmällä on liian vähän vastauksia
report-reason-thin = jollakin ryhmällä on alle { $least } vastausta
report-reason-few = liian vähän vastauksia
report-reason-not-asked = ei kysytty
report-reason-protect = jätetty pois toisen luvun suojaksi
report-reason-many = liian monta laskettavaksi
report-reason-scales = asteikot eivät sovi yhteen
report-reason-frame = vertailukohta ei sovi
report-reason-delivered = mitään ei toimitettu
report-reason-pair = alle { $least } henkilöä vastasi jostakin ulottuvuusparista
report-reason-places = alle { $least } paikkaa
report-reason-points = alle { $least } ajankohtaa
report-reason-absent = ei laskettu
report-reason-range = ei väliä
report-reason-other = tätä ei voi laskea näistä vastauksista
