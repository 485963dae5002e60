//! The export held against tantivy, against itself, and against damage.

use super::oracle::Oracle;
use super::{BuildOptions, Cache, words};
use crate::blocks::Part;
use crate::codec::{ReadError, hash};
use crate::directory::Directory;
use crate::entry::{DIRECTORY_NAME, Entry, IndexFile, Synonyms};
use crate::fuzzing;
use crate::native::{OpenIndex, unpack};
use crate::query::{Answer, Filter, Note, Query, Results};
use crate::reader::Reader;

/// Words that texts are made of.
const WORDS: [&str; 24] = [
    "试点院校",
    "申报时间",
    "安徽",
    "陕西",
    "考核费用",
    "由学校",
    "支付",
    "佐证材料",
    "上传",
    "平台",
    "1+X",
    "证书",
    "汇总表",
    "盖章",
    "联系电话",
    "0551-65658560",
    "〔2024〕22号",
    "学分银行",
    "9 月 4 日",
    "，",
    "。",
    "专业",
    "教师",
    "ahxzsbg@126.com",
];

/// A sequence of numbers that is the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = hash(&self.0.to_le_bytes());
        (self.0 >> 16) as usize % end
    }
}

fn entries(count: usize) -> Vec<Entry<'static>> {
    let mut numbers = Numbers(11);
    (0..count)
        .map(|index| {
            let length = 3 + numbers.below(40);
            Entry {
                url: format!("policies/d{}/#s{index}", index / 7).into(),
                title: format!("第{}号通知", index / 7).into(),
                heading: WORDS[numbers.below(WORDS.len())].into(),
                text: (0..length).map(|_| WORDS[numbers.below(WORDS.len())]).collect(),
                kind: ["policy", "faq"][index % 2].into(),
                province: ["AH", "SX"][index / 50 % 2].into(),
                province_name: ["安徽", "陕西"][index / 50 % 2].into(),
                year: 2019 + (index / 100) as i32,
                source: "a.txt".into(),
                group: format!("d{}", index / 7).into(),
                ..Entry::default()
            }
        })
        .collect()
}

fn synonyms() -> Vec<Synonyms> {
    vec![
        Synonyms {
            canonical: "申报时间".into(), narrower: vec!["报名日期".into()], ..Synonyms::default()
        },
        Synonyms {
            canonical: "考核".into(),
            suggest: vec!["鉴定".into()],
            note: "鉴定不是考核。".into(),
            ..Synonyms::default()
        },
        Synonyms { canonical: "学分银行".into(), ..Synonyms::default() },
    ]
}

fn options(most_files: usize) -> BuildOptions {
    BuildOptions { most_files }
}

/// Does something with so many threads.
fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

fn build(entries: &[Entry<'_>], synonyms: &[Synonyms]) -> Vec<IndexFile> {
    super::build(entries, synonyms, &BuildOptions::default()).unwrap()
}

fn search_all(files: &[IndexFile], query: &Query) -> Results {
    OpenIndex::new(files).unwrap().search(query).unwrap()
}

/// Every block of an index but its directory: where it is, and what it says.
fn blocks(files: &[IndexFile]) -> Vec<(Part, Vec<u8>)> {
    let mut all = fuzzing::blocks(files).unwrap();
    all.remove(0);
    for block in &all {
        let file = files.iter().find(|file| file.name == block.part.file).unwrap();
        let whole = block.part.from == 0 && block.part.to as usize == file.bytes.len();
        assert_eq!(block.part.whole, whole, "{:?}", block.part);
    }
    all.into_iter().map(|block| (block.part, block.bytes)).collect()
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let entries = entries(1_500);
    let first = super::build(&entries, &synonyms(), &options(400)).unwrap();
    assert_eq!(first[0].name, DIRECTORY_NAME);
    assert!(first.len() > 10);
    for threads in [1, 2, 3, 8] {
        let again = with_threads(threads, || super::build(&entries, &synonyms(), &options(400)).unwrap());
        assert!(first == again, "{threads} threads");
    }
}

#[test]
fn an_index_that_is_built_again_has_the_same_bytes() {
    let mut entries = entries(1_500);
    for (number, entry) in entries.iter_mut().enumerate() {
        // Each document large enough for shares of its own.
        entry.group = format!("document-{}", number / 10).into();
    }
    let mut cache = Cache::default();
    let mut check = |entries: &[Entry<'_>], what: &str| {
        let again = super::build_again(entries, &synonyms(), &options(400), &mut cache).unwrap();
        assert!(again == super::build(entries, &synonyms(), &options(400)).unwrap(), "{what}");
    };
    check(&entries, "the first time");
    check(&entries, "nothing has changed");
    entries[700].text = "申报时间改为 9 月 5 日。".repeat(3).into();
    check(&entries, "a text");
    entries[700].also.push("截止日期".into());
    entries[900].title = "另一个标题".into();
    check(&entries, "other ways to ask, and a title");
    let new = Entry { text: "新的一条申报时间".into(), ..entries[300].clone() };
    entries.insert(301, new.clone());
    check(&entries, "an entry more");
    entries.remove(5);
    check(&entries, "an entry less");
    entries.insert(0, new.clone());
    check(&entries, "an entry before all");
    entries.push(new);
    check(&entries, "an entry after all");
    entries[600].text.to_mut().push_str("，另行通知。");
    entries.insert(601, Entry { text: "另一条申报时间".into(), ..entries[300].clone() });
    check(&entries, "a longer text, and an entry more behind it");
    entries[600].text.to_mut().push('完');
    entries.drain(601..603);
    check(&entries, "a longer text, and entries fewer behind it");
    entries[3].text = "甲".into();
    entries[1_400].text = "乙".into();
    check(&entries, "two places");
    entries.truncate(1_200);
    check(&entries, "fewer documents");
    entries[10].kind = "term".into();
    entries[10].title = "院校申报".into();
    check(&entries, "a word of the vocabulary, which stands elsewhere");
    let mut numbers = Numbers(3);
    for round in 0..12 {
        let (place, other) = (numbers.below(entries.len()), numbers.below(entries.len()));
        match round % 4 {
            0 => entries[place].text = entries[other].text.clone(),
            1 => entries.insert(place, entries[other].clone()),
            2 => drop(entries.remove(place)),
            _ => entries.swap(place, other),
        }
        check(&entries, &format!("round {round}: {place}, {other}"));
    }
    check(&[], "nothing left");
    check(&entries[..1], "one");
}

#[test]
fn the_answers_do_not_depend_on_the_files() {
    let entries = entries(1_500);
    let many = build(&entries, &synonyms());
    for most in [1, 6, 20] {
        let few = super::build(&entries, &synonyms(), &options(most)).unwrap();
        assert!(few.len() <= most.max(BuildOptions::FEWEST_FILES), "{} of {most}", few.len());
        for query in ["申报时间 安徽", "xuefen yinhang", "学份银行", "〔2024〕22号"] {
            assert_eq!(search_all(&few, &Query::new(query)), search_all(&many, &Query::new(query)));
        }
    }
}

#[test]
fn plain_ranking_agrees_with_tantivy() {
    // Enough entries that frequent terms have tails.
    let entries = entries(1_500);
    let files = super::build(&entries, &synonyms(), &options(400)).unwrap();
    assert!(files.iter().any(|file| file.name.starts_with("search-tail")));
    let mut index = OpenIndex::new(&files).unwrap();
    let oracle = Oracle::of(&entries, &words::vocabulary(&entries, &synonyms())).unwrap();
    let terms = [
        "试点",
        "点院",
        "申报",
        "申报时间",
        "安徽",
        "徽陕",
        "1+x",
        "2024/22",
        "9月",
        "校",
        "07",
        "学分银行",
        "ahxzsbg",
        "无",
    ];
    let mut numbers = Numbers(5);
    for _ in 0..1_000 {
        let mut asked: Vec<&str> =
            (0..1 + numbers.below(3)).map(|_| terms[numbers.below(terms.len())]).collect();
        asked.sort_unstable();
        asked.dedup();
        let expected = oracle.ask(&asked).unwrap();
        let found = index.complete(|reader| reader.plain_bm25(&asked)).unwrap();
        assert_eq!(found.len(), expected.len(), "{asked:?}");
        for (place, (ours, theirs)) in found.iter().zip(&expected).enumerate() {
            assert!(
                (ours.1 - theirs.1).abs() <= 1e-4 * theirs.1,
                "{asked:?} at {place}: {ours:?} {theirs:?}"
            );
            // Sums in another order may differ in the last digit and change places.
            let tied = expected.iter().filter(|other| (other.1 - ours.1).abs() <= 1e-4 * ours.1);
            assert!(tied.into_iter().any(|other| other.0 == ours.0), "{asked:?} at {place}");
        }
    }
}

#[test]
fn blocks_are_asked_for_as_they_are_needed() {
    let entries = entries(400);
    let files = build(&entries, &synonyms());
    let mut index = OpenIndex::new(&files).unwrap();
    let found = index.search(&Query::new("shenbao shijian 学份银行")).unwrap();
    assert!(
        matches!(&found.notes[..], [Note::Corrected { text }] if text == "申报时间 学分银行"),
        "{:?}",
        found.notes
    );
    assert!(!found.hits.is_empty() && index.read().len() < blocks(&files).len() / 2);
    let mut distinct = index.read().to_vec();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), index.read().len(), "nothing is asked for twice");
    let reader = Reader::open(&unpack(&files[0].bytes).unwrap()).unwrap();
    assert!(matches!(reader.ask(&Query::new("申报")), Ok(Answer::Needs(parts)) if !parts.is_empty()));
}

#[test]
fn every_result_of_a_common_word_can_be_reached() {
    // So many and so different that the rest of the list is not cheap to read.
    let mut numbers = Numbers(17);
    let mut with = [0, 0];
    let entries: Vec<Entry<'static>> = (0..90_000)
        .map(|index| {
            let word = usize::from(numbers.below(50) == 0);
            with[word] += 1;
            let text = ["专业", "申报"][word].repeat(1 + numbers.below(3)) + &"，1".repeat(numbers.below(30));
            Entry {
                url: format!("#{index}").into(),
                text: text.into(),
                year: 2000 + index / 4_500,
                ..Entry::default()
            }
        })
        .collect();
    let files = build(&entries, &[]);
    let mut index = OpenIndex::new(&files).unwrap();
    let common = |limit| Query { limit, ..Query::new("专业") };
    let first = index.search(&common(10)).unwrap();
    assert!(!first.exact && first.total == 700, "{}", first.total);
    assert!(!index.read().iter().any(|part| part.file.starts_with("search-tail")));
    let all = index.search(&common(100_000)).unwrap();
    assert!(all.exact && all.total == all.hits.len());
    // What answers much worse than the best is left out, here as anywhere.
    assert!(all.total > with[0] / 2, "{} of {}", all.total, with[0]);
    let urls = |results: &Results| results.hits.iter().map(|hit| hit.url.clone()).collect::<Vec<_>>();
    assert_eq!(urls(&first), urls(&all)[..10], "what was shown stays where it is");
    let mut distinct = urls(&all);
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), all.total);
    // A filter that leaves too few of the head has the rest read as well.
    let filter = Filter { year: Some(2019), ..Filter::default() };
    let narrow = Query { filter, ..common(700) };
    let narrow = OpenIndex::new(&files).unwrap().search(&narrow).unwrap();
    assert!(narrow.exact && narrow.total > 700 && narrow.hits.iter().all(|hit| hit.year == 2019));
    // A tail that is cheap to read is read at once.
    let rarer = index.search(&Query::new("申报")).unwrap();
    assert!(rarer.exact && rarer.total > 700, "{} of {}", rarer.total, with[1]);
}

#[test]
fn suggestions_come_by_words_and_by_sound() {
    let files = build(&entries(400), &synonyms());
    let mut index = OpenIndex::new(&files).unwrap();
    let mut texts = |typed: &str| -> Vec<(String, bool)> {
        let found = index.suggest(typed, 5).unwrap();
        found.into_iter().map(|suggestion| (suggestion.text, suggestion.reading)).collect()
    };
    assert_eq!(texts("申报"), [("申报时间".to_owned(), false)]);
    assert_eq!(texts("xuefenyin"), [("学分银行".to_owned(), true)]);
    assert_eq!(texts("xfyh"), [("学分银行".to_owned(), true)]);
    assert_eq!(texts("yinh"), [("学分银行".to_owned(), true)]);
    assert_eq!(texts("魑魅"), []);
    let results = index.search(&Query::new("xeufenyinhnag")).unwrap();
    assert_eq!((results.total, results.similar), (0, vec!["学分银行".to_owned()]));
}

#[test]
fn synonyms_have_directions_and_filters_filter() {
    let files = build(&entries(200), &synonyms());
    let mut index = OpenIndex::new(&files).unwrap();
    let results = index.search(&Query::new("报名日期")).unwrap();
    assert!(results.hits[0].text.contains("申报时间"));
    let notes = index.search(&Query::new("鉴定")).unwrap().notes;
    assert!(matches!(&notes[..], [Note::Suggestion { word, .. }] if word == "考核"), "{notes:?}");
    // A word that the portal knows is meant as typed, even where no text has it.
    assert!(!notes.iter().any(|note| matches!(note, Note::Corrected { .. })));
    let filter = Filter { kind: Some("faq".into()), province: Some("SX".into()), year: Some(2020) };
    let filtered = index.search(&Query { filter, ..Query::new("申报时间") }).unwrap();
    assert!(!filtered.hits.is_empty());
    assert!(filtered.hits.iter().all(|hit| hit.kind == "faq" && hit.province == "SX" && hit.year == 2020));
    assert!(filtered.facets.kinds.iter().any(|count| count.value == "policy"));
}

#[test]
fn damage_is_found_out() {
    let files = build(&entries(60), &synonyms());
    let directory = unpack(&files[0].bytes).unwrap();
    let mut numbers = Numbers(3);
    let mut damaged = |block: &[u8]| {
        let mut damaged = block.to_vec();
        if numbers.below(2) == 0 {
            damaged.truncate(numbers.below(block.len()));
        } else {
            damaged[numbers.below(block.len())] ^= 1 << numbers.below(8);
        }
        damaged
    };
    for _ in 0..40 {
        assert!(Reader::open(&damaged(&directory)).is_err());
    }
    let mut reader = Reader::open(&directory).unwrap();
    let all = blocks(&files);
    for (part, block) in &all {
        for _ in 0..40 {
            assert!(reader.supply(&part.file, part.from, &damaged(block)).is_err(), "{part:?}");
        }
    }
    // Another block than the one asked for, and a place where none begins.
    for pair in all.windows(2) {
        let [(part, _), (_, other)] = pair else { continue };
        assert!(reader.supply(&part.file, part.from, other).is_err(), "{part:?}");
        assert_eq!(reader.supply(&part.file, part.from + 1, other), Err(ReadError::UnknownFile));
    }
    // A flipped bit in the packed bytes.
    let packed = &files[1].bytes;
    for at in 0..packed.len() {
        let mut damaged = packed.clone();
        damaged[at] ^= 4;
        let found = unpack(&damaged).and_then(|block| reader.supply(&files[1].name, 0, &block));
        assert!(found.is_err() || unpack(&damaged) == unpack(packed), "byte {at}");
    }
}

/// Damage that the checksum does not tell: the decoders themselves have to bear any bytes.
#[test]
fn nonsense_with_a_right_checksum_does_no_harm() {
    let files = build(&entries(60), &synonyms());
    let sound = unpack(&files[0].bytes).unwrap();
    let first_term = Directory::decode(&sound).unwrap().first_terms[0].clone();
    let all = blocks(&files);
    let mut numbers = Numbers(9);
    for round in 0..600 {
        let damaged = if round % 3 == 0 { all.len() } else { numbers.below(all.len()) };
        let mut bytes = all.get(damaged).map_or(&sound, |(_, block)| block).clone();
        let content = bytes.len() - 8;
        for _ in 0..1 + numbers.below(4) {
            bytes[5 + numbers.below(content - 5)] = numbers.below(256) as u8;
        }
        let checksum = hash(&bytes[..content]).to_le_bytes();
        bytes[content..].copy_from_slice(&checksum);
        let directory = if damaged == all.len() { &bytes } else { &sound };
        let Ok(mut reader) = Reader::open(directory) else { continue };
        for (index, (part, block)) in all.iter().enumerate() {
            let _ = reader.supply(&part.file, part.from, if index == damaged { &bytes } else { block });
        }
        for query in ["申报时间 安徽", "shenbao", "学份银行", "表"] {
            let _ = reader.ask(&Query::new(query));
            let _ = reader.explain(&Query { limit: 1_000, ..Query::new(query) });
            let _ = reader.suggest(query, 8);
        }
        let _ = crate::sounds::Sounds::open(&bytes)
            .map(|sounds| (sounds.spell("shenbaoshijian"), sounds.initials("xfyh")));
        if let Ok(block) = crate::postings::TermBlock::open(&first_term, &bytes) {
            let found = block.find("试点").ok().flatten();
            let _ = found.map(|entry| crate::postings::read_postings(entry.postings));
        }
    }
}

#[test]
fn an_empty_index_finds_nothing() {
    let files = build(&[], &[]);
    assert_eq!(search_all(&files, &Query::new("申报")).total, 0);
    let files = build(&entries(30), &[]);
    for query in ["", " ", "？", "魑魅魍魉", "zzzzzz", "吗", "表", "1", "%", "\u{feff}"] {
        search_all(&files, &Query::new(query));
    }
}
