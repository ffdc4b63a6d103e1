//! What a shopper is told by mail when recovery codes are made or used, and when somebody asks to get back in
//! without a passkey. Like every mail about an account these have no link and no code.

use terms::Language;

/// What happened to her ways back in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happened {
    CodesMade,
    CodeUsed,
    /// Somebody waits: it must say how to stop it.
    Asked,
    WaitUsed,
}

/// Subject and what happened.
pub(super) fn worded(happened: Happened, shop: &str, language: Language) -> (String, String) {
    use Happened::{Asked, CodeUsed, CodesMade, WaitUsed};
    match (language, happened) {
        (Language::English, CodesMade) => (
            format!("New recovery codes for your account at {shop}"),
            format!(
                "ten recovery codes were made for your account at {shop}. Each gets you back in once, should you lose your device. Codes from before are worth nothing any more."
            ),
        ),
        (Language::English, CodeUsed) => (
            format!("A recovery code was used for your account at {shop}"),
            format!(
                "somebody got back in to your account at {shop} with a code mailed to this address and one of your recovery codes. All other sessions have ended, and a new passkey may be made."
            ),
        ),
        (Language::English, Asked) => (
            format!("Somebody asks to get back in to your account at {shop}"),
            format!(
                "somebody proved to read this mailbox and asked to get back in to your account at {shop} without its passkey. Nothing has changed yet: it is possible 24 hours from now at the earliest. To stop it, open the chat on the shop's website and sign in with your passkey; that ends it at once. Whoever has no passkey any more stops it in the same place: “Continue by e-mail”, then “I lost my device”."
            ),
        ),
        (Language::English, WaitUsed) => (
            format!("Somebody got back in to your account at {shop}"),
            format!(
                "the wait of at least 24 hours that we wrote to you about is over, and somebody who reads this mailbox got back in to your account at {shop}. All other sessions have ended, and a new passkey may be made."
            ),
        ),
        (Language::German, CodesMade) => (
            format!("Neue Wiederherstellungscodes für Ihr Konto bei {shop}"),
            format!(
                "für Ihr Konto bei {shop} wurden zehn Wiederherstellungscodes erstellt. Jeder bringt Sie einmal zurück in Ihr Konto, falls Sie Ihr Gerät verlieren. Frühere Codes gelten nicht mehr."
            ),
        ),
        (Language::German, CodeUsed) => (
            format!("Ein Wiederherstellungscode Ihres Kontos bei {shop} wurde benutzt"),
            format!(
                "jemand ist mit einem an diese Adresse gesandten Code und einem Ihrer Wiederherstellungscodes in Ihr Konto bei {shop} zurückgekehrt. Alle anderen Sitzungen sind beendet, und ein neuer Passkey kann erstellt werden."
            ),
        ),
        (Language::German, Asked) => (
            format!("Jemand möchte zurück in Ihr Konto bei {shop}"),
            format!(
                "jemand, der dieses Postfach liest, möchte ohne Passkey zurück in Ihr Konto bei {shop}. Noch hat sich nichts geändert: Möglich ist es frühestens in 24 Stunden. So halten Sie es auf: Öffnen Sie den Chat auf der Website des Shops und melden Sie sich mit Ihrem Passkey an; damit ist es sofort beendet. Wer keinen Passkey mehr hat, beendet es an derselben Stelle: „Per E-Mail fortsetzen“, dann „Ich habe mein Gerät verloren“."
            ),
        ),
        (Language::German, WaitUsed) => (
            format!("Jemand ist in Ihr Konto bei {shop} zurückgekehrt"),
            format!(
                "die Wartezeit von mindestens 24 Stunden, von der wir Ihnen geschrieben haben, ist vorbei, und jemand, der dieses Postfach liest, ist in Ihr Konto bei {shop} zurückgekehrt. Alle anderen Sitzungen sind beendet, und ein neuer Passkey kann erstellt werden."
            ),
        ),
        (Language::French, CodesMade) => (
            format!("Nouveaux codes de récupération pour votre compte chez {shop}"),
            format!(
                "dix codes de récupération ont été créés pour votre compte chez {shop}. Chacun vous redonne accès une fois, si vous perdez votre appareil. Les codes précédents ne valent plus rien."
            ),
        ),
        (Language::French, CodeUsed) => (
            format!("Un code de récupération de votre compte chez {shop} a été utilisé"),
            format!(
                "quelqu’un a retrouvé l’accès à votre compte chez {shop} avec un code envoyé à cette adresse et l’un de vos codes de récupération. Toutes les autres sessions ont pris fin, et une nouvelle clé d’accès peut être créée."
            ),
        ),
        (Language::French, Asked) => (
            format!("Quelqu’un demande à retrouver l’accès à votre compte chez {shop}"),
            format!(
                "quelqu’un qui lit cette boîte aux lettres demande à retrouver l’accès à votre compte chez {shop} sans sa clé d’accès. Rien n’a encore changé : ce sera possible dans 24 heures au plus tôt. Pour l’arrêter, ouvrez le chat sur le site de la boutique et connectez-vous avec votre clé d’accès ; cela y met fin aussitôt. Si vous n’avez plus de clé d’accès, arrêtez-le au même endroit : « Continuer par e-mail », puis « J’ai perdu mon appareil »."
            ),
        ),
        (Language::French, WaitUsed) => (
            format!("Quelqu’un a retrouvé l’accès à votre compte chez {shop}"),
            format!(
                "le délai d’au moins 24 heures que nous vous avions annoncé est écoulé, et quelqu’un qui lit cette boîte aux lettres a retrouvé l’accès à votre compte chez {shop}. Toutes les autres sessions ont pris fin, et une nouvelle clé d’accès peut être créée."
            ),
        ),
        (Language::Spanish, CodesMade) => (
            format!("Nuevos códigos de recuperación para tu cuenta en {shop}"),
            format!(
                "Se han creado diez códigos de recuperación para tu cuenta en {shop}. Cada uno te devuelve el acceso una vez, si pierdes tu dispositivo. Los códigos anteriores ya no valen."
            ),
        ),
        (Language::Spanish, CodeUsed) => (
            format!("Se ha usado un código de recuperación de tu cuenta en {shop}"),
            format!(
                "Alguien ha recuperado el acceso a tu cuenta en {shop} con un código enviado a esta dirección y uno de tus códigos de recuperación. Todas las demás sesiones se han cerrado y se puede crear una clave de acceso nueva."
            ),
        ),
        (Language::Spanish, Asked) => (
            format!("Alguien pide recuperar el acceso a tu cuenta en {shop}"),
            format!(
                "Alguien que lee este buzón pide recuperar el acceso a tu cuenta en {shop} sin su clave de acceso. Todavía no ha cambiado nada: será posible dentro de 24 horas como muy pronto. Para detenerlo, abre el chat en la web de la tienda e inicia sesión con tu clave de acceso; con eso termina al momento. Si ya no tienes clave de acceso, detenlo en el mismo sitio: «Continuar por correo», después «He perdido mi dispositivo»."
            ),
        ),
        (Language::Spanish, WaitUsed) => (
            format!("Alguien ha recuperado el acceso a tu cuenta en {shop}"),
            format!(
                "Ha pasado la espera de al menos 24 horas de la que te escribimos, y alguien que lee este buzón ha recuperado el acceso a tu cuenta en {shop}. Todas las demás sesiones se han cerrado y se puede crear una clave de acceso nueva."
            ),
        ),
        (Language::Italian, CodesMade) => (
            format!("Nuovi codici di recupero per il tuo account di {shop}"),
            format!(
                "per il tuo account di {shop} sono stati creati dieci codici di recupero. Ognuno ti fa rientrare una volta, se perdi il dispositivo. I codici precedenti non valgono più."
            ),
        ),
        (Language::Italian, CodeUsed) => (
            format!("È stato usato un codice di recupero del tuo account di {shop}"),
            format!(
                "qualcuno è rientrato nel tuo account di {shop} con un codice inviato a questo indirizzo e uno dei tuoi codici di recupero. Tutte le altre sessioni sono terminate e si può creare una nuova passkey."
            ),
        ),
        (Language::Italian, Asked) => (
            format!("Qualcuno chiede di rientrare nel tuo account di {shop}"),
            format!(
                "qualcuno che legge questa casella chiede di rientrare nel tuo account di {shop} senza la passkey. Non è ancora cambiato nulla: sarà possibile non prima di 24 ore. Per fermarlo, apri la chat sul sito del negozio e accedi con la tua passkey; così finisce subito. Chi non ha più una passkey lo ferma nello stesso posto: «Continua per e-mail», poi «Ho perso il mio dispositivo»."
            ),
        ),
        (Language::Italian, WaitUsed) => (
            format!("Qualcuno è rientrato nel tuo account di {shop}"),
            format!(
                "l’attesa di almeno 24 ore di cui ti abbiamo scritto è finita, e qualcuno che legge questa casella è rientrato nel tuo account di {shop}. Tutte le altre sessioni sono terminate e si può creare una nuova passkey."
            ),
        ),
        (Language::Portuguese, CodesMade) => (
            format!("Novos códigos de recuperação para a sua conta em {shop}"),
            format!(
                "foram criados dez códigos de recuperação para a sua conta em {shop}. Cada um devolve-lhe o acesso uma vez, se perder o dispositivo. Os códigos anteriores já não valem."
            ),
        ),
        (Language::Portuguese, CodeUsed) => (
            format!("Foi usado um código de recuperação da sua conta em {shop}"),
            format!(
                "alguém recuperou o acesso à sua conta em {shop} com um código enviado para este endereço e um dos seus códigos de recuperação. Todas as outras sessões terminaram e pode ser criada uma nova chave de acesso."
            ),
        ),
        (Language::Portuguese, Asked) => (
            format!("Alguém pede para recuperar o acesso à sua conta em {shop}"),
            format!(
                "alguém que lê esta caixa de correio pede para recuperar o acesso à sua conta em {shop} sem a chave de acesso. Ainda nada mudou: só será possível daqui a 24 horas, no mínimo. Para o impedir, abra o chat no site da loja e inicie sessão com a sua chave de acesso; isso termina-o de imediato. Quem já não tem chave de acesso impede-o no mesmo sítio: «Continuar por e-mail», depois «Perdi o meu dispositivo»."
            ),
        ),
        (Language::Portuguese, WaitUsed) => (
            format!("Alguém recuperou o acesso à sua conta em {shop}"),
            format!(
                "a espera de pelo menos 24 horas de que lhe escrevemos terminou, e alguém que lê esta caixa de correio recuperou o acesso à sua conta em {shop}. Todas as outras sessões terminaram e pode ser criada uma nova chave de acesso."
            ),
        ),
        (Language::Dutch, CodesMade) => (
            format!("Nieuwe herstelcodes voor je account bij {shop}"),
            format!(
                "er zijn tien herstelcodes gemaakt voor je account bij {shop}. Met elke code kom je één keer weer binnen, als je je apparaat kwijtraakt. Eerdere codes zijn niets meer waard."
            ),
        ),
        (Language::Dutch, CodeUsed) => (
            format!("Er is een herstelcode gebruikt voor je account bij {shop}"),
            format!(
                "iemand is weer binnengekomen in je account bij {shop} met een code die naar dit adres is gemaild en een van je herstelcodes. Alle andere sessies zijn beëindigd en er kan een nieuwe passkey worden gemaakt."
            ),
        ),
        (Language::Dutch, Asked) => (
            format!("Iemand vraagt weer toegang tot je account bij {shop}"),
            format!(
                "iemand die deze mailbox leest, vraagt weer toegang tot je account bij {shop} zonder de passkey. Er is nog niets veranderd: het kan op zijn vroegst over 24 uur. Zo houd je het tegen: open de chat op de website van de winkel en log in met je passkey; dan is het meteen voorbij. Wie geen passkey meer heeft, stopt het op dezelfde plek: ‘Verder via e-mail’, daarna ‘Ik ben mijn apparaat kwijt’."
            ),
        ),
        (Language::Dutch, WaitUsed) => (
            format!("Iemand is weer binnengekomen in je account bij {shop}"),
            format!(
                "de wachttijd van minstens 24 uur waarover we je schreven is voorbij, en iemand die deze mailbox leest, is weer binnengekomen in je account bij {shop}. Alle andere sessies zijn beëindigd en er kan een nieuwe passkey worden gemaakt."
            ),
        ),
        (Language::Polish, CodesMade) => (
            format!("Nowe kody odzyskiwania Twojego konta w {shop}"),
            format!(
                "dla Twojego konta w {shop} utworzono dziesięć kodów odzyskiwania. Każdy pozwala raz wrócić na konto, jeśli stracisz urządzenie. Wcześniejsze kody już nie działają."
            ),
        ),
        (Language::Polish, CodeUsed) => (
            format!("Użyto kodu odzyskiwania Twojego konta w {shop}"),
            format!(
                "ktoś wrócił na Twoje konto w {shop} za pomocą kodu wysłanego na ten adres i jednego z Twoich kodów odzyskiwania. Wszystkie inne sesje zakończono i można utworzyć nowy klucz dostępu."
            ),
        ),
        (Language::Polish, Asked) => (
            format!("Ktoś prosi o odzyskanie dostępu do Twojego konta w {shop}"),
            format!(
                "ktoś, kto czyta tę skrzynkę, prosi o odzyskanie dostępu do Twojego konta w {shop} bez klucza dostępu. Nic się jeszcze nie zmieniło: będzie to możliwe najwcześniej za 24 godziny. Aby to zatrzymać, otwórz czat na stronie sklepu i zaloguj się kluczem dostępu; to kończy sprawę od razu. Kto nie ma już klucza dostępu, zatrzyma to w tym samym miejscu: „Kontynuuj przez e-mail”, a potem „Nie mam już swojego urządzenia”."
            ),
        ),
        (Language::Polish, WaitUsed) => (
            format!("Ktoś odzyskał dostęp do Twojego konta w {shop}"),
            format!(
                "minęło co najmniej 24 godziny, o których pisaliśmy, i ktoś, kto czyta tę skrzynkę, odzyskał dostęp do Twojego konta w {shop}. Wszystkie inne sesje zakończono i można utworzyć nowy klucz dostępu."
            ),
        ),
    }
}
