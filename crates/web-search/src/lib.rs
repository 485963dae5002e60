//! web-search
