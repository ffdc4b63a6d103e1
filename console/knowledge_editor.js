// The editor of a document: write, see what a shopper would see, import, save without overwriting what
// a colleague wrote meanwhile.

import { Refusal, persist, request } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { byId, element, moment } from "./dom.js";
import { go } from "./knowledge.js";
import { putAway, takeQuestion } from "./knowledge_questions.js";
import { endsSession, explain } from "./trouble.js";
import { BLOCKS } from "./words.js";

/** @import { KnowledgeDocument, Quoted } from "./types.js" */

const HINTS = {
  faq: "A question as shoppers ask it. The answer is quoted as a whole, so keep it short.",
  policy: "Rules of your shop. Each paragraph is found and quoted by itself, with the headings it stands under.",
  page: "Any other text, such as a guide. Each paragraph is found and quoted by itself, with the headings it stands under.",
};

/** The largest file in bytes, as the server takes it. */
const FILE_MAX = 2 * 1024 * 1024;

/** @typedef {{ kind: "faq" | "policy" | "page", audience: "everyone" | "staff", title: string, body: string, url?: string }} Written */

/** Of the document that is open; 0 for a new one. */
let version = 0;
let id = "";
/** @type {string | undefined} */
let url;
/** What is saved, to tell whether there is something to lose. */
let saved = "";
/** The question that this document answers. */
let question = "";
let wired = false;
let open = false;

/** @template {HTMLElement} Kind @param {string} name @returns {Kind} */
const field = (name) => byId(name);
const title = () => /** @type {HTMLInputElement} */ (field("title"));
const body = () => /** @type {HTMLTextAreaElement} */ (field("body"));
const kind = () => /** @type {HTMLSelectElement} */ (field("kind"));

/** Whether nothing would be lost, or the reader does not mind. */
export function mayLeave() {
  if (!open || state() === saved) return true;
  return confirm("Leave without saving? What you wrote is lost.");
}

export function closeEditor() {
  open = false;
}

/**
 * @param {string} wanted `new`, or the document's id
 * @param {string} answers the question it is to answer
 */
export async function openEditor(wanted, answers) {
  wire();
  const fresh = wanted === "new";
  open = false;
  question = answers;
  version = 0;
  url = undefined;
  id = fresh ? crypto.randomUUID() : wanted;
  for (const name of ["problem", "import-problem", "import-line", "origin"]) byId(name).textContent = "";
  byId("conflict").hidden = true;
  byId("sure").hidden = true;
  byId("delete").hidden = fresh;
  byId("import").hidden = !fresh;
  /** @type {HTMLDetailsElement} */ (byId("import")).open = false;
  /** @type {HTMLInputElement} */ (byId("file")).value = "";
  /** @type {HTMLInputElement} */ (byId("url")).value = "";
  byId("editor-title").textContent = fresh ? "New document" : "Loading…";
  fill({ kind: "faq", audience: "everyone", title: "", body: "" });
  if (fresh) {
    if (answers) title().value = await takeQuestion(answers);
    void preview();
    // A question that waits to be answered is no work of the reader's yet.
    saved = state();
    open = true;
    (title().value ? body() : title()).focus();
    return;
  }
  byId("editor").setAttribute("aria-busy", "true");
  try {
    /** @type {KnowledgeDocument} */
    const found = await request("GET", `/v1/staff/knowledge/documents/${encodeURIComponent(id)}`);
    adopt(found);
    open = true;
    byId("editor-title").textContent = "Change the document";
    title().focus();
  } catch (error) {
    if (endsSession(error)) return;
    byId("editor-title").textContent = "This document cannot be shown";
    byId("problem").textContent = explain(error);
    byId("delete").hidden = true;
  } finally {
    byId("editor").removeAttribute("aria-busy");
  }
}

function wire() {
  if (wired) return;
  wired = true;
  addEventListener("beforeunload", (event) => {
    if (open && state() !== saved) event.preventDefault();
  });
  const form = byId("editor");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save();
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void preview(), 350);
  });
  kind().addEventListener("change", name);
  byId("file").addEventListener("change", () => void importFile());
  byId("fetch").addEventListener("click", () => void importPage());
  byId("url").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    void importPage();
  });
  byId("delete").addEventListener("click", () => {
    byId("sure").hidden = false;
    byId("keep").focus();
  });
  byId("keep").addEventListener("click", () => {
    byId("sure").hidden = true;
    byId("delete").focus();
  });
  byId("delete-now").addEventListener("click", () => void remove());
}

/** @returns {Written} */
function written() {
  const audience = new FormData(/** @type {HTMLFormElement} */ (byId("editor"))).get("audience");
  const chosen = kind().value;
  return {
    kind: chosen === "policy" || chosen === "page" ? chosen : "faq",
    audience: audience === "staff" ? "staff" : "everyone",
    title: title().value.trim(),
    body: body().value.trim(),
    ...(url ? { url } : {}),
  };
}

function state() {
  return JSON.stringify(written());
}

/** @param {Written} document_ */
function fill(document_) {
  kind().value = document_.kind;
  title().value = document_.title;
  body().value = document_.body;
  url = document_.url;
  for (const option of document.querySelectorAll('input[name="audience"]')) {
    if (option instanceof HTMLInputElement) option.checked = option.value === document_.audience;
  }
  byId("origin").textContent = url ? `Imported from ${url}` : "";
  name();
  void preview();
}

/** @param {KnowledgeDocument} found */
function adopt(found) {
  version = found.version;
  fill(found);
  saved = state();
}

/** Names the fields after the kind. */
function name() {
  const { kind: chosen } = written();
  byId("title-label").textContent = chosen === "faq" ? "Question" : "Title";
  byId("body-label").textContent = chosen === "faq" ? "Answer" : "Text";
  byId("kind-hint").textContent = HINTS[chosen];
}

// ---- What a shopper sees -------------------------------------------------------------------

let previews = 0;

async function preview() {
  const mine = (previews += 1);
  const place = byId("preview");
  const { kind: chosen, title: words, body: text, audience } = written();
  if (!words || !text) {
    place.replaceChildren(element("p", { class: "empty" }, "Write a title and a text to see them here."));
    return;
  }
  try {
    /** @type {{ passages: Quoted[] }} */
    const { passages } = await request("POST", "/v1/staff/knowledge/preview", { kind: chosen, title: words, body: text });
    if (mine !== previews) return;
    const note = audience === "staff" ? [element("p", { class: "caution" }, "Shoppers never see this: only staff find it.")] : [];
    place.replaceChildren(...note, ...passages.map(drawQuoted));
    if (!passages.length) place.replaceChildren(element("p", { class: "empty" }, "There is no text under these headings yet."));
  } catch (error) {
    if (mine === previews && !endsSession(error)) place.replaceChildren(element("p", { class: "empty problem" }, explain(error)));
  }
}

/** @param {Quoted} one */
export function drawQuoted(one) {
  const none = () => element("span", {});
  const drawn = drawBlocks(one.blocks, { labels: BLOCKS, good: none, order: none });
  return element("article", { class: "turn ai quoted" }, element("div", { class: "body" }, ...drawn));
}

// ---- Import --------------------------------------------------------------------------------

async function importFile() {
  const file = /** @type {HTMLInputElement} */ (byId("file")).files?.[0];
  if (!file) return;
  byId("import-problem").textContent = "";
  if (file.size > FILE_MAX) {
    byId("import-problem").textContent = "This file is larger than 2 MB. Save the page without pictures, or import a part of it.";
    return;
  }
  const media = /\.html?$/i.test(file.name) || file.type === "text/html" ? "html" : /\.(md|markdown)$/i.test(file.name) || file.type === "text/markdown" ? "markdown" : "plain";
  await bring(file.name, async () => request("POST", "/v1/staff/knowledge/import", { media, text: await file.text() }));
}

async function importPage() {
  const address = /** @type {HTMLInputElement} */ (byId("url")).value.trim();
  byId("import-problem").textContent = "";
  if (!address) {
    byId("import-problem").textContent = "Please enter the address of a page.";
    byId("url").focus();
    return;
  }
  await bring(address, () => request("POST", "/v1/staff/knowledge/fetch", { url: address }), address);
}

/**
 * Puts what was imported into the fields, for the reader to check. Nothing is saved.
 *
 * @param {string} from
 * @param {() => Promise<{ title: string, body: string }>} ask
 * @param {string} [address]
 */
async function bring(from, ask, address) {
  const panel = byId("import");
  if (panel.getAttribute("aria-busy") === "true") return;
  panel.setAttribute("aria-busy", "true");
  byId("import-line").textContent = `Reading ${from}…`;
  try {
    const read = await ask();
    const before = written();
    fill({ ...before, kind: before.body || question ? before.kind : "page", title: (question && before.title) || read.title || before.title, body: read.body, ...(address ? { url: address } : {}) });
    byId("import-line").textContent = `Read ${from}. Scripts, hidden text and navigation were left out. Please check the text, then save.`;
    (title().value ? body() : title()).focus();
  } catch (error) {
    byId("import-line").textContent = "";
    if (!endsSession(error)) byId("import-problem").textContent = explain(error);
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

// ---- Saving --------------------------------------------------------------------------------

let saving = false;

async function save() {
  const form = byId("editor");
  const problem = byId("problem");
  const now = written();
  problem.textContent = "";
  for (const [one, missing] of /** @type {[HTMLElement, boolean][]} */ ([[title(), !now.title], [body(), !now.body]])) {
    if (missing) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
  if (!now.title || !now.body) {
    problem.textContent = now.kind === "faq" ? "Please write both the question and its answer." : "Please write both a title and a text.";
    (now.title ? body() : title()).focus();
    return;
  }
  if (saving) return;
  saving = true;
  form.setAttribute("aria-busy", "true");
  try {
    await persist(
      () => request("PUT", `/v1/staff/knowledge/documents/${encodeURIComponent(id)}`, { ...now, version }),
      (error) => (problem.textContent = `Not saved yet. ${explain(error)}`),
    );
    problem.textContent = "";
    saved = state();
    if (question) await putAway(question);
    go("/console/knowledge", now.audience === "staff" ? "Saved. Staff find it from now on." : "Saved. The assistant answers from it from now on.");
  } catch (error) {
    if (endsSession(error)) return;
    if (error instanceof Refusal && error.code === "changed_meanwhile") return await showConflict();
    problem.textContent = explain(error);
  } finally {
    saving = false;
    form.removeAttribute("aria-busy");
  }
}

/** A colleague was faster: both versions are shown, and the reader decides. */
async function showConflict() {
  const place = byId("conflict");
  /** @type {KnowledgeDocument} */
  let theirs;
  try {
    theirs = await request("GET", `/v1/staff/knowledge/documents/${encodeURIComponent(id)}`);
  } catch (error) {
    if (!endsSession(error)) byId("problem").textContent = explain(error);
    return;
  }
  const mine = element("button", { type: "button", class: "secondary" }, "Keep mine");
  const take = element("button", { type: "button", class: "secondary" }, "Take theirs");
  const heading = element("h3", { tabindex: "-1" }, "A colleague changed this document while you did");
  mine.addEventListener("click", () => {
    version = theirs.version;
    place.hidden = true;
    void save();
  });
  take.addEventListener("click", () => {
    adopt(theirs);
    place.hidden = true;
    body().focus();
  });
  place.replaceChildren(
    heading,
    element("p", { class: "soft" }, "Nothing was overwritten. This is what was saved ", moment(theirs.updated_at, navigator.language), ":"),
    element("p", { class: "theirs-title", dir: "auto" }, theirs.title),
    element("pre", { class: "theirs", tabindex: "0", "aria-label": "The text of your colleague", dir: "auto" }, theirs.body),
    element("div", { class: "buttons" }, mine, take),
  );
  place.hidden = false;
  heading.focus();
}

async function remove() {
  try {
    await request("DELETE", `/v1/staff/knowledge/documents/${encodeURIComponent(id)}?version=${version}`);
    saved = state();
    go("/console/knowledge", "Deleted.");
  } catch (error) {
    if (endsSession(error)) return;
    byId("sure").hidden = true;
    if (error instanceof Refusal && error.code === "changed_meanwhile") return await showConflict();
    byId("problem").textContent = explain(error);
  }
}
