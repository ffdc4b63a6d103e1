// What every screen is held to: everybody can use it, and nothing on it acts by itself.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** @import { Frame, Page } from "playwright-core" */
/** @import { Visitor } from "./harness.mjs" */

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/**
 * Fails if axe finds anything.
 *
 * @param {Page | Frame} place
 * @param {string} screen
 */
export async function audit(place, screen) {
  const found = (await look(place)) ?? (await place.evaluate(AXE).then(() => look(place)));
  assert.ok(found && found.passed > 5, `axe looked at ${screen}`);
  assert.deepEqual(found.violations, [], screen);
}

/**
 * What axe finds, in words, and how many of its rules found nothing; nothing where axe is not on the page yet.
 *
 * @param {Page | Frame} place
 */
function look(place) {
  return place.evaluate(async (rules) => {
    const { axe } = /** @type {any} */ (window);
    if (!axe) return undefined;
    // Colours are judged when they have arrived; what turns for ever never does.
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => undefined)));
    // Every element is judged; but of those that pass, axe writes one down for each rule, not all of them.
    const { violations, passes } = await axe.run(document, { runOnly: rules, iframes: false, resultTypes: ["violations"] });
    const words = (/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => `${node.target} ${node.failureSummary}`).join(" | ")}`;
    return { violations: violations.map(words), passed: passes.length };
  }, RULES);
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

/** What the pages of the widget, the console and the demo are made of, and nothing else is. */
const ELEMENTS = (
  "html head meta title link script body main header footer nav section article aside div p span h1 h2 h3 h4 a b strong em i bdi br hr small " +
  "ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td time kbd code pre mark cite blockquote q address abbr s del ins " +
  "form fieldset legend label input textarea select option optgroup button output progress meter details summary dialog template " +
  "img picture figure figcaption noscript iframe parlour-chat data datalist " +
  "svg g defs pattern path circle ellipse rect line polyline polygon text tspan desc"
).split(" ");

const ATTRIBUTES = (
  "accept async autocapitalize autocomplete charset checked class cols colspan content crossorigin cx cy d datetime dir disabled " +
  "draggable enterkeyhint fill fill-rule focusable for height hidden href id inputmode integrity label lang list loading low high optimum max maxlength " +
  "media method min minlength multiple name novalidate open pattern patterntransform patternunits placeholder points r readonly referrerpolicy rel required role rows " +
  "rowspan rx ry sandbox scope selected sizes spellcheck src start step stroke stroke-dasharray stroke-linecap stroke-linejoin " +
  "stroke-width style tabindex target text-anchor title transform type value viewbox width x x1 x2 xmlns y y1 y2 alt allow decoding"
).split(" ");

/**
 * Fails if anything on the page has acted or could, or if a text has become an element, an attribute,
 * an address or a name that the page's own code does not make.
 *
 * @param {Page | Frame} place
 * @param {string} where
 */
export async function assertInert(place, where) {
  const found = await place.evaluate(
    ([elements, attributes]) => {
      /** @type {Set<string>} */
      const strange = new Set();
      // Asked of the browser itself: what is looked for are names that stand in the way of such questions.
      const every = (/** @type {string} */ wanted) => [...Document.prototype.querySelectorAll.call(document, wanted)];
      /** @param {Element} one @param {string} wanted */
      const matches = (one, wanted) => Element.prototype.matches.call(one, wanted);
      /** @param {Element} one @param {"attributes" | "id" | "localName"} what @returns {any} */
      const own = (one, what) => Object.getOwnPropertyDescriptor(Element.prototype, what)?.get?.call(one);
      if ("__struck" in window || "__struck" in {}) strange.add("a script ran");
      const known = { elements: new Set(elements), attributes: new Set(attributes) };
      const ids = new Set();
      for (const one of every("*")) {
        const [tag, id] = [own(one, "localName"), own(one, "id")];
        if (!known.elements.has(tag)) strange.add(`<${tag}>`);
        if (["script", "meta", "link"].includes(tag) && !matches(one, "head > *, body > link[rel=stylesheet]")) strange.add(`<${tag}> outside of the head`);
        if (tag === "script" && (!matches(one, "[src]") || one.textContent)) strange.add("<script> with words in it");
        if (tag === "meta" && matches(one, "[http-equiv]")) strange.add("<meta http-equiv>");
        if (id && ids.has(id)) strange.add(`two elements #${id}`);
        ids.add(id);
        for (const { name, value } of own(one, "attributes")) {
          if (/^(?:data|aria)-[a-z-]+$/.test(name)) continue;
          if (!known.attributes.has(name.toLowerCase())) strange.add(`<${tag} ${name}>`);
          if (name === "style" && /url|fixed|expression|@|\\/i.test(value)) strange.add(`<${tag} style="${value}">`);
          if (name === "href" || name === "src") {
            const address = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : undefined;
            // The house's own two sites, the demo's gateway, a frame that is not filled yet, and a picture
            // that was just drawn.
            const ours = address && /^https?:$/.test(address.protocol) && ["localhost", "127.0.0.1"].includes(address.hostname) && address.port === location.port;
            const pays = matches(one, "a.pay") && address?.hostname === "127.0.0.1" && address.pathname === "/pay";
            if (!ours && !pays && !(tag === "iframe" && value === "about:blank") && !(tag === "img" && value.startsWith("blob:"))) strange.add(`<${tag} ${name}="${value}">`);
          }
        }
      }
      if (every(".turn .turn, .note .note, .row .row").length) strange.add("a turn in a turn");
      if (every("[name=__struck], #__struck").length) strange.add("an element that the text named");
      // What the page's own code reads is what the browser gives, not an element that stands in its way.
      for (const [name, kind] of /** @type {const} */ ([["body", HTMLElement], ["forms", HTMLCollection], ["getElementById", Function], ["querySelector", Function], ["cookie", String], ["location", Location]])) {
        if (!(Object(document[name]) instanceof kind)) strange.add(`document.${name}`);
      }
      if (every("body").every((one) => getComputedStyle(one).display === "none")) strange.add("the page is gone");
      return [...strange];
    },
    /** @type {const} */ ([ELEMENTS, ATTRIBUTES]),
  );
  assert.deepEqual(found, [], where);
}

/**
 * Watches what the visitors' pages do beside showing something, from now on.
 *
 * @param {{ origin: string, shopOrigin: string }} house
 * @param {...Visitor} visitors
 */
export function watch(house, ...visitors) {
  /** @type {string[]} */
  const acts = [];
  for (const { context } of visitors) {
    context.on("request", (request) => {
      const address = new URL(request.url());
      if (address.pathname === "/csp-reports") acts.push(`broke the policy: ${request.postData()?.slice(0, 300)}`);
      if (address.protocol !== "blob:" && ![house.origin, house.shopOrigin].includes(address.origin)) acts.push(`asked ${address}`);
    });
    context.on("dialog", (dialog) => {
      // The editors' own question, whether what was written may be lost.
      if (dialog.type() === "beforeunload") return void dialog.accept();
      acts.push(`raised a dialog: ${dialog.message()}`);
      return void dialog.dismiss();
    });
    for (const page of context.pages()) page.on("download", (download) => acts.push(`downloaded ${download.url()}`));
  }
  return {
    /** Fails if anything was done, or if a page complained. */
    assertQuiet() {
      assert.deepEqual(acts, []);
      for (const visitor of visitors) visitor.assertCalm();
    },
  };
}

/** @param {string} text */
const onOneLine = (text) => text.replace(/\s+/g, " ").trim();

/**
 * The texts that are not shown as they were written. Only those of plain ASCII are looked for: of
 * others, what nobody sees is taken out on purpose.
 *
 * @param {string} shown
 * @param {string[]} texts
 */
export function missing(shown, texts) {
  const whole = onOneLine(shown);
  // Lines are elements of their own.
  const lines = (/** @type {string} */ text) => text.split(/[\r\n]+/).map(onOneLine);
  return texts.filter((text) => isPlain(text) && !lines(text).every((line) => whole.includes(line)));
}

/** @param {string} text */
export const isPlain = (text) => /^[\x20-\x7e\r\n\t]+$/.test(text);

/**
 * The texts in as few messages as hold them, each on lines of its own.
 *
 * @param {string[]} texts
 * @param {number} [most] characters of a message
 */
export function inBatches(texts, most = 3_600) {
  /** @type {string[][]} */
  const batches = [[]];
  let length = 0;
  for (const text of texts) {
    length += text.length + 2;
    if (length > most) {
      batches.push([]);
      length = text.length + 2;
    }
    batches.at(-1)?.push(text);
  }
  return batches;
}
