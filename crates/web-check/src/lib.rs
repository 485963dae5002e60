//! web-check
