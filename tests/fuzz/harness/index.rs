//! A small index that has everything: words of several provinces, synonyms, numbers, sounds, phrases.

use search::{BuildOptions, Entry, IndexFile, Synonyms};

/// Builds it.
pub(crate) fn index() -> Vec<IndexFile> {
    let texts = [
        "申报时间为 9 月 4 日至 10 月 7 日，逾期不予受理。",
        "试点院校是 1+X 证书考核费用的支付责任主体。",
        "皖教秘职成〔2024〕22号，联系电话 0551-65658560，邮箱 ahxzsbg@126.com。",
        "上传《试点工作方案》（须加盖学校公章），无需行文报送。",
        "学分银行：https://www.ncb.edu.cn/",
    ];
    let entries: Vec<Entry> = (0..150)
        .map(|index| Entry {
            url: format!("policies/d{}/#s{index}", index / 9).into(),
            title: format!("第{}号通知", index / 9).into(),
            heading: format!("四、申报程序 › （{}）", index % 9).into(),
            text: texts[index % texts.len()].repeat(1 + index % 3).into(),
            kind: ["policy", "faq", "term", "contact"][index % 4].into(),
            province: ["", "AH", "SX"][index % 3].into(),
            province_name: ["全国", "安徽", "陕西"][index % 3].into(),
            year: 2019 + (index % 6) as i32,
            archived: index % 7 == 0,
            source: "a.txt".into(),
            also: vec!["考证费谁出".into()],
            group: format!("d{}", index / 9).into(),
        })
        .collect();
    let synonyms = [Synonyms {
        canonical: "考核费用".to_owned(),
        same: vec!["考核费".to_owned()],
        narrower: vec!["考证费".to_owned()],
        suggest: vec!["鉴定费".to_owned()],
        note: "鉴定不是考核。".to_owned(),
    }];
    search::build(&entries, &synonyms, &BuildOptions::default()).expect("the sample builds")
}
