// Everybody can shop: no axe violation on any screen of the shop and of the desk's orders, in either
// scheme, and a whole purchase with the keyboard alone (D27).

import { after, before, describe, test } from "node:test";
import {
  addToCart,
  alsoAs,
  audit,
  buy,
  chatFrame,
  checkOut,
  goTo,
  moveTo,
  newVisitor,
  openBrowser,
  openChat,
  openHouse,
  openOrder,
  openPayment,
  openStaffOrder,
  proveForOrders,
  search,
  signIn,
  waitForLauncher,
} from "../harness.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

/** @type {House} */
let house;
/** @type {Browser} */
let browser;
/** @type {Visitor} */
let staff;
before(async () => {
  house = await openHouse();
  browser = await openBrowser();
  staff = await newVisitor(browser);
  await signIn(staff.page, await house.signInLink());
});
after(async () => {
  await browser?.close();
  await house?.remove();
});

const HOME = { line1: "Am Anger 38", postal_code: "8010", city: "Graz", country: "AT" };

/**
 * The number of an order that stands as wanted.
 *
 * @param {Page} page of staff
 * @param {string} query
 */
async function orderOf(page, query) {
  const { orders } = await page.evaluate(async (wanted) => (await fetch(`/v1/staff/orders?${wanted}`)).json(), query);
  return orders[0].id;
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  describe(`axe, ${colorScheme}`, () => {
    test("the shop beside the chat", async () => {
      const email = `${colorScheme}@example.com`;
      const shopper = await newVisitor(browser, { colorScheme });
      const chat = await openChat(shopper.page, house);
      await goTo(chat, "Shop");
      await audit(chat, "shop, before anything was asked");
      await goTo(chat, "Cart");
      await audit(chat, "cart, empty");
      await goTo(chat, "Orders");
      await audit(chat, "orders, nobody known");
      await search(chat, "qqqq");
      await audit(chat, "search without results");
      await search(chat, "linen");
      await audit(chat, "search");
      await chat.locator(".good", { hasText: "Linen shirt" }).first().click();
      await chat.getByRole("button", { name: "Add to cart" }).click();
      await chat.getByText("Please choose").waitFor();
      await audit(chat, "product with a complaint");
      await addToCart(chat, "Linen shirt");
      await audit(chat, "product in the cart");
      await goTo(chat, "Cart");
      await chat.getByLabel("Discount code").fill("NOPE");
      await chat.getByRole("button", { name: "Apply" }).click();
      await chat.getByText("not valid").waitFor();
      await audit(chat, "cart with a complaint");
      await chat.getByRole("button", { name: "Go to checkout" }).click();
      await chat.getByRole("button", { name: "Review the order" }).click();
      await chat.getByText("Please enter your first name.").waitFor();
      await audit(chat, "checkout with complaints");
      await checkOut(chat, { email, address: HOME });
      await audit(chat, "proposal");
      const order = await buy(chat);
      await audit(chat, "outcome");
      await goTo(chat, "Orders");
      await audit(chat, "orders of a guest");
      await proveForOrders(shopper, house, chat, email);
      await audit(chat, "orders");
      await openOrder(chat, order);
      await audit(chat, "order with a payment due");
      const paying = await openPayment(shopper, chat);
      await paying.getByRole("button", { name: /^Pay/ }).click();
      await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
      await audit(paying, "return from the payment page");
      await paying.close();
      await chat.locator(".due").waitFor({ state: "detached" });
      await audit(chat, "order, paid");
      await chat.getByRole("button", { name: "Change items" }).click();
      await chat.locator("#shop-view select").waitFor();
      await audit(chat, "change items");
      await chat.getByRole("button", { name: "Back" }).click();
      await chat.getByRole("button", { name: "Cancel the order" }).click();
      await chat.getByText("Why do you cancel?").waitFor();
      await audit(chat, "cancel");
      await chat.getByRole("button", { name: "Back" }).click();
      await chat.getByRole("button", { name: "Change the address" }).click();
      await chat.getByRole("button", { name: "See what happens" }).click();
      await chat.getByRole("button", { name: "Mail me a code" }).waitFor();
      await audit(chat, "proposal that needs a code");
      await chat.getByRole("button", { name: "Mail me a code" }).click();
      await chat.locator("#shop-view").getByLabel("Code from the mail").waitFor();
      await chat.getByRole("button", { name: "Confirm", exact: true }).click();
      await audit(chat, "code with a complaint");
      await shopper.context.route("**/v1/tools/*", (route) => route.abort());
      await goTo(chat, "Orders");
      await chat.getByRole("button", { name: "Try again" }).waitFor();
      await audit(chat, "orders that cannot be reached");
    });

    test("orders at the desk", async () => {
      const { page } = await alsoAs(browser, staff, { colorScheme });
      for (const tab of ["", "?show=back", "?show=cancelled"]) {
        await page.goto(`${house.origin}/console/orders${tab}`);
        await page.waitForSelector("#orders:not([aria-busy]) a.row");
        await audit(page, `orders${tab}`);
      }
      for (const query of ["status=pending", "status=processed", "status=shipped", "servicing=return_requested", "servicing=exchange_requested", "status=cancelled"]) {
        await openStaffOrder(page, house, await orderOf(page, query));
        await audit(page, `order with ${query}`);
      }
      await openStaffOrder(page, house, await orderOf(page, "status=processed"));
      await page.getByRole("button", { name: "Mark as shipped" }).click();
      await audit(page, "shipping with a complaint");
      await page.goto(`${house.origin}/console/orders/none`);
      await page.locator("#parts .problem").waitFor();
      await audit(page, "an order that does not exist");
    });
  });
}

test("a purchase with the keyboard alone", async () => {
  const shopper = await newVisitor(browser);
  const { page } = shopper;
  await page.goto(house.shopPage);
  await waitForLauncher(page);
  await moveTo(page, page, "parlour-chat");
  await page.keyboard.press("Enter");
  const chat = await chatFrame(page);
  await chat.waitForFunction(() => document.hasFocus() && document.activeElement?.id === "message");
  await moveTo(page, chat, "#to-shop", "Shift+Tab");
  await page.keyboard.press("Enter");
  await chat.waitForFunction(() => document.activeElement?.textContent === "Shop" && document.activeElement.localName === "h2");
  await moveTo(page, chat, "#shop-query");
  await page.keyboard.type("linen shirt");
  await page.keyboard.press("Enter");
  await chat.locator(".good").first().waitFor();
  await moveTo(page, chat, ".good");
  await page.keyboard.press("Enter");
  await chat.locator(".price").waitFor();
  // The heading says where one is.
  await chat.waitForFunction(() => document.activeElement?.localName === "h2" && document.activeElement.textContent === "Linen shirt");
  await moveTo(page, chat, "[name=option-colour]");
  await page.keyboard.press("Space");
  await moveTo(page, chat, "[name=option-size]");
  await page.keyboard.press("Space");
  await moveTo(page, chat, ".buy .primary");
  await page.keyboard.press("Enter");
  await chat.getByText("Added to your cart.").waitFor();
  await moveTo(page, chat, ".told .quiet");
  await page.keyboard.press("Enter");
  await chat.locator(".line").waitFor();
  await moveTo(page, chat, ".checkout");
  await page.keyboard.press("Enter");
  await chat.locator("#shop-view [name=email]").waitFor();
  for (const [name, value] of Object.entries({ email: "key@example.com", given_name: "Kay", family_name: "Board", line1: "Am Anger 38", postal_code: "8010", city: "Graz" })) {
    await moveTo(page, chat, `#shop-view [name=${name}]`);
    await page.keyboard.type(value);
  }
  await moveTo(page, chat, "#shop-view [name=country]");
  await page.keyboard.type("Austria");
  await page.keyboard.press("Enter");
  await moveTo(page, chat, "#shop-view form > .primary");
  await page.keyboard.press("Enter");
  await chat.locator(".proposal").waitFor();
  await moveTo(page, chat, ".proposal .primary");
  await page.keyboard.press("Enter");
  await chat.getByRole("heading", { name: "Thank you for your order" }).waitFor();
  await moveTo(page, chat, "a.pay");
  const opened = shopper.context.waitForEvent("page");
  await page.keyboard.press("Enter");
  const paying = await opened;
  await paying.getByText("Demo gateway: no real money.").waitFor();
  await paying.bringToFront();
  await moveTo(paying, paying, "button[type=submit]");
  await paying.keyboard.press("Enter");
  await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
  shopper.assertCalm();
});

test("staff send an order on its way with the keyboard alone", async () => {
  const { page } = staff;
  await page.goto(`${house.origin}/console/orders?show=pending`);
  await page.locator("a.order-row").first().waitFor();
  await moveTo(page, page, "a.order-row");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  // The first that is paid.
  for (let down = 0; down < 50; down += 1) {
    const step = await page.evaluate(() => document.activeElement?.querySelector(".pill.paid") !== null);
    if (step) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector("#order:not([aria-busy]) .columns");
  await moveTo(page, page, ".step .primary");
  await page.keyboard.press("Enter");
  await page.locator("#done", { hasText: "Packing has begun." }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "heading");
  await moveTo(page, page, "#tracking");
  await page.keyboard.type("KEY-1");
  await moveTo(page, page, ".step .primary");
  await page.keyboard.press("Enter");
  await page.locator("#done", { hasText: "The order is shipped." }).waitFor();
  staff.assertCalm();
});
