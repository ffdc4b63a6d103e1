// "Continue by e-mail": the shopper names an address, gets a code there and brings it back.

import { request } from "./api.js";
import { byId } from "./dom.js";
import { reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { Session } from "./types.js" */

/**
 * @param {object} needs
 * @param {Say} needs.say
 * @param {() => Promise<void>} needs.ensureSession a code belongs to a session
 * @param {() => void} needs.before the session is about to be replaced
 * @param {(session: Session | undefined) => Promise<void>} needs.after with the new session;
 *   `undefined` when the old one stays
 * @returns {{ open: (errand?: { about: string, then: () => void }) => void }} an errand says what the proof
 *   is for, and goes on when it is done
 */
export function prepareProof({ say, ensureSession, before, after }) {
  /** @type {HTMLDialogElement} */
  const dialog = byId("prove");
  /** @type {HTMLFormElement} */
  const addressForm = byId("prove-address");
  /** @type {HTMLFormElement} */
  const codeForm = byId("prove-code");
  /** @type {HTMLInputElement} */
  const email = byId("prove-email");
  /** @type {HTMLInputElement} */
  const code = byId("prove-digits");
  const done = byId("prove-done");
  const sent = byId("prove-sent");
  let asked = "";
  let busy = false;
  /** What goes on after a refusal. The next try waits for it instead of being lost to it. */
  let resumed = Promise.resolve();
  /** @type {{ about: string, then: () => void } | undefined} */
  let errand;

  /** @param {"address" | "code" | "done"} step */
  const show = (step) => {
    addressForm.hidden = step !== "address";
    codeForm.hidden = step !== "code";
    done.hidden = step !== "done";
    byId("prove-about").hidden = step !== "address";
    complain(email);
    complain(code);
    if (step === "address") email.focus();
    if (step === "code") code.focus();
    if (step === "done") byId("prove-close").focus();
  };

  /** @param {(() => Promise<void>)} work */
  const exclusively = async (work) => {
    if (busy) return;
    busy = true;
    dialog.setAttribute("aria-busy", "true");
    try {
      await work();
    } finally {
      busy = false;
      dialog.removeAttribute("aria-busy");
    }
  };

  addressForm.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = email.value.trim();
    if (!address || !email.validity.valid) return complain(email, say("prove.email.missing"));
    void exclusively(async () => {
      try {
        await ensureSession();
        const answer = await request("POST", "/v1/session/codes", { email: address, locale: say.language });
        asked = answer.request;
        code.value = "";
        sent.textContent = say("prove.sent", { email: address });
        show("code");
      } catch (error) {
        complain(email, reasonOf(error, say));
      }
    });
  });

  codeForm.addEventListener("submit", (event) => {
    event.preventDefault();
    const digits = code.value.replace(/\D/g, "");
    if (digits.length !== 6) return complain(code, say("prove.code.missing"));
    void exclusively(async () => {
      await resumed;
      before();
      try {
        const session = await request("POST", `/v1/session/codes/${encodeURIComponent(asked)}`, { code: digits });
        await after(session);
        if (errand) {
          dialog.close();
          return errand.then();
        }
        done.textContent = say("prove.done", { email: session.email ?? email.value });
        show("done");
      } catch (error) {
        complain(code, reasonOf(error, say));
        resumed = after(undefined);
      }
    });
  });

  byId("prove-again").addEventListener("click", () => show("address"));
  byId("prove-close").addEventListener("click", () => dialog.close());
  return {
    open(wanted) {
      errand = wanted;
      byId("prove-about").textContent = wanted?.about ?? say("prove.text");
      dialog.showModal();
      show("address");
    },
  };
}

/**
 * Says what is wrong with a field, next to it; nothing when it is right.
 *
 * @param {HTMLInputElement} field
 * @param {string} [reason]
 */
function complain(field, reason = "") {
  byId(`${field.id}-error`).textContent = reason;
  field.toggleAttribute("aria-invalid", false);
  if (!reason) return;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}
