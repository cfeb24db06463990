//! `laatu hook`: what an operator does and sees.

use laatu_tests::importing::Importing;
use laatu_tests::json::{at, text};
use serde_json::Value;

on_both! {
    fn a_hook_is_made_used_shown_and_ended(server) {
        let work = Importing::on(server);
        let desk = &work.desk;
        // Link keys are the operator's; what is made here is opened by another key than the server's, so only the words count.
        let none = desk.run(&["hook", "list", "--org", "tuulia"]).expect(0);
        assert!(none.talk.contains("laatu hook create"), "{}", none.talk);
        let made = desk.run(&["hook", "create", "--org", "tuulia", "--kind", "woocommerce", "--place", "turku", "--json"]).expect(0);
        assert!(made.talk.contains("nobody is asked"), "{}", made.talk);
        let made: Value = serde_json::from_str(&made.out).unwrap();
        assert_eq!(text(&made, "/secret").len(), 52);
        desk.write("secret", "shpss_abc\n");
        let shopify = desk.run(&[
            "hook", "create", "--org", "tuulia", "--kind", "shopify", "--secret-file", "secret", "--contact-basis", "other",
            "--basis-text", "Told at the till",
        ]);
        let shopify = shopify.expect(0);
        assert!(!shopify.out.contains("shpss") && !shopify.out.contains("secret"), "{}", shopify.out);
        let listed = desk.run(&["hook", "list", "--org", "tuulia", "--json"]).expect(0);
        let listed: Value = serde_json::from_str(&listed.out).unwrap();
        assert_eq!((text(&listed, "/0/place"), at(&listed, "/0/contact_basis")), ("turku", &Value::Null));
        assert_eq!((text(&listed, "/1/kind"), text(&listed, "/1/contact_basis")), ("shopify", "other"));
        let id = text(&made, "/id");
        desk.run(&["hook", "disable", "--org", "tuulia", "--id", id]).expect(0);
        let words = desk.run(&["hook", "list", "--org", "tuulia"]).expect(0).out;
        assert!(words.contains("disabled") && words.contains(id) && words.contains("last seen     never"), "{words}");
    }

    fn what_is_missing_or_too_much_is_said_in_words(server) {
        let work = Importing::on(server);
        work.desk.write("blank", " \n");
        for (further, words) in [
            (&["--kind", "shopify"][..], "client secret"),
            (&["--kind", "shopify", "--secret-file", "blank"], "1 to 200 characters"),
            (&["--kind", "woocommerce", "--secret-file", "blank"], "give none"),
            (&["--kind", "woocommerce", "--contact-basis", "other"], "say in words"),
            (&["--kind", "magento"], "accepted are shopify or woocommerce"),
        ] {
            let refused = work.desk.run(&[&["hook", "create", "--org", "tuulia"], further].concat());
            assert_eq!(refused.code, Some(2), "{further:?}: {}", refused.talk);
            assert!(refused.talk.contains(words), "{words} in {}", refused.talk);
        }
        let refused = work.desk.run(&["hook", "disable", "--org", "tuulia", "--id", "01a20115-6add-7da6-910c-ed17346a1708"]);
        assert_eq!(refused.expect(1).talk.trim(), "error: there is no such hook");
    }
}
