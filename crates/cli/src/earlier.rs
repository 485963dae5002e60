//! The conditions of a portal published earlier, for comparison with today's: what a school checked last month is
//! judged under both.

use std::path::Path;

use content::Language;
use rules::{Declaration, Program, Verdict, parse_fragment, to_fragment};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::{read, report};

/// Name of the conditions in a portal's assets; a hash of the content stands between these parts.
const NAME: (&str, &str) = ("check.", ".bin");

/// A verdict that is another than before. A condition or line that one side does not have is `None` there.
struct Change {
    /// Public id of the condition.
    condition: String,
    /// Line of the declaration, from 0.
    line: Option<usize>,
    /// Under the earlier conditions.
    earlier: Option<Verdict>,
    /// Under those of today.
    now: Option<Verdict>,
}

/// The compiled conditions in the folder of a published portal.
pub(crate) fn conditions(site: &Path) -> Result<Vec<u8>, Failure> {
    let folder = site.join("assets");
    let mut found = read::folder_files(&folder, &|path| {
        path.strip_prefix(NAME.0)
            .and_then(|rest| rest.strip_suffix(NAME.1))
            .is_some_and(|hash| !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })?;
    match (found.pop(), found.is_empty()) {
        (Some((_, bytes)), true) => Ok(bytes),
        _ => Err(Failure::NoConditions { path: site.to_owned() }),
    }
}

/// The same as a program, ready to judge.
pub(crate) fn program(site: &Path) -> Result<Program, Failure> {
    Program::decode(&conditions(site)?)
        .map_err(|error| Failure::Earlier { path: site.to_owned(), reason: error.to_string() })
}

/// Prints what has changed for a declaration.
pub(crate) fn print(program: &Program, earlier: &Program, declaration: &Declaration, language: Language) {
    let found = changes(program, earlier, declaration);
    report::line(&match language {
        Language::Chinese => format!("\n与从前的条件（{}）对照，{} 处结论不同", earlier.hash(), found.len()),
        Language::English => {
            format!(
                "\n{} verdicts differ from those of the earlier conditions ({})",
                found.len(),
                earlier.hash()
            )
        }
    });
    let word = |verdict: Option<Verdict>| match (verdict, language) {
        (Some(verdict), Language::Chinese) => verdict.label(),
        (Some(verdict), Language::English) => verdict.id(),
        (None, Language::Chinese) => "没有这一条",
        (None, Language::English) => "no such condition",
    };
    for Change { condition, line, earlier, now } in found {
        let line = line.map(|line| format!("[{}]", line + 1)).unwrap_or_default();
        report::line(&format!("  {condition}{line}  {} → {}", word(earlier), word(now)));
    }
}

/// The same as JSON: the earlier hash, and each change with `null` where a side has no such condition.
pub(crate) fn as_json(program: &Program, earlier: &Program, declaration: &Declaration) -> Value {
    let id = |verdict: Option<Verdict>| verdict.map(Verdict::id);
    let change = |one: Change| json!({ "id": one.condition, "line": one.line, "earlier": id(one.earlier), "now": id(one.now) });
    json!({
        "conditions_hash": earlier.hash(),
        "changes": changes(program, earlier, declaration).into_iter().map(change).collect::<Vec<_>>(),
    })
}

/// Every verdict on a declaration that the earlier conditions give otherwise, in the order of today's conditions and
/// then of those that are gone. Answers are carried over by id, as in an address: what the earlier conditions did not
/// ask is left out there.
fn changes(program: &Program, earlier: &Program, declaration: &Declaration) -> Vec<Change> {
    let then = parse_fragment(earlier, &to_fragment(program, declaration)).declaration;
    let now = verdicts(program, declaration);
    let before = verdicts(earlier, &then);
    let of = |list: &[Judged], one: &Judged| {
        list.iter().find(|other| (&other.0, other.1) == (&one.0, one.1)).map(|other| other.2)
    };
    let kept = now.iter().map(|one| (one, of(&before, one), Some(one.2)));
    let gone = before.iter().filter(|one| of(&now, one).is_none()).map(|one| (one, Some(one.2), None));
    kept.chain(gone)
        .filter(|(_, earlier, now)| earlier != now)
        .map(|(one, earlier, now)| Change { condition: one.0.clone(), line: one.1, earlier, now })
        .collect()
}

type Judged = (String, Option<usize>, Verdict);

fn verdicts(program: &Program, declaration: &Declaration) -> Vec<Judged> {
    rules::check(program, declaration)
        .into_iter()
        .map(|one| (program.condition_id(one.document, one.condition).to_owned(), one.line, one.verdict))
        .collect()
}
