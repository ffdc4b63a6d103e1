//! Rules of attacks on an assistant, each with the reason it stands for. They read the plain text:
//! small ASCII letters without accents.

use std::{borrow::Cow, sync::LazyLock};

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::InjectionReason::{self, *};

/// A rule: why, how much it says alone in thousandths, and what it looks for.
type Rule = (InjectionReason, u16, &'static str);

/// The reasons that hold for a plain text, with their points; a rule counts once.
pub(crate) fn found(plain: &str) -> Vec<(InjectionReason, u16)> {
    let Some(set) = SET.as_ref() else {
        return Vec::new();
    };
    set.matches(plain.as_bytes())
        .into_iter()
        .filter_map(|rule| RULES.get(rule))
        .filter(|(reason, _, pattern)| !is_of_her_own(*reason, pattern, plain))
        .map(|(reason, points, _)| (*reason, *points))
        .collect()
}

/// Whether all that a pattern found is what a shopper says who changes their mind or did not catch an answer:
/// "ignore my last instructions", "disregard what I wrote above", "ignore the instructions I gave the courier",
/// "repeat your last message word for word".
fn is_of_her_own(reason: InjectionReason, pattern: &str, plain: &str) -> bool {
    if !matches!(reason, IgnoreInstructions | SystemPrompt) {
        return false;
    }
    let (Some(patterns), Some(own), Some(behind)) =
        (LOOKED_INTO.as_ref(), OWN.as_ref(), OWN_BEHIND.as_ref())
    else {
        return false;
    };
    let text = plain.as_bytes();
    let stretches = patterns.iter().filter(|one| one.as_str() == pattern);
    let is_own = |found: regex::bytes::Match<'_>| match reason {
        SystemPrompt => LAST_SAID
            .as_ref()
            .is_some_and(|last| last.is_match(found.as_bytes())),
        _ => {
            let rest = text.get(found.end()..).unwrap_or_default();
            own.is_match(found.as_bytes()) || behind.is_match(rest.get(..40).unwrap_or(rest))
        }
    };
    stretches.flat_map(|one| one.find_iter(text)).all(is_own)
}

/// Phrases of shoppers that are made of the words of attacks, blanked before the model reads: an attack is none by
/// them, and loses nothing of its own.
pub(crate) fn without_shop_talk(plain: &str) -> Cow<'_, str> {
    SHOP_TALK
        .as_ref()
        .map_or(Cow::Borrowed(plain), |talk| talk.replace_all(plain, " "))
}

static SHOP_TALK: LazyLock<Option<regex::Regex>> = LazyLock::new(|| {
    regex::Regex::new(concat!(
        r"\b(?:(?:you )?(?:must|have to|need to|should) )?(?:refund|reimburse|compensate) me\b",
        r"|\b(?:are you|is this|am i (?:talking|speaking|chatting|writing) (?:to|with)) (?:an? )?(?:real |actual )?(?:human|person|bot|chatbot|robot|machine|ai|computer)(?: or (?:just )?(?:an? )?(?:real )?(?:human|person|bot|chatbot|robot|machine|ai|computer))?\b",
        r"|\bsecret santa\b|\binstructions? (?:for|of) (?:the|my|our|this|that)\b",
    ))
    .ok()
});

/// The patterns whose matches are looked into, one by one: a set does not say where it matched.
static LOOKED_INTO: LazyLock<Option<Vec<Regex>>> = LazyLock::new(|| {
    let patterns = RULES
        .iter()
        .filter(|(reason, ..)| matches!(reason, IgnoreInstructions | SystemPrompt));
    patterns
        .map(|(_, _, pattern)| RegexBuilder::new(pattern).unicode(false).build().ok())
        .collect()
});

static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let own = r"\b(?:my|mein(?:e|er|en|em|es)?|mes|mon|ma|mis?|mie|miei|mia|mio|minhas?|meus?|mijn|moj[ae]?|moich|moja)\b|\b(?:i|we)(?:'ve| have| had)? (?:just )?(?:wrote|written|said|gave|given|sent|told|asked|left|put|mentioned|typed|ordered)\b";
    RegexBuilder::new(own).unicode(false).build().ok()
});

/// Right behind the instructions: "… I gave the courier".
static OWN_BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let behind = r"^ (?:(?:that|which) )?(?:i|we)(?:'ve| have| had)? (?:just )?(?:wrote|written|said|gave|given|sent|told|left|put|made|added)\b";
    RegexBuilder::new(behind).unicode(false).build().ok()
});

static LAST_SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let last = r"\byour (?:last|latest) (?:message|answer|reply|text|sentence)\b";
    RegexBuilder::new(last).unicode(false).build().ok()
});

static SET: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    RegexSetBuilder::new(RULES.iter().map(|(_, _, pattern)| *pattern))
        .unicode(false)
        .size_limit(32 << 20)
        .build()
        .ok()
});

/// Gaps between words are bounded.
const RULES: &[Rule] = &[
    (
        IgnoreInstructions,
        850,
        concat!(
            r"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing)|bypass(?:ing)?|neglect|overlook|discard|abandon|suspend|violate|circumvent|(?:do not|don't|stop) (?:follow(?:ing)?|obey(?:ing)?|listen(?:ing)? to))\W+",
            r"(?:(?:of|the|these|those|this|that|and|or|just|please)\W+){0,3}(?:all|any|every|each|your|previous|previously|prior|above|earlier|preceding|foregoing|past|initial|original|system|existing|safety|ethical|moral|content|built-in|default|internal|operational|core|hidden|openai|developer|security|programmed|pre-programmed|programming|everything)\W+",
            r"(?:(?:all|any|every|each|of|the|your|these|those|this|that|previous|previously|prior|above|earlier|preceding|foregoing|past|initial|original|system|current|existing|other|safety|ethical|moral|content|built-in|and|or|given|standard|default|internal|operational|core|set|usual|own|first|hidden|openai|developer|security|company|programmed|pre-programmed|programming)\W+){0,6}",
            r"(?:instructions?|prompts?|rules?|guidelines?|directives?|programming|constraints?|restrictions?|polic(?:y|ies)|safeguards?|protocols?|filters?|limitations?|training|guardrails?|parameters|orders given|commands?)\b",
        ),
    ),
    (
        IgnoreInstructions,
        850,
        r"\b(?:ignore|disregard|forget)\W+(?:everything|anything|all|what(?:ever)?)\W+(?:\w+\W+){0,3}?(?:above|you (?:were|have been|are|know|had been)|before this|previously (?:said|told|written)|told you|instructed)\b",
    ),
    (
        IgnoreInstructions,
        850,
        concat!(
            r"\b(?:ignorier\w*|missacht\w*|vergiss|vergessen sie|umgeh\w*|uberschreib\w*|setze? dich uber|ubergeh\w*|verwirf|ubersteuer\w*)\W+(?:\w+\W+){0,5}?(?:anweisung\w*|instruktion\w*|vorgaben|regeln|richtlinien|systemprompt|programmierung|beschrankung\w*|prompts?)\b",
            r"|\b(?:ignore[zsr]?|oublie[zsr]?|neglige[zr]?|contourne[zr]?|outrepasse[zr]?|annule[zr]?|fais abstraction d\w+|ne (?:tiens|tenez) pas compte d\w+|mets? de cote|passe outre)\W+(?:les?|la|l|tes|ta|ton|vos|votre|toutes?|tous|ces|des|d|du|aux?)\W+(?:\w+\W+){0,5}?(?:instructions?|consignes?|directives?|regles (?:precedentes|de securite|initiales|internes)|programmation|restrictions|invite systeme|prompts?)\b",
            r"|\b(?:ignora[r]?|ignore|olvida[r]?|olvide|omite|pasa por alto|descarta|anula|haz caso omiso de|no sigas|desobedece|elude)\W+(?:\w+\W+){0,5}?(?:instrucciones|directrices|directivas|reglas (?:anteriores|internas|de seguridad)|programacion|restricciones|indicaciones (?:anteriores|previas))\b",
            r"|\b(?:ignora(?:re)?|dimentica(?:re)?|trascura|scavalca|aggira|non seguire|non tenere conto d\w+|annulla|bypassa)\W+(?:\w+\W+){0,5}?(?:istruzioni|direttive|linee guida|regole (?:precedenti|interne)|programmazione|restrizioni)\b",
            r"|\b(?:ignor[ae]r?|esquec?[ea]\w*|desconsider[ae]\w*|despreze|descart[ae]r?|contorn[ae]r?|anul[ae]r?)\W+(?:\w+\W+){0,5}?(?:instrucoes|diretrizes|diretivas|regras (?:anteriores|internas)|programacao|restricoes)\b",
            r"|\b(?:negeer|vergeet|omzeil|sla)\W+(?:\w+\W+){0,5}?(?:instructies|aanwijzingen hierboven|richtlijnen|regels hierboven|systeemprompt|programmering|beperkingen)\b",
            r"|\b(?:zignoruj|ignoruj|zapomnij|pomin|omin|nie przestrzegaj)\W+(?:\w+\W+){0,5}?(?:instrukcj\w+|polece\w+|wytyczn\w+|zasad bezpieczenstwa|dyrektyw\w*|ograniczen\w*|prompt\w*)\b",
        ),
    ),
    (
        IgnoreInstructions,
        850,
        // Set apart letter by letter, the words have come together.
        r"\b(?:ignore|disregard|forget)(?:all|any|the|your|of|previous|prior|above|earlier|system){1,5}(?:instructions?|rules|prompts?|guidelines)\b",
    ),
    (
        UnrestrictedRole,
        850,
        concat!(
            r"\b(?:you are|you're|act as|acting as|pretend|roleplay|role-play|imagine|simulate|become|behave|respond as|answer as|transform into|switch to|enter|activate|enable)\b[^\n.!?]{0,80}?",
            r"(?:\b(?:unrestricted|uncensored|unfiltered|jailbroken|unethical|amoral|evil (?:ai|assistant|bot|twin)|unbound|rogue|without (?:any )?(?:restrictions?|limitations?|filters?|rules|censorship|ethic\w*|moral\w*|guardrails|constraints)|no (?:restrictions?|limitations?|filters?|rules|censorship|ethic\w*|moral\w*|guardrails|constraints|limits)|free (?:of|from) (?:all |any )?(?:restrictions?|rules|constraints|filters)|not bound by|dan mode|god mode|sudo mode|jailbreak mode|root mode)\b)",
        ),
    ),
    (
        UnrestrictedRole,
        700,
        r"\b(?:(?:who|that|which|dan|and|name:?|stands for) ?[\x22\x27(]?(?:you )?(?:can |will |could |are going to )?do anything now|dan (?:mode|interface|prompt|\d)|jailbreak(?:ed|ing)? (?:mode|yourself|prompt|the (?:ai|bot|assistant|model|system))|stay in character as|you have been jailbroken|bypass (?:the |your |all |any )*(?:safety|content|security|ethical|moderation|standard|usual|response)\W+(?:\w+\W+)?(?:filters?|checks?|measures?|guidelines?|protocols?|controls?|restrictions?))\b",
    ),
    (
        UnrestrictedRole,
        850,
        concat!(
            r"\b(?:du bist (?:jetzt|nun|ab sofort)|tu dich so|tu so als|verhalte dich|agiere|handle)\b[^\n]{0,60}?\b(?:ohne (?:jegliche |alle )?(?:einschrankung\w*|beschrankung\w*|regeln|filter|grenzen|zensur)|uneingeschrankt\w*|unzensiert\w*|auszerhalb deiner|ausserhalb deiner)\b",
            r"|\b(?:tu es (?:maintenant|desormais)|fais semblant d\w+|agis|comporte-toi)\b[^\n]{0,60}?\b(?:sans (?:aucune? )?(?:restrictions?|limites?|filtres?|censure|regles)|non censuree?)\b",
            r"|\b(?:eres ahora|ahora eres|actua|comportate|finge ser)\b[^\n]{0,60}?\b(?:sin (?:ninguna? )?(?:restriccion\w*|limit\w+|filtros?|censura|reglas))\b",
            r"|\b(?:sei (?:ora|adesso)|ora sei|agisci|comportati|fingi di essere)\b[^\n]{0,60}?\b(?:senza (?:alcuna? )?(?:restrizion\w+|limit\w+|filtri|censura|regole))\b",
            r"|\b(?:agora (?:voce e|es)|voce e agora|aja como|age como|atue como|finja ser)\b[^\n]{0,60}?\b(?:sem (?:nenhuma? |quaisquer )?(?:restricoes|limit\w+|filtros?|censura|regras))\b",
            r"|\b(?:je bent (?:nu|vanaf nu)|doe alsof|gedraag je)\b[^\n]{0,60}?\b(?:zonder (?:enige )?(?:beperkingen|filters?|regels|censuur))\b",
            r"|\b(?:jestes teraz|od teraz jestes|udawaj|zachowuj sie)\b[^\n]{0,60}?\b(?:bez (?:zadnych )?(?:ograniczen|filtrow|zasad|cenzury))\b",
        ),
    ),
    (
        SystemPrompt,
        850,
        concat!(
            r"\b(?:show|reveal|print|repeat|display|output|tell|give|leak|dump|share|expose|what(?:'s| is| are| was| were)|disclose|write|recite|summari[sz]e|translate|echo|copy|list|describe|extract|return|provide|read|explain)\b[^\n]{0,50}?\b",
            r"(?:(?:system|initial|initiali[sz]ation|hidden|secret|original|developer|internal|base|pre|meta|underlying|starting|confidential)[ -]*(?:prompt|instructions?|message|directives?|guidelines|configuration|commands?)\b|your (?:full |entire |exact |own |current |complete )?(?:prompt|system (?:rules|settings|message)|programming|pre-?prompt)(?:\W*$|\W*\n|[.,;:!?']|\W+(?:above|verbatim|and|to|in|or|you|for|word|now|please|text|as|before|that|with)\b))",
        ),
    ),
    (
        SystemPrompt,
        750,
        r"\b(?:repeat|print|output|copy|recite|show|reveal|echo|translate)\W+(?:\w+\W+){0,4}?(?:words|text|everything|instructions|message|content|lines|all)\W+(?:\w+\W+){0,2}?(?:above|before this|verbatim|word for word|starting with|from the beginning)\b",
    ),
    (
        SystemPrompt,
        850,
        concat!(
            r"\b(?:zeig\w*|gib|nenn\w*|verrat\w*|offenleg\w*|offenbar\w*|wiederhol\w*|was (?:ist|war|sind|waren)|wie lautet|druck\w*)\W+(?:\w+\W+){0,6}?(?:systemprompt|system-prompt|systemanweisung\w*|systemnachricht|grundlegende prompt|(?:ursprunglich|intern|geheim|verborgen|versteckt|initial)\w* (?:anweisung\w*|instruktion\w*|prompt\w*|befehl\w*)|deine?r? (?:prompt|anweisungen|instruktionen))\b",
            r"|\b(?:montre|affiche|revele|donne|repete|divulgue|quel(?:le)?s? (?:est|sont|etait|etaient))\w*\W+(?:\w+\W+){0,6}?(?:prompt systeme|invite systeme|message systeme|(?:instructions?|consignes?|directives?|prompt) (?:initiale?s?|systeme|secretes?|cachee?s?|internes?|originale?s?|d'origine)|ton prompt|votre prompt)\b",
            r"|\b(?:muestra\w*|revela\w*|di(?:me)?|dame|repite|imprime|cual(?:es)? (?:es|son|fue|era))\W+(?:\w+\W+){0,6}?(?:prompt (?:del sistema|inicial|original)|mensaje del sistema|(?:instrucciones|instruccion|directrices) (?:iniciale?s?|inicial|del sistema|secretas?|ocultas?|internas?|originale?s?|original)|tu prompt)\b",
            r"|\b(?:mostra\w*|rivela\w*|dimmi|ripeti|stampa|qual(?:e|i)? (?:e|sono|era|erano))\W+(?:\w+\W+){0,6}?(?:prompt (?:di sistema|iniziale|originale)|messaggio di sistema|(?:istruzion[ei]|direttive) (?:inizial[ei]|di sistema|segret[ae]|nascost[ae]|intern[ae]|original[ei])|tuo prompt)\b",
            r"|\b(?:mostr[ea]\w*|revel[ea]\w*|exib[ae]\w*|diga|repita|imprima|qual (?:e|era|foi)|quais (?:sao|eram))\W+(?:\w+\W+){0,6}?(?:prompt (?:do sistema|inicial|original)|mensagem do sistema|(?:instrucoes|instrucao|diretrizes) (?:iniciais|inicial|do sistema|secretas?|ocultas?|internas?|originais|original|de treinamento)|seu prompt|teu prompt)\b",
            r"|\b(?:toon|laat|geef|herhaal|onthul|wat (?:is|zijn|was|waren))\W+(?:\w+\W+){0,6}?(?:systeemprompt|systeembericht|systeeminstructies|(?:oorspronkelijke|verborgen|geheime|interne) (?:instructies|prompt)|je prompt|jouw prompt)\b",
            r"|\b(?:pokaz|ujawnij|podaj|powtorz|wypisz|jaki(?:e)? (?:jest|sa|byl\w*))\W+(?:\w+\W+){0,6}?(?:prompt\w* system\w*|systemow\w+ (?:prompt\w*|instrukcj\w+|wiadomosc\w*)|(?:ukryt\w+|tajn\w+|wewnetrzn\w+|pierwotn\w+|poczatkow\w+) (?:instrukcj\w+|polecen\w+|prompt\w*)|instrukcj\w+ systemow\w+|swoj prompt|twoj prompt)\b",
        ),
    ),
    (
        ChatTemplate,
        900,
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|start_header_id|end_header_id|eot_id|end)\|?>|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>|\[/?(?:system|assistant)[ _]?(?:message|prompt|override)?\]|</?(?:system|assistant)(?:[ _-]?(?:prompt|message|instructions?|override))?>|(?:^|\n) ?###? ?(?:system|instructions?|new instructions?|assistant|human|response)\b ?:?",
    ),
    (
        ChatTemplate,
        750,
        r"(?:^|\n|[.!?'\x22}\])>] ?) ?(?:system|assistant|developer)(?: (?:message|prompt|override|update|note|notice|command|instruction))? ?[:>] ?(?:you|ignore|override|disregard|forget|new|the|from now|all|always|never|grant|enable|set|access|user (?:is|has)|security|safety|full|sure|of course|ok\b)",
    ),
    (
        ToolCall,
        800,
        r#"</?(?:tool_call|tool_calls|function_call|function_calls|invoke|tool_use|tool_response|tool_result|antml:invoke|execute|cmd|command)\b[^>\n]{0,80}>|"(?:tool_calls?|function_call|tool_name|tool_use)" ?:|\{ ?"(?:name|tool|function|action)" ?: ?"[a-z_.:-]{2,60}" ?, ?"(?:arguments|args|parameters|params|input)" ?:|\bassistant to=|```tool_code|\b(?:call|invoke|use|run|execute|trigger) (?:the )?(?:tool|function|api|plugin)\b[^\n]{0,20}?\b[a-z]+_[a-z_]+\b"#,
    ),
    (
        NewInstructions,
        550,
        r"\b(?:your (?:new|real|actual|true|only) (?:role|task|instructions?|purpose|objective|goal|directive|job|mission|rules?|system prompt)\b|(?:new|updated|real|actual) (?:system )?(?:prompt|rules?|directives?|persona|instructions? for (?:you|the (?:ai|bot|assistant|model)))\b ?:|from (?:now|this (?:point|moment)) on(?:wards?)?,? (?:you|your|only|always|ignore|act|respond|answer|reply)\b|for the rest of (?:this|the|our) (?:conversation|chat|session),? (?:you|act|respond|pretend|ignore)|(?:listen|respond|answer|obey|submit|adhere) (?:only|solely|exclusively) to (?:me|my|mine)|(?:follow|obey|serve|prioriti[sz]e) (?:only |solely |exclusively )?my (?:commands?|instructions?|orders|directives?|wishes) (?:only|above|over|instead|without)|only (?:my|follow my|obey my) (?:commands?|instructions?|orders|directives?))",
    ),
    (
        RefusalSuppression,
        550,
        r"\b(?:(?:do not|don't|never|must not|cannot|can't) (?:ever )?(?:refuse|say (?:that )?you (?:can't|cannot|can not|are unable)|break character|mention (?:that )?you(?:'re| are) (?:an? )?(?:ai|assistant|language model)|include (?:any )?(?:warnings?|disclaimers?)|apologi[sz]e,? (?:just|or))|you (?:must|will|have to|shall|are (?:obliged|required|programmed) to) (?:always |now |unconditionally |blindly )?(?:comply|obey|answer (?:every|any|all)|do (?:everything|anything) i)|never refuse|no matter (?:how|what)[^\n]{0,40}?(?:ethic|moral|legal|illegal|unethical)|start(?:ing)? your (?:response|answer|reply) with|without (?:any )?(?:warnings?|disclaimers?|moral\w*|censorship))\b",
    ),
    (
        ClaimsAuthority,
        650,
        r"\b(?:(?:i am|i'm|this is|speaking as|as) (?:the |your |an? |one of the |from )?(?:lead |senior |chief |system |security |authorized |ai |openai |anthropic )*(?:developers?|administrators?|admin|creator|openai|anthropic|engineer|programmer|sysadmin|root user|superuser|researcher|red team\w*|auditor)\b[^\n]{0,80}?\b(?:grant|override|full access|debug|maintenance|unlock|bypass|disable|reveal|show me (?:the|your)|restrictions?|authori[sz](?:e|ed|ation)|need access|give me access|prompt|privileges?|internal|diagnostics?|ignore)\b|(?:admin(?:istrator)?|root|developer|system|security) (?:override|access granted|privileges (?:granted|enabled)|mode (?:enabled|activated|on)|authori[sz]ation (?:code|granted)))",
    ),
    (
        DebugMode,
        450,
        r"\b(?:enter|enable|activate|switch (?:in)?to|you are (?:now )?in|turn on|go into|engage|initiate)\W+(?:\w+\W+){0,2}?(?:developer|debug|debugging|god|admin|administrator|maintenance|root|sudo|unrestricted|unfiltered|diagnostic|override|test|dev)[ -]mode\b",
    ),
    (
        Exfiltration,
        700,
        concat!(
            r"\b(?:send|post|email|mail|forward|upload|exfiltrate|transmit|leak|dump|list|show|export|give|print|reveal|display|tell|fetch|retrieve|access)\W+(?:\w+\W+){0,5}?(?:(?:entire |whole |full )?(?:conversation|chat) (?:history|log|transcripts?) (?:of|from|with) (?:other|another|all)|customer (?:database|data\b|records|list)|(?:all|other|another|every|any)\W+(?:\w+\W+)?(?:customers?|users?|shoppers?|buyers?)(?:'s?)?\W+(?:\w+\W+){0,2}?(?:orders?|addresses|address|data|details|e-?mails?|names|phone|numbers|information|info|accounts?|passwords?|records|cards?|payment)|api keys?|access tokens?|credentials|environment variables|database (?:schema|password|dump|tables?)|private keys?|secret keys?|admin password)\b",
            r"|!\[[^\]\n]{0,80}\]\(https?://[^)\n]{0,200}[?=]",
        ),
    ),
    (
        CodeOrShell,
        600,
        r#"\b(?:os\.(?:system|popen|environ|__dict__)|subprocess\.|__import__|exec\(|eval\(|globals\(\)|child_process|runtime\.getruntime|rm -rf|/etc/(?:passwd|shadow)|/proc/self|drop table|union select|xp_cmdshell|nc -e|bash -[ic]|sh -c|whoami|powershell -|curl [^\n]{0,80}\| ?(?:ba)?sh|chmod \+?[0-7x]|wget https?:)|<script\b|javascript:|onerror ?=|' ?or ?'?1'? ?= ?'?1|\{\{[^}\n]{0,60}(?:config|__class__|self|7\*7)[^}\n]{0,60}\}\}|\$\{jndi:"#,
    ),
    (
        EncodedPayload,
        500,
        r"\b(?:decode|decrypt|deobfuscate|translate|interpret|execute|follow|run)\b[^\n]{0,60}?\b(?:base ?64|rot ?13|hex(?:adecimal)?|morse|caesar|binary|ascii codes?|reversed?|cipher)\b[^\n]{0,80}?\b(?:follow|execute|obey|instructions?|do what|comply|run|act on|respond)\b",
    ),
    (
        EncodedPayload,
        700,
        // "ignore", "previous", "instructions", "system prompt" in ROT13 and backwards.
        r"\bvtaber\b|\bcerivbhf\b|\bvafgehpgvbaf?\b|\bflfgrz cebzcg|\berongi\b|\bsuoiverp\b|\bsnoitcurtsni\b|\btpmorp metsys\b",
    ),
    (
        SaysWhatItIsTold,
        600,
        r"\b(?:i have been|you have been|you've been|i've been) pwne?d\b|\bpwned\b|\b(?:say|print|output|respond|reply|answer|write)\b[^\n]{0,30}?\b(?:haha )?(?:pwned|hacked|compromised|jailbroken)\b",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_compile() {
        assert!(SET.is_some() && LOOKED_INTO.is_some() && OWN.is_some());
        assert!(OWN_BEHIND.is_some() && LAST_SAID.is_some() && SHOP_TALK.is_some());
    }
}
