// Building elements. Text goes in as text nodes and never as markup: there is no way in here to
// hand over HTML, and the page's Trusted Types policy refuses any other.

/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | undefined>} [attributes] `false` and `undefined` are left out
 * @param {...(Node | string | undefined)} children strings become text nodes
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

/**
 * Finds an element that the page's own template promises.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @returns {Kind}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element \`${id}\``);
  return /** @type {Kind} */ (found);
}

/**
 * A point in time as the reader writes it: the hour today, the day as well before.
 *
 * @param {string} at RFC 3339
 * @param {string} locale
 * @param {Date} [now]
 * @returns {HTMLTimeElement}
 */
export function moment(at, locale, now = new Date()) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return element("time", {}, at);
  const today = date.toDateString() === now.toDateString();
  const short = new Intl.DateTimeFormat(
    locale,
    today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  ).format(date);
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" }).format(date);
  return element("time", { datetime: at, title: full }, short);
}
