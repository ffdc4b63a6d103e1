//! The mails the platform sends, in the languages of the interface. Texts come from templates, and
//! nothing a stranger wrote goes into them.

mod account;
mod recovery;

use terms::{Language, Locale, Secret};

pub use account::AccountNotice;

use crate::view::is_hidden;

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
    /// Something happened to her account, from a device that is named in the platform's words.
    Account {
        shop_name: &'a str,
        notice: AccountNotice,
        device: &'a str,
    },
}

impl MailTemplate<'_> {
    /// Subject and text.
    ///
    /// INVARIANT: the subject is one line however often it is decoded. `=?` begins an encoded word
    /// (RFC 2047), which could bring a line break and a header with it, so it is taken apart.
    pub(crate) fn render(self, locale: &Locale) -> (String, String) {
        let (subject, text) = self.worded(Language::for_reader(locale));
        (subject.replace("=?", "= ?"), text)
    }

    fn worded(self, language: Language) -> (String, String) {
        match self {
            Self::SignInCode {
                shop_name,
                code,
                minutes,
            } => sign_in_code(&one_line(shop_name), code.expose(), minutes, language),
            Self::ConfirmCode {
                shop_name,
                code,
                minutes,
            } => confirm_code(&one_line(shop_name), code.expose(), minutes, language),
            Self::Answered { shop_name, link } => {
                answered(&one_line(shop_name), &one_line(link), language)
            }
            Self::Account {
                shop_name,
                notice,
                device,
            } => account::worded(notice, &one_line(shop_name), &one_line(device), language),
        }
    }
}

/// The code, how long it lives, and that it is nobody else's business.
fn sign_in_code(shop: &str, code: &str, minutes: u32, language: Language) -> (String, String) {
    match language {
        Language::English => (
            format!("Your code for {shop}"),
            format!(
                "Hello,\n\nyour code for the chat of {shop} is:\n\n    {code}\n\nIt is valid for {minutes} minutes and works once. Enter it only in the shop's chat window. None of us will ever ask you for it.\n\nIf you did not ask for a code, you can ignore this message.\n"
            ),
        ),
        Language::German => (
            format!("Ihr Code für {shop}"),
            format!(
                "Guten Tag,\n\nIhr Code für den Chat von {shop} lautet:\n\n    {code}\n\nEr gilt {minutes} Minuten und nur einmal. Geben Sie ihn nur im Chatfenster des Shops ein. Niemand von uns fragt Sie danach.\n\nWenn Sie keinen Code angefordert haben, können Sie diese Nachricht ignorieren.\n"
            ),
        ),
        Language::French => (
            format!("Votre code pour {shop}"),
            format!(
                "Bonjour,\n\nvotre code pour le chat de {shop} est :\n\n    {code}\n\nIl est valable {minutes} minutes et une seule fois. Saisissez-le uniquement dans la fenêtre de chat de la boutique. Aucun d’entre nous ne vous le demandera.\n\nSi vous n’avez pas demandé de code, vous pouvez ignorer ce message.\n"
            ),
        ),
        Language::Spanish => (
            format!("Tu código para {shop}"),
            format!(
                "Hola:\n\nTu código para el chat de {shop} es:\n\n    {code}\n\nVale {minutes} minutos y una sola vez. Escríbelo únicamente en la ventana de chat de la tienda. Nadie de nosotros te lo pedirá.\n\nSi no has pedido ningún código, puedes ignorar este mensaje.\n"
            ),
        ),
        Language::Italian => (
            format!("Il tuo codice per {shop}"),
            format!(
                "Ciao,\n\nil tuo codice per la chat di {shop} è:\n\n    {code}\n\nVale {minutes} minuti e una sola volta. Inseriscilo solo nella finestra della chat del negozio. Nessuno di noi te lo chiederà.\n\nSe non hai chiesto un codice, puoi ignorare questo messaggio.\n"
            ),
        ),
        Language::Portuguese => (
            format!("O seu código para {shop}"),
            format!(
                "Olá,\n\no seu código para o chat de {shop} é:\n\n    {code}\n\nÉ válido durante {minutes} minutos e uma só vez. Introduza-o apenas na janela de chat da loja. Nenhum de nós lho pedirá.\n\nSe não pediu nenhum código, pode ignorar esta mensagem.\n"
            ),
        ),
        Language::Dutch => (
            format!("Je code voor {shop}"),
            format!(
                "Hallo,\n\nje code voor de chat van {shop} is:\n\n    {code}\n\nHij is {minutes} minuten geldig en werkt één keer. Vul hem alleen in het chatvenster van de winkel in. Niemand van ons vraagt je erom.\n\nAls je geen code hebt aangevraagd, kun je dit bericht negeren.\n"
            ),
        ),
        Language::Polish => (
            format!("Twój kod do {shop}"),
            format!(
                "Dzień dobry,\n\nTwój kod do czatu {shop} to:\n\n    {code}\n\nJest ważny {minutes} min i działa jeden raz. Wpisz go tylko w oknie czatu sklepu. Nikt z nas Cię o niego nie zapyta.\n\nJeśli kod nie został przez Ciebie zamówiony, zignoruj tę wiadomość.\n"
            ),
        ),
    }
}

/// The same for one act: whoever did not ask for it is warned.
fn confirm_code(shop: &str, code: &str, minutes: u32, language: Language) -> (String, String) {
    match language {
        Language::English => (
            format!("Confirm your request at {shop}"),
            format!(
                "Hello,\n\nto confirm the request that the chat of {shop} shows you now, enter this code there:\n\n    {code}\n\nIt is valid for {minutes} minutes, works once, and only for this request. None of us will ever ask you for it.\n\nIf you did not request anything, do not enter the code and tell us.\n"
            ),
        ),
        Language::German => (
            format!("Bestätigen Sie Ihren Auftrag bei {shop}"),
            format!(
                "Guten Tag,\n\num den Auftrag zu bestätigen, der gerade im Chat von {shop} angezeigt wird, geben Sie dort diesen Code ein:\n\n    {code}\n\nEr gilt {minutes} Minuten, nur einmal und nur für diesen Auftrag. Niemand von uns fragt Sie danach.\n\nWenn Sie nichts beauftragt haben, geben Sie den Code nicht ein und melden Sie sich bei uns.\n"
            ),
        ),
        Language::French => (
            format!("Confirmez votre demande chez {shop}"),
            format!(
                "Bonjour,\n\npour confirmer la demande que le chat de {shop} affiche en ce moment, saisissez-y ce code :\n\n    {code}\n\nIl est valable {minutes} minutes, une seule fois et pour cette demande uniquement. Aucun d’entre nous ne vous le demandera.\n\nSi vous n’avez rien demandé, ne saisissez pas le code et prévenez-nous.\n"
            ),
        ),
        Language::Spanish => (
            format!("Confirma tu solicitud en {shop}"),
            format!(
                "Hola:\n\nPara confirmar la solicitud que el chat de {shop} te muestra ahora, escribe allí este código:\n\n    {code}\n\nVale {minutes} minutos, una sola vez y solo para esta solicitud. Nadie de nosotros te lo pedirá.\n\nSi no has solicitado nada, no escribas el código y avísanos.\n"
            ),
        ),
        Language::Italian => (
            format!("Conferma la tua richiesta a {shop}"),
            format!(
                "Ciao,\n\nper confermare la richiesta che la chat di {shop} ti mostra ora, inserisci lì questo codice:\n\n    {code}\n\nVale {minutes} minuti, una sola volta e solo per questa richiesta. Nessuno di noi te lo chiederà.\n\nSe non hai chiesto nulla, non inserire il codice e avvisaci.\n"
            ),
        ),
        Language::Portuguese => (
            format!("Confirme o seu pedido em {shop}"),
            format!(
                "Olá,\n\npara confirmar o pedido que o chat de {shop} lhe mostra agora, introduza lá este código:\n\n    {code}\n\nÉ válido durante {minutes} minutos, uma só vez e apenas para este pedido. Nenhum de nós lho pedirá.\n\nSe não pediu nada, não introduza o código e avise-nos.\n"
            ),
        ),
        Language::Dutch => (
            format!("Bevestig je verzoek bij {shop}"),
            format!(
                "Hallo,\n\nom het verzoek te bevestigen dat de chat van {shop} je nu toont, vul je daar deze code in:\n\n    {code}\n\nHij is {minutes} minuten geldig, werkt één keer en alleen voor dit verzoek. Niemand van ons vraagt je erom.\n\nAls je niets hebt aangevraagd, vul de code dan niet in en laat het ons weten.\n"
            ),
        ),
        Language::Polish => (
            format!("Potwierdź swoje zlecenie w {shop}"),
            format!(
                "Dzień dobry,\n\naby potwierdzić zlecenie, które pokazuje teraz czat {shop}, wpisz tam ten kod:\n\n    {code}\n\nJest ważny {minutes} min, działa jeden raz i tylko dla tego zlecenia. Nikt z nas Cię o niego nie zapyta.\n\nJeśli to nie Twoje zlecenie, nie wpisuj kodu i daj nam znać.\n"
            ),
        ),
    }
}

/// That a person has answered, where the shop's chat is, and why this mail came.
fn answered(shop: &str, link: &str, language: Language) -> (String, String) {
    let (subject, text, why) = match language {
        Language::English => (
            format!("{shop} has answered you"),
            "Hello,\n\na person has answered you in the chat. Open the chat on the shop's page to read the answer:",
            "You get this mail because you asked for it.",
        ),
        Language::German => (
            format!("{shop} hat Ihnen geantwortet"),
            "Guten Tag,\n\neine Person hat Ihnen im Chat geantwortet. Öffnen Sie den Chat auf der Seite des Shops, um die Antwort zu lesen:",
            "Sie erhalten diese E-Mail, weil Sie darum gebeten haben.",
        ),
        Language::French => (
            format!("{shop} vous a répondu"),
            "Bonjour,\n\nune personne vous a répondu dans le chat. Ouvrez le chat sur le site de la boutique pour lire la réponse :",
            "Vous recevez cet e-mail parce que vous l’avez demandé.",
        ),
        Language::Spanish => (
            format!("{shop} te ha respondido"),
            "Hola:\n\nUna persona te ha respondido en el chat. Abre el chat en la página de la tienda para leer la respuesta:",
            "Recibes este correo porque lo pediste.",
        ),
        Language::Italian => (
            format!("{shop} ti ha risposto"),
            "Ciao,\n\nuna persona ti ha risposto nella chat. Apri la chat sulla pagina del negozio per leggere la risposta:",
            "Ricevi questa e-mail perché l’hai chiesta.",
        ),
        Language::Portuguese => (
            format!("{shop} respondeu-lhe"),
            "Olá,\n\numa pessoa respondeu-lhe no chat. Abra o chat na página da loja para ler a resposta:",
            "Recebe este e-mail porque o pediu.",
        ),
        Language::Dutch => (
            format!("{shop} heeft je geantwoord"),
            "Hallo,\n\niemand heeft je in de chat geantwoord. Open de chat op de pagina van de winkel om het antwoord te lezen:",
            "Je krijgt deze mail omdat je erom hebt gevraagd.",
        ),
        Language::Polish => (
            format!("Odpowiedź od {shop}"),
            "Dzień dobry,\n\nczłowiek odpowiedział Ci na czacie. Otwórz czat na stronie sklepu, aby przeczytać odpowiedź:",
            "Ta wiadomość przyszła na Twoją prośbę.",
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
