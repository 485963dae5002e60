//! What only a portable copy has: files as scripts, and a text that says what the folder is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use content::Portal;
use rules::Date;

use crate::artifact::Artifact;
use crate::assets::Asset;
use crate::output_path::{InvalidOutputPath, OutputPath};

/// Name of the text beside the pages.
const NOTES: &str = "使用说明.txt";

/// Whether scripts fetch this file by `zhinan.bytes`: a browser gives them none from a folder.
pub(crate) fn is_packed(path: &OutputPath) -> bool {
    path.as_str().ends_with(".bin") || path.as_str().ends_with(".wasm")
}

/// The same file as a script that hands its bytes to `portable.js`, under its own name with `.js` behind it. Parts of the
/// search index are packed already, and from a folder the size of the others matters little, so that nothing is packed here.
pub(crate) fn packed(asset: &Asset) -> Vec<u8> {
    let path = asset.path.as_str();
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    format!("zhinanPacked({}, \"{}\");\n", serde_json::json!(name), STANDARD.encode(&asset.bytes))
        .into_bytes()
}

/// Where the script is that [`packed`] makes of the file at this path.
///
/// # Errors
/// When it cannot be an output path.
pub(crate) fn packed_path(path: &OutputPath) -> Result<OutputPath, InvalidOutputPath> {
    format!("{path}.js").parse()
}

/// What the folder is, for whoever finds it; with a byte order mark and the line ends of Windows, for its oldest editor.
///
/// # Errors
/// When the name cannot be an output path.
pub(crate) fn notes(portal: &Portal, today: Date) -> Result<Artifact, InvalidOutputPath> {
    let settings = &portal.settings;
    let mut lines = vec![
        format!("{}（便携版）", settings.title),
        String::new(),
        format!("生成日期：{}", today.chinese()),
        format!("文本最近一次与来源核对：{}", settings.checked.chinese()),
        String::new(),
        "打开方法：双击 index.html。不用安装，不用联网；搜索、条件自查、批量自查都可以使用。".to_owned(),
        "请用 Chrome、Edge，或 360、QQ 浏览器的极速模式打开。".to_owned(),
        "复制时请复制整个文件夹；压缩包请先解压，再打开。".to_owned(),
        "这份副本不会自动更新。".to_owned(),
    ];
    if !settings.base_url.is_empty() {
        lines.push(format!("最新内容：{}", settings.base_url));
    }
    lines.extend([String::new(), settings.disclaimer.clone()]);
    let text = format!("\u{feff}{}\r\n", lines.join("\r\n"));
    Ok(Artifact { path: NOTES.parse()?, bytes: text.into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_file_becomes_a_script_with_its_bytes() {
        // The second example of RFC 4648, section 10.
        let asset =
            Asset { path: "assets/check.0123456789.bin".parse().expect("a path"), bytes: b"fo".to_vec() };
        assert!(is_packed(&asset.path) && !is_packed(&"assets/a.js".parse().expect("a path")));
        let path = packed_path(&asset.path).expect("a path");
        assert_eq!(path.as_str(), "assets/check.0123456789.bin.js");
        assert_eq!(packed(&asset), b"zhinanPacked(\"check.0123456789.bin\", \"Zm8=\");\n");
    }

    #[test]
    fn the_notes_say_of_which_day_the_copy_is() {
        let artifact = notes(&sample::portal(), Date::from_days(20_000)).expect("a path");
        let text = String::from_utf8(artifact.bytes).expect("text");
        assert!(text.starts_with('\u{feff}') && text.contains("生成日期：2024年10月4日\r\n"), "{text}");
        assert!(text.contains("最新内容：https://example.cn/guide/\r\n"), "{text}");
        assert!(!text.replace("\r\n", "").contains('\n'), "{text}");
    }
}
