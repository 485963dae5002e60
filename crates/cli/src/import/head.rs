//! What stands at the head and foot of a notice: title, number, issuer, day.

use super::{Block, Province};

/// Words a title ends with.
const TITLE_ENDS: [&str; 12] =
    ["通知", "意见", "办法", "方案", "指南", "公告", "函", "通报", "决定", "细则", "规定", "说明"];

/// Paragraphs within which a title is looked for.
const HEAD: usize = 12;

/// What was found; empty where nothing was.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The paragraphs that are the title, and their text together.
    pub(super) title: std::ops::Range<usize>,
    pub(super) title_text: String,
    pub(super) number: String,
    pub(super) issuer: String,
    /// `2024-09-04`
    pub(super) issued: String,
    pub(super) year: String,
    pub(super) province: String,
    /// Paragraph of the signature.
    pub(super) signature: Option<usize>,
}

/// Finds what it can.
pub(super) fn find(blocks: &[Block], provinces: &[Province]) -> Head {
    let mut head = Head::default();
    let texts: Vec<&str> = blocks.iter().map(|block| block.paragraph().unwrap_or_default()).collect();
    let first_clause = texts.iter().position(|text| content::clause_number(text).is_some());
    let within = HEAD.min(first_clause.unwrap_or(texts.len()));
    if let Some(last) = texts[..within].iter().position(|text| is_title_end(text)) {
        // A title may take several lines: those before it that are neither number nor letterhead.
        let begins = |text: &str| text.contains("关于") || text.starts_with('《');
        let first = texts[..last]
            .iter()
            .rposition(|text| begins(text))
            .filter(|_| !begins(texts[last]))
            .filter(|&first| texts[first..last].iter().all(|text| number_in(text).is_none()))
            .unwrap_or(last);
        head.title = first..last + 1;
        head.title_text = texts[first..=last].concat();
    }
    head.number = texts[..within].iter().find_map(|text| number_in(text)).unwrap_or_default();
    let dated = (head.title.end..texts.len()).rev().find(|&at| day(texts[at]).is_some());
    if let Some(at) = dated {
        head.issued = day(texts[at]).unwrap_or_default();
        let signed = (at > 0).then(|| texts[at - 1]).filter(|text| is_name(text));
        if let Some(name) = signed {
            name.clone_into(&mut head.issuer);
            head.signature = Some(at - 1);
        }
    }
    if head.issuer.is_empty() {
        let before = texts[..head.title.start].iter().find(|text| is_name(text) && number_in(text).is_none());
        head.issuer = before.map(|text| (*text).to_owned()).unwrap_or_default();
    }
    let year_of = |text: &str| {
        let at = text.match_indices("20").map(|(at, _)| &text[at..]).find_map(|rest| rest.get(..4));
        at.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned)
    };
    head.year = [head.title_text.as_str(), &head.issued, &head.number]
        .into_iter()
        .find_map(year_of)
        .unwrap_or_default();
    let named = |text: &str| provinces.iter().find(|(_, name)| text.contains(name.as_str()));
    head.province = [head.issuer.as_str(), &head.title_text]
        .into_iter()
        .find_map(named)
        .map(|(code, _)| code.clone())
        .unwrap_or_default();
    head
}

fn is_title_end(text: &str) -> bool {
    let bare = text.split(['（', '(']).next().unwrap_or(text).trim();
    text.chars().count() <= 80 && TITLE_ENDS.iter().any(|end| bare.ends_with(end))
}

/// A short line without punctuation.
fn is_name(text: &str) -> bool {
    (3..=40).contains(&text.chars().count()) && !text.contains(['，', '。', '：', ':', '；', '、', '/'])
}

/// `项目办函〔2024〕2 号` among the words of a line that is short enough to be no sentence.
fn number_in(text: &str) -> Option<String> {
    let open = text.find(['〔', '［', '['])?;
    let rest = &text[open + text[open..].chars().next()?.len_utf8()..];
    let year = rest.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let after = &rest[year.len()..];
    let whole = after.starts_with(['〕', '］', ']'])
        && after.trim_end().ends_with('号')
        && text.chars().count() <= 40;
    whole.then(|| text.trim().to_owned())
}

/// A line that is a day: `2024年9月4日`.
pub(super) fn day(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (year, rest) = bare.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let (year, month, day): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let written = format!("{year:04}-{month:02}-{day:02}");
    written.parse::<rules::Date>().is_ok().then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_and_foot_are_found() {
        let lines = [
            "项目办函〔2024〕2 号",
            "关于做好 2024年第二批",
            "试点申报工作的通知",
            "各市：",
            "一、范围",
            "陕西省教育厅办公室",
            "2024 年 9 月 4 日",
            "抄报：省厅",
        ];
        let blocks: Vec<Block> = lines.map(|line| Block::Paragraph(line.to_owned())).into();
        let head =
            find(&blocks, &[("AH".to_owned(), "安徽".to_owned()), ("SX".to_owned(), "陕西".to_owned())]);
        let expected = Head {
            title: 1..3,
            title_text: "关于做好 2024年第二批试点申报工作的通知".to_owned(),
            number: "项目办函〔2024〕2 号".to_owned(),
            issuer: "陕西省教育厅办公室".to_owned(),
            issued: "2024-09-04".to_owned(),
            year: "2024".to_owned(),
            province: "SX".to_owned(),
            signature: Some(5),
        };
        assert_eq!(head, expected);
    }

    #[test]
    fn what_is_not_there_stays_empty() {
        let head = find(&[Block::Paragraph("只有一句话。".to_owned())], &[]);
        assert_eq!(head, Head::default());
    }
}
