// A house of our own: the real binary on a fresh data folder, on ports that no other house takes.
//
// PARLOUR_BIN names the binary (default: the debug build of this checkout); PARLOUR_TEST_POSTGRES,
// when set, is a PostgreSQL server on which the journeys marked for it run a second time.

import { spawn } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Server } from "node:net" */

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

/** How long anything may take, in milliseconds, on a machine that has much else to do. */
export const PATIENCE = 60_000;

/**
 * Looks again and again until there is something, and hands it over.
 *
 * @template T
 * @param {string} what is waited for
 * @param {() => T | false | undefined | Promise<T | false | undefined>} look
 * @param {() => string} [more] is told beside it when it never comes
 * @returns {Promise<T>}
 */
export async function eventually(what, look, more = () => "") {
  for (const end = Date.now() + PATIENCE; ; await sleep(50)) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}${more()}`);
  }
}

// ---- Ports ---------------------------------------------------------------------------------

/** Where ports are looked for: below those that systems give to outgoing connections. */
const PORTS = { first: 20_000, blocks: 300, block: 40 };

/** @param {number} port @param {string} host @returns {Promise<Server | undefined>} what listens there; `undefined` where somebody else does */
function listen(port, host) {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(port, host, () => resolve(server));
  });
}

/** @param {number} port @param {string} host */
async function isFree(port, host) {
  try {
    const server = await listen(port, host);
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    return server !== undefined;
  } catch (error) {
    // A machine without IPv6 has nobody there.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EADDRNOTAVAIL") return true;
    throw error;
  }
}

/**
 * The ports of a block belong to the process that listens on its first, for as long as it lives: of two
 * test files that run at once none takes a port of the other, also not while its house is stopped.
 *
 * @returns {Promise<number>}
 */
async function takeBlock() {
  return eventually("a block of ports is free", async () => {
    const first = PORTS.first + randomInt(PORTS.blocks) * PORTS.block;
    return (await listen(first, "127.0.0.1"))?.unref() && first;
  });
}

/** Ports of this process that nobody was given yet. @type {number[]} */
let spare = [];

/** @returns {Promise<number>} a port for a house; the next one, where the demo's payment gateway listens, is its own as well */
export async function freePort() {
  for (;;) {
    if (!spare.length) {
      const first = await takeBlock();
      spare = Array.from({ length: PORTS.block / 2 - 1 }, (_, at) => first + 2 + 2 * at);
    }
    const port = spare.shift() ?? 0;
    const both = [port, port + 1].flatMap((one) => ["127.0.0.1", "::1"].map((host) => isFree(one, host)));
    if ((await Promise.all(both)).every(Boolean)) return port;
  }
}

// ---- The program ---------------------------------------------------------------------------

function binary() {
  const built = join(process.env["CARGO_TARGET_DIR"] ?? join(CHECKOUT, "target"), "debug", "parlour");
  const path = process.env["PARLOUR_BIN"] ?? built;
  if (!existsSync(path)) throw new Error(`there is no binary at \`${path}\`: run \`cargo build\` or set PARLOUR_BIN`);
  return path;
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
    const ready = async () => {
      if (started.exitCode !== null) throw new Error(`parlour stopped with ${started.exitCode}:\n${said.text}`);
      return this.isReady();
    };
    await eventually("parlour was ready", ready, () => `:\n${said.text}`);
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
    return eventually("a sign-in link was printed", () => LINK.exec(this.#said.text)?.[0], () => `:\n${this.#said.text}`);
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
