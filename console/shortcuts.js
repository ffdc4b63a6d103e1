// Keyboard shortcuts of the console, and the dialog that lists them and switches them off
// (WCAG 2.1.4). They are off while somebody types, and with any modifier.

import { element } from "./dom.js";
import { prefer, prefers } from "./preferences.js";

/**
 * @typedef {object} Shortcut
 * @property {string} keys one key, or several with a space between
 * @property {string} what what it does, for the dialog
 * @property {() => void} act
 */

// The second key of a pair must come soon.
const PAIR = 1200;

/** @type {Shortcut[]} */
const known = [];
let first = "";
let firstAt = 0;
/** @type {HTMLDialogElement | undefined} */
let dialog;

export function shortcutsAreOn() {
  return prefers("shortcuts", true);
}

/** @param {Shortcut[]} more */
export function addShortcuts(more) {
  known.push(...more);
}

/** Starts listening; every page of the console has these. */
export function startShortcuts() {
  addShortcuts([
    { keys: "g o", what: "Go to the overview", act: () => location.assign("/console") },
    { keys: "g i", what: "Go to the inbox", act: () => location.assign("/console/inbox") },
    { keys: "g s", what: "Go to the search", act: () => location.assign("/console/search") },
    { keys: "/", what: "Search", act: toSearch },
    { keys: "?", what: "Show these shortcuts", act: showHelp },
  ]);
  document.getElementById("shortcuts")?.addEventListener("click", showHelp);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || dialog?.open || document.querySelector("dialog[open]")) return;
    if (!shortcutsAreOn()) return;
    const pair = first && event.timeStamp - firstAt < PAIR ? `${first} ${event.key}` : "";
    first = "";
    const found = known.find((one) => one.keys === pair) ?? known.find((one) => one.keys === event.key);
    if (found) {
      event.preventDefault();
      found.act();
    } else if (known.some((one) => one.keys.startsWith(`${event.key} `))) {
      first = event.key;
      firstAt = event.timeStamp;
    }
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function toSearch() {
  const field = document.getElementById("search-words");
  if (field) field.focus();
  else location.assign("/console/search");
}

function showHelp() {
  dialog?.remove();
  const close = element("button", { type: "button", class: "secondary" }, "Close");
  const box = element("input", { type: "checkbox", id: "shortcuts-on", checked: shortcutsAreOn() });
  const rows = known.map((one) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, ...one.keys.split(" ").flatMap((key) => [element("kbd", {}, key), " "])),
      element("td", {}, one.what),
    ),
  );
  dialog = element(
    "dialog",
    { class: "dialog", "aria-labelledby": "shortcuts-title" },
    element("h2", { id: "shortcuts-title" }, "Keyboard shortcuts"),
    element("label", { class: "option", for: "shortcuts-on" }, box, element("span", {}, "Use single-key shortcuts in this browser")),
    element(
      "table",
      { class: "keys" },
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Keys"), element("th", { scope: "col" }, "What they do"))),
      element("tbody", {}, ...rows),
    ),
    element("p", { class: "hint" }, "They rest while you type. Arrow keys and Enter in lists always work."),
    element("p", { class: "dialog-foot" }, close),
  );
  box.addEventListener("change", () => prefer("shortcuts", box.checked));
  close.addEventListener("click", () => dialog?.close());
  document.body.append(dialog);
  dialog.showModal();
}
