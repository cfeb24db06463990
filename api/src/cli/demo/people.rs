//! The demo's customers: what they buy, what they think, and how they answer. All of it is made up.

use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64;

use crate::domain::Channel;

/// The dimension that the made-up customers find weak.
pub const WEAK_DIMENSION: &str = "understanding";
/// What the keys of dimensions that look back at expectations end with.
const EXPECTED: &str = "_expected";
/// The channel of contact that is rude to them.
pub const RUDE_CHANNEL: Channel = Channel::Phone;

/// One made-up customer with one order.
#[derive(Clone, Debug)]
pub struct Person {
    /// Number of the order.
    pub order_number: String,
    /// Address.
    pub email: String,
    /// First name.
    pub name: &'static str,
    /// Language tag.
    pub language: &'static str,
    /// Where they bought.
    pub channel: Channel,
    /// The place, or empty.
    pub place: &'static str,
    /// How they were in touch about it.
    pub contact: Option<Channel>,
    /// What becomes of the order.
    pub fate: Fate,
    /// Day of the season on which they order.
    pub day: i64,
    /// Days until it arrives.
    pub delivery_days: i64,
    /// Whether the shop may mail them.
    pub has_basis: bool,
    /// How they answer.
    pub answering: Answering,
    /// How they see things in general; 0 is the average.
    mood: f64,
    /// From this follows how they see each dimension beside that.
    seed: u64,
}

/// What becomes of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Arrives,
    /// It is cancelled before it leaves.
    Cancelled,
    /// It arrives and goes back.
    Returned,
    /// It arrives, a complaint is opened and closed.
    Complaint,
}

/// How a customer answers a mailed link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// Not at all.
    Never,
    /// Begins, and leaves after this many pages.
    Leaves(usize),
    /// To the end.
    Finishes,
    /// Switches the language on the first page, then to the end.
    Switches,
}

const NAMES: [&str; 12] = [
    "Aino", "Bence", "Celina", "Daniel", "Emilia", "Ferenc", "Grażyna", "Helmi", "Ilona", "Jan", "Kaisa",
    "László",
];

/// One of several by weight.
fn pick<T: Copy>(chance: &mut impl Rng, choices: &[(T, u32)]) -> Option<T> {
    let total: u32 = choices.iter().map(|(_, weight)| weight).sum();
    let mut at = chance.random_range(0..total.max(1));
    for (choice, weight) in choices {
        if at < *weight {
            return Some(*choice);
        }
        at -= weight;
    }
    None
}

/// A draw from the standard normal distribution, as the sum of twelve uniform draws less six.
fn normal(chance: &mut impl Rng) -> f64 {
    (0..12).map(|_| chance.random::<f64>()).sum::<f64>() - 6.0
}

/// How long somebody takes for one answer; one in fifty hardly reads.
pub fn seconds_an_answer(chance: &mut impl Rng) -> i64 {
    if chance.random_ratio(1, 50) { 1 } else { chance.random_range(3..9) }
}

impl Person {
    /// Makes up customer `index` of a season whose orders come in its first `days` days.
    pub fn make_up(chance: &mut impl Rng, index: u32, days: i64) -> Self {
        let channel = pick(
            chance,
            &[
                (Channel::Web, 48),
                (Channel::InPerson, 26),
                (Channel::Phone, 10),
                (Channel::Email, 8),
                (Channel::Chat, 5),
                (Channel::Community, 3),
            ],
        )
        .unwrap_or(Channel::Web);
        let contact = pick(
            chance,
            &[
                (None, 40),
                (Some(Channel::Phone), 18),
                (Some(Channel::Email), 18),
                (Some(Channel::Chat), 12),
                (Some(Channel::InPerson), 8),
                (Some(Channel::Community), 4),
            ],
        )
        .flatten();
        let in_shop = channel == Channel::InPerson;
        let place = if in_shop {
            pick(chance, &[("helsinki", 60), ("tampere", 40)]).unwrap_or("helsinki")
        } else {
            ""
        };
        Self {
            order_number: format!("{}", 10_000 + index),
            email: format!("customer{index}@example.org"),
            name: NAMES.get(index as usize % NAMES.len()).copied().unwrap_or("Aino"),
            language: pick(chance, &[("fi", 45), ("en", 25), ("hu", 15), ("pl", 15)]).unwrap_or("fi"),
            channel,
            place,
            contact,
            fate: pick(
                chance,
                &[(Fate::Arrives, 90), (Fate::Cancelled, 3), (Fate::Returned, 4), (Fate::Complaint, 3)],
            )
            .unwrap_or(Fate::Arrives),
            day: chance.random_range(0..days.max(1)),
            delivery_days: if in_shop { 0 } else { chance.random_range(1..5) },
            has_basis: chance.random_range(0..100) < 96,
            answering: pick(
                chance,
                &[
                    (Answering::Never, 56),
                    (Answering::Leaves(1), 1),
                    (Answering::Leaves(2), 2),
                    (Answering::Leaves(4), 1),
                    (Answering::Finishes, 38),
                    (Answering::Switches, 2),
                ],
            )
            .unwrap_or(Answering::Never),
            mood: normal(chance) * 0.55,
            seed: chance.random(),
        }
    }

    /// What they choose for one question: the field's values are the codes from low to high, then `na`.
    pub fn answer(&self, chance: &mut impl Rng, dimension: &str, values: &[String]) -> Option<String> {
        let codes: Vec<&String> = values.iter().filter(|value| *value != "na").collect();
        let had_no_contact =
            self.contact.is_none() && ["accessibility", "responsiveness"].contains(&dimension);
        let na_percent = if had_no_contact { 45 } else { 3 };
        let draw = chance.random_range(0..100);
        if draw < na_percent {
            return values.iter().find(|value| *value == "na").cloned();
        }
        if draw >= 98 {
            return None;
        }
        // From the middle of five points, stretched to the scale of the question.
        let view = self.view_of(dimension) + self.leaning(dimension) + normal(chance) * 0.5;
        let view = view.clamp(1.0, 5.0);
        let steps = codes.len().saturating_sub(1);
        let place = ((view - 1.0) / 4.0 * steps as f64).round();
        // A place between 0 and the number of steps, at most 10.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0..=steps above"
        )]
        let place = place as usize;
        codes.get(place.min(steps)).map(|code| (*code).clone())
    }

    fn view_of(&self, dimension: &str) -> f64 {
        if let Some(expected) = dimension.strip_suffix(EXPECTED) {
            return self.expected_of(expected);
        }
        let shared = 4.1 + self.mood;
        let is_rude = self.contact == Some(RUDE_CHANNEL);
        match dimension {
            _ if dimension == WEAK_DIMENSION => shared - 1.0,
            "courtesy" if is_rude => shared - 1.5,
            "security" | "usability" => shared + 0.2,
            "credibility" | "personalisation" if is_rude => shared - 0.9,
            // The outcomes have no dimension: a rude call colours them, too.
            "" if is_rude => shared - 0.5,
            _ => shared,
        }
    }

    /// How far they stand from others of the same mood in one dimension, the same in all its questions: without it,
    /// people would seem to contradict themselves.
    fn leaning(&self, dimension: &str) -> f64 {
        let seed = dimension.bytes().fold(self.seed, |seed, byte| seed.wrapping_mul(31) ^ u64::from(byte));
        normal(&mut Pcg64::seed_from_u64(seed)) * 0.45
    }

    /// What they had expected of a dimension: much where money is at stake, less where few shops do much. Moods colour
    /// it less than what they lived through.
    fn expected_of(&self, dimension: &str) -> f64 {
        let usual = match dimension {
            "reliability" | "security" => 4.4,
            "choice" | "environment" | "personalisation" => 3.8,
            _ => 4.1,
        };
        usual + self.mood * 0.4
    }

    /// What they write, if anything.
    pub fn comment(&self, chance: &mut impl Rng) -> Option<&'static str> {
        if chance.random_range(0..100) >= 15 {
            return None;
        }
        let words = match self.language {
            "fi" => [
                "Kaikki sujui hyvin.",
                "Toimitus oli nopea, kiitos!",
                "Olisin toivonut, että minua kuunnellaan.",
            ],
            "hu" => [
                "Minden rendben volt.",
                "Gyors szállítás, köszönöm!",
                "Jobban figyelhettek volna arra, mire van szükségem.",
            ],
            "pl" => ["Wszystko w porządku.", "Szybka dostawa, dziękuję!", "Zabrakło mi wysłuchania."],
            _ => [
                "All went well.",
                "Quick delivery, thank you!",
                "I wish somebody had listened to what I needed.",
            ],
        };
        let at = if self.mood < -0.3 { 2 } else { chance.random_range(0..2) };
        words.get(at).copied()
    }
}
