//! What speaks for a token's label: its own looks, what the lists know of it, and its neighbours.
//!
//! A word counts as itself only where it is an everyday one; a name counts as what the lists say of
//! it and as its ends. So the weights know no names, and what was never seen looks like what was.

use super::{
    lists::Marks,
    tokens::{Form, Token, mixed},
};

/// Features of one token, at most.
pub(crate) const MOST: usize = 96;

/// What is worked out once for a text.
pub(crate) struct Context {
    views: Vec<Seen>,
    /// No capital letter at all, or no small one.
    casing: u64,
}

/// A token, as features see it.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The word, if it is an everyday one; else its class.
    word: u64,
    /// Classes and form.
    class: u64,
    /// The classes, with those of its phrase.
    marks: u64,
    form: u64,
    /// What stands before and behind the run of capitalised words it is in, and its place in it.
    before: u64,
    after: u64,
    run: u64,
    place: u64,
    /// Goods and brands around it.
    goods: u64,
    /// Words that are everyday and in lower case up to here, most of three.
    line_start: u64,
}

const NOWHERE: Seen = Seen {
    word: 1,
    class: 1,
    marks: 0,
    form: 15,
    before: 1,
    after: 1,
    run: 0,
    place: 0,
    goods: 0,
    line_start: 0,
};

/// Marks that make a word count as itself.
const TELLING: Marks = Marks(
    Marks::EVERYDAY.0
        | Marks::TITLE.0
        | Marks::STREET_WORD.0
        | Marks::UNIT.0
        | Marks::ORG_ENDING.0
        | Marks::CALENDAR.0
        | Marks::JOB.0
        | Marks::STATE_CODE.0,
);
/// Marks of languages say little of what a word is.
const LANGUAGES: Marks =
    Marks(Marks::ENGLISH.0 | Marks::GERMAN.0 | Marks::ROMANCE.0 | Marks::OTHER_LANGUAGE.0);
const GOODS: Marks = Marks(Marks::GOODS.0 | Marks::BRAND.0);

const fn form_number(form: Form) -> u64 {
    match form {
        Form::Lower => 0,
        Form::Initial => 1,
        Form::Capitalised => 2,
        Form::Capitals => 3,
        Form::Mixed => 4,
        Form::Number => 5,
        Form::Code => 6,
        Form::Mark => 7,
        Form::Break => 8,
    }
}

impl Context {
    pub(crate) fn of(tokens: &[Token]) -> Self {
        let capitals = tokens.iter().any(Token::has_capital);
        let smalls = tokens
            .iter()
            .any(|token| matches!(token.form, Form::Lower | Form::Capitalised | Form::Mixed));
        let mut context = Self {
            views: tokens.iter().map(seen).collect(),
            casing: u64::from(capitals) + 2 * u64::from(smalls),
        };
        context.note_runs(tokens);
        context.note_surroundings(tokens);
        context
    }

    /// Runs of capitalised words, with what may stand inside a name between them.
    fn note_runs(&mut self, tokens: &[Token]) {
        let mut position = 0;
        while position < tokens.len() {
            let end = run_end(tokens, position);
            let before = position
                .checked_sub(1)
                .map_or(1, |index| self.seen(index).word);
            let after = self.views.get(end).map_or(1, |seen| seen.word);
            let length = end - position;
            for (step, seen) in self
                .views
                .iter_mut()
                .skip(position)
                .take(length)
                .enumerate()
            {
                seen.before = before;
                seen.after = after;
                seen.run = small(length);
                seen.place = small(step);
            }
            position = end;
        }
    }

    fn note_surroundings(&mut self, tokens: &[Token]) {
        const REACH: usize = 4;
        let is_goods = |token: &Token| {
            u64::from(
                token.marks.any(GOODS)
                    && (token.form == Form::Lower || !token.marks.any(Marks::NAME)),
            )
        };
        let mut inside: u64 = tokens.iter().take(REACH).map(is_goods).sum();
        let mut line_start = 1;
        for (position, token) in tokens.iter().enumerate() {
            inside += tokens.get(position + REACH).map_or(0, is_goods);
            if let Some(seen) = self.views.get_mut(position) {
                seen.goods = inside.saturating_sub(is_goods(token)).min(2);
                seen.line_start = line_start;
            }
            line_start = match (token.form, line_start) {
                (Form::Break, _) => 1,
                (Form::Mark, 1) => 1,
                (Form::Mark, _) if matches!(token.hash, 0x2E | 0x21 | 0x3F) => 2,
                (Form::Mark, _) if token.hash == 0x3A => 3,
                _ => 0,
            };
            if let Some(first) = position.checked_sub(REACH) {
                inside = inside.saturating_sub(tokens.get(first).map_or(0, is_goods));
            }
        }
    }

    fn seen(&self, position: usize) -> Seen {
        self.views.get(position).copied().unwrap_or(NOWHERE)
    }

    fn at(&self, position: usize, offset: isize) -> Seen {
        position
            .checked_add_signed(offset)
            .map_or(NOWHERE, |position| self.seen(position))
    }

    /// The features of a token, as hashes.
    pub(crate) fn features(&self, tokens: &[Token], position: usize, into: &mut Vec<u64>) {
        into.clear();
        let Some(token) = tokens.get(position) else {
            return;
        };
        let [w2, w1, here, n1, n2] = [-2, -1, 0, 1, 2].map(|offset| self.at(position, offset));
        let mut add = |template: u64, values: &[u64]| {
            let hash = values.iter().fold(
                template.wrapping_mul(0xD6E8_FEB8_6659_FD93),
                |hash, value| mixed(hash, *value),
            );
            into.push(hash);
        };
        let glue = u64::from(token.glued);
        let next_glue = tokens
            .get(position + 1)
            .map_or(2, |next| u64::from(next.glued));
        add(0, &[]);
        add(1, &[here.word]);
        add(2, &[w1.word]);
        add(3, &[n1.word]);
        add(4, &[w2.word]);
        add(5, &[n2.word]);
        add(6, &[w1.word, here.word]);
        add(7, &[here.word, n1.word]);
        add(8, &[w2.word, w1.word]);
        add(9, &[n1.word, n2.word]);
        add(10, &[w1.word, here.class]);
        add(11, &[here.class, n1.word]);
        add(12, &[w1.word, here.class, n1.word]);
        add(13, &[w2.word, w1.word, here.class]);
        add(14, &[here.class, n1.word, n2.word]);
        add(15, &[here.class]);
        add(16, &[w1.class]);
        add(17, &[n1.class]);
        add(18, &[w1.class, here.class]);
        add(19, &[here.class, n1.class]);
        add(20, &[w1.class, here.class, n1.class]);
        add(21, &[w2.form, w1.form, here.form, n1.form, n2.form]);
        add(22, &[w1.form, here.form, n1.form, glue, next_glue]);
        add(23, &[here.form, self.casing, here.line_start]);
        add(24, &[here.class, self.casing, here.line_start]);
        add(25, &[here.before, here.form]);
        add(26, &[here.before, here.class, here.place]);
        add(27, &[here.after, here.class, here.run]);
        add(28, &[here.before, here.after]);
        add(29, &[here.run, here.place, here.form]);
        add(30, &[here.goods, here.class]);
        add(31, &[here.goods, here.form, here.run]);
        add(32, &[w2.class, w1.class, here.class]);
        add(33, &[here.class, n1.class, n2.class]);
        add(34, &[here.word, here.form, here.line_start]);
        for (template, offset) in [(35, -3), (36, 3)] {
            add(template, &[self.at(position, offset).word]);
        }
        add(37, &[w1.form, here.form, here.line_start, n1.word]);
        add(38, &[here.before, here.run, here.place]);
        if token.is_word() {
            let [h1, h2, h3, h4] = token.head.map(u64::from);
            let [t1, t2, t3, t4] = token.tail.map(u64::from);
            add(40, &[h1, h2, here.form]);
            add(41, &[h1, h2, h3, here.form]);
            add(42, &[h1, h2, h3, h4, here.form]);
            add(43, &[t3, t4, here.form]);
            add(44, &[t2, t3, t4, here.form]);
            add(45, &[t1, t2, t3, t4, here.form]);
            add(46, &[u64::from(token.foreign), here.form, here.class]);
            add(47, &[small(token.length()), here.form]);
            add(48, &[t2, t3, t4, w1.word]);
        } else {
            add(49, &[token.hash, w1.class, n1.class]);
            add(50, &[token.hash, w1.form, n1.form, w2.form, n2.form]);
        }
        for (template, seen) in [(51, w1), (52, here), (53, n1)] {
            let mut rest = seen.marks;
            while rest != 0 {
                let lowest = rest & rest.wrapping_neg();
                add(template, &[lowest, here.form]);
                rest ^= lowest;
            }
        }
        for (template, offset) in [(60, -1), (61, 1)] {
            if let Some(near) = position
                .checked_add_signed(offset)
                .and_then(|near| tokens.get(near))
                .filter(|near| near.is_word())
            {
                let [_, t2, t3, t4] = near.tail.map(u64::from);
                add(template, &[t2, t3, t4, here.form]);
            }
        }
    }
}

fn small(length: usize) -> u64 {
    u64::try_from(length.min(6)).unwrap_or_default()
}

fn seen(token: &Token) -> Seen {
    let form = form_number(token.form);
    let marks = token.marks.classes().without(LANGUAGES);
    let both = (u64::from(marks.0) << 4) | form;
    let class = mixed(both, u64::from(token.phrase.without(LANGUAGES).0));
    let is_itself = !token.is_word() || token.marks.any(TELLING);
    let word = if is_itself {
        mixed(token.hash, if token.is_word() { 16 } else { form })
    } else {
        mixed(class, 17)
    };
    Seen {
        word,
        class,
        marks: u64::from(marks.0) | (u64::from(token.phrase.without(LANGUAGES).0) << 32),
        form,
        ..NOWHERE
    }
}

/// The end of the run of capitalised words that begins here; one further where none does.
fn run_end(tokens: &[Token], start: usize) -> usize {
    if !tokens.get(start).is_some_and(Token::has_capital) {
        return start + 1;
    }
    let mut end = start + 1;
    loop {
        let mut next = end;
        // "Anna-Maria", "J. R. Ewing", "O'Neil", "von der Heide".
        while next < end + 2
            && tokens.get(next).is_some_and(|token| {
                (token.form == Form::Mark
                    && matches!(token.hash, 0x2D | 0x27 | 0x2E | 0x26)
                    && token.glued)
                    || (token.form == Form::Lower
                        && token.length() <= 3
                        && PARTICLES.contains(&token.head))
            })
        {
            next += 1;
        }
        if !tokens.get(next).is_some_and(Token::has_capital) || next > start + 12 {
            return end;
        }
        end = next + 1;
    }
}

const PARTICLES: [[u8; 4]; 16] = [
    *b"de\0\0",
    *b"da\0\0",
    *b"di\0\0",
    *b"du\0\0",
    *b"del\0",
    *b"dos\0",
    *b"der\0",
    *b"den\0",
    *b"la\0\0",
    *b"le\0\0",
    *b"van\0",
    *b"von\0",
    *b"zu\0\0",
    *b"al\0\0",
    *b"el\0\0",
    *b"y\0\0\0",
];
