//! The authoring pages: what may be written, from the tables that the reader itself uses, with the example that is compiled by
//! the tests.

use content::format::{
    COMBINATIONS, COMPARISONS, EXAMPLE, Field, Kind, Names, Presence, Record, SOURCE_FILES, SourceFile, Word,
};
use serde::Serialize;

use crate::view::authoring_chapters::Chapter;
use crate::view::authoring_mistakes::Mistake;

/// Words, some of which are typed as they stand.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    text: String,
    typed: bool,
}

/// The pieces of a text in which `` `…` `` marks what is typed.
fn pieces(text: &str) -> Vec<Piece> {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, text)| Piece { text: text.to_owned(), typed: index % 2 == 1 })
        .filter(|piece| !piece.text.is_empty())
        .collect()
}

/// What a chapter shows.
#[derive(Debug, Serialize)]
pub(crate) struct ChapterView {
    lead: Vec<Piece>,
    notes: Vec<Vec<Piece>>,
    files: Vec<FileView>,
    /// The words of conditions, where the chapter is about them.
    words: Vec<WordGroup>,
}

/// A sort of file.
#[derive(Debug, Serialize)]
pub(crate) struct FileView {
    id: &'static str,
    path: &'static str,
    title: &'static str,
    about: Vec<Piece>,
    is_markdown: bool,
    is_list: bool,
    /// Records told on this page for the first time.
    records: Vec<RecordView>,
    /// The record, where an earlier file of the page has told it.
    same_as: Option<Link>,
    examples: Vec<Example>,
}

#[derive(Debug, Serialize)]
struct Example {
    path: &'static str,
    text: &'static str,
}

/// A record of this page.
#[derive(Debug, Serialize)]
struct Link {
    anchor: String,
    title: &'static str,
}

#[derive(Debug, Serialize)]
struct RecordView {
    anchor: String,
    title: &'static str,
    fields: Vec<FieldView>,
}

#[derive(Debug, Serialize)]
struct FieldView {
    anchor: String,
    name: &'static str,
    kind: String,
    /// The record that stands there.
    record: Option<Link>,
    presence: Vec<Piece>,
    required: bool,
    meaning: Vec<Piece>,
    words: Vec<WordView>,
    /// Empty where an example is shown elsewhere.
    example: &'static str,
}

#[derive(Debug, Serialize)]
struct WordView {
    word: &'static str,
    meaning: &'static str,
}

/// Words of conditions that do the same sort of thing.
#[derive(Debug, Serialize)]
struct WordGroup {
    id: &'static str,
    title: &'static str,
    rows: Vec<WordRow>,
}

#[derive(Debug, Serialize)]
struct WordRow {
    words: &'static [&'static str],
    meaning: &'static str,
    example: &'static str,
}

/// A row of the overview: a sort of file and the chapter that tells it.
#[derive(Debug, Serialize)]
pub(crate) struct FileRow {
    path: &'static str,
    title: &'static str,
    about: Vec<Piece>,
    url: String,
}

/// A mistake as the overview shows it.
#[derive(Debug, Serialize)]
pub(crate) struct MistakeView {
    wrong: &'static str,
    right: &'static str,
    code: &'static str,
    why: Vec<Piece>,
}

/// Every sort of file, in order.
pub(crate) fn file_rows(chapters: &'static [Chapter]) -> Vec<FileRow> {
    let row = |file: &'static SourceFile| {
        let chapter = chapters.iter().find(|chapter| chapter.files.contains(&file.id));
        FileRow {
            path: file.path,
            title: file.title,
            about: pieces(file.about),
            url: chapter.map(|chapter| format!("{}#file-{}", chapter.url(), file.id)).unwrap_or_default(),
        }
    };
    SOURCE_FILES.iter().map(row).collect()
}

/// Mistakes for the overview.
pub(crate) fn mistake_views(mistakes: &'static [Mistake]) -> Vec<MistakeView> {
    let view = |mistake: &'static Mistake| MistakeView {
        wrong: mistake.wrong,
        right: mistake.right,
        code: mistake.code,
        why: pieces(mistake.why),
    };
    mistakes.iter().map(view).collect()
}

/// Everything a chapter shows.
pub(crate) fn chapter_view(chapter: &'static Chapter) -> ChapterView {
    let mut told: Vec<&'static str> = Vec::new();
    let files = chapter.files.iter().filter_map(|id| SOURCE_FILES.iter().find(|file| file.id == *id));
    let files: Vec<FileView> = files.map(|file| file_view(file, &mut told)).collect();
    let words = if chapter.files.contains(&"conditions") { condition_words() } else { Vec::new() };
    let notes = chapter.notes.iter().map(|note| pieces(note)).collect();
    ChapterView { lead: pieces(chapter.lead), notes, files, words }
}

fn file_view(file: &'static SourceFile, told: &mut Vec<&'static str>) -> FileView {
    let record = file.shape.record();
    let same_as = told.contains(&record.id).then(|| link(record));
    let mut records = Vec::new();
    enter(record, told, &mut records);
    let examples = EXAMPLE
        .iter()
        .filter(|(path, _)| SourceFile::at(path).is_some_and(|at| at.id == file.id))
        .map(|(path, text)| Example { path, text: text.trim_end() })
        .collect();
    FileView {
        id: file.id,
        path: file.path,
        title: file.title,
        about: pieces(file.about),
        is_markdown: file.is_markdown(),
        is_list: matches!(file.shape, content::format::SourceShape::List(_)),
        records,
        same_as,
        examples,
    }
}

/// A record and those that stand in it, each once on a page.
fn enter(record: &'static Record, told: &mut Vec<&'static str>, views: &mut Vec<RecordView>) {
    if told.contains(&record.id) {
        return;
    }
    told.push(record.id);
    let fields = record.fields.iter().map(|field| field_view(record, field)).collect();
    views.push(RecordView { anchor: anchor(record), title: record.title, fields });
    for inner in record.fields.iter().filter_map(|field| field.kind.record()) {
        enter(inner, told, views);
    }
}

fn anchor(record: &Record) -> String {
    format!("record-{}", record.id)
}

fn link(record: &'static Record) -> Link {
    Link { anchor: anchor(record), title: record.title }
}

fn field_view(record: &Record, field: &'static Field) -> FieldView {
    let words = |word: &'static Word| WordView { word: word.word, meaning: word.meaning };
    FieldView {
        anchor: format!("{}-{}", record.id, field.name),
        name: field.name,
        kind: kind_label(&field.kind),
        record: field.kind.record().map(link),
        presence: pieces(&presence(field.presence)),
        required: field.presence == Presence::Required,
        meaning: pieces(field.meaning),
        words: field.kind.words().iter().map(words).collect(),
        example: if field.example.starts_with("见下面") { "" } else { field.example },
    }
}

/// When a field must be there; empty for one that need not.
fn presence(presence: Presence) -> String {
    let (has, unless) = match presence {
        Presence::Required => return "必填".to_owned(),
        Presence::Optional => return String::new(),
        Presence::RequiredWhere { has, unless } => (has, unless),
    };
    let typed: Vec<String> = unless.iter().map(|name| format!("`{name}`")).collect();
    let without = if typed.is_empty() { String::new() } else { format!("没有 {} ", typed.join("、")) };
    match has {
        Some((name, word)) if typed.is_empty() => format!("`{name}` 为 `{word}` 时必填"),
        Some((name, word)) => format!("`{name}` 为 `{word}`、又{without}时必填"),
        None => format!("{without}时必填"),
    }
}

/// What stands in a field, for people.
fn kind_label(kind: &Kind) -> String {
    let label = match kind {
        Kind::Text => "文字",
        Kind::Markdown => "文字，可以用 Markdown",
        Kind::Date => "日期",
        Kind::Integer { least, most } if *most < 1 << 30 => return format!("整数，{least} 至 {most}"),
        Kind::Integer { .. } => "整数",
        Kind::Id => "编号",
        Kind::StatementId => "内容编号",
        Kind::Address => "网址",
        Kind::Words(_) => "写其中一个",
        Kind::Document => "文件编号",
        Kind::Clause => "文件编号#锚点",
        Kind::ClauseOfDocument => "锚点",
        Kind::Province => "省的代码",
        Kind::Topic => "主题编号",
        Kind::Group => "分组编号",
        Kind::Fact => "问题编号",
        Kind::Answer => "答案",
        Kind::Test => "条件式",
        Kind::Record(_) => "一组",
        Kind::List(Kind::Record(_)) => "列表",
        Kind::Map { of: Kind::Record(_), .. } => "编号",
        Kind::List(of) => return format!("列表：{}", kind_label(of)),
        Kind::Map { names, of } => {
            let names = match names {
                Names::Ids | Names::Options => "编号",
                Names::Facts => "问题编号",
                Names::Conditions => "条件",
            };
            return format!("{names}: {}", kind_label(of));
        }
    };
    label.to_owned()
}

fn condition_words() -> Vec<WordGroup> {
    let row = |words, meaning, example| WordRow { words, meaning, example };
    let compared = COMPARISONS.iter().map(|one| row(one.words, one.meaning, one.example));
    let combined = COMBINATIONS.iter().map(|one| row(one.words, one.meaning, one.example));
    vec![
        WordGroup { id: "comparisons", title: "比较", rows: compared.collect() },
        WordGroup { id: "combinations", title: "组合", rows: combined.collect() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::authoring_chapters::CHAPTERS;

    #[test]
    fn what_is_typed_is_told_from_words() {
        let typed = |text: &str| Piece { text: text.to_owned(), typed: true };
        let said = |text: &str| Piece { text: text.to_owned(), typed: false };
        assert_eq!(
            pieces("写 `a` 和 `b`。"),
            [said("写 "), typed("a"), said(" 和 "), typed("b"), said("。")]
        );
        assert_eq!(pieces("`a`"), [typed("a")]);
    }

    #[test]
    fn every_sort_of_file_has_one_chapter_with_an_example_of_each() {
        let mut told: Vec<&str> = CHAPTERS.iter().flat_map(|chapter| chapter.files).copied().collect();
        let mut all: Vec<&str> = SOURCE_FILES.iter().map(|file| file.id).collect();
        told.sort_unstable();
        all.sort_unstable();
        assert_eq!(told, all);
        for file in CHAPTERS.iter().flat_map(|chapter| chapter_view(chapter).files) {
            assert!(!file.examples.is_empty(), "{}", file.id);
            assert!(file.records.is_empty() == file.same_as.is_some(), "{}", file.id);
        }
    }

    #[test]
    fn when_a_field_must_be_there_is_said_in_words() {
        let where_ = |has, unless| presence(Presence::RequiredWhere { has, unless });
        assert_eq!(where_(Some(("level", "provincial")), &[]), "`level` 为 `provincial` 时必填");
        assert_eq!(where_(Some(("type", "enum")), &["a"]), "`type` 为 `enum`、又没有 `a` 时必填");
        assert_eq!(where_(None, &["a", "b"]), "没有 `a`、`b` 时必填");
    }
}
