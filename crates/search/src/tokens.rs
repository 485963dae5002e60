//! Atoms made into the terms that are indexed and looked up: pairs of Han characters, words, numbers in every useful form.
//!
//! | text | terms |
//! |---|---|
//! | 试点院校 | 试点 点院 院校, and the last character alone: every occurrence of a character begins exactly one term |
//! | a word of the vocabulary | itself, however long |
//! | `ahxzsbg@126.com` | whole and its parts |
//! | `0771-6709558` | whole, its parts, its digits alone |
//! | `9 月` | `9` and `9月` |
//! | `国发〔2024〕22号` | `2024/22` and `国发2024/22`, besides the numbers; as nobody knows where the issuer's name begins, with two to six characters of it |

use crate::atoms::{Atom, Atoms, Gap};
use crate::vocabulary::Vocabulary;

/// What kind of term a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Two Han characters beside each other.
    Pair,
    /// The last Han character of a run.
    Single,
    /// A word of the vocabulary with three or more atoms, or with letters or digits in it.
    Word,
    /// Letters and digits as they stand.
    Plain,
    /// A part or another form of the plain token at the same position.
    Part,
    /// A number and the Han character after it.
    Counted,
    /// Year and number of a document number.
    DocumentNumber,
    /// The same with what stands before it.
    Issued,
}

/// One term at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) term: &'a str,
    pub(crate) kind: TokenKind,
    /// Index of its first atom.
    pub(crate) atom: usize,
    /// How many atoms it covers.
    pub(crate) span: usize,
}

/// Calls `emit` with every token of the text, in the order of their first atoms.
pub(crate) fn tokens(atoms: &Atoms, vocabulary: &Vocabulary, mut emit: impl FnMut(Token<'_>)) {
    let mut scratch = String::new();
    for (index, atom) in atoms.list.iter().enumerate() {
        let text = atoms.text(atom);
        let mut token = |term: &str, kind, span| emit(Token { term, kind, atom: index, span });
        let next = atoms.list.get(index + 1).filter(|next| next.han && next.gap <= Gap::Space);
        match (atom.han, next) {
            (true, Some(_)) => {
                if let Some(pair) = atoms.joined(index, 2) {
                    token(pair, TokenKind::Pair, 2);
                }
            }
            (true, None) => token(text, TokenKind::Single, 1),
            (false, following) => {
                token(text, TokenKind::Plain, 1);
                parts(text, &mut scratch, |part| token(part, TokenKind::Part, 1));
                if let Some(next) = following
                    && text.bytes().all(|byte| byte.is_ascii_digit())
                {
                    scratch.clear();
                    scratch.push_str(text);
                    scratch.push_str(atoms.text(next));
                    token(&scratch, TokenKind::Counted, 2);
                }
                if let Some(span) = document_number(atoms, index, &mut scratch) {
                    token(&scratch, TokenKind::DocumentNumber, span);
                    for issuer in issuers(atoms, index) {
                        token(&[issuer, &scratch].concat(), TokenKind::Issued, span);
                    }
                }
            }
        }
        vocabulary.words_at(atoms, index, |word, span| {
            if span > 2 || !word.chars().all(crate::atoms::is_han) {
                token(word, TokenKind::Word, span);
            }
        });
    }
}

/// Parts of a word at its joints, and the digits alone of what looks like a telephone number.
fn parts(text: &str, scratch: &mut String, mut emit: impl FnMut(&str)) {
    let joint = |character: char| matches!(character, '.' | '@' | '_' | '-' | '%');
    if !text.contains(joint) {
        return;
    }
    let pieces = || text.split(joint).filter(|piece| !piece.is_empty());
    for piece in pieces() {
        emit(piece);
    }
    if let Some((_, host)) = text.split_once('@') {
        emit(host);
    }
    let digits: usize = pieces().map(str::len).sum();
    if pieces().count() > 1
        && digits >= 7
        && pieces().all(|piece| piece.bytes().all(|byte| byte.is_ascii_digit()))
    {
        scratch.clear();
        scratch.extend(pieces());
        emit(scratch);
    }
}

/// Year and number, where the atom is the year of a document number: `〔2024〕22号`, `2024 22号`, `2024年第22号`.
fn document_number(atoms: &Atoms, year: usize, result: &mut String) -> Option<usize> {
    let digits = |atom: &Atom| atoms.text(atom).bytes().all(|byte| byte.is_ascii_digit());
    let first = atoms.list.get(year).filter(|atom| digits(atom) && atoms.text(atom).len() == 4)?;
    if !atoms.text(first).starts_with("19") && !atoms.text(first).starts_with("20") {
        return None;
    }
    let mut at = year + 1;
    while atoms
        .list
        .get(at)
        .is_some_and(|atom| atom.gap < Gap::Comma && matches!(atoms.text(atom), "年" | "第"))
    {
        at += 1;
    }
    let number = atoms.list.get(at).filter(|atom| !atom.han && atom.gap < Gap::Comma && digits(atom))?;
    let sign = atoms.list.get(at + 1).filter(|atom| atom.gap <= Gap::Space)?;
    if atoms.text(sign) != "号" || atoms.text(number).len() > 4 {
        return None;
    }
    result.clear();
    result.push_str(atoms.text(first));
    result.push('/');
    result.push_str(atoms.text(number).trim_start_matches('0'));
    Some(at + 2 - year)
}

/// What stands directly before the year of a document number: two characters, three, up to six.
fn issuers(atoms: &Atoms, year: usize) -> impl Iterator<Item = &str> {
    (2..=6).map_while(move |length| {
        let first = year.checked_sub(length)?;
        let named = atoms.list.get(first..year)?.iter().all(|atom| atom.han);
        if named { atoms.joined(first, length) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &[&str], expected: &[&str]) {
        let vocabulary = Vocabulary::new(words.iter().map(|word| (*word).to_owned()).collect());
        let mut found = Vec::new();
        tokens(&Atoms::of(text), &vocabulary, |token| found.push(token.term.to_owned()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn makes_pairs_words_and_numbers() {
        check("试点院校", &["试点院校", "试点"], &["试点", "试点院校", "点院", "院校", "校"]);
        check("9 月 4 日", &[], &["9", "9月", "月", "4", "4日", "日"]);
        check("1+X证书", &["1+x证书", "x证书"], &["1+x", "1+x证书", "证书", "书"]);
        check("〔2024〕22 号", &[], &["2024", "2024/22", "22", "22号", "号"]);
        check("国发〔2024〕5号", &[], &["国发", "发", "2024", "2024/5", "国发2024/5", "5", "5号", "号"]);
        check("2019年第43号", &[], &["2019", "2019年", "2019/43", "年第", "第", "43", "43号", "号"]);
        check("0771-6709558", &[], &["0771-6709558", "0771", "6709558", "07716709558"]);
        check("a_b@126.com", &[], &["a_b@126.com", "a", "b", "126", "com", "126.com"]);
        check("360 浏览器", &["360浏览器"], &["360", "360浏", "360浏览器", "浏览", "览器", "器"]);
    }

    #[test]
    fn a_word_does_not_reach_over_punctuation() {
        check("试点，院校", &["试点院校"], &["试点", "点", "院校", "校"]);
    }
}
