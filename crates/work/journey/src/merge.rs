//! A guest signs in: she becomes a shopper, and her conversation comes with her.

use identity::{
    Shopper, Verified,
    codes::{CodeOutcome, Proved},
    level::Guest,
    passkeys::{AssertionResponse, Outcome},
    whence::Entry,
};
use store::{Database, Transaction};
use terms::{CeremonyId, CodeRequestId, Secret};

use crate::{Journey, JourneyError};

impl Journey {
    /// Checks the code and, when it is right, opens her new session and gives her the
    /// conversations, the unpaid orders and the cart of the old one. One transaction; a refused attempt is durable too, since it must count.
    pub async fn prove_address(
        &self,
        database: &dyn Database,
        proof: &Verified<'_, Shopper, Guest>,
        request: CodeRequestId,
        code: &Secret<String>,
        entry: &Entry,
    ) -> Result<CodeOutcome<Proved>, JourneyError> {
        let mut tx = database.begin().await?;
        let outcome = self
            .identity
            .prove_address(&mut *tx, proof, request, code, entry)
            .await?;
        if let CodeOutcome::Accepted(proved) = &outcome {
            self.bring_along(&mut *tx, proof, proved).await?;
        }
        tx.commit().await?;
        Ok(outcome)
    }

    /// As [`Journey::prove_address`], by a passkey.
    pub async fn sign_in(
        &self,
        database: &dyn Database,
        proof: &Verified<'_, Shopper, Guest>,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        entry: &Entry,
    ) -> Result<Outcome<Proved>, JourneyError> {
        let mut tx = database.begin().await?;
        let outcome = self
            .identity
            .finish_sign_in(&mut *tx, proof, ceremony, response, entry)
            .await?;
        if let Outcome::Accepted(proved) = &outcome {
            self.bring_along(&mut *tx, proof, proved).await?;
        }
        tx.commit().await?;
        Ok(outcome)
    }

    /// What a guest had becomes the shopper's. What belongs to somebody already stays hers: a session that had
    /// proved to be one person brings nothing along to another.
    async fn bring_along(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        proved: &Proved,
    ) -> Result<(), JourneyError> {
        let (shop, session, shopper) = (proof.shop(), proof.session(), proved.shopper);
        if proof.shopper().is_some() {
            return Ok(());
        }
        self.inbox.adopt(tx, shop, session, shopper).await?;
        self.commerce
            .adopt_orders(tx, shop, session, shopper)
            .await?;
        self.commerce.adopt_cart(tx, shop, session, shopper).await?;
        Ok(())
    }
}
