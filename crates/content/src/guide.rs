//! Provincial guides: the folders `provinces/<id>/`.
//!
//! Which statements an entry covers is read by [`crate::check::statements`].

use std::collections::BTreeMap;

use crate::citation;
use crate::diagnostic::Place;
use crate::fields::{Fields, Reporter, is_id, list_of};
use crate::file::File;
use crate::format::guide::{CONTACT, GUIDE, MATERIAL, ROLE, STEP};
use crate::markdown;
use crate::model::{Contact, Material, ProvincialGuide, Role, Step};
use crate::problem::Problem;
use crate::references::References;
use crate::yaml::Node;

/// The lists beside `guide.md`.
const LISTS: [&str; 7] = ["materials", "steps", "roles", "fees", "timing", "duties", "contacts"];

/// A guide with its place among the others.
pub(crate) struct OrderedGuide {
    pub(crate) order: i64,
    pub(crate) guide: ProvincialGuide,
}

/// Id of the guide a path belongs to: `provinces/ah/steps.yaml` gives `ah`.
pub(crate) fn folder_of(path: &str) -> Option<&str> {
    path.strip_prefix("provinces/")?.split_once('/').map(|(folder, _)| folder)
}

/// Code and short name, read before the rest because other files refer to them.
pub(crate) fn code_and_name(node: &Node) -> Option<(String, String)> {
    let code = node.get("code")?.text()?;
    let name = node.get("short_name").or_else(|| node.get("name"))?.text()?;
    Some((code.to_owned(), name.to_owned()))
}

/// Reads one guide; `files` finds the files of its folder.
pub(crate) fn read(
    id: &str,
    files: &mut BTreeMap<String, File>,
    references: &References,
) -> Option<OrderedGuide> {
    let mut guide = read_main(id, files, references);
    for list in LISTS {
        let Some(file) = files.get_mut(&format!("provinces/{id}/{list}.yaml")) else { continue };
        file.used = true;
        let (Some(node), reporter) = (&file.node, &mut file.reporter) else { continue };
        let Some(OrderedGuide { guide, .. }) = guide.as_mut() else { continue };
        match list {
            "materials" => guide.materials = materials(node, references, reporter),
            "steps" => guide.steps = steps(node, references, reporter),
            "roles" => guide.roles = roles(node, references, reporter),
            "fees" => guide.fees = citation::sentences(node, references, reporter),
            "timing" => guide.timing = citation::sentences(node, references, reporter),
            "duties" => guide.duties = citation::sentences(node, references, reporter),
            _ => guide.contacts = contacts(node, references, reporter),
        }
    }
    guide
}

fn read_main(id: &str, files: &mut BTreeMap<String, File>, references: &References) -> Option<OrderedGuide> {
    let file = files.get_mut(&format!("provinces/{id}/guide.md"))?;
    file.used = true;
    let reporter = &mut file.reporter;
    if !is_id(id) {
        reporter.report(0..0, Problem::InvalidId { found: id.to_owned() });
    }
    let intro_html =
        markdown::to_html(&file.body, &mut |address, span| references.resolve_link(address, span, reporter));
    let mut fields = Fields::open(file.node.as_ref()?, &GUIDE, reporter)?;
    let name = fields.text("name", reporter);
    let short_name = fields.optional_text("short_name", reporter);
    let order = fields.optional_integer("order", reporter).unwrap_or(9_999);
    let guide = ProvincialGuide {
        id: id.to_owned(),
        url: format!("provinces/{id}/"),
        code: fields.optional_text("code", reporter),
        short_name: if short_name.is_empty() { name.clone() } else { short_name },
        name,
        authority: fields.optional_text("authority", reporter),
        summary: fields.text("summary", reporter),
        intro_html,
        documents: fields
            .list("documents", reporter)
            .iter()
            .filter_map(|node| references.document_reference(node, reporter))
            .collect(),
        materials: Vec::new(),
        steps: Vec::new(),
        roles: Vec::new(),
        fees: Vec::new(),
        timing: Vec::new(),
        duties: Vec::new(),
        contacts: Vec::new(),
    };
    fields.finish(reporter);
    Some(OrderedGuide { order, guide })
}

/// Watches that the anchors of one page are used once.
#[derive(Default)]
pub(crate) struct Anchors(BTreeMap<String, Place>);

impl Anchors {
    /// Reads the field `id` and reports a second use.
    pub(crate) fn read(&mut self, fields: &mut Fields<'_>, reporter: &mut Reporter) -> String {
        let (id, span) = fields.id("id", reporter);
        match self.0.get(&id) {
            Some(first) => reporter.duplicate(&id, span, first.clone()),
            None => {
                self.0.insert(id.clone(), reporter.place(span));
            }
        }
        id
    }
}

fn materials(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<Material> {
    let mut anchors = Anchors::default();
    let mut materials = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &MATERIAL, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let name = fields.text("name", reporter);
        let prepared_by = fields.optional_text("prepared_by", reporter);
        let when = fields.optional_text("when", reporter);
        let form = fields.optional_text("form", reporter);
        let contents = fields.texts("fields", reporter);
        let cited = citation::cited(&mut fields, references, reporter);
        fields.optional("covers");
        fields.finish(reporter);
        if let Some((cite, quote)) = cited {
            materials.push(Material { id, name, prepared_by, when, form, fields: contents, cite, quote });
        }
    }
    materials
}

fn steps(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<Step> {
    let mut anchors = Anchors::default();
    let mut steps = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &STEP, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let title = fields.text("title", reporter);
        let actor = fields.text("actor", reporter);
        let text = fields.text("text", reporter);
        let cited = citation::cited(&mut fields, references, reporter);
        fields.optional("covers");
        fields.finish(reporter);
        if let Some((cite, quote)) = cited {
            steps.push(Step { id, title, actor, text, cite, quote });
        }
    }
    steps
}

fn roles(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<Role> {
    let mut roles = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &ROLE, reporter) else { continue };
        let actor = fields.text("actor", reporter);
        let does = fields.text("does", reporter);
        let cited = citation::cited(&mut fields, references, reporter);
        fields.optional("covers");
        fields.finish(reporter);
        if let Some((cite, quote)) = cited {
            roles.push(Role { actor, does, cite, quote });
        }
    }
    roles
}

fn contacts(node: &Node, references: &References, reporter: &mut Reporter) -> Vec<Contact> {
    let mut anchors = Anchors::default();
    let mut contacts = Vec::new();
    for item in list_of(node, reporter) {
        let Some(mut fields) = Fields::open(item, &CONTACT, reporter) else { continue };
        let id = anchors.read(&mut fields, reporter);
        let name = fields.text("name", reporter);
        let purpose = fields.optional_text("purpose", reporter);
        let people = fields.texts("people", reporter);
        let phones = fields.texts("phones", reporter);
        let emails = fields.texts("emails", reporter);
        let groups = fields.texts("groups", reporter);
        let address = fields.optional_text("address", reporter);
        let website = fields.optional_address("website", reporter);
        let cite = citation::required(&mut fields, references, reporter);
        fields.optional("covers");
        fields.finish(reporter);
        if let Some(cite) = cite {
            contacts.push(Contact {
                id,
                name,
                purpose,
                people,
                phones,
                emails,
                groups,
                address,
                website,
                cite,
            });
        }
    }
    contacts
}
