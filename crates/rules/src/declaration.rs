//! What a school answered.

/// A planned declaration: the school's facts and one set of answers per certificate and level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declaration {
    /// A name for people; may be empty.
    pub name: String,
    /// Answers that hold for the school.
    pub school: Answers,
    /// One entry per line.
    pub lines: Vec<Answers>,
}

/// Answers by index of the fact; `None` is "not known", never "no".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(Vec<Option<i32>>);

impl Answers {
    /// The answer to this fact, in the shape of its type (see [`crate::FactKind`]).
    pub fn get(&self, fact: usize) -> Option<i32> {
        self.0.get(fact).copied().flatten()
    }

    /// States the answer to a fact, or takes it back.
    pub fn set(&mut self, fact: usize, answer: Option<i32>) {
        if self.0.len() <= fact {
            self.0.resize(fact + 1, None);
        }
        self.0[fact] = answer;
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}
