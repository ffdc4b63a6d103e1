// Every word the widget says by itself. Each language is a file of its own, and only the one that is
// spoken is fetched. Sentences the server makes are English: they are said in English only, and in
// every other language what their code stands for is said instead.

import { Refusal, sentence } from "./api.js";

/** @import { Texts } from "./text_en.js" */
/** @typedef {import("./text_en.js").Key} Key */

/**
 * Says a text, with its values filled in: numbers as the reader writes them.
 *
 * @typedef {((key: Key, values?: Record<string, string | number>) => string) & SayMore} Say
 *
 * @typedef {object} SayMore
 * @property {string} language
 * @property {(key: string, count: number) => string} count `key.one`, `key.few` …, as the language counts
 * @property {(code: string) => string | undefined} error what a refusal of this code comes to
 */

/** By their tags, each in its own words. @type {Record<string, string>} */
export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  it: "Italiano",
  pt: "Português",
  nl: "Nederlands",
  pl: "Polski",
};

/** What the assistant understands and answers in. A shopper of another language is told so. */
export const UNDERSTOOD = ["en", "de"];

/** What the screen says for a shopper, as the assistant understands them, where it does not speak her language. */
export const QUESTIONS = {
  "suggestion.order": "Where is my order?",
  "suggestion.returns": "How do returns work?",
  "suggestion.delivery": "How long does delivery take?",
  "shown.prove.done": "I have confirmed my e-mail address",
};

/**
 * Which of the languages a tag stands for.
 *
 * @param {string} locale a BCP 47 tag
 */
export function languageOf(locale) {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? "";
  return Object.hasOwn(LANGUAGES, language) ? language : "en";
}

/**
 * @param {string} locale a BCP 47 tag
 * @returns {Promise<Say>}
 */
export async function textsFor(locale) {
  const language = languageOf(locale);
  return sayingOf(language, (await import(`./text_${language}.js`)).default);
}

/**
 * @param {string} language
 * @param {Texts} table
 * @returns {Say}
 */
export function sayingOf(language, table) {
  const numbers = new Intl.NumberFormat(language);
  const forms = new Intl.PluralRules(language);
  /** @param {string} text @param {Record<string, string | number>} values */
  const filled = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? whole);
    });
  /** @param {Key} key @param {Record<string, string | number>} [values] */
  const say = (key, values = {}) => filled(table[key], values);
  return Object.assign(say, {
    language,
    /** @param {string} key @param {number} count */
    count: (key, count) => filled(table[`${key}.${forms.select(count)}`] ?? table[`${key}.other`] ?? "", { count }),
    /** @param {string} code */
    error: (code) => table[`error.${code}`],
  });
}

/**
 * What went wrong, in words.
 *
 * @param {unknown} error
 * @param {Say} say
 */
export function reasonOf(error, say) {
  // She did not go through with it, and was told so in her language.
  if (error instanceof Error && error.name === "Declined") return error.message;
  if (!(error instanceof Refusal)) return say("trouble.reach");
  if (say.language === "en") return sentence(error.message);
  return say.error(error.code) ?? say("error.other");
}

/**
 * @param {Say} say
 * @returns {import("./blocks.js").BlockLabels}
 */
export function blockLabels(say) {
  return {
    source: say("block.source"),
    sourceKinds: { policy: say("block.source.policy"), faq: say("block.source.faq"), page: say("block.source.page"), product: say("block.source.product") },
    handover: {
      waiting: say("block.handover.waiting"),
      human: say("block.handover.human"),
      assistant: say("block.handover.assistant"),
    },
    notices: {
      ai_disclosure: say("block.notice.ai_disclosure"),
      card_removed: say("block.notice.card_removed"),
      card_parts_removed: say("block.notice.card_parts_removed"),
      password_removed: say("block.notice.password_removed"),
      code_removed: say("block.notice.code_removed"),
      key_removed: say("block.notice.key_removed"),
      not_acted_on: say("block.notice.not_acted_on"),
      person_requested: say("block.notice.person_requested"),
      person_joined: say("block.notice.person_joined"),
      person_left: say("block.notice.person_left"),
      address_proved: say("block.notice.address_proved"),
    },
    opensOutside: say("block.outside"),
    linkWithheld: say("block.withheld"),
    choices: say("block.choices"),
  };
}

/**
 * Says the words of the page's own elements: `data-text` names an element's content, `data-label`
 * its accessible name, `data-hint` its placeholder.
 *
 * @param {Say} say
 * @param {ParentNode} [root]
 */
export function sayStatic(say, root = document) {
  const known = (/** @type {string | undefined} */ key) => say(/** @type {Key} */ (key ?? "")) ?? "";
  for (const one of root.querySelectorAll("[data-text]")) one.textContent = known(/** @type {HTMLElement} */ (one).dataset.text);
  for (const one of root.querySelectorAll("[data-label]")) one.setAttribute("aria-label", known(/** @type {HTMLElement} */ (one).dataset.label));
  for (const one of root.querySelectorAll("[data-hint]")) one.setAttribute("placeholder", known(/** @type {HTMLElement} */ (one).dataset.hint));
}
