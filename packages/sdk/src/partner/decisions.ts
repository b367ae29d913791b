// Applies the callee's table to a store: one call, one transaction, one row.
//
// D1  A call claims or locks its row before anything else of the store is read.
// D2  A row that is known answers what is stored; the store's rules, rates and balances are not asked again.
// D3  The row and its movement are one transaction: a refusal, too, is committed before it is answered.
// D4  The same id with other fields is a conflict: it changes nothing and tells the stored row.
import { randomUUID } from "node:crypto";
import {
  answerCreditAgain,
  answerHoldAgain,
  type CallBodies,
  type CallName,
  type CreditCall,
  type CreditState,
  captureOf,
  conflictAnswer,
  conflictingCreditField,
  conflictingHoldField,
  type Fingerprint,
  floorAtRate,
  type HoldCall,
  type HoldState,
  releaseOf,
  rollbackOf,
  type Step,
  type TableAnswer,
} from "@pointbridge/protocol/pxp";
import {
  type PartnerRow,
  type PartnerStore,
  type PointsMovement,
  pendingCredit,
  type RowKey,
} from "./store.ts";

export interface CallAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CallContext {
  readonly callingNode: string;
  readonly now: Date;
}

/** A store without the functions that a source needs. */
export class MissingRoleError extends Error {
  constructor(name: string) {
    super(`the store has no ${name}; give it, or leave "source" out of the roles`);
    this.name = "MissingRoleError";
  }
}

const rateWindowMs = 24 * 60 * 60 * 1000;

type Movement = CreditCall | HoldCall;
/** A rollback, a capture or a release. */
type Ending = CallBodies["holds/capture"];

function isCredit(call: CallName): boolean {
  return call === "credits" || call === "credits/rollback";
}

/** The system of a call that has to be hosted here. */
export function calledSystemOf(
  call: CallName,
  body: { source_system: string; target_system: string },
): string {
  return isCredit(call) ? body.target_system : body.source_system;
}

/** The system of a call that its caller has to speak for. */
export function callersSystemOf(
  call: CallName,
  body: { source_system: string; target_system: string },
): string {
  return isCredit(call) ? body.source_system : body.target_system;
}

function keyOf(call: CallName, body: Ending | Movement, { callingNode }: CallContext): RowKey {
  return {
    callingNode,
    system: calledSystemOf(call, body),
    kind: isCredit(call) ? "credit" : "hold",
    operationId: body.operation_id,
  };
}

function newRow(key: RowKey, body: Ending | Movement): PartnerRow {
  const isMovement = "amount" in body;
  return {
    ...key,
    state: "pending",
    sourceSystem: body.source_system,
    targetSystem: body.target_system,
    userId: isMovement ? body.user_id : null,
    creditTypeId: isMovement ? body.credit_type_id : null,
    amount: isMovement ? BigInt(body.amount) : null,
    initiatedAt: body.initiated_at,
    exchangeRate: "exchange_rate" in body ? body.exchange_rate : null,
    completedAt: null,
    transactionId: null,
    refusalCode: null,
  };
}

function fingerprintOf(row: PartnerRow): Fingerprint {
  return {
    source_system: row.sourceSystem,
    target_system: row.targetSystem,
    user_id: row.userId,
    credit_type_id: row.creditTypeId,
    amount: row.amount,
  };
}

function movementOf(row: PartnerRow): PointsMovement {
  const { callingNode, operationId, kind, system, userId, creditTypeId, amount } = row;
  if (userId === null || creditTypeId === null || amount === null) {
    throw new Error(`the row ${operationId} is ${row.state} without a movement; the store has changed it`);
  }
  return {
    callingNode,
    operationId,
    kind,
    system,
    userId,
    creditTypeId,
    amount,
    counterparty: kind === "credit" ? row.sourceSystem : row.targetSystem,
    transactionId: row.transactionId ?? randomUUID(),
  };
}

/** The outcome that a row is told by: a sealed credit is a completed one to everybody but its rollback. */
export function outcomeOf(row: PartnerRow): string {
  return row.state === "sealed" ? "completed" : row.state;
}

/** The table's answer with the row's own fields. */
function tell(row: PartnerRow, answer: TableAnswer, idempotent: boolean): CallAnswer {
  const code = answer.code ?? (answer.outcome === "refused" ? (row.refusalCode ?? "refused") : undefined);
  const body = {
    operation_id: row.operationId,
    ...(answer.outcome === undefined ? {} : { outcome: answer.outcome }),
    ...(code === undefined ? {} : { code }),
    ...(row.amount === null ? {} : { amount: String(row.amount) }),
    ...(row.transactionId === null ? {} : { transaction_id: row.transactionId }),
    ...(row.completedAt === null ? {} : { completed_at: row.completedAt }),
    idempotent,
  };
  return { status: answer.status, body };
}

/** D4: the row as it is stored; `operation_conflict` says that it answers no question. */
function tellConflict(row: PartnerRow, field: string): CallAnswer {
  return {
    status: conflictAnswer.status,
    body: {
      operation_id: row.operationId,
      code: conflictAnswer.code,
      detail: `the id was used with another ${field}; it stands as it is stored`,
      conflicting_field: field,
      outcome: outcomeOf(row),
      ...fingerprintOf(row),
      amount: row.amount === null ? null : String(row.amount),
      initiated_at: row.initiatedAt,
    },
  };
}

/** One call on one store, inside a transaction of the store. */
export class Decisions<Tx> {
  readonly #store: PartnerStore<Tx>;

  constructor(store: PartnerStore<Tx>) {
    this.#store = store;
  }

  /** Decides a call whose form and caller have been judged. */
  async decide<Name extends CallName>(
    tx: Tx,
    call: Name,
    body: CallBodies[Name],
    context: CallContext,
  ): Promise<CallAnswer> {
    const key = keyOf(call, body, context);
    switch (call) {
      case "credits":
      case "holds":
        return await this.#arrive(tx, key, body as Movement, context);
      case "credits/rollback":
        return await this.#rollBack(tx, key, body, context);
      case "holds/capture":
        return await this.#capture(tx, key, body, context);
      case "holds/release":
        return await this.#release(tx, key, body, context);
      default:
        throw new TypeError(`no such call: ${call}`);
    }
  }

  /** Ends a credit that was left pending; undefined where the row is none of those any more. */
  async finishPending(
    tx: Tx,
    key: RowKey,
    refusalCode: string | undefined,
    now: Date,
  ): Promise<PartnerRow | undefined> {
    const row = await this.#store.lockRow(tx, key);
    if (row?.kind !== "credit" || row.state !== "pending") return undefined;
    return refusalCode === undefined
      ? await this.#complete(tx, row, now)
      : await this.#refuse(tx, row, refusalCode, now);
  }

  /** D1: the row under the key, made where there is none; calls on one id take turns here. */
  async #claim(tx: Tx, key: RowKey, body: Movement | Ending): Promise<{ row: PartnerRow; isNew: boolean }> {
    const known = await this.#store.lockRow(tx, key);
    if (known !== undefined) return { row: known, isNew: false };
    const row = newRow(key, body);
    if (await this.#store.insertRow(tx, row)) return { row, isNew: true };
    // Another call made it in between, and has committed by now.
    const made = await this.#store.lockRow(tx, key);
    if (made !== undefined) return { row: made, isNew: false };
    throw new Error(`insertRow says that ${key.operationId} is taken, and lockRow does not find it`);
  }

  async #put(tx: Tx, row: PartnerRow, changes: Partial<PartnerRow>): Promise<PartnerRow> {
    const changed = { ...row, ...changes };
    await this.#store.updateRow(tx, changed);
    return changed;
  }

  async #refuse(tx: Tx, row: PartnerRow, refusalCode: string, now: Date): Promise<PartnerRow> {
    return await this.#put(tx, row, { state: "refused", refusalCode, completedAt: now.toISOString() });
  }

  async #complete(tx: Tx, row: PartnerRow, now: Date): Promise<PartnerRow> {
    const movement = movementOf(row);
    await this.#store.addPoints(tx, movement);
    const { transactionId } = movement;
    return await this.#put(tx, row, { state: "completed", transactionId, completedAt: now.toISOString() });
  }

  /** A credit or a hold. */
  async #arrive(tx: Tx, key: RowKey, call: Movement, { now }: CallContext): Promise<CallAnswer> {
    const { row, isNew } = await this.#claim(tx, key, call);
    if (!isNew) {
      const field = (key.kind === "credit" ? conflictingCreditField : conflictingHoldField)(
        fingerprintOf(row),
        call,
      );
      if (field !== undefined) return tellConflict(row, field);
      return this.#tellAgain(row, true); // D2
    }
    const decided = await (key.kind === "credit"
      ? this.#decideCredit(tx, row, call as CreditCall, now)
      : this.#decideHold(tx, row, call, now));
    return this.#tellAgain(decided, false);
  }

  #tellAgain(row: PartnerRow, idempotent: boolean): CallAnswer {
    const answer =
      row.kind === "credit"
        ? answerCreditAgain(row.state as CreditState)
        : answerHoldAgain(row.state as HoldState);
    return tell(row, answer, idempotent);
  }

  async #decideCredit(tx: Tx, row: PartnerRow, call: CreditCall, now: Date): Promise<PartnerRow> {
    const pair = {
      sourceSystem: call.source_system,
      targetSystem: call.target_system,
      sourceCreditType: call.source_credit_type,
      targetCreditType: call.credit_type_id,
    };
    const judgement = await this.#store.judge(tx, movementOf(row), call);
    if (typeof judgement === "string") return await this.#refuse(tx, row, judgement, now);
    const rate = await this.#store.findHighestRate(tx, pair, new Date(now.getTime() - rateWindowMs));
    if (rate === undefined || BigInt(call.amount) > floorAtRate(BigInt(call.source_amount), rate)) {
      return await this.#refuse(tx, row, "rate_not_agreed", now);
    }
    return judgement === pendingCredit ? row : await this.#complete(tx, row, now);
  }

  async #decideHold(tx: Tx, row: PartnerRow, call: Movement, now: Date): Promise<PartnerRow> {
    const movement = movementOf(row);
    const judgement = await this.#store.judge(tx, movement, call);
    if (judgement === pendingCredit)
      throw new TypeError("judge left a hold pending; a hold is held or refused");
    if (judgement !== undefined) return await this.#refuse(tx, row, judgement, now);
    const isHeld = await this.#source("holdPoints")(tx, movement);
    if (!isHeld) return await this.#refuse(tx, row, "insufficient_balance", now);
    return await this.#put(tx, row, { state: "held", transactionId: movement.transactionId });
  }

  #source<Name extends "holdPoints" | "captureHold" | "releaseHold">(
    name: Name,
  ): NonNullable<PartnerStore<Tx>[Name]> {
    const found = this.#store[name];
    if (found === undefined) throw new MissingRoleError(name);
    return found.bind(this.#store) as NonNullable<PartnerStore<Tx>[Name]>;
  }

  async #rollBack(tx: Tx, key: RowKey, call: Ending, { now }: CallContext): Promise<CallAnswer> {
    const { row, isNew } = await this.#claim(tx, key, call);
    const field = isNew ? undefined : conflictingCreditField(fingerprintOf(row), call);
    if (field !== undefined) return tellConflict(row, field);
    const cell = rollbackOf(isNew ? undefined : (row.state as CreditState));
    if (!("otherwise" in cell)) return await this.#take(tx, row, cell.done, isNew, now);
    const canBeDone =
      cell.action === "take_back"
        ? await this.#store.takePoints(tx, movementOf(row))
        : ((await this.#store.cancelPending?.(tx, row)) ?? true);
    return await this.#take(tx, row, canBeDone ? cell.done : cell.otherwise, isNew, now);
  }

  async #capture(tx: Tx, key: RowKey, call: Ending, { now }: CallContext): Promise<CallAnswer> {
    const row = await this.#store.lockRow(tx, key);
    const cell = captureOf(row?.state as HoldState | undefined);
    if (row === undefined || !("done" in cell)) {
      const { code = "operation_not_found" } = "answer" in cell ? cell.answer : {};
      return { status: 404, body: { operation_id: key.operationId, code, detail: "no hold has this id" } };
    }
    const field = conflictingHoldField(fingerprintOf(row), call);
    if (field !== undefined) return tellConflict(row, field);
    if (cell.action === "capture") await this.#source("captureHold")(tx, movementOf(row));
    return await this.#take(tx, row, cell.done, false, now);
  }

  async #release(tx: Tx, key: RowKey, call: Ending, { now }: CallContext): Promise<CallAnswer> {
    const { row, isNew } = await this.#claim(tx, key, call);
    const field = isNew ? undefined : conflictingHoldField(fingerprintOf(row), call);
    if (field !== undefined) return tellConflict(row, field);
    const cell = releaseOf(isNew ? undefined : (row.state as HoldState));
    if (!("done" in cell)) throw new TypeError("a release always has a step");
    if (cell.action === "release") await this.#source("releaseHold")(tx, movementOf(row));
    return await this.#take(tx, row, cell.done, isNew, now);
  }

  /** Stores the step where it changes the row, and answers it. */
  async #take(
    tx: Tx,
    row: PartnerRow,
    step: Step<CreditState> | Step<HoldState>,
    isNew: boolean,
    now: Date,
  ): Promise<CallAnswer> {
    if (row.state === step.next && !isNew) return tell(row, step.answer, true);
    // A sealed credit completed when it did.
    const completedAt = step.next === "sealed" ? row.completedAt : now.toISOString();
    const changed = await this.#put(tx, row, { state: step.next, completedAt });
    return tell(changed, step.answer, false);
  }
}
