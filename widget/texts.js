// Every word the widget says by itself. A language is one more table with the same keys; what it
// lacks is said in English.

const en = {
  "author.ai": "AI assistant",
  "author.human": "{name}",
  "author.human.badge": "Human",
  "author.human.nameless": "Staff",
  "author.shopper": "You",
  "author.system": "Notice",
  "state.assistant": "AI assistant",
  "state.waiting": "Waiting for a person",
  "state.human": "Talking with {name}",
  "state.human.nameless": "Talking with a person",
  "log.label": "Conversation",
  "log.earlier": "Show earlier messages",
  "log.newer": "New messages",
  "welcome.title": "How can we help?",
  "welcome.text": "Ask about delivery, returns or anything else on your mind.",
  "welcome.suggestions": "Suggested questions",
  "suggestion.returns": "How do returns work?",
  "suggestion.delivery": "How long does delivery take?",
  "suggestion.payment": "How can I pay?",
  "notice.more": "Read the full privacy notice",
  "notice.loading": "Loading the notice…",
  "notice.failed": "The notice could not be loaded. Close and open it to try again.",
  "notice.controller": "Who is responsible",
  "notice.purposes": "What it is used for",
  "notice.retention": "How long it is kept",
  "notice.rights": "Your rights",
  "composer.label": "Your message",
  "composer.placeholder": "Write a message…",
  "composer.send": "Send",
  "composer.hint": "Enter sends, Shift and Enter begins a new line",
  "composer.left": "{count} characters left",
  "composer.over": "{count} characters too many",
  "card.removed": "We removed a card number before your message was sent. Please never write card details in a chat.",
  "message.queued": "Waiting to be sent",
  "message.sending": "Sending…",
  "message.failed": "Not sent.",
  "message.retry": "Try again",
  "typing": "The assistant is answering…",
  "person.ask": "Talk to a person",
  "person.asking": "Asking for a person…",
  "person.text": "I would like to talk to a person.",
  "person.waiting": "A person has been asked for and will answer here. You can keep writing.",
  "person.failed": "A person could not be asked for: {reason}",
  "line.connecting": "Connecting…",
  "line.offline": "You are offline. What you write is sent once you are back.",
  "line.error": "The chat cannot be reached just now. Trying again…",
  "ended.title": "This chat has ended",
  "ended.text": "For your safety, chats end after a while. Your messages are no longer shown on this device.",
  "ended.forgotten": "This device has been forgotten. Nothing of the chat is left on it.",
  "ended.again": "Start a new chat",
  "menu.label": "Options",
  "menu.prove": "Continue by e-mail",
  "menu.privacy": "AI and privacy",
  "menu.forget": "Forget this device",
  "menu.known": "Signed in as {email}",
  "close": "Close chat",
  "dialog.close": "Close",
  "prove.title": "Continue by e-mail",
  "prove.text": "Find this chat again on another device. We send a code to your address; it works for ten minutes.",
  "prove.email": "E-mail address",
  "prove.send": "Send code",
  "prove.sent": "If the address can receive mail, a code is on its way to {email}.",
  "prove.code": "Code from the mail",
  "prove.confirm": "Confirm",
  "prove.again": "Use another address",
  "prove.done": "Done. This chat now belongs to {email}; enter the same address on another device to find it there.",
  "prove.email.missing": "Please enter your e-mail address, such as name@example.com.",
  "prove.code.missing": "Please enter the six digits from the mail.",
  "forget.title": "Forget this device?",
  "forget.text": "This device will no longer show the chat, and no one can continue it from here. The shop keeps its copy as the privacy notice says.",
  "forget.confirm": "Forget this device",
  "forget.cancel": "Keep the chat",
  "trouble": "Something went wrong: {reason}",
  "trouble.reach": "The chat cannot be reached just now. Please try again.",
  "block.source": "Source:",
  "block.source.policy": "shop policy",
  "block.source.faq": "frequent question",
  "block.choices": "Quick replies",
  "block.outside": "opens in a new window",
  "block.withheld": "link not shown",
  "block.handover.waiting": "A person has been asked for.",
  "block.handover.human": "A person has joined the chat.",
  "block.handover.assistant": "The AI assistant answers again.",
  "block.notice.ai_disclosure": "You are talking with an AI assistant.",
  "block.notice.card_removed": "A card number was removed from this message. Please never write card details in a chat.",
  "block.notice.person_joined": "A person has joined the chat.",
  "block.notice.person_left": "The person has left the chat.",
  "block.notice.address_proved": "Your e-mail address is confirmed.",
};

/** @typedef {keyof typeof en} Key */
/** @typedef {(key: Key, values?: Record<string, string | number>) => string} Say */

/** @type {Record<string, Partial<Record<Key, string>>>} */
const languages = { en };

/**
 * @param {string} locale a BCP 47 tag
 * @returns {Say}
 */
export function textsFor(locale) {
  const table = languages[locale] ?? languages[locale.split("-")[0] ?? ""] ?? en;
  return (key, values = {}) =>
    (table[key] ?? en[key]).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * @param {Say} say
 * @returns {import("./blocks.js").BlockLabels}
 */
export function blockLabels(say) {
  return {
    source: say("block.source"),
    sourceKinds: { policy: say("block.source.policy"), faq: say("block.source.faq") },
    handover: {
      waiting: say("block.handover.waiting"),
      human: say("block.handover.human"),
      assistant: say("block.handover.assistant"),
    },
    notices: {
      ai_disclosure: say("block.notice.ai_disclosure"),
      card_removed: say("block.notice.card_removed"),
      person_joined: say("block.notice.person_joined"),
      person_left: say("block.notice.person_left"),
      address_proved: say("block.notice.address_proved"),
    },
    opensOutside: say("block.outside"),
    linkWithheld: say("block.withheld"),
    choices: say("block.choices"),
  };
}

/**
 * Says the words of the page's own elements: `data-text` names an element's content, `data-label`
 * its accessible name, `data-hint` its placeholder.
 *
 * @param {Say} say
 * @param {ParentNode} [root]
 */
export function sayStatic(say, root = document) {
  const known = (/** @type {string | undefined} */ key) => (key && key in en ? say(/** @type {Key} */ (key)) : "");
  for (const one of root.querySelectorAll("[data-text]")) one.textContent = known(/** @type {HTMLElement} */ (one).dataset.text);
  for (const one of root.querySelectorAll("[data-label]")) one.setAttribute("aria-label", known(/** @type {HTMLElement} */ (one).dataset.label));
  for (const one of root.querySelectorAll("[data-hint]")) one.setAttribute("placeholder", known(/** @type {HTMLElement} */ (one).dataset.hint));
}
