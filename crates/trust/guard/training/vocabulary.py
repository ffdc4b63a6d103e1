"""Words of our own, by class: what no openly licensed list has. Five languages and more."""

TITLES = """mr mrs ms miss mx dr prof professor sir madam ma'am lord lady dame herr frau fräulein hr fr. dipl ing
monsieur madame mademoiselle mme mlle señor señora señorita sr sra srta don doña signor signora signorina sig dott
dottore dottoressa doctor docteur doktor meneer mevrouw dhr mevr mw pan pani senhor senhora dom dona rev reverend
captain capt major colonel col sergeant sgt judge fru esq jr phd md avv""".split()

STREET_WORDS = """street st road rd avenue ave av lane ln drive dr boulevard blvd court ct place pl square sq terrace
close way crescent cres parkway pkwy highway hwy circle cir grove gardens mews row walk hill trail alley loop plaza
mall quay wharf parade esplanade rise vale green view heights ridge crossing turnpike freeway expressway
straße strasse str weg allee platz gasse ufer ring damm chaussee steig pfad promenade kai stieg
rue avenue boulevard allée impasse place chemin quai cours route passage square bd voie sentier faubourg
calle avenida avda plaza paseo camino carretera ronda travesía vía glorieta cuesta c/ carrer passeig
via viale piazza piazzale corso vicolo largo strada lungomare salita contrada borgo
straat laan weg plein gracht kade dreef singel hof steenweg
ulica ul aleja al plac pl osiedle rua avenida travessa praça largo estrada alameda rodovia
gatan vägen gata väg gade vej vei veien gate plads katu tie kuja utca út tér ulice náměstí třída ulitsa prospekt
cesta trg steg stræde allé torg torget stig gränd""".split()

STREET_ENDINGS = """straße strasse str weg allee platz gasse ufer ring damm chaussee steig straat laan plein gracht kade dreef
gatan vägen gata väg gade vej vei veien gate plads katu tie kuja tanav maantee utca braut gata stræti vegur""".split()

UNITS = """apt apartment suite ste unit flat floor fl room building bldg block level apto piso puerta escalera etage étage
appartement bâtiment bat stock wohnung whg aufgang hinterhaus interno scala int bus lot door entrance penthouse
box psc apo fpo dpo postfach casella apartado bp boîte""".split()

ORG_ENDINGS = """inc ltd llc llp plc corp corporation co company limited gmbh ag kg kgaa ohg gbr ug ek e.v. ev sarl sa sas
sasu eurl snc spa srl s.p.a s.r.l sl s.l slu bv nv vof ab oy as a/s aps asa sro s.r.o zoo lda ltda pty group holding
holdings partners associates sons brothers bros & foundation stiftung university universität université universidad
università institute college school bank insurance hospital clinic agency orchestra council ministry club union
society association consulting solutions systems technologies technology software industries logistics media
ventures capital labs services international enterprises gruppe verlag werke verein groupe fils cie hermanos hijos
grupo fratelli figli gruppo orchestra theatre museum""".split()

CALENDAR = """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz mai juni juli oktober dezember
lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre
novembre décembre lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
agosto septiembre octubre noviembre diciembre lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio
aprile maggio giugno luglio settembre ottobre dicembre christmas easter halloween weihnachten ostern noël navidad natale
""".split()

# Names of models, lines and kinds of goods; many are somebody's name as well.
GOODS = """black-eyed susan; sweet william; lily of the valley; iris; rose; violet; poppy; daisy; jasmine; heather; ivy; olive;
holly; basil; rosemary; ginger; saffron; sage; paisley; jack daniel's; johnnie walker; jim beam; captain morgan; earl grey;
lady grey; eggs benedict; caesar salad; granny smith; pink lady; golden delicious; bloody mary; tom collins; margarita;
shirley temple; victoria sponge; madeira; marsala; port; champagne; cognac; bordeaux; burgundy; chablis; rioja; chianti;
barolo; riesling; merlot; chardonnay; cabernet sauvignon; pinot noir; sauvignon blanc; zinfandel; malbec; syrah; shiraz;
tempranillo; mary jane; mary janes; chelsea boots; chelsea boot; oxford shoes; derby; brogue; wellington boots; wellingtons;
wellies; stan smith; chuck taylor; air jordan; jordan 1; jordan; air max; converse; dr martens; doc martens; doc marten;
jimmy choo; kate spade; michael kors; calvin klein; ralph lauren; tommy hilfiger; tom ford; hugo boss; paul smith;
ted baker; karl lagerfeld; marc jacobs; donna karan; jean paul gaultier; yves saint laurent; christian dior; coco chanel;
hermès; louis vuitton; marc o'polo; ben sherman; fred perry; jack wolfskin; jack & jones; peter hahn; betty barclay; gerry weber;
tom tailor; esprit; marie claire; kenneth cole; vera wang; vera bradley; vivienne westwood; stella mccartney; alexander mcqueen;
giorgio armani; emporio armani; gianni versace; roberto cavalli; salvatore ferragamo; jil sander; wolford; steve madden;
sam edelman; franco sarto; clarks; elizabeth arden; estée lauder; helena rubinstein; bobbi brown; charlotte tilbury; mac;
nina ricci; carolina herrera; paco rabanne; thierry mugler; britney spears; jo malone; laura mercier; laura ashley;
emma bridgewater; cath kidston; orla kiely; emma mattress; casper; eve mattress; simba; hugo mattress; bruno;
billy bookcase; billy; kallax; malm; hemnes; klippan; ektorp; poäng; lack; pax; besta; expedit; alex drawers; alex; micke; linnmon;
brimnes; kivik; stefan; ingo; henriksdal; strandmon; friheten; vimle; söderhamn; ivar; norden; lisabo; sven; lars; odger;
henry hoover; henry; hetty; dyson; nespresso; delonghi; smeg; bosch; braun; miele; philips; siemens; samsung; sony; apple;
philips hue; alexa; siri; cortana; kindle; roomba; le creuset; villeroy & boch; wmf; zwilling; fissler; henckels; victorinox;
leatherman; maglite; barbie; ken doll; lego; playmobil; duplo; hot wheels; thomas the tank engine; paddington; winnie the pooh;
peppa pig; bluey; elsa; anna doll; baby annabell; american girl doll; harry potter; hello kitty; mickey mouse; minnie mouse;
donald duck; spider-man; batman; mario kart; super mario; zelda; sonic; lara croft; max payne; tony hawk's pro skater; fifa;
scrabble; monopoly; cluedo; carcassonne; catan; dominion; patience; old maid; les paul; stratocaster; telecaster; martin guitar;
gibson; fender; yamaha; taylor guitar; steinway; ben & jerry's; ben and jerry's; uncle ben's; aunt jemima; dr pepper; dr oetker; dr. oetker;
famous amos; sara lee; betty crocker; mrs. beeton; mr. clean; mr kipling; mr muscle; johnson's; johnson & johnson; gillette; nivea; burt's bees;
baker's; handy; kaschmir; leonardo; casio; edifice; george foreman grill; george; stanley; stanley cup; stanley flask; craftsman; dewitt;
louis philippe; louis xv chair; queen anne chair; chesterfield; chippendale; adirondack chair; windsor chair; eames chair; barcelona chair;
aaron; billie; camille; clara; diana; emma; ella; eva; freya; grace; hannah; isabella; julia; lena; lina; lola; lucia; luna; marie; mia;
nora; olivia; paula; ruby; sofia; sophie; stella; theo; valentina; vera; victoria; zoe dress""".replace("\n", " ").split(";")

GOODS_WORDS = """shirt shirts t-shirt tee dress dresses skirt skirts trousers pants jeans shorts jacket jackets coat coats
sweater jumper cardigan hoodie sweatshirt blouse top vest suit tie scarf hat cap gloves socks tights underwear bra pyjamas robe
shoes shoe boots boot sneakers trainers sandals heels loafers slippers bag bags handbag backpack wallet purse belt watch ring necklace
bracelet earrings pendant chain sunglasses perfume fragrance cologne cream lotion shampoo conditioner soap serum lipstick mascara
foundation sofa couch chair armchair table desk lamp bed mattress pillow duvet blanket sheet sheets cover covers curtain curtains rug
carpet shelf bookcase wardrobe drawer cabinet stool bench mirror frame vase candle candles mug cup plate plates bowl bowls glass glasses
pan pot knife knives fork spoon kettle toaster blender mixer oven fridge freezer dishwasher washer dryer vacuum iron fan heater
phone laptop tablet charger cable headphones earbuds speaker speakers camera lens tv monitor keyboard mouse printer cartridge console
controller game games toy toys doll puzzle book books ebook album vinyl cd dvd bike bicycle helmet scooter skateboard ball racket
tent sleeping bag stroller pram crib plant plants seeds pot soil tool tools drill saw hammer screwdriver screws paint brush tape
coffee tea wine beer whisky chocolate cookies cake bread cheese honey jam oil vinegar spices pasta sauce snack gift voucher card
hose hemd hemden kleid kleider rock röcke bluse jacke mantel pullover strickjacke anzug krawatte schal mütze hut handschuhe socken
strumpfhose unterwäsche bh schlafanzug bademantel schuhe schuh stiefel turnschuhe sandalen hausschuhe tasche taschen handtasche
rucksack geldbörse gürtel uhr ring kette halskette armband ohrringe brille sonnenbrille parfüm parfum creme seife sessel stuhl stühle
tisch schreibtisch lampe bett matratze kissen decke bettwäsche spannbettlaken laken vorhang vorhänge teppich regal schrank kommode
hocker bank spiegel rahmen kerze tasse becher teller schüssel glas gläser pfanne topf messer gabel löffel wasserkocher mixer
kaffeemaschine kühlschrank staubsauger bügeleisen handy ladegerät kabel kopfhörer lautsprecher kamera fernseher drucker spielzeug
puppe buch bücher fahrrad helm zelt kinderwagen pflanze samen werkzeug bohrmaschine farbe pinsel kaffee tee wein käse honig
chemise robe jupe pantalon jean veste manteau pull gilet chemisier costume cravate écharpe bonnet chapeau gants chaussettes
chaussures chaussure bottes baskets sandales sac ceinture montre bague collier bracelet lunettes parfum crème savon canapé chaise
fauteuil table bureau lampe lit matelas oreiller couette couverture drap rideau tapis étagère armoire miroir cadre bougie tasse
assiette bol verre poêle casserole couteau téléphone chargeur écouteurs enceinte appareil jouet poupée livre vélo casque tente plante
camisa camiseta vestido falda pantalones vaqueros chaqueta abrigo jersey blusa traje corbata bufanda gorro sombrero guantes
calcetines zapatos zapatillas botas sandalias bolso mochila cartera cinturón reloj anillo collar pulsera pendientes gafas perfume crema
sofá silla sillón mesa escritorio lámpara cama colchón almohada manta sábana cortina alfombra estantería armario espejo marco vela taza
plato vaso sartén olla cuchillo teléfono cargador auriculares altavoz juguete muñeca libro bicicleta casco
camicia maglia maglietta vestito gonna pantaloni giacca cappotto maglione camicetta abito cravatta sciarpa cappello guanti calze
scarpe stivali sandali borsa zaino portafoglio cintura orologio anello collana bracciale orecchini occhiali profumo crema divano sedia
poltrona tavolo scrivania lampada letto materasso cuscino coperta lenzuolo tenda tappeto scaffale armadio specchio cornice candela tazza
piatto bicchiere padella pentola coltello telefono caricatore cuffie giocattolo bambola libro bicicletta casco
size sizes colour color black white red blue green navy beige grey gray brown pink purple yellow orange teal turquoise silver gold
cotton linen silk wool cashmere leather suede denim velvet satin polyester nylon oak walnut pine steel ceramic porcelain bamboo
größe farbe schwarz weiß rot blau grün grau braun rosa lila gelb baumwolle leinen seide wolle kaschmir leder samt eiche
taille couleur noir blanc rouge bleu vert gris coton lin soie laine cuir talla negro blanco rojo azul verde gris algodón lino seda lana
cuero taglia nero bianco rosso verde grigio cotone seta pelle xs xl xxl small medium large""".split()

# The same in three languages more, and goods of the garden, the kitchen, the house and the nursery.
GOODS_WORDS += """jurk rok broek spijkerbroek jas vest trui bloes overhemd pak stropdas sjaal muts pet handschoenen sokken panty ondergoed
bh pyjama badjas schoenen schoen laarzen sandalen sneakers pantoffels tas rugzak portemonnee riem horloge ketting armband oorbellen
bril zonnebril parfum crème zeep bank fauteuil stoel stoelen tafel bureau lamp bed matras kussen dekbed laken dekbedovertrek gordijn
gordijnen kleed tapijt kast boekenkast lade kruk spiegel lijst vaas kaars kaarsen kop mok bord kom glas glazen pan mes messen vork
lepel waterkoker broodrooster stofzuiger strijkijzer telefoon oplader kabel koptelefoon luidspreker camera speelgoed pop puzzel boek
boeken fiets helm tent kinderwagen plant planten zaden gereedschap boormachine verf kwast koffie thee wijn kaas honing cadeaubon
vestido saia calças calcas casaco camisola camisa blusa fato gravata cachecol gorro boné luvas meias pijama roupão sapatos sapato
botas sandálias chinelos mala mochila carteira cinto relógio anel colar pulseira brincos óculos perfume creme sabonete champô sofá
poltrona cadeira cadeiras mesa secretária candeeiro cama colchão almofada almofadas edredão lençol cortina cortinas tapete armário
estante gaveta banco espelho moldura jarra vela velas chávena caneca prato tigela copo copos frigideira panela faca garfo colher
chaleira torradeira aspirador telemóvel carregador cabo auscultadores coluna brinquedo boneca livro bicicleta capacete tenda carrinho
vaso sementes berbequim tinta pincel café chá vinho queijo mel vale
sukienka sukienki sukienkę spódnica spodnie kurtka kurtkę kurtki płaszcz sweter bluza bluzka bluzkę koszula koszulę koszulka garnitur krawat szalik szal
czapka rękawiczki skarpetki rajstopy piżama piżamę szlafrok buty butów but kozaki trampki sandały kapcie torebka torebkę torba torbę plecak portfel
pasek zegarek pierścionek naszyjnik bransoletka bransoletkę kolczyki okulary perfumy krem mydło szampon sofa sofę kanapa kanapę fotel
krzesło krzesła stół stolik biurko lampa lampę lampy lampka łóżko materac materaca poduszka poduszkę poduszki kołdra pościel prześcieradło zasłona zasłony dywan
szafa szafę szafy szafka szafkę komoda komodę komody regał regale regału półka półkę półki szuflada stołek lustro lustra rama ramka wazon świeca świecę świece filiżanka kubek kubka kubki
talerz miska szklanka kieliszki patelnia patelnię garnek nóż noże widelec łyżka czajnik toster odkurzacz żelazko telefon ładowarka kabel
słuchawki głośnik aparat zabawka zabawki lalka lalkę klocki książka książkę rower kask namiot wózek roślina nasiona doniczka narzędzia
wiertarka farba farbę pędzel kawa kawę herbata herbatę wino ser miód bon
cushion cushions pouffe ottoman footstool futon bunk crib cot highchair bouncer playmat rattle teether bib bottle dummy pacifier
lampshade shade bulb chandelier sconce lantern lantern clock doormat mat runner tablecloth napkin napkins placemat coaster tray basket
hamper bin rack hook hanger hangers blind blinds cornice tile tiles grout varnish primer wallpaper stencil frieze plaster
teapot tumbler flask jug carafe decanter corkscrew whisk spatula ladle grater peeler colander sieve casserole wok skillet griddle
saucepan roasting tin tins jar jars lunchbox thermos apron oven-glove tea-towel macaron macarons praline pralines truffle truffles
biscuit biscuits shortbread fudge toffee nougat marzipan liquorice muesli granola cereal porridge chutney pickle relish mustard
marmalade syrup cordial lemonade cider gin vodka rum liqueur espresso latte matcha chai rooibos infusion
rose roses tulip tulips fern ferns clematis hydrangea peony peonies dahlia dahlias lavender orchid orchids cactus succulent palm ficus bamboo
hedge shrub shrubs bulb bulbs seedling seedlings sapling rootstock potato potatoes tomato tomatoes apple apples pear pears plum plums cherry cherries
fertiliser fertilizer compost mulch trowel spade rake hoe secateurs shears hose sprinkler trellis parasol gazebo hammock barbecue
clarinet violin viola cello flute trumpet ukulele banjo piano drum drums amp pedal strings pick capo metronome
yarn fabric thread needle needles bobbin bobbins zip zips button buttons ribbon lace pattern patterns felt crochet knitting
poster print prints canvas easel sketchbook notebook notebooks diary planner pen pens pencil pencils marker crayon stapler stamp envelope card cards
leash collar harness kennel litter scratcher aquarium feed kibble treats
clip clips bracket brackets hinge hinges bolt bolts dowel caster casters plug socket adapter adaptor remote battery batteries
brooch cufflinks anklet bangle tiara locket charm charms
polish varnish primer concealer blush bronzer eyeliner eyeshadow toner balm scrub mask lotion deodorant razor toothbrush
colonia frasco cojín cojines lampa pantalla bombilla jarra maceta tierra galletas turrón mermelada aceite funda fundas cuna manta chupete
biberón babero delantal bandeja cesta percha cremallera ovillo hilo tela botón botones collar correa pienso
coussin coussins abat-jour ampoule lustre pot terreau biscuits confiture moutarde sirop tisane savonnette bonnet turbulette biberon
bavoir tablier plateau panier cintre crochet laine fil tissu bouton boutons laisse croquettes macaron macarons calisson nougat
cuscini paralume lampadina vaso terriccio biscotti torrone marmellata olio panettone pandoro colomba culla biberon bavaglino grembiule
vassoio cesto gruccia gomitolo filo stoffa bottone bottoni guinzaglio crocchette tisana
kissenbezug lampenschirm glühbirne kronleuchter laterne wanduhr fußmatte läufer tischdecke serviette servietten tablett korb haken
kleiderbügel rollo fliesen tapete lack teekanne kanne karaffe korkenzieher schneebesen reibe sieb bräter wok dose dosen brotdose
brotdosen schürze keks kekse stollen lebkuchen pralinen marmelade senf sirup likör schnaps rosen tulpen hortensie lavendel orchidee
kaktus hecke blumenerde dünger spaten schere schlauch sonnenschirm hängematte grill wolle garn stoff faden nadel nadeln reißverschluss
knopf knöpfe poster leinwand notizbuch kalender stift stifte leine halsband napf futter streu schraube schrauben winkel scharnier
batterie batterien fernbedienung stecker steckdose babybett wickeltisch hochstuhl schnuller fläschchen lätzchen bauklötze""".split()

# Who carries parcels, and how people pay: firms that every shop's messages name.
CARRIERS = """dhl; dpd; dpd pickup; gls; ups; fedex; tnt; usps; royal mail; parcelforce; evri; hermes; yodel; inpost; paczkomaty; amazon logistics;
deutsche post; österreichische post; swiss post; colissimo; chronopost; la poste; mondial relay; relais colis; geodis; bpost; postnl;
dynalogic; homerr; correos; correos express; seur; mrw; nacex; ctt; ctt expresso; poste italiane; bartolini; brt; sda; nexive; an post;
fastway; poczta polska; orlen paczka; posten; postnord; bring; matkahuolto; posti; omniva; packeta; zásilkovna; cainiao; australia post;
canada post; purolator; arrow xl; dx; apc overnight; db schenker; kuehne nagel; trans-o-flex; paypal; klarna; clearpay; afterpay; sofort;
giropay; ideal; bancontact; przelewy24; blik; multibanco; mb way; bizum; twint; apple pay; google pay; amazon pay; visa; mastercard;
maestro; american express; amex; revolut; wise; stripe; adyen; mollie; satispay; postepay; swish; vipps""".replace("\n", " ").split(";")

# What is wished at a season: two capitals side by side that are nobody.
WISHES = """Merry Christmas; Happy Christmas; Happy New Year; Happy Easter; Happy Birthday; Happy Holidays; Season's Greetings; Frohe Weihnachten;
Frohes Neues; Frohe Ostern; Guten Rutsch; Alles Gute; Schöne Feiertage; Joyeux Noël; Bonne Année; Joyeuses Fêtes; Joyeuses Pâques; Bon Anniversaire;
Feliz Navidad; Feliz Año Nuevo; Felices Fiestas; Felices Pascuas; Feliz Cumpleaños; Buon Natale; Buon Anno; Buone Feste; Buona Pasqua; Buon Compleanno;
Feliz Natal; Bom Ano; Feliz Páscoa; Boas Festas; Vrolijk Kerstfeest; Gelukkig Nieuwjaar; Fijne Feestdagen; Wesołych Świąt; Szczęśliwego Nowego Roku;
God Jul; Glædelig Jul; Hyvää Joulua""".replace("\n", " ").split(";")
WISHES = [wish.strip() for wish in WISHES]

NATIONS = """american british english scottish welsh irish german french spanish italian portuguese dutch belgian swiss
austrian polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian swedish norwegian danish finnish icelandic
estonian latvian lithuanian croatian serbian slovenian bosnian albanian macedonian chinese japanese korean vietnamese thai indian
pakistani bangladeshi nepali indonesian filipino malaysian australian canadian mexican brazilian argentinian chilean peruvian colombian
venezuelan cuban jamaican egyptian moroccan algerian tunisian nigerian ghanaian kenyan ethiopian israeli iranian iraqi
syrian lebanese saudi saudis americans germans italians russians canadians australians mexicans brazilians europeans african asian european
christian catholic protestant muslim jewish hindu buddhist sikh atheist republican democrat conservative socialist
communist african-american hispanic latino deutsche deutscher deutschen französisch italienisch spanisch englisch polnisch türkisch
französische italienische spanische englische amerikanische schweizer österreichisch français française allemand allemande italien
italienne espagnol espagnole anglais anglaise américain américaine belge suisse español española alemán alemana francés francesa inglés inglesa italiano
italiana mexicano americano tedesco tedesca francese spagnolo spagnola inglese svizzero greco""".split()

COUNTRIES = """deutschland österreich schweiz frankreich italien spanien niederlande belgien polen dänemark schweden norwegen
england scotland wales britain great britain uk usa u.s. u.s.a. united states of america holland czechia allemagne autriche suisse espagne italie
pays-bas belgique pologne angleterre alemania francia españa italia suiza reino unido germania svizzera austria inghilterra""".split()
COUNTRIES += ["great britain", "united states", "reino unido", "estados unidos", "royaume-uni", "états-unis",
              "vereinigtes königreich", "vereinigte staaten", "regno unito", "stati uniti", "paesi bassi", "países bajos"]

# Common given names that are everyday words as well.
BOTH = set("""will mark rose grace may june april hope faith joy art bill jack pat rob sue ray dean grant chase guy dale miles page
summer autumn dawn crystal amber ruby pearl jade gene frank ernest drew glen lance max rich sky skip star van wade norm
buddy earl duke prince king major baron iris daisy ivy olive holly heather ginger violet poppy penny candy cherry brandy
mercy patience sage sandy misty robin jay wren chip clay cliff forrest heath dusty rusty jewel iva lane marina melody harmony
sonny victor virginia carolina georgia charity angel maría mercedes luz sol paz mar alba clara clemente pilar estrella
reine claire pierre jean blanche olivier ami aimé marie rosa stella viola margherita gioia speranza bianca franco leo
ernst frank rainer kai bruno peter nora""".split())
