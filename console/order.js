// One order at the desk: who bought what, the money, what left the house and what comes back, and
// the steps that can be taken now.
//
// A step cannot be undone. Its button says what it does, and one click does it once.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { labelled, money } from "./money.js";
import { drawStates } from "./orders.js";
import { drawPicture, hear, pictureOf } from "./pictures.js";
import { drawProblem, endsSession, explain } from "./trouble.js";
import { CANCEL_REASONS, MOVEMENTS } from "./words.js";

/** @import { Movement, OrderLine, Picture, StaffOrder } from "./types.js" */

const number = document.getElementById("order")?.dataset["order"] ?? "";
const path = `/v1/staff/orders/${encodeURIComponent(number)}`;
/** What her role may do here, as the page says. @param {"serves" | "books"} deed */
const may = (deed) => document.getElementById("order")?.dataset[deed] === "true";
let busy = false;

export async function startOrder() {
  const place = byId("order");
  place.setAttribute("aria-busy", "true");
  try {
    /** @type {{ order: StaffOrder, pictures?: Record<string, Picture> }} */
    const { order, pictures } = await request("GET", path);
    hear(pictures);
    draw(order);
  } catch (error) {
    if (!endsSession(error)) byId("parts").replaceChildren(drawProblem(error, startOrder));
  }
  place.removeAttribute("aria-busy");
}

/** @param {StaffOrder} order */
function draw(order) {
  document.title = `${order.id} · Order · Parlour`;
  byId("states").replaceChildren(...drawStates(order));
  byId("parts").replaceChildren(
    element(
      "div",
      { class: "columns" },
      element("div", {}, ...drawSteps(order), drawLines(order), drawComingBack(order), drawParcels(order), drawMoney(order)),
      drawFacts(order),
    ),
  );
}

// ---- Steps ---------------------------------------------------------------------------------

/** @param {StaffOrder} order */
function drawSteps(order) {
  return order.steps.flatMap((step) => {
    // What is not hers to do is not offered; that it waits for money is worth knowing for everybody.
    if (step !== "mark_paid" && !may("serves")) return [];
    switch (step) {
      case "mark_paid":
        return [drawBooking(order)];
      case "process":
        return [
          drawStep("Ready to be packed", "Once packing has begun, the shopper can no longer change or cancel this order.", "Start packing", () =>
            take("process", {}, "Packing has begun."),
          ),
        ];
      case "ship":
        return [drawShipping(order)];
      case "deliver":
        return [
          drawStep("On its way", "Book it once the carrier says that everything has arrived. From then on the shopper can return or exchange it.", "Mark as delivered", () =>
            take("deliver", {}, "The order is delivered."),
          ),
        ];
      case "receive":
        return [drawReceiving(order)];
      case "give_up":
        return [drawGivingUp(order)];
      default:
        return [];
    }
  });
}

/**
 * @param {string} title
 * @param {string | Node} about
 * @param {string} [label]
 * @param {() => Promise<void>} [act]
 */
function drawStep(title, about, label, act) {
  const step = element("section", { class: "card step", "aria-labelledby": "step-title" });
  step.append(element("h2", { id: "step-title" }, title), element("p", { class: "soft" }, about));
  if (label && act) {
    const button = element("button", { type: "button", class: "primary" }, label);
    button.addEventListener("click", () => void once(button, act));
    step.append(element("p", { class: "step-do" }, button));
  }
  return step;
}

/** @param {StaffOrder} order */
function drawBooking(order) {
  const due = money(Math.max(0, order.total - order.held), order.currency, navigator.language);
  const title = `Waits for ${due}`;
  if (!may("books")) {
    return drawStep(title, "The payment company books it by itself once the shopper has paid. Money that came in another way is booked by an admin.");
  }
  return drawStep(
    title,
    "The payment company books it by itself once the shopper has paid. Book it here only if the money came in another way, such as by bank transfer or in cash.",
    `Book ${due} as paid`,
    () => take("paid", {}, `${due} is booked as paid.`),
  );
}

/** @param {StaffOrder} order */
function drawShipping(order) {
  const gone = new Set(order.fulfilments.flatMap((parcel) => parcel.lines));
  const left = order.lines.filter((line) => !gone.has(line.id));
  const form = element("form", { class: "invite", novalidate: true });
  const tracking = element("textarea", {
    id: "tracking",
    rows: 2,
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "tracking-hint tracking-problem",
  });
  const complaint = element("p", { id: "tracking-problem", class: "problem", role: "alert" });
  const lines = element("fieldset", { class: "field" }, element("legend", {}, "What is in the parcel"));
  for (const line of left) {
    const box = element("input", { type: "checkbox", name: "line", value: line.id, checked: true });
    lines.append(element("label", { class: "option" }, box, element("span", { dir: "auto" }, pieces(line))));
  }
  const button = element("button", { class: "primary" }, "Mark as shipped");
  const hint = element("p", { class: "hint", role: "status" });
  const chosen = () =>
    [...lines.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
  lines.addEventListener("change", () => {
    const some = chosen().length < left.length;
    button.textContent = some ? "Mark these as shipped" : "Mark as shipped";
    hint.textContent = some ? "The rest stays here and can be shipped later." : "";
  });
  form.append(
    element(
      "div",
      { class: "field" },
      element("label", { for: "tracking" }, "Tracking numbers"),
      tracking,
      element("p", { id: "tracking-hint", class: "hint" }, "One on each line. The shopper sees them."),
      complaint,
    ),
    lines,
    hint,
    button,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const numbers = tracking.value.split("\n").map((one) => one.trim()).filter(Boolean);
    const named = chosen();
    complaint.textContent = "";
    tracking.removeAttribute("aria-invalid");
    if (!numbers.length) {
      complaint.textContent = "Please enter at least one tracking number.";
      tracking.setAttribute("aria-invalid", "true");
      return tracking.focus();
    }
    if (!named.length) {
      hint.textContent = "Please tick at least one line.";
      return void lines.querySelector("input")?.focus();
    }
    const body = named.length === left.length ? { tracking: numbers } : { tracking: numbers, lines: named };
    void once(button, () => take("ship", body, named.length === left.length ? "The order is shipped." : "The parcel is shipped. The rest is still here."));
  });
  return element("section", { class: "card step", "aria-labelledby": "step-title" }, element("h2", { id: "step-title" }, "Ready to be shipped"), form);
}

/** @param {StaffOrder} order */
function drawReceiving(order) {
  const exchange = order.exchange && !order.exchange.received;
  return drawStep(
    exchange ? "An exchange is on its way back" : "A return is on its way back",
    `${moneyOfReceiving(order)} Check the goods first: this cannot be undone.`,
    exchange ? "Book goods as received and settle" : "Book goods as received and refund",
    () => take("receive", {}, exchange ? "The goods are back, and the exchange is settled." : "The goods are back, and the refund is on its way."),
  );
}

/**
 * The quiet way out, for what is not going to be finished.
 *
 * @param {StaffOrder} order
 */
function drawGivingUp(order) {
  /** @type {Record<string, [string, string, string]>} */
  const words = {
    return: ["If the goods do not come back", "Give up the return", "The return is given up. The shopper keeps the goods."],
    exchange: ["If the goods do not come back", "Give up the exchange", "The exchange is given up. The new pieces are back in stock."],
    order: ["If it is not going to be paid", "Give up this order", "The order is given up. What was paid goes back."],
  };
  const about = {
    return: "No money moves, and the shopper can ask again.",
    exchange: "The new pieces go back to stock, no money moves, and the shopper can ask again.",
    order: "It is cancelled, its goods go back to stock, and what was paid for it goes back to whoever paid.",
  };
  const what = order.exchange ? "exchange" : order.return ? "return" : "order";
  const [title, label, done] = /** @type {[string, string, string]} */ (words[what]);
  const button = element("button", { type: "button", class: "secondary" }, label);
  button.addEventListener("click", () => void once(button, () => take("give_up", {}, done)));
  return element(
    "details",
    { class: "card way-out" },
    element("summary", {}, title),
    element("p", { class: "soft" }, about[what], " This cannot be undone."),
    element("p", { class: "step-do" }, button),
  );
}

/**
 * What receiving the goods moves, in a sentence.
 *
 * @param {StaffOrder} order
 */
function moneyOfReceiving(order) {
  /** @param {number} minor */
  const amount = (minor) => money(minor, order.currency, navigator.language);
  if (order.exchange) {
    const { difference, payment_method } = order.exchange;
    const method = methodLabel(order, payment_method);
    if (!difference) return "Once booked, the new goods take the place of the old. The price is the same, so no money moves.";
    return difference > 0
      ? `Once booked, ${amount(difference)} is charged to ${method} and the new goods take the place of the old.`
      : `Once booked, ${amount(-difference)} is refunded to ${method} and the new goods take the place of the old.`;
  }
  const given = (order.refunds ?? []).map((one) => `${amount(one.amount)} is refunded to ${one.method_label ?? "the means of payment used"}`);
  return given.length
    ? `Once booked, ${new Intl.ListFormat("en").format(given)}, and the goods go back to stock.`
    : "Once booked, the goods go back to stock. No money is given back.";
}

/**
 * @param {StaffOrder} order
 * @param {string} id
 */
function methodLabel(order, id) {
  return order.payments.find((one) => one.method === id)?.method_label ?? "the shopper's gift card or means of payment";
}

/**
 * Takes a step and shows the order as it then stands.
 *
 * @param {string} step
 * @param {object} body
 * @param {string} done
 */
async function take(step, body, done) {
  /** @type {{ order: StaffOrder }} */
  const { order } = await request("POST", `${path}/${step}`, body);
  draw(order);
  byId("done").textContent = done;
  byId("heading").focus();
}

/**
 * One thing at a time, and once.
 *
 * @param {HTMLElement} button
 * @param {() => Promise<void>} work
 */
async function once(button, work) {
  if (busy) return;
  busy = true;
  button.setAttribute("aria-busy", "true");
  byId("problem").textContent = "";
  byId("done").textContent = "";
  try {
    await work();
  } catch (error) {
    if (endsSession(error)) return;
    byId("problem").textContent = explain(error);
    // Somebody else may have been first: show how it stands now.
    /** @type {{ order: StaffOrder } | undefined} */
    const now = await request("GET", path).catch(() => undefined);
    // What was typed stays.
    if (now && !button.closest("form")) {
      draw(now.order);
      byId("heading").focus();
    }
  } finally {
    busy = false;
    button.removeAttribute("aria-busy");
  }
}

// ---- Showing -------------------------------------------------------------------------------

/** @param {OrderLine} line */
function pieces(line) {
  return `${line.quantity} × ${labelled(line.title, line.options)}`;
}

/** @param {StaffOrder} order */
function drawLines(order) {
  /** @param {number} minor */
  const amount = (minor) => money(minor, order.currency, navigator.language);
  /** @param {OrderLine} line */
  const each = (line) => `${line.quantity} × ${amount(line.unit_price)}`;
  // A narrow screen has no room for a column of its own: there it stands below the title, and its cell
  // is only heard.
  /** @param {OrderLine} line */
  const drawWhat = (line) => element("span", {}, labelled(line.title, line.options), element("span", { class: "each-below", "aria-hidden": "true" }, each(line)));
  const rows = order.lines.map((line) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", dir: "auto" }, element("span", { class: "pictured" }, drawPicture(pictureOf({ id: line.product })?.card, line.title, 40), drawWhat(line))),
      element("td", { class: "number each" }, element("span", {}, each(line))),
      element("td", { class: "number" }, amount(line.total)),
    ),
  );
  /** @param {string} name @param {string} value @param {string} [kind] */
  const total = (name, value, kind) =>
    element("tr", { class: kind }, element("th", { scope: "row", colspan: 2, dir: "auto" }, name), element("td", { class: "number" }, value));
  const sum = [...order.lines.map((line) => line.total), ...order.adjustments.map((one) => one.amount)].reduce((all, one) => all + one, 0);
  const foot = order.adjustments.map((one) => total(one.title, amount(one.amount)));
  if (sum !== order.total) foot.push(total(order.status === "cancelled" ? "Cancelled" : "Given back", amount(order.total - sum)));
  foot.push(total("Total", amount(order.total), "sum"));
  return element(
    "section",
    { class: "card", "aria-labelledby": "lines-title" },
    element("h2", { id: "lines-title" }, "Goods"),
    element(
      "table",
      { class: "amounts" },
      element(
        "thead",
        { class: "visually-hidden" },
        element("tr", {}, element("th", { scope: "col" }, "What"), element("th", { scope: "col" }, "Pieces and price"), element("th", { scope: "col" }, "Sum")),
      ),
      element("tbody", {}, ...rows),
      element("tfoot", {}, ...foot),
    ),
  );
}

/** @param {StaffOrder} order */
function drawComingBack(order) {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  /** @param {string} id */
  const named = (id) => {
    const line = lines.get(id);
    return line ? pieces(line) : id;
  };
  const { return: back, exchange } = order;
  if (back) {
    return element(
      "section",
      { class: "card", "aria-labelledby": "back-title" },
      element("h2", { id: "back-title" }, back.received ? "Returned" : "Return asked for"),
      element("ul", { class: "plain-list" }, ...back.lines.map((id) => element("li", { dir: "auto" }, named(id)))),
      back.received ? element("p", { class: "soft" }, "The goods are back and refunded.") : undefined,
    );
  }
  if (exchange) {
    return element(
      "section",
      { class: "card", "aria-labelledby": "back-title" },
      element("h2", { id: "back-title" }, exchange.received ? "Exchanged" : "Exchange asked for"),
      element(
        "ul",
        { class: "plain-list" },
        ...exchange.changes.map((change) =>
          element(
            "li",
            { dir: "auto" },
            // Once the goods are back, the line is what took their place.
            exchange.received ? `${named(change.line)}, in exchange` : `${named(change.line)} goes back for ${change.label ?? change.variant}`,
          ),
        ),
      ),
      exchange.received ? element("p", { class: "soft" }, "The goods are back and the difference is settled.") : undefined,
    );
  }
  return "";
}

/** @param {StaffOrder} order */
function drawParcels(order) {
  if (!order.fulfilments.length) return "";
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  return element(
    "section",
    { class: "card", "aria-labelledby": "parcels-title" },
    element("h2", { id: "parcels-title" }, order.fulfilments.length === 1 ? "Parcel" : "Parcels"),
    ...order.fulfilments.map((parcel) =>
      element(
        "div",
        { class: "parcel" },
        element("p", {}, ...parcel.tracking.flatMap((one, at) => [at ? ", " : "", element("code", {}, one)])),
        element(
          "ul",
          { class: "plain-list soft" },
          ...parcel.lines.map((id) => {
            const line = lines.get(id);
            return element("li", { dir: "auto" }, line ? pieces(line) : id);
          }),
        ),
      ),
    ),
  );
}

/** @param {StaffOrder} order */
function drawMoney(order) {
  const shown = order.payments;
  return element(
    "section",
    { class: "card", "aria-labelledby": "money-title" },
    element("h2", { id: "money-title" }, "Payments"),
    shown.length
      ? element("ul", { class: "movements" }, ...shown.map((one) => drawMovement(one, order.currency)))
      : element("p", { class: "soft" }, "Nothing was paid yet."),
  );
}

/**
 * @param {Movement} movement
 * @param {string} currency
 */
function drawMovement(movement, currency) {
  const refund = movement.kind === "refund";
  const amount = money(refund ? -movement.amount : movement.amount, currency, navigator.language);
  return element(
    "li",
    {},
    element("span", { class: "movement-what" }, refund ? "Refund" : "Payment"),
    element("span", { class: "soft", dir: "auto" }, movement.method_label ?? ""),
    element("span", { class: `pill ${movement.state}` }, MOVEMENTS[movement.kind]?.[movement.state] ?? movement.state),
    element("span", { class: "number" }, amount),
  );
}

/** @param {StaffOrder} order */
function drawFacts(order) {
  const { customer, shipping_address: to } = order;
  const address = [to.line1, to.line2, [to.postal_code, to.city].filter(Boolean).join(" "), to.region, countryName(to.country)];
  /** @type {[string, string | Node | null][]} */
  const facts = [
    ["Name", customer.name],
    ["E-mail", customer.email],
    ["Phone", customer.phone],
    ["Placed", order.placed_at ? moment(order.placed_at, navigator.language) : null],
    ["Reason", order.cancel_reason && (CANCEL_REASONS[order.cancel_reason] ?? order.cancel_reason)],
  ];
  return element(
    "aside",
    { class: "facts", "aria-label": "About this order" },
    element("h2", {}, "Customer"),
    element("dl", {}, ...facts.flatMap(([name, value]) => (value ? [element("dt", {}, name), element("dd", { dir: "auto" }, value)] : []))),
    element("h2", {}, "Delivered to"),
    element("address", {}, ...address.flatMap((line) => (line ? [element("span", { dir: "auto" }, line)] : []))),
  );
}

/** @param {string | undefined} code */
function countryName(code = "") {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
