// What somebody prefers in this browser: on or off, and nothing about anyone (D08). This is the one
// file that may touch web storage.

/**
 * @param {"shortcuts" | "notifications"} what
 * @param {boolean} otherwise when nothing was chosen, or the browser keeps nothing
 */
export function prefers(what, otherwise) {
  try {
    const kept = localStorage.getItem(`parlour.${what}`);
    return kept === null ? otherwise : kept === "on";
  } catch {
    return otherwise;
  }
}

/** @param {"shortcuts" | "notifications"} what @param {boolean} on */
export function prefer(what, on) {
  try {
    localStorage.setItem(`parlour.${what}`, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing: it stays as it is.
  }
}
