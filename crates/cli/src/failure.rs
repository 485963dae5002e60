//! What stops a command: errors of the content, or the environment.

use std::io;
use std::path::{Path, PathBuf};

use content::{Language, Problem};

use crate::import::Refusal;
use crate::publish::verify::Fault;

/// Most files named in one message.
const MOST_NAMED: usize = 20;

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The content has errors; they have been printed.
    #[error("the content has errors")]
    Content,
    /// Files are not in their one form; they have been listed.
    #[error("files would change")]
    Untidy,
    #[error("cannot read {path}: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write {path}: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{path} is no font that can be read: TrueType and OpenType are known")]
    Font { path: PathBuf },
    #[error("{path} is a symbolic link, which is not followed: put the file or folder itself there")]
    SymbolicLink { path: PathBuf },
    #[error("{path} is more than {limit} folders deep: move it up")]
    DeepFolder { path: PathBuf, limit: usize },
    #[error("the folder {path} is not there")]
    NoFolder { path: PathBuf },
    #[error("{path} is not a folder zhinan made (it has files but no zhinan-site.json): it is not replaced")]
    ForeignFolder { path: PathBuf },
    #[error("{path} is there already: it is not overwritten")]
    AlreadyThere { path: PathBuf },
    #[error("the folder {path} is not empty: a new portal takes an empty one")]
    NotEmpty { path: PathBuf },
    #[error("{}; {}", .0.message(Language::English), .0.help(Language::English))]
    Id(Problem),
    #[error("{path}: {refusal}")]
    Import { path: PathBuf, refusal: Refusal },
    #[error("the name of {path} cannot be an id: give one with --id, for example --id sx-2024")]
    IdWanted { path: PathBuf },
    #[error(
        "another zhinan is publishing to {path} (it holds the lock {lock}); wait until it has finished and try again"
    )]
    Locked { path: PathBuf, lock: PathBuf },
    #[error(
        "{path} cannot be published to: it is, holds or is part of {holds}, which publishing would replace; name another folder with --out"
    )]
    ProtectedFolder { path: PathBuf, holds: PathBuf },
    #[error("publishing would lose {path}: move it elsewhere, or publish to another folder with --out")]
    WouldBeLost { path: PathBuf },
    #[error("there is no tree before {path} to go back to: one is kept from the second build on")]
    NothingBefore { path: PathBuf },
    #[error("{path} is no portal: it has no zhinan-site.json")]
    NoPortal { path: PathBuf },
    #[error(
        "nothing was published to {folder}, what was there stands: {}",
        listed(faults, Language::English)
    )]
    Faulty { folder: PathBuf, faults: Vec<(String, Fault)> },
    #[error(
        "nothing was published: {path} was changed again and again while the portal was made; build once more when nobody writes"
    )]
    InputChanging { path: PathBuf },
    #[error("cannot build the search index: {0}")]
    Search(String),
    #[error("cannot render the portal: {0}")]
    Render(String),
    #[error("cannot compile the conditions: {0}")]
    Rules(String),
    #[error(
        "{path} is no published portal with conditions: its folder assets/ should hold one check.<hash>.bin"
    )]
    NoConditions { path: PathBuf },
    #[error("the conditions of {path} cannot be compared: {reason}")]
    Earlier { path: PathBuf, reason: String },
    #[error("{path}, line {line}: {message}")]
    Queries { path: PathBuf, line: usize, message: &'static str },
    #[error("{path}: {refusal}")]
    Table { path: PathBuf, refusal: sheet::Refusal },
    #[error("{path}: verdicts are written as .csv or .xlsx")]
    OutputForm { path: PathBuf },
    #[error("cannot serve on port {port}: {source}")]
    Serve { port: u16, source: std::io::Error },
    #[error("there is no code `{found}`{}; `zhinan explain` lists all", suggested(.suggestion))]
    UnknownCode { found: String, suggestion: Option<&'static str> },
    #[error("cannot watch for changes: {0}")]
    Watch(String),
}

/// A name that cannot be an output path, of a file that pages load.
impl From<render::InvalidOutputPath> for Failure {
    fn from(error: render::InvalidOutputPath) -> Self {
        Self::Render(error.to_string())
    }
}

impl Failure {
    /// That this cannot be written, for what the system says.
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }

    /// One sentence and, where there is one, the remedy.
    pub(crate) fn message(&self, language: Language) -> String {
        match language {
            Language::English => self.to_string(),
            Language::Chinese => self.chinese(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Content => "内容有错误".to_owned(),
            Self::Untidy => "有文件需要整理".to_owned(),
            Self::Read { path, source } => format!("读不了 {}：{source}", path.display()),
            Self::Write { path, source } => format!("写不了 {}：{source}", path.display()),
            Self::Font { path } => {
                format!("{} 不是能用的字体文件，应为 TrueType 或 OpenType", path.display())
            }
            Self::SymbolicLink { path } => {
                format!("{} 是符号链接，不予读取：请换成文件或文件夹本身", path.display())
            }
            Self::DeepFolder { path, limit } => {
                format!("{} 的文件夹套了不止 {limit} 层：请往上移", path.display())
            }
            Self::NoFolder { path } => format!("没有文件夹 {}", path.display()),
            Self::ForeignFolder { path } => {
                format!(
                    "{} 不是由 zhinan 生成的文件夹（里面有文件，却没有 zhinan-site.json），不会覆盖",
                    path.display()
                )
            }
            Self::AlreadyThere { path } => format!("{} 已经有了，不会覆盖", path.display()),
            Self::NotEmpty { path } => format!("文件夹 {} 不是空的；新门户要建在空文件夹里", path.display()),
            Self::Id(problem) => {
                format!("{}；{}", problem.message(Language::Chinese), problem.help(Language::Chinese))
            }
            Self::Import { path, refusal } => format!("{}：{}", path.display(), refusal.chinese()),
            Self::IdWanted { path } => {
                format!("{} 的文件名不能作编号；请用 --id 起一个，例如 --id sx-2024", path.display())
            }
            Self::Locked { path, lock } => format!(
                "另一个 zhinan 正在发布到 {}（锁着 {}）；请等它完成后再试",
                path.display(),
                lock.display()
            ),
            Self::ProtectedFolder { path, holds } => format!(
                "不能发布到 {}：它就是 {holds}、包含它或在它里面，发布会把它替换掉；请用 --out 换一个文件夹",
                path.display(),
                holds = holds.display()
            ),
            Self::WouldBeLost { path } => {
                format!("发布会丢掉 {}：请把它移到别处，或用 --out 换一个文件夹", path.display())
            }
            Self::NothingBefore { path } => {
                format!("{} 没有上一版可以退回：从第二次生成起才留有上一版", path.display())
            }
            Self::NoPortal { path } => format!("{} 不是门户：里面没有 zhinan-site.json", path.display()),
            Self::Faulty { folder, faults } => format!(
                "没有发布，{} 仍是原来的内容：{}",
                folder.display(),
                listed(faults, Language::Chinese)
            ),
            Self::InputChanging { path } => {
                format!("没有发布：生成期间 {} 一再被改动；请等没有人写文件时再生成", path.display())
            }
            Self::Search(detail) => format!("建不了检索索引：{detail}"),
            Self::Render(detail) => format!("生成不了页面：{detail}"),
            Self::Rules(detail) => format!("编译不了条件：{detail}"),
            Self::NoConditions { path } => format!(
                "{} 不是带有条件的已发布门户：其中的 assets/ 应有一个 check.<哈希>.bin",
                path.display()
            ),
            Self::Earlier { path, reason } => {
                format!("{} 里的条件不能对照（{reason}）：请用同一版程序重新生成那个门户", path.display())
            }
            Self::Queries { path, line, message } => format!("{} 第 {line} 行：{message}", path.display()),
            Self::Table { path, refusal } => format!("{}：{}", path.display(), refusal.chinese()),
            Self::OutputForm { path } => format!("{}：结论只能写成 .csv 或 .xlsx", path.display()),
            Self::Serve { port, source } => format!("端口 {port} 用不了：{source}；可用 --port 换一个"),
            Self::UnknownCode { found, suggestion } => {
                let meant = suggestion.map_or(String::new(), |code| format!("，是不是“{code}”？"));
                format!("没有代码“{found}”{meant}（zhinan explain 列出全部代码）")
            }
            Self::Watch(detail) => format!("监视不了文件变动：{detail}"),
        }
    }
}

fn suggested(suggestion: &Option<&str>) -> String {
    suggestion.map_or(String::new(), |code| format!(", did you mean `{code}`?"))
}

/// Files with what is wrong with them, each on a line of its own.
fn listed(faults: &[(String, Fault)], language: Language) -> String {
    let mut text = String::new();
    for (path, fault) in faults.iter().take(MOST_NAMED) {
        let colon = if language == Language::Chinese { "：" } else { ": " };
        let name = if path.is_empty() { String::new() } else { format!("{path}{colon}") };
        text.push_str(&format!("\n  {name}{}", fault.message(language)));
    }
    match (faults.len().saturating_sub(MOST_NAMED), language) {
        (0, _) => {}
        (more, Language::Chinese) => text.push_str(&format!("\n  还有 {more} 处")),
        (more, Language::English) => text.push_str(&format!("\n  and {more} more")),
    }
    text
}
