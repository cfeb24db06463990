//! What forms promise.

use super::*;
use crate::instrument::fixture;

#[test]
fn every_block_is_in_four_forms_and_every_pair_in_exactly_one() {
    let instrument = fixture::thirteen();
    let mut alone = [0; THIRTEEN];
    let mut together = [[0; THIRTEEN]; THIRTEEN];
    for form in 0..instrument.form_count() {
        let blocks = instrument.asked_core(form, Length::Standard);
        assert_eq!(blocks.len(), 4);
        assert!(blocks.is_sorted());
        for &a in &blocks {
            alone[a] += 1;
            for &b in blocks.iter().filter(|b| **b > a) {
                together[a][b] += 1;
            }
        }
    }
    assert_eq!(alone, [4; THIRTEEN]);
    let pairs: Vec<i32> = (0..THIRTEEN).flat_map(|a| together[a][a + 1..].to_vec()).collect();
    assert_eq!(pairs, [1; 78]);
}

#[test]
fn a_form_asks_the_blocks_of_the_published_rule() {
    let instrument = fixture::thirteen();
    assert_eq!(instrument.asked_core(0, Length::Standard), [0, 1, 3, 9]);
    assert_eq!(instrument.asked_core(12, Length::Standard), [0, 2, 8, 12]);
    assert_eq!(instrument.asked_core(13, Length::Standard), instrument.asked_core(0, Length::Standard));
}

#[test]
fn a_quick_form_asks_four_markers_overall_and_words() {
    let instrument = fixture::thirteen();
    for form in 0..13 {
        let pages = instrument.pages(form, Length::Quick);
        assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [1, 1, 1, 1, 1]);
        assert_eq!(pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert!(pages[..4].iter().all(|page| instrument.items()[page.items[0]].marker && !page.comment));
        assert!(pages[4].comment && pages[4].block().is_none());
    }
}

#[test]
fn a_standard_form_asks_three_items_a_block_and_three_outcomes() {
    let instrument = fixture::thirteen();
    let pages = instrument.pages(5, Length::Standard);
    assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [3, 3, 3, 3, 3]);
}

#[test]
fn asked_items_are_those_on_the_pages() {
    let instrument = fixture::thirteen();
    for length in Length::ALL {
        for form in 0..instrument.form_count() {
            let mut on_pages = vec![false; instrument.items().len()];
            for item in instrument.pages(form, length).into_iter().flat_map(|page| page.items) {
                on_pages[item] = true;
            }
            assert_eq!(instrument.asked(&Ask::of(form, length)), on_pages);
        }
    }
}

#[test]
fn an_instrument_without_a_design_asks_everything_in_one_form() {
    let instrument = fixture::small();
    assert_eq!(instrument.form_count(), 1);
    assert_eq!(instrument.asked_core(0, Length::Standard), [0, 1]);
    assert!(instrument.asked(&Ask::of(0, Length::Standard)).into_iter().all(|asked| asked));
}

#[test]
fn lengths_are_read_by_their_names() {
    for length in Length::ALL {
        assert_eq!(Length::parse(length.as_str()), Some(length));
    }
    assert_eq!(Length::parse("endless"), None);
}

#[test]
fn each_way_of_paging_asks_the_same_in_the_same_order() {
    let instrument = fixture::thirteen();
    for length in Length::ALL {
        let pages = Paging::ALL.map(|paging| instrument.pages_of(&Ask { paging, ..Ask::of(4, length) }));
        let items =
            pages.clone().map(|pages| pages.into_iter().flat_map(|page| page.items).collect::<Vec<_>>());
        assert!(items.iter().all(|asked| *asked == items[0]));
        let [one, section, all] = pages;
        assert!(one.iter().all(|page| page.items.len() + usize::from(page.comment) == 1));
        assert_eq!(one.len(), items[0].len() + 1);
        assert!(section.len() < one.len() && section.iter().all(|page| page.groups.len() == 1));
        assert_eq!((all.len(), all[0].comment), (1, true));
        assert_eq!(all[0].groups.len(), section.len());
    }
}

#[test]
fn a_full_form_asks_every_block_and_looks_back_before_each() {
    let instrument = fixture::looking_back();
    assert_eq!(instrument.core_blocks(), [0, 1]);
    let ask = Ask::of(0, Length::Full);
    let pages = instrument.pages_of(&ask);
    let blocks = |page: &PagePlan| page.groups.iter().map(|group| group.block).collect::<Vec<_>>();
    assert_eq!(
        pages.iter().map(blocks).collect::<Vec<_>>(),
        [vec![Some(2), Some(0)], vec![Some(1)], vec![None]]
    );
    assert_eq!(pages[0].block(), Some(0));
    let not_back = instrument.pages_of(&Ask { looks_back: false, ..ask });
    assert_eq!(not_back, instrument.pages(0, Length::Standard));
    let thirteen = fixture::thirteen();
    for form in [0, 7] {
        assert_eq!(thirteen.pages(form, Length::Full).len(), 14);
    }
}

#[test]
fn a_stored_order_moves_blocks_and_items_but_asks_the_same() {
    let instrument = fixture::ordered();
    assert_eq!(instrument.order_count(), 2);
    let items = |order| {
        let pages = instrument.pages_of(&Ask { order, ..Ask::of(0, Length::Standard) });
        pages.into_iter().flat_map(|page| page.items).collect::<Vec<_>>()
    };
    assert_eq!(items(0), [0, 1, 2, 3]);
    assert_eq!(items(1), [2, 1, 0, 3]);
    assert_eq!(items(2), items(0));
    let asked = |order| instrument.asked(&Ask { order, ..Ask::of(0, Length::Quick) });
    assert_eq!(asked(0), asked(1));
}

#[test]
fn an_attached_module_is_one_more_page_for_those_who_are_asked_it() {
    let (base, module) = (fixture::thirteen(), fixture::short("by-phone"));
    let both = base.attach(&module).unwrap();
    assert_eq!(both.items()[..42], *base.items());
    assert_eq!((both.items().len(), both.modules().len(), both.form_count()), (44, 1, 13));
    let plain = Ask::of(2, Length::Standard);
    assert_eq!(both.pages_of(&plain), base.pages_of(&plain));
    let asked = both.pages_of(&Ask { module: Some(0), ..plain });
    assert_eq!(asked.len(), base.pages_of(&plain).len() + 1);
    // The closing page stays the last one; of the module only its marker is asked.
    assert_eq!((asked[4].items.clone(), asked[4].block()), (vec![42], Some(13)));
    assert!(asked[5].comment);
    assert_eq!(both.attach(&module).unwrap_err().to_string(), "\"by_phone\" is there already");
    let again = base.attach(&fixture::renamed(&module, "thirteen-two")).unwrap();
    assert_eq!(
        again.attach(&module).unwrap_err().to_string(),
        "by-phone and thirteen both have an item \"call_clear\""
    );
    let two = fixture::small();
    assert_eq!(two.attach(&module).unwrap_err().to_string(), "by-phone has no words in fi");
}
