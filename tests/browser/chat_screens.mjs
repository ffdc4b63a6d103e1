// Pictures of what the assistant shows and does in the chat, for `screens.mjs`.

import { ask, chatFrame, clickLauncher, mailedCode, openChat, openConversation } from "./harness.mjs";

/** @import { Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "./harness.mjs" */

/** @typedef {(page: Page, name: string, fullPage?: boolean) => Promise<void>} Shoot */

/**
 * A known customer is served in the chat.
 *
 * @param {Visitor} shopper
 * @param {House} house
 * @param {Shoot} shoot
 * @param {string} email of a customer whose order was delivered
 * @returns {Promise<Frame>} her chat
 */
export async function shootServed(shopper, house, shoot, email) {
  const { page } = shopper;
  const chat = await openChat(page, house);
  const waiting = () => chat.locator(".deed[data-state=open]").last();
  await ask(chat, "do you have the linen shirt in blue, size M?");
  await shoot(page, "served-product");
  await ask(chat, "compare the linen shirt with the linen napkins");
  await shoot(page, "served-comparison");
  await ask(chat, "put the linen shirt in blue, size M into my cart");
  await shoot(page, "served-cart");
  await ask(chat, "where is my order?");
  await shoot(page, "served-prove");
  await chat.getByRole("button", { name: "Confirm my e-mail address" }).click();
  await chat.locator("#prove-email").fill(email);
  await chat.getByRole("button", { name: "Send code" }).click();
  await chat.locator("#prove-digits").waitFor();
  await chat.locator("#prove-digits").fill(await mailedCode(shopper, house, email));
  await chat.locator("#prove").getByRole("button", { name: "Confirm" }).click();
  await chat.locator(".order-shown").first().waitFor();
  await shoot(page, "served-order");
  await ask(chat, "I'd like to check out");
  if (!(await waiting().count())) await ask(chat, "Standard delivery");
  await shoot(page, "served-proposal");
  await chat.evaluate(() => (/** @type {HTMLElement} */ (document.getElementById("scroller")).scrollTop -= 320));
  await shoot(page, "served-proposal-top");
  /** @type {import("playwright-core").Route | undefined} */
  let held;
  await shopper.context.route("**/confirm", (route) => void (held = route));
  await waiting().getByRole("button", { name: "Order and pay" }).click();
  await shoot(page, "served-busy");
  await held?.abort();
  await chat.getByText("nothing is done twice").waitFor();
  await shoot(page, "served-no-answer");
  await shopper.context.unrouteAll();
  await waiting().getByRole("button", { name: "Order and pay" }).click();
  await chat.locator("#log a.pay").waitFor();
  await chat.locator(".outcome").waitFor();
  await shoot(page, "served-bought");
  await ask(chat, "I want to return something from my delivered order");
  if (!(await waiting().count())) await ask(chat, "all of it");
  await shoot(page, "served-step-up");
  await waiting().getByRole("button", { name: "Mail me a code" }).click();
  await chat.locator("#log input").waitFor();
  await waiting().getByRole("button", { name: "Confirm", exact: true }).click();
  await chat.getByText("Please enter the six digits").waitFor();
  await shoot(page, "served-code");
  await waiting().getByRole("button", { name: "Not now" }).click();
  await shoot(page, "served-left");
  await page.reload();
  await clickLauncher(page);
  const later = await chatFrame(page);
  await later.locator(".deed[data-state=done]").first().waitFor();
  await shoot(page, "served-reload");
  return later;
}

/**
 * @param {Page} page of staff
 * @param {House} house
 * @param {Frame} chat the shopper's
 * @param {Shoot} shoot
 */
export async function shootServedAtDesk(page, house, chat, shoot) {
  await openConversation(page, house, chat);
  await page.locator(".shown-card").first().waitFor();
  await shoot(page, "desk-served", true);
}
