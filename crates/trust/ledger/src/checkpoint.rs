//! The signed head of a tree (C2SP tlog-checkpoint): origin, size, root.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    keys::{PublicKey, Signer, check_name},
    note::{self, Note, NoteError},
    tree::Hash,
};

/// Sizes are stored as signed 64-bit integers.
const MAX_SIZE: u64 = i64::MAX.cast_unsigned();

/// The head of a log's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// Why a note is not a checkpoint of the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("the checkpoint's text is not origin, size and root, each on its line: {0}")]
    Form(&'static str),
    #[error("the checkpoint is of the log `{given}`, not of `{expected}`")]
    Origin { given: String, expected: String },
}

impl Checkpoint {
    /// Signs it under the name of its origin.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        Ok(note::sign(signer, &self.origin, &self.text())?)
    }

    /// Reads a note that the log's key has signed. The key's name is the log's origin.
    ///
    /// Extension lines are refused: this log writes none, and nobody could audit them.
    pub fn open(note: &str, key: &PublicKey) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse(Note::parse(note)?.verified_text(key)?)?;
        if checkpoint.origin == key.name() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::Origin {
                given: checkpoint.origin,
                expected: key.name().to_owned(),
            })
        }
    }

    fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            STANDARD.encode(self.root)
        )
    }

    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> = text.split('\n').take(5).collect();
        let [origin, size, root, ""] = *lines.as_slice() else {
            return Err(CheckpointError::Form("there are more or fewer lines"));
        };
        check_name(origin).map_err(|_| CheckpointError::Form("the origin is not allowed"))?;
        let root = STANDARD
            .decode(root)
            .ok()
            .and_then(|root| Hash::try_from(root).ok())
            .ok_or(CheckpointError::Form(
                "the root is not the base64 of 32 bytes",
            ))?;
        let size = parse_size(size).ok_or(CheckpointError::Form(
            "the size is not a decimal number without leading zeroes",
        ))?;
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
        })
    }
}

/// A decimal number in its only spelling.
pub(crate) fn parse_size(text: &str) -> Option<u64> {
    let size = text.parse::<u64>().ok().filter(|size| *size <= MAX_SIZE)?;
    (size.to_string() == text).then_some(size)
}

#[cfg(test)]
mod tests {
    use terms::Secret;

    use super::*;

    const ROOT: &str = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    fn signer() -> Signer {
        Signer::from_seed(&Secret::new([7; 32])).unwrap()
    }

    #[test]
    fn the_example_of_the_specification_is_read_and_written_back() {
        // C2SP tlog-checkpoint, first example; its key is not published.
        let note = format!(
            "example.com/behind-the-sofa\n20852163\n{ROOT}\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        );
        let text = note.split_once("\n\n").unwrap().0.to_owned() + "\n";
        let checkpoint = Checkpoint::parse(&text).unwrap();
        assert_eq!(
            (checkpoint.origin.as_str(), checkpoint.size),
            ("example.com/behind-the-sofa", 20_852_163)
        );
        assert_eq!(STANDARD.encode(checkpoint.root), ROOT);
        assert_eq!(checkpoint.text(), text);
        let other = signer().public_key("example.com/behind-the-sofa").unwrap();
        assert!(matches!(
            Checkpoint::open(&note, &other),
            Err(CheckpointError::Note(NoteError::UnknownKey(_)))
        ));
    }

    #[test]
    fn what_is_signed_is_what_is_read() {
        let signer = signer();
        let checkpoint = Checkpoint {
            origin: "parlour/atelier".to_owned(),
            size: 7,
            root: [9; 32],
        };
        let note = checkpoint.sign(&signer).unwrap();
        assert_eq!(
            Checkpoint::open(&note, &signer.public_key("parlour/atelier").unwrap()),
            Ok(checkpoint)
        );
        assert!(Checkpoint::open(&note, &signer.public_key("parlour/other").unwrap()).is_err());
        assert!(
            Checkpoint::open(
                &note.replace("\n7\n", "\n8\n"),
                &signer.public_key("parlour/atelier").unwrap()
            )
            .is_err()
        );
    }

    #[test]
    fn another_log_under_the_same_key_name_is_refused() {
        let note = note::sign(&signer(), "parlour/a", &format!("parlour/b\n1\n{ROOT}\n")).unwrap();
        assert_eq!(
            Checkpoint::open(&note, &signer().public_key("parlour/a").unwrap()),
            Err(CheckpointError::Origin {
                given: "parlour/b".to_owned(),
                expected: "parlour/a".to_owned()
            })
        );
    }

    #[test]
    fn other_spellings_are_refused_even_when_signed() {
        for text in [
            format!("parlour/a\n01\n{ROOT}\n"),
            format!("parlour/a\n+1\n{ROOT}\n"),
            format!("parlour/a\n-1\n{ROOT}\n"),
            format!("parlour/a\n1 \n{ROOT}\n"),
            format!("parlour/a\n\n{ROOT}\n"),
            format!("parlour/a\n9223372036854775808\n{ROOT}\n"),
            format!("parlour/a\n1\n{ROOT}\nextension\n"),
            format!("parlour/a\n1\n{ROOT}\n\n"),
            format!("\n1\n{ROOT}\n"),
            format!("parlour a\n1\n{ROOT}\n"),
            "parlour/a\n1\n".to_owned(),
            "parlour/a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n".to_owned(),
            format!("parlour/a\n1\n{}\n", ROOT.trim_end_matches('=')),
            format!("parlour/a\n1\n{}\n", ROOT.replace("q2I=", "q2J=")),
        ] {
            let note = note::sign(&signer(), "parlour/a", &text).unwrap();
            let opened = Checkpoint::open(&note, &signer().public_key("parlour/a").unwrap());
            assert!(opened.is_err(), "{text}");
        }
    }
}
