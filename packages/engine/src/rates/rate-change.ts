// What a change of a rate asks for, its row in the log, and whether a repeat asks for the same.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Origin } from "../admin-log/index.ts";
import { defaultRateGuard, parsePercent, parseRate, type Rate } from "../domain/index.ts";
import type { CycleNode } from "./cycle-guard.ts";
import type { RateKey } from "./rate-key.ts";

export interface RateChange extends RateKey {
  /** Made by the node where absent. */
  readonly operationId?: string | undefined;
  readonly rate: Rate;
  readonly rounding: "down";
  /** 1 where absent. */
  readonly minSourceAmount?: bigint | undefined;
  /** When it shall come into force; at once, or once both nodes have agreed, where absent. */
  readonly effectiveAt?: Date | undefined;
  /** The partner's node has to accept it too. */
  readonly agree?: boolean | undefined;
  readonly principal: string;
  /** From where it was asked. */
  readonly origin?: Origin | undefined;
  /** Refused where it would have to wait for a second person, instead of being proposed. */
  readonly mustComplete?: boolean | undefined;
}

/** What the governance of rates can be told. */
export interface RateRules {
  /** How much a rate may change without a second person, up or down. */
  readonly limitPercent: Rate;
  /** How far back a change is measured. */
  readonly windowMs: number;
  /** How long a change waits for a second person. */
  readonly proposalMs: number;
  /** How long after both nodes have agreed a change comes into force that names no time. */
  readonly leadMs: number;
}

const HOUR_MS = 60 * 60 * 1_000;

export const defaultRateRules: RateRules = {
  limitPercent: readPercent(defaultRateGuard.limitPercent),
  windowMs: defaultRateGuard.windowMs,
  proposalMs: 7 * 24 * HOUR_MS,
  leadMs: 60_000,
};

/** Of a change that two nodes agree on, as the log has it. */
export interface AgreementData {
  /** The proposer's operation id. */
  readonly id: string;
  readonly partner_system: string;
  readonly proposed_by: "this_node" | "partner";
  /** Who of this node accepted what the partner proposed, where that was one person. */
  readonly accepted_by?: string;
  /** Why the partner did not accept it, or does not keep to it. */
  readonly partner_code?: string;
}

/** The log's column `data` of a change. Fields are absent where they don't apply. */
export interface RateChangeData {
  /** Null for a first rate. */
  readonly old_rate: string | null;
  readonly min_source_amount: string;
  /** Of a change that waits, or waited, for approval: how far it goes, and the version that it replaces. */
  readonly change_percentage?: string;
  readonly base_version?: number;
  readonly approved_by?: string;
  readonly rejected_by?: string;
  /** The time that was asked for. */
  readonly wanted_at?: string;
  /** From when it is in force, where that is not when it was completed. */
  readonly effective_at?: string;
  /** Of one that two nodes agree on. */
  readonly agreement?: AgreementData;
  /** The client's address and the request's id. */
  readonly from?: Readonly<Record<string, unknown>>;
  /** Of one that was refused for it. */
  readonly cycle?: readonly CycleNode[];
  readonly gain?: string;
}

/** A change's row in the log; of an operation of another kind the fields may be null. */
export interface RateChangeRow {
  readonly operation_id: string;
  readonly kind: string;
  /** `processing`: waits for the partner. */
  readonly status: "pending_approval" | "processing" | "completed" | "failed";
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly exchange_rate: string;
  readonly rate_version: number | null;
  readonly failure_code: RefusalCode | null;
  readonly data: RateChangeData;
  readonly principal: string;
  readonly expires_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A rate as the database holds it. */
export function readRate(text: string): Rate {
  const rate = parseRate(text);
  if (rate === undefined) throw new Error(`the stored rate ${text} can't be read`);
  return rate;
}

export function readPercent(text: string): Rate {
  const percent = parsePercent(text);
  if (percent === undefined) throw new Error(`the stored percentage ${text} can't be read`);
  return percent;
}

/** What a stored change asked for, by the principal who did. */
export function askedBy(row: RateChangeRow): RateChange & { readonly operationId: string } {
  return {
    operationId: row.operation_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    rate: readRate(row.exchange_rate),
    rounding: "down",
    minSourceAmount: BigInt(row.data.min_source_amount),
    effectiveAt: row.data.wanted_at === undefined ? undefined : new Date(row.data.wanted_at),
    agree: row.data.agreement !== undefined,
    principal: row.principal,
  };
}

/** The first field in which a change differs from what its id was first used for; undefined if none. */
export function conflictingField(change: RateChange, stored: RateChangeRow): string | undefined {
  if (stored.kind !== "rate_change") return "type";
  const { agreement, wanted_at: wantedAt } = stored.data;
  const comparisons: readonly (readonly [string, string, string])[] = [
    ["source_system", change.sourceSystem, stored.source_system],
    ["target_system", change.targetSystem, stored.target_system],
    ["source_credit_type", change.sourceCreditType, stored.source_credit_type],
    ["target_credit_type", change.targetCreditType, stored.target_credit_type],
    ["rate", change.rate.text, stored.exchange_rate],
    ["min_source_amount", String(change.minSourceAmount ?? 1n), stored.data.min_source_amount],
    ["effective_at", change.effectiveAt?.toISOString() ?? "", wantedAt ?? ""],
    ["agree", String(change.agree === true), String(agreement?.proposed_by === "this_node")],
  ];
  return comparisons.find(([, asked, kept]) => asked !== kept)?.[0];
}
