// What the widget makes of a reply: blocks and cards of any kind, with hostile texts in every place
// that holds a text, whatever the server's gates would have done with them (D06).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CORPUS } from "../corpus.mjs";
import { assertInert, missing, newVisitor, openBrowser, openChat, openHouse, watch } from "../harness.mjs";

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

test("blocks draw text, and links only where they say that they lead", async () => {
  const shopper = await newVisitor(browser);
  const watched = watch(house, shopper);
  const chat = await openChat(shopper.page, house);
  const drawn = await chat.evaluate(async (payloads) => {
    const [blocks, texts] = ["/widget/v1/blocks.js", "/widget/v1/texts.js"];
    const { drawBlocks } = await import(blocks);
    const { blockLabels, textsFor } = await import(texts);
    const shop = "/widget/v1/shop.js";
    const { openShop } = await import(shop);
    const say = await textsFor("en");
    const none = () => undefined;
    const chatCards = openShop({ place: document.createElement("div"), say, locale: "en", session: none, turnWith: none, counted: none }).cards;
    const labels = blockLabels(say);
    const log = document.getElementById("log");
    const links = [
      ["https://shop.example/a", "shop.example", true],
      ["https://evil.example/a", "shop.example", false],
      ["https://shop.example@evil.example/", "shop.example", false],
      ["https://user@shop.example/", "shop.example", false],
      ["http://shop.example/", "shop.example", false],
      ["javascript:window.__struck=1", "", false],
      ["data:text/html,<script>1</script>", "", false],
      ["//shop.example/", "shop.example", false],
      ["nonsense", "nonsense", false],
    ];
    const anchors = links.map(([url, host, wanted]) => {
      const [shown] = drawBlocks([{ type: "link", id: "1", label: "here", host, url }], { labels });
      return [url, shown.querySelector("a") !== null, wanted];
    });
    for (const payload of payloads) {
      const spans = [{ text: payload, bold: true, emphasis: true }];
      const made = drawBlocks(
        [
          { type: "text", text: payload },
          { type: "text", text: payload, content: [{ kind: "paragraph", spans }, { kind: "list", ordered: true, items: [spans] }] },
          { type: "source", kind: payload, id: payload, title: payload },
          { type: "choices", choices: [{ label: payload, text: payload }] },
          { type: "notice", kind: payload },
          { type: "notice", kind: "constructor" },
          { type: "handover", state: payload },
          { type: payload },
        ],
        { labels, choose() {} },
      );
      const effect = [{ text: payload, amount: 1 }];
      const sheet = {
        id: payload, title: payload, category: payload, currency: payload, price: 1, from: false, variants: 2, in_stock: true,
        options: [{ name: payload, values: [payload] }],
        variant: { id: payload, label: payload, price: 1, in_stock: true },
      };
      const cards = [
        { type: "product", product: sheet },
        { type: "comparison", products: [sheet, sheet] },
        { type: "cart", cart: { lines: [{ id: payload, title: payload, quantity: 1, total: 1, in_stock: false }], currency: "EUR", subtotal: 1, discount: payload, total: 1 } },
        { type: "proposal", id: payload, tool: payload, title: payload, effect, total: 1, currency: payload, level: "session", expires_at: "2999-01-01T00:00:00Z" },
        { type: "outcome", proposal: payload, tool: payload, title: payload, effect, currency: payload, order: payload },
        { type: "form", form: "address", order: payload },
      ];
      made.push(...drawBlocks(cards, { labels, cards: chatCards }));
      log?.append(...made);
    }
    return anchors;
  }, CORPUS);
  for (const [url, isLink, wanted] of drawn) assert.equal(isLink, wanted, String(url));
  assert.deepEqual(missing((await chat.locator("#log").textContent()) ?? "", CORPUS), [], "shown as they were written");
  await assertInert(chat, "chat");
  watched.assertQuiet();
});
