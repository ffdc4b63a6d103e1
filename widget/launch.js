// Tells the loader on the shop's page how the launcher looks, once; and keeps that its greeting was
// dismissed. Nothing is told where this visitor does not see the widget.

import { request } from "./api.js";
import { connectHost } from "./host.js";

const look = document.body.dataset["look"];
const host = connectHost({
  opened() {},
  closed() {},
  dismissed: () => void request("PUT", "/v1/greeting", { dismissed: true }).catch(() => undefined),
});
if (look) host.look(JSON.parse(look));
