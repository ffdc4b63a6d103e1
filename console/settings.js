// The shop's settings: when people are there, the language where nobody names one, and what was set
// where the program is set up.

import { byId, element } from "./dom.js";
import { drawFetching } from "./fetching.js";
import { LANGUAGES, explainFront, labelled, readFront, select, writeFront } from "./front.js";
import { drawProblem, endsSession } from "./trouble.js";

/** @import { FrontView, HoursSettings } from "./types.js" */

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export async function startSettings() {
  const place = byId("settings");
  try {
    draw(place, await readFront());
  } catch (error) {
    if (!endsSession(error)) place.replaceChildren(drawProblem(error, startSettings, explainFront));
  }
  place.removeAttribute("aria-busy");
}

/**
 * @param {HTMLElement} place
 * @param {FrontView} front
 */
function draw(place, front) {
  let { version, settings } = front;
  const language = select(LANGUAGES, settings.language);
  const kept = element("input", { type: "checkbox", checked: Boolean(settings.hours) });
  const zone = element("input", { type: "text", value: settings.hours?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, list: "zones", autocomplete: "off", spellcheck: "false" });
  const zones = element("datalist", { id: "zones" }, ...Intl.supportedValuesOf("timeZone").map((name) => element("option", { value: name })));
  const days = DAYS.map((name, at) => {
    const text = (settings.hours?.week[at] ?? (at < 5 ? [["09:00", "17:00"]] : [])).map(([from, to]) => `${from}-${to}`).join(", ");
    const input = element("input", { type: "text", value: text, placeholder: "Closed", autocomplete: "off", "aria-describedby": "week-hint" });
    return { input, node: labelled(name, input) };
  });
  const off = element("textarea", { rows: 4, spellcheck: "false" }, (settings.hours?.days_off ?? []).join("\n"));
  const hours = element(
    "div",
    { class: "hours", hidden: !settings.hours },
    labelled("Time zone", zone, "Such as Europe/Berlin. Summer time is reckoned with."),
    zones,
    element("fieldset", { class: "field week" }, element("legend", {}, "Hours"), element("p", { class: "hint", id: "week-hint" }, "Such as 09:00-12:00, 13:00-17:30. Empty: closed all day."), ...days.map((day) => day.node)),
    labelled("Days off", off, "One a line, such as 2026-12-25."),
  );
  kept.addEventListener("change", () => (hours.hidden = !kept.checked));
  const problem = element("p", { class: "problem", role: "alert" });
  const said = element("p", { class: "hint", role: "status" });

  /** @returns {HoursSettings} */
  const readHours = () => ({
    zone: zone.value.trim(),
    week: days.map(({ input }) =>
      input.value
        .split(",")
        .map((span) => span.trim())
        .filter(Boolean)
        .map((span) => {
          const [from = "", to = ""] = span.split(/\s*[-–]\s*/);
          return /** @type {[string, string]} */ ([from, to]);
        }),
    ),
    days_off: off.value.split(/\s+/).filter(Boolean),
  });

  const form = element(
    "form",
    { novalidate: true },
    element(
      "section",
      { class: "card", "aria-labelledby": "hours-title" },
      element("h2", { id: "hours-title" }, "When people are there"),
      element("label", { class: "option" }, kept, " Our people have hours"),
      element("p", { class: "hint" }, "Outside of them the widget says when you are back, and offers to answer by e-mail."),
      hours,
    ),
    element(
      "section",
      { class: "card", "aria-labelledby": "language-title" },
      element("h2", { id: "language-title" }, "Language"),
      labelled("Language of the widget", language, "Spoken where neither your page nor the shopper's browser names a language it knows."),
    ),
    problem,
    element("div", { class: "save" }, element("button", { class: "primary" }, "Save"), said),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    problem.textContent = said.textContent = "";
    try {
      const now = await writeFront(version, { ...settings, language: language.value, hours: kept.checked ? readHours() : null });
      ({ version, settings } = now);
      said.textContent = "Saved.";
    } catch (error) {
      if (!endsSession(error)) problem.textContent = explainFront(error);
    }
    form.removeAttribute("aria-busy");
  });

  /** @param {string[]} values @param {string} none */
  const list = (values, none) => (values.length ? element("ul", { class: "plain-list" }, ...values.map((value) => element("li", {}, element("code", {}, value)))) : element("p", { class: "soft" }, none));
  place.replaceChildren(
    form,
    drawFetching(),
    element(
      "section",
      { class: "card", "aria-labelledby": "shop-title" },
      element("h2", { id: "shop-title" }, "The shop"),
      element(
        "dl",
        { class: "shop-facts" },
        element("dt", {}, "Name"),
        element("dd", {}, element("bdi", {}, front.shop.name)),
        element("dt", {}, "Handle"),
        element("dd", {}, element("code", {}, front.shop.handle)),
        element("dt", {}, "Pages that may show the widget"),
        element("dd", {}, list(front.shop.origins, "None: no page can show it.")),
        element("dt", {}, "Hosts that answers may link to"),
        element("dd", {}, list(front.shop.link_hosts, "None.")),
      ),
      element("p", { class: "hint" }, "These are set in the configuration of the program, where it runs."),
    ),
  );
}
