//! Bytes of rows, and changes added up by period.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::bytes::{decode, encode};
use super::tally::{Differences, Tally};
use crate::domain::{Micros, Standing};
use crate::store::frame_counts::{Change, Class};

fn class() -> impl Strategy<Value = Class> {
    (0..7i16, prop_oneof![0..4i32, 0..=i32::MAX], 0..7i16)
        .prop_map(|(channel, place_id, contact_channel)| Class { channel, place_id, contact_channel })
}

fn standing() -> impl Strategy<Value = Standing> {
    prop::sample::select(vec![1, 2, 3, 6, 7, 10, 11]).prop_map(|code| Standing::from_code(code).unwrap())
}

fn tally() -> impl Strategy<Value = Tally> {
    let n = prop_oneof![3 => 1..300u64, 1 => 1..u64::MAX / 64];
    prop::collection::btree_map((class(), standing()), n, 0..40)
        .prop_map(|all| all.into_iter().map(|((class, standing), n)| (class, standing, n)).collect())
}

proptest! {
    #[test]
    fn a_row_reads_back_and_no_changed_byte_does(
        tally in tally(), at in any::<prop::sample::Index>(), flip in 1..=255u8,
    ) {
        let mut written = encode(&tally).unwrap();
        prop_assert_eq!(&decode(&written).unwrap(), &tally);
        let at = at.index(written.len());
        written[at] ^= flip;
        prop_assert!(decode(&written).is_err());
        prop_assert!(decode(&written[..at]).is_err());
    }

    #[test]
    fn any_bytes_are_refused_or_are_what_would_be_written(body in prop::collection::vec(0..12u8, 0..40)) {
        let mut bytes = b"LRf\x01".to_vec();
        bytes.extend(body);
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        if let Ok(tally) = decode(&bytes) {
            prop_assert_eq!(encode(&tally).unwrap(), bytes);
        }
    }

    #[test]
    fn who_comes_and_goes_leaves_no_row(
        all in prop::collection::vec((class(), standing(), -50..50i64), 1..30),
    ) {
        let zone = TimeZone::get("Europe/Helsinki").unwrap();
        let mut differences = Differences::default();
        let change = |(class, standing, days): &(Class, Standing, i64), comes: bool| {
            let (was, became) = if comes { (Standing::NONE, *standing) } else { (*standing, Standing::NONE) };
            Change { id: 1, service_at: Micros(days * crate::domain::time::DAY), class: *class, was, became }
        };
        for one in &all {
            differences.take(&zone, &change(one, true));
        }
        let rows = differences.rows(|_, _| Ok(std::collections::BTreeMap::new())).unwrap();
        prop_assert!(rows.iter().all(|(_, _, counts)| counts.is_some()));
        let of_all = rows.iter().find(|(period, ..)| *period == 0).unwrap().2.as_ref().unwrap();
        let counted: u64 = decode(of_all).unwrap().entries().map(|(_, _, n)| n).sum();
        prop_assert_eq!(counted, all.len() as u64);
        for one in &all {
            differences.take(&zone, &change(one, false));
        }
        prop_assert_eq!(differences.rows(|_, _| Ok(std::collections::BTreeMap::new())).unwrap(), vec![]);
    }
}

#[test]
fn fewer_than_none_is_told() {
    let class = Class { channel: 1, place_id: 0, contact_channel: 0 };
    let sent = Standing::from_code(3).unwrap();
    let mut tally = Tally::default();
    tally.add(class, sent, 2).unwrap();
    assert!(tally.clone().add(class, sent, -3).is_err());
    tally.add(class, sent, -2).unwrap();
    assert!(tally.is_empty());
}
