//! The words people read for the kinds, strengths, actors, stages and verdicts, and the order in which these are
//! numbered in the binary form.

use crate::condition::{Actor, ConditionKind, Stage, Strength};
use crate::fact::Effort;
use crate::verdict::Verdict;

impl ConditionKind {
    /// Every kind, in the order of the binary form.
    pub const ALL: [Self; 9] = [
        Self::Scope,
        Self::Condition,
        Self::Threshold,
        Self::Window,
        Self::Document,
        Self::Todo,
        Self::Advice,
        Self::Judgement,
        Self::Prohibition,
    ];

    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Scope => "适用范围",
            Self::Condition => "条件",
            Self::Threshold => "数量要求",
            Self::Window => "时间窗口",
            Self::Document => "材料",
            Self::Todo => "待办",
            Self::Advice => "建议",
            Self::Judgement => "需人工判断",
            Self::Prohibition => "禁止事项",
        }
    }
}

impl Strength {
    /// Every strength, in the order of the binary form.
    pub const ALL: [Self; 7] = [
        Self::Must,
        Self::InPrinciple,
        Self::Generally,
        Self::Should,
        Self::May,
        Self::Priority,
        Self::Advice,
    ];

    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Must => "必须",
            Self::InPrinciple => "原则上",
            Self::Generally => "一般",
            Self::Should => "应当",
            Self::May => "可以",
            Self::Priority => "优先",
            Self::Advice => "建议",
        }
    }
}

impl Actor {
    /// Every actor, in the order of the binary form.
    pub const ALL: [Self; 6] =
        [Self::School, Self::City, Self::Province, Self::Secretariat, Self::Organisation, Self::LeadSchool];

    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::School => "院校",
            Self::City => "市级教育行政部门",
            Self::Province => "省级教育行政部门",
            Self::Secretariat => "秘书处",
            Self::Organisation => "培训评价组织",
            Self::LeadSchool => "牵头院校",
        }
    }
}

impl Stage {
    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Before => "申报前",
            Self::Submission => "提交",
            Self::Review => "审核",
            Self::AfterApproval => "审批后",
            Self::Change => "调整",
        }
    }
}

impl Effort {
    /// Every effort, the smallest first, in the order of the binary form.
    pub const ALL: [Self; 3] = [Self::Known, Self::LookUp, Self::AskOrganisation];

    /// The words for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Known => "手边即知",
            Self::LookUp => "需在校内查询",
            Self::AskOrganisation => "需向培训评价组织询问",
        }
    }
}

impl Verdict {
    /// Every verdict, from the best to the worst.
    pub const ALL: [Self; 6] =
        [Self::NotApplicable, Self::Met, Self::Advice, Self::Judge, Self::Unknown, Self::NotMet];

    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotApplicable => "不适用",
            Self::Met => "符合",
            Self::Advice => "提示",
            Self::Judge => "需人工判断",
            Self::Unknown => "需补充信息",
            Self::NotMet => "不符合",
        }
    }

    /// A character whose outline alone tells the verdict, so that nothing depends on colour.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::NotApplicable => "－",
            Self::Met => "✓",
            Self::Advice => "※",
            Self::Judge => "◇",
            Self::Unknown => "？",
            Self::NotMet => "✗",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_the_order_of_the_declarations() {
        assert!(ConditionKind::ALL.iter().enumerate().all(|(code, kind)| *kind as usize == code));
        assert!(Strength::ALL.iter().enumerate().all(|(code, strength)| *strength as usize == code));
        assert!(Actor::ALL.iter().enumerate().all(|(code, actor)| *actor as usize == code));
        assert!(Effort::ALL.iter().enumerate().all(|(code, effort)| *effort as usize == code));
        assert!(Verdict::ALL.iter().enumerate().all(|(code, verdict)| *verdict as usize == code));
        assert!(Verdict::ALL.iter().all(|verdict| Verdict::from_id(verdict.id()) == Some(*verdict)));
    }
}
