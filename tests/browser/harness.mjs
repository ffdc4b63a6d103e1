// What every journey stands on: a house of our own (the real binary on a fresh data folder), a
// real browser, and the few moves that all of them make.
//
// PARLOUR_BIN names the binary (default: the debug build of this checkout); PARLOUR_TEST_POSTGRES,
// when set, is a PostgreSQL server on which the journeys marked for it run a second time.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from "playwright-core" */

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));
const PATIENCE = 30_000;

// ---- The house -----------------------------------------------------------------------------

function binary() {
  const built = join(process.env["CARGO_TARGET_DIR"] ?? join(CHECKOUT, "target"), "debug", "parlour");
  const path = process.env["PARLOUR_BIN"] ?? built;
  if (!existsSync(path)) throw new Error(`there is no binary at \`${path}\`: run \`cargo build\` or set PARLOUR_BIN`);
  return path;
}

/** @returns {Promise<number>} a port that was free a moment ago */
async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (!address || typeof address === "string") throw new Error("no port");
  return address.port;
}

/**
 * Starts the binary and collects what it says.
 *
 * @param {string[]} more
 */
function run(more) {
  const started = spawn(binary(), more, { stdio: ["ignore", "pipe", "pipe"] });
  const said = { text: "" };
  for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (said.text += chunk));
  return { started, said };
}

/**
 * Runs the binary to its end.
 *
 * @param {string[]} more
 */
async function finish(more) {
  const { started, said } = run(more);
  const code = await new Promise((resolve) => started.once("close", resolve));
  if (code !== 0) throw new Error(`\`parlour ${more.join(" ")}\` ended with ${code}:\n${said.text}`);
  return said.text;
}

const LINK = /https?:\/\/[^\s"]+\/console\/sign-in#[^\s"]+/;

/** The demo: SQLite, sample data, one command. */
export class House {
  /** @type {ChildProcess | undefined} */
  #process;
  #said = { text: "" };

  /**
   * @param {string} data
   * @param {number} port
   */
  constructor(data, port) {
    this.data = data;
    this.port = port;
    /** Parlour's own origin. */
    this.origin = `http://localhost:${port}`;
    /** The sample shop's origin: another site on purpose. */
    this.shopOrigin = `http://127.0.0.1:${port}`;
  }

  get shopPage() {
    return `${this.shopOrigin}/shop/`;
  }

  /** @returns {string[]} */
  get command() {
    return ["demo", "--data", this.data, "--listen", `localhost:${this.port}`];
  }

  async start() {
    const { started, said } = run(this.command);
    this.#process = started;
    this.#said = said;
    for (let waited = 0; waited < PATIENCE; waited += 50) {
      if (started.exitCode !== null) throw new Error(`parlour stopped with ${started.exitCode}:\n${said.text}`);
      if (await this.#isReady()) return;
      await sleep(50);
    }
    throw new Error(`parlour was not ready in time:\n${said.text}`);
  }

  async #isReady() {
    try {
      return (await fetch(`${this.origin}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  /** A one-time sign-in link of an admin that nobody has used. */
  async signInLink() {
    for (let waited = 0; waited < PATIENCE; waited += 50) {
      const link = LINK.exec(this.#said.text)?.[0];
      if (link) return link;
      await sleep(50);
    }
    throw new Error(`no sign-in link was printed:\n${this.#said.text}`);
  }

  /** The demo prints one link at each start: this makes the next. */
  async renewSignInLink() {
    await this.stop();
    await this.start();
    return this.signInLink();
  }

  /** @param {NodeJS.Signals} [signal] */
  async stop(signal = "SIGTERM") {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await gone;
  }

  async remove() {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }
}

/** `parlour serve` on a PostgreSQL database of its own, with a shop page that this test serves. */
class ServedHouse extends House {
  #config;
  #shop;
  #database = `parlour_journey_${randomUUID().replaceAll("-", "")}`;

  /**
   * @param {string} data
   * @param {number} port
   * @param {string} postgres address of a database in which databases may be created
   */
  constructor(data, port, postgres) {
    super(data, port);
    this.postgres = postgres;
    this.#config = join(data, "parlour.toml");
    this.#shop = createHttpServer((_, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Content-Security-Policy", `default-src 'none'; script-src ${this.origin}; frame-src ${this.origin}`);
      response.end(
        `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>` +
          `<script src="${this.origin}/widget/v1/loader.js" data-shop="journey" async crossorigin="anonymous"></script>`,
      );
    });
  }

  async prepare() {
    await new Promise((resolve) => this.#shop.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = this.#shop.address();
    if (!address || typeof address === "string") throw new Error("no port");
    this.shopOrigin = `http://127.0.0.1:${address.port}`;
    await sql(this.postgres, `CREATE DATABASE ${this.#database}`);
    const url = new URL(this.postgres);
    url.pathname = `/${this.#database}`;
    await writeFile(join(this.data, "postgres-url"), url.href, { mode: 0o600 });
    const text = (/** @type {string} */ value) => JSON.stringify(value);
    await writeFile(
      this.#config,
      `[server]
listen = ${text(`localhost:${this.port}`)}
public_origin = ${text(this.origin)}
[storage]
kind = "postgres"
url_file = "postgres-url"
[shop]
handle = "journey"
name = "Journey"
origins = [${text(this.shopOrigin)}]
content = ${text(join(CHECKOUT, "crates/app/sample/policies.json"))}
[mail]
delivery = "mailbox"
`,
    );
  }

  /** @override */
  get command() {
    return ["serve", "--data", this.data, "--config", this.#config];
  }

  /** @override */
  async signInLink() {
    const said = await finish(["staff", "add", "--name", "Robin Vale", "--role", "admin", "--config", this.#config, "--data", this.data]);
    const link = LINK.exec(said)?.[0];
    if (!link) throw new Error(`no sign-in link was printed:\n${said}`);
    return link;
  }

  /** @override */
  renewSignInLink() {
    return this.signInLink();
  }

  /** @override */
  async remove() {
    await this.stop();
    this.#shop.close();
    await sql(this.postgres, `DROP DATABASE IF EXISTS ${this.#database} WITH (FORCE)`);
    await rm(this.data, { recursive: true, force: true });
  }
}

/**
 * @param {string} address
 * @param {string} statement
 */
async function sql(address, statement) {
  const client = spawn("psql", ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement, address], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise((resolve, reject) => client.once("close", resolve).once("error", reject));
  if (code !== 0) throw new Error(`psql could not run \`${statement}\``);
}

/** @returns {("SQLite" | "PostgreSQL")[]} the back-ends that can be tried here */
export function backends() {
  return process.env["PARLOUR_TEST_POSTGRES"] ? ["SQLite", "PostgreSQL"] : ["SQLite"];
}

/** The flower shop that came with the issue, as a folder of CSV files; `undefined` where it is not at hand. */
export function flowerShop() {
  const folder = join(process.env["PARLOUR_SHARED"] ?? join(CHECKOUT, "../shared"), "data/flower_shop");
  return existsSync(folder) ? folder : undefined;
}

/**
 * The demo, with a shop of our own in place of the sample.
 *
 * @param {string} name
 * @param {"json" | "ucp-csv"} format
 * @param {string} path
 */
export async function openHouseOf(name, format, path) {
  const data = await mkdtemp(join(tmpdir(), "parlour-journey-"));
  const house = new House(data, await freePort());
  try {
    await finish(["shop", "import", "--data", data, "--format", format, path, "--shop", "demo", "--name", name]);
    await house.start();
  } catch (error) {
    await house.remove();
    throw error;
  }
  return house;
}

/** @param {"SQLite" | "PostgreSQL"} [backend] */
export async function openHouse(backend = "SQLite") {
  const data = await mkdtemp(join(tmpdir(), "parlour-journey-"));
  const port = await freePort();
  const served = backend === "PostgreSQL" ? new ServedHouse(data, port, process.env["PARLOUR_TEST_POSTGRES"] ?? "") : undefined;
  const house = served ?? new House(data, port);
  try {
    await served?.prepare();
    await house.start();
  } catch (error) {
    await house.remove();
    throw error;
  }
  return house;
}

// ---- The browser ---------------------------------------------------------------------------

/** @returns {Promise<Browser>} with a profile of its own that is thrown away */
export function openBrowser() {
  const candidates = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("Chromium is not installed: install Debian's `chromium` or set CHROMIUM");
  return chromium.launch({
    executablePath,
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A visitor with a browser profile of her own. Whatever her pages complain about is kept:
 * a refused script or style, an exception, an error of a script.
 */
export class Visitor {
  /** @type {string[]} */
  complaints = [];

  /**
   * @param {BrowserContext} context
   * @param {Page} page
   */
  constructor(context, page) {
    this.context = context;
    this.page = page;
    context.setDefaultTimeout(PATIENCE);
    context.on("weberror", (error) => this.complaints.push(`exception: ${error.error().message}`));
    context.on("console", (message) => {
      // That a request failed is the subject of some journeys; the browser logs each.
      if (message.type() === "error" && !/Failed to load resource|ERR_/.test(message.text())) {
        this.complaints.push(`console: ${message.text()}`);
      }
    });
  }

  /** Fails if a page complained. */
  assertCalm() {
    assert.deepEqual(this.complaints, []);
  }
}

/**
 * @param {Browser} browser
 * @param {BrowserContextOptions} [options]
 */
export async function newVisitor(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-GB", ...options });
  return new Visitor(context, await context.newPage());
}

// ---- Moves of a shopper --------------------------------------------------------------------

/** @param {Page} page */
export async function waitForLauncher(page) {
  await page.waitForSelector("parlour-chat", { state: "attached" });
}

/**
 * The widget's frame, once it takes messages.
 *
 * @param {Page} page
 * @returns {Promise<Frame>}
 */
export async function chatFrame(page) {
  for (let waited = 0; waited < PATIENCE; waited += 50) {
    const frame = page.frames().find((one) => one.url().includes("/widget/v1/frame"));
    if (frame) {
      await frame.waitForSelector("#composer:not([hidden]), #ended:not([hidden])");
      return frame;
    }
    await sleep(50);
  }
  throw new Error("the chat's frame did not open");
}

/**
 * Clicks where the launcher is. Its shadow root is closed, also for us.
 *
 * @param {Page} page
 */
export async function clickLauncher(page) {
  await waitForLauncher(page);
  const size = page.viewportSize();
  if (!size) throw new Error("the page has no size");
  await page.mouse.click(size.width - 50, size.height - 50);
}

/**
 * The launcher as assistive technology meets it.
 *
 * @param {Page} page
 */
export async function launcherState(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const button = nodes.find((node) => node.role?.value === "button" && /chat/i.test(String(node.name?.value)));
  return {
    name: button?.name?.value,
    expanded: button?.properties?.find((property) => property.name === "expanded")?.value.value,
  };
}

/**
 * Goes to the shop and opens the chat.
 *
 * @param {Page} page
 * @param {House} house
 */
export async function openChat(page, house) {
  await page.goto(house.shopPage);
  await clickLauncher(page);
  return chatFrame(page);
}

/**
 * @param {Frame} frame
 * @param {string} text
 */
export async function write(frame, text) {
  await frame.fill("#message", text);
  await frame.press("#message", "Enter");
}

/**
 * Writes, and waits until the assistant has answered.
 *
 * @param {Frame} frame
 * @param {string} text
 */
export async function ask(frame, text) {
  const before = await frame.locator(".turn.ai").count();
  await write(frame, text);
  await frame.locator(".turn.ai").nth(before).waitFor();
}

/**
 * What the server has of the conversation on the screen, as the shopper's own session sees it.
 *
 * @param {Frame} frame
 * @returns {Promise<{ position: number, author: string, text: string }[]>}
 */
export function storedTurns(frame) {
  return frame.evaluate(async () => {
    const list = await (await fetch("/v1/conversations")).json();
    const newest = list.conversations[0];
    if (!newest) return [];
    const all = [];
    for (let after = 0, more = true; more; ) {
      const page = await (await fetch(`/v1/conversations/${newest.conversation}/turns?after=${after}&limit=50`)).json();
      all.push(...page.turns);
      after = all.at(-1)?.position ?? 0;
      more = page.more && page.turns.length > 0;
    }
    return all.map((turn) => ({
      position: turn.position,
      author: turn.author,
      text: turn.blocks.flatMap((/** @type {any} */ block) => (block.type === "text" ? [block.text] : [])).join("\n"),
    }));
  });
}

/**
 * What is on the screen, in its order.
 *
 * @param {Frame | Page} place
 * @returns {Promise<{ position: number, author: string, text: string }[]>}
 */
export function shownTurns(place) {
  return place.evaluate(() =>
    [...document.querySelectorAll(".turn")].map((turn) => ({
      position: Number(/** @type {HTMLElement} */ (turn).dataset["position"]),
      author: [...turn.classList].find((name) => ["shopper", "ai", "human", "system"].includes(name)) ?? "",
      text: turn.querySelector(".body")?.textContent ?? "",
    })),
  );
}

// ---- Moves of a shopper in the shop --------------------------------------------------------

/**
 * @param {Frame} frame
 * @param {"Chat" | "Shop" | "Cart" | "Orders"} name
 */
export async function goTo(frame, name) {
  await frame.locator(`#to-${name.toLowerCase()}`).click();
  if (name !== "Chat") await frame.locator("#shop-view:not([aria-busy]) h2").waitFor();
}

/**
 * @param {Frame} frame
 * @param {string} query
 */
export async function search(frame, query) {
  await goTo(frame, "Shop");
  await frame.getByLabel("Search products").fill(query);
  await frame.getByRole("button", { name: "Search", exact: true }).click();
  await frame.locator(".results:not([aria-busy])").waitFor();
  await frame.locator(".good, .results .empty").first().waitFor();
}

/**
 * Searches, opens the product, and puts it into the cart; the first choice of each option that can
 * be had.
 *
 * @param {Frame} frame
 * @param {string} title
 * @param {number} [pieces]
 */
export async function addToCart(frame, title, pieces = 1) {
  await search(frame, title);
  await frame.locator(".good", { hasText: title }).first().click();
  await frame.getByRole("button", { name: "Add to cart" }).waitFor();
  for (const group of await frame.locator("fieldset.options").all()) await group.locator("label:not(.out) input").first().check();
  for (let more = 1; more < pieces; more += 1) await frame.getByRole("button", { name: "One more" }).click();
  await frame.getByRole("button", { name: "Add to cart" }).click();
  await frame.getByText("Added to your cart.").waitFor();
}

export const ADDRESS = { line1: "12 Elm Row", postal_code: "62704", city: "Springfield", country: "US" };

/**
 * @param {Frame} frame
 * @param {Record<string, string>} address
 */
export async function fillAddress(frame, address) {
  for (const [name, value] of Object.entries(address)) {
    const field = frame.locator(`#shop-view [name="${name}"]`);
    if (name === "country") await field.selectOption(value);
    else await field.fill(value);
  }
}

/**
 * From the cart to the card that shows what would be bought.
 *
 * @param {Frame} frame
 * @param {{ email: string, given?: string, family?: string, address?: Record<string, string> }} who
 */
export async function checkOut(frame, { email, given = "Nora", family = "Field", address = ADDRESS }) {
  await goTo(frame, "Cart");
  await frame.getByRole("button", { name: "Go to checkout" }).click();
  await frame.getByRole("heading", { name: "Checkout" }).waitFor();
  await frame.locator("#shop-view [name=country]").waitFor();
  if (await frame.locator("#shop-view [name=email]").count()) await frame.locator("#shop-view [name=email]").fill(email);
  await frame.getByLabel("First name").fill(given);
  await frame.getByLabel("Last name").fill(family);
  await fillAddress(frame, address);
  await frame.getByRole("button", { name: "Review the order" }).click();
  await frame.locator(".proposal .effect").waitFor();
}

/**
 * Confirms the order on the card.
 *
 * @param {Frame} frame
 * @returns {Promise<string>} the order's number
 */
export async function buy(frame) {
  await frame.getByRole("button", { name: "Order and pay" }).click();
  await frame.getByRole("heading", { name: "Thank you for your order" }).waitFor();
  return frame.locator(".order-number bdi").innerText();
}

/**
 * Follows the link to the payment page, in the tab that it opens.
 *
 * @param {Visitor} visitor
 * @param {Frame} frame
 */
export async function openPayment(visitor, frame) {
  const opened = visitor.context.waitForEvent("page");
  await frame.locator("a.pay").click();
  const page = await opened;
  await page.getByText("Demo gateway: no real money.").waitFor();
  return page;
}

/**
 * The newest code that was mailed to the address.
 *
 * @param {Visitor} visitor
 * @param {House} house
 * @param {string} address
 */
export async function mailedCode(visitor, house, address) {
  const mailbox = await visitor.context.newPage();
  await mailbox.goto(`${house.origin}/demo/mailbox`);
  const mail = mailbox.locator(".mail", { hasText: address }).first();
  const code = /\b\d{6}\b/.exec((await mail.innerText()) ?? "")?.[0];
  await mailbox.close();
  assert.ok(code, "the mail holds a code of six digits");
  return code;
}

/**
 * "Continue by e-mail" from the orders, to the list of them.
 *
 * @param {Visitor} visitor
 * @param {House} house
 * @param {Frame} frame
 * @param {string} address
 */
export async function proveForOrders(visitor, house, frame, address) {
  await goTo(frame, "Orders");
  await frame.locator("#shop-view").getByRole("button", { name: "Continue by e-mail" }).click();
  await frame.locator("#prove-email").fill(address);
  await frame.getByRole("button", { name: "Send code" }).click();
  await frame.locator("#prove-digits").waitFor();
  await frame.locator("#prove-digits").fill(await mailedCode(visitor, house, address));
  await frame.locator("#prove").getByRole("button", { name: "Confirm" }).click();
  await frame.locator("#prove").waitFor({ state: "hidden" });
  await frame.locator("#shop-view:not([aria-busy]) .good.order").or(frame.getByText("There are no orders")).first().waitFor();
}

/**
 * @param {Frame} frame
 * @param {string} order
 */
export async function openOrder(frame, order) {
  await goTo(frame, "Orders");
  await frame.locator(".good.order", { hasText: order }).click();
  await frame.getByRole("heading", { name: `Order ${order}` }).waitFor();
  await frame.locator(".progress, .banner").first().waitFor();
}

/**
 * Fails if anything on the page has acted, or could.
 *
 * @param {Page | Frame} place
 * @param {string} where
 */
export async function assertInert(place, where) {
  const found = await place.evaluate(() => ({
    struck: "__struck" in window,
    // Everything below the pages' own frame that could act or fetch.
    strange: document.querySelectorAll(
      "main script, main img, main iframe, main style, main meta, main object, main embed, main math, main [onerror], main [onload], main a[href^='javascript' i], .turn svg, .note svg, .shop-view svg",
    ).length,
  }));
  assert.deepEqual(found, { struck: false, strange: 0 }, where);
}

// ---- Everybody can use it ------------------------------------------------------------------

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/**
 * Fails if axe finds anything.
 *
 * @param {Page | Frame} place
 * @param {string} screen
 */
export async function audit(place, screen) {
  if (!(await place.evaluate(() => "axe" in window))) await place.evaluate(AXE);
  // Colours are judged when they have arrived.
  await place.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const { violations, passes } = await place.evaluate(
    (rules) => /** @type {any} */ (window).axe.run(document, { runOnly: rules, iframes: false }),
    RULES,
  );
  assert.ok(passes.length > 5, `axe looked at ${screen}`);
  assert.deepEqual(
    violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => `${node.target} ${node.failureSummary}`).join(" | ")}`),
    [],
    screen,
  );
}

/**
 * Presses Tab (or the keys given) until the focus stands where it should.
 *
 * @param {Page} page
 * @param {Page | Frame} place where to look for the focus
 * @param {string} selector
 * @param {string} [key]
 */
export async function moveTo(page, place, selector, key = "Tab") {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await place.evaluate((wanted) => document.hasFocus() && document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`the keyboard does not reach \`${selector}\``);
}

// ---- Moves of staff ------------------------------------------------------------------------

/**
 * @param {Page} page
 * @param {string} link
 */
export async function signIn(page, link) {
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/console\/inbox/);
}

/**
 * Opens the shopper's conversation from the inbox.
 *
 * @param {Page} page
 * @param {House} house
 * @param {Frame} chat the shopper's
 */
export async function openConversation(page, house, chat) {
  const { conversations } = await chat.evaluate(async () => (await fetch("/v1/conversations")).json());
  await page.goto(`${house.origin}/console/inbox`);
  await page.locator(`#queue a.row[data-conversation="${conversations[0].conversation}"]`).click();
  await page.waitForSelector("#conversation:not([aria-busy])");
}

/**
 * @param {Page} page
 * @param {string} text
 */
export async function reply(page, text) {
  await page.fill("#writing", text);
  await page.press("#writing", "Enter");
  await page.locator(".turn.human", { hasText: text }).waitFor();
}

/**
 * @param {Page} page
 * @param {House} house
 * @param {string} order
 */
export async function openStaffOrder(page, house, order) {
  await page.goto(`${house.origin}/console/orders/${order}`);
  await page.waitForSelector("#order:not([aria-busy]) .columns");
}

/**
 * Takes a step of an order, and waits until it is taken.
 *
 * @param {Page} page
 * @param {string} button
 * @param {string | RegExp} done
 */
export async function takeStep(page, button, done) {
  await page.getByRole("button", { name: button }).click();
  await page.locator("#done", { hasText: done }).waitFor();
}
