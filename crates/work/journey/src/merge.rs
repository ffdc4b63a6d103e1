//! A code is given back: the guest becomes a shopper, and her conversation comes with her.

use identity::{
    Shopper, Verified,
    codes::{CodeOutcome, Proved},
    level::Guest,
};
use store::Database;
use terms::{CodeRequestId, Secret};

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
    ) -> Result<CodeOutcome<Proved>, JourneyError> {
        let mut tx = database.begin().await?;
        let outcome = self
            .identity
            .prove_address(&mut *tx, proof, request, code)
            .await?;
        if let CodeOutcome::Accepted(proved) = &outcome {
            self.inbox
                .adopt(&mut *tx, proof.shop(), proof.session(), proved.shopper)
                .await?;
            self.commerce
                .adopt_orders(&mut *tx, proof.shop(), proof.session(), proved.shopper)
                .await?;
            self.commerce
                .adopt_cart(&mut *tx, proof.shop(), proof.session(), proved.shopper)
                .await?;
        }
        tx.commit().await?;
        Ok(outcome)
    }
}
