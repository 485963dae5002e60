//! A font with Chinese characters for the pictures that pages are shared with: the one that is named, or one of the system.

use std::path::Path;

use content::Language;
use render::Font;

use crate::failure::Failure;
use crate::{read, report};

/// Where systems keep such fonts; the first that is there is taken.
const USUAL_PLACES: [&str; 20] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf",
    "/usr/share/fonts/adobe-source-han-sans/SourceHanSansCN-Regular.otf",
    "/usr/share/fonts/adobe-source-han-sans-cn/SourceHanSansCN-Regular.otf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "C:\\Windows\\Fonts\\msyh.ttc",
    "C:\\Windows\\Fonts\\msyh.ttf",
    "C:\\Windows\\Fonts\\Deng.ttf",
    "C:\\Windows\\Fonts\\simhei.ttf",
    "C:\\Windows\\Fonts\\simsun.ttc",
];

/// The font in this file, or the first of the usual ones; where there is none that is said, and pictures have no text.
pub(crate) fn find(file: Option<&Path>, language: Language) -> Result<Option<Font>, Failure> {
    if let Some(path) = file {
        let font = Font::new(read::read(path)?).ok_or_else(|| Failure::Font { path: path.to_owned() })?;
        return Ok(Some(font));
    }
    let found = USUAL_PLACES
        .iter()
        .map(Path::new)
        .filter(|path| path.is_file())
        .find_map(|path| read::read(path).ok().and_then(Font::new));
    if found.is_none() {
        report::progress(match language {
            Language::Chinese => "提醒：没有找到中文字体，分享图上没有文字；可用 --font 指定字体文件",
            Language::English => {
                "warning: no font with Chinese characters found: the pictures for sharing have no text; `--font` names one"
            }
        });
    }
    Ok(found)
}
