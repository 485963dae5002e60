//! Queries on a sound index, and damaged blocks of one.

use std::sync::LazyLock;

use search::fuzzing::{Block, sealed};
use search::{Answer, Filter, IndexFile, OpenIndex, Part, Query, ReadError, Reader};

use super::number;

static FILES: LazyLock<Vec<IndexFile>> = LazyLock::new(super::index::index);

/// The directory, and every other block with its place.
static BLOCKS: LazyLock<Vec<Block>> =
    LazyLock::new(|| search::fuzzing::blocks(&FILES).expect("the sample is sound"));

/// Any query, with any filter and any number of results wanted, is answered from a sound index. The bytes: how many results,
/// which filters, the year, the query.
pub(crate) fn query(bytes: &[u8]) {
    let (choices, rest) = number(bytes);
    let (year, rest) = number(rest);
    let [limit, filters] = choices.to_le_bytes();
    let text = String::from_utf8_lossy(rest);
    let province = (filters & 1 != 0).then(|| if filters & 2 != 0 { "AH" } else { "" }.to_owned());
    let year = (filters & 4 != 0).then_some(i32::from(year));
    let kind = (filters & 8 != 0).then(|| if filters & 16 != 0 { "faq" } else { "no such" }.to_owned());
    let filter = Filter { kind, province, year };
    let query = Query { text: text.to_string(), limit: usize::from(limit), filter };
    let mut index = OpenIndex::new(&FILES).expect("the sample is sound");
    let results = index.search(&query).expect("a sound index answers");
    assert!(results.hits.len() <= query.limit && results.hits.len() <= results.total);
    for hit in &results.hits {
        let excerpt: String = hit.excerpt.iter().map(|piece| piece.text.as_str()).collect();
        let shown = excerpt.trim_matches('…');
        assert!(hit.text.replace('\n', " ").contains(shown), "{shown} is not in the text");
    }
    index.explain(&query).expect("and tells why");
    assert!(index.suggest(&text, 8).expect("and suggests").len() <= 8);
}

/// Any bytes in the place of a block, even with a right checksum, end in an answer or an error. The bytes: which block, from
/// where, how much of it is replaced, and by what; most of it must be sound for its depths to be reached.
pub(crate) fn blocks(bytes: &[u8]) {
    let (which, rest) = number(bytes);
    let (from, rest) = number(rest);
    let (removed, rest) = number(rest);
    let which = usize::from(which) % BLOCKS.len();
    let own = &BLOCKS[which].content;
    let from = usize::from(from) % (own.len() + 1);
    let to = (from + usize::from(removed) % 16).min(own.len());
    let content = [&own[..from], rest, &own[to..]].concat();
    let damaged = sealed(&BLOCKS[which], &content);
    let directory = if which == 0 { &damaged } else { &BLOCKS[0].bytes };
    let Ok(mut reader) = Reader::open(directory) else { return };
    for text in ["申报时间 安徽", "kaohe feiyong", "1+X", "考证费", "学份银行", "zzzz"] {
        let query = Query { limit: 100, ..Query::new(text) };
        complete(&mut reader, which, &damaged, |reader| reader.ask(&query));
        complete(&mut reader, which, &damaged, |reader| reader.explain(&query));
        complete(&mut reader, which, &damaged, |reader| reader.suggest(text, 8));
    }
}

/// Hands over what is asked for, the damaged block among it, until there is an answer or an error.
fn complete<T>(
    reader: &mut Reader,
    which: usize,
    damaged: &[u8],
    ask: impl Fn(&Reader) -> Result<Answer<T>, ReadError>,
) {
    for _ in 0..16 {
        let Ok(Answer::Needs(parts)) = ask(reader) else { return };
        for Part { file, from, .. } in parts {
            let place = BLOCKS.iter().position(|block| block.part.file == file && block.part.from == from);
            let Some(place) = place else { return };
            let bytes = if place == which { damaged } else { &BLOCKS[place].bytes };
            if reader.supply(&file, from, bytes).is_err() {
                return;
            }
        }
    }
}
