// The calls that move points: credits and their rollback, holds, capture and release, alone or in a batch. Each
// becomes a command of the ledger; the answer is told by the row's state alone, by the protocol's table.
import {
  answerCreditAgain,
  answerHoldAgain,
  type CallBodies,
  type CallName,
  captureOf,
  conflictAnswer,
  releaseOf,
  rollbackOf,
  type TableAnswer,
} from "@pointbridge/protocol/pxp";
import {
  type Command,
  type Evidence,
  type Metadata,
  movedAmountOf,
  type Operation,
  partnerOperationId,
} from "../../domain/index.ts";
import type { PartnerCaller } from "../../partner/index.ts";
import type { SubmittedOutcome } from "../../posting/index.ts";
import type { Services } from "../services.ts";
import { type AcceptedLine, acceptLine, type Bodies } from "./accept-call.ts";
import type { PartnerAnswer, PartnerHandler } from "./handler.ts";
import { completedAtOf, creditStateOf, holdStateOf, outcomeOf } from "./row-state.ts";

/** Lines that this node takes in a batch. */
export const batchMax = 500;

interface Asked {
  readonly call: CallName;
  /** As the partner wrote it. */
  readonly operationId: string;
}

function kindOf(call: CallName): "credit" | "hold" {
  return call.startsWith("credits") ? "credit" : "hold";
}

function metadataOf(metadata: Record<string, unknown> | undefined): Metadata | null {
  return metadata ?? null;
}

function toCommand({ call, body }: AcceptedLine, caller: PartnerCaller, evidence: Evidence): Command {
  const { source_system: sourceSystem, target_system: targetSystem } = body;
  const calledSystem = kindOf(call) === "credit" ? targetSystem : sourceSystem;
  const common = {
    operationId: partnerOperationId(kindOf(call), caller.nodeId, calledSystem, body.operation_id),
    principal: `partner ${caller.nodeId}`,
    sourceSystem,
    targetSystem,
    initiatedAt: new Date(body.initiated_at),
    evidence,
  };
  const amountOf = (asked: string) => ({ source: sourceSystem, target: targetSystem, amount: asked });
  switch (call) {
    case "credits":
      return {
        type: "partner_credit",
        ...common,
        userId: body.user_id,
        creditTypeId: body.credit_type_id,
        amount: BigInt(body.amount),
        sourceCreditType: body.source_credit_type,
        sourceAmount: BigInt(body.source_amount),
        exchangeRate: body.exchange_rate,
        isGranted: caller.may("credit", amountOf(body.amount)),
        metadata: metadataOf(body.metadata),
      };
    case "holds":
      return {
        type: "partner_hold",
        ...common,
        userId: body.user_id,
        creditTypeId: body.credit_type_id,
        amount: BigInt(body.amount),
        isGranted: caller.may("hold", amountOf(body.amount)),
        metadata: metadataOf(body.metadata),
      };
    case "credits/rollback":
      return { type: "partner_rollback", ...common };
    case "holds/capture":
      return { type: "partner_capture", ...common };
    case "holds/release":
      return { type: "partner_release", ...common };
  }
}

/** What the table answers to a call for a row in the state that the call has left it in. */
function tableAnswer(call: CallName, operation: Operation): TableAnswer {
  switch (call) {
    case "credits":
      return answerCreditAgain(creditStateOf(operation));
    case "holds":
      return answerHoldAgain(holdStateOf(operation));
    case "credits/rollback":
      return rollbackOf(creditStateOf(operation)).done.answer;
    case "holds/capture": {
      const cell = captureOf(holdStateOf(operation));
      return cell.action === "none" ? cell.answer : cell.done.answer;
    }
    case "holds/release": {
      const cell = releaseOf(holdStateOf(operation));
      return cell.action === "none" ? cell.answer : cell.done.answer;
    }
  }
}

function rowFields(operation: Operation): Record<string, unknown> {
  const amount = movedAmountOf(operation);
  const completedAt = completedAtOf(operation);
  const { transaction_id, required, available } = operation.data ?? {};
  return {
    ...(amount === null ? {} : { amount: String(amount) }),
    ...(transaction_id === undefined ? {} : { transaction_id }),
    ...(required === undefined ? {} : { required }),
    ...(available === undefined ? {} : { available }),
    ...(completedAt === null ? {} : { completed_at: completedAt.toISOString() }),
  };
}

function answerRow(asked: Asked, operation: Operation, idempotent: boolean): PartnerAnswer {
  const { status, outcome, code } = tableAnswer(asked.call, operation);
  const refusal = outcome === "refused" ? operation.failureCode : null;
  const saidCode = refusal ?? code;
  return {
    status,
    body: {
      operation_id: asked.operationId,
      ...(outcome === undefined ? {} : { outcome }),
      ...(saidCode === undefined ? {} : { code: saidCode }),
      ...rowFields(operation),
      idempotent,
    },
  };
}

/** Decides nothing: it shows what stands under the id. */
function answerConflict(asked: Asked, stored: Operation, field: string): PartnerAnswer {
  const isCredit = stored.kind === "partner_credit";
  return {
    status: conflictAnswer.status,
    body: {
      operation_id: asked.operationId,
      code: conflictAnswer.code,
      conflicting_field: field,
      outcome: outcomeOf(stored),
      source_system: stored.sourceSystem,
      target_system: stored.targetSystem,
      user_id: stored.userId,
      credit_type_id: isCredit ? stored.targetCreditType : stored.sourceCreditType,
      ...rowFields(stored),
    },
  };
}

function answerOutcome(asked: Asked, outcome: SubmittedOutcome): PartnerAnswer {
  switch (outcome.type) {
    case "operation":
      return answerRow(asked, outcome.operation, outcome.idempotent);
    case "conflict":
      return answerConflict(asked, outcome.stored, outcome.field);
    case "unacceptable":
      return {
        status: outcome.code === "forbidden" ? 403 : 404,
        body: { operation_id: asked.operationId, code: outcome.code },
      };
    case "error":
      throw outcome.error instanceof Error
        ? outcome.error
        : new Error("a partner's call failed", { cause: outcome.error });
  }
}

async function decideOne(
  line: AcceptedLine,
  caller: PartnerCaller,
  evidence: Evidence,
  services: Services,
): Promise<PartnerAnswer> {
  const [outcome] = await services.posting.submit([toCommand(line, caller, evidence)]);
  if (outcome === undefined) throw new Error(`the call on ${line.body.operation_id} came to nothing`);
  return answerOutcome({ call: line.call, operationId: line.body.operation_id }, outcome);
}

function handlerOf<N extends CallName>(call: N): PartnerHandler<CallBodies[N]> {
  // Name and body belong together, which the types can't follow.
  return ({ caller, body, request }, services) =>
    decideOne({ call, body } as unknown as AcceptedLine, caller, request, services);
}

export const ledgerCalls: { readonly [N in CallName]: PartnerHandler<CallBodies[N]> } = {
  credits: handlerOf("credits"),
  "credits/rollback": handlerOf("credits/rollback"),
  holds: handlerOf("holds"),
  "holds/capture": handlerOf("holds/capture"),
  "holds/release": handlerOf("holds/release"),
};

/** Null where a bad line has none that can be read. */
function idOf(line: unknown): string | null {
  const id =
    typeof line === "object" && line !== null && "operation_id" in line ? line.operation_id : undefined;
  return typeof id === "string" ? id.slice(0, 128) : null;
}

/** A line whose own command failed says so without an outcome; the others stand. */
function lineResult(asked: Asked, outcome: SubmittedOutcome, services: Services): Record<string, unknown> {
  if (outcome.type === "error") {
    services.log.error({ err: outcome.error, call: asked.call }, "a line of a partner's batch failed");
    return { operation_id: asked.operationId, status: 500, code: "internal_error" };
  }
  const { status, body } = answerOutcome(asked, outcome);
  return { ...body, status };
}

/** Each line by acceptLine, then decided in order and stored as if sent alone. */
export const batch: PartnerHandler<Bodies["batch"]> = async ({ caller, body, book, request }, services) => {
  if (body.calls.length > batchMax) {
    const detail = `a batch has ${batchMax} calls at most, see batch_max`;
    const errors = [{ path: "/calls", message: `must have at most ${batchMax} items` }];
    return { status: 400, body: { code: "invalid_request", detail, errors } };
  }
  const lines = body.calls.map((line) => acceptLine(line, caller, book));
  const accepted = lines.filter((line): line is AcceptedLine => "call" in line);
  const outcomes = await services.posting.submit(accepted.map((line) => toCommand(line, caller, request)));
  let place = 0;
  const results = lines.map((line, index) => {
    if (!("call" in line)) return { operation_id: idOf(body.calls[index]), ...line };
    const outcome = outcomes[place];
    place += 1;
    if (outcome === undefined) throw new Error(`the line ${index} of a batch came to nothing`);
    return lineResult({ call: line.call, operationId: line.body.operation_id }, outcome, services);
  });
  return { status: 200, body: { results } };
};
