// `pointbridge alert list/ack` and `pointbridge alert-channel list/put/test/delete`: what somebody should be told, and
// where it is told.
import { v1 } from "@pointbridge/protocol";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { exitCodes } from "./exit-codes.ts";
import { readCount } from "./flags.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface AlertFilterOptions extends ListOptions {
  readonly state?: (typeof v1.alertStates)[number];
  readonly severity?: (typeof v1.alertSeverities)[number];
  readonly type?: string;
  readonly operationId?: string;
}

interface AcknowledgeOptions extends SessionOptions {
  readonly note?: string;
}

interface PutOptions extends SessionOptions {
  readonly kind: v1.AlertChannelInput["kind"];
  readonly disabled?: boolean;
  readonly minSeverity?: (typeof v1.alertSeverities)[number];
  readonly type?: readonly string[];
  readonly language?: (typeof v1.alertLanguages)[number];
  readonly intervalMs?: string;
  readonly address?: string;
  readonly secret?: string;
  readonly host?: string;
  readonly port?: string;
  readonly security?: (typeof v1.mailSecurities)[number];
  readonly username?: string;
  readonly password?: string;
  readonly from?: string;
  readonly to?: readonly string[];
}

export function addAlert(program: Command, parts: CommandLineParts): void {
  const alert = program.command("alert").description("look at alerts, and say that somebody looks after one");
  const list = alert
    .command("list")
    .description("list alerts, the newest first")
    .addOption(new Option("--state <state>", "in this state").choices(v1.alertStates))
    .addOption(new Option("--severity <severity>", "as grave as this").choices(v1.alertSeverities))
    .option("--type <type>", "of this type; docs/runbook has them all")
    .option("--operation-id <id>", "about this operation");
  addListOptions(list).action((options: AlertFilterOptions) => {
    const { state, severity, type, operationId } = options;
    const filter = { ...readPageFilter(options), state, severity, type, operation_id: operationId };
    const columns = ["alert_id", "severity", "state", "type", "subject", "count", "first_seen_at"] as const;
    return withNode(options, parts, (client) => showPage(client.alerts.list(filter), columns, options));
  });
  const acknowledge = alert
    .command("ack")
    .description("say that somebody looks after an alert; settles nothing")
    .argument("<alert-id>")
    .option("--note <text>", "what they know or do");
  addSessionOptions(acknowledge).action((id: string, options: AcknowledgeOptions) => {
    const { note } = options;
    return withNode(options, parts, async (client) =>
      show(await client.alerts.acknowledge(id, note === undefined ? {} : { note }), options),
    );
  });
}

/** A secret that is left out of the command line may be in the environment, where no list of processes shows it. */
function readSecrets({
  address,
  secret,
  password,
}: PutOptions): Pick<v1.AlertChannelInput, "url" | "secret" | "password"> {
  const { POINTBRIDGE_CHANNEL_ADDRESS, POINTBRIDGE_CHANNEL_SECRET, POINTBRIDGE_CHANNEL_PASSWORD } =
    process.env;
  const found = {
    url: address ?? POINTBRIDGE_CHANNEL_ADDRESS,
    secret: secret ?? POINTBRIDGE_CHANNEL_SECRET,
    password: password ?? POINTBRIDGE_CHANNEL_PASSWORD,
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined && text !== ""));
}

function toInput(options: PutOptions): v1.AlertChannelInput {
  const { kind, disabled, minSeverity, type, language, intervalMs, host, port, security } = options;
  const { username, from, to } = options;
  const input = {
    kind,
    enabled: disabled !== true,
    min_severity: minSeverity,
    types: type && [...type],
    language,
    interval_ms:
      intervalMs === undefined ? undefined : readCount("--interval-ms", intervalMs, [1_000, 3_600_000]),
    host,
    port: port === undefined ? undefined : readCount("--port", port, [1, 65_535]),
    security,
    username,
    from,
    to: to && [...to],
    ...readSecrets(options),
  };
  return JSON.parse(JSON.stringify(input)) as v1.AlertChannelInput;
}

function addPut(channel: Command, parts: CommandLineParts): void {
  const put = channel
    .command("put")
    .description("make a channel or change it; secrets that are left out stay, as long as the address does")
    .argument("<channel-id>")
    .addOption(new Option("--kind <kind>", "what it is").choices(v1.alertChannelKinds).makeOptionMandatory())
    .addOption(new Option("--min-severity <severity>", "tell nothing milder").choices(v1.alertSeverities))
    .option("--type <type...>", "tell these types only")
    .addOption(new Option("--language <language>", "of what is written").choices(v1.alertLanguages))
    .option("--interval-ms <ms>", "between two messages about one type (60000)")
    .option("--disabled", "tell nothing, and keep nothing for later")
    .option("--address <url>", "of a webhook or robot, with its token (POINTBRIDGE_CHANNEL_ADDRESS)")
    .option("--secret <secret>", "that messages are signed with (POINTBRIDGE_CHANNEL_SECRET)")
    .option("--host <name>", "of smtp: the mail server")
    .option("--port <number>", "of smtp: 587, or 465 with tls, if left out")
    .addOption(
      new Option("--security <security>", "of smtp; starttls if left out").choices(v1.mailSecurities),
    )
    .option("--username <name>", "of smtp: who signs in")
    .option("--password <password>", "of smtp (POINTBRIDGE_CHANNEL_PASSWORD)")
    .option("--from <address>", "of smtp: the sender")
    .option("--to <address...>", "of smtp: the recipients");
  addSessionOptions(put).action((id: string, options: PutOptions) =>
    withNode(options, parts, async (client) =>
      show(await client.alertChannels.put(id, toInput(options)), options),
    ),
  );
}

export function addAlertChannel(program: Command, parts: CommandLineParts): void {
  const channel = program.command("alert-channel").description("say where alerts are told");
  const list = channel.command("list").description("list the channels and how they are doing");
  const columns = ["channel_id", "kind", "state", "min_severity", "pending_count", "last_error"] as const;
  addListOptions(list).action((options: ListOptions) =>
    withNode(options, parts, (client) =>
      showPage(client.alertChannels.list(readPageFilter(options)), columns, options),
    ),
  );
  addPut(channel, parts);
  const test = channel.command("test").description("send a test message now").argument("<channel-id>");
  addSessionOptions(test).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      const tested = await client.alertChannels.test(id);
      await show(tested, options);
      if (!tested.delivered) process.exitCode = exitCodes.refused;
    }),
  );
  const remove = channel.command("delete").description("remove a channel").argument("<channel-id>");
  addSessionOptions(remove).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.alertChannels.delete(id), options)),
  );
}
