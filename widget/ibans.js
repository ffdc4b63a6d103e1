// International bank account numbers, ISO 13616-1: digits within one whose check digits hold are no
// card, whatever they look like.

/** @import { Range } from "./masking.js" */

/** How far in front of digits the country may stand. */
const FARTHEST_HEAD = 24;
/** The longest number with its separators. */
const WIDEST = 136;

/** Lengths, each in front of the countries that have it. */
const LENGTHS =
  "15NO 16BE 18DKFIFKFOGLNLSD 19MKSI 20ATBAEEKZLTLUMNXK 21CHHRLILV 22BGBHCRDEGBGEIEMERSVA 23AEGIILIQOMSOTL " +
  "24ADCZESMDPKROSASESKTNVG 25AOCVGWLYMZPTST 26DZIRISTR 27BICFCGCMDJFRGAGQGRITKMMCMGMRSMTD " +
  "28ALAZBFBJBYCICYDOGTHNHULBMAMLNENIPLSNSVTG 29BREGPSQAUA 30JOKWMUYE 31MTSC 32LC 33RU";

/**
 * Whether a stretch of digits lies within such a number.
 *
 * @param {string} text
 * @param {Range} range
 */
export function isInIban(text, { start, end }) {
  for (let head = Math.max(0, start - FARTHEST_HEAD); head < start; head += 1) {
    const opens = /^(?:[A-Z]{2}|[A-Za-z]{2}[0-9])/.test(text.slice(head, head + 3)) && !/[a-z\x01]/i.test(text[head - 1] ?? "");
    if (opens && endOf(text, head) >= end) return true;
  }
  return false;
}

/**
 * Where the number that begins there ends, when its check digits hold; else 0.
 *
 * @param {string} text
 * @param {number} start
 */
function endOf(text, start) {
  const written = /^[a-z0-9](?:[ \-./_:\t]{0,3}[a-z0-9]){14,33}/i.exec(text.slice(start, start + WIDEST))?.[0] ?? "";
  let compact = "";
  const ends = [];
  for (const [at, character] of [...written].entries()) {
    if (!/[a-z0-9]/i.test(character)) continue;
    compact += character.toUpperCase();
    ends.push(start + at + 1);
  }
  const country = compact.slice(0, 2);
  const group = LENGTHS.split(" ").find((group) => group.slice(2).match(/../g)?.some((one) => one === country));
  const length = Number(group?.slice(0, 2) ?? Infinity);
  if (compact.length < length || !/^..[0-9]{2}/.test(compact)) return 0;
  let rest = 0;
  for (const character of compact.slice(4, length) + compact.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? (ends[length - 1] ?? 0) : 0;
}
