// The conversation on the screen: turns in the order of their positions, then what is still on its
// way. It knows nothing about the network.

import { drawBlocks, plainText } from "./blocks.js";
import { element, moment } from "./dom.js";

/** @import { BlockLabels, Cards } from "./blocks.js" */
/** @import { Outgoing } from "./outbox.js" */
/** @import { Say } from "./texts.js" */
/** @import { Choice, OrderCard, ProductCard, Turn } from "./types.js" */

/**
 * @typedef {object} TranscriptParts
 * @property {HTMLElement} log
 * @property {HTMLElement} scroller what scrolls around the log
 * @property {HTMLElement} newer the button that leads to the newest message
 * @property {Say} say
 * @property {BlockLabels} labels
 * @property {string} locale
 * @property {(choice: Choice) => void} choose
 * @property {(product: ProductCard) => HTMLElement} good draws a product
 * @property {(order: OrderCard) => HTMLElement} order draws an order
 * @property {Cards} cards draw what the assistant shows beside its words
 * @property {(message: string) => void} retry
 */

export class Transcript {
  /** @type {Map<number, HTMLElement>} */
  #turns = new Map();
  /** @type {Map<string, HTMLElement>} */
  #pending = new Map();
  #following = true;
  /**
   * What came last, as long as nobody has touched the conversation since: what is drawn later grows it.
   *
   * @type {HTMLElement | undefined}
   */
  #newest;
  /** Where we scrolled to ourselves. */
  #set = -1;
  /** The name of the member of staff who wrote last. */
  staffName = "";

  /** @param {TranscriptParts} parts */
  constructor(parts) {
    this.parts = parts;
    parts.newer.addEventListener("click", () => this.toEnd());
    let height = 0;
    parts.scroller.addEventListener("scroll", () => {
      // A change of size moves nobody away from where she reads: the observer below sees to it.
      if (parts.scroller.clientHeight !== height) return;
      if (Math.abs(parts.scroller.scrollTop - this.#set) < 2) return;
      this.#set = -1;
      this.#following = this.#atEnd();
      if (this.#following) parts.newer.hidden = true;
    });
    // Who reads the newest message keeps seeing it when a notice or the keyboard takes room.
    new ResizeObserver(() => {
      height = parts.scroller.clientHeight;
      if (this.#following && !this.empty) this.#follow();
    }).observe(parts.scroller);
    new ResizeObserver(() => {
      if (this.#following && this.#newest) this.#follow();
    }).observe(parts.log);
    for (const touch of ["pointerdown", "wheel", "keydown"]) {
      parts.scroller.addEventListener(touch, () => (this.#newest = undefined), { passive: true });
    }
  }

  get empty() {
    return this.#turns.size === 0 && this.#pending.size === 0;
  }

  /** @param {number} position */
  has(position) {
    return this.#turns.has(position);
  }

  /** The smallest position on the screen; 0 when there is none. */
  get first() {
    return this.#turns.size ? Math.min(...this.#turns.keys()) : 0;
  }

  clear() {
    this.#turns.clear();
    this.#pending.clear();
    this.staffName = "";
    this.parts.log.replaceChildren();
    this.parts.newer.hidden = true;
  }

  /**
   * Shows a turn at its place. A turn that is already there is left alone.
   *
   * @param {Turn} turn
   * @returns {boolean} whether it was new
   */
  put(turn) {
    if (this.#turns.has(turn.position)) return false;
    if (turn.author === "human" && turn.name) this.staffName = turn.name;
    const follow = this.#following;
    const waiting = turn.message ? this.#pending.get(turn.message) : undefined;
    if (turn.message) this.#pending.delete(turn.message);
    const shown = waiting ?? element("article", { class: `turn ${turn.author}` });
    const body = drawBlocks(inHerLanguage(turn, this.parts.labels), { ...this.parts, system: turn.author === "system" });
    shown.classList.remove("pending", "failed");
    shown.dataset["position"] = String(turn.position);
    // What the shopper already sees is only redrawn when the server changed it: a screen reader
    // would read it twice.
    if (!waiting || waiting.dataset["text"] !== plainText(turn.blocks)) {
      shown.replaceChildren(this.#byline(turn), element("div", { class: "body" }, ...body));
    } else {
      shown.querySelector(".delivery")?.remove();
      shown.querySelector(".byline")?.append(moment(turn.at, this.parts.locale));
    }
    shown.hidden = body.length === 0;
    delete shown.dataset["text"];
    this.#turns.set(turn.position, shown);
    this.#insert(shown, turn.position);
    this.#retireChoices();
    if (follow && turn.author === "shopper") this.toEnd();
    else if (follow) this.#follow(shown);
    else if (turn.author !== "shopper") this.parts.newer.hidden = false;
    return true;
  }

  /**
   * Shows a turn that was written anew in place of what it said before. One that is not on the screen
   * comes as it is now when it is fetched.
   *
   * @param {Turn} turn
   */
  replace(turn) {
    const shown = this.#turns.get(turn.position);
    if (!shown) return;
    const body = drawBlocks(inHerLanguage(turn, this.parts.labels), { ...this.parts, system: turn.author === "system" });
    shown.querySelector(".body")?.replaceChildren(...body);
    shown.hidden = body.length === 0;
  }

  /** @param {Outgoing} item shows a message that the server does not have yet, and how it fares */
  pending(item) {
    let shown = this.#pending.get(item.message);
    if (!shown) {
      shown = element(
        "article",
        { class: "turn shopper pending" },
        element("header", { class: "byline" }, element("span", { class: "author" }, this.parts.say("author.shopper"))),
        element("div", { class: "body" }, element("p", { dir: "auto" }, item.text)),
        element("p", { class: "delivery" }),
      );
      shown.dataset["text"] = item.text;
      this.#pending.set(item.message, shown);
      this.parts.log.append(shown);
      this.#retireChoices();
      this.toEnd();
    }
    const { say, retry } = this.parts;
    const delivery = shown.querySelector(".delivery");
    shown.classList.toggle("failed", item.state === "failed");
    if (item.state !== "failed") {
      delivery?.replaceChildren(say(item.state === "sending" ? "message.sending" : "message.queued"));
      return;
    }
    const again = element("button", { type: "button", class: "retry" }, say("message.retry"));
    again.addEventListener("click", () => retry(item.message));
    delivery?.replaceChildren(`${say("message.failed")} ${item.reason ?? ""} `, again);
    if (this.#atEnd(160)) this.toEnd();
  }

  /**
   * Runs `show` without the screen reader reading each line: for history.
   *
   * @param {() => void | Promise<void>} show
   */
  async silently(show) {
    const { log } = this.parts;
    log.setAttribute("aria-live", "off");
    await show();
    requestAnimationFrame(() => requestAnimationFrame(() => log.setAttribute("aria-live", "polite")));
  }

  toEnd() {
    this.#newest = undefined;
    this.#follow();
  }

  /**
   * To the end; but what is taller than the window is read from its beginning.
   *
   * @param {HTMLElement} [newest]
   */
  #follow(newest = this.#newest) {
    const { scroller, newer } = this.parts;
    newer.hidden = true;
    this.#following = true;
    this.#newest = newest;
    const above = newest ? newest.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12 : Infinity;
    scroller.scrollTop = Math.min(scroller.scrollHeight - scroller.clientHeight, scroller.scrollTop + above);
    this.#set = scroller.scrollTop;
  }

  /** @param {Turn} turn */
  #byline(turn) {
    const { say, locale } = this.parts;
    const byline = element("header", { class: "byline" });
    if (turn.author === "human") {
      byline.append(
        element("bdi", { class: "author" }, turn.name ? say("author.human", { name: turn.name }) : say("author.human.nameless")),
        element("span", { class: "badge" }, say("author.human.badge")),
      );
    } else {
      byline.append(element("span", { class: "author" }, say(`author.${turn.author}`)));
    }
    byline.append(moment(turn.at, locale));
    return byline;
  }

  /**
   * @param {HTMLElement} shown
   * @param {number} position
   */
  #insert(shown, position) {
    const { log } = this.parts;
    let next;
    for (const other of log.children) {
      if (other === shown) continue;
      const at = Number(/** @type {HTMLElement} */ (other).dataset["position"] ?? Infinity);
      if (at > position) {
        next = other;
        break;
      }
    }
    if (next) {
      if (shown.nextElementSibling !== next) log.insertBefore(shown, next);
    } else if (log.lastElementChild !== shown) log.append(shown);
  }

  /** Quick replies belong to the newest turn: the older ones would answer a question long gone. */
  #retireChoices() {
    const last = this.parts.log.lastElementChild;
    for (const choices of this.parts.log.querySelectorAll(".choices")) {
      /** @type {HTMLElement} */ (choices).hidden = !last?.contains(choices);
    }
  }

  #atEnd(slack = 80) {
    const { scroller } = this.parts;
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < slack;
  }
}

/**
 * The platform's own notices are stored in English, with their kind: what the kind says in the
 * reader's language is shown instead.
 *
 * @param {Turn} turn
 * @param {BlockLabels} labels
 */
function inHerLanguage(turn, labels) {
  if (turn.author !== "system") return turn.blocks;
  const known = turn.blocks.filter((block) => block.type === "notice" && Object.hasOwn(labels.notices, block.kind));
  return known.length ? known : turn.blocks;
}
