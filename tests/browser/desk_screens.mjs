// Pictures of the desk's daily rooms, for `screens.mjs`.

/** @import { Page } from "playwright-core" */
/** @import { House } from "./harness.mjs" */

/**
 * @param {Page} page signed in
 * @param {House} house
 * @param {(page: Page, name: string, fullPage?: boolean) => Promise<void>} shoot
 */
export async function shootDesk(page, house, shoot) {
  await page.goto(`${house.origin}/console`);
  await page.locator("#overview:not([aria-busy])").waitFor();
  await shoot(page, "overview", true);
  await page.route("**/v1/staff/overview", async (route) => {
    const answer = await route.fetch();
    const found = await answer.json();
    await route.fulfill({ response: answer, json: { ...found, beginnings: { ...found.beginnings, conversations: false } } });
  });
  await page.reload();
  await page.locator(".steps").waitFor();
  await shoot(page, "overview-new-shop", true);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.route("**/v1/staff/overview", (route) => route.fulfill({ status: 403, contentType: "application/problem+json", body: '{"code":"denied","detail":"no"}' }));
  await page.reload();
  await page.locator("#overview .problem").waitFor();
  await shoot(page, "overview-error");
  await page.unrouteAll({ behavior: "ignoreErrors" });

  await page.goto(`${house.origin}/console/search`);
  await shoot(page, "search-empty", true);
  await page.fill("#search-words", "return");
  await page.keyboard.press("Enter");
  await page.locator("#finds a.row").first().waitFor();
  await shoot(page, "search", true);
  await page.fill("#search-words", "nothing of the kind");
  await page.keyboard.press("Enter");
  await page.getByText("No conversation was found.").waitFor();
  await shoot(page, "search-nothing", true);

  await page.goto(`${house.origin}/console/orders`);
  const order = (await page.locator("a.order-row").first().getAttribute("data-order")) ?? "";
  await page.goto(`${house.origin}/console/shoppers`);
  await shoot(page, "shoppers");
  await page.fill("#find-order", order);
  await page.keyboard.press("Enter");
  await page.locator("#shopper:not([aria-busy])").waitFor();
  await shoot(page, "shopper", true);

  await page.goto(`${house.origin}/console/replies`);
  await page.locator("#replies:not([aria-busy])").waitFor();
  await shoot(page, "replies", true);
  await page.goto(`${house.origin}/console/design`);
  await page.locator(".chart").first().waitFor();
  await shoot(page, "design", true);
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await shoot(page, "shortcuts");
  await page.keyboard.press("Escape");
}
