//! Requests on whose length two readers could disagree, and other bytes that are no request.

use crate::program::{Program, answers};

/// What an attacker would smuggle: if it is ever answered, there was a second request.
const SMUGGLED: &str = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

/// Sends each; every one is refused with one answer at most, and nothing behind it is read as a
/// request.
#[track_caller]
fn assert_refused(program: &mut Program, requests: &[String]) {
    for (said, request) in program.say_each(requests).iter().zip(requests) {
        let start: String = request.chars().take(300).collect();
        let statuses = answers(said);
        assert!(
            statuses.len() <= 1,
            "what followed was answered as well ({statuses:?}): {start:?}"
        );
        let refusal =
            |status: &u16| (400..500).contains(status) || matches!(status, 501 | 503 | 505);
        assert!(statuses.iter().all(refusal), "{statuses:?}: {start:?}");
    }
    program.assert_well();
}

#[test]
fn nobody_disagrees_on_where_a_request_ends() {
    let mut program = Program::start();
    let host = program.host();
    let heads = [
        "Content-Length: 0\r\nContent-Length: 44",
        "Content-Length: 44\r\nContent-Length: 0",
        "Content-Length: 0, 44",
        "Content-Length: +0",
        "Content-Length: -1",
        "Content-Length: 0x0",
        "Content-Length: 99999999999999999999999",
        "Content-Length: ",
        "Content-Length : 0",
        " Content-Length: 0",
        "X: y\r\n Content-Length: 0",
        "X: y\r\n\tTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: \x0bchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding:\r\n chunked",
        "X: y\rTransfer-Encoding: chunked",
        "X\0: y",
        "X: y\0z",
        ": y",
        "no colon",
        // Both ways to say the length: the chunks are believed and the connection is closed, or it
        // is refused (RFC 9112 section 6.3).
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 39",
        "transfer-encoding: CHUNKED\r\ncontent-length: 0",
    ];
    let requests = heads.map(|head| {
        format!(
            "POST /v1/staff/sessions HTTP/1.1\r\n{host}\r\nContent-Type: application/json\r\n{head}\r\n\r\n\
             0\r\n\r\n{SMUGGLED}"
        )
    });
    assert_refused(&mut program, &requests);
}

#[test]
fn chunks_that_are_none() {
    let mut program = Program::start();
    let host = program.host();
    let request = |chunks: &str, more: &str| {
        format!(
            "POST /v1/shops/demo/sessions HTTP/1.1\r\n{host}\r\nContent-Type: application/json\r\n\
             {more}Transfer-Encoding: chunked\r\n\r\n{chunks}"
        )
    };
    let broken = [
        "5\r\nHello\r\n0\r\n",
        "-1\r\nx\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "2\n{}\n0\n\n",
        "2\r{}\r0\r\r",
        "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "7fffffffffffffff\r\n{}",
        "2\r\n{}X\r\n0\r\n\r\n",
        "2 \x0b\r\n{}\r\n0\r\n\r\n",
        "g\r\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n",
    ];
    let requests = broken.map(|chunks| request(&format!("{chunks}{SMUGGLED}"), ""));
    assert_refused(&mut program, &requests);
    // Well-formed chunks are a body like any other.
    let said = program.say(&request("2\r\n{}\r\n0\r\n\r\n", "Connection: close\r\n"));
    assert_eq!(answers(&said), [201]);
}

#[test]
fn lines_that_are_no_request() {
    let mut program = Program::start();
    let host = program.host();
    let lines = [
        "GET /v1/session\r\n",
        "GET  /v1/session HTTP/1.1\r\n",
        "GET /v1/session HTTP/1.1 \r\n",
        "GET /v1/session HTTP/9.9\r\n",
        "GET /v1/session http/1.1\r\n",
        "GET /v1/ses sion HTTP/1.1\r\n",
        "GET /v1/ses\0sion HTTP/1.1\r\n",
        "GET v1/session HTTP/1.1\r\n",
        "G\tET /v1/session HTTP/1.1\r\n",
        "GET\0/v1/session HTTP/1.1\r\n",
        " GET /v1/session HTTP/1.1\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\u{feff}GET / HTTP/1.1\r\n",
    ];
    let requests = lines.map(|line| format!("{line}{host}\r\n\r\n"));
    assert_refused(&mut program, &requests);
    // Without a host, or with two, nothing is served.
    let hosts = [
        String::new(),
        "Host: evil.example\r\n".to_owned(),
        format!("{host}\r\nHost: evil.example\r\n"),
    ];
    let requests = hosts.map(|hosts| format!("GET /v1/session HTTP/1.1\r\n{hosts}\r\n"));
    for (said, request) in program.say_each(&requests).iter().zip(&requests) {
        assert!(
            matches!(answers(said)[..], [400 | 421]),
            "{request:?}: {said}"
        );
    }
}

#[test]
fn methods_that_are_off() {
    let mut program = Program::start();
    let host = program.host();
    let requests = ["TRACE", "CONNECT", "TRACK", "DEBUG"].map(|method| {
        let target = if method == "CONNECT" {
            "evil.example:443"
        } else {
            "/v1/session"
        };
        format!("{method} {target} HTTP/1.1\r\n{host}\r\nX-Echo: canary-8812\r\n\r\n")
    });
    for (said, request) in program.say_each(&requests).iter().zip(&requests) {
        assert!(
            matches!(answers(said)[..], [400..=499]),
            "{request:?}: {said}"
        );
        assert!(!said.contains("canary-8812"), "what was sent comes back");
    }
    program.assert_well();
}

/// No header of an answer can be written by a request.
#[test]
fn line_feeds_write_no_headers() {
    let mut program = Program::start();
    let host = program.host();
    let mut requests = Vec::new();
    for target in [
        "/console/%0d%0aSet-Cookie:%20stolen=1",
        "/widget/v1/frame?shop=demo%0d%0aSet-Cookie:%20stolen=1",
        "/widget/v1/frame?shop=demo&locale=en%0d%0aSet-Cookie:%20stolen=1",
        "/shop%0d%0aSet-Cookie:%20stolen=1",
        "/%E5%98%8A%E5%98%8DSet-Cookie:%20stolen=1",
    ] {
        for more in ["", "Origin: http://x%0d%0aSet-Cookie: stolen=1\r\n"] {
            requests.push(format!("GET {target} HTTP/1.1\r\n{host}\r\n{more}\r\n"));
        }
    }
    for (said, request) in program.say_each(&requests).iter().zip(&requests) {
        let head = said.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(!head.contains("stolen"), "{request:?}: {head}");
        assert_eq!(answers(said).len(), 1, "{request:?}");
    }
    program.assert_well();
}

#[test]
fn heads_that_are_too_large() {
    let mut program = Program::start();
    let host = program.host();
    let long = "a".repeat(1_000_000);
    let many: String = (0..5_000)
        .map(|number| format!("X-{number}: y\r\n"))
        .collect();
    let requests = [
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET /v1/session HTTP/1.1\r\n{host}\r\nX: {long}\r\n\r\n"),
        format!("GET /v1/session HTTP/1.1\r\n{host}\r\n{long}: x\r\n\r\n"),
        format!("GET /v1/session HTTP/1.1\r\n{host}\r\n{many}\r\n"),
        long,
    ];
    assert_refused(&mut program, &requests);
}
