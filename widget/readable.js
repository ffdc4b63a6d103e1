// A text as it counts when something is looked for in it, as the server's guard counts it.

/** Stands for a letter that has no ASCII counterpart. */
const LETTER = "\x01";
/** Stands for any other character that has none. */
export const OTHER = "\x02";
/** Stands where there is nothing to see: a mark on the character before it, an encoded separator. */
export const NOTHING = "\x03";

/** What nobody sees. */
const HIDDEN = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0\u{e0000}-\u{e0fff}]|(?![\n\t])\p{Cc}/u;
const LINE_END = /[\n\v\f\x85\u2028\u2029]/;

/** Signs and letters that no normal form takes apart, each behind what it counts as. */
const ALIKE = new Map(
  [
    ["-", "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\u2e3a\u2e3b\u30fc\ufe31\ufe32\ufe58\ufe63"],
    [".", "\xb7\u0387\u06d4\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\ufe52\uff61"],
    ["/", "\u2044\u2215\u29f8"],
    ["'", "\xb4\u2018\u2019\u201b\u2032"],
    ['"', "\u201c\u201d\u201e\u201f\u2033"],
    [" ", "\u1680\u2800"],
    ["l", "\u0142"], ["L", "\u0141"], ["o", "\xf8"], ["O", "\xd8"], ["d", "\u0111"], ["s", "\xdf"], ["i", "\u0131"],
  ].flatMap(([plain = "", signs = ""]) => [...signs].map((sign) => /** @type {[string, string]} */ ([sign, plain]))),
);

/**
 * The text as it counts: one code unit for each visible character, digits of every script as
 * ASCII, letters without their marks; and where each stands in the text.
 *
 * @param {string} text
 */
export function readable(text) {
  let seen = "";
  const at = [];
  for (let position = 0; position < text.length; ) {
    const character = characterAt(text, position);
    const next = position + character.length;
    if (character === "\r" ? text[next] !== "\n" : LINE_END.test(character)) {
      seen += "\n";
      at.push(position);
    } else if (!HIDDEN.test(character)) {
      seen += folded(character);
      at.push(position);
    }
    position = next;
  }
  return { seen, at };
}

/**
 * @param {string} text
 * @param {number} position
 */
export function characterAt(text, position) {
  return String.fromCodePoint(text.codePointAt(position) ?? 0);
}

/** @param {string} character */
function folded(character) {
  if (character < "\x80") return character;
  const alike = ALIKE.get(character);
  if (alike) return alike;
  if (/\p{M}/u.test(character)) return NOTHING;
  if (/\p{Nd}/u.test(character)) return String(valueOf(character));
  const plain = character.normalize("NFKD").charAt(0);
  if (plain < "\x80" && plain !== "") return plain;
  return /\p{L}/u.test(character) ? LETTER : OTHER;
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
