// Signing in with the one-time link. The token stands in the address's fragment, which browsers do
// not send anywhere; it is used only by a click, so that a mail scanner which opens the link does
// not use it up.

import { Refusal, request } from "./api.js";
import { byId } from "./dom.js";
import { explain } from "./trouble.js";

export function startSignIn() {
  // A link opened in this very tab changes the fragment only, which loads nothing by itself.
  addEventListener("hashchange", () => location.reload());
  const token = location.hash.slice(1).replace(/^token=/, "");
  if (!token) return;
  const button = byId("sign-in");
  const problem = byId("problem");
  byId("about").textContent = "Your sign-in link is ready. It works once: signing in here uses it up.";
  byId("ask").hidden = true;
  button.hidden = false;
  button.focus();
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await request("POST", "/v1/staff/sessions", { token });
      // The link must not stay in the history of a shared computer.
      history.replaceState(null, "", "/console/sign-in");
      location.replace("/console");
    } catch (error) {
      button.removeAttribute("aria-busy");
      const spent = error instanceof Refusal && [400, 401, 404, 410, 422].includes(error.status);
      problem.textContent = spent
        ? "This link does not work any more: it was used already, or it is too old. Ask an admin of your shop for a new one."
        : explain(error);
      if (spent) {
        history.replaceState(null, "", "/console/sign-in");
        byId("about").hidden = true;
        button.hidden = true;
      }
    }
  });
}
