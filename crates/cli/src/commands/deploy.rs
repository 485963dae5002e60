//! `zhinan deploy --dry-run`: what a server is to be sent, step by step. Nothing is sent.

use std::path::PathBuf;

use content::Language;

use crate::arguments::{Arguments, Deploy};
use crate::deploy::{GRACE_DAYS, Plan, Step, plan};
use crate::failure::Failure;
use crate::{publish, report};

/// Compares the two trees and prints the difference.
pub(crate) fn run(options: &Deploy, arguments: &Arguments) -> Result<(), Failure> {
    let from = match &options.from {
        Some(folder) => folder.clone(),
        None => tree_before(options)?,
    };
    let plan = plan(&from, &options.site)?;
    if options.json {
        report::json(&plan.as_json(&from, &options.site));
    } else {
        print(&plan, arguments.language());
    }
    Ok(())
}

fn tree_before(options: &Deploy) -> Result<PathBuf, Failure> {
    let previous = publish::tree_before(&options.site)?;
    previous.ok_or_else(|| Failure::NothingBefore { path: options.site.clone() })
}

fn print(plan: &Plan, language: Language) {
    let mut last = None;
    for (step, path, length) in &plan.send {
        if last != Some(*step) {
            report::line(&format!("# {}", title(*step, language)));
            last = Some(*step);
        }
        report::line(&format!("+ {path}\t{length}"));
    }
    let removals: [(&[String], String); 2] = match language {
        Language::Chinese => [
            (&plan.remove, "最后删除".to_owned()),
            (&plan.remove_later, format!("{GRACE_DAYS} 天后再删：还开着的旧页面可能要用")),
        ],
        Language::English => [
            (&plan.remove, "remove at the end".to_owned()),
            (
                &plan.remove_later,
                format!("remove after {GRACE_DAYS} days: pages that are still open may ask for them"),
            ),
        ],
    };
    for (paths, title) in removals.iter().filter(|(paths, _)| !paths.is_empty()) {
        report::line(&format!("# {title}"));
        for path in *paths {
            report::line(&format!("- {path}"));
        }
    }
    let (count, kilobytes) = (plan.send.len(), plan.bytes().div_ceil(1024));
    let (gone, same) = (plan.remove.len() + plan.remove_later.len(), plan.same);
    report::progress(&match language {
        Language::Chinese => {
            format!("要传 {count} 个文件（{kilobytes} KB），删除 {gone} 个，{same} 个未变；什么都没有传")
        }
        Language::English => {
            format!(
                "{count} files to send ({kilobytes} KB), {gone} to remove, {same} the same; nothing was sent"
            )
        }
    });
}

fn title(step: Step, language: Language) -> &'static str {
    match (step, language) {
        (Step::Assets, Language::Chinese) => "先传样式、脚本、模块和检索索引",
        (Step::Assets, Language::English) => "first styles, scripts, modules, the search index",
        (Step::Data, Language::Chinese) => "再传数据",
        (Step::Data, Language::English) => "then data",
        (Step::NewPages, Language::Chinese) => "新增的页面",
        (Step::NewPages, Language::English) => "pages that are new",
        (Step::ChangedPages, Language::Chinese) => "改动的页面",
        (Step::ChangedPages, Language::English) => "pages that have changed",
        (Step::Last, Language::Chinese) => "最后传离线程序、清单和订阅",
        (Step::Last, Language::English) => "at last the service worker, lists and feeds",
    }
}
