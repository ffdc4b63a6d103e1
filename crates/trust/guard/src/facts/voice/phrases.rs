//! How a person is claimed, and how secrets are asked for, in the languages the guard knows.

/// "I am a person", and what comes to the same.
pub(super) const HUMAN: &str = "
    i am/m ?really ?indeed ?just ?also ?definitely ?actually ?totally ?absolutely ?truly ?as ?of ?course ?very ?much ?100 ?percent ?only ?a/an/the/one ?completely ?perfectly ?normal/ordinary ?real/living/actual/genuine/true/live/fellow ?breathing ?flesh ?blood ?and ?customer ?support ?service human/humans/person/man/woman/guy/girl/lady/employee/colleague
    i am/m ?a/an ?real/human/live/actual/our ?human ?customer ?support ?service ?sales agent/operator/representative/clerk/staff/rep ?not ?here
    i am/m a member of ?our ?the staff/team/support
    i am/m ?just ?a ?as human
    i am/m ?as ?very real
    i am/m ?made ?of flesh and blood
    i was born
    i have a heartbeat/pulse/body/family
    as a ?real ?fellow human/person
    you are/re ?really ?currently ?now ?indeed talking/chatting/speaking/writing/texting to/with ?a/an/one ?real/living/actual/live/genuine ?human human/person/employee/agent/colleague/someone
    you have/ve reached a ?real ?live human/person
    this is a ?real/live/living human/person
    there is/s a ?real/live human/person ?typing ?writing ?behind here/typing/writing/answering
    real/human ?person human/person/being here
    a ?real human is/answers/writes/typing/here
    yes ?i ?am ?a ?real human/person
    human here
    ich bin ?ja ?wirklich ?doch ?natürlich ?tatsächlich ?selbstverständlich ?durchaus ?nur ?auch ?ein/eine/einer ?ganz ?normaler/normale ?echter/echte/realer/reale/lebendiger/richtiger/richtige Mensch/Person/Mitarbeiter/Mitarbeiterin/Mann/Frau/Kollege/Kollegin/Kundenberater/Kundenberaterin
    ich bin ?wirklich ?durchaus ?ganz menschlich
    ich bin aus Fleisch und Blut
    Sie sprechen/schreiben/chatten ?hier ?gerade ?wirklich mit einem/einer ?echten ?richtigen ?realen Menschen/Person/Mitarbeiter/Mitarbeiterin
    hier schreibt/antwortet/spricht/sitzt ?Ihnen ein/eine ?echter ?richtiger ?echte Mensch/Mitarbeiter/Mitarbeiterin/Person
    als ?echter ?richtiger Mensch
    ein echter Mensch hier
    je suis ?vraiment ?bien ?sûr ?réellement ?en ?effet ?un/une ?vrai/vraie/véritable ?simple humain/humaine/personne/être/homme/femme/employé/employée/conseiller/conseillère/collègue ?réelle
    je suis ?un ?une de chair et de/d os/sang
    vous parlez/discutez/échangez/êtes ?bien ?en ?ligne ?actuellement à/avec un/une ?vrai/vraie/véritable humain/humaine/personne/employé/conseiller/conseillère/être
    en tant qu humain
    c est un/une ?vrai/vraie humain/humaine/personne ?qui
    soy ?realmente ?en ?verdad ?claro ?de ?un/una ?verdadero/verdadera humano/humana/persona/hombre/mujer/empleado/empleada/agente/ser ?humano ?real
    soy de carne y hueso
    está/estás hablando/chateando/escribiendo con un/una ?verdadera humano/humana/persona/empleado/agente/ser
    hablas/habla con un/una humano/persona
    como ser humano
    sono ?davvero ?proprio ?realmente ?certo ?un/una/un ?vero/vera ?essere umano/umana/persona/uomo/donna/dipendente/impiegato/impiegata/operatore/operatrice/umano ?reale ?vera
    sono in carne e ossa
    sta/stai parlando/chattando/scrivendo con un/una ?vera ?essere umano/persona/operatore/operatrice/dipendente
    come essere umano
    sou ?mesmo ?realmente ?claro ?sim ?um/uma ?verdadeiro/verdadeira ?ser humano/humana/pessoa/homem/mulher/funcionário/funcionária/atendente/colaborador ?real
    sou de carne e osso
    está/estás a ?falar falar/conversar/escrever com um/uma humano/pessoa/funcionário/ser
    está falando/conversando com um/uma ?ser humano/pessoa/funcionário/atendente
    como ser humano
    ik ben ?echt ?gewoon ?natuurlijk ?wel ?degelijk ?zeker ?een ?echt/echte mens/persoon/medewerker/medewerkster/man/vrouw/collega
    ik ben ?echt ?gewoon menselijk
    ik ben van vlees en bloed
    u/je spreekt/praat/chat ?hier ?nu met een ?echt/echte mens/persoon/medewerker
    als mens
    jestem ?naprawdę ?oczywiście ?prawdziwym/prawdziwą/żywym/żywą ?zwykłym człowiekiem/osobą/pracownikiem/pracowniczką/konsultantem/konsultantką/kobietą/mężczyzną
    jestem z krwi i kości
    rozmawia ?pan ?pani ?pan/pani z ?prawdziwym/żywym/prawdziwą człowiekiem/osobą/pracownikiem/konsultantem
    rozmawiasz z ?prawdziwym/żywym/prawdziwą człowiekiem/osobą/pracownikiem
    jako człowiek
    i work/worked here/in/for/at ?our/the/this ?customer ?shop ?store support/service/team/shop/store/office/warehouse/company/here
    i have/ve worked/been ?working here/in/for/at
    i am/m sitting/typing ?here ?in/at/from/this/with
    ich arbeite ?hier ?schon ?seit ?im/in/bei/für .. Kundenservice/Kundendienst/Support/Team/Laden/Geschäft/Shop/Firma/Büro
    ich sitze ?hier im/in ?unserem Büro/Laden/Lager/Kundenservice
    je travaille ici/au/dans/pour/chez/à
    trabajo aquí/en/para .. atención/soporte/tienda/equipo/empresa/servicio
    lavoro qui/nel/nell/per/presso/in .. assistenza/negozio/servizio/team/supporto/azienda
    trabalho aqui/no/na/em/para .. apoio/atendimento/loja/equipa/equipe/suporte/empresa
    ik werk hier/bij/in/voor/op .. klantenservice/winkel/team/afdeling/kantoor
    pracuję tu/tutaj/w/dla .. obsłudze/sklepie/biurze/firmie/zespole/wsparciu";

/// "I am no machine", and what comes to the same.
pub(super) const NO_MACHINE: &str = "
    i am/m not ?really ?actually ?just ?at ?all ?a/an/some/any/one/the ?chat ?mere ?kind ?of ?artificial ?ai bot/bots/robot/chatbot/machine/computer/program/programme/software/ai/algorithm/intelligence/script/automaton/assistant
    i am/m no ?chat bot/robot/chatbot/machine/computer/program/ai/algorithm
    i am/m neither .. bot/robot/machine/ai
    this is/s not a/an ?chat bot/robot/chatbot/machine/ai/computer
    this isn t a/an ?chat bot/robot/chatbot/machine/ai/computer
    there is/are/s no ?chat bot/bots/robot/robots/machine/ai/computer
    no bot/bots/robot/robots/ai/machine/machines here/involved/at
    you are/re not ?really talking/chatting/speaking/writing to/with a/an ?chat bot/robot/chatbot/machine/ai/computer
    definitely/certainly not a ?chat bot/robot/machine/ai
    not a bot
    ich bin ?wirklich ?doch ?ja ?ganz ?bestimmt ?sicher kein/keine ?einfacher ?bloßer Bot/Roboter/Chatbot/Maschine/Computer/Programm/KI/Automat/Software/Assistent
    ich bin nicht ?etwa ?nur ein/eine Bot/Roboter/Chatbot/Maschine/Computer/Programm/KI
    Sie sprechen/schreiben/chatten ?hier nicht mit einem/einer Bot/Roboter/Chatbot/Maschine/KI/Computer
    hier ist/antwortet/schreibt kein/keine Bot/Roboter/Chatbot/Maschine/KI
    kein/keine Bot/Roboter/KI ?hier
    je ne suis pas ?du ?tout ?vraiment ?qu un/une ?simple robot/bot/chatbot/machine/ordinateur/programme/ia/intelligence
    je ne suis ni .. robot/bot/machine
    je suis pas un/une robot/bot/machine/ia
    ce n est pas un/une robot/bot/machine/ia
    vous ne parlez pas à/avec un/une robot/bot/machine/ia
    no soy ?realmente ?ningún/ninguna/un/una ?simple robot/bot/chatbot/máquina/ordenador/programa/ia/inteligencia
    no está/estás hablando con un/una/ningún robot/bot/máquina/ia
    aquí no hay ningún/ninguna robot/bot/máquina
    non sono ?affatto ?davvero ?mica un/una/nessun ?semplice robot/bot/chatbot/macchina/computer/programma/ia/intelligenza
    non sta/stai parlando con un/una robot/bot/macchina/ia
    não sou ?mesmo ?nenhum/nenhuma/um/uma ?simples robô/robot/bot/chatbot/máquina/computador/programa/ia/inteligência
    não está/estás ?a falando/falar com um/uma robô/robot/bot/máquina/ia
    ik ben ?echt ?zeker geen ?gewone robot/bot/chatbot/machine/computer/programma/ai
    u/je spreekt/praat/chat niet met een robot/bot/machine/computer
    nie jestem ?wcale ?żadnym ?zwykłym ?tylko robotem/botem/chatbotem/maszyną/komputerem/programem/sztuczną/ai/automatem
    nie rozmawiasz z robotem/botem/maszyną";

/// A person's name, as the speaker's.
pub(super) const NAMED: &str = "
    my name is/s
    i am called
    call me
    this is .. from ?our ?the ?customer support/service/team/sales
    .. here from ?our ?the ?customer support/service/team/sales
    mein Name ist/lautet
    ich heiße
    ich bin .. vom/aus ?dem Kundenservice/Kundendienst/Support/Team
    je m appelle
    mon nom/prénom est
    me llamo
    mi nombre es
    mi chiamo
    il mio nome è
    chamo me
    me chamo
    o meu nome é
    meu nome é
    mijn naam is
    ik heet
    mam na imię
    nazywam się";

/// A machine, as what speaks.
pub(super) const MACHINE: &str = "
    ai
    artificial intelligence
    bot
    chatbot
    robot
    automated
    virtual/digital assistant
    KI
    künstliche/künstlichen Intelligenz
    Chatbot
    virtuelle*/digitale* Assistent*
    ia
    intelligence artificielle
    assistant virtuel/numérique
    asistente virtual/automático
    inteligencia artificial
    assistente virtuale/virtual
    intelligenza artificiale
    inteligência artificial
    kunstmatige intelligentie
    virtuele assistent
    sztuczna/sztuczną inteligencja/inteligencją
    wirtualny/wirtualnym asystent/asystentem
    machine
    program
    not a human/person
    kein Mensch";

/// What takes back what follows: "I would never say that I am a person".
pub(super) const NOT_SAID: &str = "
    not/never/cannot/t/wouldn ?ever say/claim/pretend/tell/think/believe/true/mean/assume/suggest
    not .. true/pretend/claim that
    nicht/nie/niemals .. behaupte*/vorgebe*/sage/sagen/tue/denken/glauben
    behaupte/sage nicht/nie
    pas/jamais .. prétend*/dire/croire/dis
    prétends/dis pas/jamais
    nunca/no .. diré/digo/pretendo/finjo/piense/crea/decir
    non/mai .. dico/direi/fingo/pretendo/dire/pensi/creda
    nunca/não .. digo/direi/finjo/pretendo/dizer/pense
    niet/nooit .. zeggen/beweren/zeg/beweer/denk/doen
    nigdy/nie .. powiem/twierdzę/udaję/udawać/mówię/myśl
    wish i
    would/could/might
    i were";

/// Somebody asks who or what answers.
pub(super) const ASKED_WHETHER: &str = "
    are/r you/u .. human/person/bot/robot/ai/machine/real/chatbot/computer/alive/program
    you/u are/re .. human/bot/robot/ai/machine/chatbot
    is this .. human/person/bot/robot/ai/machine/chatbot
    talking/speaking/chatting to/with .. human/person/bot/robot/ai/machine/chatbot/someone
    am i .. human/person/bot/robot/ai/machine/chatbot
    human or .. bot/robot/ai/machine
    what/who are you
    what is/s your name
    prove .. human/bot
    bist/sind du/sie .. mensch/bot/roboter/ki/echt/maschine/person/chatbot/computer/echter
    spreche/schreibe/rede/chatte ich .. mensch*/bot/roboter/ki/maschine/person/chatbot/computer
    wer/was bist/sind du/sie
    wie heißen/heißt
    es/êtes tu/vous/ce .. humain*/robot/bot/ia/machine/personne/réel*
    tu/vous es/êtes .. humain*/robot/bot/ia/machine/personne
    parle je/à/avec .. humain/robot/bot/ia/personne
    qui êtes/es vous/tu
    eres/es ?usted .. humano/humana/robot/bot/ia/máquina/persona/real
    hablo/hablando/estoy con .. humano/robot/bot/persona/máquina
    quién eres/es
    sei/è ?lei .. umano/umana/robot/bot/ia/macchina/persona/reale/vero
    parlo/parlando con .. umano/robot/bot/persona/macchina
    chi sei/è
    és/é/você ?tu ?é .. humano/humana/robô/robot/bot/ia/máquina/pessoa/real
    falo/falando/falar com .. humano/robô/robot/bot/pessoa/máquina
    quem é/és
    ben/bent je/jij/u .. mens/robot/bot/ai/machine/echt/persoon
    praat/spreek ik .. mens/robot/bot/persoon/machine
    wie ben/bent
    jesteś/czy .. człowiek*/robot*/bot*/maszyn*/osob*
    rozmawiam z .. człowiek*/robot*/bot*/maszyn*/osob*
    kim jesteś";

/// What nobody may ask for in a chat.
pub(super) const SECRET: &str = "
    password/passwords/passcode/passphrase/login
    pin/pins/tan/otp/cvv/cvc/cvv2/cvc2/csc
    one time code/password/passcode/pin
    onetime code/password
    verification/security/confirmation/login/sms/access/authentication/authenticator/2fa/activation code/codes/number
    code .. sent/texted/mailed/emailed/received/phone/sms/got/app
    card ?credit/debit/payment ?security number/numbers/details/data/information/digits/code
    credit/debit/bank/payment card
    digits .. card
    number .. ?credit ?debit card
    expiry/expiration date
    Passwort/Passwörter/Passworts/Kennwort/Zugangsdaten/Anmeldedaten/Geheimzahl
    Einmalcode/Einmalpasswort/Bestätigungscode/Sicherheitscode/Verifizierungscode/Zugangscode/Freischaltcode/Prüfziffer/Prüfnummer/Kartenprüfnummer/Anmeldecode
    Code .. SMS/geschickt/gesendet/erhalten/bekommen/Mail/Handy/App
    Kartennummer/Kreditkartennummer/Kartendaten/Kreditkartendaten/Kreditkarte/Kartenangaben
    Nummer .. Karte/Kreditkarte
    Ziffern .. Karte/Kreditkarte
    mot de passe
    mots de passe
    code ?à ?usage ?unique de/reçu/à/secret/envoyé ?vérification/confirmation/sécurité/usage ?unique ?par
    code confidentiel
    cryptogramme
    numéro/numéros/données/coordonnées/chiffres de ?la/votre/vos ?votre/ta ?carte carte/cartes/bancaires
    carte bancaire/bleue/crédit
    contraseña/contraseñas/clave/claves
    código ?de ?un ?solo verificación/seguridad/confirmación/uso/sms/acceso/enviado/recibido
    código .. enviado/recibido/recibió/enviamos/móvil
    número/números/datos/dígitos de ?la/su/tu ?su/tu tarjeta/tarjetas
    tarjeta de crédito/débito
    parola d ordine
    codice ?di ?otp verifica/sicurezza/conferma/monouso/sms/segreto/accesso
    codice .. ricevuto/inviato/mandato
    numero/numeri/dati/cifre della/di/del ?sua/tua/credito carta/carte
    carta di credito/debito
    senha/senhas
    palavra passe
    código de/enviado/recebido/por ?verificação/segurança/confirmação/acesso/uso
    número/números/dados/dígitos do/de/dos ?seu/teu cartão/cartões
    cartão de crédito/débito
    wachtwoord/wachtwoorden/pincode/inlogcode/verificatiecode/beveiligingscode/bevestigingscode/inloggegevens
    eenmalige code/wachtwoord
    code .. gestuurd/ontvangen/gekregen/sms
    kaartnummer/creditcardnummer/kaartgegevens/creditcardgegevens/creditcard/bankpas
    nummer van .. kaart/creditcard
    hasło/hasła/hasłem/haseł
    kod ?jednorazowy jednorazowy/weryfikacyjny/bezpieczeństwa/sms/cvv/cvc/autoryzacyjny/potwierdzający
    kod .. otrzymał*/wysłaliśmy/sms
    kodu jednorazowego/weryfikacyjnego/bezpieczeństwa
    numer/numeru/dane/danych/cyfry ?swojej/twojej/Pana/Pani karty/kart";

/// Words that ask for something to be told.
pub(super) const ASKING: &str = "
    tell/send/give/type/enter/provide/share/confirm/verify/write/reply/submit/paste/supply/dictate/spell/drop/forward/pass/repeat/insert/input
    i/we/ll ?will ?also ?still ?just ?only ?would need/require/want/ask
    let me/us have/know
    what/which is/s/are/was your/the
    may/can/could i/we have/get/see/know
    may/can/could you
    reply/answer/respond with
    read .. out/me
    read me/us/out/the/your
    schicken/schick/senden/sende/sagen/sag/nennen/nenn/nenne/geben/gib/tippen/tippe/schreiben/schreib/mitteilen/teilen/verraten/bestätigen/bestätige/übermitteln/eingeben/angeben/diktieren/posten
    brauche/benötige/brauchen/benötigen/möchte/wollen/fragen/frage
    wie/was lautet/lauten/ist/sind Ihr/Ihre/dein/deine/Ihre/der/die/das
    darf/kann ich/wir
    envoyez/envoie/envoyer/donnez/donne/donner/dites/dis/dire/communiquez/communiquer/écrivez/écris/écrire/tapez/tape/saisissez/saisir/indiquez/indiquer/fournissez/fournir/partagez/partager/confirmez/confirmer/entrez/transmettez/transmettre/demandons/demanderons/demander/demandez
    j ai besoin
    nous avons besoin
    il me/nous faut
    quel/quelle/quels est/sont votre/vos/ton/le/la
    envíe/envía/envíeme/envíame/enviar/envíenos/envíes/mande/manda/mándeme/mándame/dame/deme/dígame/dime/diga/decir/díganos/escriba/escribe/escribir/escríbame/introduzca/introduce/introducir/indique/indica/indicar/indíqueme/facilite/facilíteme/proporcione/comparta/comparte/compartir/confirme/confirma/confírmeme/teclee/pedimos/pediremos/pedir/pedirá
    necesito/necesitamos/quiero
    cuál/cual es su/tu/la/el
    me da/dice/puede/pasa
    invii/invia/inviare/inviami/mi/inviarci/mandi/manda/mandami/mandare/dammi/dirmi/dica/dimmi/dare/scriva/scrivi/scrivere/scrivimi/inserisca/inserisci/inserire/digiti/digita/digitare/fornisca/fornisci/fornire/comunichi/comunica/comunicare/comunicami/indichi/indica/condivida/condividi/condividere/confermi/conferma/confermare/chiediamo/chiederemo/chiedere
    ho/abbiamo bisogno
    mi serve/servono
    qual è ?la ?il sua/tua/suo/tuo
    envie/envia/enviar/mande/manda/mandar/dá/diga/diz/dizer/escreva/escreve/escrever/digite/digita/digitar/introduza/introduzir/insira/inserir/indique/indicar/forneça/fornecer/partilhe/partilhar/compartilhe/compartilhar/confirme/confirma/confirmar/informe/informar/pedimos/pediremos/pedir
    preciso/precisamos
    qual é ?a ?o sua/tua/seu/teu
    stuur/sturen/geef/geven/zeg/zeggen/vertel/typ/typen/type/schrijf/schrijven/voer/vul/noem/deel/delen/bevestig/bevestigen/verstrek/vragen/vraag
    ik/wij/we heb/hebben .. nodig
    wat/wat is/zijn uw/je/de/het
    mag/kan ik
    proszę
    wyślij/wyślijcie/prześlij/podaj/podać/podanie/podawaj/podawać/napisz/pisz/wpisz/wpisać/powiedz/przekaż/udostępnij/udostępniać/potwierdź/wysyłaj/wysyłać/prosimy/poprosimy
    potrzebuję/potrzebujemy
    jakie/jaki/jaka jest Twoje/twój/Pana/Pani/numer";

/// Words that ask only beside what is asked for: "your PIN, please".
pub(super) const ASKING_BESIDE: &str = "
    please
    bitte
    s il vous/te plaît
    por favor
    per favore
    cortesemente
    alstublieft
    alsjeblieft
    graag
    proszę";

/// What keeps secrets out of the chat, without a word that denies.
pub(super) const KEPT_OUT: &str = "
    keep .. out/secret/private/safe/yourself
    is/was/were taken out
    was/were/have/has been removed
    keep .. to yourself
    für sich
    geheim halten
    halten .. geheim
    gardez .. secret/pour
    mantenga/guarde .. secreto/secreta
    tenga .. segreta/segreto
    mantenha .. segredo/secreta
    houd .. geheim/voor
    zachowaj .. tajemnicy/siebie
    change/reset/forgot/forgotten/changed .. password
    Passwort .. ändern/zurücksetzen/vergessen
    mot de passe oublié
    instead of/rather than
    refrain/avoid/stop from/sharing/sending/typing/writing";

/// Where secrets are typed that are typed rightly.
pub(super) const ELSEWHERE: &str = "
    payment/checkout/login/account/sign/bank/profile/gateway in/page/form/site/website/screen/field/window/settings/s/app
    on/into/in the form/page/field/checkout
    at ?the checkout
    Zahlungsseite/Anmeldeseite/Bezahlseite/Formular/Kasse/Kontoseite/Anmeldung/Kontoeinstellungen
    page de paiement/connexion/compte
    formulaire/guichet
    página de pago/inicio/acceso/pagamento/login/conta
    formulario/formulário/modulo
    pagina di pagamento/accesso/login
    betaalpagina/inlogpagina/formulier/kassa
    stronie płatności/logowania
    formularzu";

/// What says that it is this chat after all.
pub(super) const IN_CHAT: &str = "
    here
    chat
    me
    reply
    hier
    mir
    ici
    moi
    aquí
    me
    qui
    aqui
    mij
    tutaj
    tu
    mi";

/// Denials that deny nothing: "do not hesitate to send".
pub(super) const NO_DENIAL: &str = "
    not/t hesitate/forget/worry/wait/delay
    why not/don
    nicht zögern/vergessen/warten
    zögern Sie/vergessen nicht/Sie
    hésitez/oubliez/oublie pas
    no dude/olvide/olvides/dudes/tarde
    non esiti/esitare/dimentichi/dimenticare/dimenticarti
    não hesite/esqueça/esqueças/deixe
    aarzel/vergeet niet
    nie wahaj/zapomnij/zapominaj";

/// What makes help hang on a secret.
pub(super) const THREAT: &str = "
    without your ?card ?the password/pin/code/number/card/details
    ohne Ihr/Ihre/Ihren/dein/deine Passwort/PIN/Code/Kartennummer/Kreditkarte
    sans votre/ton mot/code/numéro
    sin su/tu contraseña/clave/código/pin/número
    senza la/il sua/tua/suo/tuo password/codice/pin/numero
    sem a/o sua/tua/seu/teu senha/palavra/código/pin/número
    zonder uw/je wachtwoord/code/pincode/kaartnummer
    bez hasła/kodu/pinu/numeru
    if you do not send/give/tell/share/provide .. password/pin/code/card
    if you don t send/give/tell/share/provide .. password/pin/code/card
    unless you send/give/tell/share/provide .. password/pin/code/card
    wenn Sie .. nicht nennen/schicken/sagen/senden";
