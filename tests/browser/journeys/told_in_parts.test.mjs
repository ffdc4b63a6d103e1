// A card told over several messages (B02): with its last part the earlier ones go from every screen
// that shows them, hers in two tabs and the one at the desk, and she is told what became of them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, eventually, newVisitor, openBrowser, openChat, openConversation, openHouse, shownTurns, signIn, storedTurns } from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

/** @type {House} */
let house;
/** @type {Browser} */
let browser;
/** @type {Visitor} */
let agent;
before(async () => {
  house = await openHouse();
  browser = await openBrowser();
  agent = await newVisitor(browser);
  await signIn(agent.page, await house.signInLink());
});
after(async () => {
  await browser?.close();
  await house?.remove();
});

const PART = "it begins with 4242 4242";
const NOTICE = "Your last messages together contained card details. Their parts were kept for a moment and have now been deleted.";

/** @param {Frame | Page} place @param {string} text what a message of hers says there by now */
async function shows(place, text) {
  await eventually(`\`${text}\` is shown`, async () => (await shownTurns(place)).some((turn) => turn.author === "shopper" && turn.text === text));
  // Nowhere in the page, seen or not.
  const page = await place.evaluate(() => document.documentElement.outerHTML);
  assert.equal(page.replace(/[^0-9 ]/g, "").includes("4242 4242"), false);
}

test("the parts go from every open screen", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "Do you sell tents?");
  await ask(chat, PART);
  const other = await shopper.context.newPage();
  const second = await openChat(other, house);
  await second.locator(".turn.shopper", { hasText: PART }).waitFor();

  await openConversation(agent.page, house, chat);
  await agent.page.locator(".turn.shopper", { hasText: PART }).waitFor();

  await ask(chat, "and then 4242 4242");
  for (const place of [chat, second, agent.page]) {
    await shows(place, "it begins with [card removed]");
    await shows(place, "and then [card removed]");
  }
  for (const place of [chat, second]) {
    await place.getByText(NOTICE).waitFor();
    assert.equal(await place.getByText("removed from the message before it was stored").count(), 0);
  }
  await agent.page.getByText(NOTICE).waitFor();

  const stored = await storedTurns(chat);
  assert.equal(JSON.stringify(stored).includes("4242"), false);
  // And after a reload there is nothing else either.
  const again = await openChat(other, house);
  await again.locator(".turn.shopper", { hasText: "it begins with [card removed]" }).waitFor();
  shopper.assertCalm();
  agent.assertCalm();
});

test("a screen that was out of reach is right when it is back", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "Do you sell tents?");
  await ask(chat, PART);
  await openConversation(agent.page, house, chat);
  await agent.page.locator(".turn.shopper", { hasText: PART }).waitFor();
  await agent.context.setOffline(true);
  await ask(chat, "and then 4242 4242");
  assert.equal((await shownTurns(agent.page)).some((turn) => turn.text.includes(PART)), true);
  await agent.context.setOffline(false);
  await shows(agent.page, "it begins with [card removed]");
});
