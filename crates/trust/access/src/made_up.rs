//! Ids of nobody, for questions about what might be.

use terms::{ClientId, Rng, ShopId, StaffId};

/// No chance at all: the same byte over and over.
struct Same(u8);

impl Rng for Same {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

pub(crate) fn shop(number: u8) -> ShopId {
    ShopId::random(&Same(number))
}

pub(crate) fn staff(number: u8) -> StaffId {
    StaffId::random(&Same(number))
}

pub(crate) fn client(number: u8) -> ClientId {
    ClientId::random(&Same(number))
}
