//! A portal and templates to HTML and data files in memory.
//!
//! [`Templates`] are parsed from text, [`Assets`] are the files pages load, and [`render`] makes every page and every
//! data file of a [`content::Portal`] as [`Artifact`]s; [`render_each`] hands each over to a [`Destination`] as soon as it is made,
//! [`render_page`] makes one alone. Nothing is read or written here; the same input gives the
//! same bytes.
//!
//! A template gets, on every page: `portal` (the [`content::Portal`] without the texts and notes of policy documents), `page` (`path`, `title`, `description`,
//! `kind`, `section`, `breadcrumbs`, `canonical`, `share_image`), `listed` (search engines may show it), `structured_data`
//! (JSON-LD), `root` (what leads back to the portal's root: every link is relative), `assets` (logical name → address),
//! `offline` (browsers may keep it), `portable` (the day of the build in a copy that is read as files, else nothing), and
//! what its kind of page needs besides; `pages.rs`, `list_pages.rs` and `check_pages.rs` are the list.
//!
//! A [`Painter`] draws the pictures shown where a page is shared; they come back as assets.
//!
//! What stays out: HTML (it is in the templates), and the pictures' meaning (`view` measures, templates draw).

mod artifact;
mod assets;
mod authoring_pages;
mod bounds;
mod calendars;
mod check_pages;
mod data;
mod destination;
mod drawing;
mod feed;
mod flavour;
mod indexes;
mod list_pages;
mod made;
mod output_path;
mod page;
mod pages;
mod portable;
mod render_error;
mod rendering;
#[cfg(test)]
mod sample;
mod share_image;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod shipped_metadata;
mod site_map;
mod tags;
mod templates;
mod view;
mod worker;
mod xml;

pub use artifact::Artifact;
pub use assets::{Asset, Assets, STYLESHEET};
pub use destination::{Destination, Kept, Unmade};
pub use drawing::Prepared;
pub use flavour::Flavour;
pub use output_path::{InvalidOutputPath, OutputPath};
pub use render_error::RenderError;
pub use rendering::{RenderOptions, render, render_each, render_page};
pub use share_image::{Font, Painter, SHARE_IMAGE_TEMPLATE};
pub use templates::{TemplateError, Templates};
