//! The "relaxed" forms of headers and bodies (RFC 6376, sections 3.4.2 and 3.4.4): what relays may change on the way
//! without harm is taken out.

/// The headers of a mail, each with the lines that belong to it, without the last end of line.
pub fn headers(head: &[u8]) -> Vec<&[u8]> {
    let mut found: Vec<&[u8]> = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while let Some(length) = head.get(at..).and_then(|rest| rest.windows(2).position(|two| two == b"\r\n")) {
        let end = at + length;
        at = end + 2;
        let goes_on = head.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        if !goes_on {
            found.extend(head.get(begin..end));
            begin = at;
        }
    }
    found
}

/// A header: its name in lower case, its value on one line with single blanks and none at either end.
pub fn header(line: &[u8]) -> Vec<u8> {
    let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
    let (name, value) = line.split_at(colon);
    let unfolded: Vec<u8> =
        value.iter().skip(1).copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut plain = name.trim_ascii_end().to_ascii_lowercase();
    plain.push(b':');
    plain.extend(single_blanks(&unfolded).trim_ascii());
    plain
}

/// A body: single blanks, none at the end of a line, no empty lines at the end, and an end of line after the last.
pub fn body(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut empty = 0;
    for line in lines(text) {
        let line = single_blanks(line);
        let line = line.strip_suffix(b" ").unwrap_or(&line);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        plain.extend(b"\r\n".repeat(empty));
        empty = 0;
        plain.extend(line);
        plain.extend(b"\r\n");
    }
    plain
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Runs of blanks and tabs as one blank.
fn single_blanks(text: &[u8]) -> Vec<u8> {
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t');
    let mut plain: Vec<u8> = Vec::with_capacity(text.len());
    for byte in text.iter().copied() {
        if !is_blank(byte) {
            plain.push(byte);
        } else if plain.last() != Some(&b' ') {
            plain.push(b' ');
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 6376, section 3.4.5.
    #[test]
    fn the_example_of_the_standard_comes_out_as_it_says() {
        let head = b"A: X\r\nB : Y\t\r\n\tZ  \r\n";
        let found: Vec<Vec<u8>> = headers(head).into_iter().map(header).collect();
        assert_eq!(found, [b"a:X".to_vec(), b"b:Y Z".to_vec()]);
        assert_eq!(body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
    }

    #[test]
    fn an_empty_body_stays_empty_and_a_last_line_gets_its_end() {
        assert_eq!(body(b""), b"");
        assert_eq!(body(b"\r\n\r\n"), b"");
        assert_eq!(body(b"a\r\n\r\nb"), b"a\r\n\r\nb\r\n");
    }
}
