// The language of the window: the shop's page says one, the browser another, and what the shopper
// chooses here goes before both.
//
// INVARIANT: her choice is kept in a cookie of its own, only once she made it, and it goes with
// "forget this device".

import { request } from "./api.js";
import { byId, element } from "./dom.js";
import { LANGUAGES, reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */

/** @param {Say} say */
export function prepareLanguages(say) {
  const select = /** @type {HTMLSelectElement} */ (byId("language"));
  for (const [tag, name] of Object.entries(LANGUAGES)) {
    select.append(element("option", { value: tag, lang: tag, selected: tag === say.language }, name));
  }
  select.addEventListener("change", async () => {
    try {
      await request("PUT", "/v1/language", { language: select.value });
      // The page comes in her language now. What follows the `#` stays: it ties us to the loader.
      location.reload();
    } catch (error) {
      byId("caution").textContent = say("trouble", { reason: reasonOf(error, say) });
      select.value = say.language;
    }
  });
}
