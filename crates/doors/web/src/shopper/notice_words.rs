//! What the notice says, in each language of the interface. A text for every entry of the data map's
//! closed lists: a new category or purpose does not compile without its words.

use terms::{Category, LegalBasis, Purpose, RetentionClass};

use terms::Language;

/// The words of one language.
pub(crate) struct NoticeWords {
    /// That an AI answers.
    pub(crate) ai: &'static str,
    /// `{shop}` stands for the shop's name.
    summary: &'static str,
    /// Contact, correspondence, context, staff, profile, means of payment, purchases, credentials, devices.
    what: [&'static str; 9],
    /// Answering, proving an address, running, selling, proving who somebody is.
    why: [&'static str; 5],
    /// Contract, legal obligation, legitimate interest.
    basis: [&'static str; 3],
    /// Conversations, accounts, orders, what is on its way.
    kept: [&'static str; 4],
    pub(crate) rights: [&'static str; 3],
}

impl NoticeWords {
    pub(crate) fn summary(&self, shop: &str) -> String {
        self.summary.replace("{shop}", shop)
    }

    pub(crate) const fn what(&self, category: Category) -> &'static str {
        let [
            contact,
            correspondence,
            context,
            staff,
            profile,
            financial,
            purchase,
            credential,
            device,
        ] = self.what;
        match category {
            Category::ContactDetail => contact,
            Category::Correspondence => correspondence,
            Category::AssistantContext => context,
            Category::StaffIdentity => staff,
            Category::CustomerProfile => profile,
            Category::Financial => financial,
            Category::Purchase => purchase,
            Category::Credential => credential,
            Category::Device => device,
        }
    }

    pub(crate) const fn why(&self, purpose: Purpose) -> &'static str {
        let [answer, prove, run, sell, who] = self.why;
        match purpose {
            Purpose::AnswerTheShopper => answer,
            Purpose::ProveAnAddress => prove,
            Purpose::RunTheService => run,
            Purpose::SellAndDeliver => sell,
            Purpose::ProveWhoSomebodyIs => who,
        }
    }

    pub(crate) const fn basis(&self, basis: LegalBasis) -> &'static str {
        let [contract, obligation, interest] = self.basis;
        match basis {
            LegalBasis::Contract => contract,
            LegalBasis::LegalObligation => obligation,
            LegalBasis::LegitimateInterest => interest,
        }
    }

    pub(crate) const fn kept(&self, class: RetentionClass) -> &'static str {
        let [conversation, account, statutory, transient] = self.kept;
        match class {
            RetentionClass::Conversation => conversation,
            RetentionClass::Account => account,
            RetentionClass::Statutory => statutory,
            RetentionClass::Transient => transient,
        }
    }
}

pub(crate) const fn words(language: Language) -> &'static NoticeWords {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
        Language::Italian => &ITALIAN,
        Language::Portuguese => &PORTUGUESE,
        Language::Dutch => &DUTCH,
        Language::Polish => &POLISH,
    }
}

static ENGLISH: NoticeWords = NoticeWords {
    ai: "You are talking to an AI assistant, not to a person. It answers from the shop's own pages and can make mistakes. You can ask for a person at any time.",
    summary: "{shop} keeps what you write here to answer you, encrypted under a key of your own. Nothing is stored before you send your first message, and card numbers never are.",
    what: [
        "Your e-mail address",
        "What is said in this chat",
        "What the assistant remembers of this chat",
        "Names of staff",
        "Your name, telephone number and addresses",
        "Your means of payment, never a card's number",
        "What you buy, and where it goes",
        "Your passkeys, and what you confirmed with them",
        "The device and network you sign in from, never your full network address",
    ],
    why: [
        "to answer you",
        "to prove that the address is yours",
        "to run the service",
        "to sell and deliver what you order",
        "to know that it is you",
    ],
    basis: [
        "steps at your request, GDPR Art. 6(1)(b)",
        "a legal obligation, GDPR Art. 6(1)(c)",
        "a legitimate interest, GDPR Art. 6(1)(f)",
    ],
    kept: [
        "Conversations: as long as the shop needs them to answer you.",
        "Your address, profile and means of payment: as long as you are known here.",
        "Orders: as long as tax law demands them.",
        "Codes and the mails that carry them, carts and proposals that wait for your answer: hours, at most as long as your session.",
    ],
    rights: [
        "You may ask what is known about you, and have it corrected, handed over or deleted.",
        "You may object to its use, and complain to your data protection authority.",
        "No decision about you is made by the assistant alone.",
    ],
};

static GERMAN: NoticeWords = NoticeWords {
    ai: "Sie sprechen mit einem KI-Assistenten, nicht mit einem Menschen. Er antwortet aus den Seiten des Shops und kann sich irren. Sie können jederzeit nach einem Menschen fragen.",
    summary: "{shop} bewahrt auf, was Sie hier schreiben, um Ihnen zu antworten, verschlüsselt mit einem eigenen Schlüssel für Sie. Vor Ihrer ersten Nachricht wird nichts gespeichert, Kartennummern werden es nie.",
    what: [
        "Ihre E-Mail-Adresse",
        "Was in diesem Chat gesagt wird",
        "Was der Assistent sich von diesem Chat merkt",
        "Namen der Mitarbeitenden",
        "Ihr Name, Ihre Telefonnummer und Ihre Anschriften",
        "Ihre Zahlungsmittel, nie eine Kartennummer",
        "Was Sie kaufen und wohin es geht",
        "Ihre Passkeys und was Sie damit bestätigt haben",
        "Gerät und Netz, von denen aus Sie sich anmelden, nie Ihre volle Netzadresse",
    ],
    why: [
        "um Ihnen zu antworten",
        "um zu prüfen, dass die Adresse Ihnen gehört",
        "um den Dienst zu betreiben",
        "um zu verkaufen und zu liefern, was Sie bestellen",
        "um zu wissen, dass Sie es sind",
    ],
    basis: [
        "Schritte auf Ihre Anfrage, Art. 6 Abs. 1 Buchst. b DSGVO",
        "eine rechtliche Verpflichtung, Art. 6 Abs. 1 Buchst. c DSGVO",
        "ein berechtigtes Interesse, Art. 6 Abs. 1 Buchst. f DSGVO",
    ],
    kept: [
        "Unterhaltungen: so lange, wie der Shop sie braucht, um Ihnen zu antworten.",
        "Ihre Adresse, Ihr Profil und Ihre Zahlungsmittel: so lange, wie Sie hier bekannt sind.",
        "Bestellungen: so lange, wie das Steuerrecht es verlangt.",
        "Codes und die E-Mails mit ihnen, Warenkörbe und Vorschläge, die auf Ihre Antwort warten: Stunden, höchstens so lange wie Ihre Sitzung.",
    ],
    rights: [
        "Sie können fragen, was über Sie bekannt ist, und es berichtigen, aushändigen oder löschen lassen.",
        "Sie können der Verwendung widersprechen und sich bei Ihrer Datenschutzaufsicht beschweren.",
        "Keine Entscheidung über Sie trifft der Assistent allein.",
    ],
};

static FRENCH: NoticeWords = NoticeWords {
    ai: "Vous parlez avec un assistant IA, pas avec une personne. Il répond à partir des pages de la boutique et peut se tromper. Vous pouvez demander une personne à tout moment.",
    summary: "{shop} conserve ce que vous écrivez ici pour vous répondre, chiffré avec une clé qui vous est propre. Rien n’est enregistré avant votre premier message, et les numéros de carte ne le sont jamais.",
    what: [
        "Votre adresse e-mail",
        "Ce qui est dit dans ce chat",
        "Ce que l’assistant retient de ce chat",
        "Noms des membres de l’équipe",
        "Votre nom, votre téléphone et vos adresses",
        "Vos moyens de paiement, jamais un numéro de carte",
        "Ce que vous achetez, et où cela est livré",
        "Vos clés d’accès et ce que vous avez confirmé avec elles",
        "L’appareil et le réseau depuis lesquels vous vous connectez, jamais votre adresse réseau complète",
    ],
    why: [
        "pour vous répondre",
        "pour vérifier que l’adresse est la vôtre",
        "pour faire fonctionner le service",
        "pour vendre et livrer ce que vous commandez",
        "pour savoir que c’est bien vous",
    ],
    basis: [
        "mesures prises à votre demande, art. 6, par. 1, point b) du RGPD",
        "une obligation légale, art. 6, par. 1, point c) du RGPD",
        "un intérêt légitime, art. 6, par. 1, point f) du RGPD",
    ],
    kept: [
        "Conversations : aussi longtemps que la boutique en a besoin pour vous répondre.",
        "Votre adresse, votre profil et vos moyens de paiement : aussi longtemps que vous êtes connu ici.",
        "Commandes : aussi longtemps que le droit fiscal l’exige.",
        "Codes et e-mails qui les portent, paniers et propositions en attente de votre réponse : quelques heures, au plus la durée de votre session.",
    ],
    rights: [
        "Vous pouvez demander ce que l’on sait de vous, et le faire corriger, remettre ou effacer.",
        "Vous pouvez vous opposer à son utilisation et saisir votre autorité de protection des données.",
        "Aucune décision à votre sujet n’est prise par l’assistant seul.",
    ],
};

static SPANISH: NoticeWords = NoticeWords {
    ai: "Hablas con un asistente de IA, no con una persona. Responde a partir de las páginas de la tienda y puede equivocarse. Puedes pedir una persona en cualquier momento.",
    summary: "{shop} guarda lo que escribes aquí para responderte, cifrado con una clave propia para ti. No se guarda nada antes de tu primer mensaje, y los números de tarjeta nunca.",
    what: [
        "Tu correo electrónico",
        "Lo que se dice en este chat",
        "Lo que el asistente recuerda de este chat",
        "Nombres del equipo",
        "Tu nombre, teléfono y direcciones",
        "Tus medios de pago, nunca un número de tarjeta",
        "Lo que compras y adónde va",
        "Tus claves de acceso y lo que has confirmado con ellas",
        "El dispositivo y la red desde los que accedes, nunca tu dirección de red completa",
    ],
    why: [
        "para responderte",
        "para comprobar que la dirección es tuya",
        "para que el servicio funcione",
        "para vender y entregar lo que pides",
        "para saber que eres tú",
    ],
    basis: [
        "medidas a petición tuya, art. 6.1.b RGPD",
        "una obligación legal, art. 6.1.c RGPD",
        "un interés legítimo, art. 6.1.f RGPD",
    ],
    kept: [
        "Conversaciones: mientras la tienda las necesite para responderte.",
        "Tu dirección, perfil y medios de pago: mientras seas conocido aquí.",
        "Pedidos: mientras lo exija la ley fiscal.",
        "Códigos y los correos que los llevan, cestas y propuestas que esperan tu respuesta: horas, como mucho lo que dura tu sesión.",
    ],
    rights: [
        "Puedes preguntar qué se sabe de ti y hacer que se corrija, se te entregue o se borre.",
        "Puedes oponerte a su uso y reclamar ante tu autoridad de protección de datos.",
        "Ninguna decisión sobre ti la toma el asistente por sí solo.",
    ],
};

static ITALIAN: NoticeWords = NoticeWords {
    ai: "Stai parlando con un assistente IA, non con una persona. Risponde in base alle pagine del negozio e può sbagliare. Puoi chiedere una persona in ogni momento.",
    summary: "{shop} conserva quello che scrivi qui per risponderti, cifrato con una chiave tutta tua. Nulla è salvato prima del tuo primo messaggio, e i numeri di carta non lo sono mai.",
    what: [
        "Il tuo indirizzo e-mail",
        "Quello che si dice in questa chat",
        "Quello che l’assistente ricorda di questa chat",
        "Nomi dello staff",
        "Il tuo nome, il telefono e gli indirizzi",
        "I tuoi mezzi di pagamento, mai un numero di carta",
        "Che cosa compri e dove va",
        "Le tue passkey e ciò che hai confermato con esse",
        "Il dispositivo e la rete da cui accedi, mai il tuo indirizzo di rete completo",
    ],
    why: [
        "per risponderti",
        "per verificare che l’indirizzo sia tuo",
        "per far funzionare il servizio",
        "per vendere e consegnare quello che ordini",
        "per sapere che sei tu",
    ],
    basis: [
        "misure su tua richiesta, art. 6, par. 1, lett. b) GDPR",
        "un obbligo di legge, art. 6, par. 1, lett. c) GDPR",
        "un legittimo interesse, art. 6, par. 1, lett. f) GDPR",
    ],
    kept: [
        "Conversazioni: finché servono al negozio per risponderti.",
        "Il tuo indirizzo, il profilo e i mezzi di pagamento: finché sei conosciuto qui.",
        "Ordini: finché lo richiede la legge fiscale.",
        "Codici e le e-mail che li portano, carrelli e proposte in attesa di risposta: ore, al massimo quanto la tua sessione.",
    ],
    rights: [
        "Puoi chiedere che cosa si sa di te e farlo correggere, consegnare o cancellare.",
        "Puoi opporti all’uso e presentare reclamo alla tua autorità per la protezione dei dati.",
        "Nessuna decisione su di te è presa dal solo assistente.",
    ],
};

static PORTUGUESE: NoticeWords = NoticeWords {
    ai: "Está a falar com um assistente de IA, não com uma pessoa. Responde a partir das páginas da loja e pode enganar-se. Pode pedir uma pessoa a qualquer momento.",
    summary: "{shop} guarda o que escreve aqui para lhe responder, cifrado com uma chave só sua. Nada é guardado antes da sua primeira mensagem, e os números de cartão nunca o são.",
    what: [
        "O seu endereço de e-mail",
        "O que é dito neste chat",
        "O que o assistente recorda deste chat",
        "Nomes da equipa",
        "O seu nome, telefone e moradas",
        "Os seus meios de pagamento, nunca um número de cartão",
        "O que compra e para onde vai",
        "As suas chaves de acesso e o que confirmou com elas",
        "O dispositivo e a rede de onde inicia sessão, nunca o seu endereço de rede completo",
    ],
    why: [
        "para lhe responder",
        "para comprovar que o endereço é seu",
        "para fazer funcionar o serviço",
        "para vender e entregar o que encomenda",
        "para saber que é mesmo quem diz ser",
    ],
    basis: [
        "diligências a seu pedido, art. 6.º, n.º 1, al. b) do RGPD",
        "uma obrigação legal, art. 6.º, n.º 1, al. c) do RGPD",
        "um interesse legítimo, art. 6.º, n.º 1, al. f) do RGPD",
    ],
    kept: [
        "Conversas: enquanto a loja precisar delas para lhe responder.",
        "O seu endereço, perfil e meios de pagamento: enquanto for aqui conhecido.",
        "Encomendas: enquanto a lei fiscal o exigir.",
        "Códigos e os e-mails que os levam, carrinhos e propostas à espera da sua resposta: horas, no máximo o tempo da sua sessão.",
    ],
    rights: [
        "Pode perguntar o que se sabe de si e mandar corrigir, entregar ou apagar.",
        "Pode opor-se ao uso e reclamar junto da sua autoridade de proteção de dados.",
        "Nenhuma decisão sobre si é tomada apenas pelo assistente.",
    ],
};

static DUTCH: NoticeWords = NoticeWords {
    ai: "Je praat met een AI-assistent, niet met een mens. Hij antwoordt uit de pagina's van de winkel en kan zich vergissen. Je kunt altijd om een medewerker vragen.",
    summary: "{shop} bewaart wat je hier schrijft om je te antwoorden, versleuteld met een eigen sleutel voor jou. Voor je eerste bericht wordt niets bewaard, en kaartnummers nooit.",
    what: [
        "Je e-mailadres",
        "Wat in deze chat wordt gezegd",
        "Wat de assistent van deze chat onthoudt",
        "Namen van medewerkers",
        "Je naam, telefoonnummer en adressen",
        "Je betaalmiddelen, nooit een kaartnummer",
        "Wat je koopt en waar het heen gaat",
        "Je passkeys en wat je ermee hebt bevestigd",
        "Het apparaat en het netwerk waarmee je inlogt, nooit je volledige netwerkadres",
    ],
    why: [
        "om je te antwoorden",
        "om na te gaan dat het adres van jou is",
        "om de dienst te laten werken",
        "om te verkopen en te bezorgen wat je bestelt",
        "om te weten dat jij het bent",
    ],
    basis: [
        "stappen op jouw verzoek, art. 6 lid 1 onder b AVG",
        "een wettelijke plicht, art. 6 lid 1 onder c AVG",
        "een gerechtvaardigd belang, art. 6 lid 1 onder f AVG",
    ],
    kept: [
        "Gesprekken: zolang de winkel ze nodig heeft om je te antwoorden.",
        "Je adres, profiel en betaalmiddelen: zolang je hier bekend bent.",
        "Bestellingen: zolang de belastingwet dat eist.",
        "Codes en de mails waarin ze staan, winkelwagens en voorstellen die op je antwoord wachten: uren, hoogstens zo lang als je sessie.",
    ],
    rights: [
        "Je mag vragen wat er over je bekend is, en het laten verbeteren, meegeven of wissen.",
        "Je mag bezwaar maken tegen het gebruik en een klacht indienen bij je toezichthouder.",
        "Geen beslissing over jou wordt alleen door de assistent genomen.",
    ],
};

static POLISH: NoticeWords = NoticeWords {
    ai: "Rozmawiasz z asystentem AI, nie z człowiekiem. Odpowiada na podstawie stron sklepu i może się mylić. W każdej chwili możesz poprosić o człowieka.",
    summary: "{shop} przechowuje to, co tu piszesz, aby Ci odpowiedzieć, zaszyfrowane osobnym kluczem dla Ciebie. Przed pierwszą wiadomością nic nie jest zapisywane, a numery kart nigdy.",
    what: [
        "Twój adres e-mail",
        "To, co mówi się na tym czacie",
        "To, co asystent pamięta z tego czatu",
        "Imiona osób z obsługi",
        "Twoje imię i nazwisko, telefon i adresy",
        "Twoje środki płatności, nigdy numer karty",
        "Co kupujesz i dokąd to trafia",
        "Twoje klucze dostępu i to, co zostało nimi potwierdzone",
        "Urządzenie i sieć, z których się logujesz, nigdy pełny adres sieciowy",
    ],
    why: [
        "aby Ci odpowiedzieć",
        "aby sprawdzić, że adres jest Twój",
        "aby usługa działała",
        "aby sprzedać i dostarczyć to, co zamawiasz",
        "żeby wiedzieć, że to Ty",
    ],
    basis: [
        "działania na Twoje żądanie, art. 6 ust. 1 lit. b RODO",
        "obowiązek prawny, art. 6 ust. 1 lit. c RODO",
        "uzasadniony interes, art. 6 ust. 1 lit. f RODO",
    ],
    kept: [
        "Rozmowy: tak długo, jak sklep ich potrzebuje, aby Ci odpowiedzieć.",
        "Twój adres, profil i środki płatności: tak długo, jak sklep Cię zna.",
        "Zamówienia: tak długo, jak wymaga prawo podatkowe.",
        "Kody i wiadomości z nimi, koszyki i propozycje czekające na odpowiedź: godziny, najwyżej tyle, ile trwa Twoja sesja.",
    ],
    rights: [
        "Możesz zapytać, co o Tobie wiadomo, oraz zażądać poprawienia, wydania lub usunięcia.",
        "Możesz sprzeciwić się użyciu danych i złożyć skargę do organu ochrony danych.",
        "Żadnej decyzji o Tobie nie podejmuje sam asystent.",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of a language, in one order.
    fn all(language: Language) -> Vec<&'static str> {
        let words = words(language);
        let mut all = vec![words.ai, words.summary];
        all.extend(words.what);
        all.extend(words.why);
        all.extend(words.basis);
        all.extend(words.kept);
        all.extend(words.rights);
        all
    }

    #[test]
    fn every_language_has_its_own_words() {
        let english = all(Language::English);
        for language in Language::ALL {
            let texts = all(language);
            assert_eq!(
                texts.iter().filter(|text| text.contains("{shop}")).count(),
                1
            );
            assert!(texts.iter().all(|text| !text.trim().is_empty()));
            if language != Language::English {
                for text in &texts {
                    assert!(!english.contains(text), "{}: {text}", language.tag());
                }
            }
            assert!(!words(language).summary("A & B").contains('{'));
        }
    }
}
