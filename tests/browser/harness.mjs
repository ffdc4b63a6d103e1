// What every journey stands on: a house of our own (`house.mjs`), a real browser, and the few moves that
// all of them make.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { PATIENCE, eventually } from "./house.mjs";

/** @import { Browser, BrowserContext, BrowserContextOptions, Frame, Page, Request } from "playwright-core" */
/** @import { House } from "./house.mjs" */

export * from "./house.mjs";

// ---- The browser ---------------------------------------------------------------------------

export const CHROMIUM_ARGUMENTS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page that a test makes up has no address; what it embeds from this machine is allowed all the same. And
  // no window prepares the pages that drop down from its address bar, which costs more than the pages tested.
  "--disable-features=LocalNetworkAccessChecks,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
];

export function chromiumPath() {
  const candidates = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const path = candidates.find((one) => one && existsSync(one));
  if (!path) throw new Error("Chromium is not installed: install Debian's `chromium` or set CHROMIUM");
  return path;
}

/** @returns {Promise<Browser>} with a profile of its own that is thrown away */
export function openBrowser() {
  return chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGUMENTS });
}

/**
 * A visitor with a browser profile of her own. Whatever her pages complain about is kept:
 * a refused script or style, an exception, an error of a script.
 */
export class Visitor {
  /** @type {string[]} */
  complaints = [];

  /**
   * @param {BrowserContext} context
   * @param {Page} page
   */
  constructor(context, page) {
    this.context = context;
    this.page = page;
    context.setDefaultTimeout(PATIENCE);
    context.on("weberror", (error) => this.complaints.push(`exception: ${error.error().message}`));
    context.on("console", (message) => {
      // That a request failed is the subject of some journeys; the browser logs each.
      if (message.type() === "error" && !/Failed to load resource|ERR_/.test(message.text())) {
        this.complaints.push(`console: ${message.text()}`);
      }
    });
  }

  /** Fails if a page complained. */
  assertCalm() {
    assert.deepEqual(this.complaints, []);
  }
}

/**
 * @param {Browser} browser
 * @param {BrowserContextOptions} [options]
 */
export async function newVisitor(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-GB", ...options });
  return new Visitor(context, await context.newPage());
}

/**
 * Another browser of a member of staff who has signed in: it need not do so again.
 *
 * @param {Browser} browser
 * @param {Visitor} visitor
 * @param {BrowserContextOptions} [options]
 */
export async function alsoAs(browser, { context }, options = {}) {
  return newVisitor(browser, { ...options, storageState: await context.storageState() });
}

// ---- Moves of a shopper --------------------------------------------------------------------

/** @param {Page} page */
export async function waitForLauncher(page) {
  await page.waitForSelector("parlour-chat", { state: "visible" });
}

/**
 * The widget's frame, once it takes messages.
 *
 * @param {Page} page
 * @returns {Promise<Frame>}
 */
export async function chatFrame(page) {
  const frame = await eventually("the chat's frame opened", () => page.frames().find((one) => one.url().includes("/widget/v1/frame")));
  await frame.waitForSelector("#composer:not([hidden]), #ended:not([hidden])");
  return frame;
}

/**
 * The shop's page has asked how the launcher looks, and was not told: nothing is shown to this visitor.
 *
 * @param {Page} page
 */
export async function assertNoLauncher(page) {
  const teller = await eventually("the loader asked for the launcher", () => page.frames()[1]);
  await teller.waitForLoadState("load");
  // The answer has been read to its end; what it had told the page would have been heard by now.
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("parlour-chat").isVisible(), false);
}

/**
 * Clicks where the launcher is. Its shadow root is closed, also for us.
 *
 * @param {Page} page
 */
export async function clickLauncher(page) {
  await waitForLauncher(page);
  const size = page.viewportSize();
  if (!size) throw new Error("the page has no size");
  await page.mouse.click(size.width - 50, size.height - 50);
}

/**
 * The launcher as assistive technology meets it.
 *
 * @param {Page} page
 */
export async function launcherState(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const button = nodes.find((node) => node.role?.value === "button" && /chat/i.test(String(node.name?.value)));
  return {
    name: button?.name?.value,
    expanded: button?.properties?.find((property) => property.name === "expanded")?.value.value,
  };
}

/**
 * Goes to the shop and opens the chat.
 *
 * @param {Page} page
 * @param {House} house
 */
export async function openChat(page, house) {
  await page.goto(house.shopPage);
  await clickLauncher(page);
  return chatFrame(page);
}

/**
 * The event streams that a visitor's pages have open, from now on.
 *
 * @param {Visitor} visitor
 * @returns {Set<Request>}
 */
export function streamsOf({ context }) {
  /** @type {Set<Request>} */
  const open = new Set();
  context.on("response", (response) => void (response.headers()["content-type"] === "text/event-stream" && open.add(response.request())));
  for (const end of /** @type {const} */ (["requestfinished", "requestfailed"])) context.on(/** @type {"requestfailed"} */ (end), (request) => void open.delete(request));
  return open;
}

/**
 * What the server has of the conversation on the screen, as the shopper's own session sees it.
 *
 * @param {Frame} frame
 * @returns {Promise<{ position: number, author: string, text: string }[]>}
 */
export function storedTurns(frame) {
  return frame.evaluate(async () => {
    const list = await (await fetch("/v1/conversations")).json();
    const newest = list.conversations[0];
    if (!newest) return [];
    const all = [];
    for (let after = 0, more = true; more; ) {
      const page = await (await fetch(`/v1/conversations/${newest.conversation}/turns?after=${after}&limit=50`)).json();
      all.push(...page.turns);
      after = all.at(-1)?.position ?? 0;
      more = page.more && page.turns.length > 0;
    }
    return all.map((turn) => ({
      position: turn.position,
      author: turn.author,
      text: turn.blocks.flatMap((/** @type {any} */ block) => (block.type === "text" ? [block.text] : [])).join("\n"),
    }));
  });
}

/**
 * What is on the screen, in its order.
 *
 * @param {Frame | Page} place
 * @returns {Promise<{ position: number, author: string, text: string }[]>}
 */
export function shownTurns(place) {
  return place.evaluate(() =>
    [...document.querySelectorAll(".turn")].map((turn) => ({
      position: Number(/** @type {HTMLElement} */ (turn).dataset["position"]),
      author: [...turn.classList].find((name) => ["shopper", "ai", "human", "system"].includes(name)) ?? "",
      text: turn.querySelector(".body")?.textContent ?? "",
    })),
  );
}

// ---- Moves of staff ------------------------------------------------------------------------

/**
 * A device that makes passkeys and whose owner always agrees, as the browser's own tests have it.
 *
 * @param {{ send: (method: any, parameters?: any) => Promise<any> }} devtools a session of the browser's own protocol
 * @returns {Promise<string>} its id
 */
export async function plugIn(devtools) {
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return authenticatorId;
}

/** @type {WeakMap<Page, { devtools: import("playwright-core").CDPSession, id: string }>} */
const devices = new WeakMap();

/**
 * Gives the page's browser tab a device that makes passkeys; once.
 *
 * @param {Page} page
 */
export async function withDevice(page) {
  let device = devices.get(page);
  if (!device) {
    const devtools = await page.context().newCDPSession(page);
    device = { devtools, id: await plugIn(devtools) };
    devices.set(page, device);
  }
  return device;
}

/**
 * Opens the one-time link and makes a passkey, on a device that the page is given: the console opens where her role begins.
 *
 * @param {Page} page
 * @param {string} link
 */
export async function openAccount(page, link) {
  await withDevice(page);
  await page.goto(link);
  await page.getByRole("button", { name: "Create a passkey" }).click();
  await page.waitForURL(/\/console(?!\/sign-in)/, { waitUntil: "commit" });
}

/**
 * The same, and on to the inbox.
 *
 * @param {Page} page
 * @param {string} link
 */
export async function signIn(page, link) {
  await openAccount(page, link);
  await page.getByRole("link", { name: "Inbox", exact: true }).click();
  await page.waitForURL(/\/console\/inbox/);
}

/**
 * Opens the shopper's conversation from the inbox.
 *
 * @param {Page} page
 * @param {House} house
 * @param {Frame} chat the shopper's
 */
export async function openConversation(page, house, chat) {
  const { conversations } = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
  await page.goto(`${house.origin}/console/inbox`);
  await page.locator(`#queue a.row[data-conversation="${conversations[0].conversation}"]`).click();
  await page.waitForSelector("#conversation:not([aria-busy])");
}

/**
 * @param {Page} page
 * @param {string} text
 */
export async function reply(page, text) {
  await page.fill("#writing", text);
  await page.press("#writing", "Enter");
  await page.locator(".turn.human", { hasText: text }).waitFor();
}

/**
 * Changes the shop's front, as the console would.
 *
 * @param {Page} admin
 * @param {(settings: any) => void} change
 */
export async function setFront(admin, change) {
  const { version, settings } = await admin.evaluate(async () => (await fetch("/v1/staff/front")).json());
  change(settings);
  const answer = await admin.evaluate(
    async (body) => {
      const response = await fetch("/v1/staff/front", {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-Parlour": "1" },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
    { version, settings },
  );
  assert.equal(answer.status, 200, answer.text);
}

// ---- Further moves -------------------------------------------------------------------------

export * from "./care.mjs";
export * from "./shopping.mjs";
