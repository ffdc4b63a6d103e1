//! From products to the index over them.

use super::{
    Entry, IndexedProduct, IndexedVariant, PackedVariant, ProductIndex,
    dictionary::{Codes, Dictionary, Postings, letters},
    strings::{Names, Strings, index as at},
    words::{each_chunk, folded, stem},
};

/// Where a word stands in a product. A word weighs what its places weigh together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Title,
    /// What the title names in the end: a candle holder is a holder.
    Head,
    Category,
    OptionName,
    OptionValue,
    VariantTitle,
    Description,
}

impl Place {
    const fn weight(self) -> u8 {
        match self {
            Self::Title => 90,
            Self::Head => 35,
            Self::Category => 30,
            Self::OptionName => 8,
            Self::OptionValue => 45,
            Self::VariantTitle => 30,
            Self::Description => 18,
        }
    }
}

/// A short title is more about each of its words than a long one: shared among them.
const SHORT_TITLE: usize = 60;

pub(super) fn index(products: impl IntoIterator<Item = IndexedProduct>) -> ProductIndex {
    let mut builder = Builder::default();
    for (product, number) in products.into_iter().zip(0_u32..) {
        builder.product(number, &product);
    }
    builder.finish()
}

pub(super) fn option_name(name: &str, value: &str) -> String {
    format!("{}={}", folded(name), folded(value))
}

#[derive(Default)]
struct Builder {
    ids: Strings,
    entries: Vec<Entry>,
    variants: Vec<PackedVariant>,
    variant_options: Vec<u32>,
    categories: Names,
    options: Names,
    /// Every spelling with its term.
    spellings: std::collections::HashMap<Box<str>, u32>,
    terms: Names,
    occurrences: Vec<Occurrence>,
    codes: Vec<(String, u32)>,
    /// The words of the product at hand.
    words: Vec<(u32, Place)>,
}

#[derive(Clone, Copy)]
struct Occurrence {
    term: u32,
    product: u32,
    weight: u8,
}

impl Builder {
    fn product(&mut self, number: u32, product: &IndexedProduct) {
        self.ids.push(&product.id);
        let category = product.category.as_deref().map(folded);
        self.entries.push(Entry {
            category: category.map(|category| self.categories.number_or_new(&category)),
            first_variant: u32::try_from(self.variants.len()).unwrap_or(u32::MAX),
            available: product.variants.iter().any(|variant| variant.available),
        });

        self.words.clear();
        let title_words = self.read(&product.title, Place::Title);
        self.read(head(&product.title), Place::Head);
        self.read(
            product.category.as_deref().unwrap_or_default(),
            Place::Category,
        );
        for name in &product.options {
            self.read(name, Place::OptionName);
        }
        for variant in &product.variants {
            self.variant(number, variant);
        }
        self.read(
            product.description.as_deref().unwrap_or_default(),
            Place::Description,
        );
        self.weigh(number, title_words);
    }

    fn variant(&mut self, number: u32, variant: &IndexedVariant) {
        self.variants.push(PackedVariant {
            price: variant.price,
            first_option: u32::try_from(self.variant_options.len()).unwrap_or(u32::MAX),
        });
        for (name, value) in &variant.options.0 {
            let option = self.options.number_or_new(&option_name(name, value));
            self.variant_options.push(option);
            self.read(value, Place::OptionValue);
        }
        self.read(
            variant.title.as_deref().unwrap_or_default(),
            Place::VariantTitle,
        );
        let mut code = String::new();
        each_chunk(variant.sku.as_deref().unwrap_or_default(), |words| {
            words.iter().for_each(|word| code.push_str(word));
        });
        if !code.is_empty() {
            self.codes.push((code, number));
        }
    }

    /// Notes the words of a text; of `hand-woven` also `handwoven`. Says how many there are.
    fn read(&mut self, text: &str, place: Place) -> usize {
        let before = self.words.len();
        each_chunk(text, |words| {
            for word in words {
                let term = self.term(word);
                self.words.push((term, place));
            }
            if words.len() > 1 {
                let term = self.term(&words.concat());
                self.words.push((term, place));
            }
        });
        self.words.len().saturating_sub(before)
    }

    fn term(&mut self, word: &str) -> u32 {
        if let Some(term) = self.spellings.get(word) {
            return *term;
        }
        let term = self.terms.number_or_new(&stem(word));
        self.spellings.insert(word.into(), term);
        term
    }

    fn weigh(&mut self, product: u32, title_words: usize) {
        self.words.sort_unstable();
        self.words.dedup();
        let share = SHORT_TITLE.checked_div(title_words).unwrap_or(0);
        let share = u8::try_from(share).unwrap_or(0);
        for same in self.words.chunk_by(|one, other| one.0 == other.0) {
            let Some((term, _)) = same.first() else {
                continue;
            };
            let weights = same.iter().map(|(_, place)| match place {
                Place::Title => place.weight().saturating_add(share),
                _ => place.weight(),
            });
            self.occurrences.push(Occurrence {
                term: *term,
                product,
                weight: weights.fold(0, u8::saturating_add),
            });
        }
    }

    fn finish(mut self) -> ProductIndex {
        let postings = postings(self.terms.count(), &self.occurrences);
        self.occurrences = Vec::new();
        // A query's stem is found as well, where no word is spelled like it.
        for (stem, term) in self.terms.into_pairs() {
            self.spellings.entry(stem).or_insert(term);
        }
        let mut spellings: Vec<_> = self.spellings.into_iter().collect();
        spellings.sort_unstable();
        let mut dictionary = Dictionary {
            postings,
            ..Dictionary::default()
        };
        for (spelling, term) in spellings {
            dictionary.spellings.push(&spelling);
            dictionary.terms.push(term);
            dictionary.letters.push(letters(&spelling));
        }

        self.codes.sort_unstable();
        self.codes.dedup();
        let mut codes = Codes::default();
        for (code, product) in self.codes {
            codes.texts.push(&code);
            codes.products.push(product);
        }
        ProductIndex {
            ids: self.ids,
            entries: self.entries,
            variants: self.variants,
            variant_options: self.variant_options,
            categories: self.categories,
            options: self.options,
            dictionary,
            codes,
        }
    }
}

/// Puts occurrences in the order of their terms; those of a term stay in the order of products.
fn postings(terms: usize, occurrences: &[Occurrence]) -> Postings {
    let mut starts = vec![0_u32; terms.saturating_add(1)];
    for occurrence in occurrences {
        if let Some(next) = starts.get_mut(at(occurrence.term).saturating_add(1)) {
            *next = next.saturating_add(1);
        }
    }
    let mut sum = 0_u32;
    for start in &mut starts {
        sum = sum.saturating_add(*start);
        *start = sum;
    }
    let mut products = vec![0; occurrences.len()];
    let mut weights = vec![0; occurrences.len()];
    let mut free = starts.clone();
    for occurrence in occurrences {
        let Some(place) = free.get_mut(at(occurrence.term)) else {
            continue;
        };
        if let (Some(product), Some(weight)) =
            (products.get_mut(at(*place)), weights.get_mut(at(*place)))
        {
            *product = occurrence.product;
            *weight = occurrence.weight;
        }
        *place = place.saturating_add(1);
    }
    Postings {
        starts,
        products,
        weights,
    }
}

/// The word that says what a thing is: the last one before a comma, a bracket or a preposition.
fn head(title: &str) -> &str {
    let beyond = |word: &&str| {
        [
            "with", "of", "in", "for", "from", "mit", "aus", "für", "von",
        ]
        .contains(word)
            || word.starts_with('(')
    };
    let mut last = "";
    for word in title.split_whitespace().take_while(|word| !beyond(word)) {
        last = word;
        if word.ends_with([',', ':', ';']) {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_title_says_what_the_thing_is() {
        for (title, expected) in [
            ("Linen tea towels, set of two", "towels,"),
            ("Chopping board of end-grain ash", "board"),
            ("Candle arch (Schwibbogen)", "arch"),
            ("Stehlampe aus Eiche", "Stehlampe"),
            ("Oak bench", "bench"),
            ("", ""),
            ("of", ""),
        ] {
            assert_eq!(head(title), expected);
        }
    }
}
