//! A chart as a file of its own: colours inside, on white, the same bytes for the same data.

/// Room around the drawing.
const MARGIN: f64 = 14.0;
/// The same on a page that has margins of its own.
const PRINTED: f64 = 3.0;

/// Makes a drawing stand alone; `style` is the sheet of pages, of which the light colours and the marks of charts are
/// taken. A text that is no drawing stays as it is.
pub fn alone(drawing: &str, style: &str) -> String {
    framed(drawing, style, MARGIN)
}

fn framed(drawing: &str, style: &str, margin: f64) -> String {
    let parts = || {
        let (before, rest) = drawing.split_once("viewBox=\"0 0 ")?;
        let (size, rest) = rest.split_once('"')?;
        let (width, height) = size.split_once(' ')?;
        let (captions, marks) = rest.split_once("</desc>")?;
        Some((before, width.parse::<f64>().ok()?, height.parse::<f64>().ok()?, captions, marks))
    };
    let Some((before, width, height, captions, marks)) = parts() else { return drawing.to_owned() };
    let (full, tall) = (width + 2.0 * margin, height + 2.0 * margin);
    let before = before.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    format!(
        "{before}width=\"{full}\" height=\"{tall}\" viewBox=\"-{margin} -{margin} {full} {tall}\"{captions}</desc>\
         <style>{}</style><rect x=\"-{margin}\" y=\"-{margin}\" width=\"{full}\" height=\"{tall}\" fill=\"#fff\"/>{marks}\n",
        rules(style)
    )
}

/// The same for a program that knows no custom properties, such as the one that sets PDF: every colour is written out, and
/// `families` are the fonts.
pub fn printed(drawing: &str, style: &str, families: &str) -> String {
    let mut made = framed(drawing, style, PRINTED).replacen(
        FONT,
        &format!("font-size: 14px; font-family: {families};"),
        1,
    );
    let colours = between(style, "color-scheme: light dark;", "}");
    for colour in colours.split(';') {
        if let Some((name, value)) = colour.split_once(':') {
            made = made.replace(&format!("var({})", name.trim()), value.trim());
        }
    }
    made
}

/// The font of a page's drawing.
const FONT: &str = "font: 14px system-ui, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif;";

fn between<'s>(style: &'s str, from: &str, to: &str) -> &'s str {
    style.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found.trim())
}

/// The light colours and the marks of charts, out of a page's style sheet.
fn rules(style: &str) -> String {
    let colours = between(style, "color-scheme: light dark;", "}");
    let marks = between(style, "/* marks of charts */", "/* end of the marks */");
    format!("svg {{ color-scheme: light; {colours} {FONT} fill: var(--ink); }}\n{marks}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_gets_its_colours_a_ground_and_a_margin() {
        let style = ":root {\n  color-scheme: light dark;\n  --ink: #111;\n}\n.x { }\n/* marks of charts */\n.dot { fill: red; }\n/* end of the marks */\n.y {}";
        let drawing = "<svg class=\"wide\" viewBox=\"0 0 640 100\" role=\"img\"><title>t</title><desc>d</desc><circle/></svg>";
        let made = alone(drawing, style);
        assert!(made.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wide\" width=\"668\" height=\"128\" viewBox=\"-14 -14 668 128\""), "{made}");
        assert!(
            made.contains("--ink: #111;") && made.contains(".dot { fill: red; }") && !made.contains(".y")
        );
        assert!(made.find("fill=\"#fff\"").unwrap() < made.find("<circle/>").unwrap());
        assert_eq!(alone("no drawing", style), "no drawing");
    }

    #[test]
    fn a_printed_drawing_has_no_variable_and_names_its_fonts() {
        let style = "color-scheme: light dark; --ink: #111; --card: #fff; }\n/* marks of charts */ .dot { fill: var(--card); } /* end of the marks */";
        let drawing =
            "<svg class=\"wide\" viewBox=\"0 0 640 100\" role=\"img\"><title>t</title><desc>d</desc></svg>";
        let made = printed(drawing, style, "Noto Sans");
        assert!(made.contains(".dot { fill: #fff; }") && made.contains("fill: #111;"), "{made}");
        assert!(made.contains("font-family: Noto Sans;") && !made.contains("var("), "{made}");
    }
}
