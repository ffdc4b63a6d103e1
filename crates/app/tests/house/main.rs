//! The house as a whole: the real binary, over real HTTP, on SQLite and on PostgreSQL.
//!
//! PostgreSQL is tried when the environment names a server in `PARLOUR_TEST_POSTGRES` (a role that
//! may create databases); every test then makes a database of its own and drops it. What is drawn
//! at random follows from a seed that is printed; `PARLOUR_TEST_SEED` repeats a run.

#[cfg(test)]
mod carving;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod killing;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod support;
#[cfg(test)]
mod terms;
#[cfg(test)]
mod transport;
