// Passwords, one-time codes, API keys and tokens told in a chat. The rules are data that the server's
// guard reads as well; what a value must look like stands here and there, line by line.

import { OTHER } from "./readable.js";
import rules from "./secret_rules.js";

/** @import { Found, Range } from "./masking.js" */

/** How far around a number the words are looked at that make it something else. */
const NEAR = 48;
/** The longest word that is looked up. */
const LONGEST_WORD = 24;

/** Each kind, the strongest last: of two that overlap, it says what they are. */
const KINDS = /** @type {const} */ (["password", "code", "key"]);
const KIND_OF = { PASSWORD: KINDS[0], ONE_TIME_CODE: KINDS[1], API_KEY: KINDS[2] };

/** @param {string} list */
const wordsIn = (list) => new Set(list.split(" "));
const NO_PASSWORD = wordsIn(rules.no_password);
const GOES_ON = wordsIn(rules.goes_on);
const NOT_CODE = wordsIn(rules.not_code);
const NOT_AFTER = wordsIn(rules.not_after);

const RULES = rules.rules.map((rule) => ({
  kind: KIND_OF[/** @type {keyof typeof KIND_OF} */ (rule.kind)],
  first: rule.value === "first",
  accept: acceptance(rule.accept),
  find: new RegExp(expanded(rule.find), "case" in rule ? "g" : "gi"),
}));

/**
 * A pattern with the lists it names in angle brackets; lists may name lists.
 *
 * @param {string} pattern
 */
function expanded(pattern) {
  for (let depth = 0; depth < 3; depth += 1) {
    for (const [name, list] of Object.entries(rules.lists)) pattern = pattern.replaceAll(`<${name}>`, list);
  }
  return pattern;
}

/**
 * @param {string} seen a text as `readable` reads it
 * @returns {Found[]} in order, not overlapping
 */
export function findSecrets(seen) {
  // A mark that took the place of one is none.
  let text = seen;
  for (const mark of rules.marks) text = text.replaceAll(mark, "\n".repeat(mark.length));

  /** @type {Found[]} */
  const found = [];
  for (const { kind, first, accept, find } of RULES) {
    find.lastIndex = 0;
    for (let match; (match = find.exec(text)); ) {
      const { 0: whole, 1: value = "", index } = match;
      const start = first ? index : index + whole.lastIndexOf(value);
      const range = accept(text, { start: index, end: index + whole.length }, { start, end: start + value.length });
      // What is refused is read again from its second character: "my password is password: hunter2".
      find.lastIndex = range ? (first ? index + whole.length : Math.max(range.end, index + 1)) : index + 1;
      if (range) found.push({ ...range, kind });
    }
  }
  return joined(found);
}

/**
 * @param {Found[]} found
 * @returns {Found[]} in order, those that overlap as one
 */
function joined(found) {
  /** @type {Found[]} */
  const kept = [];
  for (const one of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && one.start < last.end) {
      last.end = Math.max(last.end, one.end);
      if (rank(one) > rank(last)) last.kind = one.kind;
    } else kept.push(one);
  }
  return kept;
}

/** @param {Found} one */
const rank = ({ kind }) => KINDS.findIndex((known) => known === kind);

/**
 * What a value must look like, by the name that the rules have for it: the stretch that is the
 * secret, if the value is one.
 *
 * @param {string} name
 * @returns {(text: string, whole: Range, value: Range) => Range | undefined}
 */
function acceptance(name) {
  switch (name) {
    case "any":
      return (_text, _whole, value) => value;
    case "token":
      return (text, _whole, value) => (isMixed(of(text, value)) ? { start: value.start, end: restOfToken(text, value.end) } : undefined);
    case "told":
      return (text, _whole, value) => told(text, value);
    case "strong":
      return (text, _whole, value) => strong(text, value);
    case "phrase":
      return (text, _whole, value) => {
        // "my passphrase is not working at all" tells no phrase.
        const all = wordsOf(of(text, value));
        return all.filter((word) => NO_PASSWORD.has(word)).length * 3 < all.length ? value : undefined;
      };
    case "code":
      return code;
    case "mixed":
      return (text, whole, value) => {
        const counted = count(of(text, value), /[a-z0-9]/gi);
        return counted >= 4 && counted <= 16 && isMixed(of(text, value)) ? code(text, whole, value) : undefined;
      };
    case "weak":
      return weak;
    case "six":
      return (text, whole, value) => (count(of(text, value), /[0-9]/g) === 6 ? weak(text, whole, value) : undefined);
    default:
      throw new Error(`an unknown way to accept: ${name}`);
  }
}

/** @param {string} text @param {Range} range */
const of = (text, { start, end }) => text.slice(start, end);
/** @param {string} text @param {RegExp} pattern */
const count = (text, pattern) => text.match(pattern)?.length ?? 0;
/** @param {string} text the words of a stretch in small letters */
const wordsOf = (text) => (text.match(/[a-z\x01]+/gi) ?? []).map((word) => word.toLowerCase());
/** @param {string} text letters and digits in one */
const isMixed = (text) => /[0-9]/.test(text) && /[a-z]/i.test(text);
/** A sign that stands in no word: not a hyphen and not an apostrophe. */
const SIGN = /[!-&(-,./:-@[-`{-~]/;

/**
 * What is said to be a password. A word of letters alone must end what is said, or the sentence
 * must go on behind it: "my password is banana, …", not "my password is gone from the list".
 *
 * @param {string} text
 * @param {Range} value
 */
function told(text, value) {
  const whole = of(text, value);
  const quoted = /^(["']).+\1$/s.test(whole);
  const inner = trimmed(text, value);
  const secret = of(text, inner);
  if (isNoPassword(secret)) return undefined;
  if (isStrong(secret)) return inner;
  if (/^[0-9]*$/.test(secret)) return secret.length >= 4 ? inner : undefined;
  return count(secret, /[a-z\x01]/gi) >= 3 && (quoted || endsAt(text, inner.end)) ? inner : undefined;
}

/**
 * What looks like a password beside the word.
 *
 * @param {string} text
 * @param {Range} value
 */
function strong(text, value) {
  const inner = trimmed(text, value);
  const secret = of(text, inner);
  const looks = secret.length >= 6 && /[a-z\x01]/i.test(secret) && /[0-9!-&*+;-@[-`{-~]/.test(secret);
  const number = /^[0-9]{6,}$/.test(secret);
  // "anna@example.com": who has forgotten her password names her address beside the word.
  const address = /^[^@]+@[^@.]*\.[^@]*$/.test(secret);
  return (looks || number) && !address && !isNoPassword(secret) ? inner : undefined;
}

/** @param {string} secret */
function isNoPassword(secret) {
  const word = secret.toLowerCase();
  return /^[*._\-x?\x02\x03]*$/.test(word) || word.split(/['/]/).every((part) => NO_PASSWORD.has(part));
}

/**
 * A digit among other characters, a sign that words do not have, or a capital inside.
 *
 * @param {string} secret
 */
function isStrong(secret) {
  const [letters, digits] = [/[a-z\x01]/i.test(secret), /[0-9]/.test(secret)];
  return secret.length >= 4 && ((digits && letters) || (SIGN.test(secret) && (letters || digits)) || /[a-z][A-Z]/.test(secret));
}

/**
 * Without the quotes around it and the punctuation behind it.
 *
 * @param {string} text
 * @param {Range} value
 */
function trimmed(text, { start, end }) {
  if (text[start] === OTHER && text[start + 1] === " ") start += 2;
  while (start < end && /["'(<`]/.test(text[start] ?? "")) start += 1;
  while (start < end && /["')>`.,;:?]/.test(text[end - 1] ?? "")) end -= 1;
  return { start, end };
}

/**
 * Whether nothing follows that a sentence about a password would go on with.
 *
 * @param {string} text
 * @param {number} end
 */
function endsAt(text, end) {
  const rest = /^([ \t]*)([a-z\x01]{1,24}|[0-9])?/i.exec(text.slice(end, end + NEAR + LONGEST_WORD));
  const [, gap = "", next = ""] = rest ?? [];
  return !gap || !next || GOES_ON.has(next.toLowerCase());
}

/**
 * @param {string} text
 * @param {Range} whole
 * @param {Range} value
 */
function code(text, whole, value) {
  const before = wordsOf(text.slice(Math.max(0, whole.start - LONGEST_WORD), whole.start)).at(-1) ?? "";
  return standsAlone(text, value) && !NOT_AFTER.has(before) ? value : undefined;
}

/**
 * A number that is called a code, where nothing near calls it a discount, a door or an error.
 *
 * @param {string} text
 * @param {Range} whole
 * @param {Range} value
 */
function weak(text, whole, value) {
  const near = text.slice(Math.max(0, whole.start - NEAR), Math.max(value.end, whole.end) + NEAR);
  const other = wordsOf(near).some((word) => NOT_CODE.has(word));
  return [4, 6, 8].includes(count(of(text, value), /[0-9]/g)) && !other ? code(text, whole, value) : undefined;
}

/**
 * Not part of a longer number, a price or an identifier.
 *
 * @param {string} text
 * @param {Range} value
 */
function standsAlone(text, { start, end }) {
  return !/[a-z0-9]/i.test(text[start - 1] ?? "") && !/^(?:[a-z0-9%]|[.,\-/][0-9])/i.test(text.slice(end, end + 2));
}

/**
 * What belongs to a token beyond the longest match.
 *
 * @param {string} text
 * @param {number} end
 */
function restOfToken(text, end) {
  const rest = /[a-z0-9_\-+/=]*/iy;
  rest.lastIndex = end;
  return end + (rest.exec(text)?.[0].length ?? 0);
}
