// Where a shopper writes, and what she can ask with one press.

import { byId, element } from "./dom.js";
import { QUESTIONS } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { Front } from "./types.js" */

/** The longest message, in characters. */
const LONGEST = 4000;

/**
 * @param {object} needs
 * @param {Say} needs.say
 * @param {Front} needs.front
 * @param {boolean} needs.understood whether the assistant speaks her language
 * @param {(text: string) => void} needs.write
 * @returns {{ resize: () => boolean }} whether what is written is short enough
 */
export function prepareComposer({ say, front, understood, write }) {
  const field = /** @type {HTMLTextAreaElement} */ (byId("message"));
  const resize = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
    const left = LONGEST - [...field.value.trim()].length;
    const count = byId("count");
    count.classList.toggle("wrong", left < 0);
    count.textContent =
      left < 0 ? say.count("composer.over", -left) : left <= 200 ? say.count("composer.left", left) : "";
    return left >= 0;
  };
  const send = () => {
    if (!resize() || !field.value.trim()) return field.focus();
    const text = field.value;
    field.value = "";
    resize();
    write(text);
    field.focus();
  };
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener("input", resize);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const usual = /** @type {const} */ (["suggestion.order", "suggestion.returns", "suggestion.delivery"]).map((key) => ({
    label: say(key),
    text: understood ? say(key) : QUESTIONS[key],
  }));
  for (const { label, text } of front.choices?.length ? front.choices : usual) {
    const button = element("button", { type: "button", class: "choice" }, element("bdi", {}, label));
    button.addEventListener("click", () => {
      write(text);
      field.focus();
    });
    byId("suggestions").append(button);
  }
  return { resize };
}
