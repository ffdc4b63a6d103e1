// What a shop's document says of goods, people and orders, and what a shopper types at the
// checkout, are words like others: on every screen of the shop and of the desk (D06).

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  assertInert,
  buy,
  checkOut,
  goTo,
  newVisitor,
  openBrowser,
  openChat,
  openHouseOf,
  openStaffOrder,
  proveForOrders,
  search,
  signIn,
} from "../harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { House } from "../harness.mjs" */

const IMG = "<img src=x onerror=window.__struck=1>";
const SCRIPT = "</script><script>window.__struck=1</script>";
const FRAME = "<iframe srcdoc='<script>parent.__struck=1</script>'></iframe>";
const STYLE = "<style>*{display:none}</style>";
const EMAIL = "mallory@example.com";

const address = { line1: IMG, line2: STYLE, city: SCRIPT, region: IMG, postal_code: "<b>1</b>", country: "US" };
const SHOP = {
  format: "parlour-shop/1",
  currency: "USD",
  products: [
    {
      id: IMG,
      title: `Vase ${IMG}`,
      description: `${SCRIPT}${FRAME}`,
      category: STYLE,
      image_url: "https://evil.example/pixel.png",
      options: [IMG],
      variants: [
        { id: "v1", title: IMG, options: { [IMG]: SCRIPT }, price: 1000, available: true },
        { id: "v2", title: SCRIPT, options: { [IMG]: FRAME }, price: 2000, available: true },
      ],
    },
  ],
  discounts: [],
  shipping: [{ id: "s", title: `Delivery ${IMG}`, price: 100, level: "standard" }],
  policies: [],
  faqs: [],
  customers: [
    {
      id: "c1",
      email: EMAIL,
      given_name: IMG,
      family_name: SCRIPT,
      phone: IMG,
      addresses: [{ id: "a1", ...address, default: true }],
      payment_methods: [{ id: "m1", kind: "card", brand: IMG, last4: "4242" }],
    },
  ],
  orders: [
    {
      id: "O-1",
      customer: "c1",
      placed_at: "2026-11-01T10:00:00.000Z",
      status: "delivered",
      shipping_address: address,
      lines: [{ id: IMG, product: IMG, variant: "v1", title: `Vase ${SCRIPT}`, options: { [IMG]: FRAME }, quantity: 1, unit_price: 1000 }],
      fulfilments: [{ id: "F1", tracking: [IMG, "javascript:window.__struck=1"], lines: [IMG] }],
      payments: [{ id: "P1", kind: "payment", method: "m1", amount: 1000 }],
    },
  ],
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

test("hostile goods, names, addresses and orders are inert everywhere", async () => {
  const shopper = await newVisitor(browser);
  const staff = await newVisitor(browser);
  /** @type {string[]} */
  const strangers = [];
  for (const visitor of [shopper, staff]) {
    visitor.context.on("request", (request) => {
      if (![house.origin, house.shopOrigin].includes(new URL(request.url()).origin)) strangers.push(request.url());
    });
  }
  const chat = await openChat(shopper.page, house);
  await search(chat, "vase");
  assert.equal(await chat.locator(".good-title").innerText(), `Vase ${IMG}`, "shown as it was written");
  await assertInert(chat, "search");
  await chat.locator(".good").click();
  await chat.locator(".price").waitFor();
  assert.ok((await chat.locator(".description").innerText()).includes(SCRIPT));
  await assertInert(chat, "product");
  await chat.locator("fieldset.options input").first().check();
  await chat.getByRole("button", { name: "Add to cart" }).click();
  await chat.getByText("Added to your cart.").waitFor();
  await goTo(chat, "Cart");
  await assertInert(chat, "cart");
  await checkOut(chat, {
    email: "guest@example.com",
    given: IMG,
    family: "<b>Bold</b>",
    address: { line1: IMG, line2: STYLE, postal_code: "<i>1", city: "<svg/onload=window.__struck=1>", country: "US" },
  });
  assert.ok((await chat.locator(".proposal").innerText()).includes(IMG));
  await assertInert(chat, "proposal");
  const order = await buy(chat);
  await assertInert(chat, "outcome");

  await proveForOrders(shopper, house, chat, EMAIL);
  assert.ok((await chat.locator("address").innerText()).includes(IMG));
  await assertInert(chat, "orders");
  await chat.locator(".good.order").click();
  await chat.locator(".progress").waitFor();
  assert.ok((await chat.locator(".codes").innerText()).includes(IMG));
  await assertInert(chat, "order");
  await chat.getByRole("button", { name: "Exchange items" }).click();
  await chat.locator("#shop-view select").waitFor();
  await assertInert(chat, "exchange");
  await chat.locator("#shop-view select").selectOption({ index: 1 });
  await chat.getByRole("button", { name: "See what happens" }).click();
  await chat.locator(".proposal").waitFor();
  await assertInert(chat, "exchange, proposed");

  await signIn(staff.page, await house.signInLink());
  for (const number of [order, "O-1"]) {
    await openStaffOrder(staff.page, house, number);
    assert.ok((await staff.page.locator("#order").innerText()).includes(IMG));
    await assertInert(staff.page, `order ${number} at the desk`);
  }
  await staff.page.goto(`${house.origin}/console/orders/${encodeURIComponent(`"><script>window.__struck=1</script>${IMG}`)}`);
  await staff.page.locator("#parts .problem").waitFor();
  await assertInert(staff.page, "an order that does not exist");
  await staff.page.goto(`${house.origin}/console/orders`);
  await staff.page.locator("a.order-row").first().waitFor();
  await assertInert(staff.page, "orders at the desk");
  assert.deepEqual(strangers, []);
  shopper.assertCalm();
  staff.assertCalm();
});

test("a payment link is followed only where it leads to what it shows", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  const hosts = await chat.evaluate(async () => {
    const path = "/widget/v1/proposal.js";
    const { hostOf } = await import(path);
    return [
      "https://pay.example/x",
      "https://pay.example:8443/x",
      "http://127.0.0.1:9401/pay",
      "http://localhost:9401/pay",
      "http://[::1]:9401/pay",
      "http://pay.example/x",
      "http://127.0.0.1.evil.example/x",
      "http://localhost@evil.example/x",
      "https://user:secret@pay.example/",
      "javascript:window.__struck=1",
      "data:text/html,<script>1</script>",
      "//pay.example/x",
      "nonsense",
    ].map((address) => hostOf(address));
  });
  assert.deepEqual(hosts, [
    "pay.example",
    "pay.example:8443",
    "127.0.0.1:9401",
    "localhost:9401",
    "[::1]:9401",
    ...Array.from({ length: 8 }, () => undefined),
  ]);
});
