// Systems, credit types, links, rates and profiles from a file. A file sets what its columns say and leaves
// everything else as it is, so that reading it again changes nothing.
import type { LoggedBy } from "../admin-log/index.ts";
import { getLink, loosenedGuard, putCreditType, putLink, putSystem } from "../catalog/index.ts";
import type { Database } from "../database/index.ts";
import {
  defaultRateGuard,
  isLooser,
  parsePercent,
  parsePoints,
  parseRate,
  type RateGuard,
} from "../domain/index.ts";
import {
  fieldOf,
  type ImportError,
  type ImportLine,
  type NumberedLine,
  optionalField,
  parseAttributes,
} from "../import-files/index.ts";
import { checkRates, type RateChange, type RateRules, setRate } from "../rates/index.ts";
import type { ProfileInput, Profiles } from "../users/index.ts";
import { type ImportResult, Tally } from "./tally.ts";

function choiceOf<C extends string>(
  fields: ImportLine,
  column: string,
  choices: readonly C[],
): C | undefined {
  const text = optionalField(fields, column);
  return choices.find((choice) => choice === text);
}

function requiredChoice<C extends string>(fields: ImportLine, column: string, choices: readonly C[]): C {
  const choice = choiceOf(fields, column, choices);
  if (choice === undefined) throw new Error(`the column ${column} was not checked before it was applied`);
  return choice;
}

function truthOf(fields: ImportLine, column: string): boolean | undefined {
  const text = optionalField(fields, column);
  return text === undefined ? undefined : text === "true";
}

function numberOf(fields: ImportLine, column: string): number | undefined {
  const text = optionalField(fields, column);
  return text === undefined ? undefined : Number(text);
}

export async function applySystems(
  database: Database,
  lines: readonly NumberedLine[],
  by: LoggedBy,
): Promise<ImportResult> {
  const tally = new Tally();
  for (const line of lines) {
    const { fields } = line;
    const input = {
      systemId: fieldOf(fields, "system_id"),
      name: fieldOf(fields, "name"),
      kind: requiredChoice(fields, "kind", ["hosted", "remote"]),
      status: choiceOf(fields, "status", ["active", "suspended"]),
    };
    await tally.run(
      line,
      "kind",
      async () => (await putSystem(database, input, "kept", undefined, by)).outcome,
    );
  }
  return tally.result();
}

export async function applyCreditTypes(
  database: Database,
  lines: readonly NumberedLine[],
  by: LoggedBy,
): Promise<ImportResult> {
  const tally = new Tally();
  for (const line of lines) {
    const input = {
      systemId: fieldOf(line.fields, "system_id"),
      creditTypeId: fieldOf(line.fields, "credit_type_id"),
      name: fieldOf(line.fields, "name"),
    };
    await tally.run(line, "system_id", async () => (await putCreditType(database, input, by)).outcome);
  }
  return tally.result();
}

export async function applyLinks(
  database: Database,
  lines: readonly NumberedLine[],
  by: LoggedBy,
): Promise<ImportResult> {
  const tally = new Tally();
  for (const line of lines) {
    const { fields } = line;
    const input = {
      sourceSystem: fieldOf(fields, "source_system"),
      targetSystem: fieldOf(fields, "target_system"),
      userMapping: requiredChoice(fields, "user_mapping", ["same_id", "mapped"]),
      autoProvision: truthOf(fields, "auto_provision"),
      enabled: truthOf(fields, "enabled"),
      allowGainingCycles: truthOf(fields, "allow_gaining_cycles"),
      rateChangeLimitPercent: parsePercent(optionalField(fields, "rate_change_limit_percent") ?? "")?.text,
      rateChangeWindowMs: numberOf(fields, "rate_change_window_ms"),
    };
    // A file says how things stand; what a second person has to agree to is asked for by itself.
    const options = { whenAbsent: "kept", mustComplete: true, by } as const;
    await tally.run(line, "rate_change_limit_percent", async () => {
      return (await putLink(database, input, options)).outcome;
    });
  }
  return tally.result();
}

function wantedGuard(fields: ImportLine, standing: RateGuard): RateGuard {
  const limit = parsePercent(optionalField(fields, "rate_change_limit_percent") ?? "")?.text;
  const windowMs = numberOf(fields, "rate_change_window_ms");
  return { limitPercent: limit ?? standing.limitPercent, windowMs: windowMs ?? standing.windowMs };
}

/** Which lines can't be had: a guard that leaves one person more than the link's own. */
export async function checkLinkLines(
  database: Database,
  lines: readonly NumberedLine[],
): Promise<readonly ImportError[]> {
  const tally = new Tally();
  await database.transaction(async (transaction) => {
    for (const line of lines) {
      const key = {
        sourceSystem: fieldOf(line.fields, "source_system"),
        targetSystem: fieldOf(line.fields, "target_system"),
      };
      const standing = (await getLink(transaction, key))?.rateGuard ?? defaultRateGuard;
      if (!isLooser(wantedGuard(line.fields, standing), standing)) continue;
      const { code, message } = loosenedGuard(key);
      tally.refuse(line, "rate_change_limit_percent", code, message);
    }
  });
  return tally.result().errors;
}

function toRateChange({ fields }: NumberedLine, principal: string): RateChange {
  const rate = parseRate(fieldOf(fields, "rate"));
  if (rate === undefined) throw new Error("the column rate was not checked before it was applied");
  return {
    sourceSystem: fieldOf(fields, "source_system"),
    targetSystem: fieldOf(fields, "target_system"),
    sourceCreditType: fieldOf(fields, "source_credit_type"),
    targetCreditType: fieldOf(fields, "target_credit_type"),
    rate,
    rounding: "down",
    minSourceAmount: parsePoints(fieldOf(fields, "min_source_amount")),
    principal,
    // A file says how things stand. What a second person has to agree to is proposed by itself.
    mustComplete: true,
  };
}

/** Which lines can't be had: a change that needs approval, or one that lets points grow by going round. */
export async function checkRateLines(
  database: Database,
  lines: readonly NumberedLine[],
  options: { readonly principal: string; readonly rateRules: RateRules | undefined },
): Promise<readonly ImportError[]> {
  const changes = lines.map((line) => toRateChange(line, options.principal));
  const refusals = await checkRates(database, changes, options.rateRules);
  const tally = new Tally();
  for (const [index, line] of lines.entries()) {
    const refusal = refusals[index];
    if (refusal !== undefined) tally.refuse(line, "rate", refusal.code, refusal.message);
  }
  return tally.result().errors;
}

export async function applyRates(
  database: Database,
  shardCount: number,
  lines: readonly NumberedLine[],
  options: { readonly principal: string; readonly rateRules: RateRules | undefined },
): Promise<ImportResult> {
  const tally = new Tally();
  for (const line of lines) {
    const change = toRateChange(line, options.principal);
    await tally.run(line, "rate", async () => {
      const result = await setRate(database, shardCount, change, options.rateRules);
      return result.changed ? "changed" : "unchanged";
    });
  }
  return tally.result();
}

function toProfile({ fields }: NumberedLine): ProfileInput {
  const attributes = optionalField(fields, "attributes");
  return {
    systemId: fieldOf(fields, "system_id"),
    userId: fieldOf(fields, "user_id"),
    username: optionalField(fields, "username"),
    email: optionalField(fields, "email"),
    phone: optionalField(fields, "phone"),
    attributes: attributes === undefined ? undefined : parseAttributes(attributes),
  };
}

/** Profiles are replaced whole: a profile is what its line says. */
export async function applyUsers(
  profiles: Pick<Profiles, "put">,
  lines: readonly NumberedLine[],
  by: LoggedBy,
): Promise<ImportResult> {
  const tally = new Tally();
  for (const outcome of await profiles.put(lines.map(toProfile), by)) tally.count(outcome);
  return tally.result();
}
