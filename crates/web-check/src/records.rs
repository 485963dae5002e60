//! What the form has to show, as text, so that nothing but strings crosses the border.

use rules::{Fragment, Program, Roles, decimal};

/// Between two fields.
const FIELD: char = '\u{1f}';
/// After each record.
const RECORD: char = '\u{1e}';

/// Adds a record; control characters in what people typed are left out.
#[inline(never)]
fn add(records: &mut String, kind: char, key: &str, text: &str) {
    records.push(kind);
    for field in [key, text] {
        records.push(FIELD);
        field.chars().filter(|one| *one >= ' ').for_each(|one| records.push(one));
    }
    records.push(RECORD);
}

/// Everything about a fragment that is no verdict. Each record is a kind and two
/// fields:
///
/// | kind | fields |
/// |---|---|
/// | `#` | empty, the declaration as a fragment |
/// | `n` | empty, how many lines it has |
/// | `a` | key, value: every answer that was understood |
/// | `p` | key, text: what was not understood, or cannot be right; of one key the last holds |
/// | `o` | empty, text: that the fragment was written under other conditions |
/// | `t` | label, value: every computed fact that is known |
/// | `q` | key, reason: the next best question for those who look after these actors' conditions |
pub(crate) fn records(program: &Program, read: &Fragment, roles: Roles) -> String {
    let plan = &read.declaration;
    let mut records = String::new();
    add(&mut records, '#', "", &rules::to_fragment(program, plan));
    add(&mut records, 'n', "", &decimal(plan.lines.len() as u32));
    for (key, value) in rules::answers(program, plan) {
        add(&mut records, 'a', &key, &value);
    }
    for problem in &read.problems {
        add(&mut records, 'p', &problem.key, &problem.text);
    }
    for problem in rules::problems(program, plan) {
        add(&mut records, 'p', &program.answer_key(problem.fact, problem.line), &problem.text);
    }
    if !read.hash.is_empty() && read.hash != program.hash() {
        add(&mut records, 'o', "", program.other_conditions());
    }
    for (fact, value) in rules::computed(program, plan) {
        add(&mut records, 't', program.fact_label(fact), &value);
    }
    if let Some(question) = rules::next_question(program, plan, roles) {
        let key = program.answer_key(question.fact, question.line);
        add(&mut records, 'q', &key, &program.question_reason(&question));
    }
    records
}
