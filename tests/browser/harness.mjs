// What every journey stands on: a house of our own (the real binary on a fresh data folder), a
// real browser, and the few moves that all of them make.
//
// PARLOUR_BIN names the binary (default: the debug build of this checkout); PARLOUR_TEST_POSTGRES,
// when set, is a PostgreSQL server on which the journeys marked for it run a second time.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
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
export async function freePort() {
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
      if (await this.isReady()) return;
      await sleep(50);
    }
    throw new Error(`parlour was not ready in time:\n${said.text}`);
  }

  async isReady() {
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

/** `parlour serve` as a shop runs it, with a shop page on another site that this test serves. */
export class ServedHouse extends House {
  /** @protected */
  config;
  #shop;

  /**
   * @param {string} data
   * @param {number} port
   * @param {string} [origin] Parlour's own, where it is not plain HTTP
   */
  constructor(data, port, origin) {
    super(data, port);
    if (origin) this.origin = origin;
    this.config = join(data, "parlour.toml");
    this.#shop = createHttpServer((_, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Content-Security-Policy", `default-src 'none'; script-src ${this.origin}; frame-src ${this.origin}`);
      response.end(
        `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>` +
          `<script src="${this.origin}/widget/v1/loader.js" data-shop="journey" async crossorigin="anonymous"></script>`,
      );
    });
  }

  /** @param {string} tables of the configuration, after those of the server's address */
  async prepareWith(tables) {
    await new Promise((resolve) => this.#shop.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = this.#shop.address();
    if (!address || typeof address === "string") throw new Error("no port");
    this.shopOrigin = `http://127.0.0.1:${address.port}`;
    const text = (/** @type {string} */ value) => JSON.stringify(value);
    await writeFile(
      this.config,
      `[server]
listen = ${text(`localhost:${this.port}`)}
public_origin = ${text(this.origin)}
${tables}
[shop]
handle = "journey"
name = "Journey"
origins = [${text(this.shopOrigin)}]
content = ${text(join(CHECKOUT, "crates/work/shop/sample/texts.json"))}
[mail]
delivery = "mailbox"
`,
    );
  }

  /** @override */
  get command() {
    return ["serve", "--data", this.data, "--config", this.config];
  }

  /** @override */
  async signInLink() {
    const said = await finish(["staff", "add", "--name", "Robin Vale", "--role", "admin", "--config", this.config, "--data", this.data]);
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
    this.#shop.close();
    await super.remove();
  }
}

/** The same on a PostgreSQL database of its own. */
class PostgresHouse extends ServedHouse {
  #database = `parlour_journey_${randomUUID().replaceAll("-", "")}`;

  /**
   * @param {string} data
   * @param {number} port
   * @param {string} postgres address of a database in which databases may be created
   */
  constructor(data, port, postgres) {
    super(data, port);
    this.postgres = postgres;
  }

  async prepare() {
    await sql(this.postgres, `CREATE DATABASE ${this.#database}`);
    const url = new URL(this.postgres);
    url.pathname = `/${this.#database}`;
    await writeFile(join(this.data, "postgres-url"), url.href, { mode: 0o600 });
    await this.prepareWith(`[storage]\nkind = "postgres"\nurl_file = "postgres-url"`);
  }

  /** @override */
  async remove() {
    await this.stop();
    await sql(this.postgres, `DROP DATABASE IF EXISTS ${this.#database} WITH (FORCE)`);
    await super.remove();
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

/** A sample folder of the Universal Commerce Protocol's conformance suite; `undefined` where it is not at hand. */
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

/**
 * @param {"SQLite" | "PostgreSQL"} [backend]
 * @param {number} [wanted] a port, where it must be the same each time; any that is free otherwise
 */
export async function openHouse(backend = "SQLite", wanted) {
  const data = await mkdtemp(join(tmpdir(), "parlour-journey-"));
  const port = wanted ?? (await freePort());
  const served = backend === "PostgreSQL" ? new PostgresHouse(data, port, process.env["PARLOUR_TEST_POSTGRES"] ?? "") : undefined;
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

export const CHROMIUM_ARGUMENTS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page that a test makes up has no address; what it embeds from this machine is allowed all the same.
  "--disable-features=LocalNetworkAccessChecks",
];

export function chromiumPath() {
  const candidates = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const path = candidates.find((one) => one && existsSync(one));
  if (!path) throw new Error("Chromium is not installed: install Debian's `chromium` or set CHROMIUM");
  return path;
}

/** @returns {Promise<Browser>} with a profile of its own that is thrown away */
export function openBrowser() {
  return chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGUMENTS });
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
  await page.waitForSelector("parlour-chat", { state: "visible" });
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

// ---- Moves of staff ------------------------------------------------------------------------

/**
 * @param {Page} page
 * @param {string} link
 */
export async function signIn(page, link) {
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/console$/, { waitUntil: "commit" });
  await page.getByRole("link", { name: "Inbox", exact: true }).click();
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
 * Changes the shop's front, as the console would.
 *
 * @param {Page} admin
 * @param {(settings: any) => void} change
 */
export async function setFront(admin, change) {
  const { version, settings } = await admin.evaluate(async () => (await fetch("/v1/staff/front")).json());
  change(settings);
  const answer = await admin.evaluate(
    async (body) => {
      const response = await fetch("/v1/staff/front", {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-Parlour": "1" },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
    { version, settings },
  );
  assert.equal(answer.status, 200, answer.text);
}

// ---- Further moves -------------------------------------------------------------------------

export * from "./care.mjs";
export * from "./shopping.mjs";
