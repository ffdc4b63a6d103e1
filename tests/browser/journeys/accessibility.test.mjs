// Everybody can use it: no axe violation on any screen in either scheme, and both main journeys
// with the keyboard alone (D27).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  ask,
  audit,
  chatFrame,
  clickLauncher,
  launcherState,
  moveTo,
  newVisitor,
  openBrowser,
  openHouse,
  reply,
  signIn,
  waitForLauncher,
} from "../harness.mjs";

/** @import { Browser } from "playwright-core" */
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
      await chat.locator("#person").click();
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
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      await audit(page, "sign-in with a link");
      await page.getByRole("button", { name: "Sign in" }).click();
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
      await page.goto(`${house.origin}/console/inbox?state=human`);
      await page.getByText("No conversation is with a person.").waitFor();
      await audit(page, "inbox, empty");
      await page.goto(`${house.origin}/console/staff`);
      await page.locator("#people table").waitFor();
      await page.fill("#invite-name", "Robin");
      await page.getByRole("button", { name: "Create sign-in link" }).click();
      await page.locator("#invited-link").waitFor();
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
  assert.equal(await chat.locator("#menu").isHidden(), true, "Escape closes the menu first");
  await page.keyboard.press("Enter");
  await moveTo(page, chat, "#menu-prove");
  await page.keyboard.press("Enter");
  await chat.waitForFunction(() => document.activeElement?.id === "prove-email");
  await page.keyboard.press("Escape");
  assert.equal(await chat.locator("dialog[open]").count(), 0, "then the dialog");

  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.localName === "parlour-chat");
  assert.deepEqual(await launcherState(page), { name: "Open chat", expanded: false });
});

test("an agent with the keyboard alone", async () => {
  const agent = await newVisitor(browser);
  const { page } = agent;
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
  await page.keyboard.type("Answered by keyboard");
  await page.keyboard.press("Enter");
  await page.locator(".turn.human", { hasText: "Answered by keyboard" }).waitFor();
  await moveTo(page, page, "#return", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator("#state", { hasText: "Assistant" }).waitFor();
});
