// Receipts: what a completed exchange came to, signed by this node and by the partners that keep a side of it.
//
// R5  Nothing of it is made on the way of an exchange. This node signs when a receipt is read; a partner is asked
//     then, once, and its signature is kept. What a partner does not sign now is missing, and asked for again by
//     whoever reads next.
// R6  A partner's signature is kept only after it was verified: by a key of that node that is not revoked, over the
//     very content that this node signs, for the system asked.
import { verify } from "node:crypto";
import { callPaths, type ReceiptsAnswer } from "@pointbridge/protocol/pxp";
import {
  decodeReceiptHeader,
  encodeReceipt,
  type Receipt,
  type ReceiptContent,
  type ReceiptSignature,
  receiptFields,
  receiptInput,
  receiptType,
} from "@pointbridge/protocol/receipts";
import type { Database } from "../database/index.ts";
import { type Operation, shardOf } from "../domain/index.ts";
import type { PartnerBook, Partners } from "../partner/index.ts";
import { AppError } from "../system/index.ts";
import * as queries from "./queries.ts";
import { signReceipt } from "./sign-receipt.ts";

export interface MissingSignature {
  readonly systemId: string;
  /** Why, for people. */
  readonly reason: string;
}

export interface ReadReceipt extends Receipt {
  /** Sides whose node has not signed. */
  readonly missing: readonly MissingSignature[];
}

type Side = "source" | "target";

interface SignatureRow {
  readonly side: Side;
  readonly payload: string;
  readonly protected: string;
  readonly signature: string;
}

const ASK_TIMEOUT_MS = 5_000;

function required<T>(value: T | null, operation: Operation, name: string): T {
  if (value === null) throw new Error(`the completed exchange ${operation.operationId} has no ${name}`);
  return value;
}

/** @throws AppError receipt_refused where it is not completed */
function toContent(operation: Operation): ReceiptContent {
  const { operationId, status } = operation;
  if (operation.kind !== "exchange" || status !== "completed") {
    throw new AppError(
      "receipt_refused",
      `the exchange ${operationId} is ${status}; only a completed one has a receipt`,
    );
  }
  const text = (value: string | bigint | null, name: string) => String(required(value, operation, name));
  return {
    type: receiptType,
    version: 1,
    operation_id: operationId,
    user_id: text(operation.userId, "user"),
    target_user_id: text(operation.targetUserId, "target user"),
    source_system: text(operation.sourceSystem, "source"),
    target_system: text(operation.targetSystem, "target"),
    source_credit_type: text(operation.sourceCreditType, "source credit type"),
    target_credit_type: text(operation.targetCreditType, "target credit type"),
    source_amount: text(operation.sourceAmount, "source amount"),
    target_amount: text(operation.targetAmount, "target amount"),
    exchange_rate: text(operation.exchangeRate, "rate"),
    rate_version: required(operation.rateVersion, operation, "rate version"),
    created_at: operation.createdAt.toISOString(),
  };
}

/** R6: what is wrong with a partner's signature; undefined where nothing is. */
function findFault(
  signed: ReceiptSignature,
  payload: string,
  systemId: string,
  book: PartnerBook,
): string | undefined {
  const header = decodeReceiptHeader(signed.protected);
  if (header === undefined) return "its signature's header can't be read";
  if (!header.systems.includes(systemId)) return `its signature is not for ${systemId}`;
  const key = book.findKey(header.kid);
  const nodeId = book.targetOf(systemId)?.nodeId;
  if (key === undefined || key.nodeId !== nodeId || key.state === "revoked") {
    return `its signature is of the key ${header.kid.slice(0, 64)}, which is not one of that node's`;
  }
  const bytes = Buffer.from(signed.signature, "base64url");
  const isValid = verify(null, receiptInput(signed.protected, payload), key.publicKey, bytes);
  return isValid ? undefined : "its signature does not fit the exchange";
}

function toSignature(body: unknown): ReceiptSignature | undefined {
  const { protected: header, signature } = (body ?? {}) as Partial<ReceiptsAnswer>;
  if (typeof header !== "string" || typeof signature !== "string") return undefined;
  return header.length > 8_192 || signature.length > 1_024 ? undefined : { protected: header, signature };
}

function describeRefusal(status: number, body: unknown): string {
  const { code } = (body ?? {}) as { readonly code?: unknown };
  if (status === 404) return "it signs no receipts, or does not know the exchange";
  return `it answered ${status}${typeof code === "string" ? ` ${code.slice(0, 64)}` : ""}`;
}

export class Receipts {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #partners: Pick<Partners, "registry" | "lines">;

  constructor(database: Database, shardCount: number, partners: Pick<Partners, "registry" | "lines">) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#partners = partners;
  }

  /** The receipt of a completed exchange. @throws AppError receipt_refused */
  async read(operation: Operation): Promise<ReadReceipt> {
    const content = toContent(operation);
    const payload = encodeReceipt(content);
    const book = await this.#partners.registry.current();
    const sides: readonly (readonly [Side, string])[] = [
      ["source", content.source_system],
      ["target", content.target_system],
    ];
    const hosted = sides.filter(([, systemId]) => book.hosts(systemId)).map(([, systemId]) => systemId);
    const [key] = book.nodeKeys;
    const own = signReceipt(key, payload, { role: "hub", systems: hosted, checked: receiptFields });
    const remote = sides.filter(([, systemId]) => !book.hosts(systemId));
    const kept = remote.length === 0 ? [] : await this.#findKept(content.operation_id);
    const found = await Promise.all(
      remote.map(async ([side, systemId]) => {
        const row = kept.find((one) => one.side === side && one.payload === payload);
        const signed = row ?? (await this.#ask(side, systemId, content, payload));
        return { systemId, signed };
      }),
    );
    const signatures = found.flatMap(({ signed }) => (typeof signed === "string" ? [] : [signed]));
    return {
      payload,
      signatures: [
        own,
        ...signatures.map(({ protected: header, signature }) => ({ protected: header, signature })),
      ],
      missing: found.flatMap(({ systemId, signed }) =>
        typeof signed === "string" ? [{ systemId, reason: signed }] : [],
      ),
    };
  }

  async #findKept(operationId: string): Promise<SignatureRow[]> {
    const parameters = [shardOf(operationId, this.#shardCount), operationId];
    return this.#database.transaction((transaction) =>
      transaction.query<SignatureRow>(queries.findSignatures, parameters),
    );
  }

  /** Asks a partner (R5); answers why there is no signature where there is none. */
  async #ask(
    side: Side,
    systemId: string,
    content: ReceiptContent,
    payload: string,
  ): Promise<ReceiptSignature | string> {
    const { operation_id, source_system, target_system } = content;
    const kind = side === "target" ? "credits" : "holds";
    const body = Buffer.from(JSON.stringify({ kind, operation_id, source_system, target_system, payload }));
    const { lines, registry } = this.#partners;
    const result = await lines.callThrough(systemId, callPaths.receipts, body, { timeoutMs: ASK_TIMEOUT_MS });
    if ("unknown" in result) return result.unknown;
    if (result.status !== 200) return describeRefusal(result.status, result.body);
    const signed = toSignature(result.body);
    if (signed === undefined) return "its answer can't be read";
    const fault = findFault(signed, payload, systemId, await registry.current());
    if (fault !== undefined) return fault;
    await this.#database.transaction((transaction) =>
      transaction.query(queries.insertSignature, [
        shardOf(operation_id, this.#shardCount),
        operation_id,
        side,
        payload,
        signed.protected,
        signed.signature,
      ]),
    );
    return signed;
  }
}
