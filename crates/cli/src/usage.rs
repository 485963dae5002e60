//! Help and what is wrong with a command line, in Chinese: clap's own words are English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Clap's words in a help text and those of the values of options; longer ones before what they begin with.
const WORDS: [(&str, &str); 15] = [
    ("Usage: ", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("[default: ", "[默认："),
    ("[possible values: ", "[可以写："),
    ("Possible values:", "可以写："),
    ("Print help (see a summary with '-h')", "显示说明（-h 只显示要点）"),
    ("Print help (see more with '--help')", "显示说明（--help 更详细）"),
    ("Print version", "显示版本"),
    ("Print this message or the help of the given subcommand(s)", "显示这份说明，或一个命令的说明"),
    ("With the source line and the remedy", "带有原文和改法"),
    ("One line each: file:line:column: code: message", "每个一行：文件:行:列: 代码: 说明"),
    ("One JSON object with all of them", "全部放在一个 JSON 对象里"),
    ("SARIF 2.1.0, for editors and code hosts", "SARIF 2.1.0，供编辑器和代码平台读取"),
];

/// What clap would print.
pub(crate) fn in_chinese(error: &clap::Error) -> String {
    misuse(error).unwrap_or_else(|| {
        let help = error.render().to_string();
        WORDS
            .iter()
            .fold(help, |help, (english, chinese)| help.replace(english, chinese))
            .trim_end()
            .to_owned()
    })
}

/// The message on a misuse; none where clap prints help or the version.
fn misuse(error: &clap::Error) -> Option<String> {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项，或者多写了它"),
        ErrorKind::InvalidSubcommand => format!("没有 {} 这个命令", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => {
            format!("还要写一个命令：{}", context(ContextKind::ValidSubcommand))
        }
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior == argument || prior.is_empty() => format!("{argument} 只能写一次"),
            prior => format!("{argument} 不能和 {prior} 一起用"),
        },
        ErrorKind::InvalidValue | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues
            if value.is_empty() =>
        {
            format!("{argument} 后面要有一个值")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{value}”不能作为 {argument} 的值{}", expected(error))
        }
        ErrorKind::InvalidUtf8 => "命令行里有不是 UTF-8 的文字".to_owned(),
        _ => format!("这样写不行：{argument} {value}"),
    };
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|meant| !meant.is_empty())
        .map(|meant| format!("\n  是不是 {meant}？"));
    let usage = match context(ContextKind::Usage) {
        usage if usage.is_empty() => usage,
        usage => format!("\n\n{}", usage.replace("Usage: ", "用法：")),
    };
    Some(format!("错误：{message}{}{usage}\n\n用 --help 查看说明。", meant.unwrap_or_default()))
}

/// What the value should have been.
fn expected(error: &clap::Error) -> String {
    let possible = error.get(ContextKind::ValidValue).map(words).unwrap_or_default();
    if !possible.is_empty() {
        return format!("，可以写：{possible}");
    }
    match std::error::Error::source(error).map(ToString::to_string) {
        Some(source) => match (source.split_once(" / "), source.split_once(" is not in ")) {
            // Our own messages have both languages.
            (Some((_, chinese)), _) => format!("：{chinese}"),
            (None, Some((_, range))) => format!("：应在 {range} 之内"),
            (None, None) => format!("：{source}"),
        },
        None => String::new(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join("、"),
        ContextValue::StyledStrs(list) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use content::Language;

    use super::*;
    use crate::arguments::Arguments;

    fn said(line: &str) -> String {
        let words = ["zhinan", "--lang", "zh"].into_iter().chain(line.split_whitespace());
        let words = words.map(Into::into).collect();
        in_chinese(&Arguments::of(words, Language::Chinese).expect_err("clap has something to print"))
    }

    #[test]
    fn a_misuse_is_told_in_chinese_with_what_was_meant() {
        for (line, told) in [
            ("new portal", "缺少 <FOLDER>"),
            ("new portal", "用法：zhinan new portal <FOLDER>"),
            ("biuld", "没有 biuld 这个命令"),
            ("biuld", "是不是 build？"),
            ("", "还要写一个命令：build、"),
            ("build --gzpi", "没有 --gzpi 这个选项"),
            ("build --gzpi", "是不是 --gzip？"),
            ("build --out", "--out <FOLDER> 后面要有一个值"),
            ("build --gzip --gzip", "--gzip 只能写一次"),
            ("lint --format xml", "“xml”不能作为 --format <FORM> 的值，可以写：human、"),
            ("build --index-files 2", "“2”不能作为 --index-files <COUNT> 的值：应在 6..=100000 之内"),
            ("build --base-url example.cn", "的值：应是这样的网址：https://example.cn/guide/"),
            ("build --portable --gzip", "不能和"),
        ] {
            let said = said(line);
            assert!(said.starts_with("错误：") && said.contains(told), "{line}: {said}");
        }
    }

    #[test]
    fn help_has_no_english_words_of_claps() {
        for line in
            ["--help", "-h", "help", "new --help", "check --help", "build --help", "serve -h", "lint --help"]
        {
            let help = said(line);
            assert!(help.contains("用法：zhinan") && help.contains("选项："), "{help}");
            for word in [
                "Usage",
                "Commands",
                "Arguments",
                "Options:",
                "Print",
                "default:",
                "ossible values",
                " the ",
                " with ",
            ] {
                assert!(!help.contains(word), "{word}: {help}");
            }
        }
        assert_eq!(said("--version"), concat!("zhinan ", env!("CARGO_PKG_VERSION")));
    }
}
