//! `portal.yaml` and `about.md`.

use crate::fields::{Fields, Reporter};
use crate::model::Settings;
use crate::problem::Problem;
use crate::yaml::Node;

/// Reads `portal.yaml`; the text of the about page is added later.
pub(crate) fn read(node: &Node, reporter: &mut Reporter) -> Option<Settings> {
    let mut fields = Fields::open(node, reporter)?;
    let title = fields.text("title", reporter);
    let short_title = fields.optional_text("short_title", reporter);
    let base_url = fields.optional_address("base_url", reporter);
    if let Some(node) = fields.optional("base_url")
        && !base_url.ends_with('/')
    {
        reporter.report(node.span.clone(), Problem::InvalidAddress { found: base_url.clone() });
    }
    let checked = fields.required("checked", reporter).and_then(|node| crate::fields::date_of(node, reporter));
    let settings = Settings {
        short_title: if short_title.is_empty() { title.clone() } else { short_title },
        title,
        description: fields.text("description", reporter),
        base_url,
        checked: checked.unwrap_or(rules::Date::from_days(0)),
        disclaimer: fields.text("disclaimer", reporter),
        check_disclaimer: fields.text("check_disclaimer", reporter),
        maintainer: fields.optional_text("maintainer", reporter),
        about_html: String::new(),
    };
    fields.finish(reporter);
    Some(settings)
}
