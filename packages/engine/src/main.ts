// The composition root of the command `pointbridge`: hands the command line what a node is made of.
import { runCommandLine } from "./cli/index.ts";
import { acceptKey } from "./http/index.ts";
import { openNode, readVersion } from "./node.ts";

await runCommandLine(process.argv.slice(2), {
  version: readVersion(),
  openNode: (config, keys, use) =>
    openNode(
      config,
      keys.map((key) => acceptKey(key.apiKey, { name: key.name, role: "administrator" })),
      use === "command",
    ),
});
