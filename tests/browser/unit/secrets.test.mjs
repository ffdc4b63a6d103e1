// The browser's pass over passwords, codes and keys is held to the list that the server's is held to,
// and reads the same rules.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mask } from "../../../widget/masking.js";
import rules from "../../../widget/secret_rules.js";

const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../../../crates/trust/guard/${name}`, import.meta.url), "utf8"));
/** @type {{ text: string, masked: string }[]} */
const vectors = read("tests/vectors/secrets.json");
/** The server takes out what nobody sees as well. @param {string} text */
const visible = (text) => text.replaceAll("\u200b", "");

test("the browser reads the rules of the server", () => {
  assert.deepEqual(rules, read("src/secrets/rules.json"));
});

test("the secrets of the list are removed in the browser, and nothing else is", () => {
  assert.ok(vectors.length > 200);
  const left = vectors.map(({ text }) => [text, visible(mask(text).text)]);
  assert.deepEqual(left, vectors.map(({ text, masked }) => [text, masked]));
});

test("what was removed is named, and nothing is removed twice", () => {
  for (const { text, masked } of vectors) {
    const { removed } = mask(text);
    const named = removed.map((kind) => `[${kind.replace("_", " ")} removed]`);
    const marks = new Set(masked.match(/\[(?:card|security code|password|code|key) removed\]/g));
    const before = new Set(text.match(/\[(?:password|code) removed\]/g));
    assert.deepEqual(named.sort(), [...marks].filter((mark) => !before.has(mark)).sort(), text);
    assert.deepEqual(mask(masked), { text: masked, removed: [] }, masked);
  }
});

test("long messages are looked through in their length", () => {
  const most = 4000;
  for (const piece of ["password ", "password: ", "password is ", "my password for ", "token=", "otp ", "code ", "1 ", "12", "eyJ", "eyJaaaaaaaa.", "-----BEGIN ", "a://b:", "is my ", "passphrase: ", '"', "x", "mdp: "]) {
    const text = piece.repeat(Math.ceil(most / piece.length));
    assert.ok(mask(text).text.length <= 4 * text.length, piece);
  }
});
