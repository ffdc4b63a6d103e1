// Finding a product, choosing its variant, putting it into the cart.

import { element } from "./dom.js";
import { choices, stepper } from "./forms.js";
import { labelled } from "./money.js";
import { drawPicture, pictureOf } from "./pictures.js";

/** @import { Desk, Page } from "./shop.js" */
/** @import { Product, ProductCard, Variant } from "./types.js" */

const MOST = 30;

/**
 * @param {Desk} desk
 * @returns {Page}
 */
export function searchPage(desk) {
  const { say } = desk;
  return {
    title: say("shop.title"),
    async draw() {
      const field = element("input", {
        type: "search",
        id: "shop-query",
        value: desk.search.query,
        autocomplete: "off",
        enterkeyhint: "search",
        maxlength: 300,
        placeholder: say("shop.search.hint"),
      });
      const status = element("p", { class: "found", role: "status" });
      const results = element("div", { class: "results" });
      const search = element(
        "form",
        { role: "search", class: "search" },
        element("label", { class: "visually-hidden", for: "shop-query" }, say("shop.search.label")),
        field,
        element("button", { class: "primary" }, say("shop.search")),
      );

      const show = () => {
        const { products } = desk.search;
        if (!products) {
          const all = element("button", { type: "button", class: "choice" }, say("shop.all"));
          all.addEventListener("click", () => void find(""));
          results.replaceChildren(element("div", { class: "empty" }, element("p", {}, say("shop.welcome")), all));
          return;
        }
        status.textContent = products.length >= MOST ? say("shop.found.most", { count: MOST }) : desk.count("shop.found", products.length);
        results.replaceChildren(
          products.length
            ? element("ul", { class: "goods" }, ...products.map((one) => element("li", {}, drawCard(desk, one))))
            : element("p", { class: "empty" }, say("shop.nothing")),
        );
      };
      let asked = 0;
      /** @param {string} query */
      const find = async (query) => {
        const mine = (asked += 1);
        results.setAttribute("aria-busy", "true");
        try {
          const found = await desk.tool("search_products", { query, limit: MOST });
          if (mine !== asked) return;
          desk.search = { query, products: found.products };
          show();
        } catch (error) {
          if (mine !== asked) return;
          status.textContent = "";
          const again = element("button", { type: "button", class: "choice" }, say("shop.again"));
          again.addEventListener("click", () => void find(query));
          results.replaceChildren(element("div", { class: "empty" }, element("p", { class: "wrong", role: "alert" }, desk.reason(error)), again));
        }
        results.removeAttribute("aria-busy");
      };
      search.addEventListener("submit", (event) => {
        event.preventDefault();
        void find(field.value.trim());
      });
      // Who has a session already sees something at once.
      if (!desk.search.products && desk.session) {
        const found = await desk.tool("search_products", { query: desk.search.query, limit: MOST });
        desk.search.products = found.products;
      }
      show();
      return [search, status, results];
    },
  };
}

/**
 * @param {Desk} desk
 * @param {Product} product
 */
function drawCard(desk, product) {
  return drawGood(desk, cardOf(product), () => void desk.go(productPage(desk, product)));
}

/** @param {Product} product */
function cardOf(product) {
  const prices = product.variants.map((one) => one.price);
  const price = prices.length ? Math.min(...prices) : 0;
  const inStock = product.variants.some((one) => one.in_stock);
  return { ...product, price, from: prices.some((one) => one !== price), variants: prices.length, in_stock: inStock };
}

/** @param {Desk} desk @param {ProductCard} product */
export function priceOf(desk, product) {
  const price = desk.money(product.price, product.currency);
  if (!product.variants) return "";
  return product.from ? desk.say("product.from", { price }) : price;
}

/**
 * A product in few words, here and in the chat.
 *
 * @param {Desk} desk
 * @param {ProductCard} product
 * @param {() => void} open
 */
export function drawGood(desk, product, open) {
  const { say } = desk;
  const about = [product.category, product.variants > 1 ? desk.count("product.variants", product.variants) : undefined];
  const card = element(
    "button",
    { type: "button", class: "good" },
    drawPicture(pictureOf(product)?.card, product.title, 64),
    element("span", { class: "good-title", dir: "auto" }, product.title),
    element("span", { class: "good-about", dir: "auto" }, about.filter(Boolean).join(" · ")),
    element("span", { class: "good-price" }, priceOf(desk, product)),
    element("span", { class: product.in_stock ? "stock" : "stock out" }, say(product.in_stock ? "product.in_stock" : "product.sold_out")),
  );
  card.addEventListener("click", open);
  return card;
}

/**
 * @param {Desk} desk
 * @param {{ id: string, title: string }} known as it was found; it is fetched anew
 * @returns {Page}
 */
export function productPage(desk, known) {
  const { say } = desk;
  return {
    title: known.title,
    back: () => searchPage(desk),
    async draw() {
      /** @type {Product} */
      const product = await desk.tool("get_product", { product: known.id });
      const groups = groupsOf(desk, product);
      // A map, since the shop names its options: `constructor` is a name like others.
      /** @type {Map<string, string>} */
      const chosen = new Map();
      const price = element("p", { class: "price", role: "status" });
      const stock = element("p", { class: "stock", role: "status" });
      const drawn = groups.map(({ name, legend, values }) => {
        const group = choices({ legend, name: `option-${legend}`, choices: values.map((value) => ({ value, label: value })) });
        group.node.classList.add("chips");
        group.node.addEventListener("change", () => {
          chosen.set(name, group.chosen[0] ?? "");
          group.complain("");
          show();
        });
        return { name, legend, group };
      });
      /** The variant that is chosen; none while something is left to choose. */
      const variant = () => product.variants.find((one) => groups.every(({ name, of }) => of(one) === chosen.get(name)));
      const show = () => {
        const one = variant();
        const complete = groups.every(({ name }) => chosen.get(name));
        price.textContent = one ? desk.money(one.price, product.currency) : priceOf(desk, cardOf(product));
        const sold = complete ? !one?.in_stock : !product.variants.some((any) => any.in_stock);
        stock.textContent = complete && !one ? say("product.not_made") : say(sold ? "product.sold_out" : "product.in_stock");
        stock.classList.toggle("out", sold);
        for (const { name, group } of drawn) {
          for (const radio of group.node.querySelectorAll("input")) {
            const fits = product.variants.some(
              (any) => any.in_stock && groups.every((other) => (other.name === name ? other.of(any) === radio.value : !chosen.get(other.name) || other.of(any) === chosen.get(other.name))),
            );
            const label = radio.closest("label");
            if (!label || label.classList.contains("out") === !fits) continue;
            label.classList.toggle("out", !fits);
            label.querySelector(".visually-hidden")?.remove();
            if (!fits) label.append(element("span", { class: "visually-hidden" }, ` (${say("product.sold_out")})`));
          }
        }
      };

      let quantity = 1;
      const count = stepper(say, product.title, 1, (wanted) => {
        quantity = wanted;
        count.shown.textContent = String(wanted);
      });
      const told = element("div", { class: "told", role: "status" });
      const problem = element("p", { class: "wrong", role: "alert" });
      const add = element("button", { type: "button", class: "primary" }, say("product.add"));
      add.addEventListener("click", async () => {
        if (add.getAttribute("aria-busy") === "true") return;
        problem.textContent = "";
        told.replaceChildren();
        const open = drawn.find(({ name }) => !chosen.get(name));
        if (open) return open.group.complain(say("product.choose", { option: open.legend }));
        const one = variant();
        if (!one) return void (problem.textContent = say("product.not_made"));
        add.setAttribute("aria-busy", "true");
        try {
          desk.counted(await desk.tool("add_to_cart", { variant: one.id, quantity }));
          const go = element("button", { type: "button", class: "quiet" }, say("product.to_cart"));
          go.addEventListener("click", () => desk.needs.turnTo("cart"));
          told.replaceChildren(element("span", {}, say("product.added")), go);
        } catch (error) {
          problem.textContent = desk.reason(error);
        }
        add.removeAttribute("aria-busy");
      });
      show();
      const picture = pictureOf(product);
      return [
        picture && drawPicture(picture.detail, product.title, 200),
        price,
        stock,
        ...drawn.map(({ group }) => group.node),
        element("div", { class: "buy" }, count.node, add),
        problem,
        told,
        product.description ? element("p", { class: "description", dir: "auto" }, product.description) : undefined,
      ];
    },
  };
}

/**
 * What there is to choose: the product's options where they tell its variants apart, else the
 * variants one by one.
 *
 * @param {Desk} desk
 * @param {Product} product
 * @returns {{ name: string, legend: string, values: string[], of: (variant: Variant) => string }[]}
 */
function groupsOf(desk, product) {
  const { variants } = product;
  if (variants.length < 2) return [];
  const names = product.options;
  /** @param {Variant} one @param {string} name */
  const valueOf = (one, name) => (Object.hasOwn(one.options, name) ? one.options[name] : undefined);
  const apart = new Set(variants.map((one) => JSON.stringify(names.map((name) => valueOf(one, name))))).size === variants.length;
  if (names.length && apart && variants.every((one) => names.every((name) => valueOf(one, name)))) {
    return names.map((name) => {
      const of = (/** @type {Variant} */ one) => valueOf(one, name) ?? "";
      return { name, legend: name, values: [...new Set(variants.map(of))], of };
    });
  }
  const labels = new Map(variants.map((one) => [one.id, one.title || Object.values(one.options).join(", ") || one.id]));
  const twice = new Set(labels.values()).size < labels.size;
  const of = (/** @type {Variant} */ one) => (twice ? labelled(labels.get(one.id) ?? "", { id: one.id }) : (labels.get(one.id) ?? one.id));
  return [{ name: "", legend: desk.say("product.variant"), values: variants.map(of), of }];
}
