//! What a cart costs: goods, discount, delivery, tax. Integers only, each rounding named.

use terms::{LARGEST_AMOUNT, Language, rounded_share};

use crate::{
    document::{
        Adjustment, AdjustmentKind, Discount, DiscountKind, Promotion, PromotionKind, Reduction,
        ShippingOption, Tax,
    },
    refusal::{Code, Refusal},
    wording::Sentence,
};

/// The level at which promotions make delivery free.
const STANDARD: &str = "standard";

/// One line of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods<'a> {
    pub product: &'a str,
    pub unit_price: i64,
    pub quantity: i64,
}

/// What goods come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Priced {
    pub goods: i64,
    /// Discount, delivery, added tax: what is taken off is negative.
    pub adjustments: Vec<Adjustment>,
    pub total: i64,
    /// Tax that the total contains, for display, where prices contain it.
    pub contained_tax: Option<i64>,
}

/// Prices goods with at most one discount and one delivery option.
///
/// - A percentage is rounded half away from zero to a whole minor unit of the goods' sum; a fixed
///   discount is at most the goods.
/// - A promotion makes delivery at level `standard` free.
/// - Tax that is not contained in prices is reckoned once, on goods less discount plus delivery,
///   rounded half away from zero.
pub fn price(
    goods: &[Goods<'_>],
    discount: Option<&Discount>,
    shipping: Option<&ShippingOption>,
    promotions: &[Promotion],
    tax: Option<Tax>,
) -> Result<Priced, Refusal> {
    let mut sum = 0_i64;
    for line in goods {
        sum = line
            .unit_price
            .checked_mul(line.quantity)
            .and_then(|total| sum.checked_add(total))
            .filter(|sum| (0..=LARGEST_AMOUNT).contains(sum))
            .ok_or_else(out_of_range)?;
    }
    let mut priced = Priced {
        goods: sum,
        total: sum,
        ..Priced::default()
    };
    if let Some(discount) = discount {
        let off = taken_off(discount.kind, discount.value, sum).ok_or_else(out_of_range)?;
        let code = &discount.code;
        let title = Sentence::Discount { code }.say(Language::English);
        priced.add(Adjustment {
            discount: Some(Reduction {
                kind: discount.kind,
                value: discount.value,
            }),
            ..Adjustment::plain(AdjustmentKind::Discount, title, off.saturating_neg())
        })?;
    }
    if let Some(option) = shipping {
        let free = option.level == STANDARD && promotions.iter().any(|one| grants(one, goods, sum));
        let cost = if free { 0 } else { option.price };
        let title = option.title.clone();
        priced.add(Adjustment::plain(AdjustmentKind::Shipping, title, cost))?;
    }
    match tax {
        Some(Tax {
            rate,
            included: false,
        }) => {
            let added = rounded_share(priced.total, rate, 10_000).map_err(|_| out_of_range())?;
            priced.add(Adjustment {
                rate: Some(rate),
                ..Adjustment::plain(
                    AdjustmentKind::Tax,
                    Sentence::Tax.say(Language::English),
                    added,
                )
            })?;
        }
        Some(Tax {
            rate,
            included: true,
        }) => {
            let whole = rate.saturating_add(10_000);
            priced.contained_tax = rounded_share(priced.total, rate, whole).ok();
        }
        None => {}
    }
    Ok(priced)
}

impl Priced {
    fn add(&mut self, adjustment: Adjustment) -> Result<(), Refusal> {
        let total = self.total.checked_add(adjustment.amount);
        self.total = total
            .filter(|total| (0..=LARGEST_AMOUNT).contains(total))
            .ok_or_else(out_of_range)?;
        self.adjustments.push(adjustment);
        Ok(())
    }
}

/// What a discount takes off goods of this sum; `None` is out of range.
#[must_use]
pub fn taken_off(kind: DiscountKind, value: i64, goods: i64) -> Option<i64> {
    let off = match kind {
        DiscountKind::Percentage => rounded_share(goods, value, 100).ok()?,
        DiscountKind::Fixed => value,
    };
    Some(off.clamp(0, goods))
}

fn grants(promotion: &Promotion, goods: &[Goods<'_>], sum: i64) -> bool {
    let PromotionKind::FreeShipping = promotion.kind;
    let enough = promotion.min_subtotal.is_none_or(|least| sum >= least);
    let bought = promotion.products.as_ref().is_none_or(|products| {
        goods
            .iter()
            .any(|line| products.iter().any(|id| id == line.product))
    });
    enough && bought
}

/// A country as options name it. Where no option names one, however it is written will do.
pub fn country_of<'a>(options: &[ShippingOption], country: &'a str) -> Result<&'a str, Refusal> {
    let by_country = options.iter().any(|option| option.country.is_some());
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic());
    match (by_country, is_code) {
        (true, false) => Err(Refusal::new(
            Code::BadArgument,
            "`country` must be two letters here (ISO 3166-1 alpha-2), such as `US` or `DE`: \
             what delivery costs depends on it",
        )),
        (true, true) if country.eq_ignore_ascii_case("UK") => Ok("GB"),
        _ => Ok(country),
    }
}

/// The delivery options for a country: those of the country itself, and at each level it has none
/// of, those for everywhere. In the shop's order.
#[must_use]
pub fn options_for<'a>(options: &'a [ShippingOption], country: &str) -> Vec<&'a ShippingOption> {
    let own = |option: &ShippingOption| {
        option
            .country
            .as_deref()
            .is_some_and(|code| code.eq_ignore_ascii_case(country))
    };
    options
        .iter()
        .filter(|option| {
            let everywhere = option.country.is_none()
                && !options
                    .iter()
                    .any(|other| own(other) && other.level == option.level);
            own(option) || everywhere
        })
        .collect()
}

fn out_of_range() -> Refusal {
    Refusal::new(
        Code::OverLimit,
        "the order is larger than this shop can take at once: please order less",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(unit_price: i64, quantity: i64) -> Goods<'static> {
        Goods {
            product: "a",
            unit_price,
            quantity,
        }
    }

    fn discount(kind: DiscountKind, value: i64) -> Discount {
        Discount {
            code: "X".to_owned(),
            kind,
            value,
            description: None,
        }
    }

    fn option(id: &str, price: i64, country: Option<&str>, level: &str) -> ShippingOption {
        ShippingOption {
            id: id.to_owned(),
            title: id.to_owned(),
            price,
            country: country.map(str::to_owned),
            level: level.to_owned(),
        }
    }

    #[test]
    fn discounts_are_rounded_and_never_more_than_the_goods() {
        let percent = discount(DiscountKind::Percentage, 10);
        let priced = price(&[goods(1005, 1)], Some(&percent), None, &[], None).unwrap();
        assert_eq!((priced.goods, priced.total), (1005, 904));
        let fixed = discount(DiscountKind::Fixed, 5000);
        let priced = price(&[goods(1005, 1)], Some(&fixed), None, &[], None).unwrap();
        assert_eq!(priced.total, 0);
    }

    #[test]
    fn delivery_is_free_from_a_sum_or_with_a_product_and_only_at_standard() {
        let promotion = |min_subtotal, products: Option<&[&str]>| Promotion {
            id: "p".to_owned(),
            kind: PromotionKind::FreeShipping,
            min_subtotal,
            products: products.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()),
            description: None,
        };
        let standard = option("standard", 500, None, "standard");
        let express = option("express", 1500, None, "express");
        for (promotion, option, unit_price, total) in [
            (promotion(Some(1000), None), &standard, 1000, 1000),
            (promotion(Some(1000), None), &standard, 999, 1499),
            (promotion(Some(1000), None), &express, 1000, 2500),
            (promotion(None, Some(&["a"])), &standard, 1, 1),
            (promotion(None, Some(&["b"])), &standard, 1, 501),
        ] {
            let priced = price(
                &[goods(unit_price, 1)],
                None,
                Some(option),
                &[promotion],
                None,
            );
            assert_eq!(priced.unwrap().total, total);
        }
    }

    #[test]
    fn tax_is_added_once_or_only_shown() {
        let added = Some(Tax {
            rate: 825,
            included: false,
        });
        let option = option("standard", 500, None, "standard");
        let priced = price(&[goods(999, 3)], None, Some(&option), &[], added).unwrap();
        assert_eq!(priced.total, 3497 + 289);
        let contained = Some(Tax {
            rate: 1900,
            included: true,
        });
        let priced = price(&[goods(11_900, 1)], None, None, &[], contained).unwrap();
        assert_eq!((priced.total, priced.contained_tax), (11_900, Some(1_900)));
    }

    #[test]
    fn nothing_overflows() {
        for unit_price in [i64::MAX, LARGEST_AMOUNT] {
            let refused = price(&[goods(unit_price, 2)], None, None, &[], None).unwrap_err();
            assert_eq!(refused.code, Code::OverLimit);
        }
    }

    #[test]
    fn a_countrys_own_option_stands_before_the_one_for_everywhere() {
        let options = [
            option("std", 500, None, "standard"),
            option("exp-us", 1500, Some("US"), "express"),
            option("exp", 2500, None, "express"),
        ];
        let ids = |country| -> Vec<String> {
            let found = options_for(&options, country);
            found.into_iter().map(|option| option.id.clone()).collect()
        };
        assert_eq!(ids("US"), ["std", "exp-us"]);
        assert_eq!(ids("us"), ["std", "exp-us"]);
        assert_eq!(ids("DE"), ["std", "exp"]);
    }
}
