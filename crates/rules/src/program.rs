//! The compiled form of a rule set: what the evaluator runs on, natively and in the browser.
//!
//! Everything lies in a few flat lists and refers to the others by place: tests are [`Node`]s in prefix order, each of
//! which knows where it ends; ids and texts stand in one string each.
//! A program comes from bytes alone ([`Program::decode`]), so that there is one way to it.

use std::ops::Range;

use crate::condition::{Actor, ConditionKind, Operand, Strength};
use crate::encode::encode;
use crate::fact::{Changeable, Effort, Per, Ruleset};
use crate::phrases::Phrase;
use crate::text::{cut, fill, number};
use crate::verdict::{Finding, Verdict};
use crate::wire::DecodeError;

/// A rule set ready to run.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) facts: Vec<ProgramFact>,
    /// Facts that are asked, in the order of the form, with what each costs.
    pub(crate) asked: Vec<(usize, Effort)>,
    pub(crate) documents: Vec<ProgramDocument>,
    pub(crate) conditions: Vec<ProgramCondition>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) values: Vec<i32>,
    pub(crate) ids: Texts,
    pub(crate) texts: Texts,
    pub(crate) hash: String,
}

/// One fact, as the evaluator needs it.
#[derive(Debug, Clone)]
pub(crate) struct ProgramFact {
    /// Number of its id among the ids; those of its options follow.
    pub(crate) id: usize,
    pub(crate) per: Per,
    pub(crate) changeable: Changeable,
    pub(crate) shape: Shape,
    /// Number of its label in the texts; its unit and then the labels of its options follow.
    pub(crate) label: usize,
}

/// The type of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    Boolean,
    Integer {
        min: i32,
        max: i32,
    },
    Percent,
    Date,
    /// With so many options.
    Choice {
        options: usize,
    },
    Ratio {
        part: usize,
        whole: usize,
    },
    /// Counted over the lines from these facts, which stand among the values.
    Total {
        count: Count,
        facts: Range<usize>,
    },
    Text,
}

/// What a total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    Lines,
    Sum,
    Distinct,
}

/// The conditions of one document.
#[derive(Debug, Clone)]
pub(crate) struct ProgramDocument {
    pub(crate) id: usize,
    pub(crate) archived: bool,
    pub(crate) scope: usize,
    /// Places of its conditions.
    pub(crate) conditions: Range<usize>,
    pub(crate) title: usize,
}

/// One condition; its tests are places in the list of nodes.
#[derive(Debug, Clone)]
pub(crate) struct ProgramCondition {
    pub(crate) id: usize,
    pub(crate) per: Per,
    pub(crate) kind: ConditionKind,
    pub(crate) strength: Strength,
    pub(crate) actor: Actor,
    pub(crate) boundary_unclear: bool,
    pub(crate) interpretation: bool,
    pub(crate) when: usize,
    pub(crate) require: usize,
    /// Number of its first text; see [`ConditionText`].
    pub(crate) texts: usize,
}

/// The texts of a condition, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionText {
    /// One line.
    Title,
    /// The requirement as a sentence.
    Requirement,
    /// Author's sentence where it is met; may be empty.
    SayMet,
    /// Author's sentence where it is not met; may be empty.
    SayNotMet,
    /// Author's sentence where an answer is missing; may be empty.
    SayUnknown,
    /// Number of the clause as printed.
    ClauseLabel,
    /// The words of the clause.
    Quote,
    /// Address of the clause relative to the portal's root.
    Url,
}

/// How many texts a condition has.
pub(crate) const CONDITION_TEXTS: usize = ConditionText::Url as usize + 1;

/// One step of a test: a part with everything below it ends before `end`.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) end: usize,
    pub(crate) step: Step,
}

/// What a node asks.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    All,
    Any,
    Not,
    /// The fact stands in this relation to an operand.
    Compare {
        fact: usize,
        relation: Relation,
        operand: Operand,
    },
    /// The fact lies between both, ends included.
    Between {
        fact: usize,
        low: Operand,
        high: Operand,
    },
    /// The fact is one of these values, or none of them.
    Member {
        fact: usize,
        values: Range<usize>,
        wanted: bool,
    },
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
}

/// Many texts in one string.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pub(crate) all: String,
    pub(crate) ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    pub(crate) fn get(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends.get(number - 1).copied().unwrap_or_default() };
        let end = self.ends.get(number).copied().unwrap_or_default();
        self.all.get(start..end).unwrap_or_default()
    }
}

impl Program {
    /// Compiles a rule set, through its binary form.
    ///
    /// # Errors
    /// Where the rule set contradicts itself: a condition names a fact that is not there, a share is made of facts
    /// that are no counts, tests are nested deeper than 64.
    pub fn new(ruleset: &Ruleset) -> Result<Self, DecodeError> {
        Self::decode(&encode(ruleset))
    }

    /// A short hash of what the conditions ask: it changes with facts, options and conditions, not with wording.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// How many facts there are.
    pub const fn fact_count(&self) -> usize {
        self.facts.len()
    }

    /// Index of the fact with this id.
    pub fn fact_index(&self, id: &str) -> Option<usize> {
        self.facts.iter().position(|fact| self.ids.get(fact.id) == id)
    }

    /// Id of the fact; empty where there is none.
    pub fn fact_id(&self, fact: usize) -> &str {
        self.facts.get(fact).map_or("", |fact| self.ids.get(fact.id))
    }

    /// Label of the fact; empty where there is none.
    pub fn fact_label(&self, fact: usize) -> &str {
        self.facts.get(fact).map_or("", |fact| self.texts.get(fact.label))
    }

    /// Label of the fact in quotation marks, unless it begins with some of its own.
    pub(crate) fn quoted(&self, fact: usize) -> String {
        let label = self.fact_label(fact);
        if cut(label, "“").is_some() { label.to_owned() } else { self.fill(Phrase::Quoted, &[label]) }
    }

    /// Whether the fact is stated for each line.
    pub fn fact_per(&self, fact: usize) -> Per {
        self.facts.get(fact).map_or(Per::School, |fact| fact.per)
    }

    pub(crate) fn unit(&self, fact: usize) -> &str {
        self.facts.get(fact).map_or("", |fact| self.texts.get(fact.label + 1))
    }

    pub(crate) fn option_label(&self, fact: usize, option: i32) -> &str {
        let Some(ProgramFact { shape: Shape::Choice { options }, label, .. }) = self.facts.get(fact) else {
            return "";
        };
        match usize::try_from(option) {
            Ok(option) if option < *options => self.texts.get(label + 2 + option),
            _ => "",
        }
    }

    /// How many documents have conditions.
    pub const fn document_count(&self) -> usize {
        self.documents.len()
    }

    /// Id of the document; empty where there is none.
    pub fn document_id(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |document| self.ids.get(document.id))
    }

    /// Short title of the document; empty where there is none.
    pub fn document_title(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |document| self.texts.get(document.title))
    }

    /// Whether the document is archived, and so never blocks.
    pub fn is_archived(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.archived)
    }

    /// How many conditions the document has.
    pub fn condition_count(&self, document: usize) -> usize {
        self.documents.get(document).map_or(0, |document| document.conditions.len())
    }

    /// Public id of the condition, e.g. `ah-2024/min-examinees`; empty where there is none.
    pub fn condition_id(&self, document: usize, condition: usize) -> &str {
        self.condition(document, condition).map_or("", |condition| self.ids.get(condition.id))
    }

    /// The condition in one line; empty where there is none.
    pub fn condition_title(&self, document: usize, condition: usize) -> &str {
        self.condition(document, condition).map_or("", |condition| self.texts.get(condition.texts))
    }

    /// Who has to act on the condition.
    pub fn condition_actor(&self, document: usize, condition: usize) -> Actor {
        self.condition(document, condition).map_or(Actor::School, |condition| condition.actor)
    }

    /// Whether the condition is judged by line.
    pub fn condition_per(&self, document: usize, condition: usize) -> Per {
        self.condition(document, condition).map_or(Per::School, |condition| condition.per)
    }

    /// A text of the condition a finding is about.
    pub fn condition_text(&self, finding: &Finding, text: ConditionText) -> &str {
        self.condition(finding.document, finding.condition)
            .map_or("", |condition| self.texts.get(condition.texts + text as usize))
    }

    /// The word for a verdict, e.g. 不符合.
    pub fn verdict_word(&self, verdict: Verdict) -> &str {
        self.texts.get(Phrase::WordNotApplicable as usize + verdict as usize)
    }

    /// The shape of a verdict, e.g. ✗.
    pub fn verdict_shape(&self, verdict: Verdict) -> &str {
        self.texts.get(Phrase::ShapeNotApplicable as usize + verdict as usize)
    }

    pub(crate) fn condition(&self, document: usize, condition: usize) -> Option<&ProgramCondition> {
        self.conditions_of(self.documents.get(document)?).get(condition)
    }

    pub(crate) fn conditions_of(&self, document: &ProgramDocument) -> &[ProgramCondition] {
        self.conditions.get(document.conditions.clone()).unwrap_or_default()
    }

    /// Id of an option of a choice; empty where there is none.
    pub(crate) fn option_id(&self, fact: usize, option: i32) -> &str {
        let Some(ProgramFact { shape: Shape::Choice { options }, id, .. }) = self.facts.get(fact) else {
            return "";
        };
        match usize::try_from(option) {
            Ok(option) if option < *options => self.ids.get(id + 1 + option),
            _ => "",
        }
    }

    /// What a line is called: 第 1 个证书.
    pub fn line_name(&self, line: usize) -> String {
        self.fill(Phrase::PageLine, &[&number(line as i64 + 1)])
    }

    /// That an address was written under other conditions.
    pub fn other_conditions(&self) -> &str {
        self.phrase(Phrase::PageOtherConditions)
    }

    pub(crate) fn phrase(&self, phrase: Phrase) -> &str {
        self.texts.get(phrase as usize)
    }

    pub(crate) fn fill(&self, phrase: Phrase, arguments: &[&str]) -> String {
        fill(self.phrase(phrase), arguments)
    }
}
