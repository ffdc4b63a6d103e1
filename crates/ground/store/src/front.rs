//! The shop's front: settings of its widget, its logo, how shoppers rate a chat, and who wants to be
//! told by mail that she was answered.

use async_trait::async_trait;
use terms::{ConversationId, Sealed, ShopId, Timestamp};

use crate::{Result, places::RatingWords};

/// The settings as the room that reads them wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontRow {
    pub shop: ShopId,
    /// 1 with the first settings, one more with each change.
    pub version: i64,
    pub body: String,
    pub updated_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoRow {
    pub shop: ShopId,
    pub kind: LogoKind,
    /// At most 100 KiB.
    pub image: Vec<u8>,
    pub updated_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    Png,
    WebP,
}

impl LogoKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        [Self::Png, Self::WebP]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// What a shopper thought of a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingRow {
    pub shop: ShopId,
    pub conversation: ConversationId,
    /// 1 to 5; 5 is best.
    pub score: i64,
    pub words: Option<Sealed<RatingWords>>,
    pub at: Timestamp,
}

/// She wants a mail when a person has answered while she was away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerWishRow {
    pub shop: ShopId,
    pub conversation: ConversationId,
    pub asked_at: Timestamp,
    /// When the mail went out; `None` again once she has come back.
    pub mailed_at: Option<Timestamp>,
}

#[async_trait]
pub trait ReadFront: Send {
    async fn front(&mut self, shop: ShopId) -> Result<Option<FrontRow>>;
    async fn logo(&mut self, shop: ShopId) -> Result<Option<LogoRow>>;
    async fn rating(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
    ) -> Result<Option<RatingRow>>;
    /// How many ratings of each score were given since then, by score.
    async fn ratings_since(&mut self, shop: ShopId, since: Timestamp) -> Result<Vec<(i64, i64)>>;
    async fn answer_wish(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
    ) -> Result<Option<AnswerWishRow>>;
}

#[async_trait]
pub trait WriteFront: ReadFront {
    /// Writes the settings that follow version `row.version - 1`;
    /// [`crate::StoreError::Conflict`] when others were written meanwhile.
    async fn write_front(&mut self, row: &FrontRow) -> Result<()>;
    /// Writes the logo, whatever was there.
    async fn write_logo(&mut self, row: &LogoRow) -> Result<()>;
    /// Removes the logo, if there is one.
    async fn delete_logo(&mut self, shop: ShopId) -> Result<()>;
    /// Writes what a shopper thinks now of the conversation.
    async fn write_rating(&mut self, row: &RatingRow) -> Result<()>;
    /// Writes the wish as it stands now.
    async fn write_answer_wish(&mut self, row: &AnswerWishRow) -> Result<()>;
}
