//! Steppers as bytes: where tables stand, and what came to each of their levels since.

use super::bytes::{Source, put};
use super::{CHECKSUM, CodecError, VERSION};
use crate::disclosure::{Cut, StepRule, Stepper, Stored, StoredLevel};

const STEPS: [u8; 3] = *b"LSt";

impl<const N: usize> Stepper<N> {
    /// As bytes: rule, cut, tallies, levels. Equal logs give equal bytes, wherever they were stored in between.
    ///
    /// ```
    /// use scoring::{Policy, StepRule, Stepper};
    /// let rule = StepRule::of(Policy::default());
    /// let mut stepper = Stepper::new([true], &rule);
    /// stepper.arrive(7, [0], true);
    /// assert_eq!(Stepper::decode([true], &rule, &stepper.encode())?.encode(), stepper.encode());
    /// # Ok::<(), scoring::CodecError>(())
    /// ```
    pub fn encode(&self) -> Vec<u8> {
        let Stored { at, last, pressed, total, tables } = self.store();
        let mut out = STEPS.to_vec();
        out.push(VERSION);
        let rule = self.rule();
        for number in numbers(rule, N) {
            put(&mut out, number);
        }
        put(&mut out, at as u64);
        put_cut(&mut out, last);
        put(&mut out, u64::from(pressed));
        for number in total {
            put(&mut out, number);
        }
        for levels in &tables {
            put(&mut out, levels.len() as u64);
            for level in levels {
                put_level(&mut out, level);
            }
        }
        super::seal(out)
    }

    /// Reads what [`Stepper::encode`] wrote for as many tables under the same rule; anything else is an error that
    /// says where and why.
    pub fn decode(lasting: [bool; N], rule: &StepRule, bytes: &[u8]) -> Result<Stepper<N>, CodecError> {
        let Some(rest) = bytes.strip_prefix(&STEPS) else { return Err(CodecError::Foreign) };
        match rest.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(CodecError::Version(other)),
            None => return Err(CodecError::Ends(bytes.len())),
        }
        let sealed = bytes.split_last_chunk::<CHECKSUM>().filter(|(body, _)| body.len() > STEPS.len());
        let Some((body, checksum)) = sealed else { return Err(CodecError::Ends(bytes.len())) };
        if crc32fast::hash(body).to_le_bytes() != *checksum {
            return Err(CodecError::Damaged);
        }
        let mut source = Source::new(body, STEPS.len() + 1);
        for number in numbers(rule, N) {
            if source.number()? != number {
                return Err(source.impossible("steps by another rule"));
            }
        }
        let (at, last) = (read_entry(&mut source)?, read_cut(&mut source)?);
        let pressed = match source.number()? {
            0 => false,
            1 => true,
            _ => return Err(source.impossible("a cut in no known state")),
        };
        let total = read_tally(&mut source)?;
        let mut tables = [(); N].map(|()| Vec::new());
        for levels in &mut tables {
            for _ in 0..source.count()? {
                levels.push(read_level(&mut source)?);
            }
        }
        let stepper = Stepper::restore(lasting, rule, Stored { at, last, pressed, total, tables });
        let stepper = stepper.ok_or_else(|| source.impossible("steps that no log makes"))?;
        source.finish()?;
        Ok(stepper)
    }
}

/// By what rule how many tables move.
fn numbers(rule: &StepRule, tables: usize) -> [u64; 6] {
    [rule.minimum, rule.step, rule.patience, rule.growth, rule.longest, tables as u64]
}

fn put_cut(out: &mut Vec<u8>, cut: Cut) {
    put(out, cut.entries as u64);
    put(out, cut.people);
}

/// One number says what else is there: 1 moved, 2 was left, 4 is shown.
fn put_level(out: &mut Vec<u8>, level: &StoredLevel) {
    for number in level.tally {
        put(out, number);
    }
    let is = |flag: bool, bit: u8| if flag { bit } else { 0 };
    put(out, is(level.fresh, 1) | is(level.remains, 2) | is(level.shown.is_some(), 4));
    if let Some(cut) = level.shown {
        put_cut(out, cut);
    }
}

fn read_level(source: &mut Source) -> Result<StoredLevel, CodecError> {
    let tally = read_tally(source)?;
    let flags = source.number()?;
    if flags > 7 {
        return Err(source.impossible("a level in no known state"));
    }
    let shown = if flags & 4 == 0 { None } else { Some(read_cut(source)?) };
    Ok(StoredLevel { tally, shown, fresh: flags & 1 != 0, remains: flags & 2 != 0 })
}

fn read_tally(source: &mut Source) -> Result<[u64; 5], CodecError> {
    let mut numbers = [0; 5];
    for number in &mut numbers {
        *number = source.number()?;
    }
    Ok(numbers)
}

fn read_cut(source: &mut Source) -> Result<Cut, CodecError> {
    Ok(Cut { entries: read_entry(source)?, people: source.number()? })
}

fn read_entry(source: &mut Source) -> Result<usize, CodecError> {
    let number = source.number()?;
    usize::try_from(number).map_err(|_| source.impossible("an entry beyond any log"))
}
