// The shop's own front: its languages, its looks, its hours, and who sees it before it is live.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  declinePasskey,
  alsoAs,
  ask,
  assertNoLauncher,
  audit,
  chatFrame,
  clickLauncher,
  eventually,
  launcherState,
  newVisitor,
  openBrowser,
  openChat,
  openHouse,
  reply,
  setFront,
  signIn,
  streamsOf,
  waitForLauncher,
  write,
} from "../harness.mjs";

/** @import { Browser, Frame } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

/** @type {House} */
let house;
/** @type {Browser} */
let browser;
/** @type {Visitor} */
let admin;
before(async () => {
  house = await openHouse();
  browser = await openBrowser();
  admin = await newVisitor(browser);
  await signIn(admin.page, await house.signInLink());
});
after(async () => {
  await browser?.close();
  await house?.remove();
});

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"];

/**
 * What is wider than its place: the page, or anything whose words run out of it.
 *
 * @param {Frame} chat
 * @param {string} where
 */
async function assertFits(chat, where) {
  const wide = await chat.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`page: ${document.documentElement.scrollWidth}`);
    for (const one of document.body.querySelectorAll("button, p, h1, h2, h3, label, select, input, li, legend, span, dt, dd")) {
      if (!(one instanceof HTMLElement) || !one.checkVisibility() || one.closest(".visually-hidden, [aria-hidden], .system .author")) continue;
      // Cut off on purpose, and readable elsewhere.
      if (getComputedStyle(one).textOverflow === "ellipsis") continue;
      const box = one.getBoundingClientRect();
      if (box.width && (box.left < -1 || box.right > innerWidth + 1)) found.push(`outside: ${one.tagName} ${one.textContent}`);
      if (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && getComputedStyle(one).display !== "inline") {
        found.push(`runs over: ${one.tagName}.${one.className} ${one.textContent}`);
      }
    }
    return found;
  });
  assert.deepEqual(wide, [], where);
}

describe("languages", () => {
  for (const language of LANGUAGES) {
    test(`${language}: everything fits on a phone, and the notice is in it`, async () => {
      const shopper = await newVisitor(browser, { viewport: { width: 360, height: 720 }, locale: language });
      const { page } = shopper;
      await page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=${language}`);
      const chat = await chatFrame(page);
      assert.deepEqual(await chat.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [language, "ltr"]);
      const { say, ...spoken } = await chat.evaluate(async (tag) => {
        const [texts] = ["/widget/v1/texts.js"];
        const { textsFor } = await import(texts);
        const all = await textsFor(tag);
        return { say: Object.fromEntries(["notice.rights", "menu.prove", "forget.title", "person.waiting", "progress.placed"].map((key) => [key, all(key)])), language: all.language };
      }, language);
      assert.equal(spoken.language, language);
      assert.equal(await chat.locator("#english").isVisible(), !["en", "de"].includes(language));
      await assertFits(chat, `${language}, before the first message`);
      await chat.locator("#notice summary").click();
      await chat.getByRole("heading", { name: say["notice.rights"] ?? "" }).waitFor();
      if (language !== "en") assert.doesNotMatch((await chat.locator(".disclosure").textContent()) ?? "", /\b(?:the|your|and|you)\b/i);
      await assertFits(chat, `${language}, notice`);
      await chat.locator("#notice summary").click();
      // The suggested question is understood whatever the language.
      await chat.locator("#suggestions button").first().click();
      await chat.locator(".turn.ai").first().waitFor();
      if (!["de"].includes(language)) await chat.locator(".turn.ai .source").first().waitFor();
      await chat.locator("#person").click();
      await chat.locator(".turn.system").first().waitFor();
      await assertFits(chat, `${language}, waiting for a person`);
      const system = (await chat.locator(".turn.system").allTextContents()).join(" ");
      if (language !== "en") assert.doesNotMatch(system, /A person from our team/);
      await audit(chat, `${language}, chat`);
      await chat.locator("#menu-button").click();
      await assertFits(chat, `${language}, menu`);
      await chat.locator("#menu-prove").click();
      await chat.locator("#prove-address .primary").click();
      await assertFits(chat, `${language}, proof`);
      await page.keyboard.press("Escape");
      await chat.locator("#menu-button").click();
      await chat.locator("#menu-forget").click();
      await assertFits(chat, `${language}, forgetting`);
      await page.keyboard.press("Escape");
      for (const place of ["shop", "cart", "orders"]) {
        await chat.locator(`#to-${place}`).click();
        await chat.locator("#shop-view h2").waitFor();
        await chat.locator("#shop-view:not([aria-busy])").waitFor();
        await assertFits(chat, `${language}, ${place}`);
      }
      // The words under the line of an order's progress stand side by side.
      const crowded = await chat.evaluate(async (tag) => {
        const [texts] = ["/widget/v1/texts.js"];
        const all = await (await import(texts)).textsFor(tag);
        const list = document.createElement("ol");
        list.className = "progress";
        for (const step of ["placed", "paid", "processed", "shipped", "delivered"]) {
          const item = document.createElement("li");
          const words = document.createElement("span");
          words.textContent = all(`progress.${step}`);
          item.append(words);
          list.append(item);
        }
        document.getElementById("shop-view")?.append(list);
        return [...list.querySelectorAll("span")]
          .filter((words) => words.getBoundingClientRect().width > (words.parentElement?.getBoundingClientRect().width ?? 0))
          .map((words) => words.textContent);
      }, language);
      assert.deepEqual(crowded, []);
      shopper.assertCalm();
    });
  }

  test("what she chooses goes before the page's language, and stays", async () => {
    const shopper = await newVisitor(browser, { locale: "fr-FR" });
    const { page } = shopper;
    await page.goto(`${house.origin}/widget/v1/frame?shop=demo`);
    let chat = await chatFrame(page);
    await chat.getByText("Comment pouvons-nous vous aider ?").waitFor();
    assert.equal(await chat.evaluate(() => document.documentElement.lang), "fr-FR");
    chat = await openChat(page, house);
    await chat.getByText("How can we help?").waitFor();
    await ask(chat, "How do returns work?");
    await chat.locator("#menu-button").click();
    await chat.locator("#language").selectOption("nl");
    await chat.getByText("Met een medewerker praten").waitFor();
    await chat.locator(".turn.shopper", { hasText: "How do returns work?" }).waitFor();
    assert.equal(await chat.evaluate(() => document.documentElement.lang), "nl");
    await page.reload();
    await clickLauncher(page);
    chat = await chatFrame(page);
    await chat.getByText("Met een medewerker praten").waitFor();
    shopper.assertCalm();
  });

  test("from right to left: the pseudo-locale mirrors everything and cuts nothing", async () => {
    const shopper = await newVisitor(browser, { viewport: { width: 360, height: 720 } });
    const { page } = shopper;
    await page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=ar-XB`);
    const chat = await chatFrame(page);
    await ask(chat, "How do returns work?");
    assert.equal(await chat.evaluate(() => document.documentElement.dir), "rtl");
    const sides = await chat.evaluate(() => {
      const middle = (/** @type {string} */ selector) => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return box ? Math.sign((box.left + box.right) / 2 - innerWidth / 2) : 0;
      };
      return { mark: middle(".mark"), menu: middle("#menu-button"), hers: middle(".turn.shopper .body"), send: middle(".send") };
    });
    assert.deepEqual(sides, { mark: 1, menu: -1, hers: -1, send: -1 });
    await assertFits(chat, "right to left");
    await audit(chat, "right to left");
    shopper.assertCalm();
  });
});

const CLOSED = { zone: "Europe/Berlin", week: [[], [], [], [], [], [], []], days_off: [] };

describe("the shop's own front", () => {
  test("looks: colours, corners, side, greeting and words are the shop's", async () => {
    await setFront(admin.page, (settings) => {
      settings.look = { accent: "#ffd400", on_accent: null, radius: 4, side: "left", inset: 32, rise: 44 };
      settings.texts = {
        en: { greeting: "Looking for a gift?", launcher: "Ask us in the chat", welcome: "Hello from the mill", hint: "We grind to order.", choices: [{ label: "Rye?", text: "Do you sell rye?" }] },
        de: { greeting: "Suchen Sie ein Geschenk?", launcher: "Im Chat fragen" },
      };
    });
    const shopper = await newVisitor(browser);
    const { page } = shopper;
    await page.goto(house.shopPage);
    await waitForLauncher(page);
    assert.equal((await launcherState(page)).name, "Ask us in the chat");
    const box = await page.locator("parlour-chat").boundingBox();
    assert.deepEqual([box?.x, box && 860 - box.y - box.height], [32, 44]);
    await page.mouse.click(62, 860 - 74);
    const chat = await chatFrame(page);
    await chat.getByText("Hello from the mill").waitFor();
    await chat.getByText("We grind to order.").waitFor();
    const colours = await chat.evaluate(() => {
      const send = document.querySelector(".send");
      const style = send && getComputedStyle(send);
      return [style?.backgroundColor, style?.color, getComputedStyle(document.documentElement).getPropertyValue("--radius")];
    });
    assert.deepEqual(colours, ["rgb(255, 212, 0)", "rgb(0, 0, 0)", "4px"]);
    await audit(chat, "a yellow shop");
    await chat.getByRole("button", { name: "Rye?" }).click();
    await chat.locator(".turn.shopper", { hasText: "Do you sell rye?" }).waitFor();
    // Opened once, the greeting stays away.
    await page.reload();
    await waitForLauncher(page);
    assert.equal((await page.locator("parlour-chat").boundingBox())?.width, 60);
    shopper.assertCalm();
    await setFront(admin.page, (settings) => {
      settings.look = { accent: "#1d5a4c", on_accent: null, radius: 18, side: "right", inset: 20, rise: 20 };
      settings.texts = {};
    });
  });

  test("on trial a shopper sees nothing, and staff do with their preview", async () => {
    await setFront(admin.page, (settings) => (settings.state = "trial"));
    const shopper = await newVisitor(browser);
    await shopper.page.goto(`${house.shopPage}#parlour-preview=AAAA`);
    await assertNoLauncher(shopper.page);
    const refused = await shopper.page.goto(`${house.origin}/widget/v1/frame?shop=demo`);
    assert.equal(refused?.status(), 404);
    const { token } = await admin.page.evaluate(async () => {
      const headers = { "Content-Type": "application/json", "X-Parlour": "1" };
      return (await fetch("/v1/staff/front/previews", { method: "POST", headers, body: "{}" })).json();
    });
    const staff = await newVisitor(browser);
    await staff.page.goto(`${house.shopPage}#parlour-preview=${token}`);
    await clickLauncher(staff.page);
    const chat = await chatFrame(staff.page);
    await ask(chat, "How do returns work?");
    // She walks through the shop with it.
    await staff.page.goto(`${house.shopPage}?page=2`);
    await clickLauncher(staff.page);
    await (await chatFrame(staff.page)).locator(".turn.shopper", { hasText: "How do returns work?" }).waitFor();
    staff.assertCalm();
    await setFront(admin.page, (settings) => (settings.state = "live"));
    await shopper.page.goto(house.shopPage);
    await waitForLauncher(shopper.page);
  });

  test("nobody is there: she leaves her address, and a mail tells that she was answered, once", async () => {
    await setFront(admin.page, (settings) => (settings.hours = CLOSED));
    const shopper = await newVisitor(browser);
    const streams = streamsOf(shopper);
    const looksOn = () => eventually("she looks on", () => streams.size === 1);
    // Her browser has let go of the line when this is over; the house has read so long before a person has
    // opened the conversation and written an answer.
    const leaves = async () => {
      await shopper.page.goto("about:blank");
      await eventually("she has left", () => streams.size === 0);
    };
    const chat = await openChat(shopper.page, house);
    await ask(chat, "How do returns work?");
    await looksOn();
    const first = [...streams];
    await chat.locator("#person").click();
    await chat.getByText("Nobody is at the desk just now.").waitFor();
    await audit(chat, "nobody is there");
    await chat.getByRole("button", { name: "Answer me by e-mail" }).click();
    await chat.getByText("We mail you a link to this chat").waitFor();
    await chat.fill("#prove-email", "noor.front@example.com");
    await chat.locator("#prove-address .primary").click();
    await chat.locator("#prove-digits").waitFor();
    const mails = await newVisitor(browser);
    const mailbox = async () => {
      await mails.page.goto(`${house.origin}/demo/mailbox`);
      return mails.page.locator("main").innerText();
    };
    const code = /\b(\d{6})\b/.exec(await mailbox())?.[1];
    await chat.fill("#prove-digits", code ?? "");
    await chat.locator("#prove-code .primary").click();
    await declinePasskey(chat);
    await chat.getByText("When a person has answered, we send a mail to").waitFor();
    // With the proof she has another session, and a line of that.
    await eventually("her new session's line is open", () => streams.size === 1 && !first.some((one) => streams.has(one)));
    const { conversations } = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
    const { page } = admin;
    /** @param {string} text */
    const answer = async (text) => {
      await page.goto(`${house.origin}/console/conversations/${conversations[0].conversation}`);
      await page.waitForSelector("#conversation:not([aria-busy])");
      const take = page.getByRole("button", { name: "Take over" });
      if (await take.isVisible()) await take.click();
      await reply(page, text);
    };
    // She looks on: no mail.
    await answer("We are back, one moment.");
    await chat.locator(".turn.human", { hasText: "one moment" }).waitFor();
    assert.doesNotMatch(await mailbox(), /has answered you/);
    await leaves();
    await answer("Returns take 30 days, secretly.");
    await answer("And they are free.");
    const told = await mailbox();
    assert.equal(told.match(/because you asked for it/g)?.length, 1);
    assert.match(told, new RegExp(`${house.shopOrigin}/`));
    assert.doesNotMatch(told, /secretly|free/);
    // Back, and away again: told anew.
    await openChat(shopper.page, house);
    await (await chatFrame(shopper.page)).locator(".turn.human", { hasText: "And they are free." }).waitFor();
    // What she missed is on the screen before the line is open, which is what tells that she is back.
    await looksOn();
    await leaves();
    await answer("One more thing.");
    assert.equal((await mailbox()).match(/because you asked for it/g)?.length, 2);
    // Back where no line can be opened: what she reads there counts as well.
    await shopper.page.route("**/events*", (route) => route.abort());
    await openChat(shopper.page, house);
    await (await chatFrame(shopper.page)).locator(".turn.human", { hasText: "One more thing." }).waitFor();
    await shopper.page.goto("about:blank");
    await answer("And the very last.");
    assert.equal((await mailbox()).match(/because you asked for it/g)?.length, 3);
    await setFront(admin.page, (settings) => (settings.hours = null));
  });

  test("the end of a chat: rated, put away, and found again", async () => {
    const shopper = await newVisitor(browser, { viewport: { width: 360, height: 720 } });
    const { page } = shopper;
    await page.goto(`${house.origin}/widget/v1/frame?shop=demo`);
    const chat = await chatFrame(page);
    await ask(chat, "How do returns work?");
    await chat.locator("#menu-button").click();
    await chat.locator("#menu-finish").click();
    await chat.getByRole("heading", { name: "How was this chat?" }).waitFor();
    await audit(chat, "rating");
    await assertFits(chat, "rating");
    await chat.getByRole("button", { name: "Send rating" }).click();
    await chat.getByText("Please choose one of the five.").waitFor();
    await page.keyboard.press("ArrowRight");
    await chat.getByRole("radio", { name: "Good", exact: true }).check();
    await chat.fill("#rating-words", "Quick and <b>kind</b>");
    await chat.getByRole("button", { name: "Send rating" }).click();
    await chat.getByText("Thank you for your rating.").waitFor();
    const { conversations } = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
    await chat.getByRole("button", { name: "Close", exact: true }).click();
    await chat.getByText("How can we help?").waitFor();
    const seen = await admin.page.evaluate(async (id) => (await fetch(`/v1/staff/conversations/${id}`)).json(), conversations[0].conversation);
    assert.deepEqual([seen.rating.score, seen.rating.words], [4, "Quick and <b>kind</b>"]);
    const figures = await admin.page.evaluate(async () => (await fetch("/v1/staff/ratings?days=7")).json());
    assert.deepEqual(figures, { days: 7, count: 1, scores: [0, 0, 0, 1, 0] });
    await ask(chat, "How can I pay?");
    await chat.locator("#menu-button").click();
    await chat.locator("#menu-history").click();
    await chat.locator(".past").nth(1).waitFor();
    await audit(chat, "earlier chats");
    await chat.locator(".past:not([aria-current])").click();
    await chat.locator(".turn.shopper", { hasText: "How do returns work?" }).waitFor();
    assert.equal(await chat.locator(".turn.shopper", { hasText: "How can I pay?" }).count(), 0);
    shopper.assertCalm();
  });

  test("offline and back: what was written waits in sight, and goes out by itself", async () => {
    const shopper = await newVisitor(browser, { reducedMotion: "reduce" });
    const chat = await openChat(shopper.page, house);
    await ask(chat, "How do returns work?");
    assert.equal(await chat.evaluate(() => getComputedStyle(document.querySelector(".log > .turn") ?? document.body).animationName), "none");
    await shopper.context.setOffline(true);
    await write(chat, "How can I pay?");
    await chat.getByText("Waiting to be sent").waitFor();
    await chat.getByText("You are offline.").waitFor();
    await shopper.context.setOffline(false);
    await chat.locator(".turn.ai").nth(1).waitFor();
    assert.equal(await chat.locator("#bar").innerText(), "");
    shopper.assertCalm();
  });
});

describe("the console's side of it", () => {
  for (const [width, height] of /** @type {const} */ ([[360, 760], [768, 1024], [1440, 900]])) {
    test(`the designer and the settings at ${width} px: changed, seen in the preview, saved, seen in the widget`, async () => {
      const designer = await alsoAs(browser, admin, { viewport: { width, height } });
      const { page } = designer;
      await page.goto(`${house.origin}/console/designer`);
      await page.locator(".preview").waitFor();
      await audit(page, "designer");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      const launcher = () =>
        eventually("the preview has a launcher", async () => {
          const frame = page.frames().find((one) => one.url().includes("/widget/v1/launch"));
          const look = await frame?.evaluate(() => document.body.dataset["look"]).catch(() => undefined);
          return look && JSON.parse(look);
        });
      await launcher();
      await page.getByLabel("Accent colour").fill("#8a1c5b");
      await page.getByLabel("Greeting").fill(`Hello at ${width}`);
      await page.getByText("Not saved yet.").waitFor();
      await eventually("the preview follows", async () => (await launcher()).greeting === `Hello at ${width}`);
      assert.equal((await launcher()).accent, "#8a1c5b");
      // What is wrong is said beside the form, and the preview stays.
      await page.getByLabel("Choose the colour of text on it myself").check();
      await page.getByLabel("Colour of text on the accent").fill("#8a1c5c");
      await page.getByText("`look.on_accent` has a contrast of 1.0").waitFor();
      await page.getByLabel("Choose the colour of text on it myself").uncheck();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved.").waitFor();
      await page.getByRole("radio", { name: "Phone" }).check();
      await page.getByRole("radio", { name: "Dark" }).check();
      const shopper = await newVisitor(browser);
      const chat = await openChat(shopper.page, house);
      assert.equal(await chat.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent")), "#8a1c5b");

      await page.getByRole("button", { name: "Back to trial…" }).click();
      await page.getByText("Shoppers no longer see the widget").waitFor();
      await audit(page, "going back to trial");
      await page.locator("#going-yes").click();
      await page.locator(".going-live").getByText("Only staff see the widget").waitFor();
      await page.getByRole("button", { name: "Go live…" }).click();
      await page.locator("#going-yes").click();
      await page.locator(".going-live").getByText("Everybody who opens a page").waitFor();
      assert.match(await page.getByLabel("Script tag").inputValue(), /^<script src="[^"]+" integrity="sha384-[^"]+" crossorigin="anonymous" data-shop="demo" async><\/script>$/);

      await page.goto(`${house.origin}/console/settings`);
      await page.getByLabel("Our people have hours").check();
      await audit(page, "settings");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await page.getByLabel("Time zone").fill("Berlin");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("is no time zone").waitFor();
      await page.getByLabel("Time zone").fill("Europe/Berlin");
      await page.getByLabel("Saturday").fill("10:00-14:00");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved.").waitFor();
      await page.reload();
      assert.equal(await page.getByLabel("Saturday").inputValue(), "10:00-14:00");
      await page.getByLabel("Our people have hours").uncheck();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved.").waitFor();
      designer.assertCalm();
    });
  }

  test("an agent has no such pages, and two admins do not overwrite each other", async () => {
    await admin.page.goto(`${house.origin}/console/staff`);
    await admin.page.fill("#invite-name", "Iris Holm");
    await admin.page.getByRole("button", { name: "Create sign-in link" }).click();
    const link = await admin.page.locator("#invited-link").inputValue();
    const agent = await newVisitor(browser);
    await signIn(agent.page, link);
    assert.equal(await agent.page.getByRole("link", { name: "Widget" }).count(), 0);
    for (const path of ["designer", "settings"]) {
      const answer = await agent.page.goto(`${house.origin}/console/${path}`);
      assert.equal(answer?.status(), 403);
      await audit(agent.page, `${path} for an agent`);
    }
    const other = await admin.context.newPage();
    await admin.page.goto(`${house.origin}/console/settings`);
    await other.goto(`${house.origin}/console/settings`);
    for (const page of [admin.page, other]) await page.getByRole("button", { name: "Save" }).waitFor();
    await other.getByRole("button", { name: "Save" }).click();
    await other.getByText("Saved.").waitFor();
    await admin.page.getByRole("button", { name: "Save" }).click();
    await admin.page.getByText("A colleague has changed the settings meanwhile.").waitFor();
  });
});
