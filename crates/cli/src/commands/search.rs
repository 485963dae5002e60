//! `zhinan search`: the same index and reader as in the browser.

use search::{Hit, Piece};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Search};
use crate::failure::Failure;
use crate::{pipeline, report};

/// Searches and prints the results, best first.
pub(crate) fn run(options: &Search, arguments: &Arguments) -> Result<(), Failure> {
    let portal = pipeline::portal(arguments)?;
    let files = pipeline::index(&portal)?;
    let query = options.query.join(" ");
    let results = search::search_all(&files, &query, options.limit)
        .map_err(|error| Failure::Search(error.to_string()))?;
    if options.json {
        let hits: Vec<Value> = results.hits.iter().map(as_json).collect();
        report::json(&json!({ "query": query, "total": results.total, "results": hits }));
        return Ok(());
    }
    for (index, hit) in results.hits.iter().enumerate() {
        report::line(&format!("{}. {}  {}", index + 1, hit.title, hit.heading));
        let show =
            |piece: &Piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() };
        let excerpt: String = hit.excerpt.iter().map(show).collect();
        report::line(&format!("   {}", excerpt.replace('\n', " ")));
        report::line(&format!("   /{}", hit.url));
    }
    if results.hits.is_empty() {
        report::line("没有找到");
    }
    Ok(())
}

fn as_json(hit: &Hit) -> Value {
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
