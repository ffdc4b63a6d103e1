//! How promises, states, denials and conditions are said.

use super::Family;

pub(super) const PROMISES: &[(Family, &str)] = &[
    (
        Family::FreeDelivery,
        "free/complimentary ?express ?standard ?and ?fast shipping/delivery/postage/dispatch
         shipping/delivery/postage is/are/s ?always ?completely free
         ship*/deliver* ?it ?this ?everything for free
         ship*/deliver* .. free of charge
         no shipping/delivery cost*/fee*/charge*
         kostenlos*/gratis/kostenfrei*/versandkostenfrei* .. Versand/Lieferung/geliefert/verschickt
         Versand/Lieferung ist/sind/erfolgt ?immer ?für ?Sie kostenlos/gratis/kostenfrei/versandkostenfrei
         versandkostenfrei
         Gratisversand
         liefern/verschicken/versenden .. kostenlos/gratis/kostenfrei
         livraison/expédition/port est/sera/sont ?toujours gratuit*/offert*
         livraison/expédition/port ?express ?standard gratuit*/offert*
         frais de port/livraison/expédition ?sont offerts/gratuits
         livr* .. gratuitement
         envío*/entrega gratis/gratuito*/gratuita*
         envío*/entrega es/son/será ?siempre gratis/gratuito*/gratuita*
         enviamos .. gratis
         spedizione/consegna ?è ?sempre gratuit*/gratis
         spedi* .. gratis/gratuitamente
         envio/entrega/frete é/será/são ?sempre grátis/gratuit*
         envio/entrega/frete grátis/gratuit*
         gratis verzending/bezorging/levering
         verzending/bezorging/levering is ?altijd gratis
         darmowa/darmową/bezpłatna/bezpłatną dostawa/dostawę/wysyłka/wysyłkę
         dostawa/wysyłka jest darmowa/bezpłatna/gratis",
    ),
    (
        Family::FreeReturn,
        "free ?and ?easy ?30 ?day return*/exchange*
         return*/exchange* is/are/s ?always ?completely free
         return* .. free of charge
         return* .. for free
         kostenlos*/gratis/kostenfrei* .. Rückgabe*/Retoure*/Rücksendung*/Umtausch*/zurückgeben/zurückschicken/zurücksenden/retournieren
         Rückgabe/Retoure/Rücksendung/Umtausch ist/sind ?immer ?für ?Sie kostenlos/gratis/kostenfrei
         retour*/échange* ?est ?sont ?toujours gratuit*
         retourner .. gratuitement
         devoluci*/cambio* ?es ?son ?siempre gratis/gratuit*
         devolver* .. gratis
         resi/reso/restituzion* ?è ?sono ?sempre gratuit*/gratis
         restituire .. gratuitamente/gratis
         devoluç* ?é ?são ?sempre grátis/gratuit*
         gratis retour*
         retour* is/zijn ?altijd gratis
         darmowy/bezpłatny/darmowe/bezpłatne zwrot*
         zwrot* jest/są darmow*/bezpłatn*",
    ),
    (
        Family::Refund,
        "full/complete/immediate/instant ?and refund
         money back
         we/i will/ll/can/shall .. refund
         we/i .. refund you
         we are/re refunding
         you will/ll/shall be/get .. refund*
         you get .. refund
         you .. receive .. refund
         refund .. will be .. issued/paid/made/processed/credited
         will be refunded
         will .. reimburse
         give you .. your money
         volle*/vollständig*/komplette*/sofortige* Erstattung/Rückerstattung
         Geld zurück
         wir/ich erstatten/erstatte
         wir/ich werden/werde .. erstatten/zurückzahlen/zurückerstatten
         erhalten/bekommen Sie .. Geld/Betrag/Kaufpreis/Erstattung/Rückerstattung .. ?zurück
         Sie erhalten/bekommen .. Geld/Betrag/Kaufpreis/Erstattung/Rückerstattung
         wird .. erstattet/zurückerstattet/zurückgezahlt
         remboursement/remboursé* ?est ?sera intégral*/complet*/total*/immédiat*/intégralement/totalement
         nous/je vous ?avons ?ai rembours*
         nous/je allons/vais .. rembourser
         vous/nous serez/serons .. remboursé*
         sera .. remboursé*
         satisfait ou remboursé
         reembolso/devolución ?del ?de ?su completo/total/íntegro/inmediato/dinero
         le/te/les reembolsar*/devolver*
         reembolsaremos/devolveremos/reembolsamos
         vamos/voy a .. reembolsar*/devolver*
         recibirá* .. reembolso/dinero
         será .. reembolsado
         rimborso completo/totale/integrale/immediato
         la/ti/vi rimborser* 
         rimborseremo/rimborsiamo/rimborserò
         riceverà/riceverai .. rimborso
         sarà/verrà .. rimborsat*
         soddisfatti o rimborsati
         reembolso total/completo/integral/imediato
         vamos/vou .. reembolsar/devolver
         reembolsaremos/devolveremos
         será .. reembolsad*
         volledige/directe terugbetaling
         geld terug
         wij/we/ik betalen/betaal .. terug
         pełny/pełen/natychmiastowy zwrot
         zwrócimy/zwrócę
         zwrot pieniędzy
         otrzyma .. zwrot",
    ),
    (
        Family::Guarantee,
        "guarantee/guarantees/guaranteed
         lifetime/years/year/months/month/day/days warranty/guarantee
         garantieren/garantiere/garantiert
         Jahre/Jahr/Monate/lebenslange/Tage Garantie
         garantissons/garantis/garanti/garantie ?à ?de vie/ans/an/mois
         nous/je .. garantissons/garantis
         garantizamos/garantizo/garantizado*/garantizada*
         garantía de .. años/año/meses/vida/por
         garantiamo/garantisco/garantito/garantita
         garanzia di/a .. anni/anno/mesi/vita
         garantimos/garanto/garantido/garantida
         garantia .. anos/ano/meses/vitalícia
         garanderen/garandeer/gegarandeerd
         jaar/levenslange/maanden garantie
         gwarantujemy/gwarantuję/gwarantowan*
         lat/lata/rok/miesięcy/dożywotnia gwarancji/gwarancja",
    ),
    (
        Family::Gift,
        "give/offer/send/grant you .. voucher/discount/coupon/credit/gift/off
         free gift
         get .. free
         as .. compensation
         half price
         schenken/geben/gewähren/schicken/senden .. Gutschein/Rabatt/Nachlass/Gutschrift/Geschenk
         schenke/gebe/gewähre/schicke/sende .. Gutschein/Rabatt/Nachlass/Gutschrift/Geschenk
         erhalten/bekommen Sie .. Gutschein/Rabatt/Nachlass/Gutschrift
         Sie erhalten/bekommen .. Gutschein/Rabatt/Nachlass/Gutschrift
         zum halben Preis
         als Entschädigung
         offr*/donn*/accord*/envo* .. bon/remise/réduction/avoir/cadeau
         moitié prix
         damos/doy/ofrec*/envia*/regal* .. cupón/descuento/vale/regalo
         a mitad de precio
         diamo/offr*/invi*/regal* .. buono/sconto/coupon/regalo
         a metà prezzo
         oferec*/damos/dou/envi* .. desconto/cupão/cupom/vale/presente
         geven/geef/sturen/stuur .. korting/tegoedbon/cadeau
         damy/dam/wyślemy/wyślę .. rabat/kupon/bon/zniżkę/prezent",
    ),
    (
        Family::Replacement,
        "we/i will/ll/can .. replace
         we/i will/ll .. send .. replacement/another/new
         replacement .. free
         free replacement
         wir/ich schicken/schicke/senden/sende .. Ersatz
         ersetzen/ersetze .. kostenlos/sofort
         kostenlosen Ersatz
         nous/je .. remplac*
         remplacement gratuit
         enviaremos .. reemplazo/otro/nuevo
         reemplaz* .. gratis
         sostituiremo/sostituiamo
         sostituzione gratuita
         substituiremos/substituímos
         vervangen/vervangt .. gratis/kosteloos
         wymienimy",
    ),
    (
        Family::LowestPrice,
        "price match
         match any price
         lowest/best price*
         Bestpreis*
         niedrigster/niedrigsten/bester Preis
         meilleur prix
         mejor precio
         miglior prezzo
         melhor preço
         beste/laagste prijs
         najniższa/najlepsza cena",
    ),
    (
        Family::Exception,
        "make/made an exception
         just for you
         no questions asked
         waive .. fee*
         Ausnahme machen
         mache .. Ausnahme
         nur für Sie
         faire/fais/ferons une exception
         hacer/hago/haremos una excepción
         fare/faccio/faremo un eccezione
         abrir/fazer/faço uma exceção
         maken/maak .. uitzondering
         zrobimy/zrobię wyjątek",
    ),
    (
        Family::Done,
        "i/we have/ve ?just ?now ?already cancelled/canceled/refunded/returned/exchanged/shipped/ordered/replaced/credited/charged
         i/we ?just cancelled/canceled/refunded/credited/charged
         i/we have/ve ?just changed/updated .. address/order/payment
         refund has/have been .. issued/processed/sent/made/initiated/approved
         have been refunded
         has been refunded
         order has been placed/refunded/changed/updated
         address has been changed/updated
         return has been approved/accepted/registered
         habe/haben .. storniert/erstattet/zurückerstattet/bestellt/umgetauscht/gutgeschrieben/abgebucht
         habe/haben .. Adresse/Bestellung .. geändert
         Erstattung wurde .. veranlasst/ausgelöst/überwiesen/angewiesen
         wurde .. erstattet/gutgeschrieben/zurückerstattet
         ai/avons .. annulé/remboursé/échangé/commandé/crédité
         remboursement a été .. effectué/émis/traité
         a/avez été remboursé*
         he/hemos .. cancelado/reembolsado/cambiado/devuelto/abonado
         reembolso se/ha .. realizado/emitido/procesado/hecho
         ho/abbiamo .. annullato/rimborsato/cambiato/accreditato
         rimborso è stato .. effettuato/emesso/elaborato
         cancelei/cancelámos/cancelamos/reembolsei/reembolsámos
         reembolso foi .. efetuado/emitido/processado
         heb/hebben .. geannuleerd/terugbetaald/omgeruild
         anulowałem/anulowałam/anulowaliśmy/zwróciłem/zwróciłam/zwróciliśmy",
    ),
    (
        Family::Arrival,
        "will/ll ?definitely ?surely ?certainly ?be arrive/delivered/shipped/dispatched
         you will/ll have it
         wird .. geliefert/zugestellt/ankommen/eintreffen/verschickt/versendet
         kommt .. an
         arrivera/sera livré*
         llegará
         será/se entregad*/entregará
         arriverà
         sarà/verrà consegnat*/spedit*
         chegará
         wordt .. bezorgd/geleverd/verzonden
         zostanie .. dostarczon*/wysłan*
         dotrze",
    ),
    (
        Family::InStock,
        "in stock
         available now/immediately/today
         currently available
         still available
         ready to ship
         auf Lager
         vorrätig
         lieferbar
         sofort verfügbar
         en stock
         disponible/disponibles immédiatement
         hay existencias
         está/están disponible/disponibles
         in magazzino
         disponibile/disponibili subito
         è/sono disponibile/disponibili
         em stock
         em estoque
         está/estão disponível/disponíveis
         op voorraad
         leverbaar
         na stanie
         w magazynie
         jest/są dostępny/dostępna/dostępne
         od ręki",
    ),
    (
        Family::SoldOut,
        "sold out
         out of stock
         ausverkauft
         vergriffen
         rupture de stock
         épuisé*
         agotado*
         agotada*
         esaurit*
         esgotad*
         uitverkocht
         wyprzedan*",
    ),
    (
        Family::Shipped,
        "has/have been .. shipped/dispatched/sent
         was/were ?already shipped/dispatched
         is/are ?already on its/their way
         has/have shipped
         wurde .. versendet/verschickt/versandt
         ist/sind .. unterwegs
         a été expédié*
         en route
         ha/han sido enviad*
         está en camino
         è stat* spedit*
         è in viaggio
         foi enviad*
         está a caminho
         is verzonden
         is onderweg
         został* wysłan*
         jest w drodze",
    ),
    (
        Family::Delivered,
        "has/have been .. delivered
         was/were ?already delivered
         wurde .. zugestellt/geliefert/ausgeliefert
         a été livré*
         ha/han sido entregad*
         fue entregad*
         è stat* consegnat*
         foi entregue
         is bezorgd
         został* dostarczon*",
    ),
    (
        Family::Cancelled,
        "has/have been .. cancelled/canceled
         was/were ?already cancelled/canceled
         is/are ?already cancelled/canceled
         wurde .. storniert
         ist ?schon ?bereits storniert
         a été annulé*
         ha/han sido cancelad*
         fue cancelad*
         è stat* annullat*
         foi cancelad*
         is geannuleerd
         został* anulowan*",
    ),
];

/// Words that deny the clause they stand in.
pub(super) const NEGATIONS: &str = "
    not
    no
    never
    none
    nothing
    cannot
    don/doesn/didn/isn/aren/wasn/won/can/couldn/wouldn/hasn/haven/shouldn t
    unable
    neither
    nicht
    kein*
    nie
    niemals
    niemand*
    nichts
    nobody
    pas
    aucun*
    jamais
    rien
    nunca
    ningún
    ninguna
    nada
    jamás
    non
    nessun*
    niente
    não
    nenhum*
    niet
    geen
    nooit
    niets
    nigdy
    żaden
    żadn*";

/// What has a denial in it and denies nothing, or bounds an amount from above and so asserts it.
pub(super) const NO_NEGATIONS: &str = "
    no/not more/less than
    not only
    no problem
    no/without questions/question
    no doubt
    without a/any doubt/cost/costs/charge/fee
    no/not further/extra/additional cost*
    no shipping/delivery cost*/fee*/charge*
    never mind
    nicht mehr/weniger als
    nicht nur
    kein/keine Problem/Frage/Sorge
    ohne Zweifel/Frage/Kosten/Aufpreis
    pas plus/moins de
    non seulement
    pas de problème/souci
    sans doute/frais
    no más/menos de
    no solo
    sin duda/coste/costes/problema
    non più/meno di
    non solo
    senza dubbio/spese/problemi
    não mais/menos de
    não só
    sem dúvida/custos/problema
    niet meer/minder dan
    niet alleen
    geen probleem
    bez problemu/wątpliwości/kosztów
    nie tylko
    nie więcej/mniej niż";

/// What ties to a condition all that follows it in its clause.
pub(super) const CONDITIONS: &str = "
    if
    whether
    when
    once
    unless
    until
    as soon as
    before
    wenn
    ob
    falls
    sobald
    sofern
    bevor
    wann
    lorsque
    dès que
    avant que
    cuando
    en cuanto
    antes de que
    non appena
    assim que
    wanneer
    zodra
    voordat
    jeśli
    jeżeli
    gdy
    kiedy
    czy
    zanim";

/// The same, where it begins the clause: elsewhere these words are others.
pub(super) const CONDITIONS_AT_START: &str = "
    si
    s il
    quand
    se
    quando
    als
    would you
    should";

/// What marks a figure as what the shopper said or wishes.
pub(super) const HERS: &str = "
    you ?have ?just said/say/mentioned/mention/asked/ask/wrote/named/name/gave
    your/a ?stated budget/limit/maximum/question/price/number/search/wish
    under/below/around/over/above/between
    up to
    at most/least
    budget
    looking for
    Sie ?haben .. gesagt/genannt/geschrieben/gefragt/erwähnt
    Ihr/Ihre/Ihrem/Ihren Budget/Frage/Preis/Wunsch/Nummer/Suche/Preisrahmen
    unter/über/zwischen/höchstens/mindestens
    bis zu
    vous ?avez ?m ?dit/dites/demandé/mentionné/écrit/indiqué
    votre budget/question/limite/recherche/numéro
    moins de
    jusqu à
    entre
    usted/ha/has dicho/mencionado/pedido/preguntado/escrito
    su/tu presupuesto/pregunta/límite/búsqueda/número
    menos de
    hasta
    entre
    ha/hai detto/menzionato/chiesto/scritto
    suo/tuo budget
    sua/tua domanda/ricerca
    meno di
    fino a
    tra
    disse/mencionou/pediu/escreveu
    seu/teu orçamento
    até
    u zei/noemde/vroeg/schreef
    uw/je budget/vraag
    onder
    tot
    pan/pani .. napisał*
    budżet*
    poniżej
    do";

/// What asserts a price, a state or a promise, whatever stands around it.
pub(super) const ASSERTING: &str = "
    yes
    costs/cost
    it/that/this s
    is/are/comes/come ?to ?only ?just ?now ?priced ?at for
    price/total is
    in stock
    available
    arrives/arrive/delivered
    left
    ja
    kostet/kosten
    Preis beträgt/ist
    beträgt
    auf Lager
    oui
    coûte/coûtent
    le prix est
    sí
    cuesta/cuestan/vale
    el precio es
    costa/costano
    il prezzo è
    sim
    custa/custam
    o preço é
    kost/kosten
    de prijs is
    tak
    kosztuje/kosztują
    cena to/wynosi";

/// Words of goods that travel and of money that comes back.
pub(super) const OF_DELIVERY: &str = "
    arriv*/deliver*/ship*/dispatch*/refund*/parcel*/package*/courier/collect*/pick*
    liefer*/versand*/versend*/verschick*/zustell*/zugestellt/geliefert/ankomm*/kommt/erstatt*/Paket/abhol*
    livr*/expéd*/rembours*/colis/reçoi*/recev*
    entreg*/enví*/envia*/lleg*/reembols*/paquete/recib*
    consegn*/spedi*/rimbors*/pacco/arriverà/ricever*
    cheg*/devolv*/encomenda
    bezorg*/lever*/verz*/pakket/terugbetal*
    dostaw*/dostarcz*/wysył*/wysł*/przesył*/paczk*/zwrot*/zwróc*
    back restocked
    in stock
    auf Lager";
