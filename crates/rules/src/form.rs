//! What a program asks, for tables and templates made from it alone.

use crate::program::{Program, Shape};

/// What sort of answer a fact takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerForm<'a> {
    /// 是 or 否.
    Boolean,
    /// A whole number within both bounds.
    Integer {
        /// Smallest value accepted.
        min: i32,
        /// Largest value accepted.
        max: i32,
    },
    /// A share of at most 100 %.
    Percent,
    /// A day.
    Date,
    /// One of the options, each with id and label.
    Choice(Vec<(&'a str, &'a str)>),
    /// Free text that no condition reads.
    Text,
    /// Computed from other facts; never asked.
    Computed,
}

impl Program {
    /// What sort of answer the fact takes; [`AnswerForm::Computed`] where there is no such fact.
    pub fn answer_form(&self, fact: usize) -> AnswerForm<'_> {
        match self.facts.get(fact).map(|fact| &fact.shape) {
            Some(Shape::Boolean) => AnswerForm::Boolean,
            Some(Shape::Integer { min, max }) => AnswerForm::Integer { min: *min, max: *max },
            Some(Shape::Percent) => AnswerForm::Percent,
            Some(Shape::Date) => AnswerForm::Date,
            Some(Shape::Choice { options }) => AnswerForm::Choice(
                (0..*options as i32)
                    .map(|option| (self.option_id(fact, option), self.option_label(fact, option)))
                    .collect(),
            ),
            Some(Shape::Text) => AnswerForm::Text,
            _ => AnswerForm::Computed,
        }
    }

    /// Unit of the fact, e.g. 人; may be empty.
    pub fn fact_unit(&self, fact: usize) -> &str {
        self.unit(fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Test;
    use crate::fixture::*;

    #[test]
    fn every_fact_says_what_it_takes() {
        let program = program(condition(crate::Per::School, Test::ALWAYS));
        assert_eq!(program.answer_form(BUDGET), AnswerForm::Boolean);
        assert_eq!(program.answer_form(DAY), AnswerForm::Date);
        assert_eq!(program.answer_form(GOOD_SHARE), AnswerForm::Percent);
        assert_eq!(program.answer_form(DUAL_SHARE), AnswerForm::Computed);
        assert_eq!(program.answer_form(99), AnswerForm::Computed);
        assert!(matches!(program.answer_form(TEAM), AnswerForm::Integer { min: 0, .. }));
        assert!(
            matches!(program.answer_form(PROVINCE), AnswerForm::Choice(options) if options[1] == ("SX", "陕西"))
        );
        assert_eq!(program.fact_unit(TEAM), "人");
    }
}
