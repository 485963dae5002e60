//! What comes out of addresses, plan files and the file with the conditions that the browser fetches.

use std::sync::LazyLock;

use content::{Source, read_plan};
use rules::{
    Declaration, MOST_LINES, Program, Roles, answers, check, computed, encode, explain, hints, next_question,
    parse_fragment, problems, to_fragment,
};

use super::number;
use super::portal::{BASE, PROGRAM, look_at};

/// What stands behind `#` on the check page: read, judged, and written so that it is read again as the same.
pub(crate) fn fragment(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let read = parse_fragment(&PROGRAM, &text);
    assert!(read.declaration.lines.len() <= MOST_LINES);
    judge(&PROGRAM, &read.declaration);
    let written = to_fragment(&PROGRAM, &read.declaration);
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"#&=%-_.~".contains(&byte);
    assert!(written.bytes().all(safe), "{written}");
    let again = parse_fragment(&PROGRAM, &written);
    assert_eq!(again.problems, [], "{written}");
    assert_eq!(answers(&PROGRAM, &again.declaration), answers(&PROGRAM, &read.declaration), "{written}");
    assert_eq!(again.declaration.name, read.declaration.name);
    assert_eq!(to_fragment(&PROGRAM, &again.declaration), written);
}

/// A plan file, YAML or JSON.
pub(crate) fn plan(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (declarations, found) = read_plan(&Source { path: "plan.yaml".to_owned(), text }, &BASE.ruleset);
    found.iter().for_each(look_at);
    for declaration in declarations.iter().take(20) {
        judge(&PROGRAM, declaration);
    }
}

static ENCODED: LazyLock<Vec<u8>> = LazyLock::new(|| encode(&BASE.ruleset));

/// The file of conditions with a stretch replaced: from where, how much, by what. It ends in an error or in a program that judges.
pub(crate) fn program(bytes: &[u8]) {
    let (from, rest) = number(bytes);
    let (removed, rest) = number(rest);
    let from = usize::from(from) % (ENCODED.len() + 1);
    let to = (from + usize::from(removed) % 16).min(ENCODED.len());
    let damaged = [&ENCODED[..from], rest, &ENCODED[to..]].concat();
    for bytes in [sealed(damaged), rest.to_vec()] {
        if let Ok(program) = Program::decode(&bytes) {
            for scenario in &BASE.scenarios {
                judge(&program, &scenario.declaration);
            }
        }
    }
}

/// With the checksum that these bytes should have: FNV-1a of what stands behind magic, version and checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some((head, rest)) = bytes.split_at_mut_checked(13) {
        let hash = rest.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        head[5..].copy_from_slice(&hash.to_le_bytes());
    }
    bytes
}

/// Everything that is asked of a program about a declaration.
pub(crate) fn judge(program: &Program, declaration: &Declaration) {
    for finding in check(program, declaration) {
        explain(program, declaration, &finding);
        hints(program, declaration, &finding);
    }
    problems(program, declaration);
    computed(program, declaration);
    if let Some(question) = next_question(program, declaration, Roles::ALL) {
        program.question_reason(&question);
    }
    to_fragment(program, declaration);
}
