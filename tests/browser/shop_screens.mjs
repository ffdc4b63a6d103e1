// Pictures of the shop beside the chat and of the orders at the desk, for `screens.mjs`.

import {
  addToCart,
  checkOut,
  goTo,
  mailedCode,
  openChat,
  openOrder,
  openPayment,
  openStaffOrder,
  proveForOrders,
  search,
} from "./harness.mjs";
import { shootFaults } from "./desk_screens.mjs";

/** @import { Walk } from "./screen_walk.mjs" */

const HOME = { line1: "Am Anger 38", postal_code: "8010", city: "Graz", country: "AT" };

/** @param {Walk} walk */
export async function shootShop({ house, shoot, shopper: arrive }) {
  const email = "nora.field@example.com";
  const shopper = await arrive();
  const { page, context } = shopper;
  const chat = await openChat(page, house);
  await goTo(chat, "Shop");
  await shoot(page, "shop-first");
  await goTo(chat, "Cart");
  await shoot(page, "cart-empty");
  await goTo(chat, "Orders");
  await shoot(page, "orders-unknown");
  await search(chat, "linen");
  await shoot(page, "shop-results");
  await search(chat, "qqqq");
  await shoot(page, "shop-nothing");
  await context.route("**/v1/tools/search_products", (route) => route.abort());
  await chat.getByRole("button", { name: "Search", exact: true }).click();
  await chat.getByRole("button", { name: "Try again" }).waitFor();
  await shoot(page, "shop-error");
  await context.unrouteAll();
  await search(chat, "linen shirt");
  await context.route("**/v1/tools/get_product", () => undefined);
  await chat.locator(".good").first().click();
  await chat.getByText("Loading…").waitFor();
  await shoot(page, "product-busy");
  await context.unrouteAll();
  await search(chat, "linen shirt");
  await chat.locator(".good", { hasText: "Linen shirt" }).first().click();
  await chat.getByRole("button", { name: "Add to cart" }).click();
  await chat.getByText("Please choose").waitFor();
  await shoot(page, "product-choose");
  await addToCart(chat, "Linen shirt");
  await shoot(page, "product-added");
  await addToCart(chat, "Glass carafe");
  await goTo(chat, "Cart");
  await chat.getByLabel("Discount code").fill("NOPE");
  await chat.getByRole("button", { name: "Apply" }).click();
  await chat.getByText("not valid").waitFor();
  await shoot(page, "cart-wrong-code");
  await chat.getByLabel("Discount code").fill("WELCOME10");
  await chat.getByRole("button", { name: "Apply" }).click();
  await chat.getByText("Discount WELCOME10").waitFor();
  await shoot(page, "cart");
  await chat.getByRole("button", { name: "Go to checkout" }).click();
  await chat.getByRole("button", { name: "Review the order" }).waitFor();
  await shoot(page, "checkout");
  await chat.getByRole("button", { name: "Review the order" }).click();
  await chat.getByText("Please enter your first name.").waitFor();
  await shoot(page, "checkout-wrong");
  await checkOut(chat, { email, address: HOME });
  await shoot(page, "proposal");
  /** @type {import("playwright-core").Route | undefined} */
  let held;
  await context.route("**/confirm", (route) => void (held = route));
  await chat.getByRole("button", { name: "Order and pay" }).click();
  await shoot(page, "proposal-busy");
  await held?.continue();
  await context.unrouteAll();
  await chat.getByRole("heading", { name: "Thank you for your order" }).waitFor();
  const order = await chat.locator(".order-number bdi").innerText();
  await shoot(page, "outcome");
  await goTo(chat, "Orders");
  await shoot(page, "orders-guest");
  await proveForOrders(shopper, house, chat, email);
  await openOrder(chat, order);
  await shoot(page, "order-due");
  const paying = await openPayment(shopper, chat);
  await shoot(paying, "payment", true);
  await paying.getByRole("button", { name: /^Pay/ }).click();
  await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
  await shoot(paying, "payment-return");
  await paying.close();
  await chat.locator(".due").waitFor({ state: "detached" });
  await shoot(page, "order-paid");
  await chat.locator("#shop-view").evaluate((view) => (view.scrollTop = view.scrollHeight));
  await shoot(page, "order-paid-end");
  await chat.getByRole("button", { name: "Change items" }).click();
  await chat.locator("#shop-view select").first().waitFor();
  await shoot(page, "change-items");
  await chat.getByRole("button", { name: "Back" }).click();
  await chat.getByRole("button", { name: "Cancel the order" }).click();
  await chat.getByText("Why do you cancel?").waitFor();
  await shoot(page, "cancel");
  await chat.getByRole("button", { name: "See what happens" }).click();
  await chat.locator(".proposal").waitFor();
  await shoot(page, "cancel-proposal");
  await chat.getByRole("button", { name: "Not now" }).click();
  await chat.getByRole("button", { name: "Change the address" }).click();
  await chat.getByRole("button", { name: "See what happens" }).click();
  await chat.getByRole("button", { name: "Mail me a code" }).waitFor();
  await shoot(page, "step-up");
  await chat.getByRole("button", { name: "Mail me a code" }).click();
  const code = chat.locator("#shop-view").getByLabel("Code from the mail");
  await code.fill("1");
  await chat.getByRole("button", { name: "Confirm", exact: true }).click();
  await shoot(page, "step-up-code");
  await code.fill(await mailedCode(shopper, house, email));
  await chat.getByRole("button", { name: "Confirm", exact: true }).click();
  await chat.getByRole("heading", { name: "Done" }).waitFor();
  await shoot(page, "done");
  await goTo(chat, "Orders");
  await shoot(page, "orders");
  await context.route("**/v1/tools/*", (route) => route.abort());
  await goTo(chat, "Cart");
  await chat.getByRole("button", { name: "Try again" }).waitFor();
  await shoot(page, "cart-error");
  await context.unrouteAll();
}

/**
 * Somebody whose order was delivered: a return, with what it gives back.
 *
 * @param {Walk} walk
 */
export async function shootReturn({ house, shoot, shopper: arrive }) {
  const shopper = await arrive();
  const { page } = shopper;
  const chat = await openChat(page, house);
  await proveForOrders(shopper, house, chat, "emre.hoffmann@example.com");
  await chat.locator(".good.order", { hasText: "Delivered" }).first().click();
  await chat.getByRole("button", { name: "Return items" }).click();
  await chat.getByText("Refund to").waitFor();
  await shoot(page, "return");
  await chat.locator("[name=line]").first().check();
  await chat.getByRole("button", { name: "See what happens" }).click();
  await chat.locator(".proposal").waitFor();
  await shoot(page, "return-proposal");
}

/** @param {Walk} walk */
export async function shootOrders({ house, shoot, staff }) {
  const { page } = await staff();
  const orders = `${house.origin}/console/orders`;
  for (const [name, query] of Object.entries({ desk: "", "desk-back": "?show=back" })) {
    await page.goto(`${orders}${query}`);
    await page.waitForSelector("#orders:not([aria-busy]) a.row");
    await shoot(page, `${name}-orders`);
  }
  await page.route("**/v1/staff/orders*", (route) => route.fulfill({ json: { orders: [], counts: [] } }));
  await page.goto(`${orders}?show=shipped`);
  await page.locator("#orders:not([aria-busy]) .empty").waitFor();
  await shoot(page, "desk-orders-empty");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await shootFaults(page, orders, "desk-orders", shoot);
  let last = "";
  for (const [name, query] of Object.entries({
    pending: "status=pending",
    packing: "status=processed",
    shipped: "status=shipped",
    return: "servicing=return_requested",
    exchange: "servicing=exchange_requested",
    cancelled: "status=cancelled",
  })) {
    const { orders } = await page.evaluate(async (wanted) => (await fetch(`/v1/staff/orders?${wanted}`)).json(), query);
    last = orders[0].id;
    await openStaffOrder(page, house, last);
    if (name === "packing") await page.getByRole("button", { name: "Mark as shipped" }).click();
    await shoot(page, `desk-order-${name}`, true);
  }
  await shootFaults(page, `${orders}/${last}`, "desk-order", shoot);
  await page.goto(`${orders}/none`);
  await page.locator("#parts .problem").waitFor();
  await shoot(page, "desk-order-none");
}
