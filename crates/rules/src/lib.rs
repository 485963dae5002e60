//! What a declaration is, what conditions are, and how a declaration is checked.
//!
//! A [`Ruleset`] holds the facts a school can state and the [`Condition`]s of every document, typed and
//! resolved: a condition names facts by index and every constant is an integer. [`encode`] compiles it to bytes, and
//! [`Program::decode`] reads them: natively and in the browser conditions are judged on a [`Program`] alone. A
//! [`Declaration`] holds what a school answered; [`check`] gives a [`Finding`] per condition and line, [`explain`]
//! its reason, [`hints`] what would change it, [`next_question`] what to ask next.
//!
//! ```
//! use rules::*;
//!
//! let fact = |id: &str, label: &str, kind| Fact {
//!     id: id.into(), label: label.into(), question: String::new(), help: String::new(), group: "staff".into(),
//!     order: 0, per: Per::School, kind, unit: "人".into(), effort: Effort::Known, changeable: Changeable::Yes,
//! };
//! let count = || FactKind::Integer { min: 0, max: 2000 };
//! let ruleset = Ruleset {
//!     facts: vec![
//!         fact("team_total", "团队人数", count()),
//!         fact("dual_teachers", "“双师型”教师人数", count()),
//!         fact("dual_share", "“双师型”教师占比", FactKind::Ratio { part: 1, whole: 0 }),
//!     ],
//!     documents: vec![DocumentRules {
//!         document: "n-2019".into(), title: "通知".into(), url: "policies/n-2019/".into(), archived: false,
//!         scope: Test::ALWAYS,
//!         conditions: vec![Condition {
//!             id: "n-2019/dual-teachers".into(), title: "“双师型”教师不少于 50%".into(),
//!             kind: ConditionKind::Threshold, strength: Strength::Must, actor: Actor::School, stage: Stage::Before,
//!             per: Per::School, when: Test::ALWAYS,
//!             require: Test::Compare { fact: 2, comparison: Comparison::AtLeast(Operand::Value(5000)) },
//!             citation: Citation::default(), say: Say::default(), boundary_unclear: false, interpretation: false,
//!             year_from_issue: false,
//!         }],
//!     }],
//!     ..Ruleset::default()
//! };
//! let program = Program::decode(&encode(&ruleset))?;
//!
//! let mut plan = Declaration::default();
//! plan.school.set(0, Some(40));
//! let findings = check(&program, &plan);
//! assert_eq!(findings[0].verdict, Verdict::Unknown);
//! assert_eq!(explain(&program, &plan, &findings[0]), "还需填写：“双师型”教师人数");
//!
//! let question = next_question(&program, &plan, Roles::ALL).expect("one answer is missing");
//! assert_eq!((question.fact, question.line), (1, None));
//! assert_eq!(program.question_reason(&question), "用于判断 1 项条件");
//!
//! plan.school.set(1, Some(18));
//! let findings = check(&program, &plan);
//! assert_eq!(findings[0].verdict, Verdict::NotMet);
//! assert_eq!(
//!     explain(&program, &plan, &findings[0]),
//!     "要求：“双师型”教师占比不低于50%；填报：45%（18/40）",
//! );
//! assert_eq!(hints(&program, &plan, &findings[0])[0], "“双师型”教师人数再增加 2 人，达到 20 人");
//! # Ok::<(), DecodeError>(())
//! ```
//!
//! The crate reads no text format, has no clock and no positions: `content` turns YAML into a `Ruleset` and
//! reports what is wrong with it at its place.

mod answer;
mod check;
mod condition;
mod date;
mod declaration;
mod decode;
mod describe;
mod encode;
mod evaluate;
mod explain;
mod fact;
#[cfg(test)]
mod fixture;
mod form;
mod fragment;
mod hints;
mod labels;
mod phrases;
mod problems;
mod program;
mod question;
mod role;
mod suggest;
mod text;
mod total;
mod truth;
mod verdict;
pub mod view;
mod window;
mod wire;

pub use answer::{WrongForm, computed};
pub use check::{Worst, check, scope, verdict_if_applicable, verdicts, worst};
pub use condition::{
    Actor, Citation, Comparison, Condition, ConditionKind, DocumentRules, Operand, Say, Stage, Strength, Test,
};
pub use date::{Date, InvalidDate};
pub use declaration::{Answers, Declaration};
pub use decode::conditions_hash;
pub use describe::describe;
pub use encode::encode;
pub use explain::{explain, explain_scope};
pub use fact::{Changeable, Choice, Effort, Fact, FactGroup, FactKind, Per, Ruleset, Total};
pub use form::AnswerForm;
pub use fragment::{
    Fragment, FragmentProblem, MOST_LINES, RESERVED_KEYS, answers, parse_fragment, to_fragment,
};
pub use hints::hints;
pub use problems::{Problem, problems, wrong_form};
pub use program::{ConditionText, Program};
pub use question::{Question, next_question, waiting};
pub use role::{Role, Roles};
pub use suggest::{edit_distance, nearest};
pub use text::decimal;
pub use truth::Truth;
pub use verdict::{Finding, Verdict};
pub use window::{WindowState, WindowStatus, window_status};
pub use wire::DecodeError;
