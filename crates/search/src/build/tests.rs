//! The export held against tantivy, against itself, and against damage.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as Clause, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Term, query::Bm25StatisticsProvider as _};

use super::segment::Segment;
use super::{build, words};
use crate::codec::hash;
use crate::directory::TEXT;
use crate::entry::{DIRECTORY_NAME, Entry, IndexFile, Synonyms};
use crate::native::{open_all, search_all};
use crate::query::{Filter, Note, Query};
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

fn entries(count: usize) -> Vec<Entry> {
    let mut numbers = Numbers(11);
    (0..count)
        .map(|index| {
            let length = 3 + numbers.below(40);
            Entry {
                url: format!("policies/d{}/#s{index}", index / 7),
                title: format!("第{}号通知", index / 7),
                heading: WORDS[numbers.below(WORDS.len())].to_owned(),
                text: (0..length).map(|_| WORDS[numbers.below(WORDS.len())]).collect(),
                kind: ["policy", "faq"][index % 2].to_owned(),
                province: ["AH", "SX"][index / 50 % 2].to_owned(),
                province_name: ["安徽", "陕西"][index / 50 % 2].to_owned(),
                year: 2019 + (index / 100) as i32,
                source: "a.txt".to_owned(),
                group: format!("d{}", index / 7),
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

#[test]
fn two_builds_give_the_same_bytes() {
    let entries = entries(300);
    let first = build(&entries, &synonyms()).unwrap();
    assert_eq!(first, build(&entries, &synonyms()).unwrap());
    assert_eq!(first[0].name, DIRECTORY_NAME);
    assert!(first.len() > 10);
}

#[test]
fn plain_ranking_agrees_with_tantivy() {
    // Enough entries that frequent terms have tails.
    let entries = entries(1_500);
    let files = build(&entries, &synonyms()).unwrap();
    assert!(files.iter().any(|file| file.name.starts_with("search-tail")));
    let reader = open_all(&files).unwrap();
    let segment = Segment::build(&entries, &words::vocabulary(&entries, &synonyms())).unwrap();
    let searcher = segment.index.reader().unwrap().searcher();
    let field = segment.fields[TEXT];
    assert_eq!(searcher.total_num_docs().unwrap(), 1_500);
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
        let clauses = asked.iter().map(|term| {
            let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(query) as Box<dyn Clause>)
        });
        let query = BooleanQuery::new(clauses.collect());
        let mut expected: Vec<(u32, f32)> = searcher
            .search(&query, &TopDocs::with_limit(1_500).order_by_score())
            .unwrap()
            .into_iter()
            .map(|(score, address)| (address.doc_id, score))
            .collect();
        expected.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        let found = reader.plain_bm25(&asked).unwrap();
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
fn files_are_asked_for_as_they_are_needed() {
    let entries = entries(400);
    let files = build(&entries, &synonyms()).unwrap();
    let all = search_all(&files, "shenbao shijian 学份银行", 10).unwrap();
    assert!(
        matches!(&all.notes[..], [Note::Corrected { text }] if text == "申报时间 学分银行"),
        "{:?}",
        all.notes
    );
    let mut reader = Reader::open(&files[0].bytes).unwrap();
    let query = Query::new("shenbao shijian 学份银行");
    assert!(reader.search(&query).is_err());
    let mut supplied = 0;
    loop {
        let names = reader.needed(&query).unwrap();
        if names.is_empty() {
            break;
        }
        for name in names {
            let file = files.iter().find(|file| file.name == name).unwrap();
            reader.supply(&name, &file.bytes).unwrap();
            supplied += 1;
        }
    }
    assert_eq!(reader.search(&query).unwrap(), all);
    assert!(supplied < files.len() / 2, "{supplied} of {} files", files.len());
}

#[test]
fn synonyms_have_directions_and_filters_filter() {
    let files = build(&entries(200), &synonyms()).unwrap();
    let reader = open_all(&files).unwrap();
    let results = reader.search(&Query::new("报名日期")).unwrap();
    assert!(results.hits[0].text.contains("申报时间"));
    let notes = reader.search(&Query::new("鉴定")).unwrap().notes;
    assert!(matches!(&notes[..], [Note::Suggestion { word, .. }] if word == "考核"), "{notes:?}");
    // A word that the portal knows is meant as typed, even where no text has it.
    assert!(!notes.iter().any(|note| matches!(note, Note::Corrected { .. })));
    let filter = Filter { kind: Some("faq".into()), province: Some("SX".into()), year: Some(2020) };
    let filtered = reader.search(&Query { filter, ..Query::new("申报时间") }).unwrap();
    assert!(!filtered.hits.is_empty());
    assert!(filtered.hits.iter().all(|hit| hit.kind == "faq" && hit.province == "SX" && hit.year == 2020));
    assert!(filtered.facets.kinds.iter().any(|count| count.value == "policy"));
}

#[test]
fn damaged_files_are_refused() {
    let files = build(&entries(60), &synonyms()).unwrap();
    let mut numbers = Numbers(3);
    for IndexFile { name, bytes } in &files {
        for _ in 0..40 {
            let mut damaged = bytes.clone();
            if numbers.below(2) == 0 {
                damaged.truncate(numbers.below(bytes.len()));
            } else {
                damaged[numbers.below(bytes.len())] ^= 1 << numbers.below(8);
            }
            if name == DIRECTORY_NAME {
                assert!(Reader::open(&damaged).is_err());
            } else {
                let mut reader = Reader::open(&files[0].bytes).unwrap();
                assert!(reader.supply(name, &damaged).is_err(), "{name}");
            }
        }
    }
}

/// Damage that the checksum does not tell: the decoders themselves have to bear any bytes.
#[test]
fn nonsense_with_a_right_checksum_does_no_harm() {
    let files = build(&entries(60), &synonyms()).unwrap();
    let mut numbers = Numbers(9);
    for round in 0..600 {
        let file = &files[if round % 3 == 0 { 0 } else { numbers.below(files.len()) }];
        let mut bytes = file.bytes.clone();
        let content = bytes.len() - 8;
        for _ in 0..1 + numbers.below(4) {
            bytes[5 + numbers.below(content - 5)] = numbers.below(256) as u8;
        }
        let checksum = hash(&bytes[..content]).to_le_bytes();
        bytes[content..].copy_from_slice(&checksum);
        let directory = if file.name == DIRECTORY_NAME { &bytes } else { &files[0].bytes };
        let Ok(mut reader) = Reader::open(directory) else { continue };
        for other in &files[1..] {
            // A file by another content has another name: an error, and no harm.
            let content = if other.name == file.name { &bytes } else { &other.bytes };
            let _ = reader.supply(&other.name, content);
        }
        for query in ["申报时间 安徽", "shenbao", "学份银行", "表"] {
            let _ = reader.needed(&Query::new(query));
            let _ = reader.search(&Query::new(query));
        }
        let _ = crate::texts::TextBlock::open(&bytes);
        let _ = crate::sounds::Sounds::open(&bytes)
            .map(|sounds| (sounds.spell("shenbaoshijian"), sounds.initials("xfyh")));
        if let Ok(shard) = crate::postings::Shard::open(&bytes) {
            let found = shard.find("试点").ok().flatten();
            let _ = found.map(|entry| crate::postings::read_postings(entry.postings));
        }
    }
}

#[test]
fn an_empty_index_finds_nothing() {
    let files = build(&[], &[]).unwrap();
    assert_eq!(search_all(&files, "申报", 10).unwrap().total, 0);
    let files = build(&entries(30), &[]).unwrap();
    for query in ["", " ", "？", "魑魅魍魉", "zzzzzz", "吗", "表", "1", "%", "\u{feff}"] {
        search_all(&files, query, 10).unwrap();
    }
}
