// Messages on their way. Each keeps the id it was given when it was written, however often it is
// sent, so that the server stores it once; they leave in the order they were written.
//
// INVARIANT: the outbox lives in memory only. Nothing a shopper wrote is kept in the browser.

import { passing, pause, sentence } from "./api.js";

/**
 * @typedef {object} Outgoing
 * @property {string} conversation
 * @property {string} message
 * @property {string} text
 * @property {"queued" | "sending" | "failed"} state
 * @property {string} [reason] why it failed
 */

export class Outbox {
  /** @type {Outgoing[]} */
  #items = [];
  #running = false;

  #deliver;
  #changed;

  /**
   * @param {(item: Outgoing) => Promise<void>} deliver rejects as `request` does
   * @param {(item: Outgoing) => void} changed called when an item's state changes
   */
  constructor(deliver, changed) {
    this.#deliver = deliver;
    this.#changed = changed;
  }

  get items() {
    return [...this.#items];
  }

  /** @param {Outgoing} item */
  add(item) {
    this.#items.push(item);
    this.#set(item, "queued");
    void this.#run();
  }

  /** @param {string} message tries a failed message again, with the same id */
  retry(message) {
    const item = this.#items.find((one) => one.message === message && one.state === "failed");
    if (!item) return;
    delete item.reason;
    this.#set(item, "queued");
    void this.#run();
  }

  /** @param {string} message the server has it, as another answer showed */
  settle(message) {
    this.#items = this.#items.filter((one) => one.message !== message);
  }

  /** Forgets everything that was not sent. */
  clear() {
    const left = this.#items;
    this.#items = [];
    return left;
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let attempt = 0; ; ) {
      const item = this.#items.find((one) => one.state === "queued");
      if (!item) break;
      if (!navigator.onLine) {
        await pause(6);
        continue;
      }
      this.#set(item, "sending");
      try {
        await this.#deliver(item);
        attempt = 0;
        this.settle(item.message);
      } catch (error) {
        if (passing(error)) {
          this.#set(item, "queued");
          await pause(attempt, error);
          attempt += 1;
        } else {
          item.reason = error instanceof Error ? sentence(error.message) : "";
          this.#set(item, "failed");
        }
      }
    }
    this.#running = false;
  }

  /**
   * @param {Outgoing} item
   * @param {Outgoing["state"]} state
   */
  #set(item, state) {
    item.state = state;
    if (this.#items.includes(item)) this.#changed(item);
  }
}
