### What is kept about a customer, in Finnish. Draft: not yet read by a second reader.
###
### Polite plural (te) with few pronouns. The shop's name and the order number stand in their basic form, after a
### colon where a case would be needed.

own-data-link = Katso tai poista tietonne

## The page

own-data-heading = Mitä tietoja teistä säilytetään
own-data-lead = Tietoja säilyttää { $organisation }. Ne koskevat tilausta { $order }.
own-order-heading = Tilauksenne
own-person-heading = Tietoja teistä
own-basis-heading = Miksi saamme kirjoittaa teille
own-asked-heading = Mitä kysyimme
own-answers-heading = Vastauksenne
own-others-heading = Muut tilauksenne
own-kept-heading = Kuinka kauan, ja kuka tiedot näkee
own-actions-heading = Mitä voitte tehdä

## Labels beside a value

own-label-order = Tilausnumero
own-label-channel = Ostotapa
own-label-place = Toimipaikka
own-label-value = Arvo
own-label-placed = Tilattu
own-label-expected = Odotettu saapuvaksi
own-label-shipped = Lähetetty
own-label-delivered = Toimitettu
own-label-cancelled = Peruttu
own-label-returned = Palautettu
own-label-refunded = Rahat palautettu
own-label-contacted = Yhteydenotto
own-label-complaint = Reklamaatio
own-label-complaint-opened = Reklamaatio avattu
own-label-complaint-closed = Reklamaatio suljettu
own-label-received = Saatu tietoomme
own-label-updated = Viimeksi muutettu
own-label-name = Nimi
own-label-email = Sähköposti
own-label-phone = Puhelin
own-label-customer-number = Asiakasnumero
own-label-language = Kieli
own-label-since = Tiedossamme alkaen
own-label-basis = Peruste
own-label-basis-words = Omin sanoin
own-label-told = Kerrottu tai suostuttu
own-label-questionnaire = Kysely
own-label-planned = Viesti suunniteltu
own-label-sent = Viesti lähetetty
own-label-begun = Aloitettu
own-label-answered = Vastattu
own-label-link-ends = Linkki voimassa asti

## Values

own-not-kept = ei säilytetä
own-channel-web = verkkokaupassa
own-channel-in-person = paikan päällä
own-channel-phone = puhelimitse
own-channel-email = sähköpostitse
own-channel-chat = chatissa
own-channel-community = asiakasyhteisössä
own-complaint-open = avoinna
own-basis-consent = Annoitte siihen suostumuksen.
own-basis-notice = Olette asiakkaamme, asiasta on kerrottu teille, ja olette voineet kieltää sen.
own-basis-other = Muu peruste
own-basis-none = Perustetta ei ole ilmoitettu, joten emme lähetä viestejä.

## Sentences

own-no-answers = Ette ole vielä vastannut mihinkään.
own-earlier = Aiemmin lähetetty: { $date }
own-earlier-page = Sivu { $number }, tallennettu { $date }
own-others = { $count ->
    [one] Säilytämme myös yhtä muuta tilaustanne.
   *[other] Säilytämme myös { $count } muuta tilaustanne.
}
own-others-why = Niitä ei näytetä tässä, jottei linkin saanut näkisi enempää kuin mitä varten linkki lähetettiin. Poistaminen koskee niitäkin.
own-object = Jos jokin on väärin tai ette halua, että tietoja säilytetään, kirjoittakaa meille; viestinne lukee ihminen:
own-download = Tallenna kaikki tiedostoksi
own-download-hint = JSON-tiedosto talteen tai muita ohjelmia varten. Siinä ovat myös numerot, joilla vastauksenne lasketaan.
own-erase = Poista kaikki
own-erase-hint = Ensin näette, mitä se tarkoittaa. Mitään ei poisteta, ennen kuin vahvistatte sen siellä.

## The page that asks once more

erase-heading = Poistetaanko kaikki?
erase-lead = Nämä poistetaan lopullisesti:
erase-person = nimenne, osoitteenne ja puhelinnumeronne siltä osin kuin niitä täällä säilytetään
erase-orders = { $count ->
    [one] yksi tilaus kaikkine päivämäärineen
   *[other] { $count } tilausta kaikkine päivämäärineen
}
erase-answers = { $count ->
    [one] yksi kysely vastauksineen ja omine sanoinenne
   *[other] { $count } kyselyä vastauksineen ja omine sanoinenne
}
erase-remains = Jäljelle jää merkintä siitä, että joku poistettiin sinä päivänä ja mihin ryhmiin vastaus kuului. Siitä ei näy, kuka olette tai mitä vastasitte.
erase-shop = Itse tilaus on myös kauppamme omassa järjestelmässä. Jos haluatte, että se poistetaan sieltäkin, kirjoittakaa meille:
erase-now = Kyllä, poista kaikki

## The page after that

erased-heading = Kaikki on poistettu
erased-text = Yhteystietonne, tilauksenne, vastauksenne ja omat sananne on poistettu täältä. Viesteissämme olevat linkit niihin eivät enää avaa mitään.
erased-copies = Jos joudumme joskus palauttamaan vanhan varmuuskopion, teidät poistetaan siitä uudelleen.
