// One way through every screen. Whoever walks it decides what is done at each: `screens.mjs` takes
// pictures, a journey looks with axe.

import { openHouse, newVisitor, signIn } from "./harness.mjs";
import { shootChat, shootServed, shootTongues } from "./chat_screens.mjs";
import { shootDoor, shootInbox, shootRest, shootRooms } from "./desk_screens.mjs";
import { shootClosed, shootDesigner, shootFront, shootSettings } from "./front_screens.mjs";
import { shootKnowledge } from "./knowledge_screens.mjs";
import { shootOrders, shootReturn, shootShop } from "./shop_screens.mjs";

/** @import { Browser, BrowserContextOptions, Page } from "playwright-core" */
/** @import { House, Visitor } from "./harness.mjs" */

/** @typedef {(page: Page, name: string, fullPage?: boolean) => Promise<void>} Shoot */

/**
 * @typedef {object} Walk
 * @property {House} house
 * @property {Shoot} shoot
 * @property {() => Promise<Visitor>} shopper somebody new
 * @property {() => Promise<Visitor>} staff the admin, signed in
 */

// The parts stand by themselves, so that each can be taken alone.
/** @type {Record<string, (walk: Walk) => Promise<void>>} */
export const PARTS = {
  shop: shootShop,
  return: shootReturn,
  served: shootServed,
  chat: shootChat,
  tongues: shootTongues,
  front: shootFront,
  closed: shootClosed,
  inbox: shootInbox,
  rooms: shootRooms,
  orders: shootOrders,
  knowledge: shootKnowledge,
  designer: shootDesigner,
  settings: shootSettings,
  rest: shootRest,
  door: shootDoor,
};

/**
 * @param {object} how
 * @param {Browser} how.browser
 * @param {{ width: number, height: number }} how.viewport
 * @param {boolean} how.phone
 * @param {Shoot} how.shoot
 * @param {string[]} [how.parts] all of them when left out
 * @param {number} [how.port] any that is free when left out
 */
export async function walk({ browser, viewport, phone, shoot, parts = Object.keys(PARTS), port }) {
  const house = await openHouse("SQLite", port);
  /** @type {BrowserContextOptions} */
  const options = { viewport, hasTouch: phone, isMobile: phone, timezoneId: "Europe/Berlin" };
  /** @type {Visitor | undefined} */
  let admin;
  try {
    for (const part of parts) {
      /** @type {Visitor[]} */
      const visitors = [];
      await PARTS[part]?.({
        house,
        shoot,
        shopper: async () => {
          const visitor = await newVisitor(browser, options);
          visitors.push(visitor);
          return visitor;
        },
        staff: async () => {
          if (!admin) {
            admin = await newVisitor(browser, options);
            await signIn(admin.page, await house.signInLink());
          }
          return admin;
        },
      });
      for (const visitor of visitors) await visitor.context.close();
    }
    await admin?.context.close();
  } finally {
    await house.remove();
  }
}
