//! Blocks to the Markdown of a policy document, in the form the compiler gives anchors to.

use std::collections::BTreeSet;
use std::fmt::Write;

use content::ClauseNumber;

use super::escape::escaped;
use super::head::{self, Head};
use super::{Block, Draft, Province, Refusal, Remark};

/// A clause of more characters is a paragraph, not a heading.
const LONGEST_HEADING: usize = 30;

/// Writes the draft.
pub(super) fn write(
    blocks: Vec<Block>,
    mut remarks: Vec<Remark>,
    source: &str,
    today: &str,
    provinces: &[Province],
) -> Result<Draft, Refusal> {
    if blocks.is_empty() {
        return Err(Refusal::Empty);
    }
    let head = head::find(&blocks, provinces);
    let mut markdown = front_matter(&head, source, today);
    let mut names = Names::default();
    let mut numbers = Numbers::default();
    for (at, block) in blocks.iter().enumerate() {
        let text = match block {
            Block::Table(rows) => {
                if numbers.is_empty() && names.is_empty() {
                    let _ = write!(markdown, "\n## {} {{#text}}\n", escaped(&head.title_text));
                }
                markdown.push_str(&table(rows));
                continue;
            }
            Block::Paragraph(text) => text,
        };
        if head.title.contains(&at) {
            if at == head.title.start {
                let _ = write!(markdown, "\n# {} {}\n", escaped(&head.title_text), names.take("head"));
            }
            continue;
        }
        let number = content::clause_number(text);
        let name = match &number {
            None if Some(at) == head.signature => Some("signature"),
            None if text.starts_with("附件") && text.chars().count() <= 6 => Some("attachments"),
            // What stands before the first clause needs a clause to belong to.
            None if numbers.is_empty() && names.is_empty() => {
                Some(if at < head.title.start { "letterhead" } else { "text" })
            }
            _ => None,
        };
        let mut line = escaped(text);
        if let Some(name) = name {
            line = format!("{line} {}", names.take(name));
            numbers.forget();
        } else if let Some(number) = &number {
            let is_heading = text.chars().count() <= LONGEST_HEADING
                && number.level <= 3
                && !text.ends_with(['。', '；', ';', '：', ':', '，', '、']);
            if let Some(again) = numbers.add(number) {
                remarks.push(Remark::NumberTwice);
                line = format!("{line} {{#{again}}}");
            }
            if is_heading {
                line = format!("{} {line}", "#".repeat(number.level + 1));
            }
        }
        let _ = write!(markdown, "\n{line}\n");
    }
    remarks.sort_unstable();
    remarks.dedup();
    Ok(Draft { markdown, remarks })
}

fn front_matter(head: &Head, source: &str, today: &str) -> String {
    let (level, province) = match head.province.as_str() {
        "" => ("national", "# province:".to_owned()),
        code => ("provincial", format!("province: {code}")),
    };
    let year = if head.year.is_empty() { &today[..4] } else { &head.year };
    let optional = |name: &str, value: &str| {
        if value.is_empty() { format!("# {name}:") } else { format!("{name}: {}", quoted(value)) }
    };
    format!(
        "---\n\
         # 由 {source} 导入的草稿，{today}。请对照原件逐项核对；空着的项要填，前面有 # 的项可有可无。\n\
         title: {title}\n\
         # 引用时用的简称。\n\
         # short_title:\n\
         {number}\n\
         issuer: {issuer}\n\
         {issued}\n\
         # 国家文件写 national；省里的写 provincial，并写明 province（省份代码）。\n\
         level: {level}\n\
         {province}\n\
         year: {year}\n\
         status: current\n\
         # 文字从哪里来：文件名、网址或纸质件；有网页的另写 source_url。\n\
         source: {from}\n\
         # source_url:\n\
         # 一两句话的摘要。\n\
         # summary:\n\
         ---\n",
        source = source.replace('\n', " "),
        title = quoted(&head.title_text),
        number = optional("number", &head.number),
        issuer = quoted(&head.issuer),
        issued = optional("issued", &head.issued),
        from = quoted(source),
    )
}

/// A value as YAML: in quotes where it could be read as something else.
fn quoted(text: &str) -> String {
    let is_plain = text.chars().next().is_none_or(|c| c.is_alphanumeric() || c == '《')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.contains(['\n', '\t', '"', '\\']);
    if is_plain { text.to_owned() } else { format!("{text:?}") }
}

fn table(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut result = "\n".to_owned();
    for (at, row) in rows.iter().enumerate() {
        let cell =
            |column: usize| row.get(column).map_or(String::new(), |text| escaped(&text.replace('\n', " ")));
        let cells: Vec<String> = (0..width).map(cell).collect();
        let _ = writeln!(result, "| {} |", cells.join(" | "));
        if at == 0 {
            let _ = writeln!(result, "|{}", " --- |".repeat(width));
        }
    }
    result
}

/// Names that were given: each once.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, name: &str) -> String {
        let free = (1..).map(|count| if count == 1 { name.to_owned() } else { format!("{name}-{count}") });
        let mut free = free.skip_while(|name| self.0.contains(name));
        let name = free.next().unwrap_or_default();
        let result = format!("{{#{name}}}");
        self.0.insert(name);
        result
    }
}

/// The numbers on the way down to a clause, as the compiler makes anchors of them.
#[derive(Default)]
struct Numbers {
    above: Vec<(usize, String)>,
    taken: BTreeSet<String>,
}

impl Numbers {
    fn is_empty(&self) -> bool {
        self.taken.is_empty()
    }

    /// A named clause has begun: numbers below it are told apart from those before it.
    fn forget(&mut self) {
        self.above.clear();
        let named = format!("n{}", self.taken.len());
        self.above.push((0, named));
    }

    /// Another name for the clause where this number is taken.
    fn add(&mut self, number: &ClauseNumber) -> Option<String> {
        self.above.retain(|(level, _)| *level < number.level && !(*level == 0 && number.level == 1));
        let mut id = match self.above.last() {
            None => format!("s{}", number.number),
            Some((_, above)) => format!("{above}-{}", number.number),
        };
        let is_free = self.taken.insert(id.clone());
        let again = (!is_free).then(|| {
            let mut count = 2;
            while !self.taken.insert(format!("{id}-again{count}")) {
                count += 1;
            }
            id = format!("{id}-again{count}");
            self.above.clear();
            id.clone()
        });
        self.above.push((if again.is_some() { 0 } else { number.level }, id));
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_the_form_that_anchors_are_made_of() {
        let lines = [
            "某省教育厅",
            "某教〔2024〕2号",
            "关于申报的通知",
            "各校：",
            "一、范围",
            "（一）学校",
            "1.开设专业。",
            "2.有方案。",
            "2.有师资。",
            "二、其他。",
            "附件：",
            "1.表",
            "某省教育厅",
            "2024年9月4日",
        ];
        let blocks = lines.map(|line| Block::Paragraph(line.to_owned())).into();
        let draft =
            write(blocks, Vec::new(), "某.txt", "2026-11-26", &[("MO".to_owned(), "某省".to_owned())]);
        let Draft { markdown, remarks } = draft.expect("there is text");
        assert_eq!(remarks, [Remark::NumberTwice]);
        let body = markdown.split("---\n").nth(2).expect("a body");
        let expected = "\n某省教育厅 {#letterhead}\n\n某教〔2024〕2号\n\n# 关于申报的通知 {#head}\n\n各校：\n\n## 一、范围\n\n### （一）学校\n\n1.开设专业。\n\n2.有方案。\n\n2.有师资。 {#s1-1-2-again2}\n\n二、其他。\n\n附件： {#attachments}\n\n#### 1.表\n\n某省教育厅 {#signature}\n\n2024年9月4日\n";
        assert_eq!(body, expected);
        for line in [
            "title: 关于申报的通知\n",
            "number: 某教〔2024〕2号\n",
            "issuer: 某省教育厅\n",
            "issued: 2024-09-04\n",
            "level: provincial\nprovince: MO\nyear: 2024\n",
            "source: 某.txt\n",
        ] {
            assert!(markdown.contains(line), "{line} in {markdown}");
        }
    }

    #[test]
    fn values_that_yaml_would_read_are_quoted() {
        for (text, expected) in [("甲: 乙", "\"甲: 乙\""), ("*甲", "\"*甲\""), ("甲乙", "甲乙"), ("", "")]
        {
            assert_eq!(quoted(text), expected);
        }
    }
}
