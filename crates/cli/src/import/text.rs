//! Plain text to blocks: lines that a scan broke are joined, lines with tabs become tables.

use super::{Block, head};

/// Below this many columns a line was not broken because it was full.
const SHORTEST_FULL_LINE: usize = 36;

/// The paragraphs and tables of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim_end().trim_start_matches([' ', '\u{3000}', '\u{feff}'])).collect();
    let full = full_line(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    // The last line of the text so far was full and its sentence goes on.
    let mut goes_on = false;
    for line in lines.into_iter().filter(|line| !line.trim().is_empty()) {
        if line.contains('\t') {
            let cells: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
            match blocks.last_mut() {
                Some(Block::Table(rows)) => rows.push(cells),
                _ => blocks.push(Block::Table(vec![cells])),
            }
            goes_on = false;
            continue;
        }
        let line = line.trim();
        match blocks.last_mut() {
            Some(Block::Paragraph(text)) if goes_on && !stands_alone(line) => join(text, line),
            _ => blocks.push(Block::Paragraph(line.to_owned())),
        }
        let ends = line.ends_with(['。', '：', ':', '；', ';', '！', '？']);
        goes_on = !ends && columns(line) >= full;
    }
    blocks
}

/// Lines that are no part of the sentence before them: a clause, the day under a signature, an address.
fn stands_alone(line: &str) -> bool {
    content::clause_number(line).is_some() || head::day(line).is_some() || line.starts_with("http")
}

/// How many columns a line has at least that was broken because it was full: most lines of a scan are about as long.
fn full_line(lines: &[&str]) -> usize {
    let mut lengths: Vec<usize> =
        lines.iter().map(|line| columns(line)).filter(|&length| length > 0).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() * 3 / 4).copied().unwrap_or(0);
    (usual.min(80) * 4 / 5).max(SHORTEST_FULL_LINE)
}

fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Joins what a line break parted. Between Chinese characters there is no space; beside a word or number there is one.
fn join(text: &mut String, line: &str) {
    let (Some(before), Some(after)) = (text.chars().next_back(), line.chars().next()) else { return };
    let is_letter = |c: char| c.is_alphanumeric();
    if (before.is_ascii_alphanumeric() && is_letter(after))
        || (after.is_ascii_alphanumeric() && is_letter(before))
    {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        blocks(text).iter().filter_map(Block::paragraph).map(str::to_owned).collect()
    }

    #[test]
    fn lines_that_a_scan_broke_are_joined() {
        let text = "关于做好申报工作的通知\n\n各设区市教育局，杨凌示范区教育局、韩城市教育局，神木\n\n市、府谷县教育和体育局：\n\n教育部职成司公布的参与试点的证书一共有四批，总数为\n447 个，各院校可以结合实际自主选择证书，并且\n一、申报证书范围\n陕西省职业院校证书制度试点工作项目办公室\n2024 年 9 月 4 日\n";
        assert_eq!(
            paragraphs(text),
            [
                "关于做好申报工作的通知",
                "各设区市教育局，杨凌示范区教育局、韩城市教育局，神木市、府谷县教育和体育局：",
                "教育部职成司公布的参与试点的证书一共有四批，总数为 447 个，各院校可以结合实际自主选择证书，并且",
                "一、申报证书范围",
                "陕西省职业院校证书制度试点工作项目办公室",
                "2024 年 9 月 4 日",
            ]
        );
    }

    #[test]
    fn lines_with_tabs_are_a_table() {
        let found = blocks("表：\n序号\t名称\n1\t甲\n\n\t乙\n后文\n");
        let rows = [["序号", "名称"], ["1", "甲"], ["", "乙"]];
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        assert_eq!(found[1], Block::Table(rows));
        assert_eq!(found.len(), 3);
    }
}
