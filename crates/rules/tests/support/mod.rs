//! What the property tests share: random rule sets, declarations, and how they are run.

pub(crate) mod declarations;
pub(crate) mod partial;
pub(crate) mod rulesets;

use proptest::test_runner::{Config, RngSeed};

/// The same cases in every run, so that a test that passes today passes tomorrow; `PROPTEST_CASES` asks for more.
pub(crate) fn config() -> Config {
    Config { rng_seed: RngSeed::Fixed(20_240_904), failure_persistence: None, ..Config::default() }
}
