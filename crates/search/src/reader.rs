//! Answers queries from the files of an index, asking for each file when it turns out to be needed.
//!
//! A query goes through stages: shards of the typed words; the file of sounds, if something typed is nowhere; shards of what was
//! meant; texts of the hits. [`Reader::needed`] says what the next stage lacks, and is empty when [`Reader::search`] can answer.

use std::cell::RefCell;

use crate::codec::{FileKind, ReadError};
use crate::directory::{Directory, FileId, TEXT};
use crate::excerpt::{Sought, excerpt, marked};
use crate::function_words::is_everyday;
use crate::plan::{Plan, Slot, weight};
use crate::postings::{Shard, TermEntry, open_tail, read_postings};
use crate::query::{Count, Facets, Filter, Hit, Note, Query, Results};
use crate::rank::{Filled, Ranked, rank};
use crate::sounds::Sounds;
use crate::texts::TextBlock;
use crate::tokens::TokenKind;
use crate::weights::{bm25, rarity};

/// Most terms that stand for a beginning of a word.
const MOST_COMPLETIONS: usize = 8;
/// Most shards read for a beginning of a word.
const MOST_PREFIX_SHARDS: usize = 3;
/// An entry answers if its score is at least this part of the best one's.
const ANSWERS: f32 = 0.2;
/// Entries that are shown although they answer badly.
const ALWAYS_SHOWN: usize = 10;

/// An open index.
#[derive(Debug, Default)]
pub struct Reader {
    directory: Directory,
    shards: Vec<(FileId, Shard)>,
    tails: Vec<(FileId, Vec<u8>)>,
    texts: Vec<(FileId, TextBlock)>,
    sounds: Option<Sounds>,
}

/// A supplied file; there are never many, so they are looked through.
fn supplied<T>(files: &[(FileId, T)], id: FileId) -> Option<&T> {
    files.iter().find(|(known, _)| *known == id).map(|(_, file)| file)
}

/// A query as far as it can be understood with the files at hand.
struct Understood {
    plan: Plan,
    notes: Vec<Note>,
}

/// Collects the files that a stage lacks.
#[derive(Debug, Default)]
struct Lacking {
    files: RefCell<Vec<String>>,
}

impl Lacking {
    fn add(&self, kind: FileKind, id: FileId) {
        let name = id.name(kind);
        let mut files = self.files.borrow_mut();
        if !files.contains(&name) {
            files.push(name);
        }
    }

    fn any(&self) -> bool {
        !self.files.borrow().is_empty()
    }
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
        } else if is(FileKind::Tail) && self.directory.tails.contains(&id) {
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
            ranked.iter().filter(|entry| self.passes(entry, &query.filter, None)).copied().collect();
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

    /// The plan of what was meant: as typed, or corrected where something typed is nowhere.
    fn understand(&self, text: &str, lacking: &Lacking) -> Result<Option<Understood>, ReadError> {
        let mut plan = Plan::new(text, &self.directory);
        let mut notes = Vec::new();
        for _ in 0..2 {
            self.require(&plan, lacking);
            if lacking.any() {
                return Ok(None);
            }
            let Some(corrected) = self.correct(&plan, lacking)? else { break };
            notes.retain(|note| !matches!(note, Note::Corrected { .. }));
            plan = Plan::new(&corrected, &self.directory);
            notes.push(Note::Corrected { text: corrected });
        }
        self.require(&plan, lacking);
        if lacking.any() {
            return Ok(None);
        }
        self.complete(&mut plan, lacking)?;
        self.require(&plan, lacking);
        for (word, group) in &plan.suggestions {
            if let (Some(typed), Some(group)) =
                (self.directory.word(*word), self.directory.synonyms.get(*group as usize))
            {
                let (typed, word, note) = (typed.to_owned(), group.shown.clone(), group.note.clone());
                notes.push(Note::Suggestion { typed, word, note });
            }
        }
        Ok((!lacking.any()).then_some(Understood { plan, notes }))
    }

    /// Asks for the shards of all terms of a plan.
    fn require(&self, plan: &Plan, lacking: &Lacking) {
        for (term, _) in plan.slots.iter().flat_map(|slot| &slot.options) {
            if let Some(id) = self.directory.shard(term).filter(|id| supplied(&self.shards, *id).is_none()) {
                lacking.add(FileKind::Terms, id);
            }
        }
    }

    fn term(&self, term: &str) -> Result<Option<TermEntry<'_>>, ReadError> {
        match self.directory.shard(term).and_then(|id| supplied(&self.shards, id)) {
            Some(shard) => shard.find(term),
            None => Ok(None),
        }
    }

    /// Any term of the slot stands somewhere; a file that cannot be read counts as not found here and fails later.
    fn found(&self, slot: &Slot) -> bool {
        slot.options.iter().any(|(term, _)| matches!(self.term(term), Ok(Some(_))))
    }

    /// What was meant, if what was typed is nowhere and sounds like something that is.
    fn correct(&self, plan: &Plan, lacking: &Lacking) -> Result<Option<String>, ReadError> {
        let letters = plan.unknown_letters(|slot| self.found(slot));
        let mut strange = plan.uncovered(|slot| self.found(slot));
        strange.retain(|atom| {
            plan.atoms.list.get(*atom).is_some_and(|atom| !is_everyday(plan.atoms.text(atom)))
        });
        if letters.is_empty() && strange.is_empty() {
            return Ok(None);
        }
        let Some(sounds) = &self.sounds else {
            if let Some(id) = self.directory.sounds {
                lacking.add(FileKind::Sounds, id);
            }
            return Ok(None);
        };
        let mut replacements = Vec::new();
        for (from, to) in letters {
            if let Some(words) = spelt_words(plan, sounds, from, to) {
                replacements.push((from, to, words));
            }
        }
        replacements.extend(same_sound(plan, sounds, &strange));
        Ok((!replacements.is_empty()).then(|| plan.replaced(&replacements)))
    }

    /// Adds terms that begin with what is nowhere in itself: letters typed in part, characters alone.
    fn complete(&self, plan: &mut Plan, lacking: &Lacking) -> Result<(), ReadError> {
        let mut starts: Vec<(usize, usize, String, f32)> = Vec::new();
        for (from, to) in plan.unknown_letters(|slot| self.found(slot)) {
            starts.extend((from..to).map(|atom| (atom, 1, String::new(), weight::PLAIN * 0.7)));
        }
        for slot in &plan.slots {
            if slot.kind == TokenKind::Plain
                && !self.found(slot)
                && !starts.iter().any(|start| start.0 == slot.atom)
            {
                starts.push((slot.atom, 1, String::new(), weight::PLAIN * 0.7));
            }
        }
        starts.extend(
            plan.uncovered(|slot| self.found(slot))
                .into_iter()
                .map(|atom| (atom, 1, String::new(), weight::SINGLE)),
        );
        for (atom, _, prefix, _) in &mut starts {
            prefix.push_str(plan.atoms.list.get(*atom).map_or("", |atom| plan.atoms.text(atom)));
        }
        for (atom, span, prefix, weight) in starts {
            let mut options: Vec<(String, u32)> = Vec::new();
            for id in self.prefix_shards(&prefix) {
                match supplied(&self.shards, id) {
                    Some(shard) => options.extend(shard.with_prefix(&prefix)?),
                    None => lacking.add(FileKind::Terms, id),
                }
            }
            options.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
            let options: Vec<(String, f32)> =
                options.into_iter().take(MOST_COMPLETIONS).map(|(term, _)| (term, 1.0)).collect();
            if !options.is_empty() {
                plan.slots.push(Slot { atom, span, weight, options, kind: TokenKind::Single, pooled: true });
            }
        }
        Ok(())
    }

    /// The shards that may have terms with this beginning, the first few.
    fn prefix_shards(&self, prefix: &str) -> Vec<FileId> {
        let shards = &self.directory.shards;
        let first = shards.partition_point(|(term, _)| term.as_str() <= prefix).saturating_sub(1);
        let inside =
            |(index, (term, _)): &(usize, &(String, FileId))| *index == 0 || term.starts_with(prefix);
        let list = shards.iter().skip(first).enumerate().take_while(inside);
        list.map(|(_, (_, id))| *id).take(MOST_PREFIX_SHARDS).collect()
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
                let id =
                    self.directory.tails.get(tail as usize).ok_or(ReadError::Malformed("tail of a term"))?;
                postings.extend(read_postings(supplied(&self.tails, *id).ok_or(ReadError::Missing)?)?);
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

    fn passes(&self, ranked: &Ranked, filter: &Filter, without: Option<Facet>) -> bool {
        let kind = self.directory.kinds.get(ranked.run.kind as usize);
        let province = self.directory.provinces.get(ranked.run.province as usize);
        (without == Some(Facet::Kind) || filter.kind.as_ref().is_none_or(|wanted| kind == Some(wanted)))
            && (without == Some(Facet::Province)
                || filter
                    .province
                    .as_ref()
                    .is_none_or(|wanted| province.is_some_and(|(code, _)| code == wanted)))
            && (without == Some(Facet::Year) || filter.year.is_none_or(|wanted| ranked.run.year == wanted))
    }

    fn facets(&self, ranked: &[Ranked], filter: &Filter) -> Facets {
        let count = |facet: Facet, label: &dyn Fn(&Ranked) -> Option<(String, String)>| {
            let mut counts: Vec<Count> = Vec::new();
            for entry in ranked.iter().filter(|entry| self.passes(entry, filter, Some(facet))) {
                let Some((value, label)) = label(entry) else { continue };
                match counts.iter_mut().find(|count| count.value == value) {
                    Some(known) => known.count += 1,
                    None => counts.push(Count { value, label, count: 1 }),
                }
            }
            counts.sort_by(|left, right| right.count.cmp(&left.count).then(left.value.cmp(&right.value)));
            counts
        };
        let kind = |entry: &Ranked| {
            let kind = self.directory.kinds.get(entry.run.kind as usize)?;
            Some((kind.clone(), kind.clone()))
        };
        let province = |entry: &Ranked| self.directory.provinces.get(entry.run.province as usize).cloned();
        let year = |entry: &Ranked| Some((entry.run.year.to_string(), entry.run.year.to_string()));
        let mut years = count(Facet::Year, &year);
        years.sort_by(|left, right| right.value.cmp(&left.value));
        Facets { kinds: count(Facet::Kind, &kind), provinces: count(Facet::Province, &province), years }
    }

    /// The best ones; where no province was asked for, near-equal answers of several provinces take turns.
    fn side_by_side(&self, plan: &Plan, ranked: &[Ranked], limit: usize) -> Vec<Ranked> {
        const LOOKED_AT: usize = 40;
        const AGAIN: f32 = 0.94;
        if !plan.places.is_empty() {
            return ranked.iter().take(limit).copied().collect();
        }
        let mut rest: Vec<Ranked> = ranked.iter().take(LOOKED_AT.max(limit)).copied().collect();
        let mut chosen: Vec<Ranked> = Vec::new();
        while chosen.len() < limit && !rest.is_empty() {
            let value = |entry: &Ranked| {
                let before = chosen.iter().filter(|other| other.run.group == entry.run.group).count();
                entry.score * AGAIN.powi(before.min(8) as i32)
            };
            let best = rest
                .iter()
                .enumerate()
                .max_by(|left, right| value(left.1).total_cmp(&value(right.1)).then(right.0.cmp(&left.0)));
            let Some((index, _)) = best else { break };
            chosen.push(rest.remove(index));
        }
        chosen
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
            excerpt: excerpt(&shown.text, sought, &self.directory.vocabulary),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facet {
    Kind,
    Province,
    Year,
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

/// What letters that are nowhere spell: words as they would be typed.
fn spelt_words(plan: &Plan, sounds: &Sounds, from: usize, to: usize) -> Option<String> {
    let texts: Vec<&str> = plan.atoms.list.get(from..to)?.iter().map(|atom| plan.atoms.text(atom)).collect();
    let letters = texts.join("'");
    let spelt = sounds.spell(&letters);
    let mut words: Vec<String> =
        spelt.into_iter().filter_map(|spelt| spelt.words.into_iter().next()).collect();
    if words.is_empty() {
        let initials =
            |text: &&str| if text.len() > 2 { sounds.initials(text).into_iter().next() } else { None };
        words = texts.iter().filter_map(initials).collect();
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// Same-sound words for pairs of characters of which one is in no word found.
fn same_sound(plan: &Plan, sounds: &Sounds, strange: &[usize]) -> Vec<(usize, usize, String)> {
    let character = |atom: usize| {
        let atom = plan.atoms.list.get(atom).filter(|atom| atom.han)?;
        plan.atoms.text(atom).chars().next()
    };
    let mut replacements: Vec<(usize, usize, String)> = Vec::new();
    for atom in strange {
        if replacements.iter().any(|(from, to, _)| from <= atom && atom < to) {
            continue;
        }
        let mut best: Option<(u32, usize, String)> = None;
        let pairs = [atom.checked_sub(1).map(|before| (before, *atom)), Some((*atom, atom + 1))];
        for (left, right) in pairs.into_iter().flatten() {
            let (Some(first), Some(second)) = (character(left), character(right)) else { continue };
            if plan.idle.get(left) == Some(&true) || plan.idle.get(right) == Some(&true) {
                continue;
            }
            let changed = |word: &str| word.chars().nth(atom - left) != character(*atom);
            let candidate = sounds.same_sound(&[first, second]).into_iter().find(|(word, _)| changed(word));
            if let Some((word, commonness)) = candidate
                && best.as_ref().is_none_or(|(before, ..)| commonness > *before)
            {
                best = Some((commonness, left, word.to_owned()));
            }
        }
        if let Some((_, from, word)) = best
            && !replacements.iter().any(|(other, to, _)| *other < from + 2 && from < *to)
        {
            replacements.push((from, from + 2, word));
        }
    }
    replacements
}
