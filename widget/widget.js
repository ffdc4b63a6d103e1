// The shopper's window: one conversation with the shop.
//
// INVARIANT: no session, cookie or stored value exists before the shopper sends something, and the
// browser keeps no word of the chat: after a reload it is fetched again with the session's cookie.

import { Refusal, Unreachable, passing, persist, request } from "./api.js";
import { prepareBar } from "./bar.js";
import { prepareComposer } from "./composer.js";
import { byId } from "./dom.js";
import { connectHost } from "./host.js";
import { prepareLanguages } from "./languages.js";
import { prepareLater } from "./later.js";
import { openLine } from "./live.js";
import { prepareMenu } from "./menu.js";
import { prepareNotice } from "./notice.js";
import { Outbox } from "./outbox.js";
import { hear } from "./pictures.js";
import { prepareProof } from "./prove.js";
import { prepareSending } from "./sending.js";
import { openShop } from "./shop.js";
import { QUESTIONS, UNDERSTOOD, blockLabels, reasonOf, sayStatic, textsFor } from "./texts.js";
import { Transcript } from "./transcript.js";

/** @import { Outgoing } from "./outbox.js" */
/** @import { ConversationHead, Front, Session, State, Turn, Turns } from "./types.js" */

const PAGE = 50;

const shop = document.body.dataset["shop"] ?? "";
const locale = document.body.dataset["locale"] || "en";
const say = await textsFor(locale);
// Dates as the reader's own system writes them, in the language of the page.
const dates = navigator.language.split("-")[0] === locale.split("-")[0] ? navigator.language : locale;
sayStatic(say);
/** What the shop set. @type {Front} */
const front = JSON.parse(document.body.dataset["front"] || "{}");
for (const part of /** @type {const} */ (["welcome", "hint"])) {
  const words = front[part];
  if (words) byId(`welcome-${part}`).textContent = words;
}
const understood = UNDERSTOOD.includes(say.language);

/** @type {Session | undefined} */
let session;
/** @type {Promise<void> | undefined} */
let looking;
/**
 * The conversation on the screen. `stored` once the server has it; `known` is the position up to
 * which no turn is missing.
 *
 * @type {{ id: string, state: State, stored: boolean, known: number } | undefined}
 */
let conversation;
/** @type {{ stop: () => void } | undefined} */
let line;
/** @type {Promise<void> | undefined} */
let filling;
let visible = true, unread = 0;
/** @type {"chat" | "shop" | "cart" | "orders"} */
let place = "chat";
let unseen = 0;
let wantsPerson = false, over = false;
// A person has just left: then it is time to say how it was. And whether it was said that nobody is there.
let left = false, offered = false;

const bar = prepareBar(say);
const field = /** @type {HTMLTextAreaElement} */ (byId("message"));
const welcome = byId("welcome");
const composer = byId("composer");
const transcript = new Transcript({
  log: byId("log"),
  scroller: byId("scroller"),
  newer: byId("newer"),
  say,
  labels: blockLabels(say),
  locale: dates,
  choose: (choice) => write(choice.text),
  good: (product) => counter.good(product, () => turnWith("shop", () => counter.show(product))),
  order: (order) => counter.order(order, () => turnWith("orders", () => counter.showOrder(order))),
  get cards() { return counter.cards; },
  retry: (message) => outbox.retry(message),
});
const outbox = new Outbox(async (item) => {
  try {
    await deliver(item);
    bar.show(undefined);
  } catch (error) {
    if (passing(error)) bar.show("line.error");
    throw error;
  }
}, (item) => {
  transcript.pending(item);
  draw();
});
const host = connectHost({
  opened() {
    visible = true;
    unread = 0;
    takeFocus();
  },
  closed() {
    visible = false;
  },
});
const proof = prepareProof({
  say,
  locale: dates,
  session: () => session,
  ensureSession,
  before: hangUp,
  async after(renewed) {
    if (renewed) session = renewed;
    await persist(showNewest, () => bar.show("line.error"));
    listen();
    draw();
    if (renewed) countCart();
  },
});
const later = prepareLater({
  say,
  locale: dates,
  shop,
  mail: Boolean(front.mail),
  conversation: () => (conversation?.stored ? conversation.id : undefined),
  session: () => session,
  prove: (about, then) => proof.open({ about, then }),
});
const counter = openShop({
  place: byId("shop-view"),
  say,
  locale: dates,
  session: () => session,
  tool: async (name, args) => {
    const answer = await acting(() => request("POST", `/v1/tools/${name}`, { args, locale }));
    hear(answer.pictures);
    return answer.proposal ?? answer.result;
  },
  post: (path, body) => acting(() => request("POST", path, body)),
  prove: (about, then) => proof.open({ about, then }),
  turnTo,
  turnWith,
  write: (key) => write(understood ? say(key) : QUESTIONS[key]),
  counted: (pieces) => {
    byId("cart-count").hidden = pieces === 0;
    byId("cart-count").textContent = String(pieces);
  },
});

const write = prepareSending({
  say,
  field,
  ended: () => over,
  send: (text) => outbox.add({ conversation: "", message: crypto.randomUUID(), text, state: "queued" }),
});
const { resize } = prepareComposer({ say, front, understood, write });

// ---- Sending -------------------------------------------------------------------------------

/** @param {Outgoing} item */
async function deliver(item) {
  await look();
  await ensureSession();
  // The conversation is chosen at the first try, when it is known whether there is one already,
  // and stays the same for each further try.
  conversation ??= { id: crypto.randomUUID(), state: "assistant", stored: false, known: 0 };
  item.conversation ||= conversation.id;
  try {
    /** @type {Turns} */
    const answer = await request("PUT", `/v1/conversations/${item.conversation}/messages/${item.message}`, {
      text: item.text,
      locale,
    });
    outbox.settle(item.message);
    if (conversation.id !== item.conversation) return;
    conversation.stored = true;
    receive(answer);
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 401)) throw error;
    // The session may just have been replaced by a proved one: then the next try succeeds.
    if (await stillKnown()) throw new Unreachable("the session was replaced", { cause: error });
    end("ended.text");
    throw error;
  }
  listen();
  draw();
  if (wantsPerson) await askForPerson();
}

/** @type {Promise<Session> | undefined} */
let opening;

async function ensureSession() {
  if (session) return;
  opening ??= request("POST", `/v1/shops/${encodeURIComponent(shop)}/sessions`, { transport: "cookie" });
  try {
    session = await opening;
  } finally {
    opening = undefined;
  }
}

/**
 * Does what the shopper asks for in the shop, with her session.
 *
 * @template Answer
 * @param {() => Promise<Answer>} send
 * @returns {Promise<Answer>}
 */
async function acting(send) {
  await look();
  await ensureSession();
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 401)) throw error;
    // It may just have been replaced by a proved one.
    if (await stillKnown()) return send();
    end("ended.text");
    throw error;
  }
}

/** How full the cart is, where there may be one. */
function countCart() {
  if (session) counter.count().catch(() => undefined);
}

const stillKnown = () => request("GET", "/v1/session").then((found) => Boolean((session = found)), passing);

async function askForPerson() {
  if (!conversation?.stored) {
    wantsPerson = true;
    write(say("person.text"));
    return;
  }
  wantsPerson = false;
  if (conversation.state !== "assistant") return;
  const button = byId("person");
  const { id } = conversation;
  button.setAttribute("aria-busy", "true");
  try {
    receive(await persist(() => request("POST", `/v1/conversations/${id}/person`, {}), () => bar.show("line.error")));
    listen();
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) end("ended.text");
    else byId("caution").textContent = say("person.failed", { reason: reasonOf(error, say) });
  } finally {
    button.removeAttribute("aria-busy");
    bar.show(undefined);
    draw();
  }
}

// ---- Receiving -----------------------------------------------------------------------------

/** Finds out, once, whether this browser has a session with a conversation. */
function look() {
  looking ??= (async () => {
    try {
      /** @type {Session | undefined} Nothing is asked for where the page came without a session's cookie. */
      const found = document.body.dataset["session"] ? await persist(() => request("GET", "/v1/session"), () => bar.show("line.error")) : undefined;
      // One Parlour may serve several shops: another one's session is none here.
      if (found?.shop === shop) {
        session = found;
        await persist(showNewest, () => bar.show("line.error"));
      }
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 401)) complain(error);
    }
    bar.show(undefined);
    listen();
    draw();
    // Not awaited: it looks as well.
    countCart();
  })();
  return looking;
}

/** Shows the newest conversation of the session, if the one on the screen is not among them. */
async function showNewest() {
  /** @type {{ conversations: ConversationHead[] }} */
  const { conversations } = await request("GET", "/v1/conversations");
  // A conversation whose first message is still on its way stays.
  if (conversation && !conversation.stored) return;
  const shown = conversations.find((one) => one.conversation === conversation?.id);
  const newest = shown ?? conversations[0];
  if (!newest) return;
  if (!shown) {
    const from = Math.max(0, newest.last_position - PAGE);
    transcript.clear();
    conversation = { id: newest.conversation, state: newest.state, stored: true, known: from };
    byId("earlier").hidden = from === 0;
  }
  await transcript.silently(fill);
}

/** @param {Turns} answer */
function receive(answer) {
  setState(answer.state);
  takeTurns(answer.turns);
}

/** @param {Turn[]} turns */
function takeTurns(turns) {
  if (!conversation) return;
  let newest = 0;
  for (const turn of turns) {
    newest = Math.max(newest, turn.position);
    if (turn.message) outbox.settle(turn.message);
    const fresh = transcript.put(turn);
    if (fresh && turn.author !== "shopper" && turn.position > conversation.known) announce();
    if (fresh && turn.blocks.some((block) => block.type === "notice" && block.kind === "person_left")) left = true;
  }
  while (transcript.has(conversation.known + 1)) conversation.known += 1;
  if (newest > conversation.known) fill().catch(() => undefined);
  draw();
}

/** Something new was said where nobody looks just now. */
function announce() {
  if (!visible) host.unread((unread += 1));
  if (place !== "chat") {
    unseen += 1;
    draw();
  }
}

/** Fetches the turns after the last one known to be complete. */
function fill() {
  const wanted = conversation;
  filling ??= (async () => {
    for (let more = Boolean(wanted?.stored); more && wanted && wanted === conversation; ) {
      /** @type {Turns} */
      const page = await request("GET", `/v1/conversations/${wanted.id}/turns?after=${wanted.known}&limit=${PAGE}`);
      if (wanted !== conversation) return;
      setState(page.state);
      for (const turn of page.rewritten ?? []) transcript.replace(turn);
      for (const turn of page.turns) {
        if (turn.message) outbox.settle(turn.message);
        const fresh = transcript.put(turn);
        if (fresh && line && turn.author !== "shopper") announce();
        wanted.known = Math.max(wanted.known, turn.position);
      }
      more = page.more === true && page.turns.length > 0;
    }
    draw();
  })().finally(() => {
    filling = undefined;
  });
  return filling;
}

async function showEarlier() {
  if (!conversation) return;
  const first = transcript.first;
  const after = Math.max(0, first - 1 - PAGE);
  const scroller = byId("scroller");
  const below = scroller.scrollHeight - scroller.scrollTop;
  try {
    /** @type {Turns} */
    const page = await request("GET", `/v1/conversations/${conversation.id}/turns?after=${after}&limit=${first - 1 - after}`);
    await transcript.silently(() => page.turns.forEach((turn) => transcript.put(turn)));
    byId("earlier").hidden = after === 0;
    byId("newer").hidden = true;
    scroller.scrollTop = scroller.scrollHeight - below;
  } catch (error) {
    complain(error);
  }
}

function listen() {
  if (line || !conversation?.stored || over) return;
  const { id } = conversation;
  line = openLine({
    path: () => `/v1/conversations/${id}/events?after=${conversation?.known ?? 0}`,
    catchUp: fill,
    events: {
      turn: (/** @type {Turn} */ turn) => takeTurns([turn]),
      rewritten: (/** @type {Turn} */ turn) => transcript.replace(turn),
      state: (/** @type {{ state: State }} */ { state }) => {
        setState(state);
        draw();
      },
      ended: () => end("ended.text"),
    },
    status: bar.line,
    sleeps: true,
    refused: (error) => (error instanceof Refusal && (error.status === 401 || error.status === 404) ? end("ended.text") : complain(error)),
  });
}

function hangUp() {
  line?.stop();
  line = undefined;
}

// ---- After the words -----------------------------------------------------------------------

/** @param {() => void} [then] */
function rate(then = takeFocus) {
  if (!conversation) return;
  left = false;
  void later.rate(conversation.id, () => {
    draw();
    then();
  });
}

/** Puts the chat away. What is written next begins another. */
function putAway() {
  hangUp();
  conversation = undefined;
  left = false;
  transcript.clear();
  byId("earlier").hidden = true;
  draw();
  takeFocus();
}

/** @param {ConversationHead} past brings a chat of hers on the screen */
async function goBack(past) {
  putAway();
  const from = Math.max(0, past.last_position - PAGE);
  conversation = { id: past.conversation, state: past.state, stored: true, known: from };
  byId("earlier").hidden = from === 0;
  await transcript.silently(() => persist(fill, () => bar.show("line.error")));
  bar.show(undefined);
  listen();
  draw();
}

// ---- Ending --------------------------------------------------------------------------------

/** @param {"ended.text" | "ended.forgotten"} why */
function end(why) {
  over = true;
  hangUp();
  session = undefined;
  conversation = undefined;
  wantsPerson = false;
  const unsent = outbox.clear().map((item) => item.text);
  transcript.clear();
  counter.reset();
  turnTo("chat");
  byId("earlier").hidden = true;
  byId("caution").textContent = "";
  if (why === "ended.text" && unsent.length) field.value = [...unsent, field.value].filter(Boolean).join("\n");
  else if (why === "ended.forgotten") field.value = "";
  byId("ended-title").hidden = why === "ended.forgotten";
  byId("ended-text").textContent = say(why);
  bar.show(undefined);
  draw();
  // Only a shopper who is in the chat is led on: the focus is not taken from the shop's page.
  if (document.hasFocus()) byId("ended-again").focus();
}

function startAgain() {
  over = false;
  looking = Promise.resolve();
  draw();
  resize();
  takeFocus();
}

async function forget() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("forget"));
  dialog.setAttribute("aria-busy", "true");
  try {
    hangUp();
    await request("DELETE", "/v1/session");
    dialog.close();
    end("ended.forgotten");
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      dialog.close();
      end("ended.forgotten");
    } else {
      byId("forget-error").textContent = reasonOf(error, say);
      listen();
    }
  } finally {
    dialog.removeAttribute("aria-busy");
  }
}

// ---- Showing -------------------------------------------------------------------------------

/** @param {State} state */
function setState(state) {
  if (conversation) conversation.state = state;
}

/**
 * The chat comes first; the shop is beside it.
 *
 * @param {"chat" | "shop" | "cart" | "orders"} wanted
 */
function turnTo(wanted) {
  place = wanted;
  if (wanted === "chat") unseen = 0;
  draw();
  if (wanted !== "chat") void counter.turnTo(wanted);
}

/** @param {"shop" | "cart" | "orders"} wanted @param {() => unknown} show */
function turnWith(wanted, show) {
  place = wanted;
  draw();
  void show();
}

/** Brings everything around the transcript in line with what is known. */
function draw() {
  const state = conversation?.state ?? "assistant";
  const name = transcript.staffName;
  const words =
    state !== "human" ? say(`state.${state}`) : name ? say("state.human", { name }) : say("state.human.nameless");
  const shownState = byId("state");
  shownState.dataset["state"] = state;
  if (shownState.textContent !== words) shownState.textContent = words;
  welcome.hidden = over || !transcript.empty;
  composer.hidden = over;
  byId("ended").hidden = !over;
  byId("person-strip").hidden = over || state !== "assistant";
  const note = over || state !== "waiting" ? "" : say("person.waiting");
  if (byId("person-note").textContent !== note) byId("person-note").textContent = note;
  const answering = state === "assistant" && outbox.items.some((item) => item.state === "sending");
  if (byId("typing").hidden === answering) {
    byId("typing").hidden = !answering;
    if (answering) transcript.toEnd();
  }
  byId("chat").hidden = place !== "chat";
  byId("shop-view").hidden = place === "chat";
  for (const one of /** @type {const} */ (["chat", "shop", "cart", "orders"])) {
    byId(`to-${one}`).toggleAttribute("aria-current", false);
    if (one === place) byId(`to-${one}`).setAttribute("aria-current", "page");
    /** @type {HTMLButtonElement} */ (byId(`to-${one}`)).disabled = over && one !== "chat";
  }
  byId("chat-news").hidden = unseen === 0;
  byId("chat-news").textContent = unseen ? say.count("places.new", unseen) : "";
  const stored = Boolean(conversation?.stored) && !over;
  byId("menu-history").hidden = !session || over;
  byId("menu-rate").hidden = !stored;
  byId("menu-finish").hidden = !stored;
  byId("rate").hidden = !stored || !left;
  if (state !== "waiting" || over) {
    byId("away").hidden = true;
    offered = false;
  } else if (stored && front.hours && !offered) {
    offered = true;
    void later.offer();
  }
  byId("menu-forget").hidden = !session;
  byId("menu-prove").hidden = over || session?.level === "session";
  byId("menu-devices").hidden = over || session?.level !== "session";
  byId("known").textContent = session?.email ? say("menu.known", { email: session.email }) : "";
}

/** @param {unknown} error */
function complain(error) {
  byId("caution").textContent = passing(error)
    ? say("trouble.reach")
    : say("trouble", { reason: reasonOf(error, say) });
}

function takeFocus() {
  if (document.querySelector("dialog[open]")) return;
  if (over) byId("ended-again").focus();
  else if (place !== "chat") counter.focus();
  // On a touch screen the focus would call up the keyboard before anything was read.
  else if (matchMedia("(pointer: coarse)").matches) byId("shop").focus();
  else field.focus();
}

// ---- The page's own controls ---------------------------------------------------------------

prepareMenu({ prove: () => proof.open(), privacy: () => turnTo("chat"), forget: () => void forget(), close: () => host.tell("close") });
prepareNotice(shop, say);
byId("person").addEventListener("click", () => {
  byId("caution").textContent = "";
  void askForPerson();
  field.focus();
});
byId("earlier").addEventListener("click", () => void showEarlier());
byId("ended-again").addEventListener("click", startAgain);
prepareLanguages(say);
byId("english").hidden = understood;
for (const one of /** @type {const} */ (["chat", "shop", "cart", "orders"])) {
  byId(`to-${one}`).addEventListener("click", () => turnTo(one));
}
byId("rate").addEventListener("click", () => rate());
byId("menu-rate").addEventListener("click", () => rate());
byId("menu-finish").addEventListener("click", () => rate(putAway));
byId("menu-history").addEventListener("click", () => void later.history(conversation?.id, (past) => void goBack(past)));
byId("places").hidden = false;
byId("close").hidden = !host.framed;
byId("close").addEventListener("click", () => host.tell("close"));
composer.hidden = false;
host.tell("ready");
void look();
