// Takes a picture of every screen: phone and desktop, light and dark, with its empty, busy and
// failing states. `node screens.mjs FOLDER`; look at them before saying that they are good.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  ask,
  chatFrame,
  clickLauncher,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  reply,
  signIn,
  waitForLauncher,
  write,
} from "./harness.mjs";
import { shootDesk } from "./desk_screens.mjs";
import { shootServed, shootServedAtDesk } from "./chat_screens.mjs";
import { shootOrders, shootReturn, shootShop } from "./shop_screens.mjs";

/** @import { Page } from "playwright-core" */

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node screens.mjs FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const sizes = { phone: { width: 360, height: 780 }, desktop: { width: 1440, height: 900 } };
const browser = await openBrowser();
const house = await openHouse();

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const options = { viewport, colorScheme, hasTouch: size === "phone", isMobile: size === "phone" };
    /** @param {Page} page @param {string} name @param {boolean} [fullPage] */
    const shoot = async (page, name, fullPage = false) => {
      await page.waitForTimeout(350);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage });
    };

    // The shop beside the chat
    const buyer = await newVisitor(browser, options);
    await shootShop(buyer, house, shoot, `${size}-${colorScheme}@example.com`);
    await buyer.context.close();
    const known = await newVisitor(browser, options);
    await shootReturn(known, house, shoot);
    await known.context.close();
    const served = await newVisitor(browser, options);
    const servedChat = await shootServed(served, house, shoot, "emre.hoffmann@example.com");

    // The shopper
    const shopper = await newVisitor(browser, options);
    await shopper.page.goto(house.shopPage);
    await waitForLauncher(shopper.page);
    await shoot(shopper.page, "shop");
    await shoot(shopper.page, "shop-whole", true);
    await clickLauncher(shopper.page);
    const chat = await chatFrame(shopper.page);
    await shoot(shopper.page, "chat-empty");
    await chat.getByText("Read the full privacy notice").click();
    await chat.getByRole("heading", { name: "Your rights" }).waitFor();
    await shoot(shopper.page, "chat-notice");
    await chat.getByText("Read the full privacy notice").click();
    await ask(chat, "How do returns work?");
    await shoot(shopper.page, "chat-answer");
    await shopper.context.route("**/messages/*", () => undefined);
    await write(chat, "And how long does the refund take? I sent two shirts back last Thursday, and the label said that they arrived.");
    await chat.locator(".turn.pending").waitFor();
    await shoot(shopper.page, "chat-answering");
    await shopper.context.unrouteAll();
    await shopper.context.setOffline(true);
    await chat.getByText("You are offline.").waitFor();
    await shoot(shopper.page, "chat-offline");
    await shopper.context.setOffline(false);
    await shopper.page.reload();
    await clickLauncher(shopper.page);
    const later = await chatFrame(shopper.page);
    await later.locator(".turn.ai").first().waitFor();
    await shopper.context.route("**/messages/*", (route) =>
      route.fulfill({
        status: 422,
        contentType: "application/problem+json",
        body: JSON.stringify({ status: 422, code: "bad_argument", detail: "the text cannot be taken" }),
      }),
    );
    await write(later, "My card is 4111 1111 1111 1111");
    await later.getByText("Not sent.").waitFor();
    await shoot(shopper.page, "chat-failed-and-card");
    await shopper.context.unrouteAll();
    await later.getByRole("button", { name: "Try again" }).click();
    await later.locator("#person").click();
    await later.getByText("Waiting for a person").waitFor();
    await shoot(shopper.page, "chat-waiting");
    await later.getByRole("button", { name: "Options" }).click();
    await shoot(shopper.page, "chat-options");
    await later.getByRole("button", { name: "Continue by e-mail" }).click();
    await later.getByRole("button", { name: "Send code" }).click();
    await shoot(shopper.page, "chat-proof");
    await later.getByLabel("E-mail address").fill("robin@example.com");
    await later.getByRole("button", { name: "Send code" }).click();
    await later.getByLabel("Code from the mail").waitFor();
    await shoot(shopper.page, "chat-proof-code");
    await shopper.page.keyboard.press("Escape");

    // Staff
    const link = await house.renewSignInLink();
    const agent = await newVisitor(browser, options);
    const { page } = agent;
    await page.goto(`${house.origin}/console/sign-in`);
    await shoot(page, "sign-in-without-link");
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await shoot(page, "sign-in");
    await signIn(page, link);
    await page.locator("#queue a.row").first().waitFor();
    await shoot(page, "inbox");
    await page.goto(`${house.origin}/console/inbox?state=human`);
    await page.locator("#queue:not([aria-busy]) .empty").waitFor();
    await shoot(page, "inbox-empty");
    await page.route("**/v1/staff/queue*", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: '{"code":"denied","detail":"no"}' }));
    await page.goto(`${house.origin}/console/inbox`);
    await page.locator("#queue .problem").waitFor();
    await shoot(page, "inbox-error");
    await page.unrouteAll();
    await shootDesk(page, house, shoot);
    await shootServedAtDesk(page, house, servedChat, shoot);
    await served.context.close();
    await openConversation(page, house, later);
    await shoot(page, "conversation-waiting");
    await page.getByRole("button", { name: "Take over" }).click();
    await page.locator("#state", { hasText: "With you" }).waitFor();
    await reply(page, "Good morning, this is a person. I am looking at your return now; one moment, please.");
    await later.locator(".turn.human").waitFor();
    await write(later, "Thank you!");
    await page.locator(".turn.shopper", { hasText: "Thank you!" }).waitFor();
    await page.getByRole("button", { name: "Internal note" }).click();
    await page.fill("#writing", "Both shirts arrived on Friday, refund is on its way.");
    await page.getByRole("button", { name: "Save note" }).click();
    await page.locator("#notes .note").first().waitFor();
    await shoot(page, "conversation-note", true);
    await page.getByRole("button", { name: "Reply", exact: true }).click();
    await shoot(page, "conversation-with-you");
    await shoot(shopper.page, "chat-human");
    await page.getByRole("button", { name: "Hand back to the assistant" }).click();
    await page.locator("#state", { hasText: "Assistant" }).waitFor();
    await page.goto(`${house.origin}/console/staff`);
    await page.locator("#people table").waitFor();
    await page.fill("#invite-name", "Robin Ferrar");
    await page.getByRole("button", { name: "Create sign-in link" }).click();
    await page.locator("#invited-link").waitFor();
    await shoot(page, "staff", true);
    await shootOrders(page, house, shoot);
    await page.goto(`${house.origin}/console/ledger`);
    await page.locator(".figures").waitFor();
    await shoot(page, "ledger", true);
    await page.goto(`${house.origin}/console/no-such-page`);
    await shoot(page, "error");
    await page.goto(`${house.origin}/demo/mailbox`);
    await shoot(page, "mailbox");
    await page.goto(`${house.origin}/console/inbox`);
    await page.locator("#queue a.row").first().waitFor();
    await agent.context.clearCookies();
    await page.reload();
    await shoot(page, "signed-out");

    await later.getByRole("button", { name: "Options" }).click();
    await later.getByRole("button", { name: "Forget this device" }).click();
    await shoot(shopper.page, "chat-forget");
    await later.locator("#forget-confirm").click();
    await later.getByText("This device has been forgotten.").waitFor();
    await shoot(shopper.page, "chat-forgotten");

    // The chat when the house is closed
    await house.stop();
    const late = await openChatWhileClosed();
    await shoot(late, "chat-unreachable");
    await house.start();
    await late.context().close();
    await shopper.context.close();
    await agent.context.close();

    async function openChatWhileClosed() {
      await house.start();
      const visitor = await newVisitor(browser, options);
      await openChat(visitor.page, house);
      await house.stop();
      const frame = await chatFrame(visitor.page);
      await write(frame, "Is anybody there?");
      await frame.locator(".turn.pending").waitFor();
      await frame.locator("#bar:not(:empty)").waitFor();
      return visitor.page;
    }
  }
}
await browser.close();
await house.remove();
