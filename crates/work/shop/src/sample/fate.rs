//! What has become of each order, from its age.

use commerce::document::{OrderStatus, Servicing};

/// How an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) status: OrderStatus,
    pub(super) servicing: Option<Servicing>,
    /// Whether what goes back is back, and settled.
    pub(super) received: bool,
}

/// The order with `newer` younger ones. A fixed pattern and not a draw, so that every seed has
/// every state.
pub(super) fn fate(newer: usize) -> Fate {
    let every = |times: usize, offset: usize| newer % times == offset;
    let (status, servicing, received) = match newer {
        0..30 if every(10, 7) => (OrderStatus::Cancelled, None, false),
        0..30 => (OrderStatus::Pending, changed(every(9, 4)), false),
        30..50 => (OrderStatus::Processed, changed(every(8, 5)), false),
        50..76 => (OrderStatus::Shipped, changed(every(9, 3)), false),
        // Young enough to be within the 30 days for sending something back.
        76..100 if every(3, 1) => (
            OrderStatus::Delivered,
            Some(Servicing::ReturnRequested),
            false,
        ),
        76..100 if every(4, 2) => (
            OrderStatus::Delivered,
            Some(Servicing::ExchangeRequested),
            false,
        ),
        76..100 => (OrderStatus::Delivered, None, false),
        _ if every(11, 0) => (
            OrderStatus::Delivered,
            Some(Servicing::ReturnRequested),
            true,
        ),
        _ if every(13, 0) => (
            OrderStatus::Delivered,
            Some(Servicing::ExchangeRequested),
            true,
        ),
        _ if every(17, 0) => (OrderStatus::Cancelled, None, false),
        _ => (OrderStatus::Delivered, changed(every(19, 0)), false),
    };
    Fate {
        status,
        servicing,
        received,
    }
}

fn changed(changed: bool) -> Option<Servicing> {
    changed.then_some(Servicing::ItemsChanged)
}
