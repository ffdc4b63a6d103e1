//! One-time sign-in links.

use identity::SessionToken;

use crate::addresses::Origin;

/// The address of a sign-in link. The token stands in the fragment, which no server, log or
/// `Referer` ever sees.
#[must_use]
pub fn sign_in_link(origin: &Origin, token: &SessionToken) -> String {
    format!("{origin}/console/sign-in#{}", token.expose())
}
