//! `portal.yaml` and `about.md`.

use crate::fields::{Fields, Reporter};
use crate::format::portal::PORTAL;
use crate::model::Settings;
use crate::yaml::Node;

/// Reads `portal.yaml`; the text of the about page is added later.
pub(crate) fn read(node: &Node, reporter: &mut Reporter) -> Option<Settings> {
    let mut fields = Fields::open(node, &PORTAL, reporter)?;
    let title = fields.text("title", reporter);
    let short_title = fields.optional_text("short_title", reporter);
    let mut base_url = fields.optional_address("base_url", reporter);
    if !base_url.is_empty() && !base_url.ends_with('/') {
        base_url.push('/');
    }
    let checked =
        fields.required("checked", reporter).and_then(|node| crate::fields::date_of(node, reporter));
    let settings = Settings {
        short_title: if short_title.is_empty() { title.clone() } else { short_title },
        title,
        description: fields.text("description", reporter),
        base_url,
        checked: checked.unwrap_or(rules::Date::from_days(0)),
        disclaimer: fields.text("disclaimer", reporter),
        check_disclaimer: fields.text("check_disclaimer", reporter),
        maintainer: fields.optional_text("maintainer", reporter),
        authoring_guide: fields.choice(
            "authoring_guide",
            &[("true", true), ("false", false)],
            true,
            reporter,
        ),
        offline: fields.choice("offline", &[("true", true), ("false", false)], true, reporter),
        about_html: String::new(),
    };
    fields.finish(reporter);
    Some(settings)
}
