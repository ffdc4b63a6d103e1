// The dialog that asks who she is: with a passkey first, else with a code that is mailed to her address and brought back; after which a
// passkey is offered, so that the next time needs no mailbox.

import { Refusal, request } from "./api.js";
import { byId } from "./dom.js";
import { reasonOf } from "./texts.js";

/** @import { Session } from "./types.js" */

/**
 * @param {import("./prove.js").ProofNeeds} needs
 * @returns {{ open: import("./prove.js").OpenProof }}
 */
export function prepareDialog({ say, locale, session, ensureSession, before, after }) {
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
  const offer = byId("prove-offer");
  const done = byId("prove-done");
  const sent = byId("prove-sent");
  let asked = "";
  let busy = false;
  /** What goes on after a refusal. The next try waits for it instead of being lost to it. */
  let resumed = Promise.resolve();
  /** @type {{ about: string, then: () => void } | undefined} */
  let errand;
  /** Fetched when it is asked who she is, so that it is there when she presses. @type {Promise<typeof import("./passkeys.js")> | undefined} */
  let passkeys;
  const canUsePasskeys = typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

  /** @type {Promise<{ open: () => Promise<void> }> | undefined} fetched when a device was lost */
  let recovery;
  /** Whether the passkey that is offered is one that she has, or one to be made. */
  let has = false;

  /** @param {"address" | "code" | "offer" | "done" | "recovery"} step */
  const show = (step) => {
    addressForm.hidden = step !== "address";
    byId("prove-passkey").hidden = step !== "address" || !canUsePasskeys;
    codeForm.hidden = step !== "code";
    offer.hidden = step !== "offer" && step !== "done";
    byId("prove-go").hidden = step !== "offer";
    byId("prove-offer-text").hidden = step !== "offer";
    byId("prove-lost").hidden = step !== "offer" || !has;
    byId("prove-recovery").hidden = step !== "recovery";
    byId("prove-about").hidden = step !== "address";
    byId("prove-close").textContent = say(step === "offer" ? "proposal.not_now" : "dialog.close");
    byId("prove-offer-error").textContent = "";
    complain(email);
    complain(code);
    if (step === "address") email.focus();
    if (step === "code") code.focus();
    if (step === "offer") byId("prove-go").focus();
    if (step === "done") byId("prove-close").focus();
  };

  /**
   * With a passkey she is signed in: asked for one where she has one, offered one where she has none.
   *
   * @param {Session} known whose address was proved
   */
  const offerPasskey = (known) => {
    done.textContent = say("prove.done", { email: known.email ?? email.value });
    has = known.passkey;
    byId("prove-offer-text").textContent = say(has ? "passkey.ask" : "passkey.offer");
    byId("prove-go").textContent = say(has ? "passkey.sign_in" : "passkey.create");
    show(canUsePasskeys ? "offer" : "done");
  };

  /** She is in again, and makes a new passkey at once. */
  const offerAnother = () => {
    done.textContent = say("recovery.done");
    has = false;
    byId("prove-offer-text").textContent = say("recovery.done.text");
    byId("prove-go").textContent = say("passkey.create");
    show("offer");
  };

  /** It is done, or enough for what she wanted. */
  const goOn = () => {
    dialog.close();
    const wanted = errand;
    errand = undefined;
    wanted?.then();
  };

  /**
   * @param {boolean} known she has a passkey already
   * @param {(reason: string) => void} problem
   */
  const withPasskey = (known, problem) =>
    exclusively(async () => {
      problem("");
      /** @type {import("./passkeys.js").PasskeyWindow | undefined} */
      let window;
      try {
        const { enrol, openPasskeyWindow, signIn } = await (passkeys ??= import("./passkeys.js"));
        window = openPasskeyWindow(say);
        await ensureSession();
        await resumed;
        before();
        const { session: renewed, codes } = known ? { session: await signIn(say, window) } : await enrol(say, window);
        await after(renewed);
        if (codes) {
          await window.show(codes);
          // She closes it herself, when she has kept them.
          window = undefined;
        }
        goOn();
      } catch (error) {
        resumed = after(undefined);
        // Too long ago: a fresh code is what helps.
        if (error instanceof Refusal && error.code === "needs_fresh_sign_in") {
          show("address");
          problem = (reason) => complain(email, reason);
        }
        problem(reasonOf(error, say));
      } finally {
        window?.close();
      }
    });

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
        /** @type {Session} */
        const proved = await request("POST", `/v1/session/codes/${encodeURIComponent(asked)}`, { code: digits, locale: say.language });
        await after(proved);
        offerPasskey(proved);
      } catch (error) {
        complain(code, reasonOf(error, say));
        resumed = after(undefined);
      }
    });
  });

  byId("prove-again").addEventListener("click", () => show("address"));
  byId("prove-sign-in").addEventListener("click", () => void withPasskey(true, (reason) => complain(email, reason)));
  byId("prove-go").addEventListener("click", () => void withPasskey(has, (reason) => (byId("prove-offer-error").textContent = reason)));
  byId("prove-lost").addEventListener("click", async () => {
    recovery ??= import("./recovery.js").then(({ prepareRecovery }) =>
      prepareRecovery({
        box: byId("prove-recovery"),
        say,
        locale,
        exclusively,
        before,
        after,
        recovered: offerAnother,
        anew(reason) {
          show("address");
          complain(email, reason);
        },
      }),
    );
    const { open } = await recovery;
    show("recovery");
    await open();
  });
  byId("prove-close").addEventListener("click", () => {
    // What was proved may be enough: whoever wants no passkey goes on with that.
    if (offer.hidden && byId("prove-recovery").hidden) dialog.close();
    else goOn();
  });
  return {
    open(wanted) {
      errand = wanted;
      if (canUsePasskeys) passkeys ??= import("./passkeys.js");
      byId("prove-about").textContent = wanted?.about ?? say("prove.text");
      dialog.showModal();
      const known = session();
      if (known?.level === "address") offerPasskey(known);
      else show("address");
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
