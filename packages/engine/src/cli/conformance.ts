// `pointbridge conformance URL`: plays the counterparty against a partner's implementation of pxp/1. Needs no node and
// no database, only the kit's settings (`--init` makes them) and the partner's address.
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalBaseUrl, type PublicJwk } from "@pointbridge/protocol/pxp";
import { type Command, Option } from "commander";
import {
  ConfigError,
  type ConformanceConfig,
  checksOf,
  colorStyles,
  describeEnd,
  describePreparation,
  describeProfile,
  describeResult,
  describeStart,
  isConformant,
  makeConfig,
  PartnerUnreachableError,
  type Preparation,
  type Profile,
  plainStyles,
  type Report,
  type RunListener,
  readConformanceConfig,
  readKeySet,
  rules,
  runConformance,
  type Styles,
  toHtml,
  toReportDocument,
} from "../conformance/index.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readInputFile, unreadable } from "./input-file.ts";
import { toJson, toTable, writeJson, writeOutput } from "./output.ts";

interface ConformanceOptions {
  readonly json?: boolean;
  readonly config: string;
  readonly connect?: string;
  readonly init?: string;
  readonly system?: string;
  readonly profile?: readonly Profile[];
  readonly keys?: string;
  readonly trustNodeKeys?: boolean;
  readonly only?: readonly string[];
  readonly html?: string;
  readonly trace?: boolean;
  readonly list?: boolean;
}

function badUsage(message: string): CommandError {
  return new CommandError(exitCodes.badInput, message);
}

/** What is wrong with settings or keys is the user's to mend. */
function accept<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof TypeError) throw badUsage(error.message);
    throw error;
  }
}

function describeRegistration({ systems, jwks, revoked_jwks }: Preparation["registrations"][number]): string {
  const revoked =
    revoked_jwks === undefined
      ? ""
      : `then register this one for the same systems, and revoke it again:\n${toJson(revoked_jwks)}\n`;
  return `Register for ${systems.join(" and ")}:\n${toJson(jwks)}\n${revoked}`;
}

function describeInit(file: string, { registrations, test_data }: Preparation): string {
  return [
    `wrote ${file}; it holds private keys`,
    "",
    "The partner registers these public keys, each set as a node of its own:",
    "",
    ...registrations.map(describeRegistration),
    "The partner prepares (or change the names in the file to what there is):",
    ...test_data.map((text) => `- ${text}`),
    "",
    `Then: pointbridge conformance URL --config ${file}`,
    "",
  ].join("\n");
}

async function init(directory: string, options: ConformanceOptions): Promise<void> {
  const { system } = options;
  if (system === undefined)
    throw badUsage("--init needs --system, the id of the partner's system under test");
  const file = join(directory, "conformance.json");
  const text = `${JSON.stringify(makeConfig(system), undefined, 2)}\n`;
  const config = accept(() => readConformanceConfig(text, "--system"));
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (isThere)
      throw badUsage(`${file} is there already; its keys may be registered, so it is not replaced`);
    throw unreadable(file, error);
  }
  const preparation = describePreparation(config);
  if (options.json === true) await writeJson({ config_file: file, ...preparation });
  else await writeOutput(describeInit(file, preparation));
}

async function readKeys(
  options: ConformanceOptions,
  config: ConformanceConfig,
): Promise<readonly PublicJwk[] | undefined> {
  if (options.keys !== undefined) {
    const file = options.keys;
    const text = (await readInputFile(file)).toString("utf8");
    return accept(() => readKeySet(text, file));
  }
  if (options.trustNodeKeys === true) return undefined;
  if (config.partner_keys !== undefined) return config.partner_keys.keys;
  throw badUsage(
    "whose signatures count? Give the partner's public keys (--keys FILE, a JWKS, or partner_keys in the settings), or believe the keys that the node names itself with --trust-node-keys",
  );
}

/** Prints each check as it ends. */
function toListener(styles: Styles): RunListener & { readonly written: () => Promise<void> } {
  let last = Promise.resolve();
  const write = (text: string) => {
    last = last.then(() => writeOutput(text));
    // Awaited at the end; until then a closed output must not look unhandled.
    last.catch(() => {});
  };
  return {
    onStart: (report) => write(describeStart(report)),
    onProfile: (profile, count) => write(describeProfile(profile, count, styles)),
    onResult: (result) => write(describeResult(result, styles)),
    written: () => last,
  };
}

async function runFor(input: Parameters<typeof runConformance>[0], listener: RunListener): Promise<Report> {
  try {
    return await runConformance(input, listener);
  } catch (error) {
    if (error instanceof PartnerUnreachableError)
      throw new CommandError(exitCodes.unreachable, error.message);
    if (error instanceof ConfigError) throw badUsage(error.message);
    throw error;
  }
}

async function writeHtml(file: string, report: Report): Promise<void> {
  try {
    await writeFile(file, toHtml(report));
  } catch (error) {
    throw unreadable(file, error);
  }
}

const bothProfiles: readonly Profile[] = ["target", "source"];

/** What there is to check, without a partner. */
async function list({ profile = bothProfiles, json }: ConformanceOptions): Promise<void> {
  const rows = profile.flatMap((name) => checksOf(name).map((check) => ({ profile: name, ...check })));
  if (json === true) {
    await writeJson({
      checks: rows.map(({ profile: name, id, title, level, rule }) => {
        return { profile: name, id, title, level, rule, rule_text: rules[rule].text };
      }),
    });
    return;
  }
  const cells = rows.map(({ profile: name, id, level, title }) => [name, id, level, title]);
  await writeOutput(toTable(["profile", "check", "level", "what is checked"], cells));
}

async function run(url: string, options: ConformanceOptions): Promise<void> {
  const { json, profile, only, html, trace } = options;
  const baseUrl = accept(() => canonicalBaseUrl(url));
  const { connect } = options;
  const connectUrl = connect === undefined ? undefined : accept(() => canonicalBaseUrl(connect));
  await access(options.config).catch((error: unknown) => {
    const { message } = unreadable(options.config, error);
    throw badUsage(`${message}; make one with pointbridge conformance --init DIRECTORY --system SYSTEM`);
  });
  const text = (await readInputFile(options.config)).toString("utf8");
  const config = accept(() => readConformanceConfig(text, options.config));
  const partnerKeys = await readKeys(options, config);
  const styles = process.stdout.isTTY && !process.env["NO_COLOR"] ? colorStyles : plainStyles;
  const listener = toListener(styles);
  const report = await runFor(
    {
      url: baseUrl,
      config,
      ...(connectUrl === undefined ? {} : { connectUrl }),
      ...(partnerKeys === undefined ? {} : { partnerKeys }),
      ...(profile === undefined ? {} : { profiles: profile }),
      ...(only === undefined ? {} : { only }),
    },
    json === true ? {} : listener,
  );
  await listener.written();
  if (html !== undefined) await writeHtml(html, report);
  if (json === true) await writeJson(toReportDocument(report, trace === true));
  else await writeOutput(describeEnd(report, styles));
  if (!isConformant(report)) process.exitCode = exitCodes.refused;
}

export function addConformance(program: Command): void {
  program
    .command("conformance")
    .description(
      "play the counterparty against a partner's implementation of pxp/1 and report what it keeps to",
    )
    .argument("[url]", "the partner's base_url: what comes before /pxp/v1")
    .option("--config <file>", "the kit's settings", "conformance.json")
    .option(
      "--init <directory>",
      "write settings with new keys there, and tell what the partner has to prepare",
    )
    .option("--system <system>", "with --init: the partner's system under test")
    .addOption(
      new Option("--profile <profile...>", "parts to check (default: the roles that the node plays)").choices(
        ["target", "source"],
      ),
    )
    .option("--connect <url>", "send there instead: where the base_url's proxy would send it")
    .option("--keys <file>", "the partner's public keys, a JWKS")
    .option("--trust-node-keys", "believe the keys that the partner's node answer names")
    .option("--only <start...>", "only checks whose id begins so, like signature/ or credits/late")
    .option("--html <file>", "write the report as HTML too")
    .option("--trace", "with --json: what was sent and came of every check, not only of those that failed")
    .option("--list", "tell the checks of the profiles (default: both) and end")
    .option("--json", "print one JSON document and nothing else")
    .action(async (url: string | undefined, options: ConformanceOptions) => {
      if (options.list === true) await list(options);
      else if (options.init !== undefined) await init(options.init, options);
      else if (url === undefined) throw badUsage("the partner's base_url is missing (or --init DIRECTORY)");
      else await run(url, options);
    });
}
