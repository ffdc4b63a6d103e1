//! Tokens, codes, addresses and names are in no byte of the database's files.

use std::{fs, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::codes::CodeOutcome;
use store::Database as _;
use terms::RoleName;

use crate::world::World;

/// The files of a directory in which the bytes occur, in whatever case.
fn files_with(directory: &Path, needle: &[u8]) -> Vec<String> {
    let needle = needle.to_ascii_lowercase();
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        if bytes.windows(needle.len()).any(|window| window == needle) {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

#[tokio::test]
async fn nothing_that_identifies_or_opens_is_in_a_file() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (request, code) = world.request(&guest.token, "ada.planted@example.com").await;
    let CodeOutcome::Accepted(proved) = world.give(&guest.token, request, &code).await else {
        panic!("the code was right")
    };
    world.clock.advance(core::time::Duration::from_secs(1));
    // One code that is still open.
    let (_, open_code) = world
        .request(&proved.opened.token, "bo.planted@example.com")
        .await;
    let link = world.invite(RoleName::ADMIN).await;
    let staff = world.sign_in(&link.token).await.unwrap();
    let mut planted: Vec<Vec<u8>> = [
        "ada.planted",
        "bo.planted",
        "Robin Reed",
        code.expose(),
        open_code.expose(),
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    for token in [
        &guest.token,
        &proved.opened.token,
        &link.token,
        &staff.token,
    ] {
        planted.push(token.expose().as_bytes().to_vec());
        planted.push(URL_SAFE_NO_PAD.decode(token.expose()).unwrap());
    }

    let directory = world.directory.path();
    let wal = "parlour.db-wal".to_owned();
    // The carver finds what is there: the handle is in the log before, in the database after.
    assert!(files_with(directory, b"linden").contains(&wal));
    for scrubbed in [false, true] {
        if scrubbed {
            world.database.scrub().await.unwrap();
            assert_eq!(files_with(directory, b"linden"), ["parlour.db"]);
        }
        for needle in &planted {
            let found = files_with(directory, needle);
            assert!(
                found.is_empty(),
                "`{}` is in {found:?}, scrubbed: {scrubbed}",
                String::from_utf8_lossy(needle)
            );
        }
    }
}
