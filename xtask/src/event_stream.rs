//! Server-sent events out of the bytes of a chunked answer.

/// An event that has come as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) data: String,
}

/// Takes bytes as they come and gives events.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// Chunks that have not come as a whole.
    chunks: Vec<u8>,
    /// What they held, up to the end of an event.
    text: Vec<u8>,
}

impl Decoder {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.chunks.extend_from_slice(bytes);
        while let Some((content, taken)) = first_chunk(&self.chunks) {
            self.text.extend_from_slice(content);
            self.chunks.drain(..taken);
        }
    }

    /// The next event; comments, which only keep the connection open, are passed over.
    pub(crate) fn next(&mut self) -> Option<Event> {
        loop {
            let end = self.text.windows(2).position(|pair| pair == b"\n\n")?;
            let event: Vec<u8> = self.text.drain(..end + 2).collect();
            let event = String::from_utf8_lossy(&event);
            let field = |name: &str| {
                let mut lines = event.lines();
                let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                value.map(|value| value.trim_start().to_owned())
            };
            if let Some(name) = field("event") {
                let data = field("data").unwrap_or_default();
                return Some(Event { name, data });
            }
        }
    }
}

/// The content of the first chunk, and how many bytes it took.
fn first_chunk(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let line = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    let length = str::from_utf8(bytes.get(..line)?).ok()?;
    let length = usize::from_str_radix(length.trim(), 16).ok()?;
    let (from, to) = (line + 2, line + 2 + length);
    let content = bytes.get(from..to)?;
    (bytes.len() >= to + 2).then_some((content, to + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_however_the_bytes_are_cut() {
        let bytes = b"3\r\n:\n\n\r\n1c\r\nevent: turn\nid: 3\ndata: {}\n\n\r\nf\r\nevent: state\nda\r\n8\r\nta: {}\n\n\r\n";
        for size in [1, 2, 7, bytes.len()] {
            let mut decoder = Decoder::default();
            let mut names = Vec::new();
            for piece in bytes.chunks(size) {
                decoder.push(piece);
                while let Some(event) = decoder.next() {
                    assert_eq!(event.data, "{}");
                    names.push(event.name);
                }
            }
            assert_eq!(names, ["turn", "state"], "{size}");
        }
    }
}
