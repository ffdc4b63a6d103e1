// The shop's own front: its languages, its looks, its hours, and who sees it before it is live.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ask, audit, chatFrame, clickLauncher, newVisitor, openBrowser, openChat, openHouse } from "../harness.mjs";

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
