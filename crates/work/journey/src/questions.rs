//! Questions that found no answer, for the shop to answer.
//!
//! What is stored is a mark on the shopper's message and no word of it. The words are read where they
//! always were, under the key of whose conversation it is: when she is forgotten, or her conversation
//! is, her question is gone from here without anybody seeing to it. They are shown without addresses,
//! phone numbers and cards, together with the same question of others, and without who asked. That
//! they were shown is recorded.

use std::collections::HashMap;

use guard::gate::{self, LinkPolicy, Pseudonyms};
use identity::{
    Permit,
    actions::{ReadKnowledge, WriteKnowledge},
};
use inbox::InboxError;
use knowledge::Audience;
use ledger::{Details, Effect};
use store::{
    Database, Snapshot, Transaction, conversations::ConversationRow, unanswered::UnansweredRow,
};
use terms::{QuestionId, ShopId, Timestamp, Untrusted};
use vault::VaultError;

use crate::{Journey, JourneyError};

/// Marks that are looked at; older ones wait until newer ones are put away.
pub(crate) const MOST_MARKS: u32 = 500;
/// From this confidence on the assistant quotes a passage.
const QUOTED: i64 = 460;

/// A question that found no answer, of everybody who asked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The newest mark.
    pub id: QuestionId,
    /// As it was asked last, without what is personal.
    pub text: String,
    pub count: usize,
    pub latest: Timestamp,
    /// The title of the passage that answers it by now.
    pub answered_by: Option<String>,
}

/// Questions before it is on the record that they were read.
#[derive(Debug)]
pub struct Unrecorded(Vec<Question>);

struct Group {
    question: Question,
    marks: Vec<QuestionId>,
}

impl Journey {
    /// Marks the message at `position` as one that found no answer.
    pub(crate) async fn mark_unanswered(
        &self,
        tx: &mut dyn Transaction,
        conversation: &ConversationRow,
        position: i64,
    ) -> Result<(), JourneyError> {
        let row = UnansweredRow {
            shop: conversation.shop,
            id: QuestionId::random(&*self.library.rng),
            conversation: conversation.id,
            position,
            at: self.library.clock.now(),
        };
        Ok(tx.mark_unanswered(&row).await?)
    }

    /// Looks for the questions without an answer, on a snapshot: hundreds of messages are opened, and
    /// whoever writes meanwhile does not wait for it. Nothing of them can be seen before
    /// [`Journey::record_questions`].
    pub async fn questions(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadKnowledge>,
    ) -> Result<Unrecorded, JourneyError> {
        let shop = permit.shop();
        let groups = self.groups(snapshot, shop).await?;
        let mut questions: Vec<Question> = groups.into_iter().map(|group| group.question).collect();
        questions.sort_by_key(|one| core::cmp::Reverse((one.count, one.latest)));
        for question in &mut questions {
            let found = self
                .knowledge
                .search(snapshot, shop, Audience::Everyone, &question.text, 1)
                .await?;
            let sure = found.into_iter().find(|hit| hit.confidence >= QUOTED);
            question.answered_by = sure.map(|hit| hit.title);
        }
        Ok(Unrecorded(questions))
    }

    /// The questions that were found, those most often asked first. That they were read is recorded,
    /// so the caller commits before showing them.
    pub async fn record_questions(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadKnowledge>,
        Unrecorded(questions): Unrecorded,
    ) -> Result<Vec<Question>, JourneyError> {
        let effect = QuestionsRead {
            questions: number(questions.len()),
        };
        self.note(tx, permit, effect).await?;
        Ok(questions)
    }

    /// Puts a question away, however often it was asked: it is answered, or will not be. Asked again
    /// in vain, it comes back.
    pub async fn put_away(
        &self,
        database: &dyn Database,
        permit: &Permit<WriteKnowledge>,
        id: QuestionId,
    ) -> Result<(), JourneyError> {
        let mut snapshot = database.snapshot().await?;
        let groups = self.groups(&mut *snapshot, permit.shop()).await?;
        drop(snapshot);
        let group = groups.into_iter().find(|group| group.marks.contains(&id));
        let group = group.ok_or(JourneyError::NoSuchQuestion)?;
        let mut tx = database.begin().await?;
        let effect = QuestionPutAway {
            times: number(group.marks.len()),
        };
        self.note(&mut *tx, permit, effect).await?;
        for mark in group.marks {
            tx.unmark_unanswered(permit.shop(), mark).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The marked messages that can still be read, the same questions together, newest first.
    async fn groups(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Vec<Group>, JourneyError> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_gist: HashMap<String, usize> = HashMap::new();
        for mark in snapshot.unanswered(shop, MOST_MARKS).await? {
            // What nobody can read any more is no question; its mark goes with the next sweep.
            let Some(text) = self.asked(snapshot, &mark).await? else {
                continue;
            };
            let next = groups.len();
            let at = *by_gist.entry(knowledge::gist(&text)).or_insert(next);
            match groups.get_mut(at) {
                Some(group) => {
                    group.question.count = group.question.count.saturating_add(1);
                    group.marks.push(mark.id);
                }
                None => groups.push(Group {
                    question: Question {
                        id: mark.id,
                        text,
                        count: 1,
                        latest: mark.at,
                        answered_by: None,
                    },
                    marks: vec![mark.id],
                }),
            }
        }
        Ok(groups)
    }

    /// The words of a marked message without what is personal; nothing when they are forgotten.
    async fn asked(
        &self,
        snapshot: &mut dyn Snapshot,
        mark: &UnansweredRow,
    ) -> Result<Option<String>, JourneyError> {
        let before = mark.position.saturating_sub(1);
        let rows = snapshot
            .turns_after(mark.shop, mark.conversation, before, 1)
            .await?;
        let turns = match self
            .inbox
            .open(snapshot, rows, &LinkPolicy::default())
            .await
        {
            Err(InboxError::Vault(VaultError::Forgotten(_))) => return Ok(None),
            opened => opened?,
        };
        let turn = turns.first().filter(|turn| turn.position == mark.position);
        Ok(turn.map(|turn| {
            let words = Untrusted::new(turn.words.plain_text());
            let redacted = gate::tool_result(words, &mut Pseudonyms::default());
            redacted.as_str().to_owned()
        }))
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Questions without an answer were read.
#[derive(Debug)]
struct QuestionsRead {
    questions: i64,
}

impl Effect for QuestionsRead {
    const KIND: &'static str = "knowledge.questions_read";
    fn details(&self) -> Details {
        Details::none().number("questions", self.questions)
    }
}

/// A question without an answer was put away.
#[derive(Debug)]
struct QuestionPutAway {
    times: i64,
}

impl Effect for QuestionPutAway {
    const KIND: &'static str = "knowledge.question_put_away";
    fn details(&self) -> Details {
        Details::none().number("times", self.times)
    }
}
