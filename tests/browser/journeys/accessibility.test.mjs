// Everybody can use it: no axe violation on any screen in either scheme, and both main journeys
// with the keyboard alone (D27).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  ask,
  audit,
  cardsAreDrawn,
  chatFrame,
  clickLauncher,
  launcherState,
  moveTo,
  newVisitor,
  openBrowser,
  openHouse,
  reply,
  signIn,
  withDevice,
  waitForLauncher,
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

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  describe(`axe, ${colorScheme}`, () => {
    test("the shop's page and the chat", async () => {
      const shopper = await newVisitor(browser, { colorScheme });
      const { page } = shopper;
      // axe cannot look into a closed root: for this audit the launcher's is left open.
      await page.addInitScript(() => {
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (options) {
          return attach.call(this, { ...options, mode: "open" });
        };
      });
      await page.goto(house.shopPage);
      await waitForLauncher(page);
      await audit(page, "shop, chat closed");
      await clickLauncher(page);
      const chat = await chatFrame(page);
      await audit(page, "shop, chat open");
      await audit(chat, "chat, before the first message");
      await chat.getByText("Read the full privacy notice").click();
      await chat.getByRole("heading", { name: "Your rights" }).waitFor();
      await audit(chat, "chat, notice open");
      await ask(chat, "How do returns work?");
      // What was pressed and is on its way is read as well.
      /** @type {() => void} */
      let release = () => undefined;
      const held = new Promise((resolve) => (release = () => resolve(undefined)));
      await page.route("**/person", (route) => held.then(() => route.continue()));
      await chat.locator("#person").click();
      await chat.locator("#person[aria-busy=true]").waitFor();
      await audit(chat, "chat, a person is being asked for");
      release();
      await chat.getByText("Waiting for a person").waitFor();
      await audit(chat, "chat, waiting for a person");
      await chat.getByRole("button", { name: "Options" }).click();
      await audit(chat, "chat, options");
      await chat.getByRole("button", { name: "Continue by e-mail" }).click();
      await chat.getByRole("button", { name: "Send code" }).click();
      await audit(chat, "chat, proof with a complaint");
      await page.keyboard.press("Escape");
      await shopper.context.setOffline(true);
      await chat.fill("#message", "Written offline");
      await chat.press("#message", "Enter");
      await chat.getByText("Waiting to be sent").waitFor();
      await audit(chat, "chat, offline");
    });

    test("the console", async () => {
      const agent = await newVisitor(browser, { colorScheme });
      const { page } = agent;
      await page.goto(`${house.origin}/console/sign-in`);
      await audit(page, "sign-in without a link");
      await page.goto(`${house.origin}/console/sign-in#token-that-never-was`);
      await page.getByRole("button", { name: "Create a passkey" }).waitFor();
      await audit(page, "sign-in with a link");
      await page.getByRole("button", { name: "Create a passkey" }).click();
      await page.getByText("This link does not work any more").waitFor();
      await audit(page, "sign-in with a spent link");
      await page.goto(`${house.origin}/demo/mailbox`);
      await audit(page, "demo mailbox");

      // The printed link is for one use: each scheme starts the house anew for its own.
      await signIn(page, await house.renewSignInLink());
      await page.locator("#queue:not([aria-busy])").waitFor();
      await audit(page, "inbox");
      await page.locator("#queue a.row").first().click();
      await page.waitForSelector("#conversation:not([aria-busy])");
      await audit(page, "conversation, not yet taken");
      await page.getByRole("button", { name: "Take over" }).click();
      await page.locator("#state", { hasText: "With you" }).waitFor();
      await reply(page, "Good morning");
      await page.getByRole("button", { name: "Internal note" }).click();
      await page.fill("#writing", "A note");
      await page.getByRole("button", { name: "Save note" }).click();
      await page.locator("#notes .note").first().waitFor();
      await audit(page, "conversation with reply and note");
      await page.getByRole("button", { name: "Hand back to the assistant" }).click();
      await page.locator("#state", { hasNotText: "With you" }).waitFor();
      await page.goto(`${house.origin}/console/inbox?state=human`);
      await page.getByText("No conversation is with a person.").waitFor();
      await audit(page, "inbox, empty");
      await page.goto(`${house.origin}/console/staff`);
      await page.locator("#people table").waitFor();
      await page.fill("#invite-name", "Robin");
      // While it works, its button is read as well.
      /** @type {() => void} */
      let release = () => undefined;
      const held = new Promise((resolve) => (release = () => resolve(undefined)));
      await page.route("**/v1/staff/people", (route) => held.then(() => route.continue()));
      await page.getByRole("button", { name: "Create sign-in link" }).click();
      await page.locator("#invite[aria-busy=true]").waitFor();
      await audit(page, "staff while a link is made");
      release();
      await page.locator("#invited-link").waitFor();
      await page.locator("#invite:not([aria-busy])").waitFor();
      await audit(page, "staff with a link");
      await page.goto(`${house.origin}/console/ledger`);
      await page.locator(".figures").waitFor();
      await audit(page, "ledger");
      await page.goto(`${house.origin}/console/no-such-page`);
      await audit(page, "error page");
    });
  });
}

test("a shopper with the keyboard alone", async () => {
  const shopper = await newVisitor(browser);
  const { page } = shopper;
  await page.goto(house.shopPage);
  await waitForLauncher(page);
  assert.deepEqual(await launcherState(page), { name: "Open chat", expanded: false });
  await moveTo(page, page, "parlour-chat");
  await page.keyboard.press("Enter");
  const chat = await chatFrame(page);
  await chat.waitForFunction(() => document.hasFocus() && document.activeElement?.id === "message");
  assert.deepEqual(await launcherState(page), { name: "Close chat", expanded: true });

  await page.keyboard.type("How do returns");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("work?");
  await page.keyboard.press("Enter");
  await chat.locator(".turn.ai").waitFor();
  assert.equal(await chat.locator(".turn.shopper .body").first().innerText(), "How do returns\nwork?");

  await moveTo(page, chat, "#person", "Shift+Tab");
  await page.keyboard.press("Enter");
  await chat.getByText("Waiting for a person").waitFor();

  await moveTo(page, chat, "#menu-button", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  // Escape closes the menu first,
  await chat.locator("#menu").waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await moveTo(page, chat, "#menu-prove");
  await page.keyboard.press("Enter");
  await chat.waitForFunction(() => document.activeElement?.id === "prove-email");
  await page.keyboard.press("Escape");
  // then the dialog.
  await chat.locator("dialog[open]").waitFor({ state: "detached" });

  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.localName === "parlour-chat");
  assert.deepEqual(await launcherState(page), { name: "Open chat", expanded: false });
});

test("an agent with the keyboard alone", async () => {
  const agent = await newVisitor(browser);
  const { page } = agent;
  await withDevice(page);
  await page.goto(await house.renewSignInLink());
  await page.waitForFunction(() => document.activeElement?.id === "sign-in");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console$/);
  await page.locator("#overview:not([aria-busy])").waitFor();
  await page.keyboard.type("gi");
  await page.locator("#queue a.row").first().waitFor();
  await moveTo(page, page, "#queue a.row");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#conversation:not([aria-busy])");
  await moveTo(page, page, "#take");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "writing");
  // The answer to what she sends is slow to come back: by then she has gone on, and nothing she did meanwhile is lost.
  await page.route("**/replies/*", async (route) => {
    const response = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.fulfill({ response });
  });
  await page.keyboard.type("Answered by keyboard");
  await page.keyboard.press("Enter");
  await page.locator(".turn.human", { hasText: "Answered by keyboard" }).waitFor();
  await moveTo(page, page, "#return", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator("#state", { hasText: "Assistant" }).waitFor();
});

/**
 * What a screen reader would say by itself from now on: what is added to a live region, or changes in it.
 *
 * @param {Frame} chat
 */
async function listenIn(chat) {
  await chat.evaluate(() => {
    /** @type {string[]} */
    const heard = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const place = target instanceof Element ? target : target.parentElement;
        const region = place?.closest("[aria-live], [role=status], [role=alert], [role=log]");
        if (!region || region.getAttribute("aria-live") === "off" || !region.checkVisibility()) continue;
        heard.push(...(addedNodes.length ? [...addedNodes].map((node) => node.textContent ?? "") : [place?.textContent ?? ""]));
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  /** @param {string} words */
  return (words) => chat.waitForFunction((wanted) => /** @type {any} */ (window).heard.some((/** @type {string} */ one) => one.includes(wanted)), words);
}

/**
 * The newest code mailed to the address, looked up without another window, which would take the focus.
 *
 * @param {string} address
 */
async function codeFor(address) {
  const page = await (await fetch(`${house.origin}/demo/mailbox`)).text();
  const code = /\b\d{6}\b/.exec(page.slice(page.indexOf(address)))?.[0];
  assert.ok(code, "the mail holds a code of six digits");
  return code;
}

test("served by the cards of the chat with the keyboard alone, to the answer of a person, and what is new is heard", async () => {
  const email = "emre.hoffmann@example.com";
  const shopper = await newVisitor(browser);
  const { page } = shopper;
  await page.goto(house.shopPage);
  await waitForLauncher(page);
  await moveTo(page, page, "parlour-chat");
  await page.keyboard.press("Enter");
  const chat = await chatFrame(page);
  await chat.waitForFunction(() => document.hasFocus() && document.activeElement?.id === "message");
  const hears = await listenIn(chat);
  const waiting = ".deed[data-state=open]";
  /** @param {string} text */
  const say = async (text) => {
    const before = await chat.locator(".turn.ai").count();
    if (!(await chat.evaluate(() => document.activeElement?.id === "message"))) await moveTo(page, chat, "#message");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await chat.locator(".turn.ai").nth(before).waitFor();
    await cardsAreDrawn(chat);
  };
  /** @param {string} selector the nearest one before the field that is written in, pressed */
  const press = async (selector) => {
    await moveTo(page, chat, selector, "Shift+Tab");
    await page.keyboard.press("Enter");
  };

  await say("do you have the linen shirt in blue, size M?");
  await hears("is in stock");
  await press(".sheet .primary");
  await hears("Added to your cart.");
  await say("where is my order?");
  await press(".offer .primary");
  await chat.waitForFunction(() => document.activeElement?.id === "prove-email");
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await chat.waitForFunction(() => document.activeElement?.id === "prove-digits");
  await page.keyboard.type(await codeFor(email));
  await page.keyboard.press("Enter");
  // A passkey is offered; another time.
  await chat.waitForFunction(() => document.activeElement?.id === "prove-go");
  await moveTo(page, chat, "#prove-close");
  await page.keyboard.press("Enter");
  await chat.locator(".order-shown").waitFor();
  await hears("This order was delivered.");

  await say("I'd like to check out");
  if (!(await chat.locator(waiting).count())) await press(".turn:last-child .choice:first-child");
  await chat.locator(waiting).waitFor();
  await hears("Order and pay");
  await press(`${waiting} .primary`);
  await chat.locator(".outcome").waitFor();
  await hears("Thank you for your order");
  await moveTo(page, chat, "a.pay");
  const opened = shopper.context.waitForEvent("page");
  await page.keyboard.press("Enter");
  const paying = await opened;
  await paying.getByText("Demo gateway: no real money.").waitFor();
  await paying.close();
  await page.bringToFront();

  await say("I want to return something from my delivered order");
  if (!(await chat.locator(waiting).count())) await say("all of it");
  await press(`${waiting} .primary`);
  await chat.waitForFunction(() => document.activeElement?.matches(".deed input"));
  await page.keyboard.type(await codeFor(email));
  await page.keyboard.press("Enter");
  await chat.locator(".outcome").nth(1).waitFor();

  await moveTo(page, chat, "#person");
  await page.keyboard.press("Enter");
  await hears("A person has been asked for");
  const agent = await newVisitor(browser);
  const desk = agent.page;
  await withDevice(desk);
  await desk.goto(await house.renewSignInLink());
  await desk.waitForFunction(() => document.activeElement?.id === "sign-in");
  await desk.keyboard.press("Enter");
  await desk.waitForURL(/\/console$/);
  await desk.locator("#overview:not([aria-busy])").waitFor();
  await desk.keyboard.type("gi");
  const { conversations } = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
  const row = `#queue a.row[data-conversation="${conversations[0].conversation}"]`;
  await desk.locator(row).waitFor();
  await moveTo(desk, desk, "#queue a.row");
  await moveTo(desk, desk, row, "ArrowDown");
  await desk.keyboard.press("Enter");
  await desk.waitForSelector("#conversation:not([aria-busy])");
  await moveTo(desk, desk, "#take");
  await desk.keyboard.press("Enter");
  await desk.waitForFunction(() => document.activeElement?.id === "writing");
  await desk.keyboard.type("Your return label is in the mail.");
  await desk.keyboard.press("Enter");
  await hears("Your return label is in the mail.");
  shopper.assertCalm();
  agent.assertCalm();
});
