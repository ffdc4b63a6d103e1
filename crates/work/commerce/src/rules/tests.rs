//! Tables of money: how refunds are laid out, and what a return is worth.

use proptest::{collection::vec, prelude::*};
use store::orders::{MovementKind, MovementRow, MovementState};
use terms::{MovementId, OrderId, PaymentMethodId, ShopId, ShopperId, Timestamp, rounded_share};
use uuid::Uuid;

use super::*;
use crate::{
    change::Settled,
    document::{
        Address, Adjustment, AdjustmentKind, MethodKind, Options, Order, PaymentMethod, Return,
    },
    model::document_value,
};

fn method(number: u128, kind: MethodKind, balance: Option<i64>) -> Method {
    Method {
        once: false,
        id: PaymentMethodId::from_uuid(Uuid::from_u128(number)),
        position: 0,
        own: PaymentMethod {
            id: format!("m{number}"),
            kind,
            brand: None,
            last4: None,
            balance,
            once: None,
        },
        token: None,
    }
}

/// `m1` and `m2` are cards, `m3` a gift card with 1000, `m4` a bank transfer, `m5` an empty gift
/// card.
fn customer() -> Customer {
    Customer {
        shopper: ShopperId::from_uuid(Uuid::from_u128(1)),
        position: 0,
        profile: crate::document::Customer {
            id: "ada".to_owned(),
            email: "ada@example.com".to_owned(),
            given_name: "Ada".to_owned(),
            family_name: "Alder".to_owned(),
            phone: None,
            addresses: Vec::new(),
            payment_methods: Vec::new(),
        },
        methods: vec![
            method(1, MethodKind::Card, None),
            method(2, MethodKind::Paypal, None),
            method(3, MethodKind::GiftCard, Some(1000)),
            method(4, MethodKind::Transfer, None),
            method(5, MethodKind::GiftCard, None),
        ],
    }
}

pub(super) fn line(id: &str, unit_price: i64, quantity: i64) -> Line {
    Line {
        id: id.to_owned(),
        product: "p".to_owned(),
        variant: format!("v-{id}"),
        title: "Thing".to_owned(),
        options: Options::default(),
        quantity,
        unit_price,
    }
}

pub(super) fn order(lines: Vec<Line>, adjustments: &[(AdjustmentKind, i64)]) -> Order {
    Order {
        id: "A-1".to_owned(),
        customer: String::new(),
        placed_at: None,
        status: OrderStatus::Delivered,
        servicing: None,
        cancel_reason: None,
        shipping_address: Address {
            line1: "Elm Road 1".to_owned(),
            line2: None,
            city: "Bremen".to_owned(),
            region: None,
            postal_code: "28195".to_owned(),
            country: "DE".to_owned(),
        },
        lines,
        adjustments: adjustments
            .iter()
            .map(|(kind, amount)| Adjustment::plain(*kind, "x".to_owned(), *amount))
            .collect(),
        fulfilments: Vec::new(),
        payments: Vec::new(),
        returned: None,
        exchange: None,
    }
}

/// A movement of method `m{method}`; a refund may undo the movement at a place in the list.
fn movement(
    at: usize,
    kind: MovementKind,
    by: u128,
    amount: i64,
    undoes: Option<usize>,
) -> MovementRow {
    let id = |at: usize| MovementId::from_uuid(Uuid::from_u128(u128::try_from(at).unwrap() + 100));
    MovementRow {
        shop: ShopId::from_uuid(Uuid::from_u128(1)),
        id: id(at),
        order: OrderId::from_uuid(Uuid::from_u128(1)),
        label: format!("pay_{at}"),
        position: i64::try_from(at).unwrap(),
        kind,
        method: Some(PaymentMethodId::from_uuid(Uuid::from_u128(by))),
        original: undoes.map(id),
        amount,
        booked: true,
        state: MovementState::Done,
        reference: None,
        attempts: 0,
        next_at: None,
        created_at: Timestamp::from_millis(i64::try_from(at).unwrap()),
        updated_at: Timestamp::from_millis(0),
    }
}

fn paid(payments: &[(u128, i64)]) -> Vec<MovementRow> {
    let payments = payments.iter().enumerate();
    payments
        .map(|(at, (by, amount))| movement(at, MovementKind::Payment, *by, *amount, None))
        .collect()
}

pub(super) fn state(order: Order, movements: Vec<MovementRow>) -> OrderState {
    OrderState {
        guest: None,
        id: OrderId::from_uuid(Uuid::from_u128(1)),
        shopper: ShopperId::from_uuid(Uuid::from_u128(1)),
        position: 0,
        value: document_value(&order),
        order,
        movements,
        pay_until: None,
        updated_at: Timestamp::from_millis(0),
    }
}

/// Method, amount and the place of the payment that is undone.
fn told(movements: &[crate::change::NewMovement]) -> Vec<(u128, i64, Option<usize>)> {
    movements
        .iter()
        .map(|movement| {
            assert_eq!(movement.kind, MovementKind::Refund);
            let undone = movement.original.map(|id| id.as_uuid().as_u128() - 100);
            (
                movement.method.unwrap().as_uuid().as_u128(),
                movement.amount,
                undone.map(|at| usize::try_from(at).unwrap()),
            )
        })
        .collect()
}

#[test]
fn everything_goes_back_to_whoever_paid_it() {
    for (payments, refunds) in [
        (&[][..], vec![]),
        (&[(1, 500)], vec![(1, 500, Some(0))]),
        (
            &[(1, 500), (3, 200)],
            vec![(1, 500, Some(0)), (3, 200, Some(1))],
        ),
        // In parts, as it was paid, the newest first.
        (
            &[(1, 500), (1, 30)],
            vec![(1, 30, Some(1)), (1, 500, Some(0))],
        ),
        (
            &[(1, 500), (2, 7), (1, 30)],
            vec![(1, 30, Some(2)), (1, 500, Some(0)), (2, 7, Some(1))],
        ),
    ] {
        let state = state(order(vec![line("L1", 100, 1)], &[]), paid(payments));
        assert_eq!(told(&money::refund_all(&state, &customer())), refunds);
    }
}

#[test]
fn what_went_back_does_not_go_back_again() {
    let mut movements = paid(&[(1, 500), (2, 500)]);
    movements.push(movement(2, MovementKind::Refund, 1, 500, Some(0)));
    movements.push(movement(3, MovementKind::Refund, 2, 100, Some(1)));
    let mut state = state(order(vec![line("L1", 400, 1)], &[]), movements);
    assert_eq!(state.held(), 400);
    assert_eq!(
        told(&money::refund_all(&state, &customer())),
        [(2, 400, Some(1))]
    );
    // A refund that was dropped or a payment that failed does not count.
    state.movements[3].booked = false;
    assert_eq!(
        told(&money::refund_all(&state, &customer())),
        [(2, 500, Some(1))]
    );
    // A refund that undoes no payment counts for its method.
    state.movements[3].booked = true;
    state.movements[3].original = None;
    assert_eq!(
        told(&money::refund_all(&state, &customer())),
        [(2, 400, Some(1))]
    );
}

#[test]
fn a_return_goes_to_the_named_method_as_far_as_it_paid() {
    let customer = customer();
    for (named, amount, refunds) in [
        (0, 300, vec![(1, 300, Some(0))]),
        (0, 500, vec![(1, 500, Some(0))]),
        (0, 600, vec![(1, 500, Some(0)), (3, 100, Some(1))]),
        (2, 600, vec![(3, 200, Some(1)), (1, 400, Some(0))]),
        // Never more than is held.
        (0, 9_999, vec![(1, 500, Some(0)), (3, 200, Some(1))]),
        // A gift card that has not paid takes all of it.
        (4, 600, vec![(5, 600, None)]),
        (4, 9_999, vec![(5, 700, None)]),
        (0, 0, vec![]),
    ] {
        let state = state(
            order(vec![line("L1", 700, 1)], &[]),
            paid(&[(1, 500), (3, 200)]),
        );
        let method = &customer.methods[named];
        let refunds_made = money::refund_to(&state, &customer, method, amount);
        assert_eq!(told(&refunds_made), refunds, "{named} {amount}");
    }
}

#[test]
fn a_difference_moves_to_or_from_the_named_method() {
    let customer = customer();
    let state = state(order(vec![line("L1", 500, 1)], &[]), paid(&[(1, 500)]));
    let moved = |difference: i64, method: usize| {
        money::difference_moved(&state, &customer, difference, &customer.methods[method])
    };
    assert_eq!(moved(0, 3).unwrap(), []);
    let charged = moved(70, 1).unwrap();
    assert_eq!(charged.len(), 1);
    assert_eq!(charged[0].kind, MovementKind::Payment);
    assert_eq!(
        (charged[0].amount, charged[0].settled),
        (70, Settled::ByGateway)
    );
    assert_eq!(moved(1000, 2).unwrap()[0].settled, Settled::AtOnce);
    for (difference, method, code) in [
        (1001, 2, Code::GiftCardTooSmall),
        (1, 4, Code::GiftCardTooSmall),
        (1, 3, Code::MethodNotAllowed),
    ] {
        assert_eq!(moved(difference, method).unwrap_err().code, code);
    }
    // What it has paid is undone; what it has not is new money for it.
    assert_eq!(told(&moved(-70, 0).unwrap()), [(1, 70, Some(0))]);
    assert_eq!(told(&moved(-70, 1).unwrap()), [(2, 70, None)]);
    assert_eq!(told(&moved(-70, 3).unwrap()), [(4, 70, None)]);
    assert_eq!(
        told(&moved(-600, 0).unwrap()),
        [(1, 500, Some(0)), (1, 100, None)]
    );
}

#[test]
fn a_return_is_worth_its_share_rounded_half_away_from_zero() {
    use AdjustmentKind::{Discount, Exchange, Shipping, Tax};
    let lines = || vec![line("L1", 333, 1), line("L2", 333, 1), line("L3", 334, 1)];
    for (adjustments, named, worth) in [
        (&[][..], &["L1"][..], 333),
        (&[], &["L1", "L2", "L3"], 1000),
        (&[], &[], 0),
        // 10 * 333 / 1000 = 3.33
        (&[(Discount, -10)], &["L1"], 330),
        // 500 * 333 / 1000 = 166.5, away from zero.
        (&[(Discount, -500)], &["L1"], 166),
        (&[(Tax, 500)], &["L1"], 500),
        // The tax of what is paid for the line: 500 * 166 / 500.
        (&[(Discount, -500), (Tax, 500)], &["L1"], 332),
        // Delivery is not refunded.
        (&[(Shipping, 700)], &["L1", "L2", "L3"], 1000),
        (
            &[(Discount, -100), (Shipping, 700), (Tax, 171)],
            &["L1", "L2", "L3"],
            // Of the tax, 171 * 900 / 1600 was on the goods.
            996,
        ),
        (&[(Exchange, -50)], &["L1", "L2", "L3"], 950),
        // More off than it cost is not paid back.
        (&[(Discount, -2000)], &["L1"], 0),
    ] {
        let order = order(lines(), adjustments);
        let named = order
            .lines
            .iter()
            .filter(|line| named.contains(&line.id.as_str()));
        let named: Vec<&Line> = named.collect();
        assert_eq!(
            return_value(&order, &named),
            worth,
            "{adjustments:?} {worth}"
        );
    }
    // Goods that cost nothing have no share of anything.
    let order = order(vec![line("L1", 0, 3)], &[(Discount, -10), (Tax, 5)]);
    assert_eq!(return_value(&order, &[&order.lines[0]]), 0);
}

#[test]
fn nothing_overflows() {
    let lines = vec![line("L1", i64::MAX, 2), line("L2", i64::MAX, i64::MAX)];
    let mut order = order(
        lines,
        &[
            (AdjustmentKind::Tax, i64::MAX),
            (AdjustmentKind::Discount, i64::MIN),
        ],
    );
    let all: Vec<&Line> = order.lines.iter().collect();
    let _amount = return_value(&order, &all);
    order.returned = Some(Return {
        lines: vec!["L1".to_owned(), "L2".to_owned()],
        refund_to: "m1".to_owned(),
        received: None,
    });
    order.servicing = Some(Servicing::ReturnRequested);
    let mut state = state(
        order,
        paid(&[(1, terms::LARGEST_AMOUNT), (3, terms::LARGEST_AMOUNT)]),
    );
    state.value = terms::LARGEST_AMOUNT;
    let change = staff::receive(&customer(), &state, &Offers::new()).unwrap();
    assert!(change.order.unwrap().value >= 0);
}

/// Payments and refunds by three methods; refunds undo one of the payments or none.
fn movements() -> impl Strategy<Value = Vec<MovementRow>> {
    let step = (any::<bool>(), 1..4_u128, 0..2_000_i64, any::<bool>());
    vec(step, 0..8).prop_map(|steps| {
        let mut rows: Vec<MovementRow> = Vec::new();
        for (pays, by, amount, names) in steps {
            if pays {
                rows.push(movement(
                    rows.len(),
                    MovementKind::Payment,
                    by,
                    amount,
                    None,
                ));
                continue;
            }
            let state = state(order(Vec::new(), &[]), rows.clone());
            let method = Some(PaymentMethodId::from_uuid(Uuid::from_u128(by)));
            let held = state.held_by_method().into_iter();
            let Some(held) = held.clone().find(|held| held.method == method) else {
                continue;
            };
            let newest = held.payments.first().filter(|_| names);
            let amount = amount
                .min(held.amount)
                .min(newest.map_or(i64::MAX, |(_, left)| *left));
            let mut row = movement(rows.len(), MovementKind::Refund, by, amount, None);
            row.original = newest.map(|(id, _)| *id);
            rows.push(row);
        }
        rows
    })
}

proptest! {
    /// However it was paid and refunded so far: what goes back is what was asked for as far as it
    /// is held, each method gets at most what it holds unless it is named, and no payment is
    /// undone beyond itself.
    #[test]
    fn no_unit_of_money_goes_back_twice(rows in movements(), named in 0..5_usize, amount in 0..9_000_i64) {
        let customer = customer();
        let state = state(order(Vec::new(), &[]), rows);
        let method = &customer.methods[named];
        let refunds = money::refund_to(&state, &customer, method, amount);
        let total: i64 = refunds.iter().map(|refund| refund.amount).sum();
        prop_assert_eq!(total, amount.min(state.held()).max(0));
        prop_assert!(refunds.iter().all(|refund| refund.amount > 0));
        for held in state.held_by_method() {
            let of_it = refunds.iter().filter(|refund| refund.method == held.method);
            prop_assert!(of_it.map(|refund| refund.amount).sum::<i64>() <= held.amount);
        }
        for payment in &state.movements {
            let before = state.movements.iter().filter(|row| row.original == Some(payment.id));
            let now = refunds.iter().filter(|refund| refund.original == Some(payment.id));
            let undone = before.map(|row| row.amount).sum::<i64>()
                + now.map(|refund| refund.amount).sum::<i64>();
            prop_assert!(undone <= payment.amount);
        }
    }

    /// Lines of an order that are returned together are worth no more than its goods, tax and
    /// discount, and each alone no more than with others.
    #[test]
    fn a_part_is_worth_no_more_than_the_whole(
        prices in vec((0..100_000_i64, 1..5_i64), 1..6),
        discount in 0..200_000_i64, tax in 0..50_000_i64, shipping in 0..5_000_i64, cut in 0..6_usize,
    ) {
        let lines: Vec<Line> = prices
            .iter()
            .enumerate()
            .map(|(at, (price, quantity))| line(&format!("L{at}"), *price, *quantity))
            .collect();
        let order = order(lines, &[
            (AdjustmentKind::Discount, -discount),
            (AdjustmentKind::Shipping, shipping),
            (AdjustmentKind::Tax, tax),
        ]);
        let all: Vec<&Line> = order.lines.iter().collect();
        let part = &all[..cut.min(all.len())];
        let whole = return_value(&order, &all);
        prop_assert!((0..=whole + 1).contains(&return_value(&order, part)));
        let goods: i64 = prices.iter().map(|(price, quantity)| price * quantity).sum();
        let net = (goods - discount).max(0);
        let its_tax = rounded_share(tax, net, (goods - discount + shipping).max(0)).unwrap();
        prop_assert_eq!(whole, net + its_tax);
    }
}
