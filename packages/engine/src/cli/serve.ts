// `pointbridge serve`: one node, until it is told to stop.
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { readConfig } from "../config.ts";
import type { CommandLineParts } from "./command-context.ts";
import { toFlags } from "./flags.ts";
import { waitForSignal } from "./stop-signal.ts";

async function serve(flags: Record<string, string | undefined>, parts: CommandLineParts): Promise<void> {
  const config = readConfig({ flags, environment: process.env });
  const stopped = waitForSignal();
  const adminKey = config.adminKey ?? randomBytes(24).toString("base64url");
  const node = await parts.openNode(config, [{ name: "administrator", apiKey: adminKey }], "server");
  if (config.adminKey === undefined) {
    process.stderr.write(`POINTBRIDGE_ADMIN_KEY is not set; this run takes the key ${adminKey}\n`);
  }
  if (node.engine === "embedded") {
    process.stderr.write(
      `embedded database in ${config.dataDirectory}: a crash of the process loses nothing, a crash of the machine may\n`,
    );
  }
  const url = await node.app.listen({ host: config.host, port: config.port });
  process.stdout.write(`ready ${url}\n`);
  await stopped;
  await node.close();
}

export function addServe(program: Command, parts: CommandLineParts): void {
  program
    .command("serve")
    .description("run one node until it is told to stop (SIGTERM finishes what is under way)")
    .option("--database-url <url>", "PostgreSQL server, 15 or newer (DATABASE_URL); absent: embedded")
    .option(
      "--database-role <role>",
      "what the running node works as there, without the right to change the audit log (POINTBRIDGE_DATABASE_ROLE)",
    )
    .option("--data-dir <directory>", "where the embedded database is kept (POINTBRIDGE_DATA_DIR)")
    .option("--host <address>", "address to listen on (HOST), default 127.0.0.1")
    .option("--port <number>", "port to listen on (PORT), default 4100")
    .option("--admin-key <key>", "an administrator's API key (POINTBRIDGE_ADMIN_KEY)")
    .option(
      "--public-url <url>",
      "address that partners sign (POINTBRIDGE_PUBLIC_URL), default: where it listens",
    )
    .option(
      "--allow-loopback <true|false>",
      "let partners' addresses be of this machine (POINTBRIDGE_ALLOW_LOOPBACK)",
    )
    .option("--master-key <base64>", "32 bytes that wrap the node's keys (POINTBRIDGE_MASTER_KEY)")
    .option(
      "--other-master-key <base64>",
      "a second one that is read while the first is changed (POINTBRIDGE_OTHER_MASTER_KEY)",
    )
    .option(
      "--audit-checkpoint-file <file>",
      "where signed checkpoints of the audit log are appended to (POINTBRIDGE_AUDIT_CHECKPOINT_FILE)",
    )
    .option("--database-connections <number>", "connections to the server (POINTBRIDGE_DATABASE_CONNECTIONS)")
    .option("--lanes <number>", "transactions at a time (POINTBRIDGE_LANES), default 4")
    .option("--shards <number>", "shards of a new database (POINTBRIDGE_SHARDS), default 1")
    .option("--quote-lifetime-ms <ms>", "for how long a quote is good (POINTBRIDGE_QUOTE_LIFETIME_MS)")
    .option(
      "--rate-proposal-ms <ms>",
      "for how long a change of a rate waits for a second person (POINTBRIDGE_RATE_PROPOSAL_MS)",
    )
    .option(
      "--partner-alert-after-ms <ms>",
      "how long calls to a partner fail before that is an alert (POINTBRIDGE_PARTNER_ALERT_AFTER_MS)",
    )
    .option(
      "--mail-relays <hosts>",
      "mail servers that may be in a private network, by commas (POINTBRIDGE_MAIL_RELAYS)",
    )
    .option(
      "--closed <true|false>",
      "take nothing new: for a node that was restored from a backup (POINTBRIDGE_CLOSED)",
    )
    .option(
      "--requests-max <number>",
      "requests for something new that are under way at a time (POINTBRIDGE_REQUESTS_MAX)",
    )
    .option("--log-level <level>", "silent, fatal, error, warn, info or debug (POINTBRIDGE_LOG_LEVEL)")
    .option("--config <file>", "file of NAME=value lines (POINTBRIDGE_CONFIG)")
    .action((options: Record<string, string | undefined>) => serve(toFlags(options), parts));
}
