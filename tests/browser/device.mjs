// A shopper's device with its passkeys, and the window in which they are made and used.

import { mailedCode, plugIn } from "./harness.mjs";

/** @import { BrowserContext, Frame, Page } from "playwright-core" */
/** @import { House, Visitor } from "./harness.mjs" */

/**
 * Her device: what a browser's tab knows of passkeys is its own, so each window is given what the last one had.
 *
 * @param {BrowserContext} context
 */
export function deviceOf(context) {
  /** @type {any[]} */
  let credentials = [];
  /** @type {Promise<void>} */
  let ready = Promise.resolve();
  context.on("page", (page) => {
    if (!page.url().includes("/passkey") && page.url() !== "about:blank" && page.url() !== "") return;
    ready = (async () => {
      const devtools = await context.newCDPSession(page);
      const authenticatorId = await plugIn(devtools);
      for (const credential of credentials) await devtools.send("WebAuthn.addCredential", { authenticatorId, credential });
      const keep = (/** @type {any} */ { credential }) => {
        credentials = [...credentials.filter((one) => one.credentialId !== credential.credentialId), credential];
      };
      devtools.on("WebAuthn.credentialAdded", keep);
      devtools.on("WebAuthn.credentialAsserted", keep);
    })().catch(() => undefined);
  });
  return {
    plugged: () => ready,
    forget: () => (credentials = []),
    get known() {
      return credentials;
    },
  };
}

/**
 * Presses what opens the window, and goes through with it there.
 *
 * @param {Visitor} visitor
 * @param {ReturnType<typeof deviceOf>} device
 * @param {() => Promise<void>} press
 * @param {(window: Page) => Promise<void>} [look]
 */
export async function inTheWindow(visitor, device, press, look) {
  const opened = visitor.context.waitForEvent("page");
  await press();
  const window = await opened;
  await device.plugged();
  await window.getByRole("button", { name: "Continue" }).waitFor();
  await look?.(window);
  const closed = window.waitForEvent("close");
  await window.getByRole("button", { name: "Continue" }).click();
  await closed;
}

/**
 * As `inTheWindow`, for a passkey with which she gets recovery codes: they stay in the window until she has kept them.
 *
 * @param {Visitor} visitor
 * @param {ReturnType<typeof deviceOf>} device
 * @param {() => Promise<void>} press
 * @param {(window: Page) => Promise<void>} [look] before the passkey is made
 * @param {(window: Page) => Promise<void>} [lookAtCodes]
 * @returns {Promise<string[]>} the codes
 */
export async function makePasskey(visitor, device, press, look, lookAtCodes) {
  const opened = visitor.context.waitForEvent("page");
  await press();
  const window = await opened;
  await device.plugged();
  await window.getByRole("button", { name: "Continue" }).waitFor();
  await look?.(window);
  await window.getByRole("button", { name: "Continue" }).click();
  return keepCodes(window, lookAtCodes);
}

/**
 * The recovery codes in the window, written down; it is closed after that.
 *
 * @param {Page} window
 * @param {(window: Page) => Promise<void>} [look]
 * @returns {Promise<string[]>}
 */
export async function keepCodes(window, look) {
  await window.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const codes = await window.locator("#codes li").allInnerTexts();
  await look?.(window);
  const closed = window.waitForEvent("close");
  await window.getByRole("button", { name: "I have kept them" }).click();
  await closed;
  return codes;
}

/** @param {Visitor} visitor @param {House} house @param {Frame} chat @param {string} address */
export async function proveAddress(visitor, house, chat, address) {
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Continue by e-mail" }).click();
  await chat.locator("#prove-email").fill(address);
  await chat.getByRole("button", { name: "Send code" }).click();
  await chat.locator("#prove-digits").waitFor();
  await chat.locator("#prove-digits").fill(await mailedCode(visitor, house, address));
  await chat.locator("#prove").getByRole("button", { name: "Confirm" }).click();
}

/** @param {Frame} chat */
export async function openDevices(chat) {
  await chat.getByRole("button", { name: "Options" }).click();
  await chat.getByRole("button", { name: "Sign-in and devices" }).click();
  await chat.locator("#devices-sessions li").first().waitFor();
}
