//! The fixed words of reasons and hints. They travel in the texts of the binary form, so that the browser module
//! holds no sentence; `_` stands for what is filled in.

macro_rules! phrases {
    ($($name:ident = $text:literal,)*) => {
        /// One of the fixed texts.
        #[derive(Clone, Copy)]
        pub(crate) enum Phrase {
            $($name,)*
        }

        /// The texts in the order of [`Phrase`].
        pub(crate) const PHRASES: &[&str] = &[$($text,)*];

        /// How many there are; apart from [`PHRASES`], so that a reader need not hold the texts.
        pub(crate) const PHRASE_COUNT: usize = [$(Phrase::$name,)*].len();
    };
}

phrases! {
    // Verdict words, in the order of `Verdict::ALL`; a test holds them equal to `Verdict::label`.
    WordNotApplicable = "不适用",
    WordMet = "符合",
    WordAdvice = "提示",
    WordJudge = "需人工判断",
    WordUnknown = "需补充信息",
    WordNotMet = "不符合",
    // Verdict shapes, likewise.
    ShapeNotApplicable = "－",
    ShapeMet = "✓",
    ShapeAdvice = "※",
    ShapeJudge = "◇",
    ShapeUnknown = "？",
    ShapeNotMet = "✗",
    // Strength words, in the order of `Strength::ALL`.
    StrengthMust = "必须",
    StrengthInPrinciple = "原则上",
    StrengthGenerally = "一般",
    StrengthShould = "应当",
    StrengthMay = "可以",
    StrengthPriority = "优先",
    StrengthAdvice = "建议",
    // Answers.
    Yes = "是",
    No = "否",
    NotGiven = "（未填）",
    About = "约 ",
    ShareOf = "_（_/_）",
    Year = "年",
    Month = "月",
    Day = "日",
    // Reasons.
    Quoted = "“_”",
    ListComma = "、",
    NotApplicable = "因_，不适用",
    FactIs = "_为_",
    Stated = "要求：_；填报：_",
    StatedAlone = "要求：_",
    FactAnswer = "_ _",
    Missing = "还需填写：_",
    MissingForScope = "还需填写：_，才能判断是否适用",
    MissingBehind = "_（还需填写：_）",
    MissingNotZero = "_（不能为 0）",
    NoLine = "请先添加拟申报的证书。",
    SelfAssessed = "自评符合，以审核为准。_",
    LastDay = "填报的日期正好是期限当日，原文未写明当日是否包含在内，请向受理部门确认。_",
    ExplainWhy = "_。原文的要求为“_”，不满足时需说明理由，由审核判断",
    NotBinding = "_。原文的要求为“_”，不影响申报",
    NotBindingReading = "_。这是据原文整理的提示，不影响申报",
    // Hints.
    HintAnd = "；同时",
    HintYes = "把_落实为“是”",
    HintNo = "把_改为“否”",
    HintMore = "_再增加 _，达到 _",
    HintFewer = "_再减少 _，降到 _",
    HintOption = "把_改为_",
    HintOr = "或",
    HintBetween = "把_改在_至_之间",
    HintOnDay = "把_改为_",
    HintUntil = "把_改为_或更早",
    HintFrom = "把_改为_或更晚",
    // Questions.
    QuestionReason = "用于判断 _ 项条件",
    // Windows.
    WindowNotYetOpen = "尚未开始，还有 _ 天",
    WindowOpen = "进行中",
    WindowDaysLeft = "进行中，还剩 _ 天",
    WindowLastDay = "进行中，当日截止",
    WindowOnLastDay = "当日正好是期限，原文未写明是否包含当日",
    WindowClosed = "已截止 _ 天",
    // Problems with answers.
    ProblemRange = "_应在 _ 至 _ 之间",
    ProblemPart = "_不能多于_",
    ProblemForm = "_填写的“_”不是有效的_",
    ProblemLine = "_：_",
    FormBoolean = "“是”或“否”",
    FormInteger = "整数",
    FormPercent = "百分比",
    FormDate = "日期",
    FormChoice = "选项",
    ProblemKey = "地址中的“_”不是本检查的问题，未采用",
    // The page.
    PageLine = "第 _ 个证书",
    PageOtherConditions = "这个网址是按另一版条件填写的，条件已有更新，请逐项核对。",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Strength, Verdict};

    #[test]
    fn the_words_are_those_of_the_enums() {
        for verdict in Verdict::ALL {
            assert_eq!(PHRASES[Phrase::WordNotApplicable as usize + verdict as usize], verdict.label());
            assert_eq!(PHRASES[Phrase::ShapeNotApplicable as usize + verdict as usize], verdict.shape());
        }
        for strength in Strength::ALL {
            assert_eq!(PHRASES[Phrase::StrengthMust as usize + strength as usize], strength.label());
        }
    }
}
