//! The CSV folder of the Universal Commerce Protocol's sample shop, as it stands.
//!
//! Such folders are small: they are read into memory. All eight files must be there, with exactly
//! their columns; `conformance_input.json` is asked for the currency if it is there.

mod table;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

use commerce::document::{
    Customer, Discount, DiscountKind, Element, Head, Options, Product, Promotion, PromotionKind,
    SavedAddress, ShippingOption, Variant,
};
use serde::Deserialize;
use terms::Currency;

use super::{
    check::{self, value},
    document::{Counts, Located},
    error::ImportError,
};
use table::{Files, Row, Table, fault};

/// A shop read from CSV files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    pub head: Head,
    /// List by list, in the order of [`commerce::document::Section::ALL`].
    pub elements: Vec<Located>,
    pub counts: Counts,
    /// Sentences about what was left out.
    pub warnings: Vec<String>,
}

/// Reads the folder and checks everything in it, references too.
pub fn read_ucp_folder(folder: &Path) -> Result<Folder, ImportError> {
    read(&Files::On(folder))
}

/// As [`read_ucp_folder`], from files in memory: names and bytes.
pub fn read_ucp_files(files: &[(&str, &[u8])]) -> Result<Folder, ImportError> {
    read(&Files::Held(files))
}

fn read(folder: &Files<'_>) -> Result<Folder, ImportError> {
    let head = Head {
        currency: currency(folder)?,
        tax: None,
    };
    let products = Table::read(
        folder,
        "products.csv",
        &["id", "title", "price", "image_url"],
    )?;
    products.unique("id")?;
    let mut elements = self::products(&products)?;
    put_in_stock(&mut elements, &stock(folder, &products)?);
    elements.extend(discounts(folder)?);
    elements.extend(promotions(folder, &products)?);
    elements.extend(shipping(folder)?);
    elements.extend(customers(folder)?);
    let mut counts = Counts::default();
    for located in &elements {
        check::element(&located.element).map_err(|refusal| located.refused(&refusal))?;
        counts.add(located.element.section());
    }
    Ok(Folder {
        head,
        elements,
        counts,
        warnings: payment_instruments(folder)?,
    })
}

fn currency(folder: &Files<'_>) -> Result<Currency, ImportError> {
    #[derive(Deserialize)]
    struct Conformance {
        currency: Option<String>,
    }
    const FILE: &str = "conformance_input.json";
    let name = folder.name(FILE);
    let given = match folder.bytes(FILE)? {
        Some(bytes) => {
            let parsed: Conformance = serde_json::from_slice(&bytes).map_err(|error| {
                let line = u64::try_from(error.line()).ok();
                fault(&name, line, "", super::error::without_value(&error))
            })?;
            parsed.currency
        }
        None => None,
    };
    let code = given.unwrap_or_else(|| "USD".to_owned());
    code.parse().map_err(|_| {
        let reason = "expected three capital letters (ISO 4217), such as `USD`";
        fault(&name, None, "currency", reason)
    })
}

/// What a row became.
fn located(row: Row<'_>, file: &Arc<str>, element: Element) -> Located {
    Located {
        element,
        file: Arc::clone(file),
        line: row.line,
        column: None,
        path: String::new(),
    }
}

/// Pieces by product.
fn stock(folder: &Files<'_>, products: &Table) -> Result<HashMap<String, i64>, ImportError> {
    let table = Table::read(folder, "inventory.csv", &["product_id", "quantity"])?;
    table.unique("product_id")?;
    let known: HashSet<&str> = products.rows().map(|row| row.cell("id")).collect();
    let mut stock = HashMap::new();
    for row in table.rows() {
        let product = row.text("product_id", value::id)?;
        if !known.contains(product.as_str()) {
            return Err(row.fault("product_id", "names no product of `products.csv`"));
        }
        stock.insert(product, row.number("quantity", value::amount)?);
    }
    Ok(stock)
}

fn put_in_stock(elements: &mut [Located], stock: &HashMap<String, i64>) {
    for located in elements {
        if let Element::Product(product) = &mut located.element {
            for variant in &mut product.variants {
                variant.stock = stock.get(&variant.id).copied();
            }
        }
    }
}

/// Each product has one variant, with the product's own id.
fn products(table: &Table) -> Result<Vec<Located>, ImportError> {
    let file = Arc::from(table.file.as_str());
    let product = |row: Row<'_>| {
        let id = row.text("id", value::id)?;
        let variant = Variant {
            id: id.clone(),
            sku: None,
            title: None,
            options: Options::default(),
            price: row.number("price", value::amount)?,
            available: true,
            stock: None,
        };
        let product = Product {
            id,
            title: row.text("title", value::title)?,
            description: None,
            category: None,
            image_url: row.optional("image_url", value::web_address)?,
            options: Vec::new(),
            variants: vec![variant],
        };
        Ok(located(row, &file, Element::Product(product)))
    };
    table.rows().map(product).collect()
}

fn discounts(folder: &Files<'_>) -> Result<Vec<Located>, ImportError> {
    let columns = ["code", "type", "value", "description"];
    let table = Table::read(folder, "discounts.csv", &columns)?;
    table.unique("code")?;
    let file = Arc::from(table.file.as_str());
    let discount = |row: Row<'_>| {
        let kinds = [
            ("percentage", DiscountKind::Percentage),
            ("fixed_amount", DiscountKind::Fixed),
        ];
        let kind = row.word("type", &kinds)?;
        let bounds = match kind {
            DiscountKind::Percentage => value::percentage,
            DiscountKind::Fixed => value::amount,
        };
        let discount = Discount {
            code: row.text("code", value::id)?,
            kind,
            value: row.number("value", bounds)?,
            description: row.optional("description", value::text)?,
        };
        Ok(located(row, &file, Element::Discount(discount)))
    };
    table.rows().map(discount).collect()
}

fn promotions(folder: &Files<'_>, products: &Table) -> Result<Vec<Located>, ImportError> {
    let columns = [
        "id",
        "type",
        "min_subtotal",
        "eligible_item_ids",
        "description",
    ];
    let table = Table::read(folder, "promotions.csv", &columns)?;
    table.unique("id")?;
    let known: HashSet<&str> = products.rows().map(|row| row.cell("id")).collect();
    let file = Arc::from(table.file.as_str());
    let promotion = |row: Row<'_>| {
        let promotion = Promotion {
            id: row.text("id", value::id)?,
            kind: row.word("type", &[("free_shipping", PromotionKind::FreeShipping)])?,
            min_subtotal: row.optional_amount("min_subtotal")?,
            products: eligible(row, &known)?,
            description: row.optional("description", value::text)?,
        };
        Ok(located(row, &file, Element::Promotion(promotion)))
    };
    table.rows().map(promotion).collect()
}

/// A JSON list of products, or nothing: an empty list excludes nothing.
fn eligible(row: Row<'_>, known: &HashSet<&str>) -> Result<Option<Vec<String>>, ImportError> {
    const COLUMN: &str = "eligible_item_ids";
    if row.cell(COLUMN).is_empty() {
        return Ok(None);
    }
    let products: Vec<String> = serde_json::from_str(row.cell(COLUMN)).map_err(|_| {
        let reason =
            "expected a JSON list of ids of products, such as `[\"a\", \"b\"]`, or nothing";
        row.fault(COLUMN, reason)
    })?;
    if !products.iter().all(|id| known.contains(id.as_str())) {
        return Err(row.fault(COLUMN, "names a product that is not in `products.csv`"));
    }
    Ok(Some(products).filter(|products| !products.is_empty()))
}

fn shipping(folder: &Files<'_>) -> Result<Vec<Located>, ImportError> {
    let columns = ["id", "country_code", "service_level", "price", "title"];
    let table = Table::read(folder, "shipping_rates.csv", &columns)?;
    table.unique("id")?;
    let file = Arc::from(table.file.as_str());
    let option = |row: Row<'_>| {
        let country = if row.cell("country_code") == "default" {
            None
        } else {
            Some(row.text("country_code", value::country_code)?)
        };
        let option = ShippingOption {
            id: row.text("id", value::id)?,
            title: row.text("title", value::title)?,
            price: row.number("price", value::amount)?,
            country,
            level: row.text("service_level", value::id)?,
        };
        Ok(located(row, &file, Element::Shipping(option)))
    };
    table.rows().map(option).collect()
}

fn customers(folder: &Files<'_>) -> Result<Vec<Located>, ImportError> {
    let table = Table::read(folder, "customers.csv", &["id", "name", "email"])?;
    table.unique("id")?;
    let mut books = address_books(folder, &table)?;
    let file = Arc::from(table.file.as_str());
    let mut customers = Vec::new();
    for row in table.rows() {
        let id = row.text("id", value::id)?;
        let name = row.text("name", value::title)?;
        let (given_name, family_name) = parted(&name);
        let customer = Customer {
            email: row.text("email", value::email)?,
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            phone: None,
            addresses: books.remove(&id).unwrap_or_default(),
            payment_methods: Vec::new(),
            id,
        };
        let element = Element::Customer(Box::new(customer));
        customers.push(located(row, &file, element));
    }
    Ok(customers)
}

/// The last word is the family name; a single word is the given name.
fn parted(name: &str) -> (&str, &str) {
    let name = name.trim();
    match name.rsplit_once(char::is_whitespace) {
        Some((given, family)) => (given.trim_end(), family),
        None => (name, ""),
    }
}

/// Addresses by customer. The first of each is the default.
fn address_books(
    folder: &Files<'_>,
    customers: &Table,
) -> Result<HashMap<String, Vec<SavedAddress>>, ImportError> {
    let columns = [
        "id",
        "customer_id",
        "street_address",
        "city",
        "state",
        "postal_code",
        "country",
    ];
    let table = Table::read(folder, "addresses.csv", &columns)?;
    let known: HashSet<&str> = customers.rows().map(|row| row.cell("id")).collect();
    let mut ids = HashSet::new();
    let mut books: HashMap<String, Vec<SavedAddress>> = HashMap::new();
    for row in table.rows() {
        let customer = row.text("customer_id", value::id)?;
        if !known.contains(customer.as_str()) {
            return Err(row.fault("customer_id", "names no customer of `customers.csv`"));
        }
        if !ids.insert((row.cell("customer_id"), row.cell("id"))) {
            return Err(row.fault("id", "is given twice for this customer"));
        }
        let book = books.entry(customer).or_default();
        book.push(SavedAddress {
            id: row.text("id", value::id)?,
            line1: row.text("street_address", value::title)?,
            line2: None,
            city: row.text("city", value::title)?,
            region: row.optional("state", value::title)?,
            postal_code: row.text("postal_code", value::title)?,
            country: row.text("country", value::country)?,
            default: book.is_empty().then_some(true),
        });
    }
    Ok(books)
}

/// Checked and left out. Tokens of a gateway are not kept, not even for a moment.
fn payment_instruments(folder: &Files<'_>) -> Result<Vec<String>, ImportError> {
    let columns = ["id", "type", "brand", "last_digits", "token", "handler_id"];
    let table = Table::read(folder, "payment_instruments.csv", &columns)?;
    table.unique("id")?;
    for row in table.rows() {
        row.text("id", value::id)?;
        row.text("type", value::id)?;
        row.optional("brand", value::title)?;
        row.optional("last_digits", value::last_digits)?;
        row.text("token", value::id)?;
        row.text("handler_id", value::id)?;
    }
    Ok(match table.rows().count() {
        0 => Vec::new(),
        count => vec![format!(
            "`{}` was checked and not imported: its {count} payment instruments name no customer",
            table.file
        )],
    })
}
