//! The words that say what a number beside them is, in the languages the guard knows. One
//! automaton finds them all in one pass.

use std::{collections::BTreeMap, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::fold::LETTER;

/// A set of things that words are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Topics(u32);

impl Topics {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ORDER: Self = Self(1);
    pub(crate) const TRACKING: Self = Self(1 << 1);
    pub(crate) const ARTICLE: Self = Self(1 << 2);
    pub(crate) const PHONE: Self = Self(1 << 3);
    /// Words that stand behind a phone number, or speak of messages.
    pub(crate) const PHONE_PERHAPS: Self = Self(1 << 4);
    pub(crate) const IBAN: Self = Self(1 << 5);
    pub(crate) const ACCOUNT: Self = Self(1 << 6);
    pub(crate) const ROUTING: Self = Self(1 << 7);
    pub(crate) const SORT_CODE: Self = Self(1 << 8);
    pub(crate) const BIC: Self = Self(1 << 9);
    pub(crate) const SSN: Self = Self(1 << 10);
    pub(crate) const LICENSE: Self = Self(1 << 11);
    pub(crate) const PASSPORT: Self = Self(1 << 12);
    pub(crate) const NATIONAL: Self = Self(1 << 13);
    /// As [`Self::NATIONAL`], but also an ordinary word.
    pub(crate) const NATIONAL_PERHAPS: Self = Self(1 << 14);
    pub(crate) const BIRTH: Self = Self(1 << 15);
    pub(crate) const AGED: Self = Self(1 << 16);
    /// Words behind an age: "years old".
    pub(crate) const OLD: Self = Self(1 << 17);
    pub(crate) const MONTH: Self = Self(1 << 18);
    pub(crate) const VERSION: Self = Self(1 << 19);
    pub(crate) const POSTCODE: Self = Self(1 << 20);
    /// "dot", "(punkt)": part of a spelled-out address.
    pub(crate) const SPELLED_DOT: Self = Self(1 << 21);
    /// "four", "vier", "double": digits in words.
    pub(crate) const NUMERAL: Self = Self(1 << 22);
    pub(crate) const SITE: Self = Self(1 << 23);
    pub(crate) const HXXP: Self = Self(1 << 24);
    /// A size, a weight, a price: what follows is nobody's number.
    pub(crate) const MEASURE: Self = Self(1 << 25);

    /// A day that is celebrated, which is not always a day of birth.
    pub(crate) const BIRTHDAY: Self = Self(1 << 26);
    /// "Jahre", "ans": of an age or of a guarantee.
    pub(crate) const OLD_PERHAPS: Self = Self(1 << 27);

    /// "(at)", "arroba".
    pub(crate) const SPELLED_AT: Self = Self(1 << 28);

    pub(crate) const SHOP: Self = Self(Self::ORDER.0 | Self::TRACKING.0 | Self::ARTICLE.0);

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A word of the vocabulary in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) topics: Topics,
}

/// What must stand around a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Nothing: it has no letters at its edges.
    Bare,
    Whole,
    Capitals,
    Beginning,
    Anywhere,
}

struct Vocabulary {
    automaton: AhoCorasick,
    meanings: Vec<Vec<(Form, Topics)>>,
}

static VOCABULARY: LazyLock<Option<Vocabulary>> = LazyLock::new(Vocabulary::build);

impl Vocabulary {
    fn build() -> Option<Self> {
        let mut words: BTreeMap<&'static str, Vec<(Form, Topics)>> = BTreeMap::new();
        for (topics, list) in WORDS {
            for written in list
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
            {
                let (form, word) = form(written);
                words.entry(word).or_default().push((form, *topics));
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.keys())
            .ok()?;
        Some(Self {
            automaton,
            meanings: words.into_values().collect(),
        })
    }
}

/// How a line of [`WORDS`] writes a form: `word`, `^WORD`, `beginning*`, `*anywhere*`.
fn form(written: &'static str) -> (Form, &'static str) {
    if let Some(word) = written.strip_prefix('^') {
        return (Form::Capitals, word);
    }
    match (written.strip_prefix('*'), written.strip_suffix('*')) {
        (Some(_), Some(_)) => (Form::Anywhere, written.trim_matches('*')),
        (None, Some(word)) => (Form::Beginning, word),
        _ if written.starts_with(|first: char| !first.is_ascii_alphanumeric()) => {
            (Form::Bare, written)
        }
        _ => (Form::Whole, written),
    }
}

/// Every word of the vocabulary, in order, not overlapping. Linear.
pub(crate) fn mentions(folded: &[u8]) -> Vec<Mention> {
    let mut found = Vec::new();
    let Some(vocabulary) = VOCABULARY.as_ref() else {
        return found;
    };
    for hit in vocabulary.automaton.find_iter(folded) {
        let meanings = vocabulary.meanings.get(hit.pattern().as_usize());
        let word = folded.get(hit.range()).unwrap_or_default();
        let opens = !is_letter(before(folded, hit.start()));
        let closes = !is_letter(folded.get(hit.end()).copied().unwrap_or_default());
        let mut topics = Topics::NONE;
        for (form, meaning) in meanings.into_iter().flatten() {
            let fits = match form {
                Form::Bare | Form::Anywhere => true,
                Form::Whole => opens && closes,
                Form::Capitals => {
                    opens && closes && word.iter().all(|byte| !byte.is_ascii_lowercase())
                }
                Form::Beginning => opens,
            };
            if fits {
                topics = topics.with(*meaning);
            }
        }
        if topics == Topics::NONE {
            continue;
        }
        let rest = folded.get(hit.end()..).unwrap_or_default();
        let rest = rest
            .iter()
            .take(LONGEST_ENDING)
            .take_while(|byte| is_letter(**byte));
        found.push(Mention {
            start: hit.start(),
            end: hit.end() + if closes { 0 } else { rest.count() },
            topics,
        });
    }
    found
}

/// Letters behind the beginning of a word: "telefon" and "nummer".
const LONGEST_ENDING: usize = 24;

pub(crate) const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == LETTER
}

fn before(folded: &[u8], position: usize) -> u8 {
    position
        .checked_sub(1)
        .and_then(|before| folded.get(before))
        .copied()
        .unwrap_or_default()
}

/// `word` stands by itself, `^WORD` by itself in capital letters, `beginning*` begins a word,
/// `*anywhere*` may stand within one.
const WORDS: &[(Topics, &str)] = &[
    (
        Topics::ORDER,
        "order*, order id*, pedido n, pedido n.o, invoice*, receipt*, ticket*, case no*, booking*, confirmation*, rma, customer*, client no*, client id*, voucher*, \
         coupon*, gutschein*, reference*, referenc*, ref, rif, riferimento*, ^PO, orden*, purchase*, return*, claim*, bestel*, auftrag*, rechnung*, kunden*, \
         retoure*, rucksende*, vorgang*, beleg*, buchung*, referenz*, commande*, facture*, retour*, client numero*, \
         pedido*, factura*, encargo*, devolucion*, ordine*, ordini, fattura*, reso, encomenda*, fatura*, devolucao*, \
         bestelling*, factuur*, zamowien*, faktur*, zwrot*, reklamac*",
    ),
    (
        Topics::TRACKING,
        "track*, trace*, parcel*, package*, packet*, shipment*, shipping no*, consignment*, waybill*, awb, delivery no*, sendung*, paket*, \
         liefer*, frachtbrief*, colis, suivi*, expedition*, livraison*, seguimiento*, envio*, paquete*, guia, rastreo*, \
         spedizione*, tracciament*, pacco, rastreio*, rastreamento*, volgnummer*, zending*, pakket*, przesylk*, paczk*, \
         fedex, ups, usps, dhl, dpd, gls, hermes, evri, royal mail, colissimo, chronopost, correos, poste italiane, postnl, inpost, seur, mrw",
    ),
    (
        Topics::ARTICLE,
        "sku*, ean*, gtin*, upc*, isbn*, mpn, article*, item*, product*, model*, serial*, part no*, part number*, art. , the label says, auf dem etikett, code produit, codigo de produto*, style no*, \
         style number*, batch*, lot no*, lot number*, s/n, artikel*, modell*, serien*, seriennummer*, charge*, art.-nr, artnr, art nr, numero de serie, \
         modele*, articulo*, modelo*, articolo*, prodotto*, prodott*, codice articolo*, artigo*, produto*, artikelnummer*, numer seryjny, produkt*, towar*, artykul*, katalogow*",
    ),
    (
        Topics::PHONE,
        "phone*, call, calls, called, calling, callback, call-back, mobil*, cellphone*, cell, whatsapp*, signal, telegram, telephon*, telefon*, tel, \
         telf, tlf, sms, text, texted, texting, ring, fax*, bel, dial*, reach*, answering, handy*, ruf, rufe, rufen, rufnummer*, anruf*, \
         anzurufen, angerufen, erreich*, durchwahl*, festnetz*, portable, appel, appele*, appelle*, fixe, joindre, joignable, movil*, llam*, chiam*, cellulare*, \
         telemovel*, celular*, ligar, ligue, komork*, zadzwon*, dzwon*, gsm, hotline*, landline*, desk phone, mob, ph, contact no, contact number*, \
         telefoon*, beller, numero de telephone, my number is",
    ),
    (
        Topics::PHONE_PERHAPS,
        "messag*, office, desk, home, work, direct, buro, privat, dienstlich, bureau, oficina, casa, ufficio, kontakt*, contact*, registered",
    ),
    (Topics::IBAN, "iban*, ibans"),
    (
        Topics::ACCOUNT,
        "account*, acct, acc no*, a/c, checking, savings, kontonummer*, konto-nr, kto, kontonr, konto*, compte*, cuenta*, conto*, conta, rekening*, rachun*, \
         nr konta, konta, bankverbindung*, rib",
    ),
    (
        Topics::ROUTING,
        "routing*, aba, rtn, bankleitzahl*, blz, transit number*, institution number*, ifsc, bsb",
    ),
    (Topics::SORT_CODE, "sort code*, sortcode*, sort-code*"),
    (Topics::BIC, "bic, swift*, swift/bic, bic/swift"),
    (
        Topics::SSN,
        "ssn, ssns, social security*, social sec*, social is, soc sec*, itin, seguro social*",
    ),
    (
        Topics::LICENSE,
        "driver's licen*, drivers licen*, driver licen*, driver's lic, driving licen*, license number*, licence number*, \
         license no*, licence no*, license #*, dl, dln, ^DL, dmv, fuhrerschein*, permis de conduire*, permiso de conducir*, carnet de conducir*, patente*, \
         carta de conducao*, rijbewijs*, prawo jazdy*, prawa jazdy*, cnh",
    ),
    (
        Topics::PASSPORT,
        "passport*, reisepass*, passnummer*, pass-nr, passeport*, pasaporte*, passaport*, paspoort*, paszport*",
    ),
    (
        Topics::NATIONAL,
        "national id*, id card*, identity card*, identity number*, identity no*, identification number*, id number*, id no, id-no, national insurance*, nino, \
         tax id*, tax number*, tax no*, taxpayer*, tax identification*, nhs*, social insurance*, \
         ausweis*, personalausweis*, perso, ausweisnummer*, steuer-id*, steuerid*, steueridentifikation*, steuer-identifikation*, steuerliche identifikation*, idnr, steuernummer*, \
         identifikationsnummer*, sozialversicherung*, svnr, sv-nr, sv-nummer*, rentenversicherung*, versicherungsnummer*, versichertennummer*, krankenversicherung*, \
         securite sociale*, secu, numero fiscal*, carte d'identite*, carte vitale*, carte nationale*, numero de secu*, ^NIR, \
         codice fiscale*, cod fisc*, c.f., carta d'identita*, tessera sanitaria*, \
         ^DNI, ^NIE, nif, documento nacional*, documento de identidad*, numero de identif*, cedula*, numero de contribuinte*, contribuinte*, cartao de cidadao*, \
         bsn, burgerservicenummer*, burger service*, sofinummer*, identiteitskaart*, rijksregister*, insz, niss, registre national*, numero national*, \
         pesel*, dowod*, dowodu, numer identyfikac*, nip-u, personnummer*, samordningsnummer*, cnp*, cod numeric personal*, buletin*, \
         pps, ppsn*, pps no*, cpf, cnpj, cadastro de pessoa*, aadhaar*, aadhar*, adhaar*, uidai, pan card*, pan number*, pan no*, permanent account*, \
         ^SIN, ^NIP, ^PAN, ^PPS, ^CNP, ^TIN, ^UTR, cedula, ^RG, vat id*, ust-id*, ustid*, partita iva, numero de registro*, ^NAS, numero d'assurance*, ahv*, avs, curp, nino number*",
    ),
    (
        Topics::NATIONAL_PERHAPS,
        "sin, nip, pan, tin, dni, nie, nir, identity, identification, id, tax, medicare, insurance*, versicher*, assurance*, identi*",
    ),
    (
        Topics::BIRTH,
        "born, birth, birthdate*, birth date*, dob, d.o.b, d.o.b., date of birth, geboren*, geb, geb.-datum, geburtsdat*, geburtsort, nee le, ne le, nee en, naissance*, naiss,\
         nacid*, naci, nacio, nacimiento*, nato il, nata il, nato, nata, nascita*, nascid*, nasci, nascimento*, geboortedatum*, geboorte*, \
         urodzon*, urodzenia, data ur, ur.",
    ),
    (
        Topics::BIRTHDAY,
        "birthday*, bday, b-day, geburtstag*, anniversaire*, cumpleanos*, compleanno*, aniversario*, verjaardag*, jarig, urodziny, urodzin",
    ),
    (
        Topics::AGED,
        "age, aged, age of, ages, turn, turns, turned, turning, just turned, im alter von, alter, age de, edad, edad de, eta, eta di, idade, leeftijd, wiek, wieku, i'm, im, i am, \
         ich bin, he is, she is, he's, she's, j'ai, tengo, tiene, a l'age de, ho, ha, tenho, tem, ik ben, mam, ma",
    ),
    (
        Topics::OLD,
        "years old, year old, year-old*, years-old, yrs old, yr old, yr-old*, y/o, yo, y.o., years of age, months old, month old, month-old*, weeks old, week-old*, \
         jahre alt, jahr alt, jahrig*, monate alt, jaar oud, jarige*, letni*, ans d'age",
    ),
    (
        Topics::OLD_PERHAPS,
        "jahre, jahren, ans, anos, anni, jaar, lat, latek, mois, monate, months, years, yrs",
    ),
    (
        Topics::MONTH,
        "january, jan, february, feb, march, mar, april, apr, may, june, jun, july, jul, august, aug, september, sep, sept, october, oct, november, nov, december, dec, \
         januar, janner, februar, marz, mai, juni, juli, oktober, okt, dezember, dez, janvier, fevrier, mars, avril, juin, juillet, aout, septembre, octobre, novembre, decembre, \
         enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, gennaio, febbraio, aprile, maggio, giugno, luglio, settembre, ottobre, dicembre, \
         janeiro, fevereiro, marco, maio, junho, julho, setembro, outubro, novembro, dezembro, januari, februari, maart, mei, augustus, stycznia, lutego, marca, kwietnia, maja, czerwca, lipca, \
         sierpnia, wrzesnia, pazdziernika, listopada, grudnia",
    ),
    (
        Topics::VERSION,
        "version*, ver, firmware*, release*, build*, update*, upgrade*, v, versao, versione*, wersj*, software*, app, android, ios, windows, driver, chapter, section, kapitel, abschnitt",
    ),
    (
        Topics::POSTCODE,
        "zip*, postcode*, post code*, postal code*, postleitzahl*, plz, code postal*, codigo postal*, cap, cep, postnummer*, kod pocztowy*",
    ),
    (
        Topics::SPELLED_DOT,
        "dot, (dot), [dot], {dot}, [.], (.), {.}, punkt, (punkt), [punkt], punto, (punto), [punto], (point), [point], ponto, (ponto), kropka, (kropka), punt, (punt), [punt], \
         <dot>, _dot_, (pkt), [pkt], (period)",
    ),
    (
        Topics::SPELLED_AT,
        "(at), [at], {at}, <at>, _at_, (a), [a], (@), [@], arroba, (arroba), [arroba], arobase, (arobase), [arobase], chiocciola, (chiocciola), klammeraffe, (klammeraffe), \
         affenschwanz, malpa, (malpa), apenstaartje, (apenstaartje), apestaartje",
    ),
    (
        Topics::NUMERAL,
        "zero, one, two, three, four, five, six, seven, eight, nine, oh, double, triple, treble, quadruple, null, eins, zwei, zwo, drei, vier, funf, fuenf, sechs, sieben, acht, neun, \
         doppel, doppelt, cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, doble, deux, trois, quatre, cinq, sept, huit, neuf, due, tre, quattro, cinque, sei, sette, otto, nove, \
         dois, quatro, sete, oito, nul, een, twee, drie, vijf, zes, zeven, negen, jeden, dwa, trzy, cztery, piec, szesc, siedem, osiem, dziewiec, twenty, thirty, forty, fifty, sixty, seventy, \
         eighty, ninety, ten, eleven, twelve, *undzwanzig*, *unddreissig*, *unddreisig*, *undvierzig*, *undfunfzig*, *undsechzig*, *undsiebzig*, *undachtzig*, *undneunzig*, \
         veinte, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta, noventa, diez, once, doce",
    ),
    (
        Topics::SITE,
        "website*, web site*, site, homepage*, visit, webseite*, seite, web, domain*, url*, link*, besuch*, sito, sitio, strona*, browse, go to, www, shop",
    ),
    (
        Topics::HXXP,
        "hxxp, hxxps, hxxp://, hxxps://, hxxp[://, hxxps[://, hxxp[:]//, hxxps[:]//",
    ),
    (
        Topics::MEASURE,
        "size*, eu, uk size, us size, grosse*, taille*, talla*, taglia*, tamanho*, maat, rozmiar*, width*, height*, length*, weight*, qty, quantity, menge, price*, preis*, prix, precio*, prezzo*, cost, costs, kostet",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Topics {
        mentions(text.as_bytes())
            .into_iter()
            .fold(Topics::NONE, |all, mention| all.with(mention.topics))
    }

    #[test]
    fn words_are_found_as_their_form_says() {
        assert!(topics("Orders").meets(Topics::ORDER));
        assert!(!topics("border").meets(Topics::ORDER));
        assert!(topics("Driver's license number").meets(Topics::LICENSE));
        assert!(!topics("hotel").meets(Topics::PHONE));
        assert!(topics("my SIN is").meets(Topics::NATIONAL));
        assert!(!topics("my sin is").meets(Topics::NATIONAL));
        let telephone = mentions(b"Telefonnummer: 1");
        assert_eq!(
            telephone
                .first()
                .map(|mention| (mention.start, mention.end)),
            Some((0, 13))
        );
    }
}
