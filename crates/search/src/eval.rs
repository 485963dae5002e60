//! How good the answers are: success at 1 and 5 and mean reciprocal rank over a file of queries.
//!
//! The file has columns parted by tabs, with a first line of names: `query, kind, expected_file, expected_quote,
//! acceptable_alternatives` (`file::quote` joined by ` || `), and any further ones. A result counts when its text contains the quote,
//! white space aside, and its source is the file.

use std::fmt;

use crate::query::Hit;

/// Hits looked at.
const DEPTH: usize = 10;

/// A query with what answers it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What was typed.
    pub query: String,
    /// Kind of query, for the table.
    pub kind: String,
    /// File and quote, without white space, of each text that answers.
    pub answers: Vec<(String, String)>,
    /// Further columns.
    pub rest: Vec<String>,
}

/// The questions of a file; lines without the five columns are left out.
pub fn questions(file: &str) -> Vec<Question> {
    file.lines().skip(1).filter_map(question).collect()
}

fn question(line: &str) -> Option<Question> {
    let mut columns = line.split('\t');
    let (query, kind) = (columns.next()?, columns.next()?);
    let (file, quote) = (columns.next()?, columns.next()?);
    let mut answers = vec![(file.trim().to_owned(), squeezed(quote))];
    for alternative in columns.next().unwrap_or_default().split(" || ") {
        if let Some((file, quote)) = alternative.split_once("::") {
            answers.push((file.trim().to_owned(), squeezed(quote)));
        }
    }
    answers.retain(|(_, quote)| !quote.is_empty());
    let rest = columns.map(|column| column.trim().to_owned()).collect();
    Some(Question { query: query.to_owned(), kind: kind.to_owned(), answers, rest })
}

/// The text without any white space.
fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// Rank of the first hit that answers, from 1.
pub fn rank_of(question: &Question, hits: &[Hit]) -> Option<usize> {
    let answers = |hit: &Hit| {
        let text = squeezed(&hit.text);
        question.answers.iter().any(|(file, quote)| hit.source == *file && text.contains(quote.as_str()))
    };
    hits.iter().take(DEPTH).position(answers).map(|index| index + 1)
}

/// Results of all questions of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// In the order of the file: kind, query, rank.
    pub ranks: Vec<(String, String, Option<usize>)>,
}

/// Asks all questions; `run` gives the hits of a query, ten if there are as many.
pub fn eval(questions: &[Question], mut run: impl FnMut(&str) -> Vec<Hit>) -> Evaluation {
    let ranks = questions.iter().map(|question| {
        (question.kind.clone(), question.query.clone(), rank_of(question, &run(&question.query)))
    });
    Evaluation { ranks: ranks.collect() }
}

/// Figures of a set of queries.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// Number of queries.
    pub queries: usize,
    /// Part answered by the first hit.
    pub success_at_1: f64,
    /// Part answered among the first five.
    pub success_at_5: f64,
    /// Mean of 1 / rank among the first ten.
    pub mean_reciprocal_rank: f64,
}

impl Evaluation {
    /// Figures of one kind of query, or of all.
    pub fn figures(&self, kind: Option<&str>) -> Figures {
        let ranks: Vec<Option<usize>> =
            self.ranks.iter().filter(|row| kind.is_none_or(|kind| row.0 == kind)).map(|row| row.2).collect();
        let all = ranks.len().max(1) as f64;
        let within = |most: usize| ranks.iter().flatten().filter(|rank| **rank <= most).count() as f64 / all;
        Figures {
            queries: ranks.len(),
            success_at_1: within(1),
            success_at_5: within(5),
            mean_reciprocal_rank: ranks.iter().flatten().map(|rank| 1.0 / *rank as f64).sum::<f64>() / all,
        }
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: Vec<&str> = Vec::new();
        for (kind, ..) in &self.ranks {
            if !kinds.contains(&kind.as_str()) {
                kinds.push(kind);
            }
        }
        writeln!(
            out,
            "{:<18} {:>7} {:>10} {:>10} {:>8}",
            "kind", "queries", "success@1", "success@5", "MRR@10"
        )?;
        for kind in kinds.into_iter().map(Some).chain([None]) {
            let figures = self.figures(kind);
            writeln!(
                out,
                "{:<18} {:>7} {:>10.3} {:>10.3} {:>8.3}",
                kind.unwrap_or("all"),
                figures.queries,
                figures.success_at_1,
                figures.success_at_5,
                figures.mean_reciprocal_rank
            )?;
        }
        let misses: Vec<_> = self.ranks.iter().filter(|row| row.2 != Some(1)).collect();
        if !misses.is_empty() {
            writeln!(out, "not first:")?;
        }
        for (kind, query, rank) in misses {
            let rank = rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
            writeln!(out, "  {rank:>2}  {query}  ({kind})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_ranks() {
        let file = "query\tkind\texpected_file\texpected_quote\tacceptable_alternatives\n\
                    甲\texact\ta.txt\t9 月 4 日\tb.txt::十月 || b.txt::冬\n\
                    乙\ttypo\ta.txt\t没有\t\n";
        let questions = questions(file);
        let hit =
            |source: &str, text: &str| Hit { source: source.into(), text: text.into(), ..Hit::default() };
        let evaluation = eval(&questions, |_| vec![hit("a.txt", "十月"), hit("b.txt", "十 月")]);
        assert_eq!(evaluation.figures(Some("exact")).mean_reciprocal_rank, 0.5);
        assert_eq!(evaluation.figures(None).success_at_5, 0.5);
        assert!(evaluation.to_string().contains("   -  乙  (typo)"));
    }
}
