// Every screen there is, in the order in which the index shows them. The walk takes exactly these: a
// screen that is listed and was not taken, or taken and not listed, is an error.

/** By group: the screen's name, and what it shows. @type {Record<string, Record<string, string>>} */
export const SCREENS = {
  "Widget: the launcher": {
    "launcher": "The launcher on the shop's page",
    "launcher-greeting": "A greeting beside it, where the shop has one",
    "launcher-unread": "An answer came while the chat was closed",
    "launcher-trial": "On trial a shopper sees nothing",
  },
  "Widget: the chat": {
    "chat-empty": "Before the first message: what it is, and quick choices",
    "chat-notice": "The whole privacy notice",
    "chat-loading": "The chat is on its way",
    "chat-typing": "A message is on its way, and the assistant is answering",
    "chat-answer": "An answer with its source",
    "chat-choices": "Choices where something is open",
    "chat-options": "The options",
    "chat-waiting": "A person was asked for",
    "chat-human": "A person answers",
    "chat-proof": "Continue by e-mail, with a complaint",
    "chat-proof-code": "The code from the mail",
    "chat-closed-hours": "Nobody is there: when they are back, and an answer by mail",
    "chat-closed-hours-proof": "Where the answer is to be mailed to",
    "chat-closed-hours-set": "A mail is promised",
    "chat-rating": "The end of a chat: how was it?",
    "chat-rated": "Rated",
    "chat-history": "Earlier chats",
    "chat-offline": "Offline: what was written waits",
    "chat-failed-and-card": "A message that was refused, and a card number that was removed",
    "chat-unreachable": "The shop's server does not answer",
    "chat-forget": "Forget this device?",
    "chat-forgotten": "Forgotten",
    "chat-right-to-left": "From right to left (the pseudo-locale)",
    "chat-german": "In German",
    "chat-theme": "Another shop's colours, corners, side and words",
    "chat-theme-talk": "A talk in those colours",
  },
  "Widget: served in the chat": {
    "served-goods": "Goods that were found",
    "served-product": "A product with its choices",
    "served-comparison": "Two products side by side",
    "served-cart": "The cart",
    "served-prove": "Who asks must prove who she is",
    "prove-passkey": "A passkey is offered after the code",
    "served-order": "Where an order stands",
    "served-proposal": "What would be ordered, with its price, and a button",
    "served-proposal-top": "The same card's upper part",
    "served-busy": "Ordering",
    "served-no-answer": "The answer was lost",
    "served-bought": "Ordered, and to be paid",
    "served-step-up": "A return, which needs a code",
    "served-code": "The code, with a complaint",
    "served-left": "Left for later",
    "served-reload": "After a reload",
  },
  "Widget: the shop beside the chat": {
    "shop-first": "Before anything was asked",
    "shop-results": "What was found",
    "shop-nothing": "Nothing was found",
    "shop-error": "The search failed",
    "product-busy": "A product is loading",
    "product-choose": "A choice is missing",
    "product-added": "In the cart",
    "cart-empty": "The cart is empty",
    "cart": "The cart with a discount",
    "cart-wrong-code": "A discount that is not valid",
    "cart-error": "The cart cannot be reached",
    "checkout": "Checkout",
    "checkout-wrong": "Checkout with complaints",
    "proposal": "What would be ordered",
    "proposal-busy": "Ordering",
    "outcome": "Ordered",
    "orders-unknown": "Orders of somebody unknown",
    "orders-guest": "Orders of a guest",
    "orders": "Orders of somebody known",
    "order-due": "An order with a payment due",
    "payment": "The payment page of the demo's gateway",
    "payment-return": "Back from it",
    "order-paid": "Paid: the progress of an order",
    "order-paid-end": "Its end: what can be done",
    "change-items": "Change items",
    "cancel": "Cancel",
    "cancel-proposal": "What cancelling does",
    "step-up": "A change that needs a code",
    "step-up-code": "The code, with a complaint",
    "done": "Done",
    "return": "Return items",
    "return-proposal": "What a return gives back",
  },
  "Console: the door": {
    "sign-in-without-link": "Sign-in without a link",
    "sign-in": "Sign-in with a link",
    "sign-in-spent": "Sign-in with a link that was used",
    "signed-out": "The session has ended",
    "error": "A page that does not exist",
    "no-permission": "A page that is an admin's",
    "desk-agent": "The console of an agent",
  },
  "Console: overview": {
    "overview": "Figures and charts",
    "overview-new-shop": "A new shop: what to do first",
    "overview-loading": "Loading",
    "overview-error": "The server cannot be reached",
    "overview-denied": "Not allowed",
  },
  "Console: inbox": {
    "inbox": "Who waits, first",
    "inbox-empty": "Nobody is with a person",
    "inbox-offline": "Offline",
    "inbox-loading": "Loading",
    "inbox-error": "The server cannot be reached",
    "inbox-denied": "Not allowed",
    "conversation-waiting": "A conversation that waits",
    "conversation-suggestion": "With you: a suggested answer",
    "conversation-saved": "A saved reply is chosen",
    "conversation-note": "An internal note",
    "conversation-with-you": "Answered",
    "conversation-closed": "Closed",
    "conversation-served": "What the assistant showed and did",
    "conversation-loading": "Loading",
    "conversation-error": "The server cannot be reached",
    "conversation-denied": "Not allowed",
    "conversation-none": "A conversation that does not exist",
    "shortcuts": "Keyboard shortcuts",
    "replies-empty": "No saved replies yet",
    "replies": "Saved replies and tags",
    "replies-loading": "Loading",
    "replies-error": "The server cannot be reached",
    "replies-denied": "Not allowed",
  },
  "Console: search and shoppers": {
    "search-empty": "Before anything was asked",
    "search": "What was found",
    "search-nothing": "Nothing was found",
    "search-loading": "Searching",
    "search-error": "The server cannot be reached",
    "search-denied": "Not allowed",
    "shoppers": "Find a shopper",
    "shoppers-nothing": "Nobody was found",
    "shoppers-error": "The server cannot be reached",
    "shopper": "A shopper: conversations, orders, who read",
    "shopper-loading": "Loading",
    "shopper-error": "The server cannot be reached",
    "shopper-denied": "Not allowed",
  },
  "Console: orders": {
    "desk-orders": "Orders to be worked on",
    "desk-back-orders": "Goods that come back",
    "desk-orders-empty": "None",
    "desk-orders-loading": "Loading",
    "desk-orders-error": "The server cannot be reached",
    "desk-orders-denied": "Not allowed",
    "desk-order-pending": "An order that waits",
    "desk-order-packing": "One in packing, with a complaint",
    "desk-order-shipped": "Shipped",
    "desk-order-return": "A return was asked for",
    "desk-order-exchange": "An exchange was asked for",
    "desk-order-cancelled": "Cancelled",
    "desk-order-loading": "Loading",
    "desk-order-error": "The server cannot be reached",
    "desk-order-denied": "Not allowed",
    "desk-order-none": "An order that does not exist",
  },
  "Console: knowledge": {
    "knowledge": "Documents",
    "knowledge-nothing": "Nothing fits the search",
    "knowledge-empty": "No document yet",
    "knowledge-loading": "Loading",
    "knowledge-error": "The server cannot be reached",
    "knowledge-denied": "Not allowed",
    "knowledge-new": "A new document, with a complaint",
    "knowledge-editor": "A document and what a shopper sees",
    "knowledge-delete": "Delete it?",
    "knowledge-conflict": "A colleague changed it meanwhile",
    "knowledge-questions": "Questions without an answer",
    "knowledge-questions-empty": "None",
    "knowledge-try": "A question tried",
  },
  "Console: the shop's front": {
    "designer": "The widget's designer, with its preview",
    "designer-wrong": "A colour that cannot be read",
    "designer-trial": "On trial",
    "designer-going-live": "Go live?",
    "designer-loading": "Loading",
    "designer-error": "The server cannot be reached",
    "designer-denied": "Not allowed",
    "settings": "Settings",
    "settings-hours": "Opening hours",
    "settings-loading": "Loading",
    "settings-error": "The server cannot be reached",
    "settings-denied": "Not allowed",
  },
  "Console: staff, ledger, design system": {
    "staff": "Staff, with a link just made",
    "staff-loading": "Loading",
    "staff-error": "The server cannot be reached",
    "staff-denied": "Not allowed",
    "ledger": "Ledger",
    "ledger-loading": "Loading",
    "ledger-error": "The server cannot be reached",
    "ledger-denied": "Not allowed",
    "design": "The design system",
    "mailbox": "The demo's mailbox",
  },
};

/** Two widths. */
export const SIZES = { phone: { width: 360, height: 780 }, desktop: { width: 1440, height: 900 } };

/** How much smaller a picture is kept than the screen was. @type {Record<string, number>} */
export const SCALES = { phone: 1, desktop: 0.7 };

/** @type {readonly ["light", "dark"]} */
export const SCHEMES = ["light", "dark"];

/** @param {string} name @param {string} size @param {string} scheme */
export const fileOf = (name, size, scheme) => `${name}-${size}-${scheme}`;

/**
 * The page that shows them all.
 *
 * @param {string} ending
 */
export function indexPage(ending) {
  const lines = [
    "# Every screen",
    "",
    "Made by `node screens.mjs ../../docs/screens` in `tests/browser`: the real binary with its sample shop, in Chromium, at the",
    "width of a phone (360 px) and of a desktop (1440 px, kept at 70 %), light and dark. This page and the pictures are generated;",
    "the list is `tests/browser/screen_list.mjs`. Times on the pictures are those of the run. `--format png` keeps them in full.",
    "",
    ...Object.keys(SCREENS).map((group) => `- [${group}](#${anchor(group)})`),
  ];
  for (const [group, screens] of Object.entries(SCREENS)) {
    lines.push("", `## ${group}`);
    for (const [name, words] of Object.entries(screens)) {
      lines.push("", `### ${words}`, "", `\`${name}\``, "");
      const pictures = Object.keys(SIZES).flatMap((size) =>
        SCHEMES.map((scheme) => `<img src="${fileOf(name, size, scheme)}.${ending}" width="${size === "phone" ? 150 : 330}" alt="${words}, ${size}, ${scheme}">`),
      );
      lines.push(...pictures);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** @param {string} heading */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
