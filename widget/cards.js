// Payment card numbers and their security codes, found before a message leaves the browser. The
// server looks again, with the same rules; both are held to one list of cases.
//
// In doubt a number is a card. It stays only when an order, a parcel or an article is named directly
// before it, no expiry date and no code follow, and nothing speaks of paying.

import { following, lengthOf, namedCodes } from "./card_codes.js";
import { isInIban } from "./ibans.js";
import { NOTHING } from "./readable.js";

/** @import { Found, Range } from "./masking.js" */

const SHORTEST = 12;
const LONGEST = 19;
/** Between two groups of digits, in characters. */
const WIDEST_GAP = 12;
/** Digits on both sides of a card in an unbroken run. */
const MOST_GLUED = 3;
/** How cards are printed. */
const GROUPINGS = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3]];

/** @typedef {Range & { worded: boolean }} Group digits that touch; whether letters stand before it */

/**
 * @param {string} seen a text as `readable` reads it
 * @returns {Found[]} cards and security codes, in order, not overlapping
 */
export function findCards(seen) {
  const readings = [seen];
  const decoded = seen.replace(ENCODED, (found) => NOTHING.repeat(found.length));
  if (decoded !== seen) readings.push(decoded);

  let speaks = readings.some(speaksOfCards);
  let found = readings.flatMap((reading) => cardsIn(reading, speaks));
  // A text with one card in it is about cards.
  if (found.length && !speaks) found = readings.flatMap((reading) => cardsIn(reading, (speaks = true)));
  return joined(found).filter((one) => !isInIban(seen, one));
}

/** Separators as encodings write them: "%20", "&nbsp;", "\u00a0" spelt out, "<br>". */
const ENCODED =
  /%(?:25)?(?:0[9ad]|2[0-9a-f]|3[a-f]|5[b-f]|7[b-e]|[89a][0-9a-f]|c2|e2)|&(?:#x[0-9a-f]{1,5}|#[0-9]{1,6}|[a-z]{2,8});|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt])|<[/!]?[a-z][^<>]{0,60}>/gi;

/**
 * @param {Found[]} found
 * @returns {Found[]} in order, those that overlap as one: a stretch with a card in it is a card
 */
function joined(found) {
  /** @type {Found[]} */
  const kept = [];
  for (const one of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && one.start < last.end) {
      last.end = Math.max(last.end, one.end);
      if (one.kind === "card") last.kind = "card";
    } else kept.push({ ...one });
  }
  return kept;
}

/**
 * @param {string} text
 * @param {boolean} speaks
 * @returns {Found[]}
 */
function cardsIn(text, speaks) {
  const found = clustersOf(text).flatMap((groups) =>
    [...aligned(text, groups, speaks), ...grown(text, groups), ...withinRuns(text, groups, speaks)].flatMap((card) => [
      { start: card.start, end: card.end, kind: /** @type {const} */ ("card") },
      ...following(text, groups, card.end).codes.map(asCode),
    ]),
  );
  return [...found, ...namedCodes(text).map(asCode)];
}

/** @param {Range} range @returns {Found} */
const asCode = ({ start, end }) => ({ start, end, kind: "security_code" });

/**
 * Groups of digits that may be read as one number.
 *
 * @param {string} text
 */
function clustersOf(text) {
  /** @type {Group[][]} */
  const clusters = [];
  let end = 0;
  for (const match of text.matchAll(/[0-9]+/g)) {
    const gap = gapOf(text.slice(end, match.index));
    const group = { start: match.index, end: match.index + match[0].length, worded: gap === "words" };
    const open = clusters.at(-1);
    if (open && gap) open.push(group);
    else clusters.push([group]);
    end = group.end;
  }
  return clusters;
}

/**
 * Anything but letters may stand between groups of one number; single letters and a few words too.
 *
 * @param {string} between
 */
function gapOf(between) {
  if (between.replaceAll(NOTHING, "").length > WIDEST_GAP) return undefined;
  const words = between.match(/[a-z\x01]+/gi) ?? [];
  if (words.some((word) => word.length > 1 && !JOINING.test(word))) return undefined;
  return words.length ? "words" : "signs";
}

const JOINING = /^(?:and|und|et|en|then|dann|puis|dash|minus|space|dot|nbsp)$/i;

/**
 * Cards that are whole groups.
 *
 * @param {string} text
 * @param {Group[]} groups
 * @param {boolean} speaks
 */
function aligned(text, groups, speaks) {
  /** @type {Range[]} */
  const found = [];
  groups.forEach((first, index) => {
    let number = "";
    for (let last = index; last < groups.length && number.length < LONGEST; last += 1) {
      const group = groups[last];
      if (!group) break;
      number += text.slice(group.start, group.end);
      const taken = groups.slice(index, last + 1);
      const range = { start: first.start, end: group.end };
      const joins = isRegular(taken) || !taken.slice(1).some(({ worded }) => worded);
      if (isCard(number) && joins && !isOther(text, groups, range, taken, speaks)) found.push(range);
    }
  });
  return found;
}

/**
 * Groups as cards have them. Only such groups are read over letters.
 *
 * @param {Group[]} groups
 */
function isRegular(groups) {
  const lengths = groups.map(lengthOf);
  const [first = 0] = lengths;
  const alike = lengths.every((length, at) => length === first || (at === lengths.length - 1 && length < first));
  return alike || GROUPINGS.some((grouping) => grouping.join() === lengths.join());
}

/**
 * Cards in printed groups, with digits glued to the first or the last: "4242 4242 4242 42421".
 *
 * @param {string} text
 * @param {Group[]} groups
 */
function grown(text, groups) {
  /** @type {Range[]} */
  const found = [];
  groups.forEach((first, index) => {
    for (const grouping of GROUPINGS) {
      const taken = groups.slice(index, index + grouping.length);
      const last = taken.at(-1);
      const [head = 0, tail = 0] = [grouping[0], grouping.at(-1)];
      if (!last || taken.length < grouping.length || lengthOf(first) < head || lengthOf(last) < tail) continue;
      const inner = taken.slice(1, -1);
      if (!inner.every((group, at) => lengthOf(group) === grouping[at + 1])) continue;
      const number =
        text.slice(first.end - head, first.end) +
        inner.map((group) => text.slice(group.start, group.end)).join("") +
        text.slice(last.start, last.start + tail);
      const longer = lengthOf(first) > head || lengthOf(last) > tail;
      if (longer && isCard(number)) found.push({ start: first.start, end: last.end });
    }
  });
  return found;
}

/**
 * In a text about cards: unbroken runs of digits with a card in them.
 *
 * @param {string} text
 * @param {Group[]} groups
 * @param {boolean} speaks
 */
function withinRuns(text, groups, speaks) {
  if (!speaks) return [];
  return groups.filter((run) => {
    if (isLabelled(text, run.start) && !following(text, groups, run.end).likeACard) return false;
    const number = text.slice(run.start, run.end);
    for (let start = 0; start < number.length; start += 1) {
      for (let length = SHORTEST + 1; length <= LONGEST && start + length <= number.length; length += 1) {
        const atEdge = start === 0 || start + length === number.length;
        const near = atEdge || number.length - length <= MOST_GLUED;
        if (near && isCard(number.slice(start, start + length))) return true;
      }
    }
    return false;
  });
}

/**
 * Whether something else explains the digits better.
 *
 * @param {string} text
 * @param {Group[]} groups
 * @param {Range} range
 * @param {Group[]} taken
 * @param {boolean} speaks
 */
function isOther(text, groups, range, taken, speaks) {
  const digits = taken.reduce((sum, group) => sum + lengthOf(group), 0);
  if (text[range.start - 1] === "+" && digits <= 13) return true; // an international phone number
  if (taken.length === 1) {
    const named =
      isLabelled(text, range.start) ||
      isArticle(text, range) ||
      (isReferred(text, range.start) && isTradeNumber(text.slice(range.start, range.end))) ||
      isInParcelNumber(text, range);
    return named && !speaks && !following(text, groups, range.end).likeACard;
  }
  return isSeries(text, taken) || isPriceList(text, taken);
}

/**
 * Sizes: pairs of digits that only rise or only fall, or numbers at equal steps.
 *
 * @param {string} text
 * @param {Group[]} groups
 */
function isSeries(text, groups) {
  const values = groups.map((group) => Number(text.slice(group.start, Math.min(group.end, group.start + 3))));
  const steps = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  const oneWay = steps.every((step) => step > 0) || steps.every((step) => step < 0);
  const even = steps.every((step) => step === steps[0]);
  const longest = Math.max(...groups.map(lengthOf));
  return groups.length >= 4 && oneWay && (longest <= 2 || (longest === 3 && even));
}

/**
 * "49.99 39.99 29.99": every second group is the end of a price.
 *
 * @param {string} text
 * @param {Group[]} groups
 */
function isPriceList(text, groups) {
  if (groups.length < 4 || groups.length % 2) return false;
  return groups.every((group, at) => {
    const cents = groups[at + 1];
    if (at % 2) return true;
    return cents && /^[.,](?:99|95|90|50|49|00)$/.test(text.slice(group.end, cents.end));
  });
}

/**
 * Whether a text has to do with cards or with paying. Words of instruction count as well: "use
 * this for my order".
 *
 * @param {string} text
 */
function speaksOfCards(text) {
  return (text.match(/[a-z]{2,}/gi) ?? []).some((word) => CARD_WORD.test(word));
}

const CARD_WORD = new RegExp(
  "^(?:(?:cc|mc|pan|exp|pay|paid)$|card|credit|debit|visa|mastercard|maestro|amex|american|discover|diners|jcb|" +
    "unionpay|cvv|cvc|csc|expir|paying|payment|charge|bill|karte|kredit|bezahl|zahl|belast|carte|paiement|payer|" +
    "tarjeta|pago|carta|cartao|kaart|karta|checkout|use|using|nimm|verwend|benutz|abbuch|utilis|gebruik|uzyj)" +
    "|(?:karte|kaart|card)$",
  "i",
);

/**
 * Whether the number that starts there is called an order, a parcel or an article, directly before.
 *
 * @param {string} text
 * @param {number} start
 */
function isLabelled(text, start) {
  const before = text.slice(Math.max(0, start - 80), start);
  const found = LABELLED.exec(before);
  const label = found?.[1] ?? "";
  if (found?.[2] && !SHORTENED.test(label)) return false;
  // "to order 4242…" says what to do, not what the number is.
  const instruction = /(?:^|[^a-z\x01])(?:to|in|zu|zur) {0,3}$/i.test(before.slice(0, found?.index));
  return LABEL.test(label) && !/^order(?:ed|ing)$/i.test(label) && !instruction;
}

// A word, a few words of transition, the number. A full stop may only shorten a word of transition, or a label that is written so.
const LABELLED =
  /(?:^|[^a-z\x01])([a-z\x01]+)(\.(?=[ -]{0,2}(?:no|nr|num|nummer)))?(?:[ \t:#=_("'-]{1,30}(?:number|no|nr|num|id|code|is|was|my|ist|war|lautet|nummer|numero|est|es|ref|n|numer)\.?){0,3}[ \t:#=_("'-]{0,30}$/i;
// Labels that are written with a full stop in front of "no.": "Art.-Nr. 40…".
const SHORTENED = /^(?:art|ord|bestell|prod|mod|cat|kat)$/i;
const LABEL = new RegExp(
  "^(?:order|art|katalog|tracking|track|trace|parcel|package|packet|shipment|shipping|consignment|waybill" +
    "|invoice|sku|ean|gtin|upc|isbn|article|product|model|serial|rma|bestel|auftrag|sendung|paket" +
    "|rechnung|artikel|liefer|retourennummer|produkt|commande|suivi|facture|colis|produit|pedido" +
    "|seguimiento|factura|articulo|producto|ordine|spedizione|articolo|prodotto|encomenda|rastreio" +
    "|rastreamento|artigo|produto|zending|pakket|volgnummer|zamowien|przesylk|paczk|fedex|dhl|ups|dpd)",
  "i",
);

/**
 * "Réf. 40…": too weak a name for what may be a card, enough for what a trade number's check digit speaks for.
 *
 * @param {string} text
 * @param {number} start
 */
function isReferred(text, start) {
  return /(?:^|[^a-z\x01])(?:ref|art|rif)[ .:]{1,3}$/i.test(text.slice(Math.max(0, start - 8), start));
}

/**
 * The check digit of GS1: three and one, from the right.
 *
 * @param {string} number
 */
function isTradeNumber(number) {
  if (!/^[0-9]{12,14}$/.test(number)) return false;
  const digits = [...number].reverse().map(Number);
  return digits.reduce((sum, digit, at) => sum + digit * (at % 2 ? 3 : 1), 0) % 10 === 0;
}

/**
 * Whether digits are the end of a parcel number whose letters say whose it is: the twelve of "1ZL6FX570223140866". Letters count
 * as one to nine, in turn.
 *
 * @param {string} text
 * @param {Range} range
 */
function isInParcelNumber(text, range) {
  const glued = /[a-z0-9]*$/i.exec(text.slice(Math.max(0, range.start - 18), range.start))?.[0] ?? "";
  const whole = (glued + text.slice(range.start, range.end)).toUpperCase();
  if (!/^1Z[A-Z0-9]{15}[0-9]$/.test(whole) || /^[a-z0-9]/i.test(text.slice(range.end))) return false;
  const body = [...whole.slice(2, -1)];
  const value = (/** @type {string} */ one) => (/[0-9]/.test(one) ? Number(one) : (one.charCodeAt(0) - 63) % 10);
  const sum = body.reduce((all, one, at) => all + value(one) * (at % 2 ? 2 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(whole.at(-1));
}

/**
 * "SKU4111…": two to five capital letters and the number, as articles are named; "AB-5045…" only up
 * to the twelve digits that hardly any card has.
 *
 * @param {string} text
 * @param {Range} range
 */
function isArticle(text, range) {
  const [, letters = "", hyphen = ""] = /(?:^|[^A-Za-z0-9\x01])([A-Z]{2,5})([-_]?)$/.exec(text.slice(Math.max(0, range.start - 8), range.start)) ?? [];
  if (!letters || /^(?:NO|NR|NUM|ID|CODE|IS|WAS|MY|IST|WAR|EST|ES|REF|NUMER)$/.test(letters)) return false;
  return !hyphen || lengthOf(range) <= SHORTEST;
}

/**
 * Whether the number begins and measures like a card of a known scheme, and its check digit is
 * right: this keeps long order and tracking numbers readable.
 *
 * @param {string} number
 */
function isCard(number) {
  const prefix = Number(number.slice(0, 6));
  const { length } = number;
  const issued = ISSUERS.some(([low, high, shortest, longest]) => {
    return prefix >= low && prefix <= high && length >= shortest && length <= longest;
  });
  return issued && length >= SHORTEST && /[1-9]/.test(number) && passesLuhn(number);
}

/**
 * Prefixes of six digits, the first and the last of a range, and the shortest and longest number.
 *
 * @type {[number, number, number, number][]}
 */
const ISSUERS = [
  [400000, 499999, 13, 13],
  [400000, 499999, 16, 16],
  [400000, 499999, 19, 19],
  [510000, 559999, 16, 16],
  [222100, 272099, 16, 16],
  [340000, 349999, 15, 15],
  [370000, 379999, 15, 15],
  [300000, 305999, 14, 14],
  [309500, 309599, 14, 14],
  [360000, 369999, 14, 14],
  [380000, 399999, 14, 14],
  [300000, 305999, 16, 19],
  [360000, 369999, 16, 19],
  [380000, 399999, 16, 19],
  [352800, 358999, 16, 19],
  [350000, 359999, 16, 16],
  [213100, 213199, 15, 15],
  [180000, 180099, 15, 15],
  [601100, 601199, 16, 19],
  [644000, 659999, 16, 19],
  [620000, 629999, 16, 19],
  [810000, 829999, 16, 19],
  [600000, 699999, 16, 16],
  [500000, 509999, 12, 19],
  [560000, 589999, 12, 19],
  [630400, 630499, 12, 19],
  [639000, 639099, 12, 19],
  [670000, 679999, 12, 19],
  [60400, 60499, 12, 19],
  [220000, 220599, 16, 19],
  [979200, 979299, 16, 16],
  [860000, 860099, 16, 16],
  [986000, 986099, 16, 16],
];

/** @param {string} number */
function passesLuhn(number) {
  const sum = [...number].reduceRight((total, digit, at) => {
    const value = Number(digit);
    return total + ((number.length - at) % 2 ? value : value > 4 ? 2 * value - 9 : 2 * value);
  }, 0);
  return sum % 10 === 0;
}
