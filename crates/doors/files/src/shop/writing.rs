//! Writing `parlour-shop/1` as a stream: keys in a stable order, one member a line, so that two
//! exports can be compared line by line.

use std::io::Write;

use commerce::document::{Element, FORMAT, Head, Section};
use serde::Serialize;

/// Why a document cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the document cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// A mistake of whoever writes, not of the shop.
    #[error(
        "a member of `{given}` was written after `{begun}` had begun: lists stand in their order"
    )]
    OutOfOrder {
        given: &'static str,
        begun: &'static str,
    },
}

/// Lists that are written when they have members only: they came to the format after the others.
const ADDED: &[Section] = &[Section::Promotions];

/// Writes a document, one member after the other.
#[derive(Debug)]
pub struct DocumentWriter<W> {
    out: W,
    /// The list that is open, and whether it has a member already.
    open: Option<(Section, bool)>,
}

impl<W: Write> DocumentWriter<W> {
    /// Writes what stands before the lists. `out` should have a buffer.
    pub fn new(mut out: W, head: &Head) -> Result<Self, WriteError> {
        out.write_all(b"{\n  \"format\": ")?;
        json(&mut out, FORMAT)?;
        out.write_all(b",\n  \"currency\": ")?;
        json(&mut out, head.currency.as_str())?;
        if let Some(tax) = &head.tax {
            out.write_all(b",\n  \"tax\": ")?;
            json(&mut out, tax)?;
        }
        Ok(Self { out, open: None })
    }

    /// Writes one member. Members come list by list, in the order of [`Section::ALL`].
    pub fn element(&mut self, element: &Element) -> Result<(), WriteError> {
        let section = element.section();
        self.go_to(section)?;
        match self.open {
            Some((open, true)) if open == section => self.out.write_all(b",\n    ")?,
            Some((open, false)) if open == section => self.out.write_all(b"\n    ")?,
            _ => {
                self.begin(section)?;
                self.out.write_all(b"\n    ")?;
            }
        }
        self.open = Some((section, true));
        match element {
            Element::Product(product) => json(&mut self.out, product),
            Element::Discount(discount) => json(&mut self.out, discount),
            Element::Promotion(promotion) => json(&mut self.out, promotion),
            Element::Shipping(option) => json(&mut self.out, option),
            Element::Policy(policy) => json(&mut self.out, policy),
            Element::Faq(faq) => json(&mut self.out, faq),
            Element::Customer(customer) => json(&mut self.out, customer),
            Element::Order(order) => json(&mut self.out, order),
        }
    }

    /// Writes the lists that had no member, ends the document and gives back what it was written to.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.pass_over(|_| true)?;
        self.close()?;
        self.out.write_all(b"\n}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Closes the open list and writes the empty ones before `section`.
    fn go_to(&mut self, section: Section) -> Result<(), WriteError> {
        if let Some((open, _)) = self.open
            && section < open
        {
            return Err(WriteError::OutOfOrder {
                given: section.as_str(),
                begun: open.as_str(),
            });
        }
        self.pass_over(|empty| empty < section)
    }

    /// Writes the lists after the open one as empty, as far as `within` says.
    fn pass_over(&mut self, within: impl Fn(Section) -> bool) -> Result<(), WriteError> {
        for empty in Section::ALL {
            let to_come = self.open.is_none_or(|(open, _)| open < empty);
            if to_come && within(empty) && !ADDED.contains(&empty) {
                self.begin(empty)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, section: Section) -> Result<(), WriteError> {
        self.close()?;
        self.out.write_all(b",\n  ")?;
        json(&mut self.out, section.as_str())?;
        self.out.write_all(b": [")?;
        self.open = Some((section, false));
        Ok(())
    }

    fn close(&mut self) -> Result<(), WriteError> {
        match self.open {
            None => Ok(()),
            Some((_, false)) => Ok(self.out.write_all(b"]")?),
            Some((_, true)) => Ok(self.out.write_all(b"\n  ]")?),
        }
    }
}

fn json<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> Result<(), WriteError> {
    serde_json::to_writer(out, value).map_err(|error| WriteError::Io(error.into()))
}

#[cfg(test)]
mod tests {
    use commerce::document::{Faq, Policy, Promotion, PromotionKind, Tax};

    use super::*;

    fn head(tax: Option<Tax>) -> Head {
        Head {
            currency: "USD".parse().unwrap(),
            tax,
        }
    }

    fn policy(id: &str) -> Element {
        Element::Policy(Policy {
            id: id.to_owned(),
            title: "Returns".to_owned(),
            text: "Thirty \"days\"\nat most".to_owned(),
        })
    }

    #[test]
    fn an_empty_shop_has_every_list_of_the_contract() {
        let writer = DocumentWriter::new(Vec::new(), &head(None)).unwrap();
        assert_eq!(
            String::from_utf8(writer.finish().unwrap()).unwrap(),
            "{\n  \"format\": \"parlour-shop/1\",\n  \"currency\": \"USD\",\n  \"products\": [],\n  \
             \"discounts\": [],\n  \"shipping\": [],\n  \"policies\": [],\n  \"faqs\": [],\n  \
             \"customers\": [],\n  \"orders\": []\n}\n"
        );
    }

    #[test]
    fn a_member_is_a_line() {
        let tax = Tax {
            rate: 1900,
            included: true,
        };
        let mut writer = DocumentWriter::new(Vec::new(), &head(Some(tax))).unwrap();
        writer
            .element(&Element::Promotion(Promotion {
                id: "p".to_owned(),
                kind: PromotionKind::FreeShipping,
                min_subtotal: Some(10_000),
                products: None,
                description: None,
            }))
            .unwrap();
        writer.element(&policy("a")).unwrap();
        writer.element(&policy("b")).unwrap();
        assert_eq!(
            String::from_utf8(writer.finish().unwrap()).unwrap(),
            r#"{
  "format": "parlour-shop/1",
  "currency": "USD",
  "tax": {"rate":1900,"included":true},
  "products": [],
  "discounts": [],
  "promotions": [
    {"id":"p","kind":"free_shipping","min_subtotal":10000}
  ],
  "shipping": [],
  "policies": [
    {"id":"a","title":"Returns","text":"Thirty \"days\"\nat most"},
    {"id":"b","title":"Returns","text":"Thirty \"days\"\nat most"}
  ],
  "faqs": [],
  "customers": [],
  "orders": []
}
"#
        );
    }

    #[test]
    fn lists_come_in_their_order() {
        let mut writer = DocumentWriter::new(Vec::new(), &head(None)).unwrap();
        writer
            .element(&Element::Faq(Faq {
                id: "f".to_owned(),
                question: "?".to_owned(),
                answer: "!".to_owned(),
            }))
            .unwrap();
        let error = writer.element(&policy("late")).unwrap_err();
        assert!(matches!(
            error,
            WriteError::OutOfOrder {
                given: "policies",
                begun: "faqs"
            }
        ));
    }
}
