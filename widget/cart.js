// The cart, and who buys and where it goes.

import { Refusal } from "./api.js";
import { element } from "./dom.js";
import { addressFields, field, form, stepper } from "./forms.js";
import { labelled } from "./money.js";
import { drawPicture, pictureOf } from "./pictures.js";

/** @import { Desk, Page } from "./shop.js" */
/** @import { Cart, CartLine, Profile } from "./types.js" */

/**
 * @param {Desk} desk
 * @returns {Page}
 */
export function cartPage(desk) {
  const { say } = desk;
  return {
    title: say("cart.title"),
    async draw() {
      // Before the first act there is no session, and no cart.
      if (!desk.session) return [drawEmpty(desk)];
      const place = element("div", { class: "cart" });
      drawCart(desk, place, desk.counted(await desk.tool("get_cart")));
      return [place];
    },
  };
}

/** @param {Desk} desk */
function drawEmpty(desk) {
  const look = element("button", { type: "button", class: "choice" }, desk.say("cart.look"));
  look.addEventListener("click", () => desk.needs.turnTo("shop"));
  return element("div", { class: "empty" }, element("p", {}, desk.say("cart.empty")), look);
}

/**
 * @param {Desk} desk
 * @param {HTMLElement} place
 * @param {Cart} cart
 */
function drawCart(desk, place, cart) {
  const { say } = desk;
  if (!cart.lines.length) return place.replaceChildren(drawEmpty(desk));
  const problem = element("p", { class: "wrong", role: "alert" });
  const status = element("p", { class: "visually-hidden", role: "status" });

  /**
   * @param {string} tool
   * @param {object} args
   * @param {string} back what to focus in the cart drawn anew
   */
  const edit = async (tool, args, back) => {
    if (place.getAttribute("aria-busy") === "true") return;
    place.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      const changed = desk.counted(await desk.tool(tool, args));
      drawCart(desk, place, changed);
      const total = place.querySelector("[role=status]");
      if (total) total.textContent = say("cart.now", { total: desk.money(changed.total, changed.currency) });
      const focus = place.querySelector(back) ?? document.querySelector("#shop-view h2");
      /** @type {HTMLElement | null} */ (focus)?.focus();
    } catch (error) {
      problem.textContent = desk.reason(error);
    }
    place.removeAttribute("aria-busy");
  };

  /** @param {CartLine} line */
  const drawLine = (line) => {
    const title = line.title ? labelled(line.title, line.options) : say("cart.gone");
    const item = element("li", { class: line.in_stock ? "line" : "line missing" });
    item.dataset["line"] = line.id;
    const remove = element("button", { type: "button", class: "quiet remove", "aria-label": say("cart.remove.label", { title }) }, say("cart.remove"));
    remove.addEventListener("click", () => void edit("remove_from_cart", { line: line.id }, ".line .remove"));
    const count = stepper(say, title, line.quantity, (quantity) => {
      const which = quantity > line.quantity ? "last-of-type" : "first-of-type";
      void edit("update_cart_line", { line: line.id, quantity }, `[data-line="${CSS.escape(line.id)}"] .step:${which}`);
    });
    item.append(
      drawPicture(pictureOf({ id: line.product })?.card, title, 64),
      element("span", { class: "line-title", dir: "auto" }, title),
      element("span", { class: "line-total" }, line.total === undefined ? "" : desk.money(line.total, cart.currency)),
      line.in_stock ? "" : element("span", { class: "wrong" }, say(line.title ? "cart.short" : "cart.gone.hint")),
      line.title ? count.node : "",
      remove,
    );
    return item;
  };

  /** @param {string} name @param {number} minor @param {string} [kind] */
  const total = (name, minor, kind) => [element("dt", { class: kind }, name), element("dd", { class: kind }, desk.money(minor, cart.currency))];
  const code = field({ name: "code", label: say("cart.code"), missing: say("cart.code.missing"), maxlength: 60 });
  const discount = form(desk, {
    body: [code.node],
    fields: [code],
    submit: say("cart.code.apply"),
    act: async () => {
      const changed = desk.counted(await desk.tool("apply_discount", { code: code.input.value.trim() }));
      drawCart(desk, place, changed);
      const now = place.querySelector("[role=status]");
      if (now) now.textContent = say("cart.now", { total: desk.money(changed.total, changed.currency) });
      /** @type {HTMLElement | null} */ (place.querySelector(".checkout"))?.focus();
    },
    refused: (error) => {
      if (!(error instanceof Refusal) || error.code !== "discount_invalid") return false;
      code.complain(desk.reason(error));
      code.input.focus();
      return true;
    },
  });
  discount.className = "discount";
  const buy = element("button", { type: "button", class: "primary checkout" }, say("cart.checkout"));
  buy.addEventListener("click", () => void desk.go(checkoutPage(desk)));
  place.replaceChildren(
    element("ul", { class: "lines" }, ...cart.lines.map(drawLine)),
    problem,
    status,
    discount,
    element(
      "dl",
      { class: "totals" },
      ...total(say("cart.subtotal"), cart.subtotal),
      ...(cart.discount ? total(say("cart.discount", { code: cart.discount.code }), -cart.discount.amount) : []),
      ...total(say("cart.total"), cart.total, "sum"),
    ),
    element("p", { class: "hint" }, say("cart.more")),
    buy,
  );
}

/**
 * @param {Desk} desk
 * @returns {Page}
 */
export function checkoutPage(desk) {
  const { say } = desk;
  /** @type {Page} */
  const page = {
    title: say("checkout.title"),
    back: () => cartPage(desk),
    async draw() {
      const profile = await profileOf(desk);
      const home = profile?.addresses.find((one) => one.default) ?? profile?.addresses[0];
      const { default: _, ...known } = home ?? {};
      const address = addressFields(desk, { country: regionOf(desk.locale), ...known, ...desk.typed });
      /** @param {string} name @param {string} autocomplete @param {string} [type] */
      const line = (name, autocomplete, type) =>
        field({
          name,
          type,
          autocomplete,
          maxlength: type ? 254 : 80,
          inputmode: type,
          label: say(/** @type {any} */ (`checkout.${name}`)),
          value: desk.typed[name] ?? "",
          missing: say(/** @type {any} */ (`checkout.${name}.missing`)),
        });
      const names = [line("given_name", "given-name"), line("family_name", "family-name")];
      const email = line("email", "email", "email");
      // Who is known is not asked again who she is; who has proved her address, not for it.
      const who = profile ? [] : desk.known ? names : [email, ...names];
      const fields = [...who, ...address.fields];
      const made = form(desk, {
        body: [
          element("h3", {}, say("checkout.who")),
          profile ? element("p", { class: "known-buyer", dir: "auto" }, `${profile.given_name} ${profile.family_name}, ${profile.email}`) : undefined,
          desk.known ? undefined : drawInvitation(desk, page),
          who.includes(email) ? email.node : undefined,
          who.length ? element("div", { class: "pair" }, ...names.map((one) => one.node)) : undefined,
          element("h3", {}, say("checkout.where")),
          ...address.nodes,
          element("p", { class: "hint" }, say("checkout.next")),
        ],
        fields,
        submit: say("checkout.review"),
        act: async () => {
          const contact = who.length
            ? { email: email.input.value.trim() || (desk.session?.email ?? ""), given_name: names[0]?.input.value.trim(), family_name: names[1]?.input.value.trim() }
            : undefined;
          const proposal = await desk.tool("checkout", { shipping_address: address.read(), contact });
          const { proposalPage } = await import("./proposal.js");
          void desk.go(proposalPage(desk, proposal, () => checkoutPage(desk)));
        },
      });
      made.addEventListener("input", () => {
        for (const one of fields) desk.typed[one.name] = one.input.value;
      });
      return [made];
    },
  };
  return page;
}

/**
 * @param {Desk} desk
 * @param {Page} page
 */
function drawInvitation(desk, page) {
  const button = element("button", { type: "button", class: "quiet" }, desk.say("checkout.known"));
  button.addEventListener("click", () => desk.needs.prove(desk.say("checkout.known.about"), () => void desk.go(page)));
  return button;
}

/**
 * @param {Desk} desk
 * @returns {Promise<Profile | undefined>} none for a guest, and before the first order
 */
export async function profileOf(desk) {
  if (desk.session?.level !== "session") return undefined;
  try {
    return await desk.tool("get_profile");
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return undefined;
    throw error;
  }
}

/** @param {string} locale where the reader's own settings say she is */
function regionOf(locale) {
  try {
    return new Intl.Locale(locale).region;
  } catch {
    return undefined;
  }
}
