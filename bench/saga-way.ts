// The statement-per-step way, run: log row, step, hold, step, credit, step, capture, done, each committed by itself.
import { Client } from "pg";
import type { BenchClient } from "./measure.ts";
import * as queries from "./saga-queries.ts";
import { drawExchange, exchangeRate, source, target, targetAmountOf, userIdOf } from "./workload.ts";

const moves = { hold: queries.hold, credit: queries.credit, capture: queries.capture };

async function runSaga(client: Client): Promise<void> {
  const { operationId, member, amount } = drawExchange("uniform");
  const userId = userIdOf(member);
  const targetAmount = targetAmountOf(amount);
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  const step = (status: string, name: string) => run("step", queries.updateStep, [operationId, status, name]);
  const move = async (name: keyof typeof moves, accountId: string, points: number) => {
    const { rowCount } = await run(name, moves[name], [accountId, points, operationId]);
    if (rowCount !== 1) throw new Error(`the account ${accountId} of a saga is missing`);
  };
  const log = [operationId, userId, amount, targetAmount, exchangeRate];
  await run("log", queries.insertExchange, log);
  await step("processing", "deduct_source_credits");
  await move("hold", `${source.systemId}:${userId}`, amount);
  await step("processing", "add_target_credits");
  await move("credit", `${target.systemId}:${userId}`, targetAmount);
  await step("processing", "confirm_source_deduction");
  await move("capture", `${source.systemId}:${userId}`, amount);
  await step("completed", "done");
}

export class SagaClients {
  readonly #clients: readonly Client[];

  private constructor(clients: readonly Client[]) {
    this.#clients = clients;
  }

  static async connect(url: string, connectionCount: number): Promise<SagaClients> {
    const clients = Array.from({ length: connectionCount }, () => new Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    return new SagaClients(clients);
  }

  clients(): BenchClient[] {
    return this.#clients.map((client) => async () => {
      await runSaga(client);
      return 1;
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
  }
}
