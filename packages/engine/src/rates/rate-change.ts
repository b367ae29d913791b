// What a change of a rate asks for, and whether a repeat asks for the same.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Rate } from "../domain/index.ts";

export interface RateKey {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
}

export interface RateChange extends RateKey {
  /** Made by the node where absent. */
  readonly operationId?: string | undefined;
  readonly rate: Rate;
  readonly rounding: "down";
  /** 1 where absent. */
  readonly minSourceAmount?: bigint | undefined;
  readonly principal: string;
}

/** The change's row in the log. */
export interface StoredRateChange {
  readonly kind: string;
  readonly status: string;
  readonly source_system: string | null;
  readonly target_system: string | null;
  readonly source_credit_type: string | null;
  readonly target_credit_type: string | null;
  readonly exchange_rate: string | null;
  readonly rate_version: number | null;
  readonly failure_code: RefusalCode | null;
  readonly data: { readonly old_rate?: string | null; readonly min_source_amount?: string } | null;
}

/** The first field in which a change differs from what its id was first used for; undefined if none. */
export function conflictingField(change: RateChange, stored: StoredRateChange): string | undefined {
  if (stored.kind !== "rate_change") return "type";
  const comparisons: readonly (readonly [string, string, string | null | undefined])[] = [
    ["source_system", change.sourceSystem, stored.source_system],
    ["target_system", change.targetSystem, stored.target_system],
    ["source_credit_type", change.sourceCreditType, stored.source_credit_type],
    ["target_credit_type", change.targetCreditType, stored.target_credit_type],
    ["rate", change.rate.text, stored.exchange_rate],
    ["min_source_amount", String(change.minSourceAmount ?? 1n), stored.data?.min_source_amount],
  ];
  return comparisons.find(([, asked, kept]) => asked !== kept)?.[0];
}
