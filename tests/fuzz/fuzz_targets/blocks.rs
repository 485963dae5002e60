//! Any bytes in the place of a block, even with a right checksum, end in an answer or an error.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use search::fuzzing::{Block, blocks, sealed};
use search::{Answer, Part, Query, ReadError, Reader};

/// The directory, and every other block with its place.
static BLOCKS: LazyLock<Vec<Block>> = LazyLock::new(|| blocks(&fuzz::index()).expect("the sample is sound"));

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

fuzz_target!(|input: (u16, u16, u16, &[u8])| {
    // A stretch of the block is replaced: most of it must be sound for its depths to be reached.
    let (which, from, removed, bytes) = input;
    let which = usize::from(which) % BLOCKS.len();
    let own = &BLOCKS[which].content;
    let from = usize::from(from) % (own.len() + 1);
    let to = (from + usize::from(removed) % 16).min(own.len());
    let content = [&own[..from], bytes, &own[to..]].concat();
    let damaged = sealed(&BLOCKS[which], &content);
    let directory = if which == 0 { &damaged } else { &BLOCKS[0].bytes };
    let Ok(mut reader) = Reader::open(directory) else { return };
    for text in ["申报时间 安徽", "kaohe feiyong", "1+X", "考证费", "学份银行", "zzzz"] {
        let query = Query { limit: 100, ..Query::new(text) };
        complete(&mut reader, which, &damaged, |reader| reader.ask(&query));
        complete(&mut reader, which, &damaged, |reader| reader.explain(&query));
        complete(&mut reader, which, &damaged, |reader| reader.suggest(text, 8));
    }
});
