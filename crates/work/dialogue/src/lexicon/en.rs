//! English.

use super::{Lexicon, Wish};

pub(super) const LEXICON: Lexicon = Lexicon {
    markers: &[
        "the", "is", "are", "you", "your", "my", "do", "does", "can", "how", "what", "when",
        "where", "i", "to", "of", "and", "for", "with", "it", "have", "if", "not", "please",
        "hello", "order", "return", "delivery", "thanks",
    ],
    negations: &["dont", "not", "never", "without", "wont"],
    wishes: &[
        (
            Wish::Greeting,
            &[
                "^hi|hello|hey|hiya|howdy|heya|greetings|yo|helo|hallo there|all|everyone|team|guys|again",
                "^hi|hello|hey|hiya|howdy|heya|greetings|yo|helo|hallo",
                "^good morning|afternoon|evening|day",
                "^morning|evening$",
            ],
        ),
        (
            Wish::HowAreYou,
            &[
                "how are|r you|u doing|today",
                "how are|r you|u",
                "hows it going",
                "hows|how your|the day",
                "you ok|okay|alright|well$",
                "how you doing",
                "whats up",
                "sup$",
                "how do you do$",
            ],
        ),
        (
            Wish::Thanks,
            &[
                "thanks|thank|thx|ty|cheers|tysm . much|lot|bunch",
                "thank you|u",
                "thanks|thx|ty|cheers|tysm",
                "much appreciated",
                "appreciate it",
                "that helps|helped",
                "very helpful",
                "^perfect|great|awesome|brilliant|lovely|wonderful|cool$",
            ],
        ),
        (
            Wish::Goodbye,
            &[
                "bye|goodbye|cya|ciao bye",
                "^bye|goodbye|cya|ciao",
                "see you|ya",
                "have a . day|one|evening|weekend",
                "good night",
                "thats all$",
                "that is all$",
                "bye$",
            ],
        ),
        (
            Wish::Yes,
            &[
                "^yes|yeah|yep|yup|sure|ok|okay|definitely|absolutely|ya|yea",
                "^y$",
                "^please do",
                "^go ahead",
                "^do it|that",
                "^that would be great|good|nice|lovely",
                "^please$",
                "^of course",
                "^why not$",
                "id like that",
            ],
        ),
        (
            Wish::No,
            &[
                "^no|nope|nah|n thanks|thank",
                "^no|nope|nah|n$",
                "^not now|yet|really|necessary",
                "^dont bother",
                "^never mind|nevermind",
                "^nevermind$",
                "^no|nope|nah",
                "^im good|fine|ok$",
            ],
        ),
        (
            Wish::Padding,
            &[
                "please|pls|plz",
                "ok|okay",
                "so",
                "well",
                "um|uh|hmm",
                "just",
                "excuse me",
                "sorry",
            ],
        ),
        (
            Wish::Person,
            &[
                "talk|speak|chat|write|spk .. human|person|agent|someone|somebody|representative|rep|advisor|adviser|operator|employee|manager|supervisor|people|staff|support|assistant",
                "put me|us . through",
                "colleague|colleagues .. speak|talk|put|through|help",
                "connect|transfer|put|pass|forward|escalate|hand .. human|person|agent|someone|somebody|representative|rep|advisor|operator|employee|manager|supervisor|staff|support|team",
                "want|need|like|prefer|require . human|person|agent|representative|rep|advisor|operator|manager|supervisor",
                "get|give|fetch|find|send|bring me . human|person|agent|someone|representative|manager|supervisor",
                "ask . human|person|agent|someone|colleague",
                "a person|human|agent please",
                "^person|human|agent|representative|operator|advisor$",
                "^person|human|agent|representative|operator please|now",
                "^real|live|actual human|person|agent",
                "live chat|agent|person|support",
                "customer service|support please|now|agent",
                "^customer service|support|care$",
                "call me back",
                "contact . human|person|agent|someone",
                "is|are there . human|person|someone|somebody|anyone|anybody . talk|speak|help|there|available",
                "speak|talk to|with you|anyone|anybody . directly|phone|real",
                "can|could . somebody|someone|anyone|anybody from .. team|staff|shop",
                "can|could|may|let . human|person|someone|somebody|agent help|call|contact|answer|take|look",
                "human please",
                "human being please",
                "stop .. bot|robot|machine .. human|person",
                "escalate",
                "no more bot|bots|robot|robots",
                "speak|talk to . manager|boss|owner",
                "real person please",
                "^a real|actual|human person|human|being",
                "someone else . help|talk|speak",
            ],
        ),
        (
            Wish::Identity,
            &[
                "are|r you|u .. bot|robot|human|person|ai|machine|computer|chatbot|chatgpt|gpt|program|software|automated|android|script",
                "are|r you|u . real$",
                "you|u . human|bot|robot|ai|chatbot$",
                "youre|ur .. bot|robot|human|person|ai|machine|computer|chatbot",
                "you|u are .. bot|robot|human|person|ai|machine|chatbot",
                "is this|that|it .. bot|robot|human|person|ai|machine|automated|chatbot",
                "is this . real$",
                "am i . talking|speaking|chatting|writing .. bot|robot|human|person|ai|machine|computer|someone|somebody",
                "who am i . talking|speaking|chatting|writing",
                "what am i . talking|speaking|chatting",
                "who|what are|r you|u$",
                "who is this$",
                "do i . talk|speak|chat .. bot|human|person|machine|ai",
                "whats your name",
                "what is your name",
                "do you have . name|feelings|body",
                "am i . with . human|person|bot",
                "you . real person|human$",
                "who made|built|created|programmed you",
                "which|what model|llm|ai are|is",
                "pretend .. human|person",
                "say .. you .. human|person",
                "admit .. human|person|bot",
            ],
        ),
        (
            Wish::Complaint,
            &[
                "complain*",
                "=terrible|=awful|=horrible|=useless|=ridiculous|=unacceptable|=disgusting|=worst|=rubbish|=crap|=garbage|=pathetic|=appalling|=disgraceful|=outrageous|=dreadful|=shambles",
                "shit*|fuck*|bullshit|wtf|damn",
                "scam*|fraud*|thieves",
                "lawyer|sue|solicitor",
                "furious|angry|disappointed|annoyed|frustrated|frustrating|unhappy|upset|disgusted|livid",
                "fed up",
                "sick of",
                "rip off|ripoff",
                "had enough",
                "not happy",
                "let down",
                "waste of time|money",
                "bad service|experience",
                "still no answer|reply|response",
                "nobody answers|replies|helps",
                "i hate",
            ],
        ),
        (
            Wish::Capabilities,
            &[
                "what can you|u . do|help|answer",
                "what do you do|know$",
                "what can i ask|do here",
                "how can|do you help",
                "what are you able|capable|for$",
                "^help$",
                "^help me$",
                "^i need help$",
                "^can you help . me$",
                "^can|could you help$",
                "how does this|it . work$",
                "what else can you",
                "your features|functions",
                "^menu|options|start$",
            ],
        ),
        (
            Wish::SmallTalk,
            &[
                "tell .. joke",
                "^joke$",
                "whats|is . the weather",
                "weather today|tomorrow",
                "i love you",
                "do you like|love",
                "sing .. song",
                "^lol|haha|hahaha|lmao",
                "are you . happy|sad|married|bored|lonely",
                "^test|testing$",
                "^test|testing test|testing",
                "how old are you",
                "where are you . from|live$",
                "^nice|cool|interesting$",
                "youre . great|nice|good|funny|awesome|smart|stupid|dumb",
                "you are . great|nice|good|funny|awesome|smart|stupid|dumb",
            ],
        ),
        (
            Wish::Misfit,
            &[
                "dont|doesnt|didnt|not|wont fit|suit|suits|fits|fitting",
                "too|wrong . small|big|large|tight|loose|long|short|thin|thick|wide|narrow|dark|bright|heavy",
                "dont|doesnt|not . like|love . it|them|colour|color",
            ],
        ),
    ],
    services: super::en_services::SERVICES,
    informational: &[
        "^where . do|does|can|is|are|should|would",
        "^how",
        "^what|whats|which",
        "^can|could|may|should|must|do|did|am|will|would i|we|one|people|customers",
        "^do|does|did",
        "^is|are",
        "^when|until|within",
        "^am i",
        "^who pays|covers",
        "^who",
        "^if",
        "^is it possible",
        "tell me how|about|what",
        "^question about",
        "^why",
    ],
    follow_ups: &[
        "^and",
        "^ok|okay|alright|right|so and|what",
        "^what about",
        "^how about",
        "^what if",
        "^also",
        "^but",
        "^or",
    ],
    fillers: "happen ooh aah aw wow yay nah cant cannot couldnt spend ones alright kindly less pieces piece pairs pair packs pack sets set picked silly rather \
        mate em teh standing stands search searching scrap grab chuck stick pop trolley \
        rather gorgeous brill bedroom moment address fine perfectly usual overthinking btw r \
        u ecommerce payment standard place express delivery paying pay a an the some any \
        anything something ones i im id ive you your we my me for of in on to with and or is \
        are am it its that this these those there do does have has want need would like \
        could can please get buy find show see looking look shop store sell price cost costs \
        much how what which from at maybe really nice good go add put cart basket bag \
        compare recommend suggest difference between whats better cheaper take remove make \
        quantity order more another wanna tell about still available colours colors sizes \
        size also then just other they them their theirs he she his her him us our ours was \
        were been being be had did done doing if than but so because as by into onto over \
        under again further once here when where why who whom while after before during \
        through only own same too very s t will dont should now until up down out off above \
        below both each few most such no nor not ill youre thats theres lets got gets \
        getting give gave takes makes made let say said think thought know knew feel looks \
        seem quite pretty many lot lots bit little kind sort type things thing stuff \
        nothing everything someone somebody today tomorrow yesterday soon \
        ago yet already ok okay well oh ah hm hmm uh um hey hi hello thanks thank pls plz \
        sorry pardon wonder wondering possible possibly perhaps probably might may must \
        shall needs needed wants wanted gonna going goes went come comes came coming mind \
        finally course sure wrong plus else all every either neither lovely great best \
        favourite favorite new old prices costing expensive buying purchase ordering colour \
        color stock fancy suitable ideal perfect around mine myself yours yourself",
    at_most: &[
        "under|below|beneath",
        "less|cheaper|lower than|then",
        "up to",
        "at most",
        "no|not more than",
        "shouldnt|not|dont|cant|cannot|wont|doesnt .. more than|then",
        "max|maximum|maximal",
        "max|maximum of",
        "within|budget of",
    ],
    at_least: &[
        "over|above",
        "more than",
        "at least",
        "starting at|from",
        "min|minimum",
    ],
    between: &["between"],
    currencies: &[
        "euro", "euros", "eur", "dollar", "dollars", "usd", "bucks", "pounds", "gbp", "chf",
        "francs",
    ],
    in_stock: &["in stock", "available now|today|immediately", "right now$"],
    words: super::en_words::WORDS,
    texts: super::en_texts::TEXTS,
};
