// Back in without the passkey: with a recovery code, or after a wait. Fetched when a device was lost.

import { Refusal, request } from "./api.js";
import { element } from "./dom.js";
import { reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { Session, Waiting, WaysBack } from "./types.js" */

/** What a code has, whatever dashes and spaces she types. */
const LETTERS = 10;

/**
 * When she may come back.
 *
 * @param {string} at RFC 3339
 * @param {string} locale
 */
const spelled = (at, locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));

/**
 * Says that somebody waits to get in without the passkey, and stops it; for who is signed in.
 *
 * @param {object} needs
 * @param {Waiting | undefined} needs.waiting
 * @param {Say} needs.say
 * @param {string} needs.locale of dates
 * @param {(button: HTMLElement, work: () => Promise<unknown>) => void} needs.act
 * @returns {HTMLElement[]}
 */
export function drawWarning({ waiting, say, locale, act }) {
  if (!waiting) return [];
  const stop = element("button", { type: "button", class: "danger" }, say("recovery.stop"));
  stop.addEventListener("click", () => act(stop, () => request("DELETE", "/v1/recovery")));
  return [element("p", { role: "alert" }, say("devices.waiting", { when: spelled(waiting.asked_at, locale) })), stop];
}

/**
 * @param {object} needs
 * @param {HTMLElement} needs.box what it is drawn in
 * @param {Say} needs.say
 * @param {string} needs.locale of dates
 * @param {(work: () => Promise<void>) => Promise<void>} needs.exclusively one thing at a time
 * @param {() => void} needs.before the session is about to be replaced
 * @param {(session: Session | undefined) => Promise<void>} needs.after with the new session; `undefined` when the old one stays
 * @param {(session: Session) => void} needs.recovered she is in
 * @param {(reason: string) => void} needs.anew the address must be proved once more
 * @returns {{ open: () => Promise<void> }}
 */
export function prepareRecovery({ box, say, locale, exclusively, before, after, recovered, anew }) {
  const input = element("input", {
    id: "recovery-code",
    class: "recovery-code",
    name: "recovery-code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 64,
    required: true,
    "aria-describedby": "recovery-code-error",
  });
  const wrong = element("p", { id: "recovery-code-error", class: "wrong", role: "alert" });
  const form = element(
    "form",
    { novalidate: true },
    element("p", {}, say("recovery.text")),
    element("label", { for: "recovery-code" }, say("recovery.code")),
    input,
    wrong,
    element("button", { class: "primary" }, say("recovery.go")),
  );
  const wait = element("div", { class: "recovery-wait" });
  const problem = element("p", { class: "wrong", role: "alert" });

  /** @param {string} [reason] */
  const complain = (reason = "") => {
    wrong.textContent = reason;
    input.toggleAttribute("aria-invalid", false);
    if (!reason) return;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };

  /**
   * @param {object} by
   * @param {(reason: string) => void} tell what went wrong
   */
  const getIn = (by, tell) =>
    exclusively(async () => {
      before();
      try {
        /** @type {Session} */
        const renewed = await request("POST", "/v1/recovery/session", { ...by, locale: say.language });
        await after(renewed);
        recovered(renewed);
      } catch (error) {
        await after(undefined);
        refused(error, tell);
      }
    });

  /** @param {unknown} error @param {(reason: string) => void} tell */
  const refused = (error, tell) => {
    // Too long ago: a fresh code by mail is what helps.
    if (error instanceof Refusal && error.code === "needs_fresh_sign_in") return anew(reasonOf(error, say));
    tell(reasonOf(error, say));
  };

  /** @param {string} reason */
  const tellBelow = (reason) => (problem.textContent = reason);

  /** @param {() => Promise<WaysBack["waiting"]>} work */
  const change = (work) =>
    exclusively(async () => {
      complain();
      tellBelow("");
      try {
        drawWait(await work());
        wait.querySelector("button")?.focus();
      } catch (error) {
        refused(error, tellBelow);
      }
    });

  /** @param {Waiting | undefined} waiting @param {string} [told] */
  const drawWait = (waiting, told) => {
    const text = element("p", { role: "status" });
    /** @param {import("./text_en.js").Key} key @param {() => void} act @param {string} kind */
    const button = (key, act, kind) => {
      const made = element("button", { type: "button", class: kind }, say(key));
      made.addEventListener("click", act);
      return made;
    };
    if (!waiting) {
      const ask = () => void change(() => request("POST", "/v1/recovery", { locale: say.language }));
      text.textContent = say("recovery.without");
      wait.replaceChildren(...(told ? [element("p", { role: "status" }, told)] : []), text, button("recovery.ask", ask, "quiet"));
      return;
    }
    const open = new Date(waiting.opens_at).getTime() <= Date.now();
    text.textContent = open ? say("recovery.ready") : say("recovery.waiting", { when: spelled(waiting.opens_at, locale) });
    const stop = () =>
      void exclusively(async () => {
        tellBelow("");
        try {
          await request("DELETE", "/v1/recovery");
          drawWait(undefined, say("recovery.stopped"));
          wait.querySelector("button")?.focus();
        } catch (error) {
          refused(error, tellBelow);
        }
      });
    wait.replaceChildren(
      text,
      ...(open ? [button("recovery.go", () => void getIn({}, tellBelow), "primary")] : []),
      button("recovery.stop", stop, "danger"),
    );
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = input.value.trim();
    if (code.replace(/[^\p{L}\p{N}]/gu, "").length !== LETTERS) return complain(say("recovery.code.missing"));
    complain();
    void getIn({ code }, complain);
  });
  box.replaceChildren(form, wait, problem);

  return {
    async open() {
      complain();
      input.value = "";
      tellBelow("");
      drawWait(undefined);
      input.focus();
      try {
        /** @type {WaysBack} */
        const { waiting } = await request("GET", "/v1/recovery");
        drawWait(waiting);
      } catch (error) {
        tellBelow(reasonOf(error, say));
      }
    },
  };
}
