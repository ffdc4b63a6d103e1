// Security codes of cards, and expiry dates as the sign that a card stands before them.

/** @import { Range } from "./masking.js" */

/** @param {Range} range */
export const lengthOf = ({ start, end }) => end - start;

/**
 * What follows a number that ends at `end`: an expiry date or a code says that it is a card,
 * whatever it is called.
 *
 * @param {string} text
 * @param {Range[]} groups
 * @param {number} end
 * @returns {{ likeACard: boolean, codes: Range[] }}
 */
export function following(text, groups, end) {
  const [first, second, third] = groups.filter((group) => group.start >= end);
  /** @param {Range | undefined} group */
  const isCode = (group) => group && [3, 4].includes(lengthOf(group)) && !/[a-z0-9]/i.test(text[group.end] ?? "");
  const expiry = isMonthAndYear(text, first, second, third);
  /** @type {Range[]} */
  const codes = [];
  if (first && isCode(first) && !/^20..$/.test(text.slice(first.start, first.end))) {
    codes.push(first);
    // "1227 123": month and year, or a code of four digits and something else.
    const month = Math.floor(Number(text.slice(first.start, first.end)) / 100);
    if (second && isCode(second) && lengthOf(first) === 4 && month >= 1 && month <= 12) codes.push(second);
  } else if (expiry && third && isCode(third)) codes.push(third);
  return { likeACard: expiry || codes.length > 0, codes };
}

/**
 * "12/27", "1 / 2027"; not the first two parts of "12.05.2024".
 *
 * @param {string} text
 * @param {Range | undefined} month
 * @param {Range | undefined} year
 * @param {Range | undefined} then
 */
function isMonthAndYear(text, month, year, then) {
  if (!month || !year || year.start > month.end + 3) return false;
  const isDate =
    then?.start === year.end + 1 &&
    [2, 4].includes(lengthOf(then)) &&
    text[year.end] === text[month.end] &&
    lengthOf(year) === 2;
  const value = Number(text.slice(month.start, month.end));
  return lengthOf(month) <= 2 && value >= 1 && value <= 12 && [2, 4].includes(lengthOf(year)) && !/[a-z]/i.test(text[year.end] ?? "") && !isDate;
}

/** Words between a name of the code and the code: "on the back of my card is". */
const BETWEEN =
  "is|are|was|code|number|no|nr|on|the|back|my|of|from|for|at|and|credit|debit|card|visa|mastercard|" +
  "ist|sind|lautet|auf|der|die|von|meiner|ruckseite|karte|kreditkarte|" +
  "est|sont|au|dos|de|du|ma|la|le|carte|bancaire|es|son|mi|del|al|dorso|reverso|tarjeta|" +
  "e|sono|sul|retro|della|mia|carta|sao|verso|do|meu|cartao|" +
  "op|achterkant|van|mijn|kaart|to|jest|na|odwrocie|mojej|karty";
const CODE = "([0-9](?:[ .\\-]?[0-9]){2,3})";

/** A name of the security code and then the code. */
const NAMED_CODE = new RegExp(
  "(?:cvv2?|cvc2?|cvn2?|cvd|csc|cid|cv2|cav2?|security +(?:code|number)|" +
    "verification +(?:code|number|value)|sicherheits(?:code|nummer)|kartenprufnummer|prufziffer|" +
    "prufnummer|code +de +securite|cryptogramme(?: +visuel)?|codigo +de +segur(?:idad|anca)|" +
    "codice +di +sicurezza|beveiligingscode|veiligheidscode|kod +bezpieczenstwa)" +
    `[^0-9a-z\\n]{0,4}(?:(?:${BETWEEN})[^0-9a-z\\n]{1,3}){0,9}${CODE}`,
  "gi",
);

/** The digits on the back, by no other name. */
const DIGITS_ON_CARD = new RegExp(
  "(?:digits|numbers|ziffern|zahlen|chiffres|digitos|numeros|cifre|cijfers|cyfry)" +
    `(?:[^0-9a-z\\n]{1,3}(?:${BETWEEN})){0,3}[^0-9a-z\\n]{1,3}(?:back|ruckseite|dos|dorso|reverso|verso|retro|achterkant|odwrocie)` +
    `(?:[^0-9a-z\\n]{1,3}(?:${BETWEEN})){0,6}[^0-9a-z\\n]{1,4}${CODE}`,
  "gi",
);

/** A code and then its name: "123 is the cvv". */
const CODE_NAMED =
  /([0-9]{3,4})[^0-9a-z\n]{1,3}(?:(?:is|as|the|my|ist|der|die|mein|meine|est|le|es|el|mi|for)[^0-9a-z\n]{1,3}){0,3}(?:cvv2?|cvc2?|cvn2?|csc|cv2|sicherheitscode|prufziffer|cryptogramme)/gi;

/**
 * Codes beside a name of theirs, wherever they stand.
 *
 * @param {string} text
 * @returns {Range[]}
 */
export function namedCodes(text) {
  /** @type {Range[]} */
  const found = [];
  for (const pattern of [NAMED_CODE, DIGITS_ON_CARD]) {
    for (const { 0: whole, 1: code = "", index } of text.matchAll(pattern)) {
      const end = index + whole.length;
      if (/[a-z]/i.test(text[index - 1] ?? "") || /[0-9]/.test(text[end] ?? "")) continue;
      found.push({ start: end - code.length, end });
    }
  }
  for (const { 0: whole, 1: code = "", index } of text.matchAll(CODE_NAMED)) {
    if (/[.,0-9a-z]/i.test(text[index - 1] ?? "") || /[a-z]/i.test(text[index + whole.length] ?? "")) continue;
    found.push({ start: index, end: index + code.length });
  }
  return found;
}
