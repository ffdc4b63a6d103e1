"""Templates of our own that have people, places, addresses and organisations in them. One a line."""


def lines(text):
    return [line.strip().replace("\\n", "\n") for line in text.strip().splitlines() if line.strip()]


SENTENCES = {}
SENTENCES["en"] = lines(r"""
I'm {person} and I bought this last week.
My name is {person}.
my name is {given} and I live in {town}
This is {person} speaking, how can I help?
Hello, {title} {person} here. Could you call me back?
{title} {family} called about the delivery.
{title} {family} is {age} years old and grew up in {town}.
{title} {person} is the {job} of {org}.
{person}, {job} at {org}, said the results were better than expected.
{person} works for {org} as a {job}.
I have been working at {org} as {job} since {year}.
He used to be {job} at {org} before moving to {town}.
{given} left {org} in {year} and joined {org} in {town}.
{given1} started as a trainee at {org}; today {given1} {family} runs its office in {town}.
{person1} grew up in {town}. Later {family1} moved to {country}.
{given} told {given} to send the parcel to {street}.
{given} gave me the address of {given}: {street}
{person} lives at {street}, {town}
{person} lives at {street} in {town}.
{given} lives on {street}.
She lives in {town}, at {street}.
I live at {addressLine}
I live in {town}, {country}.
We are moving from {town} to {town} next month.
We moved to {country} in {year}.
she moved from {town} to {country}
They came here from {town}.
I am in {town} this week for a meeting.
i'm in {town}, can you ship here?
I'll be in {country} until {date}, please hold my parcel.
Is it possible to travel to {country} with this passport?
{country} was great, we will go again!
Everybody in {country} talks about {person}.
The government of {country} said on {date} that it would help.
{country} wins against {country} in {town}
{country}'s president arrived in {town} on {date}.
"We are glad that {country} has joined," says {family}.
"That was not what we expected," {person} told reporters in {town}.
{person} of {org} explained: "We love what we do."
According to {person}, nobody at {org} knew about it.
{family} and {family} wrote the book in {year}.
The film by {person} with {person} and {family} came out in {year}.
{person1} directed it, and {family1} also plays the lead.
The song was written by {person} for {org}.
This tune by {family} is the best on the whole album.
The version by {person} sold a million copies in {country}.
{given} just wants to dance. Don't stop, {given}!
Nobody sings it like {family}.
The {family} orchestra played in {town}.
The {org} orchestra was founded in {year} in {town}.
{org} is a {nation} company based in {town}.
{org} in {town} is looking for a {job}.
{org} announced on {date} that {person} would be its new {job}.
{org} bought {org} for {amount}.
In {year}, {org} invested in a plant near {town}.
I work for {org}.
i work for {org} in {town}
{given} is from {org}.
The office of {org} is at {street}, {town}.
The address of {org} is {address}
{org}\n{address}
Please send it to {person}, {addressLine}.
Please send it to {address}
Please ship my order to {address}
Send the invoice to {org}, {addressLine}
Could you change the delivery address to {address}?
Change my billing address to {address} please
My new address is {address}
I moved, my address is now {addressLine}
Hi, we have moved. New address: {address}
Where do you live? - {address}
What is your address? It's {addressLine}
what's the address? {addressLine}
The shop is at {street}.
The bus stops at {street}.
The restaurant at {addressLine} serves {nation} food.
We met at {street} after the concert.
I will be waiting at {street} at {time}.
Please return it to {street} if it does not fit.
The parcel was left at {addressLine} although I live at {street}.
My zip code is {zip}
my postcode is {zip}
ZIP {zip}
Postcode: {zip}
Do you deliver to {zip} {town}?
Do you deliver to {town}?
Do you ship to {country}?
how much is shipping to {country}
Is {state} covered by the warranty?
We ship from {town}, {stateCode}.
{town}, {country}
{town} {country}
{person}
{given}
{title} {person}
{title} {family}
{person} ({age})
Name: {person}
Name on the card: {person}
The name on my account is wrong, it should be {person}.
Please change the name on the card to {title} {person}.
My name is spelled {person}, not {person}.
The account is in the name of {person}.
It's under my husband's name, {person}.
My wife {given} ordered it.
My daughter {given} is {age}, will it fit her?
my son {given} turns {age} next week
Her maiden name is {family}.
her maiden name is {family}, she was born on {date}
What's your surname? {family}
Your last name please? - {family}
First name {given}, last name {family}
first name: {given}\nlast name: {family}
Can I speak to {person} please?
can i talk to {given}?
Is {given} there?
{given}, could I talk to your manager please?
{given}, please call me.
Thanks {given}!
Thank you, {given}, that helped a lot.
Hi {given}, I have a problem with my transfer.
Hey {given}, it's {given}.
Dear {title} {family}, thank you for your message.
Dear {person}, we are sorry to hear that.
Please transfer {amount} to {person}.
Transfer {amount} from my account to {person} at {iban}.
Pay {person} {amount} on {date}.
I'd like to send money to {person} in {country}.
I want to add {person} to my account.
Follow-up call with {person} in two weeks.
Meeting with {person} and {person} at {time}.
Call {person} on {phone}.
Contact: {person}, {phone}
{person}\n{phone}
{person} - {mail}
Ask for {given} at reception.
{person} signed for the parcel.
I handed the return to {title} {family} in your shop in {town}.
Your colleague {given} promised me a refund.
I spoke with {given} on {date}, and {given} said it was fine.
The courier, {given}, was very friendly.
{given} from support was great.
5 stars for {given} and the team!
Patient {person}, {age} years old, has a headache.
The patient is a {age}-year-old woman with back pain.
a {age} year old man from {town}
I am {age} years old.
I'm {age} and live in {town}.
I will turn {age} on {date}.
She is {nation}, he is {nation}.
We are {nation}s and proud of it.
We love {nation} food.
There is a new {nation} restaurant at {street}.
Most {nation} shoppers pay by card.
They are {nation}, their parents came from {country}.
{family} v. {family} was decided in {year}.
{person1} spent two years at {org}. In {year} {given1} left.
The train from {town} to {town} was late.
{title} {family} took a plane to {town} on {date}.
I'm on a business trip in {town}, please send a new card to {address}
I lost my card {card} in {town}, please send a new one to {addressLine}
A flight from {town} to {town} costs {amount}.
Our team in {town}, {state}, will help you.
{person} was born on {date} in {town}.
{person} died in {town} in {year}.
Goods are made in {country} and sold in {country}.
{person}, {town}
{person}, {age}, {town}
Written by {person}
By {person}
Photo: {person}
Interview with {person}, author and {job}
{person} | {job} | {org}
{person}\n{job}\n{org}
{person}\n{job}\n{org}\n{address}
{person}\n{org}\n{address}\n{phone} office\n{phone} mobile
{person}\n{address}
{person}\n\n{addressLines}
{person}\n\n{addressLines}\n{phone}
> {person}\n> {org}\n> {street}
{title} {person}\n{addressLines}
{org}\n\n{addressLines}
To: {person}\nFrom: {person}
the name is {family}, {person}
My friend {given} from {town} recommended you.
My neighbour {title} {family} took the parcel.
For {person} with love, from {given}
Please write "Happy birthday {given}" on the card.
Engraving: {given} & {given}
gift for {given}
{given} and {given} got married in {town}.
{given} and I ordered two.
I am looking for {person} from {org}.
One of our customers, {person} of {town}, wrote this.
As {person} points out, most of it is nonsense.
Unfortunately, as our reader {person} says, it never works.
I agree with {family} on that.
Where's {given}? {given} is in {town}.
who is {person}?
how old is {person}?
Tell {given} that I said hello.
Regards to {given} and {given}.
{town} is a nice place to live.
What is the weather like in {town}?
The best pizza in {town}!
I visited {town}, {town} and {town}.
flights to {town}
hotels in {town} {country}
News from {town}: the bridge is closed.
The mayor of {town}, {person}, opened the fair.
{town} mayor {person} resigned.
The {nation} singer {person} gave a concert in {town}.
{nation} minister {person} visited {country}.
{person} is an amazing {job}.
Nobody knows where {given} went.
Police in {town} are looking for {person}, {age}.
{given}'s address is {street}.
{family}'s song is about {town}.
I used to study at {org}.
He was {job} for {org} but left a year ago.
Experienced {job} looking for work in {town} {zip}. Ready to support {org}.
{person} will give a talk at {org}.
{person} will speak at the conference in {town}.
Who should I make the cheque out to? {person}
Reference: {person}, {order}
Customer: {person}, order {order}
Order {order} was placed by {person} from {town}.
Order {order} for {person}, {addressLine}
Delivered to {given} at the door.
Ship to {person}, {addressLine}. Phone {phone}.
""")
SENTENCES["en"] += lines(r"""
We invited {given}, {given}, {given} and {given}.
There were four of them: {given}, {given}, {given} and {given}.
The winners are {given}, {given}, {family} and {person}.
Thanks to {given}, {given}, {given}, {given}, {given} and {given} for the help.
Our founders {given}, {family} and {family} met in {town}.
{given} and {given} are coming too.
{given}: Where have you been?\n{given}: At work, {given}.\n{given}: Then sit down!
{given}: "Who is there?"\n{given}: "It's {given}'s sister."
{given}: Did you order the {good}?\n{given}: Not yet.
"Sit down!" said {given} to {given}.
"I can't believe it," said {given}.
"What happened?" asked {given}. "Nothing," {given} answered.
{given} shouted: "Stop!"
{given} asked {given} whether {given} knew.
{given} had shown {given} the letter.
{given} gave {given} a {goods}.
{given} told {given} that it was over.
{given} loves {given}.
{given} is very kind. You can rely on her.
{given} is never late.
{given} will be there at {time}.
{given} began to write as a child and studied in {town}.
{family} began to write as a child and published a first novel in {year}.
{family} studied law at the University of {town}.
She studied at the University of {town} and speaks {nation}.
The {family} novel is not about love.
The {family} brothers live in {town}.
A {family} fan would never say so.
The early {family} was better than the late {family}.
Is there anything better than early {family}? {person}'s first album, perhaps.
The poems of {person} are read all over {country}.
{person}'s Summer Tales is a book about {country}.
For more on {title} {family}, see our Top Ten of the 80s.
{person1} is called {given1} by everyone.
My name is {person1}, but you can call me {given1}.
Everyone calls me {given}.
It was influenced by an older song of {family}, "Back To {country}", sung by {person}.
The comedy is directed by {person1} and stars {family1}.
Starring {person}, {person} and {person}
Produced by {person} and starring {family}.
A {year} {nation} film by {person}
A {nation} crime series set in {town}.
The {nation} writer {person} and the {job} {person} share a flat.
The {family} recording sold well in {country}.
The {person} recording for {org} won a prize.
{org} singer {person} left the band.
{org} spokesman {person} said no.
{org} manager {family} resigned.
{org} and {org} merge.
{org}, {org} and {org} are the biggest employers of {town}.
The three largest, {org}, {org} and {org}, dominate the market.
At {org} we care.
What does {org} do?
{org} was named a leader by {org}.
{org} was founded by {person} in {town}.
{given} spent a year at {org} and another at {org} in {town}.
{org} became {org} in {year}.
The shows at {streetName} were important to them.
The title refers to {street} in {town}.
We lived on {streetName} in {town}.
At the corner of {streetName} and {streetName}.
Let's meet at the corner of {street} and {streetName}.
The driver stopped at the corner of {streetName} and {street}.
Is {streetName} open on Sundays?
Turn left into {streetName}.
{streetName} is closed.
I have two addresses: {addressLine}, and {addressLine}.
Please use the same address for both: {addressLine}
Can you check my address? {addressLine}
I don't get your letters. My address: {address}
Please update my card {card} with the address {address}
send the statement to {address}
May I have it sent to {address}?
Could you send a copy to {address}?
Where: {org}, {town}
When: {date}\nWhere: {town}
Where: {town} Town Hall
{town} Golf Club
The {town} Times wrote about it.
Made in {town}.
I'm {person}, born in {town}, {age} y/o.
{person}, originally from {town}, is {age}.
i'm {given}, {age}, from {town}
I turned {age} yesterday.
My mother is {age} years old.
Man, {age}, lost in {town}
children under the age of {age}
aged {age}
{town} police, {country}
Welcome to {town}!
{country} wants more time.
Leader of {country} gives order
Why is {country} so expensive?
I've never been to {country} but I love {nation} food.
In {country} people sing at work.
Letters from {country}
{country} and {country} signed it in {town}.
It arrived from {country} with a {nation} label.
Are you {nation} or {nation}?
{nation} people drink {product}.
The {nation}s won again.
This is the {nation} version.
""")
SENTENCES["en"] += lines(r"""
{family} and {family} were masters of their trade.
{family} and {family} wrote most of the songs.
{given} and {given} have been married for years.
{family}, {family} and {family} scored.
{org} was started by three friends: {family}, {family} and {family}.
{org} is run by {given}, {family} and {given}.
It is the work of {person} and {family}.
{title} {family} flew home on {date}.
{title} {family} went to {town} for the weekend.
{title} {family} said nothing.
Robot: Where shall we send it?\nUser: {addressLine}
Agent: What is your name?\nCustomer: {person}
Bot: Hello! How can I help?\nUser: I'm {given}
The Queen arrived in {town} on {date}.
The Prime Minister came to {town} from {country}.
The Duke of {town} was there.
{country} is moving in the right direction, says {family}.
"It is good that {country} pays," says {person}.
Thank God it's Friday!
Oh my God, {given}!
One, two, three, go!
They sold {number} in {country}.
They are all from {town}.
Experienced salesperson with {number} years of experience. Looking for work at {org} in {town} {zip}.
Motivated {job} with experience in sales and support, ready to help {org} in {town}.
Ambitious student from {town} {zip} looking for an internship.
Return it to {street} if there is an issue.
Return to {given} at {street} please.
We returned to {town} by car.
We went back to {town} by train.
He came to {town} by ship from {country}.
{country} leader visits {town}
{person}'s dog bit the postman
{person}'s brother was sentenced in {town}
{given} {family}'s letters were found in {town}.
{person} lives at {street}, {town}
{given} gave {given} the address: {street}, {town}
The restaurant is at {street}, {town}.
We moved to {street}, {town}.
{person}\n\n{town}\n{country}
{person}\n{town}\n{country}
As promised, the address of {given}:\n\n{addressLines}
Here is {given}'s address:\n{addressLines}
""")
SENTENCES["en"] += lines(r"""
Engraving: "{given} & {given}"
Please put "{given} and {given}" on it.
Engrave {given} on the bracelet please.
{given} the driver saw it.
{given} from your team helped me.
is {given} in the photo wearing a {size}?
My postcode changed, it's {zip} now.
Our postcode is {zip}, the house number is the same.
my kid {given} needs new shoes
I want my son {given} to have it.
Have you met {person} yet?
have you ever heard {person} speak?
Why is {given} so slow?
Where is {given} from?
When does {given} arrive?
{title} {family}, see below: Three Men Of The Year
The {family} novel, unlike the film, is short.
Unlike the {family} film, it is not about war.
Like the {family} record, it is long.
An ex-{org} man, {family}, says no.
This one by {family} is good, too.
This one, by ex-{org} manager {family}, is better.
A comedian like {family} would agree.
{person}'s friends are here.
{person}'s killer was found in {town}.
{town}, {country}: {person} reports
{org} writer {person} left.
The {org} worker {person} told her story.
""")
SENTENCES["de"] = lines(r"""
Ich heiße {person}.
Mein Name ist {person} und ich wohne in {town}.
ich bin {given} aus {town}
Hier ist {person}, ich habe eine Frage.
{title} {family} hat angerufen.
{title} {person} ist {job} bei {org}.
Guten Tag {title} {family}, danke für Ihre Nachricht.
Liebe {given}, vielen Dank!
Sehr geehrter {title} {family}, wir haben Ihre Bestellung erhalten.
Ich wohne in der {street}.
Ich wohne in {town}.
Meine neue Adresse ist {address}
Bitte liefern Sie an {person}, {addressLine}.
Bitte ändern Sie die Lieferadresse auf {address}
Lieferadresse: {person}, {addressLine}
Die Rechnung geht an {org}, {addressLine}
Das Paket wurde bei {title} {family} abgegeben.
Das Paket liegt beim Nachbarn {family} in der {street}.
Versenden Sie nach {country}?
Liefern Sie nach {town}?
Wir sind von {town} nach {town} gezogen.
{org} sucht in {town} eine {job}.
{person} arbeitet bei {org} in {town}.
{person}\n{addressLines}
{person}\n{org}\n{addressLines}\n{phone}
Meine Tochter {given} wird {age}.
Mein Sohn {given} ist {age} Jahre alt.
Ich bin {age} Jahre alt und komme aus {country}.
Kann ich mit {person} sprechen?
Ihr Kollege {given} war sehr nett.
Das Konto läuft auf den Namen {person}.
Bitte überweisen Sie {amount} an {person}.
Vorname {given}, Nachname {family}
Mein Mann {given} hat bestellt, Bestellnummer {order}.
{person} aus {town} schrieb das Buch {year}.
„Das freut uns“, sagte {family} in {town}.
In {country} spricht jeder über {person}.
Meine PLZ ist {zip}
Ich wohne in {zip} {town}
Gravur: {given} und {given}
{given} und ich haben zwei bestellt.
Der Bürgermeister von {town}, {person}, eröffnete das Fest.
{person}, {job}
Geburtsname {family}
Ich habe am {date} mit {title} {family} telefoniert.
Die Firma {org} sitzt in {town}.
Wir fahren im Sommer nach {country}.
""")
SENTENCES["de"] += lines(r"""
Ich hätte gern die Gravur „{given} und {given}“.
Bitte gravieren Sie "{given}, {given} und {given}".
Mein Enkel {given} wünscht es sich.
{given} aus dem Kundendienst hat geholfen.
Die Nachbarin, {title} {family}, hat es angenommen.
Unser neuer Name ist {family}, bitte ändern.
""")
SENTENCES["fr"] = lines(r"""
Je m'appelle {person}.
Je m’appelle {given} et j'habite à {town}.
Mon nom est {person}.
Ici {person}, j'ai une question.
{title} {family} a appelé hier.
Bonjour {given}, merci pour votre aide.
Cher {title} {family}, nous avons reçu votre commande.
J'habite {street}.
J'habite à {town}.
Ma nouvelle adresse est {address}
Merci de livrer à {person}, {addressLine}.
Adresse de livraison : {person}, {addressLine}
Changez mon adresse pour {address}
La facture est au nom de {person}.
Le colis a été remis à {title} {family}.
Livrez-vous en {country} ?
Livrez-vous à {town} ?
Nous avons déménagé de {town} à {town}.
{person} travaille chez {org} à {town}.
{org} recrute un {job} à {town}.
Ma fille {given} a {age} ans.
Mon fils {given} aura {age} ans demain.
J'ai {age} ans et je viens de {town}.
Puis-je parler à {person} ?
Votre collègue {given} a été très gentille.
Veuillez virer {amount} à {person}.
Prénom {given}, nom {family}
« C'est une bonne nouvelle », dit {family}.
{person}\n{addressLines}
Mon code postal est {zip}
Mon mari {given} a commandé, numéro {order}.
Le maire de {town}, {person}, était là.
{given} et moi en avons acheté deux.
Nom de jeune fille : {family}
J'ai parlé à {given} le {date}.
{person}, {job} chez {org}
La société {org} est à {town}.
""")
SENTENCES["fr"] += lines(r"""
Gravure : « {given} et {given} »
Mon nom {family} est refusé par le formulaire.
Pouvez-vous graver "{given}" sur le bracelet ?
Ma voisine {title} {family} a pris le colis.
""")
SENTENCES["es"] = lines(r"""
Me llamo {person}.
me llamo {given} y vivo en {town}
Mi nombre es {person}.
Soy {person}, tengo una pregunta.
{title} {family} llamó ayer.
Hola {given}, gracias por tu ayuda.
Estimado {title} {family}, hemos recibido su pedido.
Vivo en {street}.
Vivo en {town}, {country}.
Mi nueva dirección es {address}
Por favor envíen a {person}, {addressLine}.
Dirección de envío: {person}, {addressLine}
Cambien la dirección a {address}
La factura va a nombre de {person}.
El paquete lo recibió {title} {family}.
¿Envían a {country}?
¿Hacen envíos a {town}?
Nos mudamos de {town} a {town}.
{person} trabaja en {org} en {town}.
{org} busca un {job} en {town}.
Mi hija {given} tiene {age} años.
Tengo {age} años y soy de {town}.
¿Puedo hablar con {person}?
Su compañera {given} fue muy amable.
Transfieran {amount} a {person}.
Nombre {given}, apellido {family}
«Estamos contentos», dijo {family}.
{person}\n{addressLines}
Mi código postal es {zip}
Mi marido {given} hizo el pedido {order}.
El alcalde de {town}, {person}, estuvo allí.
{given} y yo compramos dos.
Hablé con {given} el {date}.
{person}, {job} de {org}
""")
SENTENCES["es"] += lines(r"""
¿Pueden grabar "{given}" en la pulsera?
Grabado: {given} y {given}
Mi vecina {title} {family} recogió el paquete.
""")
SENTENCES["it"] = lines(r"""
Mi chiamo {person}.
mi chiamo {given} e vivo a {town}
Il mio nome è {person}.
Sono {person}, ho una domanda.
{title} {family} ha chiamato ieri.
Ciao {given}, grazie per l'aiuto.
Gentile {title} {family}, abbiamo ricevuto il suo ordine.
Abito in {street}.
Abito a {town}.
Il mio nuovo indirizzo è {address}
Per favore spedite a {person}, {addressLine}.
Indirizzo di spedizione: {person}, {addressLine}
Cambiate l'indirizzo in {address}
La fattura è intestata a {person}.
Il pacco è stato consegnato a {title} {family}.
Spedite in {country}?
Consegnate a {town}?
Ci siamo trasferiti da {town} a {town}.
{person} lavora presso {org} a {town}.
{org} cerca un {job} a {town}.
Mia figlia {given} ha {age} anni.
Ho {age} anni e vengo da {town}.
Posso parlare con {person}?
La sua collega {given} è stata gentilissima.
Bonificate {amount} a {person}.
Nome {given}, cognome {family}
«Siamo felici», ha detto {family}.
{person}\n{addressLines}
Il mio CAP è {zip}
Mio marito {given} ha fatto l'ordine {order}.
Il sindaco di {town}, {person}, era lì.
{given} e io ne abbiamo presi due.
Ho parlato con {given} il {date}.
{person}, {job} di {org}
""")
SENTENCES["it"] += lines(r"""
Potete incidere "{given}" sul bracciale?
Incisione: {given} e {given}
La vicina, {title} {family}, ha preso il pacco.
""")
SENTENCES["nl"] = lines(r"""
Mijn naam is {person}.
Mijn naam is {person}, bestelling {order}
Ik ben {person} en ik heb nog niets ontvangen.
ik heet {given} en mijn pakket is weg
U spreekt met {person}.
Kunt u het naar {title} {family} sturen, {addressLine}?
Leveren op {addressLine} kan dat?
Ons nieuwe adres is {addressLine}
Mijn adres is {address}
Graag bezorgen bij {person}, {addressLine}
Ik woon in {town}, is er daar een winkel?
Verzenden jullie naar {country}?
Wat kost verzending naar {country}?
Ik had {given} aan de telefoon, die zou terugbellen.
Ik sprak met {title} {family} van de winkel in {town}.
{given} van de klantenservice heeft me geholpen.
Het is een cadeau voor mijn zus {given}.
Mijn man {given} heeft het betaald.
De buurman, {title} {family}, heeft het pakket.
Kan {given} het ophalen? Hij werkt bij {org}.
Graveren: "{given}"
Graveren: "{given} & {given}"
Kunt u "{given}" op de mok zetten?
Het account staat op naam van {person}.
Rekening op naam van {person} alstublieft
Bedankt {given} voor de snelle hulp!
""")
SENTENCES["pl"] = lines(r"""
Nazywam się {person}.
Nazywam się {person}, zamówienie {order}
Mam na imię {given} i czekam na paczkę.
nazywam się {person} i nic nie dotarło
Tu {person}, dzwoniłam wczoraj.
Jestem {person}, proszę o kontakt.
Dostawa na adres {addressLine}
Proszę wysłać na adres {addressLine}
Mój adres to {address}
Proszę o fakturę na: {person}, {addressLine}
Mieszkam w {town}, czy jest tam sklep?
Czy wysyłacie do {country}?
Ile kosztuje wysyłka do {country}?
Rozmawiałam z {title} {family}, obiecała oddzwonić.
Pomogła mi {title} {given} z obsługi klienta.
{given} z infolinii powiedziała co innego.
To prezent, dla niej, ma na imię {given}.
Mój mąż {given} już zapłacił.
Paczkę odebrał sąsiad, {title} {family}.
Odbierze ją moja siostra {given}.
Grawer: "{given}"
Proszę wygrawerować "{given}" na bransoletce
Proszę wygrawerować imię {given}
Konto jest na nazwisko {family}.
Konto jest na {person}.
{given}, dziękuję za pomoc!
""")
SENTENCES["pt"] = lines(r"""
Chamo-me {person}.
Chamo-me {person}, encomenda {order}
O meu nome é {person} e nada chegou.
me chamo {given} e moro em {town}
Sou a {person}, falei convosco ontem.
Fala {person}, bom dia.
Entreguem na {addressLine}
A minha morada é {address}
Mudei de casa, a nova morada é {addressLine}
Enviem para {person}, {addressLine}
Moro em {town}, há alguma loja?
Enviam para {country}?
Quanto custa o envio para {country}?
Falei com a {given}, que ficou de ligar.
Falei com o {title} {family} da loja de {town}.
A {given} do apoio ao cliente ajudou-me.
É um presente para a minha irmã {given}.
O meu marido {given} já pagou.
O vizinho, {title} {family}, ficou com o pacote.
Quem vai levantar é o {person}.
Gravem "{given}" na pulseira
Gravação: "{given} e {given}"
Podem pôr o nome {given} na caneca?
A conta está em nome de {person}.
Fatura em nome de {person}, por favor
Obrigada pela ajuda, {given}!
""")
# What is engraved, embroidered, written on a card.
SENTENCES["en"] += lines(r"""
Engrave "{given}" please
Please engrave "{given} & {given}" on the inside
Engraving: {given} {year}
Could you engrave the flask with "{short} {year}"?
Please embroider {given} in the {colour} thread
embroider it with {given}
Name on the stocking: {given}
Name: {given}, colour: {colour}
The mug should say {given}
On the card: "Happy Birthday {given}, love from {given} and {given}"
Gift note: "To {given}, with love from {given}"
Text for the card: Get well soon {given}!
cheers, {given}
thx {given}
ta, {given}
it's {person} again, still nothing
its {given} again
Spoke to {given} on the phone, {given} promised a call back.
Ask for {given} at the gate.
Leave it with {given} next door.
""")
SENTENCES["de"] += lines(r"""
Gravur bitte: "{given}"
Gravur: "{given} & {given} {year}"
Bitte "Für {given}" eingravieren
Der Name {given} soll auf die Tasse
Auf der Karte: "Alles Gute, {given}!"
LG {given}
VG {given}
Es grüßt {person}
Frohes Fest wünscht Familie {family}
Familie {family} bedankt sich
Der Nachbar {family} hat das Paket
Habe mit Frau {family} gesprochen.
""")
SENTENCES["fr"] += lines(r"""
Gravure : "{given}"
Gravure : "{given}, {date}"
Graver {given} sur la médaille svp
Bises, {given}
La famille {family} vous remercie
""")
SENTENCES["es"] += lines(r"""
Grabar "{given}"
Grabar en la pulsera: "{given} y {given}"
Quiero el nombre {given} en la taza
Un beso, {given}
""")
SENTENCES["it"] += lines(r"""
Incidete "{given}"
Incidete "{given} e {given} {year}" sulla cornice
Vorrei il nome {given} sulla tazza
Un abbraccio, {given}
""")
FORMS = lines(r"""
Name: {person}\nAddress: {addressLine}
Name: {person}\nStreet: {street}\nTown: {town}\nCountry: {country}
Name: {person}\nPhone: {phone}
Date: {date}\nName: {person}\nPhone: {phone}
Billing address: {person}\n    {addressLines}
Shipping address:\n{person}\n{addressLines}
Ship to:\n{person}\n{org}\n{addressLines}
Deliver to\n{person}\n{addressLines}
{person}\n\n{job}\n\nPhone:\n{phone}\n\nE-mail:\n{mail}\n\nAddress:\n{addressLines}
{person}\n{job}\nWebsite:\n{url}\nAddress:\n{addressLines}
Customer name: {person}\nOrder: {order}
Customer: {person}\nCompany: {org}\nCity: {town}
First name: {given}\nLast name: {family}\nE-mail: {mail}\nCity: {town}
First Name: {given}, Last Name: {family}, Address: {addressLine}
Vorname: {given}\nNachname: {family}\nStraße: {street}\nOrt: {zip} {town}
Nom : {family}\nPrénom : {given}\nAdresse : {addressLine}
Nombre: {person}\nDirección: {addressLine}\nTeléfono: {phone}
Nome: {person}\nIndirizzo: {addressLine}\nTelefono: {phone}
> {person}\n> {org}\n> {street}\n> {town}
> {person}\n> {street}\n> {town}\n> {country}
{person}\n{org}\n{street}\n{town}
{org}\n{addressLines}
{org}\n\n{addressLine}
Attn: {person}\n{org}\n{addressLines}
c/o {person}\n{addressLines}
{title} {person} {addressLine}
{person} {addressLine}
{person}, {addressLine}
{person} | {org} | {town}
{person}, {job}, {org}, {town}
Recipient: {person}. Sender: {person}.
From: {person} <{mail}>
To: {person} <{mail}>\nSubject: order {order}
On {date}, {person} wrote:
Am {date} schrieb {person}:
Le {date}, {person} a écrit :
Cardholder: {person}\nNumber: {card}
card number {card}, name {person}
Account holder {person}, IBAN {iban}
Gift message: Dear {given}, happy birthday! {given}
Review by {person}, {town}:
Reviewer: {given} from {town}
Product: {good}\nQuantity: {number}\nColour: {colour}
Item: {good}\nSize: {size}\nOrder: {order}
Order {order}\n{number} x {good} {amount}\n{number} x {good} {amount}\nTotal {amount}
Article {order}\nBrand: {brand}\nColour: {colour}
Subject: {good}\nHello, is it in stock?
Order {order}: {good}, {good}, {good}
{person}\n{org}\n{addressLines}\n{phone} office\n{phone} fax\n{phone} mobile
{person}\n{org}\n{addressLines}\nMobile: {phone}\nDesk: {phone}\nFax: {phone}
{person}\n\n{addressLines}\n{phone}-Office\n{phone}-Fax
{person}\n{job}\n{org}\n{address}\nTel. {phone}\n{mail}
{person}\n{org}\n{person}\n{addressLines}
{person}\n{job}\n{org}\n{street}
{person}\n\n{addressBlock}
{person}\n{addressBlock}
{person}\n{org}\n{addressBlock}
{person}\n{org}\n{person}\n{addressBlock}
{org}\n\n{addressBlock}
Billing address: {person}\n    {addressBlock}
{title} {person}\n{addressBlock}
{title} {person} {addressLine}
{person}\n\n{addressBlock}\n{phone}-Office, {phone}-Fax
""")
GREETINGS = {
    "en": lines("Hi {given},\nHello {given},\nDear {title} {family},\nHi {given}!\nDear {person},\nHey {given}\nGood morning {given},\nHello {title} {family}"),
    "de": lines("Hallo {given},\nLiebe {given},\nLieber {given},\nSehr geehrte {title} {family},\nGuten Tag {title} {family},\nHi {given}"),
    "fr": lines("Bonjour {given},\nBonjour {title} {family},\nCher {given},\nChère {title} {family},\nSalut {given}"),
    "es": lines("Hola {given},\nEstimada {title} {family}:\nQuerido {given},\nBuenos días {given},"),
    "nl": lines("Hallo {given},\nBeste {given},\nGeachte {title} {family},\nHoi {given}"),
    "pl": lines("Cześć {given},\nDzień dobry {title} {given},\nSzanowny {title} {family},\nHej {given}"),
    "pt": lines("Olá {given},\nBoa tarde {given},\nCaro {title} {family},\nExma. {title} {family},"),
    "it": lines("Ciao {given},\nGentile {title} {family},\nCara {given},\nBuongiorno {given},"),
}
CLOSINGS = {language: [line.replace("|", "\n") for line in lines(text)] for language, text in {
    "en": "Best regards,|{person}\nThanks, {given}\nKind regards|{person}\nSincerely,|{person}|{org}\nCheers, {given}\nBest, {given}\n- {given}\nYours, {person}|{town}\nThank you|{person}|{phone}\nregards {given}\n{given}",
    "de": "Viele Grüße|{person}\nMit freundlichen Grüßen|{person}\nLG {given}\nGruß, {given}\nBeste Grüße {person}\nMfG {family}\nDanke, {given}",
    "fr": "Cordialement,|{person}\nMerci, {given}\nBien à vous|{person}\nBonne journée, {given}",
    "es": "Saludos,|{person}\nGracias, {given}\nUn saludo|{person}\nAtentamente,|{person}",
    "nl": "Met vriendelijke groet,|{person}\nGroetjes, {given}\nGroet, {given}\nGroeten|{given}\nMvg {person}\nBedankt, {given}\nAlvast bedankt! {given}",
    "pl": "Pozdrawiam|{person}\nPozdrawiam, {given}\nPozdrawiam {given}\nDziękuję, {given}\nZ poważaniem|{person}\nDzięki, {given}\nPozdr. {given}",
    "pt": "Cumprimentos,|{person}\nObrigada, {given}\nObrigado, {given}\nAtenciosamente, {person}\nMelhores cumprimentos|{person}\nAbraço, {given}",
    "it": "Cordiali saluti,|{person}\nGrazie, {given}\nUn saluto|{person}\nDistinti saluti|{person}",
}.items()}
GREETINGS = {language: texts for language, texts in GREETINGS.items()}
