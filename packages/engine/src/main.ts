// The composition root of the command `pointbridge`: hands the command line what a node is made of.
import { runCommandLine } from "./cli/index.ts";
import { readVersion } from "./system/index.ts";

await runCommandLine(process.argv.slice(2), {
  version: readVersion(),
  // Read when a node is opened: a command that speaks to another node's address starts in half the time without.
  async openNode(config, keys, use) {
    const [{ acceptKey }, { openNode }] = await Promise.all([import("./http/index.ts"), import("./node.ts")]);
    const accepted = keys.map((key) => acceptKey(key.apiKey, { name: key.name, role: "administrator" }));
    return openNode(config, accepted, use === "command");
  },
});
