// The live line while a window is out of sight: a shopper's is hung up after a minute, so that she counts
// as gone and is mailed if she asked for that; a desk's stays, since it rings in other tabs.

import assert from "node:assert/strict";
import { beforeEach, describe, mock, test } from "node:test";

class FakeSource extends EventTarget {
  static opened = 0;
  /** @type {Set<FakeSource>} */
  static open = new Set();
  constructor() {
    super();
    FakeSource.opened += 1;
    FakeSource.open.add(this);
  }
  close() {
    FakeSource.open.delete(this);
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const window = new EventTarget();
Object.assign(globalThis, {
  EventSource: FakeSource,
  document: page,
  addEventListener: window.addEventListener.bind(window),
  removeEventListener: window.removeEventListener.bind(window),
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true, language: "en" }, configurable: true });
const { openLine } = await import("../../../widget/live.js");

/** @param {"visible" | "hidden"} state */
function look(state) {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

/** @param {boolean} sleeps */
async function open(sleeps) {
  const line = openLine({ path: () => "/events", catchUp: async () => undefined, events: {}, status: () => undefined, refused: () => assert.fail(), sleeps });
  await settled();
  return line;
}

describe("a live line", () => {
  beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout"] });
    FakeSource.open.clear();
    FakeSource.opened = 0;
    page.visibilityState = "visible";
  });

  test("a window nobody looks at for a minute hangs up, and is back when it is looked at", async () => {
    const line = await open(true);
    assert.equal(FakeSource.open.size, 1);
    look("hidden");
    mock.timers.tick(59_000);
    assert.equal(FakeSource.open.size, 1, "a short look away costs nothing");
    mock.timers.tick(2_000);
    assert.equal(FakeSource.open.size, 0);
    window.dispatchEvent(new Event("online"));
    await settled();
    assert.equal(FakeSource.open.size, 0, "the network coming back wakes nobody");
    look("visible");
    await settled();
    assert.equal(FakeSource.open.size, 1);
    line.stop();
    assert.equal(FakeSource.open.size, 0);
  });

  test("whoever comes back in time is not hung up later", async () => {
    const line = await open(true);
    look("hidden");
    mock.timers.tick(50_000);
    look("visible");
    await settled();
    mock.timers.tick(60_000);
    assert.equal(FakeSource.open.size, 1);
    line.stop();
  });

  test("a line that does not sleep stays", async () => {
    const line = await open(false);
    look("hidden");
    mock.timers.tick(600_000);
    assert.equal(FakeSource.open.size, 1);
    line.stop();
  });
});
