//! The words of `when`, `require` and `scope`.

/// How a fact may be compared.
#[derive(Debug)]
pub struct Comparison {
    /// The word and its Chinese aliases, of which any may be typed.
    pub words: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
    /// What it is compared with.
    pub with: ComparedWith,
    /// An example, as it is typed behind the name of a fact.
    pub example: &'static str,
}

/// What stands behind the word of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparedWith {
    /// A value, or `{ fact: … }`, another fact.
    One,
    /// A list of values.
    Several,
    /// A list of two, the lower and the upper end.
    Two,
}

/// A word that combines tests.
#[derive(Debug)]
pub struct Combination {
    /// The word and its Chinese alias.
    pub words: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
    /// Whether a list of tests stands behind it, or one test.
    pub takes_list: bool,
}

const fn comparison(
    words: &'static [&'static str],
    meaning: &'static str,
    with: ComparedWith,
    example: &'static str,
) -> Comparison {
    Comparison { words, meaning, with, example }
}

/// Every comparison.
pub static COMPARISONS: [Comparison; 10] = [
    comparison(&["is", "是"], "就是这个值；可以只写值", ComparedWith::One, "{ is: yes }"),
    comparison(&["one_of", "属于"], "是其中之一", ComparedWith::Several, "{ one_of: [higher, applied] }"),
    comparison(
        &["none_of", "不属于"],
        "不是其中任何一个",
        ComparedWith::Several,
        "{ none_of: [technician] }",
    ),
    comparison(&["at_least", "不少于", "不低于"], "大于或等于", ComparedWith::One, "{ at_least: 10 人 }"),
    comparison(&["at_most", "不超过", "不高于"], "小于或等于", ComparedWith::One, "{ at_most: 50% }"),
    comparison(&["more_than", "多于"], "大于", ComparedWith::One, "{ more_than: 0 }"),
    comparison(&["less_than", "少于"], "小于", ComparedWith::One, "{ less_than: { fact: enrolled } }"),
    comparison(
        &["between", "介于"],
        "在两者之间，两头都算",
        ComparedWith::Two,
        "{ between: [2025-03-10, 2025-04-10] }",
    ),
    comparison(
        &["on_or_before", "不晚于"],
        "那一天或之前",
        ComparedWith::One,
        "{ on_or_before: 2025-04-10 }",
    ),
    comparison(&["on_or_after", "不早于"], "那一天或之后", ComparedWith::One, "{ on_or_after: 2025-03-10 }"),
];

/// Every word that combines.
pub static COMBINATIONS: [Combination; 3] = [
    Combination { words: &["all", "都要"], meaning: "列出的都要成立", takes_list: true },
    Combination { words: &["any", "其一"], meaning: "列出的有一个成立就行", takes_list: true },
    Combination { words: &["not", "不是"], meaning: "后面的不成立", takes_list: false },
];
