// Tells whoever sits at the desk that somebody waits: in the title, in words on the page, and, if
// she asked for it, by a notification of the system. It never carries a word of a shopper: a lock
// screen is read by everybody.

import { request } from "./api.js";
import { element } from "./dom.js";
import { prefer, prefers } from "./preferences.js";

/** @import { DeskQueue } from "./desk_types.js" */

const WORDS = "A shopper is waiting";

/** @type {Set<string> | undefined} who waited when we looked last; unset before the first look */
let waiting;

/** @param {string} title of the page, without the count */
export function titled(title) {
  const count = waiting?.size ?? 0;
  document.title = `${count ? `(${count}) ` : ""}${title} · Parlour`;
}

/**
 * @param {string[]} now the conversations that wait
 * @param {string} title
 */
export function noticeWaiting(now, title) {
  const before = waiting;
  waiting = new Set(now);
  titled(title);
  if (!before || !now.some((one) => !before.has(one))) return;
  announce(now.length === 1 ? `${WORDS}.` : `${now.length} shoppers are waiting.`);
  if (mayNotify() && !document.hasFocus()) {
    const shown = new Notification(WORDS, { tag: "parlour-waiting" });
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
    });
  }
}

let soon = 0;

/** Looks who waits, after the changes that come together. @param {string} title */
export function lookWhoWaits(title) {
  clearTimeout(soon);
  soon = window.setTimeout(async () => {
    try {
      /** @type {DeskQueue} */
      const { conversations } = await request("GET", "/v1/staff/queue?state=waiting");
      noticeWaiting(conversations.map((one) => one.conversation), title);
    } catch {
      // The page's own requests say what is wrong.
    }
  }, 400);
}

/** @param {string} words */
export function announce(words) {
  const place = document.getElementById("announcement");
  if (place) place.textContent = words;
}

function mayNotify() {
  return "Notification" in window && Notification.permission === "granted" && prefers("notifications", false);
}

/** The button that asks for notifications, or stops them. @param {HTMLElement} place */
export function drawNotifyButton(place) {
  if (!("Notification" in window)) return place.replaceChildren();
  const on = mayNotify();
  const button = element(
    "button",
    { type: "button", class: "plain", "aria-pressed": String(on), id: "notify" },
    on ? "Desktop notifications are on" : "Turn on desktop notifications",
  );
  const said = element("span", { class: "hint", role: "status" });
  button.addEventListener("click", async () => {
    const permission = on ? "granted" : await Notification.requestPermission();
    if (permission !== "granted") {
      said.textContent = "Your browser does not allow notifications for this page.";
      return;
    }
    prefer("notifications", !on);
    drawNotifyButton(place);
    document.getElementById("notify")?.focus();
  });
  place.replaceChildren(button, said);
}
