// "Sign-in and devices": her passkeys, and from where she is signed in.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { enrol, freshly, openPasskeyWindow } from "./passkeys.js";
import { reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { OwnPasskey, OwnSession, Session } from "./types.js" */

/**
 * @param {object} needs
 * @param {Say} needs.say
 * @param {string} needs.locale of dates
 * @param {{ before: () => void, after: (session: Session | undefined) => Promise<void> }} needs.session is about to be replaced, and was
 * @returns {{ open: () => void }}
 */
export function prepareDevices({ say, locale, session }) {
  /** @type {HTMLDialogElement} */
  const dialog = byId("devices");
  const problem = byId("devices-problem");

  const draw = async () => {
    try {
      const [{ passkeys }, { sessions }] = await Promise.all([request("GET", "/v1/passkeys"), request("GET", "/v1/sessions")]);
      byId("devices-passkeys").replaceChildren(...passkeys.map((/** @type {OwnPasskey} */ one) => drawPasskey(one, passkeys.length === 1)));
      byId("devices-sessions").replaceChildren(...sessions.map(drawSession));
      byId("devices-others").hidden = sessions.length < 2;
    } catch (error) {
      problem.textContent = reasonOf(error, say);
    }
  };

  /** @param {HTMLElement} button @param {() => Promise<unknown>} work */
  const act = async (button, work) => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await work();
      await draw();
    } catch (error) {
      problem.textContent = reasonOf(error, say);
    }
    button.removeAttribute("aria-busy");
  };

  /** @param {OwnPasskey} one @param {boolean} last */
  const drawPasskey = ({ passkey, name, created_at, used_at }, last) => {
    const remove = element("button", { type: "button", class: "quiet" }, say("devices.remove"));
    remove.addEventListener("click", () => {
      if (!remove.dataset["sure"]) {
        remove.dataset["sure"] = "yes";
        remove.textContent = say("devices.remove.sure");
        return;
      }
      const path = `/v1/passkeys/${encodeURIComponent(passkey)}?locale=${say.language}`;
      void act(remove, () => freshly(say, session, () => request("DELETE", path)));
    });
    return element(
      "li",
      {},
      element("strong", { dir: "auto" }, name === "–" ? say("devices.unknown") : name),
      element("span", { class: "hint" }, `${say("devices.made")} `, moment(created_at, locale), ...(used_at ? [` · ${say("devices.used")} `, moment(used_at, locale)] : [])),
      last ? element("span", { class: "hint" }, say("devices.last")) : remove,
    );
  };

  /** @param {OwnSession} one */
  const drawSession = ({ session: id, device, network, seen_at, this_one }) => {
    const end = element("button", { type: "button", class: "quiet" }, say("devices.end"));
    end.addEventListener("click", () => void act(end, () => request("DELETE", `/v1/sessions/${encodeURIComponent(id)}`)));
    return element(
      "li",
      {},
      element("strong", {}, device && device !== "–" ? device : say("devices.unknown")),
      element("span", { class: "hint" }, network ? `${network} · ` : "", `${say("devices.seen")} `, moment(seen_at, locale)),
      this_one ? element("span", { class: "hint" }, say("devices.this_one")) : end,
    );
  };

  byId("devices-others").addEventListener("click", () => void act(byId("devices-others"), () => request("DELETE", "/v1/sessions")));
  byId("devices-close").addEventListener("click", () => dialog.close());
  byId("devices-add").addEventListener("click", () =>
    void act(byId("devices-add"), async () => {
      const window = openPasskeyWindow(say);
      try {
        await freshly(say, session, () => enrol(say, window), window);
      } finally {
        window.close();
      }
    }),
  );
  return {
    open() {
      problem.textContent = "";
      dialog.showModal();
      void draw();
    },
  };
}
