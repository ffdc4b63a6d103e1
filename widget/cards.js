// Payment card numbers, found and removed before a message leaves the browser. The server looks
// again, and deeper; this pass keeps the common case off the network altogether.

export const CARD_REMOVED = "[card removed]";

// A digit, then any digits with up to three separators between them. Separators are what people
// and keyboards put between groups, the invisible ones included.
const RUN = /\p{Nd}(?:[\s\p{Pd}\p{Cf}._,:;/\\|*+'’·•]{0,3}\p{Nd})+/gu;
const SHORTEST = 13;
const LONGEST = 19;

/**
 * @param {string} text
 * @returns {{ text: string, removed: number }} the text without card numbers, and how many there were
 */
export function maskCards(text) {
  let removed = 0;
  const masked = text.replace(RUN, (run) => {
    let kept = "";
    let rest = digitsOf(run);
    let from = 0;
    for (let card = findCard(rest); card; card = findCard(rest)) {
      removed += 1;
      kept += run.slice(from, card.start) + CARD_REMOVED;
      from = card.end;
      rest = rest.filter((digit) => digit.start >= card.end);
    }
    return kept + run.slice(from);
  });
  return { text: masked, removed };
}

/**
 * @typedef {object} Digit
 * @property {number} value
 * @property {number} start where it stands in the run
 * @property {number} end
 */

/**
 * @param {string} run
 * @returns {Digit[]}
 */
function digitsOf(run) {
  const digits = [];
  for (const match of run.matchAll(/\p{Nd}/gu)) {
    digits.push({ value: valueOf(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return digits;
}

/**
 * The value of a decimal digit of any script: scripts keep their ten digits side by side, and the
 * compatibility forms (full width, mathematical) normalise to ASCII.
 *
 * @param {string} digit
 */
function valueOf(digit) {
  const code = digit.normalize("NFKC").codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

/**
 * The first card number among the digits. In a run of groups it begins and ends with a group;
 * in one unbroken run that is too long for a card it may begin anywhere.
 *
 * @param {Digit[]} digits
 * @returns {{ start: number, end: number } | undefined}
 */
function findCard(digits) {
  for (let first = 0; first + SHORTEST <= digits.length; first += 1) {
    for (let length = Math.min(LONGEST, digits.length - first); length >= SHORTEST; length -= 1) {
      const window = digits.slice(first, first + length);
      const [head, tail] = [window[0], window[length - 1]];
      if (!head || !tail) continue;
      const whole = standsAlone(digits, first, length) || isUnbroken(digits, first, length);
      const values = window.map((digit) => digit.value);
      if (whole && hasIssuer(values) && passesLuhn(values)) return { start: head.start, end: tail.end };
    }
  }
  return undefined;
}

/**
 * @param {Digit[]} digits
 * @param {number} first
 * @param {number} length
 */
function standsAlone(digits, first, length) {
  const before = digits[first - 1];
  const after = digits[first + length];
  const head = digits[first];
  const tail = digits[first + length - 1];
  return (!before || before.end !== head?.start) && (!after || after.start !== tail?.end);
}

/**
 * @param {Digit[]} digits
 * @param {number} first
 * @param {number} length
 */
function isUnbroken(digits, first, length) {
  let start = first;
  let end = first + length - 1;
  while (start > 0 && digits[start - 1]?.end === digits[start]?.start) start -= 1;
  while (end + 1 < digits.length && digits[end]?.end === digits[end + 1]?.start) end += 1;
  for (let at = first; at < first + length - 1; at += 1) {
    if (digits[at]?.end !== digits[at + 1]?.start) return false;
  }
  return end - start + 1 > LONGEST;
}

/**
 * Whether the number begins and measures like a card of a known scheme: this keeps long order and
 * tracking numbers, of which every tenth passes the check digit, readable.
 *
 * @param {number[]} values
 */
function hasIssuer(values) {
  const [one = 0, two = 0, three = 0, four = 0] = values;
  const prefix2 = one * 10 + two;
  const prefix4 = prefix2 * 100 + three * 10 + four;
  const { length } = values;
  if (one === 4) return [13, 16, 18, 19].includes(length);
  if (prefix2 === 34 || prefix2 === 37) return length === 15;
  if (prefix2 === 36 || prefix2 === 38 || prefix2 === 39 || (prefix4 >= 3000 && prefix4 <= 3059)) return length >= 14;
  if (prefix4 >= 3528 && prefix4 <= 3589) return length >= 16;
  if (prefix4 >= 2200 && prefix4 <= 2720) return length >= 16;
  if (prefix2 >= 51 && prefix2 <= 55) return length === 16;
  if (prefix2 === 81 || prefix2 === 82) return length === 16;
  return one === 5 || one === 6;
}

/** @param {number[]} values */
function passesLuhn(values) {
  const sum = values.reduceRight(
    (total, value, at) => total + ((values.length - at) % 2 ? value : value > 4 ? 2 * value - 9 : 2 * value),
    0,
  );
  return sum % 10 === 0;
}
