// What is done with a conversation beside answering it: giving it to somebody, closing it, tags, and
// the passage that may answer.

import { request } from "./api.js";
import { byId, element } from "./dom.js";
import { insert, loadDeskWords } from "./saved.js";
import { explain } from "./trouble.js";
import { BLOCKS } from "./words.js";

/** @import { Assignee, DeskItem, Suggestion } from "./desk_types.js" */

// Below this share, in thousandths, a passage is a guess.
const SURE = 450;

/**
 * @typedef {object} Desk
 * @property {string} path of the conversation
 * @property {(name: string, work: () => Promise<void>) => Promise<void>} act
 * @property {(head: DeskItem) => void} adopt
 */

/** @type {Desk} */
let desk;
/** @type {string[]} */
let tags = [];
/** @type {Assignee[]} */
let colleagues = [];
/** The shopper's turn for which a suggestion was asked last. */
let asked = 0;

/** @param {Desk} given */
export function startDesk(given) {
  desk = given;
  byId("close").addEventListener("click", () => void desk.act("close", () => change("POST", "close", {})));
  byId("reopen").addEventListener("click", () => void desk.act("reopen", () => change("POST", "reopen", {})));
  byId("assignee").addEventListener("change", () => {
    const to = /** @type {HTMLSelectElement} */ (byId("assignee")).value;
    if (to) void desk.act(`assign ${to}`, () => change("PUT", "assignee", { staff: to }));
  });
  void Promise.all([request("GET", "/v1/staff/colleagues"), loadDeskWords()]).then(
    ([found, words]) => {
      colleagues = found.colleagues;
      tags = words.tags;
      if (last) drawDesk(last);
    },
    (error) => (byId("tags-problem").textContent = explain(error)),
  );
}

/** @param {"POST" | "PUT"} method @param {string} what @param {object} body */
async function change(method, what, body) {
  desk.adopt(await request(method, `${desk.path}/${what}`, body));
}

export function assignToMe() {
  const me = colleagues.find((one) => one.you);
  if (me) void desk.act(`assign ${me.staff}`, () => change("PUT", "assignee", { staff: me.staff }));
}

/** @type {DeskItem | undefined} */
let last;

/** @param {DeskItem} head */
export function drawDesk(head) {
  last = head;
  byId("close").hidden = head.closed_at !== undefined;
  byId("reopen").hidden = head.closed_at === undefined;
  const select = /** @type {HTMLSelectElement} */ (byId("assignee"));
  const has = head.assigned?.staff ?? "";
  const options = colleagues.map((one) => element("option", { value: one.staff }, one.you ? `${one.name} (you)` : one.name));
  // Who works here no more may still have it.
  if (has && !colleagues.some((one) => one.staff === has)) options.unshift(element("option", { value: has }, head.assigned?.name ?? ""));
  select.replaceChildren(...(has ? [] : [element("option", { value: "" }, "Nobody")]), ...options);
  select.value = has;
  drawTags(head);
  byId("shopper-page").hidden = !head.shopper_id;
  if (head.shopper_id) byId("shopper-page").setAttribute("href", `/console/shoppers/${encodeURIComponent(head.shopper_id)}`);
}

/** The changes of tags that were asked for: each waits for the one before it, and starts from what that left. */
let tagging = Promise.resolve();

/** @param {string} name given, or taken away */
function toggleTag(name) {
  tagging = tagging.then(() =>
    desk.act(`tag ${name}`, () => {
      const now = last?.tags ?? [];
      return change("PUT", "tags", { tags: now.includes(name) ? now.filter((one) => one !== name) : [...now, name] });
    }),
  );
}

/** @param {DeskItem} head */
function drawTags(head) {
  const place = byId("tags");
  if (!tags.length) {
    place.replaceChildren(element("p", { class: "hint" }, "The shop has no tags yet. ", element("a", { href: "/console/replies" }, "Add some")));
    return;
  }
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["tag"] : undefined;
  place.replaceChildren(
    ...tags.map((name) => {
      const button = element("button", { type: "button", class: "tag", "aria-pressed": String(head.tags.includes(name)) }, name);
      button.dataset["tag"] = name;
      button.addEventListener("click", () => toggleTag(name));
      return button;
    }),
  );
  for (const button of place.querySelectorAll("button")) if (button.dataset["tag"] === focused) button.focus();
}

/**
 * Looks up what may answer the shopper's last message; asked once for each.
 *
 * @param {number} position of her last message
 */
export async function suggest(position) {
  const place = byId("suggestion");
  if (position === asked) return;
  asked = position;
  if (!position) return void (place.hidden = true);
  try {
    /** @type {{ suggestion?: Suggestion }} */
    const { suggestion } = await request("GET", `${desk.path}/suggestion`);
    if (asked !== position) return;
    place.hidden = !suggestion;
    if (suggestion) place.replaceChildren(...drawSuggestion(suggestion, place));
  } catch {
    // A help that is not there is missed by nobody.
    place.hidden = true;
  }
}

/** @param {Suggestion} found @param {HTMLElement} place */
function drawSuggestion(found, place) {
  const percent = Math.round(found.confidence / 10);
  const take = element("button", { type: "button", class: "secondary small", id: "suggestion-take" }, "Insert into the reply");
  take.addEventListener("click", () => insert(found.text));
  const hide = element("button", { type: "button", class: "plain small" }, "Hide");
  hide.addEventListener("click", () => {
    place.hidden = true;
    byId("writing").focus();
  });
  const kinds = BLOCKS.sourceKinds;
  return [
    element(
      "details",
      // On a phone what was said comes first.
      { open: matchMedia("(min-width: 900px)").matches },
      element("summary", {}, "Suggested answer: ", element("bdi", {}, found.title)),
      element("blockquote", { dir: "auto" }, found.text),
      element(
        "p",
        { class: "source" },
        "From ",
        element("cite", {}, found.title),
        `, ${kinds[found.kind] ?? found.kind} · covers ${percent} % of the question${found.confidence < SURE ? ", so it may not fit" : ""}`,
      ),
      element("div", { class: "suggestion-foot" }, take, hide),
    ),
  ];
}

/** Whether the suggestion may be taken: only who answers can put it into a reply. @param {boolean} may */
export function suggestionMayBeTaken(may) {
  const take = document.getElementById("suggestion-take");
  if (take instanceof HTMLButtonElement) take.disabled = !may;
}
