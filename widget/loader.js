// @ts-check
// The only script a shop puts on its pages. It draws the launcher and, at the first opening, a
// sandboxed frame on Parlour's own origin. It reads the language of the page and nothing else, and keeps nothing in it:
// no cookie, no storage, no request before the shopper opens the chat.
(() => {
  const script = document.currentScript;
  const guard = Symbol.for("parlour.widget");
  if (!(script instanceof HTMLScriptElement) || !script.src || guard in window) return;
  const { shop, position } = script.dataset;
  if (!shop) return;
  const locale = script.dataset.locale || document.documentElement.lang;
  Object.defineProperty(window, guard, { value: 1 });
  const { origin } = new URL(script.src);

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto 20px 20px auto!important}
:host(.left){inset:auto auto 20px 20px!important}
*{box-sizing:border-box;font:500 15px/1.5 system-ui,sans-serif}
[hidden]{display:none!important}
button{cursor:pointer;border:0;color:#fff;background:#1d5a4c}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #1d5a4c}
.launch{display:grid;place-items:center;width:60px;height:60px;border-radius:50%;box-shadow:0 2px 6px #0003,0 10px 28px #0003;transition:background .15s}
.launch:hover{background:#174a3f}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.unread{position:absolute;top:-4px;right:-4px;min-width:24px;padding:0 6px;border-radius:12px;background:#b3261e;color:#fff;font-size:13px;line-height:24px;font-weight:650;text-align:center}
.panel{position:absolute;bottom:76px;right:0;width:min(404px,calc(100vw - 40px));height:min(680px,calc(100vh - 116px));border-radius:18px;overflow:hidden;display:grid;place-content:center;justify-items:center;gap:14px;background:#fbfaf7;color:#3c3f44;box-shadow:0 0 0 1px #0000000f,0 24px 64px #0000003d}
:host(.left) .panel{right:auto;left:0}
.panel p{margin:0;padding:0 32px;text-align:center}
.panel button{padding:10px 20px;min-height:44px;border-radius:22px}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;opacity:0}
.ready iframe{opacity:1}
@media(prefers-color-scheme:dark){.panel{background:#17191b;color:#c9c7c1}}
@media(prefers-reduced-motion:no-preference){.panel{animation:rise .18s ease-out}@keyframes rise{from{opacity:0;transform:translateY(10px)}}}
@media(max-width:520px){.panel,:host(.left) .panel{position:fixed;inset:0;width:auto;height:auto;border-radius:0}.ready:not([hidden])~.launch{display:none}}
@media(forced-colors:active){button{border:1px solid}}`);

  /** @param {string} name @param {object} [properties] */
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const host = make("parlour-chat", { className: position === "left" ? "left" : "" });
  const root = host.attachShadow({ mode: "closed" });
  root.adoptedStyleSheets = [sheet];

  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.append(path);
  const panel = make("div", { className: "panel", id: "panel", hidden: true });
  const status = make("p", { role: "status" });
  const retry = make("button", { type: "button", textContent: "Try again", hidden: true });
  const launch = make("button", { type: "button", className: "launch" });
  const badge = make("span", { className: "unread", hidden: true, ariaHidden: "true" });
  launch.setAttribute("aria-controls", "panel");
  launch.append(icon, badge);
  panel.append(status, retry);
  root.append(panel, launch);

  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let nonce = "", opened = false, unread = 0, patience = 0;

  /** @param {"opened" | "closed"} type */
  const tell = (type) => frame?.contentWindow?.postMessage({ parlour: 1, nonce, type }, origin);

  const draw = () => {
    panel.hidden = !opened;
    launch.setAttribute("aria-expanded", String(opened));
    launch.ariaLabel = opened ? "Close chat" : unread ? `Open chat, ${unread} new` : "Open chat";
    badge.hidden = opened || !unread;
    badge.textContent = unread > 9 ? "9+" : String(unread);
    path.setAttribute("d", opened ? "M6 6l12 12M18 6L6 18" : "M20 15a3 3 0 0 1-3 3H9l-5 3.5V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3zM8.5 9.5h7M8.5 13h4");
  };

  const load = () => {
    frame?.remove();
    panel.classList.remove("ready");
    retry.hidden = true;
    status.textContent = "Opening the chat…";
    nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    frame = document.createElement("iframe");
    frame.title = "Chat";
    frame.referrerPolicy = "strict-origin";
    frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-forms", "allow-popups", "allow-popups-to-escape-sandbox");
    frame.src = `${origin}/widget/v1/frame?${new URLSearchParams(locale ? { shop, locale } : { shop })}#${new URLSearchParams({ nonce, host: location.origin })}`;
    panel.append(frame);
    clearTimeout(patience);
    patience = window.setTimeout(() => {
      status.textContent = "The chat cannot be reached just now.";
      retry.hidden = false;
    }, 15000);
  };

  /** @param {boolean} wanted */
  const turn = (wanted) => {
    if (opened === wanted) return;
    opened = wanted;
    if (opened) unread = 0;
    draw();
    if (opened) {
      if (!frame) load();
      frame?.focus();
    } else launch.focus();
    tell(opened ? "opened" : "closed");
  };

  // INVARIANT: a message counts only from our own frame, from Parlour's origin, with this frame's
  // nonce and in exactly the expected shape; whatever else the page sends itself is ignored.
  addEventListener("message", ({ source, origin: from, data }) => {
    if (!frame || source !== frame.contentWindow || from !== origin) return;
    if (!data || typeof data !== "object" || data.parlour !== 1 || data.nonce !== nonce) return;
    const shape = Object.keys(data).sort().join();
    if (shape === "count,nonce,parlour,type") {
      if (data.type !== "unread" || !Number.isInteger(data.count) || data.count < 0 || data.count > 999) return;
      unread = opened ? 0 : data.count;
      draw();
    } else if (shape === "nonce,parlour,type") {
      if (data.type === "open") turn(true);
      else if (data.type === "close") turn(false);
      else if (data.type === "ready") {
        clearTimeout(patience);
        panel.classList.add("ready");
        status.textContent = "";
        retry.hidden = true;
        tell(opened ? "opened" : "closed");
      }
    }
  });
  launch.addEventListener("click", () => turn(!opened));
  retry.addEventListener("click", load);
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Escape") turn(false);
  });

  draw();
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
