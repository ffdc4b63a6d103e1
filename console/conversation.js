// One conversation at the desk: read along, take it over, answer, hand it back, leave notes.

import { drawAdvice } from "./advice.js";
import { Refusal, persist, request } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { assignToMe, drawDesk, startDesk, suggest, suggestionMayBeTaken } from "./desk.js";
import { byId, element, moment } from "./dom.js";
import { showLine } from "./inbox.js";
import { live, startClocks, stateOf } from "./lists.js";
import { openLine } from "./live.js";
import { money } from "./money.js";
import { drawPicture } from "./pictures.js";
import { lookWhoWaits, titled } from "./notify.js";
import { GIVEN_NAME, startSavedReplies } from "./saved.js";
import { addShortcuts } from "./shortcuts.js";
import { shownCards } from "./shown.js";
import { closesPage, endsSession, explain, showSignedOut } from "./trouble.js";
import { BLOCKS, languageOf, nameOf } from "./words.js";

/** @import { DeskConversation, DeskItem, DeskTurn } from "./desk_types.js" */
/** @import { Note, OrderCard, ProductCard } from "./types.js" */

const WHO = { shopper: "Shopper", ai: "AI assistant", human: "Staff", system: "Notice" };

/** @type {DeskItem | undefined} */
let head;
/** How far the reader has seen it, as the server knows. */
let seen = 0;
/** @type {Map<number, DeskTurn>} */
const turns = new Map();
/**
 * Everything up to this position has been fetched. INVARIANT: only a page that began here moves it: what
 * an answer brings may stand behind turns that were not seen yet.
 */
let known = 0;
/** @type {"reply" | "note"} */
let mode = "reply";
// Each half-written text waits in its own mode.
const drafts = { reply: "", note: "" };
/** What is under way or waits its turn, by name. @type {Set<string>} */
const asked = new Set();
/** Ends when everything asked for so far is done. */
let done = Promise.resolve();
// Whether the newest message is in view, and is to stay there.
let following = true;

const cards = shownCards();
const id = document.getElementById("conversation")?.dataset["conversation"] ?? "";
const path = `/v1/staff/conversations/${encodeURIComponent(id)}`;

export function startConversation() {
  byId("take").addEventListener("click", () => void act("take", takeOver));
  byId("return").addEventListener("click", () => void act("return", handBack));
  byId("mode-reply").addEventListener("click", () => setMode("reply"));
  byId("mode-note").addEventListener("click", () => setMode("note"));
  const writing = /** @type {HTMLTextAreaElement} */ (byId("writing"));
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    void act("send", send);
  });
  writing.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void act("send", send);
  });

  startDesk({ path, act, adopt });
  startSavedReplies(() => mode === "reply");
  startClocks();
  addShortcuts([
    { keys: "r", what: "Write a reply", act: () => setMode("reply") },
    { keys: "n", what: "Write an internal note", act: () => setMode("note") },
    { keys: "a", what: "Assign the conversation to me", act: assignToMe },
    { keys: "e", what: "Close the conversation", act: () => byId("close").click() },
  ]);
  addEventListener("visibilitychange", () => void markSeen());

  const scroller = byId("scroller");
  let height = 0;
  scroller.addEventListener("scroll", () => {
    // A change of size moves nobody away from where she reads: the observer below sees to it.
    if (scroller.clientHeight === height) following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  });
  new ResizeObserver(() => {
    height = scroller.clientHeight;
    if (following) toEnd();
  }).observe(scroller);

  // One look at a time: changes that come during one lead to exactly one more.
  let looking = false;
  let again = false;
  const look = async () => {
    if (looking) return void (again = true);
    looking = true;
    try {
      do {
        again = false;
        await refresh();
      } while (again);
    } catch (error) {
      if (!endsSession(error) && !closesPage(error)) complain(error);
    } finally {
      looking = false;
    }
  };
  let tries = 0;
  openLine({
    path: () => "/v1/staff/events",
    catchUp: refresh,
    events: {
      conversation: (/** @type {{ conversation: string }} */ { conversation }) => {
        lookWhoWaits(title());
        if (conversation === id || !conversation) void look();
      },
      ended: showSignedOut,
    },
    status: (status) => {
      showLine(status);
      tries += status === "live" ? 0 : 1;
      // Nothing came at the first try: whoever waits is told, and it is tried again.
      if (status !== "live" && tries > 1 && head === undefined) {
        byId("log").replaceChildren(element("p", { class: "empty problem" }, "The conversation cannot be reached just now. Trying again…"));
      }
      if (status === "live") void look();
      if (status === "live") lookWhoWaits(title());
    },
    refused: (error) => {
      if (endsSession(error) || closesPage(error)) return;
      byId("log").replaceChildren(element("p", { class: "empty problem" }, explain(error)));
      byId("conversation").removeAttribute("aria-busy");
    },
  });
}

// ---- Reading -------------------------------------------------------------------------------

/** The conversation from its beginning at first, afterwards what is new. */
async function refresh() {
  for (let more = true; more; ) {
    const first = head === undefined;
    /** @type {DeskConversation} */
    const page = await request("GET", first ? path : `${path}/turns?after=${known}`);
    head = page;
    for (const turn of page.rewritten ?? []) replace(turn);
    take(page.turns);
    known = Math.max(known, ...page.turns.map((turn) => turn.position));
    drawNotes(page.notes);
    more = page.more && page.turns.length > 0;
  }
  draw();
  void markSeen();
  const hers = [...turns.values()].filter((turn) => turn.author === "shopper");
  const newest = Math.max(0, ...hers.map((turn) => turn.position));
  const answered = [...turns.values()].some((turn) => turn.author === "human" && turn.position > newest);
  await suggest(answered || head?.assigned?.you !== true ? 0 : newest);
  suggestionMayBeTaken(mode === "reply" && head?.assigned?.you === true);
}

/** Says that what is on the screen was seen, when somebody can see it. */
async function markSeen() {
  if (document.hidden || known <= seen) return;
  const position = known;
  try {
    await request("PUT", `${path}/seen`, { position });
    seen = Math.max(seen, position);
  } catch {
    // Said again with the next message.
  }
}

function title() {
  return `${head ? nameOf(head.shopper) : "Conversation"} · Conversation`;
}

/** @param {DeskTurn[]} fresh */
function take(fresh) {
  const log = byId("log");
  if (!turns.size) log.replaceChildren();
  for (const turn of [...fresh].sort((one, other) => one.position - other.position)) {
    if (turns.has(turn.position)) continue;
    turns.set(turn.position, turn);
    const drawn = drawTurn(turn);
    const next = [...log.children].find((other) => Number(/** @type {HTMLElement} */ (other).dataset["position"]) > turn.position);
    log.insertBefore(drawn, next ?? null);
  }
  if (following) toEnd();
}

/** A turn that is another than it was when it was drawn: what it said is not to be seen any more. @param {DeskTurn} turn */
function replace(turn) {
  if (!turns.has(turn.position)) return;
  turns.set(turn.position, turn);
  byId("log").querySelector(`[data-position="${turn.position}"]`)?.replaceWith(drawTurn(turn));
}

function toEnd() {
  const scroller = byId("scroller");
  scroller.scrollTop = scroller.scrollHeight;
}

/** An order the assistant showed, with the way to it. @param {OrderCard} order */
function drawOrder(order) {
  return element("span", { class: "shown-good" }, element("a", { href: `/console/orders/${encodeURIComponent(order.id)}` }, element("bdi", {}, order.id)), element("span", { class: "soft" }, ` · ${order.status} · ${money(order.total, order.currency, navigator.language)}`), ...(order.pictures ?? []).map((name) => drawPicture(name, "", 40)));
}

/** What the assistant showed. @param {ProductCard} product */
function drawGood(product) {
  const price = money(product.price, product.currency, navigator.language);
  return element("span", { class: "shown-good" }, drawPicture(product.picture?.card, product.title, 40), element("bdi", {}, product.title), element("span", { class: "soft" }, ` · ${product.from ? `from ${price}` : price}${product.in_stock ? "" : " · sold out"}`));
}

/** @param {DeskTurn} turn */
function drawTurn(turn) {
  const body = drawBlocks(turn.blocks, { labels: BLOCKS, good: drawGood, order: drawOrder, cards, system: turn.author === "system" });
  const byline = element("header", { class: "byline" });
  byline.append(
    element("bdi", { class: "author" }, turn.author === "human" && turn.name ? turn.name : WHO[turn.author]),
    turn.author === "human" ? element("span", { class: "badge" }, "Human") : "",
    moment(turn.at, navigator.language),
  );
  const drawn = element("article", { class: `turn ${turn.author}`, hidden: !body.length }, byline, element("div", { class: "body" }, ...body), drawAdvice(turn.advice));
  drawn.dataset["position"] = String(turn.position);
  return drawn;
}

/** @param {Note[]} notes */
function drawNotes(notes) {
  const place = byId("notes");
  if (!notes.length) {
    place.replaceChildren(element("p", { class: "empty" }, "No notes yet."));
    return;
  }
  place.replaceChildren(
    ...notes.map((note) =>
      element(
        "article",
        { class: "note" },
        element("header", { class: "byline" }, element("bdi", { class: "author" }, note.name), moment(note.at, navigator.language)),
        element("p", { dir: "auto" }, note.text),
      ),
    ),
  );
}

function draw() {
  if (!head) return;
  byId("conversation").removeAttribute("aria-busy");
  const yours = head.assigned?.you === true;
  const who = nameOf(head.shopper);
  byId("heading").textContent = who;
  titled(title());
  const state = byId("state");
  state.className = `pill ${head.closed_at ? "closed" : head.state}`;
  const words = stateOf(head);
  if (state.textContent !== words) state.textContent = words;
  byId("take").hidden = head.state === "human";
  byId("return").hidden = !yours;
  drawDesk(head);
  byId("composer").hidden = false;
  drawMode();

  /** @type {[string, string | Node][]} */
  const facts = [
    ["Shopper", who],
    ["Answered by", head.state === "human" ? words : head.state === "waiting" ? "Nobody yet" : "AI assistant"],
    ["Opened", moment(head.opened_at, navigator.language)],
    ["Language", languageOf(head.locale)],
  ];
  if (head.waiting_since) facts.splice(1, 0, ["Waiting for", live(head.waiting_since)]);
  if (head.unanswered_since) facts.splice(1, 0, ["Waits for an answer", live(head.unanswered_since)]);
  if (head.closed_at) facts.push(["Closed", moment(head.closed_at, navigator.language)]);
  byId("facts").replaceChildren(
    ...facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", { dir: "auto" }, value)]),
  );
}

// ---- Writing -------------------------------------------------------------------------------

/** @param {"reply" | "note"} wanted */
function setMode(wanted) {
  const writing = /** @type {HTMLTextAreaElement} */ (byId("writing"));
  drafts[mode] = writing.value;
  mode = wanted;
  writing.value = drafts[mode];
  byId("problem").textContent = "";
  drawMode();
  writing.focus();
}

function drawMode() {
  const note = mode === "note";
  const may = note || head?.assigned?.you === true;
  const writing = /** @type {HTMLTextAreaElement} */ (byId("writing"));
  byId("composer").classList.toggle("noting", note);
  byId("mode-reply").setAttribute("aria-pressed", String(!note));
  byId("mode-note").setAttribute("aria-pressed", String(note));
  byId("writing-label").textContent = note ? "Internal note, not visible to the shopper" : "Reply to the shopper";
  byId("send").textContent = note ? "Save note" : "Send reply";
  writing.placeholder = note ? "Write a note for your colleagues…" : may ? "Write a reply…" : "";
  writing.disabled = !may;
  suggestionMayBeTaken(!note && may);
  byId("saved-open").hidden = note || !may;
  /** @type {HTMLButtonElement} */ (byId("send")).disabled = !may;
  byId("writing-hint").textContent = note
    ? "Not visible to the shopper."
    : may
      ? "The shopper sees your name and that you are a person."
      : head?.state === "human"
        ? `${head.assigned?.name ?? "A colleague"} is answering. You can leave an internal note.`
        : "Take the conversation over to answer.";
}

async function takeOver() {
  adopt(await request("POST", `${path}/take`, {}));
  setMode("reply");
}

async function handBack() {
  adopt(await request("POST", `${path}/return`, {}));
  byId("heading").focus();
}

/** @param {DeskItem} changed the conversation's head as the server now has it */
function adopt(changed) {
  head = changed;
  draw();
}

async function send() {
  const writing = /** @type {HTMLTextAreaElement} */ (byId("writing"));
  const text = writing.value.trim();
  if (!text || !head) return writing.focus();
  const note = mode === "note";
  const open = text.indexOf(GIVEN_NAME);
  if (!note && open >= 0) {
    complainAbout("Put the shopper's name in place of {given_name}, or take it out, before you send this.");
    const at = writing.value.indexOf(GIVEN_NAME);
    writing.setSelectionRange(at, at + GIVEN_NAME.length);
    return writing.focus();
  }
  // The id is chosen once: however often the text is sent, it arrives once.
  const chosen = crypto.randomUUID();
  const put = () => request("PUT", `${path}/${note ? "notes" : "replies"}/${chosen}`, { text });
  writing.readOnly = true;
  try {
    const answer = await persist(put, () => showLine(navigator.onLine ? "connecting" : "offline"));
    showLine("live");
    writing.value = "";
    drafts[note ? "note" : "reply"] = "";
    if (!note) take(answer.turns);
    await refresh();
  } finally {
    writing.readOnly = false;
    // Who went on to something else while it was sent is not called back.
    const at = document.activeElement;
    if (at === null || at === document.body || at === byId("send")) writing.focus();
  }
}

/**
 * Does one thing after another, in the order they were asked for, and says in words what went wrong. The same thing
 * asked for again before it is done (a double click) is done once; another thing waits, and is never dropped.
 *
 * @param {string} name
 * @param {() => Promise<void>} work
 */
function act(name, work) {
  if (asked.has(name)) return done;
  asked.add(name);
  done = done.then(async () => {
    byId("problem").textContent = "";
    try {
      await work();
    } catch (error) {
      if (endsSession(error)) return;
      complain(error);
      // Somebody else changed the conversation: show how it stands now.
      if (error instanceof Refusal && error.status === 409) await refresh().catch(() => undefined);
    } finally {
      asked.delete(name);
    }
  });
  return done;
}

/** @param {unknown} error */
function complain(error) {
  complainAbout(explain(error));
}

/** @param {string} words */
function complainAbout(words) {
  const place = document.getElementById("problem");
  if (place) place.textContent = words;
}
