// The shop's page and the chat cannot reach into each other, and no stray message moves either
// (D01, D02, D03).

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { ask, chatFrame, clickLauncher, eventually, newVisitor, openBrowser, openHouse } from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House } from "../harness.mjs" */

/** @type {House} */
let house;
/** @type {Browser} */
let browser;
before(async () => {
  house = await openHouse();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await house?.remove();
});

/**
 * A shop page that is hostile from before the loader runs: it opens every shadow root and writes
 * down every message that arrives.
 */
async function hostileShop() {
  const shopper = await newVisitor(browser);
  await shopper.page.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
      return attach.call(this, { ...options, mode: "open" });
    };
    /** @type {any} */ (window).heard = [];
    addEventListener("message", (event) => /** @type {any} */ (window).heard.push(JSON.stringify(event.data)), true);
  });
  await shopper.page.goto(house.shopPage);
  await clickLauncher(shopper.page);
  return { ...shopper, page: shopper.page, chat: await chatFrame(shopper.page) };
}

/** @param {Page} page */
const panelIsOpen = (page) =>
  page.evaluate(() => {
    const panel = document.querySelector("parlour-chat")?.shadowRoot?.querySelector(".panel");
    return panel instanceof HTMLElement && !panel.hidden;
  });

test("the shop's script cannot read the chat", async () => {
  const { page, chat } = await hostileShop();
  await ask(chat, "My secret wish is a blue teapot");
  const reached = await page.evaluate(() => {
    const frame = document.querySelector("parlour-chat")?.shadowRoot?.querySelector("iframe");
    if (!frame?.contentWindow) throw new Error("the hostile page did not find the frame");
    const view = frame.contentWindow;
    /** @param {() => unknown} attempt */
    const outcome = (attempt) => {
      try {
        return String(attempt());
      } catch (error) {
        return error instanceof DOMException ? error.name : "other error";
      }
    };
    return {
      contentDocument: frame.contentDocument,
      document: outcome(() => view.document.body.innerText),
      storage: outcome(() => view.localStorage),
      address: outcome(() => view.location.href),
      script: outcome(() => /** @type {any} */ (view).eval("1")),
      cookie: document.cookie,
      sandbox: [...frame.sandbox].sort(),
    };
  });
  assert.deepEqual(reached, {
    contentDocument: null,
    document: "SecurityError",
    storage: "SecurityError",
    address: "SecurityError",
    script: "SecurityError",
    cookie: "",
    sandbox: ["allow-forms", "allow-popups", "allow-popups-to-escape-sandbox", "allow-same-origin", "allow-scripts"],
  });
  const heard = await page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (window).heard));
  assert.ok(heard.length > 0, "the page heard at least that the frame is ready");
  for (const message of heard) {
    assert.deepEqual(
      Object.keys(JSON.parse(message)).filter((key) => !["parlour", "nonce", "type", "count", "look"].includes(key)),
      [],
      "nothing but bare facts crosses the line",
    );
    assert.equal(message.includes("teapot"), false);
  }
});

test("the shop's script cannot use the shopper's session", async () => {
  const { page, chat } = await hostileShop();
  await ask(chat, "How can I pay?");
  const answer = await page.evaluate(async (origin) => {
    try {
      const got = await fetch(`${origin}/v1/conversations`, { credentials: "include" });
      return `read: ${await got.text()}`;
    } catch {
      return "refused";
    }
  }, house.origin);
  assert.equal(answer, "refused");
});

test("the chat cannot read or move the shop's page", async () => {
  const { page, chat } = await hostileShop();
  const reached = await chat.evaluate(() => {
    /** @param {() => unknown} attempt */
    const outcome = (attempt) => {
      try {
        return String(attempt());
      } catch (error) {
        return error instanceof DOMException ? error.name : "other error";
      }
    };
    return {
      frameElement: window.frameElement,
      document: outcome(() => window.parent.document.title),
      top: outcome(() => window.top?.document.title),
      address: outcome(() => window.parent.location.href),
      move: outcome(() => {
        if (window.top) window.top.location.href = "about:blank#moved";
        return "moved";
      }),
    };
  });
  assert.deepEqual(reached, {
    frameElement: null,
    document: "SecurityError",
    top: "SecurityError",
    address: "SecurityError",
    move: "SecurityError",
  });
  assert.equal(page.url(), house.shopPage);
});

/**
 * Sends messages of all shapes at a window, many of them nearly right.
 *
 * @param {{ nonce: string, aim: string, rounds: number }} order
 */
function bombard({ nonce, aim, rounds }) {
  const frame = document.querySelector("parlour-chat")?.shadowRoot?.querySelector("iframe")?.contentWindow;
  const target = aim === "frame" ? frame : aim === "self" ? window : window.parent;
  if (!target) throw new Error("there is nothing to aim at");
  let seed = 20261122;
  const next = (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const types = ["opened", "closed", "open", "close", "ready", "unread", "look", "dismissed", "message", "__proto__", "", null, 7, {}];
  const odd = [undefined, null, 0, NaN, "", "1", [], {}, true, new Date(0), new Map(), "<img src=x onerror=alert(1)>"];
  const pick = (/** @type {readonly any[]} */ list) => list[next(list.length)];
  for (let round = 0; round < rounds; round += 1) {
    let message;
    switch (next(7)) {
      case 0:
        message = pick(odd);
        break;
      case 1:
        message = { parlour: 1, nonce: next(2) ? "0".repeat(32) : nonce.toUpperCase() + "x", type: pick(types) };
        break;
      case 2:
        // The right nonce (a page can read it from the frame's address), the wrong shape.
        message = { parlour: 1, nonce, type: pick(types), extra: pick(odd) };
        break;
      case 3:
        message = { parlour: pick(["1", 2, true, null]), nonce, type: pick(types) };
        break;
      case 4:
        message = { parlour: 1, nonce, type: pick(["message", "", null, {}, "Opened", "unread "]) };
        break;
      case 5:
        // The launcher is dressed once, and by nobody but the frame that told it first.
        message = { parlour: 1, nonce, type: "look", look: pick([...odd, { open: "Pay here", accent: "#ff0000", greeting: "Pay here" }]) };
        break;
      default:
        message = { parlour: 1, nonce, type: "unread", count: pick([-1, 1.5, 1e9, "3", NaN, null, {}]) };
    }
    target.postMessage(message, "*");
  }
}

/** @param {Page | Frame} place counts what arrives from now on, after the page's own listeners */
const countMessages = (place) =>
  place.evaluate(() => {
    /** @type {any} */ (window).counted = 0;
    addEventListener("message", () => (/** @type {any} */ (window).counted += 1));
  });

/** @param {Frame} chat */
const picture = (chat) => chat.evaluate(() => document.documentElement.outerHTML);

test("30,000 stray messages move neither the chat nor the launcher", async () => {
  const { page, chat } = await hostileShop();
  const line = page.waitForRequest(/\/events\?/);
  await ask(chat, "How can I pay?");
  await line;
  await chat.waitForFunction(() => !document.querySelector(".pending") && document.getElementById("log")?.getAttribute("aria-live") === "polite");
  const nonce = new URLSearchParams(new URL(chat.url()).hash.slice(1)).get("nonce") ?? "";
  assert.match(nonce, /^[0-9a-f]{32}$/);
  // An `opened` that was believed would take the focus from where it is.
  await chat.focus("#menu-button");
  const unsent = await picture(chat);
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));

  await countMessages(page);
  await countMessages(chat);
  await page.evaluate(bombard, { nonce, aim: "frame", rounds: 10_000 });
  await chat.waitForFunction(() => /** @type {any} */ (window).counted === 10_000);
  await page.evaluate(bombard, { nonce, aim: "self", rounds: 10_000 });
  await page.waitForFunction(() => /** @type {any} */ (window).counted === 10_000);
  // Even from the frame's own window, what has not the exact shape has no effect.
  await chat.evaluate(bombard, { nonce, aim: "parent", rounds: 10_000 });
  await page.waitForFunction(() => /** @type {any} */ (window).counted === 20_000);

  assert.equal(await picture(chat), unsent);
  assert.equal(await chat.evaluate(() => document.activeElement?.id), "menu-button");
  assert.equal(await panelIsOpen(page), true);
  assert.deepEqual(asked, []);

  // A `closed` that was believed would make the chat count what it shows as unread.
  await page.evaluate(() => (/** @type {any} */ (window).heard = []));
  await ask(chat, "How do returns work?");
  await chat.evaluate((known) => window.parent.postMessage({ parlour: 1, nonce: known, type: "open" }, "*"), nonce);
  await page.waitForFunction(() => /** @type {any} */ (window).heard.length > 0);
  const heard = await page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (window).heard));
  assert.deepEqual(heard.map((message) => JSON.parse(message).type), ["open"]);
});

test("messages from another frame on the page are not heard, even with the nonce", async () => {
  const { page, chat } = await hostileShop();
  const nonce = new URLSearchParams(new URL(chat.url()).hash.slice(1)).get("nonce");
  await countMessages(page);
  await page.evaluate((known) => {
    // The page speaks to its own loader as if it were the frame: right shape, right nonce, wrong window.
    window.postMessage({ parlour: 1, nonce: known, type: "close" }, "*");
    window.postMessage({ parlour: 1, nonce: known, type: "unread", count: 5 }, "*");
  }, nonce);
  await page.waitForFunction(() => /** @type {any} */ (window).counted === 2);
  assert.equal(await panelIsOpen(page), true);
  // A second frame of the very same address, put there by the page: right origin, wrong window.
  const [opening] = await Promise.all([
    page.waitForEvent("frameattached"),
    page.evaluate((address) => {
      const copy = document.createElement("iframe");
      copy.src = address;
      document.body.append(copy);
    }, chat.url()),
  ]);
  await opening.waitForSelector("#composer:not([hidden])");
  const before = await page.evaluate(() => /** @type {any} */ (window).counted);
  await opening.evaluate((known) => window.parent.postMessage({ parlour: 1, nonce: known, type: "close" }, "*"), nonce);
  await page.waitForFunction((count) => /** @type {any} */ (window).counted > count, before);
  assert.equal(await panelIsOpen(page), true);
  // The real frame with the same words is heard: the check above can fail.
  await chat.evaluate((known) => window.parent.postMessage({ parlour: 1, nonce: known, type: "close" }, "*"), nonce);
  await page.waitForFunction(() => {
    const panel = document.querySelector("parlour-chat")?.shadowRoot?.querySelector(".panel");
    return panel instanceof HTMLElement && panel.hidden;
  });
});

test("another site cannot frame the chat, and nobody the console", async () => {
  const shopper = await newVisitor(browser);
  await shopper.page.goto(house.shopPage);
  const handle = await shopper.page.locator("script[data-shop]").getAttribute("data-shop");
  const stranger = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<iframe src="${house.origin}/widget/v1/frame?shop=${handle}"></iframe><iframe src="${house.origin}/console/sign-in"></iframe>`,
    );
  });
  await new Promise((resolve) => stranger.listen(0, "127.0.0.1", () => resolve(undefined)));
  try {
    const address = stranger.address();
    if (!address || typeof address === "string") throw new Error("no address");
    await shopper.page.goto(`http://127.0.0.1:${address.port}/`);
    const inside = shopper.page.frames().slice(1);
    assert.equal(inside.length, 2);
    // What the browser shows in place of a page that must not be framed.
    for (const frame of inside) await eventually("the frame is refused", () => frame.url().startsWith("chrome-error:"));
  } finally {
    stranger.close();
  }
});
