// What must never be in a chat is taken out before a message leaves the browser: cards with their
// security codes, passwords, one-time codes, API keys. The server looks again, with the same rules;
// both are held to one list of cases. Fetched when somebody begins to write.

import { findCards } from "./cards.js";
import { characterAt, readable } from "./readable.js";
import { findSecrets } from "./secrets.js";

/**
 * @typedef {"card" | "security_code" | "password" | "code" | "key"} Kind
 * @typedef {{ start: number, end: number }} Range positions in a text, the end not included
 * @typedef {Range & { kind: Kind }} Found
 */

/** What stands where each was. @type {Record<Kind, string>} */
const MARKS = {
  card: "[card removed]",
  security_code: "[security code removed]",
  password: "[password removed]",
  code: "[code removed]",
  key: "[key removed]",
};

/**
 * @param {string} text
 * @returns {{ text: string, removed: Kind[] }} the text without secrets, and of which kinds there were some
 */
export function mask(text) {
  const { seen, at } = readable(text);
  const cards = findCards(seen);
  // Of two that overlap, the card.
  const secrets = findSecrets(seen).filter(({ start, end }) => !cards.some((card) => card.start < end && start < card.end));
  let masked = "";
  let from = 0;
  const found = [...cards, ...secrets].sort((a, b) => a.start - b.start);
  for (const { start, end, kind } of found) {
    masked += text.slice(from, at[start]) + MARKS[kind];
    const last = at[end - 1] ?? 0;
    from = last + characterAt(text, last).length;
  }
  return { text: masked + text.slice(from), removed: [...new Set(found.map(({ kind }) => kind))] };
}
