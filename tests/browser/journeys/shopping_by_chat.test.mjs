// Goods that are asked for in the chat: found, opened, put into the cart; and seen by staff.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ask, goTo, newVisitor, openBrowser, openChat, openConversation, openHouse, signIn } from "../harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { House } from "../harness.mjs" */

describe("asking for goods", () => {
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

  test("what is found in the chat goes into the cart, and staff see what was shown", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await ask(chat, "show me mugs under 40 euros");
    const goods = chat.locator("#log .good");
    await goods.first().waitFor();
    assert.match((await goods.first().textContent()) ?? "", /mug/i);
    await ask(chat, "do you deliver to Austria?");
    assert.equal(await goods.count(), await chat.locator("#log .goods .good").count());
    await goods.first().click();
    await chat.getByRole("button", { name: "Add to cart" }).waitFor();
    for (const group of await chat.locator("#shop-view fieldset.chips").all()) await group.locator("label:not(.out) input").first().check();
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.getByText("Added to your cart.").waitFor();
    await goTo(chat, "Cart");
    assert.match((await chat.locator(".line").first().textContent()) ?? "", /mug/i);

    const staff = await newVisitor(browser);
    await signIn(staff.page, await house.renewSignInLink());
    await openConversation(staff.page, house, chat);
    await staff.page.locator(".shown-good", { hasText: /mug/i }).first().waitFor();
    shopper.assertCalm();
    staff.assertCalm();
  });
});
