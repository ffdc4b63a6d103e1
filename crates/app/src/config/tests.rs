use super::*;

#[test]
fn the_written_file_says_the_defaults() {
    assert_eq!(
        Config::parse(TEMPLATE, "parlour.toml").unwrap(),
        Config::default()
    );
}

#[test]
fn the_written_file_documents_every_key() {
    let mut uncommented = String::new();
    for line in TEMPLATE.lines() {
        let key = line.strip_prefix("# ").unwrap_or(line);
        let is_key = key
            .split_once(" = ")
            .is_some_and(|(key, _)| !key.contains(' '));
        if line.starts_with('[') || is_key {
            uncommented.push_str(key);
            uncommented.push('\n');
        }
    }
    let table: toml::Table = uncommented.parse().unwrap();
    let debug = format!("{:?}", Config::default());
    // Every field that the structs have stands in the file.
    for (section, keys) in &table {
        assert!(debug.contains(section), "{section}");
        for key in keys.as_table().unwrap().keys() {
            assert!(debug.contains(&format!("{key}:")), "{section}.{key}");
        }
    }
    let written: usize = table
        .values()
        .map(|keys| keys.as_table().unwrap().len())
        .sum();
    // `fetch_here` is the demo's alone: no file says it.
    let fields = debug.matches(": ").count() - table.len() - 1;
    assert_eq!(
        written
            + table["server"]["tls"]
                .as_table()
                .map_or(0, toml::Table::len),
        fields
    );
}

#[test]
fn a_mistake_is_named_with_key_value_and_what_is_allowed() {
    let cases = [
        (
            "[server]\nlisten = \"0.0.0.0:8080\"",
            "server.listen",
            "loopback",
        ),
        (
            "[server]\nlisten = \"nonsense\"",
            "server.listen",
            "a host and a port",
        ),
        (
            "[server]\npublic_origin = \"localhost\"",
            "server.public_origin",
            "a scheme",
        ),
        ("[server]\nlisen = \"x\"", "lisen", "expected one of"),
        ("[storage]\nkind = \"mysql\"", "mysql", "sqlite"),
        (
            "[server]\npublic_origin = \"https://chat.shop.example\"\n[mail]\ndelivery = \"mailbox\"",
            "mail.delivery",
            "loopback",
        ),
        (
            "[server]\ntrusted_proxies = [\"127.0.0.1\"]\n[mail]\ndelivery = \"mailbox\"",
            "mail.delivery",
            "trusted_proxies",
        ),
        ("[shop]\nhandle = \"My Shop\"", "shop.handle", "lower-case"),
        (
            "[shop]\norigins = [\"shop.example\"]",
            "shop.origins",
            "scheme",
        ),
        (
            "[shop]\nlink_hosts = [\"https://a\"]",
            "shop.link_hosts",
            "host name",
        ),
        (
            "[shop]\nhide_from_planner = [\"AGE\", \"CREDIT_CARD\"]",
            "shop.hide_from_planner",
            "LOCATION, ORGANIZATION",
        ),
        ("[sessions]\nstaff_hours = 0", "staff_hours", "nonzero"),
        ("[log]\nlevel = \"a=b=c\"", "log.level", "trace"),
        ("[server.tls]\nmode = \"files\"", "public_origin", "https"),
        (
            "[server]\npublic_origin=\"https://a.example\"\ntls.mode = \"files\"",
            "server.tls.certificate",
            "PEM",
        ),
    ];
    for (text, key, allowed) in cases {
        let error = Config::parse(text, "parlour.toml").unwrap_err().to_string();
        assert!(
            error.contains(key) && error.contains(allowed),
            "{text}\n→ {error}"
        );
    }
}
