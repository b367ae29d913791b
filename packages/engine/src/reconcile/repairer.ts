// Carries out a repair that was allowed. Whatever is sent or posted goes under ids that make a repeat harmless, so it
// may be done again after a crash, by whichever node.
//
// E1  A repair looks at its exchange first and acts only where it stands as it stood when it was found.
// E2  What it sends is what the exchange would send: the same call with the same bytes, made of the stored row.
// E3  A repair answers what came of it; that the sides are equal is proved by reading them again, never assumed.
import { isDeepStrictEqual } from "node:util";
import { type CallName, callPaths, judgeAnswer, type Verdict } from "@pointbridge/protocol/pxp";
import {
  type AdjustCommand,
  type Operation,
  partnerOperationId,
  type RestoreCommand,
} from "../domain/index.ts";
import { movementRequestOf } from "../exchange/index.ts";
import { findOperations } from "../operations/index.ts";
import { planAdjustment } from "./adjusting.ts";
import { adjustedLegOf } from "./legs.ts";
import { comparedRowOf, type Mismatch } from "./mismatch.ts";
import { exchangeRow } from "./own-rows.ts";
import type { ReconcilerParts } from "./reconciler-parts.ts";
import { restoreCommandOf } from "./restoring.ts";

export type RepairParts = Pick<
  ReconcilerParts,
  "database" | "shardCount" | "lines" | "registry" | "advance" | "post"
>;

export interface RepairOutcome {
  readonly isDone: boolean;
  readonly outcome: string;
}

/** Why it can't be made any more as it was proposed; undefined where it can. */
export type RepairJudge = (mismatch: Mismatch) => Promise<string | undefined>;

function failed(outcome: string): RepairOutcome {
  return { isDone: false, outcome };
}

/** How long a repair waits for an exchange that goes on. */
const WAIT_MS = 5_000;
const LOOK_MS = 50;
/** Before each time that a partner is asked; what it has not answered then, the next run asks for. */
const ASK_WAITS_MS = [0, 250, 1_000, 3_000] as const;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Which call the other side has to hear again, by what it has and what the exchange came to. */
function callFor(mismatch: Mismatch): CallName | undefined {
  const { leg, data } = mismatch;
  const { ours, theirs } = data;
  const [their] = theirs;
  if (leg === "target_credits") {
    if (ours?.outcome === "moved")
      return their === undefined || their.outcome === "open" ? "credits" : undefined;
    return ours?.outcome === "nothing" && their !== undefined ? "credits/rollback" : undefined;
  }
  if (leg !== "source_holds" || their?.outcome !== "open") return undefined;
  return ours?.outcome === "moved" ? "holds/capture" : "holds/release";
}

const wanted: Readonly<Record<CallName, readonly Verdict["kind"][]>> = {
  credits: ["credited"],
  "credits/rollback": ["rolled_back"],
  holds: [],
  "holds/capture": ["captured"],
  "holds/release": ["released"],
};

function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case "unknown":
      return `no answer that counts: ${verdict.reason.slice(0, 200)}`;
    case "credit_refused":
      return `refused: ${verdict.code}`;
    default:
      return verdict.kind;
  }
}

export class Repairer {
  readonly #parts: RepairParts;

  constructor(parts: RepairParts) {
    this.#parts = parts;
  }

  async #find(operationId: string): Promise<Operation | undefined> {
    const { database, shardCount } = this.#parts;
    const [operation] = await database.transaction((transaction) =>
      findOperations(transaction, shardCount, [operationId]),
    );
    return operation;
  }

  async #sendAgain(mismatch: Mismatch, operation: Operation): Promise<RepairOutcome> {
    const call = callFor(mismatch);
    if (call === undefined) return failed("there is no call that would mend it");
    const side = call.startsWith("credits") ? "target" : "source";
    const present = exchangeRow(operation, side);
    if (present.outcome !== mismatch.data.ours?.outcome) {
      return failed(`the exchange has moved on: it is ${present.state}`); // E1
    }
    const { body, amount } = movementRequestOf(operation, call); // E2
    const systemId = side === "target" ? mismatch.targetSystem : mismatch.sourceSystem;
    const bytes = Buffer.from(JSON.stringify(body));
    const asked = { operation_id: body.operation_id, amount };
    let verdict: Verdict = { kind: "unknown", reason: "it was not asked" };
    // No answer says nothing: the same again, a few times.
    for (const waitMs of ASK_WAITS_MS) {
      await pause(waitMs);
      const result = await this.#parts.lines.callThrough(systemId, callPaths[call], bytes);
      verdict =
        "unknown" in result
          ? { kind: "unknown", reason: result.unknown }
          : judgeAnswer(call, asked, { status: result.status, body: result.body });
      if (verdict.kind !== "unknown") break;
    }
    return { isDone: wanted[call].includes(verdict.kind), outcome: `${call}: ${describe(verdict)}` };
  }

  async #askAgain(operation: Operation, principal: string): Promise<RepairOutcome> {
    const { operationId } = operation;
    if (operation.dueAt !== null) {
      const command = { type: "advance", operationId, principal, state: null } as const;
      await this.#parts.advance([{ ...command, event: { kind: "ask_again" } }]);
    }
    let present: Operation | undefined = operation;
    for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += LOOK_MS) {
      present = await this.#find(operationId);
      if (present?.dueAt === null) break;
      await pause(LOOK_MS);
    }
    const state = present?.data?.crossing?.state ?? present?.status ?? "gone";
    return { isDone: true, outcome: `asked again; the exchange is ${state}` };
  }

  /** Gives the ledger a command of this repair's; what it came to, or why it came to nothing. */
  async #post(command: AdjustCommand | RestoreCommand): Promise<Operation | string> {
    const [outcome] = await this.#parts.post([command]);
    switch (outcome?.type) {
      case "operation":
        return outcome.operation;
      case "conflict":
        return `the id ${command.operationId} belongs to something else, which differs in ${outcome.field}`;
      case "unacceptable":
        return `not possible as it stands: ${outcome.code}`;
      case "error":
        throw outcome.error;
      case undefined:
        throw new Error(`the ledger did not answer for ${command.operationId}`);
    }
  }

  async #adjust(mismatch: Mismatch, principal: string, judge?: RepairJudge): Promise<RepairOutcome> {
    const { operationId, leg: name, repair, data } = mismatch;
    const leg = await adjustedLegOf(name, mismatch, this.#parts);
    const [their] = data.theirs;
    const { plan, operationId: movementId } = repair ?? {};
    if (leg === undefined || their === undefined || plan === undefined || movementId === undefined) {
      return failed("there is nothing that could be adjusted");
    }
    const made = await this.#find(movementId);
    if (made === undefined) {
      const obstacle = await judge?.(mismatch);
      if (obstacle !== undefined) return failed(obstacle);
      const theirs = comparedRowOf(operationId, their);
      const now = await planAdjustment(this.#parts, leg, operationId, theirs);
      if (now.kind === "person") return failed(now.why);
      const isSame = now.kind === "adjust" && isDeepStrictEqual(now.plan, plan);
      // Somebody else may have made it since it was looked for.
      if (!isSame && (await this.#find(movementId)) === undefined) {
        return failed("it has moved on: what would be adjusted is not what was proposed"); // E1
      }
    }
    const { systemId, userId, creditTypeId, from, to, entry, amount } = plan;
    const operation = await this.#post({
      type: "adjustment",
      operationId: movementId,
      adjustedId: partnerOperationId(leg.kind, leg.nodeId, systemId, operationId),
      systemId,
      userId,
      creditTypeId,
      from: BigInt(from),
      to: BigInt(to),
      evidenceId: data.evidenceId ?? "",
      principal,
    });
    if (typeof operation === "string") return failed(operation);
    if (operation.status !== "completed")
      return failed(`refused: ${operation.failureCode ?? operation.status}`);
    return { isDone: true, outcome: `${entry} of ${amount} under ${movementId}` };
  }

  async #restore(mismatch: Mismatch, principal: string): Promise<RepairOutcome> {
    const command = await restoreCommandOf(this.#parts, mismatch, principal);
    if (typeof command === "string") return failed(command);
    const operation = await this.#post(command);
    if (typeof operation === "string") return failed(operation);
    const { outcome } = await this.#askAgain(operation, principal);
    const present = await this.#find(mismatch.operationId);
    // Under way it goes on by itself, and what it comes to is seen when both sides are read again.
    return { isDone: present?.status !== "failed", outcome: `made again; ${outcome}` };
  }

  /**
   * Does it, or says why not. Throws only where this node's own database or lanes fail.
   * @param judge of what moves points of its own, before it does: absent where the sides were read just now
   */
  async carryOut(mismatch: Mismatch, principal: string, judge?: RepairJudge): Promise<RepairOutcome> {
    const { operationId, repair } = mismatch;
    if (repair?.action === "adjust") return this.#adjust(mismatch, principal, judge);
    if (repair?.action === "restore") return this.#restore(mismatch, principal);
    const operation = await this.#find(operationId);
    if (operation === undefined || operation.kind !== "exchange")
      return failed("there is no such exchange here");
    switch (repair?.action) {
      case "send_again":
        return this.#sendAgain(mismatch, operation);
      case "ask_again":
        return this.#askAgain(operation, principal);
      default:
        return failed("nothing can be done about it by itself");
    }
  }
}
