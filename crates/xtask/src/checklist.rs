//! A list of checks that goes on after a failure and ends in one table and one plain closing line.

use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::progress::seconds;

/// What became of one check that was able to run.
pub(crate) enum Outcome {
    /// It holds.
    Passed,
    /// It does not apply here, with the reason.
    Skipped(String),
}

enum Mark {
    Passed,
    Skipped(String),
    Failed(String),
}

struct Row {
    name: &'static str,
    mark: Mark,
    took: Duration,
}

/// The checks so far.
#[derive(Default)]
pub(crate) struct Checklist {
    rows: Vec<Row>,
}

impl Checklist {
    /// Runs one check and tells whether what comes after may build on it.
    pub(crate) fn check(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Outcome, Failure>,
    ) -> bool {
        println!("\n==> {name}");
        let started = Instant::now();
        let mark = match work() {
            Ok(Outcome::Passed) => Mark::Passed,
            Ok(Outcome::Skipped(reason)) => Mark::Skipped(reason),
            Err(failure) => Mark::Failed(failure.to_string()),
        };
        let took = started.elapsed();
        match &mark {
            Mark::Passed => println!("==> {name}: passed in {}", seconds(took)),
            Mark::Skipped(reason) => println!("==> {name}: skipped, {reason}"),
            Mark::Failed(reason) => println!("==> {name}: FAILED after {}\n{reason}", seconds(took)),
        }
        let holds = !matches!(mark, Mark::Failed(_));
        self.rows.push(Row { name, mark, took });
        holds
    }

    /// Like [`Self::check`], but fails at once where what it builds on has failed.
    pub(crate) fn check_after(
        &mut self,
        ready: bool,
        name: &'static str,
        work: impl FnOnce() -> Result<Outcome, Failure>,
    ) -> bool {
        self.check(name, || {
            if ready { work() } else { Err(Failure::new("not run: what it needs failed above")) }
        })
    }

    /// Prints the table and the closing line `N passed, N failed`; true where nothing failed.
    pub(crate) fn finish(&self) -> bool {
        println!("\n{}", self.summary());
        !self.rows.iter().any(|row| matches!(row.mark, Mark::Failed(_)))
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        let mut counts = [0_usize; 3];
        for row in &self.rows {
            let (index, word, reason) = match &row.mark {
                Mark::Passed => (0, "passed", ""),
                Mark::Failed(reason) => (1, "FAILED", reason.as_str()),
                Mark::Skipped(reason) => (2, "skipped", reason.as_str()),
            };
            counts[index] += 1;
            let line = format!("{word:<8}{:<34}{:>9}  {}", row.name, seconds(row.took), first_line(reason));
            text.push_str(line.trim_end());
            text.push('\n');
        }
        let [passed, failed, skipped] = counts;
        text.push_str(&format!("\n{passed} passed, {failed} failed"));
        if skipped > 0 {
            text.push_str(&format!(", {skipped} skipped"));
        }
        text
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_and_failures_do_not_stop_the_rest() {
        let mut list = Checklist::default();
        assert!(list.check("one", || Ok(Outcome::Passed)));
        let two = list.check("two", || Err(Failure::new("first line\nsecond line")));
        assert!(!two);
        assert!(!list.check_after(two, "three", || Ok(Outcome::Passed)));
        assert!(list.check("four", || Ok(Outcome::Skipped("no seeds".to_owned()))));
        let summary = list.summary();
        assert_eq!(summary.lines().last(), Some("1 passed, 2 failed, 1 skipped"));
        assert!(summary.contains("first line") && !summary.contains("second line"));
        assert!(!list.finish());
    }
}
