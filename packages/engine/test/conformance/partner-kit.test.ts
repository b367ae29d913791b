// The SDK's partner kit keeps every rule, as target and as source: the example in Node, which is that kit on SQLite,
// behind an agreed base_url that is not where it listens.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PrivateJwk, PublicJwk } from "@pointbridge/protocol/pxp";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ConformanceConfig, makeConfig, runConformance } from "../../src/conformance/index.ts";
import { publicHalf } from "./kit-world.ts";

const program = fileURLToPath(new URL("../../../../examples/partner-node/partner.ts", import.meta.url));
const baseUrl = "https://club.example/points";
const system = "club";
const dailyLimit = "1000000";

let folder: string;
let env: NodeJS.ProcessEnv;
let partner: ChildProcess | undefined;

function run(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function serve(): Promise<string> {
  partner = spawn(process.execPath, [program, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  if (partner.stdout === null) throw new Error("its output is piped");
  for await (const line of createInterface(partner.stdout)) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("the example ended before it was ready");
}

function makeKitConfig(): ConformanceConfig {
  const config = makeConfig(system);
  const deadlines = { answer_ms: 20_000, pending_ms: 5_000, prompt_ms: 10_000 };
  return { ...config, target: { ...config.target, cap: dailyLimit }, deadlines };
}

function writeKeys(name: string, ...keys: readonly PrivateJwk[]): string {
  const file = join(folder, `${name}.jwks.json`);
  writeFileSync(file, JSON.stringify({ keys: keys.map(publicHalf) }));
  return file;
}

function settingsFor({ own, foreign, revoked, target }: ConformanceConfig): Record<string, string> {
  const rate = {
    source_system: own.system_id,
    source_credit_type: target.source_credit_type,
    target_system: system,
    target_credit_type: target.credit_type_id,
    rate: target.rate,
  };
  return {
    PARTNER_PORT: "0",
    PARTNER_BASE_URL: baseUrl,
    PARTNER_DATABASE: join(folder, "partner.db"),
    PARTNER_KEY: join(folder, "key.json"),
    PARTNER_SYSTEMS: JSON.stringify({ [system]: [target.credit_type_id] }),
    PARTNER_MEMBERS: "any",
    PARTNER_DAILY_LIMIT: dailyLimit,
    PARTNER_RATES: JSON.stringify([rate]),
    PARTNER_CALLERS: JSON.stringify({
      kit: {
        systems: [own.system_id, own.second_system_id],
        keys: writeKeys("kit", own.private_jwk),
        revoked: writeKeys("revoked", revoked.private_jwk),
      },
      foreign: { systems: [foreign.system_id], keys: writeKeys("foreign", foreign.private_jwk) },
    }),
  };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "partner-kit-"));
});

afterEach(async () => {
  const child = partner;
  if (child?.exitCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

it("the partner kit keeps every rule that the conformance kit checks", async () => {
  const config = makeKitConfig();
  env = { ...process.env, ...settingsFor(config) };
  const { keys: partnerKeys } = JSON.parse(run("setup")) as { keys: PublicJwk[] };
  for (const member of [config.source.member, config.source.purse_member]) {
    run("give", system, member, config.source.credit_type_id, "1000");
  }
  const report = await runConformance({ url: baseUrl, connectUrl: await serve(), config, partnerKeys });
  const departed = report.results.filter(({ status }) => status !== "ok");
  const told = departed.map(({ profile, id, status, reason, expected, received }) =>
    status === "skipped" ? id : { profile, id, reason, expected, received },
  );
  // It signs no receipts; its store keeps no secrets, so it adds up to level 1.
  const receipts = ["receipts/verifies", "receipts/differing", "receipts/undone", "receipts/unknown"];
  expect(told).toEqual([
    "credits/pending-credit",
    "credits/pending-rollback",
    ...receipts,
    "reconciliation/digests",
    "reconciliation/secret",
    "reconciliation/sketch",
    "reconciliation/rows",
    ...receipts,
  ]);
  expect(report.leftovers).toEqual([]);
  expect(report.profiles).toEqual(["target", "source"]);
}, 180_000);
