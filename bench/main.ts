// Measures hosted exchanges in every way against one PostgreSQL and compares them: `npm run bench`, see docs/benchmarks.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "../packages/engine/src/database/index.ts";
import { startPostgresServer } from "../packages/engine/test/support/postgres-server.ts";
import { audit } from "./audit.ts";
import { startBenchNode } from "./bench-node.ts";
import { startCost } from "./cost-ways.ts";
import { measure, type Sample, type Window } from "./measure.ts";
import { startPartner } from "./partner-ways.ts";
import { bestOfEach, printFigures, printRatios, toFigures, toRatios } from "./report.ts";
import { openingBalance, seed } from "./seed.ts";
import { listWays, type Variant } from "./ways.ts";

const folder = join(import.meta.dirname, "../.bench");

// Durable, as PostgreSQL is by default, and roomy enough that no checkpoint falls into one way only.
const serverSettings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: "512MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "30min",
};

interface Plan {
  readonly rounds: number;
  readonly window: Window;
  /** Ways whose name begins with one of these; all when empty. */
  readonly only: readonly string[];
  readonly profile: boolean;
  readonly isQuick: boolean;
  /** What protection costs, and nothing else. */
  readonly isCost: boolean;
}

function readPlan(): Plan {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      rounds: { type: "string" },
      seconds: { type: "string" },
      only: { type: "string", multiple: true, default: [] },
      profile: { type: "boolean", default: false },
      cost: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
  const seconds = Number(values.seconds ?? (values.quick ? 1.5 : 4));
  if (!(rounds >= 1) || !(seconds > 0)) throw new Error("--rounds and --seconds take positive numbers");
  const window = { warmUpMs: values.quick ? 500 : 1000, durationMs: seconds * 1000 };
  const { only, profile, quick: isQuick, cost: isCost } = values;
  return { rounds, window, only, profile, isQuick, isCost };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

type Samples = Map<Variant, Sample[]>;

/**
 * Runs every way that goes through the node once without counting it. The first to touch a page after a
 * checkpoint pays for its image in the log, and the first calls for the node's compilation: without this, all
 * of it falls to whatever is measured first.
 * @returns how many exchanges it made
 */
async function warmUp(variants: readonly Variant[], readNodeCpuMs: () => Promise<number>): Promise<number> {
  const window: Window = { warmUpMs: 500, durationMs: 2000 };
  let exchangesMade = 0;
  for (const variant of variants.filter(({ way }) => ["batch", "single", "partner"].includes(way))) {
    const prepared = await variant.prepare(window);
    const sample = await measure(prepared.clients, window, readNodeCpuMs);
    await prepared.close();
    exchangesMade += sample.exchangesMade;
  }
  return exchangesMade;
}

/** Every way once a round, beginning with another one each time, so that none always follows the same. */
async function runRounds(
  plan: Plan,
  variants: readonly Variant[],
  readNodeCpuMs: () => Promise<number>,
): Promise<Samples> {
  const samples: Samples = new Map(variants.map((variant) => [variant, []]));
  for (let round = 0; round < plan.rounds; round += 1) {
    const first = Math.floor((round * variants.length) / plan.rounds);
    for (const variant of [...variants.slice(first), ...variants.slice(0, first)]) {
      const prepared = await variant.prepare(plan.window);
      const sample = await measure(prepared.clients, plan.window, readNodeCpuMs);
      await prepared.close();
      samples.get(variant)?.push(sample);
      const rate = Math.round(sample.exchangesPerSecond).toLocaleString("en");
      say(`round ${round + 1}/${plan.rounds}  ${variant.way} (${variant.detail}): ${rate}/s`);
    }
  }
  return samples;
}

function countMade(samples: Samples, kind: Variant["kind"]): number {
  const ofKind = [...samples].filter(([variant]) => variant.kind === kind);
  return ofKind.flatMap(([, taken]) => taken).reduce((sum, sample) => sum + sample.exchangesMade, 0);
}

function report(plan: Plan, samples: Samples, majorVersion: number, audited: string): void {
  const figures = [...samples].map(([variant, taken]) => toFigures(variant, taken));
  const best = bestOfEach(figures);
  const ratios = toRatios(best);
  const processor = cpus()[0]?.model ?? "unknown";
  const machine = {
    cores: cpus().length,
    processor,
    memoryBytes: totalmem(),
    postgres: majorVersion,
    node: process.version,
  };
  const file = join(folder, "results.json");
  const results = { at: new Date().toISOString(), machine, serverSettings, plan, figures, ratios, audited };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  const heading = `${machine.cores} cores (${processor}), PostgreSQL ${majorVersion}, Node ${process.version}; ${plan.rounds} rounds of ${plan.window.durationMs / 1000} s`;
  process.stdout.write(
    `${heading}\n\n${printFigures(figures, best)}\n\n${printRatios(ratios)}\n\n${audited}\nWritten to ${file}\n`,
  );
}

async function mainCost(plan: Plan): Promise<void> {
  say("Starting PostgreSQL and three nodes, and seeding 100,000 accounts a side for each ...");
  const server = await startPostgresServer({ settings: serverSettings });
  try {
    const cost = await startCost(server.url, folder);
    const made = new Map<Variant, number>();
    for (const variant of cost.variants) {
      const prepared = await variant.prepare(plan.window);
      const window: Window = { warmUpMs: 500, durationMs: 2000 };
      const sample = await measure(prepared.clients, window, () => cost.readCpuMs());
      await prepared.close();
      made.set(variant, sample.exchangesMade);
    }
    const samples = await runRounds(plan, cost.variants, () => cost.readCpuMs());
    for (const [variant, taken] of samples) {
      made.set(
        variant,
        taken.reduce((sum, sample) => sum + sample.exchangesMade, made.get(variant) ?? 0),
      );
    }
    say("Verifying the ledgers ...");
    report(plan, samples, server.majorVersion, await cost.finish(made));
  } finally {
    await server.stop();
  }
}

async function main(): Promise<void> {
  const plan = readPlan();
  mkdirSync(folder, { recursive: true });
  if (plan.isCost) return mainCost(plan);
  say("Starting PostgreSQL and a node, and seeding 100,000 accounts a side ...");
  const server = await startPostgresServer({ settings: serverSettings });
  try {
    const node = await startBenchNode(server.url, plan.profile ? folder : undefined);
    const database = await openDatabase({ url: server.url });
    await seed(node, database, server.url);
    const partner = await startPartner(node, server.url);
    const variants = listWays(node, database, server.url);
    const chosen = variants.filter(({ way, isExtra }) =>
      plan.only.length === 0
        ? !(plan.isQuick && isExtra === true)
        : plan.only.some((start) => way.startsWith(start)),
    );
    const warmedUpBy = await warmUp(variants, () => node.readCpuMs());
    const samples = await runRounds(plan, chosen, () => node.readCpuMs());
    await node.stop();
    await partner.stop();
    say("Verifying the ledger ...");
    const made = { byLedger: warmedUpBy + countMade(samples, "ledger"), bySaga: countMade(samples, "saga") };
    const audited = await audit(database, server.url, made, openingBalance);
    await database.close();
    report(plan, samples, server.majorVersion, audited);
  } finally {
    await server.stop();
  }
}

await main();
