// Amounts as the reader writes them. They arrive as whole minor units and are never reckoned with
// in floating point.

/**
 * @param {number} minor whole minor units
 * @param {string} currency ISO 4217
 * @param {string} locale
 */
export function money(minor, currency, locale) {
  try {
    // A shop has one currency: its short sign says which, as in what the assistant writes.
    const format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    // A decimal string is written exactly, however large it is.
    return format.format(/** @type {any} */ (`${minor}E-${digits}`));
  } catch {
    return `${minor} ${currency}`;
  }
}

/**
 * A title with the options that were chosen: `Linen shirt (blue, L)`.
 *
 * @param {string} title
 * @param {Record<string, string>} [options]
 */
export function labelled(title, options = {}) {
  const values = Object.values(options).join(", ");
  return values ? `${title} (${values})` : title;
}
