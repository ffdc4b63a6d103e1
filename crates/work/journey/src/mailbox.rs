//! The demo's mailbox: mails that would have been sent, opened to be looked at.

use store::Snapshot;
use terms::{ShopId, Timestamp};
use vault::{Row, VaultError};

use crate::{Journey, JourneyError};

/// A mail as it would arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub at: Timestamp,
}

const SHOWN: u32 = 50;

impl Journey {
    /// The newest mails, newest first. INVARIANT: only the demo serves them; no route of a real
    /// installation calls this.
    pub async fn danger_demo_mailbox(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Vec<Mail>, JourneyError> {
        let mut mails = Vec::new();
        for row in snapshot.mails(shop, SHOWN).await? {
            let identity = [row.id.as_bytes().as_slice()];
            let bound = Row::new(shop, &identity);
            let to = match self
                .vault
                .open_sealed(snapshot, bound, &row.recipient)
                .await
            {
                Ok(to) => to,
                // Its key was destroyed with the session that asked for it.
                Err(VaultError::Forgotten(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            let message = self
                .vault
                .open_sealed(snapshot, bound, &row.message)
                .await?;
            let message = text(message.expose())?;
            let (subject, body) = message
                .split_once("\n\n")
                .ok_or(JourneyError::MailUnreadable)?;
            mails.push(Mail {
                to: text(to.expose())?,
                subject: subject.to_owned(),
                text: body.to_owned(),
                at: row.created_at,
            });
        }
        Ok(mails)
    }
}

fn text(bytes: &[u8]) -> Result<String, JourneyError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| JourneyError::MailUnreadable)
}
