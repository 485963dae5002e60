//! The codes: each with its severity and the page that explains it.
//!
//! A page is a text file of `explanations/`, taken in when the program is compiled: a code without one does not compile.

use std::fmt;

use crate::diagnostic::Severity;
use crate::problem::Explanation;

macro_rules! codes {
    ($($code:ident $severity:ident $name:literal,)+) => {
        /// The kind of a problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each code has a page in `explanations/`")]
        pub enum Code { $($code,)+ }

        impl Code {
            /// All codes, those of one subject together.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// Short name, fixed for ever: `unknown-field`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)+ }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)+ }
            }

            fn page(self) -> &'static str {
                match self { $(Self::$code => include_str!(concat!("explanations/", $name, ".md")),)+ }
            }
        }
    };
}

codes! {
    FileTooLarge Error "file-too-large",
    NotUtf8 Error "not-utf8",
    ForbiddenCharacter Error "forbidden-character",
    LineTooLong Error "line-too-long",
    TooDeep Error "too-deep",
    TooManyParts Error "too-many-parts",
    TooManyProblems Error "too-many-problems",
    UnusableName Error "unusable-name",
    CollidingNames Error "colliding-names",
    MissingFile Error "missing-file",
    UnusedFile Warning "unused-file",
    EmptyText Error "empty-text",
    YamlSyntax Error "yaml-syntax",
    ValueCutByComment Warning "value-cut-by-comment",
    FrontMatterMissing Error "front-matter-missing",
    FrontMatterUnclosed Error "front-matter-unclosed",
    UnknownField Error "unknown-field",
    MissingField Error "missing-field",
    WrongShape Error "wrong-shape",
    InvalidDate Error "invalid-date",
    InvalidNumber Error "invalid-number",
    InvalidId Error "invalid-id",
    InvalidAddress Error "invalid-address",
    AddressTooLong Error "address-too-long",
    UnknownChoice Error "unknown-choice",
    DuplicateId Error "duplicate-id",
    UnknownReference Error "unknown-reference",
    QuoteNotInClause Error "quote-not-in-clause",
    InvalidStatementId Error "invalid-statement-id",
    StatementOfAnotherDocument Error "statement-of-another-document",
    UnaccountedStatement Error "unaccounted-statement",
    UnnamedHeading Error "unnamed-heading",
    LinkDropped Error "link-dropped",
    RawHtml Warning "raw-html",
    HeadingWithoutSpace Warning "heading-without-space",
    ScenarioFails Error "scenario-fails",
    DeadlineBeforeWindowCloses Warning "deadline-before-window-closes",
    DeadlineBeforeWindowOpens Warning "deadline-before-window-opens",
    UnknownFact Error "unknown-fact",
    UnknownOption Error "unknown-option",
    WrongValue Error "wrong-value",
    WrongUnit Error "wrong-unit",
    OutOfRange Error "out-of-range",
    UnknownOperator Error "unknown-operator",
    OperatorDoesNotFit Error "operator-does-not-fit",
    FactsDoNotCompare Error "facts-do-not-compare",
    RangeReversed Error "range-reversed",
    LineFactInSchoolCondition Error "line-fact-in-school-condition",
    LineFactOfSchool Error "line-fact-of-school",
    SchoolFactInLine Error "school-fact-in-line",
    ComputedFact Error "computed-fact",
    NotOfLines Error "not-of-lines",
    NotSummable Error "not-summable",
    ReservedId Error "reserved-id",
    UnknownPlaceholder Error "unknown-placeholder",
    StrengthDiffers Error "strength-differs",
    StrengthWithoutWord Error "strength-without-word",
    NumberNotInQuote Error "number-not-in-quote",
    YearNotInQuote Error "year-not-in-quote",
    YearDiffers Error "year-differs",
    NeverApplies Error "never-applies",
    NeverMet Error "never-met",
    AlwaysMet Error "always-met",
    Contradiction Error "contradiction",
    IdleCondition Error "idle-condition",
    UnusedFact Error "unused-fact",
    ScenarioMissing Error "scenario-missing",
    NearIdenticalHost Warning "near-identical-host",
    NearIdenticalMailbox Warning "near-identical-mailbox",
    MaterialNotListed Warning "material-not-listed",
    LinkWithoutScheme Warning "link-without-scheme",
    DuplicateTitle Warning "duplicate-title",
    DuplicateAddress Warning "duplicate-address",
    NumberUnderTwoNames Warning "number-under-two-names",
}

impl Code {
    /// The code of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// What it means, with an example.
    pub fn explanation(self) -> Explanation {
        Explanation::read(self.page())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
