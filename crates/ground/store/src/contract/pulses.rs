//! Who hears what, and when.

use core::time::Duration;

use tokio::time::timeout;

use super::{
    Stage, samples,
    verdict::{Verdict, ensure, fail, same},
};
use crate::{Heard, Pulse, Pulses};

/// Only a back-end that does not keep its promise ever waits this long.
const LONG: Duration = Duration::from_secs(20);
/// A back-end that keeps its promise is silent however long one listens.
const SHORT: Duration = Duration::from_millis(50);

fn conversation() -> Pulse {
    Pulse::Conversation {
        shop: samples::shop_id(),
        conversation: samples::conversation_id(),
    }
}

/// The next pulse. `Missed` may come in between: it only says to read again.
async fn next(ear: &mut dyn Pulses) -> Verdict<Pulse> {
    loop {
        match timeout(LONG, ear.next()).await {
            Ok(Heard::Pulse(pulse)) => return Ok(pulse),
            Ok(Heard::Missed) => {}
            Ok(Heard::Closed) => return fail("the database is shut"),
            Err(_) => return fail("nothing was heard"),
        }
    }
}

async fn silent(ear: &mut dyn Pulses) -> Verdict {
    while let Ok(heard) = timeout(SHORT, ear.next()).await {
        ensure!(
            heard == Heard::Missed,
            "heard {heard:?} where nothing was to be heard"
        );
    }
    Ok(())
}

pub(super) async fn heard_after_commit(stage: Stage) -> Verdict {
    let (mut one, mut other) = (stage.database.pulses(), stage.database.pulses());
    let first = conversation();
    let second = Pulse::Session {
        shop: samples::shop_id(),
        session: samples::session_id(),
    };
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&samples::shop()).await?;
    tx.announce(first);
    tx.announce(second);
    silent(&mut *one).await?;
    tx.commit().await?;
    for ear in [&mut one, &mut other] {
        same("the first pulse", next(&mut **ear).await?, first)?;
        same("the second pulse", next(&mut **ear).await?, second)?;
        silent(&mut **ear).await?;
    }
    Ok(())
}

pub(super) async fn silent_without_commit(stage: Stage) -> Verdict {
    let mut ear = stage.database.pulses();
    let mut tx = stage.database.begin().await?;
    tx.announce(conversation());
    tx.rollback().await?;
    let mut tx = stage.database.begin().await?;
    tx.announce(conversation());
    drop(tx);
    silent(&mut *ear).await?;
    let last = conversation();
    let mut tx = stage.database.begin().await?;
    tx.announce(last);
    tx.commit().await?;
    same("the first that is heard", next(&mut *ear).await?, last)
}
