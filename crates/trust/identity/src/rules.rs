//! The rules that permits are decided by: the built-in ones, and with them those of a shop's own roles.

use std::{collections::HashMap, sync::OnceLock};

use access::{Options, Permission, Role, Rules, RulesError, Who};
use store::{Snapshot, people::StaffRow, roles::RoleRow};
use terms::{RoleName, ShopId};

use crate::{Identity, IdentityError};

/// Of each shop with roles of its own, their rows and the rules that were made of them.
pub(crate) type OfShops = HashMap<ShopId, (Vec<RoleRow>, Rules)>;

/// Made once for the whole process: they are the same for every shop.
static BUILT_IN: OnceLock<Rules> = OnceLock::new();

pub(crate) fn built_in() -> Result<Rules, RulesError> {
    if let Some(rules) = BUILT_IN.get() {
        return Ok(rules.clone());
    }
    let rules = Rules::new(Options::default(), &[])?;
    Ok(BUILT_IN.get_or_init(|| rules).clone())
}

/// A role as its row says.
///
/// INVARIANT: what cannot be read any more is no right. A permission that this program does not know is left
/// out, and a role of which nothing is left does not exist, so that it may do nothing.
pub(crate) fn role(row: &RoleRow) -> Option<Role> {
    let permissions = row.permissions.iter();
    let permissions = permissions.filter_map(|text| text.parse::<Permission>().ok());
    Role::new(row.name.clone(), row.title.clone(), permissions).ok()
}

/// A member of staff as the rules know her.
pub(crate) fn who(staff: StaffRow, second_factor: bool) -> Who {
    Who::Staff(access::Staff {
        id: staff.id,
        shop: staff.shop,
        role: staff.role,
        second_factor,
        access_ends: staff.access_ends,
    })
}

/// The rules of a shop with these roles of its own.
pub(crate) fn with_roles(rows: &[RoleRow]) -> Result<Rules, RulesError> {
    let roles: Vec<Role> = rows.iter().filter_map(role).collect();
    built_in()?.with_roles(&roles)
}

impl Identity {
    /// The rules for somebody with this role. Only a role of the shop's own needs more than the built-in ones, and
    /// its row is read for each request: a change of it counts from then on.
    pub(crate) async fn rules_for(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        role: &RoleName,
    ) -> Result<Rules, IdentityError> {
        match access::BuiltIn::of(role) {
            Some(_) => Ok(built_in()?),
            None => self.rules_of_shop(snapshot, shop).await,
        }
    }

    /// The rules of a shop, with those of its own roles.
    pub(crate) async fn rules_of_shop(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Rules, IdentityError> {
        let rows = snapshot.roles_of(shop).await?;
        let mut known = self
            .rules
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((of, rules)) = known.get(&shop)
            && *of == rows
        {
            return Ok(rules.clone());
        }
        let rules = with_roles(&rows)?;
        known.insert(shop, (rows, rules.clone()));
        Ok(rules)
    }
}
