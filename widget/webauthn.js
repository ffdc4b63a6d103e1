// Passkeys in the browser: makes and uses them, and says in plain kinds what came between. Shared by the console and
// the window in which shoppers do it.

/** Why there is no passkey: nobody's fault, and each has words of its own. */
export class NoPasskey extends Error {
  /** @param {"unsupported" | "cancelled" | "known" | "failed"} kind @param {unknown} [cause] */
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

/** Whether this browser can do it at all. */
export function canUsePasskeys() {
  return typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

/**
 * @param {unknown} error what the browser threw
 * @returns {NoPasskey}
 */
function told(error) {
  const name = error instanceof Error ? error.name : "";
  // The browser does not tell a refusal from a time that ran out, on purpose.
  if (name === "NotAllowedError" || name === "AbortError") return new NoPasskey("cancelled", error);
  if (name === "InvalidStateError") return new NoPasskey("known", error);
  if (name === "NotSupportedError" || name === "SecurityError") return new NoPasskey("unsupported", error);
  return new NoPasskey("failed", error);
}

/**
 * @param {any} options as the server gave them
 * @returns {Promise<object>} for the server
 */
export async function createPasskey(options) {
  if (!canUsePasskeys()) throw new NoPasskey("unsupported");
  try {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    const made = /** @type {PublicKeyCredential | null} */ (await navigator.credentials.create({ publicKey }));
    if (!made) throw new NoPasskey("failed");
    return made.toJSON();
  } catch (error) {
    throw error instanceof NoPasskey ? error : told(error);
  }
}

/**
 * @param {any} options as the server gave them
 * @returns {Promise<object>} for the server
 */
export async function usePasskey(options) {
  if (!canUsePasskeys()) throw new NoPasskey("unsupported");
  try {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    const used = /** @type {PublicKeyCredential | null} */ (await navigator.credentials.get({ publicKey }));
    if (!used) throw new NoPasskey("failed");
    return used.toJSON();
  } catch (error) {
    throw error instanceof NoPasskey ? error : told(error);
  }
}
