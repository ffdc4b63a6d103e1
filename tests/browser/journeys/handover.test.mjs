// A shopper asks, gets an answer with its source, asks for a person, and talks with one; both see
// each other live. The whole road, in two browsers, on each back-end.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  ask,
  backends,
  clickLauncher,
  eventually,
  launcherState,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  reply,
  signIn,
  write,
} from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House } from "../harness.mjs" */

/** @param {Page} page @param {string} name waits until the launcher is called so */
async function launcherSays(page, name) {
  await eventually(`the launcher says \`${name}\``, async () => (await launcherState(page)).name === name);
}

/** @param {Page | Frame} place the newest message is in view */
async function assertAtEnd(place) {
  await place.waitForFunction(() => {
    const scroller = document.getElementById("scroller");
    if (!scroller || scroller.scrollHeight <= scroller.clientHeight) return false;
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2;
  });
}

for (const backend of backends()) {
  describe(`hand-over on ${backend}`, () => {
    /** @type {House} */
    let house;
    /** @type {Browser} */
    let browser;
    before(async () => {
      house = await openHouse(backend);
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await house?.remove();
    });

    test("ask, be answered from a source, talk with a person, be handed back", async () => {
      const shopper = await newVisitor(browser);
      // A low window, so that the conversation is longer than what can be seen of it.
      const agent = await newVisitor(browser, { viewport: { width: 1280, height: 640 } });
      const chat = await openChat(shopper.page, house);

      await ask(chat, "How do returns work?");
      const answer = chat.locator(".turn.ai").first();
      assert.equal(await answer.locator(".author").textContent(), "AI assistant");
      assert.match((await answer.locator(".source cite").first().textContent()) ?? "", /\S/);
      await ask(chat, "How long does delivery take?");
      await ask(chat, "How can I pay?");

      await chat.locator("#person").click();
      await chat.getByText("Waiting for a person").waitFor();

      await signIn(agent.page, await house.signInLink());
      await agent.page.locator("#queue a.row.waiting").first().waitFor();
      await openConversation(agent.page, house, chat);
      await agent.page.locator(".turn.shopper", { hasText: "How do returns work?" }).waitFor();
      assert.equal(await agent.page.locator("#writing").isDisabled(), true);
      await assertAtEnd(agent.page);
      await agent.page.getByRole("button", { name: "Take over" }).click();
      await reply(agent.page, "Good morning, how may I help?");
      await chat.locator(".turn.human", { hasText: "Good morning" }).waitFor();
      for (const place of [agent.page, chat]) await assertAtEnd(place);

      const fromStaff = chat.locator(".turn.human", { hasText: "Good morning, how may I help?" });
      await fromStaff.waitFor();
      assert.equal(await fromStaff.locator(".badge").textContent(), "Human");
      const name = (await fromStaff.locator(".author").textContent()) ?? "";
      await chat.getByText(`Talking with ${name}`).waitFor();

      const answers = await chat.locator(".turn.ai").count();
      await write(chat, "My parcel is late");
      await agent.page.locator(".turn.shopper", { hasText: "My parcel is late" }).waitFor();
      assert.equal(await chat.locator(".turn.ai").count(), answers, "the assistant keeps silent while a person answers");

      // Closed, the chat says at the launcher that there is something new.
      await shopper.page.keyboard.press("Escape");
      await launcherSays(shopper.page, "Open chat");
      await reply(agent.page, "It arrives tomorrow");
      await launcherSays(shopper.page, "Open chat, 1 new");
      await clickLauncher(shopper.page);
      await launcherSays(shopper.page, "Close chat");
      await chat.locator(".turn.human", { hasText: "It arrives tomorrow" }).waitFor();

      await agent.page.getByRole("button", { name: "Internal note" }).click();
      await agent.page.fill("#writing", "Parcel lost by the carrier, be generous");
      await agent.page.getByRole("button", { name: "Save note" }).click();
      await agent.page.locator("#notes .note", { hasText: "be generous" }).waitFor();

      await agent.page.getByRole("button", { name: "Hand back to the assistant" }).click();
      await agent.page.locator("#state", { hasText: "Assistant" }).waitFor();
      await chat.locator("#state[data-state=assistant]").waitFor();
      await ask(chat, "Do you deliver to Austria?");
      assert.equal((await chat.locator("body").innerText()).includes("be generous"), false, "a note reaches no shopper");

      shopper.assertCalm();
      agent.assertCalm();
    });

    test("two agents: the second is told that the first was quicker", async () => {
      const shopper = await newVisitor(browser);
      const chat = await openChat(shopper.page, house);
      await ask(chat, "How can I pay?");
      await chat.locator("#person").click();
      await chat.getByText("Waiting for a person").waitFor();

      const first = await newVisitor(browser);
      await signIn(first.page, await house.renewSignInLink());
      await first.page.goto(`${house.origin}/console/staff`);
      await first.page.fill("#invite-name", "Second Agent");
      await first.page.getByRole("button", { name: "Create sign-in link" }).click();
      const link = await first.page.locator("#invited-link").inputValue();

      const second = await newVisitor(browser);
      await signIn(second.page, link);
      assert.equal(await second.page.getByRole("link", { name: "Staff" }).count(), 0, "an agent has no staff page");
      await openConversation(first.page, house, chat);
      await openConversation(second.page, house, chat);
      // The second agent's page does not hear of it in time: the click is made on what she still sees.
      await second.page.route("**/v1/staff/conversations/*/turns*", (route) => route.abort());
      await first.page.getByRole("button", { name: "Take over" }).click();
      await first.page.locator("#state", { hasText: "With you" }).waitFor();
      await second.page.evaluate(() => {
        const button = document.getElementById("take");
        if (button) button.hidden = false;
        button?.click();
      });
      await second.page.locator("#problem", { hasText: "already taken" }).waitFor();

      const again = await newVisitor(browser);
      await again.page.goto(link);
      await again.page.getByRole("button", { name: "Create a passkey" }).click();
      await again.page.getByText("This link does not work any more").waitFor();
    });
  });
}
