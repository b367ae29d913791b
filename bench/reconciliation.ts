// Measures comparisons of two ledgers on real PostgreSQL, beside a plain listing: `node bench/reconciliation.ts
// [--rows 1000000] [--all]`. Two nodes in two processes, two databases on one server; see docs/benchmarks.md.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { type Database, openDatabase } from "../packages/engine/src/database/index.ts";
import {
  type Comparison,
  type ComparisonOptions,
  findDifferences,
  openSides,
} from "../packages/engine/src/summaries/index.ts";
import {
  alterRow,
  dropRow,
  plantCredits,
  plantExchanges,
  plantedId,
  raiseAmount,
} from "../packages/engine/test/support/leg-row-queries.ts";
import {
  joinNodes,
  openPartnerNode,
  type PartnerNode,
} from "../packages/engine/test/support/partner-node.ts";
import { startPostgresServer } from "../packages/engine/test/support/postgres-server.ts";

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, all: { type: "boolean", default: false } },
});
const count = Number(values.rows);
const startTime = "2026-11-20T00:00:00.000Z";
const window = { startTime: new Date(startTime), endTime: new Date("2026-11-21T00:00:00.000Z") };
// As long as a UUID, which most ids are.
const planted = {
  prefix: "01a20977-95dc-752d-b66f-5b2",
  startTime,
  stepMs: Math.max(1, Math.floor(86_400_000 / count)),
};

const server = await startPostgresServer({
  settings: { shared_buffers: "512MB", max_wal_size: "4GB", synchronous_commit: "off" },
});

async function createDatabase(name: string): Promise<string> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

const urls = { shop: await createDatabase("shop"), airline: await createDatabase("airline") };
const database = await openDatabase({ url: urls.shop });
const shop: PartnerNode = await openPartnerNode(database, { timeoutMs: 600_000 });
const child: ChildProcess = fork(new URL("./reconciliation-partner.ts", import.meta.url), [urls.airline]);
const [told] = (await once(child, "message")) as [{ readonly url: string }];
await joinNodes(shop, { url: told.url } as PartnerNode);

/** Rows by which the operations table was read through its indexes or its heap, on both sides. */
async function rowsRead(): Promise<number> {
  // A connection tells what it has read when it has been idle for ten seconds.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  const sql =
    "select coalesce(sum(idx_tup_fetch + seq_tup_read), 0)::bigint as read from pg_stat_user_tables where relname = 'operations'";
  const all = await Promise.all(Object.values(urls).map((url) => run(url, sql)));
  return all.reduce((sum, rows) => sum + Number(rows[0]?.["read"] ?? 0), 0);
}

async function askChild(): Promise<{ readonly peakBytes: number; readonly rssBytes: number }> {
  child.send("tell");
  const [answer] = (await once(child, "message")) as [
    { readonly peakBytes: number; readonly rssBytes: number },
  ];
  return answer;
}

interface Measured {
  readonly comparison: Comparison;
  readonly seconds: number;
  readonly memory: { readonly ours: number; readonly theirs: number };
}

async function compare(options: ComparisonOptions): Promise<Measured> {
  const { lines, registry } = shop.services.partners;
  const leg = { kind: "credits", sourceSystem: "shop", targetSystem: "airline" } as const;
  const sides = await openSides({ database, summaries: shop.services.summaries, lines, registry }, leg);
  globalThis.gc?.();
  const idle = process.memoryUsage().rss;
  const { rssBytes: theirIdle } = await askChild();
  let peak = idle;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const startMs = performance.now();
  const comparison = await findDifferences(sides.ours, sides.theirs, window, options);
  const seconds = (performance.now() - startMs) / 1000;
  clearInterval(watch);
  const { peakBytes: theirPeak } = await askChild();
  const toMegabytes = (bytes: number) => Math.max(0, bytes) / 1024 / 1024;
  return {
    comparison,
    seconds,
    memory: { ours: toMegabytes(peak - idle), theirs: toMegabytes(theirPeak - theirIdle) },
  };
}

/** Bytes of a plain listing of both sides' rows, once it is known. */
let listedBytes: number | undefined;

function say(name: string, { comparison, seconds, memory }: Measured, read?: number): void {
  const { traffic, candidates, matchedCount, level } = comparison;
  const bytes = traffic.bytesSent + traffic.bytesReceived;
  const parts = [
    name.padEnd(28),
    `level ${level}`,
    `${candidates.length} found`,
    `${matchedCount} matched`,
    `${traffic.trips} trips`,
    listedBytes === undefined || level === 0
      ? `${bytes} bytes`
      : `${bytes} bytes (a plain listing: ${listedBytes}, ${Math.round(listedBytes / bytes)} times as many)`,
    `${(seconds * 1000).toFixed(0)} ms`,
    `memory +${memory.ours.toFixed(0)}/+${memory.theirs.toFixed(0)} MB`,
    ...(read === undefined ? [] : [`${read} operation rows read`]),
  ];
  process.stdout.write(`${parts.join(" · ")}\n`);
}

const CHUNK_ROWS = 20_000;

async function plant(): Promise<void> {
  const other: Database = await openDatabase({ url: urls.airline });
  for (let from = 0; from < count; from += CHUNK_ROWS) {
    const rows = { ...planted, from, count: Math.min(CHUNK_ROWS, count - from) };
    await Promise.all([plantExchanges(database, rows), plantCredits(other, rows)]);
  }
  await other.close();
  for (const url of Object.values(urls)) await run(url, "vacuum analyze pointbridge.operations");
}

async function seal(): Promise<void> {
  const { summaries } = shop.services;
  const place = {
    owner: "ours",
    role: "hub",
    nodeId: "airline",
    leg: { kind: "credits", sourceSystem: "shop", targetSystem: "airline" },
  } as const;
  const leg = await database.transaction((transaction) => summaries.secrets.openOwn(transaction, place));
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  await summaries.prepare(leg, window, { withinMs: Number.POSITIVE_INFINITY });
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const nodeSeconds = (user + system) / 1e6;
  const perSecond = Math.round(count / seconds);
  process.stdout.write(
    `first sealing of ${count} rows: ${seconds.toFixed(2)} s, ${perSecond} rows/s; ${nodeSeconds.toFixed(2)} s of the node's processor, the rest the database's\n`,
  );
}

async function alter(total: number, first: number): Promise<void> {
  const other: Database = await openDatabase({ url: urls.airline });
  const step = Math.floor(count / total);
  for (let index = 0; index < total; index += 1) {
    const id = plantedId(planted.prefix, Math.min(count - 1, index * step + first));
    if (index % 3 === 0) await alterRow(other, dropRow, id);
    else if (index % 3 === 1) await alterRow(database, dropRow, id);
    else await alterRow(other, raiseAmount, id);
  }
  await other.close();
}

/** Compares once with sums added up anew, since the rows were altered behind the log, and then measures. */
async function measureAfter(name: string, total: number, first: number): Promise<void> {
  await alter(total, first);
  await compare({ isRecounted: true });
  say(name, await compare({}));
}

try {
  await plant();
  await seal();
  // Their sums are made with the first comparison.
  await compare({});
  const before = await rowsRead();
  const inSync = await compare({});
  const read = (await rowsRead()) - before;
  const listed = await compare({ levelMax: 0 });
  listedBytes = listed.comparison.traffic.bytesSent + listed.comparison.traffic.bytesReceived;
  say("in sync", inSync, read);
  say("in sync, plain listing", listed);
  await measureAfter("10 differences", 10, 77);
  await measureAfter("1,010 differences", 1_000, 13);
  if (values.all) {
    say("1,010 differences, by hours", await compare({ levelMax: 2 }));
    say("1,010 differences, listing", await compare({ levelMax: 0 }));
  }
} finally {
  child.send("end");
  await once(child, "exit");
  await shop.close();
  await database.close();
  await server.stop();
}
