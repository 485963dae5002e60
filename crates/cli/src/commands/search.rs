//! `zhinan search`: the same index and reader as in the browser.

use content::Language;
use search::{BuildOptions, Explanation, Hit, Note, OpenIndex, Part, Piece, Query, Results};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Search};
use crate::failure::Failure;
use crate::{pipeline, report};

/// Searches and prints the results, best first.
pub(crate) fn run(options: &Search, arguments: &Arguments) -> Result<(), Failure> {
    let portal = pipeline::portal(arguments)?;
    let files = pipeline::index(&portal, BuildOptions::MOST_FILES)?;
    let query = Query { limit: options.limit, ..Query::new(&options.query.join(" ")) };
    let failed = |error: search::ReadError| Failure::Search(error.to_string());
    let mut index = OpenIndex::new(&files).map_err(failed)?;
    let results = index.search(&query).map_err(failed)?;
    let read = index.read().to_vec();
    let explanation = if options.scores { Some(index.explain(&query).map_err(failed)?) } else { None };
    if options.json {
        let mut object = as_json(&query, &results);
        if let Some(explanation) = &explanation {
            object["explanation"] = json!(explanation);
            object["read"] = read.iter().map(part_as_json).collect();
        }
        report::json(&object);
        return Ok(());
    }
    let language = arguments.language();
    for note in &results.notes {
        report::line(&remark(note, language));
    }
    for (index, hit) in results.hits.iter().enumerate() {
        print_hit(index + 1, hit);
        if let Some(explained) = explanation.as_ref().and_then(|all| all.hits.get(index)) {
            report::line(&format!(
                "   {:.3} = {:.3} × {:.2} × {:.2} × {:.2} × {:.2}",
                explained.score,
                explained.terms,
                explained.coverage,
                explained.prior,
                explained.substance,
                explained.closeness
            ));
            let parts = explained.parts.iter().map(|(term, weight)| format!("{term} {weight:.2}"));
            report::line(&format!("   {}", parts.collect::<Vec<_>>().join("  ")));
        }
    }
    if results.hits.is_empty() {
        report::line("没有找到");
        if !results.similar.is_empty() {
            report::line(&results.similar.join("、"));
        }
    }
    if let Some(explanation) = &explanation {
        print_explanation(explanation, &read, language);
    }
    Ok(())
}

fn print_hit(number: usize, hit: &Hit) {
    report::line(&format!("{number}. {}  {}", hit.title, hit.heading));
    let show = |piece: &Piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() };
    let excerpt: String = hit.excerpt.iter().map(show).collect();
    report::line(&format!("   {}", excerpt.replace('\n', " ")));
    report::line(&format!("   /{}", hit.url));
}

fn remark(note: &Note, language: Language) -> String {
    match (note, language) {
        (Note::Corrected { text }, Language::Chinese) => format!("没有直接找到，已按“{text}”检索"),
        (Note::Corrected { text }, Language::English) => {
            format!("not found as typed; searched for \"{text}\"")
        }
        (Note::Suggestion { typed, word, note }, Language::Chinese) => {
            format!("“{typed}”和“{word}”不是一回事。{note}")
        }
        (Note::Suggestion { typed, word, note }, Language::English) => {
            format!("\"{typed}\" is not the same as \"{word}\". {note}")
        }
    }
}

/// The terms with their weights, and the parts of files that were read.
fn print_explanation(explanation: &Explanation, read: &[Part], language: Language) {
    let chinese = language == Language::Chinese;
    report::line("");
    report::line(if chinese {
        "得分 = 各词之和 × 覆盖 × 类别 × 篇幅 × 邻近"
    } else {
        "score = sum of terms × coverage × prior × substance × closeness"
    });
    report::line(if chinese {
        "检索词（输入 → 词：权重 × 替代 × 稀有度，有它的条目数/看过的，读自）"
    } else {
        "terms (typed → term: weight × worth × rarity, entries/looked at, read from)"
    });
    for term in &explanation.terms {
        report::line(&format!(
            "  {} → {}: {:.2} × {:.2} × {:.2}, {}/{}, {} {}-{}",
            term.typed,
            term.term,
            term.weight,
            term.worth,
            term.rarity,
            term.entries,
            term.looked_at,
            term.file,
            term.bytes.0,
            term.bytes.1
        ));
    }
    if !explanation.absent.is_empty() {
        let absent = explanation.absent.join("、");
        report::line(&if chinese { format!("没有的词：{absent}") } else { format!("absent: {absent}") });
    }
    let total: u32 = read.iter().map(|part| part.to - part.from).sum();
    report::line(&if chinese {
        format!("读取的索引片段（{} 个，共 {total} 字节）", read.len())
    } else {
        format!("parts of the index read ({}, {total} bytes)", read.len())
    });
    for part in read {
        report::line(&format!("  {} {}-{}", part.file, part.from, part.to));
    }
}

fn part_as_json(part: &Part) -> Value {
    json!({ "file": part.file, "from": part.from, "to": part.to })
}

fn as_json(query: &Query, results: &Results) -> Value {
    let hits: Vec<Value> = results.hits.iter().map(hit_as_json).collect();
    json!({
        "query": query.text,
        "total": results.total,
        "exact": results.exact,
        "notes": results.notes,
        "similar": results.similar,
        "results": hits,
    })
}

fn hit_as_json(hit: &Hit) -> Value {
    json!({
        "url": format!("/{}", hit.url),
        "title": hit.title,
        "heading": hit.heading,
        "text": hit.text,
        "kind": hit.kind,
        "province": hit.province,
        "year": hit.year,
        "source": hit.source,
        "score": hit.score,
    })
}
