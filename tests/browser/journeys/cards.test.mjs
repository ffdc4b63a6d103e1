// A card number is removed in the browser, before anything is sent (B02, first line of defence).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, newVisitor, openBrowser, openChat, openHouse, storedTurns } from "../harness.mjs";

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

// Numbers that the schemes publish for testing.
const VISA = "4111111111111111";

test("a typed card number never leaves the browser", async () => {
  const shopper = await newVisitor(browser);
  /** @type {string[]} */
  const sent = [];
  shopper.context.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  const chat = await openChat(shopper.page, house);
  await ask(chat, "Please use my card 4111 1111-1111 1111, expires next year");

  const body = sent.find((one) => one.includes("/messages/")) ?? "";
  assert.match(body, /\[card removed\]/);
  for (const one of sent) assert.equal(one.replace(/\D/g, "").includes(VISA), false, one);
  await chat.getByText("We removed card details before your message was sent").waitFor();
  assert.equal(await chat.locator(".turn.shopper .body").first().textContent(), "Please use my card [card removed], expires next year");
  const stored = await storedTurns(chat);
  assert.match(stored[0]?.text ?? "", /\[card removed\]/);
});

test("what is a card and what is not", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  /** @type {Record<string, string>} */
  const cases = {
    "4111111111111111": "[card removed]",
    "4111 1111 1111 1111": "[card removed]",
    "4111-1111-1111-1111.": "[card removed].",
    "4111.1111.1111.1111": "[card removed]",
    "4111\u00a01111\u200b1111\u20131111": "[card removed]",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1": "[card removed]",
    "４１１１１１１１１１１１１１１１": "[card removed]",
    "٤١١١١١١١١١١١١١١١": "[card removed]",
    "no 12 4111111111111111 05/29": "no 12 [card removed] 05/29",
    "5555555555554444 and 378282246310005": "[card removed] and [card removed]",
    "5555 5555 5555 4444 6011 1111 1111 1117": "[card removed] [card removed]",
    "visa x411111111111111199999x": "visa x[card removed]x",
    "4222222222222": "[card removed]",
    "30569309025904": "[card removed]",
    "2223003122003222": "[card removed]",
    "3530111333300000": "[card removed]",
    // Not cards: a wrong check digit, an order number, a telephone number, dates and prices.
    "4111111111111112": "4111111111111112",
    "order 1000000000000008": "order 1000000000000008",
    "+49 30 901820 00": "+49 30 901820 00",
    "2026-11-22 10:00, 12.50 and 13.50 and 14.50": "2026-11-22 10:00, 12.50 and 13.50 and 14.50",
    "size 42, order 10045": "size 42, order 10045",
  };
  const masked = await chat.evaluate(async (texts) => {
    const module = "/widget/v1/masking.js";
    const { mask } = await import(module);
    return texts.map((/** @type {string} */ text) => mask(text).text);
  }, Object.keys(cases));
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((text, at) => [text, masked[at]])), cases);
});
