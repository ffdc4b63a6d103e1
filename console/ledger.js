// The record's size and signature, and how anyone can check it.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { drawProblem, endsSession } from "./trouble.js";

/** @import { Ledger } from "./types.js" */

export async function startLedger() {
  const place = byId("ledger");
  try {
    draw(place, await request("GET", "/v1/staff/ledger"));
  } catch (error) {
    if (!endsSession(error)) place.replaceChildren(drawProblem(error, startLedger));
  }
  place.removeAttribute("aria-busy");
}

/**
 * @param {HTMLElement} place
 * @param {Ledger} ledger
 */
function draw(place, ledger) {
  const { checkpoint } = ledger;
  const number = new Intl.NumberFormat(navigator.language);
  const signed = checkpoint
    ? [
        element("p", { class: "soft" }, `Signed over the first ${number.format(checkpoint.size)} entries, `, moment(checkpoint.at, navigator.language), "."),
        element("pre", { tabindex: "0", "aria-label": "Signed checkpoint" }, checkpoint.note),
      ]
    : [element("p", { class: "soft" }, "Nothing is signed yet: the first checkpoint follows about a second after the first entry.")];
  place.replaceChildren(
    element(
      "div",
      { class: "figures" },
      figure(number.format(ledger.size), "entries in the tree"),
      figure(number.format(ledger.unplaced), "waiting for the next signature"),
      figure(checkpoint ? number.format(checkpoint.size) : "none", "covered by the last signature"),
    ),
    element("section", { class: "card" }, element("h2", {}, "Last signed checkpoint"), ...signed),
    element(
      "section",
      { class: "card" },
      element("h2", {}, "Check it yourself"),
      element("p", { class: "soft" }, "Keep the public key somewhere else than on this server, and compare with checkpoints you noted earlier: a record that was rewritten cannot match them."),
      element("dl", {}, element("dt", {}, "Origin"), element("dd", {}, element("code", {}, ledger.origin)), element("dt", {}, "Public key"), element("dd", {}, element("code", {}, ledger.public_key))),
      element("pre", { tabindex: "0", "aria-label": "Command" }, `parlour ledger verify --key "${ledger.public_key}"`),
    ),
  );
}

/**
 * @param {string} value
 * @param {string} name
 */
function figure(value, name) {
  return element("p", { class: "figure" }, element("strong", {}, value), " ", element("span", {}, name));
}
