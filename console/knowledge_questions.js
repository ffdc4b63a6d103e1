// Questions that found no answer, and trying a question out.

import { Refusal, request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { plain } from "./knowledge.js";
import { drawQuoted } from "./knowledge_editor.js";
import { redraw } from "./steady.js";
import { drawProblem, endsSession, explain } from "./trouble.js";
import { KINDS } from "./words.js";

/** @import { Attempt, FoundPassage, OpenQuestion } from "./types.js" */

/** Words of the questions that were shown, for the editor. @type {Map<string, string>} */
const known = new Map();

/** @param {string} id @returns {Promise<string>} the words of a question; none when it is gone */
export async function takeQuestion(id) {
  try {
    if (!known.has(id)) await fetchQuestions();
  } catch {
    // It can be written as well.
  }
  return (known.get(id) ?? "").slice(0, 150);
}

/** @param {number} messages how many messages found no answer, for the tab */
export function showCount(messages) {
  const count = document.querySelector('.tabs a[data-show="questions"] .count');
  if (count) count.textContent = messages ? new Intl.NumberFormat(navigator.language).format(messages) : "";
}

async function fetchQuestions() {
  /** @type {{ questions: OpenQuestion[] }} */
  const { questions } = await request("GET", "/v1/staff/knowledge/questions");
  known.clear();
  for (const one of questions) known.set(one.question, one.text);
  showCount(questions.reduce((all, one) => all + one.count, 0));
  return questions;
}

export async function showQuestions() {
  const place = byId("asked");
  place.setAttribute("aria-busy", "true");
  try {
    draw(await fetchQuestions());
  } catch (error) {
    if (endsSession(error)) return;
    place.replaceChildren(drawProblem(error, showQuestions));
  }
  place.removeAttribute("aria-busy");
}

/** @param {OpenQuestion[]} questions */
function draw(questions) {
  const place = byId("asked");
  if (!questions.length) {
    redraw(place, element("div", { class: "queue" }, element("p", { class: "empty" }, "No question is waiting for an answer.")));
    return;
  }
  redraw(place, element("div", { class: "queue" }, element("ul", { class: "rows", "aria-label": "Questions without an answer" }, ...questions.map(drawQuestion))));
}

/** @param {OpenQuestion} one */
function drawQuestion(one) {
  const problem = element("p", { class: "problem", role: "alert" });
  const dismiss = element("button", { type: "button", class: "plain", "aria-label": `Dismiss: ${one.text}` }, "Dismiss");
  const row = element(
    "li",
    { class: "open-question" },
    element("p", { class: "row-who", dir: "auto" }, one.text),
    element("p", { class: "row-what" }, one.count === 1 ? "Asked once, " : `Asked ${one.count} times, last `, moment(one.latest, navigator.language)),
    one.answered_by ? element("p", { class: "row-what" }, "By now answered by ", element("bdi", { class: "row-who" }, one.answered_by)) : undefined,
    problem,
    element(
      "div",
      { class: "buttons" },
      element("a", { class: "button secondary", href: `/console/knowledge?document=new&question=${encodeURIComponent(one.question)}`, "aria-label": `Answer it: ${one.text}` }, "Answer it"),
      dismiss,
    ),
  );
  dismiss.addEventListener("click", async () => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    try {
      await putAway(one.question);
      await showQuestions();
      byId("done").textContent = "Dismissed. If it is asked again in vain, it comes back.";
      if (!next) byId("heading").focus();
      else /** @type {HTMLElement | null} */ (byId("asked").querySelector("a"))?.focus();
    } catch (error) {
      if (!endsSession(error)) problem.textContent = explain(error);
    }
  });
  return row;
}

/** @param {string} id a question that is answered, or will not be; gone already is as good */
export async function putAway(id) {
  try {
    await request("DELETE", `/v1/staff/knowledge/questions/${encodeURIComponent(id)}`);
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 404)) throw error;
  }
  known.delete(id);
}

// ---- Trying --------------------------------------------------------------------------------

export function startTrying() {
  const form = byId("attempt");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(form);
  });
}

/** @param {HTMLElement} form */
async function attempt(form) {
  const field = /** @type {HTMLInputElement} */ (byId("question"));
  const problem = byId("attempt-problem");
  const question = field.value.trim();
  problem.textContent = "";
  if (!question) {
    problem.textContent = "Please enter a question.";
    field.focus();
    return;
  }
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    /** @type {Attempt} */
    const tried = await request("POST", "/v1/staff/knowledge/try", { question, locale: navigator.language.slice(0, 2) });
    byId("tried").replaceChildren(
      element(
        "section",
        { class: "card", "aria-label": "Answer" },
        element("h2", {}, tried.quoted ? "The assistant answers" : tried.answer ? "The assistant says" : "The assistant looks elsewhere"),
        tried.answer ? drawQuoted({ title: "", blocks: tried.answer }) : element("p", { class: "soft" }, "This is about goods, an order or a person, so the assistant does not answer it from these documents."),
      ),
      element(
        "section",
        { class: "card", "aria-label": "Passages" },
        element("h2", {}, "Passages that fit best"),
        tried.passages.length ? element("ol", { class: "plain-list fits" }, ...tried.passages.map(drawFound)) : element("p", { class: "soft" }, "No passage has any word of the question."),
      ),
    );
  } catch (error) {
    if (!endsSession(error)) problem.textContent = explain(error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** @param {FoundPassage} one */
function drawFound(one) {
  const percent = Math.round(one.confidence / 10);
  return element(
    "li",
    {},
    element("p", { class: "row-who", dir: "auto" }, one.title, " ", element("span", { class: "pill" }, KINDS[one.kind] ?? one.kind)),
    element("p", { class: "row-what" }, element("meter", { min: 0, max: 100, low: 46, high: 60, optimum: 100, value: percent, "aria-label": "Confidence" }, `${percent} %`), ` ${percent} % `, element("span", {}, percent >= 60 ? "fits well" : percent >= 46 ? "the closest there is" : "a guess: not quoted")),
    element("p", { class: "soft", dir: "auto" }, plain(one.text)),
  );
}
