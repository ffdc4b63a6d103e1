// The line between this frame and the loader on the shop's page. It carries a few small facts out
// (ready, open, close, how many unread, how the launcher looks) and three in (opened, closed,
// dismissed), and never a word of the chat.

const NONCE = /^[0-9a-f]{32}$/;

/**
 * @typedef {object} Host
 * @property {boolean} framed whether a loader holds this page; otherwise it stands alone in a tab
 * @property {(type: "ready" | "open" | "close") => void} tell
 * @property {(count: number) => void} unread
 * @property {(look: object) => void} look how the launcher looks and what it says
 */

/**
 * @param {{ opened: () => void, closed: () => void, dismissed?: () => void }} on
 * @returns {Host}
 */
export function connectHost({ opened, closed, dismissed }) {
  const given = new URLSearchParams(location.hash.slice(1));
  const nonce = given.get("nonce") ?? "";
  const origin = given.get("host") ?? "";
  const framed = window.parent !== window && NONCE.test(nonce) && isOrigin(origin);
  if (!framed) return { framed, tell() {}, unread() {}, look() {} };

  // INVARIANT: only the loader that made this frame is heard: the parent window, the origin it
  // named when it made us (the server lets only the shop's own origins frame this page), its
  // nonce, and exactly the expected shape.
  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== window.parent || from !== origin) return;
    if (!data || typeof data !== "object" || Object.keys(data).sort().join() !== "nonce,parlour,type") return;
    if (data.parlour !== 1 || data.nonce !== nonce) return;
    if (data.type === "opened") opened();
    else if (data.type === "closed") closed();
    else if (data.type === "dismissed") dismissed?.();
  });

  /** @param {object} fact */
  const send = (fact) => window.parent.postMessage({ parlour: 1, nonce, ...fact }, origin);
  return {
    framed,
    tell(type) {
      // Known here at once and not when the loader has answered: what is said meanwhile is news to her.
      if (type === "close") closed();
      send({ type });
    },
    look: (look) => send({ type: "look", look }),
    unread: (count) => send({ type: "unread", count: Math.min(count, 999) }),
  };
}

/** @param {string} text */
function isOrigin(text) {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
}
