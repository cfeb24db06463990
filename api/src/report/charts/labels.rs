//! Names beside points: each in the first place around its point where it covers nothing.

/// A rectangle of a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The area of a text of one line that begins at a place, its middle at a height.
    pub fn of_text(text: &str, left: f64, middle: f64) -> Self {
        let width = width(text);
        around(left + width / 2.0, middle, width / 2.0, LINE / 2.0)
    }

    /// Its middle height.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    /// Where a line from a point meets it, when the point is so far away that a line is needed.
    pub fn leader(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let away = (self.top - y).max(y - self.bottom);
        (away > LINE / 2.0).then(|| {
            (x.clamp(self.left, self.right), if y < self.top { self.top + 2.0 } else { self.bottom - 2.0 })
        })
    }

    fn covers(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

/// How high a line is.
const LINE: f64 = 16.0;

/// How many lines a name may stand away from its point.
const FARTHEST: u8 = 6;

/// How far to the side a name may stand from where it would be, when there is no room.
const ASIDE: f64 = 56.0;

/// How much worse it is to cover a name than a point or a line.
const NAME: usize = 6;

/// Distance between a point and its name.
const APART: f64 = 9.0;

/// The areas in which the names of points stand; `kept` is to be kept free.
pub(super) fn place(points: &[(f64, f64)], names: &[&str], frame: Area, kept: &[Area]) -> Vec<Area> {
    let dots = points.iter().map(|&(x, y)| around(x, y, 6.0, 6.0));
    let mut taken: Vec<(Area, usize)> = dots.chain(kept.iter().copied()).map(|area| (area, 1)).collect();
    let mut places = Vec::new();
    for (&(x, y), name) in points.iter().zip(names) {
        let width = width(name);
        let cost = |area: &Area| {
            let outside = if frame.holds(area) { 0 } else { 100 };
            outside
                + taken
                    .iter()
                    .filter(|(other, _)| area.covers(other))
                    .map(|(_, weight)| weight)
                    .sum::<usize>()
        };
        let best = candidates(x, y, width).into_iter().min_by_key(cost);
        if let Some(area) = best {
            taken.push((area, NAME));
            places.push(area);
        }
    }
    places
}

/// About how wide a text of one line is, in a wide typeface of 14 units.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | '\'' | '-' => 4.6,
        'f' | 'r' | 't' | '(' | ')' | '/' => 5.8,
        'm' | 'w' | 'M' | 'W' | '%' => 12.6,
        'A'..='Z' => 10.2,
        _ => 8.5,
    }
}

/// The places for a name of some width around a point, the best first.
fn candidates(x: f64, y: f64, width: f64) -> Vec<Area> {
    let (right, left) = (x + APART + width / 2.0, x - APART - width / 2.0);
    let near = [(right, y), (left, y), (x, y - LINE), (x, y + LINE)];
    let far = (1..=FARTHEST).flat_map(|lines| {
        let lift = f64::from(lines) * LINE;
        let across = [right, left, x];
        let above = across.map(|x| (x, y - lift));
        let below = across.map(|x| (x, y + lift));
        above.into_iter().chain(below)
    });
    let aside = (1..=FARTHEST).flat_map(|lines| {
        let lift = f64::from(lines) * LINE;
        let across = [right + ASIDE, left - ASIDE];
        across.into_iter().flat_map(move |x| [(x, y - lift), (x, y + lift)])
    });
    near.into_iter().chain(far).chain(aside).map(|(x, y)| around(x, y, width / 2.0, LINE / 2.0)).collect()
}

fn around(x: f64, y: f64, across: f64, up: f64) -> Area {
    Area { left: x - across, top: y - up, right: x + across, bottom: y + up }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Area = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };

    #[test]
    fn a_name_stands_right_of_its_point_where_there_is_room() {
        let places = place(&[(100.0, 100.0)], &["Choice"], FRAME, &[]);
        assert!((places[0].left - 109.0).abs() < 1e-9 && (places[0].middle() - 100.0).abs() < 1e-9);
        assert_eq!(places[0].leader((100.0, 100.0)), None);
    }

    #[test]
    fn names_leave_the_frame_and_each_other_alone() {
        let crowd: Vec<(f64, f64)> = (0..8_u8).map(|k| (388.0 + f64::from(k), 150.0)).collect();
        let places = place(&crowd, &["Responsiveness"; 8], FRAME, &[]);
        assert!(places.iter().all(|place| FRAME.holds(place)));
        let pairs = || {
            places
                .iter()
                .enumerate()
                .flat_map(|(k, one)| places.iter().skip(k + 1).map(move |two| (one, two)))
        };
        assert!(pairs().all(|(one, two)| !one.covers(two)), "{places:?}");
        assert!(places.iter().zip(&crowd).any(|(place, point)| place.leader(*point).is_some()));
    }

    #[test]
    fn what_is_kept_free_stays_free() {
        let kept = Area::of_text("Concentrate here", 109.0, 100.0);
        let places = place(&[(100.0, 100.0)], &["Choice"], FRAME, &[kept]);
        assert!(!places[0].covers(&kept));
    }
}
