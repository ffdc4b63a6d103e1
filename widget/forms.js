// Forms of the shop: fields that say what is wrong next to them, one try at a time, and the
// server's own sentence where it says no.

import { Refusal } from "./api.js";
import { element } from "./dom.js";

/** @import { Desk } from "./shop.js" */
/** @import { Say } from "./texts.js" */
/** @import { Address } from "./types.js" */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {HTMLElement} node
 * @property {HTMLInputElement | HTMLSelectElement} input
 * @property {(reason?: string) => void} complain
 * @property {() => string} check what is wrong with it; empty when nothing is
 */

/**
 * @typedef {object} FieldWish
 * @property {string} name
 * @property {string} label
 * @property {string} [value]
 * @property {string} [type]
 * @property {string} [autocomplete]
 * @property {string} [inputmode]
 * @property {number} [maxlength]
 * @property {string} [missing] what is said when it is empty; without it, it may be
 * @property {string} [kind] a class
 * @property {HTMLSelectElement} [choose] instead of typing
 */

let fields = 0;

/**
 * @param {FieldWish} wish
 * @returns {Field}
 */
export function field(wish) {
  const id = `field-${(fields += 1)}`;
  const { name, label, missing, choose } = wish;
  const input =
    choose ??
    element("input", {
      type: wish.type ?? "text",
      value: wish.value,
      autocomplete: wish.autocomplete ?? "off",
      inputmode: wish.inputmode,
      maxlength: wish.maxlength ?? 200,
      class: wish.kind,
    });
  input.id = id;
  input.name = name;
  input.setAttribute("aria-describedby", `${id}-error`);
  if (missing) input.required = true;
  const error = element("p", { id: `${id}-error`, class: "wrong", role: "alert" });
  const node = element("div", { class: `field ${name}` }, element("label", { for: id }, label), input, error);
  return {
    name,
    node,
    input,
    complain(reason = "") {
      error.textContent = reason;
      if (reason) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    check: () => (missing && (!input.value.trim() || !input.validity.valid) ? missing : ""),
  };
}

/**
 * A form. `act` is called when every field is right; what it rejects with is said in the form.
 *
 * @param {Desk} desk
 * @param {object} parts
 * @param {(Node | string | undefined)[]} parts.body
 * @param {Field[]} [parts.fields] those of the body that are checked
 * @param {string} parts.submit
 * @param {() => Promise<void>} parts.act
 * @param {(error: unknown) => boolean} [parts.refused] deals with an error by itself
 */
export function form(desk, { body, fields: checked = [], submit, act, refused }) {
  const problem = element("p", { class: "wrong form-problem", role: "alert" });
  const button = element("button", { class: "primary" }, submit);
  const made = element("form", { novalidate: true }, ...body, problem, button);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (made.getAttribute("aria-busy") === "true") return;
    problem.textContent = "";
    for (const one of checked) one.complain(one.check());
    const first = checked.find((one) => one.check());
    if (first) return first.input.focus();
    made.setAttribute("aria-busy", "true");
    try {
      await act();
    } catch (error) {
      if (!refused?.(error)) complain(error);
    } finally {
      made.removeAttribute("aria-busy");
    }
  });
  /** @param {unknown} error */
  const complain = (error) => {
    // The server names a field in backticks at the beginning of its sentence.
    const named = error instanceof Refusal ? /^`(?:\w+\.)?(\w+)`:? /.exec(error.message) : null;
    const one = named && checked.find(({ name }) => name === named[1]);
    if (!one) return void (problem.textContent = desk.reason(error));
    one.complain(desk.reason(new Refusal(0, { code: "field", detail: /** @type {Error} */ (error).message.slice(named[0].length) }, 0)));
    one.input.focus();
  };
  return made;
}

const COUNTRIES =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/**
 * @param {string} code
 * @param {string} locale
 */
export function countryName(code, locale) {
  try {
    return new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * @param {Desk} desk
 * @param {Record<string, string | undefined>} known
 * @returns {{ fields: Field[], nodes: HTMLElement[], read: () => Address }}
 */
export function addressFields(desk, known) {
  const { say, locale } = desk;
  const select = element("select", { autocomplete: "country" });
  const chosen = known["country"] ?? "";
  const names = COUNTRIES.split(" ").map((code) => /** @type {const} */ ([countryName(code, locale), code]));
  names.sort(([one], [other]) => one.localeCompare(other, locale));
  // A shop may write countries in its own way: what is known is kept as it is.
  if (chosen && !names.some(([, code]) => code === chosen)) names.unshift([chosen, chosen]);
  select.append(element("option", { value: "" }, say("address.country.choose")));
  for (const [name, code] of names) select.append(element("option", { value: code, selected: code === chosen }, name));
  /**
   * @param {string} name
   * @param {string} autocomplete
   * @param {number} maxlength
   * @param {boolean} [required]
   */
  const line = (name, autocomplete, maxlength, required = true) =>
    field({
      name,
      autocomplete,
      maxlength,
      label: say(/** @type {any} */ (`address.${name}`)),
      value: known[name] ?? "",
      missing: required ? say(/** @type {any} */ (`address.${name}.missing`)) : undefined,
    });
  const all = [
    line("line1", "address-line1", 200),
    line("line2", "address-line2", 200, false),
    line("postal_code", "postal-code", 20),
    line("city", "address-level2", 120),
    line("region", "address-level1", 120, false),
    field({ name: "country", label: say("address.country"), choose: select, missing: say("address.country.missing") }),
  ];
  const nodes = all.map((one) => one.node);
  return {
    fields: all,
    nodes: [...nodes.slice(0, 2), element("div", { class: "pair" }, ...nodes.slice(2, 4)), ...nodes.slice(4)],
    read() {
      /** @type {Record<string, string>} */
      const read = {};
      for (const one of all) {
        const value = one.input.value.trim();
        if (value) read[one.name] = value;
      }
      return /** @type {Address} */ (/** @type {unknown} */ (read));
    },
  };
}

/**
 * One of several, as radio buttons under a question.
 *
 * @param {object} wish
 * @param {string} wish.legend
 * @param {string} wish.name
 * @param {"radio" | "checkbox"} [wish.type]
 * @param {{ value: string, label: string, hint?: string, checked?: boolean }[]} wish.choices
 */
export function choices({ legend, name, type = "radio", choices: given }) {
  const error = element("p", { class: "wrong", role: "alert" });
  const group = element("fieldset", { class: "options" }, element("legend", { dir: "auto" }, legend));
  for (const one of given) {
    group.append(
      element(
        "label",
        { class: "option" },
        element("input", { type, name, value: one.value, checked: one.checked }),
        element("span", { dir: "auto" }, one.label, one.hint ? element("span", { class: "hint" }, one.hint) : undefined),
      ),
    );
  }
  group.append(error);
  return {
    node: group,
    get chosen() {
      return [...group.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
    },
    /** @param {string} reason */
    complain(reason) {
      error.textContent = reason;
      if (reason) group.querySelector("input")?.focus();
    },
  };
}

/**
 * One fewer, how many, one more.
 *
 * @param {Say} say
 * @param {string} of what is counted
 * @param {number} value
 * @param {(value: number) => void} change
 */
export function stepper(say, of, value, change) {
  const shown = element("output", { class: "pieces" }, String(value));
  /** @param {string} sign @param {string} label @param {number} step */
  const button = (sign, label, step) => {
    const made = element("button", { type: "button", class: "step", "aria-label": label }, sign);
    made.addEventListener("click", () => {
      const wanted = Number(shown.value) + step;
      if (wanted < 1 || wanted > 100) return;
      change(wanted);
    });
    return made;
  };
  return {
    node: element(
      "div",
      { class: "stepper", role: "group", "aria-label": say("quantity.of", { title: of }) },
      button("−", say("quantity.fewer"), -1),
      shown,
      button("+", say("quantity.more"), 1),
    ),
    shown,
  };
}
