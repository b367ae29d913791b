// Importing lines of a file.
//
// I1  Nothing of a call is applied if any of its lines fails a check: form, contradictions, references, what
//     stands already.
// I2  A dry run makes the same checks and applies nothing.
// I3  The same lines again change nothing.
import type { LoggedBy, Origin } from "../admin-log/index.ts";
import { loadCatalog } from "../catalog/index.ts";
import type { Database } from "../database/index.ts";
import { canonicalJson } from "../domain/index.ts";
import {
  FileCheck,
  type ImportError,
  type ImportKind,
  type ImportLine,
  type NumberedLine,
} from "../import-files/index.ts";
import type { Posting } from "../posting/index.ts";
import type { RateRules } from "../rates/index.ts";
import type { Profiles } from "../users/index.ts";
import { applyBalances, checkBalances } from "./balances.ts";
import { applyMappings } from "./mappings.ts";
import {
  applyCreditTypes,
  applyLinks,
  applyRates,
  applySystems,
  applyUsers,
  checkLinkLines,
  checkRateLines,
} from "./reference-data.ts";
import { findBrokenReferences } from "./references.ts";
import type { ImportResult } from "./tally.ts";

export interface ImportServices {
  readonly database: Database;
  readonly shardCount: number;
  readonly posting: Pick<Posting, "submit">;
  readonly profiles: Pick<Profiles, "put">;
  /** The usual ones where absent. */
  readonly rateRules?: RateRules;
}

export interface ImportOptions {
  /** Checks and applies nothing. */
  readonly dryRun: boolean;
  /** The first line's number in its file; a CSV file's is 2, after the columns' names. */
  readonly firstLine: number;
  readonly principal: string;
  /** From where it was asked, where that is known. */
  readonly origin?: Origin;
}

function withoutErrors(lines: readonly NumberedLine[], errors: readonly ImportError[]): NumberedLine[] {
  const faulty = new Set(errors.map((error) => error.line));
  return lines.filter((line) => !faulty.has(line.line));
}

/** Without lines that say the very same as an earlier one: they are done with the first. */
function distinctLines(lines: readonly NumberedLine[]): NumberedLine[] {
  const seen = new Set<string>();
  return lines.filter(({ fields }) => {
    const text = canonicalJson(fields);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

async function checkStanding(
  services: ImportServices,
  kind: ImportKind,
  lines: readonly NumberedLine[],
  principal: string,
): Promise<readonly ImportError[]> {
  const { database, shardCount, rateRules } = services;
  if (kind === "balances") return (await checkBalances(database, shardCount, lines)).errors;
  if (kind === "rates") {
    return checkRateLines(database, distinctLines(lines), { principal, rateRules });
  }
  if (kind === "links") return checkLinkLines(database, distinctLines(lines));
  if (kind !== "mappings") return [];
  return (await applyMappings(database, shardCount, lines, { principal, dryRun: true })).errors;
}

/** All that is wrong with the lines, in their order. */
async function checkLines(
  services: ImportServices,
  kind: ImportKind,
  numbered: readonly NumberedLine[],
  options: ImportOptions,
): Promise<ImportError[]> {
  const lines = numbered.map((line) => line.fields);
  const errors = new FileCheck(kind).check(lines, options.firstLine);
  const sound = withoutErrors(numbered, errors);
  if (sound.length > 0) {
    const catalog = await services.database.transaction(loadCatalog);
    errors.push(...findBrokenReferences(kind, sound, catalog));
  }
  const referring = withoutErrors(sound, errors);
  // Mappings without dry run find out by applying, unless it won't come to that.
  const isWanted = options.dryRun || errors.length > 0 || kind !== "mappings";
  if (isWanted && referring.length > 0) {
    errors.push(...(await checkStanding(services, kind, referring, options.principal)));
  }
  return errors.sort((left, right) => left.line - right.line);
}

async function applyLines(
  services: ImportServices,
  kind: ImportKind,
  lines: readonly NumberedLine[],
  { principal, origin = { principal } }: ImportOptions,
): Promise<ImportResult> {
  const { database, shardCount, posting, rateRules } = services;
  const by: LoggedBy = { origin, shardCount };
  switch (kind) {
    case "systems":
      return applySystems(database, lines, by);
    case "credit-types":
      return applyCreditTypes(database, lines, by);
    case "links":
      return applyLinks(database, lines, by);
    case "rates":
      return applyRates(database, shardCount, lines, { principal, rateRules });
    case "balances":
      return applyBalances(posting, lines, principal);
    case "mappings":
      return applyMappings(database, shardCount, lines, { principal, dryRun: false });
    case "users":
      return applyUsers(services.profiles, lines, by);
  }
}

/**
 * Checks lines of a file and applies them unless it is a dry run or something is wrong with one (I1, I2).
 * @param lines at most 1000, in the file's order; the columns are the fields
 */
export async function importLines(
  services: ImportServices,
  kind: ImportKind,
  lines: readonly ImportLine[],
  options: ImportOptions,
): Promise<ImportResult> {
  const numbered = lines.map((fields, index) => ({ line: options.firstLine + index, fields }));
  const errors = await checkLines(services, kind, numbered, options);
  if (options.dryRun || errors.length > 0) return { applied: 0, unchanged: 0, errors };
  const distinct = distinctLines(numbered);
  const result = await applyLines(services, kind, distinct, options);
  if (result.errors.length > 0) return result;
  return { ...result, unchanged: result.unchanged + numbered.length - distinct.length };
}
