//! What is wrong with a file that is about to be published, whatever it was made of: the last look before readers see it.

use content::{LARGEST_PAGE, Language};
use memchr::memmem;

use super::html::{Piece, Pieces, line_of};
use super::links::{BrokenLink, Places};

/// Texts in which a character that could not be read would be shown to somebody.
const TEXTS: [&str; 8] = ["atom", "csv", "html", "ics", "json", "svg", "txt", "xml"];

/// Why a tree is not published.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A page without content.
    Empty,
    /// U+FFFD, which stands where a character could not be read.
    Replacement { line: usize },
    /// Marks of a template that was not carried out.
    Template { line: usize, mark: &'static str },
    /// A page beyond [`LARGEST_PAGE`].
    TooLong { bytes: usize },
    /// A link to a file that is not published.
    Link(BrokenLink),
    /// Two files of one path, or of paths that the file system takes for one.
    Twice,
    /// Pages that were made and do not stand in the staged tree.
    Missing { made: usize, staged: usize },
}

/// Whether a file is a page.
pub(crate) fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// The first thing that is wrong with a file.
pub(crate) fn fault(path: &str, bytes: &[u8], places: &Places) -> Option<Fault> {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !TEXTS.contains(&extension) {
        return None;
    }
    if let Some(at) = memmem::find(bytes, "\u{fffd}".as_bytes()) {
        return Some(Fault::Replacement { line: line_of(bytes, at) });
    }
    if !is_page(path) {
        return None;
    }
    if bytes.len() > LARGEST_PAGE {
        return Some(Fault::TooLong { bytes: bytes.len() });
    }
    if is_empty(bytes) {
        return Some(Fault::Empty);
    }
    left_over(bytes).or_else(|| places.broken_link(path, bytes).map(Fault::Link))
}

/// Whether a page says nothing: no text and no picture in its main part, or in its body where it has none.
fn is_empty(page: &[u8]) -> bool {
    let start = |name: &[u8]| {
        memmem::find_iter(page, name).find(|at| {
            page.get(at + name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'>')
        })
    };
    let from = start(b"<main").or_else(|| start(b"<body")).unwrap_or(0);
    let mut in_head = false;
    for piece in Pieces::of(&page[from..]) {
        match piece {
            Piece::Tag { name: b"main" | b"body", closes: true, .. } => return true,
            Piece::Tag { name: b"head", closes, .. } => in_head = !closes,
            Piece::Tag { name: b"img" | b"svg", .. } => return false,
            Piece::Text(range) if !in_head && !page[from..][range.clone()].trim_ascii().is_empty() => {
                return false;
            }
            _ => {}
        }
    }
    true
}

/// Marks of a template outside of what shows code, scripts and comments.
fn left_over(page: &[u8]) -> Option<Fault> {
    const MARKS: [&str; 2] = ["{{", "{%"];
    if MARKS.iter().all(|mark| memmem::find(page, mark.as_bytes()).is_none()) {
        return None;
    }
    let mut code = 0_usize;
    for piece in Pieces::of(page) {
        let range = match piece {
            Piece::Tag { name: b"code" | b"pre" | b"samp" | b"kbd" | b"textarea", closes, .. } => {
                code = if closes { code.saturating_sub(1) } else { code + 1 };
                continue;
            }
            Piece::Text(range) if code == 0 => range,
            Piece::Tag { range, .. } => range,
            Piece::Text(_) | Piece::Other(_) => continue,
        };
        for mark in MARKS {
            if let Some(at) = memmem::find(&page[range.clone()], mark.as_bytes()) {
                return Some(Fault::Template { line: line_of(page, range.start + at), mark });
            }
        }
    }
    None
}

impl Fault {
    /// What is wrong and what to do, after the name of the file.
    pub(crate) fn message(&self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Empty => "页面没有内容；请看它的模板和来源文件".to_owned(),
            Self::Replacement { line } => {
                format!("第 {line} 行有 U+FFFD（�），是没读懂的字；请把来源文件另存为 UTF-8 并补上原字")
            }
            Self::Template { line, mark } => {
                format!(
                    "第 {line} 行留有没执行的模板标记 {mark}；请看它的模板，正文里要写这个标记就放进 `代码` 里"
                )
            }
            Self::TooLong { bytes } => {
                format!("页面有 {} KB，超过 {} KB；请把内容分成几份", bytes / 1024, LARGEST_PAGE / 1024)
            }
            Self::Link(BrokenLink { address, line }) => {
                format!("第 {line} 行的链接“{address}”没有对应的文件；请看它的模板和来源文件")
            }
            Self::Twice => "有两个文件要放在这个位置（只有大小写不同的也算）；请改其中一个的编号".to_owned(),
            Self::Missing { made, staged } => {
                format!("生成了 {made} 个页面，写好的却是 {staged} 个；请再生成一次")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Empty => "the page is empty; look at its template and its source".to_owned(),
            Self::Replacement { line } => format!(
                "line {line} has U+FFFD (�), a character that could not be read; save the source as UTF-8 and write the character anew"
            ),
            Self::Template { line, mark } => format!(
                "line {line} has {mark}, a mark of a template that was not carried out; look at its template, or write it as `code` in a text"
            ),
            Self::TooLong { bytes } => format!(
                "the page has {} KB, more than {} KB; split what it shows",
                bytes / 1024,
                LARGEST_PAGE / 1024
            ),
            Self::Link(BrokenLink { address, line }) => format!(
                "the link `{address}` in line {line} leads to no file; look at its template and its source"
            ),
            Self::Twice => {
                "two files are to stand here (the same but for capitals counts, too); give one another id"
                    .to_owned()
            }
            Self::Missing { made, staged } => {
                format!("{made} pages were made and {staged} are staged; build once more")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r21_what_must_not_be_published_is_named() {
        let places = Places::new(["index.html"].into_iter(), "");
        let check = |path: &str, text: &str, expected: Option<Fault>| {
            assert_eq!(
                fault(path, text.as_bytes(), &places),
                expected,
                "{path}: {}",
                &text[..text.len().min(80)]
            );
        };
        check("index.html", "<title>a</title><body><main><h1>甲</h1></main>", None);
        check("index.html", "厚德强技", None);
        check("index.html", "<main class=\"x\"><img src=\"./\"></main>", None);
        check("index.html", "<body><header>导航</header><main>\n <p></p></main></body>", Some(Fault::Empty));
        check(
            "index.html",
            "<head><title>甲</title></head><body><script>1</script></body>",
            Some(Fault::Empty),
        );
        check("index.html", "", Some(Fault::Empty));

        check("index.html", "<p>\n\u{fffd}", Some(Fault::Replacement { line: 2 }));
        check("data/a.json", "\"\u{fffd}\"", Some(Fault::Replacement { line: 1 }));
        check("assets/a.js", "'\u{fffd}'", None);

        check("index.html", "<p>a</p>\n{{ page.title }}", Some(Fault::Template { line: 2, mark: "{{" }));
        check("index.html", "<p>{% if x %}</p>", Some(Fault::Template { line: 1, mark: "{%" }));
        check("index.html", "<a title=\"{{ x }}\">a</a>", Some(Fault::Template { line: 1, mark: "{{" }));
        check("index.html", "<p><code>{{ x }}</code></p><pre>{% %}</pre><script>'{{'</script>", None);

        check(
            "index.html",
            "<p>a <a href=\"b/\">",
            Some(Fault::Link(BrokenLink { address: "b/".into(), line: 1 })),
        );
        let long = "甲".repeat(LARGEST_PAGE / 3 + 1);
        check("index.html", &long, Some(Fault::TooLong { bytes: long.len() }));
        check("data/a.json", &long, None);
    }

    #[test]
    fn every_fault_is_told_in_both_languages() {
        let link = || BrokenLink { address: "b/".to_owned(), line: 7 };
        for fault in [
            Fault::Empty,
            Fault::Replacement { line: 7 },
            Fault::Template { line: 7, mark: "{{" },
            Fault::TooLong { bytes: 9_000_000 },
            Fault::Link(link()),
            Fault::Twice,
            Fault::Missing { made: 7, staged: 6 },
        ] {
            let (chinese, english) = (fault.message(Language::Chinese), fault.message(Language::English));
            assert!(
                chinese.contains(['；', '，']) && english.is_ascii() || english.contains('�'),
                "{fault:?}"
            );
        }
    }
}
