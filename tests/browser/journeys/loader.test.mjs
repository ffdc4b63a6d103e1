// The loader alone: small, drawn once, and leaving nothing but one name behind (D05).

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { newVisitor, openBrowser, openHouse } from "../harness.mjs";

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
  const loader = await (await fetch(`${house.origin}/widget/v1/loader.js`)).text();
  const size = gzipSync(loader, { level: 9 }).length;
  assert.ok(size <= 3 * 1024, `the loader has ${size} bytes`);

  const visitor = await newVisitor(browser);
  /** @type {Promise<number>[]} */
  const parts = [];
  visitor.context.on("response", (response) => {
    if (!/\/widget\/v1\/\w+\.(js|css)/.test(response.url())) return;
    parts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await visitor.page.goto(`${house.origin}/widget/v1/frame?shop=demo`);
  await visitor.page.waitForSelector("#composer:not([hidden])");
  await visitor.page.waitForLoadState("networkidle");
  const widget = (await Promise.all(parts)).reduce((sum, part) => sum + part, 0);
  assert.ok(parts.length > 5 && widget <= 60 * 1024, `the widget has ${widget} bytes`);
});

test("two tags make one launcher, in the corner that was asked for, and no global name", async () => {
  const tag = `<script src="${house.origin}/widget/v1/loader.js" data-shop="demo" data-position="left"></script>`;
  const page = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.setHeader("Content-Security-Policy", `default-src 'none'; script-src ${house.origin}; require-trusted-types-for 'script'; trusted-types 'none'`);
    response.end(`<!doctype html><head>${tag}</head><body><h1>Shop</h1>${tag}</body>`);
  });
  await new Promise((resolve) => page.listen(0, "127.0.0.1", () => resolve(undefined)));
  try {
    const address = page.address();
    if (!address || typeof address === "string") throw new Error("no address");
    const visitor = await newVisitor(browser);
    const plain = await visitor.context.newPage();
    await plain.goto(`${house.shopOrigin}/healthz`);
    const names = await plain.evaluate(() => Object.getOwnPropertyNames(window));
    await visitor.page.goto(`http://127.0.0.1:${address.port}/`);
    await visitor.page.waitForSelector("parlour-chat", { state: "attached" });
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
  } finally {
    page.close();
  }
});
