// The loader alone: small, drawn once, and leaving nothing but one name behind (D05).

import assert from "node:assert/strict";
import { get } from "node:http";
import { after, before, test } from "node:test";
import { chatFrame, clickLauncher, newVisitor, openBrowser, openHouse } from "../harness.mjs";

/** @import { Browser } from "playwright-core" */
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

test("it is at most 3 KB compressed, and the whole widget at most 60", async () => {
  /** What comes over the wire, as a browser is served. @param {string} address */
  const served = (address) =>
    /** @type {Promise<number>} */ (
      new Promise((resolve, reject) =>
        get(address, { headers: { "Accept-Encoding": "gzip, deflate, br" } }, (response) => {
          let bytes = 0;
          assert.equal(response.statusCode, 200, address);
          response.on("data", (chunk) => (bytes += chunk.length)).on("end", () => resolve(bytes));
        }).on("error", reject),
      )
    );
  const size = await served(`${house.origin}/widget/v1/loader.js`);
  assert.ok(size <= 3 * 1024, `the loader has ${size} bytes`);

  const visitor = await newVisitor(browser);
  /** @type {Set<string>} */
  const asked = new Set();
  visitor.context.on("request", (request) => {
    if (request.url().startsWith(`${house.origin}/widget/`) && !request.url().includes("/loader.js")) asked.add(request.url().replace(/#.*/, ""));
  });
  await visitor.page.goto(house.shopPage);
  await clickLauncher(visitor.page);
  await chatFrame(visitor.page);
  await visitor.page.waitForLoadState("networkidle");
  const sizes = await Promise.all([...asked].map(async (address) => /** @type {const} */ ([new URL(address).pathname, await served(address)])));
  const widget = sizes.reduce((sum, [, part]) => sum + part, 0);
  assert.ok(sizes.some(([name]) => name.endsWith("/frame")) && sizes.some(([name]) => name.endsWith("/launch")));
  assert.ok(sizes.length > 20 && widget <= 60 * 1024, `the widget has ${widget} bytes: ${sizes.join(" ")}`);
  // One language, not eight.
  assert.deepEqual(sizes.map(([name]) => name).filter((name) => name.includes("/text_")), ["/widget/v1/text_en.js"]);
});

test("two tags make one launcher, in the corner that was asked for, and no global name", async () => {
  const tag = `<script src="${house.origin}/widget/v1/loader.js" data-shop="demo" data-position="left"></script>`;
  {
    const visitor = await newVisitor(browser);
    const plain = await visitor.context.newPage();
    await plain.goto(`${house.shopOrigin}/healthz`);
    const names = await plain.evaluate(() => Object.getOwnPropertyNames(window));
    // A page of the shop's own: the launcher is for nobody else's.
    await visitor.page.route(house.shopPage, (route) =>
      route.fulfill({
        contentType: "text/html",
        headers: { "Content-Security-Policy": `default-src 'none'; script-src ${house.origin}; frame-src ${house.origin}; require-trusted-types-for 'script'; trusted-types 'none'` },
        body: `<!doctype html><head>${tag}</head><body><h1>Shop</h1>${tag}</body>`,
      }),
    );
    await visitor.page.goto(house.shopPage);
    await visitor.page.waitForSelector("parlour-chat", { state: "visible" });
    assert.equal(await visitor.page.locator("parlour-chat").count(), 1);
    const found = await visitor.page.evaluate((known) => {
      const box = document.querySelector("parlour-chat")?.getBoundingClientRect();
      return {
        names: Object.getOwnPropertyNames(window).filter((name) => !known.includes(name)),
        symbols: Object.getOwnPropertySymbols(window).map(String),
        left: box?.left,
      };
    }, names);
    assert.deepEqual(found, { names: [], symbols: ["Symbol(parlour.widget)"], left: 20 });
    visitor.assertCalm();
  }
});
