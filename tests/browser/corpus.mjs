// The corpus of hostile strings (D06): every text of `corpus/`, one group a file.
//
// A line is a string. A line that begins with `#:` says what the group is about, and ⟨HEX⟩ stands for
// the code point, so that a file holds no character that nobody sees. The group `handlers` is made
// here: each event that a person or a page can cause, on elements in turn, in the spellings that
// parsers accept. `crates/trust/guard/src/tests/corpus.rs` reads the same files.

import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("corpus/", import.meta.url);

const ELEMENTS = ["a href=#", "b", "button", "div", "span", "p tabindex=0", "summary", "label", "td", "x-y", "section", "svg", "math", "input", "textarea", "form"];

const EVENTS = (
  "auxclick beforecopy beforecut beforeinput beforepaste blur change click close compositionend contextmenu copy cut dblclick " +
  "drag dragend dragenter dragleave dragover dragstart drop focus focusin focusout formdata fullscreenchange gotpointercapture " +
  "input invalid keydown keypress keyup lostpointercapture mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup " +
  "mousewheel paste pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate " +
  "pointerup reset resize scroll scrollend securitypolicyviolation select selectionchange selectstart submit toggle touchcancel " +
  "touchend touchmove touchstart transitioncancel transitionrun transitionstart animationcancel webkitanimationend " +
  "webkitmouseforcedown webkittransitionend wheel"
).split(" ");

/** @type {((tag: string, event: string) => string)[]} */
const SPELLINGS = [
  (tag, event) => `<${tag} on${event}=__struck=1>press me`,
  (tag, event) => `<${tag} on${event}="window.__struck=1">press me</${tag.split(" ")[0]}>`,
  (tag, event) => `<${tag.toUpperCase()} ON${event.toUpperCase()}='window.__struck=1'>press me`,
  (tag, event) => `<${tag.replace(" ", "/")}/on${event}=__struck=1/>press me`,
  (tag, event) => `<${tag}\n\ton${event} =\n__struck=1 >press me`,
  (tag, event) => `"><${tag} on${event}=&#95;&#95;struck&#61;1>press me`,
  (tag, event) => `<${tag} class="turn" on${event}="window['__struck']=1" style="padding:9px">press me`,
];

function handlers() {
  return EVENTS.flatMap((event, index) =>
    [0, 1].map((turn) => {
      const at = index * 2 + turn;
      const element = ELEMENTS[(at * 5 + index) % ELEMENTS.length] ?? "b";
      const spelling = SPELLINGS[at % SPELLINGS.length];
      if (!spelling) throw new Error("there is no such spelling");
      return spelling(element, event);
    }),
  );
}

/** @param {string} line */
const unfolded = (line) => line.replace(/⟨([0-9A-F]{1,5})⟩/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));

/** @returns {Map<string, string[]>} the strings of each group */
export function groups() {
  /** @type {Map<string, string[]>} */
  const all = new Map();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".txt")).sort()) {
    const lines = readFileSync(new URL(file, FOLDER), "utf8").split("\n");
    all.set(file.slice(0, -4), lines.filter((line) => line !== "" && !line.startsWith("#:")).map(unfolded));
  }
  return all.set("handlers", handlers());
}

/** Every string of the corpus. */
export const CORPUS = [...groups().values()].flat();
