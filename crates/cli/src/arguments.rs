//! The command line: options with their help in both languages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::RangedU64ValueParser;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use content::Language;
use render::Flavour;
use rules::Date;
use search::BuildOptions;

use crate::{language, report, usage};

/// Turn a folder of policies, guides and FAQ entries into a searchable static portal.
#[derive(Debug, Parser)]
#[command(name = "zhinan", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of messages; the locale decides without it.
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<LanguageName>,
    /// Folder with the content.
    #[arg(long, global = true, default_value = "content", value_name = "FOLDER")]
    pub(crate) content: PathBuf,
    /// Form of diagnostics.
    #[arg(long, global = true, default_value = "human", value_name = "FORM")]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the portal.
    Build(BuildOnce),
    /// Build the portal, serve it on this machine and rebuild it on every change.
    Serve(Serve),
    /// Report every problem of the content without building.
    Lint(Lint),
    /// Check planned declarations against the conditions.
    Check(Check),
    /// Explain a code of a problem, with an example; without one list all codes.
    Explain(Explain),
    /// Search the portal.
    Search(Search),
    /// Judge the search by a file of queries with known answers.
    Eval(Eval),
    /// Write JSON Schemas of the source files, for editors.
    Schema(Schema),
    /// Begin a portal, or the draft of one more document, guide or answer.
    #[command(subcommand)]
    New(New),
    /// Turn a notice, .txt or .docx, into the draft of a policy document.
    Import(Import),
    /// Bring content files into one form without changing what they say.
    Fmt(Fmt),
    /// Publish the portal as it was before the last build; once more for the newer one again.
    Rollback(Rollback),
    /// List what is to be sent to a server after a build, in an order in which no page lacks its files.
    Deploy(Deploy),
}

#[derive(Debug, Args)]
pub(crate) struct Rollback {
    /// Folder the portal is published to: `site` without it.
    #[arg(long = "out", id = "published", default_value = "site", value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Deploy {
    /// Only list it: sending is left to rsync, rclone or the tool of the storage.
    #[arg(long, required = true)]
    dry_run: bool,
    /// Folder with the portal as the server has it: the tree before the last build without it.
    #[arg(long = "from", id = "sent", value_name = "OLD_TREE")]
    pub(crate) from: Option<PathBuf>,
    /// Folder with the portal that is to be sent.
    #[arg(id = "to_send", default_value = "site", value_name = "SITE")]
    pub(crate) site: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// Only list the files that would change; ends with 1 when there are any.
    #[arg(id = "only_check", long = "check")]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Notice: .txt (UTF-8 or GBK) or .docx.
    #[arg(id = "notice", value_name = "NOTICE")]
    pub(crate) file: PathBuf,
    /// Id of the document; the name of the file without it.
    #[arg(long = "id", id = "document_id", value_name = "ID")]
    pub(crate) id: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// A small complete portal in an empty folder.
    Portal {
        /// Folder for the portal: new or empty.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Draft of a policy document, content/policies/ID.md.
    Policy {
        /// Id: lower-case letters, digits, - and _, beginning with a letter.
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Draft of a provincial guide, content/provinces/ID/.
    Province {
        /// Id: lower-case letters, digits, - and _, beginning with a letter.
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Draft of a question with its answer, content/faq/ID.md.
    Faq {
        /// Id: lower-case letters, digits, - and _, beginning with a letter.
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Build {
    /// Folder with templates that replace those of the program; `templates` beside the content without it.
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
    /// Folder with browser modules to use instead of those of the program.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) web: Option<PathBuf>,
    /// Folder of a portal published earlier: visitors can compare a plan under its conditions.
    #[arg(long, value_name = "SITE")]
    pub(crate) earlier: Option<PathBuf>,
    /// Absolute address the portal is published at, instead of the one in portal.yaml.
    #[arg(long, value_name = "ADDRESS", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
    /// Font with Chinese characters for the pictures that pages are shared with; the usual places are searched without it.
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Option<PathBuf>,
    /// Day of the build, as 2025-03-01, instead of the clock's: windows that closed before it are shown as closed.
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
    /// Most files of the search index, at least 6: a small portal has fewer, a large one puts several blocks into a file,
    /// of which readers ask for ranges of bytes.
    #[arg(long, value_name = "COUNT", default_value_t = BuildOptions::MOST_FILES,
        value_parser = RangedU64ValueParser::<usize>::new().range(BuildOptions::FEWEST_FILES as u64..=100_000))]
    pub(crate) index_files: usize,
}

#[derive(Debug, Args)]
pub(crate) struct BuildOnce {
    #[command(flatten)]
    pub(crate) build: Build,
    /// Folder the portal is published to: `site` without it, `site-portable` for a portable copy.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Make a copy that is opened from a folder by a double click, without a server: for USB sticks.
    #[arg(long)]
    portable: bool,
    /// Put a packed form beside every page, style, script and module (`index.html.gz`), for servers that send those as they
    /// are (`gzip_static` of nginx).
    #[arg(long, conflicts_with = "portable")]
    pub(crate) gzip: bool,
    /// Build again whenever content or templates are changed, and on a new day, until Ctrl+C; what has not changed is not made anew.
    #[arg(long)]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) build: Build,
    /// Port on the loopback address; 0 takes a free one.
    #[arg(long, default_value_t = 4000)]
    pub(crate) port: u16,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Also ask every address of another site whether it still answers; needs a network.
    #[arg(long)]
    pub(crate) links: bool,
    /// Longest time to wait for an address.
    #[arg(long, value_name = "SECONDS", default_value_t = 15, requires = "links",
        value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) wait: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Code of a problem, such as unknown-field.
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Plan files: YAML, JSON, CSV, TSV or XLSX; `-` reads YAML or JSON from standard input.
    #[arg(required_unless_present = "mutants", value_name = "PLAN")]
    pub(crate) plans: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the verdicts as a table, .csv or .xlsx, instead of printing them.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(crate) output: Option<PathBuf>,
    /// Folder of a portal published earlier: list the verdicts that its conditions give otherwise, too.
    #[arg(long, value_name = "SITE", conflicts_with = "output")]
    pub(crate) earlier: Option<PathBuf>,
    /// Instead of checking plans, change every condition a little and list the changes that no scenario notices; ends
    /// with 1 when a scope or a condition with `strength: must` has one.
    #[arg(long, conflicts_with_all = ["plans", "output"])]
    pub(crate) mutants: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for.
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// How many results.
    #[arg(short = 'n', long, default_value_t = 10, value_name = "COUNT")]
    pub(crate) limit: usize,
    /// Also print the terms with their weights, the parts of index files that were read, and what each score is made of.
    #[arg(long = "explain")]
    pub(crate) scores: bool,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// Table of queries: query, kind, expected_file, expected_quote, acceptable_alternatives.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Folder they are written to: `.schemas` in the content without it, where the first lines of the files look for them.
    #[arg(long = "out", id = "schema_out", value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

impl BuildOnce {
    /// The folder that is published to. A portable copy does not take the place of the site.
    pub(crate) fn out(&self, flavour: Flavour) -> PathBuf {
        let usual = match flavour {
            Flavour::Site => "site",
            Flavour::Portable => "site-portable",
        };
        self.out.clone().unwrap_or_else(|| PathBuf::from(usual))
    }

    /// From where the portal will be read.
    pub(crate) fn flavour(&self) -> Flavour {
        if self.portable { Flavour::Portable } else { Flavour::Site }
    }
}

impl Build {
    /// The project's own templates: the folder that is named, or the one beside the content.
    pub(crate) fn templates(&self, content: &Path) -> PathBuf {
        self.templates.clone().unwrap_or_else(|| content.with_file_name("templates"))
    }

    /// The same, where it is to be read: a folder that is named has to be there.
    pub(crate) fn own_templates(&self, content: &Path) -> Option<PathBuf> {
        let folder = self.templates(content);
        (self.templates.is_some() || folder.is_dir()).then_some(folder)
    }
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the source line and the remedy.
    Human,
    /// One line each: file:line:column: code: message.
    Short,
    /// One JSON object with all of them.
    Json,
    /// SARIF 2.1.0, for editors and code hosts.
    Sarif,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

/// Chinese help, by the name of the option or command.
const CHINESE: &[(&str, &str)] = &[
    ("zhinan", "把政策文件、省份指南和常见问题做成可检索的静态门户"),
    ("build", "生成门户"),
    ("serve", "生成门户，在本机打开，改动后自动更新"),
    ("lint", "只检查内容，列出全部问题"),
    ("check", "按各文件的条件检查申报计划"),
    ("search", "检索门户"),
    ("eval", "用有标准答案的查询表评价检索"),
    ("new", "建一个新门户，或起草一份文件、一个省的指南、一个问答"),
    ("portal", "在空文件夹里建一个小而全的示例门户"),
    ("policy", "起草一份政策文件：content/policies/<编号>.md"),
    ("province", "起草一个省的办事指南：content/provinces/<编号>/"),
    ("faq", "起草一个常见问题：content/faq/<编号>.md"),
    ("folder", "门户的文件夹：新的或空的"),
    ("id", "编号：小写英文字母、数字、- 和 _，以字母开头"),
    ("import", "把一份通知（.txt 或 .docx）变成政策文件的草稿"),
    ("notice", "通知：.txt（UTF-8 或 GBK）或 .docx"),
    ("document_id", "文件的编号；不写则用文件名"),
    ("fmt", "整理内容文件的空格、换行、缩进和冒号，不改变内容"),
    ("only_check", "只列出需要整理的文件，不改动；有的话以 1 结束"),
    ("lang", "提示语言；不写则由系统语言决定"),
    ("content", "内容文件夹"),
    ("format", "问题的输出形式"),
    ("templates", "项目自己的模板文件夹，里面的文件代替程序自带的；不写则用内容旁边的 templates"),
    ("web", "浏览器模块文件夹，代替程序自带的"),
    ("out", "门户发布到的文件夹；不写则为 site，便携版为 site-portable"),
    ("portable", "生成便携版：不用服务器，双击就能打开，可以放在 U 盘里"),
    (
        "gzip",
        "在每个网页、样式、脚本和模块旁边放一份压缩好的（index.html.gz），供服务器直接发送（nginx 的 gzip_static）",
    ),
    ("watch", "内容或模板一有改动、日期一变就重新生成，按 Ctrl+C 结束；没有变的部分不重做"),
    ("earlier", "从前发布的门户文件夹，用来对照它当时的条件"),
    ("base_url", "门户发布后的完整网址，代替 portal.yaml 里的"),
    ("font", "分享图所用的中文字体文件；不写则到系统常见位置去找"),
    ("today", "生成的日期，例如 2025-03-01，代替系统日期：在它之前截止的窗口显示为已截止"),
    ("index_files", "检索索引最多分成几个文件，至少 6 个；文件少时服务器须支持按字节范围读取"),
    ("explain", "解释一个问题代码，附写错和写对的例子；不写代码则列出全部"),
    ("links", "另外逐一核对外部网址能否打开，需要网络"),
    ("wait", "每个网址最多等几秒"),
    ("code", "问题的代码，例如 unknown-field"),
    ("scores", "另外列出检索词、权重、读取的索引文件片段和得分的构成"),
    ("port", "本机端口；0 表示任选空闲端口"),
    ("plans", "计划文件：YAML、JSON、CSV、TSV 或 XLSX；- 表示从标准输入读 YAML 或 JSON"),
    ("output", "把结论写成表格（.csv 或 .xlsx），不在屏幕显示"),
    ("json", "输出 JSON"),
    (
        "mutants",
        "不检查计划，而是逐一改动每个条件，列出没有场景能发现的改动；范围或 strength: must 的条件有漏网的，以 1 结束",
    ),
    ("query", "要找什么"),
    ("limit", "最多几条结果"),
    ("file", "查询表：query、kind、expected_file、expected_quote、acceptable_alternatives"),
    ("schema", "写出各种内容文件的 JSON Schema，供编辑器补全和检查"),
    ("schema_out", "写到哪个文件夹；不写则为内容文件夹里的 .schemas，各文件的第一行指向那里"),
    ("rollback", "退回上一次生成前发布的门户；再运行一次回到新的"),
    ("published", "门户发布到的文件夹；不写则为 site"),
    ("deploy", "列出生成后要传到服务器的文件，按这个次序传，任何时候网页都不缺文件"),
    ("dry_run", "只列出来；传送请用 rsync、rclone 或对象存储自己的工具"),
    ("sent", "服务器上现有的门户文件夹；不写则为上一次生成前的门户"),
    ("to_send", "要传送的门户文件夹；不写则为 site"),
];

impl Arguments {
    /// Reads the command line; help, version and misuse print by themselves and give the exit code.
    pub(crate) fn read() -> Result<Self, ExitCode> {
        let words: Vec<OsString> = std::env::args_os().collect();
        let language = language::of_words(&words);
        Self::of(words, language).map_err(|error| {
            match language {
                // Printing help can only fail when nobody reads it.
                Language::English => drop(error.print()),
                Language::Chinese if error.use_stderr() => report::progress(&usage::in_chinese(&error)),
                Language::Chinese => report::line(&usage::in_chinese(&error)),
            }
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        })
    }

    /// What these words say, the first of which names the program; help and what is wrong with them come in this language.
    pub(crate) fn of(words: Vec<OsString>, language: Language) -> Result<Self, clap::Error> {
        let command = match language {
            Language::Chinese => in_chinese(Self::command()),
            Language::English => Self::command(),
        };
        command.try_get_matches_from(words).and_then(|matches| Self::from_arg_matches(&matches))
    }

    /// The language of messages.
    pub(crate) fn language(&self) -> Language {
        match self.lang {
            Some(LanguageName::Zh) => Language::Chinese,
            Some(LanguageName::En) => Language::English,
            None => language::of_environment(),
        }
    }
}

/// An address that pages can be appended to.
fn base_url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let is_host = |character: char| character.is_alphanumeric() || "-.:[]".contains(character);
    let named = host.split('/').next().is_some_and(|host| !host.is_empty() && host.chars().all(is_host));
    if !named || text.contains(['?', '#', '"', '<', '>']) || text.contains(char::is_whitespace) {
        return Err("expected an address such as https://example.cn/guide/ / 应是这样的网址：https://example.cn/guide/".to_owned());
    }
    Ok(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}

fn in_chinese(command: clap::Command) -> clap::Command {
    let words = |name: &str| CHINESE.iter().find(|(known, _)| *known == name).map(|(_, words)| *words);
    let name = command.get_name().to_owned();
    let command = match words(&name) {
        Some(words) => command.about(words),
        None => command,
    };
    let command = command.mut_args(|argument| match words(argument.get_id().as_str()) {
        Some(words) => argument.help(words),
        None => argument,
    });
    command.mut_subcommands(in_chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_portal_is_absolute_and_ends_with_a_slash() {
        assert_eq!(base_url("https://example.cn").as_deref(), Ok("https://example.cn/"));
        assert_eq!(base_url("http://10.0.0.1:8080/guide/").as_deref(), Ok("http://10.0.0.1:8080/guide/"));
        for bad in [
            "example.cn",
            "https://",
            "https:///x",
            "ftp://a.cn/",
            "https://a.cn/?q",
            "https://a b/",
            "https://a.cn/\"",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_option_has_chinese_help() {
        fn names(command: &clap::Command) -> Vec<String> {
            let arguments = command.get_arguments().map(|argument| argument.get_id().to_string());
            let commands = command
                .get_subcommands()
                .flat_map(|command| std::iter::once(command.get_name().to_owned()).chain(names(command)));
            arguments.chain(commands).collect()
        }
        Arguments::command().debug_assert();
        for name in names(&Arguments::command()) {
            assert!(CHINESE.iter().any(|(known, _)| *known == name), "{name} has no Chinese help");
        }
    }
}
