// The queue: who waits, who is being helped, and by whom. It is fetched again whenever the server
// says that something changed.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { openLine } from "./live.js";
import { endsSession, explain, showSignedOut } from "./trouble.js";
import { STATES, languageOf, nameOf, since } from "./words.js";

/** @import { LineStatus } from "./live.js" */
/** @import { Queue, QueueItem, State } from "./types.js" */

/** @type {Record<string, string>} */
const NOTHING = {
  "": "No conversations yet. They appear here as soon as a shopper writes.",
  waiting: "Nobody is waiting.",
  human: "No conversation is with a person.",
  assistant: "The assistant is in no conversation.",
};
// From then on a wait is shown as a long one.
const LONG_WAIT = 5 * 60_000;

export function startInbox() {
  let shown = wantedState();
  /** @type {Queue | undefined} */
  let queue;
  let asked = 0;

  const refresh = async () => {
    const mine = (asked += 1);
    try {
      /** @type {Queue} */
      const answer = await request("GET", `/v1/staff/queue${shown ? `?state=${shown}` : ""}`);
      if (mine !== asked) return;
      queue = answer;
      draw();
    } catch (error) {
      if (mine !== asked || endsSession(error)) return;
      if (!queue) showProblem(error);
      throw error;
    }
  };
  const refreshQuietly = () => void refresh().catch(() => undefined);

  const draw = () => {
    if (queue) drawQueue(queue, shown);
  };

  for (const tab of tabs()) {
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", tab.href);
      show();
    });
  }
  const show = () => {
    shown = wantedState();
    queue = undefined;
    markTab(shown);
    byId("queue").setAttribute("aria-busy", "true");
    refreshQuietly();
  };
  addEventListener("popstate", show);
  byId("queue").addEventListener("keydown", moveThroughList);
  markTab(shown);

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
      if (!endsSession(error)) showProblem(error);
    },
  });
  setInterval(draw, 20_000);
}

/** @returns {State | ""} */
function wantedState() {
  const given = new URLSearchParams(location.search).get("state");
  return given === "waiting" || given === "human" || given === "assistant" ? given : "";
}

/** @returns {HTMLAnchorElement[]} */
function tabs() {
  return [...document.querySelectorAll(".tabs a")].filter((tab) => tab instanceof HTMLAnchorElement);
}

/** @param {State | ""} shown */
function markTab(shown) {
  for (const tab of tabs()) {
    if (tab.dataset["state"] === shown) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

/**
 * @param {Queue} queue
 * @param {State | ""} shown
 */
function drawQueue(queue, shown) {
  const { counts } = queue;
  const all = counts.waiting + counts.human + counts.assistant;
  for (const tab of tabs()) {
    const state = tab.dataset["state"];
    const count = state === "waiting" || state === "human" || state === "assistant" ? counts[state] : all;
    const place = tab.querySelector(".count");
    if (place) place.textContent = String(count);
  }
  document.title = `${counts.waiting ? `(${counts.waiting}) ` : ""}Inbox · Parlour`;

  const place = byId("queue");
  place.removeAttribute("aria-busy");
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["conversation"] : undefined;
  if (!queue.conversations.length) {
    place.replaceChildren(element("p", { class: "empty" }, NOTHING[shown]));
    return;
  }
  const list = element("ul", { class: "rows", "aria-label": "Conversations" });
  for (const item of queue.conversations) list.append(element("li", {}, drawRow(item)));
  place.replaceChildren(list);
  // The list was drawn anew under the reader's hands: put them back where they were.
  for (const row of list.querySelectorAll("a")) if (row.dataset["conversation"] === focused) row.focus();
}

/** @param {QueueItem} item */
function drawRow(item) {
  const waits = item.state === "waiting" ? item.waiting_since : undefined;
  const long = waits !== undefined && Date.now() - new Date(waits).getTime() > LONG_WAIT;
  const row = element(
    "a",
    { class: `row ${item.state}${long ? " long" : ""}`, href: `/console/conversations/${encodeURIComponent(item.conversation)}` },
    element("span", { class: "row-who" }, element("bdi", {}, nameOf(item.shopper))),
    element("span", { class: `pill ${item.state}` }, STATES[item.state]),
    element("span", { class: "row-what" }, describe(item)),
    element("span", { class: "row-when" }, moment(item.updated_at, navigator.language)),
  );
  row.dataset["conversation"] = item.conversation;
  return row;
}

/** @param {QueueItem} item */
function describe(item) {
  const messages = item.last_position === 1 ? "1 message" : `${item.last_position} messages`;
  const details = [messages, languageOf(item.locale)];
  if (item.waiting_since) details.unshift(`waiting for ${since(item.waiting_since)}`);
  if (item.assigned) details.unshift(item.assigned.you ? "with you" : `with ${item.assigned.name}`);
  return details.join(" · ");
}

/** @param {KeyboardEvent} event */
function moveThroughList(event) {
  const rows = [...byId("queue").querySelectorAll("a")];
  const at = rows.findIndex((row) => row === document.activeElement);
  /** @type {Record<string, number>} */
  const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const target = targets[event.key];
  const row = target === undefined ? undefined : rows[target];
  if (!row) return;
  event.preventDefault();
  row.focus();
}

/** @param {unknown} error */
function showProblem(error) {
  const place = byId("queue");
  place.removeAttribute("aria-busy");
  place.replaceChildren(element("p", { class: "empty problem" }, explain(error)));
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
