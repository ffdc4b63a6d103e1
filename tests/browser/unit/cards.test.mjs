// The browser's pass over card numbers is held to the list that the server's is held to (B02).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mask } from "../../../widget/masking.js";

/** @typedef {{ text: string, masked: string, with_codes?: string }} Card */
/** @type {{ cards: Card[], other_numbers: string[] }} */
const vectors = JSON.parse(
  readFileSync(new URL("../../../crates/trust/guard/tests/vectors/cards.json", import.meta.url), "utf8"),
);

test("every card of the list is removed in the browser, and its security code", () => {
  assert.ok(vectors.cards.length > 90);
  const expected = vectors.cards.map(({ text, masked, with_codes }) => [text, with_codes ?? masked, true]);
  const left = vectors.cards.map(({ text }) => [text, mask(text).text, mask(text).removed.includes("card")]);
  assert.deepEqual(left, expected);
});

test("every other number of the list stays in the browser", () => {
  assert.ok(vectors.other_numbers.length > 30);
  const left = vectors.other_numbers.map((text) => ({ ...mask(text) }));
  assert.deepEqual(left, vectors.other_numbers.map((text) => ({ text, removed: [] })));
});

test("long messages are looked through in their length", () => {
  const most = 4000;
  for (const piece of ["4", "4 ", "visa 4", "order #4111111111111111 ", "order no ", "<a", "%20", "SKU", " - ", "4x", "a:", "cvv ", "digits on the back "]) {
    const text = piece.repeat(Math.ceil(most / piece.length));
    assert.ok(mask(text).text.length <= 2 * text.length, piece);
  }
});
