//! The tool layer as a whole: commerce's tools, and the two that need knowledge and the inbox.
//!
//! The same call serves a page, the command line and the assistant's loop. It acts for the session's
//! shopper and has no argument that could name another, but for the `contact` that a guest writes at
//! the checkout: that proves nothing and opens nothing.

use commerce::{
    read_arguments,
    refusal::{Code, Refusal},
    tools::{Answer, CommerceError, LookUp, Tool},
};
use guard::gate::{self, Admitted, Notice};
use identity::{Shopper, Verified, level::Guest, sessions::actor_of};
use inbox::NewTurn;
use knowledge::Audience;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{
    Pulse, Snapshot, Transaction,
    conversations::{Author, ConversationState},
};
use terms::{ConversationId, Language, Locale, ShopId, Untrusted};

use crate::{Journey, JourneyError};

const PASSAGES: usize = 4;
const LONGEST_QUERY: usize = 300;
const LONGEST_REASON: usize = 300;

/// Every tool by its name: commerce's, and those of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnyTool {
    Commerce(Tool),
    SearchPolicies,
    RequestPerson,
}

const SEARCH_POLICIES: &str = "search_policies";
const REQUEST_PERSON: &str = "request_person";

impl AnyTool {
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            SEARCH_POLICIES => Some(Self::SearchPolicies),
            REQUEST_PERSON => Some(Self::RequestPerson),
            _ => Tool::from_name(name).map(Self::Commerce),
        }
    }

    /// The names of all tools: commerce's in its order, then those of this room.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let commerce = Tool::ALL.iter().map(|tool| tool.as_str());
        commerce.chain([SEARCH_POLICIES, REQUEST_PERSON]).collect()
    }

    /// What it looks up, where a snapshot is enough: nothing of anybody is read, nothing written.
    #[must_use]
    pub fn look_up(self) -> Option<AnyLookUp> {
        match self {
            Self::Commerce(tool) => tool.look_up().map(AnyLookUp::Commerce),
            Self::SearchPolicies => Some(AnyLookUp::Policies),
            Self::RequestPerson => None,
        }
    }
}

/// A tool that reads what the shop publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnyLookUp {
    Commerce(LookUp),
    Policies,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SearchPolicies {
    query: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestPerson {
    reason: String,
}

impl SearchPolicies {
    fn read(args: Value) -> Result<Self, Refusal> {
        let asked: Self = read_arguments(SEARCH_POLICIES, args)?;
        if asked.query.chars().count() > LONGEST_QUERY {
            let text = format!("`query` must be at most {LONGEST_QUERY} characters");
            return Err(Refusal::new(Code::BadArgument, text));
        }
        Ok(asked)
    }
}

impl RequestPerson {
    /// The reason, through the gate.
    fn read(args: Value) -> Result<Admitted, JourneyError> {
        let asked: Self = read_arguments(REQUEST_PERSON, args)?;
        Ok(gate::form_text(
            Untrusted::new(asked.reason),
            LONGEST_REASON,
        )?)
    }
}

/// Reads the arguments of a tool from JSON and refuses what a call would refuse before it looks
/// anything up.
pub fn check_arguments(tool: AnyTool, json: &[u8]) -> Result<(), Refusal> {
    let args = || {
        serde_json::from_slice(json)
            .map_err(|_| Refusal::new(Code::BadArgument, "the arguments are not JSON"))
    };
    match tool {
        AnyTool::Commerce(tool) => commerce::check_arguments(tool, json),
        AnyTool::SearchPolicies => SearchPolicies::read(args()?).map(drop),
        AnyTool::RequestPerson => match RequestPerson::read(args()?) {
            Ok(_) => Ok(()),
            Err(JourneyError::Commerce(CommerceError::Refused(refusal))) => Err(refusal),
            Err(error) => Err(Refusal::new(Code::BadArgument, error.to_string())),
        },
    }
}

impl Journey {
    /// Calls a tool for the session's shopper. The caller commits when it answers.
    pub async fn tool(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        tool: AnyTool,
        args: Value,
        language: Language,
    ) -> Result<Answer, JourneyError> {
        match tool {
            AnyTool::Commerce(tool) => {
                Ok(self.commerce.call(tx, proof, tool, args, language).await?)
            }
            AnyTool::SearchPolicies => {
                let passages = self.search_policies(tx, proof.shop(), args).await?;
                Ok(Answer::Result(passages))
            }
            AnyTool::RequestPerson => self.request_person(tx, proof, args).await,
        }
    }

    /// Looks up what the shop publishes: it never waits for whoever is writing.
    pub async fn look_up(
        &self,
        read: &mut dyn Snapshot,
        proof: &Verified<'_, Shopper, Guest>,
        what: AnyLookUp,
        args: Value,
    ) -> Result<Value, JourneyError> {
        match what {
            AnyLookUp::Commerce(what) => Ok(self
                .commerce
                .look_up(read, proof.shop(), what, args)
                .await?),
            AnyLookUp::Policies => self.search_policies(read, proof.shop(), args).await,
        }
    }

    async fn search_policies(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        args: Value,
    ) -> Result<Value, JourneyError> {
        let asked = SearchPolicies::read(args)?;
        let hits = self
            .knowledge
            .search(snapshot, shop, Audience::Everyone, &asked.query, PASSAGES)
            .await?;
        let passages: Vec<Value> = hits
            .into_iter()
            .map(|hit| {
                json!({
                    "kind": hit.kind.as_str(), "id": hit.source, "title": hit.title, "text": hit.text,
                    "confidence": hit.confidence,
                })
            })
            .collect();
        Ok(json!({ "passages": passages }))
    }

    /// Puts her newest conversation into the queue; opens one when she has none.
    async fn request_person(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        args: Value,
    ) -> Result<Answer, JourneyError> {
        // What the shopper wrote is hers to keep private; the ledger gets a word.
        let reason = RequestPerson::read(args)?;
        let newest = self.inbox.all_hers(tx, proof).await?.into_iter().next();
        let id = newest.map_or_else(
            || ConversationId::random(self.vault.rng()),
            |conversation| conversation.id,
        );
        let (mut row, opened) = self
            .inbox
            .hers_locked_or_opened(tx, proof, id, &Locale::default())
            .await?;
        let key = self.inbox.key_of(tx, &row).await?;
        if opened {
            let words = gate::notice(Notice::AiDisclosure);
            self.say(tx, &key, &mut row, Author::System, &words).await?;
        }
        let asked = self
            .inbox
            .request_person(tx, &mut row, actor_of(proof), "tool")
            .await?;
        if asked {
            let words = gate::echo(&reason);
            self.say(tx, &key, &mut row, Author::Shopper, &words)
                .await?;
            let words = gate::notice(Notice::PersonRequested);
            self.say(tx, &key, &mut row, Author::System, &words).await?;
        }
        tx.update_conversation(&row).await?;
        tx.announce(Pulse::Conversation {
            shop: row.shop,
            conversation: row.id,
        });
        let state = match row.state {
            ConversationState::Assistant => "assistant",
            ConversationState::Waiting => "waiting",
            ConversationState::Human => "human",
        };
        Ok(Answer::Result(json!({
            "conversation": row.id.to_string(), "handover": { "state": state }, "already": !asked,
        })))
    }

    async fn say(
        &self,
        tx: &mut dyn Transaction,
        key: &inbox::ConversationKey,
        row: &mut store::conversations::ConversationRow,
        author: Author,
        words: &gate::Cleared,
    ) -> Result<(), JourneyError> {
        let turn = NewTurn {
            author,
            staff: None,
            message: None,
            in_reply_to: None,
            words,
        };
        self.inbox.append_under(tx, key, row, turn).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_objects_and_what_is_wrong_is_named() {
        for (tool, good, wrong) in [
            (
                AnyTool::SearchPolicies,
                r#"{"query":"returns"}"#,
                [
                    (
                        r#"["returns"]"#,
                        "the arguments of `search_policies` must be an object",
                    ),
                    (
                        "null",
                        "the arguments of `search_policies` cannot be read: missing field `query`",
                    ),
                    (
                        r#"{"query":4111}"#,
                        "the arguments of `search_policies` cannot be read: `query`: expected a text, found a whole number",
                    ),
                    ("{", "the arguments are not JSON"),
                ],
            ),
            (
                AnyTool::RequestPerson,
                r#"{"reason":"A lamp came broken"}"#,
                [
                    (
                        r#"["broken"]"#,
                        "the arguments of `request_person` must be an object",
                    ),
                    (
                        "{}",
                        "the arguments of `request_person` cannot be read: missing field `reason`",
                    ),
                    (
                        r#"{"reason":["Wilhelmine"]}"#,
                        "the arguments of `request_person` cannot be read: `reason`: expected a text, found a list",
                    ),
                    ("[", "the arguments are not JSON"),
                ],
            ),
        ] {
            assert_eq!(check_arguments(tool, good.as_bytes()), Ok(()));
            for (json, wanted) in wrong {
                let refused = check_arguments(tool, json.as_bytes()).unwrap_err();
                assert_eq!(
                    (refused.code, &*refused.message),
                    (Code::BadArgument, wanted)
                );
            }
        }
        let long = format!(r#"{{"query":"{}"}}"#, "x".repeat(LONGEST_QUERY + 1));
        let refused = check_arguments(AnyTool::SearchPolicies, long.as_bytes()).unwrap_err();
        assert_eq!(refused.message, "`query` must be at most 300 characters");
        let card = r#"{"reason":"4111 1111 1111 1111"}"#;
        assert!(check_arguments(AnyTool::RequestPerson, card.as_bytes()).is_err());
        let one = AnyTool::from_name("get_cart").unwrap();
        assert!(check_arguments(one, b"{}").is_ok() && check_arguments(one, b"[]").is_err());
    }
}
