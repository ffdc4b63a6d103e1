//! What the platform itself says in a conversation. Texts come from templates and nothing a stranger
//! wrote goes into them.

use crate::{
    blocks::{Block, HandoverState, NoticeKind},
    finding::FindingKind,
};

/// Something the platform tells the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// Before the first message, and whenever it is asked for.
    AiDisclosure,
    /// A card number or security code was typed and has been removed.
    CardRemoved,
    /// A card, or its code, was told over several messages. Their parts were kept until the last came.
    CardPartsRemoved,
    /// A password was told and has been removed.
    PasswordRemoved,
    /// A one-time code or a PIN.
    CodeRemoved,
    /// An API key, a token, a private key.
    KeyRemoved,
    /// The message reads like an attempt to steer the assistant: nothing was done about it.
    NotActedOn,
    PersonRequested,
    PersonJoined,
    PersonLeft,
    AddressProved,
}

impl Notice {
    /// What the shopper is told when something of this kind was removed for good.
    pub(crate) const fn of_removed(kind: FindingKind) -> Option<Self> {
        match kind {
            FindingKind::CreditCard | FindingKind::CardSecurityCode => Some(Self::CardRemoved),
            FindingKind::Password => Some(Self::PasswordRemoved),
            FindingKind::OneTimeCode => Some(Self::CodeRemoved),
            FindingKind::ApiKey => Some(Self::KeyRemoved),
            _ => None,
        }
    }

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
            Self::PasswordRemoved => {
                "I removed a password from your message before it was stored, so nobody here can see it. If it was a real one, please change it, and never send passwords in this chat."
            }
            Self::CodeRemoved => {
                "I removed a code from your message before it was stored, so nobody here can see it. Nobody needs your codes in this chat: a code that we mailed to you goes into the form that asks for it."
            }
            Self::KeyRemoved => {
                "I removed a secret key from your message before it was stored, so nobody here can see it. If it was a real one, please replace it, and never send keys in this chat."
            }
            Self::NotActedOn => {
                "Your last message reads like instructions to the assistant itself, so nothing was done about it and nothing was changed. Please say in plain words what you would like, or ask for a person."
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
            Self::PasswordRemoved => NoticeKind::PasswordRemoved,
            Self::CodeRemoved => NoticeKind::CodeRemoved,
            Self::KeyRemoved => NoticeKind::KeyRemoved,
            Self::NotActedOn => NoticeKind::NotActedOn,
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
            | Self::PasswordRemoved
            | Self::CodeRemoved
            | Self::KeyRemoved
            | Self::NotActedOn
            | Self::AddressProved => None,
        }
    }
}
