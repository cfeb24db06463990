//! A chart as a file of its own: colours inside, on white, the same bytes for the same data.

/// Room around the drawing.
const MARGIN: f64 = 14.0;

/// Makes a drawing stand alone; `style` is the sheet of pages, of which the light colours and the marks of charts are
/// taken. A text that is no drawing stays as it is.
pub fn alone(drawing: &str, style: &str) -> String {
    let parts = || {
        let (before, rest) = drawing.split_once("viewBox=\"0 0 ")?;
        let (size, rest) = rest.split_once('"')?;
        let (width, height) = size.split_once(' ')?;
        let (captions, marks) = rest.split_once("</desc>")?;
        Some((before, width.parse::<f64>().ok()?, height.parse::<f64>().ok()?, captions, marks))
    };
    let Some((before, width, height, captions, marks)) = parts() else { return drawing.to_owned() };
    let (full, tall) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
    let before = before.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    format!(
        "{before}width=\"{full}\" height=\"{tall}\" viewBox=\"-{MARGIN} -{MARGIN} {full} {tall}\"{captions}</desc>\
         <style>{}</style><rect x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{full}\" height=\"{tall}\" fill=\"#fff\"/>{marks}\n",
        rules(style)
    )
}

/// The light colours and the marks of charts, out of a page's style sheet.
fn rules(style: &str) -> String {
    let between = |from: &str, to: &str| {
        style.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found.trim())
    };
    let colours = between("color-scheme: light dark;", "}");
    let marks = between("/* marks of charts */", "/* end of the marks */");
    format!(
        "svg {{ color-scheme: light; {colours} font: 14px system-ui, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif; \
         fill: var(--ink); }}\n{marks}\n"
    )
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
}
