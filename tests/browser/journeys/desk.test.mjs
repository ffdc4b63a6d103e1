// A day at the desk: the inbox is sorted and worked through, also with the keyboard alone; what was
// said is found again although it is sealed; the figures are those of what happened; and a shopper's
// page shows who read.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  addToCart,
  alsoAs,
  ask,
  audit,
  checkOut,
  clickLauncher,
  eventually,
  goTo,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  proveForOrders,
  signIn,
  write,
} from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

const EMAIL = "nora@example.org";

/** @param {Page} page @param {string} name the figure as it stands, once it stands so */
async function figure(page, name, /** @type {string} */ value) {
  await page.locator(`[data-figure="${name}"] strong`, { hasText: new RegExp(`^${value}$`) }).waitFor();
}

/** @param {Page} page @param {string} key outside of every field */
async function press(page, key) {
  await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  for (const one of key.split(" ")) await page.keyboard.press(one);
}

/** @param {Page} page @param {string} name */
async function figureNow(page, name) {
  return Number(await page.locator(`[data-figure="${name}"] strong`).textContent());
}

describe("the desk", () => {
  /** @type {Record<string, number>} what the demo shows before anything happens */
  const begun = {};
  /** @type {House} */
  let house;
  /** @type {Browser} */
  let browser;
  /** @type {Visitor} */
  let agent;
  /** @type {Visitor} */
  let waiting;
  /** @type {Frame} */
  let chat;
  before(async () => {
    house = await openHouse();
    browser = await openBrowser();
    agent = await newVisitor(browser, { viewport: { width: 1440, height: 900 } });
    await signIn(agent.page, await house.signInLink());
    waiting = await newVisitor(browser);
  });
  after(async () => {
    await browser?.close();
    await house?.remove();
  });

  test("saved replies and tags are written once", async () => {
    const { page } = agent;
    await page.goto(`${house.origin}/console/replies`);
    await page.getByText("No saved replies yet.").waitFor();
    await page.fill("#reply-name", "Hello There");
    await page.fill("#reply-text", "Hello {given_name}, how may I help?");
    await page.getByRole("button", { name: "Save reply" }).click();
    await page.locator("#reply-problem", { hasText: "name must be" }).waitFor();
    await page.fill("#reply-name", "/hello");
    await page.getByRole("button", { name: "Save reply" }).click();
    await page.locator("#replies strong", { hasText: "/hello" }).waitFor();
    for (const tag of ["damaged", "delivery"]) {
      await page.fill("#tag-name", tag);
      await page.keyboard.press("Enter");
      await page.locator("#tags .tag", { hasText: tag }).waitFor();
    }
    await audit(page, "saved replies and tags");
    const remove = page.getByRole("button", { name: "Delete the tag delivery" });
    await remove.click();
    assert.equal(await page.locator("#tags .tag").count(), 2, "one press deletes nothing");
    await remove.click();
    await page.locator("#tags .tag", { hasText: "delivery" }).waitFor({ state: "detached" });
    agent.assertCalm();
  });

  test("whoever waits is seen, taken, answered with a saved reply, tagged and closed", async () => {
    const { page } = agent;
    // The demo has conversations of its own: what counts is what comes to them.
    await page.goto(`${house.origin}/console`);
    await page.locator("#overview:not([aria-busy])").waitFor();
    for (const name of ["opened", "waiting", "orders", "unpaid"]) begun[name] = await figureNow(page, name);
    await page.goto(`${house.origin}/console/inbox?state=mine`);
    await page.getByText("You have taken no conversation over.").waitFor();
    await page.goto(`${house.origin}/console/inbox?state=waiting`);
    await page.locator("#queue:not([aria-busy])").waitFor();
    chat = await openChat(waiting.page, house);
    await ask(chat, "How long does delivery take to Austria?");
    await chat.locator("#person").click();
    await chat.getByText("Waiting for a person").waitFor();
    const { conversations } = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
    const row = page.locator(`#queue a.row.waiting[data-conversation="${conversations[0].conversation}"]`);
    await row.waitFor();
    await page.locator("#announcement", { hasText: /waiting\.$/ }).waitFor({ state: "attached" });
    await eventually("the title counts her", async () => (await page.title()).startsWith(`(${(begun["waiting"] ?? 0) + 1}) Inbox`));
    assert.match(await row.innerText(), /waiting for < 1 min/);
    assert.match(await row.innerText(), /new/);
    await audit(page, "inbox");

    await openConversation(page, house, chat);
    await page.locator("#assignee option", { hasText: "(you)" }).waitFor({ state: "attached" });
    assert.equal(await page.locator("#suggestion").isVisible(), false, "nothing is suggested to whoever does not answer");
    await page.selectOption("#assignee", { label: "Robin Vale (you)" });
    await page.locator("#state", { hasText: "With you" }).waitFor();

    // A saved reply by its name; what is to be filled in is not sent by accident.
    await page.locator("#writing").pressSequentially("/he");
    await page.locator("#saved-list [role=option][aria-selected=true]", { hasText: "/hello" }).waitFor();
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#writing"), "Hello {given_name}, how may I help?");
    await page.keyboard.press("Enter");
    await page.locator("#problem", { hasText: "in place of {given_name}" }).waitFor();
    assert.equal(await page.locator(".turn.human").count(), 0);
    await page.keyboard.type("Nora");
    await page.keyboard.press("Enter");
    await page.locator(".turn.human", { hasText: "Hello Nora, how may I help?" }).waitFor();

    // What the shop has written down, offered and taken by hand.
    await write(chat, "How long do I have to return something?");
    await page.locator("#suggestion cite").waitFor();
    assert.match((await page.locator("#suggestion .source").textContent()) ?? "", /covers \d+ % of the question/);
    const passage = (await page.locator("#suggestion blockquote").textContent()) ?? "";
    assert.equal(await page.inputValue("#writing"), "");
    await audit(page, "conversation with a suggestion");
    await page.locator("#suggestion-take").click();
    assert.equal(await page.inputValue("#writing"), passage);
    await page.locator("#writing").press("Enter");
    await page.locator(".turn.human").nth(1).waitFor();

    await page.getByRole("button", { name: "damaged" }).click();
    await page.locator("#tags [aria-pressed=true]", { hasText: "damaged" }).waitFor();
    await page.goto(`${house.origin}/console/inbox?state=mine`);
    await page.locator("#queue a.row .tag", { hasText: "damaged" }).waitFor();
    await page.selectOption("#tag", "damaged");
    await page.waitForURL(/tag=damaged/);
    await page.locator("#queue a.row").first().click();
    await page.locator("#close:not([hidden])").click();
    await page.locator("#state", { hasText: "Closed" }).waitFor();
    await page.goto(`${house.origin}/console/inbox?state=closed`);
    await page.locator("#queue a.row.closed").waitFor();
    await ask(chat, "One more thing: how can I pay?");
    await page.locator("#queue", { hasText: "No conversation is closed." }).waitFor();
    agent.assertCalm();
    waiting.assertCalm();
  });

  test("the keyboard alone works through the list and can be switched off", async () => {
    const { page } = agent;
    await page.goto(`${house.origin}/console`);
    await page.locator("#overview:not([aria-busy])").waitFor();
    await press(page, "g i");
    await page.locator("#queue a.row").first().waitFor();
    await press(page, "j");
    assert.equal(await page.evaluate(() => document.activeElement?.matches("#queue li:first-child a.row")), true);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#conversation:not([aria-busy])");
    await page.locator("#assignee option", { hasText: "(you)" }).waitFor({ state: "attached" });
    await press(page, "a");
    await page.locator("#state", { hasText: "With you" }).waitFor();
    await press(page, "n");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "writing");
    // While one types, letters are letters.
    await page.keyboard.type("ne?/gi");
    assert.equal(await page.inputValue("#writing"), "ne?/gi");
    await page.fill("#writing", "");
    await press(page, "r");
    await page.getByRole("button", { name: "Reply", exact: true, pressed: true }).waitFor();
    await press(page, "e");
    await page.locator("#state", { hasText: "Closed" }).waitFor();

    await press(page, "?");
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    await audit(page, "shortcuts");
    await dialog.getByLabel("Use single-key shortcuts in this browser").uncheck();
    await dialog.getByRole("button", { name: "Close" }).click();
    // A page that is left says so before the key's own event is over.
    const departures = () => page.evaluate(() => /** @type {any} */ (window).departures);
    await page.evaluate(() => {
      const all = /** @type {any} */ (window);
      all.departures = 0;
      all.navigation.addEventListener("navigate", () => (all.departures += 1));
    });
    await press(page, "g i");
    await press(page, "?");
    assert.equal(await departures(), 0);
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await page.locator("#shortcuts").click();
    await dialog.getByLabel("Use single-key shortcuts in this browser").check();
    await page.keyboard.press("Escape");
    await press(page, "/");
    await page.waitForURL(/\/console\/search$/);
    agent.assertCalm();
  });

  test("conversations are found by words, by an address and by an order, and the page shows who read", async () => {
    const shopper = await newVisitor(browser);
    const frame = await openChat(shopper.page, house);
    await ask(frame, "My Übergröße shirt arrived torn at the sleeve");
    await addToCart(frame, "Glass carafe");
    await checkOut(frame, { email: EMAIL });
    await frame.getByRole("button", { name: "Order and pay" }).click();
    await frame.getByRole("heading", { name: "Thank you for your order" }).waitFor();
    await proveForOrders(shopper, house, frame, EMAIL);
    await goTo(frame, "Orders");
    const order = await frame.evaluate(async () => {
      const asked = await fetch("/v1/tools/list_orders", {
        method: "POST",
        headers: { "content-type": "application/json", "x-parlour": "1" },
        body: JSON.stringify({ args: {} }),
      });
      const text = await asked.text();
      return /"id":"([^"]+)"/.exec(text)?.[1] ?? "";
    });
    assert.ok(order, "she has an order");

    const { page } = agent;
    await page.goto(`${house.origin}/console/search`);
    await page.locator("#search-tag option").nth(1).waitFor({ state: "attached" });
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Search" }).click();
    await page.locator("#search-problem", { hasText: "Say what you are looking for" }).waitFor();
    await page.fill("#search-words", "torn ubergrosse");
    await page.keyboard.press("Enter");
    const found = page.locator("#finds a.row");
    await found.waitFor();
    assert.equal(await found.locator("mark").textContent(), "Übergröße");
    assert.match((await page.locator("#said").textContent()) ?? "", /1 conversation found\. Searched all \d+ messages/);
    assert.equal(page.url().includes("torn"), false, "the words stand in no address");
    await audit(page, "search");
    await page.fill("#search-words", "nothing like that was ever said");
    await page.keyboard.press("Enter");
    await page.getByText("No conversation was found.").waitFor();
    for (const [field, value] of Object.entries({ "search-email": EMAIL.toUpperCase(), "search-order": order })) {
      await page.goto(`${house.origin}/console/search`);
      await page.fill(`#${field}`, value);
      await page.keyboard.press("Enter");
      await found.waitFor();
      assert.equal(await found.count(), 1, field);
    }

    await page.goto(`${house.origin}/console/shoppers`);
    await audit(page, "shoppers");
    await page.fill("#find-email", "nobody@example.org");
    await page.keyboard.press("Enter");
    await page.getByText("The shop knows nobody with this address.").waitFor();
    await page.fill("#find-email", EMAIL);
    await page.keyboard.press("Enter");
    await page.locator("#shopper:not([aria-busy])").waitFor();
    assert.equal(await page.locator("#heading").textContent(), "n•••@example.org");
    assert.equal(await page.locator("body").innerText().then((text) => text.includes(EMAIL)), false, "no more of her than a role may see");
    await page.getByRole("link", { name: order }).waitFor();
    await page.locator(".acts li", { hasText: "found a conversation by a search" }).first().waitFor();
    await page.locator(".acts li", { hasText: "read this page" }).first().waitFor();
    await audit(page, "shopper");
    agent.assertCalm();
    shopper.assertCalm();
  });

  test("the overview counts what happened", async () => {
    const { page } = agent;
    await page.goto(`${house.origin}/console`);
    await page.locator("#overview:not([aria-busy])").waitFor();
    // Two conversations began today: one was handed over and answered, one the assistant had alone.
    // The keyboard closed the one that had waited longest, which was the demo's own.
    const [opened, waited] = [begun["opened"] ?? 0, (begun["waiting"] ?? 0) - 1];
    await figure(page, "opened", String(opened + 2));
    await figure(page, "waiting", String(waited));
    await figure(page, "orders", String((begun["orders"] ?? 0) + 1));
    await figure(page, "unpaid", String((begun["unpaid"] ?? 0) + 1));
    assert.match((await page.locator('[data-figure="answer"]').textContent()) ?? "", /median of 1 in 7 days; 9 in 10 within \d+ s/);
    const days = page.locator(".chart", { hasText: "Who answered, by day" });
    await days.locator("summary").click();
    const today = await days.locator("tbody tr").last().locator("td").allTextContents();
    assert.equal(today.reduce((sum, value) => sum + Number(value), 0), opened + 2);
    assert.match((await days.locator("svg[role=img]").getAttribute("aria-label")) ?? "", new RegExp(`Highest: ${opened + 2}`));
    await audit(page, "overview");
    // Live: somebody asks for a person.
    const late = await newVisitor(browser);
    const frame = await openChat(late.page, house);
    await ask(frame, "How can I pay?");
    await frame.locator("#person").click();
    await figure(page, "waiting", String(waited + 1));
    await eventually("the title counts him", async () => (await page.title()).startsWith(`(${waited + 1}) Overview`));
    // The table that was open is drawn anew with the figures; the page is not lost to it.
    await figure(page, "opened", String(opened + 3));

    await agent.context.route("**/v1/staff/overview", (route) => route.abort());
    await page.reload();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await audit(page, "overview, failing");
    // The page looks again by itself as well, and leaves the button where it is while it fails.
    const button = await page.getByRole("button", { name: "Try again" }).elementHandle();
    await page.getByRole("button", { name: "Try again" }).focus();
    for (let looked = 0; looked < 2; looked += 1) await page.waitForRequest("**/v1/staff/overview");
    assert.equal(await button?.evaluate((node) => node.isConnected && node === document.activeElement), true, "it kept the focus");
    // Refused, it looks no more by itself: from here on only the button brings the figures back.
    await agent.context.unrouteAll();
    await agent.context.route("**/v1/staff/overview", (route) => route.fulfill({ status: 403, json: { code: "denied", detail: "this is not allowed" } }));
    await page.getByText("This is not allowed.").waitFor();
    await agent.context.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await figure(page, "waiting", String(waited + 1));
    await page.goto(`${house.origin}/console/design`);
    await page.locator(".chart").first().waitFor();
    await audit(page, "design system");
    agent.assertCalm();
    await clickLauncher(late.page);
  });

  test("a notification is shown to whoever asked for it, and says nothing of the shopper", async () => {
    const desk = await alsoAs(browser, agent);
    const { page } = desk;
    await page.addInitScript(() => {
      /** @type {any[]} */
      const shown = [];
      let asked = 0;
      class Recorder extends EventTarget {
        static permission = "default";
        static async requestPermission() {
          asked += 1;
          return (Recorder.permission = "granted");
        }
        /** @param {string} title @param {object} options */
        constructor(title, options) {
          super();
          shown.push({ title, ...options });
        }
        close() {}
      }
      Object.assign(window, { Notification: Recorder, shown, timesAsked: () => asked });
      document.hasFocus = () => false;
    });
    await page.goto(`${house.origin}/console/inbox`);
    await page.locator("#queue a.row").first().waitFor();
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).timesAsked()), 0, "nobody is asked without asking for it");
    await page.getByRole("button", { name: "Turn on desktop notifications" }).click();
    await page.getByRole("button", { name: "Desktop notifications are on", pressed: true }).waitFor();
    const shopper = await newVisitor(browser);
    const frame = await openChat(shopper.page, house);
    await ask(frame, "My secret wish is a blue lamp");
    await frame.locator("#person").click();
    await page.waitForFunction(() => /** @type {any} */ (window).shown.length > 0);
    const shown = await page.evaluate(() => /** @type {any} */ (window).shown);
    assert.deepEqual(shown, [{ title: "A shopper is waiting", tag: "parlour-waiting" }]);
    desk.assertCalm();
  });

  test("a new shop is told what to do next, on a phone", async () => {
    const phone = await alsoAs(browser, agent, { viewport: { width: 360, height: 780 } });
    const { page } = phone;
    // The figures of this house, as they are before anybody wrote.
    await phone.context.route("**/v1/staff/overview", async (route) => {
      const answer = await route.fetch();
      const found = await answer.json();
      await route.fulfill({ response: answer, json: { ...found, beginnings: { ...found.beginnings, conversations: false } } });
    });
    await page.goto(`${house.origin}/console`);
    await page.getByRole("heading", { name: "Three steps to the first conversation" }).waitFor();
    assert.equal(await page.locator(".steps li").count(), 3);
    assert.equal(await page.locator(".steps .step-next").count(), 1);
    await audit(page, "overview of a new shop");
    for (const [path, drawn] of Object.entries({
      "": "#overview:not([aria-busy])",
      "/inbox": "#queue:not([aria-busy]) a.row",
      "/search": "#search-tag option:nth-child(2)",
      "/shoppers": "#find-email",
      "/replies": "#replies:not([aria-busy])",
      "/design": ".chart",
    })) {
      await page.goto(`${house.origin}/console${path}`);
      await page.locator(drawn).first().waitFor({ state: "attached" });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `nothing is cut off at ${path}`);
    }
    phone.assertCalm();
  });
});
