//! Templates: the one file that knows the template engine, and what its errors mean.
//!
//! Templates come as text and are known by their path below `templates/`. Everything a page prints is escaped
//! unless a template says `safe`. Two filters are added to the engine's own: `date` (a day in Chinese) and
//! `without_protocol` (an address as people read it).

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera};

/// Parsed templates.
#[derive(Debug, Clone)]
pub struct Templates(Tera);

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct TemplateError {
    /// Name of the template; empty when the engine does not tell.
    pub template: String,
    /// Line from 1; 0 when the engine does not tell.
    pub line: usize,
    /// Column in characters from 1; 0 when the engine does not tell.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.template.as_str(), self.line) {
            ("", _) => write!(formatter, "{}", self.message),
            (template, 0) => write!(formatter, "{template}: {}", self.message),
            (template, line) => write!(formatter, "{template}:{line}:{}: {}", self.column, self.message),
        }
    }
}

impl Templates {
    /// Parses templates given as (name, text); of two with one name the later counts.
    ///
    /// # Errors
    /// Everything that is wrong with them, sorted by template and position.
    pub fn new<I, N, T>(templates: I) -> Result<Self, Vec<TemplateError>>
    where
        I: IntoIterator<Item = (N, T)>,
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let templates: Vec<(N, T)> = templates.into_iter().collect();
        let mut tera = engine();
        let pairs = templates.iter().map(|(name, text)| (name.as_ref(), text.as_ref()));
        match tera.add_raw_templates(pairs) {
            Ok(()) => Ok(Self(tera)),
            Err(error) => Err(all_errors(&templates, &error)),
        }
    }

    /// Whether there is a template of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_template(name)
    }

    /// Makes a value known to every page under this name.
    pub(crate) fn with_global(mut self, name: &'static str, value: &impl Serialize) -> Self {
        self.0.global_context().insert(name, value);
        self
    }

    /// One page.
    pub(crate) fn render(&self, template: &str, variables: &Variables) -> Result<String, TemplateError> {
        self.0.render(template, &variables.0).map_err(|error| position(template, &error))
    }
}

/// What a page tells its template besides the globals.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variables(Context);

impl Variables {
    /// The same with one more.
    pub(crate) fn with(mut self, name: &'static str, value: &impl Serialize) -> Self {
        self.0.insert(name, value);
        self
    }
}

fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on(vec![".html", ".svg", ".xml"]);
    tera.set_escape_fn(escape);
    tera.register_filter("date", |text: &str, _: Kwargs, _: &State| {
        text.parse::<rules::Date>().map_or_else(|_| text.to_owned(), rules::Date::chinese)
    });
    tera.register_filter("without_protocol", |text: &str, _: Kwargs, _: &State| {
        let bare = text.trim_start_matches("https://").trim_start_matches("http://");
        bare.trim_end_matches('/').to_owned()
    });
    tera
}

/// Escapes a text for HTML, inside and outside of attributes, and the marks of templates with it: where a page has `{{` or `{%`, a
/// template was not carried out.
fn escape(text: &str, page: &mut dyn Write) -> io::Result<()> {
    let bytes = text.as_bytes();
    let mut copied = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            b'{' if matches!(bytes.get(at + 1), Some(b'{' | b'%')) => "&#123;",
            _ => continue,
        };
        page.write_all(&bytes[copied..at])?;
        page.write_all(escaped.as_bytes())?;
        copied = at + 1;
    }
    page.write_all(&bytes[copied..])
}

/// The engine stops at the first template it cannot parse; this asks it about each alone.
fn all_errors<N: AsRef<str>, T: AsRef<str>>(templates: &[(N, T)], first: &Error) -> Vec<TemplateError> {
    let mut errors: Vec<TemplateError> = templates
        .iter()
        .filter_map(|(name, text)| {
            let error = engine().add_raw_template(name.as_ref(), text.as_ref()).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| position(name.as_ref(), &error))
        })
        .collect();
    if errors.is_empty() {
        errors = match first.kind() {
            ErrorKind::Msg(message) => message.split("\n\n").map(from_report).collect(),
            _ => vec![position("", first)],
        };
    }
    errors.sort();
    errors
}

fn position(template: &str, error: &Error) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateError {
            template: report.filename().to_owned(),
            line: report.span().start_line,
            column: report.span().start_col + 1,
            message: report.message().to_owned(),
        },
        ErrorKind::MissingParent { current, parent } => TemplateError {
            template: current.clone(),
            line: 0,
            column: 0,
            message: format!("the template `{parent}` that it extends does not exist"),
        },
        _ => TemplateError { template: template.to_owned(), line: 0, column: 0, message: error.to_string() },
    }
}

/// Unknown filters, functions, components and blocks come as printed reports:
/// `error: message`, then ` --> template:line:column`.
fn from_report(report: &str) -> TemplateError {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let place = lines.next().and_then(|line| line.split_once("--> ")).map_or("", |(_, place)| place);
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let line = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    TemplateError { template: parts.next().unwrap_or_default().to_owned(), line, column, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(templates: &[(&str, &str)]) -> Vec<String> {
        let found = Templates::new(templates.iter().copied()).expect_err("a template is wrong");
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn texts_bring_neither_markup_nor_marks_of_templates() {
        let mut page = Vec::new();
        escape("<a href='x'>\"&\" {{ 7 }} {% raw %} {a}", &mut page).expect("it fits");
        let expected = "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot; &#123;{ 7 }} &#123;% raw %} {a}";
        assert_eq!(String::from_utf8_lossy(&page), expected);
    }

    #[test]
    fn every_template_that_does_not_parse_is_reported() {
        let found = errors(&[("a.html", "{% if %}"), ("b.html", "fine"), ("c.html", "甲\n乙{{ x y }}")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("a.html:1:"), "{found:?}");
        assert!(found[1].starts_with("c.html:2:"), "{found:?}");
    }

    #[test]
    fn unknown_names_have_a_position() {
        let found = errors(&[("a.html", "甲{{ 1 | wrong }}\n{{ also_wrong() }}")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("a.html:1:") && found[0].contains("wrong"), "{found:?}");
        assert!(found[1].starts_with("a.html:2:"), "{found:?}");
        assert!(errors(&[("a.html", "{% extends \"none.html\" %}")])[0].contains("none.html"));
    }

    #[test]
    fn a_page_escapes_what_it_prints_and_knows_days() {
        let templates =
            Templates::new([("a.html", "{{ text }} {{ day | date }} {{ shared }}")]).expect("it parses");
        let templates = templates.with_global("shared", &1);
        let variables = Variables::default().with("text", &"<b>").with("day", &"2024-09-04");
        assert_eq!(templates.render("a.html", &variables).as_deref(), Ok("&lt;b&gt; 2024年9月4日 1"));
    }

    #[test]
    fn an_error_while_rendering_has_a_position() {
        let templates = Templates::new([("a.html", "\n  {{ missing }}")]).expect("it parses");
        let error = templates.render("a.html", &Variables::default()).expect_err("the variable is missing");
        assert_eq!((error.template.as_str(), error.line, error.column), ("a.html", 2, 6));
    }
}
