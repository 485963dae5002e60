//! Whose view of the conditions someone takes: a school sees what it has to do, a city what it and its schools have.

use serde::Serialize;

use crate::condition::Actor;

/// Someone who uses the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A school that applies, also one that leads others.
    School,
    /// A city's department of education.
    City,
    /// A province's department of education, with its secretariat.
    Province,
    /// An organisation that trains and assesses for a certificate.
    Organisation,
}

/// A small set of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles(u8);

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::School, Self::City, Self::Province, Self::Organisation];

    /// The id used in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::City => "city",
            Self::Province => "province",
            Self::Organisation => "organisation",
        }
    }

    /// The role with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }

    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::School => "申报院校",
            Self::City => "市级教育行政部门",
            Self::Province => "省级教育行政部门",
            Self::Organisation => "培训评价组织",
        }
    }
}

impl Roles {
    /// Every actor.
    pub const ALL: Self = Self::set(&Actor::ALL);

    /// The actors whose conditions someone in this role looks after.
    pub const fn of(role: Role) -> Self {
        Self::set(match role {
            Role::School => &[Actor::School, Actor::LeadSchool],
            Role::City => &[Actor::City, Actor::School],
            Role::Province => {
                &[Actor::Province, Actor::Secretariat, Actor::City, Actor::School, Actor::LeadSchool]
            }
            Role::Organisation => &[Actor::Organisation],
        })
    }

    /// Whether an actor is one of them.
    pub const fn contains(self, actor: Actor) -> bool {
        self.0 & Self::bit(actor) != 0
    }

    const fn bit(actor: Actor) -> u8 {
        1 << actor as u8
    }

    const fn set(actors: &[Actor]) -> Self {
        let mut set = 0;
        let mut index = 0;
        while index < actors.len() {
            set |= Self::bit(actors[index]);
            index += 1;
        }
        Self(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_looks_after_its_actors() {
        let labels = |roles: Roles| -> Vec<&str> {
            Actor::ALL.into_iter().filter(|actor| roles.contains(*actor)).map(Actor::label).collect()
        };
        assert_eq!(labels(Roles::of(Role::School)), ["院校", "牵头院校"]);
        assert_eq!(labels(Roles::of(Role::City)), ["院校", "市级教育行政部门"]);
        assert_eq!(labels(Roles::of(Role::Province)).len(), 5);
        assert!(!Roles::of(Role::Province).contains(Actor::Organisation));
        assert_eq!(labels(Roles::of(Role::Organisation)), ["培训评价组织"]);
        assert_eq!(labels(Roles::ALL).len(), Actor::ALL.len());
        assert!(Role::ALL.iter().all(|role| Role::from_id(role.id()) == Some(*role)));
        assert_eq!(Role::from_id("secretariat"), None);
    }
}
