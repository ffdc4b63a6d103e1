//! The gates of the verdicts: a set of look-alikes in the manner of dnstwist, the shop's real hosts,
//! and ordinary foreign links.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

mod twist;
use twist::SHOPS;

const ORDINARY: &str = include_str!("../../../tests/data/ordinary_links.txt");

fn ordinary() -> Vec<&'static str> {
    ORDINARY.lines().filter(|line| !line.is_empty()).collect()
}

fn is_alarm(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Suspicious | Verdict::Blocked)
}

#[test]
fn lookalikes_are_caught() {
    let (mut all, mut caught) = (0_usize, 0_usize);
    let mut missed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for shop in SHOPS {
        let mut seen = BTreeSet::new();
        for (technique, host) in twist::all(shop.trim_start_matches("www.")) {
            if !seen.insert(host.clone()) {
                continue;
            }
            all += 1;
            if is_alarm(verdict(&host, &[shop]).verdict) {
                caught += 1;
            } else {
                missed.entry(technique).or_default().push(host);
            }
        }
    }
    println!("look-alikes: {caught} of {all} caught; missed {missed:?}");
    assert!(all > 1_000, "{all}");
    assert!(caught * 1_000 >= all * 990, "{caught} of {all}: {missed:?}");
}

/// A name like "shop" is in a thousand hosts: less is caught, and the rest stays quiet.
#[test]
fn lookalikes_of_a_generic_name_are_caught() {
    let shop = "shop.example";
    let twisted: BTreeMap<String, &str> = twist::all(shop)
        .into_iter()
        .map(|(technique, host)| (host, technique))
        .collect();
    let missed: Vec<_> = twisted
        .iter()
        .filter(|(host, _)| !is_alarm(verdict(host, &[shop]).verdict))
        .collect();
    println!(
        "generic: {} of {} missed: {missed:?}",
        missed.len(),
        twisted.len()
    );
    assert!(
        missed.len() * 100 <= twisted.len() * 5,
        "{} of {}",
        missed.len(),
        twisted.len()
    );
}

#[test]
fn the_shops_own_hosts_are_ok() {
    for shop in SHOPS.iter().copied().chain([
        "shop.example",
        "rosa.myshopify.com",
        "127.0.0.1:8080",
        "localhost",
    ]) {
        let bare = shop.trim_start_matches("www.");
        let mut own = vec![
            shop.to_owned(),
            format!("https://{shop}/returns?x=1#y"),
            format!("http://{shop}"),
        ];
        if !shop.contains("127.") && shop != "localhost" {
            for below in [
                "www",
                "m",
                "help",
                "checkout",
                "login",
                "secure-account",
                "cdn.eu.static",
            ] {
                own.push(format!(
                    "https://{below}.{bare}/signin?next=https://{bare}/orders"
                ));
            }
            own.push(format!("HTTPS://{}./", bare.to_uppercase()));
            own.push(bare.to_owned());
            own.push(format!("hxxps://{}", bare.replace('.', "[.]")));
        }
        for url in own {
            let found = verdict(&url, &[shop]);
            assert_eq!(found.verdict, Verdict::Ok, "{url} {found:?}");
            assert_eq!(found.permille, 0, "{url}");
        }
    }
}

#[test]
fn ordinary_links_raise_no_alarm() {
    let links = ordinary();
    assert!(links.len() >= 200, "{}", links.len());
    for shop in SHOPS
        .iter()
        .copied()
        .chain(["shop.example", "bloom.com", "flowers.co.uk"])
    {
        let alarms: Vec<_> = links
            .iter()
            .map(|url| (url, verdict(url, &[shop])))
            .filter(|(_, found)| is_alarm(found.verdict))
            .collect();
        println!(
            "{shop}: {} alarms of {}: {alarms:?}",
            alarms.len(),
            links.len()
        );
        assert!(alarms.len() * 100 <= links.len(), "{shop}: {alarms:?}");
    }
}

#[test]
fn tricks_have_their_reasons() {
    let shop = &["bluetenhaus.example"][..];
    for (url, expected, reason) in [
        (
            "https://bluetenhaus.example.evil.example/",
            Verdict::Blocked,
            LinkReason::ShopHostInside,
        ),
        (
            "https://bluetenhaus-example.com/",
            Verdict::Blocked,
            LinkReason::ShopHostInside,
        ),
        (
            "https://bluetenhaus.evil.example/",
            Verdict::Blocked,
            LinkReason::ShopNameInside,
        ),
        (
            "https://bluetenhaus-login.example/",
            Verdict::Blocked,
            LinkReason::ShopNameInside,
        ),
        (
            "https://bluetenhaus.com/",
            Verdict::Suspicious,
            LinkReason::ShopNameOtherEnding,
        ),
        (
            "https://blueten-haus.example/",
            Verdict::Blocked,
            LinkReason::ShopNameHyphenated,
        ),
        (
            "https://bluten.haus.example/",
            Verdict::Suspicious,
            LinkReason::ShopNameMisspelt,
        ),
        (
            "https://bluetenhuas.example/",
            Verdict::Blocked,
            LinkReason::ShopNameMisspelt,
        ),
        (
            "https://bluetenhaue.example/",
            Verdict::Blocked,
            LinkReason::ShopNameMisspelt,
        ),
        (
            "https://b1uetenhaus.example/",
            Verdict::Blocked,
            LinkReason::LookAlikeCharacters,
        ),
        (
            "https://bluеtenhaus.example/",
            Verdict::Blocked,
            LinkReason::LookAlikeCharacters,
        ),
        (
            "https://xn--bltenhaus-r9a.example/",
            Verdict::Blocked,
            LinkReason::LookAlikeCharacters,
        ),
        (
            "https://bluetenhaus.example@evil.example/",
            Verdict::Blocked,
            LinkReason::UserBeforeHost,
        ),
        (
            "https://evil.example/r?to=https%3A%2F%2Fbluetenhaus.example.evil.com",
            Verdict::Blocked,
            LinkReason::LeadsOn,
        ),
        (
            "https://bluetenhaus.example/r?to=https://bluetenhaus-login.com",
            Verdict::Blocked,
            LinkReason::LeadsOn,
        ),
        (
            "hxxp://bluetenhaus[.]evil[.]com",
            Verdict::Blocked,
            LinkReason::ShopNameInside,
        ),
        (
            "http://192.0.2.1/bluetenhaus",
            Verdict::Suspicious,
            LinkReason::NumberForHost,
        ),
        (
            "https://bit.ly/3abc",
            Verdict::Suspicious,
            LinkReason::Shortener,
        ),
        (
            "https://pаypal.com/",
            Verdict::Suspicious,
            LinkReason::MixedScripts,
        ),
        (
            "javascript:alert(1)",
            Verdict::Blocked,
            LinkReason::RunsSomething,
        ),
        ("", Verdict::Unknown, LinkReason::NoAddress),
    ] {
        let found = verdict(url, shop);
        assert!(found.reasons.contains(&reason), "{url} {found:?}");
        assert_eq!(found.verdict, expected, "{url} {found:?}");
    }
}

#[test]
fn no_input_is_too_much() {
    let long = 1_000_000;
    for url in [
        "a".repeat(long),
        "a.".repeat(long / 2),
        "https://".repeat(long / 8),
        "@".repeat(long),
        "%25".repeat(long / 3),
        "[.]".repeat(long / 3),
        "\u{200B}".repeat(long / 3),
        "а.".repeat(long / 3),
        format!(
            "https://evil.example/?u={}",
            "https://bluetenhaus.com ".repeat(long / 24)
        ),
        "xn--".repeat(long / 4),
        " dot ".repeat(long / 5),
        "-".repeat(long),
    ] {
        let found = verdict(&url, &["bluetenhaus.example", ""]);
        assert_ne!(found.verdict, Verdict::Ok);
    }
    assert_eq!(
        verdict("https://bluetenhaus.example", &[]).verdict,
        Verdict::Unknown
    );
}

#[test]
fn reasons_have_words_of_their_own() {
    let words: BTreeSet<_> = LinkReason::ALL
        .iter()
        .map(|reason| reason.as_str())
        .collect();
    assert_eq!(words.len(), LinkReason::ALL.len());
}
