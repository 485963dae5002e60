//! Full-text search of Chinese office texts: an index built natively, and a small reader for the browser.
//!
//! [`build`] (feature `build`) turns entries into files: terms are counted as tantivy's writer counts them, and
//! written down in a compact form. The [`Reader`] needs no file system: it is handed the directory, tells for each
//! query which parts of which files it needs, and answers. Both sides cut text into terms with the same code.
//!
//! ```
//! # #[cfg(feature = "build")] {
//! use search::{Answer, BuildOptions, DIRECTORY_NAME, Entry, OpenIndex, Query, build};
//!
//! let entries = [Entry {
//!     url: "policies/sx-2024/#s4-1".into(),
//!     title: "陕西 2024 年第二批申报通知".into(),
//!     heading: "四、试点工作申报程序".into(),
//!     text: "申报时间为 9 月 4 日至 10 月 7 日。".into(),
//!     kind: "policy".into(),
//!     ..Entry::default()
//! }];
//! let files = build(&entries, &[], &BuildOptions::default())?;
//! assert_eq!(files[0].name, DIRECTORY_NAME);
//!
//! let mut index = OpenIndex::new(&files)?;
//! let results = index.search(&Query::new("申报时间"))?;
//! assert_eq!(results.hits[0].url, "policies/sx-2024/#s4-1");
//! assert!(results.hits[0].excerpt.iter().any(|piece| piece.marked && piece.text == "申报时间"));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`build_again`] makes the same index after an edit, from what a [`Cache`] has kept of the one before. (Feature `build`.)
//!
//! [`OpenIndex`] has all files at hand and gives the reader what it asks for; in the browser a script does the same. [`eval()`] tells
//! how good the answers are, [`Reader::explain`] where they come from.
//!
//! Where things are: `normalise` → `atoms` → `tokens` is the analysis; `plan` makes slots of a query, `rank` scores entries,
//! `excerpt` shows why; `codec`, `directory`, `postings`, `texts`, `sounds`, `phrases` are the blocks, one module each, and
//! `blocks` says where they lie in the files.

mod atoms;
mod blocks;
#[cfg(feature = "build")]
mod build;
mod choose;
mod codec;
mod directory;
mod entry;
mod eval;
mod excerpt;
mod explain;
mod function_words;
#[cfg(feature = "build")]
#[doc(hidden)]
pub mod fuzzing;
mod lookalikes;
#[cfg(feature = "build")]
mod native;
mod normalise;
mod phrases;
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

pub use blocks::Part;
#[cfg(feature = "build")]
pub use build::{BuildError, BuildOptions, Cache, build, build_again};
pub use codec::ReadError;
pub use entry::{DIRECTORY_NAME, Entry, HEADING_JOINT, IndexFile, Synonyms};
pub use eval::{Evaluation, Figures, Question, eval, questions, rank_of};
pub use explain::{ExplainedHit, ExplainedTerm, Explanation};
#[cfg(feature = "build")]
pub use native::OpenIndex;
pub use query::{Answer, Count, Facets, Filter, Hit, Note, Piece, Query, Results, Suggestion};
pub use reader::Reader;
