// What staff write down is shown to colleagues and shoppers, and addresses are read by pages: tags,
// saved replies, the texts that the assistant answers from, the words of the widget, a rating, names of
// files, and whatever stands in an address. All of it stays words (D06).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mask } from "../../../widget/masking.js";
import { CORPUS, groups } from "../corpus.mjs";
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
  setFront,
  signIn,
  waitForLauncher,
  watch,
} from "../harness.mjs";

/** @import { Browser, Page } from "playwright-core" */
/** @import { House, Visitor } from "../harness.mjs" */

/**
 * Calls of a member of staff, one after the other, and which were taken.
 *
 * @param {Page} page
 * @param {{ method: string, path: string, body?: object }[]} calls
 * @returns {Promise<boolean[]>}
 */
function callAll(page, calls) {
  return page.evaluate(async (all) => {
    const taken = [];
    for (const { method, path, body } of all) {
      const headers = { "Content-Type": "application/json", "X-Parlour": "1" };
      const answer = await fetch(path, { method, headers, body: JSON.stringify(body ?? {}) });
      if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.status}`);
      taken.push(answer.ok);
    }
    return taken;
  }, calls);
}

/** @param {number} most */
const upTo = (most) => CORPUS.filter((text) => isPlain(text) && text.length <= most && text.trim() === text && !/[\r\n\t]/.test(text));

describe("what is written down", () => {
  /** @type {House} */
  let house;
  /** @type {Browser} */
  let browser;
  /** @type {Visitor} */
  let admin;
  /** @type {Visitor} */
  let shopper;
  /** @type {ReturnType<typeof watch>} */
  let watched;
  before(async () => {
    house = await openHouse();
    browser = await openBrowser();
    admin = await newVisitor(browser);
    shopper = await newVisitor(browser);
    watched = watch(house, admin, shopper);
    await signIn(admin.page, await house.signInLink());
  });
  after(async () => {
    await browser?.close();
    await house?.remove();
  });

  test("tags and saved replies are words, in every list of them", async (t) => {
    const { page } = admin;
    const wished = upTo(24).slice(0, 90);
    const taken = await callAll(page, wished.map((tag) => ({ method: "PUT", path: `/v1/staff/tags/${encodeURIComponent(tag)}` })));
    const tags = wished.filter((_, at) => taken[at]);
    t.diagnostic(`${tags.length} of ${wished.length} tags were taken`);
    assert.ok(tags.length >= 30);
    const batches = inBatches(CORPUS, 3_500);
    const replies = await callAll(page, batches.map((texts, at) => ({ method: "PUT", path: `/v1/staff/saved_replies/part-${at}`, body: { text: texts.join("\n\n") } })));
    assert.ok(replies.every(Boolean));
    await page.goto(`${house.origin}/console/replies`);
    await page.locator("#tags .tag").nth(tags.length - 1).waitFor();
    assert.deepEqual(missing(await page.locator("#tags").innerText(), tags), []);
    // A code or a password in a string goes at the gate.
    const kept = batches.map((texts) => mask(texts.join("\n\n")).text).join("\n\n");
    const said = CORPUS.filter((text) => kept.includes(text));
    assert.ok(CORPUS.length - said.length <= 6, `${CORPUS.length - said.length} strings are taken for secrets`);
    assert.deepEqual(missing((await page.locator("#replies").textContent()) ?? "", said), []);
    await page.locator("#replies button", { hasText: "Edit" }).first().click();
    await page.locator("#tags button", { hasText: "Delete" }).first().click();
    await assertInert(page, "saved replies and tags");

    const chat = await openChat(shopper.page, house);
    await ask(chat, "How do returns work?");
    await chat.locator("#person").click();
    await openConversation(page, house, chat);
    await page.getByRole("button", { name: "Take over" }).click();
    await page.locator("#state", { hasText: "With you" }).waitFor();
    // Faster than the answers come: each press counts.
    await page.locator("#tags button").evaluateAll((all) => all.slice(0, 3).forEach((one) => /** @type {HTMLElement} */ (one).click()));
    await page.locator("#tags [aria-pressed=true]").nth(2).waitFor();
    await page.fill("#writing", "");
    await page.locator("#writing").pressSequentially("/pa");
    await page.locator("#saved-list [role=option]").nth(3).waitFor();
    await assertInert(page, "saved replies in a conversation");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await assertInert(page, "a saved reply, sent");
    await page.goto(`${house.origin}/console/inbox`);
    await page.locator("#queue a.row .tag").first().waitFor();
    await page.locator("#tag option").nth(5).waitFor({ state: "attached" });
    await assertInert(page, "tags in the inbox");
    await page.goto(`${house.origin}/console/inbox?state=mine`);
    await page.locator("#queue:not([aria-busy])").waitFor();
    await page.selectOption("#tag", { index: 40 });
    await page.getByText("No conversation here has the tag").waitFor();
    await assertInert(page, "a tag that no conversation has");
    await page.goto(`${house.origin}/console/search`);
    await page.locator("#search-tag option").nth(5).waitFor({ state: "attached" });
    await assertInert(page, "tags in the search");
    watched.assertQuiet();
  });

  test("knowledge is words: in its list, its preview, a trial, an answer and a suggestion", async () => {
    const { page } = admin;
    const kinds = /** @type {const} */ (["faq", "policy", "page"]);
    const titles = upTo(140);
    const parts = inBatches(CORPUS, 1_200);
    const documents = parts.map((texts, at) => ({
      method: "PUT",
      path: `/v1/staff/knowledge/documents/${crypto.randomUUID()}`,
      body: { kind: kinds[at % 3], audience: at % 5 ? "everyone" : "staff", title: titles[at * 13] ?? "x", body: `Lighthouse number ${at}.\n\n${texts.join("\n\n")}`, version: 0 },
    }));
    const written = await callAll(page, documents);
    assert.ok(written.every(Boolean), `${written.indexOf(false)} was refused`);
    await page.goto(`${house.origin}/console/knowledge`);
    await page.locator("#shelf .doc-row").nth(parts.length - 1).waitFor();
    assert.deepEqual(missing((await page.locator("#shelf").textContent()) ?? "", documents.map(({ body }) => body.title)), []);
    await assertInert(page, "the shelf");
    for (const { body } of documents.filter((_, at) => at % 12 === 0)) {
      await page.goto(`${house.origin}/console/knowledge`);
      await page.locator("#words").fill(body.title);
      await page.locator("#shelf .doc-row", { hasText: body.title }).first().click();
      await page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.getElementById("body")).value !== "");
      await page.locator("#preview .quoted").first().waitFor();
      await assertInert(page, `the editor with ${body.title}`);
    }
    // A file is imported under its name, with what is in it read as its kind says.
    for (const [at, name] of (groups().get("file_names") ?? []).entries()) {
      await page.goto(`${house.origin}/console/knowledge?document=new`);
      await page.locator("#import summary").click();
      const file = { name: name.replaceAll("/", "∕"), mimeType: "text/plain", buffer: Buffer.from((parts[at] ?? CORPUS).join("\n\n")) };
      await page.locator("#file").setInputFiles(file);
      await page.locator("#import-line:not(:empty), #import-problem:not(:empty)").first().waitFor();
      await assertInert(page, `a file called ${name}`);
    }
    await page.goto(`${house.origin}/console/knowledge?show=try`);
    const chat = await openChat(shopper.page, house);
    for (const at of [1, 2, 3, 4, 6, 7]) {
      await page.locator("#question").fill(`lighthouse number ${at} ${titles[at * 13]}`);
      await page.keyboard.press("Enter");
      await page.locator("#tried .fits").first().waitFor();
      await assertInert(page, `a question tried: ${at}`);
      await chat.fill("#message", `lighthouse number ${at} ${titles[at * 13]}`);
      await chat.press("#message", "Enter");
    }
    await openConversation(page, house, chat);
    await page.locator("#suggestion").waitFor();
    await assertInert(page, "a suggested answer");
    const asking = await newVisitor(browser);
    const quiet = watch(house, asking);
    const fresh = await openChat(asking.page, house);
    for (const at of [1, 2, 3, 4, 6, 7]) await ask(fresh, `lighthouse number ${at} ${titles[at * 13]}`);
    await fresh.locator(".turn.ai .source").first().waitFor();
    await assertInert(fresh, "answers from what is written down");
    for (const text of CORPUS.filter((_, at) => at % 40 === 7)) await ask(fresh, `May my ${text} come to the fitting room on Sunday?`);
    await assertInert(fresh, "questions without an answer");
    await page.goto(`${house.origin}/console/knowledge?show=questions`);
    await page.locator("#asked .empty, .open-question").first().waitFor();
    await assertInert(page, "questions without an answer, at the desk");
    quiet.assertQuiet();
    watched.assertQuiet();
  });

  test("the words of the widget and of a rating are words", async () => {
    const { page } = admin;
    const short = upTo(38);
    const middle = upTo(110);
    const texts = Object.fromEntries(
      ["en", "de", "fr", "es", "it", "pt", "nl", "pl"].map((language, turn) => {
        const at = (/** @type {string[]} */ from, /** @type {number} */ step) => from[(turn * 17 + step) % from.length] ?? "x";
        return [
          language,
          {
            greeting: at(middle, 0),
            launcher: at(short, 1),
            welcome: at(short, 2),
            hint: at(middle, 3),
            choices: [4, 5, 6, 7].map((step) => ({ label: at(short, step), text: at(middle, step) })),
          },
        ];
      }),
    );
    await setFront(page, (settings) => (settings.texts = texts));
    for (const language of ["en", "de", "pl"]) {
      const visitor = await newVisitor(browser, { locale: language });
      const quiet = watch(house, visitor);
      await visitor.page.goto(house.shopPage);
      await waitForLauncher(visitor.page);
      await assertInert(visitor.page, "the greeting on the shop's page");
      await clickLauncher(visitor.page);
      const framed = await chatFrame(visitor.page);
      await assertInert(framed, "the widget's words");
      await visitor.page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=${language}`);
      const chat = await chatFrame(visitor.page);
      assert.deepEqual(missing(await chat.locator("body").innerText(), [texts[language]?.welcome ?? "", texts[language]?.hint ?? ""]), []);
      await chat.locator("#suggestions button").first().click();
      await chat.locator(".turn.ai").first().waitFor();
      await assertInert(chat, "a quick choice");
      quiet.assertQuiet();
    }
    await page.goto(`${house.origin}/console/designer`);
    await page.locator("#designer:not([aria-busy]) .preview").waitFor();
    await page.waitForLoadState("networkidle");
    for (const frame of page.frames()) await assertInert(frame, `the designer: ${frame.url().slice(0, 60)}`);
    await page.getByLabel("Greeting").fill(middle[40] ?? "");
    await page.getByText("Not saved yet.").waitFor();
    await page.waitForLoadState("networkidle");
    await assertInert(page, "the designer, changed");
    await page.goto(`${house.origin}/console/settings`);
    await page.locator("#settings:not([aria-busy])").waitFor();
    await assertInert(page, "settings");

    const rating = await newVisitor(browser);
    const quiet = watch(house, rating);
    await rating.page.goto(`${house.origin}/widget/v1/frame?shop=demo&locale=en`);
    const chat = await chatFrame(rating.page);
    await ask(chat, CORPUS[8] ?? "");
    await chat.locator("#menu-button").click();
    await chat.locator("#menu-finish").click();
    await chat.getByRole("radio", { name: "Good", exact: true }).check();
    const [words = []] = inBatches(CORPUS.filter(isPlain), 900);
    await chat.fill("#rating-words", words.join("\n"));
    await chat.getByRole("button", { name: "Send rating" }).click();
    await chat.getByText("Thank you for your rating.").waitFor();
    await assertInert(chat, "a rating");
    await chat.getByRole("button", { name: "Close", exact: true }).click();
    // The next chat begins when the old one has been put away.
    await chat.locator(".turn.ai").waitFor({ state: "detached" });
    await ask(chat, "How can I pay?");
    await chat.locator("#menu-button").click();
    await chat.locator("#menu-history").click();
    await chat.locator(".past").nth(1).waitFor();
    await chat.locator(".past:not([aria-current])").click();
    await chat.locator(".turn.shopper", { hasText: CORPUS[8] ?? "" }).waitFor();
    await assertInert(chat, "an earlier chat");
    const rated = await chat.evaluate(async () => (await (await fetch("/v1/conversations")).json()).conversations.map((/** @type {any} */ one) => one.conversation));
    for (const id of rated) {
      await page.goto(`${house.origin}/console/conversations/${id}`);
      await page.waitForSelector("#conversation:not([aria-busy])");
      await assertInert(page, "a rated conversation at the desk");
    }
    quiet.assertQuiet();
    watched.assertQuiet();
  });

  test("what stands in an address is read and not obeyed", async () => {
    const { page } = admin;
    const texts = CORPUS.filter((text, at) => at % 9 === 0 && isPlain(text));
    /** @type {((text: string) => string)[]} */
    const addresses = [
      (text) => `/console/orders/${text}`,
      (text) => `/console/conversations/${text}`,
      (text) => `/console/shoppers/${text}`,
      (text) => `/console/${text}`,
      (text) => `/widget/v1/frame?shop=${text}&locale=${text}`,
      (text) => `/widget/v1/launch?shop=${text}`,
      (text) => `/console/designer/sample?preview=${text}&draft=${text}&locale=${text}`,
      (text) => `/demo/pay/${text}`,
    ];
    // The pages as they come from the server: with marks of markup where a page for a harmless word has
    // them, and nowhere else.
    /** @param {string} path */
    const read = async (path) => {
      const answer = await page.request.get(`${house.origin}${path}`, { maxRedirects: 0 });
      const { "content-type": kind = "", "content-security-policy": policy = "", "x-content-type-options": sniff } = answer.headers();
      const body = await answer.text();
      const drawn = kind.startsWith("text/html") ? body.replaceAll(/[^<>"']/g, "") : kind;
      return { status: answer.status(), drawn, policy: policy.includes("default-src 'none'"), sniff };
    };
    for (const address of addresses) {
      const usual = await read(address("harmless"));
      assert.ok(usual.policy && usual.sniff === "nosniff", address("harmless"));
      for (const [at, text] of texts.entries()) {
        if (at % 3) continue;
        const path = address(encodeURIComponent(text));
        const got = await read(path);
        if (got.status !== usual.status) assert.ok([400, 404].includes(got.status), `${path}: ${got.status}`);
        else assert.deepEqual(got, usual, path);
      }
    }
    // And the pages as they run, with what their scripts read.
    for (const [at, text] of texts.filter((_, at) => at % 4 === 0).entries()) {
      const coded = encodeURIComponent(text);
      const path = [
        `/console/inbox?state=${coded}&tag=${coded}`,
        `/console/orders?show=${coded}`,
        `/console/knowledge?show=${coded}&document=${coded}`,
        `/console/orders/${coded}`,
        `/console/search#${coded}`,
        `/console/sign-in#${coded}`,
        `/console/knowledge?document=new&question=${coded}`,
        `/console/orders/${coded}?${coded}`,
      ][at % 8];
      await page.goto(`${house.origin}${path}`);
      await page.waitForLoadState("networkidle");
      await assertInert(page, `${path}`);
    }
    watched.assertQuiet();
  });
});
