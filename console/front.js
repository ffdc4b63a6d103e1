// What the designer and the settings share: the shop's front, read and written as a whole.

import { Refusal, request, sentence } from "./api.js";
import { element } from "./dom.js";
import { explain } from "./trouble.js";

/** @import { FrontSettings, FrontView } from "./types.js" */

/** By their tags. @type {Record<string, string>} */
export const LANGUAGES = {
  en: "English",
  de: "German",
  fr: "French",
  es: "Spanish",
  it: "Italian",
  pt: "Portuguese",
  nl: "Dutch",
  pl: "Polish",
};

/** @returns {Promise<FrontView>} */
export const readFront = () => request("GET", "/v1/staff/front");

/**
 * @param {number} version
 * @param {FrontSettings} settings
 * @returns {Promise<FrontView>}
 */
export const writeFront = (version, settings) => request("PUT", "/v1/staff/front", { version, settings });

/** @param {unknown} error */
export function explainFront(error) {
  if (!(error instanceof Refusal)) return explain(error);
  if (error.code === "conflict") return "A colleague has changed the settings meanwhile. Reload the page to see them; then make your changes again.";
  return error.code === "bad_argument" ? sentence(error.message) : explain(error);
}

let fields = 0;

/**
 * A labelled field.
 *
 * @template {HTMLElement} Input
 * @param {string} label
 * @param {Input} input
 * @param {string} [hint]
 */
export function labelled(label, input, hint) {
  input.id ||= `front-${(fields += 1)}`;
  const about = hint ? element("p", { class: "hint", id: `${input.id}-hint` }, hint) : undefined;
  if (about) input.setAttribute("aria-describedby", about.id);
  return element("div", { class: "field" }, element("label", { for: input.id }, label), input, about);
}

/**
 * @param {Record<string, string>} choices
 * @param {string} chosen
 */
export function select(choices, chosen) {
  return element("select", {}, ...Object.entries(choices).map(([value, label]) => element("option", { value, selected: value === chosen }, label)));
}
