//! Words that ask or join and say nothing on what is asked about.
//!
//! Only words that are safe to leave out wherever they stand; rarity in the portal's texts decides on everything else.

use crate::atoms::{Atoms, Gap};

/// Phrases left out of a query, longest first where one begins another.
const PHRASES: &[&str] = &[
    "是干什么的",
    "来得及吗",
    "用得着吗",
    "怎么回事",
    "为什么要",
    "不知道",
    "想知道",
    "想了解",
    "了解一下",
    "问一下",
    "麻烦问",
    "请教",
    "求助",
    "您好",
    "你好",
    "谢谢",
    "老师好",
    "啥时候",
    "多会儿",
    "咋回事",
    "怎么弄",
    "怎么搞",
    "怎么着",
    "咋办",
    "咋弄",
    "咋整",
    "啥意思",
    "是啥",
    "有啥",
    "为啥",
    "干啥",
    "做啥",
    "干什么",
    "做什么",
    "哪位",
    "哪边",
    "这边",
    "大概",
    "一般",
    "具体",
    "行不行",
    "好不好",
    "对不对",
    "会不会",
    "算不算",
    "用不用",
    "该不该",
    "行吗",
    "能吗",
    "好吗",
    "要吗",
    "对吗",
    "帮我查",
    "帮我",
    "查一下",
    "能不能够",
    "可不可以",
    "是什么意思",
    "什么意思",
    "需不需要",
    "怎么办理",
    "什么时候",
    "什么时间",
    "多长时间",
    "有没有",
    "是不是",
    "能不能",
    "要不要",
    "可以吗",
    "怎么办",
    "怎么样",
    "为什么",
    "哪一个",
    "哪几个",
    "哪一天",
    "多少钱",
    "我们学校",
    "我们学院",
    "我们的",
    "我想问",
    "想问下",
    "请问下",
    "请问一下",
    "告诉我",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "为何",
    "哪个",
    "哪些",
    "哪里",
    "哪儿",
    "哪天",
    "几号",
    "几个",
    "多少",
    "我们",
    "我校",
    "我院",
    "咱们",
    "你们",
    "他们",
    "请问",
    "想问",
    "一下",
    "这个",
    "那个",
    "这些",
    "那些",
    "到底",
    "究竟",
    "应该",
    "必须",
    "可以",
    "需要",
    "还是",
    "或者",
    "以及",
    "是否",
    "能否",
    "可否",
    "何时",
    "多久",
    "有哪些",
    "有什么",
    "有何",
    "几点",
    "谁来",
    "由谁",
    "找谁",
    "不能",
    "就是",
    "没有",
    "如果",
    "的话",
    "知道",
    "在哪",
    "往哪",
    "去哪",
    "从哪",
    "到哪",
    "向谁",
    "给谁",
    "几次",
    "吗",
    "呢",
    "吧",
    "啊",
    "呀",
    "嘛",
    "么",
    "谁",
    "咋",
    "哪",
    "啥",
    "的",
];

/// Characters that join words and also stand inside some: a pair with one of them counts for little.
const JOINTS: &str = "了在是能要把和与及或就都也还给让被用得这那有我你他她它们来去再又才会可想请几多往从到";

/// What a question word asks for: words, and words of the answer.
const ASKED_FOR: &[(&[&str], &[&str])] = &[
    (
        &["什么时候", "什么时间", "几号", "哪天", "哪一天", "何时", "几月", "多长时间", "多久"],
        &["时间", "日前", "日至"],
    ),
    (&["多少钱"], &["费用", "成本"]),
    (&["哪里", "哪儿", "在哪", "往哪", "去哪", "到哪"], &["网址", "地址", "平台"]),
    (&["谁", "找谁", "问谁", "向谁"], &["联系", "负责"]),
];

/// Words of the answer that a question word at this atom asks for.
pub(crate) fn asked_for(atoms: &Atoms, at: usize) -> &'static [&'static str] {
    let here = |word: &&str| atoms.joined(at, word.chars().count()) == Some(*word);
    ASKED_FOR.iter().find(|(words, _)| words.iter().any(here)).map_or(&[], |(_, answer)| answer)
}

/// Characters that are words by themselves in everyday questions: one of them alone is no slip of the keyboard.
const EVERYDAY: &str =
    "出填报交传看查找问说做办换改买写选考管审发收退补投算差多少大小先后前新进接搞弄带拿够超满停等花认盖签";

/// A character that needs no other beside it.
pub(crate) fn is_everyday(text: &str) -> bool {
    text.chars().next().is_some_and(|character| EVERYDAY.contains(character)) || is_joint(text)
}

/// For each atom: it belongs to a phrase that says nothing.
pub(crate) fn idle(atoms: &Atoms) -> Vec<bool> {
    let mut idle = vec![false; atoms.list.len()];
    let mut at = 0;
    while at < idle.len() {
        let longest = PHRASES
            .iter()
            .filter_map(|phrase| {
                let length = phrase.chars().count();
                let inside = atoms.list.get(at + 1..at + length)?.iter().all(|atom| atom.gap <= Gap::None);
                (inside && atoms.joined(at, length) == Some(*phrase)).then_some(length)
            })
            .max();
        for flag in idle.iter_mut().skip(at).take(longest.unwrap_or(0)) {
            *flag = true;
        }
        at += longest.unwrap_or(1);
    }
    for at in 0..idle.len() {
        if is_repeated_question(atoms, at) {
            for flag in idle.iter_mut().skip(at + 1).take(2) {
                *flag = true;
            }
        }
    }
    idle
}

/// `盖不盖`, `有没有`: the question is in the form, and the word is there twice.
fn is_repeated_question(atoms: &Atoms, at: usize) -> bool {
    let han = |at: usize| atoms.list.get(at).filter(|atom| atom.han).map(|atom| atoms.text(atom));
    let denial = matches!(han(at + 1), Some("不" | "没"));
    denial && han(at).is_some() && han(at) == han(at + 2) && atoms.joined(at, 3).is_some()
}

/// A character that joins more often than it names.
pub(crate) fn is_joint(text: &str) -> bool {
    text.chars().next().is_some_and(|character| JOINTS.contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_only_asks() {
        let check = |query: &str, expected: &str| {
            let atoms = Atoms::of(query);
            let idle = idle(&atoms);
            let kept: String = atoms
                .list
                .iter()
                .zip(idle)
                .filter(|(_, idle)| !idle)
                .map(|(atom, _)| atoms.text(atom))
                .collect();
            assert_eq!(kept, expected, "{query}");
        };
        check("我们学校没有账号怎么办", "账号");
        check("佐证材料可以不传吗", "佐证材料不传");
        check("陕西报名截止到几号", "陕西报名截止到");
        check("怎么办", "");
        check("方案盖不盖章", "方案盖章");
        check("企业认不认", "企业认");
    }
}
