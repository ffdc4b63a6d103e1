//! ARCHITECTURE.md as a machine reads it: rooms, planned rooms, allowed arrows, admitted crates and
//! gates.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{PageError, block, names, rows};

#[derive(Debug, Clone)]
pub struct Architecture {
    pub rooms: Vec<Room>,
    /// Rooms that come later, with their floors; they take part in what is reachable.
    pub planned: BTreeMap<String, String>,
    /// What a room may use; `floor/*` stands for every room of a floor.
    pub arrows: BTreeMap<String, Vec<String>>,
    pub admitted: Vec<Admitted>,
    pub gates: Vec<Gate>,
}

#[derive(Debug, Clone)]
pub struct Room {
    pub name: String,
    pub floor: String,
    /// Relative to the workspace.
    pub path: String,
    /// Its direct dependencies inside the house, exactly.
    pub uses: BTreeSet<String>,
}

/// An external crate and the rooms that may name it.
#[derive(Debug, Clone)]
pub struct Admitted {
    pub external: String,
    pub rooms: Who,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    AnyRoom,
    NoRoom,
    Rooms(Vec<String>),
}

/// A file in which proofs are minted.
#[derive(Debug, Clone)]
pub struct Gate {
    pub path: String,
    pub mints: Vec<String>,
}

/// From the ground up. An arrow never points to a floor above its own.
pub const FLOORS: [&str; 6] = ["ground", "trust", "work", "care", "doors", "app"];

impl Architecture {
    pub fn parse(page: &str) -> Result<Self, PageError> {
        let rooms = rows::<5>(page, "rooms")?
            .into_iter()
            .map(|[name, floor, path, _, uses]| Room {
                name,
                floor,
                path,
                uses: names(&uses).into_iter().collect(),
            });
        let planned = rows::<3>(page, "planned")?
            .into_iter()
            .map(|[name, floor, _]| (name, floor));
        let admitted = rows::<3>(page, "admitted")?
            .into_iter()
            .map(|[external, who, _]| Admitted {
                external,
                rooms: match who.as_str() {
                    "any room" => Who::AnyRoom,
                    "no room" => Who::NoRoom,
                    listed => Who::Rooms(names(listed)),
                },
            });
        let gates = rows::<5>(page, "gates")?
            .into_iter()
            .map(|[path, _, mints, _, _]| Gate {
                path,
                mints: names(&mints),
            });
        Ok(Self {
            rooms: rooms.collect(),
            planned: planned.collect(),
            arrows: block(page, "arrows")?
                .into_iter()
                .map(arrow)
                .collect::<Result<_, _>>()?,
            admitted: admitted.collect(),
            gates: gates.collect(),
        })
    }

    /// The floor of a room, existing or planned.
    #[must_use]
    pub fn floor(&self, room: &str) -> Option<&str> {
        let existing = self.rooms.iter().find(|candidate| candidate.name == room);
        existing
            .map(|found| found.floor.as_str())
            .or_else(|| self.planned.get(room).map(String::as_str))
    }

    /// What a room may use directly according to the arrows, `floor/*` written out.
    #[must_use]
    pub fn targets(&self, room: &str) -> Vec<&str> {
        let listed = self.arrows.get(room).map(Vec::as_slice).unwrap_or_default();
        listed
            .iter()
            .flat_map(|target| self.written_out(target))
            .collect()
    }

    fn written_out<'page>(&'page self, target: &'page str) -> Vec<&'page str> {
        let Some(floor) = target.strip_suffix("/*") else {
            return vec![target];
        };
        let existing = self
            .rooms
            .iter()
            .map(|room| (room.name.as_str(), room.floor.as_str()));
        let planned = self
            .planned
            .iter()
            .map(|(name, floor)| (name.as_str(), floor.as_str()));
        let all = existing.chain(planned).filter(|(_, of)| *of == floor);
        all.map(|(name, _)| name).collect()
    }

    /// Everything a room reaches over the allowed arrows.
    #[must_use]
    pub fn reach(&self, room: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = self.targets(room);
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.targets(next));
            }
        }
        reached
    }
}

fn arrow(line: &str) -> Result<(String, Vec<String>), PageError> {
    let refuse = || PageError::Arrow(line.to_owned());
    let (from, to) = line.split_once('→').ok_or_else(refuse)?;
    let to = names(to);
    if from.trim().is_empty() || to.is_empty() || to.iter().any(|name| name.contains(' ')) {
        return Err(refuse());
    }
    Ok((from.trim().to_owned(), to))
}
