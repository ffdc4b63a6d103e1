// Pictures of the chat, of what the assistant shows and does in it, and of its languages.

import { ask, chatFrame, clickLauncher, declinePasskey, mailedCode, openChat, openConversation, waitForLauncher, write } from "./harness.mjs";

/** @import { Walk } from "./screen_walk.mjs" */

/** A customer of the sample shop whose order was delivered. */
const KNOWN = "emre.hoffmann@example.com";

/**
 * A known customer is served in the chat; staff read it.
 *
 * @param {Walk} walk
 */
export async function shootServed({ house, shoot, shopper: arrive, staff }) {
  const shopper = await arrive();
  const { page } = shopper;
  const chat = await openChat(page, house);
  const waiting = () => chat.locator(".deed[data-state=open]").last();
  await ask(chat, "show me mugs under 40 euros");
  await chat.locator("#log .good").first().waitFor();
  await shoot(page, "served-goods");
  await ask(chat, "do you have the linen shirt in blue, size M?");
  await shoot(page, "served-product");
  await ask(chat, "compare the linen shirt with the linen napkins");
  await shoot(page, "served-comparison");
  await ask(chat, "put the linen shirt in blue, size M into my cart");
  await shoot(page, "served-cart");
  await ask(chat, "where is my order?");
  await shoot(page, "served-prove");
  await chat.getByRole("button", { name: "Confirm my e-mail address" }).click();
  await chat.locator("#prove-email").fill(KNOWN);
  await chat.getByRole("button", { name: "Send code" }).click();
  await chat.locator("#prove-digits").waitFor();
  await chat.locator("#prove-digits").fill(await mailedCode(shopper, house, KNOWN));
  await chat.locator("#prove").getByRole("button", { name: "Confirm" }).click();
  await shoot(page, "prove-passkey");
  await declinePasskey(chat);
  await chat.locator(".order-shown").first().waitFor();
  await shoot(page, "served-order");
  await ask(chat, "I'd like to check out");
  if (!(await waiting().count())) {
    await shoot(page, "chat-choices");
    await ask(chat, "Standard delivery");
  }
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

  const desk = (await staff()).page;
  await openConversation(desk, house, later);
  await desk.locator(".shown-card").first().waitFor();
  await shoot(desk, "conversation-served", true);
}

/** @param {Walk} walk */
export async function shootChat({ house, shoot, shopper: arrive }) {
  const { page, context } = await arrive();
  await page.goto(house.shopPage);
  await waitForLauncher(page);
  await clickLauncher(page);
  const chat = await chatFrame(page);
  await shoot(page, "chat-empty");
  await chat.getByText("Read the full privacy notice").click();
  await chat.getByRole("heading", { name: "Your rights" }).waitFor();
  await shoot(page, "chat-notice");
  await chat.getByText("Read the full privacy notice").click();
  await ask(chat, "How do returns work?");
  await shoot(page, "chat-answer");
  await context.route("**/messages/*", () => undefined);
  await write(chat, "And how long does the refund take? I sent two shirts back last Thursday, and the label said that they arrived.");
  await chat.locator("#typing").waitFor();
  await shoot(page, "chat-typing");
  await context.unrouteAll({ behavior: "ignoreErrors" });
  await context.setOffline(true);
  await chat.getByText("You are offline.").waitFor();
  await shoot(page, "chat-offline");
  await context.setOffline(false);
  await page.reload();
  await clickLauncher(page);
  const later = await chatFrame(page);
  await later.locator(".turn.ai").first().waitFor();
  await context.route("**/messages/*", (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/problem+json",
      body: JSON.stringify({ status: 422, code: "bad_argument", detail: "the text cannot be taken" }),
    }),
  );
  await write(later, "My card is 4111 1111 1111 1111");
  await later.getByText("Not sent.").waitFor();
  await shoot(page, "chat-failed-and-card");
  await context.unrouteAll();
  await later.getByRole("button", { name: "Try again" }).click();
  await later.locator("#person").click();
  await later.getByText("Waiting for a person").waitFor();
  await shoot(page, "chat-waiting");
  await later.getByRole("button", { name: "Options" }).click();
  await shoot(page, "chat-options");
  await later.getByRole("button", { name: "Continue by e-mail" }).click();
  await later.getByRole("button", { name: "Send code" }).click();
  await shoot(page, "chat-proof");
  await later.locator("#prove-email").fill("robin@example.com");
  await later.getByRole("button", { name: "Send code" }).click();
  await later.getByLabel("Code from the mail").waitFor();
  await shoot(page, "chat-proof-code");
  await page.keyboard.press("Escape");
  await later.getByRole("button", { name: "Options" }).click();
  await later.getByRole("button", { name: "Forget this device" }).click();
  await shoot(page, "chat-forget");
  await later.locator("#forget-confirm").click();
  await later.getByText("This device has been forgotten.").waitFor();
  await shoot(page, "chat-forgotten");

  // The house does not answer any more.
  const visitor = await arrive();
  const late = await openChat(visitor.page, house);
  // What is taken out before a message is sent is fetched when somebody begins to write.
  await ask(late, "Hello");
  await house.stop();
  await write(late, "Is anybody there?");
  await late.locator(".turn.pending").waitFor();
  await late.locator("#bar:not(:empty)").waitFor();
  await shoot(visitor.page, "chat-unreachable");
  await visitor.page.goto("about:blank");
  await house.start();
}

/** @param {Walk} walk */
export async function shootTongues({ house, shoot, shopper: arrive }) {
  for (const [name, locale, question] of /** @type {const} */ ([
    ["chat-right-to-left", "ar-XB", "How do returns work?"],
    ["chat-german", "de", "Wie funktioniert eine Rückgabe?"],
  ])) {
    const { page } = await arrive();
    await page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=${locale}`);
    const chat = await chatFrame(page);
    await ask(chat, question);
    await ask(chat, name === "chat-german" ? "Zeig mir Tassen" : "show me mugs");
    await shoot(page, name);
  }
}
