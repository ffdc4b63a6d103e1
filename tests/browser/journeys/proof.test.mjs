// A shopper proves her address with a mailed code, and finds her conversation on another device.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, newVisitor, openBrowser, openChat, openHouse, shownTurns, declinePasskey } from "../harness.mjs";

/** @import { Browser, Frame } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

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

const ADDRESS = "robin@example.com";

/** @param {Frame} chat @param {string} address */
async function askForCode(chat, address) {
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Continue by e-mail" }).click();
  await chat.getByLabel("E-mail address").fill(address);
  await chat.getByRole("button", { name: "Send code" }).click();
  await chat.getByLabel("Code from the mail").waitFor();
}

/** @param {Visitor} visitor @param {string} address reads the newest mail to the address */
async function readCode(visitor, address) {
  const mailbox = await visitor.context.newPage();
  await mailbox.goto(`${house.origin}/demo/mailbox`);
  const mail = mailbox.locator(".mail", { hasText: address }).first();
  const code = /\b\d{6}\b/.exec((await mail.innerText()) ?? "")?.[0];
  await mailbox.close();
  assert.ok(code, "the mail holds a code of six digits");
  return code;
}

/** @param {Frame} chat @param {string} code */
async function enterCode(chat, code) {
  await chat.getByLabel("Code from the mail").fill(code);
  await chat.getByRole("button", { name: "Confirm" }).click();
}

function withResolvers() {
  /** @type {() => void} */
  let resolve = () => undefined;
  const promise = new Promise((/** @type {(value: void) => void} */ done) => (resolve = done));
  return { promise, resolve };
}

test("a mailed code carries the conversation to a second device", async () => {
  const first = await newVisitor(browser);
  const chat = await openChat(first.page, house);
  await ask(chat, "How do returns work?");
  const guest = (await first.context.cookies())[0]?.value;

  await askForCode(chat, ADDRESS);
  const code = await readCode(first, ADDRESS);
  // What goes on after a refusal takes longer than she does: the next try is not lost to it.
  const { promise: tried, resolve: tryAgain } = withResolvers();
  await first.context.route("**/turns?*", async (route) => {
    await tried;
    await route.continue();
  });
  await enterCode(chat, code === "000000" ? "000001" : "000000");
  await chat.locator("#prove-digits-error:not(:empty)").waitFor();
  assert.equal(await chat.getByLabel("Code from the mail").getAttribute("aria-invalid"), "true");
  await enterCode(chat, code);
  tryAgain();
  await chat.getByText("This chat now belongs to").waitFor();
  await first.context.unrouteAll({ behavior: "wait" });
  await declinePasskey(chat);
  const proved = (await first.context.cookies())[0]?.value;
  assert.ok(proved);
  assert.notEqual(proved, guest, "a proof makes a new session");
  const session = await chat.evaluate(async () => (await fetch("/v1/session")).json());
  assert.equal(session.level, "session");
  assert.equal(JSON.stringify(session).includes(ADDRESS), false, "the address is masked");
  // The line and the outbox go on with the new session.
  await ask(chat, "How can I pay?");

  const second = await newVisitor(browser);
  const elsewhere = await openChat(second.page, house);
  await askForCode(elsewhere, ADDRESS);
  await enterCode(elsewhere, await readCode(second, ADDRESS));
  await elsewhere.getByText("This chat now belongs to").waitFor();
  await declinePasskey(elsewhere);
  const there = await shownTurns(chat);
  await elsewhere.locator(`.turn[data-position="${there.at(-1)?.position}"]`).waitFor();
  assert.deepEqual(
    (await shownTurns(elsewhere)).map(({ position, author, text }) => [position, author, text]),
    there.map(({ position, author, text }) => [position, author, text]),
  );
  // And live from then on.
  await ask(elsewhere, "How long does delivery take?");
  await chat.locator(".turn.shopper", { hasText: "How long does delivery take?" }).waitFor();
});

test("somebody with another address does not find it", async () => {
  const stranger = await newVisitor(browser);
  const chat = await openChat(stranger.page, house);
  await askForCode(chat, "kim@example.org");
  await enterCode(chat, await readCode(stranger, "kim@example.org"));
  await chat.getByText("This chat now belongs to").waitFor();
  const list = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
  assert.deepEqual(list.conversations, []);
});

test("what is no address is said at the field", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Continue by e-mail" }).click();
  await chat.getByLabel("E-mail address").fill("not an address");
  await chat.getByRole("button", { name: "Send code" }).click();
  await chat.getByText("Please enter your e-mail address").waitFor();
  assert.deepEqual(await shopper.context.cookies(), []);
});
