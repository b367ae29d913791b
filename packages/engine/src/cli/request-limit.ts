// `pointbridge request-limit put/list/delete`: how many requests somebody may send.
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface PutOptions extends SessionOptions {
  readonly appliesTo: "principal" | "partner";
  readonly subject: string;
  readonly requests: string;
  readonly windowMs?: string;
}

export function addRequestLimit(program: Command, parts: CommandLineParts): void {
  const limit = program.command("request-limit").description("set how many requests somebody may send");
  const put = limit
    .command("put")
    .description("make a limit on requests, or change it")
    .argument("<id>")
    .addOption(
      new Option("--applies-to <kind>", "whom").choices(["principal", "partner"]).default("principal"),
    )
    .requiredOption("--subject <name>", "the principal, or a system of the partner")
    .requiredOption("--requests <number>", "how many in a window")
    .option("--window-ms <milliseconds>", "60000 where it is left out");
  addSessionOptions(put).action((id: string, options: PutOptions) =>
    withNode(options, parts, async (client) => {
      const { appliesTo, subject, requests, windowMs } = options;
      const input = {
        applies_to: appliesTo,
        subject,
        requests: Number(requests),
        window_ms: windowMs === undefined ? undefined : Number(windowMs),
      };
      await show(await client.requestLimits.put(id, input), options);
    }),
  );
  const list = limit.command("list").description("list limits on requests by id");
  const columns = ["request_limit_id", "applies_to", "subject", "requests", "window_ms"] as const;
  addListOptions(list).action((options: ListOptions) =>
    withNode(options, parts, (client) =>
      showPage(client.requestLimits.list(readPageFilter(options)), columns, options),
    ),
  );
  const remove = limit.command("delete").description("remove a limit on requests").argument("<id>");
  addSessionOptions(remove).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.requestLimits.delete(id), options)),
  );
}
