//! Clients that take their time: each holds one connection, and not for ever.

use std::{io::Read as _, thread, time::Duration};

use crate::program::{Program, answers};

/// Connections that are cut off although their client would wait for ever. `rest` panics when one
/// is still open after a long wait.
#[test]
fn who_sends_no_head_is_cut_off() {
    let mut program = Program::start();
    let host = program.host();
    let beginnings = [
        String::new(),
        "G".to_owned(),
        "GET / HTTP/1.1\r\n".to_owned(),
        format!("GET /healthz HTTP/1.1\r\n{host}\r\nX-Slow: "),
        "PRI * HTTP/2.0\r\n".to_owned(),
    ];
    thread::scope(|scope| {
        for beginning in &beginnings {
            let mut wire = program.connect();
            scope.spawn(move || {
                wire.send(beginning.as_bytes());
                let statuses = answers(&wire.rest());
                assert!(
                    statuses
                        .iter()
                        .all(|status| *status == 408 || *status == 400),
                    "{beginning:?}: {statuses:?}"
                );
            });
        }
        // One byte a second does not buy more time.
        let mut wire = program.connect();
        scope.spawn(move || {
            wire.send(b"GET /healthz HTTP/1.1\r\nX-Slow: ");
            while wire.send(b"a") {
                thread::sleep(Duration::from_secs(1));
            }
        });
    });
    program.assert_well();
}

/// A body that never comes is waited for as long as a request may take, and the answer is a
/// refusal.
#[test]
fn who_sends_no_body_is_cut_off() {
    let mut program = Program::start();
    let mut wire = program.connect();
    let head = format!(
        "POST /v1/shops/demo/sessions HTTP/1.1\r\n{}\r\nContent-Type: application/json\r\n\
         Content-Length: 1000\r\n\r\n{{",
        program.host()
    );
    wire.send(head.as_bytes());
    assert_eq!(answers(&wire.rest()), [503]);
    program.assert_well();
}

/// A thousand connections that say nothing keep nobody else from being served, and cost little.
#[test]
fn a_thousand_idle_connections() {
    let mut program = Program::start();
    let before = program.memory();
    let idle: Vec<_> = (0..1_000).map(|_| program.connect()).collect();
    program.assert_well();
    if let (Some(before), Some(now)) = (before, program.memory()) {
        let each = now.saturating_sub(before) / 1_000;
        assert!(each < 256, "{each} KiB for each idle connection");
    }
    drop(idle);
    program.assert_well();
}

/// Whoever reads nothing of what she asked for holds up herself alone.
#[test]
fn who_does_not_read() {
    let mut program = Program::start();
    let request = format!("GET /openapi.json HTTP/1.1\r\n{}\r\n\r\n", program.host());
    let mut deaf = program.connect();
    for _ in 0..200 {
        deaf.send(request.as_bytes());
    }
    program.assert_well();
    let mut some = [0; 12];
    deaf.stream().read_exact(&mut some).unwrap();
    assert_eq!(&some, b"HTTP/1.1 200");
}

/// Whatever else starts at the same moment: each takes ports of its own, the payment company's too.
#[test]
fn many_that_start_at_once() {
    let started = thread::scope(|scope| {
        let starting: Vec<_> = (0..12).map(|_| scope.spawn(Program::start)).collect();
        let started = starting.into_iter().map(|one| one.join().unwrap());
        started.collect::<Vec<_>>()
    });
    for mut program in started {
        program.assert_well();
    }
}
