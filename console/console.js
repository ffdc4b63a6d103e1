// The desk of agents and admins: starts the page's own part, and signs out.

import { startAccount } from "./account.js";
import { request } from "./api.js";
import { startConversation } from "./conversation.js";
import { startDesign } from "./design.js";
import { startDesigner } from "./designer.js";
import { byId } from "./dom.js";
import { startInbox } from "./inbox.js";
import { startKnowledge } from "./knowledge.js";
import { startLedger } from "./ledger.js";
import { startOrder } from "./order.js";
import { startOrders } from "./orders.js";
import { startOverview } from "./overview.js";
import { startPeople } from "./people.js";
import { startReplies } from "./replies.js";
import { startSearch } from "./search.js";
import { startShopper, startShoppers } from "./shoppers.js";
import { startShortcuts } from "./shortcuts.js";
import { startSettings } from "./settings.js";
import { startSignIn } from "./sign_in.js";
import { endsSession, explain } from "./trouble.js";

/** @type {Record<string, () => unknown>} */
const pages = {
  "sign-in": startSignIn,
  account: startAccount,
  overview: startOverview,
  inbox: startInbox,
  conversation: startConversation,
  replies: startReplies,
  search: startSearch,
  shoppers: startShoppers,
  shopper: startShopper,
  design: startDesign,
  orders: startOrders,
  order: startOrder,
  knowledge: startKnowledge,
  staff: startPeople,
  ledger: startLedger,
  designer: startDesigner,
  settings: startSettings,
};

document.getElementById("sign-out")?.addEventListener("click", async () => {
  try {
    await request("DELETE", "/v1/staff/session");
    location.assign("/console/sign-in");
  } catch (error) {
    if (!endsSession(error)) byId("line").textContent = `You are still signed in. ${explain(error)}`;
  }
});

pages[document.body.dataset["page"] ?? ""]?.();
// More pages and tabs than a phone is wide: the one that is shown comes into sight.
for (const shown of document.querySelectorAll("nav [aria-current]")) shown.scrollIntoView({ block: "nearest", inline: "center" });
if (document.body.dataset["signedIn"]) startShortcuts();
