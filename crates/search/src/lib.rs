//! Full-text search of Chinese office texts: an index built natively, and a small reader for the browser.
//!
//! [`build`] (feature `build`) turns entries into files: tantivy counts terms, and its segment is written down in a
//! compact form. The [`Reader`] needs neither tantivy nor a file system: it is handed the directory, tells for each
//! query which other files it needs, and answers. Both sides cut text into terms with the same code.
//!
//! ```
//! # #[cfg(feature = "build")] {
//! use search::{DIRECTORY_NAME, Entry, Query, Reader, build};
//!
//! let entries = [Entry {
//!     url: "policies/sx-2024/#s4-1".into(),
//!     title: "陕西 2024 年第二批申报通知".into(),
//!     heading: "四、试点工作申报程序".into(),
//!     text: "申报时间为 9 月 4 日至 10 月 7 日。".into(),
//!     kind: "policy".into(),
//!     ..Entry::default()
//! }];
//! let files = build(&entries, &[])?;
//! assert_eq!(files[0].name, DIRECTORY_NAME);
//!
//! let mut reader = Reader::open(&files[0].bytes)?;
//! let query = Query::new("申报时间");
//! loop {
//!     let names = reader.needed(&query)?;
//!     if names.is_empty() {
//!         break;
//!     }
//!     for file in files.iter().filter(|file| names.contains(&file.name)) {
//!         reader.supply(&file.name, &file.bytes)?;
//!     }
//! }
//! let results = reader.search(&query)?;
//! assert_eq!(results.hits[0].url, "policies/sx-2024/#s4-1");
//! assert!(results.hits[0].excerpt.iter().any(|piece| piece.marked && piece.text == "申报时间"));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With all files at hand, [`open_all`] and [`search_all`] are shorter. [`eval()`] tells how good the answers are.
//!
//! Where things are: `normalise` → `atoms` → `tokens` is the analysis; `plan` makes slots of a query, `rank` scores entries,
//! `excerpt` shows why; `codec`, `directory`, `postings`, `texts`, `sounds` are the files, one module each.

mod atoms;
#[cfg(feature = "build")]
mod build;
mod choose;
mod codec;
mod directory;
mod entry;
mod eval;
mod excerpt;
mod function_words;
mod lookalikes;
mod native;
mod normalise;
mod plan;
mod postings;
mod query;
mod rank;
mod reader;
mod sounds;
mod texts;
mod tokens;
mod understand;
mod vocabulary;
mod weights;

#[cfg(feature = "build")]
pub use build::{BuildError, build};
pub use codec::ReadError;
pub use entry::{DIRECTORY_NAME, Entry, HEADING_JOINT, IndexFile, Synonyms};
pub use eval::{Evaluation, Figures, Question, eval, questions, rank_of};
pub use native::{open_all, search_all};
pub use query::{Count, Facets, Filter, Hit, Note, Piece, Query, Results};
pub use reader::Reader;
