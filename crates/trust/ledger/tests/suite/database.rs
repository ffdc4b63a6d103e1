//! The gate, the sequencer and the verification on a real database, and tampering with its file.

use std::{path::PathBuf, sync::Arc};

use ledger::{
    Actor, Details, Effect, Export, Finding, Options, Placed, RecordError, Recorder, Report,
    Sequencer, SequencerError, Source, SubjectTag, consistency_proof, inclusion_proof, verify,
};
use sql::SqlDatabase;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Database, ledger::EntryRow};
use tempfile::TempDir;

use crate::memory::{CountingRng, ORIGIN, TickingClock, key, shop, signer};

struct MessageStored {
    position: i64,
}

impl Effect for MessageStored {
    const KIND: &'static str = "conversation.message_stored";

    fn details(&self) -> Details {
        Details::none()
            .number("position", self.position)
            .word("author", "shopper")
    }
}

struct House {
    database: SqlDatabase,
    directory: TempDir,
    clock: Arc<TickingClock>,
    rng: Arc<CountingRng>,
    recorder: Recorder,
}

impl House {
    async fn open() -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let (clock, rng) = (
            Arc::new(TickingClock::default()),
            Arc::new(CountingRng::default()),
        );
        let recorder = Recorder::new(clock.clone(), rng.clone());
        Self {
            database,
            directory,
            clock,
            rng,
            recorder,
        }
    }

    fn sequencer(&self) -> Sequencer {
        Sequencer::new(signer(), self.clock.clone(), &*self.rng)
    }

    async fn record(&self, count: i64) {
        let mut transaction = self.database.begin().await.unwrap();
        for position in 0..count {
            let effect = MessageStored { position };
            let subject = Some(SubjectTag::from_keyed_hash([0x5a; 32]));
            let recorded = self
                .recorder
                .record(&mut *transaction, shop(), Actor::Shopper, subject, effect)
                .await
                .unwrap();
            let id = transaction.id();
            assert_eq!(recorded.into_effect(id).unwrap().position, position);
        }
        transaction.commit().await.unwrap();
    }

    async fn verify(&self, witnessed: &[String]) -> Report {
        let mut snapshot = self.database.snapshot().await.unwrap();
        let source = Source::Database {
            ledger: &mut *snapshot,
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

    async fn entries(&self) -> Vec<EntryRow> {
        self.database
            .snapshot()
            .await
            .unwrap()
            .entries_from(shop(), 0, 10_000)
            .await
            .unwrap()
    }

    async fn note(&self) -> String {
        self.database
            .snapshot()
            .await
            .unwrap()
            .latest_checkpoint(shop())
            .await
            .unwrap()
            .unwrap()
            .note
    }

    /// What someone with the database's file in his hands does.
    async fn tamper(&self, statements: &[&'static str]) {
        let file: PathBuf = self.directory.path().join("parlour.db");
        let options = SqliteConnectOptions::new().filename(file);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        for statement in statements {
            let done = sqlx::query(*statement)
                .execute(&mut connection)
                .await
                .unwrap();
            assert!(done.rows_affected() > 0, "{statement}");
        }
        connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn an_effect_and_its_entry_become_durable_together() {
    let house = House::open().await;
    let mut transaction = house.database.begin().await.unwrap();
    let effect = MessageStored { position: 1 };
    let recorded = house
        .recorder
        .record(&mut *transaction, shop(), Actor::Guest, None, effect)
        .await
        .unwrap();
    let entry = recorded.entry();
    transaction.rollback().await.unwrap();
    assert_eq!(
        house
            .database
            .snapshot()
            .await
            .unwrap()
            .entry(shop(), entry)
            .await
            .unwrap(),
        None
    );

    // The proof outlived its transaction and is no good in the next.
    let other = house.database.begin().await.unwrap();
    let refused = recorded.into_effect(other.id());
    assert!(
        matches!(refused, Err(RecordError::OtherTransaction { entry: named }) if named == entry)
    );
    other.rollback().await.unwrap();

    house.record(1).await;
    assert_eq!(
        house
            .database
            .snapshot()
            .await
            .unwrap()
            .entry_counts(shop())
            .await
            .unwrap(),
        (0, 1)
    );
}

struct Chatty(&'static str);

impl Effect for Chatty {
    const KIND: &'static str = "test.chatty";

    fn details(&self) -> Details {
        Details::none().word("said", self.0)
    }
}

#[tokio::test]
async fn text_of_a_person_is_refused_at_the_gate() {
    let house = House::open().await;
    let mut transaction = house.database.begin().await.unwrap();
    for text in ["My card is 4242", "Ada", "a@b.example", "", "\"", "ä"] {
        let recorded = house
            .recorder
            .record(
                &mut *transaction,
                shop(),
                Actor::Shopper,
                None,
                Chatty(text),
            )
            .await;
        assert!(matches!(recorded, Err(RecordError::Details(_))), "{text}");
    }
    assert_eq!(transaction.entry_counts(shop()).await.unwrap(), (0, 0));
}

#[tokio::test]
async fn what_was_recorded_is_placed_verified_and_exported() {
    let house = House::open().await;
    let sequencer = house.sequencer();
    assert_eq!(
        sequencer
            .tick(&house.database, shop(), ORIGIN)
            .await
            .unwrap(),
        Placed::Nothing
    );
    house.record(300).await;
    let placed = sequencer
        .tick(&house.database, shop(), ORIGIN)
        .await
        .unwrap();
    assert!(
        matches!(&placed, Placed::Entries { count: 300, head } if head.size == 300),
        "{placed:?}"
    );
    house.record(3).await;
    sequencer
        .tick(&house.database, shop(), ORIGIN)
        .await
        .unwrap();
    assert_eq!(
        sequencer
            .tick(&house.database, shop(), ORIGIN)
            .await
            .unwrap(),
        Placed::Nothing
    );
    house.record(2).await;

    let report = house.verify(&[]).await;
    assert_eq!(report.findings, []);
    assert_eq!(
        (
            report.entries,
            report.unplaced,
            report.checkpoints,
            report.size
        ),
        (303, 2, 2, 303)
    );

    let mut snapshot = house.database.snapshot().await.unwrap();
    let mut export = Export::begin(&mut *snapshot, shop()).await.unwrap();
    let mut files = std::collections::BTreeMap::new();
    while let Some(file) = export.next().await.unwrap() {
        files.insert(file.path, file.bytes);
    }
    let exported = verify(Source::Export(&files), &key(), &Options::default())
        .await
        .unwrap();
    assert_eq!((exported.findings, exported.root), (vec![], report.root));
}

#[tokio::test]
async fn a_batch_that_does_not_become_durable_leaves_nothing() {
    let house = House::open().await;
    let sequencer = house.sequencer();
    house.record(10).await;
    sequencer
        .tick(&house.database, shop(), ORIGIN)
        .await
        .unwrap();
    house.record(10).await;
    let before = house.verify(&[]).await;
    let mut transaction = house.database.begin().await.unwrap();
    assert!(
        sequencer
            .place(&mut *transaction, shop(), ORIGIN)
            .await
            .unwrap()
            .is_some()
    );
    drop(transaction);
    assert_eq!(house.verify(&[]).await, before);
    let placed = sequencer
        .tick(&house.database, shop(), ORIGIN)
        .await
        .unwrap();
    assert!(
        matches!(&placed, Placed::Entries { count: 10, head } if head.size == 20),
        "{placed:?}"
    );
    assert!(house.verify(&[]).await.is_sound());
}

#[tokio::test]
async fn one_node_places_while_its_lease_lasts() {
    let house = House::open().await;
    let (one, two) = (house.sequencer(), house.sequencer());
    house.record(1).await;
    assert!(matches!(
        one.tick(&house.database, shop(), ORIGIN).await.unwrap(),
        Placed::Entries { .. }
    ));
    house.record(1).await;
    assert_eq!(
        two.tick(&house.database, shop(), ORIGIN).await.unwrap(),
        Placed::Elsewhere
    );
    // The first one is gone; its lease runs out.
    house.clock.advance(5_001);
    assert!(matches!(
        two.tick(&house.database, shop(), ORIGIN).await.unwrap(),
        Placed::Entries { count: 1, .. }
    ));
    house.record(1).await;
    assert_eq!(
        one.tick(&house.database, shop(), ORIGIN).await.unwrap(),
        Placed::Elsewhere
    );
    assert!(house.verify(&[]).await.is_sound());
}

#[tokio::test]
async fn entries_written_while_the_tree_grows_each_get_one_place() {
    let house = Arc::new(House::open().await);
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let house = house.clone();
            tokio::spawn(async move {
                for _ in 0..25 {
                    house.record(2).await;
                }
            })
        })
        .collect();
    let ticking = tokio::spawn({
        let house = house.clone();
        async move {
            let nodes = [house.sequencer(), house.sequencer()];
            while house.entries().await.len() < 200 {
                for node in &nodes {
                    node.tick(&house.database, shop(), ORIGIN).await.unwrap();
                    house.clock.advance(1_700);
                }
            }
        }
    });
    for task in writers {
        task.await.unwrap();
    }
    ticking.await.unwrap();
    let report = house.verify(&[]).await;
    assert_eq!(
        (report.findings, report.entries, report.unplaced),
        (vec![], 200, 0)
    );
}

/// What is done to the file, and whether that is what was found.
type Case = (&'static [&'static str], fn(&[Finding]) -> bool);

#[tokio::test]
async fn tampering_with_the_file_is_found() {
    let cases: &[Case] = &[
        (
            &[
                "UPDATE ledger_entries SET body = CAST(replace(CAST(body AS TEXT), '\"author\":\"shopper\"', '\"author\":\"human\"') AS BLOB) WHERE position = 7",
            ],
            |findings| matches!(findings, [Finding::EntryEdited { position: 7, .. }]),
        ),
        (
            &["UPDATE ledger_entries SET kind = 'conversation.read' WHERE position = 3"],
            |findings| {
                matches!(
                    findings,
                    [Finding::EntryColumn {
                        position: 3,
                        column: "kind",
                        ..
                    }]
                )
            },
        ),
        (
            &["DELETE FROM ledger_entries WHERE position = 4"],
            |findings| matches!(findings, [Finding::EntryDeleted { first: 4, last: 4 }]),
        ),
        (
            &[
                "UPDATE ledger_entries SET position = 1000 WHERE position = 1",
                "UPDATE ledger_entries SET position = 1 WHERE position = 2",
                "UPDATE ledger_entries SET position = 2 WHERE position = 1000",
            ],
            |findings| {
                matches!(
                    findings,
                    [
                        Finding::EntryMoved {
                            position: 1,
                            belongs: 2,
                            ..
                        },
                        Finding::EntryMoved {
                            position: 2,
                            belongs: 1,
                            ..
                        },
                    ]
                )
            },
        ),
        (
            &["DELETE FROM ledger_entries WHERE position >= 15"],
            |findings| {
                matches!(
                    findings,
                    [Finding::Truncated {
                        entries: 15,
                        signed: 20
                    }]
                )
            },
        ),
        (
            &["DELETE FROM ledger_entries", "DELETE FROM ledger_tiles"],
            |findings| {
                findings.contains(&Finding::Truncated {
                    entries: 0,
                    signed: 20,
                })
            },
        ),
        (
            &["DELETE FROM ledger_checkpoints WHERE size = 20"],
            |findings| {
                findings.contains(&Finding::Unsigned {
                    first: 10,
                    count: 10,
                })
            },
        ),
        (
            &["UPDATE ledger_tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0"],
            |findings| {
                findings.contains(&Finding::TileHash {
                    level: 0,
                    tile: 0,
                    index: 0,
                })
            },
        ),
        (&["UPDATE ledger_heads SET size = 10"], |findings| {
            findings
                == [Finding::HeadDiffers {
                    head: 10,
                    signed: 20,
                }]
        }),
    ];
    for (statements, found) in cases {
        let house = House::open().await;
        let sequencer = house.sequencer();
        for _ in 0..2 {
            house.record(10).await;
            sequencer
                .tick(&house.database, shop(), ORIGIN)
                .await
                .unwrap();
        }
        assert!(house.verify(&[]).await.is_sound());
        house.tamper(statements).await;
        let report = house.verify(&[]).await;
        assert!(found(&report.findings), "{statements:?}: {report:?}");
    }
}

#[tokio::test]
async fn a_running_sequencer_does_not_sign_a_history_that_forgot_its_own() {
    let house = House::open().await;
    let sequencer = house.sequencer();
    house.record(10).await;
    sequencer
        .tick(&house.database, shop(), ORIGIN)
        .await
        .unwrap();
    let witnessed = house.note().await;
    house
        .tamper(&[
            "UPDATE ledger_entries SET position = NULL",
            "DELETE FROM ledger_entries WHERE id = (SELECT min(id) FROM ledger_entries)",
            "DELETE FROM ledger_tiles",
            "DELETE FROM ledger_checkpoints",
            "DELETE FROM ledger_heads",
        ])
        .await;
    let refused = sequencer.tick(&house.database, shop(), ORIGIN).await;
    assert!(
        matches!(refused, Err(SequencerError::Forgotten { size: 10 })),
        "{refused:?}"
    );

    // One that starts afterwards remembers nothing and signs; only the witnessed checkpoint tells.
    house.clock.advance(5_001);
    let fresh = house.sequencer();
    house.record(5).await;
    fresh.tick(&house.database, shop(), ORIGIN).await.unwrap();
    assert!(house.verify(&[]).await.is_sound());
    let report = house.verify(&[witnessed]).await;
    assert!(
        matches!(report.findings[..], [Finding::Fork { size: 10, .. }]),
        "{report:?}"
    );

    // The first one, which signed another history, still does not go along.
    house.clock.advance(5_001);
    house.record(1).await;
    let refused = sequencer.tick(&house.database, shop(), ORIGIN).await;
    assert!(
        matches!(refused, Err(SequencerError::Forgotten { size: 10 })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_work_can_move_between_threads() {
    const fn sendable<T: Send>(work: T) -> T {
        work
    }
    let house = House::open().await;
    house.record(3).await;
    sendable(house.sequencer().tick(&house.database, shop(), ORIGIN))
        .await
        .unwrap();
    let mut snapshot = house.database.snapshot().await.unwrap();
    sendable(inclusion_proof(&mut *snapshot, shop(), 1, 3))
        .await
        .unwrap();
    sendable(consistency_proof(&mut *snapshot, shop(), 1, 3))
        .await
        .unwrap();
    let mut export = sendable(Export::begin(&mut *snapshot, shop()))
        .await
        .unwrap();
    assert!(sendable(export.next()).await.unwrap().is_some());
    let source = Source::Database {
        ledger: &mut *snapshot,
        shop: shop(),
    };
    let report = sendable(verify(source, &key(), &Options::default()))
        .await
        .unwrap();
    assert!(report.is_sound());
}
