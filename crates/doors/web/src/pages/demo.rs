//! The demo's own pages: the sample shop and the mailbox. No real installation serves them.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Redirect, Response},
};

use super::page;
use crate::{assets, headers::OPENER_POLICY, house::House, problem::Problem, views::moment};

#[derive(Template)]
#[template(path = "demo_shop.html")]
struct ShopPage<'a> {
    loader_url: &'a str,
    loader_integrity: &'a str,
    shop_handle: &'a str,
}

#[derive(Template)]
#[template(path = "demo_mailbox.html")]
struct MailboxPage {
    css_integrity: &'static str,
    mails: Vec<MailView>,
}

struct MailView {
    to: String,
    subject: String,
    text: String,
    shown: String,
    at: String,
}

/// The sample shop's page, on a site of its own, with a policy as strict as a careful shop's.
pub(crate) async fn shop(State(house): State<House>) -> Result<Response, Problem> {
    let demo = house.settings.demo_shop.as_ref();
    let demo = demo.ok_or_else(|| Problem::not_found("there is no such page"))?;
    let parlour = &house.settings.public_origin;
    let template = ShopPage {
        loader_url: &format!("{parlour}/widget/v1/loader.js"),
        loader_integrity: assets::widget_integrity("loader.js"),
        shop_handle: &demo.handle,
    };
    let html = template
        .render()
        .map_err(|_| Problem::not_found("the page could not be made"))?;
    let policy = format!(
        "default-src 'none'; script-src {parlour}; style-src 'self'; img-src 'self'; frame-src {parlour}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    );
    let mut response = Html(html).into_response();
    // Its chat's frame opens the window in which passkeys are used, and hears from it.
    let keeps = HeaderValue::from_static("same-origin-allow-popups");
    response.headers_mut().insert(OPENER_POLICY, keeps);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

pub(crate) async fn shop_home() -> Redirect {
    Redirect::to("/shop/")
}

/// A moment to the second, as people write it: `2026-11-26 17:15:12 UTC`.
fn readable(written: &str) -> String {
    match (written.get(..10), written.get(11..19)) {
        (Some(day), Some(time)) => format!("{day} {time} UTC"),
        _ => written.to_owned(),
    }
}

/// Mails that would have been sent.
pub(crate) async fn mailbox(State(house): State<House>) -> Result<Response, Problem> {
    if !house.settings.mailbox {
        return Err(Problem::not_found("there is no such page"));
    }
    let mut snapshot = house.database.snapshot().await?;
    let mut mails = Vec::new();
    for shop in snapshot.shops().await? {
        for mail in house
            .journey
            .danger_demo_mailbox(&mut *snapshot, shop.id)
            .await?
        {
            let at = moment(mail.at);
            mails.push(MailView {
                to: mail.to,
                subject: mail.subject,
                text: mail.text,
                shown: readable(&at),
                at,
            });
        }
    }
    page(&MailboxPage {
        css_integrity: assets::console_integrity("console.css"),
        mails,
    })
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn drawn(to: &str, subject: &str, text: &str) -> String {
        let mail = MailView {
            to: to.to_owned(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            shown: "2026-11-26 10:00:00 UTC".to_owned(),
            at: "2026-11-26T10:00:00Z".to_owned(),
        };
        let page = MailboxPage {
            css_integrity: "sha384-x",
            mails: vec![mail],
        };
        page.render().unwrap()
    }

    /// The lines of the corpus that the browser journeys carry into every screen, as they stand in
    /// its files.
    #[test]
    fn a_mail_of_any_words_is_shown_as_words() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/browser/corpus");
        let mut tried = 0;
        let marks = |page: &str| page.matches(['<', '>', '"', '\'']).count();
        let usual = marks(&drawn("x", "x", "x"));
        for file in fs::read_dir(folder).unwrap() {
            let lines = fs::read_to_string(file.unwrap().path()).unwrap();
            for line in lines.lines() {
                let page = drawn(line, line, line);
                assert_eq!(marks(&page), usual, "{line} adds markup");
                tried += 1;
            }
        }
        assert!(tried >= 500, "{tried} lines");
    }
}
