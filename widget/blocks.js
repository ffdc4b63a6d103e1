// Draws the blocks of a turn. Shared by the widget and the console.
//
// INVARIANT: whatever a shopper, a member of staff, the shop's texts or the assistant wrote becomes
// text nodes. Only links that are https and say truly where they lead become anchors.

import { element } from "./dom.js";

/** @import { Block, CartCard, Choice, Content, FormOffer, OrderCard, OutcomeCard, ProductCard, ProductSheet, Proposal, Span } from "./types.js" */

/**
 * The few words that blocks bring with them.
 *
 * @typedef {object} BlockLabels
 * @property {string} source
 * @property {Record<string, string>} sourceKinds by the kind of source
 * @property {Record<string, string>} handover by the state
 * @property {Record<string, string>} notices by the kind of notice
 * @property {string} opensOutside
 * @property {string} linkWithheld
 * @property {string} choices
 */

/**
 * How the cards of a reply are drawn: the shopper's act, those at the desk are only read.
 *
 * @typedef {object} Cards
 * @property {(product: ProductSheet) => HTMLElement} product
 * @property {(products: ProductSheet[]) => HTMLElement} comparison
 * @property {(cart: CartCard) => HTMLElement} cart
 * @property {(proposal: Proposal) => HTMLElement} proposal
 * @property {(outcome: OutcomeCard) => HTMLElement} outcome
 * @property {(offer: FormOffer) => HTMLElement} form
 */

/**
 * @param {readonly Block[]} blocks unknown kinds are left out
 * @param {{ labels: BlockLabels, choose?: (choice: Choice) => void, good: (product: ProductCard) => HTMLElement, order: (order: OrderCard) => HTMLElement, cards?: Cards, system?: boolean }} options
 *   without `choose`, quick replies are left out, and without `cards`, what they draw; `good` draws a
 *   product in a list and `order` an order; `system` for a turn of the platform itself
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, { labels, choose, good, order, cards, system = false }) {
  // Where the turn says in words what its marks mean, the marks need no words of their own.
  const spoken = blocks.some((block) => block.type === "text");
  /** @param {Block} block @returns {HTMLElement[]} */
  const draw = (block) => {
    switch (block.type) {
      case "text":
        return drawText(block.text, block.content);
      case "source":
        return [drawSource(block, labels)];
      case "link":
        return [drawLink(block, labels)];
      case "choices":
        return choose ? [drawChoices(block.choices, labels, choose)] : [];
      case "handover":
        return spoken ? [] : drawNotice(labels.handover[block.state]);
      case "notice":
        return spoken && system ? [] : drawNotice(labels.notices[block.kind]);
      case "products":
        return [element("ul", { class: "goods" }, ...block.products.map((product) => element("li", {}, good(product))))];
      case "order":
        return [element("div", { class: "goods" }, order(block.order))];
      default:
        return cards ? drawCard(block, cards) : [];
    }
  };
  /** @type {HTMLElement[]} */
  const drawn = [];
  for (const block of blocks) {
    const made = draw(block);
    drawn.push(...(block.type === "choices" ? made.filter((group) => leavesSome(group, drawn)) : made));
  }
  return drawn;
}

/**
 * @param {Block} block
 * @param {Cards} cards
 * @returns {HTMLElement[]}
 */
function drawCard(block, cards) {
  switch (block.type) {
    case "product":
      return [cards.product(block.product)];
    case "comparison":
      return [cards.comparison(block.products)];
    case "cart":
      return [cards.cart(block.cart)];
    case "proposal":
      return [cards.proposal(block)];
    case "outcome":
      return [cards.outcome(block)];
    case "form":
      return [cards.form(block)];
    default:
      return [];
  }
}

/**
 * A quick reply that a button on a card says as well is left out: the button does it at once.
 *
 * @param {HTMLElement} group
 * @param {HTMLElement[]} drawn
 * @returns {boolean} whether any is left
 */
function leavesSome(group, drawn) {
  const said = new Set(drawn.flatMap((one) => [...one.querySelectorAll("button")].map((button) => button.textContent)));
  for (const button of group.querySelectorAll("button")) if (said.has(button.textContent)) button.remove();
  return group.childElementCount > 0;
}

/**
 * What a turn says, as plain text.
 *
 * @param {readonly Block[]} blocks
 */
export function plainText(blocks) {
  return blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n\n");
}

/**
 * @param {string} text
 * @param {Content[] | undefined} content
 */
function drawText(text, content) {
  if (!content?.length) return [element("p", { dir: "auto" }, text)];
  return content.map((part) =>
    part.kind === "list"
      ? element(part.ordered ? "ol" : "ul", { dir: "auto" }, ...part.items.map((item) => element("li", {}, ...drawSpans(item))))
      : element("p", { dir: "auto" }, ...drawSpans(part.spans)),
  );
}

/** @param {Span[]} spans */
function drawSpans(spans) {
  return spans.map((span) => {
    /** @type {Node | string} */
    let drawn = span.text;
    if (span.emphasis) drawn = element("em", {}, drawn);
    if (span.bold) drawn = element("strong", {}, drawn);
    return drawn;
  });
}

/**
 * @param {Extract<Block, { type: "source" }>} source
 * @param {BlockLabels} labels
 */
function drawSource(source, labels) {
  const kind = labels.sourceKinds[source.kind];
  return element(
    "p",
    { class: "source" },
    element("span", { class: "source-label" }, `${labels.source} `),
    element("cite", { dir: "auto" }, source.title),
    kind ? element("span", { class: "source-kind" }, ` · ${kind}`) : undefined,
  );
}

/**
 * @param {Extract<Block, { type: "link" }>} link
 * @param {BlockLabels} labels
 */
function drawLink(link, labels) {
  if (!leadsWhereItSays(link.url, link.host)) {
    return element("p", { class: "withheld" }, element("bdi", {}, link.label), ` (${labels.linkWithheld})`);
  }
  return element(
    "p",
    { class: "link" },
    element(
      "a",
      { href: link.url, target: "_blank", rel: "noopener noreferrer" },
      element("bdi", { class: "link-label" }, link.label),
      element("span", { class: "link-host" }, link.host),
      element("span", { class: "visually-hidden" }, ` (${labels.opensOutside})`),
    ),
  );
}

/**
 * @param {string} address
 * @param {string} host
 */
function leadsWhereItSays(address, host) {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "https:" && url.host === host && !url.username && !url.password;
}

/**
 * @param {Choice[]} choices
 * @param {BlockLabels} labels
 * @param {(choice: Choice) => void} choose
 */
function drawChoices(choices, labels, choose) {
  const group = element("div", { class: "choices", role: "group", "aria-label": labels.choices });
  for (const choice of choices) {
    const button = element("button", { type: "button", class: "choice" }, element("bdi", {}, choice.label));
    button.addEventListener("click", () => choose(choice));
    group.append(button);
  }
  return group;
}

/** @param {unknown} words nothing for a kind that this version does not know */
function drawNotice(words) {
  return typeof words === "string" ? [element("p", { class: "notice" }, words)] : [];
}
