//! The pictures shown where a page is shared: a template drawn to PNG files, one for the portal and one for each guide.
//!
//! The one file that names the drawing engine. The font is an input, so that the same input gives the same bytes; nothing
//! is looked up on the machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use content::Portal;
use rayon::prelude::*;
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

/// Draws the pictures of a portal, again and again: what looks as it did the last time is not drawn anew.
#[derive(Debug, Default)]
pub struct Painter {
    font: Option<Font>,
    /// The pictures of the last time, by their SVG.
    drawn: BTreeMap<String, Vec<u8>>,
}

/// What stands on a picture.
struct Caption<'a> {
    /// Name of the asset.
    name: String,
    title: String,
    text: &'a str,
    site: &'a str,
}

impl Painter {
    /// One who writes in this font; without one, pictures have no texts.
    pub fn new(font: Option<Font>) -> Self {
        Self { font, drawn: BTreeMap::new() }
    }

    /// The pictures as (name of the asset, PNG); none when the project has no template for them.
    ///
    /// # Errors
    /// When the template fails or does not give an SVG.
    pub fn paint(
        &mut self,
        portal: &Portal,
        templates: &Templates,
    ) -> Result<Vec<(String, Vec<u8>)>, RenderError> {
        if !templates.has(SHARE_IMAGE_TEMPLATE) {
            return Ok(Vec::new());
        }
        let templates = templates.clone().with_global("portal", &Summary::from(portal));
        let options = Options {
            font_family: "sans-serif".to_owned(),
            fontdb: self.font.as_ref().map_or_else(Arc::default, |font| Arc::clone(&font.0)),
            ..Options::default()
        };
        let before = std::mem::take(&mut self.drawn);
        let painted = |caption: Caption<'_>| {
            let svg = svg(&caption, &templates)?;
            let image = before.get(&svg).map_or_else(|| png(&svg, &options), |known| Ok(known.clone()))?;
            Ok((caption.name, svg, image))
        };
        let all: Vec<Result<_, TemplateError>> = captions(portal).into_par_iter().map(painted).collect();
        let mut images = Vec::with_capacity(all.len());
        // Of several errors the first is told, whichever thread met it.
        for one in all {
            let (name, svg, image) =
                one.map_err(|error| RenderError::Template { page: SHARE_IMAGE_TEMPLATE.to_owned(), error })?;
            images.push((name, image.clone()));
            self.drawn.insert(svg, image);
        }
        Ok(images)
    }
}

/// What stands on the pictures of the portal and of its guides.
fn captions(portal: &Portal) -> Vec<Caption<'_>> {
    let settings = &portal.settings;
    let of_portal = Caption {
        name: PORTAL_IMAGE.to_owned(),
        title: settings.title.clone(),
        text: &settings.description,
        site: "",
    };
    let of_guides = portal.guides.iter().map(|guide| Caption {
        name: guide_image(&guide.id),
        title: format!("{}办事指南", guide.name),
        text: &guide.summary,
        site: &settings.short_title,
    });
    [of_portal].into_iter().chain(of_guides).collect()
}

fn svg(caption: &Caption<'_>, templates: &Templates) -> Result<String, TemplateError> {
    let variables = Variables::default()
        .with("title_lines", &lines_of(&caption.title, TITLE_EMS, TITLE_LINES))
        .with("text_lines", &lines_of(caption.text, TEXT_EMS, TEXT_LINES))
        .with("site", &caption.site);
    templates.render(SHARE_IMAGE_TEMPLATE, &variables)
}

/// Draws an SVG over the whole of the picture, whatever size it names.
fn png(svg: &str, options: &Options<'_>) -> Result<Vec<u8>, TemplateError> {
    let failed =
        |message| TemplateError { template: SHARE_IMAGE_TEMPLATE.to_owned(), line: 0, column: 0, message };
    let tree = Tree::from_str(svg, options).map_err(|error| failed(error.to_string()))?;
    let mut picture = Pixmap::new(SIZE.0, SIZE.1).ok_or_else(|| failed("a picture of no size".to_owned()))?;
    let across = picture.width() as f32 / tree.size().width();
    let down = picture.height() as f32 / tree.size().height();
    resvg::render(&tree, Transform::from_scale(across, down), &mut picture.as_mut());
    picture.encode_png().map_err(|error| failed(error.to_string()))
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
        let mut painter = Painter::default();
        let images = painter.paint(&sample::portal(), &shipped()).expect("they are drawn");
        let names: Vec<&str> = images.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["share.png", "share-sx.png"]);
        for (name, bytes) in &images {
            let picture = Pixmap::decode_png(bytes).expect("a PNG");
            assert_eq!((picture.width(), picture.height()), SIZE, "{name}");
            let ink = picture.pixels().iter().filter(|pixel| pixel.red() == 0xa8).count();
            assert!(ink > 1000, "{name} has the mark");
        }
        assert_eq!(Painter::default().paint(&sample::portal(), &shipped()).as_ref(), Ok(&images));
        assert_eq!(painter.paint(&sample::portal(), &shipped()), Ok(images), "the same as they are known");
    }

    #[test]
    fn a_picture_is_drawn_anew_when_it_says_something_else() {
        let mut painter = Painter::default();
        let mut portal = sample::portal();
        let templates = |size: u32| {
            let text = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
                {{% for line in title_lines %}}<rect width='{size}' height='9'/>{{% endfor %}}</svg>"
            );
            Templates::new([(SHARE_IMAGE_TEMPLATE, text)]).expect("it parses")
        };
        let mut paint = |portal: &Portal, size| {
            let again = painter.paint(portal, &templates(size)).expect("they are drawn");
            assert_eq!(Ok(&again), Painter::default().paint(portal, &templates(size)).as_ref());
            again
        };
        let before = paint(&portal, 3);
        assert_ne!(before[0].1, paint(&portal, 4)[0].1, "by another template");
        assert_eq!(before, paint(&portal, 3));
        portal.settings.title = String::new();
        let after = paint(&portal, 3);
        assert!(before[0].1 != after[0].1 && before[1] == after[1], "with another title");
    }

    #[test]
    fn a_project_without_the_template_has_no_pictures() {
        let templates = Templates::new([("home.html", "")]).expect("it parses");
        assert_eq!(Painter::default().paint(&sample::portal(), &templates), Ok(Vec::new()));
    }

    #[test]
    fn a_template_that_is_no_drawing_is_told() {
        let templates = Templates::new([(SHARE_IMAGE_TEMPLATE, "{{ site }}")]).expect("it parses");
        let error = Painter::default().paint(&sample::portal(), &templates).expect_err("there is no drawing");
        assert!(error.to_string().starts_with("share-image.svg: "), "{error}");
    }

    #[test]
    fn what_is_no_font_is_none() {
        assert!(Font::new(b"no font".to_vec()).is_none());
    }
}
