//! How much may stand in a file, for the authoring pages.

use content::{
    DEEPEST_NESTING, LARGEST_FILE, LARGEST_PAGE, LONGEST_ADDRESS, LONGEST_LINE, MOST_PARTS, MOST_PROBLEMS,
    MOST_VALUES,
};

/// What has a limit, the limit, and the code of the problem where one goes beyond it; empty where a page does.
pub(crate) fn limits() -> Vec<[String; 3]> {
    let megabytes = |bytes: usize| format!("{} MB", bytes / (1024 * 1024));
    let row = |what: &str, limit: String, code: &str| [what.to_owned(), limit, code.to_owned()];
    vec![
        row("一个文件", megabytes(LARGEST_FILE), "file-too-large"),
        row("一行", format!("{} KB", LONGEST_LINE / 1024), "line-too-long"),
        row("一个 YAML 文件里的值", format!("{MOST_VALUES} 个"), "too-many-parts"),
        row("一份 Markdown 里的段落、列表项、表格单元等", format!("{MOST_PARTS} 个"), "too-many-parts"),
        row("列表、引用、各项说明一层套一层", format!("{DEEPEST_NESTING} 层"), "too-deep"),
        row("一个网址", format!("{LONGEST_ADDRESS} 字节"), "address-too-long"),
        row("一个文件里列出的问题", format!("{MOST_PROBLEMS} 个"), "too-many-problems"),
        row("生成的一个网页", megabytes(LARGEST_PAGE), ""),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_limit_is_known() {
        for [what, limit, code] in limits() {
            assert!(code.is_empty() || content::Code::named(&code).is_some(), "{what}: {code}");
            assert!(!limit.starts_with('0'), "{what}: {limit}");
        }
    }
}
