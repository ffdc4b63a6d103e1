// The desk of agents and admins: starts the page's own part, and signs out.

import { request } from "./api.js";
import { startConversation } from "./conversation.js";
import { startDesigner } from "./designer.js";
import { byId } from "./dom.js";
import { startInbox } from "./inbox.js";
import { startLedger } from "./ledger.js";
import { startOrder } from "./order.js";
import { startOrders } from "./orders.js";
import { startPeople } from "./people.js";
import { startSettings } from "./settings.js";
import { startSignIn } from "./sign_in.js";
import { endsSession, explain } from "./trouble.js";

/** @type {Record<string, () => unknown>} */
const pages = {
  "sign-in": startSignIn,
  inbox: startInbox,
  conversation: startConversation,
  orders: startOrders,
  order: startOrder,
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
