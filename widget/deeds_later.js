// Cards of deeds are seldom in the first visit: what draws them is fetched with the first of them.
//
// INVARIANT: cards are drawn in the order in which they were asked for, so that an outcome finds the
// proposal it settles.

import { element } from "./dom.js";

/** @import { Cards } from "./blocks.js" */
/** @import { Desk } from "./shop.js" */

/** @typedef {Pick<Cards, "proposal" | "outcome" | "form">} Deeds */

/**
 * @param {Desk} desk
 * @returns {Deeds}
 */
export function deedsWhenWanted(desk) {
  /** @type {Promise<Deeds> | undefined} */
  let deeds;
  const fetched = () =>
    (deeds ??= import("./chat_deeds.js").then(
      ({ chatDeeds }) => chatDeeds(desk),
      (error) => {
        deeds = undefined; // the next card, or the next try, asks again
        throw error;
      },
    ));
  /** @param {(deeds: Deeds) => Node} draw */
  const later = (draw) => {
    const place = element("div", { class: "later" });
    const fill = async () => {
      try {
        place.replaceChildren(draw(await fetched()));
      } catch {
        const again = element("button", { type: "button", class: "quiet" }, desk.say("shop.again"));
        again.addEventListener("click", () => void fill());
        place.replaceChildren(element("p", { class: "soft" }, desk.say("shop.reach")), again);
      }
    };
    void fill();
    return place;
  };
  return {
    proposal: (proposal) => later((deeds) => deeds.proposal(proposal)),
    outcome: (outcome) => later((deeds) => deeds.outcome(outcome)),
    form: (offer) => later((deeds) => deeds.form(offer)),
  };
}
