//! Whether a shopper tells something of the special categories of Art. 9 GDPR about a person.
//!
//! A flag, not a finding: nothing is masked by it. It is for people and rules that decide how long
//! a conversation is kept and who sees it. A word alone tells little in a shop ("cross necklace",
//! "Christmas", "halal sweets"), so a rule has two parts: a word of a category, and in the same
//! sentence somebody it is said of ("I am", "my son has", "ich bin"). Few words tell by themselves
//! ("HIV-positive"). Allergies and sizes are what shops are asked about every day: not flagged.

use std::sync::LazyLock;

use regex::bytes::{RegexSet, RegexSetBuilder};

use crate::view::View;

/// A special category of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Health,
    Religion,
    EthnicOrigin,
    Politics,
    TradeUnion,
    SexLife,
    Genetic,
    Biometric,
}

impl Category {
    pub const ALL: &'static [Self] = &[
        Self::Health,
        Self::Religion,
        Self::EthnicOrigin,
        Self::Politics,
        Self::TradeUnion,
        Self::SexLife,
        Self::Genetic,
        Self::Biometric,
    ];

    /// The stable name, as in `ethnic_origin`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Religion => "religion",
            Self::EthnicOrigin => "ethnic_origin",
            Self::Politics => "politics",
            Self::TradeUnion => "trade_union",
            Self::SexLife => "sex_life",
            Self::Genetic => "genetic",
            Self::Biometric => "biometric",
        }
    }
}

/// The categories a text tells of, each once, in order. Linear: one automaton reads it once.
pub(crate) fn sensitive(view: &View) -> Vec<Category> {
    let Some(rules) = RULES.as_ref() else {
        return Vec::new();
    };
    let matches = rules.set.matches(&view.folded);
    let mut found: Vec<Category> = matches
        .iter()
        .filter_map(|index| rules.categories.get(index).copied())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

struct Rules {
    set: RegexSet,
    categories: Vec<Category>,
}

static RULES: LazyLock<Option<Rules>> = LazyLock::new(|| {
    let (categories, patterns): (Vec<Category>, Vec<String>) = patterns().into_iter().unzip();
    let set = RegexSetBuilder::new(patterns)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .build()
        .ok()?;
    Some(Rules { set, categories })
});

/// Bytes that the compiled rules may take.
const SIZE_LIMIT: usize = 16 << 20;

/// Somebody of whom what follows is said to be so.
const IS: &str = r"\b(?:i ?a?'?m|im|i was|i've been|i have been|(?:he|she|they|who|(?:my|our) KIN)(?:'s|'re| is| are| was| has been)|as an?|being|ich bin|ich war|(?:er|sie|meine? KIN) ist|als|je suis|j'etais|(?:il|elle|m[oa]n? KIN) est|soy|estoy|(?:es|mi KIN (?:es|esta))|sono|(?:mi[oa] KIN e)|sou|estou|ik ben|(?:mijn KIN is)|jestem)\s+(?:(?:an?|the|not|also|very|ein|eine|nicht|auch|un|une|una|uno|um|uma|een|so|still|now|currently|diagnosed|gerade|schwer|practising|practicing|devout|glaubige[rn]?|pratiquante?|enceinte de)\s+){0,3}";
/// Who "my …" may be: an order or a lamp has no illness.
const KIN: &str = "(?:wife|husband|partner|spouse|son|daughter|child|kid|baby|mother|mum|mom|father|dad|brother|sister|friend|boyfriend|girlfriend|grandm(?:other|a)|grandfather|grandpa|uncle|aunt|nephew|niece|neighbou?r|frau|mann|sohn|tochter|kind|mutter|mama|vater|papa|bruder|schwester|freund(?:in)?|oma|opa|femme|mari|fils|fille|mere|pere|frere|soeur|ami|amie|mujer|esposa|marido|esposo|hijo|hija|madre|padre|hermano|hermana|amig[oa]|moglie|marito|figlio|figlia|fratello|sorella|mulher|filho|filha|mae|pai|irmao|irma|vrouw|zoon|dochter|moeder|vader|broer|zus|vriendin|zona|maz|syn|corka|matka|ojciec)";
/// Somebody who has what follows.
const HAS: &str = r"\b(?:(?:i|we|they|you) (?:have|had|got|suffer from|am suffering from|live with|was diagnosed with|were diagnosed with|am being treated for|take [a-z]{2,16} for)|i'm being treated for|i've(?: got| had)?|(?:he|she|(?:my|our) KIN) (?:has|had|suffers from|lives with|was diagnosed with|got diagnosed with)|diagnosed with|because of my|due to my|my|ich (?:habe|hatte|leide an|leide unter)|(?:er|sie|meine? KIN) (?:hat|leidet an|leidet unter)|wegen meine[rs]?|meine?|mit meine[rm]?|j'ai|je souffre d[e']|(?:il|elle|m[oa]n? KIN) (?:a|souffre d[e'])|m[oa]n|a cause de m[oa]n|tengo|padezco|sufro de|(?:mi KIN|el|ella) (?:tiene|padece|sufre de)|por mi|mi|ho|soffro di|(?:mi[oa] KIN) (?:ha|soffre di)|il mio|la mia|tenho|sofro de|minha|meu|ik heb|mijn KIN heeft|mijn|mam|cierpie na|moja|moj)\s+(?:(?:an?|the|de|du|d|la|le|el|een|eine?|einen|type|typ|tipo|[12]|i|ii|severe|chronic|schwere[ns]?|chronische[ns]?|mild|bad|early|stage|been|diagnosed|with|also|from|newly|recent)\s+){0,3}";

fn patterns() -> Vec<(Category, String)> {
    let said = |lead: &str, words: &str| {
        let lead = lead.replace("KIN", KIN);
        format!(r"(?i-u){lead}(?:{words})\b")
    };
    let plain = |words: &str| format!(r"(?i-u)\b(?:{words})\b");
    vec![
        (Category::Health, said(HAS, ILLNESS)),
        (Category::Health, said(IS, ILL)),
        (Category::Health, plain(MEDICAL)),
        (Category::Religion, said(IS, BELIEVER)),
        (Category::Religion, plain(BELIEF)),
        (Category::EthnicOrigin, said(IS, ORIGIN)),
        (Category::EthnicOrigin, plain(ETHNICITY)),
        (Category::Politics, said(IS, PARTISAN)),
        (Category::Politics, plain(VOTE)),
        (Category::TradeUnion, plain(UNION)),
        (Category::SexLife, said(IS, ORIENTED)),
        (Category::SexLife, plain(ORIENTATION)),
        (Category::Genetic, plain(GENES)),
        (Category::Biometric, plain(BODY)),
    ]
}

const ILLNESS: &str = "cancer|tumou?r|diabetes|asthma|epilepsy|depression|depressions|anxiety disorder|bipolar disorder|schizophrenia|autism|adhd|dementia|alzheimer'?s?|parkinson'?s?|multiple sclerosis|hiv|aids|hepatitis|psoriasis|eczema|arthritis|rheumatism|fibromyalgia|crohn'?s?|coeliac disease|celiac disease|copd|heart (?:disease|failure|condition|attack)|stroke|seizures|leuk(?:a?emia)|chemo(?:therapy)?|dialysis|miscarriage|abortion|eating disorder|anorexia|bulimia|addiction|ptsd|krebs|brustkrebs|diabetes|asthma|epilepsie|depressionen|angststorung|demenz|rheuma|neurodermitis|schuppenflechte|herzinfarkt|schlaganfall|fehlgeburt|chemo|essstorung|sucht|multiple sklerose|cancer du sein|diabete|asthme|epilepsie|depression|sclerose en plaques|maladie d'alzheimer|fausse couche|cancer de mama|cancer|diabetes|epilepsia|depresion|demencia|esclerosis multiple|aborto|cancro|tumore|diabete|asma|epilessia|depressione|sclerosi multipla|depressao|kanker|diabetes|epilepsie|depressie|dementie|raka|cukrzyce|padaczke|depresje";
const ILL: &str = "diabetic|epileptic|autistic|bipolar|hiv[- ]positive|hiv[+]|pregnant|disabled|depressed|blind|deaf|paraplegic|wheelchair[- ]bound|in (?:a )?wheelchair|in hospital|in chemo(?:therapy)?|in rehab|an? alcoholic|alcoholic|terminally ill|seriously ill|with (?:cancer|diabetes|depression|epilepsy|adhd|asthma)|schwanger|diabetiker(?:in)?|epileptiker(?:in)?|autistisch|autist(?:in)?|schwerbehindert|behindert|depressiv|gehorlos|blind|krebskrank|alkoholiker(?:in)?|im krankenhaus|enceinte|diabetique|epileptique|autiste|handicapee?|sourde?|aveugle|malade du cancer|seropositi(?:f|ve)|embarazada|diabetic[oa]|epileptic[oa]|autista|discapacitad[oa]|sord[oa]|cieg[oa]|seropositiv[oa]|incinta|disabile|gravida|cega|zwanger|diabeet|gehandicapt|w ciazy|niepelnosprawn[ya]";
const MEDICAL: &str = "hiv[- ]positi(?:ve|v|f)|my (?:diagnosis|chemo(?:therapy)?|insulin|antidepressants|pregnancy|disability|therapist|psychiatrist|oncologist)|meine? (?:diagnose|chemotherapie|schwangerschaft|behinderung|psychiater(?:in)?|therapeut(?:in)?|insulin)|m[oa]n? (?:grossesse|handicap|chimiotherapie|psychiatre)|mi (?:embarazo|discapacidad|diagnostico|quimioterapia|psiquiatra)|la mia (?:gravidanza|disabilita|chemioterapia|diagnosi)|minha (?:gravidez|deficiencia|quimioterapia)|mijn (?:zwangerschap|handicap|psychiater|diagnose)|i (?:just )?(?:had|need|am having) (?:a |an )?(?:mastectomy|hysterectomy|colostomy|stoma|dialysis|organ transplant)";
const BELIEVER: &str = "muslim(?:a|in)?|moslem|jewish|a jew|christian|catholic|protestant|evangelical|orthodox (?:jew(?:ish)?|christian)|hindu|buddhist|sikh|atheist|mormon|jehovah'?s witness|muslimisch|moslemin?|judisch|jude|judin|christlich|christ(?:in)|katholisch|katholik(?:in)?|evangelisch|buddhistisch|hinduistisch|atheist(?:in)?|zeuge jehovas|musulmane?|juif|juive|chretien(?:ne)?|catholique|protestante?|bouddhiste|athee|musulman[ae]?|judi[oa]|cristian[oa]|catolic[oa]|budista|ate[oa]|musulman[ao]|ebre[ao]|cattolic[oa]|buddista|muculman[oa]|joods|christelijk|katholiek|moslim|muzulmanin|muzulmanka|katolikiem|katoliczka|zydem";
const BELIEF: &str = "(?:my|our) (?:faith|religion|religious beliefs?|synagogue|mosque|parish|rabbi|imam)|my (?:hijab|niqab) (?:is|for) religious|for religious reasons|mein(?:e|em|er)? (?:glauben?|religion|gemeinde|synagoge|moschee)|aus religiosen grunden|ma (?:foi|religion)|pour des raisons religieuses|mi (?:fe|religion)|por motivos religiosos|la mia (?:fede|religione)|per motivi religiosi|minha religiao|mijn (?:geloof|religie)|om religieuze redenen";
const ORIGIN: &str = "black(?: (?:man|woman|person|girl|guy))|african[- ]american|a person of colou?r|roma|romani|sinti|a gypsy|mixed[- ]race|biracial|latin[oa]|hispanic|asian(?:[- ]american)?|of (?:african|asian|turkish|arab|jewish|indian|chinese|romani|kurdish|indigenous) (?:descent|origin|heritage)|kurdish|kurd|aboriginal|indigenous|maori|ein(?:e)? roma|kurde|kurdin|kurdisch|afrodeutsche?r?|schwarze?r? (?:mann|frau|deutsche?r?)|d'origine (?:africaine|arabe|algerienne|marocaine|turque|asiatique)|metisse?|gitan[oae]?|de origen (?:africano|arabe|gitano|indigena)|indigena|di origine (?:africana|araba|rom)";
const ETHNICITY: &str = "my (?:ethnicity|ethnic (?:background|origin)|race|skin colou?r) is|meine (?:ethnische )?herkunft ist|mi (?:etnia|raza) es|mon origine ethnique";
const PARTISAN: &str = "(?:an? )?(?:communist|socialist|conservative (?:voter|party member)|republican|democrat|labour voter|tory|marxist|anarchist|member of the (?:green|labour|conservative|republican|democratic|communist|afd|spd|cdu)(?: party)?)|(?:mitglied|wahler(?:in)?) (?:der|bei der|von der) (?:spd|cdu|csu|afd|fdp|linken|grunen)|in der (?:spd|cdu|csu|afd|fdp)|kommunist(?:in)?|sozialist(?:in)?|communiste|socialiste|militante? (?:du|de|des) (?:ps|rn|lr|pcf)|comunista|socialista|militante del? (?:psoe|pp|vox|podemos)|lid van (?:de )?(?:vvd|pvda|pvv|d66)";
const VOTE: &str = "i (?:always |usually )?(?:vote|voted) (?:for )?(?:labour|tory|conservative|republican|democrat|green|trump|biden|the greens|reform)|my political (?:views?|opinions?|beliefs?)|ich (?:wahle|habe) (?:die )?(?:spd|cdu|csu|afd|fdp|grunen?|linke)(?: gewahlt)?|meine politische (?:meinung|einstellung)|mes opinions politiques|je vote (?:a gauche|a droite|macron|le pen)|mis ideas politicas|voto (?:al psoe|al pp|a vox|a podemos)|le mie idee politiche";
const UNION: &str = "(?:i'?m|i am|as) (?:a |an )?(?:union (?:member|rep(?:resentative)?)|shop steward|member of (?:a |the |my )?(?:trade |labou?r )?union)|my (?:trade |labou?r )?union (?:membership|rep|card)|ich bin (?:in der |mitglied (?:in |bei )?(?:der |einer )?)(?:gewerkschaft|ver\\.?di|ig metall)|gewerkschaftsmitglied|meine gewerkschaft|je suis (?:syndiquee?|membre d[ue] (?:un )?syndicat)|mon syndicat|estoy afiliad[oa] a(?:l| un) sindicato|mi sindicato|sono iscritt[oa] al sindacato|il mio sindacato|meu sindicato|mijn vakbond|lid van (?:de |een )?vakbond|mojego zwiazku zawodowego";
const ORIENTED: &str = "gay|lesbian|bisexual|homosexual|queer|transgender|trans (?:man|woman)|asexual|pansexual|non[- ]?binary|schwul|lesbisch|lesbe|bisexuell|homosexuell|homosexuelle?|lesbienne|bisexuelle?|lesbiana|bisexual|transexual|omosessuale|lesbica|bisessuale|lesbica|homo|biseksueel|gejem|lesbijka";
const ORIENTATION: &str = "my (?:sexuality|sexual orientation|sex life)|came out as (?:gay|lesbian|bi|bisexual|trans|queer)|meine sexualitat|meine sexuelle orientierung|mein sexleben|mon orientation sexuelle|ma vie sexuelle|mi orientacion sexual|mi vida sexual|il mio orientamento sessuale|minha orientacao sexual|mijn (?:seksuele )?geaardheid";
const GENES: &str = "my (?:dna|genetic|gene) (?:test|results?|profile|mutation|sequence)|i (?:carry|have) (?:the |a )?(?:brca ?[12]?|gene|genetic)(?: (?:gene|mutation|defect|disorder))?|brca ?[12] (?:positive|mutation)|mein(?:e|em)? (?:gentest|dna-?test|genetische[nrs]? [a-z]{3,20})|mon test (?:adn|genetique)|mi prueba (?:de adn|genetica)|il mio test (?:del dna|genetico)|mijn dna-?test";
const BODY: &str = "my (?:fingerprints?|face scan|iris scan|retina scan|voice ?print|biometric (?:data|scan|template))|mein(?:e|en|em)? (?:fingerabdruck|fingerabdrucke|gesichtsscan|irisscan|biometrischen? daten)|mes (?:empreintes digitales|donnees biometriques)|mon empreinte digitale|mi(?:s)? (?:huellas? dactilar(?:es)?|datos biometricos)|le mie impronte digitali|i miei dati biometrici|minhas? (?:impressao digital|impressoes digitais)|mijn (?:vingerafdruk|biometrische gegevens)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        assert!(RULES.is_some());
    }

    #[test]
    fn what_is_told_about_a_person_is_flagged() {
        use Category::{
            Biometric, EthnicOrigin, Genetic, Health, Politics, Religion, SexLife, TradeUnion,
        };
        for (text, category) in [
            ("I have diabetes, are these socks fine?", Health),
            ("my son has epilepsy", Health),
            ("ich bin schwanger und brauche ein Kleid", Health),
            ("Je suis enceinte", Health),
            ("tengo cáncer", Health),
            ("I was diagnosed with type 2 diabetes", Health),
            ("My wife is diabetic", Health),
            ("I'm Muslim, is the leather pig skin?", Religion),
            ("ich bin jüdisch", Religion),
            ("aus religiösen Gründen", Religion),
            ("I am of Turkish descent", EthnicOrigin),
            ("I always vote Labour", Politics),
            ("I am a union member", TradeUnion),
            ("I'm gay and want a ring for my husband", SexLife),
            ("Ich bin lesbisch", SexLife),
            ("here are my DNA test results", Genetic),
            ("you stored my fingerprint", Biometric),
        ] {
            assert_eq!(sensitive(&View::of(text)), [category], "{text}");
        }
    }

    #[test]
    fn what_is_asked_of_a_shop_is_not() {
        for text in [
            "do you have a cross necklace?",
            "will it arrive before Christmas?",
            "a gift for Hanukkah",
            "is this soap halal?",
            "I am allergic to nuts, does it contain any?",
            "Ich habe eine Nussallergie",
            "do you sell pregnancy pillows?",
            "the black woman's coat in size M",
            "rainbow pride flag",
            "a DNA test kit",
            "fingerprint lock for a door",
            "diabetic socks, size 42",
            "I'm looking for a Catholic bible",
            "my order is blind-stitched",
            "union jack mug",
            "cancer awareness ribbon",
            "Je suis client depuis 2012",
        ] {
            assert_eq!(sensitive(&View::of(text)), [], "{text}");
        }
    }
}
