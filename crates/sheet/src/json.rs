//! JSON, written piece by piece.

/// A JSON text that grows.
#[derive(Default)]
pub struct Json(String);

impl Json {
    /// The text.
    pub fn finish(self) -> String {
        self.0
    }

    /// A list of what `write` writes for each item.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.0.push('[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            write(self, item);
        }
        self.0.push(']');
    }

    /// An object of what `write` writes with [`Self::key`] and a value each.
    pub fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.0.push('{');
        write(self);
        self.0.push('}');
    }

    /// The key of the next value.
    pub fn key(&mut self, key: &str) -> &mut Self {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.text(key);
        self.0.push(':');
        self
    }

    /// A number.
    pub fn number(&mut self, number: impl Into<u64>) {
        self.0.push_str(&number.into().to_string());
    }

    /// An index, or null.
    pub fn index(&mut self, index: Option<usize>) {
        match index {
            Some(index) => self.0.push_str(&index.to_string()),
            None => self.0.push_str("null"),
        }
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.0.push('"');
        for one in text.chars() {
            match one {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                control if control < ' ' => self.0.push_str(&format!("\\u{:04x}", control as u32)),
                _ => self.0.push(one),
            }
        }
        self.0.push('"');
    }

    /// A list of texts.
    pub fn texts<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) {
        self.list(texts, |json, text| json.text(text.as_ref()));
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn json_is_written() {
        let mut json = Json::default();
        json.object(|json| {
            json.key("a\"").text("甲\\\u{1}\n");
            json.key("b").list([1_u32, 2], |json, one| json.number(one));
            json.key("c").object(|json| json.key("d").index(None));
            json.key("e").texts::<&str>([]);
        });
        assert_eq!(json.finish(), r#"{"a\"":"甲\\\u0001\n","b":[1,2],"c":{"d":null},"e":[]}"#);
    }
}
