//! What the assistant answers from, at the desk: documents that staff write and import.
//!
//! What the shop's own system exports stands beside them, read-only: the next import writes it anew,
//! so a copy that could be changed here would be lost then, or quietly contradict the shop.

use std::sync::Arc;

use dialogue::{Intent, LookUp, State, Step, ToolResult};
use guard::{
    ShopHosts,
    gate::{self, Cleared, Part, Pseudonyms, Quote},
};
use identity::{
    Permit,
    actions::{ReadKnowledge, WriteKnowledge},
};
use knowledge::{
    Audience, Hit, Knowledge, Passage,
    import::{self, Imported, Media, Pages},
};
use ledger::{Actor, Details, Effect, Recorder};
use store::{
    Database, Snapshot, StoreError, Transaction, documents::DocumentRow, passages::PassageKind,
    shops::ReadShops,
};
use terms::{Clock, DocumentId, Locale, Rng, ShopId, Untrusted};

use crate::{
    Journey, JourneyError, claims, known, questions,
    told::{Told, quoted},
};

/// The longest document in characters.
pub const DOCUMENT_MAX: usize = 100_000;
/// The longest title in characters.
pub const TITLE_MAX: usize = 150;
/// The largest text that is imported, in bytes.
pub const IMPORT_MAX: usize = 2 * 1024 * 1024;
/// The longest address of a page.
const ADDRESS_MAX: usize = 2_000;
/// Documents of one shop: an index of all of them is held in memory.
const MOST_DOCUMENTS: i64 = 2_000;
/// Characters of all documents of one shop: the index takes some hundred bytes for each word that no other
/// has, and is built anew after each change.
pub const MOST_CHARACTERS: i64 = 4_000_000;
/// Passages that a question is compared with on the page.
const TRIED: usize = 5;
/// Calls a planner may make while a question is tried.
const MOST_CALLS: usize = 8;

/// What the desk's part of the room works with.
#[derive(Clone)]
pub struct Library {
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) pages: Arc<dyn Pages>,
}

impl Library {
    #[must_use]
    pub fn new(
        knowledge: Arc<Knowledge>,
        recorder: Arc<Recorder>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        pages: Arc<dyn Pages>,
    ) -> Self {
        Self {
            knowledge,
            recorder,
            clock,
            rng,
            pages,
        }
    }
}

impl core::fmt::Debug for Library {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Library(..)")
    }
}

/// A document of the shop's own system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedDocument {
    pub kind: PassageKind,
    /// The shop's own id.
    pub source: String,
    pub title: String,
    /// Its passages, parted by empty lines.
    pub text: String,
}

/// Everything the assistant answers from.
#[derive(Debug)]
pub struct Shelf {
    /// What staff wrote, changed last first.
    pub documents: Vec<DocumentRow>,
    /// What the shop's own system exports, by title.
    pub imported: Vec<ImportedDocument>,
    /// How many messages found no answer.
    pub unanswered: usize,
}

/// A document as staff hand it in.
#[derive(Debug, Clone)]
pub struct Written {
    pub id: DocumentId,
    pub kind: PassageKind,
    pub title: Untrusted<String>,
    pub body: Untrusted<String>,
    pub audience: Audience,
    /// The page it was imported from.
    pub url: Option<Untrusted<String>>,
    /// The version that was on the screen when it was changed; 0 for a new document.
    pub seen: i64,
}

/// A passage as a shopper would see it quoted.
#[derive(Debug)]
pub struct Shown {
    pub passage: Passage,
    pub words: Cleared,
}

/// What became of a question that was tried.
#[derive(Debug)]
pub struct Tried {
    /// What the assistant would say to a guest; nothing when it would look for goods, orders or a
    /// person instead.
    pub answer: Option<Cleared>,
    /// Whether that answer quotes a passage.
    pub quoted: bool,
    /// The passages that fit best, best first.
    pub hits: Vec<Hit>,
}

impl Journey {
    /// What the assistant answers from and has all of these words; without words, all of it.
    pub async fn shelf(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadKnowledge>,
        words: &str,
    ) -> Result<Shelf, JourneyError> {
        let words = words.to_lowercase();
        let has = |title: &str, text: &str| {
            let (title, text) = (title.to_lowercase(), text.to_lowercase());
            let mut words = words.split_whitespace();
            words.all(|word| title.contains(word) || text.contains(word))
        };
        let mut documents = snapshot.documents(permit.shop(), Audience::Staff).await?;
        documents.retain(|row| has(&row.title, &row.body));
        documents.sort_by_key(|row| core::cmp::Reverse((row.updated_at, row.id)));
        let mut imported: Vec<ImportedDocument> = Vec::new();
        for passage in snapshot.passages(permit.shop()).await? {
            match imported.last_mut() {
                Some(last) if last.kind == passage.kind && last.source == passage.source => {
                    last.text.push_str("\n\n");
                    last.text.push_str(&passage.text);
                }
                _ => imported.push(ImportedDocument {
                    kind: passage.kind,
                    source: passage.source,
                    title: passage.title,
                    text: passage.text,
                }),
            }
        }
        imported.retain(|document| has(&document.title, &document.text));
        imported.sort_by(|one, other| one.title.cmp(&other.title));
        let marks = snapshot.unanswered(permit.shop(), questions::MOST_MARKS);
        Ok(Shelf {
            documents,
            imported,
            unanswered: marks.await?.len(),
        })
    }

    /// One document that staff wrote.
    pub async fn document(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadKnowledge>,
        id: DocumentId,
    ) -> Result<DocumentRow, JourneyError> {
        let found = snapshot.document(permit.shop(), id).await?;
        found.ok_or(JourneyError::NoSuchDocument)
    }

    /// Writes a document: a new one, or over the version that was seen. Handing in the same again
    /// changes nothing.
    pub async fn write_document(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<WriteKnowledge>,
        written: Written,
    ) -> Result<DocumentRow, JourneyError> {
        let shop = permit.shop();
        let title = gate::form_text(written.title, TITLE_MAX)?;
        let body = gate::shop_text(written.body, DOCUMENT_MAX)?;
        let url = match written.url {
            Some(url) => Some(gate::form_text(url, ADDRESS_MAX)?.as_str().to_owned()),
            None => None,
        };
        let row = DocumentRow {
            shop,
            id: written.id,
            kind: written.kind,
            title: title.as_str().to_owned(),
            body: body.as_str().to_owned(),
            audience: written.audience,
            url,
            version: written.seen.saturating_add(1),
            updated_at: self.library.clock.now(),
        };
        let mut replaced = 0;
        if let Some(stored) = tx.document(shop, row.id).await? {
            replaced = characters(&stored);
            let same = DocumentRow {
                updated_at: stored.updated_at,
                ..row.clone()
            };
            if stored == same {
                return Ok(stored);
            }
            if stored.version != written.seen {
                return Err(JourneyError::ChangedMeanwhile);
            }
        } else if written.seen != 0 {
            return Err(JourneyError::NoSuchDocument);
        }
        let measured = tx.documents_measured(shop).await?;
        if written.seen == 0 && measured.documents >= MOST_DOCUMENTS {
            return Err(JourneyError::TooManyDocuments(MOST_DOCUMENTS));
        }
        let grows = characters(&row).saturating_sub(replaced);
        if grows > 0 && measured.characters.saturating_add(grows) > MOST_CHARACTERS {
            return Err(JourneyError::TooMuchText(MOST_CHARACTERS));
        }
        let effect = DocumentWritten {
            document: row.id,
            version: row.version,
            kind: row.kind,
            audience: row.audience,
        };
        self.note(tx, permit, effect).await?;
        let done = match written.seen {
            0 => match tx.insert_document(&row).await {
                Err(StoreError::Conflict { .. }) => false,
                inserted => inserted.map(|()| true)?,
            },
            _ => tx.update_document(&row).await?,
        };
        done.then_some(row).ok_or(JourneyError::ChangedMeanwhile)
    }

    /// Deletes the version of a document that was seen.
    pub async fn delete_document(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<WriteKnowledge>,
        id: DocumentId,
        seen: i64,
    ) -> Result<(), JourneyError> {
        let found = tx.document(permit.shop(), id).await?;
        let stored = found.ok_or(JourneyError::NoSuchDocument)?;
        if stored.version != seen {
            return Err(JourneyError::ChangedMeanwhile);
        }
        let effect = DocumentDeleted {
            document: id,
            version: seen,
        };
        self.note(tx, permit, effect).await?;
        let done = tx.delete_document(permit.shop(), id, seen).await?;
        done.then_some(()).ok_or(JourneyError::ChangedMeanwhile)
    }

    /// The passages a document would be split into, each as a shopper would see it quoted.
    pub async fn preview(
        &self,
        read: &mut dyn ReadShops,
        permit: &Permit<ReadKnowledge>,
        kind: PassageKind,
        title: Untrusted<String>,
        body: Untrusted<String>,
    ) -> Result<Vec<Shown>, JourneyError> {
        let title = gate::form_text(title, TITLE_MAX)?;
        let body = gate::shop_text(body, DOCUMENT_MAX)?;
        let policy = self.link_policy(read, permit.shop()).await?;
        let document = DocumentRow {
            shop: permit.shop(),
            id: DocumentId::random(&*self.library.rng),
            kind,
            title: title.as_str().to_owned(),
            body: body.as_str().to_owned(),
            audience: Audience::Everyone,
            url: None,
            version: 1,
            updated_at: self.library.clock.now(),
        };
        let shown = knowledge::passages(&document).into_iter().map(|passage| {
            let mut pseudonyms = Pseudonyms::default();
            let text = gate::tool_result(Untrusted::new(passage.text.clone()), &mut pseudonyms);
            let quote = Quote {
                kind: quoted(kind),
                id: passage.source.clone(),
                title: passage.title.clone(),
                text: Untrusted::new(text.as_str().to_owned()),
            };
            let words = gate::outbound(vec![Part::Quote(quote)], &pseudonyms, &policy);
            Shown { passage, words }
        });
        Ok(shown.collect())
    }

    /// Asks the assistant a question as a guest would, without leaving a trace of it.
    pub async fn try_question(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadKnowledge>,
        question: Untrusted<String>,
        locale: &Locale,
    ) -> Result<Tried, JourneyError> {
        let policy = self.link_policy(snapshot, permit.shop()).await?;
        let mut pseudonyms = Pseudonyms::default();
        // Of what is advised about a question of staff nobody is told.
        let hosts = ShopHosts::default();
        let message =
            gate::inbound_after(question, &[], &self.treatments, &hosts, &mut pseudonyms)?.redacted;
        let mut hits = Vec::new();
        let mut searched = false;
        let mut results: Vec<ToolResult> = Vec::new();
        let mut state = State::new(locale);
        let mut answer = None;
        while results.len() < MOST_CALLS {
            let (next, step) = self.planner.step(state, &message, &results);
            state = next;
            match step {
                Step::Call(Intent::LookUp(LookUp::Policies { query })) => {
                    searched = true;
                    hits = self
                        .passages_for(snapshot, permit.shop(), Audience::Everyone, &query)
                        .await?;
                    results.push(Told(&mut pseudonyms).policies(&hits));
                }
                Step::Call(Intent::LookUp(what)) => {
                    let shop = permit.shop();
                    let found = self.looked_up(snapshot, shop, what, &mut pseudonyms);
                    results.push(found.await?);
                }
                // Of an order or a person there is nothing to try here.
                Step::Call(_) => break,
                Step::Reply(draft) => {
                    let assistant = store::conversations::ConversationState::Assistant;
                    answer = Some(claims::checked(draft, &results, assistant));
                    break;
                }
            }
        }
        if !searched {
            hits = self
                .passages_for(
                    snapshot,
                    permit.shop(),
                    Audience::Everyone,
                    message.as_str(),
                )
                .await?;
        }
        let quotes = |part: &Part| matches!(part, Part::Quote(_));
        let quoted = answer
            .as_ref()
            .is_some_and(|draft| draft.parts.iter().any(quotes));
        // An answer that shows goods comes from the catalogue and not from these documents.
        let goods = |part: &Part| {
            matches!(
                part,
                Part::Products(_) | Part::Product(_) | Part::Comparison(_)
            )
        };
        let answer = answer.filter(|draft| quoted || !draft.parts.iter().any(goods));
        let answer = answer.map(|draft| {
            let known = known::in_this_turn(&results, &message);
            let parts = gate::checked(draft.parts, &known, &pseudonyms).parts;
            gate::outbound(parts, &pseudonyms, &policy)
        });
        Ok(Tried {
            answer,
            quoted,
            hits,
        })
    }

    async fn passages_for(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        reader: Audience,
        query: &str,
    ) -> Result<Vec<Hit>, JourneyError> {
        let knowledge = &self.knowledge;
        Ok(knowledge
            .search(snapshot, shop, reader, query, TRIED)
            .await?)
    }

    /// Reads an uploaded text into Markdown for the editor. Nothing is kept.
    pub fn read_import(
        &self,
        _permit: &Permit<WriteKnowledge>,
        media: Media,
        text: Untrusted<String>,
    ) -> Result<Imported, JourneyError> {
        // Hidden characters go before markup is read, so that they cannot hide markup.
        let text = gate::shop_text(text, IMPORT_MAX)?;
        cleaned(import::read(media, text.as_str()))
    }

    /// Fetches a page of the shop and reads it into Markdown for the editor. Nothing is kept but that
    /// it was asked for.
    pub async fn fetch_page(
        &self,
        database: &dyn Database,
        permit: &Permit<WriteKnowledge>,
        address: &str,
    ) -> Result<Imported, JourneyError> {
        let mut tx = database.begin().await?;
        let hosts = tx.shop_hosts(permit.shop()).await?;
        self.note(&mut *tx, permit, PageFetched).await?;
        tx.commit().await?;
        // The hosts the shop has named already: its own pages, and those replies may link to.
        let hosts: Vec<String> = hosts
            .iter()
            .map(|host| host.authority().to_owned())
            .collect();
        let page = self.library.pages.fetch(address, &hosts).await?;
        let text = gate::shop_text(Untrusted::new(page.text), IMPORT_MAX)?;
        cleaned(import::read(page.media, text.as_str()))
    }

    pub(crate) async fn note<A: identity::actions::Action, E: Effect>(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<A>,
        effect: E,
    ) -> Result<(), JourneyError> {
        let actor = Actor::Staff(permit.staff());
        let recorder = &self.library.recorder;
        recorder
            .note(tx, permit.shop(), actor, None, effect)
            .await?;
        Ok(())
    }
}

fn characters(row: &DocumentRow) -> i64 {
    let count = row.title.chars().count() + row.body.chars().count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What was read passes the gate again: character references may have spelled hidden characters.
fn cleaned(read: Imported) -> Result<Imported, JourneyError> {
    let short: String = read.title.chars().take(TITLE_MAX).collect();
    let title = gate::form_text(Untrusted::new(short), TITLE_MAX);
    let markdown = gate::shop_text(Untrusted::new(read.markdown), DOCUMENT_MAX)?;
    Ok(Imported {
        title: title.map_or_else(|_| String::new(), |title| title.as_str().to_owned()),
        markdown: markdown.as_str().to_owned(),
    })
}

/// A document was written.
#[derive(Debug)]
struct DocumentWritten {
    document: DocumentId,
    version: i64,
    kind: PassageKind,
    audience: Audience,
}

impl Effect for DocumentWritten {
    const KIND: &'static str = "knowledge.document_written";
    fn details(&self) -> Details {
        Details::none()
            .id("document", self.document)
            .number("version", self.version)
            .word("kind", self.kind.as_str())
            .word("audience", self.audience.as_str())
    }
}

/// A document was deleted.
#[derive(Debug)]
struct DocumentDeleted {
    document: DocumentId,
    version: i64,
}

impl Effect for DocumentDeleted {
    const KIND: &'static str = "knowledge.document_deleted";
    fn details(&self) -> Details {
        Details::none()
            .id("document", self.document)
            .number("version", self.version)
    }
}

/// A page was asked for.
#[derive(Debug)]
struct PageFetched;

impl Effect for PageFetched {
    const KIND: &'static str = "knowledge.page_fetched";
    fn details(&self) -> Details {
        Details::none()
    }
}
