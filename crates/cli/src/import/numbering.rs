//! Automatic numbers of Word, written out: the text of a file does not hold them.

use std::collections::BTreeMap;

use super::xml::Element;

/// How the lists of a file are numbered, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels by abstract list.
    levels: BTreeMap<String, BTreeMap<usize, Level>>,
    /// List to abstract list, with the numbers its levels start anew from.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counted: BTreeMap<(String, usize), u32>,
    begun: Vec<String>,
    /// A form of number was not known.
    pub(super) has_unknown: bool,
}

#[derive(Debug)]
struct Level {
    form: String,
    /// `第%1条`
    text: String,
    start: u32,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub(super) fn new(root: Option<&Element>) -> Self {
        let mut numbering = Self::default();
        let Some(root) = root else { return numbering };
        for list in root.all("abstractNum") {
            let levels = list.all("lvl").map(|level| {
                let number = |name| level.value(name).and_then(|value| value.parse().ok());
                let form = level.value("numFmt").unwrap_or("decimal").to_owned();
                let text = level.value("lvlText").unwrap_or_default().to_owned();
                (level_of(level), Level { form, text, start: number("start").unwrap_or(1) })
            });
            numbering.levels.insert(list.attribute("abstractNumId").to_owned(), levels.collect());
        }
        for list in root.all("num") {
            let starts = list.all("lvlOverride").filter_map(|changed| {
                Some((level_of(changed), changed.value("startOverride")?.parse().ok()?))
            });
            let of = list.value("abstractNumId").unwrap_or_default().to_owned();
            numbering.lists.insert(list.attribute("numId").to_owned(), (of, starts.collect()));
        }
        numbering
    }

    /// The number of the next paragraph of a list, as it is printed.
    pub(super) fn next(&mut self, list: &str, level: usize) -> String {
        let Some((of, starts)) = self.lists.get(list) else { return String::new() };
        if !self.begun.iter().any(|begun| begun == list) {
            self.begun.push(list.to_owned());
            for (&level, &start) in starts {
                self.counted.insert((of.clone(), level), start.saturating_sub(1));
            }
        }
        let Some(levels) = self.levels.get(of) else { return String::new() };
        let Some(this) = levels.get(&level) else { return String::new() };
        let before = this.start.saturating_sub(1);
        *self.counted.entry((of.clone(), level)).or_insert(before) += 1;
        self.counted.retain(|(other, below), _| other != of || *below <= level);
        if matches!(this.form.as_str(), "bullet" | "none") {
            return if this.form == "bullet" { "•".to_owned() } else { this.text.clone() };
        }
        let mut printed = this.text.clone();
        for (&at, one) in levels.iter().filter(|(at, _)| **at <= level) {
            let place = format!("%{}", at + 1);
            if printed.contains(&place) {
                let number = self.counted.get(&(of.clone(), at)).copied().unwrap_or(one.start);
                let (number, is_known) = written(&one.form, number);
                self.has_unknown |= !is_known;
                printed = printed.replace(&place, &number);
            }
        }
        printed
    }
}

fn level_of(element: &Element) -> usize {
    element.attribute("ilvl").parse().unwrap_or(0)
}

/// A number in a form of Word, and whether the form is known.
fn written(form: &str, number: u32) -> (String, bool) {
    let letter = |first: char| {
        let at = number.saturating_sub(1);
        let letter = char::from_u32(u32::from(first) + at % 26).unwrap_or(first);
        letter.to_string().repeat(at as usize / 26 + 1)
    };
    let text = match form {
        "decimal" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" => {
            number.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect()
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
            if number <= 99 =>
        {
            chinese(number)
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(u32::from('①') + number - 1).map(String::from).unwrap_or_default()
        }
        "lowerLetter" if number <= 260 => letter('a'),
        "upperLetter" if number <= 260 => letter('A'),
        "lowerRoman" if number <= 3_999 => roman(number).to_ascii_lowercase(),
        "upperRoman" if number <= 3_999 => roman(number),
        _ => return (number.to_string(), false),
    };
    (text, true)
}

/// 一 to 九十九.
fn chinese(number: u32) -> String {
    let digit =
        |digit: u32| "零一二三四五六七八九".chars().nth(digit as usize).map(String::from).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, 0) => format!("{}十", digit(tens)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

fn roman(mut number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, letters) in VALUES {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::xml;

    #[test]
    fn numbers_are_written_in_the_form_of_their_list() {
        let root = xml::parse(
            "<numbering><abstractNum abstractNumId='0'>\
             <lvl ilvl='0'><start val='1'/><numFmt val='chineseCounting'/><lvlText val='%1、'/></lvl>\
             <lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><lvlText val='%2.'/></lvl>\
             <lvl ilvl='2'><numFmt val='strange'/><lvlText val='%2-%3'/></lvl></abstractNum>\
             <num numId='5'><abstractNumId val='0'/></num>\
             <num numId='6'><abstractNumId val='0'/><lvlOverride ilvl='0'><startOverride val='11'/></lvlOverride></num>\
             </numbering>",
        );
        let mut numbering = Numbering::new(root.as_ref());
        let printed: Vec<String> = [("5", 0), ("5", 1), ("5", 1), ("5", 0), ("5", 1), ("6", 0), ("7", 0)]
            .iter()
            .map(|(list, level)| numbering.next(list, *level))
            .collect();
        assert_eq!(printed, ["一、", "1.", "2.", "二、", "1.", "十一、", ""]);
        assert!(!numbering.has_unknown);
        assert_eq!(numbering.next("5", 2), "1-1");
        assert!(numbering.has_unknown);
    }

    #[test]
    fn forms_of_numbers() {
        let forms = [
            ("chineseCounting", 20),
            ("upperRoman", 1994),
            ("lowerLetter", 28),
            ("decimalEnclosedCircle", 3),
        ];
        let found: Vec<String> = forms.iter().map(|(form, number)| written(form, *number).0).collect();
        assert_eq!(found, ["二十", "MCMXCIV", "bb", "③"]);
    }
}
