//! Who may read may not therefore reply.

use identity::{Permit, actions::{ReadConversation, Reply}};

fn reply(_: &Permit<Reply>) {}

fn misuse(permit: &Permit<ReadConversation>) {
    reply(permit);
}

fn main() {}
