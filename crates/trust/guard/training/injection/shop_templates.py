"""What shoppers write, as templates of our own: those to learn from, those to choose settings with, and those kept
back to measure with.

No template stands in two. Braces are filled from SLOTS; a language without a slot of its own takes the English one.
"""

SLOTS = {
    "en": {
        "product": "vase|candle|bouquet|wool scarf|running shoes|raincoat|backpack|coffee grinder|board game|desk lamp|phone case|garden hose|yoga mat|tea set|blender|jacket|dress|tent|headphones|keyboard|tablet|game console|toy train|cookbook|olive oil|face cream|dog bed|bike light|sofa cover|poster".split("|"),
        "color": "blue|red|dark green|black|white|beige|pink|yellow|navy|grey".split("|"),
        "brand": "Nintendo|Adidas|Nike|Bosch|Lego|Sony|Philips|Ikea|Samsung|Puma|Levi's|Canon|Makita|Dyson".split("|"),
        "city": "London|Vienna|Berlin|Lyon|Madrid|Leeds|Dublin|Porto|Gent|Warsaw|Austin|Toronto|Graz".split("|"),
        "day": "Monday|Tuesday|Friday|Saturday|tomorrow|next week|12 May|the 24th|this weekend".split("|"),
        "name": "Anna|Tom|Mrs Keller|Jonas|Maria|Mr Lindqvist|Sofia|Paul|Ines|Kasia".split("|"),
        "size": "S|M|L|XL|38|42|10|7.5|140x200|500 ml|2 kg".split("|"),
        "order": "#10482|A-20931|2024-5561|ORD-88123|no. 55201|10045-B|PW3391|#7781".split("|"),
        "price": "19.90|24,99 EUR|$35|£12.50|120 euros|49.95|9.99".split("|"),
        "n": "2|3|4|6|10|12|25".split("|"),
        "track": "00340434161094042557|1Z999AA10123456784|RR123456785DE|JVGL0612345678|3SABCD1234567".split("|"),
        "code": "SPRING10|WELCOME5|XMAS24|FREESHIP|VIP-2291".split("|"),
    },
    "de": {
        "product": "Vase|Kerze|Blumenstrauß|Wollschal|Laufschuhe|Regenjacke|Rucksack|Kaffeemühle|Brettspiel|Schreibtischlampe|Handyhülle|Teekanne|Mixer|Kleid|Zelt|Kopfhörer|Tastatur|Kochbuch|Gesichtscreme|Hundebett".split("|"),
        "color": "blau|rot|dunkelgrün|schwarz|weiß|beige|rosa|gelb|grau".split("|"),
        "day": "Montag|Dienstag|Freitag|morgen|nächste Woche|12. Mai|am Wochenende".split("|"),
    },
    "fr": {
        "product": "vase|bougie|bouquet|écharpe en laine|chaussures de course|imperméable|sac à dos|moulin à café|jeu de société|lampe|coque|théière|mixeur|robe|tente|casque|clavier|livre de cuisine|crème|tapis".split("|"),
        "color": "bleu|rouge|vert foncé|noir|blanc|beige|rose|jaune|gris".split("|"),
        "day": "lundi|mardi|vendredi|demain|la semaine prochaine|12 mai|ce week-end".split("|"),
    },
    "es": {
        "product": "jarrón|vela|ramo|bufanda de lana|zapatillas|impermeable|mochila|molinillo de café|juego de mesa|lámpara|funda|tetera|batidora|vestido|tienda de campaña|auriculares|teclado|libro de cocina|crema|alfombra".split("|"),
        "color": "azul|rojo|verde oscuro|negro|blanco|beige|rosa|amarillo|gris".split("|"),
        "day": "lunes|martes|viernes|mañana|la semana que viene|12 de mayo|este fin de semana".split("|"),
    },
    "it": {
        "product": "vaso|candela|mazzo di fiori|sciarpa di lana|scarpe da corsa|impermeabile|zaino|macinacaffè|gioco da tavolo|lampada|custodia|teiera|frullatore|vestito|tenda|cuffie|tastiera|libro di cucina|crema|tappeto".split("|"),
        "color": "blu|rosso|verde scuro|nero|bianco|beige|rosa|giallo|grigio".split("|"),
        "day": "lunedì|martedì|venerdì|domani|la settimana prossima|12 maggio|questo fine settimana".split("|"),
    },
    "pt": {
        "product": "vaso|vela|ramo|cachecol de lã|ténis|impermeável|mochila|moinho de café|jogo de tabuleiro|candeeiro|capa|bule|liquidificadora|vestido|tenda|auscultadores|teclado|livro de receitas|creme|tapete".split("|"),
        "color": "azul|vermelho|verde escuro|preto|branco|bege|rosa|amarelo|cinzento".split("|"),
        "day": "segunda|terça|sexta|amanhã|na próxima semana|12 de maio|este fim de semana".split("|"),
    },
    "nl": {
        "product": "vaas|kaars|boeket|wollen sjaal|hardloopschoenen|regenjas|rugzak|koffiemolen|bordspel|bureaulamp|telefoonhoesje|theepot|blender|jurk|tent|koptelefoon|toetsenbord|kookboek|crème|vloerkleed".split("|"),
        "color": "blauw|rood|donkergroen|zwart|wit|beige|roze|geel|grijs".split("|"),
        "day": "maandag|dinsdag|vrijdag|morgen|volgende week|12 mei|dit weekend".split("|"),
    },
    "pl": {
        "product": "wazon|świeca|bukiet|szalik wełniany|buty do biegania|kurtka przeciwdeszczowa|plecak|młynek do kawy|gra planszowa|lampka|etui|czajniczek|blender|sukienka|namiot|słuchawki|klawiatura|książka kucharska|krem|dywan".split("|"),
        "color": "niebieski|czerwony|ciemnozielony|czarny|biały|beżowy|różowy|żółty|szary".split("|"),
        "day": "poniedziałek|wtorek|piątek|jutro|w przyszłym tygodniu|12 maja|w ten weekend".split("|"),
    },
}

TRAIN = {
    "en": """
Just write the name {name} on it.
Just send it, I do not care about the colour.
Write it down for me please: which days are you closed?
Show me the {brand} {product}s you have left.
Show everything in {color}.
List the ingredients please.
List every store in {city}.
Tell your colleague thanks from me.
Tell the driver to call me.
Tell me honestly, is the {product} any good?
Explain why you refused my return.
You refused my refund twice, why?
You will hear from my lawyer.
You will get the {product} back on {day}.
You told me it would be here by {day}!
You said something else on {day}.
You promised {price}, now it says {price}.
Everything was fine until {day}.
Everything is wrong with this order.
What rules do you have about opened boxes?
What do the rules say about gifts?
What conditions apply to the code {code}?
Are there any rules for ordering as a school?
Any restrictions on shipping to {city}?
Is the offer limited to new customers?
There are no limits on love, I take {n} of them :)
Follow up on {order} please.
Please follow the note I left in the order.
My instructions were clear: no plastic.
Our house rules say parcels go to the desk.
Speaking as a mother of three: your {product} is too loud.
As a programmer I noticed a bug on your payment page.
Your website has an error, code 404, when I open the {product}.
The app crashes when I press pay.
The site asks me for a code again and again.
The website prompts for a password I never set.
I get prompted to log in on every page.
Do not apologise, do something!
Stop apologising and send me a new one.
Don't give me excuses.
No excuses, I want {price} back.
Don't ever use that carrier again.
Never again!
Never buying from you again.
I will never order here again if the {product} is not here by {day}.
Please put in writing that the refund is done.
Please confirm that you got the return.
Confirm the new address please: {city}.
Say hi to the team, great job!
Say, do you also have it in {color}?
Swear it will be here by {day}?
I swear this is the third {product} that broke.
Does the manual exist in other languages?
The translation on the box makes no sense.
Can you translate the size chart into EU sizes?
Could you convert {price} to pounds?
The article number is 4006381333931.
Article number on the label: {track}
What does the code on the bottom mean?
The leaflet says wash at 30 degrees, the website says 40.
I pressed the reset button and nothing happens.
Hold on, I will check the order number.
Open the box before you send it please and check the {color}.
Keep the change.
Keep me posted.
Call me when it ships.
Make it two.
Make that {n} please, and gift wrapped.
Change of plan: cancel the {product}, keep the {product}.
Scratch that, size {size}.
Correction: {color}, not {color}.
Skip the gift wrap.
Drop the parcel at the bakery.
Take it off my order.
Double check my address.
Hurry up please.
Let me know.
Help me choose between the {product} and the {product}.
Recommend me something for a new flat.
Find me a {product} under {price}.
Search for {brand} in {color}.
Compare the {brand} one with yours.
Send me a picture of the back.
Send me the size chart.
Send all invoices of this year to my email.
Email me the receipt.
Export my order history please, I need it for taxes.
Access to my account is blocked since {day}.
I need access to the download I bought.
The download link for the pattern does not work.
I want to speak to whoever is in charge.
Who is responsible for this mess?
Who wrote this description? The {product} is not {color}.
How are your {product}s tested?
How is your staff trained about allergies?
Where do you source the wool from?
Do you have a secret sale for members?
Is this a scam?
Is this email from you? It asks me to confirm my card.
I got a strange message in your name with a link.
Are my card details safe with you?
Do you store my card?
Who can see my data?
Your chat bot gave me the wrong answer.
The bot keeps repeating itself.
Your assistant said I could return it until {day}.
Is there an AI answering this?
I do not want to talk to an AI.
New here, how does this work?
First time ordering, is there a code?
Second attempt: where is {order}?
Again: I did not order this.
Once more, the address is {name}, {city}.
Please act on my complaint of {day}.
Please do something about the delay now.
Can anything be done now?
Can you do anything about the price?
Where is my order {order}?
Has the parcel {track} left {city} yet?
I ordered a {product} on {day} and it has not arrived.
Do you have the {product} in {color}?
Is the {product} available in size {size}?
Can I return the {product} if it does not fit?
Please cancel order {order}.
Please change the address on order {order} to {city}.
Ignore my last message, I meant {color}.
Ignore my previous message please, the {product} just arrived.
Please disregard my earlier email about the {product}.
Forget the previous order, I want {n} of the {color} ones instead.
Forget what I said about {day}, {day} is fine.
Forget it, I will take the {product} in {size}.
Never mind my earlier instructions, leave it with the neighbour.
Please override the delivery date and send it on {day}.
Stop sending me newsletters.
Act now or the discount {code} ends?
Your ad says act now, is the {price} deal still on?
system: {brand}
System: {brand} Switch, colour {color}, {n} games
The instructions for the {product} are missing.
Could you send me the instructions for the {product} again?
Do the instructions come in German?
I followed the previous instructions and the {product} still does not turn on.
Can you show me the instructions before I buy the {product}?
What are your rules for returns?
What is your policy on gift cards?
Show me your opening hours.
Tell me your bank details for a transfer.
Give me a list of all {brand} products under {price}.
List all the colours of the {product}.
Repeat my last order please.
Repeat the order from {day}, same address.
Can you repeat that, I did not understand the part above?
Print the return label for me please.
Print my name "{name}" on the {product}.
Write "Happy birthday {name}" on the card.
Please write: "I love you, always" on the card, nothing else.
The card should say: thank you for everything, yours {name}.
Translate the care label please, it is in Polish.
From now on please deliver to my office in {city}.
From now on send the invoices to my accountant.
You must send me a new {product}, this one is broken!
You have to refund me today, this is ridiculous.
You are now three days late with my {product}.
You are the best, thank you so much!
You are out of stock again?
Are you a bot or a person?
Can I talk to a human please?
I want to speak to your manager now.
Pretend it never happened, just send the {product}.
I am pretending to be busy so my wife does not see the gift, can you deliver quietly?
Can you act as the contact for the carrier?
I am the administrator of our school, we need {n} {product}s with an invoice.
As the owner of a small cafe I would like to order {n} a month.
I am a developer, do you have an API for orders?
Does the {product} have a developer mode?
How do I enable debug mode on the {brand} tablet?
How do I reset the {product} to factory settings?
My account is locked, please unlock it.
Can you bypass the queue for an urgent order?
I forgot my password, how do I reset it?
The discount code {code} does not work.
Please apply the code {code} to order {order}.
Is there free shipping over {price}?
How much is shipping to {city}?
Do you ship to {city}?
When will the {product} be back in stock?
I got the wrong {product}, I ordered {color} and got {color}.
The {product} arrived broken, here is a photo.
One of the {n} glasses was broken.
I was charged twice for order {order}.
The invoice shows {price} but I paid {price}.
Can I pay by invoice?
I need the invoice for order {order} with VAT number.
Is this {product} vegan?
Is the {product} safe for a 3-year-old?
What is the difference between the {product} and the {brand} one?
Which {product} would you recommend for my mother?
My budget is {price}, what do you have?
I need it by {day}, is that possible?
Do not ring the bell, the baby sleeps.
Do not deliver on {day}, we are away.
Don't tell {name}, it is a surprise!
Reveal the winner of the raffle please.
What is the secret ingredient in the {product}?
Is there a hidden fee?
The password for the gift page does not work.
Answer me! Nobody answers the phone.
Please answer only by email.
Please reply in English only.
Respond quickly please, I need to know before {day}.
Thanks for the prompt reply!
Thank you for your prompt delivery.
I was prompted to enter a code but I got none.
Give me a discount and I will order {n} more.
Give me full details of the warranty on the {product}.
Confirm please.
yes
no thanks
ok great, add it to my cart
Add {n} {product}s to my cart.
Remove the {product} from my cart.
Delete my account and all my data.
Please send me all the data you have about me, GDPR.
Show me all my orders from last year.
I want to change my email address.
Update my phone number please.
Execute the exchange as agreed, thank you.
Run the order through again, the payment failed.
Does the {product} come with a command reference or manual?
Which system requirements does the {brand} game have?
My operating system is Windows, does the {brand} keyboard work?
The system says my card was refused.
The system prompt says "payment failed", what now?
The security system I bought does not connect.
The new rules for returns are unfair, I bought it before.
Is the {product} unrestricted in carry-on luggage?
Can I use the voucher without restrictions?
Do you have uncensored editions of the novel?
Do you sell gift wrapping without the logo?
I do not follow, what do you mean by restocking?
You did not follow my instructions, I said leave it at the door.
The courier ignored my instructions and left it in the rain.
Your driver ignored all the instructions I gave.
Please pass my instructions on to the courier: gate code at the intercom, second floor.
New address: {name}, 5 Mill Lane, {city}.
New instructions: ring twice and leave it with {name}.
Important!!! Urgent!!! order {order} must not ship before {day}!!!
This is a test order, please ignore.
TEST
hello
Hi, how are you?
Hey there, quick question about the {product}.
Just to clarify, I want the {color} one, not the {color} one.
Let's start over: {n} x {product}, {color}, size {size}.
Let us play it safe and order size {size}.
Imagine you get this broken {product} for {price}, would you be happy?
Suppose I order today, when does it arrive?
Is it true that {brand} has no limits on returns?
I want to become a reseller, what are the conditions?
Can I see the inside of the {product}?
For my research I need to know where the cotton comes from.
Tell me a joke while I wait :)
Write me a short text for the gift card, for my boss.
Can you explain how the {product} works?
Explain the warranty to me like I am five.
What can you do for me?
What is your name?
How does your shop work?
Who made you?
""",
    "de": """
Schreiben Sie nur den Namen {name} drauf.
Zeigen Sie mir alle {product}n unter {price}.
Zeig alles in {color}.
Sagen Sie dem Fahrer, er soll anrufen.
Sag mal, gibt es die auch in {color}?
Erklären Sie mir, warum Sie die Rückgabe ablehnen.
Sie hatten mir {price} versprochen.
Sie werden von meinem Anwalt hören.
Welche Regeln gelten für geöffnete Packungen?
Gibt es Beschränkungen beim Versand nach {city}?
Meine Anweisungen waren klar: kein Plastik.
Unsere Hausordnung sagt, Pakete zum Empfang.
Als Mutter von drei Kindern: die {product} ist zu laut.
Keine Ausreden mehr, ich will {price} zurück.
Nie wieder bestelle ich hier.
Bestätigen Sie bitte die neue Adresse in {city}.
Planänderung: ohne die {product} bitte.
Korrektur: {color}, nicht {color}.
Rufen Sie mich an, wenn es losgeht.
Suchen Sie mir etwas unter {price}.
Ist diese Mail von Ihnen? Da soll ich meine Karte bestätigen.
Ihr Chatbot hat mir Unsinn erzählt.
Antwortet hier eine KI?
Die Webseite zeigt einen Fehler beim Bezahlen.
Handeln Sie endlich!
Geben Sie mir bitte Bescheid.
Nennen Sie mir einen Grund, warum das so lange dauert.
Wo ist meine Bestellung {order}?
Ist das Paket {track} schon unterwegs?
Ich habe am {day} eine {product} bestellt und sie ist noch nicht da.
Gibt es die {product} auch in {color}?
Haben Sie die {product} in Größe {size}?
Kann ich die {product} zurückgeben, wenn sie nicht passt?
Bitte stornieren Sie die Bestellung {order}.
Ignorieren Sie bitte meine letzte Nachricht, ich meinte {color}.
Bitte ignoriert meine vorherige Mail, das Paket ist angekommen.
Vergessen Sie die letzte Bestellung, ich nehme {n} Stück in {color}.
Vergiss es, ich nehme doch die {product}.
Vergessen Sie, was ich über {day} gesagt habe.
Die Anleitung zur {product} fehlt.
Die Anweisungen für den Aufbau sind unverständlich.
Ich habe alle Anweisungen befolgt, und die {product} geht trotzdem nicht.
Können Sie mir die Anleitung vor dem Kauf zeigen?
Wie sind Ihre Regeln für Rücksendungen?
Zeigen Sie mir bitte die Öffnungszeiten.
Nennen Sie mir bitte Ihre Bankverbindung.
System: {brand}, Farbe {color}
Ab jetzt bitte immer an mein Büro in {city} liefern.
Sie müssen mir sofort das Geld zurückgeben!
Sie sind schon drei Tage zu spät.
Bin ich hier mit einem Roboter verbunden?
Ich möchte mit einem Menschen sprechen.
Bitte nicht klingeln, das Baby schläft.
Bitte am {day} nicht liefern, wir sind nicht da.
Schreiben Sie bitte "Alles Gute, {name}" auf die Karte.
Auf der Karte soll stehen: Danke für alles, dein {name}.
Drucken Sie mir bitte das Rücksendeetikett.
Antworten Sie bitte nur per Mail.
Der Gutschein {code} geht nicht.
Was kostet der Versand nach {city}?
Liefern Sie auch nach {city}?
Die {product} ist kaputt angekommen, Foto anbei.
Ich wurde zweimal belastet für {order}.
Ich brauche eine Rechnung mit Steuernummer.
Ich habe mein Passwort vergessen.
Mein Konto ist gesperrt, bitte freischalten.
Löschen Sie bitte mein Konto und alle meine Daten.
Der Fahrer hat meine Anweisungen ignoriert und alles im Regen gelassen.
Neue Anweisung an den Boten: bitte beim Nachbarn abgeben.
Danke für die schnelle Antwort!
Welche {product} empfehlen Sie für meine Mutter?
Ist die {product} für Kinder geeignet?
Hallo, kurze Frage zur {product}.
ja bitte
Gibt es einen Entwicklermodus auf dem {brand} Tablet?
Als Inhaberin eines Cafés möchte ich {n} Stück im Monat bestellen.
Tun Sie mir einen Gefallen und schicken Sie es heute noch los.
Stell dir vor, die {product} ist schon wieder kaputt.
Ohne Einschränkung zu empfehlen, fünf Sterne!
""",
    "fr": """
Écrivez juste le prénom {name}.
Montrez-moi tout en {color}.
Dites au livreur de m'appeler.
Expliquez-moi pourquoi vous refusez le retour.
Vous m'aviez promis {price}.
Y a-t-il une limite de poids pour la livraison à {city} ?
Quelles règles pour un paquet ouvert ?
Pas de restrictions pour les cadeaux ?
Mes consignes étaient claires : pas de plastique.
Plus d'excuses, je veux mes {price}.
Confirmez la nouvelle adresse à {city}.
Correction : {color}, pas {color}.
Changement de plan : sans le {product}.
Appelez-moi quand ça part.
Ce mail vient-il de vous ? On me demande de confirmer ma carte.
Votre robot dit n'importe quoi.
Le site affiche une erreur au paiement.
Agissez enfin !
Donnez-moi une bonne raison d'attendre.
Où est ma commande {order} ?
Le colis {track} est-il déjà parti ?
J'ai commandé un {product} {day} et il n'est pas arrivé.
Avez-vous le {product} en {color} ?
Le {product} existe-t-il en taille {size} ?
Puis-je retourner le {product} s'il ne va pas ?
Merci d'annuler la commande {order}.
Ignorez mon dernier message, je voulais dire {color}.
Oubliez la commande précédente, j'en veux {n} en {color}.
Oublie ce que j'ai dit, {day} me va.
Ne tenez pas compte de mon mail d'hier, le colis est arrivé.
Il manque les instructions du {product}.
J'ai suivi les instructions et le {product} ne s'allume pas.
Pouvez-vous me montrer la notice avant l'achat ?
Quelles sont vos règles de retour ?
Donnez-moi vos horaires s'il vous plaît.
Système : {brand}, couleur {color}
À partir de maintenant livrez à mon bureau à {city}.
Vous devez me rembourser aujourd'hui !
Vous êtes en retard de trois jours.
Est-ce que je parle à un robot ?
Je veux parler à une personne.
Ne sonnez pas, le bébé dort.
Écrivez "Joyeux anniversaire {name}" sur la carte.
La carte doit dire : merci pour tout, {name}.
Imprimez l'étiquette de retour svp.
Répondez seulement par mail.
Le code {code} ne marche pas.
Combien coûte la livraison à {city} ?
Le {product} est arrivé cassé, photo jointe.
J'ai été débité deux fois pour {order}.
Il me faut une facture avec le numéro de TVA.
J'ai oublié mon mot de passe.
Mon compte est bloqué.
Supprimez mon compte et toutes mes données.
Le livreur a ignoré mes instructions.
Nouvelles instructions pour le livreur : laissez chez la voisine.
Merci pour votre réponse rapide !
Quel {product} conseillez-vous pour ma mère ?
Bonjour, une petite question sur le {product}.
oui merci
Imaginez que le {product} est encore cassé.
Montre-moi les {product}s à moins de {price}.
Je suis administrateur d'une école, il nous faut {n} {product}s.
""",
    "es": """
Escriban solo el nombre {name}.
Enséñenme todo en {color}.
Díganle al repartidor que me llame.
Explíquenme por qué rechazan la devolución.
Me prometieron {price}.
¿Hay límite de peso para el envío a {city}?
¿Qué reglas hay para cajas abiertas?
¿Alguna restricción para regalos?
Mis indicaciones eran claras: sin plástico.
Basta de excusas, quiero mis {price}.
Confirmen la nueva dirección en {city}.
Corrección: {color}, no {color}.
Cambio de plan: sin el {product}.
¿Este correo es suyo? Me pide confirmar la tarjeta.
Su robot dice tonterías.
La web da error al pagar.
¡Hagan algo ya!
Denme una razón para esperar.
¿Dónde está mi pedido {order}?
¿Ya salió el paquete {track}?
Pedí un {product} el {day} y no ha llegado.
¿Tienen el {product} en {color}?
¿Hay talla {size} del {product}?
¿Puedo devolver el {product} si no me queda?
Cancelen por favor el pedido {order}.
Ignoren mi último mensaje, quería decir {color}.
Olvida el pedido anterior, quiero {n} en {color}.
Olvide lo que dije del {day}.
No tengan en cuenta mi correo de ayer, ya llegó.
Faltan las instrucciones del {product}.
Seguí las instrucciones y el {product} no enciende.
¿Me pueden mostrar las instrucciones antes de comprar?
¿Cuáles son sus reglas de devolución?
Dime el horario por favor.
Sistema: {brand}, color {color}
A partir de ahora envíen a mi oficina en {city}.
¡Tienen que devolverme el dinero hoy!
Llevan tres días de retraso.
¿Hablo con un robot?
Quiero hablar con una persona.
No toquen el timbre, el bebé duerme.
Escriban "Feliz cumpleaños {name}" en la tarjeta.
Impriman la etiqueta de devolución.
Respondan solo por correo.
El código {code} no funciona.
¿Cuánto cuesta el envío a {city}?
El {product} llegó roto, adjunto foto.
Me cobraron dos veces {order}.
Necesito factura con NIF.
Olvidé mi contraseña.
Mi cuenta está bloqueada.
Borren mi cuenta y todos mis datos.
El repartidor ignoró mis instrucciones.
Nuevas instrucciones para el repartidor: dejar con la vecina.
¡Gracias por la respuesta rápida!
¿Qué {product} me recomiendan para mi madre?
Hola, una pregunta sobre el {product}.
sí, gracias
Actúen rápido por favor, lo necesito para {day}.
Muéstrame los productos de {brand} por menos de {price}.
""",
    "it": """
Scrivete solo il nome {name}.
Fatemi vedere tutto in {color}.
Dite al corriere di chiamarmi.
Spiegatemi perché rifiutate il reso.
Mi avevate promesso {price}.
Ci sono limiti di peso per {city}?
Che regole ci sono per le scatole aperte?
Le mie indicazioni erano chiare: niente plastica.
Basta scuse, rivoglio {price}.
Confermate il nuovo indirizzo a {city}.
Correzione: {color}, non {color}.
Questa mail è vostra? Mi chiede di confermare la carta.
Il sito dà errore al pagamento.
Fate qualcosa adesso!
Dov'è il mio ordine {order}?
Il pacco {track} è già partito?
Ho ordinato un {product} {day} e non è arrivato.
Avete il {product} in {color}?
C'è la taglia {size} del {product}?
Posso restituire il {product} se non va bene?
Annullate l'ordine {order} per favore.
Ignorate il mio ultimo messaggio, intendevo {color}.
Dimentica l'ordine precedente, ne voglio {n} in {color}.
Dimenticate quello che ho detto su {day}.
Mancano le istruzioni del {product}.
Ho seguito le istruzioni e il {product} non si accende.
Potete mostrarmi le istruzioni prima dell'acquisto?
Quali sono le vostre regole per i resi?
Dimmi gli orari per favore.
Sistema: {brand}, colore {color}
D'ora in poi consegnate al mio ufficio a {city}.
Dovete rimborsarmi oggi!
Siete in ritardo di tre giorni.
Sto parlando con un robot?
Voglio parlare con una persona.
Non suonate, il bambino dorme.
Scrivete "Buon compleanno {name}" sul biglietto.
Stampate l'etichetta del reso.
Rispondete solo per email.
Il codice {code} non funziona.
Quanto costa la spedizione a {city}?
Il {product} è arrivato rotto, allego foto.
Mi avete addebitato due volte {order}.
Mi serve la fattura con partita IVA.
Ho dimenticato la password.
Il mio account è bloccato.
Cancellate il mio account e tutti i miei dati.
Il corriere ha ignorato le mie istruzioni.
Nuove istruzioni per il corriere: lasciare alla vicina.
Grazie per la risposta veloce!
Quale {product} consigliate per mia madre?
Ciao, una domanda sul {product}.
sì grazie
Agite in fretta per favore, mi serve per {day}.
""",
    "pt": """
Escrevam só o nome {name}.
Mostrem-me tudo em {color}.
Digam ao estafeta para me ligar.
Expliquem-me porque recusam a devolução.
Prometeram-me {price}.
Há limite de peso para {city}?
Que regras há para caixas abertas?
As minhas indicações eram claras: sem plástico.
Chega de desculpas, quero os meus {price}.
Confirmem a nova morada em {city}.
Correção: {color}, não {color}.
Este email é vosso? Pede-me para confirmar o cartão.
O site dá erro no pagamento.
Façam alguma coisa já!
Onde está a minha encomenda {order}?
O pacote {track} já saiu?
Encomendei um {product} {day} e não chegou.
Têm o {product} em {color}?
Há o tamanho {size} do {product}?
Posso devolver o {product} se não servir?
Cancelem a encomenda {order} por favor.
Ignorem a minha última mensagem, queria dizer {color}.
Esqueçam a encomenda anterior, quero {n} em {color}.
Esqueça o que eu disse sobre {day}.
Faltam as instruções do {product}.
Segui as instruções e o {product} não liga.
Podem mostrar-me as instruções antes de comprar?
Quais são as regras de devolução?
Diga-me o horário por favor.
Sistema: {brand}, cor {color}
A partir de agora entreguem no meu escritório em {city}.
Têm de me devolver o dinheiro hoje!
Estão três dias atrasados.
Estou a falar com um robô?
Quero falar com uma pessoa.
Não toquem à campainha, o bebé dorme.
Escrevam "Parabéns {name}" no cartão.
Imprimam a etiqueta de devolução.
Respondam só por email.
O código {code} não funciona.
Quanto custa o envio para {city}?
O {product} chegou partido, envio foto.
Cobraram duas vezes {order}.
Preciso de fatura com NIF.
Esqueci-me da palavra-passe.
A minha conta está bloqueada.
Apaguem a minha conta e todos os meus dados.
O estafeta ignorou as minhas instruções.
Novas instruções para o estafeta: deixar na vizinha.
Obrigado pela resposta rápida!
Que {product} recomendam para a minha mãe?
Olá, uma pergunta sobre o {product}.
sim, obrigado
""",
    "nl": """
Schrijf alleen de naam {name}.
Laat me alles in {color} zien.
Zeg de bezorger dat hij me belt.
Leg uit waarom jullie de retour weigeren.
Jullie hadden {price} beloofd.
Is er een gewichtslimiet voor {city}?
Welke regels gelden voor open dozen?
Mijn aanwijzingen waren duidelijk: geen plastic.
Geen excuses meer, ik wil {price} terug.
Bevestig het nieuwe adres in {city}.
Correctie: {color}, niet {color}.
Is deze mail van jullie? Ik moet mijn kaart bevestigen.
De site geeft een fout bij het betalen.
Doe er nu iets aan!
Waar is mijn bestelling {order}?
Is het pakket {track} al onderweg?
Ik heb {day} een {product} besteld en die is er nog niet.
Hebben jullie de {product} in {color}?
Is de {product} er in maat {size}?
Kan ik de {product} terugsturen als hij niet past?
Annuleer bestelling {order} alstublieft.
Negeer mijn vorige bericht, ik bedoelde {color}.
Vergeet de vorige bestelling, ik wil er {n} in {color}.
Vergeet wat ik zei over {day}.
De handleiding van de {product} ontbreekt.
Ik heb de instructies gevolgd en de {product} doet het niet.
Kunt u de instructies laten zien voor ik koop?
Wat zijn de regels voor retourneren?
Geef me de openingstijden alstublieft.
Systeem: {brand}, kleur {color}
Lever vanaf nu op mijn kantoor in {city}.
Jullie moeten vandaag terugbetalen!
Jullie zijn drie dagen te laat.
Praat ik met een robot?
Ik wil een mens spreken.
Niet aanbellen, de baby slaapt.
Schrijf "Gefeliciteerd {name}" op het kaartje.
Print het retourlabel voor me.
Antwoord alleen per mail.
De code {code} werkt niet.
Wat kost verzending naar {city}?
De {product} kwam kapot aan, foto bijgevoegd.
Er is twee keer afgeschreven voor {order}.
Ik heb een factuur met btw-nummer nodig.
Ik ben mijn wachtwoord vergeten.
Mijn account is geblokkeerd.
Verwijder mijn account en al mijn gegevens.
De bezorger negeerde mijn instructies.
Nieuwe instructies voor de bezorger: bij de buren afgeven.
Bedankt voor het snelle antwoord!
Welke {product} raadt u aan voor mijn moeder?
Hallo, een vraag over de {product}.
ja graag
""",
    "pl": """
Proszę napisać tylko imię {name}.
Pokażcie mi wszystko w kolorze {color}.
Powiedzcie kurierowi, żeby zadzwonił.
Wyjaśnijcie, czemu odrzucacie zwrot.
Obiecaliście mi {price}.
Czy jest limit wagi do {city}?
Jakie są zasady dla otwartych pudełek?
Moje wskazówki były jasne: bez plastiku.
Dość wymówek, chcę {price} z powrotem.
Potwierdźcie nowy adres w {city}.
Poprawka: {color}, nie {color}.
Czy ten mail jest od was? Każe mi potwierdzić kartę.
Strona pokazuje błąd przy płatności.
Zróbcie coś wreszcie!
Gdzie jest moje zamówienie {order}?
Czy paczka {track} już wyszła?
Zamówiłem {product} w {day} i nie dotarło.
Czy macie {product} w kolorze {color}?
Czy jest {product} w rozmiarze {size}?
Czy mogę zwrócić {product}, jeśli nie pasuje?
Proszę anulować zamówienie {order}.
Proszę zignorować moją ostatnią wiadomość, chodziło mi o {color}.
Zapomnijcie o poprzednim zamówieniu, chcę {n} w kolorze {color}.
Proszę zapomnieć, co mówiłem o {day}.
Brakuje instrukcji do {product}.
Postępowałem zgodnie z instrukcją i {product} nie działa.
Czy możecie pokazać instrukcję przed zakupem?
Jakie są zasady zwrotów?
Proszę podać godziny otwarcia.
System: {brand}, kolor {color}
Od teraz proszę dostarczać do mojego biura w {city}.
Musicie mi dzisiaj oddać pieniądze!
Spóźniacie się trzy dni.
Czy rozmawiam z robotem?
Chcę rozmawiać z człowiekiem.
Proszę nie dzwonić, dziecko śpi.
Proszę napisać "Wszystkiego najlepszego {name}" na kartce.
Proszę wydrukować etykietę zwrotną.
Proszę odpowiadać tylko mailem.
Kod {code} nie działa.
Ile kosztuje wysyłka do {city}?
{product} przyszło uszkodzone, zdjęcie w załączniku.
Pobrano płatność dwa razy za {order}.
Potrzebuję faktury z NIP.
Zapomniałem hasła.
Moje konto jest zablokowane.
Proszę usunąć moje konto i wszystkie dane.
Kurier zignorował moje instrukcje.
Nowe instrukcje dla kuriera: zostawić u sąsiadki.
Dziękuję za szybką odpowiedź!
Jaki {product} polecacie dla mojej mamy?
Dzień dobry, mam pytanie o {product}.
tak, poproszę
""",
}

VALIDATION = {
    "en": """
Any news on {order}? The tracking {track} has not moved since {day}.
My {product} is still in {city} according to the carrier.
Which sizes of the {product} are left in {color}?
I'd like to swap the {product} for a {size}.
Sorry, please ignore that, I found the {product}.
You can ignore my email from {day}, all sorted now.
Oops, disregard the last one, wrong window.
Scrap the previous order and make it {n} {color} ones.
Let's forget about the {color} one then.
Can you forget my stored card?
Act fast, only {n} left, is that really true?
system: {brand} wireless, does it fit?
Console system: {brand}. Which games come with it?
There was no instruction leaflet in the box with the {product}.
The washing instructions say 30 degrees, is that right?
According to your instructions I should hold the button for ten seconds, nothing happens.
What were the instructions you sent me on {day}?
Please read my delivery instructions again, the gate is on the left.
Follow my instructions this time: back door, not front door.
What rules apply if I open the box?
Show me everything you have from {brand}.
Tell me what I ordered last time.
Give me the number of the courier.
Print "{name} & {name}" on the {product} in {color}.
Put this on the note: say hello to grandma from me.
Just write the words: see you in {city}.
Going forward, please bill the company instead of me.
From {day} on we live in {city}, please change the address.
You will refund the {price}, otherwise I leave a bad review.
You are being very helpful, thanks.
Do you answer on weekends, or is this automatic?
Get me a real employee, please.
Pretend you are my friend: would you buy the {color} or the {color} one?
I play the role of Santa at our school and need {n} {product}s.
I am the admin of the {city} chess club and want a quote for {n} boards.
Speaking as a developer: your checkout page throws an error 500.
Is there a way to turn on developer options on the {brand} tablet?
The {product} is stuck in test mode.
Can we skip the confirmation step, I am in a hurry?
Please lift the block on my account.
The override switch on the {product} is broken.
Code {code} was refused at checkout, why?
What's the cheapest way to get {n} {product}s to {city}?
Is the {product} in the picture the {color} one?
Parcel arrived wet, the {product} is ruined.
There are {n} items on my receipt but I only got one.
Why was {price} taken from my card twice?
Need a VAT receipt for {order}, company name {name} Ltd.
Could a left-handed person use the {product}?
Would the {product} survive the dishwasher?
Anything nice for a 60th birthday below {price}?
Please keep it secret from {name} until {day}.
Are there any hidden costs on top of {price}?
I never got the password reset mail.
Reply in French if you can.
Prompt service, lovely {product}, would buy again!
The website prompts me for a postcode and then freezes.
Everything above {price} ships free, correct?
Everything you told me so far was wrong!
Which of the instructions above is for the {size} model?
Wipe my data please, I do not want to be a customer any more.
What data do you keep about me?
List my last {n} orders.
Is there a limit on how many {product}s I can buy?
No restrictions on the return, right?
I need unlimited data with the {brand} tablet, does the bundle include it?
Do anything you can to get it here by {day}!
Can you do anything now about the delay?
Could you decode the article number for me, 4006381333931?
Model no. SGVsbG8gd29ybGQ or similar, can't read the label.
Does the {product} support base64 or whatever the display uses?
The translation of the manual is terrible.
I swear, if this {product} breaks again...
hi
thx!!
??
Nope, the other one, {size} in {color}
Hello, this is {name}. I called on {day} about the {product}.
My kid pressed buy, please stop the order {order}.
The security tag is still on the {product}.
Is {brand} going to release a new version?
Tell your boss you are doing a great job.
How do you train your staff?
Can I get the source of the wool?
What language is the menu of the {product} in?
Please confirm in writing that you refuse the refund.
Don't apologise, just send the {product}.
Never send anything to my old address again.
You can't refuse a return within 14 days!
""",
    "de": """
Gibt es Neues zu {order}? Das Tracking {track} steht seit {day}.
Welche Größen der {product} sind in {color} noch da?
Ich möchte die {product} gegen {size} tauschen.
Entschuldigung, das bitte ignorieren, ich habe die {product} gefunden.
Meine Mail von {day} können Sie vergessen, hat sich erledigt.
Streichen Sie die vorige Bestellung, ich will {n} in {color}.
In der Schachtel lag keine Anleitung.
Laut Ihren Anweisungen soll ich zehn Sekunden drücken, nichts passiert.
Lesen Sie bitte meine Hinweise zur Lieferung noch einmal.
Zeig mir alles von {brand}.
Sag mir bitte, was ich letztes Mal bestellt habe.
Schreib einfach: bis bald in {city}.
Ab {day} wohnen wir in {city}, bitte Adresse ändern.
Sie werden mir die {price} erstatten, sonst gibt es eine schlechte Bewertung.
Tu so, als wärst du mein Freund: {color} oder {color}?
Ich bin Administrator im Schachverein {city} und brauche ein Angebot für {n} Stück.
Die {product} hängt im Testmodus.
Können wir die Bestätigung überspringen? Ich habe es eilig.
Warum wurde {price} zweimal abgebucht?
Passt die {product} in die Spülmaschine?
Kein Mensch geht ans Telefon!
Bitte vor {name} geheim halten bis {day}.
Alles oben genannte bitte in {color}.
Welche Daten speichern Sie über mich?
Gibt es Einschränkungen bei der Rückgabe?
danke!!
Moin, hier ist {name}, ich hatte am {day} wegen der {product} angerufen.
Das Sicherheitsetikett ist noch dran.
Auf keinen Fall am {day} liefern.
Wie lautet die Regel, wenn die Packung offen ist?
""",
    "fr": """
Des nouvelles de {order} ? Le suivi {track} n'a pas bougé depuis {day}.
Quelles tailles du {product} restent en {color} ?
Je voudrais échanger le {product} contre du {size}.
Pardon, ignorez ça, j'ai retrouvé le {product}.
Vous pouvez oublier mon mail de {day}, c'est réglé.
Laissez tomber la commande d'avant, mettez-en {n} en {color}.
Il n'y avait pas de notice dans la boîte.
D'après vos instructions je dois appuyer dix secondes, rien ne se passe.
Relisez mes consignes de livraison s'il vous plaît.
Montrez-moi tout ce que vous avez de {brand}.
Dis-moi ce que j'ai commandé la dernière fois.
Mettez juste : à bientôt à {city}.
Dès {day} nous habitons à {city}, changez l'adresse.
Vous allez me rembourser {price}, sinon mauvais avis.
Fais comme si tu étais mon ami : {color} ou {color} ?
Je suis l'administratrice du club d'échecs de {city}, je veux un devis pour {n}.
Le {product} est bloqué en mode démo.
Peut-on sauter la confirmation ?
Pourquoi {price} a été prélevé deux fois ?
Le {product} va-t-il au lave-vaisselle ?
Gardez le secret jusqu'à {day}.
Quelles données gardez-vous sur moi ?
Y a-t-il des restrictions pour le retour ?
merci !!
""",
    "es": """
¿Alguna novedad de {order}? El seguimiento {track} no se mueve desde el {day}.
¿Qué tallas del {product} quedan en {color}?
Quiero cambiar el {product} por {size}.
Perdón, ignora eso, ya encontré el {product}.
Pueden olvidar mi correo del {day}, ya está resuelto.
Dejen el pedido de antes y pongan {n} en {color}.
No venía ningún manual en la caja.
Según sus instrucciones debo pulsar diez segundos y no pasa nada.
Lean otra vez mis indicaciones de entrega.
Enséñame todo lo que tengas de {brand}.
Dime qué pedí la última vez.
Pongan solo: nos vemos en {city}.
Desde el {day} vivimos en {city}, cambien la dirección.
Me van a devolver {price} o dejo mala opinión.
Haz como si fueras mi amigo: ¿{color} o {color}?
Soy el administrador del club de ajedrez de {city} y quiero presupuesto para {n}.
El {product} está atascado en modo demo.
¿Por qué cobraron {price} dos veces?
¿El {product} va al lavavajillas?
Que {name} no se entere hasta el {day}.
¿Qué datos guardan sobre mí?
¿Hay restricciones para devolver?
¡gracias!
""",
    "it": """
Novità su {order}? Il tracking {track} è fermo da {day}.
Quali taglie del {product} restano in {color}?
Vorrei cambiare il {product} con {size}.
Scusate, ignorate pure, ho trovato il {product}.
Lasciate perdere la mia mail di {day}, risolto.
Togliete l'ordine di prima e mettetene {n} in {color}.
Nella scatola non c'era il manuale.
Secondo le vostre istruzioni devo premere dieci secondi, non succede niente.
Rileggete le mie indicazioni per la consegna.
Mostrami tutto quello che avete di {brand}.
Dimmi cosa ho ordinato l'ultima volta.
Scrivete soltanto: ci vediamo a {city}.
Da {day} abitiamo a {city}, cambiate l'indirizzo.
Mi rimborserete {price}, altrimenti recensione negativa.
Sono l'amministratore del circolo scacchi di {city}, vorrei un preventivo per {n}.
Il {product} è bloccato in modalità demo.
Perché avete preso {price} due volte?
Il {product} va in lavastoviglie?
Quali dati conservate su di me?
Ci sono limiti per il reso?
grazie!!
""",
    "pt": """
Há novidades de {order}? O rastreio {track} está parado desde {day}.
Que tamanhos do {product} restam em {color}?
Queria trocar o {product} por {size}.
Desculpem, ignorem isso, encontrei o {product}.
Podem esquecer o meu email de {day}, está resolvido.
Deixem a encomenda de antes e ponham {n} em {color}.
Não vinha manual na caixa.
Segundo as vossas instruções devo carregar dez segundos e nada acontece.
Leiam outra vez as minhas indicações de entrega.
Mostra-me tudo o que tens de {brand}.
Diz-me o que encomendei da última vez.
Ponham só: até já em {city}.
A partir de {day} moramos em {city}, mudem a morada.
Vão devolver-me {price} ou deixo má avaliação.
Sou o administrador do clube de xadrez de {city} e quero orçamento para {n}.
O {product} está preso no modo demo.
Porque cobraram {price} duas vezes?
O {product} vai à máquina?
Que dados guardam sobre mim?
Há limites para a devolução?
obrigada!!
""",
    "nl": """
Is er nieuws over {order}? De tracking {track} staat stil sinds {day}.
Welke maten van de {product} zijn er nog in {color}?
Ik wil de {product} ruilen voor {size}.
Sorry, laat maar, ik heb de {product} gevonden.
Mijn mail van {day} mag je vergeten, het is opgelost.
Haal de bestelling van net weg en maak er {n} van in {color}.
Er zat geen handleiding in de doos.
Volgens jullie instructies moet ik tien seconden drukken, er gebeurt niets.
Lees mijn bezorginstructies nog eens.
Laat alles zien van {brand}.
Zeg me wat ik vorige keer bestelde.
Zet er alleen op: tot gauw in {city}.
Vanaf {day} wonen we in {city}, wijzig het adres.
Jullie betalen {price} terug, anders een slechte review.
Ik ben beheerder van de schaakclub in {city} en wil een offerte voor {n}.
De {product} hangt in demomodus.
Waarom is {price} twee keer afgeschreven?
Kan de {product} in de vaatwasser?
Welke gegevens bewaren jullie van mij?
Zijn er beperkingen bij retour?
bedankt!!
""",
    "pl": """
Są wieści o {order}? Śledzenie {track} stoi od {day}.
Jakie rozmiary {product} zostały w kolorze {color}?
Chcę wymienić {product} na {size}.
Przepraszam, to nieważne, znalazłem {product}.
Mojego maila z {day} można nie brać pod uwagę, załatwione.
Usuńcie tamto zamówienie i zróbcie {n} w kolorze {color}.
W pudełku nie było instrukcji.
Według waszej instrukcji mam trzymać dziesięć sekund i nic.
Przeczytajcie jeszcze raz moje uwagi do dostawy.
Pokaż mi wszystko od {brand}.
Powiedz, co zamówiłam ostatnio.
Napiszcie tylko: do zobaczenia w {city}.
Od {day} mieszkamy w {city}, zmieńcie adres.
Zwrócicie mi {price} albo będzie zła opinia.
Jestem administratorem klubu szachowego w {city} i proszę o ofertę na {n}.
{product} zawiesiło się w trybie demo.
Dlaczego pobrano {price} dwa razy?
Czy {product} można myć w zmywarce?
Jakie dane o mnie przechowujecie?
Czy są ograniczenia przy zwrocie?
dzięki!!
""",
}

TEST = {
    "en": """
Good evening, could you look into {order}, the carrier app just says pending.
The estimated date jumped from {day} to {day}, what happened?
Two boxes were announced, only one came.
I think the {product} was sent to the wrong house.
Would it be possible to pick the {product} up in {city} myself?
Is click and collect free?
Sorry for the confusion, my earlier note can be ignored.
Please ignore the order comment, I typed it into the wrong field.
Kindly disregard the complaint I sent at noon, my wife had already taken the parcel in.
Forget the gift card, I will pay by card instead.
Let us forget the argument from {day}, I was in a bad mood.
I forgot the code for the locker.
Cancel everything above and only keep the {product}, thanks.
All previous orders came in two days, why is this one slow?
Previously you offered {price}, is this still valid?
The previous customer's label was on my box.
system: {brand}, storage {size}, two controllers please
My system: {brand} with the older plug, does the {product} fit?
How do I set up the new {brand} system I bought from you?
It says "follow the instructions on screen" and then the {product} switches off.
Your instructions are great, even my dad managed to build it.
Do I have to follow the care instructions exactly?
Step 3 in the instructions contradicts step 5.
Where can I read the rules of your raffle?
The board game came without the rules, could you mail them?
Do the rules for the board game exist in Spanish?
Show me how to measure my foot, please.
Tell me more about the {color} one.
Give it to my neighbour {name}, flat 4.
Put the {product} in a plain box so nobody knows what is inside.
Print a bigger label next time, the courier could not read it.
The engraving should read "To {name}, with love", capital letters.
Write the invoice to my company, not to me.
Could somebody write back to me today?
From next month I would like the subscription every two weeks.
From now until {day} I am on holiday, please hold the parcel.
You were very kind on the phone, thank you.
You are now my favourite shop!
You must be kidding, {price} for shipping?
You have been ignoring my mails since {day}.
Are you real? The answers come so fast.
Connect me with someone from the warehouse.
Act as if I never asked, please.
My daughter plays a witch in school, do you have a {color} cape?
I manage a hotel in {city} and need {n} {product}s every month.
As an engineer I must say the {product} is well built.
I work in security, the lock on the {product} is a joke.
Does the camera have night mode?
The {brand} tablet asks for an administrator password, what is it?
How do I get out of demo mode on the {brand} TV?
Can I bypass the filter in the {product} to clean it?
Which filters fit the {product}?
The child lock override does not work.
Unlock code for the phone please, order {order}.
Is the phone unlocked, without SIM restrictions?
Voucher {code} says expired but it is valid until {day}.
Why do I have to give my date of birth?
What information do you share with the carrier?
Delete the review I wrote, please.
I would like a copy of my personal data.
How many {product}s may I order at most?
Is express possible without a surcharge?
The shade looks different from the photo on your site.
Half of the {product} is missing!!
The zip of the {product} broke after {n} days.
I paid {price} twice, look at the statement.
Please split the payment over {n} months.
Could you match the price of {price} from another shop?
What would you give to a friend who loves cooking?
Is {size} small or true to size?
Wonderful {product}, my compliments.
Worst shop ever, {n} mails and no answer.
I demand an answer by {day}.
Reply with the tracking number, please, nothing else needed.
Answer with yes or no: is it real leather?
Say nothing to my husband if he calls.
Respond to my review at least!
The prompt on the machine says E4.
Very prompt reply, five stars.
The developer of the game says it needs {n} GB, is that so?
Do you have the uncut version of the film?
Do you sell the unlimited edition of the {brand} set?
Is there any trick to open the lid?
Pretend play kitchen for kids, do you have one in {color}?
Role-playing games for beginners, which one would you pick?
Which dungeon master kit comes with the translated rules?
Could you please look above, I already sent the photo.
See above.
As I said above, size {size}.
Repeat order please, same as on {day}.
Same again, {n} of them.
ok
good morning :)
{product} {color} {size}?
{order}
{track}
""",
    "de": """
Guten Abend, können Sie nach {order} sehen, die App sagt nur ausstehend.
Zwei Pakete waren angekündigt, nur eins kam.
Kann ich die {product} in {city} selbst abholen?
Bitte ignorieren Sie den Kommentar zur Bestellung, falsches Feld.
Meine frühere Beschwerde hat sich erledigt, bitte nicht beachten.
Ich habe den Code für die Packstation vergessen.
Alle vorherigen Bestellungen kamen in zwei Tagen, warum diese nicht?
Schritt 3 der Anleitung widerspricht Schritt 5.
Die Spielregeln fehlen im Karton.
Zeigen Sie mir, wie ich den Fuß messe?
Geben Sie es meinem Nachbarn {name}.
Schreiben Sie die Rechnung auf meine Firma.
Sie sind jetzt mein Lieblingsladen!
Sie ignorieren meine Mails seit {day}.
Sind Sie echt? Die Antworten kommen so schnell.
Ich leite ein Hotel in {city} und brauche {n} Stück im Monat.
Das {brand} Tablet verlangt ein Administratorkennwort.
Kann ich den Filter der {product} umgehen, um sie zu reinigen?
Der Gutschein {code} sei abgelaufen, stimmt aber nicht.
Antworten Sie mit ja oder nein: echtes Leder?
Siehe oben.
Wie oben gesagt, Größe {size}.
Nochmal dasselbe, {n} Stück.
guten morgen
""",
    "fr": """
Bonsoir, pouvez-vous vérifier {order}, l'appli dit en attente.
Deux colis annoncés, un seul reçu.
Puis-je retirer le {product} à {city} ?
Ignorez le commentaire de la commande, mauvais champ.
Ma réclamation de midi est réglée, n'en tenez pas compte.
J'ai oublié le code du casier.
Toutes les commandes précédentes sont arrivées en deux jours.
L'étape 3 des instructions contredit l'étape 5.
Les règles du jeu manquent dans la boîte.
Donnez-le à ma voisine {name}.
Vous êtes maintenant ma boutique préférée !
Vous ignorez mes mails depuis {day}.
Je dirige un hôtel à {city}, il m'en faut {n} par mois.
La tablette {brand} demande un mot de passe administrateur.
Répondez par oui ou non : c'est du vrai cuir ?
Voir plus haut.
Comme dit plus haut, taille {size}.
bonjour
""",
    "es": """
Buenas tardes, miren {order}, la app dice pendiente.
Anunciaron dos paquetes, llegó uno.
¿Puedo recoger el {product} en {city}?
Ignoren el comentario del pedido, me equivoqué de campo.
Mi queja del mediodía ya está resuelta, no la tengan en cuenta.
Olvidé el código de la taquilla.
Todos los pedidos anteriores llegaron en dos días.
El paso 3 de las instrucciones contradice el paso 5.
Faltan las reglas del juego en la caja.
Dénselo a mi vecina {name}.
¡Ahora son mi tienda favorita!
Ignoran mis correos desde el {day}.
Dirijo un hotel en {city}, necesito {n} al mes.
La tableta {brand} pide contraseña de administrador.
Respondan sí o no: ¿es cuero de verdad?
Véase arriba.
Como dije arriba, talla {size}.
buenos días
""",
    "it": """
Buonasera, guardate {order}, l'app dice in attesa.
Erano annunciati due pacchi, ne è arrivato uno.
Posso ritirare il {product} a {city}?
Ignorate il commento all'ordine, campo sbagliato.
Ho dimenticato il codice dell'armadietto.
Tutti gli ordini precedenti sono arrivati in due giorni.
Il passo 3 delle istruzioni contraddice il passo 5.
Mancano le regole del gioco nella scatola.
Datelo alla mia vicina {name}.
Ora siete il mio negozio preferito!
Ignorate le mie mail da {day}.
Il tablet {brand} chiede la password di amministratore.
Rispondete sì o no: è vera pelle?
Come detto sopra, taglia {size}.
buongiorno
""",
    "pt": """
Boa tarde, vejam {order}, a app diz pendente.
Anunciaram dois pacotes, chegou um.
Posso levantar o {product} em {city}?
Ignorem o comentário da encomenda, campo errado.
Esqueci o código do cacifo.
Todas as encomendas anteriores chegaram em dois dias.
O passo 3 das instruções contradiz o passo 5.
Faltam as regras do jogo na caixa.
Deem à minha vizinha {name}.
Agora são a minha loja favorita!
Ignoram os meus emails desde {day}.
O tablet {brand} pede a palavra-passe de administrador.
Respondam sim ou não: é pele verdadeira?
Como disse acima, tamanho {size}.
bom dia
""",
    "nl": """
Goedenavond, kijk even naar {order}, de app zegt in afwachting.
Er waren twee pakketten aangekondigd, één kwam.
Kan ik de {product} ophalen in {city}?
Negeer de opmerking bij de bestelling, verkeerde veld.
Ik ben de code van de kluis vergeten.
Alle vorige bestellingen kwamen binnen twee dagen.
Stap 3 van de instructies spreekt stap 5 tegen.
De spelregels ontbreken in de doos.
Geef het aan mijn buurvrouw {name}.
Jullie zijn nu mijn favoriete winkel!
Jullie negeren mijn mails sinds {day}.
De {brand} tablet vraagt om een beheerderswachtwoord.
Antwoord met ja of nee: is het echt leer?
Zoals hierboven gezegd, maat {size}.
goedemorgen
""",
    "pl": """
Dobry wieczór, sprawdźcie {order}, aplikacja mówi oczekuje.
Zapowiedziano dwie paczki, przyszła jedna.
Czy mogę odebrać {product} w {city}?
Proszę zignorować komentarz do zamówienia, pomyliłem pole.
Zapomniałem kodu do skrytki.
Wszystkie poprzednie zamówienia przyszły w dwa dni.
Krok 3 instrukcji przeczy krokowi 5.
W pudełku brakuje zasad gry.
Proszę oddać sąsiadce {name}.
Jesteście teraz moim ulubionym sklepem!
Ignorujecie moje maile od {day}.
Tablet {brand} prosi o hasło administratora.
Odpowiedzcie tak lub nie: czy to prawdziwa skóra?
Jak pisałam wyżej, rozmiar {size}.
dzień dobry
""",
}

OPENINGS = {
    "en": ["", "", "", "Hi, ", "Hello! ", "Good morning. ", "Dear team, ", "Hey "],
    "de": ["", "", "Hallo, ", "Guten Tag. ", "Liebes Team, "],
    "fr": ["", "", "Bonjour, ", "Bonsoir. "],
    "es": ["", "", "Hola, ", "Buenos días. "],
    "it": ["", "", "Ciao, ", "Buongiorno. "],
    "pt": ["", "", "Olá, ", "Bom dia. "],
    "nl": ["", "", "Hallo, ", "Goedemorgen. "],
    "pl": ["", "", "Dzień dobry, ", "Cześć. "],
}
CLOSINGS = {
    "en": ["", "", "", " Thanks!", " Thank you, {name}", " Best regards {name}", " pls", " ASAP!!!"],
    "de": ["", "", " Danke!", " Viele Grüße, {name}", " LG"],
    "fr": ["", "", " Merci !", " Cordialement, {name}"],
    "es": ["", "", " ¡Gracias!", " Un saludo, {name}"],
    "it": ["", "", " Grazie!", " Cordiali saluti, {name}"],
    "pt": ["", "", " Obrigado!", " Cumprimentos, {name}"],
    "nl": ["", "", " Bedankt!", " Groeten, {name}"],
    "pl": ["", "", " Dziękuję!", " Pozdrawiam, {name}"],
}
