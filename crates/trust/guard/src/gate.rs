//! The gates. The only place that makes an [`Admitted`], a [`Redacted`], a [`Cleared`] or a
//! [`ClearedMail`]; every other room can only pass them on.
//!
//! | gate | comes in | mints | refuses or removes | the attack it answers |
//! |---|---|---|---|---|
//! | [`inbound`], [`note`] | what a shopper or a member of staff typed | [`Admitted`], [`Redacted`] | card numbers, security codes, passwords, one-time codes and keys (no way back), hidden characters and escape sequences, text over [`MESSAGE_MAX`]; from the planner's view also addresses and phone numbers | a card that lands in storage, a log, a model or on an agent's screen; instructions smuggled in characters nobody sees; a forged placeholder that reads another value back |
//! | [`tool_result`] | what a tool or a document says | [`Redacted`] | the same, without a length limit | personal data or hidden instructions that reach the model by way of a product text, a page or a file |
//! | [`outbound`], [`reply`] | what a planner or a member of staff wants to say | [`Cleared`] | links to hosts the shop did not allow, images, HTML (it stays text), cards, hidden characters, placeholders this conversation never issued | data carried out in a link, an image or a tag; phishing in the shop's name; markup that becomes code |
//! | [`echo`] | an [`Admitted`] text | [`Cleared`] | every markup: it stays text | a shopper whose words become buttons or links on an agent's screen |
//! | [`stored`] | bytes this gate gave out before | [`Cleared`] | links that today's policy no longer allows, bytes of another shape | an old reply whose link has since been withdrawn |
//! | [`notice`], [`mail`] | a name of a template and its few parameters | [`Cleared`], [`ClearedMail`] | line breaks in parameters, encoded words in a subject | words of a stranger in the platform's own voice; added mail headers |
//! | [`shop_text`] | a document that staff wrote or imported | [`Admitted`] | hidden characters, cards, text over a limit | instructions that nobody saw when the document was saved |
//! | [`email_address`], [`person_name`], [`one_time_code`] | a field of a form | [`EmailAddress`], [`PersonName`], a secret code | anything else than the stated syntax | two spellings of one identity; names that turn the text around them |
//!
//! [`inbound`] also advises ([`Inbound::advice`]): how much the message reads like an attempt to steer the
//! assistant, which of its links would deceive, seen from the shop's own hosts, and which special
//! categories of personal data it tells of. That opens and closes no gate: it is shown to staff, keeps a
//! turn from proposing anything, and is counted.
//!
//! INVARIANT: `Admitted`, `Redacted`, `Cleared` and `ClearedMail` have private fields, no public
//! constructor, no `Deserialize`, no `From` and no `Default`. They die with the process: what was
//! stored passes a gate again.

mod checking;
mod replying;
mod screened;
mod told;
mod words;

use core::fmt;

use terms::{Locale, Secret, Untrusted};

use crate::{
    address, cards,
    links::{removed, verdict::ShopHosts},
    parts,
    recognise::{self, Recognised},
    view::View,
};
pub use crate::{
    address::{EmailAddress, PersonName},
    advice::{Advice, LinkAdvice, Risk},
    blocks::{Block, Choice, Content, HandoverState, NoticeKind, Part, Quote, QuoteKind, Span},
    chat_cards::{
        CartCard, CartCardLine, EffectCard, Form, FormKind, OptionSheet, OrderCard, OutcomeCard,
        ProductCard, ProductSheet, ProposalCard, VariantCard,
    },
    facts::{CutKind, Known, Progress},
    finding::{
        CARD_MARK, CODE_MARK, Finding, FindingKind, KEY_MARK, PASSWORD_MARK, SECURITY_CODE_MARK,
        Treatment,
    },
    gate::told::ToldInParts,
    links::LinkPolicy,
    mails::{AccountNotice, MailTemplate},
    notices::Notice,
    parts::MESSAGES_BEFORE,
    pseudonyms::{Pseudonyms, StreamingRestorer},
    refused::{Refused, Unreadable},
    sensitive::Category,
    treatments::{NotToBeHidden, Treatments},
};
pub use checking::{Checked, Cuts, checked};
use replying::Reply;
use screened::{Screened, without_secrets};

/// The longest message, reply or note, in characters.
pub const MESSAGE_MAX: usize = 4_000;

/// A message that passed the gate.
#[derive(Debug)]
pub struct Inbound {
    pub admitted: Admitted,
    pub redacted: Redacted,
    /// What was recognised, in code points of the raw text, in order.
    pub findings: Vec<Finding>,
    /// Whether a card number or a security code was removed.
    pub card_removed: bool,
    /// Earlier messages that have to be written anew: this one completed a card told in parts.
    pub told_in_parts: Option<ToldInParts>,
    /// Whether words of this message went because of what was said before it: alone it would have been
    /// admitted in other words.
    pub completes: bool,
    /// What the shopper is told about what was removed, each once.
    pub removed: Vec<Notice>,
    /// What to make of it: whether it reads like an attempt to steer the assistant, which of its links
    /// deceive, and which special categories of personal data (Art. 9 GDPR) it tells of. It lets nothing
    /// in and keeps nothing out.
    pub advice: Advice,
}

/// What may be stored (sealed) and shown to its owner and to staff: no card, no security code, no
/// password, code or key, no hidden character, and no way back to them.
pub struct Admitted {
    text: String,
}

/// What a planner may see: as [`Admitted`], with addresses and phone numbers replaced by
/// placeholders.
pub struct Redacted {
    text: String,
}

/// A reply that may be shown to the shopper whose conversation it belongs to, and to staff.
pub struct Cleared {
    blocks: Vec<Block>,
}

/// A mail that may be sent.
pub struct ClearedMail {
    subject: String,
    text: String,
}

/// Lets a shopper's message in.
pub fn inbound(raw: Untrusted<String>, pseudonyms: &mut Pseudonyms) -> Result<Inbound, Refused> {
    let (treatments, hosts) = (Treatments::default(), ShopHosts::default());
    inbound_after(raw, &[], &treatments, &hosts, pseudonyms)
}

/// Whether a message must be read together with those before it, for [`inbound_after`].
#[must_use]
pub fn may_complete(raw: &Untrusted<String>) -> bool {
    parts::may_complete(&raw.clone().danger_into_raw())
}

/// Lets a shopper's message in, read together with those of hers that stand before it in the same
/// conversation, oldest first: a card may be told in parts. Of them the last [`MESSAGES_BEFORE`]
/// are looked at. What a planner sees of it is by `treatments`; its links are judged as seen from a shop
/// with these `hosts`.
pub fn inbound_after(
    raw: Untrusted<String>,
    earlier: &[&str],
    treatments: &Treatments,
    hosts: &ShopHosts,
    pseudonyms: &mut Pseudonyms,
) -> Result<Inbound, Refused> {
    let raw = raw.danger_into_raw();
    let view = within(&raw, MESSAGE_MAX)?;
    let advice = Advice::of(&raw, &view, hosts);
    let told = parts::told(earlier, &view);
    let here = told.here.iter().cloned();
    let here = here.map(|(kind, range)| Recognised::new(kind, range, 100));
    let found = recognise::beside(&view, here.collect(), treatments);
    let found = recognise::settled(found, pseudonyms.named_again(&view));
    let screened = Screened::of(&view, found, treatments, pseudonyms);
    Ok(Inbound {
        completes: !told.here.is_empty(),
        told_in_parts: ToldInParts::of(told),
        admitted: Admitted {
            text: view.replaced(&screened.without_secrets),
        },
        redacted: Redacted {
            text: view.replaced(&screened.without_personal),
        },
        advice,
        card_removed: screened.removed(&[FindingKind::CreditCard, FindingKind::CardSecurityCode]),
        removed: screened.notices(),
        findings: screened
            .findings
            .into_iter()
            .map(|(finding, _)| finding)
            .collect(),
    })
}

/// What is found in a text, with how sure it is in hundredths, and the text as a planner would see it.
#[derive(Debug)]
pub struct Scan {
    /// In code points of the raw text, in order.
    pub findings: Vec<(Finding, u8)>,
    pub redacted: Redacted,
}

/// Reads the lists and builds the patterns that every gate needs, which takes some tenths of a second once: a
/// node does it before it listens, so that nobody's first message waits for it.
pub fn prepare() {
    const SAMPLE: &str = "my name is Ada, visa 4111 1111 1111 1111, password: x, +44 7700 900123, http://a.example, \
        I am a Catholic with diabetes; order 1001 costs 5 EUR since 1 May";
    let (mut pseudonyms, known) = (Pseudonyms::default(), Known::default());
    let _ = inbound(Untrusted::new(SAMPLE.to_owned()), &mut pseudonyms);
    let draft = vec![Part::Text(Untrusted::new(SAMPLE.to_owned()))];
    let parts = checked(draft, &known, &pseudonyms).parts;
    let _ = outbound(parts, &pseudonyms, &LinkPolicy::default());
}

/// Looks at a text of any length as [`inbound`] does, and lets nothing in.
pub fn scan(text: Untrusted<String>, pseudonyms: &mut Pseudonyms) -> Scan {
    let view = View::of(&text.danger_into_raw());
    let screened = Screened::of(
        &view,
        recognise::whole(&view),
        &Treatments::default(),
        pseudonyms,
    );
    Scan {
        redacted: Redacted {
            text: view.replaced(&screened.without_personal),
        },
        findings: screened.findings,
    }
}

/// What has a form of its own in a text of any length: everything [`scan`] finds but names and places.
#[must_use]
pub fn structured(text: Untrusted<String>) -> Vec<Finding> {
    let view = View::of(&text.danger_into_raw());
    let found = recognise::everything(&view).into_iter();
    found
        .map(|one| view.finding(one.kind, &one.range))
        .collect()
}

/// Lets a staff member's internal note in.
pub fn note(raw: Untrusted<String>) -> Result<Admitted, Refused> {
    let view = within_limits(raw)?;
    Ok(Admitted {
        text: without_secrets(&view),
    })
}

/// Lets in what a tool or a document says, of any length.
pub fn tool_result(text: Untrusted<String>, pseudonyms: &mut Pseudonyms) -> Redacted {
    let view = View::of(&text.danger_into_raw());
    let screened = Screened::of(
        &view,
        recognise::everything(&view),
        &Treatments::default(),
        pseudonyms,
    );
    Redacted {
        text: view.replaced(&screened.without_personal),
    }
}

/// Puts the values back into an argument that a planner gave to a tool: they are words of the shopper
/// whose conversation it is, and go to a tool that acts for her.
#[must_use]
pub fn argument(words: &str, pseudonyms: &Pseudonyms) -> Admitted {
    Admitted {
        text: pseudonyms.restored(words),
    }
}

/// Clears the assistant's draft. Placeholders are restored here and nowhere else: the result goes
/// to the owner of the pseudonyms.
pub fn outbound(parts: Vec<Part>, pseudonyms: &Pseudonyms, policy: &LinkPolicy) -> Cleared {
    let mut reply = Reply::new(policy);
    for part in parts {
        match part {
            Part::Text(text) => reply.text(&text.danger_into_raw(), Some(pseudonyms)),
            Part::Quote(quote) => {
                reply.text(&quote.text.danger_into_raw(), Some(pseudonyms));
                let (id, title) = (reply.label(&quote.id), reply.label(&quote.title));
                reply.blocks.push(Block::Source {
                    kind: quote.kind,
                    id,
                    title,
                });
            }
            Part::Choices(choices) => {
                let choices = choices
                    .into_iter()
                    .take(8)
                    .map(|choice| Choice {
                        label: reply.label(&choice.label),
                        text: reply.label(&choice.text),
                    })
                    .filter(|choice| !choice.label.is_empty() && !choice.text.is_empty())
                    .collect::<Vec<_>>();
                if !choices.is_empty() {
                    reply.blocks.push(Block::Choices { choices });
                }
            }
            Part::Link { label: words, url } => match policy.link(&url) {
                Some(target) => reply.link(&words, target),
                None => reply.blocks.push(Block::plain(
                    format!("{} {}", reply.label(&words), removed(&url)).trim(),
                )),
            },
            Part::Handover(state) => reply.blocks.push(Block::Handover { state }),
            card => reply.card(card),
        }
    }
    Cleared {
        blocks: reply.blocks,
    }
}

/// Clears the words of a member of staff: the rules of [`outbound`], without placeholders.
pub fn reply(raw: Untrusted<String>, policy: &LinkPolicy) -> Result<Cleared, Refused> {
    let view = within_limits(raw)?;
    let mut reply = Reply::new(policy);
    reply.text(view.clean(), None);
    if reply.blocks.is_empty() {
        Err(Refused::Empty)
    } else {
        Ok(Cleared {
            blocks: reply.blocks,
        })
    }
}

/// Clears a shopper's own words for herself and for staff: plain text, no markup.
#[must_use]
pub fn echo(admitted: &Admitted) -> Cleared {
    Cleared {
        blocks: vec![Block::plain(&admitted.text)],
    }
}

/// Takes back a reply that was stored, under today's link policy.
pub fn stored(bytes: &[u8], policy: &LinkPolicy) -> Result<Cleared, Unreadable> {
    let kept: StoredReply =
        serde_json::from_slice(bytes).map_err(|error| Unreadable::json("reply", &error))?;
    if kept.version != STORED_VERSION {
        let reason = format!("unknown version `{}`", kept.version);
        return Err(Unreadable {
            what: "reply",
            reason,
        });
    }
    let checked = |block| match block {
        Block::Link { id, label, url, .. } => match policy.link(&url) {
            Some(target) => Block::Link {
                id,
                label,
                host: target.host,
                url: target.url,
            },
            None => Block::plain(format!("{label} {}", removed(&url)).trim()),
        },
        other => other,
    };
    Ok(Cleared {
        blocks: kept.blocks.into_iter().map(checked).collect(),
    })
}

/// A notice of the platform.
#[must_use]
pub fn notice(notice: Notice) -> Cleared {
    Cleared {
        blocks: notice.blocks(),
    }
}

/// What a confirmed proposal did, as the platform tells it.
#[must_use]
pub fn outcome(card: OutcomeCard) -> Cleared {
    let policy = LinkPolicy::default();
    let reply = Reply::new(&policy);
    Cleared {
        blocks: vec![Block::Outcome(card.cleared(&|text| reply.whole(text)))],
    }
}

/// A mail of the platform, in the language of the locale where there is a translation.
#[must_use]
pub fn mail(mail: MailTemplate<'_>, locale: &Locale) -> ClearedMail {
    let (subject, text) = mail.render(locale);
    ClearedMail { subject, text }
}

/// An e-mail address from a form.
pub fn email_address(raw: Untrusted<String>) -> Result<EmailAddress, Refused> {
    EmailAddress::parse(&raw.danger_into_raw())
}

/// A person's name from a form.
pub fn person_name(raw: Untrusted<String>) -> Result<PersonName, Refused> {
    PersonName::parse(&raw.danger_into_raw())
}

/// One line of a form, such as a street, of at most `most` characters: hidden characters are taken
/// out, and a text that holds a card number is refused, since nothing may be stored in its place.
pub fn form_text(raw: Untrusted<String>, most: usize) -> Result<Admitted, Refused> {
    let raw = raw.danger_into_raw();
    let length = raw.chars().count();
    if length > most {
        return Err(Refused::TooLong { length, most });
    }
    let view = View::of(&raw);
    if !cards::find(&view.folded).is_empty() {
        return Err(Refused::CardNumber);
    }
    let text = view.replaced(&[]).trim().to_owned();
    if text.is_empty() {
        return Err(Refused::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(Refused::SeveralLines);
    }
    Ok(Admitted { text })
}

/// A text that the shop keeps and publishes: as [`note`], of at most `most` characters.
pub fn shop_text(raw: Untrusted<String>, most: usize) -> Result<Admitted, Refused> {
    let text = without_secrets(&within(&raw.danger_into_raw(), most)?)
        .trim()
        .to_owned();
    Ok(Admitted { text })
}

/// A one-time code from a form: six digits, spaces aside.
pub fn one_time_code(raw: Untrusted<String>) -> Result<Secret<String>, Refused> {
    let raw = Secret::new(raw.danger_into_raw());
    address::six_digits(raw.expose()).map(Secret::new)
}

fn within_limits(raw: Untrusted<String>) -> Result<View, Refused> {
    within(&raw.danger_into_raw(), MESSAGE_MAX)
}

fn within(raw: &str, most: usize) -> Result<View, Refused> {
    let length = raw.chars().count();
    if length > most {
        return Err(Refused::TooLong { length, most });
    }
    let view = View::of(raw);
    if view.clean().trim().is_empty() {
        Err(Refused::Empty)
    } else {
        Ok(view)
    }
}

const STORED_VERSION: u32 = 1;

#[derive(serde::Serialize, serde::Deserialize)]
struct StoredReply {
    version: u32,
    blocks: Vec<Block>,
}

impl Admitted {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Redacted {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Cleared {
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The bytes to seal and store; [`stored`] takes them back.
    #[must_use]
    pub fn to_stored(&self) -> Vec<u8> {
        let kept = StoredReply {
            version: STORED_VERSION,
            blocks: self.blocks.clone(),
        };
        // INVARIANT: blocks are plain data with string keys; they always serialise.
        serde_json::to_vec(&kept).unwrap_or_default()
    }

    /// The words alone, for where there are no blocks.
    #[must_use]
    pub fn plain_text(&self) -> String {
        words::of(&self.blocks)
    }
}

impl ClearedMail {
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A proof shows its kind and size, never its words.
macro_rules! wordless_debug {
    ($($name:ident: $field:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.$field.len())
            }
        }
    )*};
}
wordless_debug!(Admitted: text, Redacted: text, Cleared: blocks, ClearedMail: text);
