//! What the launcher on the shop's page says, in each language. They travel to the loader as plain
//! texts, so that it needs no table of its own.

use serde::Serialize;

use terms::Language;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct LaunchWords {
    pub(crate) open: String,
    close: &'static str,
    /// `#` stands for the number.
    unread: &'static str,
    opening: &'static str,
    trouble: &'static str,
    again: &'static str,
    title: &'static str,
    dismiss: &'static str,
}

pub(crate) fn words(language: Language) -> LaunchWords {
    let [open, close, unread, opening, trouble, again, title, dismiss] = match language {
        Language::English => [
            "Open chat",
            "Close chat",
            "Open chat, # new",
            "Opening the chat…",
            "The chat cannot be reached just now.",
            "Try again",
            "Chat",
            "Dismiss",
        ],
        Language::German => [
            "Chat öffnen",
            "Chat schließen",
            "Chat öffnen, # neu",
            "Der Chat wird geöffnet…",
            "Der Chat ist gerade nicht erreichbar.",
            "Erneut versuchen",
            "Chat",
            "Ausblenden",
        ],
        Language::French => [
            "Ouvrir le chat",
            "Fermer le chat",
            "Ouvrir le chat, non lus : #",
            "Ouverture du chat…",
            "Le chat est injoignable pour le moment.",
            "Réessayer",
            "Chat",
            "Masquer",
        ],
        Language::Spanish => [
            "Abrir el chat",
            "Cerrar el chat",
            "Abrir el chat, sin leer: #",
            "Abriendo el chat…",
            "Ahora no se puede acceder al chat.",
            "Reintentar",
            "Chat",
            "Ocultar",
        ],
        Language::Italian => [
            "Apri la chat",
            "Chiudi la chat",
            "Apri la chat, da leggere: #",
            "Apertura della chat…",
            "La chat non è raggiungibile al momento.",
            "Riprova",
            "Chat",
            "Nascondi",
        ],
        Language::Portuguese => [
            "Abrir o chat",
            "Fechar o chat",
            "Abrir o chat, por ler: #",
            "A abrir o chat…",
            "O chat não está acessível de momento.",
            "Tentar de novo",
            "Chat",
            "Ocultar",
        ],
        Language::Dutch => [
            "Chat openen",
            "Chat sluiten",
            "Chat openen, # nieuw",
            "De chat wordt geopend…",
            "De chat is nu niet bereikbaar.",
            "Opnieuw proberen",
            "Chat",
            "Verbergen",
        ],
        Language::Polish => [
            "Otwórz czat",
            "Zamknij czat",
            "Otwórz czat, nieprzeczytane: #",
            "Otwieranie czatu…",
            "Czat jest teraz niedostępny.",
            "Spróbuj ponownie",
            "Czat",
            "Ukryj",
        ],
    };
    LaunchWords {
        open: open.to_owned(),
        close,
        unread,
        opening,
        trouble,
        again,
        title,
        dismiss,
    }
}
