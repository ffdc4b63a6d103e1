//! One scripted shopper talks.

use std::fmt::Write;

use anyhow::Context;
use commerce::proposals::Confirmation;
use guard::gate::{Block, HandoverState};
use identity::{Scope, level::Session};
use journey::Message;
use store::Database;
use terms::{ConversationId, MessageId, ProposalId, SessionId, Untrusted};

use super::{
    script::{CONFIRM, Script},
    world::{World, order_number},
};

/// A script that has not ended by then goes round in circles.
const MOST_MESSAGES: usize = 20;

/// What was said, shown and done.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    pub(crate) messages: usize,
    pub(crate) transcript: String,
    /// The proposals that were confirmed: tool and arguments.
    pub(crate) confirmed: Vec<(String, serde_json::Value)>,
    /// Of the last reply that showed products.
    pub(crate) products: Vec<String>,
    /// Of the last reply that showed orders.
    pub(crate) orders: Vec<String>,
    /// Every source that was quoted.
    pub(crate) sources: Vec<String>,
    /// Of the last reply.
    pub(crate) forms: Vec<String>,
    pub(crate) last_text: String,
    pub(crate) waiting: bool,
    /// Whether any reply said that it does not know, or offered a person unasked.
    pub(crate) gave_up: bool,
    pub(crate) cart: Vec<(String, i64)>,
    pub(crate) discount: Option<String>,
    /// Cards that wait for her, the oldest first: one message may ask for two deeds.
    open: Vec<ProposalId>,
    choices: Vec<(String, String)>,
}

impl Talk {
    pub(crate) async fn of(world: &World, number: usize, script: &Script) -> anyhow::Result<Self> {
        let session = world.session(number, script).await?;
        let conversation = ConversationId::random(&*world.rng);
        let mut talk = Self::default();
        let mut lines = script.say.iter();
        let mut choose: Vec<&String> = script.choose.iter().collect();
        while talk.messages < MOST_MESSAGES {
            if !script.confirms_by_hand() && !talk.open.is_empty() {
                let oldest = talk.open.remove(0);
                talk.confirm(world, session, Some(oldest)).await?;
                continue;
            }
            let tapped = choose
                .iter()
                .position(|wanted| talk.choice(wanted).is_some());
            if let Some(at) = tapped {
                let wanted = choose.remove(at);
                let text = talk.choice(wanted).unwrap_or_default();
                talk.say(world, session, conversation, script, &text)
                    .await?;
                continue;
            }
            let Some(line) = lines.next() else {
                break;
            };
            if line == CONFIRM {
                let newest = talk.open.pop();
                talk.open.clear();
                talk.confirm(world, session, newest).await?;
                continue;
            }
            let mut text = line.clone();
            for (at, order) in script.order.iter().enumerate() {
                let label = format!("{{{}}}", order.label);
                text = text.replace(&label, &order_number(number, at));
            }
            talk.say(world, session, conversation, script, &text)
                .await?;
        }
        talk.look_into_cart(world, session).await?;
        Ok(talk)
    }

    /// The quick reply that has this in its label.
    fn choice(&self, wanted: &str) -> Option<String> {
        let wanted = wanted.to_lowercase();
        let found = self
            .choices
            .iter()
            .find(|(label, _)| label.to_lowercase().contains(&wanted));
        found.map(|(_, text)| text.clone())
    }

    async fn say(
        &mut self,
        world: &World,
        session: SessionId,
        conversation: ConversationId,
        script: &Script,
        text: &str,
    ) -> anyhow::Result<()> {
        let scope = Scope::new();
        let proof = {
            let mut snapshot = world.database.snapshot().await?;
            world
                .identity
                .danger_shopper_as_operator(&scope, &mut *snapshot, world.shop, session)
                .await?
        };
        let message = Message {
            conversation,
            id: MessageId::random(&*world.rng),
            text: Untrusted::new(text.to_owned()),
            locale: script.language.parse()?,
        };
        let answered = world
            .journey
            .message(&world.database, &proof, message)
            .await?;
        self.messages += 1;
        writeln!(self.transcript, "    > {text}")?;
        let blocks = answered
            .turns
            .iter()
            .filter(|turn| turn.author == store::conversations::Author::Ai)
            .flat_map(|turn| turn.words.blocks());
        self.hear(blocks)
    }

    fn hear<'b>(&mut self, blocks: impl Iterator<Item = &'b Block>) -> anyhow::Result<()> {
        self.choices.clear();
        self.forms.clear();
        self.last_text.clear();
        let (mut products, mut orders) = (Vec::new(), Vec::new());
        for block in blocks {
            match block {
                Block::Text { text, .. } => {
                    self.last_text.push_str(text);
                    self.last_text.push('\n');
                    let short: String = text.chars().take(160).collect();
                    writeln!(self.transcript, "    < {}", short.replace('\n', " / "))?;
                }
                Block::Source { id, .. } => {
                    self.sources.push(id.clone());
                    writeln!(self.transcript, "    < (source {id})")?;
                }
                Block::Products { products: cards } => {
                    products.extend(cards.iter().map(|card| card.id.clone()));
                }
                Block::Product { product } => products.push(product.card.id.clone()),
                Block::Comparison { products: sheets } => {
                    products.extend(sheets.iter().map(|sheet| sheet.card.id.clone()));
                }
                Block::Order { order } => {
                    self.last_text.push_str(&order.tracking.join(" "));
                    orders.push(order.id.clone());
                }
                Block::Cart { cart } => writeln!(
                    self.transcript,
                    "    < [cart: {}]",
                    cart.lines
                        .iter()
                        .map(|line| format!("{} × {}", line.quantity, line.title))
                        .collect::<Vec<_>>()
                        .join(", ")
                )?,
                Block::Proposal(card) => {
                    self.open.push(card.id.parse().context("a proposal's id")?);
                    let effect: Vec<&str> =
                        card.effect.iter().map(|line| line.text.as_str()).collect();
                    let effect = effect.join(" | ");
                    writeln!(self.transcript, "    < [card: {}: {effect}]", card.title)?;
                }
                Block::Form(form) => self.forms.push(format!("{:?}", form.form).to_lowercase()),
                Block::Choices { choices } => {
                    let offered = choices.iter();
                    self.choices = offered
                        .map(|choice| (choice.label.clone(), choice.text.clone()))
                        .collect();
                }
                Block::Handover { state } => self.waiting |= *state == HandoverState::Waiting,
                Block::Link { .. } | Block::Notice { .. } | Block::Outcome(_) => {}
            }
        }
        let unknown = [
            "I don't know the answer",
            "still can't find",
            "Das weiß ich nicht",
            "noch immer keine Antwort",
        ];
        self.gave_up |= unknown.iter().any(|words| self.last_text.contains(words));
        for (name, shown) in [
            ("products", &products),
            ("orders", &orders),
            ("forms", &self.forms),
        ] {
            if !shown.is_empty() {
                writeln!(self.transcript, "    < [{name}: {}]", shown.join(", "))?;
            }
        }
        if !self.choices.is_empty() {
            let labels: Vec<&str> = self
                .choices
                .iter()
                .map(|(label, _)| label.as_str())
                .collect();
            writeln!(self.transcript, "    < ({})", labels.join(" · "))?;
        }
        if !products.is_empty() {
            self.products = products;
        }
        if !orders.is_empty() {
            self.orders = orders;
        }
        Ok(())
    }

    /// Confirms a card, with a step-up where it demands one.
    async fn confirm(
        &mut self,
        world: &World,
        session: SessionId,
        card: Option<ProposalId>,
    ) -> anyhow::Result<()> {
        let Some(id) = card else {
            writeln!(self.transcript, "    ! there is no card to confirm")?;
            return Ok(());
        };
        let scope = Scope::new();
        let mut tx = world.database.begin().await?;
        let proof = world
            .identity
            .danger_shopper_as_operator(&scope, &mut *tx, world.shop, session)
            .await?;
        let commerce = world.journey.commerce();
        let step_up = match proof.raise::<Session>() {
            Ok(signed_in) => {
                let hash = commerce.proposal_hash(&mut *tx, &proof, id).await?;
                let step_up = world.identity.danger_step_up_as_operator(&signed_in, hash);
                Some(step_up.confirm(&hash)?)
            }
            Err(_) => None,
        };
        let asked = commerce.asked(&mut *tx, &proof, id).await?;
        let confirmed = world.journey.confirm(&mut *tx, &proof, id, step_up).await?;
        tx.commit().await?;
        match confirmed {
            Confirmation::Done(_) => {
                if let Some((tool, args)) = asked {
                    writeln!(self.transcript, "    ! confirmed {tool} {args}")?;
                    self.confirmed.push((tool, args));
                }
            }
            Confirmation::Refused(refusal) => {
                writeln!(self.transcript, "    ! refused: {refusal}")?;
            }
            Confirmation::Already(_) => {}
        }
        Ok(())
    }

    async fn look_into_cart(&mut self, world: &World, session: SessionId) -> anyhow::Result<()> {
        let scope = Scope::new();
        let mut tx = world.database.begin().await?;
        let proof = world
            .identity
            .danger_shopper_as_operator(&scope, &mut *tx, world.shop, session)
            .await?;
        let cart = world.journey.commerce().cart_told(&mut *tx, &proof).await?;
        let lines = cart.lines.into_iter();
        self.cart = lines.map(|line| (line.variant, line.quantity)).collect();
        self.discount = cart.discount.map(|(code, _)| code);
        Ok(())
    }
}
