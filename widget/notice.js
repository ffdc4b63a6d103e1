// The full privacy notice, fetched when somebody wants to read it.

import { request } from "./api.js";
import { byId, element } from "./dom.js";

/** @import { Say } from "./texts.js" */
/** @import { Notice } from "./types.js" */

/**
 * @param {string} shop
 * @param {Say} say
 */
export function prepareNotice(shop, say) {
  const notice = /** @type {HTMLDetailsElement} */ (byId("notice"));
  notice.addEventListener("toggle", () => {
    if (notice.open) void showNotice(shop, say);
  });
}

/**
 * @param {string} shop
 * @param {Say} say
 */
async function showNotice(shop, say) {
  const place = byId("notice-full");
  if (place.dataset["loaded"]) return;
  place.replaceChildren(element("p", {}, say("notice.loading")));
  try {
    /** @type {Notice} */
    const { privacy } = await request("GET", `/v1/shops/${encodeURIComponent(shop)}/notice?locale=${say.language}`);
    /** @param {string} title @param {string[]} items */
    const part = (title, items) => [
      element("h2", {}, title),
      element("ul", {}, ...items.map((item) => element("li", { dir: "auto" }, item))),
    ];
    place.replaceChildren(
      element("h2", {}, say("notice.controller")),
      element("p", { dir: "auto" }, privacy.controller),
      ...part(say("notice.purposes"), privacy.purposes),
      ...part(say("notice.retention"), privacy.retention),
      ...part(say("notice.rights"), privacy.rights),
    );
    place.dataset["loaded"] = "yes";
  } catch {
    place.replaceChildren(element("p", { class: "wrong" }, say("notice.failed")));
  }
}
