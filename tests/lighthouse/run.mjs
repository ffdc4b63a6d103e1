// Lighthouse, and Google's evaluator of policies, on the widget's page and on every room of the console,
// as a shopper and an admin see them.
//
//   node run.mjs [--performance]
//
// Accessibility and best practices must be 100 everywhere. Performance is measured on the widget's
// page, with Lighthouse's slow phone (simulated: 4 times slower processor, slow 4G), and printed; it
// is a figure of time, so that it fails the run below 95 only with `--performance`. The house is the
// one of the browser journeys, a debug build: what a release serves are the same bytes, sooner.
//
// Of each page's Content-Security-Policy the evaluator may say that `'self'` needs care, and nothing
// more severe (D04).

import { parseArgs } from "node:util";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";
import { CHROMIUM_ARGUMENTS, chromiumPath, openHouse, plugIn } from "../browser/harness.mjs";

const { values } = parseArgs({ options: { performance: { type: "boolean", default: false } } });
const BARS = { accessibility: 100, "best-practices": 100, performance: 95 };

// The pages are small and near: whatever has not come within half a second is an event stream.
const QUICK = { pauseAfterFcpMs: 200, pauseAfterLoadMs: 200, networkQuietThresholdMs: 300, cpuQuietThresholdMs: 300, maxWaitForLoad: 15_000 };

const house = await openHouse();
const browser = await puppeteer.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGUMENTS });
let failed = 0;
let passed = 0;
try {
  const shopper = await browser.newPage();
  await look(shopper, "widget", `${house.origin}/widget/v1/frame?shop=demo&locale=en`, ["performance", "accessibility", "best-practices"]);
  await judge(shopper, "widget", `${house.origin}/widget/v1/frame?shop=demo&locale=en`);
  await judge(shopper, "launcher", `${house.origin}/widget/v1/launch?shop=demo&locale=en`);
  await judge(shopper, "sign-in", `${house.origin}/console/sign-in`);
  await look(shopper, "shop page with the launcher", house.shopPage, ["accessibility", "best-practices"]);
  await look(shopper, "sign-in", `${house.origin}/console/sign-in`, ["accessibility", "best-practices"]);

  const page = await browser.newPage();
  await plugIn(await page.createCDPSession());
  await page.goto(await house.signInLink());
  await page.waitForSelector("#sign-in:not([hidden])");
  await page.click("#sign-in");
  await page.waitForSelector("#overview:not([aria-busy])");
  const first = async (/** @type {string} */ path, /** @type {string} */ selector) => {
    await page.goto(house.origin + path);
    await page.waitForSelector(selector);
    return page.$eval(selector, (link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname);
  };
  const rooms = {
    overview: "/console",
    inbox: "/console/inbox",
    conversation: await first("/console/inbox", "#queue a.row"),
    "saved replies": "/console/replies",
    search: "/console/search",
    shoppers: "/console/shoppers",
    orders: "/console/orders",
    order: await first("/console/orders", "a.order-row"),
    knowledge: "/console/knowledge",
    "knowledge editor": "/console/knowledge?document=new",
    questions: "/console/knowledge?show=questions",
    designer: "/console/designer",
    settings: "/console/settings",
    staff: "/console/staff",
    ledger: "/console/ledger",
    "design system": "/console/design",
  };
  for (const [name, path] of Object.entries(rooms)) {
    await look(page, name, house.origin + path, ["accessibility", "best-practices"], desktopConfig);
    await judge(page, name, house.origin + path);
  }
} finally {
  await browser.close();
  await house.remove();
}
console.log(`Lighthouse and policies: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

/**
 * @param {import("puppeteer-core").Page} page
 * @param {string} name
 * @param {string} url
 * @param {(keyof typeof BARS)[]} onlyCategories
 * @param {import("lighthouse").Config} [config] the phone when left out
 */
async function look(page, name, url, onlyCategories, config) {
  const settings = { ...QUICK, onlyCategories, disableStorageReset: true, disableFullPageScreenshot: true };
  const result = await lighthouse(url, { logLevel: "error" }, { ...(config ?? { extends: "lighthouse:default" }), settings: { ...config?.settings, ...settings } }, page);
  if (!result) throw new Error(`Lighthouse has no result for ${url}`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`${url}: ${runtimeError.message}`);
  const scores = onlyCategories.map((category) => {
    const score = Math.round((categories[category]?.score ?? 0) * 100);
    const enough = score >= BARS[category];
    if (category !== "performance" || values.performance) enough ? (passed += 1) : (failed += 1);
    return { category, score, enough };
  });
  console.log(`${name.padEnd(28)} ${scores.map(({ category, score }) => `${category} ${score}`).join("   ")}`);
  for (const { category, enough } of scores) {
    if (enough) continue;
    for (const { id, weight } of categories[category]?.auditRefs ?? []) {
      const audit = audits[id];
      if (!weight || !audit || audit.score === null || audit.score >= 0.9) continue;
      const items = /** @type {{ items?: unknown[] } | undefined} */ (audit.details)?.items ?? [];
      console.log(`  ${id}: ${audit.title}${items.length ? `\n    ${JSON.stringify(items.slice(0, 4)).slice(0, 1200)}` : ` ${audit.displayValue ?? ""}`}`);
    }
  }
}

/**
 * @param {import("puppeteer-core").Page} page
 * @param {string} name
 * @param {string} url
 */
async function judge(page, name, url) {
  const answer = await page.goto(url, { waitUntil: "domcontentloaded" });
  // The demo's shop is this machine, without TLS; an installation's shops are named with theirs.
  const policy = (answer?.headers()["content-security-policy"] ?? "").replaceAll(house.shopOrigin, "https://shop.example");
  const severe = new CspEvaluator(new CspParser(policy).csp).evaluate().filter(({ severity }) => severity < Severity.MEDIUM_MAYBE);
  if (policy && severe.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`${name.padEnd(28)} policy: ${policy || "none"}`);
  for (const { severity, directive, description } of severe) console.log(`  ${Severity[severity]} ${directive}: ${description}`);
}
