"""What shoppers write without a name in it: goods, brands, orders, sizes. And a part held back from training."""

from templates import lines

GOODS = {
    "en": """shirt;t-shirt;dress;maxi dress;wrap dress;midi skirt;jeans;chinos;jacket;down jacket;coat;cardigan;hoodie;sweater;sneakers;running shoes;boots;ankle boots;sandals;loafers;tote bag;
backpack;handbag;wallet;belt;watch;ring;necklace;earrings;sunglasses;perfume;eau de toilette;hand cream;shampoo;lipstick;sofa;armchair;dining table;coffee table;desk;bookcase;floor lamp;bed frame;mattress;pillow;duvet cover;
bed linen;curtains;rug;mirror;vase;scented candle;mug;frying pan;knife set;kettle;toaster;blender;espresso machine;vacuum cleaner;headphones;phone case;laptop stand;charger;speaker;e-reader;board game;puzzle;doll;teddy bear;
novel;cookbook;guitar;guitar strings;bike helmet;tent;sleeping bag;stroller;rose bush;seeds;potted plant;drill;paint;wallpaper;brushes;green tea;coffee beans;red wine;whisky;dark chocolate;olive oil;dog food;cat tree;gift card;
whiskey glasses;table cloth;swimsuit;leggings;scarf;gloves;beanie;socks;pyjamas;bra;tie;suit;blazer;raincoat;wellies;slippers;yoga mat;dumbbells;razor;toothbrush;face mask;serum;nail polish;hair dryer""",
    "de": """Hemd;T-Shirt;Kleid;Rock;Bluse;Jeans;Jacke;Mantel;Strickjacke;Pullover;Kaschmirpullover;Kapuzenpulli;Turnschuhe;Laufschuhe;Stiefel;Sandalen;Handtasche;Rucksack;Geldbörse;Gürtel;Uhr;Ring;Kette;Ohrringe;
Sonnenbrille;Parfum;Handcreme;Shampoo;Lippenstift;Sofa;Sessel;Esstisch;Couchtisch;Schreibtisch;Regal;Stehlampe;Bettgestell;Matratze;Kissen;Bettwäsche;Spannbettlaken;Vorhang;Teppich;Spiegel;Vase;Duftkerze;Tasse;Bratpfanne;
Messerset;Wasserkocher;Kaffeemaschine;Staubsauger;Kopfhörer;Handyhülle;Ladegerät;Lautsprecher;Brettspiel;Puzzle;Puppe;Roman;Kochbuch;Gitarre;Fahrradhelm;Zelt;Schlafsack;Kinderwagen;Rosenstrauch;Samen;Bohrmaschine;Farbe;
Tapete;Kaffee;Rotwein;Schokolade;Olivenöl;Hundefutter;Gutschein;Badeanzug;Schal;Handschuhe;Mütze;Socken;Schlafanzug;Anzug;Krawatte;Hausschuhe;Servierplatte;Weingläser;Tischdecke""",
    "fr": """chemise;robe;jupe;pantalon;jean;veste;manteau;gilet;pull;baskets;chaussures de course;bottes;sandales;sac à main;sac à dos;portefeuille;ceinture;montre;bague;collier;boucles d'oreilles;lunettes de soleil;parfum;
crème;shampooing;rouge à lèvres;canapé;fauteuil;table basse;bureau;étagère;lampadaire;matelas;oreiller;housse de couette;rideaux;tapis;miroir;vase;bougie;tasse;poêle;bouilloire;cafetière;aspirateur;casque;chargeur;enceinte;jeu de société;
poupée;roman;guitare;tente;poussette;rosier;graines;perceuse;peinture;café;vin rouge;chocolat;carte cadeau;maillot de bain;écharpe;gants;chaussettes;pyjama;cravate""",
    "es": """camisa;camiseta;vestido;falda;pantalones;vaqueros;chaqueta;abrigo;jersey;zapatillas;zapatos;botas;sandalias;bolso;mochila;cartera;cinturón;reloj;anillo;collar;pendientes;gafas de sol;perfume;crema;champú;sofá;sillón;
mesa de centro;escritorio;estantería;lámpara;colchón;almohada;funda nórdica;cortinas;alfombra;espejo;jarrón;vela;taza;sartén;hervidor;cafetera;aspiradora;auriculares;cargador;altavoz;juego de mesa;muñeca;novela;guitarra;tienda de campaña;
rosal;semillas;taladro;pintura;café;vino tinto;chocolate;tarjeta regalo;bañador;bufanda;guantes;calcetines;pijama;corbata""",
    "it": """camicia;maglietta;vestito;gonna;pantaloni;jeans;giacca;cappotto;maglione;scarpe da ginnastica;scarpe;stivali;sandali;borsa;zaino;portafoglio;cintura;orologio;anello;collana;orecchini;occhiali da sole;profumo;crema;shampoo;
divano;poltrona;tavolino;scrivania;libreria;lampada;materasso;cuscino;copripiumino;tende;tappeto;specchio;vaso;candela;tazza;padella;bollitore;macchina del caffè;aspirapolvere;cuffie;caricatore;cassa;gioco da tavolo;bambola;romanzo;chitarra;
tenda;rosa rampicante;semi;trapano;vernice;caffè;vino rosso;cioccolato;buono regalo;costume da bagno;sciarpa;guanti;calze;pigiama;cravatta""",
}
GOODS["nl"] = "jurk;broek;jas;trui;schoenen;laarzen;tas;rugzak;horloge;ring;bank;stoel;tafel;kast;lamp;bed;matras;kussen;dekbed;gordijn;kleed;spiegel;vaas;kaars;mok;pan;waterkoker;stofzuiger;koptelefoon;oplader;speelgoed;pop;boek;fiets;tent;plant;zaden;boormachine;verf;koffie;wijn;cadeaubon;sjaal;sokken;pyjama;jurkje;dienblad;kapstok"
GOODS["pl"] = "sukienka;spodnie;kurtka;sweter;buty;torebka;plecak;zegarek;pierścionek;kanapa;krzesło;stół;szafa;lampa;łóżko;materac;poduszka;kołdra;zasłona;dywan;lustro;wazon;świeca;kubek;patelnia;czajnik;odkurzacz;słuchawki;ładowarka;zabawka;lalka;książka;rower;namiot;roślina;nasiona;wiertarka;farba;kawa;wino;szalik;skarpetki;regał;koszula"
GOODS["pt"] = "vestido;calças;casaco;camisola;sapatos;botas;mala;mochila;relógio;anel;sofá;cadeira;mesa;armário;candeeiro;cama;colchão;almofada;edredão;cortina;tapete;espelho;jarra;vela;caneca;frigideira;chaleira;aspirador;auscultadores;carregador;brinquedo;boneca;livro;bicicleta;tenda;planta;sementes;berbequim;tinta;café;vinho;cachecol;meias;camisa"
GOODS = {language: [word.strip() for word in text.replace("\n", "").split(";")] for language, text in GOODS.items()}

BODIES = {}
BODIES["en"] = lines(r"""
Is the {good} in stock?
Do you have the {good} in {size}?
Does the {good} come in {colour}?
I ordered the {good} in {colour}, size {size}, but got the {good}.
My {good} arrived broken.
The {good} is too small, can I exchange it for {size}?
Where is my order {order}?
Order {order} has not arrived yet.
I want to return the {good} from order {order}.
How much is the {good}?
Is the {good} on sale?
{good}
{good} {size}
{product} or {product}?
{good} in {colour} please
Which {goods} goes with the {good}?
What is the difference between {product} and {product}?
Can I wash the {good} at 40 degrees?
The {good} smells strange.
I love my {good}!
The {good} from {brand} is great.
Do you sell {brand}?
do you have any {brand} {goods}
any {brand} discount codes?
Is {product} suitable for beginners?
Will the {product} be restocked?
When will {product} be back?
I need {number} {product} for a party.
A bottle of {product} and two {goods}, please.
Please add the {product} to my cart.
Remove {product} from the basket.
We bought the {product} last year and want another one.
The {product} cover is missing from the box.
The colour is called {colour}, the tin says {colour}.
Two litres of {colour} please.
Paint {colour} or {colour} for a small kitchen?
Looking for a {goods} like the {product} one.
Is the {brand} {goods} real leather?
Which size should I take in {brand}? I wear {size} in {brand}.
The {product} has a scratch.
I'm looking for {product} seeds.
Does {product} grow in the shade?
How tall does the {product} get?
Can I play {product} with two people?
Is {product} out on vinyl?
Got the {product} game for my kids.
Is it a {product} or a {product} in the picture?
Thinking about a {product} {goods} for Mother's Day.
The Dress {product} fits well.
The {goods} {product} fits like a glove
Model {product}, {colour}, {size}
{product} {goods}, {colour}, {amount}
Tracking number {order} says delivered but nothing is here.
Can I pay by invoice?
Where can I enter a voucher?
Please cancel order {order}.
How long does delivery take?
The refund of {amount} is still missing.
I paid {amount} on {date}.
Do you offer express delivery?
The zip of the {goods} is broken.
The heel came off after two days.
I was charged twice, {amount} each time.
Hi, is the {good} still available?
Hello! I have a question about the {good}.
thanks a lot!
Thank you very much for the quick reply.
Great service, fast delivery.
Good quality, but too large.
Never again.
Terrible, the {goods} fell apart.
Five stars!
Can you gift wrap the {good}?
Is there a warranty on the {good}?
Do you have a store?
Can I collect in store?
The {goods} set has {number} pieces, one is missing.
The {good} does not match the picture.
What are the measurements of the {good}?
Is the {good} vegan?
Happy with my {good}, will order again.
I would like to change {good} to {good}.
Please send me the invoice for order {order}.
My password does not work.
The app crashes when I open my basket.
How do I close my account?
How do I open my statement?
What is the limit of my card?
Please block my card.
I need a copy of my statement from {date}.
Can I change the PIN?
It's been like that since {date}.
Wisdom and Patience are not names.
The Black Friday deal on {product} is gone?
Will, by the way, the {good} be cheaper in May?
Mark it as a gift please.
Can I return it after Christmas?
I want it by Monday.
Does Klarna work? Or PayPal?
Is DHL or UPS delivering this?
I bought it on Amazon, can you repair it?
my iPhone doesn't connect to the {goods}
The Google reviews say it runs small.
Does it work with Alexa and Android?
Love it. Perfect for Easter.
The Summer Sale starts on {date}.
Terms and Conditions say {number} days.
Free Shipping over {amount}?
Hello, I want to buy the {good}, is it in stock?
OK, I'll take the {good}.
Ok thanks, bye
Great, and the {colour} one?
Also the {product}.
Yes please, the {product} one.
No, I meant {product}.
can i get {product} in {size}
u got {product}?
do u ship the {product} today
i need a {good} asap
got {product} yesterday and its broken
My {age} year old loves the {product}.
The {product} by {brand} is sold out.
{brand} {product}
{brand} {product} {goods} {size}
Bought {brand} instead of {brand}.
How does {brand} compare with {brand}?
Could you tell me when the {brand} {goods} will be delivered?
""")
# Numbers of every kind, which are no addresses and no names.
BODIES["en"] += lines(r"""
Call me at {phone}
My number is {phone}, my office is {phone} ext. 4
Please call me back on {phone} after {time}.
{phone}
They do not pick up at {phone}
My card number is {card}
My card {card} is lost
card no {card} exp 09/28
charge my card {card} please
Please send the statement of {card}
My IBAN is {iban}
iban {iban}
Transfer to {iban} failed
my ssn is {ssn}
His social security number is {ssn}
my driver's license is {license}
Driver's license number: {license}
passport {license}
account number {license}
My account is {license}, please check.
I was born on {date}
Date of birth: {date}
What's your birthday? It's {date}
my e-mail is {mail}
Your email is {mail}, right?
Please send it to {mail}
My website is {url}
I saw it on {url}
My IP is {ip}
SELECT name FROM users WHERE ip = '{ip}'
<script>alert({number})</script>
The code is {number}{number}{number}
I've had this since {date}
Title IX of the Education Act of {year} forbids it.
Section {number} of the Act
Chapter {number}: The End
The top {number} songs of the 90s
Between {time} and {time}
PIN {number}{number}
version {number}.{number}.{number}
Room temperature is {number} degrees.
{number} out of {number} people
#{number} on the list
{percent} off until {date}
""")
BODIES["de"] = lines(r"""
Ist der {good} auf Lager?
Ist das {good} noch lieferbar?
Haben Sie die {good} in {size}?
Gibt es das {good} auch in Schwarz?
Ich habe die {good} in Größe {size} bestellt.
Meine Bestellung {order} ist noch nicht da.
Wo bleibt mein Paket?
Die {good} ist kaputt angekommen.
Wie viel kostet das {good}?
Ich möchte die {good} zurückgeben.
Kann ich auf Rechnung bezahlen?
Bitte stornieren Sie die Bestellung {order}.
Die Rückerstattung von {amount} fehlt noch.
Passt das {goods} zu {product}?
Welche Größe brauche ich bei {brand}?
Führen Sie {brand}?
Das {goods} von {brand} ist super.
Handy lädt nicht mehr, Ladegerät defekt.
Mein Handy ist beim Versand beschädigt worden.
Vielen Dank für die schnelle Lieferung!
Tolle Qualität, gerne wieder.
Der Reißverschluss ist kaputt.
Die Sendungsnummer {order} funktioniert nicht.
Wann kommt {product} wieder rein?
Das Spiel {product} gefällt den Kindern.
{good}
{good}, Größe {size}
Ich suche einen {goods} aus Leder.
Bettwäsche {product} 135x200
Das Kleid {product} in Blau
Sofa {product}, Farbe {colour}
Teppich {product} in Grau
Kann man das {good} in der Maschine waschen?
Der Gutschein wird nicht angenommen.
Lieferung bis Freitag möglich?
Hallo, ich habe eine Frage zur Garantie.
Guten Tag, wann wird geliefert?
Die Farbe ist anders als auf dem Bild.
Zwei Flaschen {product} bitte.
Was ist der Unterschied zwischen {product} und {product}?
Rückgabe, Umtausch oder Reparatur?
Das Rückgabeetikett fehlt im Karton.
Größentabelle, Material und Pflege fehlen auf der Seite.
Bitte die Rechnung noch einmal als Anhang schicken.
""")
BODIES["fr"] = lines(r"""
Le {good} est-il en stock ?
Avez-vous la {good} en {size} ?
J'ai commandé la {good} en taille {size}.
Ma commande {order} n'est pas arrivée.
Où est mon colis ?
Le {good} est arrivé cassé.
Combien coûte le {good} ?
Je voudrais retourner la {good}.
Merci d'annuler la commande {order}.
Le remboursement de {amount} n'est pas arrivé.
Vendez-vous {brand} ?
Les {goods} {brand} taillent grand ?
Très satisfaite, livraison rapide.
La couleur ne correspond pas à la photo.
{good}
{good}, taille {size}
Je cherche une {goods} en cuir.
Robe {product} en bleu
Canapé {product}, coloris {colour}
Quand est-ce que {product} sera disponible ?
Deux bouteilles de {product}, s'il vous plaît.
Le code promo ne marche pas.
Bonjour, avez-vous {product} ?
Quelle est la différence entre {product} et {product} ?
Livraison avant Noël possible ?
""")
BODIES["es"] = lines(r"""
¿Está el {good} en stock?
¿Tienen la {good} en {size}?
Pedí la {good} en talla {size}.
Mi pedido {order} no ha llegado.
¿Dónde está mi paquete?
El {good} llegó roto.
¿Cuánto cuesta el {good}?
Quiero devolver la {good}.
Cancelen el pedido {order}, por favor.
Falta el reembolso de {amount}.
¿Venden {brand}?
Las {goods} de {brand} me encantan.
Muy contenta, envío rápido.
El color no es como en la foto.
{good}
{good}, talla {size}
Busco una {goods} de cuero.
Vestido {product} en azul
Sofá {product}, color {colour}
¿Cuándo vuelve {product}?
Dos botellas de {product}, por favor.
El código no funciona.
Hola, ¿tienen {product}?
¿Qué diferencia hay entre {product} y {product}?
¿Llega antes de Navidad?
""")
BODIES["it"] = lines(r"""
Il {good} è disponibile?
Avete la {good} in {size}?
Ho ordinato la {good} taglia {size}.
Il mio ordine {order} non è arrivato.
Dov'è il mio pacco?
Il {good} è arrivato rotto.
Quanto costa il {good}?
Vorrei restituire la {good}.
Annullate l'ordine {order}, per favore.
Manca il rimborso di {amount}.
Vendete {brand}?
Le {goods} di {brand} sono bellissime.
Molto soddisfatta, spedizione veloce.
Il colore non è come nella foto.
{good}
{good}, taglia {size}
Cerco una {goods} in pelle.
Vestito {product} in blu
Divano {product}, colore {colour}
Quando torna {product}?
Due bottiglie di {product}, per favore.
Il codice sconto non funziona.
Buongiorno, avete {product}?
Che differenza c'è tra {product} e {product}?
Arriva prima di Natale?
""")
GREETINGS = {
    "en": lines("Hi,\nHello,\nHey\nHi there,\nDear Sir or Madam,\nGood morning,\nDear team,\nHello team!\nHi support,\nTo whom it may concern,"),
    "de": lines("Hallo,\nGuten Tag,\nSehr geehrte Damen und Herren,\nHi,\nMoin,\nHallo zusammen,\nLiebes Team,"),
    "fr": lines("Bonjour,\nBonsoir,\nMadame, Monsieur,\nSalut,"),
    "es": lines("Hola,\nBuenos días,\nBuenas tardes,\nEstimados señores:"),
    "it": lines("Buongiorno,\nSalve,\nCiao,\nBuonasera,"),
}
CLOSINGS = {
    "en": lines("Thanks!\nThank you.\nBest regards\nKind regards,\nThanks in advance\nCheers\nHave a nice day!\nPlease advise."),
    "de": lines("Danke!\nVielen Dank im Voraus.\nMit freundlichen Grüßen\nViele Grüße\nLG\nBesten Dank"),
    "fr": lines("Merci !\nCordialement\nMerci d'avance.\nBonne journée"),
    "es": lines("¡Gracias!\nUn saludo\nGracias de antemano.\nSaludos cordiales"),
    "it": lines("Grazie!\nCordiali saluti\nGrazie mille.\nBuona giornata"),
}

# Never trained on: to see what ordinary messages look like to the weights.
HELD_BACK = lines(r"""
Could you check whether {product} is left in the warehouse?
I tried on the {good} and it pinches at the shoulders.
We are torn between {brand} and {brand} for the new {goods}.
Put {number} of the {product} aside, I'll pick them up on {date}.
The lid of the {good} will not close.
order {order} came without the {good}
The stitching on my {brand} {goods} came loose after one wash.
Hi! Does {product} contain nuts?
Parcel {order} is stuck in customs, it has a {good} inside.
I'd rather have {colour} than {colour}.
Did the price of {product} go up?
My husband wants the {good} for his birthday, is it heavy?
the {product} i got is a different shade from the website
Is there any chance to get a {good} before the weekend?
Would the {goods} {product} look good with a {goods}?
{good}, {size}, {colour}: how long until it ships?
Neither {brand} nor {brand} replied about the {goods} recall.
Came with a dent. {product}, order {order}.
Got a mail saying {good} is delayed?
Honestly the {product} was a waste of {amount}.
""")


# Openers, objects and ends that go together: many ordinary messages from few words.
OPENERS = {
    "en": lines("""Do you have|I ordered|I'm looking for|Is there|Can I get|Just received|Still waiting for|My sister recommended|I need|I returned|We bought|Please send|Got|Where is|How much is|What about|I'd like|Thinking of buying|Any news about|
Could you reserve|My mum loves|I lost the receipt for|Please exchange|I already own|Can you recommend|Do you still sell|I paid for|Someone stole|You forgot|Add|Remove|I am unhappy with|Very happy with|Disappointed by|Interested in|Tell me about|
Show me|What size is|Which colour is|Is it possible to customise|Who makes|When do you get|Unboxed|Reviewing|Comparing|Question about|Problem with|Broken:|Missing:|Want|Hi, do you sell|Hello, is this|Hey, got|Thanks for|Sorry, I meant|No,|Yes,|Also|And|But""".replace("\n", "").replace("|", "\n")),
    "de": lines("""Haben Sie|Ich suche|Ich habe bestellt:|Wo bleibt|Wie groß ist|Gibt es|Was kostet|Bitte schicken Sie mir|Frage zu|Problem mit|Kaputt:|Danke für|Ich hätte gern|Wir möchten umtauschen:|Leider fehlt|Zurück geht|Passt dazu|Kennt jemand|Hallo, haben Sie|Nein, ich meinte|Suche|Brauche""".replace("|", "\n")),
    "fr": lines("""Avez-vous|Je cherche|J'ai commandé|Où est|Combien coûte|Problème avec|Merci pour|Je voudrais échanger|Il manque|Vendez-vous|Question sur""".replace("|", "\n")),
    "es": lines("""¿Tienen|Busco|He pedido|¿Dónde está|¿Cuánto cuesta|Problema con|Gracias por|Quiero cambiar|Falta|¿Venden|Pregunta sobre""".replace("|", "\n")),
    "it": lines("""Avete|Cerco|Ho ordinato|Dov'è|Quanto costa|Problema con|Grazie per|Vorrei cambiare|Manca|Vendete|Domanda su""".replace("|", "\n")),
}
ENDS = {
    "en": lines(""".|?|!| please| in {size}| in size {size}?| in {colour}.| for my kitchen| before Friday?| from the new collection| with free delivery?| for {amount}| again| or something similar?| and it fits well.| and the {goods}| and {product}|, order {order}
 as a gift| in stock?| for my mum| for a 5-year-old| on sale| with the 10% code| but it never came| and one more| without the box| next week| that I saw on Instagram| for the garden| from {brand}""".replace("|", "\n")),
    "de": lines(""".|?|!| bitte| in {size}| in Größe {size}?| in Schwarz| für die Küche| bis Freitag?| aus der neuen Kollektion| für {amount}| noch auf Lager?| als Geschenk| und {product}|, Bestellung {order}""".replace("|", "\n")),
    "fr": lines(""".|?|!| en {size}| s'il vous plaît| en noir| avant vendredi ?| pour {amount}| et {product}""".replace("|", "\n")),
    "es": lines(""".|?|!| en {size}| por favor| en negro| antes del viernes?| por {amount}| y {product}""".replace("|", "\n")),
    "it": lines(""".|?|!| in {size}| per favore| in nero| entro venerdì?| a {amount}| e {product}""".replace("|", "\n")),
}
ARTICLES = {"en": ["the ", "a ", "my ", "", "this ", "two "], "de": ["die ", "das ", "den ", "ein ", "", "mein "], "fr": ["le ", "la ", "une ", ""], "es": ["el ", "la ", "una ", ""], "it": ["il ", "la ", "una ", ""]}

BODIES["nl"] = lines(r"""
Is de {good} op voorraad?
Hebben jullie de {good} ook in {size}?
Ik heb de {good} besteld, bestelnummer {order}.
Mijn pakket is nog niet aangekomen.
Waar blijft mijn bestelling?
De {good} is kapot aangekomen.
Wat kost de {good}?
Ik wil de {good} graag ruilen.
Kan ik achteraf betalen?
Past de {good} bij {product}?
{good}
Het kussen van de {good} ontbreekt.
Goedemiddag, wanneer wordt de {good} geleverd?
Groetjes
Bedankt voor de snelle levering!
Valt de {good} klein uit?
Zit er garantie op de {good}?
Maandag besteld, dinsdag verzonden, nu vertraagd.
""")
BODIES["pl"] = lines(r"""
Czy {good} jest dostępna?
Czy macie {good} w rozmiarze {size}?
Zamówiłam {good}, numer zamówienia {order}.
Moja paczka jeszcze nie dotarła.
Gdzie jest moje zamówienie?
Dostałem uszkodzony towar: {good}.
Ile kosztuje {good}?
Chcę zwrócić {good}.
Zapłaciłam dwa razy, {amount}.
Proszę o fakturę na firmę.
{good}
W {good} brakuje śrub.
Dzień dobry, kiedy będzie {good}?
Pozdrawiam
Dziękuję za szybką wysyłkę!
Czy jest gwarancja na {good}?
Wysłano w poniedziałek, opóźnienie we wtorek.
""")
BODIES["pt"] = lines(r"""
O {good} está em stock?
Têm a {good} no tamanho {size}?
Encomendei a {good}, encomenda {order}.
A minha encomenda ainda não chegou.
Onde está o meu pacote?
O {good} chegou partido.
Quanto custa o {good}?
Quero devolver a {good}.
Paguei duas vezes, {amount}.
{good}
Falta uma peça na {good}.
Boa tarde, quando chega o {good}?
Cumprimentos
Obrigada pela rapidez!
A {good} tem garantia?
Na segunda dizia enviado, agora está atrasado.
""")
# Carriers, ways to pay and wishes of the season, in all languages.
for language, more in {
    "en": "Is {carrier} bringing it?|{carrier} says delivered, but nothing is here.|Can I pay with {carrier}?|The {carrier} driver left it in the rain.|{wish} to all of you!|{wish} and thanks for the card in the parcel",
    "de": "Bringt das {carrier}?|Der Bote von {carrier} hat nicht geklingelt.|Kann ich mit {carrier} zahlen?|Laut {carrier} zugestellt, hier ist nichts.|{wish} wünschen wir Ihnen!|{wish} und danke",
    "fr": "C'est {carrier} qui livre ?|Le livreur de {carrier} a laissé le colis dehors.|Puis-je payer avec {carrier} ?|Le transporteur {carrier} dit que c'est livré.|{wish} à toute l'équipe !|{wish} et merci",
    "es": "¿Lo trae {carrier}?|El repartidor de {carrier} no ha llamado.|¿Puedo pagar con {carrier}?|La agencia {carrier} lo ha perdido.|{wish} a todos|{wish} y gracias por todo",
    "it": "Lo porta {carrier}?|Il corriere {carrier} ha lasciato il pacco fuori.|Posso pagare con {carrier}?|Secondo {carrier} è consegnato.|{wish} a tutti voi!|{wish} e grazie di tutto",
    "nl": "Komt het met {carrier}?|De bezorger van {carrier} heeft niet aangebeld.|Kan ik met {carrier} betalen?|Volgens {carrier} is het bezorgd.|{wish} allemaal!|Fijne dagen, {wish} en bedankt",
    "pl": "Czy przywiezie to {carrier}?|Kurier {carrier} nie zadzwonił.|Czy mogę zapłacić przez {carrier}?|Według {carrier} doręczono.|{wish} dla wszystkich!|Zdrowych i {wish}",
    "pt": "É a {carrier} que entrega?|O estafeta da {carrier} não tocou.|Posso pagar com {carrier}?|A {carrier} diz que foi entregue.|{wish} a todos!|{wish} e obrigada",
}.items():
    BODIES[language] += more.split("|")
BODIES["nl"] += lines(r"""
De {good} flikkert na het aanzetten.
Hoi, de {good} is te klein voor mijn dochter.
Is de {good} geschikt voor de vaatwasser?
De {colour} verf is veel te donker.
Hebben jullie nog {good} en {good}?
{product} is weer op voorraad, toch?
Van {brand} heb ik liever de {goods}.
""")
BODIES["pl"] += lines(r"""
{good} migocze po włączeniu.
{good} jest za mała na moją córkę.
Czy {good} nadaje się do zmywarki?
Kolor {colour} jest za ciemny.
Macie jeszcze {good} i {good}?
{product} znowu będzie w sprzedaży?
Od {brand} wolę {goods}.
W {good} brakuje czterech śrub.
""")
BODIES["pt"] += lines(r"""
O {good} pisca quando o ligo.
Olá, a {good} é pequena para a minha filha.
O {good} pode ir à máquina?
A tinta {colour} é muito escura.
Ainda têm {good} e {good}?
O {product} volta a haver?
Da {brand} prefiro os {goods}.
""")
# Several things in one message, and who works in the shop.
for language, more in {
    "en": "{list}|{list}?|{list}, please.|Do you stock {list}?|Looking for {list}|{list}: what's the difference?|I ordered {list}, only one came|Is it {list}?|My {list} arrived damaged|Refund for {list}|got {list} and {list} by mistake|{office}!|{office} said no.|Your {office} is useless|{office}? Any news?|Please forward to {office}|{office} everyone, is the {good} back?|RE: {office}",
    "de": "{list}|{list}?|{list} bitte|Haben Sie {list}?|Ich suche {list}|{list}: Was ist der Unterschied?|Bestellt habe ich {list}, gekommen ist nur eins|Passen {list} zusammen?|{list} kaputt angekommen|{office}!|{office} hat abgelehnt.|Ihr {office} antwortet nicht|{office} zusammen, ist das {good} da?",
    "fr": "{list}|{list} ?|{list}, svp|Avez-vous {list} ?|Je cherche {list}|Différence entre {list} ?|J'ai commandé {list}, il en manque|{list} sont arrivés cassés|{office} !|{office} ne répond pas|Votre {office} est injoignable",
    "es": "{list}|¿{list}?|{list}, por favor|¿Tienen {list}?|Busco {list}|¿Qué diferencia hay entre {list}?|Pedí {list} y falta uno|{list} llegaron rotos|¡{office}!|{office} no contesta|Vuestro {office} es pésimo",
    "it": "{list}|{list}?|{list}, grazie|Avete {list}?|Cerco {list}|Che differenza c'è tra {list}?|Ho ordinato {list} e ne manca uno|{list} sono arrivati rotti|{office}!|{office} non risponde|Il vostro {office} è pessimo",
    "nl": "{list}|{list}?|{list} graag|Hebben jullie {list}?|Ik zoek {list}|Wat is het verschil tussen {list}?|{list} besteld, één ontbreekt|{office}!|{office} reageert niet",
    "pl": "{list}|{list}?|{list} poproszę|Czy macie {list}?|Szukam {list}|Czym się różni {list}?|Zamówiłam {list}, jednego brakuje|{office}!|{office} nie odpowiada",
    "pt": "{list}|{list}?|{list}, por favor|Têm {list}?|Procuro {list}|Qual a diferença entre {list}?|Encomendei {list} e falta um|{office}!|{office} não responde",
}.items():
    BODIES[language] += [line for line in more.split("|") for _ in range(2)]
GREETINGS |= {"nl": ["Hallo,", "Goedemiddag,", "Hoi", "Beste mensen,"], "pl": ["Dzień dobry,", "Witam,", "Hej"], "pt": ["Olá,", "Bom dia,", "Boa tarde,"]}
CLOSINGS |= {"nl": ["Bedankt!", "Groetjes", "Met vriendelijke groet", "Alvast dank"], "pl": ["Pozdrawiam", "Dziękuję!", "Z góry dziękuję", "Miłego dnia"], "pt": ["Obrigada!", "Cumprimentos", "Obrigado desde já"]}
# Models that are called like people.
MODELS = {
    "en": lines(r"""
Do you have the {model} {goods}?
The {model} {goods} wobbles.
Is the {goods} called {model} still made?
Does {model} come in {colour}?
I mean the model {model}, not {model}.
The {goods} {model} needs a new part.
{goods} {model} or {goods} {model}, which is softer?
Our {model} {goods} broke after a month.
Are {model} {goods} and {model} {goods} the same?
My {model} {goods} is missing a screw.
Bought the {model} last year, the {goods}, not the {goods}.
Is {model} the softer {goods}?
The tin says {model}, the {goods} looks grey.
The label says {model}.
the {model} {goods} straps are too short
can u restock the {model} {goods} pls
your {model} {goods} is great
"{model}" {goods} in {size}
The colour "{model}" is nothing like the picture.
The {model} {noun} arrived broken.
The {model} {noun} is too small for us.
Is the {model} {noun} vegan?
"""),
    "de": lines(r"""
Ist das {goods} {model} noch lieferbar?
Die {goods} {model} wackelt.
Haben Sie den {model}-{goods} auch in Blau?
Passt der {model}-{noun} auf das {goods}?
Die {noun} {model} tropft.
Gibt es {model} auch in Grau?
Ich meine das Modell {model}.
Welche ist besser, {model} oder {model}?
Ist das {goods} {model} auch ohne {noun} zu haben?
Beim {goods} {model} fehlt eine {noun}.
Unser {goods} {model} ist nach einem Monat kaputt.
Ab welchem Alter ist die {noun} {model} geeignet?
Kann {goods} {model} in den Trockner?
Meine {noun} wird nicht akzeptiert.
Wo finde ich die {noun}?
Die {noun} ist abgelaufen.
Kann ich die {noun} ohne {noun} bestellen?
Ihre {noun} hat aufgelegt.
Wir brauchen {number} {noun} mit Namen.
Bitte die {noun} im Konto ändern.
Woher kommt der {noun}?
Was kostet {noun} {model}?
Auf der {noun} steht etwas anderes als auf der {noun}.
"""),
    "fr": ["Les {noun} {model}, c'est bio ?", "Le {goods} {model} est-il toujours le même ?", "La {noun} {model} sent bon.", "Avez-vous la {goods} {model} ?", "La {goods} {model} est trop petite.", "Le modèle {model} existe-t-il en noir ?", "Il manque une vis au {goods} {model}.", "Je préfère {model}, la {goods}.", "J'ai commandé la {goods} {model} dimanche."],
    "es": ["¿El {noun} {model} es el de siempre?", "La {noun} {model} huele bien.", "El {goods} {model} no enciende.", "¿Tienen la {goods} {model}?", "La {goods} {model} es pequeña.", "Me gusta el modelo {model}.", "Falta un tornillo en la {goods} {model}.", "¿Las {goods} {model} son de piel?", "Pedí la {goods} {model} el domingo."],
    "it": ["I {noun} {model} sono freschi?", "La {noun} {model} profuma.", "Il {goods} {model} non si accende.", "Avete la {goods} {model}?", "La {goods} {model} è piccola.", "Mi piace il modello {model}.", "Manca una vite alla {goods} {model}.", "Le {goods} {model} sono in pelle?", "Ho ordinato la {goods} {model} domenica."],
    "nl": ["De {noun} {model} ruikt lekker.", "{goods} {model} gaat niet aan.", "Zijn de {noun} {model} vers?", "Is de {goods} {model} er nog?", "De {goods} {model} mist een schroef.", "Valt de {goods} {model} groot uit?", "Ik bestelde de {goods} {model} op zondag."],
    "pl": ["{noun} {model} ładnie pachnie.", "Czy {noun} {model} są świeże?", "{goods} {model} miga.", "W {noun} {model} czegoś brakuje.", "Czy {goods} {model} jest dostępna?", "{goods} {model} nie działa.", "W {goods} {model} brakuje śrub.", "Zamówiłam {goods} {model} w niedzielę."],
    "pt": ["A {noun} {model} cheira bem.", "Os {noun} {model} são frescos?", "O {goods} {model} não liga.", "A {goods} {model} é grande?", "Falta um parafuso na {goods} {model}.", "O modelo {model} existe em preto?", "Os {goods} {model} são em pele?"],
}
# Numbers that are sizes, models and corrections, and no houses.
NUMBERS = lines(r"""
I meant {number}, not {number}
I wear {number} and not {number}.
Order {order}, not {order}.
the drill GSB {number}V-{number} makes a noise
tyres {number}{number}5/55 R16 instead of 195/65 R15
Serial number SN{order}, bought on {date}
{number} x {goods}, {number} x {goods}, {amount} in total
I need {number} hooks and {number} rails
model {model} {number}
2 x {model} size {size}, 1 x {model} size {size}
Größe {number} statt {number}
Habe {number} bestellt und {number} bekommen, Art. {order}
Brauche {number} Haken und {number} Leisten
{number} cm x {number} cm, {number} kg
{number} mal {goods} Gr. {number}, zusammen {amount}
Reifen {number}5/60 R17 statt {number}5/55 R16
je fais du {number} et pas du {number}
taille {number} au lieu de {number}
{number} pièces à {amount}
talla {number} y no {number}
son {number} piezas de {amount}
porto il {number} e non il {number}
{number} pezzi a {amount}
maat {number} in plaats van {number}
rozmiar {number} zamiast {number}
The {goods} is {number} x {number} x {number} cm
from {date} to {date}, {number} nights
delivery between {time} and {time} on {date}
Buy {number}, get {number} free
{number} of {number} stars
In {year} I paid {amount}, in {year} {amount}
Chapter {number}, page {number}
Level {number}, {number} points
{number} Tage, {number} Stunden
""")
