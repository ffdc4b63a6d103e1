// Goods and the cart as the assistant shows them in the chat: a product with what it comes in,
// products side by side, and the cart as it was at that moment.

import { cartPage } from "./cart.js";
import { element } from "./dom.js";
import { drawPicture, pictureOf } from "./pictures.js";
import { priceOf, productPage } from "./products.js";

/** @import { Cards } from "./blocks.js" */
/** @import { Desk } from "./shop.js" */
/** @import { Cart, CartCard, ProductSheet } from "./types.js" */

/** So long after the last card the cart is asked for again: several cards come at once. */
const SETTLE = 250;

/**
 * @param {Desk} desk
 * @returns {Pick<Cards, "product" | "comparison" | "cart">}
 */
export function chatGoods(desk) {
  /** The carts that were shown, and what tells each that there is a newer one. @type {Map<HTMLElement, (cart: Cart) => void>} */
  const carts = new Map();
  desk.watch = (cart) => {
    for (const [card, tell] of carts) {
      if (card.isConnected) tell(cart);
      else carts.delete(card);
    }
  };
  let waiting = 0;
  return {
    product: (product) => drawSheet(desk, product),
    comparison: (products) => drawComparison(desk, products),
    cart(cart) {
      const { card, tell } = drawCart(desk, cart);
      carts.set(card, tell);
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        if (desk.session) desk.tool("get_cart").then((now) => desk.counted(now), () => undefined);
      }, SETTLE);
      return card;
    },
  };
}

/**
 * @param {Desk} desk
 * @param {ProductSheet} product
 */
function drawSheet(desk, product) {
  const { say } = desk;
  const { variant } = product;
  const chosen = variant?.label.split(", ") ?? [];
  const { in_stock: inStock } = variant ?? product;
  const title = drawTitle(desk, product);
  title.classList.add("reach");
  return element(
    "div",
    { role: "group", class: "shown sheet", "aria-label": product.title },
    element(
      "div",
      { class: "sheet-head" },
      drawPicture(pictureOf(product)?.card, product.title, 64),
      title,
      element("span", { class: "good-about", dir: "auto" }, variant?.label || product.category || ""),
      element("span", { class: "good-price" }, variant ? desk.money(variant.price, product.currency) : priceOf(desk, product)),
      element("span", { class: inStock ? "stock" : "stock out" }, say(inStock ? "product.in_stock" : "product.sold_out")),
    ),
    ...product.options.map(({ name, values }) =>
      element(
        "div",
        { class: "sheet-option" },
        element("span", { class: "hint", dir: "auto" }, name),
        element("ul", { class: "values", "aria-label": name }, ...values.map((value) => drawValue(desk, value, chosen.includes(value)))),
      ),
    ),
    variant?.in_stock ? drawAdd(desk, variant.id) : undefined,
  );
}

/**
 * @param {Desk} desk
 * @param {{ id: string, title: string }} product
 */
function drawTitle(desk, product) {
  const title = element("button", { type: "button", class: "sheet-title", dir: "auto" }, product.title);
  title.addEventListener("click", () => desk.open("shop", productPage(desk, product)));
  return title;
}

/**
 * @param {Desk} desk
 * @param {string} value
 * @param {boolean} chosen
 */
function drawValue(desk, value, chosen) {
  return element(
    "li",
    { class: chosen ? "value chosen" : "value", dir: "auto" },
    value,
    chosen ? element("span", { class: "visually-hidden" }, ` (${desk.say("shown.chosen")})`) : undefined,
  );
}

/**
 * @param {Desk} desk
 * @param {string} variant
 */
function drawAdd(desk, variant) {
  const { say } = desk;
  const told = element("div", { class: "told", role: "status", hidden: true });
  const problem = element("p", { class: "wrong", role: "alert" });
  const add = element("button", { type: "button", class: "primary" }, say("product.add"));
  add.addEventListener("click", async () => {
    if (add.getAttribute("aria-busy") === "true") return;
    problem.textContent = "";
    add.setAttribute("aria-busy", "true");
    try {
      desk.counted(await desk.tool("add_to_cart", { variant, quantity: 1 }));
      const go = element("button", { type: "button", class: "quiet" }, say("product.to_cart"));
      go.addEventListener("click", () => desk.needs.turnTo("cart"));
      const had = add === document.activeElement;
      told.hidden = false;
      told.append(element("span", {}, say("product.added")), go);
      add.hidden = true;
      if (had) go.focus();
    } catch (error) {
      problem.textContent = desk.reason(error);
    }
    add.removeAttribute("aria-busy");
  });
  return element("div", { class: "sheet-act" }, add, told, problem);
}

/**
 * @param {Desk} desk
 * @param {ProductSheet[]} products
 */
function drawComparison(desk, products) {
  const { say } = desk;
  const names = [...new Set(products.flatMap((product) => product.options.map((option) => option.name)))];
  /** @param {string} name @param {(product: ProductSheet) => Node | string} of */
  const row = (name, of) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", dir: "auto" }, name),
      ...products.map((product) => element("td", { dir: "auto" }, of(product))),
    );
  const table = element(
    "table",
    {},
    element("caption", { class: "visually-hidden" }, say("shown.compare")),
    element(
      "thead",
      {},
      element("tr", {}, element("td", {}), ...products.map((product) => element("th", { scope: "col" }, drawPicture(pictureOf(product)?.card, product.title, 64), drawTitle(desk, product)))),
    ),
    element(
      "tbody",
      {},
      row(say("shown.price"), (product) => element("span", { class: "amount" }, priceOf(desk, product))),
      row(say("shown.stock"), (product) =>
        element("span", { class: product.in_stock ? "stock" : "stock out" }, say(product.in_stock ? "product.in_stock" : "product.sold_out")),
      ),
      ...names.map((name) => row(name, (product) => product.options.find((option) => option.name === name)?.values.join(", ") ?? "–")),
    ),
  );
  // What is wider than the screen is scrolled in its own frame, with the keyboard as well.
  return element("div", { class: "shown compared", role: "group", "aria-label": say("shown.compare"), tabindex: 0 }, table);
}

/**
 * @param {Desk} desk
 * @param {CartCard} cart
 */
function drawCart(desk, cart) {
  const { say } = desk;
  /** @param {string} name @param {number} minor @param {string} [kind] @param {Node} [picture] */
  const row = (name, minor, kind, picture) =>
    element("li", { class: kind }, picture, element("span", { dir: "auto" }, name), element("span", { class: "amount" }, desk.money(minor, cart.currency)));
  const before = element("p", { class: "hint", hidden: true }, say("shown.cart.before"));
  const open = element("button", { type: "button", class: "choice wide" }, say("shown.cart"));
  open.addEventListener("click", () => desk.open("cart", cartPage(desk)));
  const lines = cart.lines.map((line) => {
    const drawn = row(`${line.quantity} × ${line.title}`, line.total, undefined, drawPicture(line.picture, line.title, 40));
    if (!line.in_stock) drawn.children[1]?.append(element("span", { class: "wrong" }, say("cart.short")));
    return drawn;
  });
  const card = element(
    "div",
    { role: "group", class: "shown cart-shown", "aria-label": say("cart.title") },
    lines.length
      ? element(
          "ul",
          { class: "effect" },
          ...lines,
          ...(cart.discount ? [row(say("cart.discount", { code: cart.discount }), cart.total - cart.subtotal, "soft")] : []),
          row(say("cart.total"), cart.total, "sum"),
        )
      : element("p", { class: "soft" }, say("cart.empty")),
    before,
    open,
  );
  const mine = likeness(cart.lines, cart.total, cart.discount);
  return {
    card,
    /** @param {Cart} now */
    tell(now) {
      const same = likeness(now.lines, now.total, now.discount?.code) === mine;
      before.hidden = same;
      card.classList.toggle("past", !same);
    },
  };
}

/**
 * What tells two carts apart.
 *
 * @param {{ id: string, quantity: number }[]} lines
 * @param {number} total
 * @param {string} [code]
 */
function likeness(lines, total, code) {
  return JSON.stringify([lines.map(({ id, quantity }) => [id, quantity]).sort(), total, code ?? ""]);
}
