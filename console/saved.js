// Saved replies in the writing field: chosen from a menu, or by typing `/name`. A reply is put in
// where the cursor stands and is sent like any other words; what is to be filled in stays marked
// until somebody fills it in.

import { request } from "./api.js";
import { byId, element } from "./dom.js";
import { announce } from "./notify.js";

/** @import { DeskWords, SavedReply } from "./desk_types.js" */

export const GIVEN_NAME = "{given_name}";

/** @type {SavedReply[]} */
let replies = [];
let active = 0;
/** How much before the cursor a choice replaces: the `/name` that was typed. */
let replaced = 0;

/** @returns {Promise<DeskWords>} */
export async function loadDeskWords() {
  /** @type {DeskWords} */
  const words = await request("GET", "/v1/staff/desk");
  replies = words.saved_replies;
  return words;
}

const writing = () => /** @type {HTMLTextAreaElement} */ (byId("writing"));
const list = () => byId("saved-list");
const isOpen = () => !list().hidden;

/** @param {() => boolean} mayReply whether the field holds a reply just now, and no note */
export function startSavedReplies(mayReply) {
  const field = writing();
  const button = byId("saved-open");
  button.addEventListener("click", () => {
    if (isOpen()) return close();
    replaced = 0;
    open(replies);
    field.focus();
  });
  field.addEventListener("input", () => {
    const typed = mayReply() ? /(?:^|\s)\/([a-z0-9-]*)$/.exec(field.value.slice(0, field.selectionStart)) : null;
    if (!typed) return close();
    const begun = typed[1] ?? "";
    replaced = begun.length + 1;
    const found = replies.filter((one) => one.name.startsWith(begun));
    if (found.length) open(found);
    else close();
  });
  field.addEventListener(
    "keydown",
    (event) => {
      if (!isOpen()) return;
      const choices = [...list().children];
      if (event.key === "Escape") close();
      else if (event.key === "ArrowDown") mark((active + 1) % choices.length);
      else if (event.key === "ArrowUp") mark((active + choices.length - 1) % choices.length);
      else if (event.key === "Enter" || event.key === "Tab") choose(active);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  field.addEventListener("blur", () => window.setTimeout(close, 150));
}

/** @param {SavedReply[]} found */
function open(found) {
  const place = list();
  if (!found.length) {
    place.replaceChildren(element("li", { class: "hint", role: "presentation" }, "No saved replies yet."));
    place.hidden = false;
    return;
  }
  place.replaceChildren(
    ...found.map((one, at) => {
      const choice = element(
        "li",
        { role: "option", id: `saved-${at}`, "aria-selected": "false" },
        element("strong", {}, `/${one.name}`),
        element("span", { dir: "auto" }, one.text),
      );
      choice.dataset["name"] = one.name;
      // Before the field loses the focus.
      choice.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(at);
      });
      return choice;
    }),
  );
  place.hidden = false;
  announce(`${found.length === 1 ? "1 saved reply" : `${found.length} saved replies`}: arrow keys choose, Enter inserts.`);
  mark(0);
}

function close() {
  list().hidden = true;
  writing().removeAttribute("aria-activedescendant");
}

/** @param {number} at */
function mark(at) {
  active = at;
  [...list().children].forEach((choice, index) => {
    choice.setAttribute("aria-selected", String(index === at));
    if (index === at) choice.scrollIntoView({ block: "nearest" });
  });
  if (list().querySelector("[role=option]")) writing().setAttribute("aria-activedescendant", `saved-${at}`);
}

/** @param {number} at */
function choose(at) {
  const name = /** @type {HTMLElement | undefined} */ (list().children[at])?.dataset["name"];
  const reply = replies.find((one) => one.name === name);
  close();
  if (reply) insert(reply.text, replaced);
}

/**
 * Puts a text in at the cursor, in place of so many letters before it, and marks what is to be
 * filled in.
 *
 * @param {string} text
 * @param {number} [instead]
 */
export function insert(text, instead = 0) {
  const field = writing();
  const at = field.selectionStart - instead;
  field.setRangeText(text, Math.max(0, at), field.selectionEnd, "end");
  const open = field.value.indexOf(GIVEN_NAME);
  if (open >= 0) field.setSelectionRange(open, open + GIVEN_NAME.length);
  field.focus();
}
