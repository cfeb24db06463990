//! Small made-up instruments for the tests of this crate.

use std::fmt::Write as _;

use super::model::Instrument;

/// Two blocks, a five-point and an eleven-point scale, both kinds of set-apart choice, one form.
pub(crate) const SMALL: &str = r#"format = 1
key = "small-talk"
version = 3
wording = { en = "reviewed", fi = "draft" }

[design]
forms = "all"

[[scale]]
key = "how_well"
min = 1
max = 5

[[scale]]
key = "how_likely"
min = 0
max = 10

[[empty]]
key = "cannot_say"
state = "dont_know"

[[empty]]
key = "not_for_me"
state = "not_applicable"

[[block]]
key = "greeting"
facet = "experience"
[[block.item]]
key = "greeting_heard"
scale = "how_well"
empty = "cannot_say"
marker = true
[[block.item]]
key = "greeting_late"
scale = "how_well"
empty = "not_for_me"
reversed = true

[[block]]
key = "fame"
facet = "image"
[[block.item]]
key = "fame_known"
scale = "how_well"
empty = "cannot_say"
marker = true

[[outcome]]
role = "recommendation"
key = "recommendation"
scale = "how_likely"
empty = "cannot_say"
lengths = ["standard"]

[[outcome]]
role = "comment"
key = "more"
lengths = ["quick", "standard"]

[text.en]
name = "Small talk"
[text.en.block]
greeting = "Saying hello"
fame = "Being known"
[text.en.dimension]
greeting = "Greeting"
fame = "Fame"
[text.en.item]
greeting_heard = "How well did you hear us say hello?"
greeting_late = "How well did you bear our lateness?"
fame_known = "How well is our name known?"
recommendation = "How likely are you to speak of us?"
more = "What else would you like to say?"
[text.en.scale]
how_well = ["Very badly", "Badly", "Fairly well", "Well", "Very well"]
how_likely = ["0 – not at all likely", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10 – extremely likely"]
[text.en.empty]
cannot_say = "I cannot say"
not_for_me = "We did not meet"

[text.fi]
name = "Jutustelu"
[text.fi.block]
greeting = "Tervehdys"
fame = "Tunnettuus"
[text.fi.dimension]
greeting = "Tervehtiminen"
fame = "Maine"
[text.fi.item]
greeting_heard = "Miten hyvin tervehdys kuului?"
greeting_late = "Miten hyvin siedit viivettä?"
fame_known = "Miten hyvin nimi tunnetaan?"
recommendation = "Miten todennäköisesti kerrot meistä?"
more = "Mitä muuta haluat sanoa?"
[text.fi.scale]
how_well = ["Erittäin huonosti", "Huonosti", "Kohtalaisesti", "Hyvin", "Erittäin hyvin"]
how_likely = ["0 – en lainkaan", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10 – varmasti"]
[text.fi.empty]
cannot_say = "En osaa sanoa"
not_for_me = "Emme tavanneet"
"#;

/// The instrument of [`SMALL`].
pub(crate) fn small() -> Instrument {
    Instrument::parse(SMALL).unwrap()
}

/// Every kind of question, with two branches, in English and Finnish.
pub(crate) const SAMPLER: &str = include_str!("../../../tests/fixtures/sampler.toml");

/// The instrument of [`SAMPLER`].
pub(crate) fn sampler() -> Instrument {
    Instrument::parse(SAMPLER).unwrap()
}

/// Thirteen blocks of three items with three outcomes and free words, in English.
pub(crate) fn thirteen() -> Instrument {
    Instrument::parse(&thirteen_source()).unwrap()
}

/// The file of [`thirteen`].
pub(crate) fn thirteen_source() -> String {
    let mut file = String::from(
        "format = 1\nkey = \"thirteen\"\nversion = 1\nwording = { en = \"draft\" }\n\n[design]\nforms = \"thirteen\"\n\
         [[scale]]\nkey = \"how_well\"\nmin = 1\nmax = 5\n[[empty]]\nkey = \"cannot_say\"\nstate = \"dont_know\"\n",
    );
    let mut items = String::new();
    let mut blocks = String::new();
    for block in 0..13 {
        writeln!(file, "[[block]]\nkey = \"b{block:02}\"\nfacet = \"experience\"").unwrap();
        writeln!(blocks, "b{block:02} = \"Block {block}\"").unwrap();
        for item in 0..3 {
            let marker = item == 1;
            writeln!(
                file,
                "[[block.item]]\nkey = \"b{block:02}_{item}\"\nscale = \"how_well\"\nempty = \"cannot_say\"\n\
                 marker = {marker}"
            )
            .unwrap();
            writeln!(items, "b{block:02}_{item} = \"How well went {block}, {item}?\"").unwrap();
        }
    }
    for (role, lengths) in [("overall", "\"quick\", \"standard\""), ("recommendation", "\"standard\"")] {
        outcome(&mut file, role, lengths);
    }
    outcome(&mut file, "effort", "\"standard\"");
    file.push_str("[[outcome]]\nrole = \"comment\"\nkey = \"words\"\nlengths = [\"quick\", \"standard\"]\n");
    items.push_str(
        "overall = \"Overall?\"\nrecommendation = \"Recommend?\"\neffort = \"Easy?\"\nwords = \"Why?\"\n",
    );
    write!(
        file,
        "[text.en]\nname = \"Thirteen\"\n[text.en.block]\n{blocks}[text.en.dimension]\n{blocks}[text.en.item]\n{items}\
         [text.en.scale]\nhow_well = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n[text.en.empty]\ncannot_say = \"?\"\n"
    )
    .unwrap();
    file
}

fn outcome(file: &mut String, role: &str, lengths: &str) {
    writeln!(
        file,
        "[[outcome]]\nrole = \"{role}\"\nkey = \"{role}\"\nscale = \"how_well\"\nempty = \"cannot_say\"\n\
         lengths = [{lengths}]"
    )
    .unwrap();
}

/// [`SMALL`] with a block that looks back from its first one.
pub(crate) fn looking_back() -> Instrument {
    let block = "[[block]]\nkey = \"greeting_expected\"\nfacet = \"expectation\"\nof = \"greeting\"\n\
                 [[block.item]]\nkey = \"greeting_hoped\"\nscale = \"how_well\"\nempty = \"cannot_say\"\n\n";
    let mut file = SMALL.replacen("[[outcome]]", &format!("{block}[[outcome]]"), 1);
    file = file.replace("fame = \"Being known\"", "fame = \"Being known\"\ngreeting_expected = \"Before\"");
    file = file.replace("fame = \"Fame\"", "fame = \"Fame\"\ngreeting_expected = \"Hope\"");
    file = file.replace("fame = \"Tunnettuus\"", "fame = \"Tunnettuus\"\ngreeting_expected = \"Ennen\"");
    file = file.replace("fame = \"Maine\"", "fame = \"Maine\"\ngreeting_expected = \"Toive\"");
    for asks in ["more = \"What", "more = \"Mit\u{e4}"] {
        file = file.replace(asks, &format!("greeting_hoped = \"{asks:.3}?\"\n{asks}"));
    }
    Instrument::parse(&file).unwrap()
}

/// [`SMALL`] with a second order.
pub(crate) fn ordered() -> Instrument {
    let order = "[[order]]\nitems = [\"fame_known\", \"greeting_late\", \"greeting_heard\"]\n\n";
    Instrument::parse(&SMALL.replacen("[text.en]", &format!("{order}[text.en]"), 1)).unwrap()
}

/// One block of two items in English, with an outcome of its own.
pub(crate) fn short(key: &str) -> Instrument {
    let file = "format = 1\nkey = \"KEY\"\nversion = 1\nwording = { en = \"draft\" }\n[design]\nforms = \"all\"\n\
         [[scale]]\nkey = \"how_clear\"\nmin = 1\nmax = 2\n[[empty]]\nkey = \"cannot_say\"\nstate = \"dont_know\"\n\
         [[block]]\nkey = \"call\"\nfacet = \"experience\"\n\
         [[block.item]]\nkey = \"call_clear\"\nscale = \"how_clear\"\nempty = \"cannot_say\"\nmarker = true\n\
         [[block.item]]\nkey = \"call_calm\"\nscale = \"how_clear\"\nempty = \"cannot_say\"\n\
         [[outcome]]\nrole = \"overall\"\nkey = \"call_overall\"\nscale = \"how_clear\"\nempty = \"cannot_say\"\n\
         lengths = [\"quick\", \"standard\"]\n\
         [text.en]\nname = \"On the phone\"\n[text.en.block]\ncall = \"The call\"\n[text.en.dimension]\ncall = \"Call\"\n\
         [text.en.item]\ncall_clear = \"How clear was it?\"\ncall_calm = \"How calm?\"\ncall_overall = \"How good?\"\n\
         [text.en.scale]\nhow_clear = [\"Not clear\", \"Clear\"]\n[text.en.empty]\ncannot_say = \"I cannot say\"\n";
    Instrument::parse(&file.replace("KEY", key)).unwrap()
}

/// The same instrument under another key.
pub(crate) fn renamed(instrument: &Instrument, key: &str) -> Instrument {
    Instrument { key: key.to_owned(), ..instrument.clone() }
}

/// The sampler with its English words alone.
pub(crate) fn sampler_in_english() -> Instrument {
    let file = SAMPLER.replacen(", fi = \"draft\"", "", 1);
    Instrument::parse(file.split("[text.fi]").next().unwrap()).unwrap()
}
