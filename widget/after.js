// What comes after the words, fetched when it is wanted: rating a chat, going back to an earlier one,
// being told by mail that a person has answered.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { ConversationHead, Notice, Session } from "./types.js" */

/**
 * A dialog of its own that is gone when it is closed.
 *
 * @param {string} title
 * @param {(Node | undefined)[]} body
 * @param {() => void} [closed]
 */
function openDialog(title, body, closed) {
  const dialog = element("dialog", { "aria-labelledby": "after-title", class: "after" }, element("h2", { id: "after-title" }, title), ...body.filter((one) => one !== undefined));
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * @param {Say} say
 * @param {string} words
 * @param {() => HTMLDialogElement} dialog
 */
function closing(say, words, dialog) {
  const button = element("button", { type: "button", class: "quiet" }, words || say("dialog.close"));
  button.addEventListener("click", () => dialog().close());
  return button;
}

/**
 * Asks what she thinks of the chat.
 *
 * @param {Say} say
 * @param {string} conversation
 * @param {() => void} [then] when the dialog is gone, rated or not
 */
export function openRating(say, conversation, then) {
  const wrong = element("p", { class: "wrong", role: "alert", id: "rating-wrong" });
  const scores = [1, 2, 3, 4, 5].map((score) =>
    element("label", { class: "score" }, element("input", { type: "radio", name: "score", value: score, "aria-describedby": "rating-wrong" }), element("span", { class: "number", "aria-hidden": "true" }, String(score)), element("span", { class: "visually-hidden" }, say(/** @type {"rating.1"} */ (`rating.${score}`)))),
  );
  const ends = element("p", { class: "ends", "aria-hidden": "true" }, element("span", {}, say("rating.1")), element("span", {}, say("rating.5")));
  const words = element("textarea", { id: "rating-words", rows: 3, maxlength: 2000, dir: "auto" });
  const form = element(
    "form",
    { novalidate: true },
    element("fieldset", { class: "scores" }, element("legend", { class: "visually-hidden" }, say("rating.legend")), ...scores),
    ends,
    wrong,
    element("label", { for: "rating-words" }, say("rating.words")),
    words,
    element("button", { class: "primary" }, say("rating.send")),
  );
  const thanks = element("p", { role: "status" });
  const away = closing(say, say("rating.later"), () => dialog);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const score = Number(new FormData(form).get("score"));
    wrong.textContent = score ? "" : say("rating.missing");
    if (!score) return scores[0]?.querySelector("input")?.focus();
    if (dialog.getAttribute("aria-busy") === "true") return;
    dialog.setAttribute("aria-busy", "true");
    try {
      const said = words.value.trim();
      await request("PUT", `/v1/conversations/${conversation}/rating`, said ? { score, words: said } : { score });
      form.hidden = true;
      thanks.textContent = say("rating.thanks");
      away.textContent = say("dialog.close");
      away.focus();
    } catch (error) {
      wrong.textContent = reasonOf(error, say);
    } finally {
      dialog.removeAttribute("aria-busy");
    }
  });
  const dialog = openDialog(say("rating.title"), [form, thanks, away], then);
}

/**
 * Shows her chats, to go back to one.
 *
 * @param {Say} say
 * @param {string} locale
 * @param {string | undefined} shown
 * @param {(conversation: ConversationHead) => void} choose
 */
export async function openHistory(say, locale, shown, choose) {
  const list = element("div", { class: "history", "aria-busy": "true" }, element("p", { role: "status" }, say("shop.loading")));
  const dialog = openDialog(say("history.title"), [list, closing(say, "", () => dialog)]);
  try {
    /** @type {{ conversations: ConversationHead[] }} */
    const { conversations } = await request("GET", "/v1/conversations");
    const rows = conversations.map((one) => {
      const when = moment(one.opened_at, locale);
      // The sentence goes around the time, wherever the language has it.
      const [before = "", after = ""] = say("history.of", { date: "\u0000" }).split("\u0000");
      const button = element("button", { type: "button", class: "past" }, element("span", {}, before, when, after), one.conversation === shown ? element("span", { class: "hint" }, say("history.shown")) : undefined);
      if (one.conversation === shown) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => {
        dialog.close();
        if (one.conversation !== shown) choose(one);
      });
      return element("li", {}, button);
    });
    list.replaceChildren(rows.length ? element("ul", {}, ...rows) : element("p", {}, say("history.none")));
  } catch (error) {
    list.replaceChildren(element("p", { class: "wrong", role: "alert" }, reasonOf(error, say)));
  }
  list.removeAttribute("aria-busy");
}

/**
 * Where a person is awaited and nobody is there: says when somebody is, and offers a mail.
 *
 * @param {object} needs
 * @param {Say} needs.say
 * @param {string} needs.locale
 * @param {string} needs.shop
 * @param {boolean} needs.mail whether mails are sent here
 * @param {() => string | undefined} needs.conversation the one on the screen
 * @param {() => Session | undefined} needs.session
 * @param {(about: string, then: () => void) => void} needs.prove
 */
export async function offerMail({ say, locale, shop, mail, conversation, session, prove }) {
  const place = byId("away");
  /** @type {Notice} */
  const { people } = await request("GET", `/v1/shops/${encodeURIComponent(shop)}/notice?locale=${say.language}`);
  if (people.there) return void (place.hidden = true);
  const when = people.back_at && element("time", { datetime: people.back_at }, whenOf(people.back_at, locale));
  const [before = "", after = ""] = say("hours.closed", { when: "\u0000" }).split("\u0000");
  const told = element("p", { role: "status" });
  const button = element("button", { type: "button", class: "choice" }, say("hours.mail"));
  const wish = async () => {
    const id = conversation();
    if (!id) return;
    button.setAttribute("aria-busy", "true");
    try {
      const { email } = await request("PUT", `/v1/conversations/${id}/answer-mail`, {});
      button.remove();
      told.textContent = say("hours.mail.set", { email: email ?? "" });
    } catch (error) {
      told.textContent = reasonOf(error, say);
    }
    button.removeAttribute("aria-busy");
  };
  button.addEventListener("click", () => {
    if (session()?.email) void wish();
    else prove(say("hours.mail.about"), () => void wish());
  });
  place.replaceChildren(element("p", {}, ...(when ? [before, when, after] : [say("hours.shut")])), ...(mail ? [button, told] : []));
  place.hidden = false;
}

/** @param {string} at @param {string} locale */
function whenOf(at, locale) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, today ? { timeStyle: "short" } : { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }).format(date);
}
