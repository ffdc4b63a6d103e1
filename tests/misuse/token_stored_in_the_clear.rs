//! The plain and the hashed token are two types, and a row takes the second.

use identity::SessionToken;
use store::sessions::StaffSessionRow;

fn misuse(row: StaffSessionRow, token: SessionToken) -> StaffSessionRow {
    StaffSessionRow { token_hash: token, ..row }
}

fn main() {}
