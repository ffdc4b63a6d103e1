//! The pages of the contract, `docs/tools.md` and `docs/shop-document.md`, beside what the program
//! really takes.
//!
//! A tool's section has a table of its arguments and an example that names all of them. Whoever
//! checks a page asks the program about the example: whole, with a field too many, with one left
//! out, with one of another type, and at both sides of every bound.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// A heading and what stands under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Without backticks.
    pub title: String,
    /// The cells of its table's rows, without the head; the first without its backticks.
    pub rows: Vec<Vec<String>>,
    /// Its first block of JSON.
    pub example: Option<String>,
    pub text: String,
}

/// The sections of a page.
#[must_use]
pub fn sections(page: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in page.lines() {
        if let Some(language) = line.strip_prefix("```") {
            fence = match fence {
                Some(_) => None,
                None => Some(language),
            };
            continue;
        }
        if fence.is_none() && line.starts_with('#') {
            sections.push(Section {
                title: line.trim_start_matches('#').trim().replace('`', ""),
                ..Section::default()
            });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        match fence {
            Some("json") => {
                section.example.get_or_insert_default().push_str(line);
            }
            Some(_) => {}
            None if line.starts_with("| `") => section.rows.push(cells(line)),
            None => {
                section.text.push_str(line);
                section.text.push('\n');
            }
        }
    }
    sections
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells: Vec<String> = inner
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect();
    if let Some(name) = cells.first_mut() {
        *name = name.replace('`', "");
    }
    cells
}

/// What the program says about a tool.
#[derive(Debug, Clone)]
pub struct Tool {
    pub name: String,
    pub proposes: bool,
    /// Where its arguments cannot be asked about: their names.
    pub arguments: Option<Vec<String>>,
}

/// Reads the arguments of a tool as a call would; an error is the refusal's sentence.
pub type Ask<'a> = &'a dyn Fn(&str, &Value) -> Result<(), String>;

/// Where the page of the tools and the program part ways.
#[must_use]
pub fn tool_findings(page: &str, tools: &[Tool], ask: Ask<'_>) -> Vec<String> {
    let sections = sections(page);
    let mut findings = Vec::new();
    for section in &sections {
        let named = section.text.lines().any(|line| line.starts_with("Level `"));
        let known = tools.iter().any(|tool| tool.name == section.title);
        if named && !known {
            findings.push(format!("`{}` is not a tool", section.title));
        }
    }
    for tool in tools {
        let Some(section) = titled(&sections, &tool.name) else {
            findings.push(format!("the tool `{}` has no section", tool.name));
            continue;
        };
        let told = section.text.contains("Answers: a proposal");
        if told != tool.proposes {
            findings.push(format!(
                "`{}`: whether it answers with a proposal is not as the program says",
                tool.name
            ));
        }
        let example = section
            .example
            .as_deref()
            .map(serde_json::from_str::<Value>);
        let Some(Ok(example)) = example else {
            findings.push(format!("`{}` has no example of JSON", tool.name));
            continue;
        };
        let check = Check {
            tool: &tool.name,
            example: &example,
            sections: &sections,
            ask,
        };
        match &tool.arguments {
            Some(names) => check.names(section, "", names, &mut findings),
            None => {
                if let Err(refused) = ask(&tool.name, &example) {
                    findings.push(format!(
                        "`{}`: its example is refused: {refused}",
                        tool.name
                    ));
                }
                check.object(section, "", &mut findings);
            }
        }
    }
    findings
}

fn titled<'a>(sections: &'a [Section], title: &str) -> Option<&'a Section> {
    sections.iter().find(|section| section.title == title)
}

struct Check<'a> {
    tool: &'a str,
    example: &'a Value,
    sections: &'a [Section],
    ask: Ask<'a>,
}

impl Check<'_> {
    /// The object at `path` of the example, as `section` describes it.
    fn object(&self, section: &Section, path: &str, findings: &mut Vec<String>) {
        let surplus = "surplus\u{1}";
        match self.taken_with(path, surplus, Some(json!(1))) {
            Ok(()) => findings.push(self.finding(path, "a field that no table names is taken")),
            Err(refused) => self.names(section, path, &expected(&refused), findings),
        }
        for row in &section.rows {
            self.row(row, path, findings);
        }
    }

    fn names(&self, section: &Section, path: &str, known: &[String], findings: &mut Vec<String>) {
        let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        let page = section.rows.iter().filter_map(|row| row.first());
        let page: BTreeSet<&str> = page.map(String::as_str).collect();
        let example = self.example.pointer(path).and_then(Value::as_object);
        let example: BTreeSet<&str> = example
            .into_iter()
            .flat_map(|object| object.keys().map(String::as_str))
            .collect();
        for (what, names) in [("the table", &page), ("the example", &example)] {
            for missing in known.difference(names) {
                findings.push(self.finding(path, &format!("{what} has no `{missing}`")));
            }
            for unknown in names.difference(&known) {
                findings.push(self.finding(
                    path,
                    &format!("{what} has `{unknown}`, which the program does not take"),
                ));
            }
        }
    }

    fn row(&self, row: &[String], path: &str, findings: &mut Vec<String>) {
        let [name, kind, needed, bounds] = row else {
            return findings
                .push(self.finding(path, &format!("a row has {} cells, not four", row.len())));
        };
        let mut differs = |what: String| findings.push(self.finding(path, &what));
        let left_out = self.taken_with(path, name, None).is_ok();
        match needed.as_str() {
            "yes" if left_out => differs(format!("`{name}` is needed, but may be left out")),
            "no" if !left_out => differs(format!("`{name}` may be left out, but is needed")),
            "yes" | "no" => {}
            _ => differs(format!("`{name}` must be needed or not: `yes` or `no`")),
        }
        let mut must = |value: Value, taken: bool, what: &str| {
            if self.taken_with(path, name, Some(value)).is_ok() != taken {
                let verb = if taken { "is refused" } else { "is taken" };
                differs(format!("`{name}`: {what} {verb}"));
            }
        };
        let at = format!("{path}/{name}");
        match kind.as_str() {
            "text" => {
                must(json!(7), false, "a number for a text");
                for (length, taken) in sides(bounds, "characters") {
                    must(
                        json!("x".repeat(length)),
                        taken,
                        &format!("a text of {length} characters"),
                    );
                }
            }
            "whole number" => {
                must(json!("7"), false, "a text for a number");
                must(json!(1.5), false, "a fraction");
                for (number, taken) in sides(bounds, "") {
                    must(json!(number), taken, &format!("{number}"));
                }
                if bounds == "0 or more" {
                    must(json!(0), true, "0");
                    must(json!(-1), false, "-1");
                }
            }
            "yes or no" => must(json!(7), false, "a number for yes or no"),
            "object of texts" => {
                must(json!({"any": "text"}), true, "an object of texts");
                must(json!({"any": 7}), false, "an object with a number");
            }
            list if list.starts_with("list of ") => {
                must(json!("x"), false, "a text for a list");
                let one = self.example.pointer(&format!("{at}/0")).cloned();
                for (length, taken) in sides(bounds, "") {
                    let many = vec![one.clone().unwrap_or_default(); length];
                    must(Value::Array(many), taken, &format!("a list of {length}"));
                }
                if let Some(shape) = self.shape(list) {
                    self.object(shape, &format!("{at}/0"), findings);
                }
            }
            object if object.starts_with('[') => {
                must(json!("x"), false, "a text for an object");
                match self.shape(object) {
                    Some(shape) => self.object(shape, &at, findings),
                    None => differs(format!(
                        "`{name}` is of a type that the page does not describe"
                    )),
                }
            }
            words if words.starts_with('`') => {
                must(json!("surplus"), false, "another word");
                for word in words.split('`').skip(1).step_by(2) {
                    must(json!(word), true, &format!("the word `{word}`"));
                }
            }
            _ => differs(format!(
                "`{name}` is of the type `{kind}`, which no page knows"
            )),
        }
    }

    /// The section that `[text](#anchor)` leads to.
    fn shape(&self, kind: &str) -> Option<&Section> {
        let (_, rest) = kind.split_once("(#")?;
        let (anchor, _) = rest.split_once(')')?;
        titled(self.sections, &anchor.replace('-', " "))
    }

    /// Asks with one field of the object at `path` set, or left out.
    fn taken_with(&self, path: &str, name: &str, value: Option<Value>) -> Result<(), String> {
        let mut given = self.example.clone();
        if let Some(object) = given.pointer_mut(path).and_then(Value::as_object_mut) {
            match value {
                Some(value) => object.insert(name.to_owned(), value),
                None => object.remove(name),
            };
        }
        (self.ask)(self.tool, &given)
    }

    fn finding(&self, path: &str, what: &str) -> String {
        let place = path.replace('/', ".");
        format!("`{}{place}`: {what}", self.tool)
    }
}

/// `expected one of `a`, `b``, as the parser says it of a field too many.
fn expected(refused: &str) -> Vec<String> {
    let listed = refused
        .rsplit_once("expected")
        .map_or("", |(_, listed)| listed);
    let names = listed.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// Both sides of the bounds that a cell says: `1 to 50`, `1 to 200 characters`, `at most 300 characters`.
fn sides(bounds: &str, unit: &str) -> Vec<(usize, bool)> {
    let first = bounds.split([';', ',']).next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let (least, most) = match words.as_slice() {
        [least, "to", most] if unit.is_empty() => (least.parse().ok(), most.parse().ok()),
        [least, "to", most, "characters"] if unit == "characters" => {
            (least.parse().ok(), most.parse().ok())
        }
        ["at", "most", most] if unit.is_empty() => (None, most.parse().ok()),
        ["at", "most", most, "characters"] if unit == "characters" => (None, most.parse().ok()),
        _ => (None, None),
    };
    let below = least.and_then(|least: usize| least.checked_sub(1));
    let above = most.map(|most: usize| most.saturating_add(1));
    let inside = [least, most].into_iter().flatten().map(|side| (side, true));
    let outside = [below, above]
        .into_iter()
        .flatten()
        .map(|side| (side, false));
    inside.chain(outside).collect()
}

/// What the program says about a code: its name, and whether anything produces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalCode {
    pub name: String,
    pub produced: bool,
}

/// Where the page's table of codes and the program part ways.
#[must_use]
pub fn code_findings(page: &str, codes: &[RefusalCode]) -> Vec<String> {
    let sections = sections(page);
    let rows = titled(&sections, "Refusals").map_or(&[][..], |section| &section.rows);
    let mut findings = Vec::new();
    for row in rows {
        let name = row.first().map_or("", String::as_str);
        if !codes.iter().any(|code| code.name == name) {
            findings.push(format!("`{name}` is not a code"));
        }
    }
    for code in codes {
        let named = rows.iter().filter(|row| row.first() == Some(&code.name));
        let named: Vec<_> = named.collect();
        let [row] = named.as_slice() else {
            findings.push(format!(
                "the code `{}` has {} rows, not one",
                code.name,
                named.len()
            ));
            continue;
        };
        let reserved = row.get(1).is_some_and(|cell| cell == "reserved");
        let told = row.get(2).is_some_and(|cell| !cell.is_empty());
        match (code.produced, reserved) {
            (true, true) => findings.push(format!(
                "`{}` is reserved, but something answers it",
                code.name
            )),
            (false, false) => {
                findings.push(format!("nothing answers `{}`: it is reserved", code.name))
            }
            (true, false) if !told => findings.push(format!("`{}`: when does it come?", code.name)),
            _ => {}
        }
    }
    findings
}

/// A field as a table of `docs/shop-document.md` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: String,
    pub may_be_missing: bool,
}

/// Where the section `title` of the document's page and a type part ways.
#[must_use]
pub fn field_findings(page: &str, title: &str, fields: &[Field]) -> Vec<String> {
    let sections = sections(page);
    let Some(section) = titled(&sections, title) else {
        return vec![format!("`{title}` has no section")];
    };
    let page: Vec<String> = section
        .rows
        .iter()
        .map(|row| row.iter().take(3).cloned().collect::<Vec<_>>().join(" | "))
        .collect();
    let program: Vec<String> = fields
        .iter()
        .map(|field| {
            let missing = if field.may_be_missing { "yes" } else { "no" };
            format!("{} | {} | {missing}", field.name, field.kind)
        })
        .collect();
    let mut findings = Vec::new();
    for row in program.iter().filter(|row| !page.contains(row)) {
        findings.push(format!("`{title}` lacks the row: {row}"));
    }
    for row in page.iter().filter(|row| !program.contains(row)) {
        findings.push(format!(
            "`{title}` has a row that the program does not know: {row}"
        ));
    }
    if findings.is_empty() && page != program {
        findings.push(format!(
            "`{title}` has its rows in another order than the program"
        ));
    }
    findings
}

/// The fields of a struct in a source, by the names that are read: a rename counts.
#[must_use]
pub fn struct_fields(source: &str, name: &str) -> Vec<String> {
    let head = format!("struct {name} {{");
    let Some((_, rest)) = source.split_once(&head) else {
        return Vec::new();
    };
    let (body, _) = rest.split_once("\n}").unwrap_or_default();
    let mut fields = Vec::new();
    let mut renamed = None;
    for line in body.lines().map(str::trim) {
        if let Some((_, rest)) = line.split_once("rename = \"") {
            renamed = rest.split('"').next().map(str::to_owned);
        } else if let Some((field, _)) = line.split_once(": ")
            && !line.starts_with(['/', '#'])
        {
            let field = field
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub ");
            fields.push(renamed.take().unwrap_or_else(|| field.to_owned()));
        }
    }
    fields
}
