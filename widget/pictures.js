// Pictures of goods: from this very host, or the first letter of what is shown. Shared by the widget
// and the console.
//
// INVARIANT: what the server calls a picture is a name and becomes the end of one path of ours; there is
// no way in here to have a browser ask another host.

import { element } from "./dom.js";

/** @import { Picture } from "./types.js" */

/** The pictures that were told of with an answer, by the products' ids. @type {Map<string, Picture>} */
const told = new Map();

/** @param {Record<string, Picture> | undefined} pictures */
export function hear(pictures) {
  for (const [product, picture] of Object.entries(pictures ?? {})) told.set(product, picture);
}

/** @param {{ id?: string, picture?: Picture }} product */
export const pictureOf = ({ id, picture }) => picture ?? told.get(id ?? "");

/**
 * The title stands beside it: who cannot see the picture misses nothing.
 *
 * @param {string | undefined} name
 * @param {string} title
 * @param {number} side in points of the page
 */
export function drawPicture(name, title, side) {
  const letter = () => element("span", { class: "picture", "data-side": side, "data-letter": [...title.trim()][0]?.toLocaleUpperCase() });
  if (!name || !/^[0-9a-f]{64}\.(jpg|svg)$/.test(name)) return letter();
  const src = `/v1/shops/${encodeURIComponent(document.body.dataset["shop"] ?? "")}/pictures/${name}`;
  const image = element("img", { class: "picture", "data-side": side, src, alt: "", width: side, height: side, loading: "lazy", decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(letter()), { once: true });
  return image;
}
