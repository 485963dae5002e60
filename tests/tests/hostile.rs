//! Whatever an author writes where a name goes, every file that comes of it lies below the output folder.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::LazyLock;

use content::{Portal, Sources};
use proptest::prelude::*;
use render::{Artifact, Assets, Flavour, OutputPath, RenderOptions, Templates};
use rules::Date;

/// Templates of every page, with nothing in them that could fail; parsed once for all cases.
static TEMPLATES: LazyLock<Templates> = LazyLock::new(templates);

fn templates() -> Templates {
    let files = tests::files(&tests::folder("../templates"));
    let names = files.into_iter().map(|(name, _)| name).filter(|name| name.ends_with(".html"));
    Templates::new(names.map(|name| (name, "{{ page.title }}"))).expect("they parse")
}

fn rendered(portal: &Portal, assets: &Assets, flavour: Flavour) -> Option<Vec<Artifact>> {
    let options = RenderOptions { today: Date::from_days(20_000), flavour };
    render::render(portal, &TEMPLATES, assets, &options).ok()
}

/// Joined to a folder, as the command does it, the path stays below it whatever the system makes of it.
fn stays_below(path: &OutputPath) -> bool {
    let root = Path::new("/srv/.site.staging");
    let joined = root.join(path.as_str());
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().iter().any(|byte| b"\\:\0".contains(byte)));
    joined
        .strip_prefix(root)
        .is_ok_and(|below| below.components().next().is_some() && below.components().all(is_plain))
}

/// What people try, alone and in the middle of other text.
fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "..",
        "../",
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "c:x",
        "//host/share",
        "%2e%2e%2f",
        "%2e%2e/",
        "a/../../b",
        ".",
        "./",
        "a//b",
        "a/",
        "",
        " ",
        "a.",
        "con",
        "nul.md",
        "\0",
        "a\0b",
        "a\nb",
        "\u{202e}gpj",
        "．．／",
        "‥/",
        "~",
        "$HOME",
        "{{ page }}",
        "a?b",
        "a#b",
        "-rf",
        "sx-2024",
        "index.html",
        "assets/x",
        "404.html",
    ])
    .prop_map(str::to_owned);
    let mixed = prop::collection::vec(known.clone(), 1..4).prop_map(|parts| parts.concat());
    prop_oneof![3 => known, 2 => mixed, 1 => any::<String>(), 1 => "[a-z./\\\\%]{0,12}"]
}

/// The sound portal of the corpus of mistakes.
fn base() -> BTreeMap<String, Vec<u8>> {
    tests::files(&tests::folder("diagnostics/base")).into_iter().collect()
}

fn compiled(files: BTreeMap<String, Vec<u8>>) -> Option<Portal> {
    let (sources, problems) = Sources::decode(files);
    let portal = content::compile(&sources).portal;
    portal.filter(|_| problems.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r08_an_output_path_stays_below_its_folder(name in hostile()) {
        if let Ok(path) = name.parse::<OutputPath>() {
            prop_assert!(stays_below(&path), "{path}");
        }
        if let Ok(path) = OutputPath::of_page(&name) {
            prop_assert!(stays_below(&path), "{path}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r08_no_name_leads_out_of_the_folder(name in hostile()) {
        // A model that no compiler has looked at: each id and address is the name.
        let mut portal = compiled(base()).expect("the base is sound");
        portal.policies[0].id.clone_from(&name);
        portal.policies[0].url = format!("policies/{name}/");
        portal.guides[0].id.clone_from(&name);
        portal.guides[0].url.clone_from(&name);
        portal.faq[0].url = format!("faq/{name}");
        portal.ruleset.facts[0].id.clone_from(&name);
        portal.ruleset.documents[0].conditions[0].id.clone_from(&name);
        portal.settings.base_url = format!("https://example.cn/{name}/");
        let mut assets = Assets::default();
        let _ = assets.insert(name.as_str(), b"a".to_vec());
        let _ = assets.promise(name.as_str());
        for flavour in [Flavour::Site, Flavour::Portable] {
            for artifact in rendered(&portal, &assets, flavour).into_iter().flatten() {
                prop_assert!(stays_below(&artifact.path), "{}", artifact.path);
            }
        }
    }

    #[test]
    fn r08_no_content_leads_out_of_the_folder(name in hostile(), place in 0_usize..7) {
        let mut files = base();
        let policy = String::from_utf8(files["policies/ah-2024.md"].clone()).expect("text");
        let when = String::from_utf8(files["faq/when.md"].clone()).expect("text");
        let quoted = serde_json::to_string(&name).expect("a text");
        let mut write = |path: String, text: String| files.insert(path, text.into_bytes());
        match place {
            0 => write(format!("policies/{name}.md"), policy),
            1 => write(format!("faq/{name}.md"), when),
            2 => write(format!("provinces/{name}/guide.md"), "---\nname: 甲\ncode: AH\n---\n".to_owned()),
            3 => write("faq/topics.yaml".to_owned(), format!("- {{ id: time, title: 时间 }}\n- {{ id: {quoted}, title: 甲 }}\n")),
            4 => write("faq/when.md".to_owned(), format!("{when}\n[甲](<{name}>) [乙](policy:{name}) [丙]({name})\n")),
            5 => write("portal.yaml".to_owned(), format!("title: 指南\nchecked: 2024-10-04\nbase_url: {quoted}\n")),
            _ => write("about.md".to_owned(), format!("---\ntitle: {quoted}\n---\n\n{{% include \"{name}\" %}} <{name}>\n")),
        };
        // Most is refused; what is not must be harmless.
        if let Some(portal) = compiled(files) {
            let artifacts = rendered(&portal, &Assets::default(), Flavour::Site);
            for artifact in artifacts.expect("what compiles can be rendered") {
                prop_assert!(stays_below(&artifact.path), "{}", artifact.path);
            }
        }
    }
}

#[test]
fn r08_sound_content_passes() {
    let portal = compiled(base()).expect("the base is sound");
    let artifacts = rendered(&portal, &Assets::default(), Flavour::Site).expect("it renders");
    assert!(artifacts.len() > 20 && artifacts.iter().all(|artifact| stays_below(&artifact.path)));
}
