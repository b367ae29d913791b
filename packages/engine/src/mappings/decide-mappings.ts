// The decisions on puts of mappings: pure, in order, each seeing what the ones before it did.
//
// U1  A source user has at most one target user per target system.
// U2  A target user belongs to at most one source user per source system.
// U3  A known operation id answers what is stored, before anything else is looked at.
// U4  What changes nothing is logged only under an id of the caller's; a conflict with another mapping (409)
//     never uses an id up.
import type { RefusalCode } from "@pointbridge/protocol";
import { AppError, newOperationId } from "../system/index.ts";
import {
  conflictingField,
  type Mapping,
  type MappingPut,
  type MappingResult,
  type StoredMappingChange,
  sourceKeyOf,
  targetKeyOf,
} from "./mapping.ts";

/** What was read under lock. The maps are the decisions' own and change with them. */
export interface MappingState {
  readonly now: Date;
  readonly systems: ReadonlySet<string>;
  /** By source key. */
  readonly mappings: Map<string, Mapping>;
  /** Source users by target key. */
  readonly owners: Map<string, string>;
  /** By operation id. */
  readonly operations: Map<string, StoredMappingChange>;
}

export interface LoggedPut {
  readonly operationId: string;
  readonly put: MappingPut;
  readonly oldTargetUserId: string | null;
  readonly failureCode: RefusalCode | null;
  readonly isChange: boolean;
}

export interface MappingDecisions {
  readonly results: MappingResult[];
  /** The operations to log, in order. */
  readonly logged: LoggedPut[];
}

function refused(code: AppError["code"], detail: string, extra: Record<string, unknown> = {}): MappingResult {
  return { outcome: "refused", error: new AppError(code, detail, extra) };
}

function refuseSystem(put: MappingPut, idempotent: boolean): MappingResult {
  const detail = `system ${put.sourceSystem} or ${put.targetSystem} is not known; create it first`;
  const id = put.operationId === undefined ? {} : { operation_id: put.operationId };
  return refused("system_not_found", detail, { ...id, idempotent });
}

function answerRepeat(put: MappingPut, stored: StoredMappingChange): MappingResult {
  const operationId = stored.operation_id;
  const field = conflictingField(put, stored);
  if (field !== undefined) {
    const detail = `operation ${operationId} was first used with another ${field}; use a new id`;
    return refused("operation_conflict", detail, { operation_id: operationId, conflicting_field: field });
  }
  if (stored.failure_code !== null) return refuseSystem(put, true);
  const mapping = mappingOf(put, stored.created_at);
  return { outcome: "unchanged", operationId, idempotent: true, mapping };
}

function mappingOf(put: MappingPut, updatedAt: Date): Mapping {
  const { sourceSystem, sourceUserId, targetSystem, targetUserId } = put;
  return { sourceSystem, sourceUserId, targetSystem, targetUserId, updatedAt };
}

function refuseTaken(put: MappingPut, current: Mapping | undefined, owner: string | undefined) {
  const { sourceSystem, sourceUserId, targetSystem, targetUserId } = put;
  if (current !== undefined && put.replace !== true) {
    const detail = `user ${sourceUserId} of ${sourceSystem} is ${current.targetUserId} at ${targetSystem}; say replace to change that`;
    return refused("mapping_exists", detail);
  }
  if (owner !== undefined) {
    const detail = `user ${targetUserId} of ${targetSystem} belongs to another user of ${sourceSystem}; map that one elsewhere first`;
    return refused("mapping_taken", detail);
  }
  return undefined;
}

function log(put: MappingPut, state: MappingState, logged: LoggedPut): void {
  const { sourceSystem, sourceUserId, targetSystem, targetUserId } = put;
  state.operations.set(logged.operationId, {
    operation_id: logged.operationId,
    kind: "mapping_change",
    user_id: sourceUserId,
    target_user_id: targetUserId,
    source_system: sourceSystem,
    target_system: targetSystem,
    failure_code: logged.failureCode,
    data: { old_target_user_id: logged.oldTargetUserId, replace: put.replace ?? false },
    created_at: state.now,
  });
}

function decideOne(put: MappingPut, state: MappingState, decisions: MappingDecisions): MappingResult {
  const stored = put.operationId === undefined ? undefined : state.operations.get(put.operationId);
  if (stored !== undefined) return answerRepeat(put, stored);
  const record = (logged: Pick<LoggedPut, "oldTargetUserId" | "failureCode" | "isChange">): string => {
    const entry = { operationId: put.operationId ?? newOperationId(), put, ...logged };
    decisions.logged.push(entry);
    log(put, state, entry);
    return entry.operationId;
  };
  if (!state.systems.has(put.sourceSystem) || !state.systems.has(put.targetSystem)) {
    const failureCode = "system_not_found";
    if (put.operationId !== undefined) record({ oldTargetUserId: null, failureCode, isChange: false });
    return refuseSystem(put, false);
  }
  const sourceKey = sourceKeyOf(put);
  const current = state.mappings.get(sourceKey);
  const oldTargetUserId = current?.targetUserId ?? null;
  if (current?.targetUserId === put.targetUserId) {
    const unlogged = put.operationId === undefined;
    const operationId = unlogged ? null : record({ oldTargetUserId, failureCode: null, isChange: false });
    return { outcome: "unchanged", operationId, idempotent: false, mapping: current };
  }
  const taken = refuseTaken(put, current, state.owners.get(targetKeyOf(put)));
  if (taken !== undefined) return taken;
  if (current !== undefined) state.owners.delete(targetKeyOf(current));
  const mapping = mappingOf(put, state.now);
  state.mappings.set(sourceKey, mapping);
  state.owners.set(targetKeyOf(put), put.sourceUserId);
  const operationId = record({ oldTargetUserId, failureCode: null, isChange: true });
  return { outcome: current === undefined ? "created" : "replaced", operationId, idempotent: false, mapping };
}

/** Decides the puts in order, and changes the state as they do. */
export function decideMappings(puts: readonly MappingPut[], state: MappingState): MappingDecisions {
  const decisions: MappingDecisions = { results: [], logged: [] };
  for (const put of puts) decisions.results.push(decideOne(put, state, decisions));
  return decisions;
}
