//! The whole way from source files to a checked portal, in four steps: read each file alone, build the table of what can
//! be referred to, read every record against it, prove the conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rules::{Program, Ruleset};

use crate::audit::Audit;
use crate::cache::Cache;
use crate::check::places::{self, Written};
use crate::check::prove::Proved;
use crate::check::{conditions, facts, prove, scenarios, statements};
use crate::diagnostic::{Diagnostic, Severity};
use crate::faq;
use crate::file::File;
use crate::guide;
use crate::lists;
use crate::markdown;
use crate::model::{
    CertificateCatalogue, FaqTopic, PolicyDocument, Portal, ProvincialGuide, Settings, Status,
};
use crate::policy;
use crate::problem::Problem;
use crate::references::References;
use crate::settings;
use crate::source::Sources;
use crate::suspicions;
use crate::windows;
use crate::yaml::Node;

/// What came of the sources.
#[derive(Debug)]
pub struct Compiled {
    /// The portal; absent when there is an error.
    pub portal: Option<Portal>,
    /// All problems, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was counted; there even where there are errors.
    pub audit: Audit,
}

type Files = BTreeMap<String, File>;

/// Compiles the content of a portal.
///
/// Every problem of every file is reported, not only the first; the portal is given only when none of them is an error.
///
/// ```
/// let file = ("portal.yaml".to_owned(), b"title: \xe6\x8c\x87\xe5\x8d\x97\ntitel: x\n".to_vec());
/// let (sources, _) = content::Sources::decode([file]);
/// let compiled = content::compile(&sources);
/// assert!(compiled.portal.is_none());
/// let unknown = compiled.diagnostics.iter().find(|problem| problem.code() == "unknown-field").expect("is reported");
/// assert_eq!((unknown.place.line, unknown.place.column), (2, 1));
/// assert_eq!(unknown.help(content::Language::English), "did you mean `title`?");
/// ```
pub fn compile(sources: &Sources) -> Compiled {
    compile_again(sources, &mut Cache::default())
}

/// The same, where most files are as they were the last time: those are not read again. The result is that of [`compile`].
pub fn compile_again(sources: &Sources, cache: &mut Cache) -> Compiled {
    let mut files = cache.read(sources);
    let references = collect_references(sources, &files);
    let settings = read_settings(&mut files, &references);
    let mut diagnostics = Vec::new();
    if !files.contains_key("portal.yaml") && references.has_read("portal.yaml") {
        diagnostics.push(Diagnostic::new("portal.yaml", 0..0, Problem::MissingFile));
    }

    let mut finished = finish_policies(&mut files, &references, cache);
    finished.sort_by(|a, b| {
        let archived = |policy: &PolicyDocument| policy.status == Status::Archived;
        (archived(a), b.year, &a.id).cmp(&(archived(b), a.year, &b.id))
    });

    let guides = read_guides(&mut files, &references);
    let faq = read_faq(&mut files, &finished, &references);
    let link_groups =
        list(&mut files, "links.yaml", |node, reporter| lists::links(node, &references, reporter));
    let certificates = list(&mut files, "certificates.yaml", |node, reporter| {
        lists::certificates(node, reporter).into_iter().collect()
    });
    let glossary =
        list(&mut files, "glossary.yaml", |node, reporter| lists::glossary(node, &references, reporter));
    let updates =
        list(&mut files, "updates.yaml", |node, reporter| lists::updates(node, &references, reporter));
    let synonyms = list(&mut files, "synonyms.yaml", lists::synonyms);
    let (ruleset, written) = read_rules(&mut files, certificates.first(), &references);
    let scenarios = read_scenarios(&mut files, &ruleset, &references);
    let is_sound =
        has_read_conditions(&references) && !has_errors(&files, "check/") && !has_errors(&files, "policies/");
    let statements = statements::read(&mut files, &references);
    let proved = if is_sound {
        prove::prove(&mut files, &written, &ruleset, &scenarios, &references)
    } else {
        Proved::default()
    };
    let windows = windows::draw(&ruleset, &references);
    let suspicions = suspicions::look(&files, &finished, &windows, &references);

    for file in files.values_mut().filter(|file| !file.used) {
        file.reporter.report(0..0, Problem::UnusedFile);
    }
    diagnostics
        .extend(files.into_values().flat_map(|file| file.reporter.into_problems()).chain(suspicions.open));
    let mut audit = Audit {
        noted: suspicions.noted,
        addresses: suspicions.addresses,
        statements: statements.clone(),
        proved,
        places: places::by_id(&written),
    };
    let text_of = |path: &str| sources.get(path).map(|source| source.text.as_str());
    for diagnostic in &mut diagnostics {
        diagnostic.locate(&text_of);
    }
    audit.locate(&text_of);
    diagnostics.sort_by(Diagnostic::by_place);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    let portal = settings.filter(|_| !failed).map(|settings| Portal {
        settings,
        policies: finished,
        guides,
        faq,
        link_groups,
        certificates: certificates.into_iter().next().unwrap_or(CertificateCatalogue {
            as_of: None,
            total: 0,
            note: String::new(),
            certificates: Vec::new(),
        }),
        glossary,
        updates,
        synonyms,
        ruleset,
        statements,
        scenarios,
        windows,
    });
    Compiled { portal, diagnostics, audit }
}

/// In the order of their files.
fn finish_policies(files: &mut Files, references: &References, cache: &mut Cache) -> Vec<PolicyDocument> {
    let before = std::mem::take(&mut cache.finished);
    let files: Vec<(&String, &mut File)> = files.iter_mut().collect();
    let finish = |(path, file): (&String, &mut File)| {
        let parsed = file.policy.take()?;
        let (document, finished) = parsed.finish(file, references, before.get(path));
        Some((document, (path.clone(), finished)))
    };
    let (documents, finished): (Vec<_>, Vec<_>) = files.into_par_iter().filter_map(finish).unzip();
    cache.finished = finished.into_iter().collect();
    documents
}

fn collect_references(sources: &Sources, files: &Files) -> References {
    let mut references = References::default();
    for parsed in files.values().filter_map(|file| file.policy.as_ref()) {
        references.documents.insert(parsed.document.id.clone(), Arc::clone(parsed));
    }
    references.unread = sources.refused().iter().cloned().collect();
    for (path, file) in files {
        if file.node.is_none() || policy::is_one(path) && file.policy.is_none() {
            references.unread.insert(path.clone());
        }
        let Some(node) = &file.node else { continue };
        let ids = |items: &[Node]| -> Vec<String> {
            items.iter().filter_map(|item| item.get("id")?.text()).map(str::to_owned).collect()
        };
        if let Some(folder) = guide::folder_of(path).filter(|_| path.ends_with("/guide.md")) {
            references.guides.insert(folder.to_owned());
            references.provinces.extend(guide::code_and_name(node));
        } else if path.starts_with("faq/") && path.ends_with(".md") {
            let topic = node.get("topic").and_then(Node::text).unwrap_or_default();
            references.faq.insert(file.stem().to_owned(), topic.to_owned());
        } else if path.starts_with("check/") && path.ends_with("/conditions.yaml") {
            references.conditions.extend(conditions::ids(node));
        } else if path == "links.yaml" {
            references.links.extend(
                node.items()
                    .iter()
                    .filter_map(|group| group.get("links"))
                    .flat_map(|links| ids(links.items())),
            );
        } else if path == "glossary.yaml" {
            references.terms.extend(ids(node.items()));
        }
    }
    references
}

/// The settings, with the text of the about page.
fn read_settings(files: &mut Files, references: &References) -> Option<Settings> {
    // Read also where the settings cannot be: what is wrong with it is told, and it is no file that nobody uses.
    let about_html = read_about(files, references);
    let file = files.get_mut("portal.yaml")?;
    file.used = true;
    let settings = file.node.as_ref().and_then(|node| settings::read(node, &mut file.reporter))?;
    Some(Settings { about_html, ..settings })
}

/// The text of the about page, which may be left out.
fn read_about(files: &mut Files, references: &References) -> String {
    let Some(about) = files.get_mut("about.md") else { return String::new() };
    about.used = true;
    let reporter = &mut about.reporter;
    markdown::to_html(&about.body, &mut |address, span| references.resolve_link(address, span, reporter))
}

fn read_guides(files: &mut Files, references: &References) -> Vec<ProvincialGuide> {
    let folders: BTreeSet<String> =
        files.keys().filter_map(|path| guide::folder_of(path)).map(str::to_owned).collect();
    let mut guides: Vec<_> =
        folders.iter().filter_map(|folder| guide::read(folder, files, references)).collect();
    guides.sort_by(|a, b| (a.order, &a.guide.id).cmp(&(b.order, &b.guide.id)));
    guides.into_iter().map(|ordered| ordered.guide).collect()
}

fn read_faq(files: &mut Files, policies: &[PolicyDocument], references: &References) -> Vec<FaqTopic> {
    let mut topics = list(files, "faq/topics.yaml", faq::topics);
    let policies = policies.iter().map(|policy| (policy.id.as_str(), policy)).collect();
    let texts: Vec<_> = files.iter_mut().filter(|(path, _)| faq::is_entry(path)).collect();
    let entries =
        texts.into_par_iter().filter_map(|(_, file)| faq::entry(file, &topics, &policies, references));
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|a, b| (a.order, &a.entry.id).cmp(&(b.order, &b.entry.id)));
    for ordered in entries {
        if let Some(topic) = topics.iter_mut().find(|topic| topic.id == ordered.topic) {
            topic.entries.push(ordered.entry);
        }
    }
    topics.retain(|topic| !topic.entries.is_empty());
    topics
}

/// Reads a file that may be absent.
fn list<T>(
    files: &mut Files,
    path: &str,
    read: impl FnOnce(&Node, &mut crate::fields::Reporter) -> Vec<T>,
) -> Vec<T> {
    let Some(file) = files.get_mut(path) else { return Vec::new() };
    file.used = true;
    file.node.as_ref().map_or_else(Vec::new, |node| read(node, &mut file.reporter))
}

fn check_files(files: &Files, name: &str) -> Vec<(String, String)> {
    let folder_of =
        |path: &String| Some(path.strip_prefix("check/")?.strip_suffix(name)?.strip_suffix('/')?.to_owned());
    files.keys().filter_map(|path| Some((path.clone(), folder_of(path)?))).collect()
}

fn read_rules(
    files: &mut Files,
    catalogue: Option<&CertificateCatalogue>,
    references: &References,
) -> (Ruleset, Vec<Written>) {
    let certificates = catalogue.map_or(&[][..], |catalogue| &catalogue.certificates);
    let mut ruleset =
        list(files, "check/facts.yaml", |node, reporter| vec![facts::read(node, certificates, reporter)])
            .pop()
            .unwrap_or_default();
    let mut written: Vec<Written> = Vec::new();
    let has_facts = references.has_read("check/facts.yaml") && references.has_read("certificates.yaml");
    for (path, folder) in check_files(files, "conditions.yaml") {
        if !has_facts {
            // Without the facts, and the certificates that one of them is about, every name in it would be reported as unknown.
            if let Some(file) = files.get_mut(&path) {
                file.used = true;
            }
            continue;
        }
        written.extend(list(files, &path, |node, reporter| {
            conditions::read(node, &folder, &ruleset, references, reporter).into_iter().collect()
        }));
    }
    // Archived documents last: they are shown for reference.
    written.sort_by_key(|document| document.rules.archived);
    ruleset.documents = written.iter().map(|document| document.rules.clone()).collect();
    (ruleset, written)
}

/// Whether all could be read that conditions are made of and proved by.
fn has_read_conditions(references: &References) -> bool {
    ["check/", "policies/", "certificates.yaml"].iter().all(|folder| references.has_read(folder))
}

fn has_errors(files: &Files, folder: &str) -> bool {
    files.iter().any(|(path, file)| path.starts_with(folder) && file.reporter.has_errors())
}

fn read_scenarios(
    files: &mut Files,
    ruleset: &Ruleset,
    references: &References,
) -> Vec<crate::model::Scenario> {
    // Conditions with errors, or of a document that cannot be read, do not compile to a program that says anything; their own
    // problems are reported already.
    let is_sound = has_read_conditions(references) && !has_errors(files, "check/");
    let program = Program::new(ruleset).ok().filter(|_| is_sound);
    let mut scenarios = Vec::new();
    for (path, folder) in check_files(files, "scenarios.yaml") {
        scenarios.extend(list(files, &path, |node, reporter| match &program {
            Some(program) => scenarios::read(node, &folder, ruleset, program, reporter),
            None => Vec::new(),
        }));
    }
    scenarios
}
