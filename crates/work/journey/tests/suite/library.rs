//! Documents at the desk: written, changed by two at once, found by whom they are for.

use guard::gate::{Block, Cleared};
use identity::{
    SessionToken,
    actions::{ReadKnowledge, WriteKnowledge},
};
use journey::{
    JourneyError,
    library::{DOCUMENT_MAX, MOST_CHARACTERS, Written},
};
use knowledge::{Audience, import::Media};
use store::{Database as _, documents::DocumentRow, passages::PassageKind};
use terms::{DocumentId, Locale, Untrusted};

use crate::world::World;

const PARKING: &str = "There are twelve places behind the mill.";

fn parking(world: &World) -> Written {
    Written {
        id: DocumentId::random(&*world.rng),
        kind: PassageKind::Faq,
        title: Untrusted::new("May my dog come into the mill?".to_owned()),
        body: Untrusted::new(PARKING.to_owned()),
        audience: Audience::Everyone,
        url: None,
        seen: 0,
    }
}

async fn write(
    world: &World,
    agent: &SessionToken,
    written: Written,
) -> Result<DocumentRow, JourneyError> {
    let permit = world.permit::<WriteKnowledge>(agent).await;
    let mut tx = world.database.begin().await.unwrap();
    let row = world
        .journey
        .write_document(&mut *tx, &permit, written)
        .await?;
    tx.commit().await.unwrap();
    Ok(row)
}

fn source(words: &Cleared) -> Option<(String, String)> {
    words.blocks().iter().find_map(|block| match block {
        Block::Source { id, title, .. } => Some((id.clone(), title.clone())),
        _ => None,
    })
}

async fn answer(world: &World, question: &str) -> Cleared {
    let (_, _, mut answered) = world.guest_who_said(question).await;
    answered.turns.pop().unwrap().words
}

#[tokio::test]
async fn what_staff_write_is_quoted_with_its_source_until_it_is_deleted() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    assert_eq!(
        source(&answer(&world, "May my dog come into the mill?").await),
        None
    );
    let row = write(&world, &agent, parking(&world)).await.unwrap();
    let words = answer(&world, "May my dog come into the mill?").await;
    assert!(words.plain_text().contains(PARKING));
    let (id, title) = source(&words).unwrap();
    assert_eq!((id, title), (row.id.to_string(), row.title.clone()));

    let moved = Written {
        body: Untrusted::new("Park at the station.".to_owned()),
        seen: 1,
        id: row.id,
        ..parking(&world)
    };
    write(&world, &agent, moved).await.unwrap();
    let words = answer(&world, "May my dog come into the mill?").await;
    assert!(words.plain_text().contains("Park at the station."));

    let permit = world.permit::<WriteKnowledge>(&agent).await;
    let mut tx = world.database.begin().await.unwrap();
    let early = world
        .journey
        .delete_document(&mut *tx, &permit, row.id, 1)
        .await;
    assert!(matches!(early, Err(JourneyError::ChangedMeanwhile)));
    world
        .journey
        .delete_document(&mut *tx, &permit, row.id, 2)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        source(&answer(&world, "May my dog come into the mill?").await),
        None
    );
    let kinds = world.kinds().await;
    assert_eq!(kinds.get("knowledge.document_written"), Some(&2));
    assert_eq!(kinds.get("knowledge.document_deleted"), Some(&1));
}

#[tokio::test]
async fn two_editors_do_not_overwrite_each_other() {
    let world = World::new().await;
    let (kim, robin) = (
        world.agent("Kim Lindgren").await,
        world.agent("Robin Vale").await,
    );
    let first = parking(&world);
    write(&world, &kim, first.clone()).await.unwrap();
    // The same again changes nothing: an answer that was lost on its way.
    let again = write(&world, &kim, first.clone()).await.unwrap();
    assert_eq!(again.version, 1);
    let by = |body: &str| Written {
        body: Untrusted::new(body.to_owned()),
        seen: 1,
        ..first.clone()
    };
    write(&world, &kim, by("Kim's text.")).await.unwrap();
    let late = write(&world, &robin, by("Robin's text.")).await;
    assert!(
        matches!(late, Err(JourneyError::ChangedMeanwhile)),
        "{late:?}"
    );
    let new = Written {
        seen: 0,
        ..by("Robin's text.")
    };
    let late = write(&world, &robin, new).await;
    assert!(
        matches!(late, Err(JourneyError::ChangedMeanwhile)),
        "{late:?}"
    );
    let permit = world.permit::<ReadKnowledge>(&robin).await;
    let mut snapshot = world.snapshot().await;
    let found = world
        .journey
        .document(&mut *snapshot, &permit, first.id)
        .await;
    assert_eq!(found.unwrap().body, "Kim's text.");
    let never = Written {
        id: DocumentId::random(&*world.rng),
        ..by("To what is not there.")
    };
    let never = write(&world, &robin, never).await;
    assert!(
        matches!(never, Err(JourneyError::NoSuchDocument)),
        "{never:?}"
    );
}

#[tokio::test]
async fn what_is_for_staff_is_never_told_to_shoppers() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    let secret = Written {
        audience: Audience::Staff,
        ..parking(&world)
    };
    let row = write(&world, &agent, secret).await.unwrap();
    for question in [
        "May my dog come into the mill?",
        "twelve places behind the mill",
        "parking",
    ] {
        let words = answer(&world, question).await;
        let text = words.plain_text();
        assert!(!text.contains("twelve") && !text.contains("mill"), "{text}");
        assert_ne!(source(&words).map(|(id, _)| id), Some(row.id.to_string()));
    }
    let permit = world.permit::<ReadKnowledge>(&agent).await;
    let mut snapshot = world.snapshot().await;
    let question = Untrusted::new("May my dog come into the mill?".to_owned());
    let tried = world
        .journey
        .try_question(&mut *snapshot, &permit, question, &Locale::default())
        .await
        .unwrap();
    assert!(
        !tried.quoted
            && tried
                .hits
                .iter()
                .all(|hit| hit.audience == Audience::Everyone)
    );
}

/// A few words that could be goods: the trial looks for goods as the assistant does, and comes to the
/// document.
#[tokio::test]
async fn words_that_could_be_goods_are_tried_on_the_documents_too() {
    let world = World::new().await;
    world.sell().await;
    let agent = world.agent("Kim Lindgren").await;
    write(&world, &agent, parking(&world)).await.unwrap();
    let permit = world.permit::<ReadKnowledge>(&agent).await;
    let tried = async |question: &str| {
        let mut snapshot = world.snapshot().await;
        let question = Untrusted::new(question.to_owned());
        let locale = Locale::default();
        let journey = &world.journey;
        journey
            .try_question(&mut *snapshot, &permit, question, &locale)
            .await
            .unwrap()
    };
    assert!(tried("dog into the mill").await.quoted);
    // Goods are shown in the chat, not here.
    let goods = tried("stoneware mug").await;
    assert!(
        !goods.quoted && goods.answer.is_none(),
        "{:?}",
        goods.answer
    );
}

#[tokio::test]
async fn an_import_of_the_shop_leaves_what_staff_wrote_and_the_other_way_round() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    write(&world, &agent, parking(&world)).await.unwrap();
    let mut tx = world.database.begin().await.unwrap();
    let returns = knowledge::Document {
        kind: PassageKind::Policy,
        id: "returns".to_owned(),
        title: "Returning goods".to_owned(),
        text: "You can send goods back within 60 days.".to_owned(),
    };
    knowledge::publish(&mut *tx, world.shop, &*world.rng, &*world.clock, &[returns])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let words = answer(&world, "May my dog come into the mill?").await;
    assert!(words.plain_text().contains(PARKING));
    let more = Written {
        title: Untrusted::new("Bicycles".to_owned()),
        ..parking(&world)
    };
    write(&world, &agent, more).await.unwrap();
    let words = answer(&world, "How can I return goods?").await;
    assert!(words.plain_text().contains("within 60 days"));

    let permit = world.permit::<ReadKnowledge>(&agent).await;
    let mut snapshot = world.snapshot().await;
    let shelf = world
        .journey
        .shelf(&mut *snapshot, &permit, "")
        .await
        .unwrap();
    assert_eq!((shelf.documents.len(), shelf.imported.len()), (2, 1));
    let shelf = world
        .journey
        .shelf(&mut *snapshot, &permit, "MILL bicycle")
        .await;
    let shelf = shelf.unwrap();
    assert_eq!((shelf.documents.len(), shelf.imported.len()), (1, 0));
}

#[tokio::test]
async fn a_preview_is_what_a_shopper_sees() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    let body = "# Parking\nCall +49 30 901820. **Twelve** places.\n\n# Web\nSee [us](https://shop.example/a) or [them](https://evil.example/b).";
    let permit = world.permit::<ReadKnowledge>(&agent).await;
    let mut snapshot = world.snapshot().await;
    let text = |text: &str| Untrusted::new(text.to_owned());
    let shown = world
        .journey
        .preview(
            &mut *snapshot,
            &permit,
            PassageKind::Page,
            text("Our shop"),
            text(body),
        )
        .await
        .unwrap();
    let titles: Vec<&str> = shown.iter().map(|one| one.passage.title.as_str()).collect();
    assert_eq!(titles, ["Our shop › Parking", "Our shop › Web"]);
    let written = Written {
        kind: PassageKind::Page,
        title: text("Our shop"),
        body: text(body),
        ..parking(&world)
    };
    write(&world, &agent, written).await.unwrap();
    for (question, shown) in [("our shop parking", &shown[0]), ("our shop web", &shown[1])] {
        let quoted = answer(&world, question).await.plain_text();
        let previewed = shown.words.plain_text();
        assert!(quoted.contains(&previewed), "{quoted}\nlacks\n{previewed}");
    }
    assert!(
        shown[1]
            .words
            .plain_text()
            .contains("https://shop.example/a")
    );
    assert!(!shown[1].words.plain_text().contains("https://evil.example"));
}

#[tokio::test]
async fn hidden_characters_and_long_texts_do_not_pass() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    let text = |text: &str| Untrusted::new(text.to_owned());
    let hidden = Written {
        title: text("Par\u{200B}king\u{202E}?"),
        body: text("Ignore\u{E0041}\u{E0042} this\u{2066}."),
        ..parking(&world)
    };
    let row = write(&world, &agent, hidden).await.unwrap();
    assert_eq!(
        (row.title.as_str(), row.body.as_str()),
        ("Parking?", "Ignore this.")
    );
    for written in [
        Written {
            body: text(" \u{200B} "),
            ..parking(&world)
        },
        Written {
            title: text(""),
            ..parking(&world)
        },
        Written {
            title: text("two\nlines"),
            ..parking(&world)
        },
        Written {
            body: Untrusted::new("x".repeat(DOCUMENT_MAX + 1)),
            ..parking(&world)
        },
    ] {
        let refused = write(&world, &agent, written).await;
        assert!(
            matches!(refused, Err(JourneyError::Refused(_))),
            "{refused:?}"
        );
    }
    let permit = world.permit::<WriteKnowledge>(&agent).await;
    let html = text(
        "<h1>A&#x200b;B</h1><p>x&#x202e;y<script>z</script>\u{200B}<scr\u{200B}ipt>q</script>",
    );
    let read = world
        .journey
        .read_import(&permit, Media::Html, html)
        .unwrap();
    assert_eq!((read.title.as_str(), read.markdown.as_str()), ("AB", "xy"));
}

/// An index of all documents is held in memory: two thousand of the longest would be two hundred
/// million characters.
#[tokio::test]
async fn all_documents_together_have_an_end() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    let mut tx = world.database.begin().await.unwrap();
    let length = DOCUMENT_MAX - 1;
    for _ in 0..MOST_CHARACTERS / i64::try_from(DOCUMENT_MAX).unwrap() {
        let row = DocumentRow {
            shop: world.shop,
            id: DocumentId::random(&*world.rng),
            kind: PassageKind::Page,
            title: "t".to_owned(),
            body: "é".repeat(length),
            audience: Audience::Everyone,
            url: None,
            version: 1,
            updated_at: terms::Clock::now(&*world.clock),
        };
        tx.insert_document(&row).await.unwrap();
    }
    let stored = tx.documents(world.shop, Audience::Staff).await.unwrap();
    tx.commit().await.unwrap();
    let full = write(&world, &agent, parking(&world)).await;
    assert!(matches!(
        full,
        Err(JourneyError::TooMuchText(MOST_CHARACTERS))
    ));
    // What is there may become shorter, and then there is room.
    let shorter = Written {
        id: stored[0].id,
        title: Untrusted::new("Shorter".to_owned()),
        seen: 1,
        ..parking(&world)
    };
    write(&world, &agent, shorter).await.unwrap();
    write(&world, &agent, parking(&world)).await.unwrap();
}
