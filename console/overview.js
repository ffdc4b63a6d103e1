// The shop's day in figures. They are counted anew whenever something changed, and every minute.

import { request } from "./api.js";
import { bars, line } from "./charts.js";
import { byId, element, moment } from "./dom.js";
import { showLine } from "./inbox.js";
import { live, startClocks } from "./lists.js";
import { openLine } from "./live.js";
import { money } from "./money.js";
import { lookWhoWaits } from "./notify.js";
import { redraw } from "./steady.js";
import { endsSession, showProblem, showSignedOut } from "./trouble.js";

/** @import { Overview } from "./desk_types.js" */

const MINUTE = 60_000;
// Which hours are named below the bars.
const HOURS_NAMED = matchMedia("(max-width: 600px)").matches ? 4 : 2;

export function startOverview() {
  /** @type {Overview | undefined} */
  let shown;
  let asked = 0;
  const refresh = async () => {
    const mine = (asked += 1);
    try {
      /** @type {Overview} */
      const found = await request("GET", "/v1/staff/overview");
      if (mine !== asked) return;
      // Drawn only when a figure changed: whoever reads a table keeps it open.
      const same = shown && JSON.stringify({ ...shown, now: "" }) === JSON.stringify({ ...found, now: "" });
      shown = found;
      if (!same) draw(found);
      byId("as-of").replaceChildren("As of ", moment(found.now, navigator.language));
    } catch (error) {
      if (mine !== asked || endsSession(error)) return;
      if (!shown) showProblem(byId("overview"), error, quietly);
      throw error;
    }
  };
  const quietly = () => void refresh().catch(() => undefined);
  startClocks();
  setInterval(quietly, MINUTE);
  let soon = 0;
  openLine({
    path: () => "/v1/staff/events",
    catchUp: refresh,
    events: {
      conversation: () => {
        lookWhoWaits("Overview");
        clearTimeout(soon);
        soon = window.setTimeout(quietly, 500);
      },
      ended: showSignedOut,
    },
    status: (status) => {
      showLine(status);
      if (status === "live") lookWhoWaits("Overview");
    },
    refused: (error) => {
      if (!endsSession(error)) showProblem(byId("overview"), error, quietly);
    },
  });
}

/** @param {Overview} found */
function draw(found) {
  const place = byId("overview");
  place.removeAttribute("aria-busy");
  const steps = drawSteps(found);
  redraw(place, ...(steps ? [steps] : []), drawFigures(found), drawCharts(found));
}

/** The next steps of a shop that has not begun. @param {Overview} found */
function drawSteps({ beginnings }) {
  if (beginnings.conversations) return undefined;
  /** @type {[boolean, string, string, string][]} */
  const steps = [
    [beginnings.products, "Bring in what you sell", "Import your catalogue, or begin with the sample shop.", "/console/orders"],
    [beginnings.texts, "Write down what shoppers ask", "Policies and frequent questions are what the assistant answers from.", "/console/replies"],
    [false, "Talk with it yourself", "Open your shop's page, ask the assistant something, and watch it arrive in the inbox.", "/console/inbox"],
  ];
  const next = steps.findIndex(([done]) => !done);
  return element(
    "section",
    { class: "card steps", "aria-labelledby": "steps-title" },
    element("h2", { id: "steps-title" }, "Welcome. Three steps to the first conversation"),
    element(
      "ol",
      {},
      ...steps.map(([done, title, about], at) =>
        element(
          "li",
          { class: done ? "step-done" : at === next ? "step-next" : "" },
          element("strong", {}, title),
          element("span", { class: "pill" }, done ? "Done" : at === next ? "Next" : "Later"),
          element("p", { class: "soft" }, about),
        ),
      ),
    ),
  );
}

/** @param {Overview} found */
function drawFigures(found) {
  const { counts, answer_times: times, unpaid } = found;
  const today = found.order_days.at(-1);
  const opened = found.days.at(-1);
  /** Name, figure, what it is (and more about it), where it leads. @type {[string, string | Node, string | [string, string], string, string?][]} */
  const figures = [
    ["waiting", String(counts.waiting), "Waiting now", "/console/inbox?state=waiting", counts.waiting ? "urgent" : ""],
    ["longest", found.longest_wait_since ? live(found.longest_wait_since) : "–", "Longest wait", "/console/inbox?state=waiting"],
    ["with-people", String(counts.human), ["With people", counts.mine ? `${counts.mine} with you` : ""], "/console/inbox?state=human"],
    ["opened", String(opened?.opened ?? 0), "Conversations today", "/console/inbox"],
    ["answer", times.median_seconds === undefined ? "–" : span(times.median_seconds), ["First answer by a person", answered(times)], ""],
    ["orders", String(today?.orders ?? 0), ["Orders today", today?.orders ? `worth ${amount(today.worth, found.currency)}` : ""], "/console/orders"],
    ["unpaid", String(unpaid.orders), ["Not paid yet", unpaid.orders ? amount(unpaid.worth, found.currency) : ""], "/console/orders?show=pending"],
    ["back", String(found.returns + found.exchanges), ["Returns to expect", found.exchanges ? `${found.exchanges} of them exchanges` : ""], "/console/orders?show=back"],
  ];
  return element(
    "ul",
    { class: "figures", "aria-label": "Figures" },
    ...figures.map(([name, value, words, href, mood]) => {
      const [label, more] = Array.isArray(words) ? words : [words, ""];
      const inside = [element("strong", {}, value), element("span", {}, label), ...(more ? [" ", element("span", { class: "hint" }, more)] : [])];
      const box = element("li", { class: `figure ${mood ?? ""}` }, ...(href ? [element("a", { href }, ...inside)] : inside));
      box.dataset["figure"] = name;
      return box;
    }),
  );
}

/** @param {Overview["answer_times"]} times */
function answered({ answers, ninth_tenth_seconds: slow }) {
  if (slow === undefined) return "nobody waited in 7 days";
  return `median of ${answers} in 7 days; 9 in 10 within ${span(slow)}`;
}

/** @param {Overview} found */
function drawCharts(found) {
  const zone = found.time_zone;
  const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", timeZone: zone });
  const day = new Intl.DateTimeFormat(navigator.language, { weekday: "short", day: "numeric", timeZone: zone });
  const days = found.days.map((one) => day.format(new Date(one.from)));
  return element(
    "div",
    { class: "charts" },
    bars({
      title: "Conversations today, by hour",
      about: `Hours of the day in ${zone}.`,
      across: `Hour (${zone})`,
      labels: found.hours.map((one) => hour.format(new Date(one.from))),
      series: [{ name: "Conversations", values: found.hours.map((one) => one.opened) }],
      every: HOURS_NAMED,
      wide: true,
      nothing: "No conversation began today.",
    }),
    bars({
      title: "Who answered, by day",
      about: "Conversations by the day on which they began; those nobody has answered yet are left out.",
      across: `Day (${zone})`,
      labels: days,
      series: [
        { name: "The assistant alone", values: found.days.map((one) => one.alone) },
        { name: "Handed over to a person", values: found.days.map((one) => one.handed_over) },
      ],
      nothing: "No conversation was answered in these seven days.",
    }),
    line({
      title: "Worth of orders, by day",
      about: "What the orders placed on a day are worth now.",
      across: `Day (${zone})`,
      labels: days,
      series: [{ name: "Worth", values: found.order_days.map((one) => one.worth) }],
      written: (value) => amount(value, found.currency),
      onAxis: (value) => roughly(value, found.currency),
      nothing: "No order was placed in these seven days.",
    }),
  );
}

/** @param {number} worth @param {string | undefined} currency */
function amount(worth, currency) {
  return currency ? money(worth, currency, navigator.language) : String(worth);
}

/** Short and round, for an axis. @param {number} worth @param {string | undefined} currency */
function roughly(worth, currency) {
  if (!currency) return String(worth);
  const format = new Intl.NumberFormat(navigator.language, { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 });
  const digits = new Intl.NumberFormat(navigator.language, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(worth / 10 ** digits);
}

/** @param {number} seconds */
function span(seconds) {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
