// The corpus that the journeys of D06 carry into every room: large enough, nothing twice, and sharp.
// A string that harmed nobody anywhere would prove nothing, so each is put into pages that protect
// nobody, and what it does there is counted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CORPUS, groups } from "../corpus.mjs";
import { assertInert, openBrowser } from "../harness.mjs";

/** @import { Browser, Frame } from "playwright-core" */

const AT_ONCE = 80;

/**
 * What a careless page does with a text of somebody else, beside setting it as `innerHTML`.
 *
 * @type {Record<string, (text: string) => string>}
 */
const SINKS = {
  page: (text) => `<body><p>${text}</p>`,
  quoted: (text) =>
    `<title>${text}</title><body><input value="${text}"><input value='${text}'><textarea>${text}</textarea>` +
    `<!-- ${text} --><script>const first = "${text}";</script><script>const second = '${text}';</script>` +
    `<script>const third = \`${text}\`;</script><style>b { color: ${text} }</style>`,
  // A reader of Markdown, of addresses and of mail that takes everything for what it says.
  rich: (text) => {
    const decoded = text
      .replace(/=\?[^?]+\?q\?([^?]*)\?=/gi, "$1")
      .replace(/[=%]([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    const definitions = new Map([...text.matchAll(/^\[([^\]]+)\]: (\S+)/gm)].map(([, name, to]) => [name, to]));
    return `<body>${decoded
      .replace(/!\[([^\]]*)\](?:\((.*?)\)|\[([^\]]*)\])/g, (_, alt, to, name) => `<img alt="${alt}" src="${to ?? definitions.get(name)}">`)
      .replace(/\[([^\]]*)\](?:\(<?\s*(.*?)>?\)|\[([^\]]*)\])/g, (_, label, to, name) => `<a href="${to ?? definitions.get(name)}">${label}</a>`)
      .replace(/(^|[\s<])((?:https?:|javascript:|ftp:)?\/\/[^\s<>]+|javascript:[^\s<>]+|(?:www\.)?evil\.example\S*)/gi, '$1<a href="$2">$2</a>')}`;
  },
};

/** @type {Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

test("there are 500 strings at least, no two alike, in every technique", () => {
  assert.ok(CORPUS.length >= 500, `${CORPUS.length} strings`);
  assert.equal(new Set(CORPUS).size, CORPUS.length, "no two are alike");
  assert.deepEqual(
    [...groups().keys()],
    [
      "addresses", "breakouts", "clobbering", "encodings", "file_names", "links", "mail_headers", "markdown", "mutation",
      "polyglots", "resource_handlers", "script_elements", "strings_and_templates", "styles", "svg_and_mathml", "handlers",
    ],
  );
  for (const [name, texts] of groups()) assert.ok(texts.length >= 10, `${name}: ${texts.length}`);
});

const BARE = "https://bare.example/";

/**
 * Puts each string into a page of its own that protects nobody, does there what a visitor does sooner
 * or later, and tells which ran a script and which asked a stranger for something.
 *
 * @param {string} sink
 * @param {number[]} numbers
 */
async function strikes(sink, numbers) {
  /** @type {{ ran: Set<number>, asked: Set<number> }} */
  const found = { ran: new Set(), asked: new Set() };
  const context = await browser.newContext();
  const page = await context.newPage();
  context.on("page", (opened) => void opened.close().catch(() => undefined));
  /** Requests that were not answered yet. */
  const open = new Set();
  for (const end of /** @type {const} */ (["requestfinished", "requestfailed"])) context.on(/** @type {"requestfailed"} */ (end), (request) => void open.delete(request));
  await context.exposeFunction("__unanswered", () => open.size);
  await context.route("**/*", (route) => {
    const request = route.request();
    open.add(request);
    if (request.url() === BARE) return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>bare</title>" });
    // What is asked of the page's own site is no stranger's.
    const stranger = new URL(request.url()).origin !== new URL(BARE).origin;
    try {
      for (let frame = /** @type {Frame | null} */ (request.frame()); frame; frame = frame.parentFrame()) {
        const number = /^string-(\d+)$/.exec(frame.name())?.[1];
        if (number && stranger) found.asked.add(Number(number));
      }
    } catch {
      // The request is for a window that was not there yet when it was made.
    }
    // A navigation that comes to nothing leaves the page where it is.
    return request.isNavigationRequest() ? route.fulfill({ status: 204 }) : route.abort();
  });
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    await page.goto(BARE);
    const texts = numbers.slice(at, at + AT_ONCE).map((number) => ({ number, text: CORPUS[number] ?? "", html: SINKS[sink]?.(CORPUS[number] ?? "") }));
    const ran = await page.evaluate(async (all) => {
      const frames = all.map(({ number, text, html }) => {
        const frame = document.createElement("iframe");
        frame.name = `string-${number}`;
        document.body.append(frame);
        const inside = /** @type {any} */ (frame.contentWindow);
        // A dialog would hold up every other page: that one was raised is enough.
        for (const name of ["alert", "confirm", "prompt", "print"]) inside[name] = () => (inside.__struck = 1);
        if (html === undefined) inside.document.body.innerHTML = text;
        else {
          inside.document.write(`<!doctype html>${html}`);
          inside.document.close();
        }
        return { number, frame };
      });
      const struck = new Set();
      const look = () => {
        for (const { number, frame } of frames) {
          try {
            if (/** @type {any} */ (frame.contentWindow).__struck === 1) struck.add(number);
          } catch {
            // It has gone elsewhere.
          }
        }
        return struck.size;
      };
      // Until nothing happens any more: neither strikes another string, nor waits a request for its answer,
      // but for one that the browser has forgotten.
      const quiet = async () => {
        for (let still = 0, before = ""; still < 30; ) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          const unanswered = await /** @type {any} */ (window).__unanswered();
          const now = `${look()} ${unanswered}`;
          still = now === before ? still + 1 : 0;
          before = now;
          if (still >= 3 && unanswered === 0) return;
        }
      };
      await quiet();
      for (const { frame } of frames) {
        try {
          for (const one of [...(frame.contentDocument?.querySelectorAll("*") ?? [])]) {
            for (const { name } of [...one.attributes]) if (name.startsWith("on")) one.dispatchEvent(new Event(name.slice(2)));
            if (one.matches("a, area, button, input[type=submit], math, math *")) {
              one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: frame.contentWindow }));
            }
          }
        } catch {
          // It has gone elsewhere.
        }
      }
      await quiet();
      return [...struck];
    }, texts);
    for (const number of ran) found.ran.add(number);
  }
  await context.close();
  return found;
}

test("the corpus strikes where nobody is protected", async (t) => {
  /** @type {Set<number>} */
  const all = new Set();
  const counts = /** @type {Record<string, { ran: number, asked: number }>} */ ({});
  for (const sink of ["innerHTML", ...Object.keys(SINKS)]) {
    const left = [...CORPUS.keys()].filter((number) => !all.has(number));
    const { ran, asked } = await strikes(sink, left);
    counts[sink] = { ran: ran.size, asked: asked.size };
    for (const number of [...ran, ...asked]) all.add(number);
    t.diagnostic(`${sink}: of ${left.length} strings ${ran.size} ran a script and ${asked.size} asked a stranger for something`);
    if (sink === "innerHTML") {
      assert.ok(ran.size >= 380, `${ran.size} run when they are set as innerHTML`);
      assert.ok(asked.size >= 60, `${asked.size} ask a stranger when they are set as innerHTML`);
    }
  }
  t.diagnostic(`together ${all.size} of ${CORPUS.length}`);
  if (process.env["PARLOUR_CORPUS_BLUNT"]) {
    for (const [number, text] of CORPUS.entries()) if (!all.has(number)) console.log(JSON.stringify(text));
  }
  assert.ok(all.size >= 600, `${all.size} strike in one of the pages: ${JSON.stringify(counts)}`);
});

test("what the journeys look for is found where a text became an element", async (t) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  // Nothing runs here: what is found is what stands on the page.
  const headers = { "Content-Security-Policy": "default-src 'none'" };
  await page.route("**/*", (route) => {
    if (route.request().url() === BARE) return route.fulfill({ contentType: "text/html", headers, body: "<!doctype html><title>x</title>" });
    return route.request().isNavigationRequest() ? route.fulfill({ status: 204 }) : route.abort();
  });
  await page.goto(BARE);
  await assertInert(page, "a page without a text");
  /** @type {string[]} */
  const passed = [];
  let elements = 0;
  // One of three; and without frames, which come and go too fast here for the browser: it may give up.
  for (const text of CORPUS.filter((one, at) => at % 3 === 0 && !/<\W*(?:i?frame|fencedframe|portal|object|embed)/i.test(one))) {
    const made = await page.evaluate((words) => {
      document.body.innerHTML = words;
      return document.body.childElementCount;
    }, text);
    if (!made) continue;
    elements += 1;
    try {
      await assertInert(page, text);
      passed.push(text);
    } catch (error) {
      // That it could not look is no finding.
      if (!(error instanceof assert.AssertionError)) throw error;
    }
  }
  await page.evaluate(() => (document.body.innerHTML = "<p><b>bold</b> words</p>"));
  await assertInert(page, "harmless words, after all the others");
  t.diagnostic(`${elements} strings become elements, ${passed.length} of them such as the pages have themselves`);
  assert.ok(elements >= 200, `${elements} become elements`);
  assert.ok(passed.length <= 12, JSON.stringify(passed));
  await context.close();
});
