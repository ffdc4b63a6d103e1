// Every screen of docs/screens, in every state that is pictured there: no wider than its window, and
// axe finds nothing, light and dark (D27, issue 4, "Show" 2). The list is `screen_list.mjs`; a screen
// that is listed and not reached fails.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { audit, openBrowser } from "../harness.mjs";
import { SCHEMES, SCREENS, SIZES } from "../screen_list.mjs";
import { walk } from "../screen_walk.mjs";

/** @import { Browser, Frame, Page } from "playwright-core" */

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/**
 * Pages behind a chat, as they were when axe looked at them: while a shopper walks through the chat, the
 * shop's page behind it stays the same.
 *
 * @type {Set<string>}
 */
const judged = new Set();

/**
 * Whether it is such a page, and looks as it did then.
 *
 * @param {Page} page
 * @param {string} scheme
 */
async function isJudged(page, scheme) {
  if (places(page).length < 2) return false;
  const looks = await page.evaluate(() => {
    // An open chat covers what is behind it.
    const inFront = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.localName;
    return [location.href, inFront, document.documentElement.outerHTML];
  });
  const key = JSON.stringify([scheme, ...looks]);
  const known = judged.has(key);
  judged.add(key);
  return known;
}

/**
 * The page, and the chat in it where it is open.
 *
 * @param {Page} page
 * @returns {(Page | Frame)[]}
 */
const places = (page) => [page, ...page.frames().filter((frame) => frame !== page.mainFrame() && frame.url().includes("/widget/v1/frame"))];

describe("every screen, on a phone", () => {
  /** @type {Set<string>} */
  const seen = new Set();
  test("no screen is wider than its window, and axe finds nothing on any", async () => {
    /** @type {string[]} */
    const faults = [];
    await walk({
      browser,
      viewport: SIZES.phone,
      phone: true,
      shoot: async (page, name) => {
        seen.add(name);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          for (const place of places(page)) {
            const over = await place.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (over > 0) faults.push(`${name}: ${over} px wider than the window`);
            if (place === page && (await isJudged(page, colorScheme))) continue;
            // Each fault is told, not the first alone.
            await audit(place, `${name}, ${colorScheme}`).catch((error) => faults.push(String(error.message)));
          }
        }
      },
    });
    assert.deepEqual(faults, []);
  });

  for (const [group, screens] of Object.entries(SCREENS)) {
    test(group, () => assert.deepEqual(Object.keys(screens).filter((name) => !seen.has(name)), []));
  }
});
