// Which call is answered by which handler.
import type { PxpCallName } from "@pointbridge/protocol/pxp";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";
import { batch, ledgerCalls } from "./ledger-calls.ts";
import { describeNode } from "./node-call.ts";
import { listRows } from "./operations-call.ts";
import { answerRates } from "./rates-call.ts";
import { signRow } from "./receipts-call.ts";
import { keepSecret, tellRows, tellSketches, tellSums } from "./reconciliation-calls.ts";
import { provision } from "./users-call.ts";

export const handlers: { readonly [N in PxpCallName]: PartnerHandler<Bodies[N]> } = {
  ...ledgerCalls,
  batch,
  node: describeNode,
  users: provision,
  operations: listRows,
  rates: answerRates,
  receipts: signRow,
  "reconciliation/key": keepSecret,
  "reconciliation/summary": tellSums,
  "reconciliation/sketch": tellSketches,
  "reconciliation/rows": tellRows,
};
