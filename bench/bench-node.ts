// The node under test, seen from the bench: started as a process, asked for its CPU time, stopped.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { NodeMessage, NodeOrder, NodeRequest } from "./node-process.ts";

export interface BenchNode {
  readonly port: number;
  readonly apiKey: string;
  /** CPU time used since its start. */
  readCpuMs(): Promise<number>;
  /** Lets it do what it does behind the write path, until nothing is left. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

async function nextMessage(child: ChildProcess): Promise<NodeMessage> {
  const ended = new AbortController();
  const exit = once(child, "exit", { signal: ended.signal }).then(([code]) => {
    throw new Error(`the node ended with code ${code}; what it said is above`);
  });
  exit.catch(() => undefined);
  const message = once(child, "message", { signal: ended.signal }) as Promise<[NodeMessage]>;
  message.catch(() => undefined);
  try {
    const [first] = await Promise.race([message, exit]);
    return first;
  } finally {
    ended.abort();
  }
}

/** @param profileFolder where the node writes a CPU profile when it stops; undefined for none */
export async function startBenchNode(
  databaseUrl: string,
  profileFolder: string | undefined,
  audit?: NodeOrder["audit"],
): Promise<BenchNode> {
  const order: NodeOrder = { databaseUrl, apiKey: "bench-key", ...(audit === undefined ? {} : { audit }) };
  const execArgv = profileFolder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileFolder}`];
  const child = fork(join(import.meta.dirname, "node-process.ts"), [JSON.stringify(order)], { execArgv });
  const ask = (request: NodeRequest) => child.send(request);
  const started = await nextMessage(child);
  if (started.type !== "listening") throw new Error("the node did not say where it listens");
  return {
    port: started.port,
    apiKey: order.apiKey,
    async readCpuMs() {
      const answer = nextMessage(child);
      ask("cpu");
      const message = await answer;
      if (message.type !== "cpu") throw new Error("the node did not say its CPU time");
      return message.cpuMs;
    },
    async settle() {
      const answer = nextMessage(child);
      ask("settle");
      const message = await answer;
      if (message.type !== "settled") throw new Error("the node did not say that it has settled");
    },
    async stop() {
      const ended = once(child, "exit");
      ask("stop");
      await ended;
    },
  };
}
