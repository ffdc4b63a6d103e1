// What can be done about an order. Each page asks for what the tool needs and nothing more; what it
// then would do is shown on a card, and only there confirmed.

import { Refusal } from "./api.js";
import { profileOf } from "./cart.js";
import { element } from "./dom.js";
import { addressFields, choices, field, form } from "./forms.js";
import { labelled } from "./money.js";
import { orderPage, ordersPage } from "./orders.js";
import { proposalPage } from "./proposal.js";

/** @import { Desk, Page } from "./shop.js" */
/** @import { Address, Method, Order, OrderLine, Product } from "./types.js" */

/** @typedef {"cancel" | "address" | "payment" | "items" | "return" | "exchange"} ActionName */
/** @typedef {{ name: ActionName, page: (desk: Desk, order: Order) => Page }} Action */

/**
 * What the rules of servicing leave open. The server judges again; this only spares a shopper what
 * it would refuse.
 *
 * @param {Order} order
 * @returns {Action[]}
 */
export function actionsFor(order) {
  const paid = order.payments.some((one) => one.kind === "payment" && one.state === "done");
  if (order.status === "pending" && !order.servicing) {
    /** @type {Action[]} */
    const always = [{ name: "address", page: newAddress }, { name: "cancel", page: cancel }];
    return paid ? [{ name: "items", page: (desk, one) => swap(desk, one, "items") }, { name: "payment", page: newPayment }, ...always] : always;
  }
  if (order.status === "delivered" && order.servicing !== "return_requested" && order.servicing !== "exchange_requested") {
    return [
      { name: "return", page: sendBack },
      { name: "exchange", page: (desk, one) => swap(desk, one, "exchange") },
    ];
  }
  return [];
}

/**
 * A page with a form that leads to a proposal.
 *
 * @param {Desk} desk
 * @param {string} title
 * @param {() => Page} back
 * @param {(propose: (tool: string, args: object) => Promise<void>) => Promise<(Node | string | undefined)[]>} draw
 * @returns {Page}
 */
function asking(desk, title, back, draw) {
  /** @type {Page} */
  const page = {
    title,
    back,
    draw: () =>
      draw(async (tool, args) => {
        const proposal = await desk.tool(tool, args);
        if (desk.shows(page)) void desk.go(proposalPage(desk, proposal, back));
      }),
  };
  return page;
}

/** @param {Desk} desk @param {Order} order @returns {Page} */
function cancel(desk, order) {
  const { say } = desk;
  return asking(desk, say("action.cancel"), () => orderPage(desk, order.id), async (propose) => {
    const reason = choices({
      legend: say("cancel.why"),
      name: "reason",
      choices: [
        { value: "no_longer_needed", label: say("cancel.no_longer_needed"), checked: true },
        { value: "ordered_by_mistake", label: say("cancel.ordered_by_mistake") },
      ],
    });
    // A shop may have reasons of its own: its answer names them, and she writes hers down.
    const own = field({ name: "reason", label: say("cancel.own"), maxlength: 60 });
    own.node.hidden = true;
    return [
      form(desk, {
        body: [reason.node, own.node],
        submit: say("proposal.see"),
        act: () => propose("cancel_order", { order: order.id, reason: own.input.value.trim() || reason.chosen[0] }),
        refused: (error) => {
          if (!(error instanceof Refusal) || error.code !== "bad_reason") return false;
          own.node.hidden = false;
          own.complain(desk.reason(error));
          own.input.focus();
          return true;
        },
      }),
    ];
  });
}

/** @param {Desk} desk @param {Order} order @returns {Page} */
function newAddress(desk, order) {
  const { say } = desk;
  return asking(desk, say("action.address"), () => orderPage(desk, order.id), async (propose) => {
    const address = addressFields(desk, /** @type {Record<string, string>} */ (order.shipping_address));
    return [
      form(desk, {
        body: address.nodes,
        fields: address.fields,
        submit: say("proposal.see"),
        act: () => propose("change_order_address", { order: order.id, address: address.read() }),
      }),
    ];
  });
}

/**
 * The address that the next order goes to.
 *
 * @param {Desk} desk
 * @param {Address | undefined} home
 * @returns {Page}
 */
export function addressPage(desk, home) {
  const { say } = desk;
  return asking(desk, say("home.title"), () => ordersPage(desk), async (propose) => {
    const address = addressFields(desk, /** @type {Record<string, string>} */ (home ?? {}));
    return [
      form(desk, {
        body: address.nodes,
        fields: address.fields,
        submit: say("proposal.see"),
        act: () => propose("change_default_address", { address: address.read() }),
      }),
    ];
  });
}

/**
 * The form for an address, where only the order's number is at hand; without one, for the address
 * that is kept.
 *
 * @param {Desk} desk
 * @param {string} [id]
 * @returns {Page}
 */
export function addressForm(desk, id) {
  return {
    title: desk.say(id ? "action.address" : "home.title"),
    back: () => (id ? orderPage(desk, id) : ordersPage(desk)),
    async draw() {
      /** @type {() => Page} */
      let form;
      if (id) {
        const order = await desk.tool("get_order", { order: id });
        form = () => newAddress(desk, order);
      } else {
        const known = (await profileOf(desk))?.addresses ?? [];
        form = () => addressPage(desk, known.find((one) => one.default) ?? known[0]);
      }
      void desk.go(form());
      return [];
    },
  };
}

/** @param {Desk} desk @param {Order} order @returns {Page} */
function newPayment(desk, order) {
  const { say } = desk;
  return asking(desk, say("action.payment"), () => orderPage(desk, order.id), async (propose) => {
    const used = paidWith(order);
    const others = (await methodsOf(desk)).filter((one) => !used.has(one.id) && !one.once);
    if (!others.length) return [element("p", { class: "empty" }, say("payment.no_other"))];
    const method = drawMethods(desk, order, say("payment.which"), others);
    return [
      form(desk, {
        body: [method.node],
        submit: say("proposal.see"),
        act: () => propose("change_order_payment", { order: order.id, payment_method: method.chosen[0] }),
      }),
    ];
  });
}

/** @param {Desk} desk @param {Order} order @returns {Page} */
function sendBack(desk, order) {
  const { say } = desk;
  return asking(desk, say("action.return"), () => orderPage(desk, order.id), async (propose) => {
    const used = paidWith(order);
    const allowed = (await methodsOf(desk)).filter((one) => used.has(one.id) || one.kind === "gift_card");
    if (!allowed.length) return [element("p", { class: "empty" }, say("payment.ask_person"))];
    const lines = choices({
      legend: say("return.what"),
      name: "line",
      type: "checkbox",
      choices: order.lines.map((line) => ({ value: line.id, label: pieces(line), hint: desk.money(line.total, order.currency), checked: order.lines.length === 1 })),
    });
    const method = drawMethods(desk, order, say("return.to"), allowed);
    return [
      form(desk, {
        body: [lines.node, method.node],
        submit: say("proposal.see"),
        act: async () => {
          lines.complain(lines.chosen.length ? "" : say("lines.missing"));
          if (lines.chosen.length) await propose("return_items", { order: order.id, lines: lines.chosen, refund_to: method.chosen[0] });
        },
      }),
    ];
  });
}

/**
 * Other variants for lines: at once while the order waits, in exchange once it is delivered.
 *
 * @param {Desk} desk
 * @param {Order} order
 * @param {"items" | "exchange"} kind
 * @returns {Page}
 */
function swap(desk, order, kind) {
  const { say } = desk;
  return asking(desk, say(`action.${kind}`), () => orderPage(desk, order.id), async (propose) => {
    const [known, offers] = await Promise.all([methodsOf(desk), Promise.all(order.lines.map((line) => otherVariants(desk, line)))]);
    const used = paidWith(order);
    const methods = known.filter((one) => !one.once || used.has(one.id));
    if (!methods.length) return [element("p", { class: "empty" }, say("payment.ask_person"))];
    methods.sort((one, other) => Number(used.has(other.id)) - Number(used.has(one.id)));
    const picks = order.lines.flatMap((line, at) => {
      const others = offers[at] ?? [];
      if (!others.length) return [];
      const select = element("select", {}, element("option", { value: "" }, say("swap.keep", { title: Object.values(line.options).join(", ") || line.title })));
      for (const one of others) {
        const label = one.title || Object.values(one.options).join(", ") || one.id;
        select.append(element("option", { value: one.id }, `${label} · ${desk.money(one.price, order.currency)}`));
      }
      return [{ line, ...field({ name: `line-${at}`, label: pieces(line), choose: select }) }];
    });
    if (!picks.length) return [element("p", { class: "empty" }, say("swap.none"))];
    const method = drawMethods(desk, order, say("swap.difference"), methods);
    return [
      form(desk, {
        body: [element("p", { class: "soft" }, say(`swap.about.${kind}`)), ...picks.map((one) => one.node), method.node],
        submit: say("proposal.see"),
        act: async () => {
          const changes = picks.flatMap(({ line, input }) => (input.value ? [{ line: line.id, variant: input.value }] : []));
          for (const one of picks) one.complain();
          if (!changes.length) {
            picks[0]?.complain(say("swap.missing"));
            return picks[0]?.input.focus();
          }
          await propose(kind === "items" ? "change_order_items" : "exchange_items", { order: order.id, changes, payment_method: method.chosen[0] });
        },
      }),
    ];
  });
}

/**
 * @param {Desk} desk
 * @param {OrderLine} line
 */
async function otherVariants(desk, line) {
  try {
    /** @type {Product} */
    const product = await desk.tool("get_product", { product: line.product });
    return product.variants.filter((one) => one.id !== line.variant && one.in_stock);
  } catch (error) {
    // What is not sold any more has no other variants.
    if (error instanceof Refusal && error.code === "not_found") return [];
    throw error;
  }
}

/** @param {Desk} desk */
async function methodsOf(desk) {
  return [...((await profileOf(desk))?.payment_methods ?? [])];
}

/**
 * The methods that paid the order and were not refunded in full.
 *
 * @param {Order} order
 */
function paidWith(order) {
  /** @type {Map<string, number>} */
  const held = new Map();
  for (const { kind, method, amount, state } of order.payments) {
    if (!method || state === "failed" || state === "dropped") continue;
    held.set(method, (held.get(method) ?? 0) + (kind === "refund" ? -amount : amount));
  }
  return new Set([...held].flatMap(([method, amount]) => (amount > 0 ? [method] : [])));
}

/**
 * @param {Desk} desk
 * @param {Order} order
 * @param {string} legend
 * @param {Method[]} methods
 */
function drawMethods(desk, order, legend, methods) {
  return choices({
    legend,
    name: "method",
    choices: methods.map((one, at) => ({
      value: one.id,
      label: one.label,
      hint: typeof one.balance === "number" ? desk.say("payment.balance", { amount: desk.money(one.balance, order.currency) }) : undefined,
      checked: at === 0,
    })),
  });
}

/** @param {OrderLine} line */
function pieces(line) {
  return `${line.quantity} × ${labelled(line.title, line.options)}`;
}
