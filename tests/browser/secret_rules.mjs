// Writes the widget's copy of the guard's rules for secrets: `node secret_rules.mjs`.

import { readFileSync, writeFileSync } from "node:fs";

const rules = readFileSync(new URL("../../crates/trust/guard/src/secrets/rules.json", import.meta.url), "utf8").trimEnd();
const head = "// The guard's rules for secrets, `crates/trust/guard/src/secrets/rules.json`, as a browser reads them. Written\n// by `node tests/browser/secret_rules.mjs`; a test keeps both alike.\n\n";
writeFileSync(new URL("../../widget/secret_rules.js", import.meta.url), `${head}export default ${rules};\n`);
