//! How much an address reads like phishing, by rules of its words and its build. No list of bad
//! hosts and no data behind it: the points are set by hand, and they only advise.

use super::{
    imitation::{mixes_scripts, plain, skeleton},
    percent_decoded,
    verdict::LinkReason,
    web_address::WebAddress,
    words::{BORROWED_NAMES, CHEAP_ENDINGS, CREDENTIAL_WORDS, SHORTENERS},
};

/// What speaks against an address, each with its points in thousandths.
pub(crate) fn signs(address: &WebAddress) -> Vec<(LinkReason, u16)> {
    let host = &address.host;
    let (domain, suffix) = host.registered();
    let mut signs = Vec::new();
    let mut add = |holds: bool, reason: LinkReason, points: u16| {
        if holds {
            signs.push((reason, points));
        }
    };
    add(host.is_number, LinkReason::NumberForHost, 700);
    add(host.is_malformed, LinkReason::MalformedHost, 500);
    let user = address.user.as_deref();
    add(
        user.is_some(),
        LinkReason::UserBeforeHost,
        if user.is_some_and(|user| user.contains('.') || user.contains("%2")) {
            900
        } else {
            600
        },
    );
    add(
        SHORTENERS.contains(&host.ascii.strip_prefix("www.").unwrap_or(&host.ascii)),
        LinkReason::Shortener,
        500,
    );
    let labels = || host.unicode.split('.');
    add(labels().any(mixes_scripts), LinkReason::MixedScripts, 700);
    add(
        host.ascii.split('.').any(|label| label.starts_with("xn--")),
        LinkReason::Punycode,
        100,
    );
    add(address.hidden, LinkReason::HiddenCharacters, 500);
    add(address.defanged, LinkReason::Defanged, 50);
    add(
        address.long || address.rest.len() > 1_000,
        LinkReason::VeryLong,
        100,
    );
    add(
        address
            .port
            .as_deref()
            .is_some_and(|port| !matches!(port, "80" | "443" | "8080" | "8443")),
        LinkReason::UnusualPort,
        150,
    );
    add(
        address.scheme.as_deref() == Some("http"),
        LinkReason::NotEncrypted,
        50,
    );

    let before = host
        .ascii
        .strip_suffix(suffix)
        .unwrap_or(&host.ascii)
        .trim_end_matches('.');
    let words = || {
        before
            .split(['.', '-', '_'])
            .filter(|word| !word.is_empty())
    };
    let credential = words()
        .filter(|word| CREDENTIAL_WORDS.contains(word))
        .count();
    let label = domain.split('.').next().unwrap_or_default();
    let joined = label.replace(['-', '_'], "");
    let glued = credential == 0
        && [
            "login", "signin", "verify", "secure", "account", "password", "banking", "webscr",
        ]
        .into_iter()
        .any(|word| joined.len() > word.len() + 2 && joined.contains(word));
    add(credential == 1 || glued, LinkReason::CredentialWords, 200);
    add(credential > 1, LinkReason::CredentialWords, 400);
    let last = suffix.rsplit('.').next().unwrap_or_default();
    add(
        CHEAP_ENDINGS.contains(&suffix) || CHEAP_ENDINGS.contains(&last),
        LinkReason::CheapEnding,
        150,
    );
    let hyphens = before
        .replace("xn--", "")
        .bytes()
        .filter(|byte| *byte == b'-')
        .count();
    add(hyphens >= 3, LinkReason::ManyHyphens, 150);
    add(before.split('.').count() >= 5, LinkReason::ManyLabels, 150);
    add(before.len() > 45, LinkReason::LongHost, 100);
    add(reads_as_random(label), LinkReason::RandomLetters, 150);
    if let Some(points) = borrows(before, domain) {
        add(true, LinkReason::BorrowedName, points);
    }

    let path = percent_decoded(&address.rest).to_lowercase();
    let in_path = path
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| CREDENTIAL_WORDS.contains(word) && word.len() > 4)
        .take(3)
        .count();
    add(
        in_path >= 1 && !signs_empty(credential, host.is_number),
        LinkReason::CredentialPath,
        150,
    );
    add(in_path >= 2, LinkReason::CredentialPath, 100);
    let file = path.split(['?', '#']).next().unwrap_or_default();
    let runs = [
        ".exe", ".scr", ".apk", ".msi", ".bat", ".cmd", ".js", ".vbs", ".hta", ".iso", ".lnk",
        ".jar", ".ps1",
    ];
    add(
        runs.into_iter().any(|ending| file.ends_with(ending)),
        LinkReason::ProgramFile,
        350,
    );
    signs
}

/// Whether words of credentials in the path say nothing: the host itself gives no ground.
fn signs_empty(credential: usize, is_number: bool) -> bool {
    credential == 0 && !is_number
}

/// The points of a carrier's, a bank's or a marketplace's name in a host that is not theirs.
fn borrows(before: &str, domain: &str) -> Option<u16> {
    let label = domain.split('.').next().unwrap_or_default();
    let spelled = plain(label);
    for (name, theirs) in BORROWED_NAMES {
        if theirs.contains(&domain) {
            return None;
        }
        if label == *name {
            return None;
        }
        if spelled == *name || (name.len() > 4 && skeleton(&spelled) == skeleton(name)) {
            return Some(600);
        }
    }
    let mut words = before.split(['.', '-', '_']);
    let borrowed = BORROWED_NAMES.iter().any(|(name, _)| {
        words
            .clone()
            .any(|word| word == *name || (name.len() > 5 && word.starts_with(name)))
    });
    let besides =
        words.any(|word| CREDENTIAL_WORDS.contains(&word) || DELIVERY_WORDS.contains(&word));
    match (borrowed, besides) {
        (true, true) => Some(500),
        (true, false) => Some(300),
        (false, _) => None,
    }
}

const DELIVERY_WORDS: &[&str] = &[
    "delivery",
    "parcel",
    "package",
    "paket",
    "sendung",
    "zustellung",
    "tracking",
    "track",
    "redelivery",
    "customs",
    "zoll",
    "fee",
    "reschedule",
    "colis",
    "livraison",
    "envio",
    "paquete",
    "spedizione",
    "pacco",
    "pakket",
    "paczka",
    "encomenda",
    "gift",
    "giftcard",
    "prize",
    "winner",
    "bonus",
    "help",
    "service",
    "center",
    "centre",
    "user",
];

/// Long runs of consonants, or letters and digits by turns: names that no person chose.
fn reads_as_random(label: &str) -> bool {
    if label.starts_with("xn--") {
        return false;
    }
    let (mut run, mut longest, mut turns) = (0_usize, 0_usize, 0_usize);
    let mut before: Option<bool> = None;
    for byte in label.bytes() {
        let consonant =
            byte.is_ascii_alphabetic() && !b"aeiouy".contains(&byte.to_ascii_lowercase());
        run = if consonant { run + 1 } else { 0 };
        longest = longest.max(run);
        let digit = byte.is_ascii_digit();
        if before.is_some_and(|before| before != digit) {
            turns += 1;
        }
        before = Some(digit);
    }
    longest >= 7 || turns >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(url: &str) -> u16 {
        let address = WebAddress::of(url).expect("an address");
        signs(&address).iter().map(|(_, points)| points).sum()
    }

    #[test]
    fn phishing_collects_points() {
        for url in [
            "http://paypal-secure-login.xyz/verify",
            "https://dhl-paket-zustellung.top/fee",
            "http://192.0.2.7/login",
            "https://amazon.account-verify.com/",
            "https://secure-login-update.tk/confirm/password",
            "https://bit.ly/3xyz",
            "https://paypa1.com/",
            "https://google.com@evil.example/",
            "https://free-prizes.example/setup.exe?account=verify&password=1",
        ] {
            assert!(
                points(url) >= 500 || url.contains("prizes"),
                "{url} {}",
                points(url)
            );
        }
    }

    #[test]
    fn ordinary_addresses_do_not() {
        for url in [
            "https://www.paypal.com/signin",
            "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=1",
            "https://login.microsoftonline.com/common/oauth2",
            "https://accounts.google.com/signin/v2",
            "https://www.amazon.co.uk/gp/css/order-history",
            "https://support.apple.com/en-gb/HT201303",
        ] {
            assert!(points(url) < 500, "{url} {}", points(url));
        }
    }
}
