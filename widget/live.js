// A live line to the server: first what was missed, then events as they happen, again and again
// until it is stopped. The browser's own reconnecting gives up on some answers and says nothing
// about the reason, so each connection here is opened afresh after asking for what was missed.

import { passing, pause } from "./api.js";

/** @typedef {"connecting" | "live" | "offline"} LineStatus */

/**
 * How long a window may be out of sight, in milliseconds, before the line is hung up. Whoever is not
 * there is not reached by it, and is told by mail if she asked for that.
 */
const OUT_OF_SIGHT = 60_000;

/**
 * @param {object} line
 * @param {() => string} line.path asked anew for each connection
 * @param {() => Promise<void>} line.catchUp fetches what was missed; rejects when that fails
 * @param {Record<string, (data: any) => void>} line.events by the event's name
 * @param {(status: LineStatus) => void} line.status
 * @param {(error: unknown) => void} line.refused the server will not have us: the line is closed
 * @param {boolean} [line.sleeps] hangs up while nobody looks
 * @returns {{ stop: () => void }}
 */
export function openLine({ path, catchUp, events, status, refused, sleeps }) {
  /** @type {EventSource | undefined} */
  let source;
  let stopped = false;
  let attempt = 0;
  // Each connection has its number, so that what an older one still reports is ignored.
  let current = 0;
  // Hung up because nobody looks.
  let asleep = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let away;

  const hangUp = () => {
    current += 1;
    source?.close();
    source = undefined;
  };

  const connect = async () => {
    hangUp();
    const mine = current;
    if (stopped) return;
    if (!navigator.onLine) return status("offline");
    status("connecting");
    try {
      await catchUp();
    } catch (error) {
      if (mine !== current || stopped) return;
      if (passing(error)) return again(error);
      stop();
      return refused(error);
    }
    if (mine !== current || stopped) return;
    const opened = new EventSource(path());
    source = opened;
    opened.addEventListener("open", () => {
      if (mine !== current) return;
      attempt = 0;
      status("live");
    });
    for (const [name, act] of Object.entries(events)) {
      opened.addEventListener(name, (event) => {
        if (mine === current && !stopped) act(JSON.parse(event.data || "{}"));
      });
    }
    opened.addEventListener("error", () => {
      if (mine === current) void again();
    });
  };

  /** @param {unknown} [error] */
  const again = async (error) => {
    hangUp();
    const mine = current;
    status(navigator.onLine ? "connecting" : "offline");
    await pause(attempt, error);
    attempt += 1;
    if (mine === current && !stopped) await connect();
  };

  const online = () => {
    if (!asleep) void connect();
  };
  const offline = () => {
    hangUp();
    status("offline");
  };
  const sleep = () => {
    asleep = true;
    hangUp();
  };
  // A sleeping device can lose its connection without a word: ask when it is looked at again.
  const looked = () => {
    clearTimeout(away);
    if (document.visibilityState === "hidden") {
      if (sleeps) away = setTimeout(sleep, OUT_OF_SIGHT);
    } else if (source || asleep) {
      asleep = false;
      void connect();
    }
  };

  const stop = () => {
    stopped = true;
    clearTimeout(away);
    hangUp();
    removeEventListener("online", online);
    removeEventListener("offline", offline);
    document.removeEventListener("visibilitychange", looked);
  };

  addEventListener("online", online);
  addEventListener("offline", offline);
  document.addEventListener("visibilitychange", looked);
  void connect();
  return { stop };
}
