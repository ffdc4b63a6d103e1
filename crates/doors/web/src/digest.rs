//! The one hash this room needs, for Subresource Integrity.

use aws_lc_rs::digest;

pub(crate) fn sha384(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA384, bytes).as_ref().to_vec()
}
