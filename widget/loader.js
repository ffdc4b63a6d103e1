// @ts-check
// The only script a shop puts on its pages. It asks Parlour's own origin, in a frame that nobody sees,
// whether there is a chat for this visitor and how its launcher looks; draws that; and at the first
// opening a second, sandboxed frame with the chat. Of the page it reads the language and, behind the
// `#`, a preview of staff; it keeps nothing in it, and sends nothing but what is named here.
(() => {
  const script = document.currentScript;
  const guard = Symbol.for("parlour.widget");
  if (!(script instanceof HTMLScriptElement) || !script.src || guard in window) return;
  const { shop, position, draft } = script.dataset;
  if (!shop) return;
  const locale = script.dataset.locale || document.documentElement.lang;
  const preview = script.dataset.preview || new URLSearchParams(location.hash.slice(1)).get("parlour-preview");
  Object.defineProperty(window, guard, { value: 1 });
  const { origin } = new URL(script.src);
  const asked = new URLSearchParams({ shop });
  for (const [name, value] of Object.entries({ locale, preview, draft })) if (value) asked.set(name, value);

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto var(--inset) var(--rise) auto!important}
:host(.left){inset:auto auto var(--rise) var(--inset)!important}
*{box-sizing:border-box;font:500 15px/1.5 system-ui,sans-serif}
[hidden]{display:none!important}
button{cursor:pointer;border:0;color:var(--ink);background:var(--accent)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--accent)}
.launch{position:relative;display:grid;place-items:center;width:60px;height:60px;border-radius:50%;box-shadow:0 4px 20px #0005}
.launch:hover{background:var(--hover)}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.unread{position:absolute;top:-4px;right:-4px;min-width:24px;padding:0 6px;border-radius:12px;background:#b3261e;color:#fff;font-size:13px;line-height:24px;text-align:center}
.box{position:absolute;bottom:76px;right:0;border-radius:var(--radius);background:#fbfaf7;color:#3c3f44;box-shadow:0 4px 40px #0005}
.panel{width:min(404px,calc(100vw - 40px));height:min(720px,calc(100vh - 96px - var(--rise)));overflow:hidden;display:grid;place-content:center;gap:14px;text-align:center}
.bubble{display:flex;width:max-content;max-width:280px}
:host(.left) .box{right:auto;left:0}
.panel button{padding:10px 20px;min-height:44px;border-radius:22px}
.bubble button{background:none;color:inherit;padding:12px 4px 12px 16px;text-align:start}
.bubble .away{padding:12px 18px}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;visibility:hidden}
.ready iframe{visibility:visible}
@media(prefers-color-scheme:dark){.box{background:#17191b;color:#c9c7c1}}
@media(prefers-reduced-motion:no-preference){.box{animation:rise .18s ease-out}@keyframes rise{from{opacity:0;transform:translateY(10px)}}}
@media(max-width:520px){.panel,:host(.left) .panel{position:fixed;inset:0;width:auto;height:auto;border-radius:0}.ready:not([hidden])~.launch{display:none}}
@media(forced-colors:active){button{border:1px solid}}`);

  /** @param {string} name @param {object} [properties] */
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const host = make("parlour-chat");
  const root = host.attachShadow({ mode: "closed" });
  root.adoptedStyleSheets = [sheet];

  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.append(path);
  const panel = make("div", { className: "box panel", hidden: true });
  const status = make("div", { role: "status" });
  const retry = make("button", { type: "button", hidden: true });
  const bubble = make("div", { className: "box bubble", hidden: true });
  const greeting = make("button", { type: "button" });
  const away = make("button", { type: "button", className: "away", textContent: "×" });
  const launch = make("button", { type: "button", className: "launch", hidden: true });
  const badge = make("span", { className: "unread", hidden: true, ariaHidden: "true" });
  launch.append(icon, badge);
  panel.append(status, retry);
  bubble.append(greeting, away);
  root.append(panel, bubble, launch);

  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  /** @type {HTMLIFrameElement | undefined} */
  let teller;
  /** @type {any} */
  const words = {};
  let opened = false, unread = 0, patience = 0;
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** @param {HTMLIFrameElement | undefined} to @param {string} type */
  const tell = (to, type) => to?.contentWindow?.postMessage({ parlour: 1, nonce, type }, origin);

  /** @param {string} page */
  const embed = (page) => {
    const made = document.createElement("iframe");
    made.referrerPolicy = "strict-origin";
    made.sandbox.value = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";
    made.src = `${origin}/widget/v1/${page}?${asked}#${new URLSearchParams({ nonce, host: location.origin })}`;
    return made;
  };

  const draw = () => {
    panel.hidden = !opened;
    launch.ariaExpanded = `${opened}`;
    launch.ariaLabel = opened ? words.close : unread ? words.unread.replace("#", unread) : words.open;
    badge.hidden = opened || !unread;
    badge.textContent = unread > 9 ? "9+" : String(unread);
    bubble.hidden = opened || !words.greeting;
    path.setAttribute("d", opened ? "M6 6l12 12M18 6L6 18" : "M20 15a3 3 0 0 1-3 3H9l-5 3.5V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3zM8.5 9.5h7M8.5 13h4");
  };

  const load = () => {
    frame?.remove();
    panel.classList.remove("ready");
    retry.hidden = true;
    status.textContent = words.opening;
    frame = embed("frame");
    frame.title = words.title;
    panel.append(frame);
    clearTimeout(patience);
    patience = window.setTimeout(() => {
      status.textContent = words.trouble;
      retry.hidden = false;
    }, 15000);
  };

  const dismiss = () => {
    if (words.greeting) tell(teller, "dismissed");
    words.greeting = "";
    draw();
  };

  /** @param {boolean} wanted */
  const turn = (wanted) => {
    if (opened === wanted) return;
    opened = wanted;
    if (opened) unread = 0;
    dismiss();
    if (opened) {
      if (!frame) load();
      frame?.focus();
    } else launch.focus();
    tell(frame, opened ? "opened" : "closed");
  };

  // INVARIANT: of what the look says, colours are colours, lengths are small numbers, and the rest is
  // text: none of it can become a rule or a part of the page.
  /** @param {Record<string, unknown>} look */
  const dress = (look) => {
    const { style } = host;
    for (const [name, value] of Object.entries(look)) {
      if (/^#[0-9a-f]{6}$/.test(`${value}`)) style.setProperty(`--${name}`, `${value}`);
      else if (typeof value === "number") style.setProperty(`--${name}`, `${value & 511}px`);
      else words[name] = `${value}`.slice(0, 200);
    }
    host.className = (position || words.side) === "left" ? "left" : "";
    retry.textContent = words.again;
    greeting.textContent = words.greeting;
    away.ariaLabel = words.dismiss;
    draw();
    launch.hidden = false;
  };

  // INVARIANT: a message counts only from our own frames, from Parlour's origin, with that frame's
  // nonce and in exactly the expected shape; whatever else the page sends itself is ignored.
  addEventListener("message", ({ source, origin: from, data }) => {
    if (from !== origin || data?.parlour !== 1 || data.nonce !== nonce) return;
    const shape = Object.keys(data).sort().join();
    if (source === teller?.contentWindow) {
      if (!words.open && shape === "look,nonce,parlour,type") dress(data.look);
    } else if (source !== frame?.contentWindow) return;
    else if (shape === "count,nonce,parlour,type") {
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
        tell(frame, opened ? "opened" : "closed");
      }
    }
  });
  launch.addEventListener("click", () => turn(!opened));
  greeting.addEventListener("click", () => turn(true));
  away.addEventListener("click", () => {
    dismiss();
    launch.focus();
  });
  retry.addEventListener("click", load);
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Escape") turn(false);
  });

  const ask = () => {
    teller = embed("launch");
    root.append(teller);
    document.body.append(host);
  };
  if (document.body) ask();
  else addEventListener("DOMContentLoaded", ask);
})();
