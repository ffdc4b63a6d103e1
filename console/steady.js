// Lists that are drawn anew stand still under a pressed finger and keep the focus where it was.
//
// A click is a press and a release on one and the same element: whoever presses a row of a list that is replaced before
// she lets go has clicked nothing. So what is new waits until she has.

/** Where a finger, a pen or a button of the mouse is down. @type {EventTarget | null} */
let pressed = null;
/** What waits to be drawn, the latest of each place. @type {Map<Element, Node[]>} */
const waiting = new Map();

addEventListener("pointerdown", ({ target }) => void (pressed = target), true);
for (const end of ["pointerup", "pointercancel", "blur"]) {
  addEventListener(
    end,
    ({ type, target }) => {
      // Of what loses the focus only the window counts: a press takes it from a field as well.
      if (type === "blur" && target !== window) return;
      // The click comes after the release, in the same turn.
      setTimeout(() => {
        pressed = null;
        for (const [place, children] of waiting) put(place, children);
        waiting.clear();
      });
    },
    true,
  );
}

/**
 * Replaces what stands in a place, once nobody presses it.
 *
 * @param {Element} place
 * @param {...Node} children
 */
export function redraw(place, ...children) {
  if (pressed instanceof Node && place.contains(pressed)) waiting.set(place, children);
  else {
    waiting.delete(place);
    put(place, children);
  }
}

/** @param {Element} place @param {Node[]} children */
function put(place, children) {
  const { activeElement } = document;
  const focused = place.contains(activeElement) ? activeElement?.closest("a")?.getAttribute("href") : undefined;
  place.replaceChildren(...children);
  if (!focused) return;
  for (const link of place.querySelectorAll("a")) {
    if (link.getAttribute("href") === focused) return link.focus();
  }
}
