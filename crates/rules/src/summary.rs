//! How many conditions have which verdict, and the few sentences the check page says about the whole.

use crate::check::{scope, worst};
use crate::declaration::Declaration;
use crate::phrases::Phrase;
use crate::program::Program;
use crate::text::number;
use crate::truth::Truth;
use crate::verdict::{Finding, Verdict};

/// Counts over the conditions of documents that apply or may apply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    counts: [usize; 6],
    /// Conditions of archived documents that apply or may apply; in no other count.
    pub archived: usize,
}

impl Summary {
    /// How many conditions have this verdict, the worst of their lines.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.counts[verdict as usize]
    }

    /// Each verdict that occurs with its count as people read it (`不符合 2 项`), from the worst to the best.
    pub fn texts(&self, program: &Program) -> Vec<(Verdict, String)> {
        let occurring = Verdict::ALL.into_iter().rev().filter(|verdict| self.count(*verdict) > 0);
        occurring
            .map(|verdict| {
                let count = number(self.count(verdict) as i64);
                (verdict, program.fill(Phrase::PageCount, &[program.verdict_word(verdict), &count]))
            })
            .collect()
    }

    /// What to say beside the counts: that no document applies, that archived ones are left out; may be empty.
    pub fn remark(&self, program: &Program) -> String {
        match (self.counts.iter().sum::<usize>(), self.archived) {
            (0, 0) => program.phrase(Phrase::PageNoDocument).to_owned(),
            (_, 0) => String::new(),
            (_, archived) => program.fill(Phrase::PageArchived, &[&number(archived as i64)]),
        }
    }
}

/// Counts the worst verdict of each condition. Documents that do not apply are left out; an archived one never
/// blocks and is counted apart.
pub fn summarize(program: &Program, declaration: &Declaration, findings: &[Finding]) -> Summary {
    let mut summary = Summary::default();
    for document in 0..program.document_count() {
        if scope(program, declaration, document).0 == Truth::False {
            continue;
        }
        for one in worst(findings).iter().filter(|one| one.document == document) {
            if program.is_archived(document) {
                summary.archived += 1;
            } else {
                summary.counts[one.verdict as usize] += 1;
            }
        }
    }
    summary
}

impl Program {
    /// What a line is called: 第 1 个证书.
    pub fn line_name(&self, line: usize) -> String {
        self.fill(Phrase::PageLine, &[&number(line as i64 + 1)])
    }

    /// How many answers need mending, in words.
    pub fn problem_count(&self, count: usize) -> String {
        self.fill(Phrase::PageProblems, &[&number(count as i64)])
    }

    /// That an address was written under other conditions.
    pub fn other_conditions(&self) -> &str {
        self.phrase(Phrase::PageOtherConditions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::*;
    use crate::{Per, Program};

    #[test]
    fn archived_documents_are_counted_apart_and_those_that_do_not_apply_not_at_all() {
        let mut ruleset =
            ruleset(vec![condition(Per::School, is(BUDGET, 1)), condition(Per::Line, is(MEETING, 1))]);
        let declaration = plan(&[(PROVINCE, 0), (BUDGET, 0)], &[&[], &[]]);
        let count = |ruleset: &crate::Ruleset, declaration: &Declaration| {
            let program = Program::new(ruleset).expect("sound");
            let summary = summarize(&program, declaration, &crate::check(&program, declaration));
            let texts: Vec<String> = summary.texts(&program).into_iter().map(|(_, text)| text).collect();
            (texts.join("，"), summary.remark(&program))
        };
        assert_eq!(count(&ruleset, &declaration), ("不符合 1 项，需补充信息 1 项".into(), String::new()));
        let elsewhere = plan(&[(PROVINCE, 1)], &[]);
        let nothing = (String::new(), "没有适用的文件：请核对所在省份和申报年度。".to_owned());
        assert_eq!(count(&ruleset, &elsewhere), nothing);
        ruleset.documents[0].archived = true;
        let apart = (String::new(), "另有存档文件的 2 项条件，仅供参考，不计入".to_owned());
        assert_eq!(count(&ruleset, &declaration), apart);
    }
}
