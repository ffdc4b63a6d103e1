// Markup and scripts are words like others, whoever writes them and whoever reads them (D06): in the
// conversation between a shopper, the assistant and staff.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mask } from "../../../widget/masking.js";
import { CORPUS } from "../corpus.mjs";
import {
  ask,
  assertInert,
  chatFrame,
  clickLauncher,
  inBatches,
  isPlain,
  missing,
  newVisitor,
  openBrowser,
  openChat,
  openConversation,
  openHouse,
  signIn,
  watch,
  write,
} from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */
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

const NAME = "<img src=x onerror=window.__struck=1>";
/** One of so many strings is said by itself, and answered by the assistant. */
const ASKED_EVERY = 33;

/** @param {Page | Frame} place @param {string} selector */
const shown = async (place, selector) => (await place.locator(selector).allTextContents()).join("\n");

test("payloads as message, staff name, reply and note are inert everywhere", async (t) => {
  const admin = await newVisitor(browser);
  const agent = await newVisitor(browser);
  const shopper = await newVisitor(browser);
  const watched = watch(house, admin, agent, shopper);

  // Names of staff: as many as a day's invitations may be.
  await signIn(admin.page, await house.signInLink());
  await admin.page.goto(`${house.origin}/console/staff`);
  await admin.page.fill("#invite-name", NAME);
  await admin.page.getByRole("button", { name: "Create sign-in link" }).click();
  const link = await admin.page.locator("#invited-link").inputValue();
  const names = CORPUS.filter((text, at) => at % 3 === 0 && isPlain(text) && text === text.trim());
  const invited = await admin.page.evaluate(async (all) => {
    const headers = { "Content-Type": "application/json", "X-Parlour": "1" };
    /** @type {string[]} */
    const taken = [];
    for (const name of all) {
      const answer = await fetch("/v1/staff/people", { method: "POST", headers, body: JSON.stringify({ name, role: "agent" }) });
      if (answer.status === 201) taken.push(name);
    }
    return taken;
  }, names);
  assert.ok(invited.length >= 200, `${invited.length} people`);
  await admin.page.reload();
  await admin.page.locator("#people th", { hasText: NAME }).first().waitFor();
  assert.deepEqual(missing(await shown(admin.page, "#people"), invited), []);
  await assertInert(admin.page, "staff page");

  // Said to the assistant, one by one, and then to a person, many at once.
  const chat = await openChat(shopper.page, house);
  const asked = CORPUS.filter((_, at) => at % ASKED_EVERY === 0);
  for (const text of asked) await ask(chat, `Do you have ${text}?`);
  await assertInert(chat, "answers of the assistant");
  await chat.locator("#person").click();
  await chat.getByText("Waiting for a person").waitFor();

  await signIn(agent.page, link);
  await openConversation(agent.page, house, chat);
  await agent.page.getByRole("button", { name: "Take over" }).click();
  await agent.page.locator("#state", { hasText: "With you" }).waitFor();
  const batches = inBatches(CORPUS);
  // A code or a password in a string goes before it is sent, or at the gate.
  const kept = batches.map((batch, number) => mask([...batch, `End of part ${number}.`].join("\n\n")).text).join("\n\n");
  const said = CORPUS.filter((text) => kept.includes(text));
  assert.ok(CORPUS.length - said.length <= 6, `${CORPUS.length - said.length} strings are taken for secrets`);
  for (const [number, batch] of batches.entries()) {
    const end = `End of part ${number}.`;
    const text = [...batch, end].join("\n\n");
    await write(chat, text);
    await agent.page.locator(".turn.shopper", { hasText: end }).waitFor();
    await agent.page.fill("#writing", text);
    await agent.page.press("#writing", "Enter");
    await chat.locator(".turn.human", { hasText: end }).waitFor();
  }
  await agent.page.getByRole("button", { name: "Internal note" }).click();
  for (const [number, batch] of batches.entries()) {
    const end = `End of note ${number}.`;
    await agent.page.fill("#writing", [...batch, end].join("\n\n"));
    await agent.page.getByRole("button", { name: "Save note" }).click();
    await agent.page.locator("#notes .note", { hasText: end }).waitFor();
  }
  assert.equal(await chat.locator(".turn.human .author").first().textContent(), NAME, "the name is shown as it was written");
  assert.deepEqual(missing(await shown(chat, ".turn.shopper"), said), [], "what she said, in her window");
  assert.deepEqual(missing(await shown(agent.page, ".turn.shopper"), said), [], "what she said, at the desk");
  assert.deepEqual(missing(await shown(agent.page, "#notes"), said), [], "notes");
  // What staff say may be Markdown, and links that the shop did not allow are taken out of it.
  const lost = missing(await shown(chat, ".turn.human"), said);
  t.diagnostic(`of ${CORPUS.filter(isPlain).length} plain strings, ${lost.length} are not shown letter by letter in a reply`);
  const altered = /^\s*(?:[-#>+]|\d+\.)|[[*`~\\]|\/\/|evil\.example|(?:mailto|javascript|data|sms|tel):/im;
  assert.deepEqual(lost.filter((text) => !altered.test(text)), []);
  assert.ok(lost.length < 300, `${lost.length} are altered`);
  assert.equal(await shown(chat, ".turn.human .body"), await shown(agent.page, ".turn.human .body"), "both read the same");
  await assertInert(chat, "chat");
  await assertInert(agent.page, "conversation");

  await agent.page.reload();
  await agent.page.waitForSelector("#conversation:not([aria-busy])");
  assert.deepEqual(missing(await shown(agent.page, ".turn.shopper"), said), []);
  await assertInert(agent.page, "conversation, loaded again");
  await shopper.page.reload();
  await clickLauncher(shopper.page);
  const again = await chatFrame(shopper.page);
  await again.locator(".turn.human", { hasText: `End of part ${batches.length - 1}.` }).waitFor();
  await assertInert(again, "chat, loaded again");
  await assertInert(shopper.page, "the shop's own page");
  await agent.page.goto(`${house.origin}/console/inbox`);
  await agent.page.locator("#queue a.row").first().waitFor();
  await assertInert(agent.page, "inbox");
  await agent.page.goto(`${house.origin}/console/search`);
  for (const words of ["struck", "script evil", "img onerror"]) {
    await agent.page.fill("#search-words", words);
    await agent.page.keyboard.press("Enter");
    await agent.page.locator("#finds:not([aria-busy]) a.row mark").first().waitFor();
    await assertInert(agent.page, `search for ${words}`);
  }
  watched.assertQuiet();
});
