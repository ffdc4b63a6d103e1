//! Both back-ends keep the contract of the storage ports; and the contract suite is shown to fail
//! when a back-end is broken on purpose.
//!
//! PostgreSQL is tried when the environment names a server in `PARLOUR_TEST_POSTGRES` (a role that
//! may create databases); every test then makes a database of its own and drops it.

#[cfg(test)]
mod broken;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod server;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod upgrades;
