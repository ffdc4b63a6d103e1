// A shop whose whole document is hostile: what it says of goods, people, orders and rules is shown in
// the widget, the chat and at the desk, and stays words (D06). Each string of the corpus is the title,
// the category, the description and a variant of a product of its own, a line of an order, and part of
// somebody's address.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CORPUS } from "../corpus.mjs";
import {
  ask,
  assertInert,
  goTo,
  missing,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouseOf,
  openStaffOrder,
  proveForOrders,
  search,
  signIn,
  watch,
} from "../harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { House } from "../harness.mjs" */

const EMAIL = "mallory@example.com";
/** Products that a search shows at most, and lines of an order here. */
const TOGETHER = 30;

/** A line of the document holds no character that controls or turns the text around: it is refused. */
const isLine = (/** @type {string} */ text) => !/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(text);
const LINES = CORPUS.filter(isLine);
const OTHERS = CORPUS.filter((text) => !isLine(text)).map((text) => text.replaceAll("\0", ""));
/** Names of options that an object has without being given them. */
const OPTIONS = ["__proto__", "constructor", "hasOwnProperty"];

const groups = Array.from({ length: Math.ceil(LINES.length / TOGETHER) }, (_, at) => LINES.slice(at * TOGETHER, (at + 1) * TOGETHER));

/** A name for each group, so that a search finds it and no other. */
const WORDS = (
  "anchor bramble cobalt dulcimer ember falcon granite harvest indigo jasmine kettle lantern meadow nutmeg orchid pebble quartz " +
  "rosewood saddle thimble umbrella velvet walnut xylophone yarrow zeppelin almanac birch compass driftwood evergreen"
).split(" ");

/** @param {number} at */
const word = (at) => WORDS[at] ?? "";

/** A string of the corpus that fits, another one for each place. @param {number} at @param {number} most */
function fitting(at, most) {
  for (let step = 0; step < LINES.length; step += 1) {
    const text = LINES[(at + step) % LINES.length] ?? "";
    if (text.length <= most && text.trim()) return text;
  }
  throw new Error("nothing fits");
}

/** @param {number} at */
const address = (at) => ({
  line1: fitting(at, 200),
  line2: fitting(at + 1, 200),
  city: fitting(at + 2, 100),
  region: fitting(at + 3, 100),
  postal_code: fitting(at + 4, 30),
  country: "US",
});

assert.ok(groups.length <= WORDS.length, `${groups.length} groups`);

/** @param {string} text @param {number} at */
function product(text, at) {
  const name = OPTIONS[Math.floor(at / TOGETHER) % OPTIONS.length] ?? "x";
  const options = [name, `of ${fitting(at + 7, 60)}`];
  const variant = (/** @type {string} */ id, /** @type {string} */ value) => ({
    id,
    sku: fitting(at + 8, 60),
    title: text,
    options: Object.fromEntries([[name, value], [options[1], fitting(at + 9, 60)]]),
    price: 1000,
    available: true,
  });
  return {
    id: `p${at}`,
    title: `${word(Math.floor(at / TOGETHER))} ${text}`,
    description: `${text}\n\n${at % TOGETHER ? "" : [...(groups[at / TOGETHER] ?? []), ...OTHERS].join("\n")}`,
    category: text,
    options,
    variants: [variant(`v${at}a`, "one"), variant(`v${at}b`, fitting(at, 60))],
  };
}

/** Each order is somebody else's, but for the last, which are those of the shopper who looks at them. */
function buyer(/** @type {number} */ at) {
  return at < groups.length - 4 ? at : 0;
}

// JSON.stringify leaves nothing of a member called `__proto__` that was set; these were defined.
const SHOP = {
  format: "parlour-shop/1",
  currency: "USD",
  products: LINES.map(product),
  discounts: [{ code: "X<b>", kind: "fixed", value: 1, description: fitting(3, 200) }],
  shipping: [{ id: "s", title: fitting(11, 200), price: 100, level: "standard" }],
  policies: groups.map((texts, at) => ({ id: `policy${at}`, title: `${word(at)} rule ${fitting(at * 7, 100)}`, text: texts.map((text) => `${word(at)} rule: ${text}`).join("\n\n") })),
  faqs: groups.map((texts, at) => ({ id: `faq${at}`, question: `May I bring ${word(at)} along? ${fitting(at * 5, 60)}`, answer: texts.slice(0, 8).join("\n\n") })),
  customers: groups.map((_, at) => ({
    id: `c${at}`,
    email: at ? `buyer${at}@example.com` : EMAIL,
    given_name: fitting(at * 29 + 20, 100),
    family_name: fitting(at * 29 + 21, 100),
    phone: fitting(at * 29 + 22, 40),
    addresses: [{ id: "a1", ...address(at * TOGETHER), default: true }],
    payment_methods: [{ id: `m${at}`, kind: "card", brand: fitting(at * 29 + 23, 60), last4: "4242" }],
  })),
  orders: groups.map((texts, at) => ({
    id: `O-${at}`,
    customer: `c${buyer(at)}`,
    placed_at: `2026-10-01T10:${String(at).padStart(2, "0")}:00.000Z`,
    status: at % 3 ? "delivered" : "pending",
    shipping_address: address(at * TOGETHER + 9),
    lines: texts.map((text, line) => ({
      id: `l${line}`,
      product: `p${at * TOGETHER + line}`,
      variant: `v${at * TOGETHER + line}a`,
      title: text,
      options: Object.fromEntries([[`of ${fitting(line, 60)}`, fitting(line + 1, 60)], ["__proto__", text.slice(0, 60)]]),
      quantity: 1,
      unit_price: 1000,
    })),
    fulfilments: at % 3 ? [{ id: "F1", tracking: texts.filter((text) => text.length <= 100).slice(0, 10), lines: ["l0"] }] : [],
    payments: [{ id: `P${at}`, kind: "payment", method: `m${buyer(at)}`, amount: 1000 * texts.length }],
  })),
};

/** @type {string} */
let folder;
/** @type {House} */
let house;
/** @type {Browser} */
let browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "parlour-journey-"));
  await writeFile(join(folder, "shop.json"), JSON.stringify(SHOP));
  house = await openHouseOf("Hostile", "json", join(folder, "shop.json"));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await house?.remove();
  await rm(folder, { recursive: true, force: true });
});

test("a shop that is hostile from end to end is inert in the widget, the chat, the mailbox and at the desk", async (t) => {
  const shopper = await newVisitor(browser);
  const staff = await newVisitor(browser);
  const watched = watch(house, shopper, staff);
  const chat = await openChat(shopper.page, house);
  for (const [at, texts] of groups.entries()) {
    await search(chat, word(at));
    const titles = await chat.locator(".good").allInnerTexts();
    assert.deepEqual(missing(titles.join("\n"), texts), [], word(at));
    await assertInert(chat, `search for ${word(at)}`);
  }
  t.diagnostic(`${LINES.length} products`);

  // A product of each group as a sheet, with its whole description; what an object brings with it is a
  // name like others.
  for (const at of groups.keys()) {
    if (at % 4) continue;
    await search(chat, word(at));
    await chat.locator(".good", { hasText: `${word(at)} ${groups[at]?.[0]}` }).first().click();
    await chat.locator(".description").waitFor();
    assert.deepEqual(missing((await chat.locator(".description").textContent()) ?? "", [...(groups[at] ?? []), ...OTHERS]), []);
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.locator("fieldset.options .wrong, fieldset.options [role=alert]", { hasText: /\S/ }).first().waitFor();
    for (const group of await chat.locator("fieldset.options").all()) await group.locator("input").first().check();
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.getByText("Added to your cart.").waitFor();
    await assertInert(chat, `product of ${word(at)}`);
  }
  await goTo(chat, "Cart");
  await chat.locator(".line").nth(3).waitFor();
  await assertInert(chat, "cart");
  await goTo(chat, "Chat");

  for (const at of [0, 1, 2, 3, 4, 5]) {
    await ask(chat, `show me ${word(at)}`);
    await ask(chat, `what is the ${word(at)} rule?`);
    await ask(chat, `May I bring ${word(at)} along?`);
  }
  await ask(chat, "compare the first and the second");
  await ask(chat, "what is in my cart?");
  await chat.locator("#log .good").first().waitFor();
  await chat.locator("#log .source").first().waitFor();
  await assertInert(chat, "goods and rules in the chat");

  await proveForOrders(shopper, house, chat, EMAIL);
  await assertInert(chat, "orders");
  for (const at of [0, 1, 2]) {
    await goTo(chat, "Orders");
    await chat.locator(".good.order", { hasText: `O-${groups.length - 1 - at}` }).click();
    await chat.locator(".progress").waitFor();
    await assertInert(chat, `order ${at}`);
  }
  await goTo(chat, "Chat");
  await ask(chat, "where is my order?");
  await assertInert(chat, "an order in the chat");

  const mailbox = await shopper.context.newPage();
  await mailbox.goto(`${house.origin}/demo/mailbox`);
  await mailbox.locator(".mail", { hasText: EMAIL }).first().waitFor();
  await assertInert(mailbox, "mailbox");
  await mailbox.close();

  const { page } = staff;
  await signIn(page, await house.signInLink());
  await openConversation(page, house, chat);
  await page.locator(".shown-good").first().waitFor();
  await assertInert(page, "conversation at the desk");
  for (const [at, texts] of groups.entries()) {
    await openStaffOrder(page, house, `O-${at}`);
    const { given_name: given, family_name: family } = SHOP.customers[buyer(at)] ?? {};
    assert.deepEqual(missing((await page.locator("#order").textContent()) ?? "", [...texts, given ?? "", family ?? ""]), [], `order O-${at}`);
    await assertInert(page, `order O-${at} at the desk`);
  }
  for (const path of ["", "/orders", "/inbox", "/search", "/knowledge", "/settings", "/designer"]) {
    await page.goto(`${house.origin}/console${path}`);
    await page.waitForLoadState("networkidle");
    await page.locator("main [aria-busy=true]:visible").waitFor({ state: "detached" });
    await assertInert(page, `console${path}`);
  }
  watched.assertQuiet();
});
