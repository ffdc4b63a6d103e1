// What every screen is held to: everybody can use it, and nothing on it acts by itself.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** @import { Frame, Page } from "playwright-core" */

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
