//! The search of the portal in the browser: the reader of `search` with plain JavaScript values at its border.
//!
//! The page fetches; this module never does. It is loaded when somebody begins to search:
//!
//! ```js
//! const index = zhinan_search.Index.open(directoryBytes);
//! let names;
//! while ((names = index.needed("申报时间", 10)).length) {
//!   for (const name of names) index.supply(name, await fetchBytes(name));
//! }
//! const results = index.search("申报时间", 10);
//! ```
//!
//! Damaged files are thrown as errors; no input makes the module trap.

use js_sys::{Array, Object, Reflect};
use search::{Count, Filter, Hit, Note, Piece, Query, ReadError, Reader, Results};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// An open index.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Index {
    reader: Reader,
}

#[wasm_bindgen]
impl Index {
    /// Opens the directory file.
    ///
    /// # Errors
    /// When its bytes are damaged or of another version.
    pub fn open(directory: &[u8]) -> Result<Index, JsError> {
        Ok(Self { reader: Reader::open(directory).map_err(error)? })
    }

    /// Names of the files that a query lacks for its next stage.
    ///
    /// # Errors
    /// When a supplied file says something impossible.
    pub fn needed(
        &self,
        text: &str,
        limit: usize,
        kind: Option<String>,
        province: Option<String>,
        year: Option<i32>,
    ) -> Result<Array, JsError> {
        let query = Query { text: text.to_owned(), limit, filter: Filter { kind, province, year } };
        let names = self.reader.needed(&query).map_err(error)?;
        Ok(names.iter().map(|name| JsValue::from_str(name)).collect())
    }

    /// Hands a file over.
    ///
    /// # Errors
    /// When the bytes are damaged or belong to another build of the index.
    pub fn supply(&mut self, name: &str, bytes: &[u8]) -> Result<(), JsError> {
        self.reader.supply(name, bytes).map_err(error)
    }

    /// Answers a query: `{total, hits, kinds, provinces, years, notes}`.
    ///
    /// # Errors
    /// When files are lacking, or one of them says something impossible.
    pub fn search(
        &self,
        text: &str,
        limit: usize,
        kind: Option<String>,
        province: Option<String>,
        year: Option<i32>,
    ) -> Result<Object, JsError> {
        let query = Query { text: text.to_owned(), limit, filter: Filter { kind, province, year } };
        Ok(results(&self.reader.search(&query).map_err(error)?))
    }
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
        ("hits", list(&results.hits, hit)),
        ("kinds", list(&results.facets.kinds, count)),
        ("provinces", list(&results.facets.provinces, count)),
        ("years", list(&results.facets.years, count)),
        ("notes", list(&results.notes, note)),
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
