//! A message's road: door → guard in → intake → dialogue → guard out → door.
//!
//! INVARIANT: nothing is acknowledged before the transaction that stores it is durable, and a
//! message id is answered once: sending it again gives the same turns.

use guard::gate::{self, LinkPolicy, Notice};
use identity::{Shopper, Verified, level::Guest, sessions::actor_of};
use inbox::{ConversationKey, InboxError, Keeping, NewTurn, Recent, Turn};
use store::{
    Database, Pulse, StoreError, Transaction,
    conversations::{Author, ConversationRow, ConversationState, TurnRow},
};
use terms::{ConversationId, Language, Locale, MessageId, Untrusted};

use crate::{Journey, JourneyError, context::Context, friction::MayAct, tools::Heard};

/// How often a turn is begun anew when another transaction was in the way.
const TRIES: usize = 3;

/// What a shopper sends. Both ids are the client's choice.
#[derive(Debug, Clone)]
pub struct Message {
    pub conversation: ConversationId,
    pub id: MessageId,
    pub text: Untrusted<String>,
    pub locale: Locale,
}

/// What is acknowledged and shown.
#[derive(Debug)]
pub struct Answered {
    pub conversation: ConversationId,
    pub state: ConversationState,
    /// The shopper's own turn and the replies to it.
    pub turns: Vec<Turn>,
    /// The message had been stored before.
    pub repeated: bool,
    /// What had been stored was written anew.
    pub erased: bool,
}

impl Journey {
    /// Leads a message along the whole road. When this returns, message and answer are durable.
    pub async fn message(
        &self,
        database: &dyn Database,
        proof: &Verified<'_, Shopper, Guest>,
        message: Message,
    ) -> Result<Answered, JourneyError> {
        let mut tries = 1;
        loop {
            let mut tx = database.begin().await?;
            match self.travel(&mut *tx, proof, message.clone()).await {
                Ok(answered) => {
                    tx.commit().await?;
                    if answered.erased {
                        // Best effort: the key of what is left in a log is gone already, and the message
                        // is stored whatever comes of it.
                        let _ = database.settle().await;
                    }
                    return Ok(answered);
                }
                // The conversation was opened, or the message stored, by another transaction a
                // moment ago: the next try finds it.
                Err(error) if is_conflict(&error) && tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    async fn travel(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        message: Message,
    ) -> Result<Answered, JourneyError> {
        let (policy, hosts) = self.link_policy_and_hosts(tx, proof.shop()).await?;
        let language = Language::for_reader(&message.locale);
        let (mut conversation, opened) = self
            .inbox
            .hers_locked_or_opened(tx, proof, message.conversation, &message.locale)
            .await?;
        // One key for the whole turn: fetched once, spent when the answer is opened.
        let key = self.inbox.key_of(tx, &conversation).await?;
        let mut context = self.context_of(tx, &key, &conversation).await?;

        // What may be the last part of something is read together with what was told before.
        let partial = gate::may_complete(&message.text);
        let recent = match partial {
            true => self.inbox.recent(tx, &conversation, &policy).await?,
            false => Vec::new(),
        };
        let before: Vec<&str> = recent.iter().filter_map(Recent::hers).collect();
        let inbound = gate::inbound_after(
            message.text,
            &before,
            &self.treatments,
            &hosts,
            &mut context.pseudonyms,
        )?;
        let own_words = gate::echo(&inbound.admitted);
        if let Some(stored) = tx
            .turn_by_message(proof.shop(), conversation.id, message.id)
            .await?
        {
            return self
                .same_again(tx, conversation, stored, &own_words, &policy)
                .await;
        }

        if let Some(told) = &inbound.told_in_parts {
            self.inbox
                .erase_parts(tx, &key, &mut conversation, recent, told)
                .await?;
            context.erase(told)?;
        } else if inbound.completes {
            conversation.rewritings = conversation.rewritings.saturating_add(1);
        }
        let keeping = Keeping {
            own_key: partial && !inbound.completes,
            rewriting: match inbound.completes {
                true => conversation.rewritings,
                false => 0,
            },
            advice: Some(&inbound.advice),
        };
        let own = NewTurn {
            author: Author::Shopper,
            staff: None,
            message: Some(message.id),
            in_reply_to: None,
            words: &own_words,
        };
        let own = self
            .inbox
            .append_kept(tx, &key, &mut conversation, own, keeping)
            .await?;
        let mut turns = vec![own];
        let asked_at = conversation.last_position;
        if opened {
            let words = gate::notice(Notice::AiDisclosure);
            turns.push(
                self.reply(
                    tx,
                    &key,
                    &mut conversation,
                    Author::System,
                    asked_at,
                    &words,
                )
                .await?,
            );
        }
        let parts = inbound.told_in_parts.is_some();
        let told = inbound.removed.iter().copied();
        let told = told.filter(|notice| !(parts && *notice == Notice::CardRemoved));
        for removed in parts
            .then_some(Notice::CardPartsRemoved)
            .into_iter()
            .chain(told)
        {
            let words = gate::notice(removed);
            turns.push(
                self.reply(
                    tx,
                    &key,
                    &mut conversation,
                    Author::System,
                    asked_at,
                    &words,
                )
                .await?,
            );
        }
        if conversation.state == ConversationState::Assistant {
            let may_act = MayAct::on(&inbound.advice);
            let heard = Heard {
                message: &inbound.redacted,
                language,
                may_act: may_act.as_ref(),
            };
            let planned = self
                .plan(tx, proof, &mut conversation, &mut context, heard)
                .await?;
            // INVARIANT: what was left undone is told by the platform, in place of a draft that could say
            // it was done.
            let (author, words) = match planned.withheld {
                true => (Author::System, gate::notice(Notice::NotActedOn)),
                false => {
                    let words = gate::outbound(planned.parts, &context.pseudonyms, &policy);
                    (Author::Ai, words)
                }
            };
            if planned.unanswered && !planned.withheld {
                self.mark_unanswered(tx, &conversation, asked_at).await?;
            }
            turns.push(
                self.reply(tx, &key, &mut conversation, author, asked_at, &words)
                    .await?,
            );
            // INVARIANT: whoever asks what answers is told, whatever the planner says (A42).
            if planned.must_disclose {
                let author = Author::System;
                let words = gate::notice(Notice::AiDisclosure);
                turns.push(
                    self.reply(tx, &key, &mut conversation, author, asked_at, &words)
                        .await?,
                );
            }
        }

        self.inbox
            .set_context(&key, &mut conversation, &context.into_bytes()?)?;
        let answered = self.finish(tx, key, conversation, turns, &policy).await?;
        Ok(Answered {
            erased: inbound.told_in_parts.is_some(),
            ..answered
        })
    }

    /// Puts the conversation into the queue for a person, as the widget's button does.
    pub async fn ask_for_person(
        &self,
        database: &dyn Database,
        proof: &Verified<'_, Shopper, Guest>,
        conversation: ConversationId,
    ) -> Result<Answered, JourneyError> {
        let mut tx = database.begin().await?;
        let policy = self.link_policy(&mut *tx, proof.shop()).await?;
        // Hers before it is locked: nobody holds up another's conversation.
        self.inbox.hers(&mut *tx, proof, conversation).await?;
        let found = tx.lock_conversation(proof.shop(), conversation).await?;
        let mut row = found.ok_or(InboxError::NoSuchConversation)?;
        let key = self.inbox.key_of(&mut *tx, &row).await?;
        let mut turns = Vec::new();
        if self
            .inbox
            .request_person(&mut *tx, &mut row, actor_of(proof), "button")
            .await?
        {
            let after = row.last_position;
            let words = gate::notice(Notice::PersonRequested);
            turns.push(
                self.reply(&mut *tx, &key, &mut row, Author::System, after, &words)
                    .await?,
            );
        }
        let answered = self.finish(&mut *tx, key, row, turns, &policy).await?;
        tx.commit().await?;
        Ok(answered)
    }

    async fn reply(
        &self,
        tx: &mut dyn Transaction,
        key: &ConversationKey,
        conversation: &mut ConversationRow,
        author: Author,
        in_reply_to: i64,
        words: &gate::Cleared,
    ) -> Result<TurnRow, JourneyError> {
        let turn = NewTurn {
            author,
            staff: None,
            message: None,
            in_reply_to: Some(in_reply_to),
            words,
        };
        Ok(self.inbox.append_under(tx, key, conversation, turn).await?)
    }

    /// The message had been stored: the same turns again, or a refusal if the words differ.
    async fn same_again(
        &self,
        tx: &mut dyn Transaction,
        conversation: ConversationRow,
        stored: TurnRow,
        own_words: &gate::Cleared,
        policy: &LinkPolicy,
    ) -> Result<Answered, JourneyError> {
        let rewritten = stored.rewriting > 0;
        let mut rows = tx
            .turns_in_reply_to(stored.shop, stored.conversation, stored.position)
            .await?;
        rows.insert(0, stored);
        let turns = self.inbox.open(tx, rows, policy).await?;
        // What was written anew cannot be compared with what was sent: its id says that it is the same.
        let same = turns.first().is_some_and(|own| {
            own.author == Author::Shopper
                && (rewritten || own.words.to_stored() == own_words.to_stored())
        });
        if !same {
            return Err(InboxError::OtherText.into());
        }
        Ok(Answered {
            conversation: conversation.id,
            state: conversation.state,
            turns,
            repeated: true,
            erased: false,
        })
    }

    async fn finish(
        &self,
        tx: &mut dyn Transaction,
        key: ConversationKey,
        conversation: ConversationRow,
        turns: Vec<TurnRow>,
        policy: &LinkPolicy,
    ) -> Result<Answered, JourneyError> {
        tx.update_conversation(&conversation).await?;
        tx.announce(Pulse::Conversation {
            shop: conversation.shop,
            conversation: conversation.id,
        });
        let turns = self.inbox.open_under(tx, key, turns, policy).await?;
        Ok(Answered {
            conversation: conversation.id,
            state: conversation.state,
            turns,
            repeated: false,
            erased: false,
        })
    }

    pub(crate) async fn context_of(
        &self,
        tx: &mut dyn Transaction,
        key: &ConversationKey,
        conversation: &ConversationRow,
    ) -> Result<Context, JourneyError> {
        match self.inbox.context_under(tx, key, conversation).await? {
            Some(bytes) => Context::from_bytes(bytes.expose()),
            None => Ok(Context::new(&conversation.locale)),
        }
    }
}

fn is_conflict(error: &JourneyError) -> bool {
    matches!(
        error,
        JourneyError::Store(StoreError::Conflict { .. })
            | JourneyError::Inbox(InboxError::Store(StoreError::Conflict { .. }))
    )
}
