//! Fetching what a catalogue names, a few pictures at a time.
//!
//! A step is short enough for a request, and says where the next one begins: a page at the desk or the
//! command line goes from step to step. Nothing is lost when it ends in between, and what is there already
//! is not fetched again.

use core::{fmt, str::FromStr, time::Duration};
use std::{collections::HashMap, sync::Arc};

use commerce::port::{PictureAt, Shop};
use identity::{Permit, actions::FetchPictures};
use ledger::{Actor, Details, Effect, Recorder};
use store::{
    Database, Transaction,
    pictures::{PictureCounts, ProductPictureRow},
};
use terms::{Clock, Picture, PictureKind, ShopId, Timestamp};
use tokio::{
    sync::Semaphore,
    task::{JoinError, JoinSet, spawn_blocking},
};

use crate::{
    Fetched, GalleryError, Pictures, keep,
    redraw::{Redrawn, redrawn},
};

/// Pictures that one step fetches, all at once: it takes as long as the slowest host.
const OF_A_STEP: usize = 4;
/// Products that one step looks at.
const LOOKED_AT: u32 = 200;
/// Refusals that are told at once.
const MOST_REFUSED: u32 = 500;
/// A picture that no product shows any more is kept so long: cards in conversations still name it.
const KEPT: Duration = Duration::from_secs(90 * 24 * 3_600);

type Result<T> = core::result::Result<T, GalleryError>;

/// Fetches and keeps pictures. Cheap to clone.
#[derive(Clone)]
pub struct Gallery {
    shop: Arc<dyn Shop>,
    pictures: Arc<dyn Pictures>,
    recorder: Arc<Recorder>,
    clock: Arc<dyn Clock>,
    decoding: OneAtATime,
}

impl fmt::Debug for Gallery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gallery(..)")
    }
}

/// Where in the catalogue a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    position: i64,
    product: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.position, self.product)
    }
}

/// The text was not the end of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not where a step ended: expected what the step before gave as `next`")]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;
    fn from_str(text: &str) -> core::result::Result<Self, NotACursor> {
        let (position, product) = text.split_once('_').ok_or(NotACursor)?;
        Ok(Self {
            position: position.parse().map_err(|_| NotACursor)?,
            product: product.to_owned(),
        })
    }
}

/// A product whose picture was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub product: String,
    pub title: String,
    /// As the catalogue has it.
    pub address: String,
    pub reason: String,
    pub tried_at: Timestamp,
}

/// What a step came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Where the next step begins; `None` after the last.
    pub next: Option<Cursor>,
    pub fetched: u32,
    /// Those that were there already, from the same address.
    pub kept: u32,
    /// Products for which the catalogue names no picture.
    pub unnamed: u32,
    pub refused: Vec<Refused>,
}

/// How things stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub products: i64,
    pub counts: PictureCounts,
    pub refused: Vec<Refused>,
}

impl Gallery {
    #[must_use]
    pub fn new(
        shop: Arc<dyn Shop>,
        pictures: Arc<dyn Pictures>,
        recorder: Arc<Recorder>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            shop,
            pictures,
            recorder,
            clock,
            decoding: OneAtATime::default(),
        }
    }

    /// How many products show a picture, and which do not although one is named.
    pub async fn standing(
        &self,
        database: &dyn Database,
        permit: &Permit<FetchPictures>,
    ) -> Result<Standing> {
        let shop = permit.shop();
        let mut read = database.snapshot().await?;
        let mut refused = Vec::new();
        for row in read.refused_pictures(shop, MOST_REFUSED).await? {
            let product = self.shop.product(&mut *read, shop, &row.product).await?;
            refused.push(Refused {
                title: product.map_or_else(String::new, |product| product.title),
                product: row.product,
                address: row.source,
                reason: row.refused.unwrap_or_default(),
                tried_at: row.tried_at,
            });
        }
        Ok(Standing {
            products: read.product_count(shop).await?,
            counts: read.picture_counts(shop).await?,
            refused,
        })
    }

    /// Fetches the next few pictures that are missing; with `again` also those that are there.
    pub async fn step(
        &self,
        database: &dyn Database,
        permit: &Permit<FetchPictures>,
        after: Option<Cursor>,
        again: bool,
    ) -> Result<Step> {
        let actor = Actor::Staff(permit.staff());
        self.walk(database, permit.shop(), actor, after, again)
            .await
    }

    /// As [`Gallery::step`], on the word of who runs the program.
    pub async fn danger_step_as_operator(
        &self,
        database: &dyn Database,
        shop: ShopId,
        after: Option<Cursor>,
        again: bool,
    ) -> Result<Step> {
        self.walk(database, shop, Actor::System, after, again).await
    }

    async fn walk(
        &self,
        database: &dyn Database,
        shop: ShopId,
        actor: Actor,
        after: Option<Cursor>,
        again: bool,
    ) -> Result<Step> {
        let first = after.is_none();
        let found = self.found(database, shop, after, again).await?;
        let mut step = found.step;
        if first {
            self.tidy(database, shop).await?;
        }
        if found.due.is_empty() {
            return Ok(step);
        }
        // What leaves the house is on the record before it does.
        let mut tx = database.begin().await?;
        let asked = PicturesAsked {
            pictures: number(found.due.len()),
        };
        self.recorder
            .note(&mut *tx, shop, actor, None, asked)
            .await?;
        tx.commit().await?;

        let fetched = self.fetched(found.due, found.hosts).await;
        let mut tx = database.begin().await?;
        let now = self.clock.now();
        for one in fetched {
            self.settle(&mut *tx, shop, one, now, &mut step).await?;
        }
        let kept = PicturesKept {
            fetched: i64::from(step.fetched),
            refused: number(step.refused.len()),
        };
        self.recorder
            .note(&mut *tx, shop, actor, None, kept)
            .await?;
        tx.commit().await?;
        Ok(step)
    }

    /// Removes what no product has shown for long.
    async fn tidy(&self, database: &dyn Database, shop: ShopId) -> Result<()> {
        let now = self.clock.now();
        let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        let before = Timestamp::from_millis(now.millis().saturating_sub(kept));
        let mut tx = database.begin().await?;
        tx.tidy_pictures(shop, now, before).await?;
        Ok(tx.commit().await?)
    }

    /// What comes next in the catalogue, and which of it is to be fetched.
    async fn found(
        &self,
        database: &dyn Database,
        shop: ShopId,
        after: Option<Cursor>,
        again: bool,
    ) -> Result<Found> {
        let mut read = database.snapshot().await?;
        let hosts = read.shop_hosts(shop).await?;
        let after = after
            .as_ref()
            .map(|cursor| (cursor.position, cursor.product.as_str()));
        let page = self
            .shop
            .pictures_named(&mut *read, shop, after, LOOKED_AT)
            .await?;
        let ids: Vec<&str> = page.iter().map(|one| one.product.as_str()).collect();
        let rows = read.product_pictures(shop, &ids).await?.into_iter();
        let mut rows: HashMap<String, ProductPictureRow> =
            rows.map(|row| (row.product.clone(), row)).collect();
        let whole = page.len() < usize::try_from(LOOKED_AT).unwrap_or(usize::MAX);
        let mut step = Step::default();
        let mut due: Vec<Due> = Vec::new();
        for one in page {
            let PictureAt {
                product,
                title,
                position,
                address,
            } = one;
            let row = rows.remove(&product);
            let ends = Cursor {
                position,
                product: product.clone(),
            };
            match address {
                None => step.unnamed = step.unnamed.saturating_add(1),
                Some(address) => {
                    let same = row.as_ref().is_some_and(|row| row.source == address);
                    let shown = row.as_ref().is_some_and(|row| row.refused.is_none());
                    if same && shown && !again {
                        step.kept = step.kept.saturating_add(1);
                    } else if due.len() < OF_A_STEP {
                        let before = row.filter(|_| same).and_then(|row| row.picture);
                        due.push(Due {
                            product,
                            title,
                            address,
                            before,
                        });
                    } else {
                        // The next step begins with this one.
                        return Ok(Found {
                            step,
                            due,
                            hosts: authorities(&hosts),
                        });
                    }
                }
            }
            step.next = Some(ends);
        }
        if whole {
            step.next = None;
        }
        Ok(Found {
            step,
            due,
            hosts: authorities(&hosts),
        })
    }

    /// Fetches and draws anew; told in the order in which they were asked for.
    async fn fetched(&self, due: Vec<Due>, hosts: Vec<String>) -> Vec<(Due, Drawn)> {
        let hosts: Arc<[String]> = hosts.into();
        let mut running = JoinSet::new();
        for (at, one) in due.into_iter().enumerate() {
            let (gallery, hosts) = (self.clone(), Arc::clone(&hosts));
            running.spawn(async move {
                let drawn = gallery.drawn(&one.address, &hosts).await;
                (at, one, drawn)
            });
        }
        let mut done: Vec<(usize, Due, Drawn)> = Vec::new();
        while let Some(ended) = running.join_next().await {
            // One that panicked is tried again with the next run.
            match ended {
                Ok(one) => done.push(one),
                Err(_) => tracing::error!("fetching a picture ended unexpectedly"),
            }
        }
        done.sort_by_key(|(at, ..)| *at);
        done.into_iter()
            .map(|(_, one, drawn)| (one, drawn))
            .collect()
    }

    async fn drawn(&self, address: &str, hosts: &[String]) -> Drawn {
        let Fetched(bytes) = match self.pictures.fetch(address, hosts).await {
            Ok(fetched) => fetched,
            Err(error) => return Err(error.to_string()),
        };
        match self.decoding.run(move || redrawn(&bytes)).await {
            Ok(drawn) => drawn.map_err(|error| error.to_string()),
            // INVARIANT: whatever a decoder does on a hostile file, it ends with that file.
            Err(_) => Err("the picture could not be read".to_owned()),
        }
    }

    async fn settle(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        (due, drawn): (Due, Drawn),
        now: Timestamp,
        step: &mut Step,
    ) -> Result<()> {
        let (picture, refused) = match drawn {
            Ok(redrawn) => {
                let (card, detail) = redrawn.into_sizes();
                let picture = Picture {
                    card: keep(tx, shop, PictureKind::Jpeg, card, now).await?,
                    detail: keep(tx, shop, PictureKind::Jpeg, detail, now).await?,
                };
                step.fetched = step.fetched.saturating_add(1);
                (Some(picture), None)
            }
            Err(reason) => {
                step.refused.push(Refused {
                    product: due.product.clone(),
                    title: due.title,
                    address: due.address.clone(),
                    reason: reason.clone(),
                    tried_at: now,
                });
                (due.before, Some(reason))
            }
        };
        let row = ProductPictureRow {
            shop,
            product: due.product,
            source: due.address,
            picture,
            refused,
            tried_at: now,
        };
        Ok(tx.write_product_picture(&row).await?)
    }
}

/// Work that takes memory and a core: one piece of it at a time, beside the runtime.
#[derive(Clone)]
struct OneAtATime(Arc<Semaphore>);

impl Default for OneAtATime {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl OneAtATime {
    /// INVARIANT: the place is held by the work and not by whoever waits for it. A request that is given
    /// up does not stop a decoder, and the next one must not begin beside it.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> core::result::Result<T, JoinError> {
        let place = Arc::clone(&self.0).acquire_owned().await;
        let held = move || {
            let done = work();
            drop(place);
            done
        };
        spawn_blocking(held).await
    }
}

/// A picture drawn anew, or a sentence for staff.
type Drawn = core::result::Result<Redrawn, String>;

/// A picture that is to be fetched.
struct Due {
    product: String,
    title: String,
    address: String,
    /// What is shown from the same address until now.
    before: Option<Picture>,
}

struct Found {
    step: Step,
    due: Vec<Due>,
    /// From which anything is fetched at all.
    hosts: Vec<String>,
}

/// The hosts that the shop has registered: its own pages, and those replies may link to.
fn authorities(hosts: &[store::shops::ShopHostRow]) -> Vec<String> {
    hosts
        .iter()
        .map(|host| host.authority().to_owned())
        .collect()
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Pictures were asked for, of hosts of the shop.
#[derive(Debug)]
struct PicturesAsked {
    pictures: i64,
}

impl Effect for PicturesAsked {
    const KIND: &'static str = "gallery.pictures_asked";
    fn details(&self) -> Details {
        Details::none().number("pictures", self.pictures)
    }
}

/// What became of them.
#[derive(Debug)]
struct PicturesKept {
    fetched: i64,
    refused: i64,
}

impl Effect for PicturesKept {
    const KIND: &'static str = "gallery.pictures_kept";
    fn details(&self) -> Details {
        Details::none()
            .number("fetched", self.fetched)
            .number("refused", self.refused)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_still_has_its_place() {
        let decoding = OneAtATime::default();
        let (begun, begins) = mpsc::channel();
        let (end, ends) = mpsc::channel::<()>();
        let given_up = tokio::spawn({
            let decoding = decoding.clone();
            async move {
                let work = move || {
                    begun.send(()).unwrap();
                    ends.recv().unwrap();
                };
                decoding.run(work).await
            }
        });
        spawn_blocking(move || begins.recv())
            .await
            .unwrap()
            .unwrap();
        given_up.abort();
        assert!(given_up.await.unwrap_err().is_cancelled());
        assert_eq!(decoding.0.available_permits(), 0, "the work goes on");

        end.send(()).unwrap();
        assert_eq!(decoding.run(|| 7).await.unwrap(), 7);
        // Nor is it lost when the work ends badly.
        assert!(decoding.run(|| panic!("a decoder")).await.is_err());
        assert_eq!(decoding.run(|| 8).await.unwrap(), 8);
    }
}
