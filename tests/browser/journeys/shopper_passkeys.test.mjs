// A shopper's passkey: offered after the first mailed code, signs her in, confirms exactly one proposal, is listed and
// removed; and the window in which it is used talks to the frame that opened it and to nobody else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deviceOf, inTheWindow, makePasskey, openDevices, proveAddress } from "../device.mjs";
import { ask, audit, call, newVisitor, openBrowser, openChat, openHouse, waitingCard } from "../harness.mjs";

const EMAIL = "emre.hoffmann@example.com";

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

test("offered after the first code, it signs in without one, and is listed", async () => {
  const shopper = await newVisitor(browser);
  const device = deviceOf(shopper.context);
  const chat = await openChat(shopper.page, house);
  await proveAddress(shopper, house, chat, EMAIL);
  await chat.getByText("Next time without a code").waitFor();
  await audit(chat, "the offer of a passkey");
  const create = () => chat.getByRole("button", { name: "Create a passkey" }).click();
  const codes = await makePasskey(shopper, device, create, async (window) => {
    await window.getByRole("heading", { name: "Create a passkey" }).waitFor();
    await audit(window, "the window of a passkey");
  });
  assert.equal(codes.length, 10);
  await chat.locator("#prove").waitFor({ state: "hidden" });
  assert.equal(device.known.length, 1);
  const session = await chat.evaluate(async () => (await fetch("/v1/session")).json());
  assert.deepEqual([session.level, session.passkey], ["session", true]);
  const mails = await (await fetch(`${house.origin}/demo/mailbox`)).text();
  assert.match(mails, /A passkey was added to your account/);

  // Away, and back without a mailbox.
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Forget this device" }).click();
  await chat.locator("#forget-confirm").click();
  await chat.getByText("This device has been forgotten.").waitFor();
  await chat.locator("#ended-again").click();
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Continue by e-mail" }).click();
  await inTheWindow(shopper, device, () => chat.getByRole("button", { name: "Sign in with a passkey" }).click());
  await chat.locator("#prove").waitFor({ state: "hidden" });
  await openDevices(chat);
  await audit(chat, "sign-in and devices");
  assert.equal(await chat.locator("#devices-passkeys li").count(), 1);
  await chat.locator("#devices-passkeys").getByText("Your only passkey").waitFor();
  await chat.locator("#devices-sessions").getByText("This device").waitFor();
  await chat.locator("#devices-close").click();

  // A changed address: she signs exactly what the card shows, and no code is mailed.
  await ask(chat, "Please change my default address to Elm Lane 2, 10115 Berlin, Germany");
  const card = waitingCard(chat).last();
  const shown = await card.locator(".effect li span:first-child").allInnerTexts();
  assert.ok(shown.length > 0);
  await inTheWindow(shopper, device, () => card.getByRole("button", { name: "Confirm with your passkey" }).click(), async (window) => {
    await window.getByText("Your passkey signs exactly this, and nothing else:").waitFor();
    const said = await window.locator("#effect li").allInnerTexts();
    for (const line of shown) assert.ok(said.some((one) => one.includes(line)), `${line} is in the window: ${said.join(" | ")}`);
    await audit(window, "a proposal is signed");
  });
  await chat.locator(".outcome").last().waitFor();
  const { addresses } = await call(chat, "get_profile");
  assert.ok(addresses.some((/** @type {any} */ one) => one.default && one.line1 === "Elm Lane 2"), JSON.stringify(addresses));
  shopper.assertCalm();
});

test("whoever closes the window or declines is told so, and nothing has happened", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await proveAddress(shopper, house, chat, "mara.own@example.com");
  await chat.getByText("Next time without a code").waitFor();
  const opened = shopper.context.waitForEvent("page");
  await chat.getByRole("button", { name: "Create a passkey" }).click();
  const window = await opened;
  await window.getByRole("button", { name: "Continue" }).waitFor();
  // No device is plugged in here: the browser finds none.
  await window.getByRole("button", { name: "Close" }).click();
  await chat.getByText("The window was closed before it was done.").waitFor();
  await chat.locator("#prove").getByRole("button", { name: "Not now" }).click();
  await chat.locator("#prove").waitFor({ state: "hidden" });
  shopper.assertCalm();
});

test("the window answers nobody but the frame that opened it", async () => {
  const shopper = await newVisitor(browser);
  const page = await shopper.context.newPage();
  const address = `${house.origin}/widget/v1/passkey?shop=demo&locale=en`;
  await page.goto(address);
  await page.getByRole("heading", { name: "This window belongs to a chat." }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Continue" }).isVisible(), false);
  // A page elsewhere opens it and asks: its words are not heard, and it hears nothing.
  const foreign = await shopper.context.newPage();
  await foreign.goto(house.shopPage);
  const [opened] = await Promise.all([
    shopper.context.waitForEvent("page"),
    foreign.evaluate((where) => {
      /** @type {string[]} */
      const heard = [];
      Object.assign(window, { heard });
      addEventListener("message", ({ origin, data }) => void (data?.parlour === "passkey" && heard.push(origin)));
      const opened = window.open(where, "stolen");
      setInterval(() => opened?.postMessage({ parlour: "passkey", step: "ask", mode: "get", options: { challenge: "AAAA", rpId: "localhost" } }, "*"), 50);
    }, address),
  ]);
  await opened.getByRole("heading", { name: "This window belongs to a chat." }).waitFor();
  await opened.waitForTimeout(500);
  assert.equal(await opened.getByRole("button", { name: "Continue" }).isVisible(), false);
  assert.deepEqual(await foreign.evaluate(() => /** @type {any} */ (window).heard), []);
});
