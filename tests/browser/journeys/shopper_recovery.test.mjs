// A shopper loses the device that has her passkey: with a code by mail and a recovery code she is in again, whoever has the
// device is out, and a new passkey takes the place of the lost one. Without a code she waits, and whoever has the passkey
// stops it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deviceOf, inTheWindow, keepCodes, makePasskey, openDevices, proveAddress } from "../device.mjs";
import { ask, audit, newVisitor, openBrowser, openChat, openHouse } from "../harness.mjs";

/** @import { Frame } from "playwright-core" */
/** @import { Visitor } from "../harness.mjs" */

/** @type {Awaited<ReturnType<typeof openHouse>>} */
let house;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
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
const create = (chat) => () => chat.getByRole("button", { name: "Create a passkey" }).click();

/**
 * A shopper with a passkey, signed in by it.
 *
 * @param {string} address
 * @param {(window: import("playwright-core").Page) => Promise<void>} [look] at the codes
 */
async function enrolled(address, look) {
  const shopper = await newVisitor(browser);
  const device = deviceOf(shopper.context);
  const chat = await openChat(shopper.page, house);
  await proveAddress(shopper, house, chat, address);
  const codes = await makePasskey(shopper, device, create(chat), undefined, look);
  await chat.locator("#prove").waitFor({ state: "hidden" });
  return { shopper, device, chat, codes };
}

/**
 * Proves the address, and says that the device is lost.
 *
 * @param {Visitor} visitor
 * @param {Frame} chat
 * @param {string} address
 */
async function loseDevice(visitor, chat, address) {
  await proveAddress(visitor, house, chat, address);
  await chat.getByRole("button", { name: "I lost my device" }).click();
  await chat.locator("#recovery-code").waitFor();
}

/** @param {Frame} chat @param {string} code */
async function giveCode(chat, code) {
  await chat.locator("#recovery-code").fill(code);
  await chat.locator("#prove-recovery").getByRole("button", { name: "Get back in", exact: true }).click();
}

/** @param {Frame} chat @returns {Promise<{ level: string, passkey: boolean }>} */
const sessionOf = (chat) => chat.evaluate(async () => (await fetch("/v1/session")).json());

test("lost with the device, she is in again by mail and code, and whoever has the device is out", async () => {
  const EMAIL = "noor.lost@example.com";
  const { shopper: old, chat: thief, codes } = await enrolled(EMAIL, async (window) => {
    await audit(window, "recovery codes");
    const saved = window.waitForEvent("download");
    await window.getByRole("link", { name: "Save as a file" }).click();
    const file = await saved;
    assert.equal(file.suggestedFilename(), "recovery-codes.txt");
    await window.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await window.getByRole("button", { name: "Copy" }).click();
    await window.getByText("Copied").waitFor();
    const copied = await window.evaluate(() => navigator.clipboard.readText());
    for (const code of await window.locator("#codes li").allInnerTexts()) assert.ok(copied.includes(code));
  });
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  await ask(thief, "How do returns work?");
  const first = codes[0] ?? "";

  // Another browser, without the device.
  const shopper = await newVisitor(browser);
  const device = deviceOf(shopper.context);
  const chat = await openChat(shopper.page, house);
  await loseDevice(shopper, chat, EMAIL);
  await audit(chat, "a lost device");
  await giveCode(chat, "1234");
  await chat.getByText("A recovery code has ten letters and digits, such as 7KQ2M-9XTRD.").waitFor();
  await giveCode(chat, "00000-00000");
  await chat.getByText("This did not get you back in").waitFor();
  assert.equal((await sessionOf(chat)).level, "address");
  // As somebody types it who copies it from paper.
  await giveCode(chat, ` ${first.toLowerCase().replace("-", " ")} `);
  await chat.getByText("You are in again.").waitFor();
  await audit(chat, "in again");
  assert.equal((await sessionOf(chat)).level, "session");

  // The other browser is signed out, and is told so.
  await thief.getByText("This chat has ended").waitFor();

  // A new passkey at once; the nine other codes stay.
  await inTheWindow(shopper, device, create(chat));
  await chat.locator("#prove").waitFor({ state: "hidden" });
  await openDevices(chat);
  await chat.getByText("9 codes left").waitFor();
  await audit(chat, "devices, with recovery codes");
  // The lost one goes.
  const lost = chat.locator("#devices-passkeys li").first();
  await lost.getByRole("button", { name: "Remove" }).click();
  await lost.getByRole("button", { name: "Remove for good" }).click();
  await chat.locator("#devices-passkeys").getByText("Your only passkey").waitFor();

  // New codes take the place of the old ones.
  await chat.getByRole("button", { name: "Make new codes" }).click();
  const opened = shopper.context.waitForEvent("page");
  await chat.getByRole("button", { name: "Make new ones; the old ones end" }).click();
  const made = await keepCodes(await opened);
  assert.equal(made.filter((code) => codes.includes(code)).length, 0);
  await chat.getByText("10 codes left").waitFor();
  await chat.locator("#devices-close").click();

  // A used code, and one from before, get nobody in.
  const other = await newVisitor(browser);
  const again = await openChat(other.page, house);
  await loseDevice(other, again, EMAIL);
  for (const code of [first, codes[1] ?? ""]) {
    await giveCode(again, code);
    await again.locator("#recovery-code-error").getByText("This did not get you back in").waitFor();
  }
  assert.equal((await sessionOf(chat)).level, "session", "nobody is out by a refused try");
  const mails = await (await fetch(`${house.origin}/demo/mailbox`)).text();
  assert.match(mails, /A recovery code was used for your account/);
  assert.match(mails, /New recovery codes for your account/);
  for (const visitor of [old, shopper, other]) visitor.assertCalm();
});

test("without a code she waits and is told, and whoever has the passkey stops it", async () => {
  const EMAIL = "iris.waits@example.com";
  const { shopper: owner, device, chat: hers } = await enrolled(EMAIL);
  const stranger = await newVisitor(browser);
  const chat = await openChat(stranger.page, house);
  await loseDevice(stranger, chat, EMAIL);
  await chat.getByRole("button", { name: "Ask to get back in" }).click();
  await chat.getByText("You get back in from").waitFor();
  await audit(chat, "waiting to get back in");
  const mails = await (await fetch(`${house.origin}/demo/mailbox`)).text();
  assert.match(mails, /Somebody asks to get back in to your account/);
  // Nothing shortens it.
  const early = await chat.evaluate(async () => {
    const headers = { "Content-Type": "application/json", "X-Parlour": "1" };
    return (await (await fetch("/v1/recovery/session", { method: "POST", headers, body: "{}" })).json()).code;
  });
  assert.equal(early, "recovery_waits");

  // She sees it where she is signed in, and stops it there.
  await openDevices(hers);
  await hers.getByText("asked to get in without your passkey").waitFor();
  await audit(hers, "somebody waits");
  await hers.locator("#devices-waiting").getByRole("button", { name: "Stop it" }).click();
  await hers.locator("#devices-waiting").getByRole("button").waitFor({ state: "detached" });
  await hers.locator("#devices-close").click();

  // Asked once more, her passkey alone ends it: she signs in.
  const asking = () => chat.evaluate(async () => {
    const headers = { "Content-Type": "application/json", "X-Parlour": "1" };
    return (await fetch("/v1/recovery", { method: "POST", headers, body: "{}" })).status;
  });
  assert.equal(await asking(), 202);
  const elsewhere = await openChat(await owner.context.newPage(), house);
  await elsewhere.getByRole("button", { name: "Options" }).click();
  await elsewhere.getByRole("button", { name: "Forget this device" }).click();
  await elsewhere.locator("#forget-confirm").click();
  await elsewhere.locator("#ended-again").click();
  await elsewhere.getByRole("button", { name: "Options" }).click();
  await elsewhere.getByRole("button", { name: "Continue by e-mail" }).click();
  await inTheWindow(owner, device, () => elsewhere.getByRole("button", { name: "Sign in with a passkey" }).click());
  await elsewhere.locator("#prove").waitFor({ state: "hidden" });
  const waiting = await chat.evaluate(async () => (await (await fetch("/v1/recovery")).json()).waiting);
  assert.equal(waiting, undefined);

  // And who asked stops it where she asked.
  assert.equal(await asking(), 202);
  await chat.locator("#prove-close").click();
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Continue by e-mail" }).click();
  await chat.getByRole("button", { name: "I lost my device" }).click();
  await chat.locator("#prove-recovery").getByRole("button", { name: "Stop it" }).click();
  await chat.getByText("It is stopped.").waitFor();
  stranger.assertCalm();
});
