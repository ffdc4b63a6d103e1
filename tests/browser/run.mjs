// Runs the unit tests and the journeys. A journey that fails is run once more, alone: browsers on a busy machine now and then
// miss a beat that has nothing to do with what is tested. That it took two runs is said, and it is said last, so that
// nobody overlooks it; what fails twice has failed, and where more than two files fail nothing is tried again.
//
//   node run.mjs [FILE]...

import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const MOST_AGAIN = 2;

/** @param {string} folder */
const testsIn = async (folder) => (await readdir(join(HERE, folder))).filter((name) => name.endsWith(".test.mjs")).sort().map((name) => join(folder, name));

/** @typedef {{ pass: number, fail: number, skipped: number, files: Set<string> }} Outcome */

/**
 * @param {string[]} files
 * @param {number} together
 * @returns {Promise<Outcome>}
 */
function run(files, together) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--test", "--test-reporter=tap", `--test-concurrency=${together}`, ...files], { cwd: HERE, stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (part) => {
      text += part;
      process.stdout.write(part);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      /** @param {string} name */
      const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
      const fail = count("fail") + count("cancelled");
      const failed = new Set([...text.matchAll(/location: '([^']+?\.test\.mjs):/g)].flatMap(([, path]) => files.filter((file) => path?.endsWith(`/${file}`))));
      resolve({ pass: count("pass"), fail: fail || (code ? 1 : 0), skipped: count("skipped") + count("todo"), files: failed });
    });
  });
}

const asked = process.argv.slice(2);
const files = asked.length ? asked : [...(await testsIn("unit")), ...(await testsIn("journeys"))];
const first = await run(files, 2);
let { pass, fail } = first;
const again = [...first.files];
if (fail && again.length && again.length <= MOST_AGAIN) {
  console.log(`\nonce more, alone: ${again.join(", ")}`);
  const second = await run(again, 1);
  if (!second.fail) {
    pass += fail;
    fail = 0;
    console.log(`\nNEEDED TWO RUNS: ${again.join(", ")}. Please find out why; it is a fault of the program or of the test.`);
  }
}
console.log(`\nbrowser tests: ${pass} passed, ${fail} failed, ${first.skipped} skipped`);
process.exit(fail ? 1 : 0);
