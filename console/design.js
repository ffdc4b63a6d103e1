// Live samples of what the console is built from, for the page about the design system.

import { bars, line } from "./charts.js";
import { byId, element } from "./dom.js";

const COLOURS = [
  ["paper", "The page"],
  ["surface", "Cards and lists"],
  ["sunken", "Fields at rest, hover"],
  ["ink", "Text"],
  ["ink-soft", "Hints and details"],
  ["line", "Borders"],
  ["line-strong", "Borders of fields"],
  ["accent", "What one does next"],
  ["accent-soft", "Chosen, good"],
  ["accent-ink", "Links, focus"],
  ["human", "A person"],
  ["human-ink", "Text on it"],
  ["caution", "Waits"],
  ["caution-soft", "Behind it"],
  ["danger", "Went wrong"],
  ["danger-soft", "Behind it"],
  ["note", "Internal notes"],
  ["note-line", "Their border"],
];

export function startDesign() {
  byId("colours").replaceChildren(
    ...COLOURS.map(([name, use]) =>
      element("li", {}, element("span", { class: `swatch swatch-${name}` }), element("code", {}, `--${name}`), element("span", { class: "soft" }, use)),
    ),
  );
  byId("charts").replaceChildren(
    bars({
      title: "Bars",
      heading: "h3",
      about: "Counts; two parts are told apart by their pattern too.",
      across: "Day",
      labels: ["Mon", "Tue", "Wed", "Thu", "Fri"],
      series: [
        { name: "The assistant alone", values: [12, 9, 15, 11, 18] },
        { name: "Handed over to a person", values: [3, 4, 2, 5, 4] },
      ],
      nothing: "",
    }),
    line({ title: "Line", heading: "h3", about: "What changes from day to day.", across: "Day", labels: ["Mon", "Tue", "Wed", "Thu", "Fri"], series: [{ name: "Worth", values: [120, 90, 150, 110, 180] }], nothing: "" }),
    bars({ title: "Nothing to draw", heading: "h3", across: "Day", labels: ["Mon"], series: [{ name: "Conversations", values: [0] }], nothing: "No conversation began today." }),
  );
}
