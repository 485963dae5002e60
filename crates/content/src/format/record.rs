//! The words the tables are written in: records, fields, kinds of values.

/// What may stand in one map of the YAML.
#[derive(Debug)]
pub struct Record {
    /// ASCII name, unique: `policy`, `condition`.
    pub id: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// In the order in which people write them.
    pub fields: &'static [Field],
}

/// One `name: value` of a record.
#[derive(Debug)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// What stands there.
    pub kind: Kind,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it means, one or two sentences; `` `…` `` marks what is typed.
    pub meaning: &'static str,
    /// A value as it is typed, in one line.
    pub example: &'static str,
}

/// What a field holds.
#[derive(Debug)]
pub enum Kind {
    /// Plain words.
    Text,
    /// Words with Markdown in them.
    Markdown,
    /// A day: `2024-09-04`.
    Date,
    /// A whole number within these bounds.
    Integer {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// An id of the author's own: lower-case ASCII letters, digits, `-` and `_`, beginning with a letter.
    Id,
    /// A number of a statement: capital letters, then digits.
    StatementId,
    /// `http://…` or `https://…`.
    Address,
    /// One of these words.
    Words(&'static [Word]),
    /// The id of a document.
    Document,
    /// A clause of any document: `sx-2024#s3-1`.
    Clause,
    /// A clause of the document at hand: `s3-1`.
    ClauseOfDocument,
    /// The code of a province.
    Province,
    /// An id of a topic of the FAQ.
    Topic,
    /// An id of a group of facts.
    Group,
    /// An id of a fact.
    Fact,
    /// A value of a fact: yes or no, a number with its unit, a share, a day, an option.
    Answer,
    /// What must hold: facts with what they are compared with, combined.
    Test,
    /// Any number of these.
    List(&'static Kind),
    /// A record of its own.
    Record(&'static Record),
    /// Names the author gives, each with a value.
    Map {
        /// What the names are.
        names: Names,
        /// What stands at each.
        of: &'static Kind,
    },
}

/// The names of a [`Kind::Map`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Ids of the author's own.
    Ids,
    /// Ids of options: whatever one likes.
    Options,
    /// Ids of facts.
    Facts,
    /// Conditions, `ah-2024/budget` or, for one line, `ah-2024/scale[0]`.
    Conditions,
}

/// One word of a closed set.
#[derive(Debug)]
pub struct Word {
    /// As it is typed.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// Only where another field has this word and none of some others is there.
    RequiredWhere {
        /// The other field with its word.
        has: Option<(&'static str, &'static str)>,
        /// Fields that take its place.
        unless: &'static [&'static str],
    },
}

impl Record {
    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Kind {
    /// The record that may stand in such a value.
    pub fn record(&self) -> Option<&'static Record> {
        match self {
            Self::Record(record) => Some(record),
            Self::List(of) | Self::Map { of, .. } => of.record(),
            _ => None,
        }
    }

    /// The words it, or each item of it, must be one of; none for any other kind.
    pub fn words(&self) -> &'static [Word] {
        match self {
            Self::Words(words) => words,
            Self::List(of) | Self::Map { of, .. } => of.words(),
            _ => &[],
        }
    }
}

pub(super) const fn field(
    name: &'static str,
    kind: Kind,
    presence: Presence,
    meaning: &'static str,
    example: &'static str,
) -> Field {
    Field { name, kind, presence, meaning, example }
}

pub(super) const fn word(word: &'static str, meaning: &'static str) -> Word {
    Word { word, meaning }
}
