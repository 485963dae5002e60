//! Faults on demand, in debug builds alone: the tests and `cargo xtask chaos` end a run at a point that they name.
//!
//! `ZHINAN_FAULT` is `point=command`: when publishing comes to this point, the command is run by `sh`, whose parent is this
//! process (`verified=kill -9 $PPID`). `ZHINAN_REFUSED` names what the file system is to refuse: `exchange`, `links`.

#[cfg(debug_assertions)]
pub(crate) fn point(name: &str) {
    let Ok(fault) = std::env::var("ZHINAN_FAULT") else { return };
    if let Some(command) = fault.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
        let status = std::process::Command::new("sh").args(["-c", command]).status();
        assert!(status.is_ok(), "sh is not there");
    }
}

#[cfg(debug_assertions)]
pub(crate) fn refuses(what: &str) -> bool {
    std::env::var("ZHINAN_REFUSED").is_ok_and(|words| words.split(' ').any(|word| word == what))
}

/// After how many bytes of a file writing pauses: in the middle where a fault is to come there.
#[cfg(debug_assertions)]
pub(crate) fn pause_at(length: usize) -> usize {
    let wanted = std::env::var("ZHINAN_FAULT").is_ok_and(|fault| fault.starts_with("half-written="));
    if wanted { length / 2 } else { 0 }
}

/// Files are written in one step in a release.
#[cfg(not(debug_assertions))]
pub(crate) const fn pause_at(_: usize) -> usize {
    0
}

/// Nothing happens here in a release.
#[cfg(not(debug_assertions))]
pub(crate) const fn point(_: &str) {}

/// Nothing is refused in a release.
#[cfg(not(debug_assertions))]
pub(crate) const fn refuses(_: &str) -> bool {
    false
}
