// The shop beside the chat: products, cart, checkout, orders. This room holds the pages in hand:
// one is shown at a time, its heading gets the focus, and a page that cannot be had says why.
//
// INVARIANT: nothing is asked of the server, and no session opened, before the shopper acts here.

import { Refusal } from "./api.js";
import { cartPage } from "./cart.js";
import { chatGoods } from "./chat_goods.js";
import { deedsWhenWanted } from "./deeds_later.js";
import { element } from "./dom.js";
import { money } from "./money.js";
import { drawProgress, drawSummary, orderPage, ordersPage } from "./orders.js";
import { drawGood, productPage, searchPage } from "./products.js";
import { reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { Cart, OrderCard, Outcome, PaymentDue, Product, ProductCard, Session } from "./types.js" */

/**
 * What a page shows: drawn anew each time it is gone to.
 *
 * @typedef {object} Page
 * @property {string} title
 * @property {() => Page} [back] the page that this one stands under
 * @property {() => (Node | string | undefined)[] | Promise<(Node | string | undefined)[]>} draw
 */

/**
 * What the widget lends to the shop.
 *
 * @typedef {object} Needs
 * @property {HTMLElement} place
 * @property {Say} say
 * @property {string} locale
 * @property {() => Session | undefined} session
 * @property {(name: string, args: object) => Promise<any>} tool opens a session where there is none
 * @property {(path: string, body: object) => Promise<any>} post with the session there is
 * @property {(about: string, then: () => void) => void} prove leads through the mailed code
 * @property {(place: "shop" | "cart" | "orders") => void} turnTo
 * @property {(place: "shop" | "cart" | "orders", show: () => unknown) => void} turnWith as `turnTo`, to what `show` draws
 * @property {(key: keyof typeof import("./texts.js").QUESTIONS) => void} write says something in the chat
 * @property {(pieces: number) => void} counted how many pieces are in the cart
 */

/** What is known of a proposal that was confirmed. @typedef {{ order?: string, payment?: PaymentDue }} Done */

/** What every page has in hand. */
export class Desk {
  /** What was searched for, and found. @type {{ query: string, products: Product[] | undefined }} */
  search = { query: "", products: undefined };
  /** What was typed at the checkout, kept while the shopper looks elsewhere. @type {Record<string, string>} */
  typed = {};
  /** What was ordered just now, so that a guest finds the way to the payment again. @type {Outcome | undefined} */
  placed;
  /** The proposals that are known to be confirmed, by their ids. @type {Map<string, Done>} */
  done = new Map();
  /** The cart as it was last heard of. @type {Cart | undefined} */
  cart;
  /** Told of each cart that is heard of. @type {((cart: Cart) => void) | undefined} */
  watch;

  /** Each page shown has its number, so that what an older one still brings is ignored. */
  #shown = 0;
  /** @type {Page | undefined} */
  #page;

  /** @param {Needs} needs */
  constructor(needs) {
    this.needs = needs;
    this.say = needs.say;
    this.locale = needs.locale;
  }

  get session() {
    return this.needs.session();
  }

  /** Whether the shopper has proved an address. */
  get known() {
    return this.session !== undefined && this.session.level !== "guest";
  }

  /**
   * @param {string} name
   * @param {object} [args]
   */
  tool(name, args = {}) {
    return this.needs.tool(name, args);
  }

  /** @param {number} minor @param {string} currency */
  money(minor, currency) {
    return money(minor, currency, this.locale);
  }

  /**
   * `key.one`, `key.few`, … as the language counts.
   *
   * @param {string} key
   * @param {number} count
   */
  count(key, count) {
    return this.say.count(key, count);
  }

  /**
   * What went wrong, in words.
   *
   * @param {unknown} error
   */
  reason(error) {
    return error instanceof Refusal ? reasonOf(error, this.say) : this.say("shop.reach");
  }

  /** @param {Cart} cart */
  counted(cart) {
    this.cart = cart;
    this.watch?.(cart);
    this.needs.counted(cart.lines.reduce((all, line) => all + line.quantity, 0));
    return cart;
  }

  /**
   * Opens a page from the chat.
   *
   * @param {"shop" | "cart" | "orders"} place where it stands
   * @param {Page} page
   */
  open(place, page) {
    this.needs.turnWith(place, () => this.go(page));
  }

  /** Whether this page is still the one on the screen. @param {Page} page */
  shows(page) {
    return this.#page === page;
  }

  /**
   * @param {Page} page
   * @param {{ quietly?: boolean }} [how] `quietly` leaves the focus and the place in the page alone
   */
  async go(page, { quietly = false } = {}) {
    const mine = (this.#shown += 1);
    const { place } = this.needs;
    this.#page = page;
    place.setAttribute("aria-busy", "true");
    // Most answers are there at once: what takes longer says so.
    const wait = setTimeout(() => this.#put(page, [element("p", { class: "empty", role: "status" }, this.say("shop.loading"))], quietly), 300);
    let body;
    try {
      body = await page.draw();
    } catch (error) {
      body = [this.#trouble(error, page)];
    }
    clearTimeout(wait);
    if (mine !== this.#shown) return;
    this.#put(page, body, quietly);
    place.removeAttribute("aria-busy");
  }

  /** Forgets everything: the session is over, or another's. */
  reset() {
    this.#shown += 1;
    this.#page = undefined;
    this.search = { query: "", products: undefined };
    this.typed = {};
    this.placed = undefined;
    this.cart = undefined;
    this.done.clear();
    this.needs.place.replaceChildren();
    this.needs.counted(0);
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.needs.place.querySelector("h2"))?.focus();
  }

  /**
   * @param {Page} page
   * @param {(Node | string | undefined)[]} body
   * @param {boolean} quietly
   */
  #put(page, body, quietly) {
    const { place } = this.needs;
    const head = element("div", { class: "page-head" });
    const { back } = page;
    if (back) {
      const button = element("button", { type: "button", class: "back" }, this.say("shop.back"));
      button.addEventListener("click", () => void this.go(back()));
      head.append(button);
    }
    head.append(element("h2", { tabindex: "-1", dir: "auto" }, page.title));
    const at = place.scrollTop;
    place.replaceChildren(head, ...body.filter((one) => one !== undefined));
    place.scrollTop = quietly ? at : 0;
    if (!quietly) this.focus();
  }

  /** @param {unknown} error @param {Page} page */
  #trouble(error, page) {
    const again = element("button", { type: "button", class: "choice" }, this.say("shop.again"));
    again.addEventListener("click", () => void this.go(page));
    return element("div", { class: "empty" }, element("p", { class: "wrong", role: "alert" }, this.reason(error)), again);
  }
}

/**
 * @param {Needs} needs
 */
export function openShop(needs) {
  const desk = new Desk(needs);
  const pages = { shop: searchPage, cart: cartPage, orders: ordersPage };
  return {
    /** @param {"shop" | "cart" | "orders"} place */
    turnTo: (place) => desk.go(pages[place](desk)),
    /** @param {OrderCard} order @param {() => void} open */
    order: (order, open) => {
      const whole = { ...order, servicing: order.servicing ?? null, placed_at: order.placed_at ?? null };
      return element("div", { class: "order-shown" }, drawSummary(desk, whole, open), drawProgress(desk, whole, { briefly: true }));
    },
    cards: { ...chatGoods(desk), ...deedsWhenWanted(desk) },
    /** @param {OrderCard} order */
    showOrder: (order) => desk.go(orderPage(desk, order.id)),
    /** @param {ProductCard} product */
    show: (product) => desk.go(productPage(desk, product)),
    /** @param {ProductCard} product @param {() => void} open */
    good: (product, open) => drawGood(desk, product, open),
    focus: () => desk.focus(),
    reset: () => desk.reset(),
    /** How full the cart of the session is. */
    async count() {
      desk.counted(await desk.tool("get_cart"));
    },
  };
}
