//! A declaration in the fragment of an address, the only form in which one leaves the page:
//! `#v=1&r=<hash of conditions>&province=AH&l1.planned=60`. Keys are ids of facts, `l1.` and so on name lines. `v` is
//! the version of this form, `r` the hash, `n` the number of lines where the last has no answer, `name` what the
//! declaration is called, `role` who looks at it, which the page keeps to itself.

use crate::declaration::{Answers, Declaration};
use crate::fact::Per;
use crate::phrases::Phrase;
use crate::problems::wrong_form;
use crate::program::Program;
use crate::text::{cut, number, read_number};

/// More lines than any school plans; keeps an address from asking for a million.
pub const MOST_LINES: usize = 200;

/// Keys that mean something else than an answer; no fact may be called so.
pub const RESERVED_KEYS: [&str; 5] = ["v", "r", "n", "role", "name"];

/// What a fragment says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The answers that were understood.
    pub declaration: Declaration,
    /// Hash of the conditions under which it was written; empty where it says none. Compare with [`Program::hash`].
    pub hash: String,
    /// What was not understood.
    pub problems: Vec<FragmentProblem>,
}

/// A key or value that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FragmentProblem {
    /// The key, e.g. `l1.planned`.
    pub key: String,
    /// What is wrong, in Chinese.
    pub text: String,
}

/// Reads a fragment, with or without its `#`. Never fails: what is not understood is reported and left out.
pub fn parse_fragment(program: &Program, fragment: &str) -> Fragment {
    let mut read = Fragment::default();
    let mut rest = fragment.strip_prefix("#").unwrap_or(fragment);
    while !rest.is_empty() {
        let (pair, after) = cut(rest, "&").unwrap_or((rest, ""));
        rest = after;
        if pair.is_empty() {
            continue;
        }
        let (key, value) = cut(pair, "=").unwrap_or((pair, ""));
        let (key, value) = (percent_decode(key), percent_decode(value));
        match key.as_str() {
            "v" | "role" => {}
            "name" => read.declaration.name = value,
            "r" => read.hash = value,
            "n" => {
                let lines = read_number(&value).and_then(|lines| usize::try_from(lines).ok());
                match lines {
                    Some(lines @ 0..=MOST_LINES) => {
                        let most = lines.max(read.declaration.lines.len());
                        read.declaration.lines.resize_with(most, Answers::default);
                    }
                    _ => read.unknown(program, key),
                }
            }
            _ => read_pair(program, &key, &value, &mut read),
        }
    }
    read
}

impl Fragment {
    fn unknown(&mut self, program: &Program, key: String) {
        let text = program.fill(Phrase::ProblemKey, &[&key]);
        self.problems.push(FragmentProblem { key, text });
    }
}

fn read_pair(program: &Program, key: &str, value: &str, read: &mut Fragment) {
    let (line, id) = match cut(key, ".") {
        Some((line, id)) => {
            (line.strip_prefix("l").and_then(read_number).and_then(|line| usize::try_from(line).ok()), id)
        }
        None => (Some(0), key),
    };
    let place = match (line, program.fact_index(id)) {
        (Some(0), Some(fact)) if program.fact_per(fact) == Per::School && id.len() == key.len() => {
            Some((0, fact))
        }
        (Some(line @ 1..=MOST_LINES), Some(fact)) if program.fact_per(fact) == Per::Line => {
            Some((line, fact))
        }
        _ => None,
    };
    let Some((line, fact)) = place else {
        return read.unknown(program, key.to_owned());
    };
    match program.read_answer(fact, value) {
        Ok(answer) if line == 0 => read.declaration.school.set(fact, answer),
        Ok(answer) => {
            if read.declaration.lines.len() < line {
                read.declaration.lines.resize_with(line, Answers::default);
            }
            if let Some(answers) = read.declaration.lines.get_mut(line - 1) {
                answers.set(fact, answer);
            }
        }
        Err(_) => {
            let text = wrong_form(program, fact, value);
            read.problems.push(FragmentProblem { key: key.to_owned(), text });
        }
    }
}

/// The declaration as a fragment, with its `#`; only `#` where nothing is answered. [`parse_fragment`] reads back
/// exactly what this gives.
pub fn to_fragment(program: &Program, declaration: &Declaration) -> String {
    let mut pairs = String::new();
    for (key, value) in answers(program, declaration) {
        pairs.push('&');
        pairs.push_str(&key);
        pairs.push('=');
        percent_encode(&value, &mut pairs);
    }
    if !declaration.name.is_empty() {
        pairs.push_str("&name=");
        percent_encode(&declaration.name, &mut pairs);
    }
    if pairs.is_empty() {
        return "#".to_owned();
    }
    if declaration.lines.last().is_some_and(Answers::is_empty) {
        pairs.push_str("&n=");
        pairs.push_str(&number(declaration.lines.len() as i64));
    }
    "#v=1&r=".to_owned() + program.hash() + &pairs
}

/// Every answer given, as key (`province`, `l1.planned`) and value as addresses carry it.
pub fn answers(program: &Program, declaration: &Declaration) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut add = |per: Per, line: Option<usize>, answers: &Answers| {
        for fact in 0..program.fact_count() {
            if let (true, Some(answer)) = (program.fact_per(fact) == per, answers.get(fact)) {
                pairs.push((program.answer_key(fact, line), program.write_answer(fact, answer)));
            }
        }
    };
    add(Per::School, None, &declaration.school);
    for (line, answers) in declaration.lines.iter().enumerate() {
        add(Per::Line, Some(line), answers);
    }
    pairs
}

impl Program {
    /// The key of an answer in addresses: `province`, `l1.planned`.
    pub fn answer_key(&self, fact: usize, line: Option<usize>) -> String {
        let mut key = String::new();
        if let Some(line) = line {
            key.push('l');
            key.push_str(&number(line as i64 + 1));
            key.push('.');
        }
        key.push_str(self.fact_id(fact));
        key
    }
}

/// `%E4%BA%BA` to 人, `+` to a space; bytes that are no UTF-8 give an empty text.
fn percent_decode(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let source = text.as_bytes();
    let mut bytes = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        match (byte, digit(source.get(at + 1)), digit(source.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
                continue;
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn percent_encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            into.push(char::from(byte));
        } else {
            into.push('%');
            for digit in [byte >> 4, byte & 15] {
                into.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Test;
    use crate::fixture::*;

    fn some_program() -> Program {
        program(condition(Per::School, Test::ALWAYS))
    }

    #[test]
    fn a_declaration_survives_the_address() {
        let program = some_program();
        let declaration = plan(
            &[(PROVINCE, 1), (DAY, day("2024-09-20")), (BUDGET, 0), (GOOD_SHARE, 4550)],
            &[&[(PLANNED, 60)], &[], &[(FACILITIES, 2), (LEAST, 30)]],
        );
        let declaration = Declaration { name: "A 稿".into(), ..declaration };
        let fragment = to_fragment(&program, &declaration);
        assert_eq!(
            fragment,
            format!(
                "#v=1&r={}&province=SX&submit_date=2024-09-20&budget=no&good_share=45.5%25&l1.planned=60\
                 &l3.min_examinees=30&l3.facilities=none&name=A%20%E7%A8%BF",
                program.hash()
            )
        );
        let read = parse_fragment(&program, &fragment);
        assert_eq!(to_fragment(&program, &read.declaration), fragment);
        assert_eq!((read.hash.as_str(), read.problems.len()), (program.hash(), 0));
        assert_eq!((read.declaration.lines.len(), read.declaration.name.as_str()), (3, "A 稿"));
        let mut longer = declaration;
        longer.lines.extend([Answers::default(), Answers::default()]);
        assert_eq!(parse_fragment(&program, &to_fragment(&program, &longer)).declaration.lines.len(), 5);
        assert_eq!(to_fragment(&program, &Declaration::default()), "#");
    }

    #[test]
    fn what_is_not_understood_is_reported_and_left_out() {
        let program = some_program();
        let read = parse_fragment(
            &program,
            "#v=1&role=city&province=%E9%99%95%E8%A5%BF&bogus=1&planned=3&l1.province=AH&l0.planned=1&l999999999999.planned=1\
             &l201.planned=1&team_total=many&budget=%zz&&l1.planned&n=999",
        );
        assert_eq!(read.declaration.school.get(PROVINCE), Some(1));
        assert_eq!(read.declaration.lines.len(), 1);
        assert_eq!(read.problems[3].key, "l0.planned");
        let texts: Vec<String> = read.problems.into_iter().map(|problem| problem.text).collect();
        assert_eq!(
            texts,
            [
                "地址中的“bogus”不是本检查的问题，未采用",
                "地址中的“planned”不是本检查的问题，未采用",
                "地址中的“l1.province”不是本检查的问题，未采用",
                "地址中的“l0.planned”不是本检查的问题，未采用",
                "地址中的“l999999999999.planned”不是本检查的问题，未采用",
                "地址中的“l201.planned”不是本检查的问题，未采用",
                "“团队人数”填写的“many”不是有效的整数",
                "“经费列入预算”填写的“%zz”不是有效的“是”或“否”",
                "地址中的“n”不是本检查的问题，未采用",
            ]
        );
    }
}
