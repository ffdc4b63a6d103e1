//! The drafts of `tests/data/facts.jsonl`: what tools answered, what she said, what stays and why the rest
//! goes.

use serde::Deserialize;
use terms::Untrusted;

use crate::gate::{self, Known, Part, Progress, Pseudonyms};

#[derive(Deserialize)]
struct Row {
    language: String,
    said: String,
    tools: Vec<Answer>,
    draft: String,
    kept: String,
    cut: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    text: Option<String>,
    goods: Option<String>,
    in_stock: Option<bool>,
    price: Option<i64>,
    currency: Option<String>,
    order: Option<String>,
    placed_at: Option<String>,
    tracking: Option<String>,
    total: Option<i64>,
    progress: Option<String>,
}

fn known(row: &Row) -> Known {
    let mut known = Known::default();
    known.said(&row.said);
    for answer in &row.tools {
        for text in [&answer.text, &answer.goods, &answer.placed_at] {
            text.iter().for_each(|text| known.text(text));
        }
        for id in [&answer.order, &answer.tracking] {
            id.iter().for_each(|id| known.identifier(id));
        }
        let currency = answer.currency.as_deref().unwrap_or_default();
        for amount in [answer.price, answer.total] {
            amount
                .iter()
                .for_each(|amount| known.amount(*amount, currency));
        }
        if let Some(goods) = &answer.goods {
            known.goods(goods, answer.in_stock.unwrap());
        }
        match answer.progress.as_deref() {
            Some("shipped") => known.progress(Progress::Shipped),
            Some("delivered") => known.progress(Progress::Delivered),
            Some("cancelled") => known.progress(Progress::Cancelled),
            Some(other) => panic!("{other}"),
            None => {}
        }
    }
    known
}

#[test]
fn the_corpus_holds() {
    let rows = include_str!("../../../tests/data/facts.jsonl").lines();
    let rows: Vec<Row> = rows
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.len() >= 120, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let parts = vec![Part::Text(Untrusted::new(row.draft.clone()))];
        let checked = gate::checked(parts, &known(row), &Pseudonyms::default());
        let texts = checked.parts.into_iter().map(|part| match part {
            Part::Text(text) => text.danger_into_raw(),
            other => panic!("{other:?}"),
        });
        let kept: String = texts.collect();
        let cut: Vec<&str> = checked.cuts.iter().map(|(kind, _)| kind.as_str()).collect();
        if kept != row.kept || cut != row.cut {
            wrong.push(format!(
                "{}: `{}` became `{kept}`, cut for {cut:?}",
                row.language, row.draft
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}: {wrong:#?}",
        wrong.len(),
        rows.len()
    );
}
