// The shop's saved replies and tags: written once here, used in every conversation.

import { request } from "./api.js";
import { byId, element } from "./dom.js";
import { redraw } from "./steady.js";
import { drawProblem, endsSession, explain } from "./trouble.js";
import { pressTwice } from "./twice.js";

/** @import { DeskWords, SavedReply } from "./desk_types.js" */

const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));

export function startReplies() {
  byId("reply-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void saveReply();
  });
  byId("tag-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void addTag();
  });
  byId("reply-clear").addEventListener("click", () => edit({ name: "", text: "" }));
  void list();
}

async function list() {
  try {
    /** @type {DeskWords} */
    const words = await request("GET", "/v1/staff/desk");
    drawReplies(words.saved_replies);
    drawTags(words.tags);
  } catch (error) {
    if (endsSession(error)) return;
    byId("replies").replaceChildren(drawProblem(error, list));
    byId("tags").replaceChildren();
  }
  for (const id of ["replies", "tags"]) byId(id).removeAttribute("aria-busy");
}

/** @param {SavedReply[]} replies */
function drawReplies(replies) {
  const place = byId("replies");
  if (!replies.length) {
    place.replaceChildren(element("p", { class: "empty" }, "No saved replies yet. Write the first one below."));
    return;
  }
  redraw(
    place,
    element(
      "ul",
      { class: "rows saved" },
      ...replies.map((reply) => {
        const change = element("button", { type: "button", class: "secondary small", "aria-label": `Edit ${reply.name}` }, "Edit");
        const remove = element("button", { type: "button", class: "plain small", "aria-label": `Delete ${reply.name}` }, "Delete");
        change.addEventListener("click", () => edit(reply));
        pressTwice(remove, "Really delete?", () => act("DELETE", `/v1/staff/saved_replies/${encodeURIComponent(reply.name)}`, undefined, "reply-problem"));
        return element("li", {}, element("div", { class: "saved-what" }, element("strong", {}, `/${reply.name}`), element("p", { dir: "auto" }, reply.text)), element("div", { class: "saved-do" }, change, remove));
      }),
    ),
  );
}

/** @param {string[]} tags */
function drawTags(tags) {
  const place = byId("tags");
  if (!tags.length) {
    place.replaceChildren(element("p", { class: "empty" }, "No tags yet."));
    return;
  }
  redraw(
    place,
    element(
      "ul",
      { class: "tags" },
      ...tags.map((name) => {
        const remove = element("button", { type: "button", class: "plain small", "aria-label": `Delete the tag ${name}` }, "Delete");
        pressTwice(remove, "Really delete?", () => act("DELETE", `/v1/staff/tags/${encodeURIComponent(name)}`, undefined, "tag-problem"));
        return element("li", {}, element("span", { class: "tag" }, name), remove);
      }),
    ),
  );
}

/** @param {SavedReply} reply */
function edit({ name, text }) {
  field("reply-name").value = name;
  field("reply-text").value = text;
  byId("reply-problem").textContent = "";
  byId("reply-title").textContent = name ? `Edit /${name}` : "Write a reply";
  field(name ? "reply-text" : "reply-name").focus();
}

async function saveReply() {
  const name = field("reply-name").value.trim().toLowerCase().replace(/^\//, "");
  const text = field("reply-text").value.trim();
  if (!name || !text) {
    byId("reply-problem").textContent = "A saved reply has a short name and a text.";
    return field(name ? "reply-text" : "reply-name").focus();
  }
  if (await act("PUT", `/v1/staff/saved_replies/${encodeURIComponent(name)}`, { text }, "reply-problem")) edit({ name: "", text: "" });
}

async function addTag() {
  const name = field("tag-name").value.trim();
  if (!name) return field("tag-name").focus();
  if (await act("PUT", `/v1/staff/tags/${encodeURIComponent(name)}`, {}, "tag-problem")) field("tag-name").value = "";
}

let busy = false;

/** @param {"PUT" | "DELETE"} method @param {string} path @param {object | undefined} body @param {string} problem where a refusal is shown */
async function act(method, path, body, problem) {
  if (busy) return false;
  busy = true;
  byId(problem).textContent = "";
  try {
    await request(method, path, body);
    await list();
    return true;
  } catch (error) {
    if (!endsSession(error)) byId(problem).textContent = explain(error);
    return false;
  } finally {
    busy = false;
  }
}
