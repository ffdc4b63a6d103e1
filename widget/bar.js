// The line above the chat that says how the network is, and a button for who does not want to wait.

import { byId } from "./dom.js";

/** @import { LineStatus } from "./live.js" */
/** @import { Say } from "./texts.js" */

/**
 * @param {Say} say
 */
export function prepareBar(say) {
  let timer = 0;
  /** @param {"line.connecting" | "line.offline" | "line.error" | undefined} key */
  const show = (key) => {
    clearTimeout(timer);
    const words = navigator.onLine ? key && say(key) : say("line.offline");
    byId("bar").textContent = words ?? "";
    byId("bar-again").hidden = key !== "line.error" || !navigator.onLine;
  };
  addEventListener("offline", () => show("line.offline"));
  addEventListener("online", () => show(undefined));
  // Whatever waits for its next try waits for the network as well.
  byId("bar-again").addEventListener("click", () => dispatchEvent(new Event("online")));
  return {
    show,
    /** @param {LineStatus} status */
    line(status) {
      if (status === "offline") return show("line.offline");
      if (status === "live") return show(undefined);
      // Most connections are there at once: say so only when it takes long enough to wonder.
      clearTimeout(timer);
      timer = window.setTimeout(() => show("line.connecting"), 1500);
    },
  };
}
