// The rows of changes that two nodes agree on: kept beside the change's operation, and moved with it.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Transaction } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import type { AgreementState } from "./agreement.ts";
import * as queries from "./agreement-queries.ts";
import { type RateChange, type RateChangeRow, readRate } from "./rate-change.ts";
import { keyParameters, type RateKey } from "./rate-key.ts";

/** Stands for this node where it proposed. */
export const OWN_NODE = "";

export interface AgreementRow {
  readonly proposer_node: string;
  readonly agreement_id: string;
  readonly operation_id: string;
  readonly partner_system: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly rate: string;
  readonly min_source_amount: bigint;
  readonly wanted_at: Date | null;
  readonly expires_at: Date;
  readonly state: AgreementState;
  readonly effective_at: Date | null;
  readonly code: string | null;
  readonly settled_at: Date | null;
  readonly attempts: number;
}

export interface NewAgreement {
  readonly proposerNode: string;
  readonly agreementId: string;
  readonly operationId: string;
  readonly partnerSystem: string;
  readonly change: RateChange;
  readonly expiresAt: Date;
  readonly state: AgreementState;
  readonly code?: RefusalCode | undefined;
}

export async function insertAgreement(
  transaction: Transaction,
  { proposerNode, agreementId, operationId, partnerSystem, change, expiresAt, state, code }: NewAgreement,
): Promise<AgreementRow> {
  const [row] = await transaction.query<AgreementRow>(queries.insertAgreement, [
    proposerNode,
    agreementId,
    operationId,
    partnerSystem,
    ...keyParameters(change),
    change.rate.text,
    change.minSourceAmount ?? 1n,
    change.effectiveAt ?? null,
    expiresAt,
    state,
    code ?? null,
  ]);
  if (row === undefined) throw new Error(`the agreement ${agreementId} was not written`);
  return row;
}

export async function lockAgreement(
  transaction: Transaction,
  proposerNode: string,
  agreementId: string,
): Promise<AgreementRow | undefined> {
  const [row] = await transaction.query<AgreementRow>(queries.lockAgreement, [proposerNode, agreementId]);
  return row;
}

export async function findAgreementOf(
  transaction: Transaction,
  operationId: string,
): Promise<AgreementRow | undefined> {
  const [row] = await transaction.query<AgreementRow>(queries.findAgreementOf, [operationId]);
  return row;
}

/** @param move isSettled: nothing has to be told to the partner any more */
export async function moveAgreement(
  transaction: Transaction,
  row: AgreementRow,
  move: {
    readonly state: AgreementState;
    readonly effectiveAt?: Date | undefined;
    readonly code?: string | undefined;
    readonly isSettled: boolean;
  },
): Promise<void> {
  const { state, effectiveAt, code, isSettled } = move;
  const named = [row.proposer_node, row.agreement_id];
  await transaction.query(queries.moveAgreement, [
    ...named,
    state,
    effectiveAt ?? null,
    code ?? null,
    isSettled,
  ]);
}

export async function settleAgreement(
  transaction: Transaction,
  row: AgreementRow,
  code?: string,
): Promise<void> {
  await transaction.query(queries.settleAgreement, [row.proposer_node, row.agreement_id, code ?? null]);
}

/** What the agreement is about. */
export function termsOf(row: AgreementRow, principal: string): RateChange & { readonly operationId: string } {
  return {
    operationId: row.operation_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    rate: readRate(row.rate),
    rounding: "down",
    minSourceAmount: row.min_source_amount,
    effectiveAt: row.wanted_at ?? undefined,
    principal,
  };
}

/**
 * The pair's system whose node has to agree: the target's, since it checks what it is credited, or else the source's.
 * @throws AppError rate_partner_missing
 */
export async function findPartnerSystem(transaction: Transaction, key: RateKey): Promise<string> {
  const { sourceSystem, targetSystem } = key;
  const rows = await transaction.query<{ system_id: string; kind: string }>(queries.findSystemKinds, [
    sourceSystem,
    targetSystem,
  ]);
  const isRemote = (systemId: string) =>
    rows.some((row) => row.system_id === systemId && row.kind === "remote");
  const found = [targetSystem, sourceSystem].find(isRemote);
  if (found !== undefined) return found;
  throw new AppError(
    "rate_partner_missing",
    `this node hosts both ${sourceSystem} and ${targetSystem}, so there is nobody to agree with; leave "agree" out`,
  );
}

/** Who stands for the change on this node: who proposed it here, or accepted it here. */
export function ownPrincipalOf(row: RateChangeRow): string {
  return row.data.agreement?.accepted_by ?? row.principal;
}
