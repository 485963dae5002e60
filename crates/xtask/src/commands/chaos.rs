//! `cargo xtask chaos`: publishing is killed, starved and crowded, and each time it is looked whether anything was lost.
//!
//! A debug build of the command is used, since that one can be ended at a point by name (`ZHINAN_FAULT`). Three states of a small
//! portal are built first; every case begins with the second published and the first kept, and publishes the third.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::child;
use crate::failure::Failure;
use crate::workspace::{Workspace, make_folder, read, write};

/// Points at which a build is killed, in their order, and whether the system is made to refuse the exchange of folders.
const POINTS: [(&str, bool); 13] = [
    ("locked", false),
    ("folders", false),
    ("half-staged", false),
    ("half-written", false),
    ("verified", false),
    ("synced", false),
    ("ready", false),
    ("exchanged", false),
    ("older-set-aside", false),
    ("kept", false),
    ("published", false),
    ("aside", true),
    ("in-place", true),
];

/// At how many moments of a build it is killed without regard to where it is.
const MOMENTS: u32 = 10;

/// How many documents the portal has: writing them takes a while.
const DOCUMENTS: usize = 60;

/// Nobody is to wait for a build for longer.
const LONGEST: Duration = Duration::from_secs(60);

/// Runs all cases; a failure when something was lost.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    child::run(child::cargo(workspace).args(["build", "--package", "zhinan"]))?;
    let arena = Arena::new(workspace)?;
    let mut table = Table::default();
    println!("{}", Table::row(["case", "ended by", "published tree", "tree before", "next build"]));
    for (point, refused) in POINTS {
        let command = arena.faulty(&format!("{point}=kill -9 $PPID"), refused);
        let suffix = if refused { ", no exchange" } else { "" };
        table.case(&arena, &format!("kill -9 at `{point}`{suffix}"), || arena.ended(command))?;
    }
    for moment in 1..=MOMENTS {
        let delay = arena.duration * moment / (MOMENTS + 1);
        let name = format!("kill -9 after {} ms", delay.as_millis());
        table.case(&arena, &name, || arena.killed_after(delay))?;
    }
    let interrupted = arena.faulty("half-staged=kill -INT $PPID; sleep 5", false);
    table.case(&arena, "Ctrl+C while files are written", || arena.ended(interrupted))?;
    let limited = arena.shell("trap '' XFSZ; ulimit -f 8; exec \"$0\" build --gzip");
    table.case(&arena, "no file may grow beyond 4 KB", || arena.ended(limited))?;
    table.case(&arena, "a full file system (tmpfs)", || arena.on_full_file_system())?;
    table.case(&arena, "a read-only file system", || arena.on_read_only_file_system())?;
    table.case(&arena, "two builds at once", || arena.two_at_once())?;
    fs::remove_dir_all(&arena.folder).map_err(|cause| Failure::of_path("remove", &arena.folder, &cause))?;
    println!("\n{} cases, {} passed over, {} with a loss", table.cases, table.passed_over, table.lost);
    if table.lost == 0 { Ok(()) } else { Err(Failure::new("something was lost")) }
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A project whose states are known.
struct Arena {
    zhinan: PathBuf,
    folder: PathBuf,
    /// The three states as they are published, the oldest first.
    states: [Files; 3],
    /// How long a build takes when nothing else is done.
    duration: Duration,
}

impl Arena {
    fn new(workspace: &Workspace) -> Result<Self, Failure> {
        let folder = workspace.target.join("chaos");
        // What an interrupted run left behind.
        let _ = fs::remove_dir_all(&folder);
        let zhinan = workspace.target.join("debug").join(format!("zhinan{}", std::env::consts::EXE_SUFFIX));
        copy(&workspace.root.join("tests/diagnostics/base"), &folder.join("content"))?;
        let document = read(&folder.join("content/policies/ah-2024.md"))?;
        for number in 0..DOCUMENTS {
            write(&folder.join(format!("content/policies/copy-{number}.md")), &document)?;
        }
        let mut arena = Self { zhinan, folder, states: Default::default(), duration: Duration::MAX };
        for state in 0..3 {
            arena.edit(state)?;
            let out = format!("state-{state}");
            let started = Instant::now();
            let output = finished(arena.command().args(["build", "--gzip", "--out", &out]))?;
            arena.duration = arena.duration.min(started.elapsed());
            if !output.status.success() {
                return Err(Failure::new(String::from_utf8_lossy(&output.stderr).into_owned()));
            }
            arena.states[state] = files(&arena.folder.join(out));
        }
        Ok(arena)
    }

    /// Each state says another thing on every page of a document, and has a page of its own.
    fn edit(&self, state: usize) -> Result<(), Failure> {
        let topics =
            format!("- {{ id: time, title: 时间 }}\n- {{ id: state-{state}, title: 第 {state} 版 }}\n");
        write(&self.folder.join("content/faq/topics.yaml"), topics.as_bytes())?;
        let answer = format!(
            "---\ntopic: state-{state}\nquestion: 这是第几版？\nsources: [ah-2024#s2]\n---\n这是第 {state} 版。\n"
        );
        write(&self.folder.join("content/faq/state.md"), answer.as_bytes())
    }

    /// The second state is published, the first kept, as the spare tree as well, the third written down.
    fn begin(&self) -> Result<(), Failure> {
        for path in self.beside() {
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|cause| Failure::of_path("remove", &path, &cause))?;
        }
        link(&self.folder.join("state-1"), &self.folder.join("site"))?;
        link(&self.folder.join("state-0"), &self.folder.join(".site.previous"))?;
        link(&self.folder.join("state-0"), &self.folder.join(".site.spare"))?;
        self.edit(2)
    }

    /// The published folder and everything beside it that belongs to it.
    fn beside(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let belongs = |name: &str| name == "site" || name.starts_with(".site.");
        let mut found: Vec<PathBuf> = entries
            .filter(|entry| belongs(&entry.file_name().to_string_lossy()))
            .map(|entry| entry.path())
            .collect();
        found.sort();
        found
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.zhinan);
        command.current_dir(&self.folder);
        command
    }

    fn faulty(&self, fault: &str, refused: bool) -> Command {
        let mut command = self.command();
        command.args(["build", "--gzip"]).env("ZHINAN_FAULT", fault);
        command.env("ZHINAN_REFUSED", if refused { "exchange" } else { "" });
        command
    }

    /// A script whose `$0` is the command.
    fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.current_dir(&self.folder).args(["-c", script]).arg(&self.zhinan);
        command
    }

    /// A script in a world of its own, where it may mount; `None` where the system does not let it.
    fn unshared(&self, script: &str) -> Result<Option<String>, Failure> {
        let mut command = Command::new("unshare");
        command.current_dir(&self.folder).args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        match command.arg(&self.zhinan).stdin(Stdio::null()).output() {
            Ok(output) if [Some(77), Some(1)].contains(&output.status.code()) => Ok(None),
            Ok(output) => Ok(Some(told(&output))),
            Err(_) => Ok(None),
        }
    }

    fn ended(&self, mut command: Command) -> Result<Option<String>, Failure> {
        finished(&mut command).map(|output| Some(told(&output)))
    }

    fn killed_after(&self, delay: Duration) -> Result<Option<String>, Failure> {
        let mut command = self.command();
        let mut build = started(command.args(["build", "--gzip"]))?;
        thread::sleep(delay);
        let failed = |cause| Failure::new(format!("cannot end the build: {cause}"));
        build.kill().map_err(failed)?;
        build.wait_with_output().map(|output| Some(told(&output))).map_err(failed)
    }

    fn two_at_once(&self) -> Result<Option<String>, Failure> {
        let (mut one, mut other) = (self.command(), self.command());
        let builds = [started(one.args(["build", "--gzip"]))?, started(other.args(["build", "--gzip"]))?];
        let mut endings = Vec::new();
        for build in builds {
            let failed = |cause| Failure::new(format!("cannot wait for the build: {cause}"));
            endings.push(told(&build.wait_with_output().map_err(failed)?));
        }
        Ok(Some(endings.join(" and ")))
    }

    /// The portal moves into a file system in which 40 KB are free.
    fn on_full_file_system(&self) -> Result<Option<String>, Failure> {
        self.unshared(
            "mkdir -p full && mount -t tmpfs -o size=64m tmpfs full || exit 77; cp -r site full/site || exit 77; \
             cat /dev/zero > full/filler 2> /dev/null; truncate -s -40K full/filler; \
             \"$0\" build --gzip --out full/site; status=$?; rm -r site; cp -r full/site site; exit $status",
        )
    }

    fn on_read_only_file_system(&self) -> Result<Option<String>, Failure> {
        self.unshared(
            "mount --bind . . && mount -o remount,ro,bind . || exit 77; cd \"$PWD\" && exec \"$0\" build --gzip",
        )
    }

    /// Which state a folder has.
    fn state_of(&self, name: &str) -> &'static str {
        let found = files(&self.folder.join(name));
        let names = ["older", "old", "new"];
        self.states.iter().position(|state| *state == found).map_or("MIXED", |state| names[state])
    }
}

/// The lines of the result.
#[derive(Default)]
struct Table {
    cases: usize,
    passed_over: usize,
    lost: usize,
}

impl Table {
    fn row(cells: [&str; 5]) -> String {
        format!("{:<38} {:<22} {:<16} {:<14} {}", cells[0], cells[1], cells[2], cells[3], cells[4])
    }

    /// One case: what happens, what stands there afterwards, and whether the next build is as if nothing had been.
    fn case(
        &mut self,
        arena: &Arena,
        name: &str,
        happens: impl FnOnce() -> Result<Option<String>, Failure>,
    ) -> Result<(), Failure> {
        arena.begin()?;
        self.cases += 1;
        let Some(ending) = happens()? else {
            self.passed_over += 1;
            println!("{}", Table::row([name, "passed over:", "nothing can be", "mounted here", ""]));
            return Ok(());
        };
        let is_there = arena.folder.join("site").exists();
        let published = if is_there { arena.state_of("site") } else { "aside" };
        let before = if arena.folder.join(".site.previous").exists() {
            arena.state_of(".site.previous")
        } else {
            "aside"
        };
        let next = finished(arena.command().args(["build", "--gzip"]))?;
        let names: Vec<String> = arena
            .beside()
            .iter()
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect();
        let kept = arena.state_of(".site.previous");
        let is_fine = next.status.success()
            && arena.state_of("site") == "new"
            && ["old", "new"].contains(&kept)
            && names == [".site.lock", ".site.previous", ".site.spare", "site"];
        // Trees that were taken for a link into another may not have been written through it.
        let untouched =
            (0..3).all(|state| files(&arena.folder.join(format!("state-{state}"))) == arena.states[state]);
        let is_lost =
            !["old", "new", "aside"].contains(&published) || before == "MIXED" || !is_fine || !untouched;
        self.lost += usize::from(is_lost);
        let next = if is_fine && untouched { "new, nothing left over" } else { "LOST" };
        println!("{}", Table::row([name, &ending, published, before, next]));
        Ok(())
    }
}

fn told(output: &Output) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = output.status.signal() {
            return format!("signal {signal}");
        }
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let word = if text.contains(".site.lock") && text.contains("another zhinan") { ", locked" } else { "" };
    format!("status {}{word}", output.status.code().unwrap_or(-1))
}

fn started(command: &mut Command) -> Result<std::process::Child, Failure> {
    let started = command
        .args(["--lang", "en"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    started.map_err(|cause| Failure::new(format!("cannot start the build: {cause}")))
}

/// Runs a command to its end, which has to come.
fn finished(command: &mut Command) -> Result<Output, Failure> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child =
        command.spawn().map_err(|cause| Failure::new(format!("cannot start the build: {cause}")))?;
    // What it tells is read meanwhile: it would wait where nobody does.
    let mut told = child.stderr.take();
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = told.as_mut().map(|pipe| pipe.read_to_end(&mut text));
        text
    });
    let started = Instant::now();
    let failed = |cause| Failure::new(format!("cannot wait for the build: {cause}"));
    while child.try_wait().map_err(failed)?.is_none() {
        if started.elapsed() > LONGEST {
            let _ = child.kill();
            return Err(Failure::new("a build does not come to its end"));
        }
        thread::sleep(Duration::from_millis(5));
    }
    let status = child.wait().map_err(failed)?;
    Ok(Output { status, stdout: Vec::new(), stderr: reader.join().unwrap_or_default() })
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(inner) = waiting.pop() {
        for entry in fs::read_dir(inner).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let (Ok(relative), Ok(bytes)) = (path.strip_prefix(folder), fs::read(&path)) {
                found.insert(relative.to_owned(), bytes);
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    each_file(from, to, &|from, to| fs::copy(from, to).map(drop))
}

/// The same tree again, its files those of the first.
fn link(from: &Path, to: &Path) -> Result<(), Failure> {
    each_file(from, to, &|from, to| fs::hard_link(from, to))
}

fn each_file(
    from: &Path,
    to: &Path,
    place: &dyn Fn(&Path, &Path) -> std::io::Result<()>,
) -> Result<(), Failure> {
    make_folder(to)?;
    let entries = fs::read_dir(from).map_err(|cause| Failure::of_path("read", from, &cause))?;
    for entry in entries.flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            each_file(&from, &to, place)?;
        } else {
            place(&from, &to).map_err(|cause| Failure::of_path("write", &to, &cause))?;
        }
    }
    Ok(())
}
