// The widget's looks and words, with the widget itself beside them, and the switch from trial to live.
//
// INVARIANT: what is tried out here is in the preview's address alone until it is saved.

import { Refusal, request } from "./api.js";
import { byId, element } from "./dom.js";
import { LANGUAGES, explainFront, labelled, readFront, select, writeFront } from "./front.js";
import { drawProblem, endsSession } from "./trouble.js";

/** @import { FrontSettings, FrontTexts, FrontView } from "./types.js" */

const CHOICES = 3;

export async function startDesigner() {
  const place = byId("designer");
  try {
    const front = await readFront();
    const { token } = await request("POST", "/v1/staff/front/previews", {});
    draw(place, front, token);
  } catch (error) {
    if (!endsSession(error)) place.replaceChildren(drawProblem(error, startDesigner, explainFront));
  }
  place.removeAttribute("aria-busy");
}

/**
 * @param {HTMLElement} place
 * @param {FrontView} front
 * @param {string} preview
 */
function draw(place, front, preview) {
  let { version, settings: saved } = front;
  /** @type {FrontSettings} */
  const draft = structuredClone(saved);
  let language = draft.language;

  // ---- The preview ----
  const frame = element("iframe", { class: "preview", title: "Your shop's page with the widget" });
  const stage = element("div", { class: "stage" }, frame);
  const problem = element("p", { class: "problem", role: "alert" });
  let timer = 0;
  const show = async () => {
    const text = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(draft))));
    const coded = text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    // Asked first, so that what is wrong is said here and the preview stays as it was.
    const answer = await fetch(`/widget/v1/theme/${front.shop.handle}?draft=${coded}`);
    if (answer.ok) {
      problem.textContent = "";
      frame.src = `/console/designer/sample?${new URLSearchParams({ preview, draft: coded, locale: language })}`;
      return;
    }
    const told = await answer.json().catch(() => ({}));
    problem.textContent = explainFront(new Refusal(answer.status, told, 0));
  };
  const changed = () => {
    save.disabled = JSON.stringify(draft) === JSON.stringify(saved);
    said.textContent = save.disabled ? "" : "Not saved yet.";
    clearTimeout(timer);
    timer = window.setTimeout(() => void show().catch(() => undefined), 350);
  };
  /** @param {string} name @param {Record<string, string>} choices */
  const toggle = (name, choices) =>
    element(
      "fieldset",
      { class: "segmented" },
      element("legend", { class: "visually-hidden" }, name),
      ...Object.entries(choices).map(([value, label], at) => {
        const input = element("input", { type: "radio", name, value, checked: at === 0 });
        input.addEventListener("change", () => {
          for (const other of Object.keys(choices)) stage.classList.toggle(other, other === value);
        });
        return element("label", {}, input, element("span", {}, label));
      }),
    );
  stage.classList.add("desktop", "light");

  // ---- Looks ----
  const { look } = draft;
  const accent = element("input", { type: "color", value: look.accent });
  accent.addEventListener("input", () => {
    look.accent = accent.value;
    changed();
  });
  const own = element("input", { type: "checkbox", checked: Boolean(look.on_accent) });
  const ink = element("input", { type: "color", value: look.on_accent ?? "#ffffff", "aria-label": "Colour of text on the accent" });
  const inkChanged = () => {
    look.on_accent = own.checked ? ink.value : null;
    ink.hidden = !own.checked;
    changed();
  };
  ink.hidden = !own.checked;
  own.addEventListener("change", inkChanged);
  ink.addEventListener("input", inkChanged);
  /** @param {"radius" | "inset" | "rise"} key @param {number} most */
  const range = (key, most) => {
    const input = element("input", { type: "number", inputmode: "numeric", min: 0, max: most, value: look[key] });
    input.addEventListener("input", () => {
      look[key] = Math.trunc(Number(input.value)) || 0;
      changed();
    });
    return input;
  };
  const side = select({ right: "Right", left: "Left" }, look.side);
  side.addEventListener("change", () => {
    look.side = /** @type {"left" | "right"} */ (side.value);
    changed();
  });

  // ---- Words ----
  const words = element("div", { class: "words" });
  const tongue = select(LANGUAGES, language);
  tongue.addEventListener("change", () => {
    language = tongue.value;
    drawWords();
    changed();
  });
  const drawWords = () => {
    /** @type {FrontTexts} */
    const texts = (draft.texts[language] ??= { greeting: null, launcher: null, welcome: null, hint: null, choices: [] });
    /** @param {"greeting" | "launcher" | "welcome" | "hint"} key @param {string} label @param {number} most @param {string} [hint] */
    const text = (key, label, most, hint) => {
      const input = element("input", { type: "text", maxlength: most, dir: "auto", lang: language, value: texts[key] ?? "" });
      input.addEventListener("input", () => {
        texts[key] = input.value.trim() ? input.value : null;
        changed();
      });
      return labelled(label, input, hint);
    };
    const rows = Array.from({ length: Math.max(CHOICES, texts.choices.length) }, (_, at) => {
      const label = element("input", { type: "text", maxlength: 40, lang: language, "aria-label": `Choice ${at + 1}: what it says`, placeholder: "What it says", value: texts.choices[at]?.label });
      const asks = element("input", { type: "text", maxlength: 200, lang: language, "aria-label": `Choice ${at + 1}: what it asks`, placeholder: "What it asks", value: texts.choices[at]?.text });
      return { label, asks, node: element("div", { class: "pair" }, label, asks) };
    });
    for (const row of rows) {
      row.node.addEventListener("input", () => {
        texts.choices = rows.flatMap(({ label, asks }) => (label.value.trim() ? [{ label: label.value, text: asks.value.trim() || label.value }] : []));
        changed();
      });
    }
    words.replaceChildren(
      text("greeting", "Greeting", 120, "In a bubble beside the launcher until it is dismissed. Empty: no bubble."),
      text("launcher", "Name of the launcher", 40, "Read out by screen readers. Empty: “Open chat”."),
      text("welcome", "Heading", 60),
      text("hint", "Line below it", 160),
      element("fieldset", { class: "field" }, element("legend", {}, "Quick choices"), ...rows.map((row) => row.node), element("p", { class: "hint" }, "Empty: the widget's own three questions.")),
    );
  };
  drawWords();

  // ---- The logo ----
  const file = element("input", { type: "file", accept: "image/png,image/webp" });
  const logoSaid = element("p", { class: "hint", role: "status" });
  const remove = element("button", { type: "button", class: "secondary", hidden: !front.logo }, "Remove the logo");
  /** @param {"PUT" | "DELETE"} method @param {File} [picture] */
  const setLogo = async (method, picture) => {
    const headers = { "X-Parlour": "1", ...(picture ? { "Content-Type": "application/octet-stream" } : {}) };
    try {
      const answer = await fetch("/v1/staff/front/logo", { method, headers, body: picture });
      if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})), 0);
      remove.hidden = method === "DELETE";
      logoSaid.textContent = method === "DELETE" ? "The logo is gone." : "The logo is set.";
      await show();
    } catch (error) {
      if (!endsSession(error)) logoSaid.textContent = explainFront(error);
    }
    file.value = "";
  };
  file.addEventListener("change", () => {
    if (file.files?.[0]) void setLogo("PUT", file.files[0]);
  });
  remove.addEventListener("click", () => void setLogo("DELETE"));

  // ---- Saving ----
  const save = element("button", { class: "primary", disabled: true }, "Save");
  const said = element("p", { class: "hint", role: "status" });
  const form = element(
    "form",
    { class: "controls", novalidate: true },
    element(
      "section",
      { class: "card", "aria-labelledby": "looks-title" },
      element("h2", { id: "looks-title" }, "Looks"),
      labelled("Accent colour", accent, "Text on it is white or black, whichever is read better."),
      element("label", { class: "option" }, own, " Choose the colour of text on it myself"),
      ink,
      labelled("Roundness of corners, 0 to 28", range("radius", 28)),
      labelled("Side of the page", side),
      element("div", { class: "pair" }, labelled("From the side, in pixels", range("inset", 200)), labelled("From the foot, in pixels", range("rise", 300))),
      labelled("Logo", file, "PNG or WebP, at most 100 KiB. It is set at once."),
      remove,
      logoSaid,
    ),
    element("section", { class: "card", "aria-labelledby": "words-title" }, element("h2", { id: "words-title" }, "Words"), labelled("Language", tongue), words),
    problem,
    element("div", { class: "save" }, save, said),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (save.disabled || form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    try {
      const now = await writeFront(version, draft);
      ({ version, settings: saved } = now);
      Object.assign(draft, structuredClone(saved));
      save.disabled = true;
      said.textContent = "Saved.";
      problem.textContent = "";
    } catch (error) {
      if (!endsSession(error)) problem.textContent = explainFront(error);
    }
    form.removeAttribute("aria-busy");
  });

  // ---- Going live ----
  const live = element("div", { class: "going-live" });
  const drawState = () => {
    const onTrial = saved.state === "trial";
    const pill = byId("state");
    pill.textContent = onTrial ? "Trial" : "Live";
    pill.dataset["state"] = onTrial ? "waiting" : "assistant";
    const button = element("button", { type: "button", class: onTrial ? "primary" : "secondary" }, onTrial ? "Go live…" : "Back to trial…");
    button.addEventListener("click", () => confirm(onTrial));
    const page = front.shop.origins[0];
    live.replaceChildren(
      element("p", { class: "soft" }, onTrial ? "Only staff see the widget, with a preview. Shoppers see nothing." : "Everybody who opens a page with the tag sees the widget."),
      element(
        "div",
        { class: "row-of-buttons" },
        button,
        page ? element("a", { class: "button secondary", href: `${page}/#parlour-preview=${preview}`, target: "_blank", rel: "noopener noreferrer" }, "See it on the shop") : undefined,
      ),
      page ? element("p", { class: "hint" }, "The preview is yours, and good for an hour.") : element("p", { class: "hint" }, "No page of the shop is registered yet: see the settings."),
    );
  };
  /** @param {boolean} toLive */
  const confirm = (toLive) => {
    const dialog = /** @type {HTMLDialogElement} */ (byId("going"));
    byId("going-title").textContent = toLive ? "Go live?" : "Go back to trial?";
    byId("going-text").textContent = toLive
      ? "From now on everybody who opens a page with the tag sees the widget, and shoppers can write to you. Changes that are not saved stay unsaved."
      : "Shoppers no longer see the widget and cannot begin a chat. Chats that are open go on until they are closed. Changes that are not saved stay unsaved.";
    byId("going-problem").textContent = "";
    const yes = byId("going-yes");
    yes.textContent = toLive ? "Go live" : "Back to trial";
    yes.onclick = async () => {
      try {
        const now = await writeFront(version, { ...saved, state: toLive ? "live" : "trial" });
        ({ version, settings: saved } = now);
        draft.state = saved.state;
        dialog.close();
        drawState();
      } catch (error) {
        if (!endsSession(error)) byId("going-problem").textContent = explainFront(error);
      }
    };
    byId("going-no").onclick = () => dialog.close();
    dialog.showModal();
  };
  drawState();

  const tag = element("textarea", { id: "tag", readonly: true, rows: 4, spellcheck: "false", class: "script-tag" }, front.shop.tag);
  const copy = element("button", { type: "button", class: "secondary" }, "Copy the tag");
  const copied = element("p", { class: "hint", role: "status" });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(front.shop.tag);
      copied.textContent = "Copied.";
    } catch {
      tag.select();
      copied.textContent = "Your browser did not allow copying. The tag is selected: copy it with the keyboard.";
    }
  });

  place.replaceChildren(
    form,
    element(
      "div",
      { class: "beside" },
      element("div", { class: "views" }, toggle("Size", { desktop: "Desktop", phone: "Phone" }), toggle("Scheme", { light: "Light", dark: "Dark" })),
      stage,
      element("section", { class: "card", "aria-labelledby": "live-title" }, element("h2", { id: "live-title" }, "Who sees it"), live),
      element(
        "section",
        { class: "card", "aria-labelledby": "tag-title" },
        element("h2", { id: "tag-title" }, "On your pages"),
        element("p", { class: "soft" }, "Put this before the end of the body of each page. The hash keeps the script as it is: after an upgrade, copy the tag anew."),
        labelled("Script tag", tag),
        copy,
        copied,
      ),
    ),
  );
  void show();
}
