// Pictures of the desk's daily rooms.

import { ask, eventually, launcherState, openChat, openConversation, reply, signIn, write } from "./harness.mjs";

/** @import { Page } from "playwright-core" */
/** @import { Shoot, Walk } from "./screen_walk.mjs" */

const DENIED = { status: 403, contentType: "application/problem+json", body: '{"status":403,"code":"denied","detail":"no"}' };

/**
 * A room whose words are on their way, cannot be fetched, and must not be.
 *
 * @param {Page} page
 * @param {string} address
 * @param {string} name
 * @param {Shoot} shoot
 * @param {(page: Page) => Promise<unknown>} [begin] what is done there before it fetches
 */
export async function shootFaults(page, address, name, shoot, begin = async () => undefined) {
  const api = "**/v1/staff/**";
  const held = new Set();
  await page.route(api, (route) => void held.add(route));
  await page.goto(address);
  await begin(page);
  // What is on the screen while the answer is not there: the page has asked for it.
  await eventually("the page has asked", () => held.size > 0);
  await shoot(page, `${name}-loading`);
  for (const route of held) await route.abort().catch(() => undefined);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  for (const [state, answer] of /** @type {const} */ ([["error", undefined], ["denied", DENIED]])) {
    await page.route(api, (route) => (answer ? route.fulfill(answer) : route.abort()));
    await page.goto(address);
    await begin(page);
    // A page that tries again by itself says so in its line.
    const talk = state === "error" && (await page.locator(".thread").count()) > 0;
    await page.locator(talk ? "#line:not(:empty)" : "main .problem:not(:empty):visible, main .signed-out, #line:not(:empty)").first().waitFor();
    await shoot(page, `${name}-${state}`);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  }
}

/** @param {Walk} walk */
export async function shootRooms({ house, shoot, staff }) {
  const { page } = await staff();
  const at = (/** @type {string} */ path) => `${house.origin}/console${path}`;
  await page.goto(at(""));
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
  await shootFaults(page, at(""), "overview", shoot);

  await page.goto(at("/search"));
  await page.locator("#search-tag").waitFor({ state: "attached" });
  await shoot(page, "search-empty", true);
  await page.fill("#search-words", "return");
  await page.keyboard.press("Enter");
  await page.locator("#finds a.row").first().waitFor();
  await shoot(page, "search", true);
  await page.fill("#search-words", "nothing of the kind");
  await page.keyboard.press("Enter");
  await page.getByText("No conversation was found.").waitFor();
  await shoot(page, "search-nothing", true);
  await shootFaults(page, at("/search"), "search", shoot, async () => {
    await page.fill("#search-words", "return");
    await page.keyboard.press("Enter");
  });

  await page.goto(at("/orders"));
  const order = (await page.locator("a.order-row").first().getAttribute("data-order")) ?? "";
  await page.goto(at("/shoppers"));
  await shoot(page, "shoppers");
  await page.fill("#find-email", "nobody@example.org");
  await page.keyboard.press("Enter");
  await page.getByText("The shop knows nobody").waitFor();
  await shoot(page, "shoppers-nothing");
  await page.route("**/v1/staff/**", (route) => route.abort());
  await page.fill("#find-email", "somebody@example.org");
  await page.keyboard.press("Enter");
  await page.locator("#find-problem:not(:empty)").waitFor();
  await shoot(page, "shoppers-error");
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.goto(at("/shoppers"));
  await page.fill("#find-order", order);
  await page.keyboard.press("Enter");
  await page.locator("#shopper:not([aria-busy])").waitFor();
  await shoot(page, "shopper", true);
  await shootFaults(page, page.url(), "shopper", shoot);
}

/** @param {Walk} walk */
export async function shootInbox({ house, shoot, shopper: arrive, staff }) {
  const { page, context } = await staff();
  const at = (/** @type {string} */ path) => `${house.origin}/console${path}`;
  await page.goto(at("/replies"));
  await page.locator("#replies:not([aria-busy])").waitFor();
  await shoot(page, "replies-empty", true);
  for (const [name, text] of Object.entries({
    "/hello": "Hello {given_name}, this is Robin from the shop. How may I help?",
    "/label": "Your return label is in the mail. Hand the parcel in at any post office within 14 days.",
    "/thanks": "Thank you for your patience. Is there anything else?",
  })) {
    await page.fill("#reply-name", name);
    await page.fill("#reply-text", text);
    await page.getByRole("button", { name: "Save reply" }).click();
    await page.locator("#replies strong", { hasText: name }).waitFor();
  }
  for (const tag of ["damaged", "delivery", "wholesale"]) {
    await page.fill("#tag-name", tag);
    await page.keyboard.press("Enter");
    await page.locator("#tags .tag", { hasText: tag }).waitFor();
  }
  await shoot(page, "replies", true);
  await shootFaults(page, at("/replies"), "replies", shoot);

  const shopper = await arrive();
  const chat = await openChat(shopper.page, house);
  await ask(chat, "How do returns work?");
  await write(chat, "I sent two shirts back last Thursday, and the label said that they arrived. How long does the refund take?");
  await chat.locator(".turn.ai").nth(1).waitFor();
  await chat.locator("#person").click();
  await chat.getByText("Waiting for a person").waitFor();
  await page.goto(at("/inbox"));
  await page.locator("#queue a.row").first().waitFor();
  await shoot(page, "inbox");
  await context.setOffline(true);
  await page.locator("#line:not(:empty)").waitFor();
  await shoot(page, "inbox-offline");
  await context.setOffline(false);
  await page.goto(at("/inbox?state=human"));
  await page.locator("#queue:not([aria-busy]) .empty").waitFor();
  await shoot(page, "inbox-empty");
  await shootFaults(page, at("/inbox"), "inbox", shoot);

  await openConversation(page, house, chat);
  const address = page.url();
  await page.locator("#assignee option", { hasText: "(you)" }).waitFor({ state: "attached" });
  await shoot(page, "conversation-waiting");
  await page.getByRole("button", { name: "Take over" }).click();
  await page.locator("#state", { hasText: "With you" }).waitFor();
  await page.locator("#suggestion").waitFor();
  await page.locator("#suggestion details").evaluate((one) => one.setAttribute("open", ""));
  await shoot(page, "conversation-suggestion");
  await page.locator("#suggestion details").evaluate((one) => one.removeAttribute("open"));
  await page.locator("#writing").pressSequentially("/");
  await page.locator("#saved-list [role=option]").first().waitFor();
  await shoot(page, "conversation-saved");
  await page.keyboard.press("Escape");
  await page.fill("#writing", "");
  await reply(page, "Good morning, this is a person. I am looking at your return now; one moment, please.");
  await chat.locator(".turn.human").waitFor();
  await write(chat, "Thank you!");
  await page.locator(".turn.shopper", { hasText: "Thank you!" }).waitFor();
  await page.getByRole("button", { name: "damaged" }).click();
  await page.getByRole("button", { name: "Internal note" }).click();
  await page.fill("#writing", "Both shirts arrived on Friday, refund is on its way.");
  await shoot(page, "conversation-note", true);
  await page.getByRole("button", { name: "Save note" }).click();
  await page.locator("#notes .note").first().waitFor();
  await page.getByRole("button", { name: "Reply", exact: true }).click();
  await shoot(page, "conversation-with-you", true);
  await shoot(shopper.page, "chat-human");
  // She looks away, and is answered.
  await chat.locator("#close").click();
  await reply(page, "Your refund of €158.00 was sent this morning. It takes two days to arrive.");
  await eventually("the launcher says that there is something new", async () => (await launcherState(shopper.page)).name === "Open chat, 1 new");
  await shoot(shopper.page, "launcher-unread");
  await page.locator("#close").click();
  await page.locator("#state", { hasText: "Closed" }).waitFor();
  await shoot(page, "conversation-closed");
  await shootFaults(page, address, "conversation", shoot);
  await page.goto(at("/conversations/none"));
  await page.locator("main .problem:not(:empty), .status-code").first().waitFor();
  await shoot(page, "conversation-none");
  await page.goto(at("/inbox"));
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await shoot(page, "shortcuts");
  await page.keyboard.press("Escape");
}

/** @param {Walk} walk */
export async function shootRest({ house, shoot, staff }) {
  const { page } = await staff();
  const at = (/** @type {string} */ path) => `${house.origin}/console${path}`;
  await page.goto(at("/staff"));
  await page.locator("#people table").waitFor();
  await page.fill("#invite-name", "Robin Ferrar");
  await page.getByRole("button", { name: "Create sign-in link" }).click();
  await page.locator("#invited-link").waitFor();
  await shoot(page, "staff", true);
  await shootFaults(page, at("/staff"), "staff", shoot);
  await page.goto(at("/ledger"));
  await page.locator(".figures").waitFor();
  await shoot(page, "ledger", true);
  await shootFaults(page, at("/ledger"), "ledger", shoot);
  await page.goto(at("/design"));
  await page.locator(".chart").first().waitFor();
  await shoot(page, "design", true);
  await page.goto(`${house.origin}/demo/mailbox`);
  await shoot(page, "mailbox");
}

/** @param {Walk} walk */
export async function shootDoor({ house, shoot, shopper: arrive, staff }) {
  const { page } = await arrive();
  const door = `${house.origin}/console/sign-in`;
  await page.goto(door);
  await shoot(page, "sign-in-without-link");
  await page.goto(`${door}#token-that-never-was`);
  await page.getByRole("button", { name: "Create a passkey" }).waitFor();
  await shoot(page, "sign-in");
  await page.getByRole("button", { name: "Create a passkey" }).click();
  await page.getByText("This link does not work any more").waitFor();
  await shoot(page, "sign-in-spent");

  const admin = await staff();
  await admin.page.goto(`${house.origin}/console/no-such-page`);
  await shoot(admin.page, "error");
  await admin.page.goto(`${house.origin}/console/staff`);
  await admin.page.fill("#invite-name", "Iris Holm");
  await admin.page.getByRole("button", { name: "Create sign-in link" }).click();
  const link = await admin.page.locator("#invited-link").inputValue();
  // Not from the door itself: there it would be another fragment only.
  await page.goto("about:blank");
  await signIn(page, link);
  await page.goto(`${house.origin}/console`);
  await page.locator("#overview:not([aria-busy])").waitFor();
  await shoot(page, "desk-agent");
  await page.goto(`${house.origin}/console/settings`);
  await shoot(page, "no-permission");
  await page.goto(`${house.origin}/console/inbox`);
  await page.locator("#queue a.row").first().waitFor();
  await page.route("**/v1/staff/**", (route) => route.fulfill({ status: 401, contentType: "application/problem+json", body: '{"status":401,"code":"unauthenticated","detail":"no"}' }));
  await page.reload();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await shoot(page, "signed-out");
}
