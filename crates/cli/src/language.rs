//! The language of messages, from the locale or from `--lang` before the command line is read.

use std::ffi::OsString;

use content::Language;

/// By the locale: Chinese where it says `zh`.
pub(crate) fn of_environment() -> Language {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Language::Chinese } else { Language::English }
}

/// By `--lang` among the words of the command line, otherwise by the locale.
pub(crate) fn of_words(words: &[OsString]) -> Language {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let after_option =
        words.iter().position(|word| *word == "--lang").and_then(|index| words.get(index + 1).copied());
    match after_option.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang="))) {
        Some("zh") => Language::Chinese,
        Some("en") => Language::English,
        _ => of_environment(),
    }
}
