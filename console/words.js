// The console's own words, and how it writes spans of time.

/** @import { Movement, OrderStatus, Servicing, State } from "./types.js" */

/** @type {Record<State, string>} */
export const STATES = { waiting: "Waiting", human: "With a person", assistant: "Assistant" };

/** @type {Record<OrderStatus, string>} */
export const ORDER_STATES = {
  pending: "Pending",
  processed: "Packing",
  shipped: "Shipped",
  delivered: "Delivered",
  cancelled: "Cancelled",
};

/** @type {Record<Servicing, string>} */
export const SERVICING = {
  items_changed: "Items changed",
  return_requested: "Return",
  exchange_requested: "Exchange",
};

/** @type {Record<Movement["kind"], Record<Movement["state"], string>>} */
export const MOVEMENTS = {
  payment: { done: "Received", under_way: "Under way", failed: "Declined", dropped: "Given up" },
  refund: { done: "Refunded", under_way: "On its way", failed: "Failed", dropped: "Given up" },
};

/** @type {Record<string, string>} */
export const CANCEL_REASONS = {
  no_longer_needed: "No longer needed",
  ordered_by_mistake: "Ordered by mistake",
  not_paid: "Not paid in time",
};

/** @type {Record<import("./desk_types.js").Sensitive, string>} what a message tells of, by category of Art. 9 GDPR */
export const SENSITIVE = {
  health: "somebody’s health",
  religion: "somebody’s religion",
  ethnic_origin: "somebody’s ethnic origin",
  politics: "somebody’s political views",
  trade_union: "somebody’s trade union",
  sex_life: "somebody’s sex life or orientation",
  genetic: "somebody’s genes",
  biometric: "somebody’s body data",
};

/** @type {Record<string, string>} */
export const KINDS = { policy: "Policy", faq: "Question", page: "Page" };

/** @type {import("./blocks.js").BlockLabels} */
export const BLOCKS = {
  source: "Source:",
  sourceKinds: { policy: "shop policy", faq: "frequent question", page: "page of the shop", product: "product description" },
  handover: {
    waiting: "A person was asked for.",
    human: "A person took over.",
    assistant: "Handed back to the assistant.",
  },
  notices: {
    ai_disclosure: "The shopper was told that she talks with an AI assistant.",
    card_parts_removed: "A card was told over several messages. Its parts were deleted.",
    card_removed: "Card details were removed from this message.",
    password_removed: "A password was removed from this message.",
    code_removed: "A code was removed from this message.",
    key_removed: "A secret key was removed from this message.",
    not_acted_on: "The assistant did nothing about the message before, and said so.",
    person_joined: "A person joined the chat.",
    person_left: "The person left the chat.",
    address_proved: "The shopper confirmed her e-mail address.",
  },
  opensOutside: "opens in a new window",
  linkWithheld: "link not shown",
  choices: "Quick replies",
};

/** @param {string} shopper `guest`, or her masked address */
export function nameOf(shopper) {
  return shopper === "guest" ? "Guest" : shopper;
}

/** @param {string} locale the language's name, or the tag when it is unknown */
export function languageOf(locale) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/**
 * How long ago, in words short enough for a list.
 *
 * @param {string} at RFC 3339
 * @param {Date} [now]
 */
export function since(at, now = new Date()) {
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(at).getTime()) / 60_000));
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day" : `${days} days`;
}
