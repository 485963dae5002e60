//! The blanks in the words of limits, encodings and names.

/// What a file has too many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Values of YAML.
    Values,
    /// Parts of Markdown.
    Parts,
}

pub(super) fn counted_words(counted: Counted) -> (&'static str, &'static str) {
    match counted {
        Counted::Values => ("值（* 重复引用的也算）", "values (those that a * repeats counted again)"),
        Counted::Parts => ("段落、列表项、表格单元等", "paragraphs, list items, cells and the like"),
    }
}

/// What the bytes of a file that is not UTF-8 look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a character, least significant first: "Unicode" of old editors.
    Utf16LittleEndian,
    /// Two bytes a character, most significant first.
    Utf16BigEndian,
    /// GBK, what old editors call ANSI in China.
    Gbk,
    /// GB 18030 with characters that GBK lacks.
    Gb18030,
    /// UTF-8 of which bytes are missing or wrong.
    DamagedUtf8,
    /// Nothing known.
    Unknown,
}

pub(super) fn encoding_words(encoding: Encoding) -> (&'static str, &'static str) {
    match encoding {
        Encoding::Utf16LittleEndian => {
            ("，看起来是 UTF-16 LE（旧版记事本的“Unicode”）", " but seems to be UTF-16 LE")
        }
        Encoding::Utf16BigEndian => ("，看起来是 UTF-16 BE", " but seems to be UTF-16 BE"),
        Encoding::Gbk => ("，看起来是 GBK（旧版记事本的“ANSI”）", " but seems to be GBK"),
        Encoding::Gb18030 => ("，看起来是 GB18030", " but seems to be GB18030"),
        Encoding::DamagedUtf8 => ("，看起来是损坏的 UTF-8", " but seems to be damaged UTF-8"),
        Encoding::Unknown => ("", ""),
    }
}

/// Why a name cannot be that of a file everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Windows takes it for a device: `con`, `nul.md`.
    Device,
    /// It ends with a dot or a space, which Windows drops.
    End,
    /// It has a control character or one of `< > : " | ? * \`.
    Character,
    /// Its bytes are no UTF-8, as after unpacking an archive made on a system of another encoding.
    NotUtf8,
}

pub(super) fn fault_words(fault: NameFault) -> (&'static str, &'static str) {
    match fault {
        NameFault::Device => ("Windows 把它当作设备", "Windows takes it for a device"),
        NameFault::End => {
            ("末尾有点或空格，Windows 会丢掉", "it ends with a dot or a space, which Windows drops")
        }
        NameFault::Character => {
            ("里面有 Windows 不允许的字符", "it has a character that Windows does not allow")
        }
        NameFault::NotUtf8 => ("它不是 UTF-8 编码（常见于解压 GBK 的压缩包）", "it is not UTF-8"),
    }
}
