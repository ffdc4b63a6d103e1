//! What the platform itself says in a conversation. Texts come from templates and nothing a stranger
//! wrote goes into them.

use crate::blocks::{Block, HandoverState, NoticeKind};

/// Something the platform tells the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// Before the first message, and whenever it is asked for.
    AiDisclosure,
    /// A card number or security code was typed and has been removed.
    CardRemoved,
    /// A card, or its code, was told over several messages. Their parts were kept until the last came.
    CardPartsRemoved,
    PersonRequested,
    PersonJoined,
    PersonLeft,
    AddressProved,
}

impl Notice {
    pub(crate) fn blocks(self) -> Vec<Block> {
        let mut blocks = vec![Block::plain(self.text())];
        blocks.extend(self.handover().map(|state| Block::Handover { state }));
        blocks.push(Block::Notice { kind: self.kind() });
        blocks
    }

    const fn text(self) -> &'static str {
        match self {
            Self::AiDisclosure => {
                "You are chatting with an AI assistant, not with a person. You can ask for a person at any time."
            }
            Self::CardRemoved => {
                "I removed card details from your message before it was stored, so nobody here can see them. Please never send card details in this chat: payment happens only on the checkout page."
            }
            Self::CardPartsRemoved => {
                "Your last messages together contained card details. Their parts were kept for a moment and have now been deleted. Please never send card details in this chat: payment happens only on the checkout page."
            }
            Self::PersonRequested => {
                "A person from our team has been asked to join. You can keep writing here; until then the AI assistant does not answer."
            }
            Self::PersonJoined => "A person from our team has joined the conversation.",
            Self::PersonLeft => {
                "The person has left. You are chatting with the AI assistant again."
            }
            Self::AddressProved => "Your e-mail address is confirmed.",
        }
    }

    const fn kind(self) -> NoticeKind {
        match self {
            Self::AiDisclosure => NoticeKind::AiDisclosure,
            Self::CardRemoved => NoticeKind::CardRemoved,
            Self::CardPartsRemoved => NoticeKind::CardPartsRemoved,
            Self::PersonRequested => NoticeKind::PersonRequested,
            Self::PersonJoined => NoticeKind::PersonJoined,
            Self::PersonLeft => NoticeKind::PersonLeft,
            Self::AddressProved => NoticeKind::AddressProved,
        }
    }

    const fn handover(self) -> Option<HandoverState> {
        match self {
            Self::PersonRequested => Some(HandoverState::Waiting),
            Self::PersonJoined => Some(HandoverState::Human),
            Self::PersonLeft => Some(HandoverState::Assistant),
            Self::AiDisclosure
            | Self::CardRemoved
            | Self::CardPartsRemoved
            | Self::AddressProved => None,
        }
    }
}
