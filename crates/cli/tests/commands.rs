//! The command as a user runs it: exit codes, streams, and what stands on the disk afterwards.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the command on real folders"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use support::{Project, STATEMENTS, STEPS, stderr, stdout, workspace};

#[test]
fn a_sound_portal_is_built() {
    let project = Project::small();
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let home = fs::read_to_string(project.path("site/index.html")).expect("the home page is there");
    assert!(home.contains("申报指南"));
    assert!(project.path("site/policies/ah-2024/index.html").is_file());
    assert!(project.path("site/zhinan-site.json").is_file());
}

#[test]
fn who_reads_no_further_ends_nothing() {
    let project = Project::small();
    project.write("content/portal.yaml", b"titel: x\n");
    for (words, code) in
        [(&["explain"][..], 0), (&["--lang", "zh", "--help"], 0), (&["lint", "--format", "short"], 1)]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhinan"));
        command.current_dir(project.path("")).args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), stderr(&output)), (Some(code), String::new()), "{words:?}");
    }
    // The same where nobody reads what went wrong.
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhinan"));
    let mut child =
        command.current_dir(project.path("")).arg("lint").stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn the_same_content_gives_the_same_tree() {
    let project = Project::small();
    project.run(&["build"]);
    let first = project.site();
    project.run(&["build"]);
    assert!(first == project.site());
}

#[test]
fn a_portal_with_an_address_can_be_found_and_shared() {
    let project = Project::small();
    let output = project.run(&["build", "--base-url", "https://example.cn/guide"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let home = project.read("site/index.html");
    let image = home
        .split_once("<meta property=\"og:image\" content=\"https://example.cn/guide/")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(image, _)| image.to_owned())
        .expect("the picture has an absolute address");
    let picture = fs::read(project.path("site").join(&image)).expect("it is made");
    assert!(picture.starts_with(b"\x89PNG\r\n"), "{image} is a PNG");
    assert!(project.read("site/sitemap.xml").contains("<loc>https://example.cn/guide/faq/</loc>"));
    assert!(project.read("site/robots.txt").contains("Sitemap: https://example.cn/guide/sitemap.xml"));
    let first = project.site();
    project.run(&["build", "--base-url", "https://example.cn/guide/"]);
    assert!(first == project.site(), "pictures are the same bytes again");

    // What is no font, what is not there, what is no address.
    project.write("font.ttf", b"no font");
    for wrong in [
        ["--font", "font.ttf", "--base-url", "https://example.cn/"],
        ["--font", "none.ttf", "--base-url", "https://example.cn/"],
        ["--base-url", "example.cn", "--lang", "en"],
    ] {
        let output = project.run(&[&["build"][..], &wrong[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", stderr(&output));
    }
    assert!(first == project.site(), "nothing was published");

    // Without an address nobody can be told one, and no picture is drawn.
    assert_eq!(project.run(&["build"]).status.code(), Some(0));
    assert!(!project.read("site/index.html").contains("og:image"));
    assert!(project.site().iter().all(|(path, _)| path.extension().is_none_or(|end| end != "png")));
}

#[test]
fn a_file_of_the_project_takes_the_place_of_a_shipped_one() {
    let project = Project::small();
    fs::create_dir_all(project.path("templates/static/style.css")).expect("a folder");
    project.write("templates/404.html", "<p>{% include \"motto.html\" %}</p>".as_bytes());
    project.write("templates/motto.html", "厚德强技".as_bytes());
    project.write("templates/static/style.css/95-school.css", b".school { color: #123456 }");
    project.write("templates/hmoe.html", b"");
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(project.read("site/404.html"), "<p>厚德强技</p>");
    assert!(project.read("site/index.html").contains("<title>"), "the other pages are the shipped ones");
    let has_part = |text: &str| text.contains(".school{color:#123456") && text.contains("@media print");
    assert!(
        project.site().iter().any(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(has_part)),
        "a part is added to the style"
    );
    let told = stderr(&output);
    let warnings: Vec<&str> = told.lines().filter(|line| line.contains("没有用处")).collect();
    assert_eq!(warnings.len(), 1, "{told}");
    assert!(warnings[0].contains("templates/hmoe.html"), "{told}");

    // From elsewhere the folder beside the content counts, and one that is named has to be there.
    fs::create_dir(project.path("elsewhere")).expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_zhinan"))
        .args(["build", "--content", "../content"])
        .current_dir(project.path("elsewhere"))
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(project.read("elsewhere/site/404.html"), "<p>厚德强技</p>");
    assert_eq!(project.run(&["build", "--templates", "nowhere"]).status.code(), Some(2));
}

#[test]
fn modules_come_from_the_folder_that_is_named() {
    let project = Project::small();
    fs::create_dir(project.path("web")).expect("a folder");
    project.write("web/web_check.wasm", b"check");
    let output = project.run(&["build", "--web", "web"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("提醒：web 里没有 web_batch.js"), "{}", stderr(&output));
    let modules: Vec<Vec<u8>> = project
        .site()
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|end| end == "wasm"))
        .map(|(_, bytes)| bytes)
        .collect();
    assert_eq!(modules, [b"check"]);
}

#[test]
fn a_portable_copy_has_a_folder_of_its_own() {
    let project = Project::small();
    project.run(&["build"]);
    let before = project.site();
    let output = project.run(&["build", "--portable"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(before == project.site(), "the site is as it was");
    assert!(project.path("site-portable/使用说明.txt").is_file());
    assert!(project.read("site-portable/index.html").contains("href=\"./faq/index.html\""));
    assert!(!project.path("site-portable/service-worker.js").exists());
    assert!(project.read("site/service-worker.js").starts_with("const PORTAL = {"));
}

#[test]
fn errors_are_all_named_and_leave_the_site_as_it_was() {
    let project = Project::small();
    assert_eq!(project.run(&["build"]).status.code(), Some(0));
    let before = project.site();
    // 申报 in GBK, a broken front matter, an unknown reference, a quote that is not there, an id used twice.
    project.write("content/about.md", &[0xc9, 0xea, 0xb1, 0xa8]);
    project.write("content/faq/when.md", "---\ntopic：time\n---\n".as_bytes());
    project.write(
        "content/faq/what.md",
        "---\ntopic: time\nquestion: 什么？\nsources: [ah-2042#s1]\n---\n".as_bytes(),
    );
    let steps = "- { id: a, title: 甲, actor: 校, text: 乙, cite: ah-2024#s2, quote: 不在这里 }\n- { id: a, title: 甲, actor: 校, text: 乙, cite: ah-2024#s2 }\n";
    project.write("content/provinces/ah/steps.yaml", steps.as_bytes());
    let output = project.run(&["build", "--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    let lines = stdout(&output);
    for expected in [
        "content/about.md:1:1: 错误[not-utf8]: 文件不是 UTF-8 编码，看起来是 GBK",
        "content/faq/what.md:4:11: 错误[unknown-reference]: 找不到文件“ah-2042”",
        "content/faq/when.md:2:1: 错误[wrong-shape]",
        "content/provinces/ah/steps.yaml:1:66: 错误[quote-not-in-clause]",
        "content/provinces/ah/steps.yaml:2:9: 错误[duplicate-id]",
    ] {
        assert!(lines.lines().any(|line| line.starts_with(expected)), "{expected} is missing in\n{lines}");
    }
    assert!(before == project.site(), "the published portal changed");
}

#[test]
fn misuse_and_missing_folders_end_with_two() {
    let project = Project::small();
    assert_eq!(project.run(&["bulid"]).status.code(), Some(2));
    let output = project.run(&["build", "--content", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    let is_told = |output, text| stderr(output).lines().any(|line| line.starts_with(text));
    assert!(is_told(&output, "错误：没有文件夹 nowhere"));
    let output = project.run(&["--lang", "en", "build", "--content", "nowhere"]);
    assert!(is_told(&output, "error: the folder nowhere is not there"));
}

#[test]
fn help_is_in_both_languages() {
    let project = Project::small();
    for command in ["build", "serve", "lint", "check", "search", "eval"] {
        let output = project.run(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
    }
    assert!(stdout(&project.run(&["build", "--help"])).contains("生成门户"));
    assert!(stdout(&project.run(&["--lang", "en", "build", "--help"])).contains("Build the portal"));
}

#[test]
fn a_foreign_folder_is_not_replaced() {
    let project = Project::small();
    let output = project.run(&["build", "--out", "content"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(project.path("content/portal.yaml").is_file());
}

#[test]
fn a_plan_gets_its_verdicts() {
    let project = Project::small();
    project.write(
        "plan.yaml",
        "facts: { province: AH, submit_date: 2024-09-26, team: 40, dual: 19 }\n".as_bytes(),
    );
    let output = project.run(&["check", "--json", "plan.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(report["conditions_hash"].as_str().is_some_and(|hash| !hash.is_empty()));
    let verdicts = report["declarations"][0]["verdicts"].as_array().expect("a list");
    let found: Vec<(&str, &str)> = verdicts
        .iter()
        .map(|one| (one["id"].as_str().unwrap_or(""), one["verdict"].as_str().unwrap_or("")))
        .collect();
    let expected = [
        ("ah-2024/window", "not_met"),
        ("ah-2024/dual", "not_met"),
        ("ah-2024/scale", "unknown"),
        ("ah-2024/budget", "unknown"),
    ];
    assert_eq!(found, expected);
    assert_eq!(verdicts[1]["citation"]["clause"], "s2");
    assert!(verdicts[1]["line"].is_null());
    project.write("plan.json", "{\"facts\": {\"province\": \"AH\", \"taem\": 1}}".as_bytes());
    let output = project.run(&["check", "plan.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("plan.json:1:30") && stderr(&output).contains("是不是“team”？"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_plan_is_compared_under_earlier_conditions() {
    let project = Project::small();
    assert_eq!(project.run(&["build", "--out", "before"]).status.code(), Some(0));
    // The condition on the budget gets another name: the old one is gone, a new one has come.
    for (file, from, to) in [
        ("conditions.yaml", "- id: budget", "- id: money"),
        ("scenarios.yaml", "ah-2024/budget", "ah-2024/money"),
    ] {
        let path = format!("content/check/ah-2024/{file}");
        project.write(&path, project.read(&path).replace(from, to).as_bytes());
    }
    project.write("plan.yaml", "facts: { province: AH, team: 40, dual: 20, budget: no }\n".as_bytes());
    let output = project.run(&["check", "--json", "--earlier", "before", "plan.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let earlier = &report["declarations"][0]["earlier"];
    assert_ne!(earlier["conditions_hash"], report["conditions_hash"]);
    let expected = serde_json::json!([
        { "id": "ah-2024/money", "line": null, "earlier": null, "now": "not_met" },
        { "id": "ah-2024/budget", "line": null, "earlier": "not_met", "now": null },
    ]);
    assert_eq!(earlier["changes"], expected);
    let output = project.run(&["check", "--earlier", "before", "plan.yaml"]);
    assert!(stdout(&output).contains("2 处结论不同"), "{}", stdout(&output));
    assert!(stdout(&output).contains("ah-2024/budget  不符合 → 没有这一条"), "{}", stdout(&output));

    assert_eq!(project.run(&["build", "--earlier", "before"]).status.code(), Some(0));
    let conditions = |project: &Project| {
        let names = project.site().into_iter().map(|(path, _)| path);
        names
            .filter(|path| path.extension().is_some_and(|kind| kind == "bin"))
            .filter(|path| {
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("check-earlier."))
            })
            .count()
    };
    assert_eq!(conditions(&project), 1);
    assert_eq!(project.run(&["build", "--out", "site", "--earlier", "site"]).status.code(), Some(0));
    assert_eq!(conditions(&project), 0, "conditions that ask the same are not published twice");
    let output = project.run(&["check", "--earlier", "content", "plan.yaml"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn search_finds_the_clause() {
    let project = Project::small();
    let output = project.run(&["search", "--json", "-n", "3", "开考最低人数"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["results"][0]["url"], "/policies/ah-2024/#s2");
    assert_eq!(report["results"][0]["source"], "ah.txt");
    project.write("queries.tsv", "query\tkind\texpected_file\texpected_quote\tacceptable_alternatives\n开考最低人数\texact\tah.txt\t单个证书申报规模\t\n".as_bytes());
    let output = project.run(&["eval", "--json", "queries.tsv"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["success_at_1"], 1.0);
}

#[test]
fn search_tells_why_and_finds_what_people_ask_for_and_what_stands_in_tables() {
    let project = Project::small();
    let path = "content/policies/ah-2024.md";
    project
        .write(path, (project.read(path) + "\n| 岗位 | 人数 |\n| --- | --- |\n| 考评员 | 3 |\n").as_bytes());
    let asked = STATEMENTS.replace("title: 规模,", "title: 规模, asked_as: [凑不够人咋办],");
    project.write("content/check/ah-2024/statements.yaml", asked.as_bytes());
    project.write("content/provinces/ah/steps.yaml", STEPS.as_bytes());
    for (query, clause) in [("考评员", "s3"), ("凑不够人", "s2")] {
        let output = project.run(&["search", "--json", "--explain", "-n", "1", query]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["results"][0]["url"], format!("/policies/ah-2024/#{clause}"), "{query}");
        let explained = &report["explanation"];
        let factor = |name: &str| explained["hits"][0][name].as_f64().expect("a number");
        let product: f64 =
            ["terms", "coverage", "prior", "substance", "closeness"].into_iter().map(factor).product();
        assert!((product - factor("score")).abs() < 1e-4, "{explained}");
        let file = explained["terms"][0]["file"].as_str().expect("a name");
        assert!(report["read"].as_array().expect("a list").iter().any(|part| part["file"] == file));
    }
    let told = stdout(&project.run(&["search", "--explain", "考评员"]));
    assert!(told.contains("得分 = ") && told.contains("search-terms."), "{told}");
    let output = project.run(&["build", "--index-files", "5"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn slips_that_no_scenario_notices_are_listed() {
    let project = Project::small();
    let output = project.run(&["check", "--mutants"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert_eq!(stdout(&output), "改动 16 处：场景发现 16 处，0 处与原条件结论完全相同，0 处没有场景发现\n");
    let scenarios = project.read("content/check/ah-2024/scenarios.yaml");
    let without = scenarios.replace("submit_date: 2024-09-14 }", "submit_date: 2024-09-27 }");
    assert!(without != scenarios);
    project.write("content/check/ah-2024/scenarios.yaml", without.as_bytes());
    let output = project.run(&["check", "--mutants", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1), "a condition that must be met is not proved");
    let lines = stdout(&output);
    let early = "content/check/ah-2024/conditions.yaml:4:9: ah-2024/window require: submit_date: 2024-09-15 becomes 2024-09-14\n";
    assert!(lines.contains(early), "{lines}");
    assert!(
        lines.ends_with(
            "16 changes: 14 noticed by a scenario, 0 equivalent to the original, 2 noticed by none\n"
        ),
        "{lines}"
    );
    let json = project.run(&["check", "--mutants", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((&report["mutants"], &report["noticed"]), (&16.into(), &14.into()));
    assert_eq!(report["survivors"][0]["id"], "ah-2024/window");
    assert_eq!(project.run(&["check", "--mutants", "plan.yaml"]).status.code(), Some(2));
}

#[test]
fn the_schemas_beside_the_content_are_those_the_command_writes() {
    let project = Project::small();
    let output = project.run(&["schema"]);
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).expect("the command prints UTF-8");
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).expect("it is there").filter_map(Result::ok);
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let (written, kept) = (project.path("content/.schemas"), workspace().join("content/.schemas"));
    assert_eq!(names(&written), names(&kept), "run `zhinan schema`");
    for name in names(&written) {
        let text = |folder: &Path| fs::read_to_string(folder.join(&name)).expect("it is there");
        assert_eq!(text(&written), text(&kept), "{name}: run `zhinan schema`");
        assert!(printed.contains(&format!("content/.schemas/{name}\n")), "{printed}");
    }
    // Hidden, they are no content.
    assert!(project.run(&["lint"]).status.success());
    let output = project.run(&["schema", "--out", "elsewhere"]);
    assert!(output.status.success() && project.path("elsewhere/policy.json").is_file());
}
