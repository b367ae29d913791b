// Two nodes that exchange points, and reconciliations between them.
import {
  type Database,
  migrate,
  openDatabase,
  type Parameter,
  type Statement,
} from "../../src/database/index.ts";
import { defaultPolicy, findKinds, insertRun, planLegs, type Reconciler } from "../../src/reconcile/index.ts";
import {
  joinNodes,
  nodeApiKey,
  openPartnerNode,
  type PartnerNode,
  type PartnerNodeOptions,
} from "./partner-node.ts";
import { createTestDatabase } from "./test-database.ts";

export interface SeenReconciliation {
  readonly reconciliation_id: string;
  readonly status: string;
  readonly mismatches_count: number;
  readonly digests: readonly { readonly leg: string; readonly ours: string; readonly theirs: string }[];
  readonly [field: string]: unknown;
}

export interface SeenMismatch {
  readonly operation_id: string;
  readonly type: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

export function exchangeOf(operationId: string, from: "shop" | "airline", amount: string, userId = "u1") {
  const isOutward = from === "shop";
  return {
    operation_id: operationId,
    user_id: userId,
    source_system: isOutward ? "shop" : "airline",
    target_system: isOutward ? "airline" : "shop",
    source_credit_type: isOutward ? "coin" : "mile",
    target_credit_type: isOutward ? "mile" : "coin",
    amount,
  };
}

export const wholeWindow = { start_time: "2020-01-01T00:00:00.000Z", end_time: "2099-01-01T00:00:00.000Z" };

export class ReconcileWorld {
  readonly shop: PartnerNode;
  readonly airline: PartnerNode;
  readonly #cleanUps: readonly (() => Promise<void>)[];

  private constructor(shop: PartnerNode, airline: PartnerNode, cleanUps: readonly (() => Promise<void>)[]) {
    this.shop = shop;
    this.airline = airline;
    this.#cleanUps = cleanUps;
  }

  static async open(options: PartnerNodeOptions = {}): Promise<ReconcileWorld> {
    const cleanUps: (() => Promise<void>)[] = [];
    const openNode = async (): Promise<PartnerNode> => {
      const place = await createTestDatabase();
      cleanUps.unshift(() => place.drop());
      const database: Database = await openDatabase({ url: place.url });
      cleanUps.unshift(() => database.close());
      await migrate(database, options.shardCount);
      const node = await openPartnerNode(database, options);
      cleanUps.unshift(() => node.close());
      return node;
    };
    const shop = await openNode();
    const airline = await openNode();
    await joinNodes(shop, airline);
    const world = new ReconcileWorld(shop, airline, cleanUps);
    await world.fund(["u1", "u2", "u3"]);
    return world;
  }

  async fund(users: readonly string[], amount = "1000000"): Promise<void> {
    for (const [node, systemId, creditTypeId] of [
      [this.shop, "shop", "coin"],
      [this.airline, "airline", "mile"],
    ] as const) {
      for (const user of users) {
        await this.post(node, "/v1/credits", {
          operation_id: `open-${systemId}-${user}`,
          system_id: systemId,
          user_id: user,
          credit_type_id: creditTypeId,
          amount,
        });
      }
    }
  }

  async call(
    node: PartnerNode,
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: object,
    apiKey = nodeApiKey,
  ) {
    const answer = await node.app.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${apiKey}`, prefer: "wait=30" },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  }

  post(node: PartnerNode, path: string, body: object, apiKey?: string) {
    return this.call(node, "POST", path, body, apiKey);
  }

  async exchange(node: PartnerNode, body: object) {
    return this.post(node, "/v1/exchanges", body);
  }

  /** Asks for an exchange and does not wait for it. */
  async askExchange(node: PartnerNode, body: object) {
    const answer = await node.app.inject({
      method: "POST",
      url: "/v1/exchanges",
      headers: { authorization: `Bearer ${nodeApiKey}`, prefer: "respond-async" },
      payload: body,
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  }

  /** Until the airline was asked for an exchange in vain. */
  async untilAttempted(operationId: string): Promise<void> {
    for (;;) {
      const { body } = await this.call(this.shop, "GET", `/v1/exchanges/${operationId}`);
      const steps = body["steps"] as readonly { readonly attempts?: number }[];
      if (steps.some(({ attempts }) => attempts !== undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Where the shop looks for the airline. */
  async moveAirline(baseUrl: string): Promise<void> {
    const keys = (await this.call(this.airline, "GET", "/v1/keys")).body;
    const system = { name: "airline", kind: "remote", base_url: baseUrl, keys };
    const { status, body } = await this.call(this.shop, "PUT", "/v1/systems/airline", system);
    if (status >= 300) throw new Error(`the airline was not moved: ${JSON.stringify(body)}`);
  }

  async reconcile(
    node: PartnerNode,
    source: string,
    target: string,
    more: object = {},
    apiKey?: string,
  ): Promise<SeenReconciliation> {
    const input = { source_system: source, target_system: target, ...wholeWindow, ...more };
    const { status, body } = await this.post(node, "/v1/reconciliations", input, apiKey);
    if (status >= 300) throw new Error(`the reconciliation was answered ${status}: ${JSON.stringify(body)}`);
    return body as unknown as SeenReconciliation;
  }

  /** From now on only a test works on the shop's runs. */
  async stopReconciler(): Promise<void> {
    await (this.shop.services.reconciler as Reconciler).stop();
  }

  /** A run that nobody works on yet; its id. */
  async makeAbandonedRun(
    node: PartnerNode,
    input: {
      readonly operation_id: string;
      readonly repair: "none" | "propose" | "apply";
      readonly start_time?: string;
      readonly end_time?: string;
    },
  ): Promise<string> {
    const given = { ...wholeWindow, ...input };
    const { services } = node;
    const { run } = await node.database.transaction(async (transaction) =>
      insertRun(transaction, services.shardCount, {
        reconciliationId: given.operation_id,
        sourceSystem: "shop",
        targetSystem: "airline",
        startTime: new Date(given.start_time),
        endTime: new Date(given.end_time),
        origin: "asked",
        repair: given.repair,
        policy: defaultPolicy,
        principal: "tester",
        progress: {
          step: "compare",
          legs: planLegs(await findKinds(transaction, "shop", "airline")),
          legIndex: 0,
        },
      }),
    );
    return run.reconciliationId;
  }

  async mismatches(node: PartnerNode, run: SeenReconciliation): Promise<readonly SeenMismatch[]> {
    const path = `/v1/reconciliations/${run.reconciliation_id}/mismatches?limit=1000`;
    const { body } = await this.call(node, "GET", path);
    return body["items"] as readonly SeenMismatch[];
  }

  async plant(node: PartnerNode, statement: Statement, ...parameters: readonly Parameter[]): Promise<void> {
    await node.database.transaction((transaction) => transaction.query(statement, parameters));
  }

  async close(): Promise<void> {
    for (const cleanUp of this.#cleanUps) await cleanUp();
  }
}
