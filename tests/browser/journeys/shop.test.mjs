// The whole road of an order: a bouquet found, bought, paid on the gateway's page, packed, shipped,
// delivered, sent back and refunded; and what may go wrong on the way.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  addToCart,
  buy,
  checkOut,
  eventually,
  fillAddress,
  flowerShop,
  goTo,
  mailedCode,
  newVisitor,
  openBrowser,
  openChat,
  openHouse,
  openHouseOf,
  openOrder,
  openPayment,
  openStaffOrder,
  proveForOrders,
  search,
  signIn,
  takeStep,
} from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

const EMAIL = "nora.field@example.com";

/** @param {Frame} frame the amounts of the card or the order that is shown */
const amounts = (frame) => frame.locator(".proposal, .part").first().locator(".effect .amount").allInnerTexts();

/** @param {Frame} frame where the code of a step-up goes */
const codeField = (frame) => frame.locator("#shop-view").getByLabel("Code from the mail");

/** @param {Page} page the staff member's, once the outside has moved the money */
async function untilRefunded(page) {
  await eventually("the refund is done", async () => {
    await page.reload();
    await page.waitForSelector("#order:not([aria-busy]) .columns");
    return (await page.locator(".movements .pill", { hasText: "Refunded" }).count()) > 0;
  });
}

describe("the flower shop", { skip: flowerShop() ? false : "the flower shop's files are not at hand (PARLOUR_SHARED)" }, () => {
  /** @type {House} */
  let house;
  /** @type {Browser} */
  let browser;
  /** @type {Visitor} */
  let staff;
  before(async () => {
    house = await openHouseOf("Flower shop", "ucp-csv", flowerShop() ?? "");
    browser = await openBrowser();
    staff = await newVisitor(browser);
    await signIn(staff.page, await house.signInLink());
  });
  after(async () => {
    await browser?.close();
    await house?.remove();
  });

  test("a bouquet, from the search to the refund", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    for (const place of /** @type {const} */ (["Shop", "Cart", "Orders", "Shop"])) await goTo(chat, place);
    assert.deepEqual(await shopper.context.cookies(), [], "looking around in the tabs opens no session");

    await addToCart(chat, "Bouquet of Red Roses", 4);
    assert.equal(await chat.locator("#cart-count").innerText(), "4");
    await checkOut(chat, { email: EMAIL });
    assert.deepEqual(await amounts(chat), ["$140.00", "$0.00"], "four bouquets, and roses are delivered free");
    assert.match(await chat.locator(".proposal").innerText(), /12 Elm Row, 62704, Springfield/);
    assert.match(await chat.locator(".effect-total").innerText(), /\$140\.00/);
    const order = await buy(chat);
    assert.equal(await chat.locator("#cart-count").isHidden(), true, "the cart is empty again");

    const link = chat.locator("a.pay");
    const address = new URL((await link.getAttribute("href")) ?? "");
    assert.equal(await link.locator(".pay-host").innerText(), address.host, "the link says where it leads");
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
    const paying = await openPayment(shopper, chat);
    assert.equal(await paying.evaluate(() => window.opener), null);
    await paying.getByText(order).waitFor();
    await paying.getByRole("button", { name: /^Pay/ }).click();
    await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
    await paying.close();

    await staff.page.getByRole("link", { name: "Orders" }).click();
    await staff.page.locator("a.order-row", { hasText: order }).click();
    await staff.page.waitForSelector("#order:not([aria-busy]) .columns");
    assert.match(await staff.page.locator("#states").innerText(), /Pending\s+Paid/);
    await takeStep(staff.page, "Start packing", "Packing has begun.");
    await staff.page.getByRole("button", { name: "Mark as shipped" }).click();
    await staff.page.getByText("Please enter at least one tracking number.").waitFor();
    await staff.page.getByLabel("Tracking numbers").fill("1Z 999 AA1\n1Z 999 AA2");
    await takeStep(staff.page, "Mark as shipped", "The order is shipped.");
    await takeStep(staff.page, "Mark as delivered", "The order is delivered.");

    await proveForOrders(shopper, house, chat, EMAIL);
    await openOrder(chat, order);
    assert.equal(await chat.locator(".progress [aria-current=step] > span").first().innerText(), "Delivered");
    await chat.getByText("1Z 999 AA1").waitFor();
    await chat.getByRole("button", { name: "Return items" }).click();
    await chat.getByText("Refund to").waitFor();
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.locator(".proposal").waitFor();
    assert.match(await chat.locator(".proposal").innerText(), /4 × Bouquet of Red Roses goes back/);
    // Above the shop's limit: a code for exactly this.
    await chat.getByRole("button", { name: "Mail me a code" }).click();
    await codeField(chat).waitFor();
    await codeField(chat).fill(await mailedCode(shopper, house, EMAIL));
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByRole("heading", { name: "Done" }).waitFor();
    await chat.getByRole("button", { name: "See the order" }).click();
    await chat.getByText("You asked for a return.").waitFor();
    assert.equal(await chat.getByRole("button", { name: "Return items" }).count(), 0, "an order has one return");

    await staff.page.goto(`${house.origin}/console/orders?show=back`);
    await staff.page.locator("a.order-row", { hasText: order }).click();
    await staff.page.getByText(/\$140\.00 is refunded to .*ending in 4242/).first().waitFor();
    await takeStep(staff.page, "Book goods as received and refund", "the refund is on its way");
    await untilRefunded(staff.page);
    assert.match(await staff.page.locator(".amounts .sum").innerText(), /\$0\.00/);

    await openOrder(chat, order);
    await chat.getByText("Your goods are back with us.").waitFor();
    const refund = chat.locator(".movements li", { hasText: "Refunded" });
    assert.match(await refund.innerText(), /-\$140\.00/);
    shopper.assertCalm();
    staff.assertCalm();
  });

  test("declined, then paid, told three times, booked once", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await search(chat, "Gardenias");
    assert.match(await chat.locator(".good").first().innerText(), /Sold out/);
    await chat.locator(".good").first().click();
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.getByText("Of Gardenias there are 0 left.").waitFor();
    await addToCart(chat, "Spring Tulips");
    await checkOut(chat, { email: "lee@example.com" });
    const order = await buy(chat);
    const declined = await openPayment(shopper, chat);
    await declined.getByLabel(/A card without enough money/).check();
    await declined.getByRole("button", { name: /^Pay/ }).click();
    await declined.waitForURL(/\/pay\/return/);
    await declined.getByText("the link in the chat leads back").waitFor();
    await declined.close();
    const paying = await openPayment(shopper, chat);
    await paying.getByText("The last try was declined").waitFor();
    await paying.getByLabel("Mastercard").check();
    await paying.getByLabel("Three times").check();
    await paying.getByRole("button", { name: /^Pay/ }).click();
    await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();

    await proveForOrders(shopper, house, chat, "lee@example.com");
    await openOrder(chat, order);
    const paid = chat.locator(".movements li", { hasText: /^Paid/ });
    assert.equal(await paid.count(), 1);
    assert.equal(await chat.locator(".due").count(), 0, "nothing is due any more");
    assert.equal(await chat.locator(".progress [aria-current=step] > span").first().innerText(), "Paid");
    shopper.assertCalm();
  });

  test("a payment that the shop never hears of stays due, and the page follows once it is booked", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await addToCart(chat, "White Orchid");
    await checkOut(chat, { email: "kim@example.com" });
    const order = await buy(chat);
    const paying = await openPayment(shopper, chat);
    await paying.getByLabel("Not at all").check();
    await paying.getByRole("button", { name: /^Pay/ }).click();
    await paying.getByRole("heading", { name: "Your payment is being confirmed" }).waitFor();
    await paying.close();

    await goTo(chat, "Orders");
    await chat.locator("a.pay").waitFor();
    await proveForOrders(shopper, house, chat, "kim@example.com");
    assert.match(await chat.locator(".good.order", { hasText: order }).innerText(), /Payment due/);
    await openOrder(chat, order);
    await chat.locator(".due a.pay").waitFor();
    assert.equal(await chat.locator(".progress [aria-current=step] > span").first().innerText(), "Placed");

    await openStaffOrder(staff.page, house, order);
    assert.match(await staff.page.locator("#states").innerText(), /Not paid/);
    assert.equal(await staff.page.getByRole("button", { name: "Start packing" }).count(), 0);
    // An agent may not book money by hand.
    await staff.page.goto(`${house.origin}/console/staff`);
    await staff.page.fill("#invite-name", "Agent");
    await staff.page.getByRole("button", { name: "Create sign-in link" }).click();
    const agent = await newVisitor(browser);
    await signIn(agent.page, await staff.page.locator("#invited-link").inputValue());
    await openStaffOrder(agent.page, house, order);
    await agent.page.getByText("is booked by an admin").waitFor();
    assert.equal(await agent.page.getByRole("button", { name: /as paid/ }).count(), 0);

    await openStaffOrder(staff.page, house, order);
    await takeStep(staff.page, "Book $50.00 as paid", "is booked as paid.");
    // The shopper's page looks again by itself.
    await chat.locator(".due").waitFor({ state: "detached" });
    await chat.locator(".progress li.reached", { hasText: "Paid" }).waitFor();
    staff.assertCalm();
    agent.assertCalm();
  });

  test("an address is changed with a code for exactly that", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await addToCart(chat, "Sunflower Bundle");
    await checkOut(chat, { email: "ada@example.com" });
    const order = await buy(chat);
    await proveForOrders(shopper, house, chat, "ada@example.com");
    await openOrder(chat, order);
    await chat.getByRole("button", { name: "Change the address" }).click();
    await fillAddress(chat, { line1: "" });
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByText("Please enter street and number.").waitFor();
    await fillAddress(chat, { line1: "99 Birch Lane", city: "Ogdenville" });
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByText("Delivered to 99 Birch Lane, 62704, Ogdenville").waitFor();
    await chat.getByRole("button", { name: "Mail me a code" }).click();
    await codeField(chat).waitFor();
    const code = await mailedCode(shopper, house, "ada@example.com");
    await codeField(chat).fill("12");
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByText("Please enter the six digits").waitFor();
    await codeField(chat).fill(code === "000000" ? "000001" : "000000");
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByText("4 attempts are left").waitFor();
    await codeField(chat).fill(code);
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByRole("heading", { name: "Done" }).waitFor();
    await chat.getByRole("button", { name: "See the order" }).click();
    await chat.getByText("99 Birch Lane").waitFor();

    // And without a code, within the limits, a cancellation.
    await chat.getByRole("button", { name: "Cancel the order" }).click();
    await chat.getByLabel("I ordered it by mistake").check();
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByRole("button", { name: "Not now" }).click();
    await chat.getByRole("button", { name: "Cancel the order" }).click();
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByText("The order will not be sent").waitFor();
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByRole("button", { name: "See the order" }).click();
    await chat.getByText("This order was cancelled.").waitFor();
    shopper.assertCalm();
  });

  test("a card whose answer is lost does nothing twice, and one that ran out does nothing", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await addToCart(chat, "Ceramic Pot");
    await checkOut(chat, { email: "joan@example.com" });
    await shopper.context.route("**/v1/proposals/*/confirm", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await chat.getByRole("button", { name: "Order and pay" }).click();
    await chat.getByText("No answer came back.").waitFor();
    await shopper.context.unrouteAll();
    await chat.getByRole("button", { name: "Order and pay" }).click();
    await chat.getByRole("heading", { name: "Thank you for your order" }).waitFor();
    assert.match((await chat.locator(".due a.pay").getAttribute("href")) ?? "", /^http:/, "where to pay is told again");
    await proveForOrders(shopper, house, chat, "joan@example.com");
    assert.equal(await chat.locator(".good.order").count(), 1);

    await addToCart(chat, "Ceramic Pot");
    await goTo(chat, "Cart");
    await chat.getByRole("button", { name: "Go to checkout" }).click();
    await chat.getByText("Nora Field, joan@example.com").waitFor();
    await fillAddress(chat, { line1: "1 Late Street", postal_code: "10001", city: "New York", country: "US" });
    await shopper.context.route("**/v1/tools/checkout", async (route) => {
      const answer = await (await route.fetch()).json();
      answer.proposal.expires_at = new Date(Date.now() - 1000).toISOString();
      await route.fulfill({ json: answer });
    });
    await chat.getByRole("button", { name: "Review the order" }).click();
    await chat.getByText("This offer has run out. Nothing was done.").waitFor();
    assert.equal(await chat.getByRole("button", { name: "Order and pay" }).count(), 0);
    await shopper.context.unrouteAll();
    await chat.getByRole("button", { name: "Ask for it again" }).click();
    await chat.getByText("Nora Field, joan@example.com").waitFor();
    assert.equal(await chat.locator("[name=line1]").inputValue(), "1 Late Street", "what was typed is still there");
    shopper.assertCalm();
  });
});

describe("the sample shop", () => {
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

  test("products are found and chosen, the cart is edited, a code is refused in words", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await search(chat, "qqqq");
    await chat.getByText("Nothing was found.").waitFor();
    await search(chat, "linen shirt");
    await chat.locator(".good", { hasText: "Linen shirt" }).first().click();
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.getByText("Please choose: colour.").waitFor();
    await chat.getByRole("group", { name: "colour" }).getByLabel("white").check();
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.getByText("Please choose: size.").waitFor();
    await chat.getByRole("group", { name: "size" }).locator("label:not(.out) input").first().check();
    await chat.getByRole("button", { name: "Add to cart" }).click();
    await chat.getByText("Added to your cart.").waitFor();
    await addToCart(chat, "Glass carafe");
    await goTo(chat, "Cart");
    assert.equal(await chat.locator(".line").count(), 2);
    const shirt = chat.locator(".line", { hasText: "Linen shirt" });
    await shirt.getByRole("button", { name: "One more" }).click();
    await shirt.locator(".pieces", { hasText: "2" }).waitFor();
    assert.equal(await chat.evaluate(() => document.activeElement?.getAttribute("aria-label")), "One more", "the focus stays");
    assert.equal(await shirt.locator(".line-total").innerText(), "€158.00");
    await chat.getByRole("button", { name: "Remove Glass carafe with oak stopper" }).click();
    await chat.locator(".line", { hasText: "Glass carafe" }).waitFor({ state: "detached" });
    await chat.getByLabel("Discount code").fill("NOPE");
    await chat.getByRole("button", { name: "Apply" }).click();
    await chat.getByText("This discount code is not valid: check its spelling.").waitFor();
    await chat.getByLabel("Discount code").fill("WELCOME10");
    await chat.getByRole("button", { name: "Apply" }).click();
    await chat.locator(".totals", { hasText: "Discount WELCOME10" }).waitFor();
    assert.match(await chat.locator(".totals").innerText(), /-€15\.80[\s\S]*€142\.20/);

    // It is still there after a reload, and follows her when she proves who she is.
    await shopper.page.reload();
    const again = await openChat(shopper.page, house);
    await again.locator("#cart-count", { hasText: "2" }).waitFor();
    await proveForOrders(shopper, house, again, "emre.hoffmann@example.com");
    await again.locator("#cart-count", { hasText: "2" }).waitFor();
    await goTo(again, "Cart");
    await again.getByRole("button", { name: "Go to checkout" }).click();
    await again.getByText("Emre Hoffmann, emre.hoffmann@example.com").waitFor();
    assert.equal(await again.getByLabel("Street and number").inputValue(), "Gartenstraße 28", "her address is filled in");
    await again.getByRole("button", { name: "Review the order" }).click();
    await again.getByText("Delivered to Gartenstraße 28, 10437, Berlin, DE").waitFor();
    shopper.assertCalm();
  });

  test("orders at the desk: tabs, counts, pages, and part of an order shipped", async () => {
    const { page } = staff;
    await page.goto(`${house.origin}/console/orders`);
    await page.locator("a.order-row").first().waitFor();
    assert.equal(await page.locator(".tabs [aria-current] .count").innerText(), "500");
    const shown = await page.locator("a.order-row").count();
    await page.getByRole("button", { name: "Show older orders" }).click();
    await page.locator("a.order-row").nth(shown).waitFor();
    const numbers = await page.locator("a.order-row .row-who").allInnerTexts();
    assert.equal(new Set(numbers).size, numbers.length, "no order is listed twice");
    await page.getByRole("link", { name: /^Cancelled/ }).click();
    await page.waitForURL(/show=cancelled/);
    await page.locator("#orders:not([aria-busy])").waitFor();
    const count = Number(await page.locator(".tabs [aria-current] .count").innerText());
    assert.equal(await page.locator("a.order-row").count(), count);
    await page.goBack();
    await page.locator(".tabs [data-show=''][aria-current]").waitFor();

    await page.goto(`${house.origin}/console/orders?show=processed`);
    await page.locator("#orders:not([aria-busy]) a.order-row").first().waitFor();
    const order = await page.evaluate(async () => {
      const { orders } = await (await fetch("/v1/staff/orders?status=processed")).json();
      for (const one of orders) {
        const { order } = await (await fetch(`/v1/staff/orders/${one.id}`)).json();
        if (order.lines.length > 1) return order.id;
      }
    });
    await openStaffOrder(page, house, order);
    await page.getByLabel("Tracking numbers").fill("FIRST-1");
    await page.locator("[name=line]").first().uncheck();
    await page.getByText("The rest stays here").waitFor();
    await takeStep(page, "Mark these as shipped", "The rest is still here.");
    await page.getByLabel("Tracking numbers").fill("SECOND-2");
    assert.equal(await page.locator("[name=line]").count(), 1);
    await takeStep(page, "Mark as shipped", "The order is shipped.");
    assert.equal(await page.locator(".parcel").count(), 2);

    // A colleague was quicker: said in words, and the page shows how it stands now.
    const second = await staff.context.newPage();
    await openStaffOrder(second, house, order);
    await takeStep(page, "Mark as delivered", "The order is delivered.");
    await second.getByRole("button", { name: "Mark as delivered" }).click();
    await second.locator("#problem", { hasText: "only a shipped order can be delivered" }).waitFor();
    await second.locator("#states", { hasText: "Delivered" }).waitFor();
    await page.goto(`${house.origin}/console/orders/AA-0`);
    await page.getByText("This does not exist, or not any more.").waitFor();
    staff.assertCalm();
  });

  test("items are changed and exchanged for other variants", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await addToCart(chat, "Linen shirt");
    await checkOut(chat, { email: "vera@example.com", address: { line1: "Am Anger 38", postal_code: "8010", city: "Graz", country: "AT" } });
    const order = await buy(chat);
    const paying = await openPayment(shopper, chat);
    await paying.getByRole("button", { name: /^Pay/ }).click();
    await paying.getByRole("heading", { name: "your payment has arrived" }).waitFor();
    await paying.close();
    await proveForOrders(shopper, house, chat, "vera@example.com");
    await openOrder(chat, order);
    await chat.getByRole("button", { name: "Pay another way" }).click();
    await chat.getByText("There is no other means of payment").waitFor();
    await chat.getByRole("button", { name: "Back" }).click();
    await chat.getByRole("button", { name: "Change items" }).click();
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByText("Please choose another variant").waitFor();
    await chat.locator("#shop-view select").selectOption({ index: 1 });
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByText("After this the order can be neither changed nor cancelled").waitFor();
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByRole("button", { name: "See the order" }).click();
    await chat.getByText("You changed the items of this order.").waitFor();

    await openStaffOrder(staff.page, house, order);
    await takeStep(staff.page, "Start packing", "Packing has begun.");
    await staff.page.getByLabel("Tracking numbers").fill("T1");
    await takeStep(staff.page, "Mark as shipped", "The order is shipped.");
    await takeStep(staff.page, "Mark as delivered", "The order is delivered.");
    await openOrder(chat, order);
    await chat.getByRole("button", { name: "Exchange items" }).click();
    await chat.locator("#shop-view select").selectOption({ index: 1 });
    await chat.getByRole("button", { name: "See what happens" }).click();
    await chat.getByRole("button", { name: "Confirm", exact: true }).click();
    await chat.getByRole("button", { name: "See the order" }).click();
    await chat.getByText("You asked for an exchange.").waitFor();
    await openStaffOrder(staff.page, house, order);
    await staff.page.getByText(/ goes back for .+\(/).waitFor();
    await takeStep(staff.page, "Book goods as received and settle", "the exchange is settled.");
    await staff.page.getByRole("heading", { name: "Exchanged" }).waitFor();
    await staff.page.getByText(/\), in exchange$/).waitFor();
    shopper.assertCalm();
    staff.assertCalm();
  });

  test("staff give up an exchange whose goods never come back", async () => {
    const { page } = staff;
    await page.goto(`${house.origin}/console/orders`);
    /** @type {{ orders: { id: string }[] }} */
    const { orders } = await page.evaluate(async () => (await fetch("/v1/staff/orders?servicing=exchange_requested")).json());
    for (const { id } of orders) {
      await openStaffOrder(page, house, id);
      if (await page.getByText("An exchange is on its way back").count()) break;
    }
    const giveUp = page.getByRole("button", { name: "Give up the exchange" });
    assert.equal(await giveUp.isVisible(), false, "it is not in the way of what mostly happens");
    await page.getByText("If the goods do not come back").click();
    await takeStep(page, "Give up the exchange", "The exchange is given up.");
    assert.equal(await page.getByRole("heading", { name: "Exchange asked for" }).count(), 0);
    assert.equal(await giveUp.count(), 0);
    staff.assertCalm();
  });

  test("an order is paid another way, and the address of the next one changed, each with its code", async () => {
    const email = "ines.moreau@example.net";
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    const confirm = async () => {
      await chat.getByRole("button", { name: "See what happens" }).click();
      await chat.getByRole("button", { name: "Mail me a code" }).click();
      await codeField(chat).waitFor();
      await codeField(chat).fill(await mailedCode(shopper, house, email));
      await chat.getByRole("button", { name: "Confirm", exact: true }).click();
      await chat.getByRole("heading", { name: "Done" }).waitFor();
    };
    await proveForOrders(shopper, house, chat, email);
    await openOrder(chat, "AA-104213");
    await chat.getByRole("button", { name: "Pay another way" }).click();
    await chat.getByText("Pay with").waitFor();
    assert.equal(await chat.locator("[name=method]").count(), 1, "not the one that paid");
    await confirm();
    await chat.getByRole("button", { name: "See the order" }).click();
    await chat.locator(".movements li").nth(2).waitFor();
    await chat.locator(".movements li", { hasText: /Refund/ }).waitFor();

    await goTo(chat, "Orders");
    await chat.getByRole("button", { name: "Change your address" }).click();
    await fillAddress(chat, { line1: "7 New Street" });
    await confirm();
    await chat.getByRole("button", { name: "Go to your orders" }).click();
    await chat.locator("address", { hasText: "7 New Street" }).waitFor();
    shopper.assertCalm();
  });

  test("a session that ended elsewhere ends the shop as well", async () => {
    const shopper = await newVisitor(browser);
    const chat = await openChat(shopper.page, house);
    await proveForOrders(shopper, house, chat, "charlotte.patel@example.net");
    await chat.evaluate(() => fetch("/v1/session", { method: "DELETE", headers: { "X-Parlour": "1" } }));
    // The chat's own line may hear of it first.
    await chat.evaluate(() => document.getElementById("to-cart")?.click());
    await chat.getByText("This chat has ended").waitFor();
    assert.equal(await chat.locator("#shop-view").innerText(), "", "nothing of hers stays on the screen");
  });
});
