// What is asked of a partner for an exchange under way. A body is made of what is stored and nothing else, so
// that every attempt, by whichever node, sends the same.
import { type CallName, callPaths } from "@pointbridge/protocol/pxp";
import {
  type CrossingState,
  calledSideOf,
  callOf,
  canonicalJson,
  type Operation,
  type TraceContext,
} from "../domain/index.ts";
import { newOperationId } from "../system/index.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A movement that is asked for at a partner. */
export interface MovementRequest {
  readonly operationId: string;
  /** The state of the exchange in which it is asked for. */
  readonly state: CrossingState;
  readonly call: CallName;
  readonly systemId: string;
  readonly body: Fields & { readonly operation_id: string };
  /** The amount that has to stand in an answer, also where the body has none. */
  readonly amount: string;
  readonly trace?: TraceContext;
}

/** A user that has to be created, at a partner or here. */
export interface UserRequest {
  readonly operationId: string;
  readonly state: CrossingState;
  readonly call: "users";
  readonly systemId: string;
  readonly sourceSystem: string;
  readonly sourceUserId: string;
  readonly isHosted: boolean;
  readonly trace?: TraceContext;
}

export type PartnerRequest = MovementRequest | UserRequest;

function required<T>(value: T | null, operation: Operation): T {
  if (value === null) throw new Error(`exchange ${operation.operationId} lacks a part of its body`);
  return value;
}

function movementBody(call: CallName, operation: Operation): Fields & { readonly operation_id: string } {
  const route = {
    operation_id: operation.operationId,
    source_system: required(operation.sourceSystem, operation),
    target_system: required(operation.targetSystem, operation),
  };
  const initiated_at = operation.createdAt.toISOString();
  // The keys stand as the client wrote them until the row is read back, and then as the database sorts them.
  const metadata =
    operation.metadata === null
      ? {}
      : { metadata: JSON.parse(canonicalJson(operation.metadata)) as Operation["metadata"] };
  switch (call) {
    case "credits":
      return {
        ...route,
        user_id: required(operation.targetUserId, operation),
        credit_type_id: required(operation.targetCreditType, operation),
        amount: String(required(operation.targetAmount, operation)),
        source_credit_type: required(operation.sourceCreditType, operation),
        source_amount: String(required(operation.sourceAmount, operation)),
        exchange_rate: required(operation.exchangeRate, operation),
        initiated_at,
        ...metadata,
      };
    case "holds":
      return {
        ...route,
        user_id: required(operation.userId, operation),
        credit_type_id: required(operation.sourceCreditType, operation),
        amount: String(required(operation.sourceAmount, operation)),
        initiated_at,
        ...metadata,
      };
    case "credits/rollback":
      return { ...route, initiated_at, reason: "the outcome of the credit stayed unknown" };
    case "holds/capture":
    case "holds/release":
      return { ...route, initiated_at };
  }
}

/** What has to be asked next for an exchange; undefined where it has ended. */
export function requestFor(operation: Operation): PartnerRequest | undefined {
  const crossing = operation.data?.crossing;
  const call = crossing === undefined ? undefined : callOf(crossing);
  if (crossing === undefined || call === undefined) return undefined;
  const { operationId } = operation;
  const { state } = crossing;
  const trace = crossing.trace === undefined ? {} : { trace: crossing.trace };
  const side = calledSideOf(call);
  const systemId = required(side === "source" ? operation.sourceSystem : operation.targetSystem, operation);
  if (call === "users") {
    const sourceSystem = required(operation.sourceSystem, operation);
    const sourceUserId = required(operation.userId, operation);
    const isHosted = crossing.target === "hosted";
    return { operationId, state, call, systemId, sourceSystem, sourceUserId, isHosted, ...trace };
  }
  const amount = String(
    required(side === "source" ? operation.sourceAmount : operation.targetAmount, operation),
  );
  return { operationId, state, call, systemId, body: movementBody(call, operation), amount, ...trace };
}

/** A call as the exchange made it, or would have, whatever has become of it since. */
export function movementRequestOf(
  operation: Operation,
  call: CallName,
): { readonly body: Fields & { readonly operation_id: string }; readonly amount: string } {
  const side = calledSideOf(call);
  const amount = required(side === "source" ? operation.sourceAmount : operation.targetAmount, operation);
  return { body: movementBody(call, operation), amount: String(amount) };
}

export function encodeMovement(request: MovementRequest): { path: string; bytes: Uint8Array } {
  return { path: callPaths[request.call], bytes: Buffer.from(JSON.stringify(request.body)) };
}

export function encodeBatch(requests: readonly MovementRequest[]): { path: string; bytes: Uint8Array } {
  const calls = requests.map(({ call, body }) => ({ call, ...body }));
  return { path: callPaths.batch, bytes: Buffer.from(JSON.stringify({ calls })) };
}

/**
 * What tells the partner's log lines which request of ours they belong to. A batch is of many requests: where
 * they are not one, it gets an id of its own.
 */
export function traceHeadersOf(
  requests: readonly { readonly trace?: TraceContext }[],
): Readonly<Record<string, string>> {
  const [first, ...rest] = requests.map(({ trace }) => trace);
  const isOne = first !== undefined && rest.every((trace) => trace?.requestId === first.requestId);
  if (!isOne) return { "x-request-id": newOperationId() };
  const { requestId, traceparent } = first;
  return { "x-request-id": requestId, ...(traceparent === undefined ? {} : { traceparent }) };
}
