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
    /// An example, about a fact of the example portal.
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
    /// An example, about facts of the example portal.
    pub example: &'static str,
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
    comparison(&["is", "是"], "就是这个值；可以只写值", ComparedWith::One, "{ first_time: { is: yes } }"),
    comparison(
        &["one_of", "属于"],
        "是其中之一",
        ComparedWith::Several,
        "{ province: { one_of: [EX, OTHER] } }",
    ),
    comparison(
        &["none_of", "不属于"],
        "不是其中任何一个",
        ComparedWith::Several,
        "{ province: { none_of: [OTHER] } }",
    ),
    comparison(
        &["at_least", "不少于", "不低于"],
        "大于或等于",
        ComparedWith::One,
        "{ teachers: { at_least: 10 人 } }",
    ),
    comparison(
        &["at_most", "不超过", "不高于"],
        "小于或等于",
        ComparedWith::One,
        "{ dual_share: { at_most: 50% } }",
    ),
    comparison(&["more_than", "多于"], "大于", ComparedWith::One, "{ teachers: { more_than: 0 } }"),
    comparison(
        &["less_than", "少于"],
        "小于",
        ComparedWith::One,
        "{ dual_teachers: { less_than: { fact: teachers } } }",
    ),
    comparison(
        &["between", "介于"],
        "在两者之间，两头都算",
        ComparedWith::Two,
        "{ submit_date: { between: [2025-03-10, 2025-04-10] } }",
    ),
    comparison(
        &["on_or_before", "不晚于"],
        "那一天或之前",
        ComparedWith::One,
        "{ plan_date: { on_or_before: 2025-04-20 } }",
    ),
    comparison(
        &["on_or_after", "不早于"],
        "那一天或之后",
        ComparedWith::One,
        "{ submit_date: { on_or_after: 2025-03-10 } }",
    ),
];

/// Every word that combines.
pub static COMBINATIONS: [Combination; 3] = [
    Combination {
        words: &["all", "都要"],
        meaning: "列出的都要成立",
        takes_list: true,
        example: "{ all: [ { first_time: yes }, { teachers: { at_least: 10 人 } } ] }",
    },
    Combination {
        words: &["any", "其一"],
        meaning: "列出的有一个成立就行",
        takes_list: true,
        example: "{ any: [ { first_time: yes }, { teachers: { less_than: 10 人 } } ] }",
    },
    Combination {
        words: &["not", "不是"],
        meaning: "后面的不成立",
        takes_list: false,
        example: "{ not: { province: OTHER } }",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sources;
    use crate::format::EXAMPLE;
    use crate::problem::Problem;

    #[test]
    fn every_example_can_stand_in_a_condition() {
        let compared = COMPARISONS.iter().map(|one| (one.words, one.example));
        let combined = COMBINATIONS.iter().map(|one| (one.words, one.example));
        for (words, example) in compared.chain(combined) {
            // Its Chinese alias as well as the word itself.
            for word in words {
                let example = example.replacen(&format!("{{ {}: ", words[0]), &format!("{{ {word}: "), 1);
                assert!(example.contains(word), "{example}");
                let files = EXAMPLE.iter().map(|(path, text)| {
                    let text = text.replace("when: { first_time: yes }", &format!("when: {example}"));
                    ((*path).to_owned(), text.into_bytes())
                });
                let compiled = crate::compile(&Sources::decode(files).0);
                // The condition says something else now, so that scenarios and proofs may complain.
                let is_other =
                    |problem: &Problem| !matches!(problem, Problem::Proof(_) | Problem::ScenarioFails { .. });
                let found: Vec<_> =
                    compiled.diagnostics.iter().filter(|one| is_other(&one.problem)).collect();
                assert!(found.is_empty(), "{example}: {found:#?}");
            }
        }
    }
}
