// `pointbridge events`: what happened, one event a line, once or for as long as the command runs.
import { type Client, consumeEvents, type PointbridgeEvent } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readCount } from "./flags.ts";
import { toJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface EventOptions extends SessionOptions {
  readonly after?: string;
  readonly start?: "oldest" | "latest";
  readonly types?: string;
  readonly limit?: string;
  readonly follow?: boolean;
}

const PAGE = 500;

function toLine(event: PointbridgeEvent, isJson: boolean): string {
  if (isJson) return `${toJson(event)}\n`;
  return `${event.time}  ${event.type.padEnd(24)}  ${event.subject}  ${toJson(event.data)}\n`;
}

async function writeEvents(events: readonly PointbridgeEvent[], { json }: EventOptions): Promise<void> {
  await writeOutput(events.map((event) => toLine(event, json === true)).join(""));
}

/** Where to begin: the node takes one of the two. */
function placeOf({ after, start }: EventOptions): Pick<EventOptions, "after" | "start"> {
  if (after === undefined) return start === undefined ? {} : { start };
  if (start === undefined) return { after };
  throw new CommandError(exitCodes.badInput, "--after and --start both say where to begin; give one");
}

/** What is there now, to its end or to the limit. */
async function listOnce(client: Client, options: EventOptions): Promise<void> {
  const wanted =
    options.limit === undefined
      ? Number.POSITIVE_INFINITY
      : readCount("--limit", options.limit, [1, 999_999_999]);
  const { types } = options;
  let left = wanted;
  let place = placeOf(options);
  for (;;) {
    const limit = Math.min(PAGE, left);
    const page = await client.events.read({ ...place, limit, ...(types === undefined ? {} : { types }) });
    await writeEvents(page.items, options);
    left -= page.items.length;
    const hasMoved = page.next_cursor !== place.after;
    place = { after: page.next_cursor };
    // Nothing of these types may be here and more behind: the end is where the cursor stays.
    if (left <= 0 || !hasMoved) break;
  }
  if (options.json !== true) process.stderr.write(`more: --after ${place.after}\n`);
}

async function follow(client: Client, options: EventOptions): Promise<void> {
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());
  const { after, start } = placeOf(options);
  let cursor = after;
  await consumeEvents(client, {
    loadCursor: () => cursor,
    apply: async (step) => {
      await writeEvents(step.events, options);
      cursor = step.cursor;
    },
    types: options.types?.split(",") as PointbridgeEvent["type"][] | undefined,
    start,
    limit: PAGE,
    signal: ending.signal,
    onRetry: (error) => void process.stderr.write(`pointbridge: ${String(error)}; tries again\n`),
  });
  if (options.json !== true && cursor !== undefined) process.stderr.write(`more: --after ${cursor}\n`);
}

export function addEvents(program: Command, parts: CommandLineParts): void {
  const events = program
    .command("events")
    .description("show what happened, the oldest first; with --json as NDJSON")
    .option(
      "--after <cursor>",
      "what came after this cursor: that of an event, or the one printed at the end",
    )
    .addOption(
      new Option("--start <place>", "without a cursor: where to begin").choices(["oldest", "latest"]),
    )
    .option("--types <types>", "of these types only, separated by commas")
    .option("--limit <number>", "end after so many")
    .addOption(new Option("--follow", "go on with what comes, until Ctrl-C").conflicts("limit"));
  addSessionOptions(events).action((options: EventOptions) =>
    withNode(options, parts, (client) => (options.follow === true ? follow : listOnce)(client, options)),
  );
}
