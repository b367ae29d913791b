// Putting mappings: lock, read, decide in memory, write set by set.
//
// U6  A put holds the stripes of its source user and of its target user, taken in ascending order by one
//     statement. So two puts that touch the same user take turns, and none waits in a circle.
import { hash } from "node:crypto";
import { type Database, numberArray, runRetried } from "../database/index.ts";
import { decideMappings } from "./decide-mappings.ts";
import { loadState } from "./load-state.ts";
import {
  type MappingDone,
  type MappingPut,
  type MappingResult,
  sourceKeyOf,
  targetKeyOf,
} from "./mapping.ts";
import * as queries from "./queries.ts";
import { storeChanges } from "./store-changes.ts";

/** Few enough for one transaction to hold them all, many enough for single puts to rarely meet. */
const STRIPES = 256;

export interface PutMappingsOptions {
  /** Decides and writes nothing. */
  readonly dryRun?: boolean;
  /** Writes nothing if any of the puts is refused. */
  readonly allOrNothing?: boolean;
}

function stripeOf(side: "source" | "target", key: string): number {
  return hash("sha1", `${side} ${key}`, "buffer").readUInt8(0) % STRIPES;
}

/** The stripes to lock, ascending (U6). A mapping that is replaced is guarded by its source's stripe. */
function stripesOf(puts: readonly MappingPut[]): number[] {
  const stripes = puts.flatMap((put) => [
    stripeOf("source", sourceKeyOf(put)),
    stripeOf("target", targetKeyOf(put)),
  ]);
  return [...new Set(stripes)].sort((left, right) => left - right);
}

/**
 * Puts mappings in order, with the effects of being put one by one, in one transaction.
 * @param puts at most 1000
 * @returns one result per put, in the puts' order; refusals are results, not errors
 */
export async function putMappings(
  database: Database,
  shardCount: number,
  puts: readonly MappingPut[],
  options: PutMappingsOptions = {},
): Promise<MappingResult[]> {
  if (puts.length === 0) return [];
  return runRetried(database, async (transaction) => {
    const [, state] = await Promise.all([
      transaction.query(queries.lockStripes, [numberArray(stripesOf(puts))]),
      loadState(transaction, shardCount, puts),
    ]);
    const before = new Map(state.mappings);
    const { results, logged } = decideMappings(puts, state);
    const isSpoiled = options.allOrNothing === true && results.some((result) => result.outcome === "refused");
    if (options.dryRun !== true && !isSpoiled && logged.length > 0) {
      await storeChanges(transaction, shardCount, logged, before, state);
    }
    return results;
  });
}

/**
 * Puts one mapping.
 * @throws AppError mapping_exists, mapping_taken, system_not_found, operation_conflict
 */
export async function putMapping(
  database: Database,
  shardCount: number,
  put: MappingPut,
): Promise<MappingDone> {
  const [result] = await putMappings(database, shardCount, [put]);
  if (result === undefined) throw new Error("a put of a mapping had no result");
  if (result.outcome === "refused") throw result.error;
  return result;
}
