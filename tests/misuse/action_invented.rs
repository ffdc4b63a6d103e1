//! What staff may do is a closed list.

use identity::actions::Action;
use store::people::StaffRole;

struct Everything;

impl Action for Everything {
    const NAME: &'static str = "everything";
    const ROLES: &'static [StaffRole] = &[StaffRole::Agent];
}

fn main() {}
