// What is about to be done, exactly, on a card that the platform draws; its confirmation; and what
// was done. Text never confirms anything: only the button on this card does.

import { Refusal, Unreachable } from "./api.js";
import { element, moment } from "./dom.js";
import { field, form } from "./forms.js";
import { orderPage, ordersPage } from "./orders.js";

/** @import { Desk, Page } from "./shop.js" */
/** @import { EffectLine, Outcome, PaymentDue, Proposal } from "./types.js" */

/**
 * @param {Desk} desk
 * @param {Proposal} proposal
 * @param {() => Page} back where "Not now" leads
 * @returns {Page}
 */
export function proposalPage(desk, proposal, back) {
  /** @type {Page} */
  const page = {
    title: proposal.title,
    draw: () => [
      element(
        "section",
        { class: "proposal", "aria-label": proposal.title },
        ...drawProposal(desk, proposal, {
          shown: () => desk.shows(page),
          done: (outcome) => finish(desk, outcome, proposal.currency),
          leave: () => void desk.go(back()),
          over: (reason) => {
            const again = element("button", { type: "button", class: "primary" }, desk.say("proposal.again"));
            again.addEventListener("click", () => void desk.go(back()));
            return [element("p", { class: "wrong", role: "alert" }, reason), again];
          },
        }),
      ),
    ],
  };
  return page;
}

/**
 * Where a proposal is shown, and what becomes of it there.
 *
 * @typedef {object} Ends
 * @property {() => boolean} shown whether it is still on the screen
 * @property {(outcome: Outcome) => void} done
 * @property {() => void} leave "Not now": nothing was done
 * @property {(reason: string) => Node[]} over what stands in its place once it can no longer be confirmed
 */

/**
 * What would be done, until when, and the one button that does it.
 *
 * @param {Desk} desk
 * @param {Proposal} proposal
 * @param {Ends} ends
 * @returns {Node[]}
 */
export function drawProposal(desk, proposal, ends) {
  const { say } = desk;
  const { currency } = proposal;
  const act = element("div", { class: "card-act" });
  const until = element("p", { class: "hint" });
  const total = proposal.total === undefined ? [] : [drawTotal(desk, proposal.total, currency)];
  const card = [drawEffect(desk, proposal.effect, currency), ...total, until, act];
  const leave = () => {
    const button = element("button", { type: "button", class: "quiet" }, say("proposal.not_now"));
    button.addEventListener("click", () => ends.leave());
    return button;
  };
  /** @param {string} reason it can no longer be confirmed */
  const over = (reason) => {
    until.textContent = "";
    act.replaceChildren(...ends.over(reason));
  };
  const left = new Date(proposal.expires_at).getTime() - Date.now();
  if (left <= 0) {
    over(say("proposal.expired"));
    return card;
  }
  until.append(say("proposal.until"), " ", moment(proposal.expires_at, desk.locale));
  setTimeout(() => ends.shown() && !act.querySelector("[aria-busy=true]") && over(say("proposal.expired")), Math.min(left, 2 ** 31 - 1));

  /** @param {object} body */
  const confirm = async (body) => {
    try {
      ends.done(await desk.needs.post(`/v1/proposals/${encodeURIComponent(proposal.id)}/confirm`, body));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The answer to an earlier try was lost on its way: what was confirmed is done, once.
      if (error.code === "already_confirmed" && error.outcome) return ends.done(error.outcome);
      if (error.code === "not_found" || (error.code === "expired" && !("code" in body))) return over(desk.reason(error));
      throw error;
    }
  };
  const label = say(proposal.tool === "checkout" ? "proposal.buy" : "proposal.confirm");
  /** @param {unknown} error it may have arrived: that is said, and what to do then */
  const unanswered = (error) => {
    if (!(error instanceof Unreachable)) return false;
    const problem = act.querySelector(".form-problem");
    if (problem) problem.textContent = say("proposal.no_answer");
    return true;
  };

  if (proposal.level === "step_up") {
    /** She signs exactly this with her passkey; who has none is mailed a code. @type {() => Promise<void>} */
    const sign = async () => {
      const { signProposal } = await import("./passkeys.js");
      const lines = [proposal.title, ...proposal.effect.map(({ text, amount }) => (amount === undefined ? text : `${text} · ${desk.money(amount, currency)}`))];
      const passkey = await signProposal(say, proposal.id, lines);
      return passkey ? confirm({ passkey }) : askForCode();
    };
    const hasPasskey = desk.session?.passkey === true;
    const ask = form(desk, {
      body: [element("p", { class: "soft" }, say(hasPasskey ? "proposal.passkey" : "proposal.step_up"))],
      submit: say(hasPasskey ? "proposal.passkey.confirm" : "proposal.send_code"),
      act: async () => (hasPasskey ? sign() : askForCode()),
      refused: unanswered,
    });
    /** @type {() => Promise<void>} */
    const askForCode = async () => {
      try {
        const { request } = await desk.needs.post(`/v1/proposals/${encodeURIComponent(proposal.id)}/codes`, {});
        act.replaceChildren(drawCode(request), leave());
        act.querySelector("input")?.focus();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // It was confirmed meanwhile, in another window: what it did is told at a confirmation.
        if (error.code === "already_confirmed") return confirm({});
        // A passkey was made meanwhile, in another window: it is what confirms from now on.
        if (error.code === "has_passkey") return sign();
        if (error.code !== "expired" && error.code !== "not_found") throw error;
        over(desk.reason(error));
      }
    };
    /** @param {string} request */
    const drawCode = (request) => {
      const code = field({
        name: "code",
        label: say("prove.code"),
        autocomplete: "one-time-code",
        inputmode: "numeric",
        maxlength: 12,
        kind: "digits",
        missing: say("prove.code.missing"),
      });
      const digits = () => code.input.value.replace(/\D/g, "");
      const again = element("button", { type: "button", class: "quiet" }, say("proposal.new_code"));
      const made = form(desk, {
        body: [element("p", { class: "soft", role: "status" }, say("proposal.sent")), code.node],
        fields: [{ ...code, check: () => (digits().length === 6 ? "" : say("prove.code.missing")) }],
        submit: label,
        act: () => confirm({ code: { request, code: digits() } }),
        refused: (error) => {
          if (!(error instanceof Refusal) || !["bad_code", "expired", "bad_argument"].includes(error.code)) return unanswered(error);
          code.complain(desk.reason(error));
          code.input.focus();
          return true;
        },
      });
      again.addEventListener("click", async () => {
        if (again.getAttribute("aria-busy") === "true") return;
        again.setAttribute("aria-busy", "true");
        try {
          await askForCode();
        } catch (error) {
          code.complain(desk.reason(error));
        }
        again.removeAttribute("aria-busy");
      });
      made.append(again);
      return made;
    };
    act.append(ask, leave());
  } else {
    act.append(form(desk, { body: [], submit: label, act: () => confirm({}), refused: unanswered }), leave());
  }
  return card;
}

/**
 * @param {Desk} desk
 * @param {EffectLine[]} effect
 * @param {string} currency
 */
export function drawEffect(desk, effect, currency) {
  return element(
    "ul",
    { class: "effect" },
    ...effect.map((line) =>
      element(
        "li",
        {},
        element("span", { dir: "auto" }, line.text),
        line.amount === undefined ? undefined : element("span", { class: "amount" }, desk.money(line.amount, currency)),
      ),
    ),
  );
}

/**
 * @param {Desk} desk
 * @param {number} total
 * @param {string} currency
 */
function drawTotal(desk, total, currency) {
  return element(
    "p",
    { class: "effect-total" },
    element("span", {}, desk.say(total < 0 ? "proposal.back" : "proposal.total")),
    element("span", { class: "amount" }, desk.money(Math.abs(total), currency)),
  );
}

/**
 * @param {Desk} desk
 * @param {Outcome} outcome
 * @param {string} currency
 */
function finish(desk, outcome, currency) {
  booked(desk, outcome, currency);
  void desk.go(outcomePage(desk, outcome, currency));
}

/**
 * What an order that was placed changes about the shop at hand.
 *
 * @param {Desk} desk
 * @param {Outcome} outcome
 * @param {string} currency
 */
export function booked(desk, outcome, currency) {
  if (outcome.tool !== "checkout") return;
  desk.typed = {};
  desk.needs.counted(0);
  desk.placed = outcome.order ? { ...outcome, payment: outcome.payment && { currency, ...outcome.payment } } : undefined;
}

/**
 * @param {Desk} desk
 * @param {Outcome} outcome
 * @param {string} currency
 * @returns {Page}
 */
function outcomePage(desk, outcome, currency) {
  const { say } = desk;
  const { order, payment } = outcome;
  const bought = outcome.tool === "checkout";
  return {
    title: say(bought ? "outcome.bought" : "outcome.done"),
    draw() {
      const see = element("button", { type: "button", class: payment ? "choice wide" : "primary" }, say(order && desk.known ? "outcome.order" : "outcome.orders"));
      see.addEventListener("click", () => void desk.go(order && desk.known ? orderPage(desk, order) : ordersPage(desk)));
      return [
        order && bought ? element("p", { class: "order-number" }, say("outcome.number"), " ", element("bdi", {}, order)) : undefined,
        payment ? drawPayment(desk, { currency, ...payment }) : undefined,
        bought ? undefined : element("div", { class: "due did" }, drawEffect(desk, outcome.effect, currency)),
        bought && !desk.known ? element("p", { class: "soft" }, say("outcome.follow")) : undefined,
        see,
      ];
    },
  };
}

/**
 * The way to the payment page, which opens in a tab of its own.
 *
 * @param {Desk} desk
 * @param {PaymentDue} payment
 */
export function drawPayment(desk, payment) {
  const { say } = desk;
  const amount = desk.money(payment.amount, payment.currency ?? "");
  const host = payment.url ? hostOf(payment.url) : undefined;
  return element(
    "div",
    { role: "group", class: "due", "aria-label": say("payment.due") },
    element("p", { class: "due-amount" }, say("payment.due"), " ", element("strong", {}, amount)),
    element("p", { class: "hint" }, say("payment.until"), " ", moment(payment.until, desk.locale)),
    host
      ? element(
          "a",
          { class: "primary pay", href: payment.url ?? undefined, target: "_blank", rel: "noopener noreferrer" },
          element("span", {}, say("payment.pay", { amount })),
          element("span", { class: "pay-host" }, host),
          element("span", { class: "visually-hidden" }, ` (${say("block.outside")})`),
        )
      : element("p", {}, say(payment.url ? "payment.withheld" : "payment.by_hand")),
  );
}

/**
 * INVARIANT: the host that is shown is the host the link leads to, over TLS; only this very machine
 * is reached without it, which is how the demo's gateway stands.
 *
 * @param {string} address
 * @returns {string | undefined} nothing for an address that is not led to
 */
export function hostOf(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, host, username, password } = new URL(address);
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const safe = protocol === "https:" || (protocol === "http:" && here);
  return safe && !username && !password ? host : undefined;
}
