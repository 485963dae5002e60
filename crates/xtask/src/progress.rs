//! Numbered progress lines with the time each step took.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// Counts the steps of one command.
pub(crate) struct Progress {
    total: usize,
    done: usize,
    started: Instant,
}

impl Progress {
    /// For a command of so many steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, done: 0, started: Instant::now() }
    }

    /// Announces a step, does it, and says how long it took.
    pub(crate) fn step<T>(
        &mut self,
        title: &str,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.done += 1;
        let (number, total) = (self.done, self.total);
        println!("[{number}/{total}] {title} …");
        let started = Instant::now();
        let result = work()?;
        println!("[{number}/{total}] {title}: {}", seconds(started.elapsed()));
        Ok(result)
    }

    /// Time since the first step.
    pub(crate) fn elapsed(&self) -> String {
        seconds(self.started.elapsed())
    }
}

/// A duration for people: `0.4 s`, `75.0 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
