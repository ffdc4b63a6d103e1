// What the screen makes of a shopper's message, as small marks beside it, with the reasons on demand. The
// marks advise: a false alarm happens, and nothing but the words themselves is proof.

import { element } from "./dom.js";
import { SENSITIVE } from "./words.js";

/** @import { Advice, LinkAdvice } from "./desk_types.js" */

/**
 * @param {Advice | undefined} advice
 * @returns {HTMLElement | ""} nothing where there is nothing to say
 */
export function drawAdvice(advice) {
  if (!advice) return "";
  const { steering, links = [], sensitive = [] } = advice;
  const marks = [
    ...(steering
      ? [
          drawMark("danger", ["Looks like an attempt to steer the assistant"], steering.reasons, [
            `Score ${steering.score} of 100. The assistant may look things up and talk about such a message; it puts nothing into a cart and proposes nothing.`,
          ]),
        ]
      : []),
    ...links.map(drawLinkMark),
    ...sensitive.map((category) =>
      drawMark("", [`Tells of ${SENSITIVE[category]}`], [], ["Such data is specially protected. Use it for the answer and note no more of it than that takes."]),
    ),
  ];
  return element("ul", { class: "advice", "aria-label": "About this message" }, ...marks.map((mark) => element("li", {}, mark)));
}

/** @param {LinkAdvice} link */
function drawLinkMark({ number, verdict, imitates, score, reasons }) {
  const sure = verdict === "blocked";
  const what = imitates
    ? [sure ? "Link imitates " : "Link may imitate ", element("bdi", {}, imitates)]
    : [sure ? "Link built to deceive" : "Suspicious link"];
  return drawMark(sure ? "danger" : "caution", what, reasons, [
    `Web address ${number} of the message, score ${score} of 100. Do not open it, and do not ask the shopper to.`,
  ]);
}

/**
 * @param {"" | "caution" | "danger"} tone
 * @param {(string | Node)[]} what
 * @param {string[]} reasons
 * @param {string[]} more
 */
function drawMark(tone, what, reasons, more) {
  return element(
    "details",
    { class: `advice-mark ${tone}`.trim() },
    element("summary", {}, ...what),
    reasons.length ? element("ul", {}, ...reasons.map((reason) => element("li", {}, `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`))) : "",
    ...more.map((words) => element("p", { class: "hint" }, words)),
  );
}
