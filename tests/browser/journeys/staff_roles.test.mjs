// Roles: handed out and composed in the console, told why, and in force from the next request on, also for one
// conversation only.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, audit, eventually, newVisitor, openBrowser, openChat, openAccount, openConversation, openHouse, signIn } from "../harness.mjs";

/** @import { Browser } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

const MENU = 'nav[aria-label="Console"] a';

/** @type {House} */
let house;
/** @type {Browser} */
let browser;
/** @type {Visitor} */
let admin;

before(async () => {
  house = await openHouse("SQLite");
  browser = await openBrowser();
  admin = await newVisitor(browser);
  await signIn(admin.page, await house.signInLink());
});
after(async () => {
  await browser?.close();
  await house?.remove();
});

/**
 * Invites somebody in the console, who signs in on a device of hers.
 *
 * @param {string} name
 * @param {string} [role] as the list calls it
 * @param {string} [until] a day
 */
async function employ(name, role = "Agent", until = "") {
  const { page } = admin;
  await page.goto(`${house.origin}/console/staff`);
  await page.locator("#invite-role").selectOption({ label: role });
  await page.fill("#invite-name", name);
  if (until) await page.fill("#invite-until", until);
  await page.getByRole("button", { name: "Create sign-in link" }).click();
  const link = await page.locator("#invited-link").inputValue();
  const colleague = await newVisitor(browser);
  await openAccount(colleague.page, link);
  await colleague.page.locator(MENU).first().waitFor();
  return colleague;
}

/** @param {string} name opens what is told of her */
async function openColleague(name) {
  await admin.page.goto(`${house.origin}/console/staff`);
  await admin.page.getByRole("button", { name: `Role and access of ${name}` }).click();
  return admin.page.locator("dialog[open]");
}

/** @param {Visitor} who @param {string} path @returns {Promise<{ status: number, body: any }>} */
const get = (who, path) =>
  who.page.evaluate(async (asked) => {
    const answer = await fetch(asked);
    return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() };
  }, path);

test("a colleague gets another role: signed out at once, and the menu is that of the role", async () => {
  const kim = await employ("Ines Brandt");
  const menu = kim.page.locator(MENU);
  assert.deepEqual(await menu.allInnerTexts(), ["Overview", "Inbox", "Search", "Shoppers", "Orders", "Knowledge"]);
  const refused = await get(kim, "/v1/staff/people");
  assert.equal(refused.body.code, "denied");
  assert.match(refused.body.detail, /`agent` may not `read_staff` .*: ask a colleague with the role `owner`, `admin`/);

  const dialog = await openColleague("Ines Brandt");
  await dialog.locator("#change-role").selectOption({ label: "Developer" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await admin.page.locator("#done", { hasText: "Ines Brandt has the role" }).waitFor();
  await admin.page.locator("tr", { hasText: "Ines Brandt" }).getByText("Developer").waitFor();
  assert.equal((await get(kim, "/v1/staff/session")).status, 401);

  await kim.page.goto(`${house.origin}/console/sign-in`);
  await kim.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await eventually("the console opens where a developer may be", () => !kim.page.url().endsWith("/sign-in"));
  assert.equal(await kim.page.getByRole("link", { name: "Inbox" }).count(), 0);
  await kim.page.goto(`${house.origin}/console/inbox`);
  await kim.page.getByText("Your role does not allow this page").waitFor();
});

test("why she may, and why not, is told from the rules themselves", async () => {
  await employ("Noor Aziz");
  const dialog = await openColleague("Noor Aziz");
  await dialog.getByText("What she may do, and why").click();
  const may = dialog.locator("section", { hasText: "She may" }).first();
  await may.getByText("answer in a conversation that one has taken over").waitFor();
  const not = dialog.locator("section").filter({ has: admin.page.getByRole("heading", { name: "She may not" }) });
  const ledger = not.locator("li", { hasText: "see the state of the ledger" });
  assert.match(await ledger.innerText(), /These may: Owner, Admin/);
  await audit(admin.page, "a colleague's role and access");
  await admin.page.keyboard.press("Escape");
});

test("a role of the shop's own: composed, given, narrowed while somebody has it", async () => {
  const { page } = admin;
  await page.goto(`${house.origin}/console/staff`);
  await page.getByRole("button", { name: "Compose a role" }).click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByRole("button", { name: "Compose" }).click();
  await dialog.getByText("Please say what the role is called.").waitFor();
  await dialog.locator("#role-title").fill("Packer");
  await dialog.getByLabel("see the shop's orders and who bought").check();
  await dialog.getByLabel("process, ship and deliver orders").check();
  await dialog.locator("#reach-read_conversation").selectOption("read_conversation:assigned");
  await audit(page, "composing a role");
  await dialog.getByRole("button", { name: "Compose" }).click();
  await page.locator("#done", { hasText: "The role Packer can be given" }).waitFor();

  const packer = await employ("Jo Marsh", "Packer");
  assert.deepEqual(await packer.page.locator(MENU).allInnerTexts(), ["Orders"]);
  assert.equal((await get(packer, "/v1/staff/orders?state=under_way")).status === 403, false);
  assert.equal((await get(packer, "/v1/staff/queue")).status, 403);

  await page.goto(`${house.origin}/console/staff`);
  await page.getByRole("button", { name: "Change the role Packer" }).click();
  await dialog.getByLabel("process, ship and deliver orders").uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.locator("#done", { hasText: "is changed" }).waitFor();
  const denied = await packer.page.evaluate(async () => {
    const answer = await fetch("/v1/staff/orders/none/process", { method: "POST", headers: { "content-type": "application/json", "x-parlour": "1" }, body: "{}" });
    return answer.status;
  });
  assert.equal(denied, 403, "from the next request on");

  // Somebody has it: it stays.
  await page.getByRole("button", { name: "Change the role Packer" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await dialog.getByRole("button", { name: "Remove for good" }).click();
  await dialog.getByText("Somebody has this role.").waitFor();
  await page.keyboard.press("Escape");
});

test("a colleague is signed out from afar, and it is seen there at once", async () => {
  const far = await employ("Lena Fox");
  await far.page.goto(`${house.origin}/console/inbox`);
  await far.page.locator("#queue:not([aria-busy])").waitFor();
  const dialog = await openColleague("Lena Fox");
  await dialog.getByText("Where she is signed in").click();
  await dialog.locator("li", { hasText: "signed in" }).first().waitFor();
  await audit(admin.page, "where a colleague is signed in");
  await dialog.getByRole("button", { name: "Sign her out everywhere" }).click();
  await dialog.getByText("She is signed in nowhere.").waitFor();
  await far.page.getByRole("heading", { name: "You are signed out" }).waitFor();
});

test("an auditor comes for a time, and changes nothing", async () => {
  const { page } = admin;
  await page.goto(`${house.origin}/console/staff`);
  await page.locator("#invite-role").selectOption({ label: "Auditor" });
  await page.fill("#invite-name", "Ada Prüfer");
  await page.getByRole("button", { name: "Create sign-in link" }).click();
  await page.getByText("Please say until when the auditor has access.").waitFor();
  const auditor = await employ("Ada Prüfer", "Auditor", new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10));
  assert.deepEqual(await auditor.page.locator(MENU).allInnerTexts(), ["Staff", "Ledger"]);
  await auditor.page.goto(`${house.origin}/console/staff`);
  await auditor.page.locator("#people tbody tr").first().waitFor();
  assert.equal(await auditor.page.locator("#invite").count(), 0, "she invites nobody");
  assert.equal(await auditor.page.getByRole("button", { name: "Compose a role" }).count(), 0);
});

test("a colleague's conversation is closed to an agent from the moment it is taken over", async () => {
  const shopper = await newVisitor(browser);
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How can I pay?");
  await chat.locator("#person").click();
  await chat.getByText("Waiting for a person").waitFor();
  const robin = await employ("Robin Hale");
  const sam = await employ("Sam Oak");
  await openConversation(sam.page, house, chat);
  await sam.page.locator(".turn.shopper", { hasText: "How can I pay?" }).waitFor();
  const path = new URL(sam.page.url()).pathname;
  await openConversation(robin.page, house, chat);
  await robin.page.getByRole("button", { name: "Take over" }).click();
  await robin.page.locator("#state", { hasText: "With you" }).waitFor();

  const id = path.split("/").at(-1);
  const refused = await get(sam, `/v1/staff/conversations/${id}/turns`);
  assert.equal(refused.status, 403);
  assert.match(refused.body.detail, /this conversation is not yours/);
  await sam.page.goto(house.origin + path);
  await sam.page.getByText("This conversation is not yours").waitFor();
  assert.equal(await sam.page.locator(".turn").count(), 0);
  await audit(sam.page, "a colleague's conversation");
  // The inbox says whose it is, and opens it to nobody else.
  await sam.page.goto(`${house.origin}/console/inbox?state=colleagues`);
  const row = sam.page.locator("#queue .row", { hasText: "With Robin Hale" });
  await row.waitFor();
  assert.equal(await row.evaluate((one) => one.tagName), "DIV");
  await openConversation(admin.page, house, chat);
  await admin.page.locator(".turn.shopper", { hasText: "How can I pay?" }).waitFor();
});
