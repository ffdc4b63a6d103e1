// Goods that are asked for in the chat: found, opened, put into the cart; and seen by staff.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { addToCart, ask, checkOut, goTo, newVisitor, openBrowser, openChat, openConversation, openHouse, proveForOrders, signIn } from "../harness.mjs";

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
    await signIn(staff.page, await house.signInLink());
    await openConversation(staff.page, house, chat);
    await staff.page.locator(".shown-good", { hasText: /mug/i }).first().waitFor();
    shopper.assertCalm();
    staff.assertCalm();
  });

  test("where an order stands is told to whoever proved her address, and leads to the order", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await ask(chat, "where is my order?");
    await chat.getByRole("button", { name: "Confirm my e-mail address" }).waitFor();
    assert.equal(await chat.locator("#log .good.order").count(), 0);

    await addToCart(chat, "Glass carafe");
    await checkOut(chat, { email: "asker@example.org" });
    await chat.getByRole("button", { name: "Order and pay" }).click();
    await chat.getByRole("heading", { name: "Thank you for your order" }).waitFor();
    await proveForOrders(shopper, house, chat, "asker@example.org");
    await goTo(chat, "Chat");
    await ask(chat, "where is my order now?");
    const order = chat.locator("#log .good.order");
    await order.waitFor();
    await chat.getByText("This order waits for its payment.").waitFor();
    await order.click();
    await chat.locator(".due").waitFor();
    shopper.assertCalm();
  });
});
