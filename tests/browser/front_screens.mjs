// Pictures of the shop's own front: the launcher and its greeting, other colours, trial, opening hours,
// and the rooms of the console where they are set.

import { ask, assertNoLauncher, chatFrame, clickLauncher, declinePasskey, eventually, openChat, setFront, waitForLauncher } from "./harness.mjs";
import { shootFaults } from "./desk_screens.mjs";

/** @import { Walk } from "./screen_walk.mjs" */

const LOOK = { accent: "#1d5a4c", on_accent: null, radius: 18, side: "right", inset: 20, rise: 20 };

/** @param {Walk} walk */
export async function shootFront({ house, shoot, shopper: arrive, staff }) {
  const admin = (await staff()).page;
  const { page } = await arrive();
  await page.goto(house.shopPage);
  await waitForLauncher(page);
  await shoot(page, "launcher");
  await setFront(admin, (settings) => (settings.state = "trial"));
  await page.reload();
  await assertNoLauncher(page);
  await shoot(page, "launcher-trial");
  await setFront(admin, (settings) => {
    settings.state = "live";
    settings.look = { accent: "#8a1c5b", on_accent: null, radius: 6, side: "left", inset: 24, rise: 24 };
    settings.texts = {
      en: {
        greeting: "Looking for a gift? Ask us, we have wrapped a few.",
        launcher: "Ask us in the chat",
        welcome: "Hello from the mill",
        hint: "We grind to order, and answer from seven in the morning.",
        choices: [
          { label: "Show me mugs", text: "Show me mugs under 40 euros" },
          { label: "Is delivery free?", text: "How much is delivery?" },
        ],
      },
    };
  });
  await page.reload();
  await waitForLauncher(page);
  await shoot(page, "launcher-greeting");
  const height = page.viewportSize()?.height ?? 0;
  await page.mouse.click(54, height - 54);
  const chat = await chatFrame(page);
  await chat.getByText("Hello from the mill").waitFor();
  await shoot(page, "chat-theme");
  await chat.getByRole("button", { name: "Show me mugs" }).click();
  await chat.locator("#log .good").first().waitFor();
  await shoot(page, "chat-theme-talk");
  await setFront(admin, (settings) => Object.assign(settings, { look: LOOK, texts: {} }));
}

/** @param {Walk} walk */
export async function shootClosed({ house, shoot, shopper: arrive, staff }) {
  const admin = (await staff()).page;
  await setFront(admin, (settings) => (settings.hours = { zone: "Europe/Berlin", week: [[], [], [], [], [], [], []], days_off: [] }));
  const { page } = await arrive();
  const chat = await openChat(page, house);
  await ask(chat, "How do returns work?");
  await chat.locator("#person").click();
  await chat.getByText("Nobody is at the desk just now.").waitFor();
  await shoot(page, "chat-closed-hours");
  await chat.getByRole("button", { name: "Answer me by e-mail" }).click();
  await chat.getByText("We mail you a link to this chat").waitFor();
  await shoot(page, "chat-closed-hours-proof");
  await chat.fill("#prove-email", "noor.front@example.com");
  await chat.locator("#prove-address .primary").click();
  await chat.locator("#prove-digits").waitFor();
  const mails = await page.context().newPage();
  await mails.goto(`${house.origin}/demo/mailbox`);
  await chat.fill("#prove-digits", /\b(\d{6})\b/.exec(await mails.locator("main").innerText())?.[1] ?? "");
  await mails.close();
  await chat.locator("#prove-code .primary").click();
  await declinePasskey(chat);
  await chat.getByText("When a person has answered, we send a mail to").waitFor();
  await shoot(page, "chat-closed-hours-set");
  await setFront(admin, (settings) => (settings.hours = null));

  // The end of a chat, and the one before it.
  const later = await arrive();
  const talk = await openChat(later.page, house);
  await ask(talk, "How can I pay?");
  await talk.locator("#menu-button").click();
  await talk.locator("#menu-finish").click();
  await talk.getByRole("heading", { name: "How was this chat?" }).waitFor();
  await talk.getByRole("radio", { name: "Good", exact: true }).check();
  await talk.fill("#rating-words", "Quick and kind");
  await shoot(later.page, "chat-rating");
  await talk.getByRole("button", { name: "Send rating" }).click();
  await talk.getByText("Thank you for your rating.").waitFor();
  await shoot(later.page, "chat-rated");
  await talk.getByRole("button", { name: "Close", exact: true }).click();
  await talk.getByText("How can we help?").waitFor();
  await ask(talk, "How do returns work?");
  await talk.locator("#menu-button").click();
  await talk.locator("#menu-history").click();
  await talk.locator(".past").nth(1).waitFor();
  await shoot(later.page, "chat-history");
  await talk.locator("dialog[open]").getByRole("button", { name: "Close", exact: true }).click();

  // Opened again while the chat's own page has not come yet.
  await later.context.route("**/widget/v1/frame*", () => undefined);
  await later.page.reload({ waitUntil: "commit" });
  await clickLauncher(later.page);
  await shoot(later.page, "chat-loading");
}

/** @param {Walk} walk */
export async function shootDesigner({ house, shoot, staff }) {
  const { page } = await staff();
  const designer = `${house.origin}/console/designer`;
  await page.goto(designer);
  /** @param {string} greeting */
  const shown = (greeting) =>
    eventually("the preview shows the launcher", async () => {
      const launcher = page.frames().find((one) => one.url().includes("/widget/v1/launch"));
      const look = await launcher?.evaluate(() => document.body.dataset["look"]).catch(() => undefined);
      return look && (JSON.parse(look).greeting ?? "") === greeting;
    });
  await shown("");
  await page.getByLabel("Greeting").fill("Looking for a gift?");
  await page.getByText("Not saved yet.").waitFor();
  await shown("Looking for a gift?");
  await shoot(page, "designer", true);
  await page.getByLabel("Choose the colour of text on it myself").check();
  await page.getByLabel("Colour of text on the accent").fill("#1d5a4d");
  await page.getByText("`look.on_accent` has a contrast of").waitFor();
  await shoot(page, "designer-wrong", true);
  await page.goto(designer);
  await page.locator(".preview").waitFor();
  await page.getByRole("button", { name: "Back to trial…" }).click();
  await page.locator("#going-yes").click();
  await page.locator(".going-live").getByText("Only staff see the widget").waitFor();
  await page.locator(".going-live").scrollIntoViewIfNeeded();
  await shoot(page, "designer-trial");
  await page.getByRole("button", { name: "Go live…" }).click();
  await shoot(page, "designer-going-live");
  await page.locator("#going-yes").click();
  await page.locator(".going-live").getByText("Everybody who opens a page").waitFor();
  await shootFaults(page, designer, "designer", shoot);
}

/** @param {Walk} walk */
export async function shootSettings({ house, shoot, staff }) {
  const { page } = await staff();
  const settings = `${house.origin}/console/settings`;
  await page.goto(settings);
  await page.locator("#settings:not([aria-busy])").waitFor();
  await shoot(page, "settings", true);
  await page.getByLabel("Our people have hours").check();
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByLabel("Saturday").fill("10:00-14:00");
  await page.getByLabel("Days off").fill("2026-12-25\n2026-12-26");
  await shoot(page, "settings-hours", true);
  await shootFaults(page, settings, "settings", shoot);
}
