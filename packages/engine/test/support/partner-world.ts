// A hub with scriptable partners around it, and what has to hold of every exchange between them, whatever the
// partners and the network did.

import { deepStrictEqual } from "node:assert/strict";
import { floorAtRate } from "@pointbridge/protocol/pxp";
import { verifyAudit } from "../../src/audit/index.ts";
import type { Database } from "../../src/database/index.ts";
import type { CrossingRecord, Operation } from "../../src/domain/index.ts";
import { listAccounts, verifyLedger } from "../../src/ledger/index.ts";
import { findOperations } from "../../src/operations/index.ts";
import {
  keysOf,
  nodeApiKey,
  openPartnerNode,
  type PartnerNode,
  type PartnerNodeOptions,
  putHosted,
  putRemote,
  putTestRoute,
} from "./partner-node.ts";
import { ScriptablePartner } from "./scriptable-partner.ts";

/** Whose points move, from where to where. `batch` partners take 50 lines at a time, the others one. */
export const worldRoutes = {
  out: { source: ["shop", "coin"], target: ["airline", "mile"], rate: "0.29" },
  in: { source: ["airline", "mile"], target: ["shop", "coin"], rate: "2.5" },
  between: { source: ["airline", "mile"], target: ["hotel", "night"], rate: "0.5" },
  provisioned: { source: ["shop", "coin"], target: ["hotel", "night"], rate: "0.7", isMapped: true },
  adopted: { source: ["hotel", "night"], target: ["club", "star"], rate: "2", isMapped: true },
  batchOut: { source: ["shop", "coin"], target: ["railway", "leg"], rate: "0.29" },
  batchIn: { source: ["railway", "leg"], target: ["shop", "coin"], rate: "2.5" },
} as const satisfies Record<
  string,
  {
    source: readonly [string, string];
    target: readonly [string, string];
    rate: string;
    isMapped?: boolean;
  }
>;
export type RouteName = keyof typeof worldRoutes;

export interface AskedExchange {
  readonly id: string;
  readonly route: RouteName;
  readonly userId: string;
  readonly amount: number;
  readonly metadata?: object;
}

const partnerSystems = { airline: ["mile", 1], hotel: ["night", 1], railway: ["leg", 50] } as const;
export type PartnerName = keyof typeof partnerSystems;

interface Legs {
  readonly source: string;
  readonly target: string;
}

export class PartnerWorld {
  readonly hub: PartnerNode;
  readonly partners: Readonly<Record<PartnerName, ScriptablePartner>>;
  /** Everything that was ever asked for. */
  readonly asked: string[] = [];
  #openedPoints = 0n;

  private constructor(hub: PartnerNode, partners: Readonly<Record<PartnerName, ScriptablePartner>>) {
    this.hub = hub;
    this.partners = partners;
  }

  static async open(database: Database, options: PartnerNodeOptions): Promise<PartnerWorld> {
    const hub = await openPartnerNode(database, options);
    const open = (systemId: PartnerName) =>
      ScriptablePartner.open({ systemId, batchMax: partnerSystems[systemId][1] });
    const partners = {
      airline: await open("airline"),
      hotel: await open("hotel"),
      railway: await open("railway"),
    };
    await putHosted(hub, "shop", "coin");
    await putHosted(hub, "club", "star");
    for (const partner of Object.values(partners)) {
      const { systemId, baseUrl, keys } = partner;
      const [creditTypeId] = partnerSystems[systemId as PartnerName];
      await putRemote(hub, { systemId, creditTypeId, baseUrl, keys });
      partner.trust(await keysOf(hub));
    }
    for (const route of Object.values(worldRoutes)) {
      const { source, target, rate } = route;
      const isMapped = "isMapped" in route;
      await putTestRoute(hub, {
        source,
        target,
        rate,
        userMapping: isMapped ? "mapped" : "same_id",
        autoProvision: isMapped,
      });
      for (const partner of Object.values(partners))
        partner.ledger.rates.set(`${source[0]}>${target[0]}`, rate);
    }
    return new PartnerWorld(hub, partners);
  }

  get all(): readonly ScriptablePartner[] {
    return Object.values(this.partners);
  }

  async post(path: string, payload: object, prefer = "respond-async", hub: PartnerNode = this.hub) {
    const answer = await hub.app.inject({
      method: "POST",
      url: path,
      headers: { authorization: `Bearer ${nodeApiKey}`, prefer },
      payload,
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  }

  async put(path: string, payload: object): Promise<void> {
    const answer = await this.hub.app.inject({
      method: "PUT",
      url: path,
      headers: { authorization: `Bearer ${nodeApiKey}` },
      payload,
    });
    if (answer.statusCode >= 300) throw new Error(`PUT ${path}: ${answer.statusCode} ${answer.body}`);
  }

  /** Gives users points wherever they may be taken from. */
  async openUsers(userIds: readonly string[], amount = 1_000_000): Promise<void> {
    const credits = userIds.map((user_id) => ({
      operation_id: `open-${user_id}`,
      system_id: "shop",
      credit_type_id: "coin",
      user_id,
      amount: String(amount),
    }));
    for (let start = 0; start < credits.length; start += 1000) {
      const { status, body } = await this.post("/v1/credits/batch", {
        credits: credits.slice(start, start + 1000),
      });
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
    this.#openedPoints += BigInt(amount) * BigInt(userIds.length);
    for (const user_id of userIds) {
      for (const partner of this.all) partner.ledger.open(user_id, BigInt(amount));
    }
  }

  /** What users may be created by at a target. */
  async putProfiles(userIds: readonly string[]): Promise<void> {
    for (const user_id of userIds) {
      for (const system_id of ["shop", "hotel"]) {
        await this.put("/v1/users", { system_id, user_id, username: user_id });
      }
    }
  }

  bodyOf({ id, route, userId, amount, metadata }: AskedExchange) {
    const { source, target } = worldRoutes[route];
    return {
      operation_id: id,
      user_id: userId,
      source_system: source[0],
      source_credit_type: source[1],
      target_system: target[0],
      target_credit_type: target[1],
      amount: String(amount),
      ...(metadata === undefined ? {} : { metadata }),
    };
  }

  /** Asks for exchanges and waits for none of them. */
  async ask(exchanges: readonly AskedExchange[], hub: PartnerNode = this.hub): Promise<void> {
    const lines = exchanges.map((exchange) => this.bodyOf(exchange));
    this.asked.push(...exchanges.map(({ id }) => id));
    const { status, body } = await this.post(
      "/v1/exchanges/batch",
      { exchanges: lines },
      "respond-async",
      hub,
    );
    deepStrictEqual({ status, body: status === 200 ? {} : body }, { status: 200, body: {} });
  }

  async read(ids: readonly string[]): Promise<Operation[]> {
    const { database, services } = this.hub;
    return database.transaction((transaction) =>
      findOperations(transaction, services.shardCount, [...new Set(ids)]),
    );
  }

  /** Looks again and again until it is so of every exchange. */
  async until(
    ids: readonly string[],
    isSo: (operation: Operation, crossing: CrossingRecord | undefined) => boolean,
    withinMs = 20_000,
  ): Promise<Operation[]> {
    const endMs = Date.now() + withinMs;
    const done = new Map<string, Operation>();
    for (;;) {
      // What is so already is not read again: reading takes the hub's time.
      const open = ids.filter((id) => !done.has(id));
      const operations = await this.read(open);
      for (const operation of operations) {
        if (isSo(operation, operation.data?.crossing)) done.set(operation.operationId, operation);
      }
      const last = operations.filter(({ operationId }) => !done.has(operationId));
      if (ids.every((id) => done.has(id))) return [...done.values()];
      if (Date.now() > endMs) {
        const told = last.slice(0, 5).map(({ operationId, status, dueAt, data }) => {
          return { operationId, status, dueAt, data };
        });
        throw new Error(`${last.length} exchanges have not come that far: ${JSON.stringify(told)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, open.length > 100 ? 100 : 15));
    }
  }

  ended(ids: readonly string[], withinMs?: number): Promise<Operation[]> {
    return this.until(ids, ({ status }) => status === "completed" || status === "failed", withinMs);
  }

  /** All partners do as they should from now on; what was to come late comes now. */
  endFaults(): void {
    for (const partner of this.all) {
      partner.script = () => undefined;
      partner.clockOffsetMs = 0;
      partner.deliverLate();
    }
  }

  #legsOf(operation: Operation): Legs {
    const { operationId: id, status } = operation;
    const source = this.partners[operation.sourceSystem as PartnerName];
    const target = this.partners[operation.targetSystem as PartnerName];
    const crossing = operation.data?.crossing;
    const isBegun = crossing !== undefined;
    // What our own ledger says is held to its lines by `verifyLedger`.
    const ownSource =
      { completed: "captured", failed: isBegun ? "released" : "none" }[String(status)] ?? "held";
    const ownTarget = crossing?.marks.credited === undefined ? "none" : "completed";
    return {
      source: source === undefined ? ownSource : (source.ledger.holds.get(id)?.state ?? "none"),
      target: target === undefined ? ownTarget : (target.ledger.credits.get(id)?.state ?? "none"),
    };
  }

  /** What is wrong with an exchange as it stands in all ledgers; undefined where all is well. */
  findFault(operation: Operation): string | undefined {
    const { source, target } = this.#legsOf(operation);
    const { status, operationId: id } = operation;
    const told = `${id} is ${status} with its source ${source} and its target ${target}`;
    const isCredited = target === "completed" || target === "sealed";
    const isGone = source === "released" || source === "refused" || source === "none";
    if (source === "captured" && !isCredited) return `points are lost: ${told}`;
    if (isGone && isCredited) return `points are made: ${told}`;
    if (status === "completed" && source !== "captured") return `not so: ${told}`;
    if (status === "failed" && (!isGone || isCredited || target === "pending")) return `not so: ${told}`;
    if (!["completed", "failed", "needs_attention", "processing"].includes(status))
      return `no status: ${told}`;
    return isCredited ? this.#findWrongCredit(operation) : undefined;
  }

  #findWrongCredit(operation: Operation): string | undefined {
    const { operationId: id, sourceAmount, targetAmount, exchangeRate, targetUserId } = operation;
    const expected = floorAtRate(sourceAmount ?? 0n, exchangeRate ?? "0");
    if (targetAmount !== expected) return `${id} was to give ${expected} and gives ${targetAmount}`;
    const row = this.partners[operation.targetSystem as PartnerName]?.ledger.credits.get(id);
    if (row === undefined) return undefined;
    const { amount, user_id: userId } = row.asked;
    if (amount === String(expected) && userId === targetUserId) return undefined;
    return `${id} gave ${String(amount)} to ${String(userId)} instead of ${expected} to ${String(targetUserId)}`;
  }

  /** Every ledger by itself, and all of them together; and the audit log says of every operation what it is. */
  async requireEqual(ids: readonly string[]): Promise<void> {
    const operations = await this.read(ids);
    deepStrictEqual(operations.map((operation) => this.findFault(operation)).filter(Boolean), []);
    deepStrictEqual(
      this.all.flatMap((partner) => partner.ledger.findFaults()),
      [],
    );
    deepStrictEqual(this.all.flatMap((partner) => partner.changedBodies).slice(0, 2), []);
    const { database, services } = this.hub;
    const { differences } = await verifyLedger(database);
    deepStrictEqual(differences, []);
    await services.audit.fold();
    const { faults } = await verifyAudit(database, services.shardCount, services.audit);
    deepStrictEqual(faults, []);
  }

  /** What shop's members have is what they were given and what the exchanges took and brought. */
  async requireShopSum(ids: readonly string[]): Promise<void> {
    const { database, services } = this.hub;
    const accounts = await database.transaction((transaction) =>
      listAccounts(transaction, services.shardCount, { systemId: "shop", limit: 100_000 }),
    );
    let expected = this.#openedPoints;
    let expectedFrozen = 0n;
    for (const { status, sourceSystem, targetSystem, sourceAmount, targetAmount } of await this.read(ids)) {
      const isCompleted = status === "completed";
      if (sourceSystem === "shop" && isCompleted) expected -= sourceAmount ?? 0n;
      if (targetSystem === "shop" && isCompleted) expected += targetAmount ?? 0n;
      if (sourceSystem === "shop" && !isCompleted && status !== "failed")
        expectedFrozen += sourceAmount ?? 0n;
    }
    const frozen = accounts.reduce((sum, account) => sum + account.frozen, 0n);
    const available = accounts.reduce((sum, account) => sum + account.available, 0n);
    deepStrictEqual({ available, frozen }, { available: expected - expectedFrozen, frozen: expectedFrozen });
  }

  async close(): Promise<void> {
    this.endFaults();
    await this.hub.close();
    for (const partner of this.all) await partner.close();
  }
}
