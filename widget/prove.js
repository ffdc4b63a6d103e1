// Who she is, and from where she is signed in: what asks and what shows it is seldom part of the first visit, and is
// fetched when it is wanted.

import { byId } from "./dom.js";

/** @import { Say } from "./texts.js" */
/** @import { Session } from "./types.js" */

/**
 * @typedef {object} ProofNeeds
 * @property {Say} say
 * @property {string} locale of dates
 * @property {() => Session | undefined} session
 * @property {() => Promise<void>} ensureSession a code belongs to a session
 * @property {() => void} before the session is about to be replaced
 * @property {(session: Session | undefined) => Promise<void>} after with the new session; `undefined` when the old one stays
 *
 * @typedef {(errand?: { about: string, then: () => void }) => void} OpenProof an errand says what the proof is for, and
 *   goes on when it is done
 */

/**
 * @param {ProofNeeds} needs
 * @returns {{ open: OpenProof }}
 */
export function prepareProof(needs) {
  const { say, locale, before, after } = needs;
  /** @template Fetched @param {() => Promise<Fetched>} fetch @returns {() => Promise<Fetched>} */
  const once = (fetch) => {
    /** @type {Promise<Fetched> | undefined} */
    let fetched;
    return () =>
      (fetched ??= fetch().catch((error) => {
        fetched = undefined; // the next press asks again
        throw error;
      }));
  };
  const asking = once(async () => (await import("./prove_dialog.js")).prepareDialog(needs));
  const devices = once(async () => (await import("./devices.js")).prepareDevices({ say, locale, session: { before, after } }));

  const unreachable = () => {
    /** @type {HTMLDialogElement} */
    const dialog = byId("prove");
    byId("prove-about").textContent = say("trouble.reach");
    byId("prove-close").onclick = () => dialog.close();
    dialog.showModal();
  };
  byId("menu-devices").addEventListener("click", () => void devices().then(({ open }) => open(), unreachable));
  return { open: (errand) => void asking().then(({ open }) => open(errand), unreachable) };
}
