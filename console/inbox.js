// The queue: who waits, who is being helped, and by whom. It is fetched again whenever the server
// says that something changed.

import { request } from "./api.js";
import { byId, element } from "./dom.js";
import { drawRow, startClocks, stepThrough, walkable } from "./lists.js";
import { openLine } from "./live.js";
import { drawNotifyButton, noticeWaiting } from "./notify.js";
import { addShortcuts } from "./shortcuts.js";
import { redraw } from "./steady.js";
import { endsSession, showProblem, showSignedOut } from "./trouble.js";

/** @import { LineStatus } from "./live.js" */
/** @import { DeskCounts, DeskQueue, DeskWords } from "./desk_types.js" */

/**
 * @typedef {object} View
 * @property {string} query what is asked for
 * @property {string} nothing what is said when there is none
 * @property {(counts: DeskCounts) => number} count
 */

/** @type {Record<string, View>} */
const VIEWS = {
  "": {
    query: "",
    nothing: "No conversations yet. They appear here as soon as a shopper writes.",
    count: ({ waiting, human, assistant }) => waiting + human + assistant,
  },
  waiting: { query: "state=waiting", nothing: "Nobody is waiting.", count: ({ waiting }) => waiting },
  mine: {
    query: "assigned=me&state=human",
    nothing: "You have taken no conversation over.",
    count: ({ mine }) => mine,
  },
  human: { query: "state=human", nothing: "No conversation is with a person.", count: ({ human }) => human },
  assistant: {
    query: "state=assistant",
    nothing: "The assistant is in no conversation.",
    count: ({ assistant }) => assistant,
  },
  closed: { query: "closed=true", nothing: "No conversation is closed.", count: ({ closed }) => closed },
};

export function startInbox() {
  let shown = wanted();
  /** @type {DeskQueue | undefined} */
  let queue;
  let asked = 0;

  const refresh = async () => {
    const mine = (asked += 1);
    try {
      const tag = shown.tag ? `tag=${encodeURIComponent(shown.tag)}` : "";
      const query = [VIEWS[shown.view]?.query, tag].filter(Boolean).join("&");
      /** @type {DeskQueue} */
      const answer = await request("GET", `/v1/staff/queue${query ? `?${query}` : ""}`);
      if (mine !== asked) return;
      queue = answer;
      drawQueue(queue, shown);
      await look(queue, shown);
    } catch (error) {
      if (mine !== asked || endsSession(error)) return;
      if (!queue) showProblem(byId("queue"), error, refreshQuietly);
      throw error;
    }
  };
  const refreshQuietly = () => void refresh().catch(() => undefined);

  for (const tab of tabs()) {
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ ...shown, view: tab.dataset["state"] ?? "" });
    });
  }
  /** @param {typeof shown} next */
  const go = (next) => {
    history.pushState(null, "", addressOf(next));
    show();
  };
  const show = () => {
    shown = wanted();
    queue = undefined;
    markTab(shown.view);
    byId("queue").setAttribute("aria-busy", "true");
    refreshQuietly();
  };
  addEventListener("popstate", show);

  const order = /** @type {HTMLSelectElement} */ (byId("order"));
  const tag = /** @type {HTMLSelectElement} */ (byId("tag"));
  order.value = shown.order;
  order.addEventListener("change", () => go({ ...shown, order: order.value }));
  tag.addEventListener("change", () => go({ ...shown, tag: tag.value }));
  void fillTags(tag, shown.tag);

  walkable(byId("queue"));
  addShortcuts([
    { keys: "j", what: "Next conversation in the list", act: () => void stepThrough(byId("queue"), 1) },
    { keys: "k", what: "Conversation before", act: () => void stepThrough(byId("queue"), -1) },
  ]);
  drawNotifyButton(byId("notifications"));
  startClocks();
  markTab(shown.view);

  // Several changes often come together: one look is enough for them all.
  let soon = 0;
  openLine({
    path: () => "/v1/staff/events",
    catchUp: refresh,
    events: {
      conversation: () => {
        clearTimeout(soon);
        soon = window.setTimeout(refreshQuietly, 120);
      },
      ended: showSignedOut,
    },
    status: (status) => {
      showLine(status);
      // What changed between asking and listening.
      if (status === "live") refreshQuietly();
    },
    refused: (error) => {
      if (!endsSession(error)) showProblem(byId("queue"), error, refreshQuietly);
    },
  });
}

/** Who waits, also when another list is shown. @param {DeskQueue} queue @param {{ view: string, tag: string }} shown */
async function look(queue, shown) {
  let conversations = queue.conversations;
  if (shown.tag || !["", "waiting"].includes(shown.view)) {
    ({ conversations } = /** @type {DeskQueue} */ (await request("GET", "/v1/staff/queue?state=waiting")));
  }
  noticeWaiting(conversations.filter((one) => one.state === "waiting").map((one) => one.conversation), "Inbox");
}

/** @returns {{ view: string, tag: string, order: string }} */
function wanted() {
  const given = new URLSearchParams(location.search);
  const view = given.get("state") ?? "";
  return {
    view: Object.hasOwn(VIEWS, view) ? view : "",
    tag: given.get("tag") ?? "",
    order: given.get("order") === "changed" ? "changed" : "waiting",
  };
}

/** @param {{ view: string, tag: string, order: string }} shown */
function addressOf({ view, tag, order }) {
  const query = new URLSearchParams();
  if (view) query.set("state", view);
  if (tag) query.set("tag", tag);
  if (order !== "waiting") query.set("order", order);
  return `/console/inbox${query.size ? `?${query}` : ""}`;
}

/** @returns {HTMLAnchorElement[]} */
function tabs() {
  return [...document.querySelectorAll(".tabs a")].filter((tab) => tab instanceof HTMLAnchorElement);
}

/** @param {string} shown */
function markTab(shown) {
  for (const tab of tabs()) {
    if (tab.dataset["state"] === shown) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

/** @param {HTMLSelectElement} tag @param {string} chosen */
async function fillTags(tag, chosen) {
  try {
    /** @type {DeskWords} */
    const { tags } = await request("GET", "/v1/staff/desk");
    tag.append(...tags.map((name) => element("option", { value: name }, name)));
    tag.value = chosen;
  } catch {
    // The queue says what is wrong.
  }
}

/**
 * @param {DeskQueue} queue
 * @param {{ view: string, tag: string, order: string }} shown
 */
function drawQueue(queue, shown) {
  for (const tab of tabs()) {
    const place = tab.querySelector(".count");
    const view = VIEWS[tab.dataset["state"] ?? ""];
    if (place && view) place.textContent = String(view.count(queue.counts));
  }
  const place = byId("queue");
  place.removeAttribute("aria-busy");
  if (!queue.conversations.length) {
    const words = shown.tag ? `No conversation here has the tag “${shown.tag}”.` : VIEWS[shown.view]?.nothing;
    redraw(place, element("p", { class: "empty" }, words));
    return;
  }
  const items = [...queue.conversations];
  if (shown.order === "changed") items.sort((one, other) => other.updated_at.localeCompare(one.updated_at));
  const list = element("ul", { class: "rows", "aria-label": "Conversations" });
  for (const item of items) list.append(element("li", {}, drawRow(item)));
  redraw(place, list);
}

let lineTimer = 0;

/** @param {LineStatus} status */
export function showLine(status) {
  clearTimeout(lineTimer);
  const line = document.getElementById("line");
  if (!line) return;
  if (status === "live") line.textContent = "";
  else if (status === "offline") line.textContent = "You are offline. What you see may be out of date.";
  else lineTimer = window.setTimeout(() => (line.textContent = "Connecting… What you see may be out of date."), 1500);
}
