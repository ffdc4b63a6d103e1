// The options in the widget's head, and the keys that close things.

import { byId } from "./dom.js";

/**
 * @param {object} act
 * @param {() => void} act.prove
 * @param {() => void} act.privacy brings the notice on the screen
 * @param {() => void} act.forget
 * @param {() => void} act.close
 */
export function prepareMenu(act) {
  const button = byId("menu-button");
  const menu = byId("menu");
  /** @param {boolean} open */
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    // The menu lies over them: half a target is none.
    byId("places").inert = open;
  };
  button.hidden = false;
  button.addEventListener("click", () => show(menu.hidden === true));
  menu.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("button")) show(false);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !menu.contains(target) && !button.contains(target)) show(false);
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget) && relatedTarget !== button) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (!menu.hidden) {
      show(false);
      button.focus();
    } else act.close();
  });
  byId("menu-prove").addEventListener("click", act.prove);
  byId("menu-privacy").addEventListener("click", () => {
    act.privacy();
    const notice = /** @type {HTMLDetailsElement} */ (byId("notice"));
    notice.open = true;
    byId("scroller").scrollTop = 0;
    notice.querySelector("summary")?.focus();
  });
  const forgetting = /** @type {HTMLDialogElement} */ (byId("forget"));
  byId("menu-forget").addEventListener("click", () => {
    byId("forget-error").textContent = "";
    forgetting.showModal();
    byId("forget-cancel").focus();
  });
  byId("forget-cancel").addEventListener("click", () => forgetting.close());
  byId("forget-confirm").addEventListener("click", act.forget);
}
