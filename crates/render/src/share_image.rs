//! The pictures shown where a page is shared: a template drawn to PNG files, one for the portal and one for each guide.
//!
//! The one file that names the drawing engine. The font is an input, so that the same input gives the same bytes; nothing
//! is looked up on the machine.

use std::sync::Arc;

use content::Portal;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::render_error::RenderError;
use crate::templates::{TemplateError, Templates, Variables};
use crate::view::{Summary, lines_of};

/// The template of the pictures; a project without it has none.
pub const SHARE_IMAGE_TEMPLATE: &str = "share-image.svg";

/// The asset that is shown for every page without a picture of its own.
pub(crate) const PORTAL_IMAGE: &str = "share.png";

const SIZE: (u32, u32) = (1200, 630);
const TITLE_EMS: f32 = 14.0;
const TITLE_LINES: usize = 2;
const TEXT_EMS: f32 = 29.0;
const TEXT_LINES: usize = 3;

/// Name of the asset with the picture of this guide.
pub(crate) fn guide_image(id: &str) -> String {
    format!("share-{id}.png")
}

/// A font, parsed.
#[derive(Debug, Clone)]
pub struct Font(Arc<fontdb::Database>);

impl Font {
    /// Takes the bytes of a TrueType or OpenType file or collection; none when there is no face in them. Of several
    /// faces the one for simplified Chinese is taken.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(bytes);
        let names: Vec<&str> =
            fonts.faces().filter_map(|face| face.families.first().map(|(name, _)| name.as_str())).collect();
        let simplified = names.iter().find(|name| name.ends_with(" SC") || name.ends_with(" CN"));
        let family = (*simplified.or_else(|| names.first())?).to_owned();
        fonts.set_sans_serif_family(family);
        Some(Self(Arc::new(fonts)))
    }
}

/// The pictures as (name of the asset, PNG); none when the project has no template for them. Without a font they are
/// drawn without texts.
///
/// # Errors
/// When the template fails or does not give an SVG.
pub fn share_images(
    portal: &Portal,
    templates: &Templates,
    font: Option<&Font>,
) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
    if !templates.has(SHARE_IMAGE_TEMPLATE) {
        return Ok(Vec::new());
    }
    let templates = templates.clone().with_global("portal", &Summary::from(portal));
    let options = Options {
        font_family: "sans-serif".to_owned(),
        fontdb: font.map_or_else(Arc::default, |font| Arc::clone(&font.0)),
        ..Options::default()
    };
    let settings = &portal.settings;
    let draw = |title: &str, text: &str, site: &str| -> Result<Vec<u8>, RenderError> {
        let variables = Variables::default()
            .with("title_lines", &lines_of(title, TITLE_EMS, TITLE_LINES))
            .with("text_lines", &lines_of(text, TEXT_EMS, TEXT_LINES))
            .with("site", &site);
        let svg = templates.render(SHARE_IMAGE_TEMPLATE, &variables).map_err(failure)?;
        png(&svg, &options).map_err(|message| {
            failure(TemplateError { template: SHARE_IMAGE_TEMPLATE.to_owned(), line: 0, column: 0, message })
        })
    };
    let mut images = vec![(PORTAL_IMAGE.to_owned(), draw(&settings.title, &settings.description, "")?)];
    for guide in &portal.guides {
        let title = format!("{}办事指南", guide.name);
        images.push((guide_image(&guide.id), draw(&title, &guide.summary, &settings.short_title)?));
    }
    Ok(images)
}

fn failure(error: TemplateError) -> RenderError {
    RenderError::Template { page: SHARE_IMAGE_TEMPLATE.to_owned(), error }
}

/// Draws an SVG over the whole of the picture, whatever size it names.
fn png(svg: &str, options: &Options<'_>) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, options).map_err(|error| error.to_string())?;
    let mut picture = Pixmap::new(SIZE.0, SIZE.1).ok_or("a picture of no size")?;
    let across = picture.width() as f32 / tree.size().width();
    let down = picture.height() as f32 / tree.size().height();
    resvg::render(&tree, Transform::from_scale(across, down), &mut picture.as_mut());
    picture.encode_png().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn shipped() -> Templates {
        let text = include_str!("../../../templates/share-image.svg");
        Templates::new([(SHARE_IMAGE_TEMPLATE, text)]).expect("it parses")
    }

    #[test]
    fn the_portal_and_each_guide_have_a_picture_of_the_right_size() {
        let images = share_images(&sample::portal(), &shipped(), None).expect("they are drawn");
        let names: Vec<&str> = images.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["share.png", "share-sx.png"]);
        for (name, bytes) in &images {
            let picture = Pixmap::decode_png(bytes).expect("a PNG");
            assert_eq!((picture.width(), picture.height()), SIZE, "{name}");
            let ink = picture.pixels().iter().filter(|pixel| pixel.red() == 0xa8).count();
            assert!(ink > 1000, "{name} has the mark");
        }
        assert_eq!(images, share_images(&sample::portal(), &shipped(), None).expect("they are drawn"));
    }

    #[test]
    fn a_project_without_the_template_has_no_pictures() {
        let templates = Templates::new([("home.html", "")]).expect("it parses");
        assert_eq!(share_images(&sample::portal(), &templates, None), Ok(Vec::new()));
    }

    #[test]
    fn a_template_that_is_no_drawing_is_told() {
        let templates = Templates::new([(SHARE_IMAGE_TEMPLATE, "{{ site }}")]).expect("it parses");
        let error = share_images(&sample::portal(), &templates, None).expect_err("there is no drawing");
        assert!(error.to_string().starts_with("share-image.svg: "), "{error}");
    }

    #[test]
    fn what_is_no_font_is_none() {
        assert!(Font::new(b"no font".to_vec()).is_none());
    }
}
