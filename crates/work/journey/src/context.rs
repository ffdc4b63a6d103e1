//! What the assistant remembers of one conversation: its state and the pseudonyms. Stored sealed.

use dialogue::State;
use guard::gate::Pseudonyms;
use serde::{Deserialize, Serialize};
use terms::Locale;

use crate::JourneyError;

pub(crate) struct Context {
    pub(crate) state: State,
    pub(crate) pseudonyms: Pseudonyms,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    state: State,
    pseudonyms: String,
}

impl Context {
    pub(crate) fn new(locale: &Locale) -> Self {
        Self {
            state: State::new(locale),
            pseudonyms: Pseudonyms::default(),
        }
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, JourneyError> {
        let stored: Stored =
            serde_json::from_slice(bytes).map_err(|_| JourneyError::ContextUnreadable)?;
        let pseudonyms = Pseudonyms::from_bytes(stored.pseudonyms.as_bytes())
            .map_err(|_| JourneyError::ContextUnreadable)?;
        Ok(Self {
            state: stored.state,
            pseudonyms,
        })
    }

    pub(crate) fn into_bytes(self) -> Result<Vec<u8>, JourneyError> {
        let pseudonyms = String::from_utf8(self.pseudonyms.to_bytes())
            .map_err(|_| JourneyError::ContextUnreadable)?;
        let stored = Stored {
            state: self.state,
            pseudonyms,
        };
        serde_json::to_vec(&stored).map_err(|_| JourneyError::ContextUnreadable)
    }
}
