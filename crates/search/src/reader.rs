//! Answers queries from the blocks of an index, asking for each when it turns out to be needed.
//!
//! A query goes through stages: blocks of the typed words; the block of sounds, if something typed is nowhere; blocks of what was
//! meant; tails, if more is wanted than the heads have; texts of the hits. [`Reader::ask`] says what the next stage lacks, or answers.

use crate::blocks::Part;
use crate::codec::{BlockKind, ReadError};
use crate::directory::{Directory, TEXT};
use crate::entry::HEADING_JOINT;
use crate::excerpt::{Sought, excerpt, marked};
use crate::phrases::Phrases;
use crate::plan::{Plan, weight};
use crate::postings::{TailBlock, TermBlock, TermEntry, read_postings};
use crate::query::{Answer, Hit, Query, Results};
use crate::rank::{Filled, Ranked, Ranking, rank};
use crate::sounds::Sounds;
use crate::texts::{Shown, TextBlock};
use crate::understand::{Lacking, Understood};
use crate::weights::{bm25, rarity};

/// An entry answers if its score is at least this part of the best one's.
const ANSWERS: f32 = 0.2;
/// Bytes of heads and tails that are read for a first page of results; more only where the heads alone are more.
const CHEAP_BYTES: u64 = 48_000;
/// Entries that are shown although they answer badly.
const ALWAYS_SHOWN: usize = 10;

/// An open index.
#[derive(Debug, Default)]
pub struct Reader {
    pub(crate) directory: Directory,
    pub(crate) terms: Vec<(u32, TermBlock)>,
    tails: Vec<TailBlock>,
    texts: Vec<(u32, TextBlock)>,
    sounds: Option<Sounds>,
    phrases: Option<Phrases>,
}

/// A block that was handed over; there are never many, so they are looked through.
pub(crate) fn supplied<T>(blocks: &[(u32, T)], number: u32) -> Option<&T> {
    blocks.iter().find(|(known, _)| *known == number).map(|(_, block)| block)
}

impl Reader {
    /// Opens an index by its directory, unpacked.
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

    /// Hands over what stands at byte `from` of a file, unpacked.
    ///
    /// # Errors
    /// When the bytes are damaged or are not what the directory means by this place.
    pub fn supply(&mut self, file: &str, from: u32, bytes: &[u8]) -> Result<(), ReadError> {
        if let Some(number) = self.directory.terms.block(BlockKind::Terms, file, from) {
            let first = self.directory.first_terms.get(number as usize).ok_or(ReadError::UnknownFile)?;
            let block = TermBlock::open(first, bytes)?;
            keep(&mut self.terms, number, block);
        } else if let Some(number) = self.directory.texts.block(BlockKind::Texts, file, from) {
            let first = self.directory.first_entries.get(number as usize).ok_or(ReadError::UnknownFile)?;
            let block = TextBlock::open(*first, bytes)?;
            keep(&mut self.texts, number, block);
        } else if self.directory.sounds.block(BlockKind::Sounds, file, from) == Some(0) {
            self.sounds = Some(Sounds::open(bytes)?);
        } else if self.directory.phrases.block(BlockKind::Phrases, file, from) == Some(0) {
            self.phrases = Some(Phrases::open(bytes)?);
        } else if self.directory.tails.iter().any(|id| id.name(BlockKind::Tail) == file) {
            if !self.tails.iter().any(|tail| tail.is_at(file, from)) {
                self.tails.push(TailBlock::open(file, from, bytes)?);
            }
        } else {
            return Err(ReadError::UnknownFile);
        }
        Ok(())
    }

    /// Answers a query, or says what it lacks for that.
    ///
    /// # Errors
    /// When a block says something impossible.
    pub fn ask(&self, query: &Query) -> Result<Answer<Results>, ReadError> {
        let lacking = Lacking::default();
        let results = self.results(query, &lacking)?;
        Ok(lacking.answer(results))
    }

    /// Goes through the stages until something is lacking.
    fn results(&self, query: &Query, lacking: &Lacking) -> Result<Option<Results>, ReadError> {
        let Some(Understood { plan, notes }) = self.understand(&query.text, lacking)? else {
            return Ok(None);
        };
        let Some(Listed { filled, entries, exact, .. }) = self.listed(&plan, query, lacking)? else {
            return Ok(None);
        };
        let facets = self.facets(&entries, &query.filter);
        let kept: Vec<Ranked> =
            entries.iter().filter(|entry| self.passes(entry, &query.filter)).copied().collect();
        let sought = sought(&plan, &filled);
        let mut hits = Vec::new();
        for ranked in self.side_by_side(&plan, &kept, query.limit) {
            let Some((number, first)) = self.directory.text_block(ranked.entry) else { continue };
            match supplied(&self.texts, number) {
                Some(block) => hits.extend(self.hit(&ranked, block, ranked.entry - first, &sought)),
                None => lacking.add(self.directory.texts.part(BlockKind::Texts, number)),
            }
        }
        let mut similar = Vec::new();
        if entries.is_empty()
            && let Some(phrases) = self.phrases(lacking)
        {
            similar = phrases.similar(&query.text, self.sounds.as_ref());
        }
        Ok((!lacking.any()).then_some(Results { total: kept.len(), exact, hits, facets, notes, similar }))
    }

    /// Entries that answer, in the order in which they are shown: by the heads of the terms and the tails that are cheap to
    /// read, and where those have fewer than are wanted, then by all there is.
    pub(crate) fn listed(
        &self,
        plan: &Plan,
        query: &Query,
        lacking: &Lacking,
    ) -> Result<Option<Listed<'_>>, ReadError> {
        let mut filled = self.filled(plan)?;
        let heads = self.head_bytes(plan);
        self.read_tails(plan, &mut filled, CHEAP_BYTES.saturating_sub(heads), lacking)?;
        if lacking.any() {
            return Ok(None);
        }
        let ranking = rank(&self.directory, plan, &filled)?;
        let mut entries = answers(&ranking).to_vec();
        let kept = entries.iter().filter(|entry| self.passes(entry, &query.filter)).count();
        if kept < query.limit && filled.iter().any(|term| term.unread.is_some()) {
            self.read_tails(plan, &mut filled, u64::MAX, lacking)?;
            if lacking.any() {
                return Ok(None);
            }
            let all = rank(&self.directory, plan, &filled)?;
            let mut before: Vec<u32> = entries.iter().map(|ranked| ranked.entry).collect();
            before.sort_unstable();
            let new = answers(&all).iter().filter(|ranked| before.binary_search(&ranked.entry).is_err());
            entries.extend(new);
        }
        let exact = filled.iter().all(|term| term.unread.is_none());
        Ok(Some(Listed { filled, ranking, entries, exact }))
    }

    /// Bytes of the blocks that have the terms of a plan.
    fn head_bytes(&self, plan: &Plan) -> u64 {
        let terms = plan.slots.iter().flat_map(|slot| &slot.options);
        let mut blocks: Vec<u32> = terms.filter_map(|(term, _)| self.directory.term_block(term)).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let lengths = blocks.iter().filter_map(|block| self.directory.terms.lengths.get(*block as usize));
        lengths.map(|length| u64::from(*length)).sum()
    }

    /// Adds the tails of the rarest terms, which tell most, as long as they have no more bytes together than `most`.
    fn read_tails(
        &self,
        plan: &Plan,
        filled: &mut [Filled<'_>],
        most: u64,
        lacking: &Lacking,
    ) -> Result<(), ReadError> {
        let mut order: Vec<usize> = (0..filled.len()).collect();
        order.sort_by_key(|index| filled.get(*index).map_or(0, |term| term.entries));
        let mut bytes = 0_u64;
        for term in order {
            let Some(term) = filled.get_mut(term) else { continue };
            let Some(tail) = term.unread else { continue };
            bytes += u64::from(tail.length);
            if bytes > most {
                break;
            }
            let name = plan.slots.get(term.slot).and_then(|slot| slot.options.get(term.option));
            let (Some(part), Some((name, _))) = (self.directory.tail_part(tail), name) else {
                return Err(ReadError::Malformed("place of a tail"));
            };
            match self.tail(&part) {
                Some(block) => {
                    term.postings.extend(block.postings(name)?);
                    term.unread = None;
                }
                None => lacking.add(Some(part)),
            }
        }
        Ok(())
    }

    /// The sounds; noted as lacking where they were not handed over.
    pub(crate) fn sounds(&self, lacking: &Lacking) -> Option<&Sounds> {
        if self.sounds.is_none() {
            lacking.add(self.directory.sounds.part(BlockKind::Sounds, 0));
        }
        self.sounds.as_ref()
    }

    /// The phrases; noted as lacking where they were not handed over.
    pub(crate) fn phrases(&self, lacking: &Lacking) -> Option<&Phrases> {
        if self.phrases.is_none() {
            lacking.add(self.directory.phrases.part(BlockKind::Phrases, 0));
        }
        self.phrases.as_ref()
    }

    /// The tail at a place, if it was handed over.
    fn tail(&self, part: &Part) -> Option<&TailBlock> {
        self.tails.iter().find(|known| known.is_at(&part.file, part.from))
    }

    /// Plain BM25 of terms over the text alone, as tantivy does it: entries and scores, the best first.
    ///
    /// For tests that hold this reader to tantivy; it needs the tails of the terms as well as their heads.
    ///
    /// # Errors
    /// When a block says something impossible.
    #[doc(hidden)]
    pub fn plain_bm25(&self, terms: &[&str]) -> Result<Answer<Vec<(u32, f32)>>, ReadError> {
        let lacking = Lacking::default();
        let mut scores: Vec<(u32, f32)> = Vec::new();
        let [_, _, average, _] = self.directory.average_lengths();
        for term in terms {
            let Some(block) = self.directory.term_block(term) else { continue };
            if supplied(&self.terms, block).is_none() {
                lacking.add(self.directory.terms.part(BlockKind::Terms, block));
                continue;
            }
            let Some(found) = self.term(term)? else { continue };
            let mut postings = read_postings(found.postings)?;
            if let Some(part) = found.tail.and_then(|tail| self.directory.tail_part(tail)) {
                match self.tail(&part) {
                    Some(tail) => postings.extend(tail.postings(term)?),
                    None => lacking.add(Some(part)),
                }
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
        let found = (!lacking.any()).then_some(scores);
        Ok(lacking.answer(found))
    }

    fn filled(&self, plan: &Plan) -> Result<Vec<Filled<'_>>, ReadError> {
        let mut filled = Vec::new();
        for (index, slot) in plan.slots.iter().enumerate() {
            for (at, (term, worth)) in slot.options.iter().enumerate() {
                if let Some(TermEntry { entries, postings, tail }) = self.term(term)? {
                    filled.push(Filled {
                        slot: index,
                        option: at,
                        worth: *worth,
                        entries,
                        bytes: postings,
                        postings: read_postings(postings)?,
                        unread: tail,
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

/// What a query finds, before filters.
pub(crate) struct Listed<'a> {
    pub(crate) filled: Vec<Filled<'a>>,
    /// By the heads of the terms.
    pub(crate) ranking: Ranking,
    pub(crate) entries: Vec<Ranked>,
    /// No term has more entries than were looked at.
    pub(crate) exact: bool,
}

/// Keeps a block, once.
fn keep<T>(blocks: &mut Vec<(u32, T)>, number: u32, block: T) {
    if supplied(blocks, number).is_none() {
        blocks.push((number, block));
    }
}

/// The entries that answer well enough to be shown.
fn answers(ranking: &Ranking) -> &[Ranked] {
    let entries = &ranking.entries;
    let best = entries.first().map_or(0.0, |ranked| ranked.score);
    let well = entries.partition_point(|ranked| ranked.score >= best * ANSWERS);
    entries.get(..well.max(ALWAYS_SHOWN.min(entries.len()))).unwrap_or_default()
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
