// Nothing is lost and nothing doubled: reload, no network, and a server that dies in the middle.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  chatFrame,
  clickLauncher,
  eventually,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  reply,
  shownTurns,
  signIn,
  storedTurns,
  write,
} from "../harness.mjs";

/** @import { Browser, Frame } from "playwright-core" */
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

/** @param {Frame} chat waits until nothing is on its way and everything stored is shown, once and in order */
async function assertComplete(chat) {
  await chat.waitForFunction(() => !document.querySelector(".turn.pending"));
  /** @param {{ position: number }[]} turns */
  const positions = (turns) => turns.map((turn) => turn.position).join();
  /** @type {string[]} */
  let last = [];
  return eventually(
    "what is stored is shown",
    async () => {
      const stored = await storedTurns(chat);
      last = [positions(await shownTurns(chat)), positions(stored)];
      return last[0] === last[1] && stored;
    },
    () => `: shown ${last[0]}, stored ${last[1]}`,
  );
}

/**
 * @param {{ text: string, author: string }[]} turns
 * @param {string} text
 */
const times = (turns, text) => turns.filter((turn) => turn.author === "shopper" && turn.text === text).length;

test("a reload keeps the history", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  await ask(chat, "How long does delivery take?");
  const earlier = await shownTurns(chat);

  await shopper.page.reload();
  await clickLauncher(shopper.page);
  const again = await chatFrame(shopper.page);
  await again.locator(".turn").nth(earlier.length - 1).waitFor();
  assert.deepEqual(await shownTurns(again), earlier);
  await ask(again, "How can I pay?");
  const stored = await assertComplete(again);
  assert.equal(stored.filter((turn) => turn.author === "shopper").length, 3, "it is one conversation");
  shopper.assertCalm();
});

test("what is written offline waits, and arrives once and in order", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");

  await shopper.context.setOffline(true);
  await chat.getByText("You are offline.").waitFor();
  const texts = ["First thing written offline", "Second thing written offline", "Third thing written offline"];
  for (const text of texts) await write(chat, text);
  await chat.getByText("Waiting to be sent").nth(2).waitFor();
  assert.equal(await chat.locator(".turn.pending").count(), 3);

  await shopper.context.setOffline(false);
  await chat.getByText("You are offline.").waitFor({ state: "detached" });
  const stored = await assertComplete(chat);
  assert.deepEqual(
    stored.filter((turn) => turn.author === "shopper").map((turn) => turn.text).slice(1),
    texts,
  );
});

test("an answer that was lost on its way: the message is sent again with its id and stored once", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  /** @type {string[]} */
  const puts = [];
  let broken = true;
  await shopper.context.route("**/v1/conversations/*/messages/*", async (route) => {
    puts.push(route.request().url());
    if (!broken) return route.continue();
    broken = false;
    // The server gets and stores it; the browser never hears of it.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await ask(chat, "Is this stored once?");
  const stored = await assertComplete(chat);
  assert.equal(puts.length, 2);
  assert.equal(puts[0], puts[1]);
  assert.equal(times(stored, "Is this stored once?"), 1);
});

test("a message that the server refuses can be tried again", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  let refuse = true;
  await shopper.context.route("**/v1/conversations/*/messages/*", (route) =>
    refuse
      ? route.fulfill({
          status: 422,
          contentType: "application/problem+json",
          body: JSON.stringify({ status: 422, code: "bad_argument", detail: "the text cannot be taken" }),
        })
      : route.continue(),
  );
  await write(chat, "Refused at first");
  await chat.getByText("Not sent.").waitFor();
  refuse = false;
  await chat.getByRole("button", { name: "Try again" }).click();
  await chat.locator(".turn.ai").waitFor();
  assert.equal(times(await assertComplete(chat), "Refused at first"), 1);
});

test("the server dies in the middle: both windows come back, nothing lost, nothing doubled", async () => {
  const shopper = await newVisitor(browser);
  const agent = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  await chat.locator("#person").click();
  await chat.getByText("Waiting for a person").waitFor();
  await signIn(agent.page, await house.signInLink());
  await openConversation(agent.page, house, chat);
  await agent.page.getByRole("button", { name: "Take over" }).click();
  await reply(agent.page, "I am with you");
  await chat.locator(".turn.human", { hasText: "I am with you" }).waitFor();

  await house.stop("SIGKILL");
  await write(chat, "Written while the server was down");
  await agent.page.fill("#writing", "Answered while the server was down");
  await agent.page.press("#writing", "Enter");
  await chat.locator(".turn.pending").waitFor();
  await house.start();

  await agent.page.locator(".turn.shopper", { hasText: "Written while the server was down" }).waitFor();
  await chat.locator(".turn.human", { hasText: "Answered while the server was down" }).waitFor();
  await write(chat, "And after it");
  await agent.page.locator(".turn.shopper", { hasText: "And after it" }).waitFor();
  await reply(agent.page, "Still here");
  await chat.locator(".turn.human", { hasText: "Still here" }).waitFor();

  const stored = await assertComplete(chat);
  for (const text of ["Written while the server was down", "And after it"]) assert.equal(times(stored, text), 1);
  for (const text of ["I am with you", "Answered while the server was down", "Still here"]) {
    assert.equal(stored.filter((turn) => turn.author === "human" && turn.text === text).length, 1);
  }
  const positions = (/** @type {{ position: number }[]} */ turns) => turns.map((turn) => turn.position).join();
  await eventually("the agent sees the same", async () => positions(await shownTurns(agent.page)) === positions(stored));
});

test("what the shopper wrote just before the agent's reply is not passed over", async () => {
  const shopper = await newVisitor(browser);
  const agent = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  await chat.locator("#person").click();
  await chat.getByText("Waiting for a person").waitFor();
  await signIn(agent.page, await house.signInLink());
  await openConversation(agent.page, house, chat);
  await agent.page.getByRole("button", { name: "Take over" }).click();
  await reply(agent.page, "I am here");
  await chat.locator(".turn.human", { hasText: "I am here" }).waitFor();
  // The agent's page hears nothing new for a while; only what it sends gets through.
  await agent.context.route("**/turns?after=*", (route) => route.abort());
  await write(chat, "One more thing");
  await chat.locator(".turn.shopper:not(.pending)", { hasText: "One more thing" }).waitFor();
  await agent.page.fill("#writing", "Here is my answer");
  await agent.page.press("#writing", "Enter");
  await agent.page.locator(".turn.human", { hasText: "Here is my answer" }).waitFor();
  await agent.context.unrouteAll();
  await write(chat, "And another");
  await agent.page.locator(".turn.shopper", { hasText: "And another" }).waitFor();
  await agent.page.locator(".turn.shopper", { hasText: "One more thing" }).waitFor();
  const shown = (await shownTurns(agent.page)).map((turn) => turn.position);
  assert.deepEqual(shown, [...shown].sort((one, other) => one - other));
});

test("forgetting the device ends the session and clears the screen and the cookie", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Forget this device" }).click();
  await chat.locator("#forget-confirm").click();
  await chat.getByText("This device has been forgotten.").waitFor();
  await chat.locator(".turn").first().waitFor({ state: "detached" });
  assert.deepEqual(await shopper.context.cookies(), []);
  await chat.getByRole("button", { name: "Start a new chat" }).click();
  await ask(chat, "How can I pay?");
  assert.equal((await assertComplete(chat)).filter((turn) => turn.author === "shopper").length, 1);
});

test("a session that ended elsewhere is noticed, and what was written is kept for the new one", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  await shopper.context.clearCookies();
  await write(chat, "Written too late");
  await chat.getByText("This chat has ended").waitFor();
  await chat.locator(".turn").first().waitFor({ state: "detached" });
  await chat.getByRole("button", { name: "Start a new chat" }).click();
  await eventually("what was written is in the new chat's field", async () => (await chat.locator("#message").inputValue()) === "Written too late");
});
