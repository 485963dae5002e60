//! `cargo xtask serve`: the build, then the portal served in the foreground.

use std::process::Command;

use crate::failure::Failure;
use crate::workspace::Workspace;

/// Builds, then gives the terminal to `zhinan serve`, which prints its address; comes back only where that fails.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<(), Failure> {
    super::build::run(workspace)?;
    let mut command = Command::new(workspace.zhinan());
    command.current_dir(&workspace.root).arg("serve").arg("--web").arg(workspace.web()).args(arguments);
    take_over(&mut command)
}

/// On Unix the server takes this process's place, so that Ctrl-C reaches it alone.
#[cfg(unix)]
fn take_over(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let cause = command.exec();
    Err(Failure::new(format!("cannot start the server: {cause}")))
}

#[cfg(not(unix))]
fn take_over(command: &mut Command) -> Result<(), Failure> {
    crate::child::run(command)
}
