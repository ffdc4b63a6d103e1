//! The repositories, one file for each module of the storage ports. Each keeps the texts of its
//! statements beside the code that reads their columns, in the same order.

mod catalogue;
mod conversations;
mod customers;
mod desk;
mod documents;
mod factors;
mod front;
mod keys;
mod ledger;
mod limits;
mod mails;
mod orders;
mod passages;
mod people;
mod pictures;
#[cfg(test)]
mod plans;
mod proposals;
mod recovery;
mod roles;
mod sessions;
mod shops;

use store::Result;

use crate::value::Row;

/// Reads every row of an answer.
fn each<T>(rows: &[Row], read: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    rows.iter().map(read).collect()
}
