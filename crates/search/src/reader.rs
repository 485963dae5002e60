//! Answers queries from the files of an index, asking for each file when it turns out to be needed.
//!
//! A query goes through stages: shards of the typed words; the file of sounds, if something typed is nowhere; shards of what was
//! meant; texts of the hits. [`Reader::needed`] says what the next stage lacks, and is empty when [`Reader::search`] can answer.

use crate::codec::{FileKind, ReadError};
use crate::directory::{Directory, FileId, TEXT};
use crate::entry::HEADING_JOINT;
use crate::excerpt::{Sought, excerpt, marked};
use crate::plan::{Plan, weight};
use crate::postings::{Shard, TermEntry, open_tail, read_postings};
use crate::query::{Hit, Query, Results};
use crate::rank::{Filled, Ranked, rank};
use crate::sounds::Sounds;
use crate::texts::{Shown, TextBlock};
use crate::understand::{Lacking, Understood};
use crate::weights::{bm25, rarity};

/// An entry answers if its score is at least this part of the best one's.
const ANSWERS: f32 = 0.2;
/// Entries that are shown although they answer badly.
const ALWAYS_SHOWN: usize = 10;

/// An open index.
#[derive(Debug, Default)]
pub struct Reader {
    pub(crate) directory: Directory,
    pub(crate) shards: Vec<(FileId, Shard)>,
    tails: Vec<(FileId, Vec<u8>)>,
    texts: Vec<(FileId, TextBlock)>,
    pub(crate) sounds: Option<Sounds>,
}

/// A supplied file; there are never many, so they are looked through.
pub(crate) fn supplied<T>(files: &[(FileId, T)], id: FileId) -> Option<&T> {
    files.iter().find(|(known, _)| *known == id).map(|(_, file)| file)
}

impl Reader {
    /// Opens an index by its directory file.
    ///
    /// # Errors
    /// When the bytes are damaged, or of another version.
    pub fn open(directory: &[u8]) -> Result<Self, ReadError> {
        Ok(Self { directory: Directory::decode(directory)?, ..Self::default() })
    }

    /// Number of entries in the index.
    pub fn entries(&self) -> u32 {
        self.directory.entries
    }

    /// Names of the files that the query lacks for its next stage; none when it can be answered.
    ///
    /// # Errors
    /// When a supplied file says something impossible.
    pub fn needed(&self, query: &Query) -> Result<Vec<String>, ReadError> {
        let lacking = Lacking::default();
        self.run(query, &lacking)?;
        Ok(lacking.files.into_inner())
    }

    /// Hands a file over; one that is there already is let pass.
    ///
    /// # Errors
    /// When the bytes are damaged or are not what the directory means by this name.
    pub fn supply(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReadError> {
        let id = FileId::of(bytes);
        if supplied(&self.shards, id).is_some() || supplied(&self.texts, id).is_some() {
            return Ok(());
        }
        let is = |kind: FileKind| id.name(kind) == name;
        if is(FileKind::Terms) && self.directory.shards.iter().any(|(_, known)| *known == id) {
            self.shards.push((id, Shard::open(bytes)?));
        } else if is(FileKind::Texts) && self.directory.texts.iter().any(|(_, known)| *known == id) {
            self.texts.push((id, TextBlock::open(bytes)?));
        } else if is(FileKind::Sounds) && self.directory.sounds == Some(id) {
            self.sounds = Some(Sounds::open(bytes)?);
        } else if is(FileKind::Tail) {
            self.tails.push((id, open_tail(bytes)?));
        } else {
            return Err(ReadError::UnknownFile);
        }
        Ok(())
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`ReadError::Missing`] when files are needed, others when a supplied file says something impossible.
    pub fn search(&self, query: &Query) -> Result<Results, ReadError> {
        let lacking = Lacking::default();
        let results = self.run(query, &lacking)?;
        results.ok_or(ReadError::Missing)
    }

    /// Goes through the stages until a file is lacking.
    fn run(&self, query: &Query, lacking: &Lacking) -> Result<Option<Results>, ReadError> {
        let Some(Understood { plan, notes }) = self.understand(&query.text, lacking)? else {
            return Ok(None);
        };
        let filled = self.filled(&plan)?;
        let ranked = rank(&self.directory, &plan, &filled)?;
        let best = ranked.first().map_or(0.0, |ranked| ranked.score);
        let answers = ranked
            .partition_point(|ranked| ranked.score >= best * ANSWERS)
            .max(ALWAYS_SHOWN.min(ranked.len()));
        let ranked = ranked.get(..answers).unwrap_or_default();
        let facets = self.facets(ranked, &query.filter);
        let kept: Vec<Ranked> =
            ranked.iter().filter(|entry| self.passes(entry, &query.filter)).copied().collect();
        let shown = self.side_by_side(&plan, &kept, query.limit);
        let sought = sought(&plan, &filled);
        let mut hits = Vec::with_capacity(shown.len());
        for ranked in &shown {
            let Some((first, id)) = self.directory.text_block(ranked.entry) else { continue };
            match supplied(&self.texts, id) {
                Some(block) => hits.extend(self.hit(ranked, block, ranked.entry - first, &sought)),
                None => lacking.add(FileKind::Texts, id),
            }
        }
        Ok((!lacking.any()).then_some(Results { total: kept.len(), hits, facets, notes }))
    }

    /// Plain BM25 of terms over the text alone, as tantivy does it: entries and scores, the best first.
    ///
    /// For tests that hold this reader to tantivy; needs the tails of the terms as well as their shards.
    ///
    /// # Errors
    /// [`ReadError::Missing`] when a shard or a tail was not supplied.
    #[doc(hidden)]
    pub fn plain_bm25(&self, terms: &[&str]) -> Result<Vec<(u32, f32)>, ReadError> {
        let mut scores: Vec<(u32, f32)> = Vec::new();
        let [_, _, average, _] = self.directory.average_lengths();
        for term in terms {
            let Some(found) = self.term(term)? else { continue };
            let mut postings = read_postings(found.postings)?;
            if let Some(tail) = found.tail {
                postings.extend(read_postings(supplied(&self.tails, tail).ok_or(ReadError::Missing)?)?);
            }
            postings.retain(|posting| posting.frequency[TEXT] > 0);
            let rare = rarity(postings.len() as u32, self.directory.entries);
            for posting in postings {
                let score = rare * bm25(posting.frequency[TEXT], posting.length_class[TEXT], average);
                match scores.iter_mut().find(|(entry, _)| *entry == posting.entry) {
                    Some((_, sum)) => *sum += score,
                    None => scores.push((posting.entry, score)),
                }
            }
        }
        scores.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        Ok(scores)
    }

    fn filled(&self, plan: &Plan) -> Result<Vec<Filled<'_>>, ReadError> {
        let mut filled = Vec::new();
        for (index, slot) in plan.slots.iter().enumerate() {
            for (at, (term, worth)) in slot.options.iter().enumerate() {
                if let Some(TermEntry { entries, postings, .. }) = self.term(term)? {
                    filled.push(Filled {
                        slot: index,
                        worth: *worth,
                        entries,
                        typed: at == 0,
                        bytes: postings,
                        postings: read_postings(postings)?,
                    });
                }
            }
        }
        Ok(filled)
    }

    fn hit(&self, ranked: &Ranked, block: &TextBlock, index: u32, sought: &[Sought<'_>]) -> Option<Hit> {
        let shown = block.get(index as usize)?;
        let (province, province_name) =
            self.directory.provinces.get(ranked.run.province as usize).cloned()?;
        Some(Hit {
            url: shown.url.clone(),
            title: shown.title.clone(),
            heading: shown.heading.clone(),
            text: shown.text.clone(),
            kind: self.directory.kinds.get(ranked.run.kind as usize)?.clone(),
            province,
            province_name,
            year: ranked.run.year,
            archived: ranked.run.archived,
            source: shown.source.clone(),
            group: shown.group.clone(),
            score: ranked.score,
            marked_title: marked(&shown.title, sought, &self.directory.vocabulary),
            marked_heading: marked(&shown.heading, sought, &self.directory.vocabulary),
            excerpt: excerpt(body(shown), sought, &self.directory.vocabulary),
        })
    }
}

/// The text without its first line where that only says the title or the heading again.
fn body(shown: &Shown) -> &str {
    let heading = shown.heading.rsplit(HEADING_JOINT).next().unwrap_or_default();
    let repeats = |line: &str| {
        [shown.title.as_str(), heading].iter().any(|name| !name.is_empty() && line.ends_with(name))
    };
    match shown.text.split_once('\n') {
        Some((first, rest)) if repeats(first) && !rest.trim().is_empty() => rest,
        _ => &shown.text,
    }
}

/// Terms to mark, with what they are worth.
fn sought<'a>(plan: &'a Plan, filled: &[Filled<'_>]) -> Vec<Sought<'a>> {
    let mut sought = Vec::new();
    for (index, slot) in plan.slots.iter().enumerate() {
        if slot.weight >= weight::SINGLE && filled.iter().any(|term| term.slot == index) {
            sought.extend(slot.options.iter().map(|(term, worth)| (term.as_str(), worth * slot.weight)));
        }
    }
    sought
}
