//! A Word file to blocks: paragraphs with the numbers Word prints before them, tables, footnotes at the end.
//!
//! What was deleted with changes tracked is left out, what was inserted is taken.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::numbering::Numbering;
use super::xml::{self, Element};
use super::{Block, Refusal, Remark};

/// Bytes of the file; pictures are most of them.
const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Bytes of one part, unpacked: a notice of a hundred pages takes a tenth of it.
const MOST_PART: u64 = 20 * 1024 * 1024;
/// Parts of a file.
const MOST_PARTS: usize = 5_000;
/// Headers and footers that are looked into: a document has three of each for a section at most.
const MOST_MARGINS: usize = 100;

/// The blocks of the file and what was not carried over.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Block>, Vec<Remark>), Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::NotWord)?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::TooLarge);
    }
    let document = part(&mut archive, "word/document.xml")?.ok_or(Refusal::NotWord)?;
    let numbering = part(&mut archive, "word/numbering.xml")?;
    let styles = part(&mut archive, "word/styles.xml")?;
    let mut reader = Reader { numbering: Numbering::new(numbering.as_ref()), styles, remarks: Vec::new() };
    let mut blocks = Vec::new();
    reader.body(document.child("body").ok_or(Refusal::NotWord)?, &mut blocks);
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        for note in part(&mut archive, notes)?.iter().flat_map(|notes| &notes.children) {
            reader.body(note, &mut blocks);
        }
    }
    let margins: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .filter(|name| ["word/header", "word/footer"].iter().any(|start| name.starts_with(start)))
        .take(MOST_MARGINS)
        .collect();
    for name in margins {
        let mut inside = Vec::new();
        if let Some(margin) = part(&mut archive, &name)? {
            reader.body(&margin, &mut inside);
        }
        if inside
            .iter()
            .any(|block| block.paragraph().is_none_or(|text| text.chars().any(char::is_alphabetic)))
        {
            reader.remarks.push(Remark::HeadersAndFooters);
        }
    }
    if reader.numbering.has_unknown {
        reader.remarks.push(Remark::Numbering);
    }
    Ok((blocks, reader.remarks))
}

/// A part of the archive, not more of it than is stated above whatever it says of itself.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Element>, Refusal> {
    let Ok(part) = archive.by_name(name) else { return Ok(None) };
    let mut text = Vec::new();
    part.take(MOST_PART + 1).read_to_end(&mut text).map_err(|_| Refusal::NotWord)?;
    if text.len() as u64 > MOST_PART {
        return Err(Refusal::TooLarge);
    }
    let text = String::from_utf8(text).map_err(|_| Refusal::NotWord)?;
    xml::parse(&text).map(Some).ok_or(Refusal::NotWord)
}

struct Reader {
    numbering: Numbering,
    styles: Option<Element>,
    remarks: Vec<Remark>,
}

impl Reader {
    /// The paragraphs and tables of an element, through what only groups them.
    fn body(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        for child in &element.children {
            match child.name.as_str() {
                "p" => {
                    let text = self.paragraph(child, blocks);
                    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                    blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
                }
                "tbl" => {
                    let rows = self.rows(child);
                    blocks.push(Block::Table(rows));
                }
                "sectPr" | "Fallback" | "del" | "moveFrom" => {}
                _ => self.body(child, blocks),
            }
        }
    }

    /// The text of a paragraph with its number; text boxes in it become blocks before it.
    fn paragraph(&mut self, paragraph: &Element, blocks: &mut Vec<Block>) -> String {
        let mut text = String::new();
        self.runs(paragraph, &mut text, blocks);
        if text.trim().is_empty() {
            return String::new();
        }
        let number = self.number(paragraph.child("pPr"));
        format!("{number}{}", text.trim())
    }

    fn number(&mut self, settings: Option<&Element>) -> String {
        let Some(settings) = settings else { return String::new() };
        let own = settings.child("numPr").map(|number| (number.value("numId"), number.value("ilvl")));
        let of_style = || {
            let style = settings.value("pStyle")?;
            let styles = self.styles.as_ref()?;
            let style = styles.all("style").find(|one| one.attribute("styleId") == style)?;
            let number = style.child("pPr")?.child("numPr")?;
            Some((number.value("numId"), number.value("ilvl")))
        };
        let Some((Some(list), level)) = own.or_else(of_style) else { return String::new() };
        let (list, level) = (list.to_owned(), level.and_then(|level| level.parse().ok()).unwrap_or(0));
        self.numbering.next(&list, level)
    }

    fn runs(&mut self, element: &Element, text: &mut String, blocks: &mut Vec<Block>) {
        for child in &element.children {
            match child.name.as_str() {
                "t" => text.push_str(&child.text),
                "tab" => text.push(' '),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "pPr" | "rPr" | "del" | "moveFrom" | "Fallback" | "instrText" | "tabs" => {}
                "txbxContent" => self.body(child, blocks),
                "blip" | "imagedata" => self.remarks.push(Remark::Pictures),
                _ => self.runs(child, text, blocks),
            }
        }
    }

    fn rows(&mut self, table: &Element) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for row in table.all("tr") {
            let mut cells = Vec::new();
            for cell in row.all("tc") {
                let settings = cell.child("tcPr");
                let span =
                    settings.and_then(|settings| settings.value("gridSpan")?.parse().ok()).unwrap_or(1_usize);
                if span > 1 || settings.is_some_and(|settings| settings.child("vMerge").is_some()) {
                    self.remarks.push(Remark::SpanningCells);
                }
                let mut inside = Vec::new();
                self.body(cell, &mut inside);
                let words: Vec<String> = inside.into_iter().map(words).collect();
                cells.push(words.join(" "));
                cells.extend(std::iter::repeat_n(String::new(), span.clamp(1, 100) - 1));
            }
            rows.push(cells);
        }
        rows
    }
}

/// The words of a block in one line: a table within a table has no rows of its own.
fn words(block: Block) -> String {
    match block {
        Block::Paragraph(text) => text,
        Block::Table(rows) => rows.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn word(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("written");
        }
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn paragraphs_tables_and_notes_are_read() {
        let body = "<w:document><w:body>\
            <w:p><w:r><w:t>关于</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del><w:ins><w:r><w:t>申报的通知</w:t></w:r></w:ins></w:p>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>范围</w:t></w:r></w:p>\
            <w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>条件</w:t><w:br/><w:t>后文</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
            </w:body></w:document>";
        let numbering = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
        let styles = "<w:styles><w:style w:styleId='a'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>";
        let notes =
            "<w:footnotes><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let header = "<w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>";
        let bytes = word(&[
            ("word/document.xml", body),
            ("word/numbering.xml", numbering),
            ("word/styles.xml", styles),
            ("word/footnotes.xml", notes),
            ("word/header1.xml", header),
        ]);
        let (blocks, remarks) = read(&bytes).expect("it is a Word file");
        let paragraph = |text: &str| Block::Paragraph(text.to_owned());
        let rows = vec![vec!["甲".to_owned(), "乙".to_owned()], vec!["丙".to_owned(), String::new()]];
        let expected = [
            paragraph("关于申报的通知"),
            paragraph("一、范围"),
            paragraph("二、条件"),
            paragraph("后文"),
            Block::Table(rows),
            paragraph("脚注"),
        ];
        assert_eq!(blocks, expected);
        assert_eq!(remarks, [Remark::SpanningCells, Remark::HeadersAndFooters]);
    }

    #[test]
    fn s08_what_is_no_word_file_or_unpacks_to_too_much_is_refused() {
        assert_eq!(read(b"no archive").err(), Some(Refusal::NotWord));
        assert_eq!(read(&word(&[("a.txt", "x")])).err(), Some(Refusal::NotWord));
        let bomb = word(&[("word/document.xml", &" ".repeat(21 * 1024 * 1024))]);
        assert!(bomb.len() < 100_000);
        assert_eq!(read(&bomb).err(), Some(Refusal::TooLarge));
    }
}
