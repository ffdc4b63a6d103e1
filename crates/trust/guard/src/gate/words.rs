//! The words of a reply alone, for where there are no blocks: mail, the list of conversations, a search.

use super::{Block, OutcomeCard, ProposalCard};

pub(super) fn of(blocks: &[Block]) -> String {
    let texts = blocks.iter().filter_map(|block| match block {
        Block::Text { text, .. } => Some(text.clone()),
        Block::Link { label, url, .. } => Some(format!("{label}: {url}")),
        Block::Source { title, .. } => Some(format!("({title})")),
        Block::Products { products } => {
            let titles: Vec<&str> = products.iter().map(|one| one.title.as_str()).collect();
            Some(titles.join("\n"))
        }
        Block::Product { product } => Some(product.card.title.clone()),
        Block::Comparison { products } => {
            let titles = products.iter().map(|one| one.card.title.as_str());
            Some(titles.collect::<Vec<_>>().join("\n"))
        }
        Block::Order { order } => Some(format!("{}: {}", order.id, order.status)),
        Block::Cart { cart } => {
            let lines = cart.lines.iter();
            let lines = lines.map(|line| format!("{} × {}", line.quantity, line.title));
            Some(lines.collect::<Vec<_>>().join("\n"))
        }
        Block::Proposal(ProposalCard { title, effect, .. })
        | Block::Outcome(OutcomeCard { title, effect, .. }) => {
            let effect = effect.iter().map(|line| line.text.as_str());
            let lines: Vec<&str> = [title.as_str()].into_iter().chain(effect).collect();
            Some(lines.join("\n"))
        }
        Block::Form(_) | Block::Choices { .. } | Block::Handover { .. } | Block::Notice { .. } => {
            None
        }
    });
    texts.collect::<Vec<_>>().join("\n\n")
}
