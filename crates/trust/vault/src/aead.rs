//! AES-256-GCM-SIV (RFC 8452) with random nonces. Misuse-resistant: a repeated nonce reveals only
//! whether two plaintexts under one key and one place are equal.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use terms::{Rng, Secret};

use crate::VaultError;

/// A key ready to seal and open.
pub(crate) struct AeadKey(LessSafeKey);

impl AeadKey {
    pub(crate) fn new(key: &[u8; 32]) -> Result<Self, VaultError> {
        let unbound = UnboundKey::new(&AES_256_GCM_SIV, key).map_err(|_| VaultError::Crypto)?;
        Ok(Self(LessSafeKey::new(unbound)))
    }

    /// Appends `nonce ‖ ciphertext ‖ tag` to `out`.
    pub(crate) fn seal_into(
        &self,
        rng: &dyn Rng,
        aad: &[u8],
        plain: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), VaultError> {
        let mut nonce = [0; NONCE_LEN];
        rng.fill(&mut nonce);
        let mut buffer = Vec::with_capacity(plain.len() + AES_256_GCM_SIV.tag_len());
        buffer.extend_from_slice(plain);
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                &mut buffer,
            )
            .map_err(|_| VaultError::Crypto)?;
        out.extend_from_slice(&nonce);
        out.append(&mut buffer);
        Ok(())
    }

    /// Opens `nonce ‖ ciphertext ‖ tag`; `None` when anything differs from what was sealed.
    pub(crate) fn open(&self, aad: &[u8], sealed: &[u8]) -> Option<Secret<Vec<u8>>> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut buffer = ciphertext.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self
            .0
            .open_in_place(nonce, Aad::from(aad), &mut buffer)
            .ok()?
            .len();
        buffer.truncate(length);
        Some(Secret::new(buffer))
    }
}

/// Joins parts so that no two lists of parts give the same bytes: each is preceded by its length.
pub(crate) fn join(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        joined.extend_from_slice(&length.to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the nonce of the vector.
    struct Nonces([u8; NONCE_LEN]);
    impl Rng for Nonces {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0);
        }
    }

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u32> = hex
            .chars()
            .map(|digit| digit.to_digit(16).unwrap())
            .collect();
        digits
            .chunks(2)
            .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap())
            .collect()
    }

    fn first_byte<const N: usize>(value: u8) -> [u8; N] {
        let mut bytes = [0; N];
        bytes[0] = value;
        bytes
    }

    /// RFC 8452, appendix C.2: AEAD_AES_256_GCM_SIV with key 01 00 … and nonce 03 00 …:
    /// plaintext, associated data, result.
    const VECTORS: [(&str, &str, &str); 9] = [
        ("", "", "07f5f4169bbf55a8400cd47ea6fd400f"),
        (
            "0100000000000000",
            "",
            "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28",
        ),
        (
            "010000000000000000000000",
            "",
            "9aab2aeb3faa0a34aea8e2b18ca50da9ae6559e48fd10f6e5c9ca17e",
        ),
        (
            "01000000000000000000000000000000",
            "",
            "85a01b63025ba19b7fd3ddfc033b3e76c9eac6fa700942702e90862383c6c366",
        ),
        (
            "0100000000000000000000000000000002000000000000000000000000000000",
            "",
            "4a6a9db4c8c6549201b9edb53006cba821ec9cf850948a7c86c68ac7539d027f\
             e819e63abcd020b006a976397632eb5d",
        ),
        (
            "0200000000000000",
            "01",
            "1de22967237a813291213f267e3b452f02d01ae33e4ec854",
        ),
        (
            "0200000000000000000000000000000003000000000000000000000000000000",
            "01",
            "07dad364bfc2b9da89116d7bef6daaaf6f255510aa654f920ac81b94e8bad365\
             aea1bad12702e1965604374aab96dbbc",
        ),
        (
            "02000000",
            "010000000000000000000000",
            "22b3f4cd1835e517741dfddccfa07fa4661b74cf",
        ),
        (
            "0300000000000000000000000000000004000000",
            "010000000000000000000000000000000200",
            "43dd0163cdb48f9fe3212bf61b201976067f342bb879ad976d8242acc188ab59cabfe307",
        ),
    ];

    #[test]
    fn the_cipher_is_that_of_rfc_8452() {
        let key = AeadKey::new(&first_byte(1)).unwrap();
        let nonce = first_byte(3);
        for (plain, aad, result) in VECTORS {
            let (plain, aad) = (bytes(plain), bytes(aad));
            let mut expected = nonce.to_vec();
            expected.extend(bytes(result));
            let mut sealed = Vec::new();
            key.seal_into(&Nonces(nonce), &aad, &plain, &mut sealed)
                .unwrap();
            assert_eq!(sealed, expected);
            assert_eq!(key.open(&aad, &expected).unwrap().expose(), &plain);
            assert!(key.open(b"elsewhere", &expected).is_none());
        }
    }

    #[test]
    fn no_two_lists_of_parts_join_to_the_same() {
        let lists: [&[&[u8]]; 6] = [
            &[],
            &[b""],
            &[b"", b""],
            &[b"ab"],
            &[b"a", b"b"],
            &[b"a", b"b", b""],
        ];
        for (at, one) in lists.iter().enumerate() {
            for other in &lists[at + 1..] {
                assert_ne!(join(one), join(other));
            }
        }
    }
}
