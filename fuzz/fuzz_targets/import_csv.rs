//! The CSV folder of the Universal Commerce Protocol, all files in one text: a line `=== NAME` begins
//! each. An error, or a shop that can be written and read as a document.
#![no_main]

use commerce::document::{Element, Section};
use files::shop::{DocumentWriter, Progress, read_document_from, read_ucp_files};
use libfuzzer_sys::fuzz_target;

const MARK: &[u8] = b"=== ";

fuzz_target!(|bytes: &[u8]| {
    let files = parted(bytes);
    let folder = match read_ucp_files(&files) {
        Ok(folder) => folder,
        Err(error) => {
            assert!(!error.environment, "{error}");
            let shown = error.to_string();
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
            assert!(shown.len() < 2_000, "an error of {} bytes", shown.len());
            return;
        }
    };
    let mut writer = DocumentWriter::new(Vec::new(), &folder.head).expect("memory takes all");
    for located in &folder.elements {
        writer
            .element(&located.element)
            .expect("the lists stand in order");
    }
    let written = writer.finish().expect("memory takes all");
    let mut again: Vec<Element> = Vec::new();
    let progress = Progress::default();
    let summary = read_document_from(
        written.as_slice(),
        "shop.json",
        &Section::ALL,
        &progress,
        &mut |member| {
            again.push(member.element);
            Ok(())
        },
    );
    let summary = summary.expect("a shop of CSV files is a document");
    assert_eq!(summary.head, folder.head);
    assert_eq!(summary.counts, folder.counts);
    let same = folder
        .elements
        .iter()
        .map(|located| &located.element)
        .eq(&again);
    assert!(same, "written and read again it is another shop");
});

/// The files, by the names that the lines with the mark give them.
fn parted(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut files = Vec::new();
    let mut rest = bytes;
    while let Some(begun) = rest.strip_prefix(MARK) {
        let name_ends = end_of_line(begun);
        let (name, body) = begun.split_at(name_ends);
        let body_ends = next_file(body);
        let (body, after) = body.split_at(body_ends);
        if let Ok(name) = core::str::from_utf8(name) {
            files.push((name.trim_end(), body));
        }
        rest = after;
    }
    files
}

/// Where the line ends, its end included.
fn end_of_line(text: &[u8]) -> usize {
    let end = text.iter().position(|byte| *byte == b'\n');
    end.map_or(text.len(), |end| end + 1)
}

/// Where a line with the mark begins.
fn next_file(text: &[u8]) -> usize {
    if text.starts_with(MARK) {
        return 0;
    }
    let mut marks = text.windows(MARK.len() + 1);
    let next = marks.position(|window| window.starts_with(b"\n") && window.ends_with(MARK));
    next.map_or(text.len(), |next| next + 1)
}
