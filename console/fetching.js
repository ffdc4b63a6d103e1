// Pictures of goods in the settings: how many there are, fetching what is missing a few at a time, and
// why some were not taken. Leaving the page ends it; what is there stays, and is not fetched again.

import { request } from "./api.js";
import { element } from "./dom.js";
import { endsSession, explain } from "./trouble.js";

/** @typedef {{ product: string, title: string, address: string, reason: string, at: string }} RefusedPicture */
/** @typedef {{ products: number, shown: number, refused: number, refusals: RefusedPicture[] }} Standing */
/** @typedef {{ next?: string, fetched: number, kept: number, unnamed: number, refused: RefusedPicture[] }} Step */

const PATH = "/v1/staff/pictures";

/** The section of the settings. */
export function drawFetching() {
  const state = element("p", { class: "soft" }, "Loading…");
  const said = element("p", { class: "hint", role: "status" });
  const problem = element("p", { class: "problem", role: "alert" });
  const bar = element("progress", { hidden: true, max: 1, value: 0, "aria-label": "Products looked at" });
  const start = element("button", { type: "button", class: "primary" }, "Fetch pictures");
  const again = element("button", { type: "button", class: "secondary" }, "Fetch all again");
  const refusals = element("div", {});
  const section = element(
    "section",
    { class: "card", "aria-labelledby": "pictures-title" },
    element("h2", { id: "pictures-title" }, "Pictures of goods"),
    state,
    element("p", { class: "hint" }, "Pictures are fetched from your own hosts, drawn anew without what a camera adds, and shown from here: no shopper's browser goes elsewhere."),
    problem,
    bar,
    element("div", { class: "save" }, start, again, said),
    refusals,
  );

  const look = async () => {
    /** @type {Standing} */
    const now = await request("GET", PATH);
    state.textContent = `${now.shown} of ${now.products} products show a picture.`;
    drawRefusals(refusals, now);
    return now;
  };

  /** @param {boolean} all */
  const run = async (all) => {
    if (section.getAttribute("aria-busy") === "true") return;
    section.setAttribute("aria-busy", "true");
    problem.textContent = said.textContent = "";
    try {
      const { products } = await look();
      bar.hidden = false;
      bar.max = products || 1;
      bar.value = 0;
      let fetched = 0;
      let refused = 0;
      /** @type {string | undefined} */
      let after;
      do {
        /** @type {Step} */
        const step = await request("POST", PATH, { ...(after ? { after } : {}), again: all });
        fetched += step.fetched;
        refused += step.refused.length;
        bar.value += step.fetched + step.kept + step.unnamed + step.refused.length;
        said.textContent = `${fetched} fetched, ${refused} not taken…`;
        after = step.next;
      } while (after && section.isConnected);
      said.textContent = refused ? `Done: ${fetched} fetched, ${refused} not taken.` : `Done: ${fetched} fetched.`;
      await look();
    } catch (error) {
      said.textContent = "";
      if (!endsSession(error)) problem.textContent = explain(error);
    }
    bar.hidden = true;
    section.removeAttribute("aria-busy");
  };
  start.addEventListener("click", () => void run(false));
  again.addEventListener("click", () => void run(true));
  look().catch((error) => {
    state.textContent = "";
    if (!endsSession(error)) problem.textContent = explain(error);
  });
  return section;
}

/**
 * @param {HTMLElement} place
 * @param {Standing} now
 */
function drawRefusals(place, { refused, refusals }) {
  if (!refusals.length) return place.replaceChildren();
  place.replaceChildren(
    element("h3", {}, "Not taken"),
    element(
      "ul",
      { class: "plain-list refusals" },
      ...refusals.map(({ product, title, address, reason }) =>
        element(
          "li",
          {},
          element("strong", { dir: "auto" }, title || product),
          element("span", { class: "problem" }, reason),
          element("code", {}, address),
        ),
      ),
    ),
    refused > refusals.length ? element("p", { class: "soft" }, `and ${refused - refusals.length} more`) : "",
  );
}
