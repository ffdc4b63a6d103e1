// Who may sign in and as what, inviting a colleague, and why somebody may do what she may.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { drawRoles } from "./roles.js";
import { redraw } from "./steady.js";
import { drawProblem, endsSession, explain } from "./trouble.js";
import { pressTwice } from "./twice.js";

/** @import { Colleague, Explained, OwnSession, Role, Roles } from "./types.js" */

/** What the forms offer, once it is known. @type {Role[]} */
let roles = [];

/** What people call a role. @param {string} name */
const titled = (name) => roles.find((role) => role.role === name)?.title ?? name;

export function startPeople() {
  void list();
  const form = document.getElementById("invite");
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void invite(form);
  });
}

/** Draws the page anew. @param {string} [told] what was done, for the reader */
export async function list(told) {
  const place = byId("people");
  try {
    const [{ staff }, found] = await Promise.all([
      /** @type {Promise<{ staff: Colleague[] }>} */ (request("GET", "/v1/staff/people")),
      /** @type {Promise<Roles>} */ (request("GET", "/v1/staff/roles")),
    ]);
    roles = found.roles;
    redraw(place, drawTable(staff));
    drawRoles(byId("roles"), found);
    const position = document.getElementById("invite-position");
    if (position && !position.childElementCount) position.append(...positionFields("invite", "agent"));
    if (told !== undefined) byId("done").textContent = told;
  } catch (error) {
    if (endsSession(error)) return;
    redraw(place, drawProblem(error, list));
    byId("roles").replaceChildren();
  }
  for (const id of ["people", "roles"]) byId(id).removeAttribute("aria-busy");
}

/** @param {Colleague[]} staff */
function drawTable(staff) {
  const changes = byId("people").dataset["manage"] === "true" || byId("people").dataset["explain"] === "true";
  const head = ["Name", "Role", "Since"].map((words) => element("th", { scope: "col" }, words));
  return element(
    "table",
    { class: "people" },
    element("thead", {}, element("tr", {}, ...head, changes ? element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "Change")) : undefined)),
    element("tbody", {}, ...staff.map((one) => drawColleague(one, changes))),
  );
}

/** @param {Colleague} one @param {boolean} changes */
function drawColleague(one, changes) {
  const open = element("button", { type: "button", class: "secondary small", "aria-label": `Role and access of ${one.name}` }, "Role and access");
  open.addEventListener("click", () => openColleague(one));
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("bdi", {}, one.name), one.you ? element("span", { class: "badge" }, "You") : ""),
    element(
      "td",
      {},
      element("span", { dir: "auto" }, titled(one.role)),
      one.disabled ? element("span", { class: "pill unpaid" }, "Shut out") : "",
      one.access_ends ? element("span", { class: "soft until" }, "until ", moment(one.access_ends, navigator.language)) : "",
    ),
    element("td", {}, moment(one.created_at, navigator.language)),
    changes ? element("td", { class: "do" }, open) : undefined,
  );
}

// ---- A role, and until when ------------------------------------------------------------------

/**
 * The fields that say what somebody shall be.
 *
 * @param {string} prefix of their ids
 * @param {string} chosen
 * @param {string} [until] RFC 3339
 */
function positionFields(prefix, chosen, until) {
  const select = element("select", { id: `${prefix}-role`, name: "role", "aria-describedby": `${prefix}-role-hint` });
  // Nobody becomes an owner by an invitation: two persons must agree on that.
  const offered = roles.filter((role) => role.role !== "owner" || chosen === "owner");
  select.append(...offered.map((role) => element("option", { value: role.role }, role.title)));
  if (!offered.some((role) => role.role === chosen)) select.append(element("option", { value: chosen }, `${chosen} (removed)`));
  select.value = chosen;
  const hint = element("p", { id: `${prefix}-role-hint`, class: "hint" });
  const date = element("input", { id: `${prefix}-until`, name: "until", type: "date", value: until ? until.slice(0, 10) : "", min: new Date().toISOString().slice(0, 10), "aria-describedby": `${prefix}-until-hint` });
  const dateHint = element("p", { id: `${prefix}-until-hint`, class: "hint" });
  const say = () => {
    const role = roles.find((one) => one.role === select.value);
    hint.textContent = role?.about ?? (role ? `A role of this shop, with ${role.permissions?.length ?? 0} permissions.` : "");
    const timed = select.value === "auditor";
    date.required = timed;
    dateHint.textContent = timed ? "An auditor comes for a time. She has access through this day." : "Leave it empty for as long as she works here. Otherwise she has access through this day.";
  };
  select.addEventListener("change", say);
  say();
  return [
    element("div", { class: "field" }, element("label", { for: `${prefix}-role` }, "Role"), select, hint),
    element("div", { class: "field" }, element("label", { for: `${prefix}-until` }, "Access until"), date, dateHint),
  ];
}

/** What the fields say; or what is wrong. @param {HTMLFormElement} form */
function positionOf(form) {
  const written = new FormData(form);
  const role = String(written.get("role"));
  const day = String(written.get("until") ?? "");
  if (role === "auditor" && !day) throw new Incomplete("Please say until when the auditor has access.");
  // Through the day, wherever in the world it ends.
  return { role, ...(day ? { access_ends: new Date(`${day}T23:59:59`).toISOString() } : {}) };
}

class Incomplete extends Error {}

/** @param {unknown} error */
const worded = (error) => (error instanceof Incomplete ? error.message : explain(error));

// ---- One colleague -----------------------------------------------------------------------------

/** @param {Colleague} one */
function openColleague(one) {
  const manages = byId("people").dataset["manage"] === "true";
  const problem = element("p", { class: "problem", role: "alert" });
  const close = element("button", { type: "button", class: "secondary" }, "Close");
  const parts = [];
  if (manages && !one.you) parts.push(drawChange(one, problem, () => dialog.close()));
  if (manages && one.you) parts.push(element("p", { class: "soft" }, "Nobody changes her own role or access: a colleague who may does it."));
  if (byId("people").dataset["sessions"] === "true") parts.push(drawSessions(one, problem));
  if (byId("people").dataset["explain"] === "true") parts.push(drawWhy(one));
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "colleague-title" }, element("h2", { id: "colleague-title" }, element("bdi", {}, one.name)), ...parts, problem, element("p", { class: "dialog-foot" }, close));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  byId("main").append(dialog);
  dialog.showModal();
}

/** @param {Colleague} one @param {HTMLElement} problem @param {() => void} done */
function drawChange(one, problem, done) {
  const path = `/v1/staff/people/${encodeURIComponent(one.staff)}`;
  const save = element("button", { class: "primary" }, "Save");
  const shut = element("button", { type: "button", class: one.disabled ? "secondary" : "plain danger" }, one.disabled ? "Let in again" : "Shut out");
  const form = element(
    "form",
    { class: "invite", novalidate: true },
    ...positionFields("change", one.role, one.access_ends),
    element("p", { class: "hint" }, "A change signs her out, and counts from her next request on."),
    element("div", { class: "buttons" }, save, shut),
  );
  /** @param {() => Promise<unknown>} work @param {string} told */
  const run = async (work, told) => {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await work();
      done();
      await list(told);
    } catch (error) {
      if (!endsSession(error)) problem.textContent = worded(error);
    } finally {
      form.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(async () => request("PUT", `${path}/role`, positionOf(form)), `${one.name} has the role from now on.`);
  });
  /** @param {boolean} disabled @param {string} told */
  const disable = (disabled, told) => run(() => request("PUT", `${path}/disabled`, { disabled }), told);
  if (one.disabled) shut.addEventListener("click", () => void disable(false, `${one.name} may sign in again.`));
  else pressTwice(shut, "Really shut out?", () => disable(true, `${one.name} is signed out everywhere and cannot sign in.`));
  return form;
}

/**
 * A part that is fetched when it is opened.
 *
 * @param {string} title
 * @param {(place: HTMLElement) => Promise<void>} fill
 */
function drawLater(title, fill) {
  const place = element("div", { "aria-busy": "true" }, element("p", { class: "empty" }, "Loading…"));
  const details = element("details", { class: "why" }, element("summary", {}, title), place);
  details.addEventListener("toggle", () => {
    if (details.open && place.hasAttribute("aria-busy")) void fill(place);
  });
  return details;
}

/** From where she is signed in, and ending it. @param {Colleague} one @param {HTMLElement} problem */
function drawSessions(one, problem) {
  const path = `/v1/staff/people/${encodeURIComponent(one.staff)}/sessions`;
  /** @param {HTMLElement} place */
  const fill = async (place) => {
    try {
      /** @type {{ sessions: OwnSession[] }} */
      const { sessions } = await request("GET", path);
      place.removeAttribute("aria-busy");
      if (!sessions.length) return place.replaceChildren(element("p", { class: "empty" }, "She is signed in nowhere."));
      const out = element("button", { type: "button", class: "secondary" }, "Sign her out everywhere");
      out.addEventListener("click", async () => {
        problem.textContent = "";
        try {
          await request("DELETE", path);
          await fill(place);
        } catch (error) {
          if (!endsSession(error)) problem.textContent = explain(error);
        }
      });
      place.replaceChildren(
        element("ul", { class: "plain-list reasons" }, ...sessions.map(drawSession)),
        ...(byId("people").dataset["signOut"] === "true" && !one.you ? [element("p", {}, out)] : []),
      );
    } catch (error) {
      if (!endsSession(error)) place.replaceChildren(drawProblem(error, () => fill(place)));
    }
  };
  return drawLater("Where she is signed in", fill);
}

/** @param {OwnSession} session */
function drawSession({ device, network, created_at, seen_at }) {
  const from = network ? `Network ${network} · ` : "";
  return element(
    "li",
    {},
    element("p", {}, device && device !== "–" ? device : "Unknown device"),
    element("p", { class: "soft" }, from, "signed in ", moment(created_at, navigator.language), " · last seen ", moment(seen_at, navigator.language)),
  );
}

/** Why may she, and why not. @param {Colleague} one */
function drawWhy(one) {
  /** @param {HTMLElement} place */
  const fill = async (place) => {
    try {
      /** @type {{ actions: Explained[] }} */
      const { actions } = await request("GET", `/v1/staff/people/${encodeURIComponent(one.staff)}/access`);
      const may = actions.filter((action) => action.allowed);
      const not = actions.filter((action) => !action.allowed);
      place.replaceChildren(drawActions("She may", may), ...(not.length ? [drawActions("She may not", not)] : []));
      place.removeAttribute("aria-busy");
    } catch (error) {
      if (!endsSession(error)) place.replaceChildren(drawProblem(error, () => fill(place)));
    }
  };
  return drawLater("What she may do, and why", fill);
}

/** @param {string} title @param {Explained[]} actions */
function drawActions(title, actions) {
  return element(
    "section",
    {},
    element("h3", {}, title),
    element(
      "ul",
      { class: "plain-list reasons" },
      ...actions.map((action) =>
        element(
          "li",
          {},
          element("p", {}, action.words),
          element(
            "p",
            { class: "soft" },
            action.allowed || !action.allowed_for.length ? action.because.map((reason) => reason.words.replaceAll("`", "")).join("; ") : `No rule of her role allows it. These may: ${action.allowed_for.map(titled).join(", ")}`,
          ),
        ),
      ),
    ),
  );
}

// ---- Inviting ----------------------------------------------------------------------------------

/** @param {HTMLFormElement} form */
async function invite(form) {
  const problem = byId("invite-problem");
  const field = /** @type {HTMLInputElement} */ (byId("invite-name"));
  const name = field.value.trim();
  problem.textContent = "";
  field.removeAttribute("aria-invalid");
  if (!name) {
    problem.textContent = "Please enter the name of your colleague.";
    field.setAttribute("aria-invalid", "true");
    field.focus();
    return;
  }
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await request("POST", "/v1/staff/people", { name, ...positionOf(form) });
    form.reset();
    byId("invite-position").replaceChildren();
    showLink(answer);
    await list();
  } catch (error) {
    if (!endsSession(error)) problem.textContent = worded(error);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** @param {{ name: string, link: string, expires_at: string }} invited */
function showLink({ name, link, expires_at }) {
  const place = byId("invited");
  const field = element("input", { id: "invited-link", type: "text", readonly: true, value: link, spellcheck: "false" });
  field.addEventListener("focus", () => field.select());
  const copy = element("button", { type: "button", class: "secondary" }, "Copy link");
  const copied = element("p", { class: "hint", role: "status" });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link);
      copied.textContent = "Copied.";
    } catch {
      field.focus();
      copied.textContent = "Your browser did not allow copying. The link is selected: copy it with the keyboard.";
    }
  });
  place.replaceChildren(
    element("h3", {}, "Sign-in link for ", element("bdi", {}, name)),
    element("label", { for: "invited-link" }, "Pass this link on in private. It works once, until ", moment(expires_at, navigator.language), ", and is not shown again."),
    element("div", { class: "copy" }, field, copy),
    copied,
  );
  place.hidden = false;
  field.focus();
}
