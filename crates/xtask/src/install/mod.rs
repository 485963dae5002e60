//! Fetching what a fresh machine lacks, or saying plainly what to install by hand.

pub(crate) mod browser;
pub(crate) mod debian;
pub(crate) mod npm;
pub(crate) mod old_browsers;
pub(crate) mod servers;
