"""The sentences of shop_numbers.py, with and without a word before the number that says what it is."""

ALONE = ["{}", "{} ?", "{}\n", "ok: {}", "{} :)"]

SENTENCES = {
    "ORDER_NUMBER": {
        "en": {
            "label": ["Where is my order {}?", "Order number {}", "order no. {} please", "I'm writing about order {}, it came without the lid.",
                      "My order ID is {}.", "ref {}", "Please cancel order {} before it ships.", "Invoice for order {} needed", "PO {}",
                      "Order: {}, paid on the 4th", "It's about purchase {}."],
            "no label": ["Any news about {}?", "Has {} shipped yet?", "I'd like to cancel {} please.", "Can you add a cushion to {}?",
                         "{} still says processing", "{} came damaged, photos attached", "The mail says {} was confirmed, but nothing came."],
        },
        "de": {
            "label": ["Wo bleibt meine Bestellung {}?", "Bestellnummer {}", "Bestellnr. {} bitte stornieren", "Auftragsnummer: {}",
                      "Es geht um den Auftrag {}.", "Meine Bestell-Nr. lautet {}.", "Rechnung zu Bestellung {} fehlt", "Vorgangsnummer {}"],
            "no label": ["Ist {} schon raus?", "Was ist mit {}?", "Ich möchte {} stornieren.", "{} kam beschädigt an", "Können Sie zu {} noch etwas dazulegen?"],
        },
        "fr": {
            "label": ["Où en est ma commande {} ?", "Commande n° {}", "numéro de commande {}", "Je vous écris pour la commande {}.", "réf. commande : {}"],
            "no label": ["Avez-vous des nouvelles de {} ?", "Je veux annuler {} svp", "{} est arrivé cassé", "Est-ce que {} est parti ?"],
        },
        "es": {
            "label": ["¿Dónde está mi pedido {}?", "Número de pedido {}", "pedido n.º {}", "Escribo por el pedido {}.", "Quiero anular la orden {}"],
            "no label": ["¿Hay noticias de {}?", "Quiero cancelar {}.", "{} llegó roto", "¿Ha salido ya {}?"],
        },
        "it": {
            "label": ["Dov'è il mio ordine {}?", "Numero ordine {}", "ordine n. {}", "Scrivo per l'ordine {}.", "Vorrei annullare l'ordine {}"],
            "no label": ["Ci sono novità su {}?", "Vorrei annullare {}.", "{} è arrivato rotto", "È partito {}?"],
        },
        "pt": {"label": ["Onde está a minha encomenda {}?", "Número da encomenda: {}", "pedido nº {}"], "no label": ["Há novidades sobre {}?", "Quero cancelar {}.", "{} chegou partido"]},
        "nl": {"label": ["Waar is mijn bestelling {}?", "Bestelnummer {}", "ordernummer: {}"], "no label": ["Is {} al verzonden?", "Ik wil {} annuleren.", "{} kwam kapot aan"]},
        "pl": {"label": ["Gdzie jest moje zamówienie {}?", "Numer zamówienia {}", "zamówienie nr {}"], "no label": ["Co z {}?", "Chcę anulować {}.", "{} przyszło uszkodzone"]},
    },
    "TRACKING_NUMBER": {
        "en": {
            "label": ["Tracking number {}", "My tracking is {} and it hasn't moved since Monday.", "tracking {} says delivered, nothing here", "Parcel {} is lost?",
                      "The shipment {} is stuck in customs.", "Track & trace: {}", "consignment {}", "parcel no. {} please check", "The tracking code {} gives an error."],
            "no label": ["{} hasn't moved for a week", "The courier can't find {}.", "It says {} was left with a neighbour.", "Where is {} now? Still at the depot?",
                         "I typed {} on their site and got nothing.", "DHL says {} is out for delivery", "UPS has no record of {}"],
        },
        "de": {
            "label": ["Sendungsnummer {}", "Sendung {} bewegt sich nicht", "Paketnummer: {}", "Die Trackingnummer {} ist ungültig.", "Paket {} kam nie an", "Sendungsverfolgung {} zeigt nichts", "Paketschein-Nr. {}"],
            "no label": ["{} steht seit Freitag in Leipzig", "Laut DHL ist {} zugestellt.", "Wo ist {} jetzt?", "{} liegt angeblich beim Nachbarn", "Der Bote findet {} nicht"],
        },
        "fr": {
            "label": ["Numéro de suivi {}", "Mon colis {} est bloqué.", "suivi : {}", "n° de colis {}", "Le suivi {} ne marche pas."],
            "no label": ["{} ne bouge plus depuis lundi", "La Poste dit que {} est livré.", "Où est {} ?", "{} est chez le voisin, paraît-il"],
        },
        "es": {
            "label": ["Número de seguimiento {}", "Mi paquete {} está parado.", "seguimiento: {}", "El envío {} no llega.", "localizador {}"],
            "no label": ["{} no se mueve desde el lunes", "Correos dice que {} está entregado.", "¿Dónde está {}?", "Según la web {} está en reparto"],
        },
        "it": {
            "label": ["Numero di tracking {}", "Il mio pacco {} è fermo.", "tracking: {}", "La spedizione {} non arriva.", "codice spedizione {}"],
            "no label": ["{} è fermo da lunedì", "Il corriere dice che {} è consegnato.", "Dov'è {}?", "Sul sito {} risulta in consegna"],
        },
        "pt": {"label": ["Código de rastreio {}", "Número de envio: {}", "A encomenda com rastreio {} parou."], "no label": ["{} não se mexe desde segunda", "Os CTT dizem que {} foi entregue."]},
        "nl": {"label": ["Track & trace {}", "Pakket {} staat stil.", "zendingsnummer: {}"], "no label": ["{} beweegt al een week niet", "PostNL zegt dat {} bezorgd is."]},
        "pl": {"label": ["Numer przesyłki {}", "Paczka {} stoi w miejscu.", "numer śledzenia: {}"], "no label": ["{} stoi od wtorku", "Kurier mówi, że {} doręczono."]},
    },
    "ARTICLE_NUMBER": {
        "en": {
            "label": ["Is article {} in stock?", "SKU {}", "item no. {}", "The EAN is {}.", "product code {} please", "Do you have art. {} in blue?", "part number {} for my drill", "barcode {} doesn't scan", "model {}"],
            "no label": ["Do you have {} in size L?", "I need two of {} by Friday.", "{} is it still made?", "The label says {}, is that the navy one?", "What does {} cost?"],
        },
        "de": {
            "label": ["Ist Artikel {} lieferbar?", "Artikelnummer {}", "Art.-Nr. {}", "Die EAN ist {}.", "Artikelnr. {} in Blau?", "Ersatzteil {} gesucht", "Modellnummer {}"],
            "no label": ["Haben Sie {} in L?", "Ich brauche zwei Stück von {}.", "Was kostet {}?", "Auf dem Etikett steht {}, ist das die blaue?"],
        },
        "fr": {"label": ["L'article {} est-il en stock ?", "référence {}", "Réf. {}", "Le code EAN est {}.", "code produit {}"], "no label": ["Avez-vous {} en taille L ?", "Il m'en faut deux, {}.", "Combien coûte {} ?"]},
        "es": {"label": ["¿Tenéis el artículo {}?", "referencia {}", "Ref. {}", "El código EAN es {}.", "modelo {}"], "no label": ["¿Tenéis {} en la L?", "Necesito dos, {}.", "¿Cuánto cuesta {}?"]},
        "it": {"label": ["L'articolo {} è disponibile?", "codice articolo {}", "Rif. {}", "Il codice EAN è {}.", "modello {}"], "no label": ["Avete {} in taglia L?", "Me ne servono due, {}.", "Quanto costa {}?"]},
        "pt": {"label": ["Têm o artigo {}?", "referência {}", "O EAN é {}."], "no label": ["Têm {} no tamanho L?", "Quanto custa {}?"]},
        "nl": {"label": ["Is artikel {} op voorraad?", "artikelnummer {}", "De EAN is {}."], "no label": ["Hebben jullie {} in maat L?", "Wat kost {}?"]},
        "pl": {"label": ["Czy artykuł {} jest dostępny?", "numer katalogowy {}", "Kod EAN to {}."], "no label": ["Czy jest {} w rozmiarze L?", "Ile kosztuje {}?"]},
    },
}
