// The line to the shop's page: from the moment she closes the chat it counts as closed, before the page has answered.

import assert from "node:assert/strict";
import { test } from "node:test";

const NONCE = "0123456789abcdef0123456789abcdef";
/** @type {{ type: string }[]} */
const told = [];
const shop = { postMessage: (/** @type {{ type: string }} */ fact) => void told.push(fact) };
const frame = Object.assign(new EventTarget(), { parent: shop });
Object.assign(globalThis, {
  window: frame,
  addEventListener: frame.addEventListener.bind(frame),
  location: { hash: `#nonce=${NONCE}&host=https://shop.example` },
});
const { connectHost } = await import("../../../widget/host.js");

test("what is said while the page is still closing the chat is news to her", () => {
  let visible = true;
  const host = connectHost({ opened: () => (visible = true), closed: () => (visible = false) });
  assert.equal(host.framed, true);
  host.tell("ready");
  assert.equal(visible, true);
  host.tell("close");
  assert.equal(visible, false, "known here before the page's answer");
  assert.deepEqual(told.map((fact) => fact.type), ["ready", "close"]);
});
