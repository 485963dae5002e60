//! Where a day stands in the windows, as plain text.

use rules::{Date, Program};

/// One line per window that applies or may apply; see [`crate::windows`].
pub(crate) fn windows(program: &Program, fragment: &str, day: Date) -> String {
    let plan = rules::parse_fragment(program, fragment).declaration;
    let mut text = String::new();
    for document in 0..program.document_count() {
        for condition in 0..program.condition_count(document) {
            if let Some(status) = rules::window_status(program, &plan, document, condition, day) {
                text.push_str(program.condition_id(document, condition));
                text.push('\t');
                text.push_str(&program.window_sentence(status.state));
                text.push('\n');
            }
        }
    }
    text
}
