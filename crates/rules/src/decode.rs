//! Bytes back to a program. Everything the evaluator relies on is checked here: indices, codes, nesting, lengths.

use crate::condition::{Actor, ConditionKind, Operand, Strength};
use crate::encode::{HEADER_LENGTH, MAGIC, VERSION, code};
use crate::fact::{Changeable, Effort, Per};
use crate::phrases::PHRASE_COUNT;
use crate::program::{
    CONDITION_TEXTS, Count, Node, Program, ProgramCondition, ProgramDocument, ProgramFact, Relation, Shape,
    Step, Texts,
};
use crate::wire::{DecodeError, Reader, fnv1a, unzigzag};

/// Tests nested deeper are refused, so that evaluating them cannot exhaust the stack.
const DEEPEST: usize = 64;

/// A short hash of what the conditions in these bytes ask: FNV-1a (64 bits, folded to 32) of the program section,
/// as eight hexadecimal digits; of all the bytes where they are no rule set.
pub fn conditions_hash(bytes: &[u8]) -> String {
    let section = sections(bytes).map_or(bytes, |(program, _)| program);
    let hash = fnv1a(section);
    hexadecimal((hash >> 32) as u32 ^ hash as u32)
}

fn hexadecimal(number: u32) -> String {
    (0..8).rev().filter_map(|place| char::from_digit((number >> (place * 4)) & 15, 16)).collect()
}

impl Program {
    /// Reads what [`crate::encode`] wrote.
    ///
    /// # Errors
    /// For any other bytes; never panics, never allocates much more than the bytes take.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let stated = bytes.get(5..HEADER_LENGTH).ok_or(DecodeError::WrongLength)?;
        let (program, page) = sections(bytes)?;
        if fnv1a(&bytes[HEADER_LENGTH..]).to_le_bytes() != stated {
            return Err(DecodeError::Damaged);
        }
        let mut decoder = Decoder {
            reader: Reader::new(program),
            fact_count: 0,
            nodes: Vec::new(),
            values: Vec::new(),
            conditions: Vec::new(),
            ids: Texts::default(),
            texts: PHRASE_COUNT,
        };
        let facts = decoder.facts();
        let documents = decoder.documents();
        decoder.reader.finish()?;
        decoder.reader = Reader::new(page);
        let asked = decoder.asked();
        let texts = decoder.read_texts();
        decoder.reader.finish()?;
        Ok(Self {
            facts,
            documents,
            asked,
            texts,
            conditions: decoder.conditions,
            nodes: decoder.nodes,
            values: decoder.values,
            ids: decoder.ids,
            hash: conditions_hash(bytes),
        })
    }
}

/// Both sections, after the header.
fn sections(bytes: &[u8]) -> Result<(&[u8], &[u8]), DecodeError> {
    if !bytes.starts_with(MAGIC) {
        return Err(DecodeError::NotRules);
    }
    if bytes.get(4) != Some(&VERSION) {
        return Err(DecodeError::OtherVersion);
    }
    let mut reader = Reader::new(bytes.get(HEADER_LENGTH..).unwrap_or_default());
    let length = reader.count();
    let program = reader.bytes(length);
    let page = reader.rest();
    // Whatever is left is the other section.
    reader.bytes(page.len());
    reader.finish()?;
    Ok((program, page))
}

/// Reads without asking for errors: the reader keeps the first, and after it everything reads as nothing.
struct Decoder<'bytes> {
    reader: Reader<'bytes>,
    fact_count: usize,
    nodes: Vec<Node>,
    values: Vec<i32>,
    conditions: Vec<ProgramCondition>,
    ids: Texts,
    /// How many texts the things read so far have.
    texts: usize,
}

impl Decoder<'_> {
    fn facts(&mut self) -> Vec<ProgramFact> {
        self.fact_count = self.reader.count();
        let mut facts = Vec::new();
        for _ in 0..self.fact_count {
            facts.push(self.fact());
        }
        let is_count =
            |fact: usize| matches!(facts.get(fact), Some(ProgramFact { shape: Shape::Integer { .. }, .. }));
        // What a total reads is asked of each line, so that computed facts are never made of computed facts.
        let is_of_line = |fact: usize| {
            facts.get(fact).is_some_and(|fact| {
                fact.per == Per::Line && !matches!(fact.shape, Shape::Ratio { .. } | Shape::Total { .. })
            })
        };
        let is_sound = |fact: &ProgramFact| match &fact.shape {
            Shape::Ratio { part, whole } => is_count(*part) && is_count(*whole),
            Shape::Total { count, facts } => self.values[facts.clone()]
                .iter()
                .all(|of| is_of_line(*of as usize) && (*count != Count::Sum || is_count(*of as usize))),
            _ => true,
        };
        if !facts.iter().all(is_sound) {
            self.reader.refuse();
        }
        facts
    }

    /// Keeps an id and gives its number.
    fn id(&mut self) -> usize {
        self.ids.push(self.reader.text());
        self.ids.ends.len() - 1
    }

    fn fact(&mut self) -> ProgramFact {
        let id = self.id();
        let per = self.per();
        let changeable = self.coded(&[Changeable::Yes, Changeable::Slow, Changeable::No]);
        let label = self.texts;
        self.texts += 2;
        let shape = match self.reader.byte() {
            code::BOOLEAN => Shape::Boolean,
            code::INTEGER => Shape::Integer { min: self.reader.signed(), max: self.reader.signed() },
            code::PERCENT => Shape::Percent,
            code::DATE => Shape::Date,
            code::CHOICE => {
                let options = self.reader.count();
                for _ in 0..options {
                    self.id();
                }
                self.texts += options;
                Shape::Choice { options }
            }
            code::RATIO => Shape::Ratio {
                part: self.reader.index(self.fact_count),
                whole: self.reader.index(self.fact_count),
            },
            code::LINES => self.total(Count::Lines, 0),
            code::SUM => self.total(Count::Sum, 1),
            code::DISTINCT => {
                let count = self.reader.count();
                self.total(Count::Distinct, count)
            }
            other => {
                if other != code::TEXT {
                    self.reader.refuse();
                }
                Shape::Text
            }
        };
        ProgramFact { id, per, changeable, shape, label }
    }

    /// A total made of so many facts, which follow.
    fn total(&mut self, count: Count, facts: usize) -> Shape {
        let start = self.values.len();
        for _ in 0..facts {
            let fact = self.reader.index(self.fact_count);
            self.values.push(fact as i32);
        }
        Shape::Total { count, facts: start..self.values.len() }
    }

    fn asked(&mut self) -> Vec<(usize, Effort)> {
        let mut asked = Vec::new();
        for _ in 0..self.reader.count() {
            asked.push((self.reader.index(self.fact_count), self.coded(&Effort::ALL)));
        }
        asked
    }

    fn read_texts(&mut self) -> Texts {
        let mut texts = Texts::default();
        for _ in 0..self.texts {
            texts.push(self.reader.text());
        }
        texts
    }

    fn per(&mut self) -> Per {
        self.coded(&[Per::School, Per::Line])
    }

    fn flag(&mut self) -> bool {
        self.coded(&[false, true])
    }

    fn documents(&mut self) -> Vec<ProgramDocument> {
        let mut documents = Vec::new();
        for _ in 0..self.reader.count() {
            let id = self.id();
            let archived = self.flag();
            let title = self.texts;
            self.texts += 1;
            let scope = self.test(DEEPEST);
            let start = self.conditions.len();
            for _ in 0..self.reader.count() {
                let condition = self.condition();
                self.conditions.push(condition);
            }
            documents.push(ProgramDocument {
                id,
                archived,
                scope,
                conditions: start..self.conditions.len(),
                title,
            });
        }
        documents
    }

    fn condition(&mut self) -> ProgramCondition {
        let id = self.id();
        let per = self.per();
        let kind = self.coded(&ConditionKind::ALL);
        let strength = self.coded(&Strength::ALL);
        let actor = self.coded(&Actor::ALL);
        let boundary_unclear = self.flag();
        let interpretation = self.flag();
        let texts = self.texts;
        self.texts += CONDITION_TEXTS;
        let (when, require) = (self.test(DEEPEST), self.test(DEEPEST));
        ProgramCondition {
            id,
            per,
            kind,
            strength,
            actor,
            boundary_unclear,
            interpretation,
            when,
            require,
            texts,
        }
    }

    /// One of a list of things; the first where there is an error.
    fn coded<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.reader.index(all.len())]
    }

    /// Reads one test, adds its nodes and gives the place of the first.
    fn test(&mut self, depth: usize) -> usize {
        let place = self.nodes.len();
        // Filled in when its parts are read.
        self.nodes.push(Node { end: place + 1, step: Step::All });
        if depth == 0 {
            self.reader.refuse();
        }
        let step = match self.reader.byte() {
            code::NOT => {
                self.test(depth - 1);
                Step::Not
            }
            group @ (code::ALL | code::ANY) => {
                for _ in 0..self.reader.count() {
                    self.test(depth - 1);
                }
                if group == code::ALL { Step::All } else { Step::Any }
            }
            operation => self.comparison(operation),
        };
        self.nodes[place] = Node { end: self.nodes.len(), step };
        place
    }

    fn comparison(&mut self, operation: u8) -> Step {
        let fact = self.reader.index(self.fact_count);
        let relation = match operation {
            code::AT_LEAST => Relation::AtLeast,
            code::AT_MOST => Relation::AtMost,
            code::MORE_THAN => Relation::MoreThan,
            code::LESS_THAN => Relation::LessThan,
            code::BETWEEN => return Step::Between { fact, low: self.operand(), high: self.operand() },
            code::ONE_OF | code::NONE_OF => {
                let start = self.values.len();
                for _ in 0..self.reader.count() {
                    let value = self.reader.signed();
                    self.values.push(value);
                }
                let values = start..self.values.len();
                return Step::Member { fact, values, wanted: operation == code::ONE_OF };
            }
            other => {
                if other != code::IS {
                    self.reader.refuse();
                }
                Relation::Equal
            }
        };
        Step::Compare { fact, relation, operand: self.operand() }
    }

    fn operand(&mut self) -> Operand {
        let number = self.reader.number();
        let (index, is_fact) = ((number >> 1) as u32, number & 1 == 1);
        if number >> 33 != 0 || is_fact && index as usize >= self.fact_count {
            self.reader.refuse();
        }
        if is_fact { Operand::Fact(index as usize) } else { Operand::Value(unzigzag(index)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{Comparison, Test};
    use crate::encode::encode;
    use crate::fixture::*;
    use crate::{Declaration, Ruleset};

    fn sample() -> Ruleset {
        let tests = vec![
            is(BUDGET, 1),
            Test::Not(Box::new(compare(FACILITIES, Comparison::OneOf(vec![0, 2])))),
            compare(
                DAY,
                Comparison::Between(Operand::Value(day("2024-09-15")), Operand::Value(day("2024-09-25"))),
            ),
            Test::Any(vec![compare(PLANNED, Comparison::AtLeast(Operand::Fact(LEAST))), Test::ALWAYS]),
            compare(PLANNED_SUM, Comparison::AtMost(Operand::Fact(KINDS))),
        ];
        ruleset(vec![condition(Per::Line, Test::All(tests))])
    }

    /// Whatever it decodes to must also run.
    fn run(bytes: &[u8]) -> Result<(), DecodeError> {
        let program = Program::decode(bytes)?;
        let declaration = plan(&[(PROVINCE, 0), (TEAM, 4)], &[&[(PLANNED, 30), (FACILITIES, 1)], &[]]);
        for declaration in [Declaration::default(), declaration] {
            for finding in crate::check(&program, &declaration) {
                crate::explain(&program, &declaration, &finding);
                crate::hints(&program, &declaration, &finding);
            }
            crate::problems(&program, &declaration);
            crate::parse_fragment(&program, &crate::to_fragment(&program, &declaration));
        }
        Ok(())
    }

    fn with_right_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.len() >= HEADER_LENGTH {
            let checksum = fnv1a(&bytes[HEADER_LENGTH..]).to_le_bytes();
            bytes[5..HEADER_LENGTH].copy_from_slice(&checksum);
        }
        bytes
    }

    #[test]
    fn what_is_encoded_decodes_and_is_always_the_same() {
        let bytes = encode(&sample());
        assert_eq!(run(&bytes), Ok(()));
        assert_eq!(bytes, encode(&sample()));
        assert!(matches!(Program::decode(b"GIF89a"), Err(DecodeError::WrongLength)));
        assert!(matches!(Program::decode(&[b'x'; 99]), Err(DecodeError::NotRules)));
    }

    #[test]
    fn cut_off_bytes_are_an_error() {
        let bytes = encode(&sample());
        for length in 0..bytes.len() {
            assert!(Program::decode(&bytes[..length]).is_err(), "{length}");
            assert!(run(&with_right_checksum(bytes[..length].to_vec())).is_err(), "{length}");
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert!(run(&with_right_checksum(longer)).is_err());
    }

    #[test]
    fn changed_bytes_are_an_error_or_another_program_but_never_a_panic() {
        let bytes = encode(&sample());
        for place in 0..bytes.len() {
            for flip in [0x01, 0x02, 0x10, 0x40, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[place] ^= flip;
                assert!(Program::decode(&changed).is_err(), "{place}");
                let _either = run(&with_right_checksum(changed));
            }
        }
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let mut test = Test::ALWAYS;
        for _ in 0..DEEPEST {
            test = Test::Not(Box::new(test));
        }
        assert!(Program::new(&ruleset(vec![condition(Per::School, test)])).is_err());
    }

    #[test]
    fn the_hash_follows_what_is_asked_and_not_the_wording() {
        let hash = |ruleset: &Ruleset| conditions_hash(&encode(ruleset));
        let first = sample();
        assert_eq!(hash(&first), Program::new(&first).expect("sound").hash());
        assert_eq!(hash(&first).len(), 8);
        let mut reworded = sample();
        reworded.documents[0].conditions[0].title = "换个说法".into();
        assert_eq!(hash(&first), hash(&reworded));
        let mut changed = sample();
        changed.documents[0].scope = is(PROVINCE, 1);
        assert_ne!(hash(&first), hash(&changed));
    }
}
