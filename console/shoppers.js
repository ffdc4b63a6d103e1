// Shoppers: found by an address exactly or by an order, and one shopper's page. There is no list of
// everybody: nobody needs one to help somebody.

import { Refusal, request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { drawRow, startClocks, walkable } from "./lists.js";
import { money } from "./money.js";
import { drawStates } from "./orders.js";
import { redraw } from "./steady.js";
import { endsSession, explain } from "./trouble.js";

/** @import { ShopperPage } from "./desk_types.js" */
/** @import { StaffOrderSummary } from "./types.js" */

/** @type {Record<string, string>} */
const ACTS = {
  "conversation.read": "read a conversation",
  "conversation.found_by_search": "found a conversation by a search",
  "conversation.suggestion_asked": "looked up a suggested answer",
  "conversation.taken_over": "took a conversation over",
  "conversation.handed_back": "handed a conversation back to the assistant",
  "conversation.assigned": "assigned a conversation",
  "conversation.closed": "closed a conversation",
  "conversation.reopened": "reopened a conversation",
  "conversation.tagged": "tagged a conversation",
  "conversation.note_written": "wrote an internal note",
  "conversation.turn_stored": "answered",
  "order.read_by_staff": "read an order",
  "shopper.read_by_staff": "read this page",
};

export function startShoppers() {
  const form = /** @type {HTMLFormElement} */ (byId("find"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void find(form);
  });
}

/** @param {HTMLFormElement} form */
async function find(form) {
  const problem = byId("find-problem");
  const given = new FormData(form);
  const [email, order] = ["email", "order"].map((name) => String(given.get(name) ?? "").trim());
  problem.textContent = "";
  byId("found").textContent = "";
  if (!email === !order) {
    problem.textContent = "Give the e-mail address or an order number, one of them.";
    return byId("find-email").focus();
  }
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    const { shopper } = await request("POST", "/v1/staff/shoppers/find", email ? { email } : { order });
    if (shopper) return location.assign(`/console/shoppers/${encodeURIComponent(shopper)}`);
    byId("found").textContent = email ? "The shop knows nobody with this address." : "No shopper is known for an order of this number.";
  } catch (error) {
    if (!endsSession(error)) problem.textContent = explain(error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

export function startShopper() {
  startClocks();
  walkable(byId("shopper"));
  void read();
}

async function read() {
  const place = byId("shopper");
  const id = place.dataset["shopper"] ?? "";
  try {
    /** @type {ShopperPage} */
    const page = await request("GET", `/v1/staff/shoppers/${encodeURIComponent(id)}`);
    const name = page.address ?? "Forgotten shopper";
    byId("heading").textContent = name;
    document.title = `${name} · Shopper · Parlour`;
    redraw(byId("parts"), ...drawParts(page));
  } catch (error) {
    if (endsSession(error)) return;
    const gone = error instanceof Refusal && error.status === 404;
    const button = element("button", { type: "button", class: "secondary" }, "Try again");
    button.addEventListener("click", () => void read());
    byId("parts").replaceChildren(
      element(
        "div",
        { class: "queue" },
        element("div", { class: "empty problem", role: "alert" }, element("p", {}, gone ? "There is no such shopper." : explain(error)), element("p", {}, gone ? "" : button)),
      ),
    );
  }
  place.removeAttribute("aria-busy");
}

/** @param {ShopperPage} page */
function drawParts(page) {
  const forgotten = page.address === undefined;
  return [
    element(
      "p",
      { class: "lead soft" },
      forgotten ? "Her data was erased: what she wrote and bought can be opened by nobody. " : "",
      "Known since ",
      moment(page.known_since, navigator.language),
      ". That you looked at this page is recorded.",
    ),
    element("h2", {}, "Conversations"),
    page.conversations.length
      ? element("div", { class: "queue" }, element("ul", { class: "rows", "aria-label": "Conversations" }, ...page.conversations.map((one) => element("li", {}, drawRow(one)))))
      : nothing("No conversations."),
    // Without the right to see orders there is no such part.
    ...(page.orders
      ? [
          element("h2", {}, "Orders"),
          page.orders.length
            ? element("div", { class: "queue" }, element("ul", { class: "rows", "aria-label": "Orders" }, ...page.orders.map(drawOrder)))
            : nothing("No orders."),
        ]
      : []),
    element("h2", {}, "What staff did"),
    element("p", { class: "hint" }, "From the ledger: what was read or done about this shopper, and by whom."),
    page.acts.length
      ? element(
          "ol",
          { class: "acts card" },
          ...page.acts.map((act) =>
            element("li", {}, moment(act.at, navigator.language), " ", element("bdi", {}, act.name), ` ${ACTS[act.kind] ?? act.kind}`),
          ),
        )
      : nothing("Nothing yet."),
  ];
}

/** @param {string} words */
function nothing(words) {
  return element("div", { class: "queue" }, element("p", { class: "empty" }, words));
}

/** @param {StaffOrderSummary} order */
function drawOrder(order) {
  return element(
    "li",
    {},
    element(
      "a",
      { class: "row", href: `/console/orders/${encodeURIComponent(order.id)}` },
      element("span", { class: "row-who" }, element("bdi", {}, order.id)),
      element("span", { class: "row-total" }, money(order.total, order.currency, navigator.language)),
      element("span", { class: "states" }, ...drawStates(order)),
      element("span", { class: "row-when" }, order.placed_at ? moment(order.placed_at, navigator.language) : ""),
    ),
  );
}
