// Passkeys of the shopper, from the chat's frame: the window in which they are made and used, and what is done with them.

import { Refusal, request } from "./api.js";

/** @import { Say } from "./texts.js" */
/** @import { Session } from "./types.js" */

/**
 * @typedef {object} Asked
 * @property {"create" | "get" | "confirm" | "codes"} mode
 * @property {object} options of the ceremony, as the server gave them
 * @property {string} [about]
 * @property {string[]} [effect] what is confirmed, line by line
 * @property {string[]} [codes] recovery codes, shown once
 */

/**
 * @typedef {object} Enrolled
 * @property {Session} [session] the signed-in one, where she was not signed in by a passkey before
 * @property {string[]} [codes] recovery codes, where none was left
 */

/** The shopper did not go through with it, or the browser did not let her. */
export class Declined extends Error {
  /** @override */
  name = "Declined";
}

const PATIENCE = 5 * 60_000;

/**
 * Opens the window. Call it in a click: later, browsers block it.
 *
 * @param {Say} say
 */
export function openPasskeyWindow(say) {
  const query = new URLSearchParams({ shop: document.body.dataset["shop"] ?? "", locale: say.language });
  const opened = window.open(`/widget/v1/passkey?${query}`, "parlour-passkey", "popup,width=460,height=620");
  if (!opened) throw new Declined(say("passkey.blocked"));
  /** @type {(step: "ready" | "done") => Promise<any>} */
  const hear = (step) =>
    new Promise((resolve, reject) => {
      /** @param {() => void} then */
      const end = (then) => {
        clearInterval(looking);
        clearTimeout(timer);
        removeEventListener("message", onMessage);
        then();
      };
      /** @param {MessageEvent} event */
      const onMessage = (event) => {
        // INVARIANT: only the window that was opened here, and only while it shows a page of Parlour's.
        if (event.source !== opened || event.origin !== location.origin || event.data?.parlour !== "passkey") return;
        if (event.data.step === step) end(() => resolve(event.data));
      };
      const gone = () => end(() => reject(new Declined(say("passkey.closed"))));
      const looking = setInterval(() => opened.closed && gone(), 300);
      const timer = setTimeout(gone, PATIENCE);
      addEventListener("message", onMessage);
    });
  const ready = hear("ready");
  // Whether anybody waits for it or not, a window that is closed early is no error of the page.
  ready.catch(() => undefined);
  return {
    /**
     * @param {Asked["mode"]} mode
     * @param {object} options
     * @param {{ about?: string, effect?: string[] }} [more]
     * @returns {Promise<object>} the browser's answer, for the server
     */
    async ask(mode, options, more = {}) {
      await ready;
      const done = hear("done");
      opened.postMessage({ parlour: "passkey", step: "ask", mode, options, ...more }, location.origin);
      return (await done).response;
    },
    /**
     * Leaves the window to her with her recovery codes; she closes it.
     *
     * @param {string[]} codes
     */
    async show(codes) {
      await ready;
      opened.postMessage({ parlour: "passkey", step: "ask", mode: "codes", options: {}, codes }, location.origin);
    },
    close: () => opened.close(),
  };
}

/** @typedef {ReturnType<typeof openPasskeyWindow>} PasskeyWindow */

/**
 * @param {Say} say
 * @param {PasskeyWindow} window
 * @returns {Promise<Session>} the signed-in session that takes the place of the one there is
 */
export async function signIn(say, window) {
  const { ceremony, options } = await request("POST", "/v1/session/sign-in", {});
  const response = await window.ask("get", options);
  return request("POST", `/v1/session/sign-in/${ceremony}`, { response, locale: say.language });
}

/**
 * @param {Say} say
 * @param {PasskeyWindow} window
 * @returns {Promise<Enrolled>}
 */
export async function enrol(say, window) {
  const { ceremony, options } = await request("POST", "/v1/passkeys/ceremonies", {});
  const response = await window.ask("create", options);
  const { session, recovery_codes: codes } = await request("POST", "/v1/passkeys", { ceremony, response, locale: say.language });
  return { session, codes };
}

/**
 * An assertion over exactly this proposal. `undefined` where she has no passkey, and a code is mailed instead.
 *
 * @param {Say} say
 * @param {string} proposal
 * @param {string[]} effect what it does, line by line
 * @returns {Promise<{ ceremony: string, response: object } | undefined>}
 */
export async function signProposal(say, proposal, effect) {
  const window = openPasskeyWindow(say);
  try {
    const { ceremony, options } = await request("POST", `/v1/proposals/${encodeURIComponent(proposal)}/passkey`, {});
    return { ceremony, response: await window.ask("confirm", options, { effect }) };
  } catch (error) {
    if (error instanceof Refusal && error.code === "no_passkey") return undefined;
    throw error;
  } finally {
    window.close();
  }
}

/**
 * Does what may ask for a fresh sign-in: then she signs in again, and it is done.
 *
 * @template T
 * @param {Say} say
 * @param {{ before: () => void, after: (session: Session | undefined) => Promise<void> }} session is about to be replaced, and was
 * @param {() => Promise<T>} work
 * @param {PasskeyWindow} [window] one that is open already
 * @returns {Promise<T>}
 */
export async function freshly(say, session, work, window) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "needs_fresh_sign_in") throw error;
    const used = window ?? openPasskeyWindow(say);
    session.before();
    try {
      await session.after(await signIn(say, used));
    } catch (refused) {
      await session.after(undefined);
      throw refused;
    } finally {
      if (!window) used.close();
    }
    return work();
  }
}
