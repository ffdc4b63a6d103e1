// Small charts, drawn as SVG: bars that may stand on each other, and a line. Each says in its label
// what it shows, and has its figures as a table; parts are told apart by their pattern as well as
// by their colour.

import { element } from "./dom.js";

/**
 * @typedef {object} Series
 * @property {string} name
 * @property {number[]} values one for each label
 *
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} [about] a line below the title
 * @property {string} across what the labels are, such as `Hour`
 * @property {string[]} labels
 * @property {Series[]} series
 * @property {(value: number) => string} [written] how a value is written
 * @property {(value: number) => string} [onAxis] how it is written at the axis, where there is little room
 * @property {number} [every] which labels are shown on the axis: each, every second …
 * @property {string} nothing what is said when all is nought
 * @property {"h2" | "h3"} [heading] what the title is on its page
 * @property {boolean} [wide] as wide as the page, for many labels
 */

const SVG = "http://www.w3.org/2000/svg";
// On a phone the picture is as narrow as the page, so that its words stay as large as all others.
const NARROW = matchMedia("(max-width: 600px)").matches;
/** The picture that is being drawn: its sides, and what the axes leave of it. */
let size = sized(false);
let made = 0;

/** @param {boolean} wide */
function sized(wide) {
  const [width, height, left, right, top, bottom] = [NARROW ? 300 : wide ? 1000 : 480, 200, 52, 8, 12, 38];
  return { width, height, left, right, top, inner: { width: width - left - right, height: height - top - bottom } };
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
function shape(name, attributes, ...children) {
  const drawn = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) drawn.setAttribute(key, String(value));
  drawn.append(...children);
  return drawn;
}

/** @param {Chart} chart */
export function bars(chart) {
  return figure(chart, drawBars);
}

/** @param {Chart} chart with one series */
export function line(chart) {
  return figure(chart, drawLine);
}

/**
 * @param {Chart} chart
 * @param {(chart: Chart, top: number, id: string) => Node[]} drawn
 */
function figure(chart, drawn) {
  made += 1;
  size = sized(chart.wide === true);
  const id = `chart-${made}`;
  const written = chart.written ?? String;
  const sums = chart.labels.map((_, at) => chart.series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const highest = Math.max(...sums, 0);
  const title = element(chart.heading ?? "h2", { id: `${id}-title` }, chart.title);
  const head = [title, ...(chart.about ? [element("p", { class: "hint" }, chart.about)] : [])];
  const kind = chart.wide ? "chart wide-chart" : "chart";
  if (!highest) {
    return element("figure", { class: kind, "aria-labelledby": `${id}-title` }, ...head, element("p", { class: "empty" }, chart.nothing));
  }
  const top = roundUp(highest);
  const peak = sums.indexOf(highest);
  const summary = `${chart.title}. Highest: ${written(highest)} at ${chart.labels[peak]}. All figures stand in the table below.`;
  const picture = shape(
    "svg",
    { viewBox: `0 0 ${size.width} ${size.height}`, role: "img", "aria-label": summary },
    ...drawGrid(top, chart.onAxis ?? written),
    ...drawn(chart, top, id),
    ...drawLabels(chart),
  );
  const keys = chart.series.length > 1 ? [drawKey(chart.series, id)] : [];
  return element("figure", { class: kind, "aria-labelledby": `${id}-title` }, ...head, ...keys, picture, drawTable(chart, written));
}

/** The next round number at or above, whose half is whole. @param {number} value */
function roundUp(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 4, 6, 8, 10].map((step) => step * unit);
  return Math.max(steps.find((step) => step >= value) ?? value, 2);
}

/** @param {number} value @param {number} top */
const heightOf = (value, top) => (value / top) * size.inner.height;
/** @param {number} at @param {number} count */
const middleOf = (at, count) => size.left + ((at + 0.5) * size.inner.width) / count;

/** @param {number} top @param {(value: number) => string} written */
function drawGrid(top, written) {
  return [0, 0.5, 1].flatMap((share) => {
    const y = size.top + size.inner.height * (1 - share);
    return [
      shape("line", { class: share ? "grid" : "axis", x1: size.left, x2: size.width - size.right, y1: y, y2: y }),
      shape("text", { class: "tick", x: size.left - 8, y: y + 4, "text-anchor": "end" }, written(top * share)),
    ];
  });
}

/** @param {Chart} chart */
function drawLabels({ labels, across, every = 1 }) {
  const shown = labels.map((label, at) =>
    at % (NARROW && every === 1 ? 2 : every) ? "" : shape("text", { class: "tick", x: middleOf(at, labels.length), y: size.height - 21, "text-anchor": "middle" }, label),
  );
  return [...shown, shape("text", { class: "tick", x: size.left + size.inner.width / 2, y: size.height - 4, "text-anchor": "middle" }, across)];
}

/** The stripes of the second series. @param {string} id */
function stripes(id) {
  return shape(
    "defs",
    {},
    shape(
      "pattern",
      { id: `${id}-stripes`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      shape("rect", { class: "stripe-back", width: 6, height: 6 }),
      shape("rect", { class: "stripe", width: 3, height: 6 }),
    ),
  );
}

/** @param {string} id @param {number} at */
const fillOf = (id, at) => /** @type {Record<string, string>} */ (at ? { fill: `url(#${id}-stripes)`, class: "bar striped" } : { class: "bar" });

/** @param {Chart} chart @param {number} top @param {string} id */
function drawBars({ labels, series, written = String }, top, id) {
  const width = Math.min(36, (size.inner.width / labels.length) * 0.68);
  const drawn = labels.flatMap((label, at) => {
    let y = size.top + size.inner.height;
    return series.flatMap(({ name, values }, which) => {
      const value = values[at] ?? 0;
      if (!value) return [];
      const height = heightOf(value, top);
      y -= height;
      const words = series.length > 1 ? `${label}, ${name}: ${written(value)}` : `${label}: ${written(value)}`;
      const place = { x: middleOf(at, labels.length) - width / 2, y, width, height, rx: 2 };
      return [shape("rect", { ...place, ...fillOf(id, which) }, shape("title", {}, words))];
    });
  });
  return [stripes(id), ...drawn];
}

/** @param {Chart} chart @param {number} top */
function drawLine({ labels, series, written = String }, top) {
  const values = series[0]?.values ?? [];
  const points = labels.map((label, at) => ({
    x: middleOf(at, labels.length),
    y: size.top + size.inner.height - heightOf(values[at] ?? 0, top),
    words: `${label}: ${written(values[at] ?? 0)}`,
  }));
  return [
    shape("polyline", { class: "curve", points: points.map(({ x, y }) => `${x},${y}`).join(" ") }),
    ...points.map(({ x, y, words }) => shape("circle", { class: "point", cx: x, cy: y, r: 4 }, shape("title", {}, words))),
  ];
}

/** @param {Series[]} series @param {string} id */
function drawKey(series, id) {
  return element(
    "ul",
    { class: "chart-key" },
    ...series.map(({ name }, at) => {
      const sample = shape("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, shape("rect", { width: 14, height: 14, rx: 3, ...fillOf(id, at) }));
      return element("li", {}, sample, element("span", {}, name));
    }),
  );
}

/** @param {Chart} chart @param {(value: number) => string} written */
function drawTable({ title, across, labels, series }, written) {
  const heads = [across, ...series.map(({ name }) => name)];
  return element(
    "details",
    { class: "chart-table" },
    element("summary", {}, "Show as a table"),
    element(
      "table",
      {},
      element("caption", { class: "visually-hidden" }, title),
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element(
        "tbody",
        {},
        ...labels.map((label, at) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, label),
            ...series.map(({ values }) => element("td", {}, written(values[at] ?? 0))),
          ),
        ),
      ),
    ),
  );
}
