// Talking to Parlour over HTTP: JSON in, JSON out, problem documents (RFC 9457) as `Refusal`s, and
// patience for what passes by itself.

/** @import { Problem } from "./types.js" */

/** The server answered, and said no. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {Problem} problem
   * @param {number} wait seconds the server asks to wait, 0 when it does not say
   */
  constructor(status, problem, wait) {
    super(problem.detail || problem.title || `the server answered with status ${status}`);
    this.status = status;
    this.code = problem.code ?? "";
    this.wait = wait;
    /** With `already_confirmed`: what was done then. */
    this.outcome = problem.outcome;
  }

  /** The same request may succeed later, unchanged. */
  get passing() {
    return this.status >= 500 || [408, 425, 429].includes(this.status);
  }
}

/** No answer came back: the request may or may not have arrived. */
export class Unreachable extends Error {}

/**
 * @param {unknown} error
 * @returns {boolean} whether the same request may be sent again later
 */
export function passing(error) {
  return error instanceof Unreachable || (error instanceof Refusal && error.passing);
}

/**
 * Sends one request. Rejects with `Refusal` or `Unreachable` and nothing else.
 *
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>} the answer's JSON; `undefined` when it has none
 */
export async function request(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json, application/problem+json" };
  if (method !== "GET") headers["X-Parlour"] = "1";
  if (body) headers["Content-Type"] = "application/json";
  let response, text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(20_000),
    });
    text = await response.text();
  } catch (error) {
    throw new Unreachable("no answer from the server", { cause: error });
  }
  const answer = parse(text);
  if (response.ok) return answer;
  const problem = answer && typeof answer === "object" ? answer : {};
  throw new Refusal(response.status, problem, Number(response.headers.get("Retry-After")) || 0);
}

/**
 * The server's texts begin in lower case and have no full stop: they are made for joining.
 *
 * @param {string} text
 */
export function sentence(text) {
  const trimmed = text.trim();
  return trimmed && trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? "" : ".");
}

/** @param {string} text */
function parse(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Waits before the next try: longer each time, a little at random so that many browsers do not
 * come back at once, and not at all once the network returns.
 *
 * @param {number} attempt 0 for the first wait
 * @param {unknown} [error] the reason, which may ask for a longer wait
 * @returns {Promise<void>}
 */
export function pause(attempt, error) {
  const asked = error instanceof Refusal ? error.wait * 1000 : 0;
  const grown = Math.min(500 * 2 ** Math.min(attempt, 6), 20_000);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(asked, grown * (0.75 + Math.random() / 2)));
    addEventListener("online", done);
  });
}

/**
 * Repeats a request that is safe to repeat until it is answered for good.
 *
 * @template Answer
 * @param {() => Promise<Answer>} send
 * @param {(error: unknown) => void} [troubled] told of each failed try
 * @returns {Promise<Answer>}
 */
export async function persist(send, troubled) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!passing(error)) throw error;
      troubled?.(error);
      await pause(attempt, error);
    }
  }
}
