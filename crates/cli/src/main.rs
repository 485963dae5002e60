//! zhinan
fn main() {}
