//! Only identity's gate permits.

use identity::{Permit, actions::ReadLedger};
use terms::{SessionId, ShopId, StaffId};

fn misuse(shop: ShopId, staff: StaffId, session: SessionId) -> Permit<ReadLedger> {
    Permit { shop, staff, session, action: core::marker::PhantomData }
}

fn main() {}
