// What the assistant showed a shopper, as staff read it: the same facts, and nothing to press. Only
// the shopper confirms anything.

import { element, moment } from "./dom.js";
import { money } from "./money.js";
import { drawPicture } from "./pictures.js";

/** @import { Cards } from "./blocks.js" */
/** @import { EffectLine, ProductSheet } from "./types.js" */

const FORMS = {
  checkout: "The checkout form was offered.",
  address: "The form for another address was offered.",
  prove: "She was asked to confirm her e-mail address.",
};

/** @param {number} minor @param {string} currency */
const amount = (minor, currency) => element("span", { class: "number" }, money(minor, currency, navigator.language));

/** @param {string} text @param {Node} [number] @param {string} [kind] @param {Node} [picture] */
const row = (text, number, kind, picture) => element("li", { class: kind }, picture, element("span", { dir: "auto" }, text), number);

/** @param {string} name @param {...(Node | string | undefined)} body */
const card = (name, ...body) => element("div", { role: "group", class: "shown-card", "aria-label": name }, ...body);

/** @returns {Cards} */
export function shownCards() {
  /** The proposals on the page, and those that were confirmed. @type {Map<string, HTMLElement>} */
  const states = new Map();
  /** @type {Set<string>} */
  const confirmed = new Set();
  const mark = (/** @type {string} */ id) => {
    const state = states.get(id);
    if (!state || !confirmed.has(id)) return;
    state.className = "pill done";
    state.textContent = "Confirmed by the shopper";
  };
  return {
    product: (product) => card(product.title, drawHead(product), ...drawOptions(product)),
    comparison: (products) =>
      card(
        "Products compared",
        ...products.map((product) => element("div", { class: "shown-one" }, drawHead(product), ...drawOptions(product))),
      ),
    cart: ({ lines, currency, discount, subtotal, total }) =>
      card(
        "Cart as it was then",
        element("p", { class: "shown-kind" }, "Cart at that moment"),
        element(
          "ul",
          { class: "shown-rows" },
          ...lines.map((line) => row(`${line.quantity} × ${line.title}${line.in_stock ? "" : " (not enough in stock)"}`, amount(line.total, currency), undefined, drawPicture(line.picture, line.title, 40))),
          ...(discount ? [row(`Discount ${discount}`, amount(total - subtotal, currency))] : []),
          row("Total", amount(total, currency), "sum"),
        ),
      ),
    proposal({ id, title, effect, total, currency, expires_at: until }) {
      const over = new Date(until).getTime() <= Date.now();
      const state = element("span", { class: over ? "pill" : "pill waiting" }, over ? "Not confirmed in time" : "Waits for the shopper");
      states.set(id, state);
      mark(id);
      return card(
        title,
        element("p", { class: "shown-head" }, element("strong", { dir: "auto" }, title), state),
        drawEffect(effect, currency, total),
        element("p", { class: "hint" }, "Can be confirmed until ", moment(until, navigator.language), ", by the shopper alone."),
      );
    },
    outcome({ proposal, title, effect, currency, order }) {
      confirmed.add(proposal);
      mark(proposal);
      return card(
        title,
        element("p", { class: "shown-head" }, element("strong", { dir: "auto" }, title), element("span", { class: "pill done" }, "Done")),
        drawEffect(effect, currency),
        order ? element("p", {}, element("a", { href: `/console/orders/${encodeURIComponent(order)}` }, "Order ", element("bdi", {}, order))) : undefined,
      );
    },
    form: ({ form, order }) => element("p", { class: "shown-form soft" }, FORMS[form], order ? element("bdi", {}, ` (${order})`) : undefined),
  };
}

/** @param {ProductSheet} product */
function drawHead({ title, currency, price, from, in_stock: any, variant, picture }) {
  const shown = variant?.price ?? price;
  const words = money(shown, currency, navigator.language);
  const inStock = variant?.in_stock ?? any;
  return element(
    "p",
    { class: "shown-head" },
    drawPicture(picture?.card, title, 40),
    element("strong", { dir: "auto" }, variant?.label ? `${title} (${variant.label})` : title),
    element("span", { class: "soft" }, `${from && !variant ? `from ${words}` : words} · ${inStock ? "in stock" : "sold out"}`),
  );
}

/** @param {ProductSheet} product */
function drawOptions({ options }) {
  return options.map(({ name, values }) => element("p", { class: "hint", dir: "auto" }, `${name}: ${values.join(", ")}`));
}

/** @param {EffectLine[]} effect @param {string} currency @param {number} [total] */
function drawEffect(effect, currency, total) {
  return element(
    "ul",
    { class: "shown-rows" },
    ...effect.map((line) => row(line.text, line.amount === undefined ? undefined : amount(line.amount, currency))),
    ...(total === undefined ? [] : [row(total < 0 ? "Goes back" : "Total", amount(Math.abs(total), currency), "sum")]),
  );
}
