//! Wakes the event streams of this node when something changed on any node.
//!
//! One task listens to the database's pulses and rings only the bells concerned, so that a busy
//! shop does not wake every open widget. A bell carries no content; a woken stream reads again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use store::{Database, Heard, Pulse};
use terms::{ConversationId, SessionId, ShopId};
use tokio::sync::watch;

/// What a stream waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    Conversation(ConversationId),
    Session(SessionId),
    Shop(ShopId),
}

type Bells = Arc<Mutex<HashMap<Topic, watch::Sender<Ring>>>>;

/// The newest thing that changed under a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ring {
    count: u64,
    /// The conversation that changed; `None` when it may be any.
    pub(crate) conversation: Option<ConversationId>,
}

#[derive(Debug, Clone)]
pub(crate) struct Switchboard {
    bells: Bells,
}

impl Switchboard {
    pub(crate) fn start(database: &dyn Database) -> Self {
        let bells = Bells::default();
        let mut pulses = database.pulses();
        let task_bells = Arc::clone(&bells);
        tokio::spawn(async move {
            loop {
                match pulses.next().await {
                    Heard::Pulse(Pulse::Conversation { shop, conversation }) => {
                        ring(
                            &task_bells,
                            Topic::Conversation(conversation),
                            Some(conversation),
                        );
                        ring(&task_bells, Topic::Shop(shop), Some(conversation));
                    }
                    Heard::Pulse(Pulse::Session { session, .. }) => {
                        ring(&task_bells, Topic::Session(session), None);
                    }
                    // Pages about orders ask anew when they are looked at.
                    Heard::Pulse(Pulse::Order { .. }) => {}
                    Heard::Missed => ring_all(&task_bells),
                    Heard::Closed => return,
                }
            }
        });
        Self { bells }
    }

    /// Whether anybody on this node listens for it.
    pub(crate) fn is_heard(&self, topic: Topic) -> bool {
        let bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        bells.contains_key(&topic)
    }

    /// A bell of this topic; it rings for everything that changes from now on.
    pub(crate) fn listen(&self, topic: Topic) -> Bell {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = bells
            .entry(topic)
            .or_insert_with(|| watch::Sender::new(Ring::default()));
        Bell {
            heard: sender.subscribe(),
            topic,
            bells: Arc::clone(&self.bells),
        }
    }
}

fn ring(bells: &Bells, topic: Topic, conversation: Option<ConversationId>) {
    let bells = bells.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = bells.get(&topic) {
        sender.send_modify(|ring| {
            ring.count = ring.count.wrapping_add(1);
            ring.conversation = conversation;
        });
    }
}

fn ring_all(bells: &Bells) {
    let bells = bells.lock().unwrap_or_else(PoisonError::into_inner);
    for sender in bells.values() {
        sender.send_modify(|ring| {
            ring.count = ring.count.wrapping_add(1);
            ring.conversation = None;
        });
    }
}

/// One listener. Dropping the last of a topic removes the topic.
#[derive(Debug)]
pub(crate) struct Bell {
    heard: watch::Receiver<Ring>,
    topic: Topic,
    bells: Bells,
}

impl Bell {
    /// Waits until it rings; says how often it rang since the last time and for what last.
    pub(crate) async fn rung(&mut self) -> Rung {
        let before = self.heard.borrow().count;
        match self.heard.changed().await {
            Ok(()) => {
                let ring = *self.heard.borrow_and_update();
                let once = ring.count == before.wrapping_add(1);
                Rung {
                    conversation: ring.conversation.filter(|_| once),
                }
            }
            // The switchboard is gone with the node; nothing will ring again.
            Err(_) => core::future::pending().await,
        }
    }
}

/// Why a bell rang: one conversation, or `None` when several things changed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rung {
    pub(crate) conversation: Option<ConversationId>,
}

impl Drop for Bell {
    fn drop(&mut self) {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        // The receiver goes while the lock is held: of two last bells that are dropped at once, the
        // second finds nobody.
        self.heard = watch::Sender::new(Ring::default()).subscribe();
        if bells
            .get(&self.topic)
            .is_some_and(|sender| sender.receiver_count() == 0)
        {
            bells.remove(&self.topic);
        }
    }
}
