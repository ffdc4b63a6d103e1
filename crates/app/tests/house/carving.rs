//! Nothing personal lies in the clear: a busy day with planted values, and then a carver over
//! everything the program has written. With the root key, all of it is there but the cards.

use core::time::Duration;
use std::{collections::BTreeSet, fs, path::Path, thread::sleep};

use serde_json::json;
use sql::Target;
use sqlx::{Connection as _, Row as _};
use terms::Secret;

use crate::support::{
    carver::{Canary, Carved, Carver, Find, PUBLIC, from_hex, shows_public},
    chance::Chance,
    database::{Postgres, block_on},
    http::Client,
    opened::{Opened, open_all},
    program::{Node, Settings, Site},
    talk::{QUESTIONS, guest, say, sign_in},
};

const SHOPPERS: usize = 12;

#[test]
fn nothing_personal_lies_in_the_clear_on_sqlite() {
    let mut chance = Chance::seeded();
    let site = Site::new(Settings {
        log_level: "trace",
        ..Settings::default()
    });
    let node = site.node("node");
    let mut process = node.start();
    let planted = Planted::by_a_busy_day(&node, &mut chance);
    let carver = planted.carver(&site);

    let running = look_at_files(&site, &carver, &planted);
    for name in [
        "parlour.sqlite",
        "parlour.sqlite-wal",
        "parlour.sqlite-shm",
        "parlour.lock",
    ] {
        let found = running.files.iter().any(|file| file.ends_with(name));
        assert!(found, "`{name}` was not looked into: {:?}", running.files);
    }
    process.kill();
    look_at_files(&site, &carver, &planted);
    let mut process = node.start();
    assert!(process.stop().success());
    look_at_files(&site, &carver, &planted);

    let target = Target::Sqlite {
        file: site.database(),
    };
    let opened = block_on(open_all(&target, &site.data().join("keys")));
    planted.is_all_there(&opened);
}

#[test]
fn nothing_personal_lies_in_the_clear_on_postgres() {
    let Some(postgres) = Postgres::create() else {
        return;
    };
    let mut chance = Chance::seeded();
    let site = Site::on_postgres(&postgres.url(), "trace");
    let node = site.node("node");
    let mut process = node.start();
    let planted = Planted::by_a_busy_day(&node, &mut chance);
    let carver = planted.carver(&site);

    look_at_files(&site, &carver, &planted);
    look_at_tables(&postgres, &carver, &planted);
    process.kill();
    look_at_files(&site, &carver, &planted);
    look_at_tables(&postgres, &carver, &planted);
    look_at_the_server(&postgres, &carver);

    let target = Target::Postgres {
        url: Secret::new(postgres.url()),
        max_connections: 2,
    };
    let opened = block_on(open_all(&target, &site.data().join("keys")));
    planted.is_all_there(&opened);
}

/// What was planted.
#[derive(Default)]
struct Planted {
    /// Sealed in the database: the holder of the root key finds it.
    kept: BTreeSet<Canary>,
    /// Cards: nobody finds them.
    never: BTreeSet<Canary>,
    /// Tokens of sessions and of sign-in links.
    tokens: Vec<String>,
    /// Mailed codes, six digits each.
    codes: Vec<String>,
}

impl Planted {
    /// Shoppers write names, addresses, phones and cards, prove their addresses and ask for
    /// people; staff read, answer and take notes.
    fn by_a_busy_day(node: &Node, chance: &mut Chance) -> Self {
        let mut planted = Self::default();
        let client = node.client();
        let staff: Vec<Client> = ["admin", "agent"]
            .map(|role| planted.hire(node, &client, chance, role))
            .into();
        for number in 0..SHOPPERS {
            let shopper = guest(&client);
            planted.tokens.extend(shopper.token.clone());
            planted.visit(&shopper, &staff[number % 2], number, chance);
        }
        // The sequencer signs, the log is written.
        sleep(Duration::from_millis(1_500));
        planted
    }

    fn hire(&mut self, node: &Node, client: &Client, chance: &mut Chance, role: &str) -> Client {
        let (first, last) = (self.keep(word(chance)), self.keep(word(chance)));
        let link = node.add_staff(&format!("{first} {last}"), role);
        let staff = sign_in(client, &link);
        self.tokens.push(link);
        self.tokens.extend(staff.token.clone());
        if role == "admin" {
            let name = self.keep(word(chance));
            let body = json!({"name": name, "role": "agent"});
            let invited = staff.expect(201, "POST", "/v1/staff/people", Some(&body));
            let link = invited["link"].as_str().unwrap();
            self.tokens.push(link.split_once('#').unwrap().1.to_owned());
        }
        staff
    }

    fn visit(&mut self, shopper: &Client, staff: &Client, number: usize, chance: &mut Chance) {
        let conversation = chance.id();
        let (first, last) = (self.keep(word(chance)), self.keep(word(chance)));
        let (street, town) = (self.keep(word(chance)), self.keep(word(chance)));
        let local = self.keep(word(chance).to_lowercase());
        let email = self.keep(format!("{local}@{}.example", word(chance).to_lowercase()));
        let phone = self.phone(chance);
        let card = self.card(chance, number);
        for text in [
            format!("Hello, I am {first} {last}, {street} Road 12, 81667 {town}"),
            format!("Write to {email} or call me at {phone} please"),
            format!("My card is {card}, do I get a refund to it?"),
            (*chance.one_of(QUESTIONS)).to_owned(),
        ] {
            say(shopper, chance, conversation, &text);
        }
        let shopper = if number.is_multiple_of(2) {
            self.prove(shopper, &email)
        } else {
            shopper.clone()
        };
        let path = format!("/v1/conversations/{conversation}/person");
        shopper.expect(200, "POST", &path, Some(&json!({})));
        self.serve(staff, number, conversation, chance);
        let more = self.keep(word(chance));
        say(
            &shopper,
            chance,
            conversation,
            &format!("Thank you from {more}"),
        );
    }

    /// Proves the address with the code from the mailbox.
    fn prove(&mut self, shopper: &Client, email: &str) -> Client {
        let body = json!({ "email": email });
        let asked = shopper.expect(202, "POST", "/v1/session/codes", Some(&body));
        let page = shopper.send("GET", "/demo/mailbox", None).unwrap().text();
        let mail = page
            .split("<article")
            .find(|mail| mail.contains(email))
            .unwrap();
        let (_, text) = mail.split_once("<pre").unwrap();
        let code = runs_of_digits(text.as_bytes())
            .find(|run| run.len() == 6)
            .unwrap();
        let code = String::from_utf8(code.to_vec()).unwrap();
        let path = format!("/v1/session/codes/{}", asked["request"].as_str().unwrap());
        let view = shopper.expect(200, "POST", &path, Some(&json!({ "code": code })));
        self.codes.push(code);
        let token = view["token"].as_str().unwrap();
        self.tokens.push(token.to_owned());
        shopper.with_token(token)
    }

    fn serve(
        &mut self,
        staff: &Client,
        number: usize,
        conversation: uuid::Uuid,
        chance: &mut Chance,
    ) {
        let path = format!("/v1/staff/conversations/{conversation}");
        staff.expect(200, "GET", "/v1/staff/queue", None);
        staff.expect(200, "POST", &format!("{path}/take"), Some(&json!({})));
        staff.expect(200, "GET", &path, None);
        let (word_said, word_noted) = (self.keep(word(chance)), self.keep(word(chance)));
        let (card_said, card_noted) =
            (self.card(chance, number + 1), self.card(chance, number + 2));
        let body = json!({"text": format!("Dear {word_said}, was it the card {card_said}?")});
        staff.expect(
            200,
            "PUT",
            &format!("{path}/replies/{}", chance.id()),
            Some(&body),
        );
        let body = json!({"text": format!("{word_noted} read her card to me: {card_noted}")});
        staff.expect(
            200,
            "PUT",
            &format!("{path}/notes/{}", chance.id()),
            Some(&body),
        );
        if number.is_multiple_of(3) {
            staff.expect(200, "POST", &format!("{path}/return"), Some(&json!({})));
        }
    }

    fn keep(&mut self, text: String) -> String {
        self.kept.insert(Canary::words(text.clone()));
        text
    }

    fn phone(&mut self, chance: &mut Chance) -> String {
        let (area, number) = (100 + chance.below(900), 1_000_000 + chance.below(9_000_000));
        let phone = format!("+49 {area} {number}");
        self.kept.insert(Canary::digits(&phone));
        phone
    }

    /// A card number that passes its check, in one of the spellings people use.
    fn card(&mut self, chance: &mut Chance, spelling: usize) -> String {
        let mut digits: Vec<usize> = vec![4];
        digits.extend((1..15).map(|_| chance.below(10)));
        let sum: usize = digits
            .iter()
            .rev()
            .enumerate()
            .map(|(index, digit)| match index % 2 {
                0 => digit * 2 / 10 + digit * 2 % 10,
                _ => *digit,
            })
            .sum();
        digits.push((10 - sum % 10) % 10);
        let text: String = digits.iter().map(usize::to_string).collect();
        self.never.insert(Canary::digits(&text));
        let separator = ["", " ", "-", ".", " / "][spelling % 5];
        let groups: Vec<String> = digits
            .chunks(4)
            .map(|group| group.iter().map(usize::to_string).collect())
            .collect();
        groups.join(separator)
    }

    fn carver(&self, site: &Site) -> Carver {
        let mut all: Vec<Canary> = self.kept.union(&self.never).cloned().collect();
        for token in &self.tokens {
            let bytes = token_bytes(token);
            all.push(Canary::words(token.clone()));
            all.push(Canary::Bytes(format!("bytes of {token}"), bytes));
        }
        let root = fs::read_to_string(site.data().join("keys/root.key")).unwrap();
        let root = from_hex(root.lines().nth(1).unwrap()).unwrap();
        all.push(Canary::Bytes("root key".to_owned(), root));
        println!("{} values are looked for", all.len());
        Carver::new(&all)
    }

    /// With the root key, everything is there but the cards.
    fn is_all_there(&self, opened: &[Opened]) {
        let carver = Carver::new(self.kept.union(&self.never));
        let mut found = BTreeSet::new();
        let mut places = BTreeSet::new();
        for value in opened {
            for find in carver.carve(&value.place, &value.plain) {
                places.insert(find.place);
                found.insert(find.canary);
            }
        }
        let kept: BTreeSet<String> = self
            .kept
            .iter()
            .map(|canary| canary.name().to_owned())
            .collect();
        assert_eq!(found, kept, "with the root key");
        println!("{} values opened; planted ones in {places:?}", opened.len());
        for place in [
            "turns.body",
            "notes.body",
            "staff.name",
            "mails.recipient",
            "shoppers.email",
        ] {
            assert!(places.contains(place), "nothing planted in {place}");
        }
        let mails = opened.iter().filter(|value| value.place == "mails.message");
        let mails: Vec<String> = mails
            .map(|mail| String::from_utf8_lossy(&mail.plain).into_owned())
            .collect();
        for code in &self.codes {
            assert!(
                mails.iter().any(|mail| mail.contains(code)),
                "no mail holds the code"
            );
        }
    }
}

/// A made-up word of ten letters: nothing says it by chance.
fn word(chance: &mut Chance) -> String {
    const CONSONANTS: &[char] = &[
        'b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 't', 'v', 'z',
    ];
    let mut word = String::new();
    for _ in 0..5 {
        let consonant = *chance.one_of(CONSONANTS);
        word.push(if word.is_empty() {
            consonant.to_ascii_uppercase()
        } else {
            consonant
        });
        word.push(*chance.one_of(&['a', 'e', 'i', 'o', 'u']));
    }
    word
}

fn token_bytes(token: &str) -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.decode(token).unwrap()
}

/// The data directory and the log. The root key's own file is the one place where the root key may
/// be.
fn look_at_files(site: &Site, carver: &Carver, planted: &Planted) -> Carved {
    let root = site.data().join("keys/root.key");
    let mut carved = carver.carve_tree(&site.data(), &|path| path == root);
    let log = fs::read(site.log()).unwrap();
    assert!(!log.is_empty(), "nothing was logged");
    carved.finds.extend(carver.carve("log", &log));
    nothing_private(&carved.finds);
    for file in &carved.files {
        no_codes(planted, file, &fs::read(file).unwrap_or_default());
    }
    no_codes(planted, "log", &log);
    assert_eq!(
        carved.public,
        site.database().exists(),
        "looked in the wrong place"
    );
    println!(
        "{} bytes in {} files, and {} bytes of log",
        carved.bytes,
        carved.files.len(),
        log.len()
    );
    carved
}

fn nothing_private(finds: &[Find]) {
    assert!(finds.is_empty(), "in the clear: {finds:#?}");
}

/// Six digits are everywhere; a code is looked for as a number that stands alone and is not the
/// fraction of a second.
fn no_codes(planted: &Planted, place: &str, bytes: &[u8]) {
    for (offset, run) in alone(bytes) {
        let code = planted.codes.iter().find(|code| code.as_bytes() == run);
        assert!(
            code.is_none(),
            "the code {code:?} lies in the clear in {place} at {offset}"
        );
    }
}

fn runs_of_digits(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|byte| !byte.is_ascii_digit())
        .filter(|run| !run.is_empty())
}

fn alone(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    bytes.windows(8).enumerate().filter_map(|(offset, window)| {
        let (before, after) = (window[0], window[7]);
        let digits = &window[1..7];
        let joined =
            before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric() || before == b'.';
        (digits.iter().all(u8::is_ascii_digit) && !joined).then_some((offset + 1, digits))
    })
}

#[test]
fn a_code_that_stands_alone_is_found() {
    let found: Vec<&[u8]> =
        alone(b"code: 123456. at 05:31:01.427860Z 0191f7-765432-x 99123456 (654321)")
            .map(|(_, digits)| digits)
            .collect();
    assert_eq!(found, [b"123456", b"765432", b"654321"]);
}

/// Every row of every table, as text, and what is hexadecimal in it as bytes.
fn look_at_tables(postgres: &Postgres, carver: &Carver, planted: &Planted) {
    let rows = block_on(async {
        let mut connection = postgres.connect().await;
        let tables = sqlx::query(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let mut rows = Vec::new();
        for table in tables {
            let name: String = table.try_get(0).unwrap();
            let mut query = sqlx::QueryBuilder::new("SELECT CAST(t AS TEXT) FROM ");
            query.push(&name).push(" t");
            for row in query.build().fetch_all(&mut connection).await.unwrap() {
                rows.push((name.clone(), row.try_get::<String, _>(0).unwrap()));
            }
        }
        connection.close().await.unwrap();
        rows
    });
    let mut finds = Vec::new();
    for (table, row) in &rows {
        finds.extend(carver.carve(table, row.as_bytes()));
        no_codes(planted, table, row.as_bytes());
        for bytes in row.split("\\x").skip(1) {
            let digits = bytes.chars().take_while(char::is_ascii_hexdigit);
            let bytes = from_hex(&digits.collect::<String>()).unwrap();
            finds.extend(carver.carve(table, &bytes));
            no_codes(planted, table, &bytes);
        }
    }
    nothing_private(&finds);
    let public = rows.iter().any(|(_, row)| shows_public(row.as_bytes()));
    assert!(public, "`{PUBLIC}` was not found in the tables");
    println!("{} rows of all tables", rows.len());
}

/// The server's own files, where they can be read: tables, indexes, write-ahead log.
fn look_at_the_server(postgres: &Postgres, carver: &Carver) {
    let (directory, folder) = block_on(async {
        let mut connection = postgres.connect().await;
        let row = sqlx::query(
            "SELECT current_setting('data_directory'), \
             (SELECT oid::text FROM pg_database WHERE datname = current_database())",
        );
        let row = row.fetch_one(&mut connection).await.unwrap();
        let (directory, folder): (String, String) =
            (row.try_get(0).unwrap(), row.try_get(1).unwrap());
        (directory, folder)
    });
    let directory = Path::new(&directory);
    if fs::read_dir(directory).is_err() {
        println!("skipped: the server's files cannot be read by this user");
        return;
    }
    // The log first: a checkpoint brings the tables to disk, and lets go of what the log holds.
    look_into(&directory.join("pg_wal"), carver);
    block_on(async {
        let mut connection = postgres.connect().await;
        let checkpoint = sqlx::query("CHECKPOINT").execute(&mut connection);
        checkpoint.await.unwrap();
    });
    look_into(&directory.join("base").join(folder), carver);
}

fn look_into(folder: &Path, carver: &Carver) {
    let carved = carver.carve_tree(folder, &|_| false);
    nothing_private(&carved.finds);
    assert!(
        carved.public,
        "`{PUBLIC}` was not found in {}",
        folder.display()
    );
    println!(
        "{} bytes in {} of the server's files",
        carved.bytes,
        carved.files.len()
    );
}
