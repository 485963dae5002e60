//! What is shown of the results: entries as text, in blocks of neighbours.

use crate::codec::{BlockKind, Decoder, ReadError, unframe};

/// What is shown of an entry; the rest is in the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) heading: String,
    pub(crate) text: String,
    pub(crate) source: String,
    pub(crate) group: String,
}

/// A checked block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextBlock {
    entries: Vec<Shown>,
}

impl TextBlock {
    /// Takes the block that begins with this entry.
    pub(crate) fn open(first: u32, bytes: &[u8]) -> Result<Self, ReadError> {
        let mut decoder = Decoder::new(unframe(BlockKind::Texts, first, bytes)?);
        let mut entries: Vec<Shown> = Vec::new();
        while !decoder.is_empty() {
            let before = entries.last();
            let mut field = |same: Option<&str>| -> Result<String, ReadError> {
                let shared = decoder.number()? as usize;
                let rest = decoder.text()?;
                let kept = same
                    .unwrap_or_default()
                    .get(..shared)
                    .ok_or(ReadError::Malformed("shared part of a text"))?;
                Ok([kept, rest].concat())
            };
            entries.push(Shown {
                url: field(before.map(|shown| shown.url.as_str()))?,
                title: field(before.map(|shown| shown.title.as_str()))?,
                heading: field(before.map(|shown| shown.heading.as_str()))?,
                text: field(None)?,
                source: field(before.map(|shown| shown.source.as_str()))?,
                group: field(before.map(|shown| shown.group.as_str()))?,
            });
        }
        Ok(Self { entries })
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Shown> {
        self.entries.get(index)
    }
}

#[cfg(any(feature = "build", test))]
pub(crate) use encode::BlockEncoder;

#[cfg(any(feature = "build", test))]
mod encode {
    use crate::codec::{BlockKind, Encoder};
    use crate::entry::Entry;

    /// Collects the entries of one block.
    #[derive(Debug, Default)]
    pub(crate) struct BlockEncoder<'a> {
        encoder: Encoder,
        before: Option<&'a Entry<'a>>,
    }

    impl<'a> BlockEncoder<'a> {
        /// Takes what is shown of an entry.
        pub(crate) fn push(&mut self, entry: &'a Entry<'a>) {
            let shared = |field: fn(&'a Entry<'a>) -> &'a str| self.before.map_or("", field);
            self.encoder.next_word(shared(|before| &before.url), &entry.url);
            self.encoder.next_word(shared(|before| &before.title), &entry.title);
            self.encoder.next_word(shared(|before| &before.heading), &entry.heading);
            self.encoder.next_word("", &entry.text);
            self.encoder.next_word(shared(|before| &before.source), &entry.source);
            self.encoder.next_word(shared(|before| &before.group), &entry.group);
            self.before = Some(entry);
        }

        /// The block, of which this is the first entry.
        pub(crate) fn finish(self, first: u32) -> Vec<u8> {
            self.encoder.frame(BlockKind::Texts, first)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Entry;

    fn shown(entry: &Entry<'_>) -> Shown {
        Shown {
            url: entry.url.to_string(),
            title: entry.title.to_string(),
            heading: entry.heading.to_string(),
            text: entry.text.to_string(),
            source: entry.source.to_string(),
            group: entry.group.to_string(),
        }
    }

    #[test]
    fn entries_come_back() {
        let first = Entry {
            url: "policies/sx/#s1".into(),
            title: "通知".into(),
            heading: "一、申报范围".into(),
            text: "四批共 447 个".into(),
            source: "a.txt".into(),
            group: "sx".into(),
            ..Entry::default()
        };
        let second = Entry { url: "policies/sx/#s2".into(), text: "各类院校".into(), ..first.clone() };
        let mut block = BlockEncoder::default();
        block.push(&first);
        block.push(&second);
        let block = block.finish(3);
        assert!(block.len() < 200);
        let block = TextBlock::open(3, &block).unwrap();
        assert_eq!(block.get(0), Some(&shown(&first)));
        assert_eq!(block.get(1), Some(&shown(&second)));
        assert_eq!(block.get(2), None);
    }
}
