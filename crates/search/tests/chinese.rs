//! What search engines made for other languages get wrong on Chinese office texts; each fault was seen in one of them.

use search::{BuildOptions, Entry, OpenIndex, Query, Results, Synonyms, build};

fn clause(url: &str, heading: &str, text: &str) -> Entry<'static> {
    Entry {
        url: url.to_owned().into(),
        title: "申报通知".into(),
        heading: heading.to_owned().into(),
        text: text.to_owned().into(),
        kind: "policy".into(),
        group: url.split('#').next().unwrap_or_default().to_owned().into(),
        ..Entry::default()
    }
}

/// Searches the given clauses among others that have nothing to do with them.
fn search(clauses: &[Entry<'_>], synonyms: &[Synonyms], query: &str) -> Results {
    let others = [
        ("跨境电商海外营销", "跨境电商数据运营的级别与申报学校"),
        ("云南省办公室", "云南省的平台、计算中心与开发区"),
        ("双鸭山市", "双鸭山市教师比例"),
        ("田径与杰出青年", "杰出教师、田园综合体"),
        ("联系方式", "联系人李杰，田老师"),
        ("X 光", "1 号楼的 X 光机"),
    ];
    let mut entries: Vec<Entry> = clauses.to_vec();
    for round in 0..10 {
        let many =
            others.iter().map(|(heading, text)| clause(&format!("other{round}/#{heading}"), heading, text));
        entries.extend(many);
    }
    let files = build(&entries, synonyms, &BuildOptions::default()).expect("the index is built");
    let mut index = OpenIndex::new(&files).expect("the index opens");
    index.search(&Query::new(query)).expect("the index answers")
}

fn first(results: &Results) -> &str {
    results.hits.first().map_or("", |hit| hit.url.as_str())
}

#[test]
fn a_document_number_finds_its_notice_in_any_spelling() {
    let clauses = [
        clause("ah/#head", "皖教秘职成〔2024〕22号", "各市教育局：现将有关事项通知如下。"),
        clause("sx/#head", "项目办函〔2024〕2 号", "各院校：2024 年有 22 所学校。"),
        clause("gx/#head", "桂教职成〔2022〕24号", "2024 号楼 22 层"),
    ];
    for query in ["〔2024〕22号", "[2024]22号", "（2024）22 号", "2024 22号", "皖教秘职成2024年22号"]
    {
        assert_eq!(first(&search(&clauses, &[], query)), "ah/#head", "{query}");
    }
    assert_eq!(first(&search(&clauses, &[], "项目办函〔2024〕2号")), "sx/#head");
}

#[test]
fn characters_have_to_stand_beside_each_other() {
    let clauses = [clause("ah/#s5", "五、有关要求", "严禁跨级申报，不得越级报送。")];
    let found = search(&clauses, &[], "跨级申报");
    assert_eq!(first(&found), "ah/#s5");
    assert!(found.hits.get(1).is_none_or(|hit| hit.score < found.hits[0].score / 3.0), "{:?}", found.hits);
}

#[test]
fn one_character_of_a_word_is_no_match_for_the_word() {
    let clauses = [
        clause("list/#cloud", "证书目录", "云计算平台运维与开发"),
        clause("n/#s2", "教师要求", "“双师型”教师比例不低于 50%。"),
    ];
    for (query, wanted, foreign) in
        [("云计算平台运维与开发", "list/#cloud", "云南"), ("双师型教师比例", "n/#s2", "双鸭山")]
    {
        let found = search(&clauses, &[], query);
        assert_eq!(first(&found), wanted);
        let best = found.hits[0].score;
        for hit in found.hits.iter().filter(|hit| hit.heading.contains(foreign)) {
            assert!(hit.score < best / 3.0, "{query}: {hit:?}");
        }
    }
}

#[test]
fn a_name_finds_the_person_alone() {
    let clauses = [clause("sx/#contact", "联系人", "联系人：张建文，韩韬，田杰")];
    let found = search(&clauses, &[], "田杰");
    assert_eq!(first(&found), "sx/#contact");
    assert_eq!(found.total, 1, "{:?}", found.hits);
}

#[test]
fn the_clause_that_answers_stands_before_bare_headings() {
    let mut clauses =
        vec![clause("sx/#s4-1", "四、申报程序", "申报时间为 9 月 4 日至 10 月 7 日，逾期不予受理。")];
    clauses.extend((0..12).map(|index| clause(&format!("d{index}/#s3"), "三、申报时间", "三、申报时间")));
    assert_eq!(first(&search(&clauses, &[], "申报时间")), "sx/#s4-1");
}

#[test]
fn one_plus_x_is_one_word() {
    let clauses = [clause("n/#s1", "一、背景", "１＋Ｘ证书制度试点")];
    for query in ["1+X", "１＋Ｘ", "1 + x", "1+X证书"] {
        let found = search(&clauses, &[], query);
        assert_eq!(first(&found), "n/#s1", "{query}");
        assert!(
            found
                .hits
                .iter()
                .all(|hit| !hit.heading.contains("X 光") || hit.score < found.hits[0].score / 2.0)
        );
    }
    assert_eq!(search(&clauses, &[], "1+X").total, 1);
}

#[test]
fn another_word_for_it_finds_it_and_a_note_tells_what_is_not_the_same() {
    let synonyms = [
        Synonyms {
            canonical: "申报时间".into(), narrower: vec!["报名时间".into()], ..Synonyms::default()
        },
        Synonyms { canonical: "登录".into(), same: vec!["登陆".into()], ..Synonyms::default() },
    ];
    let clauses = [
        clause("sx/#s4-1", "四、申报程序", "申报时间为 9 月 4 日至 10 月 7 日。"),
        clause("gx/#q1", "问答", "已有账号密码但是登陆不了系统？请联系秘书处。"),
    ];
    assert_eq!(first(&search(&clauses, &synonyms, "报名时间")), "sx/#s4-1");
    assert_eq!(first(&search(&clauses, &synonyms, "登录不了系统")), "gx/#q1");
}

#[test]
fn quotation_marks_inside_a_word_do_not_part_it() {
    let clauses = [clause("n/#s2", "师资", "专任教师中“双师型”教师不少于 50%。")];
    for query in ["双师型教师", "“双师型”教师", "\"双师型\"教师"] {
        let found = search(&clauses, &[], query);
        assert_eq!(first(&found), "n/#s2", "{query}");
        let marked: Vec<&str> = found.hits[0]
            .excerpt
            .iter()
            .filter(|piece| piece.marked)
            .map(|piece| piece.text.as_str())
            .collect();
        assert!(marked.contains(&"双师型”教师"), "{query}: {marked:?}");
    }
}
