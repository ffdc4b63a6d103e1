// Pictures of goods (issue 4; D06): every card of the sample shop has one, from Parlour's own host alone;
// where one is missing or fails there is a letter, and nothing moves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, goTo, newVisitor, openBrowser, openChat, openConversation, openHouse, search, signIn } from "../harness.mjs";

/** @import { Browser, Locator } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

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

/** Everything a visitor's browser asks for. @param {Visitor} visitor */
function heard(visitor) {
  /** @type {string[]} */
  const asked = [];
  visitor.context.on("request", (request) => asked.push(request.url()));
  return asked;
}

/** Each is there, and shows something. @param {Locator} pictures */
async function assertShown(pictures) {
  await pictures.first().waitFor();
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    const shown = await picture.evaluate(
      (image) =>
        new Promise((resolve) => {
          const told = () => resolve({ tag: image.tagName, width: /** @type {HTMLImageElement} */ (image).naturalWidth, alt: image.getAttribute("alt") });
          if (/** @type {HTMLImageElement} */ (image).complete) told();
          else for (const event of ["load", "error"]) image.addEventListener(event, told);
        }),
    );
    assert.deepEqual({ ...shown, width: shown.width > 0 }, { tag: "IMG", width: true, alt: "" });
  }
}

test("cards of the chat, the shop, the cart and the desk show pictures, of our own host alone", async () => {
  const shopper = await newVisitor(browser);
  const asked = heard(shopper);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "show me mugs");
  const goods = chat.locator("#log .good");
  await assertShown(goods.locator(".picture"));
  assert.equal(await goods.locator(".picture").count(), await goods.count());

  await search(chat, "lamp");
  const found = chat.locator(".results .good");
  await assertShown(found.locator(".picture"));
  const looks = await found.locator("img.picture").evaluateAll((images) => images.map((image) => image.getAttribute("src")));
  assert.equal(new Set(looks).size, looks.length, "no two products look alike");
  await found.first().click();
  await chat.getByRole("button", { name: "Add to cart" }).waitFor();
  await assertShown(chat.locator("#shop-view .picture"));
  for (const group of await chat.locator("fieldset.options").all()) await group.locator("label:not(.out) input").first().check();
  await chat.getByRole("button", { name: "Add to cart" }).click();
  await chat.getByText("Added to your cart.").waitFor();
  await goTo(chat, "Cart");
  await assertShown(chat.locator(".line .picture"));
  await goTo(chat, "Chat");
  await ask(chat, "what is in my cart?");
  await assertShown(chat.locator("#log .cart-shown .picture"));

  const staff = await newVisitor(browser);
  const atDesk = heard(staff);
  await signIn(staff.page, await house.signInLink());
  await openConversation(staff.page, house, chat);
  await assertShown(staff.page.locator(".shown-good .picture"));
  await staff.page.goto(`${house.origin}/console/orders`);
  await staff.page.locator("a[href^='/console/orders/']").first().click();
  await assertShown(staff.page.locator(".amounts .picture"));

  const ours = new Set([new URL(house.origin).host, new URL(house.shopOrigin).host]);
  const elsewhere = [...asked, ...atDesk].filter((url) => url.startsWith("http") && !ours.has(new URL(url).host));
  assert.deepEqual(elsewhere, []);
  assert.ok(asked.filter((url) => url.includes("/pictures/")).length > 3);
  shopper.assertCalm();
  staff.assertCalm();
});

test("a picture that cannot be had leaves a letter of the same size, and nothing moves", async () => {
  const shopper = await newVisitor(browser);
  await shopper.context.route("**/pictures/*", (route) => route.fulfill({ status: 404 }));
  const chat = await openChat(shopper.page, house);
  await search(chat, "carafe");
  const letter = chat.locator(".results .good span.picture").first();
  await letter.waitFor();
  assert.equal(await letter.getAttribute("data-letter"), "G");
  const size = await letter.boundingBox();
  assert.deepEqual([size?.width, size?.height], [64, 64]);
  // Who cannot see it hears the title once.
  const name = await chat.locator(".results .good").first().evaluate((card) => card.textContent);
  assert.match(name ?? "", /^Glass carafe/);
  shopper.assertCalm();
});

test("what a picture is called becomes the end of a path of ours, and nothing else", async () => {
  const shopper = await newVisitor(browser);
  const asked = heard(shopper);
  const evil = "https://evil.example/pixel.png";
  await shopper.context.route("**/v1/tools/search_products", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const names = [evil, "//evil.example/a.jpg", `../../../${"a".repeat(64)}.jpg`, `${"a".repeat(64)}.jpg?x=1`, ""];
    for (const [at, product] of body.result.products.entries()) {
      const name = names[at % names.length];
      body.pictures[product.id] = { card: name, detail: name };
    }
    await route.fulfill({ response: answer, json: body });
  });
  const chat = await openChat(shopper.page, house);
  await search(chat, "table");
  await chat.locator(".results .good span.picture").nth(4).waitFor();
  assert.equal(await chat.locator(".results .good img").count(), 0);
  assert.deepEqual(asked.filter((url) => url.includes("evil.example") || url.includes("/pictures/")), []);
  shopper.assertCalm();
});
