// A card is in the shopper's language all the way: what it says would be done, the means of payment on
// it, the code that is mailed for it, and what is said once it was done.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import de from "../../../widget/text_de.js";
import nl from "../../../widget/text_nl.js";
import { ask, audit, declinePasskey, mailedCode, newVisitor, openBrowser, openHouse, waitingCard } from "../harness.mjs";

/** @import { Browser, Frame } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

/** A customer of the sample shop whose one order was delivered. */
const EMRE = "emre.hoffmann@example.com";

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

/**
 * A visitor in front of the widget's window in this language.
 *
 * @param {string} locale
 */
async function visit(locale) {
  const shopper = await newVisitor(browser, { locale });
  await shopper.page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=${locale}`);
  return { shopper, chat: shopper.page.mainFrame() };
}

/**
 * @param {Visitor} shopper
 * @param {Frame} chat
 * @param {string} email
 * @param {RegExp} mail what the mail with the code says
 */
async function prove(shopper, chat, email, mail) {
  await chat.locator("#prove-email").fill(email);
  await chat.locator("#prove-address .primary").click();
  await chat.locator("#prove-digits").waitFor();
  await chat.locator("#prove-digits").fill(await codeFrom(shopper, email, mail));
  await chat.locator("#prove-code .primary").click();
  await declinePasskey(chat);
  await chat.locator("#prove").waitFor({ state: "hidden" });
}

/**
 * The newest code, from a mail that says this.
 *
 * @param {Visitor} shopper
 * @param {string} email
 * @param {RegExp} says
 */
async function codeFrom(shopper, email, says) {
  const code = await mailedCode(shopper, house, email);
  const mailbox = await shopper.context.newPage();
  await mailbox.goto(`${house.origin}/demo/mailbox`);
  const mail = await mailbox.locator(".mail", { hasText: email }).first().innerText();
  await mailbox.close();
  assert.match(mail, says);
  return code;
}

/** Words of an English card that no card in another language has. */
const ENGLISH = /\b(order|goes|back|refunded|charged|within|days|delivered|contains|tax|ending|address)\b/i;

describe("cards in the shopper's language", () => {
  test("German, by chat: a return with its code, and what was done", async () => {
    const { shopper, chat } = await visit("de");
    await ask(chat, "wo ist meine bestellung?");
    await chat.locator("#log").getByRole("button", { name: de["shown.prove.open"] }).last().click();
    const before = await chat.locator(".turn.ai").count();
    await prove(shopper, chat, EMRE, /Ihr Code für den Chat von/);
    await chat.locator(".turn.ai").nth(before).waitFor();
    await ask(chat, "ich möchte den kerzenbogen zurückgeben");
    const card = waitingCard(chat).last();
    await card.waitFor();
    const shown = await card.locator(".effect").innerText();
    assert.match(shown, /1 × .* geht zurück/);
    assert.match(shown, /Erstattung auf .* mit den Endziffern \d{4}, sobald die Ware zurück ist, innerhalb von 5 bis 7 Werktagen/);
    assert.match(shown, /nur einmal zurückgegeben oder umgetauscht/);
    assert.match(await card.locator(".deed-title").innerText(), /^Artikel der Bestellung \S+ zurückgeben$/);
    assert.doesNotMatch(shown, ENGLISH);
    await audit(chat, "a card in German");
    const mail = card.getByRole("button", { name: de["proposal.send_code"] });
    if (await mail.count()) {
      await mail.click();
      await card.getByLabel(de["prove.code"]).fill(await codeFrom(shopper, EMRE, /um den Auftrag zu bestätigen/));
    }
    await card.getByRole("button", { name: de["proposal.confirm"], exact: true }).click();
    const done = chat.locator(".outcome").last();
    await done.waitFor();
    assert.match(await done.innerText(), /Erstattung auf/);
    assert.doesNotMatch(await done.innerText(), ENGLISH);
    shopper.assertCalm();
  });

  test("Dutch, in the shop beside the chat: an order placed and read", async () => {
    const { shopper, chat } = await visit("nl");
    const goTo = async (/** @type {string} */ name) => {
      await chat.locator(`#to-${name}`).click();
      await chat.locator("#shop-view:not([aria-busy]) h2").waitFor();
    };
    await goTo("orders");
    await chat.locator("#shop-view").getByRole("button", { name: nl["menu.prove"] }).click();
    await prove(shopper, chat, EMRE, /je code voor de chat van/);
    await chat.locator("#shop-view:not([aria-busy]) .good.order").first().click();
    // How it was paid, in her words.
    const movements = chat.locator(".effect.movements");
    await movements.waitFor();
    assert.match(await movements.innerText(), /eindigend op \d{4}/);
    assert.doesNotMatch(await movements.innerText(), /ending in/);
    await ask(await toChat(chat), "put the linen shirt in blue, size M into my cart");
    await goTo("cart");
    await chat.getByRole("button", { name: nl["cart.checkout"] }).click();
    await chat.getByRole("button", { name: nl["checkout.review"] }).click();
    const proposal = chat.locator(".proposal");
    await proposal.waitFor();
    const shown = await proposal.locator(".effect").innerText();
    assert.match(shown, /Bestelling en bon voor Emre Hoffmann/);
    assert.match(shown, /Bezorgd op /);
    assert.match(shown, /Je betaalt op de betaalpagina die hierna opent/);
    assert.match(shown, /Inclusief €\s\d+,\d\d belasting/);
    assert.doesNotMatch(shown, ENGLISH);
    assert.equal(await proposal.getAttribute("aria-label"), "Deze bestelling plaatsen");
    await audit(chat, "a proposal in Dutch");
    shopper.assertCalm();
  });
});

/** @param {Frame} chat */
async function toChat(chat) {
  await chat.locator("#to-chat").click();
  return chat;
}
