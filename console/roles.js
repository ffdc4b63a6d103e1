// The roles of the shop: those that every shop has, and composing others from the list of permissions.

import { Refusal, request } from "./api.js";
import { byId, element } from "./dom.js";
import { list } from "./people.js";
import { redraw } from "./steady.js";
import { endsSession, explain } from "./trouble.js";
import { pressTwice } from "./twice.js";

/** @import { Permission, Role, Roles } from "./types.js" */

/** @type {Record<string, string>} */
const REACHES = { assigned: "Only her own", queue: "Her own, and what waits", all: "All of the shop" };

/** @param {HTMLElement} place @param {Roles} found */
export function drawRoles(place, { roles, permissions }) {
  const manages = place.dataset["manage"] === "true";
  const compose = element("button", { type: "button", class: "secondary" }, "Compose a role");
  compose.addEventListener("click", () => openRole(undefined, permissions));
  redraw(
    place,
    element("ul", { class: "rows saved roles" }, ...roles.map((role) => drawRole(role, permissions, manages))),
    ...(manages ? [element("p", {}, compose)] : []),
  );
}

/** @param {Role} role @param {Permission[]} permissions @param {boolean} manages */
function drawRole(role, permissions, manages) {
  const edit = element("button", { type: "button", class: "secondary small", "aria-label": `Change the role ${role.title}` }, "Change");
  edit.addEventListener("click", () => openRole(role, permissions));
  const people = role.holders === 0 ? "nobody yet" : role.holders === 1 ? "1 person" : `${role.holders} people`;
  const words = role.permissions?.map((name) => wordsOf(name, permissions)).join("; ");
  return element(
    "li",
    {},
    element(
      "div",
      { class: "saved-what" },
      element("p", {}, element("strong", { dir: "auto" }, role.title), element("span", { class: "soft" }, ` · ${people}`), role.built_in ? "" : element("span", { class: "badge" }, "This shop's own")),
      element("p", { class: "soft" }, role.about ?? words ?? ""),
    ),
    manages && !role.built_in ? element("div", { class: "saved-do" }, edit) : undefined,
  );
}

/** @param {string} name @param {Permission[]} permissions */
function wordsOf(name, permissions) {
  const known = permissions.find((one) => one.permission === name);
  if (!known) return name;
  return known.reach ? `${known.words} (${(REACHES[known.reach] ?? known.reach).toLowerCase()})` : known.words;
}

/** @param {string} title @returns {string} a name of a role, made of what people call it */
export function nameFrom(title) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 40);
}

/** @param {Role | undefined} role @param {Permission[]} permissions */
function openRole(role, permissions) {
  const problem = element("p", { class: "problem", role: "alert" });
  const title = element("input", { id: "role-title", name: "title", maxlength: "60", required: true, autocomplete: "off", value: role?.title ?? "" });
  const save = element("button", { class: "primary" }, role ? "Save" : "Compose");
  const cancel = element("button", { type: "button", class: "secondary" }, "Cancel");
  const remove = element("button", { type: "button", class: "plain danger" }, "Remove");
  const form = element(
    "form",
    { class: "invite compose", novalidate: true },
    element("div", { class: "field" }, element("label", { for: "role-title" }, "What it is called"), title, element("p", { class: "hint" }, "A word such as “Packer”, and nobody's name.")),
    element("fieldset", { class: "field permissions" }, element("legend", {}, "Whoever has it may"), ...drawPermissions(role, permissions)),
    problem,
    element("div", { class: "buttons" }, save, cancel, role ? remove : undefined),
  );
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "role-heading" }, element("h2", { id: "role-heading" }, role ? "Change a role" : "Compose a role"), form);
  /** @param {() => Promise<unknown>} work @param {string} told */
  const run = async (work, told) => {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await work();
      dialog.close();
      await list(told);
    } catch (error) {
      if (endsSession(error)) return;
      const known = error instanceof Refusal && { in_use: "Somebody has this role. Give everybody who has it another one first.", changed_meanwhile: "A colleague changed this role meanwhile. Close this and open it again." }[error.code];
      problem.textContent = known || explain(error);
    } finally {
      form.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = title.value.trim();
    const name = role?.role ?? nameFrom(words);
    const chosen = chosenOf(form);
    problem.textContent = !words || !name ? "Please say what the role is called." : !chosen.length ? "Please choose what it may do." : "";
    if (problem.textContent) return void (words ? undefined : title.focus());
    const wish = { title: words, permissions: chosen, version: role?.version ?? 0 };
    void run(() => request("PUT", `/v1/staff/roles/${encodeURIComponent(name)}`, wish), role ? `The role ${words} is changed for everybody who has it.` : `The role ${words} can be given from now on.`);
  });
  if (role) pressTwice(remove, "Remove for good", () => run(() => request("DELETE", `/v1/staff/roles/${encodeURIComponent(role.role)}?version=${role.version}`), `The role ${role.title} is gone.`));
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  byId("main").append(dialog);
  dialog.showModal();
  title.focus();
}

/** @param {Role | undefined} role @param {Permission[]} permissions */
function drawPermissions(role, permissions) {
  const held = new Set(role?.permissions);
  /** Each action once, with the ways to hold it. @type {Map<string, Permission[]>} */
  const actions = new Map();
  for (const one of permissions) if (!one.idle) actions.set(one.action, [...(actions.get(one.action) ?? []), one]);
  return [...actions].map(([action, ways]) => {
    const first = ways[0];
    const words = first?.words ?? action;
    if (first && !first.reach) {
      const box = element("input", { type: "checkbox", name: "permission", value: first.permission, checked: held.has(first.permission) });
      return element("label", { class: "option" }, box, " ", element("span", {}, words));
    }
    const select = element("select", { name: "permission", id: `reach-${action}` }, element("option", { value: "" }, "Not"), ...ways.map((way) => element("option", { value: way.permission }, REACHES[way.reach ?? ""] ?? way.permission)));
    select.value = ways.find((way) => held.has(way.permission))?.permission ?? "";
    return element("div", { class: "option reach" }, select, " ", element("label", { for: `reach-${action}` }, words));
  });
}

/** @param {HTMLFormElement} form */
const chosenOf = (form) => new FormData(form).getAll("permission").map(String).filter(Boolean);
