// Every language says everything, loses no value, and is left in English nowhere; the page's styles
// know no left and no right.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const WIDGET = new URL("../../../widget/", import.meta.url);
const read = (/** @type {string} */ name) => readFileSync(new URL(name, WIDGET), "utf8");
// The widget has no package of its own that would say that its files are modules.
const table = async (/** @type {string} */ name) =>
  /** @type {Record<string, string>} */ ((await import(`data:text/javascript;base64,${Buffer.from(read(name)).toString("base64")}`)).default);

const OTHERS = ["de", "fr", "es", "it", "pt", "nl", "pl"];
const english = await table("text_en.js");
const keys = Object.keys(english);
const values = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();

/** Words that are the same in both languages. Whatever else is equal was forgotten. @type {Record<string, string[]>} */
const ALIKE = {
  de: ["Chat", "Shop", "Code", "Name", "Option"],
  fr: ["Conversation", "Options", "Chat", "Total", "Message"],
  es: ["Chat", "Total"],
  it: ["Chat", "Staff"],
  pt: ["Chat", "Total"],
  nl: ["Orders", "Chat", "{count} product", "{count} variant", "Product", "Variant", "Postcode"],
  pl: [],
};
const SIGNS_ONLY = /^[^\p{L}]*(\{\w+\}[^\p{L}]*)+$/u;

for (const language of OTHERS) {
  test(`${language}: everything is said, with its values, and nothing is left in English`, async () => {
    const texts = await table(`text_${language}.js`);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    assert.deepEqual(keys.filter((key) => !(key in texts)), [], "missing");
    const extra = Object.keys(texts).filter((key) => !keys.includes(key));
    for (const key of extra) {
      const [, base, form] = /^(.+)\.(zero|one|two|few|many)$/.exec(key) ?? [];
      assert.ok(base && forms.includes(/** @type {Intl.LDMLPluralRule} */ (form)) && `${base}.other` in english, `unknown: ${key}`);
      assert.equal(values(texts[key] ?? ""), values(english[`${base}.other`] ?? ""), key);
    }
    for (const key of keys) {
      const text = texts[key] ?? "";
      assert.ok(text.trim() === text && text !== "", `empty or padded: ${key}`);
      assert.equal(values(text), values(english[key] ?? ""), `values of ${key}`);
      const alike = text === english[key] && !SIGNS_ONLY.test(text) && !ALIKE[language]?.includes(text);
      assert.ok(!alike, `left in English: ${key}: ${text}`);
    }
    // A language that counts by more than one and other says all of its whole numbers.
    const whole = ["few", "many"].filter((form) => forms.includes(/** @type {any} */ (form)));
    if (language === "pl") {
      for (const base of keys.filter((key) => key.endsWith(".other") && `${key.slice(0, -6)}.one` in english).map((key) => key.slice(0, -6))) {
        for (const form of whole) assert.ok(`${base}.${form}` in texts, `${base}.${form}`);
      }
    }
  });
}

test("what the page and the code ask for is there, and nothing is there for nobody", () => {
  const named = [...read("frame.html").matchAll(/data-(?:text|label|hint)="([^"]+)"/g)].map((found) => found[1] ?? "");
  assert.deepEqual(named.filter((key) => !keys.includes(key)), []);
  const code = readdirSync(WIDGET).filter((name) => name.endsWith(".js") && !name.startsWith("text_"));
  const sources = [...code, "frame.html"].map(read).join("\n");
  // Keys are named in full, or begin with a part that the code ends: `state.${state}`.
  const begun = [...sources.matchAll(/[`"]([a-z_.]+\.)(?:\$\{|")/g)].map((found) => found[1] ?? "");
  const counted = [...sources.matchAll(/(?:\.count|count)\("([a-z_.]+)"/g)].map((found) => `${found[1]}.`);
  const unused = keys.filter((key) => !sources.includes(`"${key}"`) && ![...begun, ...counted].some((part) => key.startsWith(part)));
  assert.deepEqual(unused, []);
});

test("styles and the launcher name no side of the page but where the shop chose one", () => {
  for (const name of ["widget.css", "shop.css"]) {
    const sided = read(name)
      .split("\n")
      .filter((line) => /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right|float:\s*(?:left|right)|text-align:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)\b/.test(line));
    assert.deepEqual(sided, [], name);
  }
});
