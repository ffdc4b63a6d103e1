//! A data key lives for one request: it cannot be copied into a cache.

use vault::DataKey;

fn misuse(key: &DataKey) -> DataKey {
    key.clone()
}

fn main() {}
