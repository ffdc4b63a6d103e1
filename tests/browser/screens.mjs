// Takes a picture of every screen of widget and console: phone and desktop, light and dark, with its
// empty, busy, loading, failing, offline and refused states; and writes the page that shows them all.
// Look at them before saying that they are good.
//
//   node screens.mjs FOLDER [--part NAME]... [--size phone|desktop] [--format webp|png]
//
// With a part or a size it takes only those, and leaves the index alone.

import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./harness.mjs";
import { PARTS, walk } from "./screen_walk.mjs";
import { SCALES, SCHEMES, SCREENS, SIZES, fileOf, indexPage } from "./screen_list.mjs";

/** @import { Page } from "playwright-core" */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: "string", multiple: true }, size: { type: "string" }, format: { type: "string", default: "webp" } },
});
const [folder] = positionals;
const { part, size: only, format } = values;
if (!folder || positionals.length > 1 || (format !== "webp" && format !== "png") || part?.some((one) => !(one in PARTS)) || (only && !(only in SIZES))) {
  console.error(`usage: node screens.mjs FOLDER [--part ${Object.keys(PARTS).join("|")}]... [--size phone|desktop] [--format webp|png]`);
  process.exit(2);
}
await mkdir(folder, { recursive: true });

// No port that differs from run to run is seen on a picture.
const port = 8640;
const known = Object.values(SCREENS).flatMap((group) => Object.keys(group));
/** @type {Set<string>} */
const taken = new Set();
const browser = await openBrowser();
for (const [size, viewport] of Object.entries(SIZES)) {
  if (only && only !== size) continue;
  // What is kept in the repository is small; who looks closely takes `--format png`.
  const scale = format === "webp" ? (SCALES[size] ?? 1) : 1;
  /** @param {Page} page @param {string} name @param {boolean} [fullPage] */
  const shoot = async (page, name, fullPage = false) => {
    if (!known.includes(name)) throw new Error(`the screen \`${name}\` is not in screen_list.mjs`);
    await page.bringToFront();
    // Nothing is hovered over.
    await page.mouse.move(viewport.width / 2, 1);
    if (fullPage) await page.evaluate(() => scrollTo(0, 0));
    // A page in full is a window as high as the page; but where the window's height is a talk's, the
    // picture goes beyond the window.
    const beyond = fullPage && (await page.locator(".thread").count()) > 0;
    if (fullPage && !beyond) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width: viewport.width, height: Math.max(viewport.height, height) });
    }
    const client = await page.context().newCDPSession(page);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.waitForTimeout(150);
      const { cssContentSize, cssVisualViewport } = await client.send("Page.getLayoutMetrics");
      const { data } = await client.send("Page.captureScreenshot", {
        format,
        ...(format === "webp" ? { quality: 50 } : {}),
        captureBeyondViewport: beyond,
        clip: { x: cssVisualViewport.pageX, y: beyond ? 0 : cssVisualViewport.pageY, width: viewport.width, height: beyond ? Math.max(viewport.height, cssContentSize.height) : page.viewportSize()?.height ?? viewport.height, scale },
      });
      await writeFile(join(folder, `${fileOf(name, size, scheme)}.${format}`), Buffer.from(data, "base64"));
    }
    await client.detach();
    if (fullPage && !beyond) await page.setViewportSize(viewport);
    taken.add(name);
  };
  await walk({ browser, viewport, phone: size === "phone", shoot, parts: part, port });
}
await browser.close();

if (!part && !only) {
  const missing = known.filter((name) => !taken.has(name));
  if (missing.length) throw new Error(`listed but not taken: ${missing.join(", ")}`);
  // Pictures of screens that are no more.
  const wanted = new Set(known.flatMap((name) => Object.keys(SIZES).flatMap((size) => SCHEMES.map((scheme) => `${fileOf(name, size, scheme)}.${format}`))));
  for (const file of await readdir(folder)) if (/\.(?:webp|png)$/.test(file) && !wanted.has(file)) await rm(join(folder, file));
  await writeFile(join(folder, "README.md"), indexPage(format));
}
console.log(`${taken.size} screens of ${known.length} in ${folder}`);
