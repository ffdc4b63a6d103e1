//! What staff may do is a closed list.

use identity::actions::Action;

struct Everything;

impl Action for Everything {
    const WHAT: access::Action = access::Action::ManageRoles;
}

fn main() {}
