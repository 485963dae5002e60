//! The search of the portal in the browser: the reader of `search` with plain JavaScript values at its border.
//!
//! The page fetches and unpacks; this module never does. It is loaded when somebody begins to search:
//!
//! ```js
//! const index = zhinan_search.Index.open(await unpacked(directory));
//! let answer;
//! while ((answer = index.ask("申报时间", 10)).parts) {
//!   for (const { file, from, to, whole } of answer.parts) {
//!     index.supply(file, from, await unpacked(file, from, to, whole));
//!   }
//! }
//! answer.hits;
//! ```
//!
//! Damaged files are thrown as errors; no input makes the module trap.

use js_sys::{Array, Object, Reflect};
use search::{Answer, Count, Filter, Hit, Note, Part, Piece, Query, ReadError, Reader, Results, Suggestion};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// An open index.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Index {
    reader: Reader,
}

#[wasm_bindgen]
impl Index {
    /// Opens the directory, unpacked.
    ///
    /// # Errors
    /// When its bytes are damaged or of another version.
    pub fn open(directory: &[u8]) -> Result<Index, JsError> {
        Ok(Self { reader: Reader::open(directory).map_err(error)? })
    }

    /// Hands over what stands at byte `from` of a file, unpacked.
    ///
    /// # Errors
    /// When the bytes are damaged or belong to another build of the index.
    pub fn supply(&mut self, file: &str, from: u32, bytes: &[u8]) -> Result<(), JsError> {
        self.reader.supply(file, from, bytes).map_err(error)
    }

    /// Answers a query, `{total, exact, hits, kinds, provinces, years, notes, similar}`, or says what it lacks for that,
    /// `{parts: [{file, from, to, whole}]}`.
    ///
    /// # Errors
    /// When a file says something impossible.
    pub fn ask(
        &self,
        text: &str,
        limit: usize,
        kind: Option<String>,
        province: Option<String>,
        year: Option<i32>,
    ) -> Result<Object, JsError> {
        let query = Query { text: text.to_owned(), limit, filter: Filter { kind, province, year } };
        Ok(answer(&self.reader.ask(&query).map_err(error)?, results))
    }

    /// What somebody who typed this may mean, `{suggestions: [{text, kind, reading}]}`, or what is lacking, as in `ask`.
    ///
    /// # Errors
    /// When a file says something impossible.
    pub fn suggest(&self, text: &str, limit: usize) -> Result<Object, JsError> {
        let found = self.reader.suggest(text, limit).map_err(error)?;
        Ok(answer(&found, |found| object(&[("suggestions", list(found, suggestion))])))
    }
}

fn answer<T>(answer: &Answer<T>, convert: impl Fn(&T) -> Object) -> Object {
    match answer {
        Answer::Found(found) => convert(found),
        Answer::Needs(parts) => object(&[("parts", list(parts, part))]),
    }
}

fn part(part: &Part) -> Object {
    object(&[
        ("file", text(&part.file)),
        ("from", part.from.into()),
        ("to", part.to.into()),
        ("whole", part.whole.into()),
    ])
}

fn suggestion(suggestion: &Suggestion) -> Object {
    object(&[
        ("text", text(&suggestion.text)),
        ("kind", text(&suggestion.kind)),
        ("reading", suggestion.reading.into()),
    ])
}

fn error(error: ReadError) -> JsError {
    JsError::new(match error {
        ReadError::Truncated => "truncated",
        ReadError::NotAnIndex => "not-an-index",
        ReadError::Version(_) => "version",
        ReadError::Checksum => "checksum",
        ReadError::Malformed(_) => "malformed",
        ReadError::UnknownFile => "unknown-file",
        ReadError::Missing => "missing",
    })
}

fn results(results: &Results) -> Object {
    object(&[
        ("total", (results.total as f64).into()),
        ("exact", results.exact.into()),
        ("hits", list(&results.hits, hit)),
        ("kinds", list(&results.facets.kinds, count)),
        ("provinces", list(&results.facets.provinces, count)),
        ("years", list(&results.facets.years, count)),
        ("notes", list(&results.notes, note)),
        ("similar", results.similar.iter().map(|word| text(word)).collect::<Array>().into()),
    ])
}

fn hit(hit: &Hit) -> Object {
    object(&[
        ("url", text(&hit.url)),
        ("title", list(&hit.marked_title, piece)),
        ("heading", list(&hit.marked_heading, piece)),
        ("excerpt", list(&hit.excerpt, piece)),
        ("kind", text(&hit.kind)),
        ("province", text(&hit.province)),
        ("provinceName", text(&hit.province_name)),
        ("year", hit.year.into()),
        ("archived", hit.archived.into()),
        ("group", text(&hit.group)),
        ("score", hit.score.into()),
    ])
}

fn piece(piece: &Piece) -> Object {
    object(&[("text", text(&piece.text)), ("marked", piece.marked.into())])
}

fn count(count: &Count) -> Object {
    object(&[
        ("value", text(&count.value)),
        ("label", text(&count.label)),
        ("count", (count.count as f64).into()),
    ])
}

fn note(note: &Note) -> Object {
    match note {
        Note::Corrected { text: corrected } => {
            object(&[("kind", text("corrected")), ("text", text(corrected))])
        }
        Note::Suggestion { typed, word, note } => object(&[
            ("kind", text("suggestion")),
            ("typed", text(typed)),
            ("word", text(word)),
            ("note", text(note)),
        ]),
    }
}

fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn list<T>(items: &[T], convert: impl Fn(&T) -> Object) -> JsValue {
    items.iter().map(convert).collect::<Array>().into()
}

/// A plain object; setting a field of a new object cannot fail.
fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
