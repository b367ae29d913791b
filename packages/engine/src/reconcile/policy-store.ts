// Policies as they are stored, and what is due by them.
//
// D1  Whoever finds a policy due makes its run and sets its next time in one transaction: no run is made twice and none
//     is left out, however many nodes look.
import type { Transaction } from "../database/index.ts";
import { newOperationId } from "../system/index.ts";
import { nextTime, parseCron } from "./cron.ts";
import { findKinds, planLegs } from "./legs.ts";
import { defaultPolicy, type Policy, policyFromJson, policyToJson } from "./policy.ts";
import * as queries from "./queries.ts";
import { insertRun, readTime } from "./run-store.ts";

export interface StoredPolicy {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly policy: Policy;
  readonly nextRunAt: Date | null;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

interface PolicyRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly policy: unknown;
  readonly next_run_at: Date | null;
  readonly updated_by: string;
  readonly updated_at: Date;
}

function toStored(row: PolicyRow): StoredPolicy {
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    policy: policyFromJson(row.policy),
    nextRunAt: row.next_run_at,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}

/** The next time after `now` that the policy names; null for none. */
export function nextRunOf({ cron, intervalMs }: Policy, now: Date): Date | null {
  const calendar = cron === null ? undefined : parseCron(cron);
  const byCalendar =
    calendar === undefined || typeof calendar === "string" ? undefined : nextTime(calendar, now);
  const byInterval = intervalMs === null ? undefined : new Date(now.getTime() + intervalMs);
  const times = [byCalendar, byInterval].filter((time) => time !== undefined);
  return times.sort((left, right) => left.getTime() - right.getTime())[0] ?? null;
}

/** The pair's policy, or the one that holds where nobody has set any. */
export async function policyOf(
  transaction: Transaction,
  sourceSystem: string,
  targetSystem: string,
): Promise<Policy> {
  const [row] = await transaction.query<PolicyRow>(queries.findPolicy, [sourceSystem, targetSystem]);
  return row === undefined ? defaultPolicy : toStored(row).policy;
}

/** Replaces the whole. @throws AppError system_not_found */
export async function putPolicy(
  transaction: Transaction,
  given: {
    readonly sourceSystem: string;
    readonly targetSystem: string;
    readonly policy: Policy;
    readonly principal: string;
  },
): Promise<StoredPolicy> {
  const { sourceSystem, targetSystem, policy, principal } = given;
  await findKinds(transaction, sourceSystem, targetSystem);
  const now = await readTime(transaction);
  const [row] = await transaction.query<PolicyRow>(queries.putPolicy, [
    sourceSystem,
    targetSystem,
    policyToJson(policy),
    nextRunOf(policy, now),
    principal,
    now,
  ]);
  if (row === undefined) throw new Error(`the policy of ${sourceSystem} and ${targetSystem} was not stored`);
  return toStored(row);
}

export async function listPolicies(
  transaction: Transaction,
  filter: {
    readonly sourceSystem?: string | undefined;
    readonly targetSystem?: string | undefined;
    readonly limit: number;
    readonly after?: { readonly sourceSystem: string; readonly targetSystem: string } | undefined;
  },
): Promise<StoredPolicy[]> {
  const rows = await transaction.query<PolicyRow>(queries.listPolicies, [
    filter.sourceSystem ?? null,
    filter.targetSystem ?? null,
    filter.after?.sourceSystem ?? null,
    filter.after?.targetSystem ?? null,
    filter.limit,
  ]);
  return rows.map(toStored);
}

/** Makes the run of one policy that is due; its id, or undefined where none is (D1). */
export async function makeDueRun(transaction: Transaction, shardCount: number): Promise<string | undefined> {
  const [row] = await transaction.query<PolicyRow>(queries.lockDuePolicy);
  if (row === undefined) return undefined;
  const { sourceSystem, targetSystem, policy } = toStored(row);
  const now = await readTime(transaction);
  await transaction.query(queries.setNextRun, [sourceSystem, targetSystem, nextRunOf(policy, now)]);
  const kinds = await findKinds(transaction, sourceSystem, targetSystem);
  const { run } = await insertRun(transaction, shardCount, {
    reconciliationId: newOperationId(),
    sourceSystem,
    targetSystem,
    startTime: new Date(now.getTime() - policy.windowMs - policy.graceMs),
    endTime: now,
    origin: "scheduled",
    repair: policy.repair,
    policy,
    principal: "node",
    progress: { step: "compare", legs: planLegs(kinds), legIndex: 0 },
  });
  return run.reconciliationId;
}
