// Signing in with a passkey; and, the first time, opening the one-time link and making one. The link's token stands in
// the address's fragment, which browsers do not send anywhere; it is used only by a click, so that a mail scanner which
// opens the link does not use it up.

import { Refusal, request } from "./api.js";
import { byId } from "./dom.js";
import { enrol, explainPasskey, signIn } from "./passkeys.js";
import { canUsePasskeys } from "./webauthn.js";

const SPENT = "This link does not work any more: it was used already, or it is too old. Ask an admin of your shop for a new one.";

export function startSignIn() {
  // A link opened in this very tab changes the fragment only, which loads nothing by itself.
  addEventListener("hashchange", () => location.reload());
  const token = location.hash.slice(1).replace(/^token=/, "");
  if (token) return offerSetUp(token);
  // A link was opened here already, and no passkey made yet.
  if (document.body.dataset["setsUp"]) return offerSetUp("");
  offerSignIn();
}

function offerSignIn() {
  say("Sign in", "Use the passkey of this device, of your phone, or your security key.", "Sign in with a passkey");
  onClick(async () => {
    await signIn();
    location.replace("/console");
  });
}

/** @param {string} token of the link; empty where it was opened already */
function offerSetUp(token) {
  say(
    "Set up your sign-in",
    "From now on you sign in with a passkey: your fingerprint, your face or the PIN of your device. It stays on your device, nobody can guess it, and it works on this page and no imitation of it.",
    "Create a passkey",
  );
  byId("ask").hidden = true;
  let unopened = token;
  onClick(async () => {
    if (unopened) {
      await open(unopened);
      unopened = "";
      // The link must not stay in the history of a shared computer.
      history.replaceState(null, "", "/console/sign-in");
    }
    await enrol();
    location.replace("/console");
  });
}

/** @param {string} token */
async function open(token) {
  try {
    await request("POST", "/v1/staff/sessions", { token });
  } catch (error) {
    const spent = error instanceof Refusal && [400, 401, 404, 410, 422].includes(error.status);
    if (!spent) throw error;
    history.replaceState(null, "", "/console/sign-in");
    offerSignIn();
    byId("ask").hidden = false;
    throw new Error(SPENT, { cause: error });
  }
}

/** @param {string} title @param {string} about @param {string} does */
function say(title, about, does) {
  byId("title").textContent = title;
  byId("about").textContent = about;
  const button = byId("sign-in");
  button.textContent = does;
  button.hidden = !canUsePasskeys();
  if (button.hidden) byId("problem").textContent = "This browser cannot use passkeys here. Use a current browser, over a secure connection.";
  else button.focus();
}

/** @param {() => Promise<void>} work */
function onClick(work) {
  const button = byId("sign-in");
  const problem = byId("problem");
  button.onclick = async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await work();
    } catch (error) {
      problem.textContent = error instanceof Error && error.message === SPENT ? SPENT : explainPasskey(error);
      button.focus();
    } finally {
      button.removeAttribute("aria-busy");
    }
  };
}
