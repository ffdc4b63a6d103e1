//! A change of lines costs what ordering them at once would have cost, to the minor unit.

use proptest::{collection::vec, option::of, prelude::*};

use super::{
    repricing::repriced,
    tests::{line, order, state},
};
use crate::{
    document::{
        Adjustment, AdjustmentKind, Discount, DiscountKind, OrderStatus, Reduction, ShippingOption,
        Tax,
    },
    model::{OrderState, document_value},
    pricing::{self, Goods, Priced},
};

/// What a checkout of these goods comes to.
fn priced(goods: &[(i64, i64)], discount: Option<&Discount>, cost: i64, rate: i64) -> Priced {
    let goods: Vec<Goods<'_>> = goods
        .iter()
        .map(|(unit_price, quantity)| Goods {
            product: "p",
            unit_price: *unit_price,
            quantity: *quantity,
        })
        .collect();
    let shipping = ShippingOption {
        id: "s".to_owned(),
        title: "Standard".to_owned(),
        price: cost,
        country: None,
        level: "standard".to_owned(),
    };
    let tax = Tax {
        rate,
        included: false,
    };
    pricing::price(&goods, discount, Some(&shipping), &[], Some(tax)).unwrap()
}

fn ordered(goods: &[(i64, i64)], adjustments: Vec<Adjustment>) -> OrderState {
    let lines = goods.iter().enumerate();
    let lines = lines.map(|(at, (price, quantity))| line(&format!("L{at}"), *price, *quantity));
    let mut order = order(lines.collect(), &[]);
    order.status = OrderStatus::Pending;
    order.adjustments = adjustments;
    state(order, Vec::new())
}

fn discount() -> impl Strategy<Value = Discount> {
    prop_oneof![
        (0..=100_i64).prop_map(|value| (DiscountKind::Percentage, value)),
        (0..60_000_i64).prop_map(|value| (DiscountKind::Fixed, value)),
    ]
    .prop_map(|(kind, value)| Discount {
        code: "X".to_owned(),
        kind,
        value,
        description: None,
    })
}

proptest! {
    #[test]
    fn a_change_costs_what_ordering_it_would(
        goods in vec((0..50_000_i64, 1..5_i64, 0..50_000_i64), 1..5),
        discount in of(discount()), cost in 0..5_000_i64, rate in 0..=2_500_i64,
    ) {
        let old: Vec<(i64, i64)> = goods.iter().map(|(old, quantity, _)| (*old, *quantity)).collect();
        let new: Vec<(i64, i64)> = goods.iter().map(|(_, quantity, new)| (*new, *quantity)).collect();
        let before = priced(&old, discount.as_ref(), cost, rate);
        let at_once = priced(&new, discount.as_ref(), cost, rate);
        let state = ordered(&old, before.adjustments);
        let changed = repriced(&state, at_once.goods - before.goods).unwrap();
        prop_assert_eq!(changed.difference, at_once.total - before.total);
        prop_assert_eq!(changed.adjustments, at_once.adjustments);
    }

    /// Imported adjustments that tell no more than their amount: a change gains nothing either, and
    /// changing back restores what was there, but for one rounding each way.
    #[test]
    fn what_is_not_known_of_a_discount_gains_nothing(
        price in 1..50_000_i64, dearer in 0..50_000_i64, off in 0..50_000_i64, cost in 0..5_000_i64,
    ) {
        let off = off.min(price);
        let adjustments = || vec![
            Adjustment::plain(AdjustmentKind::Discount, "X".to_owned(), -off),
            Adjustment::plain(AdjustmentKind::Shipping, "Standard".to_owned(), cost),
        ];
        let up = repriced(&ordered(&[(price, 1)], adjustments()), dearer).unwrap();
        prop_assert_eq!(up.difference, dearer);
        let down = repriced(&ordered(&[(price + dearer, 1)], adjustments()), -dearer).unwrap();
        prop_assert!(down.difference <= 0 && down.difference >= -dearer);
        let left = document_value(&ordered(&[(price, 1)], down.adjustments).order);
        prop_assert!(left >= cost);
    }
}

/// The attack that this answers: a fixed code on a cheap thing, which is then changed into a dear
/// one. The code takes off what it says, whatever it is used on.
#[test]
fn a_fixed_discount_does_not_grow_with_the_price() {
    let fixed = Adjustment {
        discount: Some(Reduction {
            kind: DiscountKind::Fixed,
            value: 2_500,
        }),
        ..Adjustment::plain(AdjustmentKind::Discount, "X".to_owned(), -1_000)
    };
    let shipping = Adjustment::plain(AdjustmentKind::Shipping, "S".to_owned(), 490);
    let state = ordered(&[(1_000, 1)], vec![fixed, shipping]);
    assert_eq!(state.value, 490);
    let changed = repriced(&state, 49_000).unwrap();
    assert_eq!(changed.difference, 47_500);
    assert_eq!(changed.adjustments[0].amount, -2_500);
}

/// Delivery is taxed too, and stays as it was: the tax on it does not grow with the goods.
#[test]
fn tax_on_delivery_is_not_multiplied() {
    let rate = |rate| Adjustment {
        rate,
        ..Adjustment::plain(AdjustmentKind::Tax, "Tax".to_owned(), 1_000)
    };
    let shipping = || Adjustment::plain(AdjustmentKind::Shipping, "S".to_owned(), 4_900);
    for rated in [rate(Some(2_000)), rate(None)] {
        let state = ordered(&[(100, 1)], vec![shipping(), rated]);
        assert_eq!(repriced(&state, 10_000).unwrap().difference, 12_000);
    }
}

#[test]
fn nothing_overflows() {
    let wild = |kind, amount| Adjustment::plain(kind, "x".to_owned(), amount);
    for amounts in [[i64::MAX, i64::MAX], [i64::MIN, i64::MAX]] {
        let [discount, tax] = amounts;
        let adjustments = vec![
            wild(AdjustmentKind::Discount, discount),
            wild(AdjustmentKind::Tax, tax),
        ];
        for listed in [i64::MIN, -1, 0, 1, i64::MAX] {
            let state = ordered(&[(terms::LARGEST_AMOUNT, 1)], adjustments.clone());
            let _amount = repriced(&state, listed);
        }
    }
}
