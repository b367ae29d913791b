// One running example partner and who calls it: the node of `shop`, another node, a revoked and an unknown key.
import { DatabaseSync } from "node:sqlite";
import { callPaths } from "@pointbridge/protocol/pxp";
import { type ExampleName, type ExamplePartner, startExamplePartner } from "./example-partner.ts";
import { providePhp, providePython } from "./partner-runtimes.ts";
import { type CallerKey, makeCallerKey, type SignedAnswer, SignedCaller } from "./signed-caller.ts";

/** Each example with the command that runs it, undefined where it can't be run here. */
export function listExamples(): ReadonlyArray<readonly [ExampleName, string | undefined]> {
  return [
    ["python", providePython().command],
    ["php", providePhp().command],
  ];
}

export const route = { source_system: "shop", target_system: "club" };
/** Points that a member may get in a day. */
export const dailyLimit = 1_000_000;

export const rates = ["shop", "other"].map((source) => ({
  source_system: source,
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
  rate: "0.29",
}));

export interface CreditFields {
  readonly operation_id: string;
  readonly [field: string]: unknown;
}

/** A credit that completes, but for the given fields. */
export function makeCredit(fields: CreditFields) {
  return {
    ...route,
    user_id: "u1",
    credit_type_id: "star",
    amount: "29",
    source_credit_type: "coin",
    source_amount: "100",
    exchange_rate: "0.29",
    initiated_at: "2026-11-23T09:30:00.000Z",
    ...fields,
  };
}

export function makeRollback(operationId: string) {
  return {
    ...route,
    operation_id: operationId,
    initiated_at: "2026-11-23T09:30:00.000Z",
    reason: "unknown outcome",
  };
}

/** Rows that contradict each other: balances and movements, rows and movements, rows and evidence. */
const contradictions = `
  SELECT a.user_id FROM accounts a WHERE a.balance <> (SELECT coalesce(sum(m.amount), 0) FROM movements m
    WHERE (m.system_id, m.user_id, m.credit_type_id) = (a.system_id, a.user_id, a.credit_type_id))
  UNION ALL SELECT c.operation_id FROM credits c LEFT JOIN movements m USING (movement_id)
    WHERE (c.state = 'refused') = (m.movement_id IS NOT NULL) AND c.user_id IS NOT NULL OR m.amount <> c.amount
  UNION ALL SELECT c.operation_id FROM credits c LEFT JOIN evidence e USING (node_id, nonce) WHERE e.body IS NULL`;

export class ExampleWorld {
  readonly partner: ExamplePartner;
  readonly node: SignedCaller;
  readonly other: SignedCaller;
  readonly revoked: SignedCaller;
  readonly stranger: SignedCaller;

  private constructor(
    partner: ExamplePartner,
    keys: Readonly<Record<"node" | "other" | "revoked", CallerKey>>,
  ) {
    this.partner = partner;
    this.node = new SignedCaller(partner, keys.node);
    this.other = new SignedCaller(partner, keys.other);
    this.revoked = new SignedCaller(partner, keys.revoked);
    this.stranger = new SignedCaller(partner, makeCallerKey());
  }

  static async start(name: ExampleName, command: string): Promise<ExampleWorld> {
    const keys = { node: makeCallerKey(), other: makeCallerKey(), revoked: makeCallerKey() };
    const partner = await startExamplePartner(name, command, {
      callers: {
        shop: { systems: ["shop"], keys: [keys.node.publicJwk], revoked: [keys.revoked.publicJwk] },
        other: { systems: ["other"], keys: [keys.other.publicJwk] },
      },
      systems: { club: ["star"] },
      rates,
      dailyLimit,
    });
    for (const user of ["u1", "poor", "rich", "积分"]) await partner.run(["member", "club", user]);
    return new ExampleWorld(partner, keys);
  }

  credit(fields: CreditFields): Promise<SignedAnswer> {
    return this.node.call(callPaths.credits, makeCredit(fields));
  }

  rollBack(operationId: string): Promise<SignedAnswer> {
    return this.node.call(callPaths["credits/rollback"], makeRollback(operationId));
  }

  balanceOf(user: string): bigint {
    const db = this.#openDatabase(true);
    const row = db
      .prepare("SELECT CAST(balance AS TEXT) AS balance FROM accounts WHERE user_id = ?")
      .get(user);
    db.close();
    return BigInt(String(row?.["balance"] ?? 0));
  }

  /** As if the rates had been agreed long ago. */
  ageRates(sourceCreditType: string): void {
    const db = this.#openDatabase(false);
    const sql = "UPDATE rates SET valid_from = '2001-01-01T00:00:00.000Z' WHERE source_credit_type = ?";
    db.prepare(sql).run(sourceCreditType);
    db.close();
  }

  findContradictions(): unknown[] {
    const db = this.#openDatabase(true);
    const rows = db.prepare(contradictions).all();
    db.close();
    return rows;
  }

  #openDatabase(readOnly: boolean): DatabaseSync {
    return new DatabaseSync(this.partner.databaseFile, { readOnly, timeout: 5000 });
  }
}
