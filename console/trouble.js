// What can go wrong, in words for the person at the desk.

import { Refusal, sentence } from "./api.js";
import { byId, element } from "./dom.js";

/** @type {Record<string, string>} */
const BY_CODE = {
  already_taken: "A colleague has already taken this conversation over. You can read along and leave notes.",
  not_assigned: "This conversation is not assigned to you any more, so the shopper was not sent anything. Take it over to answer.",
  conflict: "This was already sent with another text. Reload the page to see what the shopper got.",
  rate_limited: "That was a lot at once. Please wait a moment and try again.",
  not_found: "This does not exist, or not any more.",
  not_paid: "This order has not been paid yet, so it cannot go on.",
  changed_meanwhile: "A colleague changed this document since you opened it. Nothing was overwritten.",
  passkey_refused: "This passkey could not be used here. Try again, or use another one.",
  last_factor: "This is your only passkey. Add another one before you remove it.",
};

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Refusal)) return "The server cannot be reached just now. Check your connection and try again.";
  // Names of roles and actions are marked for programs.
  if (error.code === "denied") return sentence(error.message.replaceAll("`", ""));
  return BY_CODE[error.code] ?? sentence(error.message);
}

/**
 * What is shown in place of what could not be fetched, with a button to try again.
 *
 * @param {unknown} error
 * @param {() => unknown} again
 * @param {(error: unknown) => string} [words]
 */
export function drawProblem(error, again, words = explain) {
  return element("div", { class: "queue" }, drawWords(words(error), again));
}

/** @param {string} words @param {() => unknown} again */
function drawWords(words, again) {
  const button = element("button", { type: "button", class: "secondary" }, "Try again");
  button.addEventListener("click", () => void again());
  return element("div", { class: "empty problem", role: "alert" }, element("p", {}, words), element("p", {}, button));
}

/**
 * The same, on a page that looks again by itself: it is drawn once however often that fails, so that nobody's button goes
 * from under a finger or loses the focus, and a screen reader says it once.
 *
 * @param {HTMLElement} place
 * @param {unknown} error
 * @param {() => unknown} again
 */
export function showProblem(place, error, again) {
  place.removeAttribute("aria-busy");
  const words = explain(error);
  if (place.querySelector(".problem p")?.textContent === words) return;
  place.replaceChildren(place.classList.contains("queue") ? drawWords(words, again) : drawProblem(error, again));
}

/**
 * Shows that the session is over, in place of the page: nothing of a shopper stays on the screen.
 *
 * @param {unknown} error
 * @returns {boolean} whether the error meant that
 */
export function endsSession(error) {
  if (!(error instanceof Refusal) || error.status !== 401) return false;
  showSignedOut();
  return true;
}

/**
 * Shows that this is not, or not any more, for the reader's eyes, in place of the page: nothing of it stays on the screen.
 *
 * @param {unknown} error
 * @returns {boolean} whether the error meant that
 */
export function closesPage(error) {
  if (!(error instanceof Refusal) || error.code !== "denied") return false;
  showInstead("Not yours to read", explain(error), "/console/inbox", "Back to the inbox");
  return true;
}

export function showSignedOut() {
  showInstead("You are signed out", "Your session has ended. Sign in again with your passkey.", "/console/sign-in", "Go to sign-in");
}

/**
 * @param {string} title
 * @param {string} words
 * @param {string} href where to go on
 * @param {string} label
 */
function showInstead(title, words, href, label) {
  document.title = `${title} · Parlour`;
  const heading = element("h1", { tabindex: "-1" }, title);
  byId("main").replaceChildren(
    element("section", { class: "card signed-out" }, heading, element("p", {}, words), element("p", {}, element("a", { class: "button primary", href }, label))),
  );
  heading.focus();
}
