// What is seldom wanted, fetched when it is: `after.js` is not part of the first visit.

import { persist } from "./api.js";

/** @import { offerMail } from "./after.js" */
/** @import { ConversationHead } from "./types.js" */

/** @param {Parameters<typeof offerMail>[0]} needs */
export function prepareLater(needs) {
  const after = () => import("./after.js");
  return {
    /** Where nobody is there to answer: says so, and offers a mail. */
    async offer() {
      try {
        const { offerMail } = await after();
        await persist(() => offerMail(needs));
      } catch {
        // A refusal: she waits in the chat, as she is told there.
      }
    },
    /** @param {string} conversation @param {() => void} then */
    rate: async (conversation, then) => (await after()).openRating(needs.say, conversation, then),
    /** @param {string | undefined} shown @param {(past: ConversationHead) => void} choose */
    history: async (shown, choose) => (await after()).openHistory(needs.say, needs.locale, shown, choose),
  };
}
