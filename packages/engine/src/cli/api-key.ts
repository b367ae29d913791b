// `pointbridge api-key create/list/revoke`: who may call a node.

import { v1 } from "@pointbridge/protocol";
import type { ApiKeyInput } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface CreateOptions extends SessionOptions {
  readonly principal: string;
  readonly role: ApiKeyInput["role"];
  readonly system?: readonly string[];
  readonly expiresAt?: string;
}

function addCreate(apiKey: Command, parts: CommandLineParts): void {
  const command = apiKey
    .command("create")
    .description("make a key; it is shown once and kept nowhere")
    .argument("<name>", "what the key is for")
    .requiredOption("--principal <principal>", "whom it stands for; two keys of one principal are one person")
    .addOption(new Option("--role <role>", "what it may do").choices(v1.apiKeyRoles).makeOptionMandatory())
    .option("--system <system...>", "the systems that it is for; a service and a partner need some")
    .option("--expires-at <time>", "from when on it is refused, like 2027-01-01T00:00:00Z");
  addSessionOptions(command).action((name: string, options: CreateOptions) =>
    withNode(options, parts, async (client) => {
      const { principal, role, system, expiresAt } = options;
      const input = { name, principal, role, systems: system && [...system], expires_at: expiresAt };
      await show(await client.apiKeys.create(input), options);
    }),
  );
}

export function addApiKey(program: Command, parts: CommandLineParts): void {
  const apiKey = program.command("api-key").description("make API keys, list and revoke them");
  addCreate(apiKey, parts);
  const list = apiKey
    .command("list")
    .description("list the keys, the newest first; never the keys themselves");
  const columns = ["api_key_id", "name", "principal", "role", "systems", "expires_at", "revoked_at"] as const;
  addListOptions(list).action((options: ListOptions) =>
    withNode(options, parts, (client) =>
      showPage(client.apiKeys.list(readPageFilter(options)), columns, options),
    ),
  );
  const revoke = apiKey
    .command("revoke")
    .description("end a key at once, on every node of the database")
    .argument("<api-key-id>", "its id, as list shows it");
  addSessionOptions(revoke).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      await show(await client.apiKeys.revoke(id), options);
    }),
  );
}
