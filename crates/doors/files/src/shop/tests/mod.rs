//! The document over the whole way: written, read, refused.

mod faults;
mod robust;

use std::io::Read;

use commerce::document::{Element, Head, Section};
use proptest::prelude::*;

use super::{
    DocumentWriter, ImportError, Located, Progress, Refusal, Summary, read_document,
    read_document_from, read_head, read_head_from, testing,
};
use crate::{Existing, PrivateFile};

pub(super) fn written(head: &Head, elements: &[Element]) -> Vec<u8> {
    let mut writer = DocumentWriter::new(Vec::new(), head).unwrap();
    for element in elements {
        writer.element(element).unwrap();
    }
    writer.finish().unwrap()
}

pub(super) fn read(bytes: impl Read) -> Result<(Summary, Vec<Located>), ImportError> {
    let mut members = Vec::new();
    let mut sink = |member| {
        members.push(member);
        Ok(())
    };
    let progress = Progress::default();
    let summary = read_document_from(bytes, "shop.json", &Section::ALL, &progress, &mut sink)?;
    Ok((summary, members))
}

fn elements(members: Vec<Located>) -> Vec<Element> {
    members.into_iter().map(|member| member.element).collect()
}

proptest! {
    #[test]
    fn what_is_written_is_read_again((head, shop) in testing::shop()) {
        let bytes = written(&head, &shop);
        let (summary, members) = read(bytes.as_slice()).unwrap();
        prop_assert_eq!(&summary.head, &head);
        prop_assert_eq!(summary.bytes, u64::try_from(bytes.len()).unwrap());
        prop_assert_eq!(summary.counts.total(), u64::try_from(shop.len()).unwrap());
        let known = read_head_from(bytes.as_slice(), "shop.json", &Progress::default()).unwrap();
        prop_assert_eq!(&known, &summary);
        // A member is a line, and an error would say which.
        let text = String::from_utf8(bytes.clone()).unwrap();
        let lines: Vec<&str> = text.split('\n').collect();
        for member in &members {
            let line = lines[usize::try_from(member.line).unwrap() - 1];
            prop_assert!(line.starts_with("    {\""), "{}", line);
            prop_assert_eq!(member.column, Some(5));
        }
        let again = elements(members);
        prop_assert_eq!(&again, &shop);
        prop_assert_eq!(written(&summary.head, &again), bytes);
    }

    /// Whatever order the keys stand in, it is the same shop.
    #[test]
    fn keys_stand_in_any_order(
        (head, shop) in testing::shop(),
        order in Just((0..11).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let text = String::from_utf8(written(&head, &shop)).unwrap();
        let text = text.strip_prefix("{\n  ").unwrap().strip_suffix("\n}\n").unwrap();
        // Members are indented further, and no text has a line end of its own.
        let keys: Vec<&str> = text.split(",\n  \"").collect();
        let keys = order.into_iter().filter_map(|place| keys.get(place));
        let keys: Vec<&str> = keys.map(|key| key.trim_start_matches('"')).collect();
        let (summary, members) = read(format!("{{\"{}}}", keys.join(",\n\"")).as_bytes()).unwrap();
        prop_assert_eq!(summary.head, head);
        let mut again = elements(members);
        again.sort_by_key(Element::section);
        prop_assert_eq!(again, shop);
    }
}

#[test]
fn a_pass_hands_out_the_lists_it_was_asked_for() {
    let text = br#"{
  "orders": [],
  "faqs": [{"id":"f1","question":"?","answer":"!"}, {"id":"f2","question":"?","answer":"!"}],
  "policies": [{"anything": [1, {"goes": null}]}],
  "currency": "EUR", "format": "parlour-shop/1",
  "discounts": [{"code":"A","kind":"fixed","value":1}]
}"#;
    let mut paths = Vec::new();
    let summary = read_document_from(
        text.as_slice(),
        "shop.json",
        &[Section::Faqs, Section::Discounts],
        &Progress::default(),
        &mut |member| {
            paths.push((member.path, member.line, member.column));
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(
        paths,
        [
            ("faqs[0]".to_owned(), 3, Some(12)),
            ("faqs[1]".to_owned(), 3, Some(53)),
            ("discounts[0]".to_owned(), 6, Some(17)),
        ]
    );
    assert_eq!(summary.head.currency.as_str(), "EUR");
    assert_eq!(summary.head.tax, None);
    assert_eq!(summary.counts.of(Section::Policies), 1);
    assert_eq!(summary.counts.of(Section::Customers), 0);
    assert_eq!(summary.counts.total(), 4);
}

#[test]
fn who_takes_members_may_refuse_one_and_nothing_follows() {
    let text = written(
        &testing_head(),
        &[testing::order(0), testing::order(1), testing::order(2)],
    );
    let mut taken = 0;
    let error = read_document_from(
        text.as_slice(),
        "shop.json",
        &[Section::Orders],
        &Progress::default(),
        &mut |_| {
            taken += 1;
            if taken == 2 {
                return Err(Refusal::new("lines[0].product", "names no product"));
            }
            Ok(())
        },
    )
    .unwrap_err();
    assert_eq!(taken, 2);
    assert_eq!(
        error.to_string(),
        "shop.json:12: orders[1].lines[0].product: names no product (column 5)"
    );
}

fn testing_head() -> Head {
    Head {
        currency: "USD".parse().unwrap(),
        tax: None,
    }
}

/// Makes a document while it is being read, and counts what it has made.
struct Endless<'a> {
    orders: std::ops::Range<u64>,
    pending: Vec<u8>,
    made: &'a std::cell::Cell<u64>,
}

impl Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.pending.is_empty() {
            let Some(number) = self.orders.next() else {
                return Ok(0);
            };
            self.made.set(number + 1);
            let Element::Order(order) = testing::order(number) else {
                panic!("an order");
            };
            let before = if number == 0 {
                "{\"orders\":[\n"
            } else {
                ",\n"
            };
            self.pending = before.into();
            serde_json::to_writer(&mut self.pending, &order).unwrap();
            if self.orders.is_empty() {
                self.pending
                    .extend(b"],\"format\":\"parlour-shop/1\",\"currency\":\"USD\"}");
            }
        }
        let count = self.pending.len().min(out.len());
        out[..count].copy_from_slice(&self.pending[..count]);
        self.pending.drain(..count);
        Ok(count)
    }
}

/// The document never exists as a whole, and what was read is at most a buffer ahead of what was
/// handed out.
#[test]
fn a_large_document_is_a_stream() {
    const ORDERS: u64 = 20_000;
    let made = std::cell::Cell::new(0);
    let reader = Endless {
        orders: 0..ORDERS,
        pending: Vec::new(),
        made: &made,
    };
    let mut taken = 0;
    let progress = Progress::default();
    let summary = read_document_from(
        reader,
        "shop.json",
        &[Section::Orders],
        &progress,
        &mut |member| {
            assert_eq!(member.element, testing::order(taken));
            assert_eq!(member.path, format!("orders[{taken}]"));
            assert_eq!(member.line, taken + 2);
            taken += 1;
            assert!(
                made.get() - taken < 1_000,
                "{} made, {taken} taken",
                made.get()
            );
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(taken, ORDERS);
    assert_eq!(summary.counts.of(Section::Orders), ORDERS);
    assert_eq!(progress.read(), summary.bytes);
}

#[test]
fn a_file_is_written_as_a_stream_and_read_with_progress() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("shop.json");
    let file = PrivateFile::create(&path, Existing::Refuse).unwrap();
    let mut writer = DocumentWriter::new(file, &testing_head()).unwrap();
    for number in 0..500 {
        writer.element(&testing::order(number)).unwrap();
    }
    assert!(!path.exists(), "it appears whole");
    writer.finish().unwrap().keep().unwrap();

    let progress = Progress::default();
    let summary = read_head(&path, &progress).unwrap();
    assert_eq!(summary.counts.total(), 500);
    assert_eq!(progress.total(), summary.bytes);
    assert_eq!(progress.read(), summary.bytes);
    let mut halfway = Vec::new();
    let again = read_document(&path, &[Section::Orders], &progress, &mut |_| {
        halfway.push(progress.read());
        Ok(())
    })
    .unwrap();
    assert_eq!(again, summary);
    assert!(halfway.first().unwrap() < halfway.last().unwrap());
    assert!(halfway.is_sorted());

    let missing = read_head(&home.path().join("nowhere.json"), &progress).unwrap_err();
    assert!(missing.environment && missing.line.is_none(), "{missing}");
    assert!(
        missing
            .to_string()
            .contains("nowhere.json: cannot be opened"),
        "{missing}"
    );
    let folder = read_head(home.path(), &progress).unwrap_err();
    assert!(folder.environment, "{folder}");
}
