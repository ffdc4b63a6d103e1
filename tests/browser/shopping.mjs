// Moves of a shopper in the shop beside the chat and in the chat itself, and of staff who serve her orders.

import assert from "node:assert/strict";

/** @import { Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "./harness.mjs" */

/**
 * @param {Frame} frame
 * @param {"Chat" | "Shop" | "Cart" | "Orders"} name
 */
export async function goTo(frame, name) {
  await frame.locator(`#to-${name.toLowerCase()}`).click();
  if (name !== "Chat") await frame.locator("#shop-view:not([aria-busy]) h2").waitFor();
}

/**
 * @param {Frame} frame
 * @param {string} query
 */
export async function search(frame, query) {
  await goTo(frame, "Shop");
  await frame.getByLabel("Search products").fill(query);
  await frame.getByRole("button", { name: "Search", exact: true }).click();
  await frame.locator(".results:not([aria-busy])").waitFor();
  await frame.locator(".good, .results .empty").first().waitFor();
}

/**
 * Searches, opens the product, and puts it into the cart; the first choice of each option that can
 * be had.
 *
 * @param {Frame} frame
 * @param {string} title
 * @param {number} [pieces]
 */
export async function addToCart(frame, title, pieces = 1) {
  await search(frame, title);
  await frame.locator(".good", { hasText: title }).first().click();
  await frame.getByRole("button", { name: "Add to cart" }).waitFor();
  for (const group of await frame.locator("fieldset.options").all()) await group.locator("label:not(.out) input").first().check();
  for (let more = 1; more < pieces; more += 1) await frame.getByRole("button", { name: "One more" }).click();
  await frame.getByRole("button", { name: "Add to cart" }).click();
  await frame.getByText("Added to your cart.").waitFor();
}

export const ADDRESS = { line1: "12 Elm Row", postal_code: "62704", city: "Springfield", country: "US" };

/**
 * @param {Frame} frame
 * @param {Record<string, string>} address
 */
export async function fillAddress(frame, address) {
  for (const [name, value] of Object.entries(address)) {
    const field = frame.locator(`#shop-view [name="${name}"]`);
    if (name === "country") await field.selectOption(value);
    else await field.fill(value);
  }
}

/**
 * From the cart to the card that shows what would be bought.
 *
 * @param {Frame} frame
 * @param {{ email: string, given?: string, family?: string, address?: Record<string, string> }} who
 */
export async function checkOut(frame, { email, given = "Nora", family = "Field", address = ADDRESS }) {
  await goTo(frame, "Cart");
  await frame.getByRole("button", { name: "Go to checkout" }).click();
  await frame.getByRole("heading", { name: "Checkout" }).waitFor();
  await frame.locator("#shop-view [name=country]").waitFor();
  if (await frame.locator("#shop-view [name=email]").count()) await frame.locator("#shop-view [name=email]").fill(email);
  await frame.getByLabel("First name").fill(given);
  await frame.getByLabel("Last name").fill(family);
  await fillAddress(frame, address);
  await frame.getByRole("button", { name: "Review the order" }).click();
  await frame.locator(".proposal .effect").waitFor();
}

/**
 * Confirms the order on the card.
 *
 * @param {Frame} frame
 * @returns {Promise<string>} the order's number
 */
export async function buy(frame) {
  await frame.getByRole("button", { name: "Order and pay" }).click();
  await frame.getByRole("heading", { name: "Thank you for your order" }).waitFor();
  return frame.locator(".order-number bdi").innerText();
}

/**
 * Follows the link to the payment page, in the tab that it opens.
 *
 * @param {Visitor} visitor
 * @param {Frame} frame
 */
export async function openPayment(visitor, frame) {
  const opened = visitor.context.waitForEvent("page");
  await frame.locator("a.pay").click();
  const page = await opened;
  await page.getByText("Demo gateway: no real money.").waitFor();
  return page;
}

/**
 * The newest code that was mailed to the address.
 *
 * @param {Visitor} visitor
 * @param {House} house
 * @param {string} address
 */
export async function mailedCode(visitor, house, address) {
  const mailbox = await visitor.context.newPage();
  await mailbox.goto(`${house.origin}/demo/mailbox`);
  const mail = mailbox.locator(".mail", { hasText: address }).first();
  const code = /\b\d{6}\b/.exec((await mail.innerText()) ?? "")?.[0];
  await mailbox.close();
  assert.ok(code, "the mail holds a code of six digits");
  return code;
}

/**
 * A passkey is offered once the address is proved: another time.
 *
 * @param {Frame} frame
 */
export async function declinePasskey(frame) {
  await frame.locator("#prove-go").waitFor();
  await frame.locator("#prove-close").click();
}

/**
 * "Continue by e-mail" from the orders, to the list of them.
 *
 * @param {Visitor} visitor
 * @param {House} house
 * @param {Frame} frame
 * @param {string} address
 */
export async function proveForOrders(visitor, house, frame, address) {
  await goTo(frame, "Orders");
  await frame.locator("#shop-view").getByRole("button", { name: "Continue by e-mail" }).click();
  await frame.locator("#prove-email").fill(address);
  await frame.getByRole("button", { name: "Send code" }).click();
  await frame.locator("#prove-digits").waitFor();
  await frame.locator("#prove-digits").fill(await mailedCode(visitor, house, address));
  await frame.locator("#prove").getByRole("button", { name: "Confirm" }).click();
  await declinePasskey(frame);
  await frame.locator("#prove").waitFor({ state: "hidden" });
  await frame.locator("#shop-view:not([aria-busy]) .good.order").or(frame.getByText("There are no orders")).first().waitFor();
}

/**
 * @param {Frame} frame
 * @param {string} order
 */
export async function openOrder(frame, order) {
  await goTo(frame, "Orders");
  await frame.locator(".good.order", { hasText: order }).click();
  await frame.getByRole("heading", { name: `Order ${order}` }).waitFor();
  await frame.locator(".progress, .banner").first().waitFor();
}

// ---- In the chat's own words ---------------------------------------------------------------

/**
 * What draws the cards of deeds is fetched with the first of them: the words beside it are there before it.
 *
 * @param {Frame} chat
 */
export const cardsAreDrawn = (chat) => chat.waitForFunction(() => !document.querySelector("#log .later:empty"));

/** @param {Frame} chat the card that waits for her */
export const waitingCard = (chat) => chat.locator(".deed[data-state=open]");

/**
 * @param {Frame} frame
 * @param {string} text
 */
export async function write(frame, text) {
  await frame.fill("#message", text);
  await frame.press("#message", "Enter");
}

/**
 * Writes, and waits until the assistant has answered.
 *
 * @param {Frame} frame
 * @param {string} text
 */
export async function ask(frame, text) {
  const before = await frame.locator(".turn.ai").count();
  await write(frame, text);
  await frame.locator(".turn.ai").nth(before).waitFor();
  await cardsAreDrawn(frame);
}

/**
 * Proves who she is with the form that the assistant offers, and waits for what it goes on with.
 *
 * @param {Visitor} shopper
 * @param {House} house
 * @param {Frame} chat
 * @param {string} email
 */
export async function proveInChat(shopper, house, chat, email) {
  await chat.locator("#log").getByRole("button", { name: "Confirm my e-mail address" }).last().click();
  await chat.locator("#prove-email").fill(email);
  await chat.getByRole("button", { name: "Send code" }).click();
  await chat.locator("#prove-digits").waitFor();
  await chat.locator("#prove-digits").fill(await mailedCode(shopper, house, email));
  const before = await chat.locator(".turn.ai").count();
  await chat.locator("#prove").getByRole("button", { name: "Confirm" }).click();
  await declinePasskey(chat);
  await chat.locator(".turn.ai").nth(before).waitFor();
}

/**
 * From a filled cart to the card that shows what would be ordered.
 *
 * @param {Frame} chat
 * @param {string} [delivery] what she says when she is asked how it shall be delivered
 */
export async function askToCheckOut(chat, delivery = "Standard delivery") {
  await ask(chat, "I'd like to check out");
  if (!(await waitingCard(chat).count())) await ask(chat, delivery);
  await waitingCard(chat).last().waitFor();
}

/**
 * What a tool answers with her session.
 *
 * @param {Frame} chat
 * @param {string} tool
 * @param {object} [args]
 * @returns {Promise<any>}
 */
export function call(chat, tool, args = {}) {
  return chat.evaluate(
    async ([name, given]) => {
      const headers = { "Content-Type": "application/json", "X-Parlour": "1" };
      const answer = await fetch(`/v1/tools/${name}`, { method: "POST", headers, body: JSON.stringify({ args: given }) });
      return (await answer.json()).result;
    },
    /** @type {const} */ ([tool, args]),
  );
}

/**
 * Confirms the card that waits, with a code where it demands one.
 *
 * @param {Visitor} shopper
 * @param {House} house
 * @param {Frame} chat
 * @param {string} email
 */
export async function confirmCard(shopper, house, chat, email) {
  const card = waitingCard(chat).last();
  await card.waitFor();
  const mail = card.getByRole("button", { name: "Mail me a code" });
  if (await mail.count()) {
    await mail.click();
    const field = card.getByLabel("Code from the mail");
    await field.waitFor();
    await card.getByRole("button", { name: "Confirm", exact: true }).click();
    await card.getByText("Please enter the six digits from the mail.").waitFor();
    await field.fill(await mailedCode(shopper, house, email));
  }
  await card.getByRole("button", { name: "Confirm", exact: true }).click();
}

// ---- Moves of staff ------------------------------------------------------------------------

/**
 * @param {Page} page
 * @param {House} house
 * @param {string} order
 */
export async function openStaffOrder(page, house, order) {
  await page.goto(`${house.origin}/console/orders/${order}`);
  await page.waitForSelector("#order:not([aria-busy]) .columns");
}

/**
 * Takes a step of an order, and waits until it is taken.
 *
 * @param {Page} page
 * @param {string} button
 * @param {string | RegExp} done
 */
export async function takeStep(page, button, done) {
  await page.getByRole("button", { name: button }).click();
  await page.locator("#done", { hasText: done }).waitFor();
}
