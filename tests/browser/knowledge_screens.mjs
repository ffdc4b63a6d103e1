// Pictures of the knowledge that the assistant answers from.

import { ask, openChat } from "./harness.mjs";
import { shootFaults } from "./desk_screens.mjs";

/** @import { Walk } from "./screen_walk.mjs" */

/** @param {Walk} walk */
export async function shootKnowledge({ house, shoot, shopper: arrive, staff }) {
  const { page } = await staff();
  const knowledge = `${house.origin}/console/knowledge`;
  await page.goto(`${knowledge}?show=questions`);
  await page.locator("#asked .empty, .open-question").first().waitFor();
  await shoot(page, "knowledge-questions-empty");
  const shopper = await arrive();
  const chat = await openChat(shopper.page, house);
  await ask(chat, "May my dog come into the fitting room?");
  await ask(chat, "Do you rent out the big tent for weddings?");
  await page.goto(`${knowledge}?show=questions`);
  await page.locator(".open-question").nth(1).waitFor();
  await shoot(page, "knowledge-questions");
  await page.goto(`${knowledge}?show=try`);
  await page.locator("#question").fill("How do returns work?");
  await page.keyboard.press("Enter");
  await page.locator("#tried .fits").waitFor();
  await shoot(page, "knowledge-try", true);

  await page.goto(`${knowledge}?document=new`);
  await page.locator("#import summary").click();
  await page.locator("#save").click();
  await page.locator("#problem", { hasText: "Please write" }).waitFor();
  await shoot(page, "knowledge-new", true);
  await page.goto(`${knowledge}?document=new`);
  await page.locator("#title").fill("May my dog come into the fitting room?");
  await page.locator("#body").fill("Yes: the **second room** on the left has a bowl of water.\n\n- on a lead\n- one dog at a time");
  await page.locator("#preview .quoted strong").waitFor();
  await shoot(page, "knowledge-editor", true);
  await page.locator("#save").click();
  await page.locator("#done", { hasText: "Saved." }).waitFor();
  const other = await page.context().newPage();
  for (const one of [page, other]) {
    await one.goto(knowledge);
    await one.locator(".doc-row", { hasText: "fitting room" }).click();
    await one.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.getElementById("body")).value !== "");
  }
  await other.locator("#body").fill("Yes: the third room.");
  await other.locator("#save").click();
  await other.locator("#done", { hasText: "Saved." }).waitFor();
  await other.close();
  await page.locator("#body").fill("Yes: the fourth room.");
  await page.locator("#save").click();
  await page.locator("#conflict").getByRole("heading", { name: /A colleague changed/ }).waitFor();
  await shoot(page, "knowledge-conflict", true);
  await page.locator("#conflict").getByRole("button", { name: "Take theirs" }).click();
  await page.locator("#delete").click();
  await page.locator("#sure").waitFor();
  await shoot(page, "knowledge-delete", true);

  await page.goto(knowledge);
  await page.locator("#shelf .row").first().waitFor();
  await shoot(page, "knowledge", true);
  await page.locator("#words").fill("zeppelin");
  await page.locator("#shelf .empty").waitFor();
  await shoot(page, "knowledge-nothing");
  await page.route("**/v1/staff/knowledge?words=*", async (route) => {
    const answer = await route.fetch();
    const found = await answer.json();
    await route.fulfill({ response: answer, json: { ...found, documents: [], imported: [] } });
  });
  await page.goto(knowledge);
  await page.locator("#shelf .empty").waitFor();
  await shoot(page, "knowledge-empty");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await shootFaults(page, knowledge, "knowledge", shoot);
}
