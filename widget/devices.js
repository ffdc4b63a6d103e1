// "Sign-in and devices": her passkeys, and from where she is signed in.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { enrol, freshly, openPasskeyWindow } from "./passkeys.js";
import { drawWarning } from "./recovery.js";
import { reasonOf } from "./texts.js";

/** @import { Say } from "./texts.js" */
/** @import { OwnPasskey, OwnSession, Session, WaysBack } from "./types.js" */

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
      const asked = ["/v1/passkeys", "/v1/sessions", "/v1/recovery"].map((path) => request("GET", path));
      const [{ passkeys }, { sessions }, ways] = await Promise.all(asked);
      byId("devices-passkeys").replaceChildren(...passkeys.map((/** @type {OwnPasskey} */ one) => drawPasskey(one, passkeys.length === 1)));
      byId("devices-sessions").replaceChildren(...sessions.map(drawSession));
      byId("devices-others").hidden = sessions.length < 2;
      byId("devices-recovery").hidden = passkeys.length === 0;
      drawRecovery(ways);
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

  const newCodes = byId("devices-codes-new");
  /** @param {WaysBack} ways */
  const drawRecovery = ({ codes_left: left = 0, waiting }) => {
    byId("devices-codes").textContent = say.count("devices.codes", left);
    newCodes.textContent = say("devices.codes.new");
    // Where none is left there is nothing to lose by it.
    newCodes.dataset["sure"] = left === 0 ? "yes" : "";
    byId("devices-waiting").replaceChildren(...drawWarning({ waiting, say, locale, act }));
  };

  /**
   * Does what ends with recovery codes: they stay in the window, which she closes.
   *
   * @param {(window: import("./passkeys.js").PasskeyWindow) => Promise<string[] | undefined>} work
   */
  const withCodes = async (work) => {
    const window = openPasskeyWindow(say);
    let codes;
    try {
      codes = await freshly(say, session, () => work(window), window);
      if (codes) await window.show(codes);
    } finally {
      if (!codes) window.close();
    }
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
    void act(byId("devices-add"), () =>
      withCodes(async (window) => {
        session.before();
        /** @type {import("./passkeys.js").Enrolled} */
        let enrolled = {};
        try {
          enrolled = await enrol(say, window);
        } finally {
          await session.after(enrolled.session);
        }
        return enrolled.codes;
      }),
    ),
  );
  newCodes.addEventListener("click", () => {
    if (!newCodes.dataset["sure"]) {
      newCodes.dataset["sure"] = "yes";
      newCodes.textContent = say("devices.codes.sure");
      return;
    }
    void act(newCodes, () => withCodes(async () => (await request("POST", "/v1/recovery/codes", { locale: say.language })).recovery_codes));
  });
  return {
    open() {
      problem.textContent = "";
      dialog.showModal();
      void draw();
    },
  };
}
