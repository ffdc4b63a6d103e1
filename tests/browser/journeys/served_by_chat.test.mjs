// Served by chat alone: found, put into the cart, ordered, paid, followed, cancelled, returned, and
// handed to a person. Only the button on a card does anything, once, whatever happens in between; and
// the cards tell the truth after a reload, in a second window, and at the desk.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  ask,
  askToCheckOut,
  audit,
  call,
  chatFrame,
  clickLauncher,
  confirmCard,
  goTo,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  openPayment,
  proveInChat,
  signIn,
  waitingCard,
} from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

/** A customer of the sample shop with one order, which was delivered. */
const EMRE = "emre.hoffmann@example.com";

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

/** @param {Frame} chat */
const lastTurn = (chat) => chat.locator(".turn.ai").last();

/** @param {Frame} chat */
async function numbers(chat) {
  const { orders } = await call(chat, "list_orders", { limit: 50 });
  return orders.map((/** @type {any} */ order) => order.id);
}

/**
 * A known shopper with a linen shirt in her cart.
 *
 * @param {string} email
 */
async function openKnown(email) {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "where is my order?");
  await proveInChat(shopper, house, chat, email);
  await ask(chat, "put the linen shirt in blue, size M into my cart");
  await chat.locator(".cart-shown").waitFor();
  return { shopper, chat };
}

/**
 * Opens the chat in a page that from then on is told nothing by itself.
 *
 * @param {Visitor} shopper
 * @param {Page} page
 */
async function openDeaf(shopper, page) {
  await page.route("**/events*", (route) => route.abort());
  const chat = await openChat(page, house);
  await waitingCard(chat).waitFor();
  await page.route("**/turns?*", (route) => route.abort());
  shopper.assertCalm();
  return chat;
}

describe("served by chat", () => {
  test("from the question to the return", async () => {
    const shopper = await newVisitor(browser);
    const { page } = shopper;
    let chat = await openChat(page, house);

    // Found, looked at, put into the cart where it stands.
    await ask(chat, "do you have the linen shirt in blue, size M?");
    const sheet = chat.locator(".sheet");
    await sheet.waitFor();
    assert.match(await sheet.innerText(), /€79\.00/);
    assert.match(await sheet.innerText(), /In stock/);
    assert.deepEqual(await sheet.locator(".value.chosen").allInnerTexts().then((all) => all.map((one) => one.split("\n")[0])), ["blue", "M"]);
    await audit(chat, "a product in the chat");
    await sheet.getByRole("button", { name: "Linen shirt" }).click();
    await chat.getByRole("heading", { name: "Linen shirt" }).waitFor();
    await goTo(chat, "Chat");
    await sheet.getByRole("button", { name: "Add to cart" }).dblclick();
    await sheet.getByText("Added to your cart.").waitFor();
    await ask(chat, "compare the linen shirt with the linen napkins");
    assert.equal(await chat.locator("#cart-count").innerText(), "1", "a double click puts it in once");
    const table = chat.getByRole("group", { name: "Side by side" });
    assert.deepEqual(await table.getByRole("rowheader").allInnerTexts(), ["Price", "Availability", "Colour", "Size"]);
    assert.equal(await table.getByRole("columnheader").count(), 2);
    await ask(chat, "show my cart");
    const cart = chat.locator(".cart-shown");
    await cart.waitFor();
    assert.equal(await cart.getByText("Your cart has changed since then.").isVisible(), false);
    await ask(chat, "put one incense smoker, the forester, into my cart");
    await cart.nth(1).waitFor();
    await cart.first().getByText("Your cart has changed since then.").waitFor();
    assert.equal(await cart.nth(1).getByText("Your cart has changed since then.").isVisible(), false);
    await audit(chat, "comparison and carts in the chat");

    // Who she is; the assistant goes on by itself.
    await ask(chat, "where is my order?");
    await audit(chat, "a form that is offered");
    await proveInChat(shopper, house, chat, EMRE);
    const order = chat.locator("#log .order-shown");
    await order.waitFor();
    const [delivered] = await numbers(chat);
    assert.match(await order.innerText(), new RegExp(delivered));
    assert.equal(await order.locator(".progress [aria-current=step] > span").first().innerText(), "Delivered");
    assert.equal(await chat.locator(".offer .primary").count(), 0, "the form says that it is done");

    // Ordered with the button, and with nothing else.
    await askToCheckOut(chat);
    await audit(chat, "a proposal in the chat");
    await ask(chat, "yes");
    await lastTurn(chat).getByText("press the button on the card").waitFor();
    await ask(chat, "I confirm it, do it now");
    assert.deepEqual(await numbers(chat), [delivered], "nothing that is written confirms anything");
    await waitingCard(chat).first().getByRole("button", { name: "Order and pay" }).dblclick();
    const bought = chat.locator(".deed[data-state=done]").first();
    await bought.locator("a.pay").waitFor();
    await chat.locator(".outcome").waitFor();
    assert.equal((await numbers(chat)).length, 2, "a double click orders once");
    assert.equal(await chat.locator(".outcome").count(), 1);
    // The focus stays with the card.
    await chat.waitForFunction(() => document.activeElement?.closest(".deed"));
    const number = await bought.locator(".order-number bdi").innerText();
    await audit(chat, "a confirmed proposal in the chat");

    // Paid on the gateway's page; the card hears of it.
    const paying = await openPayment(shopper, chat);
    await paying.getByRole("button", { name: /^Pay/ }).click();
    await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
    await paying.close();
    await bought.getByText("Nothing is left to pay.").waitFor();
    await ask(chat, "where is my order?");
    assert.match(await lastTurn(chat).innerText(), new RegExp(number), "the order of just now is what she means");
    await lastTurn(chat).getByText("This order is paid and waits to be packed.").waitFor();

    // After a reload the cards still tell the truth.
    await page.reload();
    await clickLauncher(page);
    chat = await chatFrame(page);
    await chat.locator(".deed[data-state=done]").first().waitFor();
    assert.equal(await chat.locator(".outcome").count(), 1);
    assert.equal(await chat.locator(".deed[data-state=done] button").count(), 0);
    await chat.locator(".outcome").getByRole("button", { name: "See the order" }).click();
    await chat.getByRole("heading", { name: `Order ${number}` }).waitFor();
    await goTo(chat, "Chat");

    // Cancelled.
    await ask(chat, `please cancel order ${number}`);
    if (!(await waitingCard(chat).getByText(number).count())) await ask(chat, "Ordered by mistake");
    await confirmCard(shopper, house, chat, EMRE);
    await chat.locator(".outcome").nth(1).waitFor();
    assert.equal((await call(chat, "get_order", { order: number })).status, "cancelled");
    await ask(chat, `where is order ${number}?`);
    await lastTurn(chat).locator(".order-shown .banner", { hasText: "cancelled" }).waitFor();

    // An item of what was delivered goes back, with a code for exactly this.
    await ask(chat, `I want to return the candle arch from order ${delivered}`);
    if (!(await waitingCard(chat).getByText(delivered).count())) await ask(chat, "the candle arch");
    await confirmCard(shopper, house, chat, EMRE);
    await chat.locator(".outcome").nth(2).waitFor();
    assert.equal((await call(chat, "get_order", { order: delivered })).servicing, "return_requested");
    await audit(chat, "outcomes in the chat");

    // A person is asked, and reads all of it; only reads.
    await ask(chat, "I'd like to talk to a person");
    await chat.getByText("Waiting for a person").waitFor();
    const staff = await newVisitor(browser);
    await signIn(staff.page, await house.signInLink());
    await openConversation(staff.page, house, chat);
    const shown = staff.page.locator("#log .shown-card");
    await shown.filter({ hasText: number }).first().waitFor();
    assert.equal(await shown.locator(".pill", { hasText: "Confirmed by the shopper" }).count(), 3);
    assert.equal(await staff.page.locator("#log").getByRole("button").count(), 0, "agents confirm nothing");
    await audit(staff.page, "cards at the desk");
    shopper.assertCalm();
    staff.assertCalm();
  });

  test("an answer that is lost, other windows, and what is left for later", async () => {
    const { shopper: stranger, chat: form } = await openKnown("lost@example.com");
    // Somebody new has no address that is kept: the form asks for it.
    await ask(form, "I'd like to check out");
    await form.locator(".offer").last().getByRole("button", { name: "Go to checkout" }).click();
    await form.getByRole("heading", { name: "Checkout" }).waitFor();
    stranger.assertCalm();
    await stranger.context.close();

    const { shopper, chat: opened } = await openKnown(EMRE);
    const before = await numbers(opened);
    await askToCheckOut(opened);
    // A window that hears nothing of the server unless it asks; another one like it; and one that listens.
    const deaf = await openDeaf(shopper, shopper.page);
    const alsoDeaf = await openDeaf(shopper, await shopper.context.newPage());
    const listening = await openChat(await shopper.context.newPage(), house);
    await waitingCard(listening).waitFor();

    // "Not now" tells nobody.
    /** @type {string[]} */
    const sent = [];
    shopper.page.on("request", (request) => void (request.method() === "POST" && !request.url().endsWith("/get_cart") && sent.push(request.url())));
    await waitingCard(deaf).getByRole("button", { name: "Not now" }).click();
    await deaf.getByText("You left it at that. Nothing was done.").waitFor();
    assert.equal(await deaf.locator(".deed .effect").count(), 0, "the card is folded");
    await deaf.getByRole("button", { name: "Look at it again" }).click();
    await waitingCard(deaf).waitFor();
    assert.deepEqual(sent, []);

    // Offline: nothing is sent, and the same button does it later. Then it arrives, and its answer does not.
    const press = () => waitingCard(deaf).getByRole("button", { name: "Order and pay" }).click();
    const unanswered = waitingCard(deaf).getByText("No answer came back. Please press the button again: nothing is done twice.");
    await shopper.page.route("**/confirm", (route) => route.abort());
    await press();
    await unanswered.waitFor();
    assert.deepEqual(await numbers(listening), before);
    await shopper.page.unroute("**/confirm");
    await shopper.page.route("**/confirm", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await press();
    await listening.locator(".deed[data-state=done]").waitFor();
    await listening.locator(".outcome").waitFor();
    assert.equal((await numbers(listening)).length, before.length + 1);
    await unanswered.waitFor();
    await shopper.page.unroute("**/confirm");
    await press();
    await deaf.locator(".deed[data-state=done] a.pay").waitFor();
    await waitingCard(alsoDeaf).getByRole("button", { name: "Order and pay" }).click();
    await alsoDeaf.locator(".deed[data-state=done] a.pay").waitFor();
    assert.equal((await numbers(listening)).length, before.length + 1, "three windows and four presses order once");
    assert.equal(await listening.locator(".outcome").count(), 1);
    await shopper.context.close();
  });

  test("what has changed or run out is not done, and says so", async () => {
    const { shopper, chat } = await openKnown(EMRE);
    const before = await numbers(chat);
    await askToCheckOut(chat);
    // The cart changes behind the card.
    await ask(chat, "put the glass carafe into my cart");
    await waitingCard(chat).first().getByRole("button", { name: "Order and pay" }).click();
    const stale = chat.locator(".deed[data-state=over]");
    await stale.getByText(/changed since/i).waitFor();
    assert.equal(await stale.locator("button").count(), 0);
    assert.deepEqual(await numbers(chat), before);
    // The focus is where the reason is said.
    await chat.waitForFunction(() => document.activeElement?.closest(".deed"));

    await askToCheckOut(chat);
    // An hour later.
    await shopper.page.clock.setSystemTime(Date.now() + 3_600_000);
    await shopper.page.reload();
    await clickLauncher(shopper.page);
    const later = await chatFrame(shopper.page);
    await later.locator(".deed").first().waitFor();
    await later.locator(".deed").last().getByText("This offer has run out. Nothing was done.").waitFor();
    assert.equal(await waitingCard(later).count(), 0);
    assert.equal(await later.locator(".deed .primary").count(), 0);
    await audit(later, "a proposal that has run out");
    shopper.assertCalm();
  });
});

for (const [width, colorScheme] of /** @type {const} */ ([[360, "dark"], [360, "light"], [1440, "dark"], [1440, "light"]])) {
  test(`the cards fit ${width} px, ${colorScheme}`, async () => {
    const shopper = await newVisitor(browser, { viewport: { width, height: 780 }, colorScheme });
    const chat = await openChat(shopper.page, house);
    for (const text of ["do you have the linen shirt in blue, size M?", "compare the linen shirt with the linen napkins", "put the linen shirt in blue, size M into my cart", "where is my order?"]) await ask(chat, text);
    await chat.locator(".offer").waitFor();
    await audit(chat, `cards, ${width} px, ${colorScheme}`);
    const sizes = await chat.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      const wide = [...document.querySelectorAll(".shown:not(.compared)")].filter((one) => one.scrollWidth > one.clientWidth + 1);
      return { over: scrollWidth - clientWidth, below: scrollHeight - clientHeight, wide: wide.map((one) => one.className) };
    });
    assert.deepEqual(sizes, { over: 0, below: 0, wide: [] });
    shopper.assertCalm();
  });
}
