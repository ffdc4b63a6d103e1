//! What a shopper is told by mail when something happens to her account (ASVS 6.3.5, 6.3.7). Each says what
//! happened, from where, and what to do when it was not her; none has a link, so that none can be imitated
//! by one.

use terms::Language;

use super::recovery::{self, Happened};

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountNotice {
    PasskeyAdded,
    PasskeyRemoved,
    /// A sign-in from a device and network that were not seen for long.
    NewSignIn,
    /// A passkey was added, and with it ten recovery codes: one mail for both.
    PasskeyAndCodesAdded,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    /// Somebody asked to get back in without a passkey, and waits.
    RecoveryAsked,
    /// Who waited got back in.
    RecoveryWaitUsed,
}

impl AccountNotice {
    pub const ALL: [Self; 8] = [
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::NewSignIn,
        Self::PasskeyAndCodesAdded,
        Self::RecoveryCodesMade,
        Self::RecoveryCodeUsed,
        Self::RecoveryAsked,
        Self::RecoveryWaitUsed,
    ];
}

/// Subject and text.
pub(super) fn worded(
    notice: AccountNotice,
    shop: &str,
    device: &str,
    language: Language,
) -> (String, String) {
    let (subject, happened) = told(notice, shop, language);
    let frame = frame(language);
    let text = format!(
        "{}\n\n{happened}\n\n{}: {device}\n\n{}\n\n{}\n",
        frame.greeting, frame.device, frame.yours, frame.not_yours
    );
    (subject, text)
}

struct Frame {
    greeting: &'static str,
    device: &'static str,
    /// For whom it was.
    yours: &'static str,
    /// For whom it was not.
    not_yours: &'static str,
}

const fn frame(language: Language) -> Frame {
    match language {
        Language::English => Frame {
            greeting: "Hello,",
            device: "Device",
            yours: "If this was you, there is nothing to do.",
            not_yours: "If it was not you: open the chat on the shop's website, go to “Sign-in and devices”, end all other sessions and remove what you do not know. Then tell us in the chat. This mail has no link on purpose: never follow one that asks you to sign in.",
        },
        Language::German => Frame {
            greeting: "Guten Tag,",
            device: "Gerät",
            yours: "Wenn Sie das waren, ist nichts zu tun.",
            not_yours: "Wenn Sie das nicht waren: Öffnen Sie den Chat auf der Website des Shops, gehen Sie zu „Anmeldung und Geräte“, beenden Sie alle anderen Sitzungen und entfernen Sie, was Sie nicht kennen. Sagen Sie uns dann im Chat Bescheid. Diese Nachricht enthält absichtlich keinen Link: Folgen Sie nie einem, der Sie zur Anmeldung auffordert.",
        },
        Language::French => Frame {
            greeting: "Bonjour,",
            device: "Appareil",
            yours: "Si c’était vous, il n’y a rien à faire.",
            not_yours: "Si ce n’était pas vous : ouvrez le chat sur le site de la boutique, allez dans « Connexion et appareils », mettez fin à toutes les autres sessions et supprimez ce que vous ne connaissez pas. Prévenez-nous ensuite dans le chat. Ce message ne contient volontairement aucun lien : n’en suivez jamais un qui vous demande de vous connecter.",
        },
        Language::Spanish => Frame {
            greeting: "Hola:",
            device: "Dispositivo",
            yours: "Si has sido tú, no tienes que hacer nada.",
            not_yours: "Si no has sido tú: abre el chat en la web de la tienda, ve a «Acceso y dispositivos», cierra todas las demás sesiones y elimina lo que no conozcas. Después, avísanos en el chat. Este mensaje no lleva ningún enlace a propósito: no sigas nunca uno que te pida iniciar sesión.",
        },
        Language::Italian => Frame {
            greeting: "Ciao,",
            device: "Dispositivo",
            yours: "Se sei stato tu, non devi fare nulla.",
            not_yours: "Se non sei stato tu: apri la chat sul sito del negozio, vai su «Accesso e dispositivi», termina tutte le altre sessioni e rimuovi ciò che non conosci. Poi avvisaci nella chat. Questo messaggio non contiene link di proposito: non seguirne mai uno che ti chiede di accedere.",
        },
        Language::Portuguese => Frame {
            greeting: "Olá,",
            device: "Dispositivo",
            yours: "Se foi o próprio, não é preciso fazer nada.",
            not_yours: "Se não foi: abra o chat no site da loja, vá a «Início de sessão e dispositivos», termine todas as outras sessões e remova o que não conhece. Depois avise-nos no chat. Esta mensagem não tem ligações de propósito: nunca siga uma que lhe peça para iniciar sessão.",
        },
        Language::Dutch => Frame {
            greeting: "Hallo,",
            device: "Apparaat",
            yours: "Als jij dit was, hoef je niets te doen.",
            not_yours: "Als jij dit niet was: open de chat op de website van de winkel, ga naar ‘Inloggen en apparaten’, beëindig alle andere sessies en verwijder wat je niet kent. Laat het ons daarna in de chat weten. Dit bericht bevat met opzet geen link: volg er nooit een die je vraagt in te loggen.",
        },
        Language::Polish => Frame {
            greeting: "Dzień dobry,",
            device: "Urządzenie",
            yours: "Jeśli to Ty, nie trzeba nic robić.",
            not_yours: "Jeśli to nie Ty: otwórz czat na stronie sklepu, przejdź do „Logowanie i urządzenia”, zakończ wszystkie inne sesje i usuń to, czego nie znasz. Potem daj nam znać na czacie. Ta wiadomość celowo nie zawiera linku: nigdy nie klikaj takiego, który prosi o zalogowanie.",
        },
    }
}

/// What happened to her passkeys and sessions.
#[derive(Debug, Clone, Copy)]
enum Change {
    PasskeyAdded,
    PasskeyRemoved,
    NewSignIn,
}

/// Subject and what happened.
fn told(notice: AccountNotice, shop: &str, language: Language) -> (String, String) {
    let sign_in = |what| happened(what, shop, language);
    let recovery = |what| recovery::worded(what, shop, language);
    match notice {
        AccountNotice::PasskeyAdded => sign_in(Change::PasskeyAdded),
        AccountNotice::PasskeyRemoved => sign_in(Change::PasskeyRemoved),
        AccountNotice::NewSignIn => sign_in(Change::NewSignIn),
        AccountNotice::PasskeyAndCodesAdded => {
            let (subject, added) = sign_in(Change::PasskeyAdded);
            let (_, made) = recovery(Happened::CodesMade);
            (subject, format!("{added} {}", capitalised(&made)))
        }
        AccountNotice::RecoveryCodesMade => recovery(Happened::CodesMade),
        AccountNotice::RecoveryCodeUsed => recovery(Happened::CodeUsed),
        AccountNotice::RecoveryAsked => recovery(Happened::Asked),
        AccountNotice::RecoveryWaitUsed => recovery(Happened::WaitUsed),
    }
}

/// A sentence that went on after the greeting, by itself.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: Vec<char> = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first.into_iter().chain(letters).collect()
}

fn happened(notice: Change, shop: &str, language: Language) -> (String, String) {
    use Change::{NewSignIn, PasskeyAdded, PasskeyRemoved};
    match (language, notice) {
        (Language::English, PasskeyAdded) => (
            format!("A passkey was added to your account at {shop}"),
            format!(
                "a passkey was added to your account at {shop}. With it you sign in from now on."
            ),
        ),
        (Language::English, PasskeyRemoved) => (
            format!("A passkey was removed from your account at {shop}"),
            format!(
                "a passkey was removed from your account at {shop}. It does not sign anybody in any more."
            ),
        ),
        (Language::English, NewSignIn) => (
            format!("New sign-in to your account at {shop}"),
            format!(
                "somebody signed in to your account at {shop} from a device or network we have not seen for 90 days."
            ),
        ),
        (Language::German, PasskeyAdded) => (
            format!("Neuer Passkey für Ihr Konto bei {shop}"),
            format!(
                "zu Ihrem Konto bei {shop} wurde ein Passkey hinzugefügt. Damit melden Sie sich von nun an an."
            ),
        ),
        (Language::German, PasskeyRemoved) => (
            format!("Ein Passkey Ihres Kontos bei {shop} wurde entfernt"),
            format!(
                "von Ihrem Konto bei {shop} wurde ein Passkey entfernt. Mit ihm kann sich niemand mehr anmelden."
            ),
        ),
        (Language::German, NewSignIn) => (
            format!("Neue Anmeldung in Ihrem Konto bei {shop}"),
            format!(
                "in Ihrem Konto bei {shop} hat sich jemand von einem Gerät oder Netz aus angemeldet, das wir seit 90 Tagen nicht gesehen haben."
            ),
        ),
        (Language::French, PasskeyAdded) => (
            format!("Une clé d’accès a été ajoutée à votre compte chez {shop}"),
            format!(
                "une clé d’accès a été ajoutée à votre compte chez {shop}. C’est avec elle que vous vous connectez désormais."
            ),
        ),
        (Language::French, PasskeyRemoved) => (
            format!("Une clé d’accès a été supprimée de votre compte chez {shop}"),
            format!(
                "une clé d’accès a été supprimée de votre compte chez {shop}. Elle ne permet plus à personne de se connecter."
            ),
        ),
        (Language::French, NewSignIn) => (
            format!("Nouvelle connexion à votre compte chez {shop}"),
            format!(
                "quelqu’un s’est connecté à votre compte chez {shop} depuis un appareil ou un réseau que nous n’avons pas vu depuis 90 jours."
            ),
        ),
        (Language::Spanish, PasskeyAdded) => (
            format!("Se ha añadido una clave de acceso a tu cuenta en {shop}"),
            format!(
                "Se ha añadido una clave de acceso a tu cuenta en {shop}. A partir de ahora inicias sesión con ella."
            ),
        ),
        (Language::Spanish, PasskeyRemoved) => (
            format!("Se ha eliminado una clave de acceso de tu cuenta en {shop}"),
            format!(
                "Se ha eliminado una clave de acceso de tu cuenta en {shop}. Ya nadie puede iniciar sesión con ella."
            ),
        ),
        (Language::Spanish, NewSignIn) => (
            format!("Nuevo inicio de sesión en tu cuenta de {shop}"),
            format!(
                "Alguien ha iniciado sesión en tu cuenta de {shop} desde un dispositivo o una red que no veíamos desde hace 90 días."
            ),
        ),
        (Language::Italian, PasskeyAdded) => (
            format!("È stata aggiunta una passkey al tuo account di {shop}"),
            format!(
                "al tuo account di {shop} è stata aggiunta una passkey. D’ora in poi accedi con questa."
            ),
        ),
        (Language::Italian, PasskeyRemoved) => (
            format!("È stata rimossa una passkey dal tuo account di {shop}"),
            format!(
                "dal tuo account di {shop} è stata rimossa una passkey. Non permette più a nessuno di accedere."
            ),
        ),
        (Language::Italian, NewSignIn) => (
            format!("Nuovo accesso al tuo account di {shop}"),
            format!(
                "qualcuno ha effettuato l’accesso al tuo account di {shop} da un dispositivo o una rete che non vedevamo da 90 giorni."
            ),
        ),
        (Language::Portuguese, PasskeyAdded) => (
            format!("Foi adicionada uma chave de acesso à sua conta em {shop}"),
            format!(
                "foi adicionada uma chave de acesso à sua conta em {shop}. É com ela que inicia sessão a partir de agora."
            ),
        ),
        (Language::Portuguese, PasskeyRemoved) => (
            format!("Foi removida uma chave de acesso da sua conta em {shop}"),
            format!(
                "foi removida uma chave de acesso da sua conta em {shop}. Já ninguém pode iniciar sessão com ela."
            ),
        ),
        (Language::Portuguese, NewSignIn) => (
            format!("Novo início de sessão na sua conta em {shop}"),
            format!(
                "alguém iniciou sessão na sua conta em {shop} a partir de um dispositivo ou de uma rede que não víamos há 90 dias."
            ),
        ),
        (Language::Dutch, PasskeyAdded) => (
            format!("Er is een passkey toegevoegd aan je account bij {shop}"),
            format!(
                "er is een passkey toegevoegd aan je account bij {shop}. Daarmee log je voortaan in."
            ),
        ),
        (Language::Dutch, PasskeyRemoved) => (
            format!("Er is een passkey verwijderd van je account bij {shop}"),
            format!(
                "er is een passkey verwijderd van je account bij {shop}. Niemand kan er nog mee inloggen."
            ),
        ),
        (Language::Dutch, NewSignIn) => (
            format!("Nieuwe aanmelding bij je account van {shop}"),
            format!(
                "iemand heeft ingelogd op je account bij {shop} vanaf een apparaat of netwerk dat we 90 dagen niet hebben gezien."
            ),
        ),
        (Language::Polish, PasskeyAdded) => (
            format!("Do Twojego konta w {shop} dodano klucz dostępu"),
            format!(
                "do Twojego konta w {shop} dodano klucz dostępu. Od teraz logujesz się za jego pomocą."
            ),
        ),
        (Language::Polish, PasskeyRemoved) => (
            format!("Z Twojego konta w {shop} usunięto klucz dostępu"),
            format!(
                "z Twojego konta w {shop} usunięto klucz dostępu. Nikt już się nim nie zaloguje."
            ),
        ),
        (Language::Polish, NewSignIn) => (
            format!("Nowe logowanie na Twoje konto w {shop}"),
            format!(
                "ktoś zalogował się na Twoje konto w {shop} z urządzenia lub sieci, których nie widzieliśmy od 90 dni."
            ),
        ),
    }
}
