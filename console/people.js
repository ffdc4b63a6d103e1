// Who may sign in, and inviting a colleague.

import { request } from "./api.js";
import { byId, element, moment } from "./dom.js";
import { drawProblem, endsSession, explain } from "./trouble.js";

/** @import { Colleague } from "./types.js" */

export function startPeople() {
  void list();
  const form = /** @type {HTMLFormElement} */ (byId("invite"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void invite(form);
  });
}

async function list() {
  const place = byId("people");
  try {
    /** @type {{ staff: Colleague[] }} */
    const { staff } = await request("GET", "/v1/staff/people");
    const rows = staff.map((one) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, element("bdi", {}, one.name), one.you ? element("span", { class: "badge" }, "You") : ""),
        element("td", {}, one.role === "admin" ? "Admin" : "Agent"),
        element("td", {}, moment(one.created_at, navigator.language)),
      ),
    );
    place.replaceChildren(
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            element("th", { scope: "col" }, "Name"),
            element("th", { scope: "col" }, "Role"),
            element("th", { scope: "col" }, "Since"),
          ),
        ),
        element("tbody", {}, ...rows),
      ),
    );
  } catch (error) {
    if (!endsSession(error)) place.replaceChildren(drawProblem(error, list));
  }
  place.removeAttribute("aria-busy");
}

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
    const role = new FormData(form).get("role") === "admin" ? "admin" : "agent";
    const answer = await request("POST", "/v1/staff/people", { name, role });
    form.reset();
    showLink(answer);
    await list();
  } catch (error) {
    if (!endsSession(error)) problem.textContent = explain(error);
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
