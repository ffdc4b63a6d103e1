//! The pages of the contract say what the program takes: tools, codes, the shop document.

use std::collections::BTreeSet;

use commerce::{document, refusal::Code};
use files::shop::{Progress, read_head_from, read_ucp_files};
use journey::tool::AnyTool;
use parlour_tests::contract::{
    Field, RefusalCode, Tool, code_findings, field_findings, sections, struct_fields, tool_findings,
};
use serde_json::{Value, json};

use crate::{
    project::{assert_found, assert_none, sources, text},
    shapes::shape,
};

const TOOLS: &str = "docs/tools.md";
const DOCUMENT: &str = "docs/shop-document.md";

#[test]
fn every_tool_takes_what_its_page_says() {
    assert_none(&tool_findings(&text(TOOLS), &tools(), &ask));
}

#[test]
fn every_code_is_on_the_page_and_those_that_nothing_answers_are_reserved() {
    assert_none(&code_findings(&text(TOOLS), &codes()));
}

#[test]
fn a_line_of_a_script_has_the_fields_of_its_table() {
    let page = text(TOOLS);
    let sections = sections(&page);
    let section = sections
        .iter()
        .find(|section| section.title == "parlour tool run");
    let page: Vec<&str> = section
        .unwrap()
        .rows
        .iter()
        .map(|row| row[0].as_str())
        .collect();
    let line = struct_fields(&text("crates/app/src/commands/tool/lines.rs"), "Line");
    assert_eq!(page, line);
}

#[test]
fn every_list_of_the_document_has_the_fields_of_its_table() {
    let page = text(DOCUMENT);
    for (title, fields) in document_shapes() {
        assert_none(&field_findings(&page, &title, &fields));
    }
}

/// The document's own keys are read by hand: they are learnt from what a reader says.
#[test]
fn the_document_itself_has_the_keys_of_its_table() {
    let read = |document: Value| {
        let bytes = document.to_string();
        read_head_from(bytes.as_bytes(), "shop.json", &Progress::default())
    };
    let refused = read(json!({ "surplus": 1 })).unwrap_err().to_string();
    let (_, known) = refused.split_once("expected one of").unwrap();
    let known: BTreeSet<&str> = known.split('`').skip(1).step_by(2).collect();
    let page = text(DOCUMENT);
    let sections = sections(&page);
    let section = sections
        .iter()
        .find(|section| section.title == "The document")
        .unwrap();
    let rows = section.rows.iter();
    let page: BTreeSet<&str> = rows.clone().map(|row| row[0].as_str()).collect();
    assert_eq!(page, known);
    let least = json!({ "format": "parlour-shop/1", "currency": "USD" });
    for row in rows {
        let mut without = least.clone();
        without.as_object_mut().unwrap().remove(&row[0]);
        let may_be_missing = read(without).is_ok();
        assert_eq!(row[2] == "yes", may_be_missing, "{}", row[0]);
    }
}

#[test]
fn the_folder_has_the_files_and_columns_of_its_table() {
    let mut given: Vec<(String, String)> = Vec::new();
    // A reader says which file is missing, and what columns it expects in an empty one.
    loop {
        let files: Vec<(&str, &[u8])> = given
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_bytes()))
            .collect();
        let Err(error) = read_ucp_files(&files) else {
            break;
        };
        if error.reason.contains("is missing in the folder") {
            given.push((error.file, String::new()));
        } else {
            let (_, columns) = error.reason.split_once("expected the columns").unwrap();
            let columns: Vec<&str> = columns.split('`').skip(1).step_by(2).collect();
            let (_, text) = given
                .iter_mut()
                .find(|(name, _)| *name == error.file)
                .unwrap();
            *text = columns.join(",");
        }
    }
    let page = text(DOCUMENT);
    let sections = sections(&page);
    let section = sections
        .iter()
        .find(|section| section.title.contains("ucp-csv"))
        .unwrap();
    let rows = section.rows.iter();
    let page: BTreeSet<(String, String)> = rows
        .map(|row| (row[0].clone(), row[1].replace(['`', ' '], "")))
        .collect();
    assert_eq!(page, given.into_iter().collect());
}

fn tools() -> Vec<Tool> {
    let names = AnyTool::names().into_iter();
    names
        .map(|name| {
            let commerce = commerce::tools::Tool::from_name(name);
            let of_journey = || {
                let room = text("crates/work/journey/src/tool.rs");
                let words = name.split('_').map(|word| {
                    let (first, rest) = word.split_at(1);
                    first.to_uppercase() + rest
                });
                struct_fields(&room, &words.collect::<String>())
            };
            Tool {
                name: name.to_owned(),
                proposes: commerce.is_some_and(commerce::tools::Tool::proposes),
                arguments: commerce.is_none().then(of_journey),
            }
        })
        .collect()
}

fn ask(tool: &str, arguments: &Value) -> Result<(), String> {
    let tool = commerce::tools::Tool::from_name(tool).unwrap();
    commerce::check_arguments(tool, arguments.to_string().as_bytes())
        .map_err(|refusal| refusal.message)
}

/// A code is produced where a source names it, beside the list of codes.
fn codes() -> Vec<RefusalCode> {
    let product = sources().iter().filter(|source| {
        source.path.starts_with("crates/") && !source.path.ends_with("commerce/src/refusal.rs")
    });
    let product: Vec<&str> = product.map(|source| source.text.as_str()).collect();
    let codes = Code::ALL.iter().map(|code| {
        let name = regex_of(*code);
        RefusalCode {
            name: code.as_str().to_owned(),
            produced: product.iter().any(|text| name.is_match(text)),
        }
    });
    codes.collect()
}

fn regex_of(code: Code) -> regex::Regex {
    regex::Regex::new(&format!(r"\bCode::{code:?}\b")).unwrap()
}

fn document_shapes() -> Vec<(String, Vec<Field>)> {
    vec![
        shape::<document::Tax>(),
        shape::<document::Product>(),
        shape::<document::Variant>(),
        shape::<document::Discount>(),
        shape::<document::Promotion>(),
        shape::<document::ShippingOption>(),
        shape::<document::Policy>(),
        shape::<document::Faq>(),
        shape::<document::Customer>(),
        shape::<document::SavedAddress>(),
        shape::<document::PaymentMethod>(),
        shape::<document::Order>(),
        shape::<document::Address>(),
        shape::<document::Line>(),
        shape::<document::Adjustment>(),
        shape::<document::Fulfilment>(),
        shape::<document::Payment>(),
        shape::<document::Return>(),
        shape::<document::Exchange>(),
        shape::<document::LineChange>(),
    ]
}

// Shown to fail when broken on purpose.

/// What is found when one part of the page of the tools is written differently.
fn doctored(from: &str, to: &str) -> Vec<String> {
    let page = text(TOOLS);
    assert!(page.contains(from), "{from}");
    let page = page.replacen(from, to, 1);
    let mut found = tool_findings(&page, &tools(), &ask);
    found.extend(code_findings(&page, &codes()));
    found
}

#[test]
fn an_argument_that_the_page_forgets_is_found() {
    let row = "| `limit` | whole number | no | 1 to 50; 10 without it |\n";
    assert_found(
        &doctored(row, ""),
        &["`search_products`", "table has no `limit`"],
    );
    let row = "| `region` | text | no | 1 to 120 characters |\n";
    assert_found(&doctored(row, ""), &["address`", "table has no `region`"]);
    let row =
        "| `reason` | text | yes | one line of at most 300 characters, with no card number |\n";
    assert_found(
        &doctored(row, ""),
        &["`request_person`", "table has no `reason`"],
    );
    assert_found(
        &doctored(r#", "limit": 5}"#, "}"),
        &["`search_products`", "example has no `limit`"],
    );
}

#[test]
fn an_argument_that_the_program_does_not_take_is_found() {
    let row = "| `variant` | text | yes | 1 to 200 characters |";
    let more = format!("{row}\n| `gift` | yes or no | no | |");
    assert_found(
        &doctored(row, &more),
        &["`add_to_cart`", "`gift`", "does not take"],
    );
}

#[test]
fn another_bound_type_or_need_is_found() {
    for (from, to, words) in [
        ("| 1 to 50; 10", "| 1 to 40; 10", ["`limit`", "41 is taken"]),
        (
            "| 1 to 50; 10",
            "| 1 to 60; 10",
            ["`limit`", "60 is refused"],
        ),
        (
            "| 1 to 20 characters",
            "| 1 to 30 characters",
            ["`postal_code`", "30 characters is refused"],
        ),
        (
            "| `variant` | text |",
            "| `variant` | whole number |",
            ["`variant`", "a text for a number is taken"],
        ),
        (
            "| `quantity` | whole number | yes |",
            "| `quantity` | whole number | no |",
            ["`quantity`", "is needed"],
        ),
        (
            "| `filters` | [filters](#filters) | no |",
            "| `filters` | [filters](#filters) | yes |",
            ["`filters`", "may be left out"],
        ),
        (
            "`shipped`, `delivered` or `cancelled`",
            "`shipped` or `lost`",
            ["`status`", "`lost` is refused"],
        ),
        (
            "| list of texts | yes | at most 200",
            "| list of texts | yes | at most 201",
            ["`lines`", "201 is refused"],
        ),
    ] {
        assert_found(&doctored(from, to), &words);
    }
}

#[test]
fn a_tool_that_is_missing_or_invented_is_found() {
    assert_found(
        &doctored("### `track_order`", "### `follow_order`"),
        &["`track_order`", "no section"],
    );
    assert_found(
        &doctored("### `track_order`", "### `follow_order`"),
        &["`follow_order`", "not a tool"],
    );
    assert_found(
        &doctored("Answers: a proposal.", "Done at once."),
        &["`checkout`", "proposal"],
    );
}

#[test]
fn a_code_that_is_missing_invented_or_wrongly_reserved_is_found() {
    assert_found(
        &doctored("| `same_item` |", "| `other_item` |"),
        &["`same_item`", "0 rows"],
    );
    assert_found(
        &doctored("| `same_item` |", "| `other_item` |"),
        &["`other_item`", "not a code"],
    );
    assert_found(
        &doctored("| `on_hold` | reserved |", "| `on_hold` | 409 |"),
        &["`on_hold`", "reserved"],
    );
    assert_found(
        &doctored("| `not_paid` | 409 |", "| `not_paid` | reserved |"),
        &["`not_paid`", "something answers it"],
    );
}

#[test]
fn a_field_that_differs_is_found() {
    let page = text(DOCUMENT);
    let (title, fields) = shape::<document::PaymentMethod>();
    assert_eq!(title, "payment method");
    for (from, to) in [
        (
            "| `balance` | whole number | yes |",
            "| `balance` | whole number | no |",
        ),
        (
            "| `balance` | whole number | yes |",
            "| `credit` | whole number | yes |",
        ),
        ("`gift_card` or `transfer` | no |", "or `gift_card` | no |"),
        (
            "| `last4` | text | yes |",
            "| `last4` | whole number | yes |",
        ),
    ] {
        assert!(page.contains(from), "{from}");
        let found = field_findings(&page.replacen(from, to, 1), &title, &fields);
        assert_found(&found, &["`payment method`", "lacks the row"]);
        assert_found(&found, &["`payment method`", "does not know"]);
    }
    assert_found(
        &field_findings("# nothing", &title, &fields),
        &["no section"],
    );
}

#[test]
fn fields_of_a_source_are_read_with_their_renames() {
    let source = "/// A line.\nstruct Line {\n    /// Who: her id.\n    #[serde(rename = \"as\")]\n    customer: String,\n    pub(crate) args: Value,\n}\n";
    assert_eq!(struct_fields(source, "Line"), ["as", "args"]);
    assert!(struct_fields(source, "Lines").is_empty());
}
