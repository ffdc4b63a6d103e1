// What the assistant proposes in the chat, what a confirmation did, and the forms it offers.
//
// INVARIANT: nothing is done before the button on the card is pressed, and the card says what became
// of it, whichever window confirmed it: the server answers once, and the conversation tells it.

import { checkoutPage } from "./cart.js";
import { element } from "./dom.js";
import { orderPage } from "./orders.js";
import { booked, drawEffect, drawPayment, drawProposal } from "./proposal.js";

/** @import { Cards } from "./blocks.js" */
/** @import { Desk, Done } from "./shop.js" */
/** @import { FormOffer, Order, OutcomeCard, PaymentDue, Proposal } from "./types.js" */

/** How soon an order is asked for its payment at first, and how rarely at last. */
const LOOK_AGAIN = 4_000;
const LOOK_SELDOM = 60_000;

/**
 * @param {Desk} desk
 * @returns {Pick<Cards, "proposal" | "outcome" | "form">}
 */
export function chatDeeds(desk) {
  const { done } = desk;
  /** @type {Map<string, (known: Done) => void>} */
  const cards = new Map();
  return {
    proposal(proposal) {
      const { card, settle } = drawDeed(desk, proposal, done.get(proposal.id));
      cards.set(proposal.id, settle);
      return card;
    },
    outcome(outcome) {
      const known = { ...done.get(outcome.proposal), ...(outcome.order ? { order: outcome.order } : {}) };
      done.set(outcome.proposal, known);
      cards.get(outcome.proposal)?.(known);
      return drawOutcome(desk, outcome, known);
    },
    form: (offer) => drawForm(desk, offer),
  };
}

/**
 * @param {Desk} desk
 * @param {Proposal} proposal
 * @param {Done | undefined} known it was confirmed before
 */
function drawDeed(desk, proposal, known) {
  const { say } = desk;
  const card = element("div", { role: "group", class: "shown deed", "aria-label": proposal.title });
  let settled = false;

  /**
   * Changes the card in place. Whoever stands in it is led to what it says now.
   *
   * @param {"open" | "done" | "over"} kind
   * @param {...(Node | undefined)} body
   */
  const put = (kind, ...body) => {
    const had = card.contains(document.activeElement);
    card.dataset["state"] = kind;
    card.replaceChildren(...body.filter((one) => one !== undefined));
    if (!had) return;
    /** @type {HTMLElement | null} */ (card.querySelector("[tabindex]"))?.focus({ preventScroll: true });
    // All of it is seen, with the way to pay, not only the line that has the focus.
    card.scrollIntoView({ block: "nearest" });
  };
  /** @param {string} [kind] */
  const title = (kind) => element("p", { class: kind ?? "deed-title", dir: "auto" }, proposal.title);

  const open = () =>
    put(
      "open",
      element("p", { class: "deed-kind", tabindex: -1 }, say("shown.proposal")),
      title(),
      ...drawProposal(desk, proposal, {
        shown: () => card.isConnected && !settled,
        done: ({ order, payment, ...outcome }) => {
          booked(desk, { ...outcome, order, payment }, proposal.currency);
          const known = { order, payment: payment && { currency: proposal.currency, ...payment } };
          desk.done.set(proposal.id, known);
          settle(known);
        },
        leave,
        over: (reason) => {
          const why = element("p", { class: "soft", tabindex: -1, role: "status" }, reason);
          // Whoever stands on the button, which is about to go, is led to what is said in its place.
          if (card.contains(document.activeElement)) queueMicrotask(() => why.focus());
          card.dataset["state"] = "over";
          card.querySelector(".deed-kind")?.remove();
          return [why];
        },
      }),
    );
  const leave = () => {
    const again = element("button", { type: "button", class: "quiet" }, say("shown.again"));
    again.addEventListener("click", open);
    put("over", title(), element("p", { class: "soft", tabindex: -1, role: "status" }, say("shown.left")), again);
  };
  /** @param {Done} what */
  const settle = (what) => {
    settled = true;
    const bought = proposal.tool === "checkout";
    const payment = what.payment ? element("div", {}, drawPayment(desk, what.payment)) : undefined;
    put(
      "done",
      element("p", { class: "deed-done", tabindex: -1 }, say("shown.confirmed")),
      title(),
      bought && what.order ? element("p", { class: "order-number" }, say("outcome.number"), " ", element("bdi", {}, what.order)) : undefined,
      payment,
    );
    if (payment && what.order && what.payment) void watchPayment(desk, payment, what.order, what.payment);
  };
  const expired = new Date(proposal.expires_at).getTime() <= Date.now();
  if (known) settle(known);
  else if (expired) put("over", title(), element("p", { class: "soft" }, say("proposal.expired")));
  else open();
  return { card, settle };
}

/**
 * Looks whether the order was paid, which happens in another tab: seldom, and while it is seen.
 *
 * @param {Desk} desk
 * @param {HTMLElement} place
 * @param {string} order
 * @param {PaymentDue} payment
 */
async function watchPayment(desk, place, order, payment) {
  for (let wait = LOOK_AGAIN; desk.known && new Date(payment.until).getTime() > Date.now(); wait = Math.min(wait * 1.5, LOOK_SELDOM)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (document.visibilityState !== "visible") {
      await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
      wait = LOOK_AGAIN;
    }
    if (!place.isConnected) return;
    /** @type {Order | undefined} */
    const now = await desk.tool("get_order", { order }).catch(() => undefined);
    if (!now || now.payment_due) continue;
    place.replaceChildren(element("p", { class: "soft", role: "status" }, desk.say("shown.paid")));
    return;
  }
}

/**
 * @param {Desk} desk
 * @param {OutcomeCard} outcome
 * @param {Done} known
 */
function drawOutcome(desk, outcome, { order }) {
  const { say } = desk;
  const bought = outcome.tool === "checkout";
  const see = element("button", { type: "button", class: "choice wide" }, say("outcome.order"));
  see.addEventListener("click", () => order && desk.open("orders", orderPage(desk, order)));
  return element(
    "div",
    { role: "group", class: "shown outcome", "aria-label": say("outcome.done") },
    element("p", { class: "outcome-title", dir: "auto" }, bought ? say("outcome.bought") : outcome.title),
    order && bought ? element("p", { class: "order-number" }, say("outcome.number"), " ", element("bdi", {}, order)) : undefined,
    // Whom it is for and where it goes was confirmed on the card above; what it cost is worth saying twice.
    drawEffect(desk, bought ? outcome.effect.filter((line) => line.amount !== undefined) : outcome.effect, outcome.currency),
    order && desk.known ? see : undefined,
    bought && !desk.known ? element("p", { class: "soft" }, say("outcome.follow")) : undefined,
  );
}

/**
 * @param {Desk} desk
 * @param {FormOffer} offer
 */
function drawForm(desk, { form, order }) {
  const { say } = desk;
  const card = element("div", { role: "group", class: "shown offer" });
  /** @param {string} about @param {string} label @param {() => void} act */
  const put = (about, label, act) => {
    const button = element("button", { type: "button", class: "primary" }, label);
    button.addEventListener("click", act);
    card.setAttribute("aria-label", label);
    card.replaceChildren(element("p", { class: "soft" }, about), button);
  };
  switch (form) {
    case "prove": {
      const proved = () => card.replaceChildren(element("p", { class: "outcome-title", role: "status" }, say("block.notice.address_proved")));
      const goOn = () => {
        proved();
        desk.needs.write("shown.prove.done");
      };
      put(say("shown.prove"), say("shown.prove.open"), () => (desk.known ? goOn() : desk.needs.prove(say("orders.prove.about"), goOn)));
      if (desk.known) proved();
      break;
    }
    case "checkout":
      put(say("shown.checkout"), say("cart.checkout"), () => desk.open("cart", checkoutPage(desk)));
      break;
    case "address":
      put(say("shown.address"), say("action.address"), async () => {
        const { addressForm } = await import("./servicing.js");
        desk.open("orders", addressForm(desk, order));
      });
      break;
  }
  return card;
}
