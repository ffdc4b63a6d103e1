//! Compares the rooms and arrows of ARCHITECTURE.md with what the manifests say.
//!
//! A room may use only what the arrows list, and what that reaches. Development dependencies are
//! exempt. Rooms that are planned take part in what is reachable, and must not exist yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::{Architecture, FLOORS, Room, Who},
    metadata::{Dependency, Metadata, Package},
};

/// Everything that is not as the page says. Empty when the page is true.
#[must_use]
pub fn findings(page: &Architecture, metadata: &Metadata) -> Vec<String> {
    let house = House::new(page, metadata);
    let mut found = house.rooms_that_differ();
    found.extend(arrows_that_lie(page));
    for (room, package) in house.built() {
        found.extend(house.uses_that_differ(room, package));
        found.extend(house.crates_not_admitted(room, package));
    }
    found.extend(house.stale_admissions());
    found
}

/// The page beside the packages that lie under `crates/`.
struct House<'page> {
    page: &'page Architecture,
    /// By folder.
    packages: BTreeMap<String, &'page Package>,
    /// Room of each package, by the package's name.
    room_of: BTreeMap<&'page str, &'page str>,
}

impl<'page> House<'page> {
    fn new(page: &'page Architecture, metadata: &'page Metadata) -> Self {
        let packages: BTreeMap<_, _> = metadata
            .members()
            .map(|package| (metadata.folder(package), package))
            .filter(|(folder, _)| folder.starts_with("crates/"))
            .collect();
        let room_of = page
            .rooms
            .iter()
            .filter_map(|room| Some((packages.get(&room.path)?.name.as_str(), room.name.as_str())))
            .collect();
        Self {
            page,
            packages,
            room_of,
        }
    }

    /// Rooms of the page that are built, with their packages.
    fn built(&self) -> impl Iterator<Item = (&'page Room, &'page Package)> {
        let rooms = self.page.rooms.iter();
        rooms.filter_map(|room| Some((room, *self.packages.get(&room.path)?)))
    }

    fn rooms_that_differ(&self) -> Vec<String> {
        let mut found = Vec::new();
        for room in &self.page.rooms {
            if !self.packages.contains_key(&room.path) {
                found.push(format!(
                    "the page has a room `{}`, but there is no package in `{}`",
                    room.name, room.path
                ));
            }
            let place = expected_path(&room.name, &room.floor);
            if room.path != place {
                found.push(format!(
                    "room `{}` of floor `{}` lies in `{}`: expected `{place}`",
                    room.name, room.floor, room.path
                ));
            }
            if self.page.planned.contains_key(&room.name) {
                found.push(format!(
                    "room `{}` is both built and planned: remove it from the planned rooms",
                    room.name
                ));
            }
            if self
                .page
                .rooms
                .iter()
                .filter(|other| other.name == room.name)
                .count()
                > 1
            {
                found.push(format!("room `{}` is in the table twice", room.name));
            }
        }
        for folder in self.packages.keys() {
            if !self.page.rooms.iter().any(|room| room.path == *folder) {
                found.push(format!(
                    "`{folder}` is a package but not a room of the page: add its row"
                ));
            }
        }
        found
    }

    fn uses_that_differ(&self, room: &Room, package: &Package) -> Vec<String> {
        let mut found = Vec::new();
        let uses: BTreeSet<String> = normal(package)
            .filter(|dependency| dependency.path.is_some())
            .map(|dependency| self.room_name(&dependency.name))
            .collect();
        for extra in uses.difference(&room.uses) {
            found.push(format!(
                "`{}` uses `{extra}`, but its row does not say so",
                room.name
            ));
        }
        for stale in room.uses.difference(&uses) {
            found.push(format!(
                "the row of `{}` says that it uses `{stale}`, but it does not",
                room.name
            ));
        }
        let reach = self.page.reach(&room.name);
        for target in &uses {
            if !reach.contains(target.as_str()) {
                found.push(format!(
                    "`{} → {target}` is not allowed by the arrows",
                    room.name
                ));
            }
            if room.floor == "doors" && self.page.floor(target) == Some("doors") {
                found.push(format!(
                    "door `{}` uses door `{target}`: doors never use each other",
                    room.name
                ));
            }
        }
        for dependency in normal(package).filter(|dependency| dependency.path.is_some()) {
            for feature in &dependency.features {
                found.push(format!("`{}` switches on the feature `{feature}` of `{}`: only development dependencies may", room.name, dependency.name));
            }
        }
        found
    }

    fn room_name(&self, package: &str) -> String {
        self.room_of
            .get(package)
            .map_or_else(|| package.to_owned(), |room| (*room).to_owned())
    }

    fn crates_not_admitted(&self, room: &Room, package: &Package) -> Vec<String> {
        let external = normal(package).filter(|dependency| dependency.path.is_none());
        external
            .filter_map(|dependency| {
                let admitted =
                    self.page.admitted.iter().find(|admitted| admitted.external == dependency.name);
                let name = &dependency.name;
                match admitted.map(|admitted| &admitted.rooms) {
                    None => Some(format!("`{}` uses the crate `{name}`, which is not admitted: add its row and the reason", room.name)),
                    Some(Who::AnyRoom) => None,
                    Some(Who::NoRoom) => Some(format!("`{}` uses the crate `{name}`, which no room may use", room.name)),
                    Some(Who::Rooms(rooms)) if rooms.contains(&room.name) => None,
                    Some(Who::Rooms(rooms)) => Some(format!("`{}` uses the crate `{name}`, which is for {} only", room.name, rooms.join(", "))),
                }
            })
            .collect()
    }

    fn stale_admissions(&self) -> Vec<String> {
        let mut found = Vec::new();
        for admitted in &self.page.admitted {
            let users: BTreeSet<&str> = self
                .built()
                .filter(|(_, package)| normal(package).any(|used| used.name == admitted.external))
                .map(|(room, _)| room.name.as_str())
                .collect();
            match &admitted.rooms {
                Who::NoRoom => {}
                Who::AnyRoom if users.is_empty() => {
                    found.push(format!(
                        "the crate `{}` is admitted, but no room uses it",
                        admitted.external
                    ));
                }
                Who::AnyRoom => {}
                Who::Rooms(rooms) => {
                    for stale in rooms.iter().filter(|room| !users.contains(room.as_str())) {
                        found.push(format!(
                            "the crate `{}` is admitted to `{stale}`, which does not use it",
                            admitted.external
                        ));
                    }
                }
            }
        }
        found
    }
}

/// Arrows that name no room, point upwards, or join two doors.
fn arrows_that_lie(page: &Architecture) -> Vec<String> {
    let mut found = Vec::new();
    for from in page.arrows.keys() {
        let Some(floor) = page.floor(from) else {
            found.push(format!(
                "the arrows start at `{from}`, which is no room and not planned"
            ));
            continue;
        };
        for to in page.targets(from) {
            let Some(target_floor) = page.floor(to) else {
                found.push(format!(
                    "`{from} → {to}` points to no room, built or planned"
                ));
                continue;
            };
            if height(target_floor) > height(floor) {
                found.push(format!(
                    "`{from} → {to}` points up, from `{floor}` to `{target_floor}`"
                ));
            }
            if floor == "doors" && target_floor == "doors" {
                found.push(format!(
                    "`{from} → {to}` joins two doors: doors never use each other"
                ));
            }
        }
    }
    let floors = page
        .rooms
        .iter()
        .map(|room| &room.floor)
        .chain(page.planned.values());
    for floor in floors.filter(|floor| height(floor).is_none()) {
        found.push(format!(
            "`{floor}` is not a floor: expected one of {}",
            FLOORS.join(", ")
        ));
    }
    found
}

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|candidate| *candidate == floor)
}

fn expected_path(room: &str, floor: &str) -> String {
    if floor == "app" {
        format!("crates/{room}")
    } else {
        format!("crates/{floor}/{room}")
    }
}

/// Dependencies of the product; those for tests and build scripts are exempt.
fn normal(package: &Package) -> impl Iterator<Item = &Dependency> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind.is_none())
}
