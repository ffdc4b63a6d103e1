// Finding conversations. The words travel in the body of a request and stand in no address, so
// neither a log nor the browser's history has them.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { drawRow, startClocks, walkable } from "./lists.js";
import { loadDeskWords } from "./saved.js";
import { endsSession, explain } from "./trouble.js";

/** @import { Assignee, Find, Finds } from "./desk_types.js" */

const WHO = { shopper: "Shopper", ai: "Assistant", human: "Staff", system: "Notice" };

export function startSearch() {
  const form = /** @type {HTMLFormElement} */ (byId("search"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void search(form);
  });
  /** @type {HTMLDetailsElement} */ (byId("search-more")).open = matchMedia("(min-width: 900px)").matches;
  walkable(byId("finds"));
  startClocks();
  void fill();
}

async function fill() {
  try {
    const [{ tags }, { colleagues }] = await Promise.all([loadDeskWords(), request("GET", "/v1/staff/colleagues")]);
    byId("search-tag").append(...tags.map((name) => element("option", { value: name }, name)));
    byId("search-assigned").append(
      ...colleagues.map((/** @type {Assignee} */ one) => element("option", { value: one.staff }, one.you ? `${one.name} (you)` : one.name)),
    );
  } catch (error) {
    if (!endsSession(error)) byId("search-problem").textContent = explain(error);
  }
}

/** What the form asks for. @param {HTMLFormElement} form */
function wishOf(form) {
  const given = new FormData(form);
  const text = (/** @type {string} */ name) => String(given.get(name) ?? "").trim();
  /** @type {Record<string, unknown>} */
  const wish = {};
  for (const name of ["words", "email", "order", "tag", "assigned"]) if (text(name)) wish[name] = text(name);
  if (text("state")) wish["states"] = [text("state")];
  if (text("from")) wish["from"] = new Date(`${text("from")}T00:00`).toISOString();
  // The whole of the last day.
  if (text("until")) wish["until"] = new Date(new Date(`${text("until")}T00:00`).getTime() + 86_400_000).toISOString();
  return wish;
}

let asked = 0;

/** @param {HTMLFormElement} form */
async function search(form) {
  const mine = (asked += 1);
  const place = byId("finds");
  const wish = wishOf(form);
  byId("search-problem").textContent = "";
  if (!Object.keys(wish).length) {
    byId("search-problem").textContent = "Say what you are looking for: words, an e-mail address, an order, a tag or a time.";
    return byId("search-words").focus();
  }
  place.setAttribute("aria-busy", "true");
  byId("said").textContent = "Searching…";
  try {
    /** @type {Finds} */
    const found = await request("POST", "/v1/staff/search", wish);
    if (mine !== asked) return;
    const list = element("ul", { class: "rows", "aria-label": "Conversations found" }, ...found.finds.map(drawFind));
    const more = element("p", { class: "more" });
    place.replaceChildren(found.finds.length ? element("div", { class: "queue" }, list) : drawNothing(found), more);
    tell(found.finds.length, found.opened, found.more !== undefined);
    offerMore({ wish, found, list, more, opened: found.opened, mine });
  } catch (error) {
    if (mine !== asked || endsSession(error)) return;
    byId("said").textContent = "";
    place.replaceChildren();
    byId("search-problem").textContent = explain(error);
  } finally {
    if (mine === asked) place.removeAttribute("aria-busy");
  }
}

/** @param {Finds} found */
function drawNothing(found) {
  const words = found.more ? "Nothing in the newest messages. Older ones may have it: search on." : "No conversation was found.";
  return element("div", { class: "queue" }, element("p", { class: "empty" }, words));
}

/** What was looked through, said in so many words. @param {number} count @param {number} opened @param {boolean} more */
function tell(count, opened, more) {
  const number = new Intl.NumberFormat(navigator.language);
  const found = count === 1 ? "1 conversation" : `${number.format(count)} conversations`;
  const looked = opened
    ? more
      ? ` Searched the newest ${number.format(opened)} messages; older ones were not looked at yet.`
      : ` Searched ${opened === 1 ? "1 message" : `all ${number.format(opened)} messages`} of that time.`
    : "";
  byId("said").textContent = `${found} found.${looked}`;
}

/**
 * The button that looks through the next messages.
 *
 * @param {{ wish: Record<string, unknown>, found: Finds, list: HTMLElement, more: HTMLElement, opened: number, mine: number }} look
 */
function offerMore({ wish, found, list, more, opened, mine }) {
  if (!found.more) return more.replaceChildren();
  const button = element("button", { type: "button", class: "secondary", id: "search-on" }, "Search older messages");
  const problem = element("span", { class: "problem", role: "alert" });
  more.replaceChildren(button, problem);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      /** @type {Finds} */
      const next = await request("POST", "/v1/staff/search", { ...wish, before: found.more });
      if (mine !== asked) return;
      // A conversation that was found already stays where it stands, with its newest message.
      const fresh = next.finds.filter((one) => !list.querySelector(`[data-conversation="${CSS.escape(one.conversation)}"]`));
      const rows = fresh.map(drawFind);
      list.append(...rows);
      if (rows.length && !list.isConnected) byId("finds").querySelector(".queue")?.replaceChildren(list);
      const all = opened + next.opened;
      tell(list.children.length, all, next.more !== undefined);
      offerMore({ wish, found: next, list, more, opened: all, mine });
      const focus = rows[0]?.querySelector("a") ?? document.getElementById("search-on") ?? byId("search-words");
      focus.focus();
    } catch (error) {
      if (endsSession(error)) return;
      button.removeAttribute("aria-busy");
      problem.textContent = explain(error);
    }
  });
}

/** @param {Find} find */
function drawFind(find) {
  const { found } = find;
  const excerpt = found
    ? element(
        "span",
        { class: "excerpt" },
        element("span", { class: "excerpt-who" }, `${WHO[found.author]}, `, moment(found.at, navigator.language), ": "),
        element("bdi", {}, found.before, element("mark", {}, found.hit), found.after),
      )
    : undefined;
  return element("li", {}, drawRow(find, excerpt));
}
