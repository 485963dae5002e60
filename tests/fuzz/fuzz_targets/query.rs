//! Any query, with any filter and any number of results wanted, is answered from a sound index.
#![no_main]

use std::sync::{LazyLock, Mutex};

use libfuzzer_sys::fuzz_target;
use search::{Filter, IndexFile, OpenIndex, Query};

static FILES: LazyLock<Vec<IndexFile>> = LazyLock::new(fuzz::index);
static INDEX: LazyLock<Mutex<OpenIndex<'static>>> =
    LazyLock::new(|| Mutex::new(OpenIndex::new(&FILES).expect("the sample is sound")));

fuzz_target!(|input: (u8, Option<bool>, Option<i32>, &str)| {
    let (limit, province, year, text) = input;
    let province = province.map(|anhui| if anhui { "AH" } else { "" }.to_owned());
    let filter = Filter { kind: None, province, year };
    let query = Query { text: text.to_owned(), limit: usize::from(limit), filter };
    let mut index = INDEX.lock().expect("no finding before");
    let results = index.search(&query).expect("a sound index answers");
    assert!(results.hits.len() <= query.limit && results.hits.len() <= results.total);
    for hit in &results.hits {
        let excerpt: String = hit.excerpt.iter().map(|piece| piece.text.as_str()).collect();
        let shown = excerpt.trim_matches('…');
        assert!(hit.text.replace('\n', " ").contains(shown), "{shown} is not in the text");
    }
    index.explain(&query).expect("and tells why");
    assert!(index.suggest(text, 8).expect("and suggests").len() <= 8);
});
