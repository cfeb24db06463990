//! QR codes as SVG: an address that a phone's camera reads from paper.
//!
//! The same address gives the same bytes. Squares of a row that touch are one rectangle, so that no renderer leaves a
//! hairline between them.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

use super::{Error, Result};

/// White squares around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// The QR code of an address, black on white, with the address as its title; error correction M (15 %).
pub fn svg(address: &str) -> Result<String> {
    svg_titled(address, address)
}

/// The same with a title of its own, where the content is not for reading aloud.
pub fn svg_titled(address: &str, title: &str) -> Result<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build();
    let code = code.map_err(|error| Error::Broken(format!("no QR code can be made of {title}: {error}")))?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for row in 0..code.size {
        draw(&mut path, &code, row);
    }
    let title = handlebars::html_escape(title);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         shape-rendering=\"crispEdges\">\n<title>{title}</title>\n\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\n<path fill=\"#000\" d=\"{path}\"/>\n</svg>\n"
    ))
}

/// The dark runs of a row as rectangles.
fn draw(path: &mut String, code: &QRCode, row: usize) {
    let is_dark = |column: usize| code.data.get(row * code.size + column).is_some_and(|one| one.value());
    let mut column = 0;
    while column < code.size {
        let width = (column..code.size).take_while(|at| is_dark(*at)).count();
        if width > 0 {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{} {}h{width}v1h-{width}z", column + QUIET, row + QUIET);
        }
        column += width.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://ask.example.org/o/abcdefghij.klmnopqrstuv";

    /// The dark squares of the drawing, read back from its rectangles.
    fn squares(svg: &str) -> (usize, Vec<Vec<bool>>) {
        let side = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap();
        let side: usize = side.parse().unwrap();
        let mut dark = vec![vec![false; side]; side];
        let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for one in path.split('M').skip(1) {
            let (column, rest) = one.split_once(' ').unwrap();
            let (row, rest) = rest.split_once('h').unwrap();
            let (width, rest) = rest.split_once('v').unwrap();
            let (column, row): (usize, usize) = (column.parse().unwrap(), row.parse().unwrap());
            let width: usize = width.parse().unwrap();
            assert_eq!(rest, format!("1h-{width}z"));
            dark[row][column..column + width].fill(true);
        }
        (side, dark)
    }

    fn read(svg: &str) -> String {
        let (side, dark) = squares(svg);
        let scale = 6;
        let grey = |x: usize, y: usize| if dark[y / scale][x / scale] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * scale, side * scale, grey);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is found");
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_code_is_read_as_the_address_it_was_made_of() {
        let longest = format!("https://{}.example.org/path/o/abcdefghij.klmnopqrstuv", "shop".repeat(40));
        for address in [ADDRESS, "http://127.0.0.1:8080/o/a.b", &longest] {
            assert_eq!(read(&svg(address).unwrap()), address);
        }
    }

    #[test]
    fn around_a_code_four_squares_are_white() {
        let (side, dark) = squares(&svg(ADDRESS).unwrap());
        let is_near = |at: usize| at < 4 || at >= side - 4;
        for (row, squares) in dark.iter().enumerate() {
            for (column, dark) in squares.iter().enumerate() {
                assert!(!dark || !is_near(row) && !is_near(column), "{row} {column}");
            }
        }
        assert!(dark[4][4], "the code begins right after them");
    }

    #[test]
    fn the_same_address_gives_the_same_bytes_and_is_the_title() {
        let one = svg("https://example.org/?a=1&b=<2>").unwrap();
        assert_eq!(one, svg("https://example.org/?a=1&b=<2>").unwrap());
        assert!(one.contains("<title>https://example.org/?a&#x3D;1&amp;b&#x3D;&lt;2&gt;</title>"), "{one}");
    }
}
