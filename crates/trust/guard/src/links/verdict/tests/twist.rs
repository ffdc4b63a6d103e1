//! Look-alikes of a host by the techniques of dnstwist, made anew from the description of each.

/// Shops as they are named: short, long, with hyphens and digits, under one and two suffixes.
pub(super) const SHOPS: [&str; 8] = [
    "bluetenhaus.example",
    "petit-jardin.fr",
    "rosa24.de",
    "nordlicht-kerzen.shop",
    "violetta.co.uk",
    "tinka.com",
    "kwiatowo.pl",
    "www.oakandivory.com",
];

/// What a technique makes of a name.
type Technique = fn(&str) -> Vec<String>;

const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// Every look-alike with the technique that made it; the host itself is not among them.
pub(super) fn all(host: &str) -> Vec<(&'static str, String)> {
    let (name, suffix) = host.split_once('.').expect("a name and a suffix");
    let techniques: [(&'static str, Technique); 13] = [
        ("addition", addition),
        ("bitsquatting", bitsquatting),
        ("homoglyph", homoglyph),
        ("hyphenation", hyphenation),
        ("insertion", insertion),
        ("omission", omission),
        ("repetition", repetition),
        ("replacement", replacement),
        ("subdomain", subdomain),
        ("transposition", transposition),
        ("vowel-swap", vowel_swap),
        ("dictionary", dictionary),
        ("cyrillic", cyrillic),
    ];
    let mut hosts: Vec<(&'static str, String)> = Vec::new();
    for (technique, twist) in techniques {
        hosts.extend(
            twist(name)
                .into_iter()
                .map(|name| (technique, format!("{name}.{suffix}"))),
        );
    }
    let flat = suffix.replace('.', "");
    hosts.extend(
        [
            format!("{name}{flat}.com"),
            format!("{name}-{}.com", suffix.replace('.', "-")),
            format!("www{name}.{suffix}"),
            format!("www-{name}.{suffix}"),
            format!("ww{name}.{suffix}"),
            format!("{name}{flat}.{suffix}"),
            format!("{host}.secure-payments.com"),
        ]
        .map(|host| ("various", host)),
    );
    hosts.retain(|(_, twisted)| {
        twisted != host
            && twisted
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
    });
    hosts
}

fn letters(name: &str) -> Vec<char> {
    name.chars().collect()
}

/// The name with the characters at a place replaced.
fn with(name: &str, place: usize, removed: usize, put: &str) -> String {
    let letters = letters(name);
    let before: String = letters.iter().take(place).collect();
    let after: String = letters.iter().skip(place + removed).collect();
    format!("{before}{put}{after}")
}

fn addition(name: &str) -> Vec<String> {
    ALPHABET
        .chars()
        .map(|letter| format!("{name}{letter}"))
        .collect()
}

fn bitsquatting(name: &str) -> Vec<String> {
    let mut made = Vec::new();
    for (place, letter) in letters(name).into_iter().enumerate() {
        for bit in 0..8 {
            let flipped = char::from(u8::try_from(letter).expect("ASCII") ^ (1 << bit));
            if flipped.is_ascii_lowercase() || flipped.is_ascii_digit() || flipped == '-' {
                made.push(with(name, place, 1, &flipped.to_string()));
            }
        }
    }
    made
}

const GLYPHS: &[(&str, &[&str])] = &[
    ("a", &["à", "á", "â", "ä", "å", "ạ", "а", "ɑ", "4"]),
    ("b", &["d", "lb", "ḃ", "6", "ь"]),
    ("c", &["e", "ƈ", "ċ", "ć", "ç", "с"]),
    ("d", &["b", "cl", "dl", "ԁ", "đ"]),
    ("e", &["c", "é", "è", "ê", "ë", "ē", "ẹ", "е", "3"]),
    ("f", &["ƒ", "ḟ"]),
    ("g", &["q", "ɡ", "ğ", "ġ", "9"]),
    ("h", &["lh", "ĥ", "һ"]),
    ("i", &["1", "l", "í", "ì", "ï", "ı", "і", "ị"]),
    ("j", &["ĵ", "ј"]),
    ("k", &["lk", "lc", "ḳ", "ķ", "к"]),
    ("l", &["1", "i", "ł", "ḷ", "ӏ"]),
    ("m", &["n", "nn", "rn", "rr", "ṁ", "ṃ"]),
    ("n", &["m", "r", "ń", "ñ", "ṅ", "ņ"]),
    ("o", &["0", "ö", "ó", "ò", "ô", "ọ", "о", "ο"]),
    ("p", &["ƿ", "ṗ", "р"]),
    ("q", &["g", "ʠ"]),
    ("r", &["ŕ", "ř", "ʀ", "г"]),
    ("s", &["ś", "š", "ş", "ṡ", "ѕ", "5"]),
    ("t", &["ţ", "ť", "ṫ", "7"]),
    ("u", &["ü", "ú", "ù", "û", "ū", "ụ", "υ", "v"]),
    ("v", &["ѵ", "ν", "ṿ", "u"]),
    ("w", &["vv", "ŵ", "ẁ", "ѡ"]),
    ("x", &["х", "ẋ"]),
    ("y", &["ý", "ÿ", "ŷ", "у"]),
    ("z", &["ź", "ż", "ž", "ʐ", "2"]),
];

fn homoglyph(name: &str) -> Vec<String> {
    let once = |name: &str| {
        let mut made = Vec::new();
        for (place, letter) in letters(name).into_iter().enumerate() {
            let glyphs = GLYPHS.iter().find(|(of, _)| of.starts_with(letter));
            for glyph in glyphs.map(|(_, glyphs)| *glyphs).unwrap_or_default() {
                made.push(with(name, place, 1, glyph));
            }
        }
        made
    };
    let mut made = once(name);
    // A sample of two at once.
    let twice: Vec<String> = made
        .iter()
        .step_by(7)
        .flat_map(|one| once(one))
        .step_by(5)
        .collect();
    made.extend(twice);
    made
}

fn hyphenation(name: &str) -> Vec<String> {
    (1..name.len())
        .map(|place| with(name, place, 0, "-"))
        .collect()
}

/// Keys beside a key.
const KEYS: &[(char, &str)] = &[
    ('q', "12wa"),
    ('w', "23esaq"),
    ('e', "34rdsw"),
    ('r', "45tfde"),
    ('t', "56ygfr"),
    ('y', "67uhgt"),
    ('u', "78ijhy"),
    ('i', "89okju"),
    ('o', "90plki"),
    ('p', "0lo"),
    ('a', "qwsz"),
    ('s', "edxzaw"),
    ('d', "rfcxse"),
    ('f', "tgvcdr"),
    ('g', "yhbvft"),
    ('h', "ujnbgy"),
    ('j', "ikmnhu"),
    ('k', "olmji"),
    ('l', "kop"),
    ('z', "asx"),
    ('x', "zsdc"),
    ('c', "xdfv"),
    ('v', "cfgb"),
    ('b', "vghn"),
    ('n', "bhjm"),
    ('m', "njk"),
    ('2', "3wq1"),
    ('4', "5re3"),
];

fn beside(letter: char) -> &'static str {
    KEYS.iter()
        .find(|(key, _)| *key == letter)
        .map_or("", |(_, keys)| keys)
}

fn insertion(name: &str) -> Vec<String> {
    let mut made = Vec::new();
    for (place, letter) in letters(name).into_iter().enumerate() {
        for key in beside(letter).chars() {
            made.push(with(name, place, 0, &key.to_string()));
            made.push(with(name, place + 1, 0, &key.to_string()));
        }
    }
    made
}

fn omission(name: &str) -> Vec<String> {
    (0..name.len())
        .map(|place| with(name, place, 1, ""))
        .collect()
}

fn repetition(name: &str) -> Vec<String> {
    letters(name)
        .into_iter()
        .enumerate()
        .map(|(place, letter)| with(name, place, 0, &letter.to_string()))
        .collect()
}

fn replacement(name: &str) -> Vec<String> {
    let mut made = Vec::new();
    for (place, letter) in letters(name).into_iter().enumerate() {
        for key in beside(letter).chars() {
            made.push(with(name, place, 1, &key.to_string()));
        }
    }
    made
}

fn subdomain(name: &str) -> Vec<String> {
    let places = 1..name.len();
    places
        .map(|place| with(name, place, 0, "."))
        .filter(|twisted| !twisted.contains("-.") && !twisted.contains(".-"))
        .collect()
}

fn transposition(name: &str) -> Vec<String> {
    let letters = letters(name);
    letters
        .windows(2)
        .enumerate()
        .map(|(place, pair)| with(name, place, 2, &pair.iter().rev().collect::<String>()))
        .collect()
}

fn vowel_swap(name: &str) -> Vec<String> {
    let mut made = Vec::new();
    for (place, letter) in letters(name).into_iter().enumerate() {
        if "aeiou".contains(letter) {
            for vowel in "aeiou".chars() {
                made.push(with(name, place, 1, &vowel.to_string()));
            }
        }
    }
    made
}

const WORDS: &[&str] = &[
    "account", "accounts", "admin", "alerts", "app", "auth", "billing", "checkout", "cloud",
    "confirm", "customer", "delivery", "discount", "gift", "help", "info", "invoice", "login",
    "mail", "mobile", "official", "online", "order", "orders", "outlet", "pay", "payment",
    "portal", "refund", "return", "sale", "secure", "security", "service", "shop", "signin",
    "store", "support", "tracking", "update", "verify", "voucher", "web", "konto",
];

fn dictionary(name: &str) -> Vec<String> {
    WORDS
        .iter()
        .flat_map(|word| {
            [
                format!("{name}{word}"),
                format!("{name}-{word}"),
                format!("{word}{name}"),
                format!("{word}-{name}"),
            ]
        })
        .collect()
}

fn cyrillic(name: &str) -> Vec<String> {
    let all: String = name
        .chars()
        .map(|letter| match letter {
            'a' => 'а',
            'c' => 'с',
            'e' => 'е',
            'o' => 'о',
            'p' => 'р',
            'x' => 'х',
            'y' => 'у',
            'i' => 'і',
            's' => 'ѕ',
            other => other,
        })
        .collect();
    vec![all]
}
