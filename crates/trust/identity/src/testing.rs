//! Signing in with a passkey in software, for the tests of other rooms. Never in the product.

use core::net::{IpAddr, Ipv4Addr};

use factors::{
    testing::Authenticator,
    webauthn::{RegistrationResponse, RelyingParty},
};
use store::Transaction;
use terms::Locale;

use crate::{
    Identity, IdentityError, Scope, SessionToken,
    actions::SetUpFactor,
    passkeys::Outcome,
    staff::SignedInStaff,
    whence::{Entry, Whence},
};

/// Where the houses of the tests are.
pub const ORIGIN: &str = "http://localhost:8080";

/// The house of the tests, as browsers know it.
pub fn relying_party() -> Result<RelyingParty, factors::webauthn::RelyingPartyError> {
    let (id, name) = ("localhost".to_owned(), "Parlour".to_owned());
    RelyingParty::new(id, name, vec![ORIGIN.to_owned()])
}

/// From where everybody comes in the tests.
#[must_use]
pub fn entry() -> Entry {
    Entry {
        whence: Whence::new("Firefox/145.0 Linux", IpAddr::V4(Ipv4Addr::LOCALHOST)),
        locale: Locale::default(),
    }
}

/// Opens a sign-in link, sets up a passkey, and is signed in by it, as the console does it.
pub async fn sign_in_with_new_passkey(
    identity: &Identity,
    tx: &mut dyn Transaction,
    link: &SessionToken,
) -> Result<(SignedInStaff, Authenticator), IdentityError> {
    let whence = entry().whence;
    let opened = identity.sign_in(tx, link, &whence).await?;
    let scope = Scope::new();
    let proof = identity.staff_member(&scope, tx, &opened.token).await?;
    let permit = proof.permit::<SetUpFactor>()?;
    let ceremony = identity.begin_staff_enrolment(tx, &permit).await?;
    let unreadable = |_| IdentityError::Unreadable("response of the test's authenticator");
    let mut device = Authenticator::new(ORIGIN)
        .map_err(|_| IdentityError::Unreadable("test's authenticator"))?;
    let response = device
        .create(&ceremony.options)
        .map_err(|_| IdentityError::Unreadable("options of the ceremony"))?;
    let response = RegistrationResponse::from_json(response.to_string().as_bytes());
    let response = response.map_err(unreadable)?;
    let outcome = identity
        .finish_staff_enrolment(tx, &permit, ceremony.id, &response, "Laptop", &whence)
        .await?;
    match outcome {
        Outcome::Accepted(enrolled) => match enrolled.session {
            Some(session) => Ok((session, device)),
            None => Err(IdentityError::NeedsSession),
        },
        Outcome::Refused(_) => Err(IdentityError::NeedsSession),
    }
}
