//! One-time codes of authenticator apps.

use std::collections::BTreeSet;

use factors::totp::{PERIOD, QrCode, QrError, Step, TotpSecret, check};
use proptest::prelude::*;
use terms::Timestamp;

/// Bytes that count up, each call further on.
struct Counting(std::sync::Mutex<u8>);

impl terms::Rng for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut next = self.0.lock().unwrap();
        for byte in bytes {
            *byte = *next;
            *next = next.wrapping_add(1);
        }
    }
}

fn of_the_standard() -> TotpSecret {
    TotpSecret::from_bytes(*b"12345678901234567890")
}

const fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

#[test]
fn codes_are_those_of_rfc_6238() {
    // Appendix B has eight digits, of which the last six are the code of six.
    for (seconds, eight) in [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] {
        let step = check(&of_the_standard(), eight.split_at(2).1, at(seconds), None);
        assert_eq!(step, Some(Step::from_number(seconds / 30)), "{seconds}");
    }
    assert_eq!(PERIOD.as_secs(), 30);
}

/// The codes of RFC 4226, appendix D, are those of the first steps.
const FIRST: [&str; 10] = [
    "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
    "520489",
];

#[test]
fn a_clock_may_be_one_step_off_and_no_more() {
    let secret = of_the_standard();
    for (step, code) in (0..).zip(FIRST) {
        for now in 0..12_i64 {
            let expected = (now.abs_diff(step) <= 1).then(|| Step::from_number(step));
            for second in [0, 29] {
                let given = check(&secret, code, at(now * 30 + second), None);
                assert_eq!(given, expected, "code of {step} at {now}");
            }
        }
    }
}

#[test]
fn a_step_is_taken_once_and_none_before_it() {
    let secret = of_the_standard();
    let now = at(5 * 30);
    let mut last = None;
    // The step after this one first: the clock of the phone is ahead.
    for (code, taken) in [
        (FIRST[4], Some(4)),
        (FIRST[4], None),
        (FIRST[6], Some(6)),
        (FIRST[6], None),
        (FIRST[5], None),
        (FIRST[4], None),
    ] {
        let step = check(&secret, code, now, last);
        assert_eq!(step.map(Step::number), taken);
        last = step.or(last);
    }
    assert_eq!(
        check(&secret, FIRST[7], at(6 * 30), last).map(Step::number),
        Some(7)
    );
}

#[test]
fn what_is_not_six_digits_is_no_code() {
    let secret = of_the_standard();
    for code in [
        "",
        "75522",
        "7552244",
        "755224 ",
        " 755224",
        "755 224",
        "75522a",
        "+55224",
        "\u{ff17}\u{ff15}\u{ff15}\u{ff12}\u{ff12}\u{ff14}",
        "94287082",
        "000000",
    ] {
        assert_eq!(check(&secret, code, at(0), None), None, "{code}");
    }
    let other = TotpSecret::from_bytes([1; 20]);
    assert_eq!(check(&other, FIRST[0], at(0), None), None);
}

#[test]
fn times_at_the_far_ends_have_no_code_and_no_panic() {
    let secret = of_the_standard();
    for millis in [i64::MIN, -1, -30_001, i64::MAX] {
        let now = Timestamp::from_millis(millis);
        let given = check(&secret, "000000", now, Some(Step::at(now)));
        assert_eq!(given, None);
    }
    // Just before 1970 the first step is the next one.
    let given = check(&secret, FIRST[0], Timestamp::from_millis(-1), None);
    assert_eq!(given, Some(Step::from_number(0)));
    assert_eq!(Step::at(Timestamp::from_millis(-1)).number(), -1);
}

#[test]
fn a_secret_has_twenty_bytes_of_chance() {
    let chance = Counting(std::sync::Mutex::new(0));
    let (one, other) = (TotpSecret::fresh(&chance), TotpSecret::fresh(&chance));
    let bytes: Vec<u8> = (0..40).collect();
    assert_eq!(one.expose()[..], bytes[..20]);
    assert_eq!(other.expose()[..], bytes[20..]);
    assert_eq!(format!("{one:?}"), "TotpSecret(Secret(..))");
}

#[test]
fn apps_read_the_address() {
    let secret = of_the_standard();
    let uri = secret.uri("B\u{fc}cher & mehr: Berlin", "ada+shop@example.org");
    assert_eq!(
        uri.expose(),
        "otpauth://totp/B%C3%BCcher%20%26%20mehr%20Berlin:ada%2Bshop%40example.org\
         ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=B%C3%BCcher%20%26%20mehr%20Berlin\
         &algorithm=SHA1&digits=6&period=30"
    );
    let typed = secret.for_typing();
    assert_eq!(typed.expose(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    // Nobody's name adds a parameter or a line, and the longest still fits into a drawing.
    let uri = secret.uri("a?secret=B&issuer=C#d/e%2F", "\r\n\0\"<script>");
    let query = uri.expose().split_once('?').unwrap().1;
    assert_eq!(query.matches('&').count(), 4);
    assert!(uri.expose().bytes().all(|byte| byte.is_ascii_graphic()));
    let uri = secret.uri(&"\u{1f6cd}".repeat(500), &"\u{1f6cd}".repeat(500));
    assert!(QrCode::of(uri.expose()).is_ok());
}

#[test]
fn the_drawing_has_its_quiet_zone_and_no_script() {
    let uri = of_the_standard().uri("Shop", "ada@example.org");
    let code = QrCode::of(uri.expose()).unwrap();
    let dark = squares(code.path().expose());
    let far = code.size() - 4;
    // The three corners by which it is found: dark rings of seven squares.
    for (left, top) in [(4, 4), (far - 7, 4), (4, far - 7)] {
        for along in 0..7 {
            for square in [
                (left + along, top),
                (left + along, top + 6),
                (left, top + along),
                (left + 6, top + along),
            ] {
                assert!(dark.contains(&square), "{square:?}");
            }
        }
        assert!(!dark.contains(&(left + 1, top + 1)));
    }
    assert!(
        dark.iter()
            .all(|(x, y)| (4..far).contains(x) && (4..far).contains(y))
    );
    let svg = code.svg(r#"<b>"Shop" & 'co'</b>"#);
    let svg = svg.expose();
    let start = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img""#,
        size = code.size()
    );
    assert!(svg.starts_with(&start), "{svg}");
    let title = "<title>&lt;b&gt;&quot;Shop&quot; &amp; &#39;co&#39;&lt;/b&gt;</title>";
    assert!(svg.contains(title), "{svg}");
    for other in ["style", "script", "href", "GEZD"] {
        assert!(!svg.contains(other), "{other}");
    }
    assert_eq!(svg.matches("<path").count(), 1);
    assert_eq!(
        format!("{code:?}"),
        format!("QrCode({} squares)", code.size())
    );
}

/// The two copies of the format (ISO/IEC 18004 §7.9) say the same, and are of its code: mirrored or turned
/// over they would not be.
#[test]
fn the_drawing_is_the_right_way_round() {
    let uri = of_the_standard().uri("Shop", "ada@example.org");
    let code = QrCode::of(uri.expose()).unwrap();
    let dark = squares(code.path().expose());
    let last = code.size() - 4 - 4 - 1;
    let bit = |x: usize, y: usize| u32::from(dark.contains(&(x + 4, y + 4)));
    let corner = (0..15).map(|index| match index {
        0..=5 => bit(8, index),
        6 | 7 => bit(8, index + 1),
        8 => bit(7, 8),
        _ => bit(14 - index, 8),
    });
    let edges = (0..15).map(|index| match index {
        0..=7 => bit(last - index, 8),
        _ => bit(8, last - 14 + index),
    });
    let number = |bits: &mut dyn Iterator<Item = u32>| {
        bits.enumerate()
            .fold(0, |number, (index, bit)| number | (bit << index))
    };
    let format = number(&mut corner.into_iter());
    assert_eq!(number(&mut edges.into_iter()), format);
    let mut rest: u32 = format ^ 0b101_0100_0001_0010;
    for shift in (0..5).rev() {
        if rest & (1 << (shift + 10)) != 0 {
            rest ^= 0b101_0011_0111 << shift;
        }
    }
    assert_eq!(rest, 0, "{format:015b}");
    // The square beside the lower left corner that is always dark.
    assert_eq!(bit(8, last - 7), 1);
}

/// The squares of a path, each `M x y h1v1h-1z`.
fn squares(path: &str) -> BTreeSet<(usize, usize)> {
    path.split_terminator("h1v1h-1z")
        .map(|square| {
            let (x, y) = square.strip_prefix('M').unwrap().split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect()
}

#[test]
fn what_does_not_fit_is_said() {
    let text = "a".repeat(3_000);
    assert_eq!(QrCode::of(&text).unwrap_err(), QrError::TooLong(3_000));
}

proptest! {
    #[test]
    fn a_code_is_never_taken_twice(
        seed in any::<[u8; 20]>(),
        now in 0..4_000_000_000_i64,
        code in "[0-9]{6}",
        last in 0..200_000_000_i64,
    ) {
        let secret = TotpSecret::from_bytes(seed);
        let last = Some(Step::from_number(last));
        if let Some(step) = check(&secret, &code, at(now), last) {
            prop_assert!(Some(step) > last);
            prop_assert!(step.number().abs_diff(now / 30) <= 1);
            prop_assert_eq!(check(&secret, &code, at(now), Some(step)), None);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_is_too_odd(code in ".*", millis in any::<i64>(), issuer in ".*", account in ".*") {
        let secret = of_the_standard();
        let _ = check(&secret, &code, Timestamp::from_millis(millis), None);
        let uri = secret.uri(&issuer, &account);
        prop_assert!(uri.expose().bytes().all(|byte| byte.is_ascii_graphic()));
        prop_assert!(QrCode::of(uri.expose()).is_ok());
    }
}
