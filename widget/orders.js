// The shopper's own orders: where each stands, what was paid, and what can still be done about it.

import { element, moment } from "./dom.js";
import { profileOf } from "./cart.js";
import { countryName } from "./forms.js";
import { labelled } from "./money.js";
import { drawPicture, pictureOf } from "./pictures.js";

/** @import { Desk, Page } from "./shop.js" */
/** @import { Key } from "./texts.js" */
/** @import { Address, Movement, Order, OrderSummary, Profile } from "./types.js" */

/** How often an order whose payment is awaited is looked at again. */
const LOOK_AGAIN = 4_000;

/**
 * @param {Desk} desk
 * @returns {Page}
 */
export function ordersPage(desk) {
  const { say } = desk;
  /** @type {Page} */
  const page = {
    title: say("orders.title"),
    async draw() {
      const placed = await drawPlaced(desk);
      if (!desk.known) {
        const prove = element("button", { type: "button", class: "primary" }, say("menu.prove"));
        prove.addEventListener("click", () => desk.needs.prove(say("orders.prove.about"), () => void desk.go(page)));
        return [placed, element("div", { class: "empty" }, element("p", {}, say("orders.prove")), prove)];
      }
      /** @type {[{ orders: OrderSummary[] }, Profile | undefined]} */
      const [{ orders }, profile] = await Promise.all([desk.tool("list_orders", { limit: 50 }), profileOf(desk)]);
      const home = profile?.addresses.find((one) => one.default) ?? profile?.addresses[0];
      return [
        orders.length
          ? element("ul", { class: "goods" }, ...orders.map((one) => element("li", {}, drawSummary(desk, one))))
          : element("p", { class: "empty" }, say("orders.none")),
        profile ? drawHome(desk, home) : undefined,
      ];
    },
  };
  return page;
}

/**
 * What a guest ordered just now: until she proves her address, this is her only way back to the
 * payment.
 *
 * @param {Desk} desk
 */
async function drawPlaced(desk) {
  const { placed, say } = desk;
  if (!placed?.order || desk.known) return undefined;
  const { drawPayment } = await import("./proposal.js");
  return element(
    "section",
    { class: "proposal", "aria-label": say("outcome.number") },
    element("p", { class: "order-number" }, say("outcome.number"), " ", element("bdi", {}, placed.order)),
    placed.payment ? drawPayment(desk, placed.payment) : undefined,
  );
}

/**
 * An order in few words, here and in the chat.
 *
 * @param {Desk} desk
 * @param {OrderSummary & { titles?: string[], pictures?: string[] }} order
 * @param {() => void} [open]
 */
export function drawSummary(desk, order, open = () => void desk.go(orderPage(desk, order.id))) {
  const card = element(
    "button",
    { type: "button", class: "good order" },
    element("span", { class: "good-title" }, element("bdi", {}, order.id)),
    element("span", { class: "good-price" }, desk.money(order.total, order.currency)),
    element("span", { class: "good-about", dir: "auto" }, (order.titles ?? []).join(", ")),
    element("span", { class: "order-state" }, stateOf(desk, order)),
    element("span", { class: "good-about when" }, order.placed_at ? moment(order.placed_at, desk.locale) : ""),
    order.pictures?.length ? element("span", { class: "good-pictures" }, ...order.pictures.map((name) => drawPicture(name, "", 40))) : undefined,
  );
  card.addEventListener("click", open);
  return card;
}

/**
 * @param {Desk} desk
 * @param {OrderSummary} order
 */
function stateOf(desk, order) {
  const { say } = desk;
  if (order.status === "pending" && !order.paid) return say("state.order.unpaid");
  if (order.servicing === "return_requested") return say("state.order.return");
  if (order.servicing === "exchange_requested") return say("state.order.exchange");
  return say(/** @type {Key} */ (`state.order.${order.status}`));
}

/**
 * @param {Desk} desk
 * @param {Address | undefined} home
 */
function drawHome(desk, home) {
  const { say } = desk;
  const change = element("button", { type: "button", class: "quiet" }, say("home.change"));
  change.addEventListener("click", async () => {
    const { addressPage } = await import("./servicing.js");
    void desk.go(addressPage(desk, home));
  });
  return element(
    "section",
    { class: "part", "aria-labelledby": "home-title" },
    element("h3", { id: "home-title" }, say("home.title")),
    home ? drawAddress(desk, home) : element("p", { class: "soft" }, say("home.none")),
    change,
  );
}

/**
 * @param {Desk} desk
 * @param {Partial<Address>} address
 */
function drawAddress(desk, address) {
  const lines = [
    address.line1,
    address.line2,
    [address.postal_code, address.city].filter(Boolean).join(" "),
    address.region,
    address.country && countryName(address.country, desk.locale),
  ];
  return element("address", {}, ...lines.flatMap((line) => (line ? [element("span", { dir: "auto" }, line)] : [])));
}

/**
 * @param {Desk} desk
 * @param {string} id
 * @returns {Page}
 */
export function orderPage(desk, id) {
  const { say } = desk;
  /** @type {Page} */
  const page = {
    title: say("order.title", { order: id }),
    back: () => ordersPage(desk),
    async draw() {
      /** @type {Order} */
      const order = await desk.tool("get_order", { order: id });
      // The shopper's tab with the payment page is another: when she is back, so is the news.
      if (order.payment_due) void watchPayment(desk, page, order);
      const [{ drawPayment }, { actionsFor }] = await Promise.all([import("./proposal.js"), import("./servicing.js")]);
      return [
        drawProgress(desk, order),
        drawBanner(desk, order),
        order.payment_due ? drawPayment(desk, { currency: order.currency, ...order.payment_due }) : undefined,
        drawTracking(desk, order),
        drawGoods(desk, order),
        drawMovements(desk, order),
        part(say("order.to"), drawAddress(desk, order.shipping_address)),
        drawActions(desk, order, actionsFor(order)),
      ];
    },
  };
  return page;
}

/**
 * Looks again while the page is shown and seen, until the payment is there.
 *
 * @param {Desk} desk
 * @param {Page} page
 * @param {Order} before
 */
async function watchPayment(desk, page, before) {
  await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  while (document.visibilityState !== "visible") {
    await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
  }
  if (!desk.shows(page) || new Date(before.payment_due?.until ?? 0).getTime() < Date.now()) return;
  const now = await desk.tool("get_order", { order: before.id }).catch(() => before);
  if (!desk.shows(page)) return;
  if (!now.payment_due) await desk.go(page, { quietly: true });
  else await watchPayment(desk, page, before);
}

const STEPS = /** @type {const} */ (["placed", "paid", "processed", "shipped", "delivered"]);

/**
 * @param {Desk} desk
 * @param {OrderSummary} order
 * @param {{ briefly?: boolean }} [how] `briefly` leaves the payment out, which the state tells
 */
export function drawProgress(desk, order, { briefly = false } = {}) {
  const { say } = desk;
  if (order.status === "cancelled") return element("p", { class: "banner" }, say("order.cancelled"));
  const steps = STEPS.filter((step) => !briefly || step !== "paid");
  const gone = steps.indexOf(/** @type {any} */ (order.status));
  const reached = gone >= 0 ? gone : order.paid && !briefly ? 1 : 0;
  return element(
    "ol",
    { class: "progress", "aria-label": say("order.progress") },
    ...steps.map((step, at) =>
      element(
        "li",
        { class: at <= reached ? "reached" : undefined, "aria-current": at === reached ? "step" : undefined },
        element("span", {}, say(`progress.${step}`)),
        element("span", { class: "visually-hidden" }, ` (${say(at <= reached ? "progress.yes" : "progress.no")})`),
      ),
    ),
  );
}

/**
 * @param {Desk} desk
 * @param {Order} order
 */
function drawBanner(desk, order) {
  const { say } = desk;
  /** @type {Key | undefined} */
  const key =
    order.servicing === "return_requested"
      ? order.return?.received ? "banner.returned" : "banner.return"
      : order.servicing === "exchange_requested"
        ? order.exchange?.received ? "banner.exchanged" : "banner.exchange"
        : order.servicing === "items_changed" && order.status === "pending"
          ? "banner.changed"
          : undefined;
  return key && element("p", { class: "banner" }, say(key));
}

/**
 * @param {Desk} desk
 * @param {Order} order
 */
function drawTracking(desk, order) {
  const parcels = order.fulfilments;
  if (!parcels.length) return undefined;
  const many = parcels.length > 1 || order.status === "processed";
  const names = new Map(order.lines.map((line) => [line.id, `${line.quantity} × ${labelled(line.title, line.options)}`]));
  return part(
    desk.say("order.tracking"),
    ...parcels.map((parcel) =>
      element(
        "div",
        { class: "parcel" },
        element("p", { class: "codes" }, ...parcel.tracking.flatMap((code, at) => [at ? ", " : "", element("bdi", {}, code)])),
        many ? element("p", { class: "hint", dir: "auto" }, parcel.lines.map((line) => names.get(line) ?? line).join(", ")) : undefined,
      ),
    ),
  );
}

/**
 * @param {Desk} desk
 * @param {Order} order
 */
function drawGoods(desk, order) {
  const { say } = desk;
  /** @param {string} name @param {number} minor @param {string} [kind] @param {Node} [picture] */
  const row = (name, minor, kind, picture) =>
    element("li", { class: kind }, picture, element("span", { dir: "auto" }, name), element("span", { class: "amount" }, desk.money(minor, order.currency)));
  const sum = [...order.lines.map((line) => line.total), ...order.adjustments.map((one) => one.amount)].reduce((all, one) => all + one, 0);
  return part(
    say("order.goods"),
    element(
      "ul",
      { class: "effect" },
      ...order.lines.map((line) => row(`${line.quantity} × ${labelled(line.title, line.options)}`, line.total, undefined, drawPicture(pictureOf({ id: line.product })?.card, line.title, 40))),
      ...order.adjustments.map((one) => row(one.title, one.amount, "soft")),
      ...(sum === order.total ? [] : [row(say(order.status === "cancelled" ? "order.taken_back" : "order.given_back"), order.total - sum, "soft")]),
      row(say("order.total"), order.total, "sum"),
    ),
  );
}

/**
 * @param {Desk} desk
 * @param {Order} order
 */
function drawMovements(desk, order) {
  if (!order.payments.length) return undefined;
  const { say } = desk;
  /** @param {Movement} one */
  const row = (one) => {
    const what = say(/** @type {Key} */ (`money.${one.kind}.${one.state}`));
    return element(
      "li",
      {},
      element("span", {}, what, one.method_label ? element("span", { class: "hint", dir: "auto" }, one.method_label) : undefined),
      element("span", { class: "amount" }, desk.money(one.kind === "refund" ? -one.amount : one.amount, order.currency)),
    );
  };
  return part(say("order.payments"), element("ul", { class: "effect movements" }, ...order.payments.map(row)));
}

/**
 * @param {Desk} desk
 * @param {Order} order
 * @param {ReturnType<typeof import("./servicing.js").actionsFor>} actions
 */
function drawActions(desk, order, actions) {
  if (!actions.length) return undefined;
  const list = element("div", { class: "actions" });
  for (const action of actions) {
    const button = element("button", { type: "button", class: "deed-row" }, desk.say(`action.${action.name}`));
    button.addEventListener("click", () => void desk.go(action.page(desk, order)));
    list.append(button);
  }
  return part(desk.say("order.actions"), list);
}

/**
 * @param {string} title
 * @param {...(Node | string | undefined)} body
 */
function part(title, ...body) {
  return element("section", { class: "part", "aria-label": title }, element("h3", {}, title), ...body);
}
