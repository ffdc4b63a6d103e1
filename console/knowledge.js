// What the assistant answers from: the list of documents, and the way to the page's other parts.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { closeEditor, mayLeave, openEditor } from "./knowledge_editor.js";
import { showCount, showQuestions, startTrying } from "./knowledge_questions.js";
import { redraw } from "./steady.js";
import { drawProblem, endsSession } from "./trouble.js";
import { KINDS } from "./words.js";

/** @import { ImportedDocument, KnowledgeShelf, KnowledgeSummary } from "./types.js" */

/** @type {KnowledgeShelf | undefined} */
let shelf;
/** The path that is shown, with what is asked. */
let shown = "";

export function startKnowledge() {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    if (!link || link.origin !== location.origin || link.pathname !== "/console/knowledge") return;
    event.preventDefault();
    go(link.href);
  });
  addEventListener("popstate", () => {
    if (mayLeave()) return void show();
    history.pushState(null, "", shown);
  });
  byId("look").addEventListener("submit", (event) => event.preventDefault());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  byId("words").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void load(), 250);
  });
  for (const id of ["of-kind", "for-whom"]) byId(id).addEventListener("change", draw);
  byId("shelf").addEventListener("keydown", moveThroughList);
  startTrying();
  void show();
}

/**
 * Goes to another part of the page.
 *
 * @param {string} to
 * @param {string} [told] what was done, for the reader
 */
export function go(to, told = "") {
  if (!mayLeave()) return;
  history.pushState(null, "", to);
  byId("done").textContent = told;
  void show();
}

async function show() {
  shown = location.href;
  const asked = new URLSearchParams(location.search);
  const wanted = asked.get("document");
  const part = wanted ? "editor" : ["questions", "try"].includes(asked.get("show") ?? "") ? asked.get("show") ?? "" : "documents";
  for (const id of ["documents", "questions", "try", "editor"]) byId(id).hidden = id !== part;
  byId("new").hidden = part === "editor";
  for (const tab of document.querySelectorAll(".tabs a")) {
    const here = tab instanceof HTMLElement && (tab.dataset["show"] || "documents") === part;
    if (here) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  if (part !== "editor") closeEditor();
  if (wanted) await openEditor(wanted, asked.get("question") ?? "");
  else if (part === "questions") await showQuestions();
  else if (part === "documents") await load();
  else byId("question").focus();
}

let looks = 0;

async function load() {
  const mine = (looks += 1);
  const place = byId("shelf");
  const words = /** @type {HTMLInputElement} */ (byId("words")).value.trim();
  place.setAttribute("aria-busy", "true");
  try {
    /** @type {KnowledgeShelf} */
    const found = await request("GET", `/v1/staff/knowledge?words=${encodeURIComponent(words)}`);
    if (mine !== looks) return;
    shelf = found;
    showCount(found.unanswered);
    draw();
  } catch (error) {
    if (mine !== looks || endsSession(error)) return;
    place.replaceChildren(drawProblem(error, load));
  }
  place.removeAttribute("aria-busy");
}

function draw() {
  if (!shelf) return;
  const kind = /** @type {HTMLSelectElement} */ (byId("of-kind")).value;
  const audience = /** @type {HTMLSelectElement} */ (byId("for-whom")).value;
  const words = /** @type {HTMLInputElement} */ (byId("words")).value.trim();
  const documents = shelf.documents.filter((one) => (!kind || one.kind === kind) && (!audience || one.audience === audience));
  const imported = shelf.imported.filter((one) => (!kind || one.kind === kind) && audience !== "staff");
  const filtered = Boolean(kind || audience || words);
  const count = documents.length + imported.length;
  const tab = document.querySelector('.tabs a[data-show=""] .count');
  if (tab && !filtered) tab.textContent = new Intl.NumberFormat(navigator.language).format(count);
  byId("found").textContent = filtered ? (count === 1 ? "1 document" : `${count} documents`) : "";
  if (!count) {
    const nothing = filtered
      ? [element("p", {}, "No document fits. Try other words, or show all kinds.")]
      : [
          element("p", {}, "The assistant has nothing to answer from yet."),
          element("p", {}, element("a", { class: "button primary", href: "/console/knowledge?document=new" }, "Write the first document")),
        ];
    redraw(byId("shelf"), element("div", { class: "queue" }, element("div", { class: "empty" }, ...nothing)));
    return;
  }
  redraw(
    byId("shelf"),
    element("h2", {}, "Written here"),
    documents.length
      ? element("div", { class: "queue" }, element("ul", { class: "rows docs", "aria-label": "Written here" }, ...documents.map(drawDocument)))
      : element("div", { class: "queue" }, element("p", { class: "empty" }, filtered ? "None fits." : "Nothing yet. What you write here stands beside what your shop's system exports.")),
    ...(imported.length
      ? [
          element("h2", {}, "From your shop's system"),
          element("p", { class: "soft" }, "Comes with each import of the shop and is changed there: a copy changed here would be overwritten by the next import, or contradict your shop."),
          element("div", { class: "queue" }, element("ul", { class: "rows docs", "aria-label": "From your shop's system" }, ...imported.map(drawImported))),
        ]
      : []),
  );
}

/** @param {KnowledgeSummary} one */
function drawDocument(one) {
  return element(
    "li",
    {},
    element(
      "a",
      { class: "row doc-row", href: `/console/knowledge?document=${encodeURIComponent(one.document)}` },
      element("span", { class: "row-who", dir: "auto" }, one.title),
      element("span", { class: "row-when" }, moment(one.updated_at, navigator.language)),
      element("span", { class: "row-what", dir: "auto" }, plain(one.excerpt)),
      element(
        "span",
        { class: "states" },
        element("span", { class: "pill" }, KINDS[one.kind] ?? one.kind),
        one.audience === "staff" ? element("span", { class: "pill waiting" }, "Staff only") : undefined,
      ),
    ),
  );
}

/**
 * Markdown without its marks, for where a few words of it are shown.
 *
 * @param {string} markdown
 */
export function plain(markdown) {
  return markdown.replace(/\*\*|\[|\]\([^)]*\)|^\s*(?:#+|>|[-*+])\s+/gm, "");
}

/** @param {ImportedDocument} one */
function drawImported(one) {
  return element(
    "li",
    {},
    element(
      "details",
      { class: "imported" },
      element("summary", { class: "row doc-row" }, element("span", { class: "row-who", dir: "auto" }, one.title), element("span", { class: "states" }, element("span", { class: "pill" }, KINDS[one.kind] ?? one.kind))),
      element("div", { class: "imported-text", dir: "auto" }, ...one.text.split(/\n\n+/).map((part) => element("p", {}, part))),
    ),
  );
}

/** @param {KeyboardEvent} event */
function moveThroughList(event) {
  const rows = [...byId("shelf").querySelectorAll(".doc-row")].filter((row) => row instanceof HTMLElement);
  const at = rows.findIndex((row) => row === document.activeElement);
  /** @type {Record<string, number>} */
  const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const target = at < 0 ? undefined : targets[event.key];
  const row = target === undefined ? undefined : rows[target];
  if (!row) return;
  event.preventDefault();
  row.focus();
}
