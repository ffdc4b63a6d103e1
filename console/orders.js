// The shop's orders by where they stand on their way, newest first. A list shows numbers, states
// and sums; who bought is shown with the order.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { money } from "./money.js";
import { redraw } from "./steady.js";
import { drawProblem, endsSession, explain } from "./trouble.js";
import { ORDER_STATES, SERVICING } from "./words.js";

/** @import { OrderStatus, Servicing, StaffOrders, StaffOrderSummary } from "./types.js" */

/**
 * A list on the page: the orders of a tab, or a part of them.
 *
 * @typedef {object} Part
 * @property {string} title empty where the tab says it all
 * @property {string} query
 * @property {string} nothing
 */

const STATUSES = /** @type {const} */ (["pending", "processed", "shipped", "delivered", "cancelled"]);

/** @type {Record<string, Part[]>} */
const TABS = {
  "": [{ title: "", query: "", nothing: "No orders yet. They appear here as soon as a shopper buys something." }],
  pending: [{ title: "", query: "status=pending", nothing: "No order waits to be packed." }],
  processed: [{ title: "", query: "status=processed", nothing: "No order is being packed." }],
  shipped: [{ title: "", query: "status=shipped", nothing: "No order is on its way." }],
  delivered: [{ title: "", query: "status=delivered", nothing: "No order has been delivered." }],
  cancelled: [{ title: "", query: "status=cancelled", nothing: "No order was cancelled." }],
  back: [
    { title: "Returns", query: "servicing=return_requested", nothing: "Nobody has asked for a return." },
    { title: "Exchanges", query: "servicing=exchange_requested", nothing: "Nobody has asked for an exchange." },
  ],
};

export function startOrders() {
  // Each look has its number, so that what an older one still brings is ignored.
  let asked = 0;

  const show = async () => {
    const mine = (asked += 1);
    const shown = wantedTab();
    const place = byId("orders");
    markTab(shown);
    place.setAttribute("aria-busy", "true");
    try {
      const lists = [];
      for (const part of TABS[shown] ?? []) {
        /** @type {StaffOrders} */
        const page = await request("GET", `/v1/staff/orders?${part.query}`);
        if (mine !== asked) return;
        drawCounts(page.counts);
        lists.push(...drawPart(part, page));
      }
      redraw(place, ...lists);
    } catch (error) {
      if (mine !== asked || endsSession(error)) return;
      place.replaceChildren(drawProblem(error, show));
    }
    place.removeAttribute("aria-busy");
  };

  for (const tab of tabs()) {
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", tab.href);
      void show();
    });
  }
  addEventListener("popstate", () => void show());
  byId("orders").addEventListener("keydown", moveThroughList);
  void show();
}

/** @returns {string} */
function wantedTab() {
  const given = new URLSearchParams(location.search).get("show") ?? "";
  return Object.hasOwn(TABS, given) ? given : "";
}

/** @returns {HTMLAnchorElement[]} */
function tabs() {
  return [...document.querySelectorAll(".tabs a")].filter((tab) => tab instanceof HTMLAnchorElement);
}

/** @param {string} shown */
function markTab(shown) {
  for (const tab of tabs()) {
    if (tab.dataset["show"] === shown) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

/** @param {StaffOrders["counts"]} counts */
function drawCounts(counts) {
  /** @param {(one: StaffOrders["counts"][number]) => boolean} wanted */
  const sum = (wanted) => counts.filter(wanted).reduce((all, one) => all + one.count, 0);
  const number = new Intl.NumberFormat(navigator.language);
  for (const tab of tabs()) {
    const shown = tab.dataset["show"] ?? "";
    const count =
      shown === ""
        ? sum(() => true)
        : shown === "back"
          ? sum((one) => one.servicing === "return_requested" || one.servicing === "exchange_requested")
          : sum((one) => one.status === shown);
    const place = tab.querySelector(".count");
    if (place) place.textContent = number.format(count);
  }
}

/**
 * @param {Part} part
 * @param {StaffOrders} page
 * @returns {HTMLElement[]}
 */
function drawPart(part, page) {
  const heading = part.title ? [element("h2", {}, part.title)] : [];
  if (!page.orders.length) {
    return [...heading, element("div", { class: "queue" }, element("p", { class: "empty" }, part.nothing))];
  }
  const list = element("ul", { class: "rows", "aria-label": part.title || "Orders" });
  list.append(...page.orders.map(drawRow));
  const more = element("p", { class: "more" });
  drawMore(more, list, part, page.next);
  return [...heading, element("div", { class: "queue" }, list), more];
}

/**
 * The button that brings the next page, and puts the focus on its first order.
 *
 * @param {HTMLElement} place
 * @param {HTMLElement} list
 * @param {Part} part
 * @param {string | undefined} next
 */
function drawMore(place, list, part, next) {
  if (!next) return place.replaceChildren();
  const problem = element("span", { class: "problem", role: "alert" });
  const button = element("button", { type: "button", class: "secondary" }, "Show older orders");
  place.replaceChildren(button, problem);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      /** @type {StaffOrders} */
      const page = await request("GET", `/v1/staff/orders?${part.query}&before=${encodeURIComponent(next)}`);
      const rows = page.orders.map(drawRow);
      list.append(...rows);
      rows[0]?.querySelector("a")?.focus();
      drawMore(place, list, part, page.next);
    } catch (error) {
      if (endsSession(error)) return;
      button.removeAttribute("aria-busy");
      problem.textContent = explain(error);
    }
  });
}

/** @param {StaffOrderSummary} order */
function drawRow(order) {
  const pieces = order.pieces === 1 ? "1 piece" : `${order.pieces} pieces`;
  const row = element(
    "a",
    { class: "row order-row", href: `/console/orders/${encodeURIComponent(order.id)}` },
    element("span", { class: "row-who" }, element("bdi", {}, order.id)),
    element("span", { class: "row-when" }, order.placed_at ? moment(order.placed_at, navigator.language) : ""),
    element("span", { class: "states" }, ...drawStates(order)),
    element("span", { class: "row-what" }, pieces),
    element("span", { class: "row-total" }, money(order.total, order.currency, navigator.language)),
  );
  row.dataset["order"] = order.id;
  return element("li", {}, row);
}

/**
 * Where an order stands, in as few marks as say it all.
 *
 * @param {{ status: OrderStatus, servicing: Servicing | null, paid: boolean }} order
 */
export function drawStates({ status, servicing, paid }) {
  const known = STATUSES.includes(status) ? status : "";
  return [
    element("span", { class: `pill ${known}` }, ORDER_STATES[status] ?? status),
    servicing ? element("span", { class: "pill servicing" }, SERVICING[servicing] ?? servicing) : undefined,
    status === "cancelled"
      ? undefined
      : element("span", { class: paid ? "pill paid" : "pill unpaid" }, paid ? "Paid" : "Not paid"),
  ].flatMap((one) => (one ? [one, " "] : []));
}

/** @param {KeyboardEvent} event */
function moveThroughList(event) {
  const rows = [...byId("orders").querySelectorAll("a")];
  const at = rows.findIndex((row) => row === document.activeElement);
  /** @type {Record<string, number>} */
  const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const target = at < 0 ? undefined : targets[event.key];
  const row = target === undefined ? undefined : rows[target];
  if (!row) return;
  event.preventDefault();
  row.focus();
}
