// Mappings as values: who a user of the source is at the target, and what a put of one asks for.
import type { RefusalCode } from "@pointbridge/protocol";
import { type MappedUser, mappedUserKey } from "../domain/index.ts";
import type { AppError } from "../system/index.ts";

export interface Mapping extends MappedUser {
  readonly targetUserId: string;
  readonly updatedAt: Date;
}

export interface MappingPut extends MappedUser {
  readonly targetUserId: string;
  /** Whether a user who has another target gets this one instead. False where absent. */
  readonly replace?: boolean | undefined;
  /** Made by the node where absent. */
  readonly operationId?: string | undefined;
  readonly principal: string;
  /** The client's address and the request's id, where it came with a request. */
  readonly from?: Readonly<Record<string, unknown>> | undefined;
}

/** What a put did, or found done where `idempotent`. */
export interface MappingDone {
  readonly outcome: "created" | "replaced" | "unchanged";
  /** Null where nothing was changed and the caller gave no id: then there is nothing to log. */
  readonly operationId: string | null;
  readonly idempotent: boolean;
  readonly mapping: Mapping;
}

export type MappingResult = MappingDone | { readonly outcome: "refused"; readonly error: AppError };

/** The same mapping from the target's side. A user id may contain anything printable, so it comes last. */
export function targetKeyOf(
  mapping: Pick<MappingPut, "sourceSystem" | "targetSystem" | "targetUserId">,
): string {
  return `${mapping.sourceSystem} ${mapping.targetSystem} ${mapping.targetUserId}`;
}

/** A put's row in the log. */
export interface StoredMappingChange {
  readonly operation_id: string;
  readonly kind: string;
  readonly user_id: string | null;
  readonly target_user_id: string | null;
  readonly source_system: string | null;
  readonly target_system: string | null;
  readonly failure_code: RefusalCode | null;
  readonly data: { readonly old_target_user_id?: string | null; readonly replace?: boolean } | null;
  readonly created_at: Date;
}

/** The first field in which a put differs from what its id was first used for; undefined if none. */
export function conflictingField(put: MappingPut, stored: StoredMappingChange): string | undefined {
  if (stored.kind !== "mapping_change") return "type";
  if (put.sourceSystem !== stored.source_system) return "source_system";
  if (put.sourceUserId !== stored.user_id) return "source_user_id";
  if (put.targetSystem !== stored.target_system) return "target_system";
  if (put.targetUserId !== stored.target_user_id) return "target_user_id";
  return (put.replace ?? false) === (stored.data?.replace ?? false) ? undefined : "replace";
}

export { mappedUserKey as sourceKeyOf };
