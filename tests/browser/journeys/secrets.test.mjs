// Passwords, codes and keys are removed in the browser, before anything is sent; where a client sends
// them all the same, the server removes them and says so (B02).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import de from "../../../widget/text_de.js";
import en from "../../../widget/text_en.js";
import { ask, audit, newVisitor, openBrowser, openChat, openHouse, storedTurns } from "../harness.mjs";

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

// Made up, and of no use anywhere.
const KEY = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
/** What is written, what of it must never be sent, what is left, and what she is told. */
const TOLD = /** @type {const} */ ([
  ["my password is P@ssw0rd.com", "P@ssw0rd", "my password is [password removed]", "password.removed"],
  ["otp 482-913", "482-913", "otp [code removed]", "code.removed"],
  [`why does ${KEY} not work?`, KEY, "why does [key removed] not work?", "key.removed"],
  ["the security code on the back of my card is 482", "is 482", "the security code on the back of my card is [security code removed]", "card.removed"],
]);

test("a typed password, code or key never leaves the browser", async () => {
  const shopper = await newVisitor(browser);
  /** @type {string[]} */
  const sent = [];
  shopper.context.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  const chat = await openChat(shopper.page, house);
  for (const [at, [text, secret, left, key]] of TOLD.entries()) {
    await ask(chat, text);
    assert.ok(sent.some((one) => one.includes("/messages/") && one.includes(left)), left);
    for (const one of sent) assert.equal(one.includes(secret) || one.includes(encodeURIComponent(secret)), false, one);
    assert.equal(await chat.locator("#caution").textContent(), en[key]);
    assert.equal(await chat.locator("#caution").getAttribute("role"), "status");
    assert.equal(await chat.locator(".turn.shopper .body").nth(at).textContent(), left);
  }
  await audit(chat, "what was removed");
  const stored = await storedTurns(chat);
  for (const [, secret, left] of TOLD) {
    assert.ok(stored.some(({ text }) => text === left), left);
    assert.ok(!stored.some(({ text }) => text.includes(secret)), secret);
  }
  // Nothing was left to remove, and the notice goes with the next message.
  assert.ok(!stored.some(({ text }) => text.startsWith("I removed")));
  await ask(chat, "I forgot my password");
  assert.equal(await chat.locator("#caution").textContent(), "");
  shopper.assertCalm();
});

test("several at once are each named", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "card 4111 1111 1111 1111 cvv 123, password hunter2!");
  assert.equal(await chat.locator("#caution").textContent(), `${en["card.removed"]} ${en["password.removed"]}`);
  assert.equal(await chat.locator(".turn.shopper .body").first().textContent(), "card [card removed] cvv [security code removed], password [password removed]");
  shopper.assertCalm();
});

test("where the rules cannot be fetched nothing is sent, and her words stay", async () => {
  const shopper = await newVisitor(browser);
  let sent = 0;
  shopper.context.on("request", (request) => (sent += Number(request.url().includes("/messages/"))));
  await shopper.context.route("**/widget/v1/masking.js", (route) => route.abort());
  const chat = await openChat(shopper.page, house);
  const field = chat.locator("#message");
  await field.fill("my password is hunter2");
  await field.press("Enter");
  await chat.locator("#caution", { hasText: en["trouble.reach"] }).waitFor();
  assert.equal(await field.inputValue(), "my password is hunter2");
  assert.equal(sent, 0);
  await shopper.context.unroute("**/widget/v1/masking.js");
  await field.press("Enter");
  await chat.locator(".turn.shopper", { hasText: "[password removed]" }).waitFor();
  assert.equal(await field.inputValue(), "");
});

test("what a client sends all the same is removed by the server, which says so in her language", async () => {
  const shopper = await newVisitor(browser, { locale: "de" });
  await shopper.page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=de`);
  const chat = shopper.page.mainFrame();
  await ask(chat, "hallo");
  // As a client does that knows no rules: the widget's own request, its text put back.
  for (const [text, secret, key] of /** @type {const} */ ([
    ["mein Passwort lautet Sonnenschein", "Sonnenschein", "block.notice.password_removed"],
    ["mein Code ist 482913", "482913", "block.notice.code_removed"],
    [KEY, KEY, "block.notice.key_removed"],
  ])) {
    await shopper.context.route("**/messages/*", (route) => {
      const body = route.request().postDataJSON();
      return route.continue({ postData: JSON.stringify({ ...body, text }) });
    });
    const before = await chat.locator(".turn.ai").count();
    await chat.locator("#message").fill("guten Tag");
    await chat.locator("#message").press("Enter");
    await chat.getByText(de[key]).waitFor();
    await chat.locator(".turn.ai").nth(before).waitFor();
    await shopper.context.unroute("**/messages/*");
    const stored = await storedTurns(chat);
    assert.ok(!stored.some((turn) => turn.text.includes(secret)), secret);
    assert.ok(!(await chat.locator("#log").innerText()).includes(secret), secret);
  }
  await audit(chat, "what the server removed");
});
