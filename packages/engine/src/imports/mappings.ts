// Mappings from a file: all of a call's lines in one transaction, or none.
import type { Database } from "../database/index.ts";
import { fieldOf, type NumberedLine } from "../import-files/index.ts";
import { type MappingPut, putMappings } from "../mappings/index.ts";
import { type ImportResult, Tally } from "./tally.ts";

function toPut({ fields }: NumberedLine, principal: string): MappingPut {
  return {
    sourceSystem: fieldOf(fields, "source_system"),
    sourceUserId: fieldOf(fields, "source_user_id"),
    targetSystem: fieldOf(fields, "target_system"),
    targetUserId: fieldOf(fields, "target_user_id"),
    principal,
  };
}

/** Puts the lines' mappings. A file never replaces a mapping that says otherwise. */
export async function applyMappings(
  database: Database,
  shardCount: number,
  lines: readonly NumberedLine[],
  options: { readonly principal: string; readonly dryRun: boolean },
): Promise<ImportResult> {
  const puts = lines.map((line) => toPut(line, options.principal));
  const { dryRun } = options;
  const results = await putMappings(database, shardCount, puts, { dryRun, allOrNothing: true });
  const tally = new Tally();
  for (const [index, line] of lines.entries()) {
    const result = results[index];
    if (result === undefined) throw new Error(`the mapping of line ${line.line} had no result`);
    if (result.outcome === "refused") {
      tally.refuse(line, "target_user_id", result.error.code, result.error.message);
    } else {
      tally.count(result.outcome);
    }
  }
  const counted = tally.result();
  return counted.errors.length === 0 ? counted : { applied: 0, unchanged: 0, errors: counted.errors };
}
