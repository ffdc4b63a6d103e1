// A member of staff's passkeys: signing in with one, making one, and doing again what asks for a fresh sign-in.

import { Refusal, request } from "./api.js";
import { explain } from "./trouble.js";
import { NoPasskey, createPasskey, usePasskey } from "./webauthn.js";

const WORDS = {
  unsupported: "This browser cannot use passkeys here. Use a current browser, over a secure connection.",
  cancelled: "No passkey was chosen, or it took too long. You can try again.",
  known: "This device has a passkey for you already. Sign in with it, or use another device.",
  failed: "The passkey did not work. Try again, or use another device.",
};

/** @param {unknown} error */
export function explainPasskey(error) {
  return error instanceof NoPasskey ? WORDS[error.kind] : explain(error);
}

/** Signs in; the new session is in the cookie. */
export async function signIn() {
  const { ceremony, options } = await request("POST", "/v1/staff/sign-in", {});
  await request("POST", `/v1/staff/sign-in/${ceremony}`, { response: await usePasskey(options) });
}

/** Makes a passkey. After a sign-in link, the session in the cookie is the signed-in one from then on. */
export async function enrol() {
  const { ceremony, options } = await request("POST", "/v1/staff/passkeys/ceremonies", {});
  await request("POST", "/v1/staff/passkeys", { ceremony, response: await createPasskey(options) });
}

/**
 * Does what may ask for a fresh sign-in: then one signs in again, and it is done.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function freshly(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "needs_fresh_sign_in") throw error;
    await signIn();
    return work();
  }
}
