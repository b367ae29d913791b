// Runs clients in a closed loop and measures what comes out in a window that begins when all of them are warm
// and ends before the first of them stops, so that neither start nor end is in the figures.
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Does one request and answers how many exchanges it made; 0 when the client has nothing left to send. */
export type BenchClient = () => Promise<number>;

export interface Sample {
  readonly exchangesPerSecond: number;
  /** Of each request that ended in the window. */
  readonly latenciesMs: readonly number[];
  /** Cores used, out of what the machine has. The rest of `machine` is the database and the kernel. */
  readonly cores: { readonly machine: number; readonly node: number; readonly client: number };
  /** All that was done, inside the window and outside of it. */
  readonly exchangesMade: number;
}

interface CpuReading {
  readonly atMs: number;
  readonly busyMs: number;
  readonly nodeMs: number;
  readonly clientMs: number;
}

async function readCpu(readNodeCpuMs: () => Promise<number>): Promise<CpuReading> {
  const nodeMs = await readNodeCpuMs();
  const { user, system } = process.cpuUsage();
  const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { atMs: performance.now(), busyMs, nodeMs, clientMs: (user + system) / 1000 };
}

export interface Window {
  readonly warmUpMs: number;
  readonly durationMs: number;
}

export async function measure(
  clients: readonly BenchClient[],
  window: Window,
  readNodeCpuMs: () => Promise<number>,
): Promise<Sample> {
  const startsAt = performance.now() + window.warmUpMs;
  let endsAt = startsAt + window.durationMs;
  let exchangesMade = 0;
  let counted = 0;
  const latenciesMs: number[] = [];

  const loop = async (client: BenchClient): Promise<void> => {
    for (;;) {
      const sentAt = performance.now();
      if (sentAt >= endsAt) return;
      const made = await client();
      const answeredAt = performance.now();
      if (made === 0) {
        endsAt = Math.min(endsAt, sentAt);
        return;
      }
      exchangesMade += made;
      if (answeredAt < startsAt || answeredAt > endsAt) continue;
      counted += made;
      latenciesMs.push(answeredAt - sentAt);
    }
  };
  const running = Promise.all(clients.map(loop));
  running.catch(() => undefined);
  await sleep(window.warmUpMs);
  const before = await readCpu(readNodeCpuMs);
  await Promise.race([running, sleep(window.durationMs)]);
  const after = await readCpu(readNodeCpuMs);
  await running;
  if (endsAt <= startsAt) throw new Error("a client ran out of work before its window began; prepare more");

  const passedMs = after.atMs - before.atMs;
  const coresOf = (read: (reading: CpuReading) => number) => (read(after) - read(before)) / passedMs;
  return {
    exchangesPerSecond: (counted * 1000) / (endsAt - startsAt),
    latenciesMs,
    cores: {
      machine: coresOf((reading) => reading.busyMs),
      node: coresOf((reading) => reading.nodeMs),
      client: coresOf((reading) => reading.clientMs),
    },
    exchangesMade,
  };
}
