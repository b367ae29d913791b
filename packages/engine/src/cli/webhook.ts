// `pointbridge webhook put/list/show/deliveries/replay/rotate/delete/test`: where events are sent.
import { v1 } from "@pointbridge/protocol";
import type { WebhookInput } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readCount } from "./flags.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface PutOptions extends SessionOptions {
  readonly type?: NonNullable<WebhookInput["types"]>;
  readonly system?: readonly string[];
  readonly timeoutMs?: string;
  readonly disabled?: boolean;
}

interface DeliveriesOptions extends ListOptions {
  readonly state?: (typeof v1.webhookDeliveryStates)[number];
}

interface ReplayOptions extends SessionOptions {
  readonly delivery?: string;
  readonly after?: string;
  readonly since?: string;
  readonly deadLetters?: boolean;
}

function addPut(webhook: Command, parts: CommandLineParts): void {
  const command = webhook
    .command("put")
    .description("make a webhook, or make one as given; a new one's secret is shown once")
    .argument("<webhook-id>")
    .argument("<url>", "where events are sent")
    .addOption(new Option("--type <type...>", "send these types of events only").choices(v1.eventTypes))
    .option("--system <system...>", "send events that are about one of these systems only")
    .option("--timeout-ms <ms>", "how long the receiver may take to answer")
    .option("--disabled", "send nothing for now");
  addSessionOptions(command).action((id: string, url: string, options: PutOptions) => {
    const timeout = options.timeoutMs;
    const input = {
      url,
      types: options.type && [...options.type],
      systems: options.system && [...options.system],
      timeout_ms:
        timeout === undefined ? undefined : readCount("--timeout-ms", timeout, [500, v1.webhookTimeoutMaxMs]),
      enabled: options.disabled !== true,
    };
    return withNode(options, parts, async (client) => show(await client.webhooks.put(id, input), options));
  });
}

function addLists(webhook: Command, parts: CommandLineParts): void {
  const list = webhook.command("list").description("list webhooks by id");
  const columns = ["webhook_id", "state", "url", "delivered_count", "pending_count", "dead_count"] as const;
  addListOptions(list).action((options: ListOptions) =>
    withNode(options, parts, (client) =>
      showPage(client.webhooks.list(readPageFilter(options)), columns, options),
    ),
  );
  const deliveries = webhook
    .command("deliveries")
    .description("list events that were not taken at once, the newest first")
    .argument("<webhook-id>")
    .addOption(new Option("--state <state>", "in this state").choices(v1.webhookDeliveryStates));
  const shown = ["delivery_id", "event_type", "state", "attempts", "next_attempt_at", "last_error"] as const;
  addListOptions(deliveries).action((id: string, options: DeliveriesOptions) => {
    const filter = { ...readPageFilter(options), state: options.state };
    return withNode(options, parts, (client) =>
      showPage(client.webhooks.deliveries(id, filter), shown, options),
    );
  });
}

function addReplay(webhook: Command, parts: CommandLineParts): void {
  const command = webhook
    .command("replay")
    .description("send events again: one, from a cursor or a time on, or what was given up")
    .argument("<webhook-id>")
    .option("--delivery <id>", "this one, by the id that deliveries shows")
    .option("--after <cursor>", "everything after this cursor")
    .option("--since <time>", "everything from this time on, like 2026-11-23T09:30:00Z")
    .option("--dead-letters", "everything that was given up");
  addSessionOptions(command).action((id: string, options: ReplayOptions) => {
    const { delivery, after, since, deadLetters } = options;
    if ([delivery, after, since, deadLetters].filter((one) => one !== undefined).length !== 1) {
      const detail = "say what to send again: one of --delivery, --after, --since and --dead-letters";
      throw new CommandError(exitCodes.badInput, detail);
    }
    return withNode(options, parts, async (client) => {
      const replay =
        delivery === undefined
          ? await client.webhooks.replay(id, { after, since, dead_letters: deadLetters })
          : await client.webhooks.replayDelivery(id, delivery);
      await show(replay, options);
    });
  });
}

function addVerbs(webhook: Command, parts: CommandLineParts): void {
  const showOne = webhook
    .command("show")
    .description("show one and how it is doing")
    .argument("<webhook-id>");
  addSessionOptions(showOne).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.webhooks.get(id), options)),
  );
  const rotate = webhook
    .command("rotate")
    .description("make a new secret and key pair; the ones before sign beside them for a while")
    .argument("<webhook-id>")
    .option("--overlap-ms <ms>", "for how long; a day if absent");
  addSessionOptions(rotate).action(
    (id: string, options: SessionOptions & { readonly overlapMs?: string }) => {
      const overlap = options.overlapMs;
      const input =
        overlap === undefined ? {} : { overlap_ms: readCount("--overlap-ms", overlap, [0, 999_999_999]) };
      return withNode(options, parts, async (client) =>
        show(await client.webhooks.rotate(id, input), options),
      );
    },
  );
  const remove = webhook
    .command("delete")
    .description("remove one, with what waits")
    .argument("<webhook-id>");
  addSessionOptions(remove).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.webhooks.delete(id), options)),
  );
  const test = webhook
    .command("test")
    .description("make one attempt with an event of type webhook.test; ends with 1 unless it is taken")
    .argument("<webhook-id>");
  addSessionOptions(test).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      const came = await client.webhooks.test(id);
      await show(came, options);
      if (!came.delivered) process.exitCode = exitCodes.refused;
    }),
  );
}

export function addWebhook(program: Command, parts: CommandLineParts): void {
  const webhook = program.command("webhook").description("send events to addresses of yours");
  addPut(webhook, parts);
  addLists(webhook, parts);
  addReplay(webhook, parts);
  addVerbs(webhook, parts);
}
