//! The files of the project as they lie on disk, without what is built or installed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::sources::Source;

/// Folders that hold nothing we wrote.
const SKIPPED: [&str; 5] = [".git", "target", "node_modules", "parlour-data", "out"];

/// Kinds of files that hold text.
const TEXT: [&str; 17] = [
    "rs", "toml", "md", "sql", "js", "mjs", "ts", "css", "html", "json", "jsonl", "csv", "txt",
    "yml", "yaml", "sh", "stderr",
];

/// Every text file below `root`, with paths relative to it, sorted.
///
/// Files without an extension count when they are scripts (`./test`, `.ci/run`). Lockfiles and
/// published test vectors are not ours to judge.
pub fn read(root: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                open.push(path);
            } else if kind.is_file()
                && is_text(&path, &name)
                && let Some(text) = text_of(&path)?
            {
                sources.push(Source {
                    path: relative(root, &path),
                    text,
                });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn is_text(path: &Path, name: &str) -> bool {
    let Some(extension) = path.extension().and_then(|extension| extension.to_str()) else {
        return !name.starts_with('.');
    };
    TEXT.contains(&extension) && name != "package-lock.json"
}

/// `None` when it is not UTF-8 text after all.
fn text_of(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let inside: PathBuf = path
        .strip_prefix(root)
        .unwrap_or(path)
        .components()
        .collect();
    inside.to_string_lossy().replace('\\', "/")
}
