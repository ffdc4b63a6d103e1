// Over TLS, as shops run it (D08): what cookies say of themselves in a browser, what a page keeps, and what is left
// when a session is over.

import assert from "node:assert/strict";
import { get } from "node:https";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
import { ServedHouse, ask, freePort, newVisitor, openBrowser, openChat, signIn } from "../harness.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */

/** With a certificate of its own making. */
class TlsHouse extends ServedHouse {
  get certificate() {
    return readFile(join(this.data, "tls/development.pem"));
  }

  /** @override */
  async isReady() {
    const ca = await this.certificate.catch(() => undefined);
    if (!ca) return false;
    return new Promise((/** @type {(ready: boolean) => void} */ resolve) => {
      const asked = get(`${this.origin}/readyz`, { ca }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      asked.once("error", () => resolve(false));
    });
  }
}

/** @type {TlsHouse} */
let house;
/** @type {Browser} */
let browser;
before(async () => {
  const port = await freePort();
  house = new TlsHouse(await mkdtemp(join(tmpdir(), "parlour-journey-")), port, `https://localhost:${port}`);
  await house.prepareWith(`[server.tls]\nmode = "development"`);
  await house.start();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await house?.remove();
});

/**
 * What scripts of a page can read of what the browser keeps for it.
 *
 * @param {Page | Frame} page
 */
function kept(page) {
  return page.evaluate(async () => ({
    cookies: document.cookie,
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: "caches" in globalThis ? await caches.keys() : [],
  }));
}

test("the shopper's cookie is the host's alone, of this shop's page, and no script reads it", async () => {
  const shopper = await newVisitor(browser, { ignoreHTTPSErrors: true });
  const chat = await openChat(shopper.page, house);
  assert.deepEqual(await shopper.context.cookies(), [], "nothing before the first message");
  await ask(chat, "What secret does my browser keep, please? SECRETWORD");
  const cookies = await shopper.context.cookies();
  assert.deepEqual(
    cookies.map(({ name, domain, path, secure, httpOnly, sameSite }) => ({ name, domain, path, secure, httpOnly, sameSite })),
    [{ name: "__Host-parlour", domain: "localhost", path: "/", secure: true, httpOnly: true, sameSite: "None" }],
  );
  assert.equal(cookies[0]?.partitionKey, "http://127.0.0.1", "on another shop's page she is somebody else");
  for (const page of [chat, shopper.page]) {
    const found = await kept(page);
    assert.equal(found.cookies, "");
    assert.ok(!JSON.stringify(found).includes("SECRETWORD"), JSON.stringify(found));
    assert.ok(!JSON.stringify(found).includes(cookies[0]?.value ?? "?"), "the session stands in its cookie alone");
    assert.deepEqual([found.databases, found.caches], [[], []]);
  }
  shopper.assertCalm();
});

test("forgetting the device clears the cookie and whatever else the browser kept", async () => {
  const shopper = await newVisitor(browser, { ignoreHTTPSErrors: true });
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  const ended = shopper.page.waitForResponse((response) => response.request().method() === "DELETE");
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Forget this device" }).click();
  await chat.locator("#forget-confirm").click();
  await chat.getByText("This device has been forgotten.").waitFor();
  assert.match((await (await ended).allHeaders())["clear-site-data"] ?? "", /"cache", "storage"/);
  assert.deepEqual(await shopper.context.cookies(), []);
  const found = await kept(chat);
  assert.deepEqual([found.local, found.session, found.databases, found.caches], [[], [], [], []]);
});

test("the staff's cookie goes to Parlour's own pages alone, and is gone after signing out", async () => {
  const staff = await newVisitor(browser, { ignoreHTTPSErrors: true });
  await signIn(staff.page, await house.signInLink());
  const cookies = await staff.context.cookies();
  assert.deepEqual(
    cookies.map(({ name, domain, path, secure, httpOnly, sameSite }) => ({ name, domain, path, secure, httpOnly, sameSite })),
    [{ name: "__Host-parlour-staff", domain: "localhost", path: "/", secure: true, httpOnly: true, sameSite: "Strict" }],
  );
  const found = await kept(staff.page);
  assert.equal(found.cookies, "");
  assert.ok(!JSON.stringify(found).includes(cookies[0]?.value ?? "?"));
  const ended = staff.page.waitForResponse((response) => response.request().method() !== "GET" && response.url().includes("/session"));
  await staff.page.getByRole("button", { name: "Sign out" }).click();
  assert.match((await (await ended).allHeaders())["clear-site-data"] ?? "", /"cache", "storage"/);
  await staff.page.waitForURL(/\/console\/sign-in/);
  assert.deepEqual(await staff.context.cookies(), []);
  await staff.page.goto(`${house.origin}/console/inbox`);
  await staff.page.waitForURL(/\/console\/sign-in/);
  staff.assertCalm();
});

test("TLS 1.2 and plain HTTP are not served", async () => {
  const ca = await house.certificate;
  const outcome = (/** @type {import("node:tls").ConnectionOptions} */ options) =>
    new Promise((/** @type {(said: string) => void} */ resolve) => {
      const socket = connect({ host: "localhost", port: house.port, ca, servername: "localhost", ...options }, () => {
        resolve(socket.getProtocol() ?? "none");
        socket.destroy();
      });
      socket.once("error", (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message));
    });
  assert.equal(await outcome({}), "TLSv1.3");
  assert.match(await outcome({ maxVersion: "TLSv1.2" }), /ALERT_PROTOCOL_VERSION|ECONNRESET/);
  await assert.rejects(fetch(`http://localhost:${house.port}/readyz`));
});
