//! A rule set as bytes. Runs at build time only.
//!
//! ```text
//! "ZNRS"  version:u8  checksum:u64 little-endian (FNV-1a of all that follows)
//! length of section 1, section 1: facts with ids and types; documents, conditions, tests as prefix operations
//! section 2, to the end: facts in the order in which they are asked, with what each costs; texts, each with its length
//! ```
//!
//! Section 1 decides every verdict; its FNV-1a is the hash of the conditions that shared addresses carry.

use crate::condition::{Comparison, Condition, Operand, Test};
use crate::describe::describe;
use crate::fact::{Fact, FactKind, Ruleset, Total};
use crate::phrases::PHRASES;
use crate::wire::{Writer, fnv1a, zigzag};

/// First bytes of every rule set.
pub(crate) const MAGIC: &[u8; 4] = b"ZNRS";
/// Raised whenever the form changes.
pub(crate) const VERSION: u8 = 2;
/// Magic, version, checksum.
pub(crate) const HEADER_LENGTH: usize = 4 + 1 + 8;

/// Codes of the operations.
pub(crate) mod code {
    pub(crate) const ALL: u8 = 0;
    pub(crate) const ANY: u8 = 1;
    pub(crate) const NOT: u8 = 2;
    pub(crate) const IS: u8 = 3;
    pub(crate) const ONE_OF: u8 = 4;
    pub(crate) const NONE_OF: u8 = 5;
    pub(crate) const AT_LEAST: u8 = 6;
    pub(crate) const AT_MOST: u8 = 7;
    pub(crate) const MORE_THAN: u8 = 8;
    pub(crate) const LESS_THAN: u8 = 9;
    pub(crate) const BETWEEN: u8 = 10;

    pub(crate) const BOOLEAN: u8 = 0;
    pub(crate) const INTEGER: u8 = 1;
    pub(crate) const PERCENT: u8 = 2;
    pub(crate) const DATE: u8 = 3;
    pub(crate) const CHOICE: u8 = 4;
    pub(crate) const RATIO: u8 = 5;
    pub(crate) const TEXT: u8 = 6;
    pub(crate) const LINES: u8 = 7;
    pub(crate) const SUM: u8 = 8;
    pub(crate) const DISTINCT: u8 = 9;
}

/// The rule set as bytes; the same rule set always gives the same bytes.
pub fn encode(ruleset: &Ruleset) -> Vec<u8> {
    let program = program_section(ruleset);
    let mut rest = Writer::default();
    rest.count(program.len());
    rest.bytes.extend_from_slice(&program);
    rest.bytes.extend_from_slice(&page_section(ruleset));

    let mut bytes = Vec::with_capacity(HEADER_LENGTH + rest.bytes.len());
    bytes.extend_from_slice(MAGIC);
    bytes.push(VERSION);
    bytes.extend_from_slice(&fnv1a(&rest.bytes).to_le_bytes());
    bytes.extend_from_slice(&rest.bytes);
    bytes
}

fn program_section(ruleset: &Ruleset) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.count(ruleset.facts.len());
    for fact in &ruleset.facts {
        write_fact(&mut writer, fact);
    }
    writer.count(ruleset.documents.len());
    for document in &ruleset.documents {
        writer.text(&document.document);
        writer.byte(u8::from(document.archived));
        write_test(&mut writer, &document.scope);
        writer.count(document.conditions.len());
        for condition in &document.conditions {
            writer.text(&condition.id);
            writer.byte(condition.per as u8);
            writer.byte(condition.kind as u8);
            writer.byte(condition.strength as u8);
            writer.byte(condition.actor as u8);
            writer.byte(u8::from(condition.boundary_unclear));
            writer.byte(u8::from(condition.interpretation));
            write_test(&mut writer, &condition.when);
            write_test(&mut writer, &condition.require);
        }
    }
    writer.bytes
}

fn write_fact(writer: &mut Writer, fact: &Fact) {
    writer.text(&fact.id);
    writer.byte(fact.per as u8);
    writer.byte(fact.changeable as u8);
    match &fact.kind {
        FactKind::Boolean => writer.byte(code::BOOLEAN),
        FactKind::Integer { min, max } => {
            writer.byte(code::INTEGER);
            writer.signed(*min);
            writer.signed(*max);
        }
        FactKind::Percent => writer.byte(code::PERCENT),
        FactKind::Date => writer.byte(code::DATE),
        FactKind::Choice { options } => {
            writer.byte(code::CHOICE);
            writer.count(options.len());
            options.iter().for_each(|option| writer.text(&option.id));
        }
        FactKind::Ratio { part, whole } => {
            writer.byte(code::RATIO);
            writer.count(*part);
            writer.count(*whole);
        }
        FactKind::Total(total) => {
            writer.byte(match total {
                Total::Lines => code::LINES,
                Total::Sum(_) => code::SUM,
                Total::Distinct(_) => code::DISTINCT,
            });
            if let Total::Distinct(facts) = total {
                writer.count(facts.len());
            }
            total.facts().iter().for_each(|fact| writer.count(*fact));
        }
        FactKind::Text => writer.byte(code::TEXT),
    }
}

fn write_test(writer: &mut Writer, test: &Test) {
    match test {
        Test::All(parts) => write_parts(writer, code::ALL, parts),
        Test::Any(parts) => write_parts(writer, code::ANY, parts),
        Test::Not(part) => {
            writer.byte(code::NOT);
            write_test(writer, part);
        }
        Test::Compare { fact, comparison } => write_comparison(writer, *fact, comparison),
    }
}

fn write_parts(writer: &mut Writer, code: u8, parts: &[Test]) {
    writer.byte(code);
    writer.count(parts.len());
    parts.iter().for_each(|part| write_test(writer, part));
}

fn write_comparison(writer: &mut Writer, fact: usize, comparison: &Comparison) {
    let (code, operands): (u8, &[Operand]) = match comparison {
        Comparison::Is(operand) => (code::IS, &[*operand]),
        Comparison::AtLeast(operand) => (code::AT_LEAST, &[*operand]),
        Comparison::AtMost(operand) => (code::AT_MOST, &[*operand]),
        Comparison::MoreThan(operand) => (code::MORE_THAN, &[*operand]),
        Comparison::LessThan(operand) => (code::LESS_THAN, &[*operand]),
        Comparison::Between(low, high) => (code::BETWEEN, &[*low, *high]),
        Comparison::OneOf(values) => return write_member(writer, code::ONE_OF, fact, values),
        Comparison::NoneOf(values) => return write_member(writer, code::NONE_OF, fact, values),
    };
    writer.byte(code);
    writer.count(fact);
    for operand in operands {
        // The lowest bit tells a fact from a value.
        writer.number(match operand {
            Operand::Value(value) => u64::from(zigzag(*value)) << 1,
            Operand::Fact(fact) => (*fact as u64) << 1 | 1,
        });
    }
}

fn write_member(writer: &mut Writer, code: u8, fact: usize, values: &[i32]) {
    writer.byte(code);
    writer.count(fact);
    writer.count(values.len());
    values.iter().for_each(|value| writer.signed(*value));
}

fn page_section(ruleset: &Ruleset) -> Vec<u8> {
    let mut writer = Writer::default();
    let asked = ruleset.asked();
    writer.count(asked.len());
    for fact in asked {
        writer.count(fact);
        writer.byte(ruleset.facts[fact].effort as u8);
    }
    PHRASES.iter().for_each(|phrase| writer.text(phrase));
    for fact in &ruleset.facts {
        writer.text(&fact.label);
        writer.text(&fact.unit);
        if let FactKind::Choice { options } = &fact.kind {
            options.iter().for_each(|option| writer.text(&option.label));
        }
    }
    for document in &ruleset.documents {
        writer.text(&document.title);
        for condition in &document.conditions {
            condition_texts(condition, ruleset).iter().for_each(|text| writer.text(text));
        }
    }
    writer.bytes
}

/// In the order of [`crate::ConditionText`].
fn condition_texts(condition: &Condition, ruleset: &Ruleset) -> [String; crate::program::CONDITION_TEXTS] {
    [
        condition.title.clone(),
        describe(&condition.require, ruleset),
        condition.say.met.clone(),
        condition.say.not_met.clone(),
        condition.say.unknown.clone(),
        condition.citation.clause_label.clone(),
        condition.citation.quote.clone(),
        condition.citation.url.clone(),
    ]
}
