// One's own sign-in: passkeys, and from where one is signed in.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { enrol, explainPasskey, freshly } from "./passkeys.js";
import { redraw } from "./steady.js";
import { drawProblem, endsSession } from "./trouble.js";
import { pressTwice } from "./twice.js";

/**
 * @typedef {{ passkey: string, name: string, created_at: string, used_at?: string, synced: boolean }} Passkey
 * @typedef {{ session: string, device?: string, network?: string, proved_by?: string, created_at: string, seen_at: string, this_one: boolean }} OwnSession
 */

export function startAccount() {
  void listPasskeys();
  void listSessions();
  byId("add-passkey").addEventListener("click", (event) => void act(event.currentTarget, "passkeys-problem", () => freshly(enrol), listPasskeys));
  byId("end-others").addEventListener("click", (event) =>
    void act(event.currentTarget, "sessions-problem", () => request("DELETE", "/v1/staff/sessions"), listSessions),
  );
}

/**
 * @param {EventTarget | null} target
 * @param {string} problem
 * @param {() => Promise<unknown>} work
 * @param {() => Promise<void>} then
 */
async function act(target, problem, work, then) {
  const button = /** @type {HTMLElement} */ (target);
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  byId(problem).textContent = "";
  try {
    await work();
    await Promise.all([then(), listSessions()]);
  } catch (error) {
    if (!endsSession(error)) byId(problem).textContent = explainPasskey(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function listPasskeys() {
  const place = byId("passkeys");
  try {
    /** @type {{ passkeys: Passkey[] }} */
    const { passkeys } = await request("GET", "/v1/staff/passkeys");
    redraw(place, ...passkeys.map((one) => drawPasskey(one, passkeys.length === 1)));
  } catch (error) {
    if (!endsSession(error)) place.replaceChildren(drawProblem(error, listPasskeys));
  }
  place.removeAttribute("aria-busy");
}

/** @param {Passkey} one @param {boolean} last */
function drawPasskey({ passkey, name, created_at, used_at, synced }, last) {
  const path = `/v1/staff/passkeys/${encodeURIComponent(passkey)}`;
  const field = element("input", { type: "text", value: name, maxlength: "80", "aria-label": "Name of the passkey", autocomplete: "off" });
  const save = element("button", { class: "secondary", hidden: true }, "Save name");
  field.addEventListener("input", () => (save.hidden = field.value.trim() === name || !field.value.trim()));
  const form = element("form", { class: "copy" }, field, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = field.value.trim();
    if (wanted && wanted !== name) void act(save, "passkeys-problem", () => request("PUT", path, { name: wanted }), listPasskeys);
  });
  const remove = element("button", { type: "button", class: "plain danger", disabled: last }, "Remove");
  pressTwice(remove, "Remove for good", () => act(remove, "passkeys-problem", () => freshly(() => request("DELETE", path)), listPasskeys));
  return element(
    "li",
    {},
    form,
    element(
      "p",
      { class: "soft" },
      "Made ",
      moment(created_at, navigator.language),
      ...(used_at ? [" · used ", moment(used_at, navigator.language)] : [" · not used yet"]),
      synced ? " · kept by your password manager" : " · on one device",
    ),
    element("p", {}, remove, last ? element("span", { class: "hint" }, " Your only passkey: add another before you remove it.") : ""),
  );
}

async function listSessions() {
  const place = byId("sessions");
  try {
    /** @type {{ sessions: OwnSession[] }} */
    const { sessions } = await request("GET", "/v1/staff/sessions");
    byId("end-others").hidden = sessions.length < 2;
    redraw(place, ...sessions.map(drawSession));
  } catch (error) {
    if (!endsSession(error)) place.replaceChildren(drawProblem(error, listSessions));
  }
  place.removeAttribute("aria-busy");
}

/** @param {OwnSession} one */
function drawSession({ session, device, network, created_at, seen_at, this_one }) {
  const end = element("button", { type: "button", class: "secondary" }, "Sign out there");
  end.addEventListener("click", () =>
    void act(end, "sessions-problem", () => request("DELETE", `/v1/staff/sessions/${encodeURIComponent(session)}`), listSessions),
  );
  return element(
    "li",
    {},
    element("p", {}, element("strong", {}, device && device !== "–" ? device : "Unknown device"), this_one ? element("span", { class: "badge" }, "This one") : ""),
    element("p", { class: "soft" }, network ? `Network ${network} · ` : "", "signed in ", moment(created_at, navigator.language), " · last seen ", moment(seen_at, navigator.language)),
    this_one ? "" : element("p", {}, end),
  );
}
