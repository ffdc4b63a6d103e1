//! A shop document of any bytes: an error that names its place, or a shop that is the same when it is
//! written and read again.
#![no_main]

use commerce::document::{Element, Head, Section};
use files::shop::{
    DocumentWriter, ImportError, Located, Progress, Summary, read_document_from, read_head_from,
};
use libfuzzer_sys::fuzz_target;

const NAME: &str = "shop.json";

fuzz_target!(|bytes: &[u8]| {
    let known = read_head_from(bytes, NAME, &Progress::default());
    let none = read_document_from(bytes, NAME, &[], &Progress::default(), &mut |_| {
        unreachable!("no list was asked for")
    });
    match (read(bytes), known) {
        (Ok((summary, members)), Ok(known)) => {
            assert_eq!(summary, known, "two passes see two documents");
            assert_eq!(none.as_ref(), Ok(&known), "the form alone is refused");
            let mut elements: Vec<Element> =
                members.into_iter().map(|member| member.element).collect();
            elements.sort_by_key(Element::section);
            let written = written(&summary.head, &elements);
            let (again, members) = read(&written).expect("what was written is read");
            assert_eq!(again.head, summary.head);
            assert_eq!(again.counts, summary.counts);
            let same = members.iter().map(|member| &member.element).eq(&elements);
            assert!(same, "written and read again it is another shop");
        }
        (Err(error), Err(known)) => {
            assert_eq!(error, known, "two passes see two faults");
            has_its_place(&error, bytes);
        }
        (read, known) => panic!("{:?} and {known:?}", read.map(|(summary, _)| summary)),
    }
});

fn read(bytes: &[u8]) -> Result<(Summary, Vec<Located>), ImportError> {
    let mut members = Vec::new();
    let mut sink = |member| {
        members.push(member);
        Ok(())
    };
    let progress = Progress::default();
    let summary = read_document_from(bytes, NAME, &Section::ALL, &progress, &mut sink)?;
    Ok((summary, members))
}

fn written(head: &Head, elements: &[Element]) -> Vec<u8> {
    let mut writer = DocumentWriter::new(Vec::new(), head).expect("memory takes all");
    for element in elements {
        writer.element(element).expect("the lists stand in order");
    }
    writer.finish().expect("memory takes all")
}

fn has_its_place(error: &ImportError, bytes: &[u8]) {
    assert!(!error.environment, "bytes in memory can be read: {error}");
    let lines = 1 + bytes.iter().filter(|byte| **byte == b'\n').count();
    let line = error.line.and_then(|line| usize::try_from(line).ok());
    assert!(
        line.is_some_and(|line| (1..=lines).contains(&line)),
        "{error}"
    );
    let shown = error.to_string();
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
    assert!(shown.len() < 2_000, "an error of {} bytes", shown.len());
}
