//! Fields `cite` and `quote`, which many records have.

use crate::fields::{Fields, Reporter};
use crate::format::guide::SENTENCE;
use crate::model::{CitedText, ClauseReference};
use crate::references::References;
use crate::yaml::Node;

/// Reads `cite` (required) and `quote` (optional, must stand in the clause).
pub(crate) fn cited(
    fields: &mut Fields<'_>,
    references: &References,
    reporter: &mut Reporter,
) -> Option<(ClauseReference, String)> {
    let cite = required(fields, references, reporter);
    let quote = fields.optional_text("quote", reporter);
    let span = fields.optional("quote").map(|node| node.span.clone());
    let cite = cite?;
    if let Some(span) = span {
        references.verify_quote(&cite, &quote, span, reporter);
    }
    Some((cite, quote))
}

/// Reads `cite`, which must be there.
pub(crate) fn required(
    fields: &mut Fields<'_>,
    references: &References,
    reporter: &mut Reporter,
) -> Option<ClauseReference> {
    let node = fields.required("cite", reporter)?;
    clause(node, references, reporter)
}

/// Reads `cite`, which may be absent.
pub(crate) fn optional(
    fields: &mut Fields<'_>,
    references: &References,
    reporter: &mut Reporter,
) -> Option<ClauseReference> {
    let node = fields.optional("cite")?;
    clause(node, references, reporter)
}

fn clause(node: &Node, references: &References, reporter: &mut Reporter) -> Option<ClauseReference> {
    let text = crate::fields::text_of(node, reporter)?;
    references.clause(&text, node.span.clone(), reporter)
}

/// Reads a list of sentences with their clauses.
pub(crate) fn sentences(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<CitedText> {
    let mut sentences = Vec::new();
    for item in crate::fields::list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &SENTENCE, reporter) else { continue };
        let text = fields.text("text", reporter);
        fields.optional("covers");
        let cited = cited(&mut fields, references, reporter);
        fields.finish(reporter);
        if let Some((cite, quote)) = cited {
            sentences.push(CitedText { text, cite, quote });
        }
    }
    sentences
}
