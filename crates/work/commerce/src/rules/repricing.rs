//! What an order costs with other lines.

use terms::{LARGEST_AMOUNT, rounded_share};

use super::items::out_of_range;
use crate::{
    document::{Adjustment, AdjustmentKind, Reduction},
    model::{OrderState, line_total},
    pricing,
    refusal::Refusal,
};

/// An order's adjustments with other lines, and what the whole costs more or, negative, less.
pub(super) struct Repriced {
    pub(super) adjustments: Vec<Adjustment>,
    pub(super) difference: i64,
}

/// Reckons an order anew whose lines cost `listed` more or, negative, less by their list prices.
///
/// INVARIANT: the difference is what the order would have cost with these lines from the start, with
/// the same discount, delivery and rate of tax, less what it costs now. So nobody gets anything for
/// less by ordering something else first, and nothing is charged that an order would not cost.
///
/// An imported discount may not say how it was reckoned. Then dearer lines get no more of it, and
/// cheaper ones give up their share. Tax that does not say its rate keeps its ratio to what is taxed.
pub(super) fn repriced(state: &OrderState, listed: i64) -> Result<Repriced, Refusal> {
    exactly(state, listed).ok_or_else(out_of_range)
}

fn exactly(state: &OrderState, listed: i64) -> Option<Repriced> {
    let before = &state.order.adjustments;
    let goods = checked_sum(state.order.lines.iter().map(line_total))?;
    let new_goods = goods.checked_add(listed)?;
    if !(0..=LARGEST_AMOUNT).contains(&new_goods) {
        return None;
    }
    let mut adjustments = before.clone();
    for adjustment in &mut adjustments {
        if adjustment.kind == AdjustmentKind::Discount {
            adjustment.amount = match adjustment.discount {
                Some(Reduction { kind, value }) => {
                    pricing::taken_off(kind, value, new_goods)?.checked_neg()?
                }
                None if listed < 0 => {
                    let share = rounded_share(adjustment.amount, listed, goods).ok()?;
                    adjustment.amount.checked_add(share)?
                }
                None => adjustment.amount,
            };
        }
    }
    let taxed = goods.checked_add(untaxed(before)?)?;
    let now_taxed = new_goods.checked_add(untaxed(&adjustments)?)?;
    for adjustment in &mut adjustments {
        if adjustment.kind == AdjustmentKind::Tax {
            adjustment.amount = match adjustment.rate {
                Some(rate) => rounded_share(now_taxed, rate, 10_000).ok()?,
                None if taxed <= 0 => adjustment.amount,
                None => rounded_share(adjustment.amount, now_taxed, taxed).ok()?,
            };
        }
    }
    let was = checked_sum(before.iter().map(|adjustment| adjustment.amount))?;
    let is = checked_sum(adjustments.iter().map(|adjustment| adjustment.amount))?;
    Some(Repriced {
        adjustments,
        difference: listed.checked_add(is.checked_sub(was)?)?,
    })
}

/// What added tax is reckoned on beside the goods: discount and delivery.
pub(super) fn untaxed(adjustments: &[Adjustment]) -> Option<i64> {
    let parts = adjustments.iter().filter(|adjustment| {
        matches!(
            adjustment.kind,
            AdjustmentKind::Discount | AdjustmentKind::Shipping
        )
    });
    checked_sum(parts.map(|adjustment| adjustment.amount))
}

fn checked_sum(mut amounts: impl Iterator<Item = i64>) -> Option<i64> {
    amounts.try_fold(0_i64, i64::checked_add)
}
