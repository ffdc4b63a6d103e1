// Recovery codes, in the window in which the passkey was made: shown once, to be copied, saved or printed. The chat's frame
// is sandboxed and may do none of that, on purpose; this window is Parlour's own.

import { element } from "./dom.js";

/** @import { Say } from "./texts.js" */

/**
 * @param {string[]} codes
 * @param {Say} say
 * @param {string} shop its name, for the sheet that is kept
 * @returns {HTMLElement[]} the codes and what can be done with them
 */
export function drawCodes(codes, say, shop) {
  const sheet = `${shop}\n${say("devices.codes")}\n\n${codes.join("\n")}\n`;
  const told = element("p", { class: "hint", role: "status" });
  const list = element("ol", { id: "codes", class: "codes" }, ...codes.map((code) => element("li", {}, element("code", {}, code))));
  const copy = element("button", { type: "button", class: "quiet" }, say("codes.copy"));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(sheet);
      told.textContent = say("codes.copied");
    } catch {
      told.textContent = say("codes.copy.failed");
    }
  });
  const save = element("a", { class: "quiet", download: "recovery-codes.txt", href: URL.createObjectURL(new Blob([sheet], { type: "text/plain" })) }, say("codes.save"));
  const print = element("button", { type: "button", class: "quiet" }, say("codes.print"));
  print.addEventListener("click", () => window.print());
  return [list, element("div", { class: "codes-deeds" }, copy, save, print), told];
}
