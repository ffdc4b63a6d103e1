// The main journeys on a phone, a tablet and a desktop: buy and pay and return, with the shop beside the
// chat and in the chat's own words; hand-over and answer, opening hours, trial mode, change of theme. On
// each step the screen is no wider than its window and axe finds nothing (issue 4, "Show" 1). A file of
// `journeys/` for each shop.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  addToCart,
  ask,
  askToCheckOut,
  assertNoLauncher,
  audit,
  buy,
  chatFrame,
  checkOut,
  confirmCard,
  goTo,
  mailedCode,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openOrder,
  openPayment,
  openStaffOrder,
  proveForOrders,
  proveInChat,
  reply,
  setFront,
  signIn,
  takeStep,
  waitForLauncher,
  waitingCard,
  write,
} from "./harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "./harness.mjs" */

const WIDTHS = /** @type {const} */ ([[360, 780], [768, 1024], [1440, 900]]);

/**
 * @typedef {object} Shop
 * @property {string} name
 * @property {string | false} skip why it cannot be tried here
 * @property {() => Promise<House>} open
 * @property {string} goods what is bought there
 * @property {Record<string, string>} address
 * @property {string} question that the assistant answers
 * @property {string} known somebody who has bought there before
 * @property {string} wish what she says that she wants
 * @property {string} take how she puts it into the cart
 * @property {string} back what she sends back
 */

/** @param {Page | Frame} place @param {string} step */
async function look(place, step) {
  const over = await place.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${step}: ${over} px wider than the window`);
  await audit(place, step);
}

/**
 * The chat in front of the shop's page: both are looked at.
 *
 * @param {Frame} chat
 * @param {string} step
 */
async function lookAtBoth(chat, step) {
  await look(chat.page(), `${step}, the shop's page`);
  await look(chat, step);
}

/** @param {Shop} shop */
export function atThreeWidths(shop) {
  describe(shop.name, { skip: shop.skip }, () => {
    /** @type {House} */
    let house;
    /** @type {Browser} */
    let browser;
    /** @type {Visitor} */
    let staff;
    before(async () => {
      house = await shop.open();
      browser = await openBrowser();
      staff = await newVisitor(browser);
      await signIn(staff.page, await house.signInLink());
    });
    after(async () => {
      await browser?.close();
      await house?.remove();
    });

    for (const [width, height] of WIDTHS) {
      const viewport = { width, height };
      const at = (/** @type {string} */ step) => `${step} at ${width} px`;

      test(at("buy, pay, be sent it, return it"), async () => {
        await staff.page.setViewportSize(viewport);
        const email = `nora.${width}@example.com`;
        const shopper = await newVisitor(browser, { viewport });
        const chat = await openChat(shopper.page, house);
        await addToCart(chat, shop.goods);
        await lookAtBoth(chat, at("product"));
        await goTo(chat, "Cart");
        await look(chat, at("cart"));
        await checkOut(chat, { email, address: shop.address });
        await look(chat, at("proposal"));
        const order = await buy(chat);
        await look(chat, at("outcome"));
        const paying = await openPayment(shopper, chat);
        await look(paying, at("payment page"));
        await paying.getByRole("button", { name: /^Pay/ }).click();
        await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
        await look(paying, at("back from paying"));
        await paying.close();

        await staff.page.goto(`${house.origin}/console/orders`);
        await staff.page.locator("a.order-row", { hasText: order }).waitFor();
        await look(staff.page, at("orders at the desk"));
        await openStaffOrder(staff.page, house, order);
        await takeStep(staff.page, "Start packing", "Packing has begun.");
        await look(staff.page, at("order in packing"));
        await staff.page.getByLabel("Tracking numbers").fill("1Z 999 AA1");
        await takeStep(staff.page, "Mark as shipped", "The order is shipped.");
        await takeStep(staff.page, "Mark as delivered", "The order is delivered.");

        await proveForOrders(shopper, house, chat, email);
        await openOrder(chat, order);
        await look(chat, at("order delivered"));
        await chat.getByRole("button", { name: "Return items" }).click();
        await chat.getByText("Refund to").waitFor();
        await look(chat, at("return"));
        const line = chat.locator("[name=line]").first();
        if ((await line.count()) && !(await line.isChecked())) await line.check();
        await chat.getByRole("button", { name: "See what happens" }).click();
        await chat.locator(".proposal").waitFor();
        await look(chat, at("what the return gives back"));
        const mail = chat.getByRole("button", { name: "Mail me a code" });
        if (await mail.count()) {
          await mail.click();
          const code = chat.locator("#shop-view").getByLabel("Code from the mail");
          await code.waitFor();
          await code.fill(await mailedCode(shopper, house, email));
        }
        await chat.getByRole("button", { name: "Confirm", exact: true }).click();
        await chat.getByRole("heading", { name: "Done" }).waitFor();
        await chat.getByRole("button", { name: "See the order" }).click();
        await chat.getByText("You asked for a return.").waitFor();
        await look(chat, at("order that goes back"));
        await openStaffOrder(staff.page, house, order);
        await look(staff.page, at("return at the desk"));
        await takeStep(staff.page, "Book goods as received and refund", "the refund is on its way");
        shopper.assertCalm();
        staff.assertCalm();
      });

      test(at("the same in words: found, ordered, paid, followed, returned"), async () => {
        await staff.page.setViewportSize(viewport);
        const shopper = await newVisitor(browser, { viewport });
        const chat = await openChat(shopper.page, house);
        const answer = chat.locator(".turn.ai").last();
        await ask(chat, shop.wish);
        await answer.getByRole("button", { name: shop.goods }).first().waitFor();
        await lookAtBoth(chat, at("found in the chat"));
        await ask(chat, shop.take);
        await answer.locator(".cart-shown", { hasText: shop.goods }).waitFor();
        await look(chat, at("cart in the chat"));
        await ask(chat, "where is my order?");
        await look(chat, at("who are you?"));
        await proveInChat(shopper, house, chat, shop.known);
        await askToCheckOut(chat);
        await waitingCard(chat).getByText(shop.known).waitFor();
        await look(chat, at("proposal in the chat"));
        await waitingCard(chat).getByRole("button", { name: "Order and pay" }).click();
        await chat.locator(".outcome").waitFor();
        const number = await chat.locator(".deed[data-state=done] .order-number bdi").innerText();
        await look(chat, at("ordered in the chat"));
        const paying = await openPayment(shopper, chat);
        await paying.getByRole("button", { name: /^Pay/ }).click();
        await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
        await paying.close();
        await chat.getByText("Nothing is left to pay.").waitFor();

        await openStaffOrder(staff.page, house, number);
        await takeStep(staff.page, "Start packing", "Packing has begun.");
        await staff.page.getByLabel("Tracking numbers").fill("1Z 999 AA2");
        await takeStep(staff.page, "Mark as shipped", "The order is shipped.");
        await takeStep(staff.page, "Mark as delivered", "The order is delivered.");
        await ask(chat, `where is order ${number}?`);
        assert.equal(await answer.locator(".progress [aria-current=step] > span").first().innerText(), "Delivered");
        await look(chat, at("order in the chat"));
        await ask(chat, `I want to return ${shop.back} from order ${number}`);
        await waitingCard(chat).getByText(number).waitFor();
        await look(chat, at("return in the chat"));
        await confirmCard(shopper, house, chat, shop.known);
        await chat.locator(".outcome").nth(1).waitFor();
        await look(chat, at("return confirmed in the chat"));
        await openStaffOrder(staff.page, house, number);
        await takeStep(staff.page, "Book goods as received and refund", "the refund is on its way");
        shopper.assertCalm();
        staff.assertCalm();
      });

      test(at("a person is asked for, and answers"), async () => {
        await staff.page.setViewportSize(viewport);
        const shopper = await newVisitor(browser, { viewport });
        const chat = await openChat(shopper.page, house);
        await lookAtBoth(chat, at("first visit"));
        await ask(chat, shop.question);
        await look(chat, at("answer"));
        await chat.locator("#person").click();
        await chat.getByText("Waiting for a person").waitFor();
        await look(chat, at("waiting"));
        await staff.page.goto(`${house.origin}/console/inbox`);
        await staff.page.locator("#queue a.row.waiting").first().waitFor();
        await look(staff.page, at("inbox"));
        await openConversation(staff.page, house, chat);
        await staff.page.getByRole("button", { name: "Take over" }).click();
        await staff.page.locator("#state", { hasText: "With you" }).waitFor();
        await reply(staff.page, "Good morning, how may I help?");
        await look(staff.page, at("conversation"));
        await chat.locator(".turn.human", { hasText: "Good morning" }).waitFor();
        await write(chat, "All is well, thank you!");
        await staff.page.locator(".turn.shopper", { hasText: "All is well" }).waitFor();
        await look(chat, at("a talk with a person"));
        await staff.page.locator("#close").click();
        await staff.page.locator("#state", { hasText: "Closed" }).waitFor();
        shopper.assertCalm();
        staff.assertCalm();
      });

      test(at("hours, trial and theme"), async () => {
        const { page } = staff;
        await page.setViewportSize(viewport);
        // Closed all week, set where an admin sets it.
        await page.goto(`${house.origin}/console/settings`);
        await page.getByLabel("Our people have hours").check();
        await page.getByLabel("Time zone").fill("Europe/Berlin");
        for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) await page.getByLabel(day).fill("");
        await look(page, at("settings"));
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByText("Saved.").waitFor();
        const late = await newVisitor(browser, { viewport });
        const closed = await openChat(late.page, house);
        await ask(closed, shop.question);
        await closed.locator("#person").click();
        await closed.getByText("Nobody is at the desk just now.").waitFor();
        await lookAtBoth(closed, at("closed"));
        await closed.getByRole("button", { name: "Answer me by e-mail" }).click();
        await closed.locator("#prove-email").waitFor();
        await look(closed, at("an answer by mail"));
        late.assertCalm();

        // Other colours, set in the designer.
        await page.goto(`${house.origin}/console/designer`);
        await page.locator(".preview").waitFor();
        await page.getByLabel("Accent colour").fill("#8a1c5b");
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByText("Saved.").waitFor();
        await look(page, at("designer"));
        const shopper = await newVisitor(browser, { viewport });
        const chat = await openChat(shopper.page, house);
        assert.equal(await chat.locator(".send").evaluate((send) => getComputedStyle(send).backgroundColor), "rgb(138, 28, 91)");
        await lookAtBoth(chat, at("another theme"));
        await shopper.context.close();

        // Back to trial: shoppers see nothing, staff do.
        await page.getByRole("button", { name: "Back to trial…" }).click();
        await look(page, at("back to trial?"));
        await page.locator("#going-yes").click();
        await page.locator(".going-live").getByText("Only staff see the widget").waitFor();
        const stranger = await newVisitor(browser, { viewport });
        await stranger.page.goto(house.shopPage);
        await assertNoLauncher(stranger.page);
        const opened = page.context().waitForEvent("page");
        await page.getByRole("link", { name: "See it on the shop" }).click();
        const preview = await opened;
        await preview.setViewportSize(viewport);
        await waitForLauncher(preview);
        await preview.mouse.click(width - 50, height - 50);
        await lookAtBoth(await chatFrame(preview), at("preview of staff"));
        await preview.close();
        await page.getByRole("button", { name: "Go live…" }).click();
        await page.locator("#going-yes").click();
        await page.locator(".going-live").getByText("Everybody who opens a page").waitFor();
        await stranger.page.reload();
        await waitForLauncher(stranger.page);
        await setFront(page, (settings) => {
          settings.hours = null;
          settings.look.accent = "#1d5a4c";
        });
        stranger.assertCalm();
        staff.assertCalm();
      });
    }
  });
}
