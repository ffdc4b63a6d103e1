//! An HTML page as Markdown: its own words, and nothing that is for machines or for every page.
//!
//! A careful reader over the tokens of `html5ever`. It builds no tree: elements that are left out are
//! counted until they end, so that a page that forgets an end tag loses words and gains none.

use std::{cell::RefCell, rc::Rc};

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

use crate::import::Imported;

mod pieces;

use pieces::{Silence, pieces};

/// Reads a page. Of a page with a main part or an article that part alone is read.
pub(crate) fn read(html: &str) -> Imported {
    for part in ["main", "article", "body"] {
        let page = walked(html, part);
        let seen = page.seen_part && !page.out.trim().is_empty();
        if part == "body" || seen {
            return page.finished();
        }
        if page.broken_off {
            return walked(html, "body").finished();
        }
    }
    Imported {
        title: String::new(),
        markdown: String::new(),
    }
}

fn walked(html: &str, part: &'static str) -> Page {
    let page = Rc::new(RefCell::new(Page::of(part)));
    let sink = Sink(Rc::clone(&page));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut silence = Silence::default();
    for piece in pieces(html) {
        let before = page.borrow().tokens;
        input.push_back(StrTendril::from(piece));
        // Once for each script the sink stops at; ours stops at none.
        let _done = tokenizer.feed(&input);
        let silent = page.borrow().tokens == before;
        if silence.is_too_much(piece, silent) {
            page.borrow_mut().broken_off = true;
            break;
        }
    }
    tokenizer.end();
    drop(tokenizer);
    page.take()
}

struct Sink(Rc<RefCell<Page>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        // An error is told from the middle of a tag.
        if !matches!(token, Token::ParseError(_)) {
            page.tokens = page.tokens.wrapping_add(1);
        }
        match token {
            Token::CharacterTokens(text) => page.words(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                page.starts(&tag);
                return raw(&tag.name);
            }
            Token::TagToken(tag) => page.ends(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How a browser reads what follows: a script is not markup.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

/// Elements whose words are not the page's own.
const LEFT_OUT: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "aside",
    "footer",
    "form",
    "button",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "canvas",
    "select",
    "datalist",
    "textarea",
    "dialog",
    "audio",
    "video",
    "map",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
    "head",
    "menu",
];
/// Elements that have no end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that end where the next of them begins.
const ENDS_AT_NEXT: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option"];
/// Elements that begin a new block.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "pre",
    "table",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "details",
    "summary",
    "address",
    "fieldset",
    "hgroup",
    "body",
];

#[derive(Default)]
struct Page {
    /// How many tokens there were.
    tokens: usize,
    /// Whether it was not read to its end.
    broken_off: bool,
    /// The element whose words are read.
    part: &'static str,
    /// How many of it are open.
    inside: usize,
    seen_part: bool,
    /// The element that is left out, and how many of its name are open.
    hidden: Option<(String, usize)>,
    in_title: bool,
    title: String,
    /// The first heading of the first level.
    heading: String,
    out: String,
    /// What is written before the next word.
    pending: Pending,
    /// Kind and number of each list that is open; no number for one without.
    lists: Vec<Option<u32>>,
    /// Where the marks of emphasis stand that are open.
    marks: Vec<(&'static str, usize)>,
    /// The target of the link that is open, and where it began.
    link: Option<(String, usize)>,
    level: usize,
    in_row: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    #[default]
    Nothing,
    Space,
    Line,
    Block,
}

impl Page {
    fn of(part: &'static str) -> Self {
        Self {
            part,
            // A page may leave its body out.
            inside: usize::from(part == "body"),
            ..Self::default()
        }
    }

    fn reads(&self) -> bool {
        self.inside > 0 && self.hidden.is_none()
    }

    fn words(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        } else if self.reads() {
            for character in text.chars() {
                if character.is_whitespace() {
                    self.pending = self.pending.max(Pending::Space);
                } else {
                    self.write(character);
                }
            }
        }
    }

    fn write(&mut self, character: char) {
        if !self.out.is_empty() {
            match core::mem::take(&mut self.pending) {
                Pending::Nothing => {}
                Pending::Space => self.space(),
                Pending::Line => self.out.push('\n'),
                Pending::Block => self.out.push_str("\n\n"),
            }
        }
        self.pending = Pending::Nothing;
        self.out.push(character);
    }

    /// A space, but not behind a mark that only leads.
    fn space(&mut self) {
        if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    /// Marks, as they are: before the next word, after what is pending.
    fn mark(&mut self, mark: &str) {
        for character in mark.chars() {
            self.write(character);
        }
    }

    fn starts(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if name == "title" && self.title.is_empty() {
            self.in_title = true;
            return;
        }
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name && !tag.self_closing {
                if *depth == 1 && ENDS_AT_NEXT.contains(&name) {
                    self.hidden = None;
                } else {
                    *depth += 1;
                    return;
                }
            } else {
                return;
            }
        }
        if name == self.part {
            self.inside += 1;
            self.seen_part = true;
        }
        if is_left_out(tag, self.part == "body") {
            if !VOID.contains(&name) {
                self.hidden = Some((name.to_owned(), 1));
            }
            self.pending = self.pending.max(Pending::Space);
            return;
        }
        if self.reads() {
            self.opens(name, tag);
        }
    }

    fn opens(&mut self, name: &str, tag: &Tag) {
        match name {
            "br" => self.pending = self.pending.max(Pending::Line),
            "hr" => self.pending = Pending::Block,
            "ul" | "ol" => {
                self.block();
                self.lists.push((name == "ol").then_some(1));
                return;
            }
            "li" => self.item(),
            "tr" => {
                self.end_marks();
                self.pending = self.pending.max(Pending::Line);
                self.mark("- ");
                self.in_row = true;
            }
            "td" | "th" => {
                if !self.out.ends_with("- ") && self.in_row {
                    self.pending = Pending::Nothing;
                    self.out.push_str(" · ");
                }
                return;
            }
            "b" | "strong" => self.emphasis("**"),
            "i" | "em" => self.emphasis("*"),
            "a" => {
                let to = attribute(tag, "href").unwrap_or_default();
                if to.starts_with("https://") && !to.contains(['(', ')', ' ', '<', '>']) {
                    self.link = Some((to.to_owned(), self.out.len()));
                }
            }
            _ => {}
        }
        if let Some(level) = heading(name) {
            self.block();
            self.level = level;
            self.mark(&"#".repeat(level));
            self.pending = Pending::Space;
        } else if BLOCKS.contains(&name) && !self.in_row {
            let in_item = !self.lists.is_empty() && self.out.ends_with("- ");
            if !in_item {
                self.block();
            }
        }
    }

    fn item(&mut self) {
        self.end_marks();
        self.pending = self.pending.max(Pending::Line);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            _ => "- ".to_owned(),
        };
        self.mark(&mark);
    }

    fn emphasis(&mut self, mark: &'static str) {
        // A heading is strong by itself, and marks of one kind do not nest.
        if self.level == 0 && !self.marks.iter().any(|(open, _)| *open == mark) {
            self.marks.push((mark, self.out.len()));
        }
    }

    fn ends(&mut self, name: &str) {
        if name == "title" {
            self.in_title = false;
            return;
        }
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        if self.reads() {
            self.closes(name);
        }
        if name == self.part && self.part != "body" {
            self.inside = self.inside.saturating_sub(1);
        }
    }

    fn closes(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.block();
            }
            "tr" => {
                self.in_row = false;
                self.pending = Pending::Line;
            }
            "b" | "strong" => self.end_mark("**"),
            "i" | "em" => self.end_mark("*"),
            "a" => self.end_link(),
            _ => {}
        }
        if heading(name).is_some() {
            self.end_heading();
        } else if BLOCKS.contains(&name) && !self.in_row {
            self.block();
        }
    }

    fn end_heading(&mut self) {
        // An end without a beginning ends nothing, and costs nothing: a page may have thousands of them
        // behind one long line.
        if self.level == 0 {
            return;
        }
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let words = line.trim_start_matches('#').trim().to_owned();
        if words.is_empty() {
            let kept = self.out.trim_end_matches(['#', ' ']).len();
            self.out.truncate(kept);
        } else if self.level == 1 && self.heading.is_empty() {
            self.heading = words;
        }
        self.level = 0;
        self.block();
    }

    /// Puts a mark around what was written since it was opened, without the space at its ends.
    fn end_mark(&mut self, mark: &'static str) {
        let Some(at) = self.marks.iter().rposition(|(open, _)| *open == mark) else {
            return;
        };
        let (_, start) = self.marks.remove(at);
        self.wrap(start, mark, mark);
    }

    fn end_link(&mut self) {
        if let Some((to, start)) = self.link.take() {
            self.wrap(start, "[", &format!("]({to})"));
        }
    }

    fn wrap(&mut self, start: usize, before: &str, after: &str) {
        let Some(written) = self.out.get(start..) else {
            return;
        };
        let words = written.trim();
        // Marks do not reach over blocks.
        if words.is_empty() || words.contains("\n") {
            return;
        }
        let leads = written.len() - written.trim_start().len();
        let wrapped = format!("{before}{words}{after}");
        let lead: String = written.get(..leads).unwrap_or_default().to_owned();
        self.out.truncate(start);
        self.out.push_str(&lead);
        self.out.push_str(&wrapped);
    }

    fn end_marks(&mut self) {
        self.marks.clear();
        self.link = None;
    }

    /// Begins a new block; inside of a list, a new line.
    fn block(&mut self) {
        self.end_marks();
        let wanted = match self.lists.len() {
            0 => Pending::Block,
            _ => Pending::Line,
        };
        self.pending = self.pending.max(wanted);
    }

    fn finished(self) -> Imported {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut lines: Vec<&str> = Vec::new();
        let is_mark = |line: &str| matches!(line.trim(), "-" | "#" | "##" | "###");
        for line in self.out.lines().map(str::trim_end) {
            let again = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
            if !is_mark(line) && !again {
                lines.push(line);
            }
        }
        let mut markdown = lines.join("\n").trim().to_owned();
        // The first heading is the document's title; it is not said twice.
        let head = format!("# {}", self.heading);
        if !self.heading.is_empty() && markdown.lines().next() == Some(&head) {
            markdown = markdown.split_off(head.len()).trim().to_owned();
        }
        let named = if self.heading.is_empty() {
            self.title
        } else {
            self.heading
        };
        Imported {
            title: one_line(&named.replace("**", "")),
            markdown,
        }
    }
}

fn heading(name: &str) -> Option<usize> {
    match name {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

fn attribute<'tag>(tag: &'tag Tag, name: &str) -> Option<&'tag str> {
    let mut attributes = tag.attrs.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == name)?;
    Some(&found.value)
}

/// Whether an element is left out with all that stands in it.
fn is_left_out(tag: &Tag, whole_page: bool) -> bool {
    let name: &str = &tag.name;
    if LEFT_OUT.contains(&name) || (name == "header" && whole_page) {
        return true;
    }
    let is = |attribute_name: &str, wanted: &[&str]| {
        attribute(tag, attribute_name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value.split_whitespace().any(|word| wanted.contains(&word))
        })
    };
    if attribute(tag, "hidden").is_some() || is("aria-hidden", &["true"]) {
        return true;
    }
    let roles = [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "complementary",
    ];
    let classes = [
        "sr-only",
        "visually-hidden",
        "screen-reader-text",
        "d-none",
        "hidden",
    ];
    is("role", &roles) || is("class", &classes) || is_styled_away(tag)
}

/// Whether its own style hides an element from the eye.
fn is_styled_away(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let style: String = style
        .chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    style.split(';').any(|rule| {
        let (name, value) = rule.split_once(':').unwrap_or((rule, ""));
        let value = value.trim_end_matches("!important");
        let is_nothing = || {
            let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
            !number.is_empty() && number.chars().all(|digit| matches!(digit, '0' | '.'))
        };
        match name {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "opacity" | "font-size" | "max-height" | "height" | "width" => is_nothing(),
            "left" | "top" | "text-indent" | "margin-left" => value.starts_with("-999"),
            "clip" | "clip-path" => value != "none" && value != "auto",
            "color" => value == "transparent",
            _ => false,
        }
    })
}
