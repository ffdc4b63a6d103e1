// A fresh visit leaves nothing behind and tells nobody: own origins only, and no cookie or stored
// value before the first message (A01, D08).

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ask, chatFrame, clickLauncher, eventually, newVisitor, openBrowser, openHouse, waitForLauncher } from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House } from "../harness.mjs" */

/** @type {House} */
let house;
/** @type {Browser} */
let browser;
/** @type {string} */
let folder;
before(async () => {
  house = await openHouse();
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), "parlour-har-"));
});
after(async () => {
  await browser?.close();
  await house?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** @param {Page | Frame} place how much is stored; a browser that refuses storage stores nothing */
function storedValues(place) {
  return place.evaluate(async () => {
    /** @param {() => number | Promise<number>} count */
    const refusedOr = async (count) => {
      try {
        return await count();
      } catch (error) {
        if (error instanceof DOMException && ["SecurityError", "UnknownError"].includes(error.name)) return 0;
        throw error;
      }
    };
    return {
      cookie: document.cookie,
      local: await refusedOr(() => localStorage.length),
      session: await refusedOr(() => sessionStorage.length),
      databases: await refusedOr(async () => (await indexedDB.databases()).length),
      caches: await refusedOr(async () => (await caches.keys()).length),
    };
  });
}
const NOTHING = { cookie: "", local: 0, session: 0, databases: 0, caches: 0 };

test("a fresh visit: own origins only, nothing stored before the first message", async () => {
  const har = join(folder, "visit.har");
  const shopper = await newVisitor(browser, { recordHar: { path: har } });
  const { page, context } = shopper;
  /** @type {string[]} */
  const asked = [];
  context.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));

  await page.goto(house.shopPage);
  await waitForLauncher(page);
  const before = ["loader.js", "launch?shop=demo&locale=en", "launch.js", "api.js", "host.js"];
  const ofParlour = () => asked.filter((one) => one.includes(house.origin)).map((one) => one.replace(/#.*/, ""));
  await eventually("the launcher is all there", () => before.every((name) => ofParlour().some((one) => one.endsWith(`/${name}`))));
  await page.waitForLoadState("networkidle");
  assert.deepEqual(
    ofParlour().sort(),
    before.map((name) => `GET ${house.origin}/widget/v1/${name}`).sort(),
    "only the loader, and how the launcher looks, before the chat is opened",
  );
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await storedValues(page), NOTHING);

  await clickLauncher(page);
  const chat = await chatFrame(page);
  await chat.getByText("AI assistant").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(await context.cookies(), [], "opening the chat sets no cookie");
  assert.deepEqual(await storedValues(chat), NOTHING);
  assert.equal(asked.some((one) => /^(POST|PUT|DELETE)/.test(one)), false, "opening the chat changes nothing");

  await ask(chat, "How can I pay?");
  const cookies = await context.cookies();
  assert.equal(cookies.length, 1);
  const cookie = cookies[0];
  assert.equal(cookie?.name, "__Host-parlour");
  assert.equal(cookie?.httpOnly, true);
  assert.equal(cookie?.secure, true);
  assert.equal(cookie?.sameSite, "None");
  assert.equal(cookie?.path, "/");
  assert.ok(cookie?.partitionKey, "the cookie is partitioned by the shop's site");
  assert.deepEqual(await storedValues(chat), NOTHING, "the first message stores nothing but the cookie");
  assert.deepEqual(await storedValues(page), NOTHING);
  shopper.assertCalm();

  await context.close();
  const { log } = JSON.parse(await readFile(har, "utf8"));
  const origins = new Set(log.entries.map((/** @type {any} */ entry) => new URL(entry.request.url).origin));
  assert.ok(log.entries.length > 5, "the recording has the visit");
  assert.deepEqual([...origins].sort(), [house.shopOrigin, house.origin].sort());
});

test("the notice stands in the page itself, before any script has run", async () => {
  const shopper = await newVisitor(browser, { javaScriptEnabled: false });
  await shopper.page.goto(house.shopPage);
  const handle = await shopper.page.locator("script[data-shop]").getAttribute("data-shop");
  const answer = await fetch(`${house.origin}/widget/v1/frame?shop=${handle}`);
  const html = await answer.text();
  assert.match(html, /<p class="ai-notice"[^>]*>[^<]*AI[^<]*<\/p>/);
  assert.match(html, /Read the full privacy notice/);
});

test("the full notice is two clicks away", async () => {
  const shopper = await newVisitor(browser);
  await shopper.page.goto(house.shopPage);
  await clickLauncher(shopper.page);
  const chat = await chatFrame(shopper.page);
  await chat.getByText("Read the full privacy notice").click();
  for (const title of ["Who is responsible", "What it is used for", "How long it is kept", "Your rights"]) {
    await chat.getByRole("heading", { name: title }).waitFor();
  }
  assert.deepEqual(await shopper.context.cookies(), [], "reading the notice needs no session");
});
