//! Every way to tamper with a log is found, and a log that nobody touched is sound.

use ledger::{Checkpoint, Finding, Options, Report, Source, verify};

use crate::memory::{MemoryLedger, ORIGIN, entry, key, shop, signer};

async fn report(ledger: &mut MemoryLedger) -> Report {
    with(ledger, &[]).await
}

async fn with(ledger: &mut MemoryLedger, witnessed: &[String]) -> Report {
    let source = Source::Database {
        ledger,
        shop: shop(),
    };
    verify(
        source,
        &key(),
        &Options {
            witnessed: witnessed.to_vec(),
        },
    )
    .await
    .unwrap()
}

/// Three batches over two tiles.
async fn grown() -> MemoryLedger {
    MemoryLedger::grown(&[100, 200, 50]).await
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_sound() {
    for steps in [&[][..], &[1], &[256], &[100, 200, 50], &[255, 1, 1, 1_500]] {
        let mut ledger = MemoryLedger::grown(steps).await;
        ledger.entries.push(entry(90_000));
        let report = report(&mut ledger).await;
        let total: u64 = steps.iter().sum();
        assert_eq!(report.findings, [], "{steps:?}");
        assert!(report.is_sound());
        assert_eq!(
            (report.entries, report.unplaced, report.size),
            (total, 1, total)
        );
        assert_eq!(report.checkpoints, u64::try_from(steps.len()).unwrap());
        assert_eq!(report.root.is_some(), total > 0);
        assert_eq!(report.origin, ORIGIN);
    }
}

#[tokio::test]
async fn an_edited_body_is_found_where_it_is() {
    for position in [0, 99, 100, 255, 256, 349] {
        let mut ledger = grown().await;
        let row = ledger.at(position);
        let id = Some(row.id);
        let body = String::from_utf8(row.body.clone()).unwrap();
        row.body = body.replace(r#""shopper""#, r#""guest""#).into_bytes();
        let report = report(&mut ledger).await;
        let position = u64::try_from(position).unwrap();
        assert_eq!(report.findings, [Finding::EntryEdited { position, id }]);
        assert_eq!(report.size, 350, "the signed tree itself is still known");
    }
}

#[tokio::test]
async fn an_edit_hidden_in_the_tiles_is_found_by_the_signature() {
    let mut ledger = grown().await;
    let row = ledger.at(150);
    row.body = String::from_utf8(row.body.clone())
        .unwrap()
        .replace("shopper", "guest")
        .into_bytes();
    ledger.retile().await;
    let report = report(&mut ledger).await;
    assert!(
        matches!(
            report.findings[..],
            [Finding::RootDiffers {
                size: 300,
                agreed: 100,
                ..
            }]
        ),
        "{report:?}"
    );
    assert_eq!(report.size, 100);
}

#[tokio::test]
async fn an_edited_column_is_found() {
    for column in ["at", "kind", "subject", "id"] {
        let mut ledger = grown().await;
        let row = ledger.at(120);
        match column {
            "at" => row.at = terms::Timestamp::from_millis(5),
            "kind" => row.kind = "conversation.read".to_owned(),
            "subject" => row.subject = None,
            _ => row.id = entry(77_777).id,
        }
        let id = Some(row.id);
        let report = report(&mut ledger).await;
        assert_eq!(
            report.findings,
            [Finding::EntryColumn {
                position: 120,
                id,
                column
            }]
        );
    }
    let mut ledger = grown().await;
    ledger.at(349).body = b"not an entry".to_vec();
    let report = report(&mut ledger).await;
    assert!(matches!(
        report.findings[..],
        [
            Finding::EntryBody { position: 349, .. },
            Finding::EntryEdited { .. }
        ]
    ));
}

#[tokio::test]
async fn an_entry_of_another_shop_is_found_even_when_it_was_signed() {
    let mut ledger = grown().await;
    let mut row = entry(350);
    let other = "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d99";
    row.body = String::from_utf8(row.body)
        .unwrap()
        .replace(&shop().to_string(), other)
        .into_bytes();
    let id = Some(row.id);
    ledger.entries.push(row);
    ledger.place().await;
    let report = report(&mut ledger).await;
    assert_eq!(
        report.findings,
        [Finding::EntryColumn {
            position: 350,
            id,
            column: "shop"
        }]
    );
}

#[tokio::test]
async fn deleted_entries_are_found() {
    let mut ledger = grown().await;
    ledger
        .entries
        .retain(|entry| !matches!(entry.position, Some(0 | 200..=202)));
    let found = report(&mut ledger).await;
    let expected = [
        Finding::EntryDeleted { first: 0, last: 0 },
        Finding::EntryDeleted {
            first: 200,
            last: 202,
        },
    ];
    assert_eq!((found.findings, found.entries), (expected.to_vec(), 346));

    // With the places closed up again.
    let mut ledger = grown().await;
    ledger.entries.remove(347);
    for entry in &mut ledger.entries {
        entry.position = entry.position.map(|position| {
            if position > 347 {
                position - 1
            } else {
                position
            }
        });
    }
    let found = report(&mut ledger).await;
    assert!(
        found.findings.contains(&Finding::EntryDeleted {
            first: 347,
            last: 347
        }),
        "{found:?}"
    );
    assert!(
        found.findings.contains(&Finding::Truncated {
            entries: 349,
            signed: 350
        }),
        "{found:?}"
    );

    // With the tile gone as well.
    let mut ledger = grown().await;
    ledger
        .entries
        .retain(|entry| !matches!(entry.position, Some(0..=255)));
    ledger.tiles.remove(&(0, 0));
    let found = report(&mut ledger).await;
    assert!(
        found.findings.contains(&Finding::EntryDeleted {
            first: 0,
            last: 255
        }),
        "{found:?}"
    );
    assert!(
        found
            .findings
            .contains(&Finding::TileMissing { level: 0, tile: 0 }),
        "{found:?}"
    );
}

#[tokio::test]
async fn inserted_entries_are_found() {
    // Between two others, which move on.
    let mut ledger = grown().await;
    let mut row = entry(50_000);
    let id = Some(row.id);
    row.position = Some(320);
    for entry in &mut ledger.entries {
        entry.position = entry.position.map(|position| {
            if position >= 320 {
                position + 1
            } else {
                position
            }
        });
    }
    ledger.entries.push(row);
    let found = report(&mut ledger).await;
    assert!(
        found
            .findings
            .contains(&Finding::EntryInserted { position: 320, id }),
        "{found:?}"
    );
    assert!(
        found.findings.contains(&Finding::Unsigned {
            first: 350,
            count: 1
        }),
        "{found:?}"
    );

    // In a place that is taken.
    let mut ledger = grown().await;
    let mut row = entry(50_000);
    row.position = Some(320);
    ledger.entries.push(row);
    let found = report(&mut ledger).await;
    assert_eq!(
        found.findings,
        [Finding::EntryInserted { position: 320, id }]
    );

    // At the end, without a signature; far beyond it.
    for position in [350, 351, i64::MAX - 1, i64::MAX] {
        let mut ledger = grown().await;
        let mut row = entry(50_000);
        row.position = Some(position);
        ledger.entries.push(row);
        let found = report(&mut ledger).await;
        assert!(
            found
                .findings
                .iter()
                .any(|finding| matches!(finding, Finding::Unsigned { first: 350, .. })),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn reordered_entries_are_found() {
    let mut ledger = grown().await;
    let (a, b) = (ledger.at(7).id, ledger.at(340).id);
    ledger.at(7).position = Some(-1);
    ledger.at(340).position = Some(7);
    ledger.at(-1).position = Some(340);
    let report = report(&mut ledger).await;
    let expected = [
        Finding::EntryMoved {
            position: 7,
            id: Some(b),
            belongs: 340,
        },
        Finding::EntryMoved {
            position: 340,
            id: Some(a),
            belongs: 7,
        },
    ];
    assert_eq!(report.findings, expected);
}

#[tokio::test]
async fn truncation_is_found() {
    let mut ledger = grown().await;
    ledger.entries.truncate(340);
    let found = report(&mut ledger).await;
    assert_eq!(
        found.findings,
        [Finding::Truncated {
            entries: 340,
            signed: 350
        }]
    );

    // With the tiles and the head cut as well.
    ledger.retile().await;
    ledger.size = 340;
    let found = report(&mut ledger).await;
    let expected = [
        Finding::Truncated {
            entries: 340,
            signed: 350,
        },
        Finding::HeadDiffers {
            head: 340,
            signed: 350,
        },
    ];
    assert_eq!(found.findings, expected);
    assert_eq!(found.size, 300);
}

#[tokio::test]
async fn truncation_with_its_checkpoints_is_found_by_a_witnessed_one_only() {
    let mut ledger = grown().await;
    let witnessed = ledger.checkpoints[2].note.clone();
    ledger.entries.truncate(300);
    ledger.checkpoints.truncate(2);
    ledger.retile().await;
    ledger.size = 300;
    // This is what a log cannot tell about itself.
    assert!(report(&mut ledger).await.is_sound());
    let found = with(&mut ledger, &[witnessed]).await;
    assert_eq!(
        found.findings,
        [Finding::Truncated {
            entries: 300,
            signed: 350
        }]
    );
}

#[tokio::test]
async fn history_rewritten_with_the_key_is_found_by_a_witnessed_checkpoint_only() {
    let mut ledger = grown().await;
    let witnessed: Vec<_> = ledger
        .checkpoints
        .iter()
        .map(|row| row.note.clone())
        .collect();
    let row = ledger.at(150);
    row.body = String::from_utf8(row.body.clone())
        .unwrap()
        .replace("shopper", "guest")
        .into_bytes();
    ledger.resign().await;
    assert!(report(&mut ledger).await.is_sound());

    // Before the change both histories are one; after it, at a size that is not signed any more and
    // at one that is, they are not.
    assert!(with(&mut ledger, &witnessed[..1]).await.is_sound());
    for (note, size) in [(&witnessed[1], 300), (&witnessed[2], 350)] {
        let found = with(&mut ledger, std::slice::from_ref(note)).await;
        assert!(
            matches!(found.findings[..], [Finding::Fork { size: at, .. }] if at == size),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn two_signed_roots_of_one_size_are_a_fork() {
    let mut ledger = grown().await;
    let other = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 300,
        root: [1; 32],
    };
    let mut row = ledger.checkpoints[1].clone();
    row.root = other.root;
    row.note = other.sign(&signer()).unwrap();
    ledger.checkpoints.insert(2, row);
    let report = report(&mut ledger).await;
    assert!(
        matches!(report.findings[..], [Finding::Fork { size: 300, .. }]),
        "{report:?}"
    );
}

#[tokio::test]
async fn checkpoints_that_are_not_the_logs_are_found() {
    // Signed by another key under the same name.
    let stranger = ledger::Signer::from_seed(&terms::Secret::new([43; 32])).unwrap();
    let mut ledger = grown().await;
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 350,
        root: ledger.checkpoints[2].root,
    };
    ledger.checkpoints[2].note = checkpoint.sign(&stranger).unwrap();
    let found = report(&mut ledger).await;
    assert!(
        matches!(
            found.findings[0],
            Finding::CheckpointInvalid { size: 350, .. }
        ),
        "{found:?}"
    );
    assert!(
        found.findings.contains(&Finding::Unsigned {
            first: 300,
            count: 50
        }),
        "{found:?}"
    );

    // Edited under its signature.
    let mut ledger = grown().await;
    ledger.checkpoints[0].note = ledger.checkpoints[0].note.replace("\n100\n", "\n101\n");
    let found = report(&mut ledger).await;
    assert!(
        matches!(
            found.findings[..],
            [Finding::CheckpointInvalid { size: 100, .. }]
        ),
        "{found:?}"
    );

    // Its columns.
    let mut ledger = grown().await;
    ledger.checkpoints[0].root[0] ^= 1;
    let found = report(&mut ledger).await;
    assert_eq!(
        found.findings,
        [Finding::CheckpointColumn {
            size: 100,
            column: "root"
        }]
    );
    let mut ledger = grown().await;
    ledger.checkpoints[0].size = 99;
    let found = report(&mut ledger).await;
    assert_eq!(
        found.findings,
        [Finding::CheckpointColumn {
            size: 99,
            column: "size"
        }]
    );

    // What the verifier brought along is not of this log.
    let mut ledger = grown().await;
    let found = with(&mut ledger, &["nonsense".to_owned()]).await;
    assert!(
        matches!(
            found.findings[..],
            [Finding::WitnessInvalid { number: 1, .. }]
        ),
        "{found:?}"
    );

    // The log is verified with another log's key.
    let other = signer().public_key("parlour/other").unwrap();
    let source = Source::Database {
        ledger: &mut ledger,
        shop: shop(),
    };
    let found = verify(source, &other, &Options::default()).await.unwrap();
    assert!(!found.is_sound() && found.size == 0 && found.checkpoints == 0);
}

#[tokio::test]
async fn tiles_that_disagree_are_found() {
    for (place, bit, finding) in [
        (
            (0, 0),
            32 * 17,
            Finding::TileHash {
                level: 0,
                tile: 0,
                index: 17,
            },
        ),
        (
            (0, 1),
            32 * 3 + 31,
            Finding::TileHash {
                level: 0,
                tile: 1,
                index: 3,
            },
        ),
        (
            (1, 0),
            2,
            Finding::TileHash {
                level: 1,
                tile: 0,
                index: 0,
            },
        ),
    ] {
        let mut ledger = grown().await;
        ledger.tiles.get_mut(&place).unwrap()[bit] ^= 0x80;
        let found = report(&mut ledger).await;
        assert!(found.findings.contains(&finding), "{found:?}");
        assert_eq!(found.size, 350, "the entries still give the signed roots");
        assert!(
            found
                .findings
                .iter()
                .all(|finding| matches!(finding, Finding::TileHash { .. })),
            "{found:?}"
        );
    }
    for place in [(0, 0), (0, 1), (1, 0)] {
        let mut ledger = grown().await;
        ledger.tiles.remove(&place);
        let found = report(&mut ledger).await;
        let (level, tile) = (place.0.try_into().unwrap(), place.1.try_into().unwrap());
        assert_eq!(found.findings, [Finding::TileMissing { level, tile }]);
    }
    let mut ledger = grown().await;
    ledger.tiles.get_mut(&(0, 1)).unwrap().extend([7; 32]);
    let found = report(&mut ledger).await;
    assert_eq!(
        found.findings,
        [Finding::TileWidth {
            level: 0,
            tile: 1,
            expected: 94,
            found: 95
        }]
    );
}

#[tokio::test]
async fn a_change_of_one_kind_does_not_hide_a_later_one_of_the_other() {
    // Up to the checkpoint of size 100 one of entry and tile is changed, after it the other.
    for (entry, tile) in [(50, 150), (150, 50)] {
        let mut ledger = grown().await;
        let row = ledger.at(entry);
        let id = Some(row.id);
        row.body = String::from_utf8(row.body.clone())
            .unwrap()
            .replace("shopper", "guest")
            .into_bytes();
        ledger.tiles.get_mut(&(0, 0)).unwrap()[32 * usize::try_from(tile).unwrap()] ^= 1;
        let found = report(&mut ledger).await;
        let position = u64::try_from(entry).unwrap();
        assert!(
            found
                .findings
                .contains(&Finding::EntryEdited { position, id }),
            "{found:?}"
        );
        let expected = Finding::TileHash {
            level: 0,
            tile: 0,
            index: tile,
        };
        assert!(found.findings.contains(&expected), "{found:?}");
        assert_eq!(found.size, 350);
    }
}

#[tokio::test]
async fn many_findings_are_counted_not_kept() {
    let mut ledger = MemoryLedger::grown(&[1_500]).await;
    for row in &mut ledger.entries {
        row.kind = "conversation.read".to_owned();
    }
    let report = report(&mut ledger).await;
    assert_eq!(
        (report.findings.len(), report.further_findings),
        (1_000, 500)
    );
}
