//! Small changes to a test, as an author could slip: another operator, a number one off, an option too few, a part left out.

use rules::{Comparison, Fact, FactKind, Operand, Test};

use crate::check::value;
use crate::diagnostic::Language;

/// Beyond this many options only the neighbours of a named one are put in its place.
const MANY_OPTIONS: usize = 12;

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The comparison itself.
    Operator {
        /// Id of the fact.
        fact: String,
        /// The word that stands there.
        from: &'static str,
        /// The word in its place.
        to: &'static str,
    },
    /// A number, a day or an option.
    Value {
        /// Id of the fact.
        fact: String,
        /// The value that stands there.
        from: String,
        /// The value in its place.
        to: String,
    },
    /// An option is left out of a list.
    OptionDropped {
        /// Id of the fact.
        fact: String,
        /// The option.
        option: String,
    },
    /// An option is added to a list.
    OptionAdded {
        /// Id of the fact.
        fact: String,
        /// The option.
        option: String,
    },
    /// A part of `all` or `any` is left out; counted from 1.
    PartDropped(usize),
    /// `all` and `any` change places.
    GroupTurned,
    /// `not` is left out.
    NotDropped,
    /// `when` is left out as a whole.
    WhenDropped,
    /// `boundary: unclear` is left out.
    BoundaryDropped,
}

impl Change {
    /// The change in a few words.
    pub fn message(&self, language: Language) -> String {
        let (chinese, english) = match self {
            Self::Operator { fact, from, to } => {
                (format!("{fact}：{from} 换成 {to}"), format!("{fact}: {from} becomes {to}"))
            }
            Self::Value { fact, from, to } => {
                (format!("{fact}：{from} 换成 {to}"), format!("{fact}: {from} becomes {to}"))
            }
            Self::OptionDropped { fact, option } => {
                (format!("{fact}：去掉 {option}"), format!("{fact}: {option} is left out"))
            }
            Self::OptionAdded { fact, option } => {
                (format!("{fact}：加上 {option}"), format!("{fact}: {option} is added"))
            }
            Self::PartDropped(number) => {
                (format!("去掉第 {number} 部分"), format!("part {number} is left out"))
            }
            Self::GroupTurned => ("all 与 any 互换".to_owned(), "all and any change places".to_owned()),
            Self::NotDropped => ("去掉 not".to_owned(), "not is left out".to_owned()),
            Self::WhenDropped => ("去掉整个 when".to_owned(), "when is left out".to_owned()),
            Self::BoundaryDropped => {
                ("去掉 boundary: unclear".to_owned(), "boundary: unclear is left out".to_owned())
            }
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// Every test that differs from this one by one small change.
pub(crate) fn variants(test: &Test, facts: &[Fact]) -> Vec<(Test, Change)> {
    match test {
        Test::All(parts) => group(parts, facts, Test::All, Test::Any),
        Test::Any(parts) => group(parts, facts, Test::Any, Test::All),
        Test::Not(part) => {
            let inside = variants(part, facts);
            let mut all: Vec<_> =
                inside.into_iter().map(|(part, change)| (Test::Not(Box::new(part)), change)).collect();
            all.push(((**part).clone(), Change::NotDropped));
            all
        }
        Test::Compare { fact, comparison } => match facts.get(*fact) {
            Some(of) => comparisons(comparison, of)
                .into_iter()
                .map(|(comparison, change)| (Test::Compare { fact: *fact, comparison }, change))
                .collect(),
            None => Vec::new(),
        },
    }
}

fn group(
    parts: &[Test],
    facts: &[Fact],
    same: fn(Vec<Test>) -> Test,
    other: fn(Vec<Test>) -> Test,
) -> Vec<(Test, Change)> {
    let mut all = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        for (changed, change) in variants(part, facts) {
            let mut parts = parts.to_vec();
            parts[index] = changed;
            all.push((same(parts), change));
        }
        if parts.len() > 1 {
            let mut parts = parts.to_vec();
            parts.remove(index);
            all.push((same(parts), Change::PartDropped(index + 1)));
        }
    }
    if parts.len() > 1 {
        all.push((other(parts.to_vec()), Change::GroupTurned));
    }
    all
}

fn comparisons(comparison: &Comparison, fact: &Fact) -> Vec<(Comparison, Change)> {
    use Comparison::{AtLeast, AtMost, Between, Is, LessThan, MoreThan, NoneOf, OneOf};
    let mut all: Vec<(Comparison, Change)> = Vec::new();
    let operator = |to: Comparison| {
        let change =
            Change::Operator { fact: fact.id.clone(), from: word(comparison, fact), to: word(&to, fact) };
        (to, change)
    };
    match comparison {
        Is(right) => {
            all.extend(values(*right, fact).map(|(right, change)| (Is(right), change)));
            if is_ordered(fact) {
                all.extend([operator(AtLeast(*right)), operator(AtMost(*right))]);
            }
        }
        AtLeast(right) => {
            all.extend(values(*right, fact).map(|(right, change)| (AtLeast(right), change)));
            all.extend([operator(AtMost(*right)), operator(MoreThan(*right))]);
        }
        AtMost(right) => {
            all.extend(values(*right, fact).map(|(right, change)| (AtMost(right), change)));
            all.extend([operator(AtLeast(*right)), operator(LessThan(*right))]);
        }
        MoreThan(right) => {
            all.extend(values(*right, fact).map(|(right, change)| (MoreThan(right), change)));
            all.extend([operator(LessThan(*right)), operator(AtLeast(*right))]);
        }
        LessThan(right) => {
            all.extend(values(*right, fact).map(|(right, change)| (LessThan(right), change)));
            all.extend([operator(MoreThan(*right)), operator(AtMost(*right))]);
        }
        Between(low, high) => {
            all.extend(values(*low, fact).map(|(low, change)| (Between(low, *high), change)));
            all.extend(values(*high, fact).map(|(high, change)| (Between(*low, high), change)));
            all.extend([operator(AtLeast(*low)), operator(AtMost(*high))]);
        }
        OneOf(list) => {
            all.extend(lists(list, fact).into_iter().map(|(list, change)| (OneOf(list), change)));
            all.push(operator(NoneOf(list.clone())));
        }
        NoneOf(list) => {
            all.extend(lists(list, fact).into_iter().map(|(list, change)| (NoneOf(list), change)));
            all.push(operator(OneOf(list.clone())));
        }
    }
    all
}

const fn is_ordered(fact: &Fact) -> bool {
    !matches!(fact.kind, FactKind::Boolean | FactKind::Choice { .. } | FactKind::Text)
}

/// The word an author writes for a comparison.
const fn word(comparison: &Comparison, fact: &Fact) -> &'static str {
    let date = matches!(fact.kind, FactKind::Date);
    match comparison {
        Comparison::Is(_) => "is",
        Comparison::OneOf(_) => "one_of",
        Comparison::NoneOf(_) => "none_of",
        Comparison::AtLeast(_) if date => "on_or_after",
        Comparison::AtLeast(_) => "at_least",
        Comparison::AtMost(_) if date => "on_or_before",
        Comparison::AtMost(_) => "at_most",
        Comparison::MoreThan(_) if date => "after",
        Comparison::MoreThan(_) => "more_than",
        Comparison::LessThan(_) if date => "before",
        Comparison::LessThan(_) => "less_than",
        Comparison::Between(..) => "between",
    }
}

/// A constant one step up and one down, or another option; nothing for another fact.
fn values(operand: Operand, fact: &Fact) -> impl Iterator<Item = (Operand, Change)> {
    let written = match operand {
        Operand::Value(value) => Some(value),
        Operand::Fact(_) => None,
    };
    let others = written.map_or_else(Vec::new, |value| match &fact.kind {
        FactKind::Boolean => vec![1 - value],
        FactKind::Choice { options } => {
            let count = options.len() as i32;
            (0..count).filter(|option| *option != value && is_near(*option, value, options.len())).collect()
        }
        // A whole percent: the shares of a real team differ by more than a hundredth of it.
        FactKind::Percent | FactKind::Ratio { .. } => vec![value - 100, value + 100],
        _ => vec![value - 1, value + 1],
    });
    let show = |value: i32| value::canonical(fact, value);
    let from = written.map_or_else(String::new, show);
    let changes: Vec<_> = others
        .into_iter()
        .map(|other| {
            let change = Change::Value { fact: fact.id.clone(), from: from.clone(), to: show(other) };
            (Operand::Value(other), change)
        })
        .collect();
    changes.into_iter()
}

fn is_near(option: i32, named: i32, count: usize) -> bool {
    count <= MANY_OPTIONS || (option - named).abs() == 1
}

/// Each listed value left out, and values that are not listed added.
fn lists(list: &[i32], fact: &Fact) -> Vec<(Vec<i32>, Change)> {
    let show = |value: i32| value::canonical(fact, value);
    let dropped = list.iter().filter(|_| list.len() > 1).map(|value| {
        let rest = list.iter().copied().filter(|other| other != value).collect();
        (rest, Change::OptionDropped { fact: fact.id.clone(), option: show(*value) })
    });
    let candidates: Vec<i32> = match &fact.kind {
        FactKind::Choice { options } => (0..options.len() as i32)
            .filter(|option| list.iter().any(|named| is_near(*option, *named, options.len())))
            .collect(),
        _ => list.iter().flat_map(|value| [value - 1, value + 1]).collect(),
    };
    let added = candidates.into_iter().filter(|value| !list.contains(value)).map(|value| {
        let more = list.iter().copied().chain([value]).collect();
        (more, Change::OptionAdded { fact: fact.id.clone(), option: show(value) })
    });
    dropped.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use rules::{Changeable, Choice, Effort, Per};

    use super::*;

    fn fact(id: &str, kind: FactKind) -> Fact {
        Fact {
            id: id.into(),
            label: id.into(),
            question: id.into(),
            help: String::new(),
            group: "a".into(),
            order: 0,
            per: Per::School,
            kind,
            unit: String::new(),
            effort: Effort::Known,
            changeable: Changeable::Yes,
        }
    }

    fn changes(kind: FactKind, comparison: Comparison) -> Vec<String> {
        let facts = [fact("a", kind)];
        let test = Test::Compare { fact: 0, comparison };
        variants(&test, &facts).iter().map(|(_, change)| change.message(Language::English)).collect()
    }

    #[test]
    fn every_slip_is_made_once() {
        let count = || FactKind::Integer { min: 0, max: 99 };
        assert_eq!(
            changes(count(), Comparison::AtLeast(Operand::Value(10))),
            [
                "a: 10 becomes 9",
                "a: 10 becomes 11",
                "a: at_least becomes at_most",
                "a: at_least becomes more_than"
            ]
        );
        let days = Comparison::Between(Operand::Value(0), Operand::Value(31));
        assert_eq!(
            changes(FactKind::Date, days),
            [
                "a: 1970-01-01 becomes 1969-12-31",
                "a: 1970-01-01 becomes 1970-01-02",
                "a: 1970-02-01 becomes 1970-01-31",
                "a: 1970-02-01 becomes 1970-02-02",
                "a: between becomes on_or_after",
                "a: between becomes on_or_before"
            ]
        );
        assert_eq!(changes(FactKind::Boolean, Comparison::Is(Operand::Value(1))), ["a: yes becomes no"]);
        let options = ["x", "y", "z"].map(|id| Choice { id: id.into(), label: id.into() }).to_vec();
        assert_eq!(
            changes(FactKind::Choice { options }, Comparison::OneOf(vec![0, 1])),
            ["a: x is left out", "a: y is left out", "a: z is added", "a: one_of becomes none_of"]
        );
        assert_eq!(
            changes(FactKind::Percent, Comparison::AtLeast(Operand::Value(5000)))[0],
            "a: 50% becomes 49%"
        );
    }

    #[test]
    fn parts_are_left_out_and_groups_turned() {
        let is = |value| Test::Compare { fact: 0, comparison: Comparison::Is(Operand::Value(value)) };
        let facts = [fact("a", FactKind::Boolean)];
        let group = Test::All(vec![is(1), Test::Not(Box::new(is(0)))]);
        let messages: Vec<String> =
            variants(&group, &facts).iter().map(|(_, change)| change.message(Language::English)).collect();
        assert_eq!(
            messages,
            [
                "a: yes becomes no",
                "part 1 is left out",
                "a: no becomes yes",
                "not is left out",
                "part 2 is left out",
                "all and any change places"
            ]
        );
    }
}
