//! Facts: the questions a declaration answers.

use serde::Serialize;

use crate::condition::DocumentRules;

/// All facts and the conditions of every document, typed and resolved.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ruleset {
    /// Groups of questions, in the order of the form.
    pub groups: Vec<FactGroup>,
    /// Facts in the order they are declared; conditions refer to them by index into this list.
    pub facts: Vec<Fact>,
    /// One entry per document that has conditions.
    pub documents: Vec<DocumentRules>,
}

/// A heading of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactGroup {
    /// ASCII id.
    pub id: String,
    /// Heading in Chinese.
    pub label: String,
}

/// One thing a declaration can state.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// ASCII id; public and fixed for ever (addresses, CSV heads, tests).
    pub id: String,
    /// Short name in Chinese, as in messages and table heads.
    pub label: String,
    /// The question as the form asks it; empty for a computed fact.
    pub question: String,
    /// A sentence of help under the question; may be empty.
    pub help: String,
    /// Id of the [`FactGroup`].
    pub group: String,
    /// Place in its group; smaller first, then order of declaration.
    pub order: u32,
    /// Whether it is stated once or for each line.
    pub per: Per,
    /// Type of its value.
    pub kind: FactKind,
    /// Unit shown behind the number (人, 年); may be empty.
    pub unit: String,
    /// What it costs to find the answer.
    pub effort: Effort,
    /// Whether the school can change it before it applies.
    pub changeable: Changeable,
}

/// Whether something holds for the whole school or for one certificate and level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Once per declaration.
    School,
    /// Once per line, that is per certificate and level.
    Line,
}

/// The type of a fact, with the shape of its value as an `i32`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// 0 no, 1 yes.
    Boolean,
    /// A whole number within both bounds.
    Integer {
        /// Smallest value accepted.
        min: i32,
        /// Largest value accepted.
        max: i32,
    },
    /// Hundredths of a percent: 50 % is 5000.
    Percent,
    /// Days since 1970-01-01, see [`crate::Date`].
    Date,
    /// Index into the options.
    Choice {
        /// The options in order.
        options: Vec<Choice>,
    },
    /// A share computed from two counts; compared exactly, by cross multiplication. Never asked.
    Ratio {
        /// Index of the fact above the line.
        part: usize,
        /// Index of the fact below the line; a whole of 0 leaves the share unknown.
        whole: usize,
    },
    /// A whole number counted over the lines. Never asked; not known without a line, nor where a line lacks an answer
    /// it needs.
    Total(Total),
    /// Free text that no condition reads.
    Text,
}

/// What is counted over the lines of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Total {
    /// How many lines there are.
    Lines,
    /// The sum of a fact of the lines, by index.
    Sum(usize),
    /// How many different combinations of answers to these facts of the lines there are.
    Distinct(Vec<usize>),
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// ASCII id.
    pub id: String,
    /// Chinese label.
    pub label: String,
}

/// What it costs a school to find the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Known at the desk.
    Known,
    /// Has to be looked up in the school.
    LookUp,
    /// Has to be asked of the evaluation organisation.
    AskOrganisation,
}

/// Whether a school can change a fact before it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Changeable {
    /// Within days.
    Yes,
    /// Within a year or more.
    Slow,
    /// Not at all.
    No,
}

impl FactKind {
    /// Whether the fact is computed from others, and so never asked.
    pub const fn is_computed(&self) -> bool {
        matches!(self, Self::Ratio { .. } | Self::Total(_))
    }

    /// Whether its values are whole numbers, which compare with each other.
    pub const fn is_whole_number(&self) -> bool {
        matches!(self, Self::Integer { .. } | Self::Total(_))
    }

    /// Indices of the facts it is computed from; none for a fact that is asked.
    pub fn made_of(&self) -> Vec<usize> {
        match self {
            Self::Ratio { part, whole } => vec![*part, *whole],
            Self::Total(total) => total.facts().to_vec(),
            _ => Vec::new(),
        }
    }
}

impl Total {
    /// The facts of the lines it reads.
    pub const fn facts(&self) -> &[usize] {
        match self {
            Self::Lines => &[],
            Self::Sum(fact) => std::slice::from_ref(fact),
            Self::Distinct(facts) => facts.as_slice(),
        }
    }
}

impl Ruleset {
    /// Indices of the facts that are asked, in the order of the form: those of the school, then those of a line, each
    /// by group, order and declaration.
    pub fn asked(&self) -> Vec<usize> {
        let group = |fact: &Fact| self.groups.iter().position(|group| group.id == fact.group);
        let mut asked: Vec<usize> =
            (0..self.facts.len()).filter(|fact| !self.facts[*fact].kind.is_computed()).collect();
        asked.sort_by_key(|fact| {
            let fact = &self.facts[*fact];
            (fact.per as u8, group(fact), fact.order)
        });
        asked
    }

    /// Index of the fact with this id.
    pub fn fact_index(&self, id: &str) -> Option<usize> {
        self.facts.iter().position(|fact| fact.id == id)
    }
}
