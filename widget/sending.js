// What is taken out of a message before it is sent, and what the shopper is told about it.

import { byId } from "./dom.js";

/** @import { Kind } from "./masking.js" */
/** @import { Key, Say } from "./texts.js" */

/** @type {Record<Kind, Key>} */
const TOLD = {
  card: "card.removed",
  security_code: "card.removed",
  password: "password.removed",
  code: "code.removed",
  key: "key.removed",
};

/**
 * INVARIANT: nothing is sent that was not looked through: where the rules cannot be fetched, what she
 * wrote stays with her.
 *
 * @param {object} needs
 * @param {Say} needs.say
 * @param {HTMLTextAreaElement} needs.field the rules are fetched once somebody writes in it
 * @param {() => boolean} needs.ended whether nothing can be sent any more
 * @param {(text: string) => void} needs.send
 * @returns {(text: string) => void}
 */
export function prepareSending({ say, field, ended, send }) {
  const masking = () => import("./masking.js");
  const caution = byId("caution");
  field.addEventListener("input", () => void masking().catch(() => undefined), { once: true });

  /** @param {string} text */
  const sendMasked = async (text) => {
    const { mask } = await masking();
    const { text: masked, removed } = mask(text);
    if (ended()) return;
    const told = new Set(removed.map((kind) => TOLD[kind]));
    caution.textContent = [...told].map((key) => say(key)).join(" ");
    send(masked);
  };

  return (text) => {
    if (!text.trim() || ended()) return;
    sendMasked(text.trim()).catch(() => {
      // What she has begun to write meanwhile stays behind it.
      field.value = field.value ? `${text}\n${field.value}` : text;
      field.dispatchEvent(new Event("input"));
      caution.textContent = say("trouble.reach");
    });
  };
}
