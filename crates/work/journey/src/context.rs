//! What the assistant remembers of one conversation: its state and the pseudonyms. Stored sealed.

use dialogue::State;
use guard::gate::{Pseudonyms, ToldInParts};
use serde::{Deserialize, Serialize};
use serde_json::Value;
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

    /// Forgets what was a part of a card.
    pub(crate) fn erase(&mut self, told: &ToldInParts) -> Result<(), JourneyError> {
        self.pseudonyms.erase(told);
        let unreadable = |_| JourneyError::ContextUnreadable;
        let mut state = serde_json::to_value(&self.state).map_err(unreadable)?;
        erase_in(&mut state, told);
        self.state = serde_json::from_value(state).map_err(unreadable)?;
        Ok(())
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

/// In every text of the state, whatever it is for.
fn erase_in(value: &mut Value, told: &ToldInParts) {
    match value {
        Value::String(text) => {
            if let Some(without) = told.text(text) {
                *text = without;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| erase_in(value, told)),
        Value::Object(fields) => fields.values_mut().for_each(|value| erase_in(value, told)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
