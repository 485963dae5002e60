//! Kleene's strong logic of three values: what is not known stays not known unless the rest decides.

use std::ops::Not;

/// Whether a statement about a declaration holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It does not hold.
    False,
    /// The answers given do not decide it.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Both hold.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// At least one holds.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False as F, True as T, Unknown as U};

    #[test]
    fn the_tables_of_kleene() {
        let rows: [(Truth, Truth, Truth, Truth); 9] = [
            (T, T, T, T),
            (T, U, U, T),
            (T, F, F, T),
            (U, T, U, T),
            (U, U, U, U),
            (U, F, F, U),
            (F, T, F, T),
            (F, U, F, U),
            (F, F, F, F),
        ];
        for (left, right, and, or) in rows {
            assert_eq!(left.and(right), and, "{left:?} and {right:?}");
            assert_eq!(left.or(right), or, "{left:?} or {right:?}");
        }
        assert_eq!([!T, !U, !F], [F, U, T]);
    }
}
