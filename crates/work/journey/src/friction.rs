//! Friction: of a message that reads like an attempt to steer the assistant nothing is done. The planner
//! may look things up and talk; it edits no cart and proposes nothing.
//!
//! This is no boundary: whoever is not flagged passes. What keeps an effect from happening without her
//! stands elsewhere, in what a shopper's proof reaches and in the card that she confirms herself. It is
//! friction, and the next message in plain words acts as ever.

use guard::Advice;

/// That the assistant may act on the message of this turn.
///
/// INVARIANT: made by [`MayAct::on`] alone, and demanded by whatever edits a cart or proposes a change: a
/// planner cannot come to one without it.
#[derive(Debug)]
pub(crate) struct MayAct(());

impl MayAct {
    pub(crate) fn on(advice: &Advice) -> Option<Self> {
        (!advice.risk.flagged).then_some(Self(()))
    }
}
