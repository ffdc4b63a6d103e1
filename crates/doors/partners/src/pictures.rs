//! Fetches the pictures that a catalogue names. What may be asked for, and how, stands in `sites`. What
//! came is bytes and nothing else: what they are, `gallery` finds out, whatever they were sent as.

use async_trait::async_trait;
use gallery::{Fetched, NotFetched, Pictures, redraw::LARGEST_FILE};

use crate::sites::{Asked, Refusal, Sites};

const PICTURE: Asked = Asked {
    what: "picture",
    instead: "",
    accept: "image/jpeg, image/png, image/webp",
    // Many a server sends a picture as anything.
    kinds: &[],
    other: "",
    largest: LARGEST_FILE,
};

/// Fetches pictures over `https`.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebPictures(Sites);

impl WebPictures {
    #[must_use]
    pub const fn new() -> Self {
        Self(Sites { loopback: false })
    }

    /// Also fetches plain `http` from this very machine, as [`crate::pages::WebPages`] can. INVARIANT: no
    /// configuration file leads here.
    #[must_use]
    pub const fn with_this_machine() -> Self {
        Self(Sites { loopback: true })
    }
}

#[async_trait]
impl Pictures for WebPictures {
    async fn fetch(&self, address: &str, hosts: &[String]) -> Result<Fetched, NotFetched> {
        let came = self.0.fetch(address, hosts, PICTURE).await;
        match came {
            Ok(came) => Ok(Fetched(came.body)),
            Err(Refusal(sentence)) => Err(NotFetched(sentence)),
        }
    }
}
