//! Signed notes (C2SP signed-note): a text and the signatures under it.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::keys::{KeyError, KeyId, PublicKey, Signer, check_name};

/// An em dash and a space open each signature line.
const SIGNATURE_MARK: &str = "\u{2014} ";
/// The specification asks for room for at least 16.
const MAX_SIGNATURES: usize = 64;
/// Room for that many post-quantum signatures.
const MAX_NOTE: usize = 512 * 1024;

/// Why a note is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("the note is not in the form of a signed note: {0}")]
    Form(&'static str),
    #[error("the note carries no signature of the key `{0}`")]
    UnknownKey(String),
    #[error("the note carries more than one signature of the key `{0}`")]
    Duplicate(String),
    #[error("the signature of the key `{0}` does not fit the note's text")]
    Signature(String),
    #[error("the key's name cannot sign a note: {0}")]
    Key(#[from] KeyError),
}

/// A note in the right form. Its text says nothing until [`Note::verified_text`] hands it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    text: &'a str,
    signatures: Vec<Signature<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature<'a> {
    name: &'a str,
    key: KeyId,
    bytes: Vec<u8>,
}

impl<'a> Note<'a> {
    /// Reads the form; checks no signature.
    pub fn parse(note: &'a str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE {
            return Err(NoteError::Form("it is longer than 512 KiB"));
        }
        if note.contains(|letter| letter < ' ' && letter != '\n') {
            return Err(NoteError::Form("it has a control character"));
        }
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Form(
            "no empty line separates text and signatures",
        ))?;
        // The text keeps its last newline.
        let text = note
            .get(..=text.len())
            .ok_or(NoteError::Form("it has no text"))?;
        let lines = lines
            .strip_suffix('\n')
            .ok_or(NoteError::Form("the last signature line has no end"))?;
        let signatures: Vec<_> = lines
            .split('\n')
            .map(Signature::parse)
            .take(MAX_SIGNATURES + 1)
            .collect::<Result<_, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(NoteError::Form("it has more than 64 signatures"));
        }
        Ok(Self { text, signatures })
    }

    /// The text, if the key has signed it. Signatures of other keys are neither needed nor in the
    /// way; one of this key that does not fit, or a second one, refuses the note.
    pub fn verified_text(&self, key: &PublicKey) -> Result<&'a str, NoteError> {
        let shown = || key.name().to_owned();
        let id = key.id();
        let mut ours = self
            .signatures
            .iter()
            .filter(|line| line.name == key.name() && line.key == id);
        let signature = ours.next().ok_or_else(|| NoteError::UnknownKey(shown()))?;
        if ours.next().is_some() {
            return Err(NoteError::Duplicate(shown()));
        }
        if key.verifies(self.text, &signature.bytes) {
            Ok(self.text)
        } else {
            Err(NoteError::Signature(shown()))
        }
    }
}

impl<'a> Signature<'a> {
    fn parse(line: &'a str) -> Result<Self, NoteError> {
        let (name, encoded) = line
            .strip_prefix(SIGNATURE_MARK)
            .and_then(|rest| rest.split_once(' '))
            .ok_or(NoteError::Form("a line below the text is not a signature"))?;
        check_name(name).map_err(|_| NoteError::Form("a key name is not allowed"))?;
        let decoded = STANDARD
            .decode(encoded)
            .map_err(|_| NoteError::Form("a signature is not base64"))?;
        match decoded.split_first_chunk() {
            Some((key, bytes)) if !bytes.is_empty() => Ok(Self {
                name,
                key: *key,
                bytes: bytes.to_vec(),
            }),
            _ => Err(NoteError::Form("a signature is too short")),
        }
    }
}

/// Signs a text under the name of a log.
pub fn sign(signer: &Signer, name: &str, text: &str) -> Result<String, NoteError> {
    let key = signer.public_key(name)?;
    if text.contains(|letter| letter < ' ' && letter != '\n') {
        return Err(NoteError::Form("it has a control character"));
    }
    if !text.ends_with('\n') {
        return Err(NoteError::Form("its text does not end with a newline"));
    }
    let mut signature = key.id().to_vec();
    signature.extend(signer.sign(text));
    Ok(format!(
        "{text}\n{SIGNATURE_MARK}{name} {}\n",
        STANDARD.encode(signature)
    ))
}

#[cfg(test)]
mod tests {
    use terms::Secret;

    use super::*;

    /// Keys, text and signatures from
    /// <https://github.com/golang/mod/blob/02c991387e35f9e4c0a9b7ce137717055f8d716d/sumdb/note/note_test.go>.
    mod published {
        pub(super) const PETER: &str =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        /// Algorithm byte and seed of the published private key.
        pub(super) const PETER_SEED: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
        pub(super) const ENOCH: &str =
            "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
        pub(super) const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        pub(super) const PETER_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        pub(super) const ENOCH_LINE: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
    }
    use published::*;

    fn key(text: &str) -> PublicKey {
        text.parse().unwrap()
    }

    fn verify(note: &str, key: &PublicKey) -> Result<String, NoteError> {
        Note::parse(note)?.verified_text(key).map(str::to_owned)
    }

    #[test]
    fn signing_gives_the_published_note() {
        let seed = STANDARD.decode(PETER_SEED).unwrap()[1..]
            .try_into()
            .unwrap();
        let signer = Signer::from_seed(&Secret::new(seed)).unwrap();
        assert_eq!(signer.public_key("PeterNeumann").unwrap(), key(PETER));
        assert_eq!(
            sign(&signer, "PeterNeumann", TEXT).unwrap(),
            format!("{TEXT}\n{PETER_LINE}")
        );
        assert!(sign(&signer, "Peter Neumann", TEXT).is_err());
        assert!(sign(&signer, "PeterNeumann", "no newline").is_err());
        assert!(sign(&signer, "PeterNeumann", "bell\u{7}\n").is_err());
    }

    #[test]
    fn published_signatures_hold() {
        let both = format!("{TEXT}\n{PETER_LINE}{ENOCH_LINE}");
        assert_eq!(verify(&both, &key(PETER)).unwrap(), TEXT);
        assert_eq!(verify(&both, &key(ENOCH)).unwrap(), TEXT);
        // The example of C2SP signed-note, section "Verifier keys".
        let example = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        let foo = key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        assert_eq!(
            verify(example, &foo).unwrap(),
            "This is an example message.\n"
        );
    }

    #[test]
    fn a_note_of_others_only_is_refused() {
        let note = format!("{TEXT}\n{ENOCH_LINE}");
        assert_eq!(
            verify(&note, &key(PETER)),
            Err(NoteError::UnknownKey("PeterNeumann".to_owned()))
        );
        // The same name with another key id is another key.
        let note = format!("{TEXT}\n{}", PETER_LINE.replace("x08g", "xxxx"));
        assert_eq!(
            verify(&note, &key(PETER)),
            Err(NoteError::UnknownKey("PeterNeumann".to_owned()))
        );
    }

    #[test]
    fn a_signature_that_does_not_fit_refuses_the_note() {
        let peter = key(PETER);
        for note in [
            format!("{}\n{PETER_LINE}", TEXT.replace("If", "if")),
            format!("{TEXT}\n\n{PETER_LINE}"),
            format!("\n{TEXT}\n{PETER_LINE}"),
            format!("{TEXT}\n{}", PETER_LINE.replace("ZJku", "ZJkv")),
            format!("{TEXT}\n{}", PETER_LINE.replace("/ZJku", "/ZJkuABCD")),
            format!("{TEXT}\n{ENOCH_LINE}{}", PETER_LINE.replace("ZJku", "ZJkv")),
        ] {
            assert_eq!(
                verify(&note, &peter),
                Err(NoteError::Signature("PeterNeumann".to_owned())),
                "{note}"
            );
        }
        let twice = format!("{TEXT}\n{PETER_LINE}{PETER_LINE}");
        assert_eq!(
            verify(&twice, &peter),
            Err(NoteError::Duplicate("PeterNeumann".to_owned()))
        );
    }

    #[test]
    fn other_forms_are_refused() {
        for note in [
            String::new(),
            "\n\n".to_owned(),
            TEXT.to_owned(),
            format!("{TEXT}\n"),
            format!("{TEXT}{PETER_LINE}"),
            format!("{TEXT}\n{}", PETER_LINE.trim_end()),
            format!("{TEXT}\n{PETER_LINE}\n"),
            format!("{TEXT}\n{PETER_LINE}trailing"),
            format!("{TEXT}\n{PETER_LINE}Unexpected line.\n"),
            format!("\u{1}{TEXT}\n{PETER_LINE}"),
            format!("{TEXT}\n{PETER_LINE}").replace('\n', "\r\n"),
            format!("{TEXT}\n{}", PETER_LINE.replace('\u{2014}', "-")),
            format!("{TEXT}\n{}", PETER_LINE.replace("PeterNeumann", "Bad Name")),
            format!("{TEXT}\n{}", PETER_LINE.replace("PeterNeumann", "Bad+Name")),
            format!("{TEXT}\n{}", PETER_LINE.replace("nAM=", "nAM")),
            // The last two bits are not zero: a second spelling of the same bytes.
            format!("{TEXT}\n{}", PETER_LINE.replace("nAM=", "nAN=")),
            format!("{TEXT}\n— PeterNeumann x08gow==\n"),
            format!("{TEXT}\n{}", PETER_LINE.repeat(65)),
            format!("{}\n{PETER_LINE}", TEXT.repeat(6000)),
        ] {
            assert!(
                matches!(verify(&note, &key(PETER)), Err(NoteError::Form(_))),
                "{note}"
            );
        }
    }
}
