//! 文种: what sort of document a title names, as its last word says it.
//!
//! The kinds of the regulation on official documents (党政机关公文处理工作条例, 2012), and those of rules, plans and
//! explanations that portals collect beside them.

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentKind {
    /// Its name, the end of a title.
    pub(crate) name: &'static str,
    /// Its part of an address.
    pub(crate) id: &'static str,
}

macro_rules! kinds {
    ($($name:literal $id:literal,)*) => { [$(DocumentKind { name: $name, id: $id }),*] };
}

/// Known endings; of two that fit the longer counts.
const KINDS: [DocumentKind; 43] = kinds! {
    "通知" "tongzhi", "意见" "yijian", "办法" "banfa", "规定" "guiding", "决定" "jueding", "决议" "jueyi",
    "命令" "mingling", "公报" "gongbao", "公告" "gonggao", "通告" "tonggao", "通报" "tongbao", "公示" "gongshi",
    "报告" "baogao", "请示" "qingshi", "批复" "pifu", "议案" "yian", "函" "han", "复函" "fuhan", "纪要" "jiyao",
    "条例" "tiaoli", "细则" "xize", "规则" "guize", "规程" "guicheng", "规范" "guifan", "标准" "biaozhun",
    "制度" "zhidu", "方案" "fangan", "规划" "guihua", "计划" "jihua", "要点" "yaodian", "目录" "mulu",
    "名单" "mingdan", "清单" "qingdan", "指南" "zhinan", "指引" "zhiyin", "手册" "shouce", "须知" "xuzhi",
    "说明" "shuoming", "解读" "jiedu", "问答" "wenda", "常见问题" "wenti", "简报" "jianbao", "答复" "dafu",
};

/// Bytes of a Han character, as all kinds end in one.
const HAN_BYTES: usize = 3;

/// Of titles that end in none of these words.
pub(crate) const OTHERS: DocumentKind = DocumentKind { name: "其他", id: "others" };

/// The kind that this title names.
pub(crate) fn document_kind(title: &str) -> DocumentKind {
    let bare = without_additions(title);
    // Of a portal of thousands of documents, that is all there is to see of most kinds.
    let last = bare.as_bytes().last_chunk::<HAN_BYTES>();
    KINDS
        .into_iter()
        .filter(|kind| kind.name.as_bytes().last_chunk() == last && bare.ends_with(kind.name))
        .max_by_key(|kind| kind.name.len())
        .unwrap_or(OTHERS)
}

/// The title without what is added behind it: `（试行）`, a number in brackets, a closing quotation mark, `第5期`.
fn without_additions(title: &str) -> &str {
    let mut bare = title.trim();
    loop {
        let shorter =
            without_issue(without_brackets(bare)).trim_end_matches(['》', '”', '"', '。']).trim_end();
        if shorter.len() == bare.len() {
            return bare;
        }
        bare = shorter;
    }
}

fn without_brackets(text: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('〔', '〕'), ('【', '】')];
    PAIRS
        .into_iter()
        .filter(|(_, close)| text.ends_with(*close))
        .find_map(|(open, _)| text.rfind(open))
        .map_or(text, |start| &text[..start])
}

/// `第5期`, `2024年第12期`.
fn without_issue(text: &str) -> &str {
    let Some(rest) = text.strip_suffix(['期', '号', '批']) else { return text };
    rest.trim_end_matches(|letter: char| {
        letter.is_ascii_digit() || "第年一二三四五六七八九十百〇 ".contains(letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_title_is_its_kind() {
        for (title, expected) in [
            ("关于做好申报工作的通知", "通知"),
            ("关于印发《管理办法》的通知", "通知"),
            ("学分银行管理办法（试行）", "办法"),
            ("关于征求意见的复函", "复函"),
            ("关于经费的函（教职成函〔2024〕2 号）", "函"),
            ("《申报办法》", "办法"),
            ("《申报办法（试行）》解读", "解读"),
            ("工作简报2024年第12期", "简报"),
            ("工作简报（第五期）", "简报"),
            ("关于公布第一批", "其他"),
            ("（）", "其他"),
            ("", "其他"),
        ] {
            assert_eq!(document_kind(title).name, expected, "{title}");
        }
    }

    #[test]
    fn no_two_kinds_share_an_address() {
        let mut ids: Vec<&str> = KINDS.iter().chain([&OTHERS]).map(|kind| kind.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), KINDS.len() + 1);
        assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
