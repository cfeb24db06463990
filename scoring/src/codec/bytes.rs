//! Numbers as bytes: seven bits a byte, the lowest first, as few bytes as the number needs.
//!
//! Signed numbers are folded first so that small ones of either sign stay short (0, -1, 1, -2 as 0, 1, 2, 3).
//! Only the sibling modules call this.

use super::CodecError;

/// Appends an unsigned number.
pub(super) fn put(out: &mut Vec<u8>, number: impl Into<u128>) {
    let mut rest: u128 = number.into();
    while rest >= 128 {
        out.push((rest & 127) as u8 | 128);
        rest >>= 7;
    }
    out.push((rest & 127) as u8);
}

/// Appends a signed number.
pub(super) fn put_signed(out: &mut Vec<u8>, number: i128) {
    put(out, ((number << 1) ^ (number >> 127)).cast_unsigned());
}

/// Bytes that are read from front to back.
pub(super) struct Source<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Source<'a> {
    /// Reads up to the end of `bytes`, from a position.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Source<'a> {
        Source { bytes, at }
    }

    /// A fault where reading stands.
    pub(super) fn impossible(&self, what: &'static str) -> CodecError {
        CodecError::Impossible { at: self.at, what }
    }

    /// Refuses bytes that are left over.
    pub(super) fn finish(self) -> Result<(), CodecError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(CodecError::Trailing(self.at)) }
    }

    /// Four bytes as a set of 32 bits, the lowest first.
    pub(super) fn bits(&mut self) -> Result<u32, CodecError> {
        let mut four = [0; 4];
        for byte in &mut four {
            *byte = self.byte()?;
        }
        Ok(u32::from_le_bytes(four))
    }

    pub(super) fn number(&mut self) -> Result<u64, CodecError> {
        let at = self.at;
        u64::try_from(self.wide()?).map_err(|_| CodecError::Overlong(at))
    }

    /// How many entries follow, each of which takes a byte at least: no table is larger than what is read.
    pub(super) fn count(&mut self) -> Result<usize, CodecError> {
        let count = self.number()?;
        let left = self.bytes.len() - self.at;
        usize::try_from(count).ok().filter(|count| *count <= left).ok_or(CodecError::Ends(self.bytes.len()))
    }

    pub(super) fn signed(&mut self) -> Result<i128, CodecError> {
        let folded = self.wide()?;
        Ok((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
    }

    /// A number of up to 126 bits.
    pub(super) fn wide(&mut self) -> Result<u128, CodecError> {
        let start = self.at;
        let mut number = 0;
        for shift in (0..126).step_by(7) {
            let byte = self.byte()?;
            number |= u128::from(byte & 127) << shift;
            if byte < 128 {
                let needless = byte == 0 && shift > 0;
                return if needless { Err(CodecError::Overlong(start)) } else { Ok(number) };
            }
        }
        Err(CodecError::Overlong(start))
    }

    fn byte(&mut self) -> Result<u8, CodecError> {
        let byte = self.bytes.get(self.at).ok_or(CodecError::Ends(self.at))?;
        self.at += 1;
        Ok(*byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_small_ones_are_short() {
        for number in [0_i128, 1, -1, 63, -64, 64, 1 << 40, -(1 << 90), (1 << 124) - 1] {
            let mut bytes = Vec::new();
            put_signed(&mut bytes, number);
            assert_eq!(bytes.len() == 1, (-64..64).contains(&number));
            let mut source = Source::new(&bytes, 0);
            assert_eq!(source.signed(), Ok(number));
            assert_eq!(source.finish(), Ok(()));
        }
    }

    #[test]
    fn a_number_has_one_form_only() {
        assert_eq!(Source::new(&[0x80, 0], 0).number(), Err(CodecError::Overlong(0)));
        assert_eq!(Source::new(&[5, 0x80], 1).number(), Err(CodecError::Ends(2)));
        assert_eq!(Source::new(&[0xff; 30], 0).wide(), Err(CodecError::Overlong(0)));
        let mut large = Vec::new();
        put(&mut large, 1_u128 << 64);
        assert_eq!(Source::new(&large, 0).number(), Err(CodecError::Overlong(0)));
        assert_eq!(Source::new(&[3, 1, 1], 0).count(), Err(CodecError::Ends(3)));
    }
}
