//! What the platform itself says: notices in a conversation, and mails. Texts come from templates
//! and nothing a stranger wrote goes into them.

use terms::{Locale, Secret};

use crate::{
    blocks::{Block, HandoverState, NoticeKind},
    view::is_hidden,
};

/// Something the platform tells the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// Before the first message, and whenever it is asked for.
    AiDisclosure,
    /// A card number or security code was typed and has been removed.
    CardRemoved,
    PersonRequested,
    PersonJoined,
    PersonLeft,
    AddressProved,
}

impl Notice {
    pub(crate) fn blocks(self) -> Vec<Block> {
        let mut blocks = vec![Block::plain(self.text())];
        blocks.extend(self.handover().map(|state| Block::Handover { state }));
        blocks.push(Block::Notice { kind: self.kind() });
        blocks
    }

    const fn text(self) -> &'static str {
        match self {
            Self::AiDisclosure => {
                "You are chatting with an AI assistant, not with a person. You can ask for a person at any time."
            }
            Self::CardRemoved => {
                "I removed card details from your message before it was stored, so nobody here can see them. Please never send card details in this chat: payment happens only on the checkout page."
            }
            Self::PersonRequested => {
                "A person from our team has been asked to join. You can keep writing here; until then the AI assistant does not answer."
            }
            Self::PersonJoined => "A person from our team has joined the conversation.",
            Self::PersonLeft => {
                "The person has left. You are chatting with the AI assistant again."
            }
            Self::AddressProved => "Your e-mail address is confirmed.",
        }
    }

    const fn kind(self) -> NoticeKind {
        match self {
            Self::AiDisclosure => NoticeKind::AiDisclosure,
            Self::CardRemoved => NoticeKind::CardRemoved,
            Self::PersonRequested => NoticeKind::PersonRequested,
            Self::PersonJoined => NoticeKind::PersonJoined,
            Self::PersonLeft => NoticeKind::PersonLeft,
            Self::AddressProved => NoticeKind::AddressProved,
        }
    }

    const fn handover(self) -> Option<HandoverState> {
        match self {
            Self::PersonRequested => Some(HandoverState::Waiting),
            Self::PersonJoined => Some(HandoverState::Human),
            Self::PersonLeft => Some(HandoverState::Assistant),
            Self::AiDisclosure | Self::CardRemoved | Self::AddressProved => None,
        }
    }
}

/// A mail the platform sends.
#[derive(Debug, Clone, Copy)]
pub enum MailTemplate<'a> {
    /// The code that proves an address.
    SignInCode {
        shop_name: &'a str,
        code: &'a Secret<String>,
        minutes: u32,
    },
    /// The code that confirms one act of a shopper who is signed in already.
    ConfirmCode {
        shop_name: &'a str,
        code: &'a Secret<String>,
        minutes: u32,
    },
    /// A person has answered while the shopper was away. Nothing of the answer is in it.
    Answered { shop_name: &'a str, link: &'a str },
}

impl MailTemplate<'_> {
    /// Subject and text.
    ///
    /// INVARIANT: the subject is one line however often it is decoded. `=?` begins an encoded word
    /// (RFC 2047), which could bring a line break and a header with it, so it is taken apart.
    pub(crate) fn render(self, locale: &Locale) -> (String, String) {
        let (subject, text) = self.worded(locale);
        (subject.replace("=?", "= ?"), text)
    }

    /// Subject and text in the language of the locale, English when there is no translation.
    fn worded(self, locale: &Locale) -> (String, String) {
        let (shop_name, code, minutes) = match self {
            Self::SignInCode {
                shop_name,
                code,
                minutes,
            }
            | Self::ConfirmCode {
                shop_name,
                code,
                minutes,
            } => (one_line(shop_name), code.expose(), minutes),
            Self::Answered { shop_name, link } => {
                return answered(&one_line(shop_name), &one_line(link), locale.language());
            }
        };
        match (locale.language(), self) {
            ("de", Self::SignInCode { .. }) => (
                format!("Ihr Code für {shop_name}"),
                format!(
                    "Guten Tag,\n\nIhr Code für den Chat von {shop_name} lautet:\n\n    {code}\n\nEr gilt {minutes} Minuten und nur einmal. Geben Sie ihn nur im Chatfenster des Shops ein. Niemand von uns fragt Sie danach.\n\nWenn Sie keinen Code angefordert haben, können Sie diese Nachricht ignorieren.\n"
                ),
            ),
            ("de", Self::ConfirmCode { .. }) => (
                format!("Bestätigen Sie Ihren Auftrag bei {shop_name}"),
                format!(
                    "Guten Tag,\n\num den Auftrag zu bestätigen, der gerade im Chat von {shop_name} angezeigt wird, geben Sie dort diesen Code ein:\n\n    {code}\n\nEr gilt {minutes} Minuten, nur einmal und nur für diesen Auftrag. Niemand von uns fragt Sie danach.\n\nWenn Sie nichts beauftragt haben, geben Sie den Code nicht ein und melden Sie sich bei uns.\n"
                ),
            ),
            // Returned above.
            (_, Self::Answered { .. }) => (String::new(), String::new()),
            (_, Self::SignInCode { .. }) => (
                format!("Your code for {shop_name}"),
                format!(
                    "Hello,\n\nyour code for the chat of {shop_name} is:\n\n    {code}\n\nIt is valid for {minutes} minutes and works once. Enter it only in the shop's chat window. None of us will ever ask you for it.\n\nIf you did not ask for a code, you can ignore this message.\n"
                ),
            ),
            (_, Self::ConfirmCode { .. }) => (
                format!("Confirm your request at {shop_name}"),
                format!(
                    "Hello,\n\nto confirm the request that the chat of {shop_name} shows you now, enter this code there:\n\n    {code}\n\nIt is valid for {minutes} minutes, works once, and only for this request. None of us will ever ask you for it.\n\nIf you did not request anything, do not enter the code and tell us.\n"
                ),
            ),
        }
    }
}

/// That a person has answered, where the shop's chat is, and why this mail came.
fn answered(shop: &str, link: &str, language: &str) -> (String, String) {
    let (subject, text, why) = match language {
        "de" => (
            format!("{shop} hat Ihnen geantwortet"),
            "Guten Tag,\n\neine Person hat Ihnen im Chat geantwortet. Öffnen Sie den Chat auf der Seite des Shops, um die Antwort zu lesen:",
            "Sie erhalten diese E-Mail, weil Sie darum gebeten haben.",
        ),
        "fr" => (
            format!("{shop} vous a répondu"),
            "Bonjour,\n\nune personne vous a répondu dans le chat. Ouvrez le chat sur le site de la boutique pour lire la réponse :",
            "Vous recevez cet e-mail parce que vous l’avez demandé.",
        ),
        "es" => (
            format!("{shop} te ha respondido"),
            "Hola:\n\nUna persona te ha respondido en el chat. Abre el chat en la página de la tienda para leer la respuesta:",
            "Recibes este correo porque lo pediste.",
        ),
        "it" => (
            format!("{shop} ti ha risposto"),
            "Ciao,\n\nuna persona ti ha risposto nella chat. Apri la chat sulla pagina del negozio per leggere la risposta:",
            "Ricevi questa e-mail perché l’hai chiesta.",
        ),
        "pt" => (
            format!("{shop} respondeu-lhe"),
            "Olá,\n\numa pessoa respondeu-lhe no chat. Abra o chat na página da loja para ler a resposta:",
            "Recebe este e-mail porque o pediu.",
        ),
        "nl" => (
            format!("{shop} heeft je geantwoord"),
            "Hallo,\n\niemand heeft je in de chat geantwoord. Open de chat op de pagina van de winkel om het antwoord te lezen:",
            "Je krijgt deze mail omdat je erom hebt gevraagd.",
        ),
        "pl" => (
            format!("Odpowiedź od {shop}"),
            "Dzień dobry,\n\nczłowiek odpowiedział Ci na czacie. Otwórz czat na stronie sklepu, aby przeczytać odpowiedź:",
            "Ta wiadomość przyszła na Twoją prośbę.",
        ),
        _ => (
            format!("{shop} has answered you"),
            "Hello,\n\na person has answered you in the chat. Open the chat on the shop's page to read the answer:",
            "You get this mail because you asked for it.",
        ),
    };
    (subject, format!("{text}\n\n    {link}\n\n{why}\n"))
}

/// A name that cannot add a header, a line or a direction to a mail.
fn one_line(name: &str) -> String {
    name.chars()
        .filter(|character| !is_hidden(*character) && !matches!(character, '\n' | '\t'))
        .take(120)
        .collect()
}
