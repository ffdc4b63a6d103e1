// Conversations as lists show them, and moving through a list with the keyboard.

import { element, moment } from "./dom.js";
import { STATES, languageOf, nameOf, since } from "./words.js";

/** @import { DeskItem } from "./desk_types.js" */

// From then on a wait is shown as a long one.
const LONG_WAIT = 5 * 60_000;

/** Since when the shopper waits: for a person, or for that person's answer. @param {DeskItem} item */
export function waitsSince(item) {
  return item.waiting_since ?? item.unanswered_since;
}

/** @param {DeskItem} item */
export function stateOf(item) {
  if (item.closed_at) return "Closed";
  if (item.state === "human" && item.assigned) return item.assigned.you ? "With you" : `With ${item.assigned.name}`;
  return STATES[item.state];
}

/**
 * @param {DeskItem} item
 * @param {Node} [more] a line below
 */
export function drawRow(item, more) {
  const waits = waitsSince(item);
  const long = waits !== undefined && Date.now() - new Date(waits).getTime() > LONG_WAIT;
  const unread = item.unread > 0 && item.state !== "assistant";
  // A colleague's is shown as hers, and opens to nobody else.
  const closed = item.opens === false;
  const row = element(
    closed ? "div" : "a",
    {
      class: `row${closed ? " shut" : ""} ${item.closed_at ? "closed" : item.state}${long ? " long" : ""}${unread ? " unread" : ""}`,
      href: closed ? undefined : `/console/conversations/${encodeURIComponent(item.conversation)}`,
    },
    element(
      "span",
      { class: "row-who" },
      element("bdi", {}, nameOf(item.shopper)),
      unread ? element("span", { class: "new" }, item.unread === 1 ? "1 new" : `${item.unread} new`) : undefined,
    ),
    element("span", { class: `pill ${item.closed_at ? "closed" : item.state}` }, stateOf(item)),
    element(
      "span",
      { class: "row-what" },
      ...(waits
        ? [element("span", { class: "wait" }, item.waiting_since ? "waiting for " : "awaits an answer for ", live(waits)), " · "]
        : []),
      describe(item),
      ...item.tags.map((tag) => element("span", { class: "tag" }, tag)),
    ),
    element("span", { class: "row-when" }, moment(item.updated_at, navigator.language)),
    more,
  );
  row.dataset["conversation"] = item.conversation;
  return row;
}

/** @param {DeskItem} item */
function describe(item) {
  const messages = item.last_position === 1 ? "1 message" : `${item.last_position} messages`;
  return [messages, languageOf(item.locale)].join(" · ");
}

/** @param {string} from RFC 3339 */
const counted = (from) => (Date.now() - new Date(from).getTime() < 60_000 ? "< 1 min" : since(from));

/** A span of time that goes on counting on the page. @param {string} from RFC 3339 */
export function live(from) {
  const shown = element("span", { class: "live" }, counted(from));
  shown.dataset["since"] = from;
  return shown;
}

/** Keeps the spans of `live` true. */
export function startClocks() {
  setInterval(() => {
    for (const shown of document.querySelectorAll(".live")) {
      const words = counted(/** @type {HTMLElement} */ (shown).dataset["since"] ?? "");
      if (shown.textContent !== words) shown.textContent = words;
    }
  }, 5_000);
}

/**
 * Arrow keys, Home and End move through the rows of a list.
 *
 * @param {HTMLElement} place
 */
export function walkable(place) {
  place.addEventListener("keydown", (event) => {
    const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });
    const step = steps[event.key];
    if (step !== undefined) {
      if (stepThrough(place, step)) event.preventDefault();
    } else if (event.key === "Home" || event.key === "End") {
      const rows = [...place.querySelectorAll("a.row")];
      const row = rows.at(event.key === "Home" ? 0 : -1);
      if (!(row instanceof HTMLElement)) return;
      event.preventDefault();
      row.focus();
    }
  });
}

/**
 * Moves the focus to the next row, or the one before; to the first when none has it.
 *
 * @param {HTMLElement} place
 * @param {number} by
 */
export function stepThrough(place, by) {
  const rows = [...place.querySelectorAll("a.row")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const row = at < 0 ? rows[0] : rows[at + by];
  if (!(row instanceof HTMLElement)) return false;
  row.focus();
  return true;
}
