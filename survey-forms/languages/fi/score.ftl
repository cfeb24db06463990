### The words of the page and the badge that show a shop's score to everybody.
### A draft: no second reader has gone through it.

score-heading = Mitä asiakkaat sanovat palvelusta
score-of = { $value } / 100
score-likely = todennäköisesti { $low }–{ $high }
score-span = { $from } – { $until }
score-label-people = Vastanneita asiakkaita
score-label-period = Palvelun ajankohta
score-label-rate = Vastanneita kysytyistä
score-label-range = Todennäköinen väli, 95 %
score-label-always = Väli, joka pätee aina
score-label-when = Milloin kysyttiin
score-label-whom = Keneltä kysyttiin
score-rate = { $answered } / { $asked }, { $share } %
score-after-placed = tilauksen jälkeen
score-after-shipped = lähettämisen jälkeen
score-after-delivered = toimituksen jälkeen
score-after-complaint = reklamaation päätyttyä
score-whom-all = jokaiselta tilanneelta asiakkaalta, jolle kauppa saa kirjoittaa
score-whom-sample = arvotuilta asiakkailta: { $share } tilausta sadasta
score-whom-places = vain näiden paikkojen asiakkailta: { $places }
score-how-heading = Näin kysyttiin
score-how-free = Asiakkaat saavat linkin tilauksensa jälkeen ja vastaavat itse. Ketään ei valita sen mukaan, mitä hän ehkä sanoisi, ja jokainen vastaus lasketaan, hyvä tai huono.
score-how-sum = Luku on kysyttyjen laadun ulottuvuuksien keskiarvo, kukin asteikolla 0–100.
score-how-steps = Luku muuttuu vasta, kun ainakin kymmenen uutta asiakasta on vastannut, jotta yksittäistä vastausta ei voi päätellä. Jos vastauksia on alle { $least }, lukua ei näytetä.
score-out-heading = Mitä luvussa ei ole
score-out-trials = Kaupan omat koetilaukset, avoimien linkkien kautta tulleet vastaukset ja vastaukset, jotka poistettiin asiakkaan kaikkien tietojen mukana.
score-out-silent = Asiakkaat, jotka eivät vastanneet, voivat olla toista mieltä.
score-few-heading = Vastauksia on vielä liian vähän
score-few = Tähän tulee luku, kun vähintään { $least } asiakasta on vastannut kahdentoista kokonaisen kuukauden aikana.
score-made = Laatu-ohjelma on laskenut tämän kaikista tämän ajan vastauksista.
score-name = Koettu laatu
score-badge-few = Vastauksia on vielä liian vähän
score-answers = { $count ->
    [one] { $count } vastaus
   *[other] { $count } vastausta
}
