//! Lines of JSON on standard input, as the commands that stream them read them.

use std::io::{self, BufRead};

pub(super) struct TooLong;

/// One line without its end, of at most `longest` bytes. Of one that is too long nothing is kept, and all of it is
/// passed over.
pub(super) fn next(
    lines: &mut impl BufRead,
    longest: usize,
) -> io::Result<Option<Result<Vec<u8>, TooLong>>> {
    let mut line = Vec::new();
    // One more for the line's end.
    let most = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let read = io::Read::take(&mut *lines, most).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > longest {
        lines.skip_until(b'\n')?;
        return Ok(Some(Err(TooLong)));
    }
    Ok(Some(Ok(line)))
}
