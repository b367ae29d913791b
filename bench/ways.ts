// Every way that an exchange is made in a run, in variants where a way has a degree of concurrency to choose.
import type { Database } from "../packages/engine/src/database/index.ts";
import type { BenchNode } from "./bench-node.ts";
import { prepareFloorClients } from "./floor-way.ts";
import { HttpClients } from "./http-ways.ts";
import type { BenchClient, Window } from "./measure.ts";
import { PartnerClients } from "./partner-ways.ts";
import { SagaClients } from "./saga-way.ts";
import { batchSize, type Distribution, distributions } from "./workload.ts";

export interface Prepared {
  readonly clients: readonly BenchClient[];
  close(): Promise<void>;
}

export interface Variant {
  /** What the figures are quoted as: the best variant of the way. */
  readonly way: string;
  readonly detail: string;
  /** Which tables its exchanges are in. */
  readonly kind: "ledger" | "saga" | "cost";
  /** Left out of a quick run. */
  readonly isExtra?: boolean;
  prepare(window: Window): Promise<Prepared>;
}

const batchesInFlight = 8;
const singleConnections = 64;
const sagaConnections = [8, 16];
const floorConnections = [1, 2, 4];
/** Batches are prepared for a floor of this rate; a faster one ends its window early. */
const FLOOR_RATE_MAX = 45_000;

function wayOf(name: "batch" | "single", distribution: Distribution): string {
  return distribution === "uniform" ? name : `${name}, ${distribution}`;
}

/** Connections are opened for each measurement: a node closes those that were idle while another way ran. */
async function prepareHttp(
  node: BenchNode,
  connectionCount: number,
  choose: (http: HttpClients) => BenchClient[],
): Promise<Prepared> {
  const http = new HttpClients(node, connectionCount);
  return { clients: choose(http), close: async () => http.close() };
}

async function prepareSaga(url: string, connectionCount: number): Promise<Prepared> {
  const saga = await SagaClients.connect(url, connectionCount);
  return { clients: saga.clients(), close: () => saga.close() };
}

async function prepareFloor(database: Database, connectionCount: number, window: Window): Promise<Prepared> {
  const exchangeCount = (FLOOR_RATE_MAX * (window.warmUpMs + window.durationMs)) / 1000;
  const clients = await prepareFloorClients(database, connectionCount, exchangeCount);
  return { clients, close: async () => undefined };
}

async function preparePartner(
  node: BenchNode,
  connectionCount: number,
  choose: (partner: PartnerClients) => BenchClient[],
): Promise<Prepared> {
  const partner = new PartnerClients(node, connectionCount);
  return { clients: choose(partner), close: async () => partner.close() };
}

function listPartnerWays(node: BenchNode): Variant[] {
  const batch = (way: string, inFlight: number, lines: number, isExtra: boolean): Variant => ({
    way,
    detail: `${inFlight} requests of ${lines} in flight`,
    kind: "ledger",
    isExtra,
    prepare: () => preparePartner(node, inFlight, (partner) => partner.batchClients(lines)),
  });
  const single = (way: string, connections: number, isExtra: boolean): Variant => ({
    way,
    detail: `${connections} connection${connections === 1 ? "" : "s"}`,
    kind: "ledger",
    isExtra,
    prepare: () => preparePartner(node, connections, (partner) => partner.singleClients()),
  });
  return [
    batch("partner", 8, batchSize, false),
    batch("partner, 100", 8, 100, true),
    batch("partner, 10", 8, 10, true),
    single("partner, single", singleConnections, true),
    single("partner, one at a time", 1, false),
  ];
}

export function listWays(node: BenchNode, database: Database, url: string): Variant[] {
  const http = distributions.flatMap((distribution): Variant[] => [
    {
      way: wayOf("batch", distribution),
      detail: `${batchesInFlight} requests in flight`,
      kind: "ledger",
      prepare: () => prepareHttp(node, batchesInFlight, (clients) => clients.batchClients(distribution)),
    },
    {
      way: wayOf("single", distribution),
      detail: `${singleConnections} connections`,
      kind: "ledger",
      prepare: () => prepareHttp(node, singleConnections, (clients) => clients.singleClients(distribution)),
    },
  ]);
  const floors = floorConnections.map(
    (count): Variant => ({
      way: "floor",
      detail: `${count} connection${count === 1 ? "" : "s"}`,
      kind: "ledger",
      prepare: (window) => prepareFloor(database, count, window),
    }),
  );
  const sagas = sagaConnections.map(
    (count): Variant => ({
      way: "saga",
      detail: `${count} connections`,
      kind: "saga",
      prepare: () => prepareSaga(url, count),
    }),
  );
  return [...http, ...floors, ...sagas, ...listPartnerWays(node)];
}
