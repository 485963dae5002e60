//! Workbooks of Excel and WPS (.xlsx): reading by calamine behind a guard, writing by hand.
//!
//! A workbook is a ZIP archive of XML. The guard unpacks it once within bounds before calamine sees it, so that no small
//! file can fill the memory; the XML reader knows no external entity. The writer makes the few parts a plain table needs:
//! a library that knows charts and conditional formats would double the size of the browser module.

mod guard;
mod parts;
mod read;
mod references;
mod write;

pub use read::read_xlsx;
pub use write::write_xlsx;
