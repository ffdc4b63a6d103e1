// The window in which a passkey is made or used: on Parlour's own host and at the top, since browsers do not let a frame
// on another site's page do it. It talks to the frame that opened it and to nobody else: both are of one origin, and each
// message goes to that origin alone. A window that was opened in any other way has nobody to talk to, and does nothing.

import { byId, element } from "./dom.js";
import { drawCodes } from "./recovery_codes.js";
import { sayStatic, textsFor } from "./texts.js";
import { NoPasskey, createPasskey, usePasskey } from "./webauthn.js";

/** @import { Asked } from "./passkeys.js" */

const say = await textsFor(document.body.dataset["locale"] || "en");
sayStatic(say);
byId("leave").addEventListener("click", () => window.close());

const frame = window.opener;
/** @param {object} message */
const tell = (message) => frame?.postMessage({ parlour: "passkey", ...message }, location.origin);

addEventListener("message", (event) => {
  // INVARIANT: only the window that opened this one, and only while it shows a page of Parlour's.
  if (event.source !== frame || event.origin !== location.origin || event.data?.parlour !== "passkey") return;
  if (event.data.step === "ask") show(event.data);
});
tell({ step: "ready" });

/** @param {Asked} asked */
function show({ mode, options, about, effect, codes }) {
  const title = byId("title");
  title.textContent = say(`passkey.window.${mode}`);
  document.title = `${title.textContent} · ${document.title.split(" · ").at(-1)}`;
  byId("about").textContent = about || say(`passkey.window.${mode}.text`);
  byId("effect").hidden = !effect?.length;
  byId("effect").replaceChildren(...(effect ?? []).map((line) => element("li", { dir: "auto" }, line)));
  byId("problem").textContent = "";
  const go = /** @type {HTMLButtonElement} */ (byId("go"));
  if (mode === "codes") {
    byId("problem").before(...drawCodes(codes ?? [], say, byId("shop").textContent ?? ""));
    byId("leave").hidden = true;
    go.textContent = say("codes.kept");
    go.hidden = false;
    go.onclick = () => window.close();
    title.focus();
    return;
  }
  go.textContent = say("passkey.continue");
  go.hidden = false;
  go.focus();
  go.onclick = async () => {
    if (go.getAttribute("aria-busy") === "true") return;
    go.setAttribute("aria-busy", "true");
    byId("problem").textContent = "";
    try {
      const response = await (mode === "create" ? createPasskey(options) : usePasskey(options));
      go.hidden = true;
      tell({ step: "done", response });
    } catch (error) {
      const kind = error instanceof NoPasskey ? error.kind : "failed";
      byId("problem").textContent = say(`passkey.${kind}`);
      go.focus();
    } finally {
      go.removeAttribute("aria-busy");
    }
  };
}
