// Which legs a pair has, by where its two systems are, and how each is read.
import type { Database, Transaction } from "../database/index.ts";
import { parseRate, type Rate } from "../domain/index.ts";
import type { PartnerLines } from "../partner/index.ts";
import { AppError } from "../system/index.ts";
import { ListedPartner, PartnerCalls } from "../summaries/index.ts";
import type { ComparedLeg, CountedSides } from "./compare-step.ts";
import { ExchangeLeg } from "./exchange-leg.ts";
import { OwnLedgerLeg } from "./own-ledger-leg.ts";
import * as queries from "./queries.ts";
import type { Leg, Run } from "./run.ts";
import type { LegSource, Window } from "./sides.ts";
import { StatementLeg } from "./statement-leg.ts";

export interface LegSurroundings {
  readonly database: Database;
  readonly shardCount: number;
  readonly lines: Pick<PartnerLines, "callThrough">;
}

export type SystemKind = "hosted" | "remote";

export interface PairKinds {
  readonly source: SystemKind;
  readonly target: SystemKind;
}

/** @throws AppError system_not_found */
export async function findKinds(
  transaction: Transaction,
  sourceSystem: string,
  targetSystem: string,
): Promise<PairKinds> {
  const rows = await transaction.query<{ system_id: string; kind: SystemKind }>(queries.findSystemKinds, [
    sourceSystem,
    targetSystem,
  ]);
  const kindOf = (systemId: string): SystemKind => {
    const kind = rows.find((row) => row.system_id === systemId)?.kind;
    if (kind === undefined) throw new AppError("system_not_found", `no system has the id ${systemId}`);
    return kind;
  };
  return { source: kindOf(sourceSystem), target: kindOf(targetSystem) };
}

/** What a pair's exchanges are compared with. */
export function planLegs({ source, target }: PairKinds): readonly Leg[] {
  if (source === "hosted" && target === "hosted") return ["own_debits", "own_credits"];
  const legs: Leg[] = [];
  if (source === "remote") legs.push("source_holds");
  if (target === "remote") legs.push("target_credits");
  return legs;
}

/** Each side of an exchange is counted by one leg. */
function countedSides(leg: Leg, { source, target }: PairKinds): CountedSides {
  switch (leg) {
    case "target_credits":
      return { ours: source === "hosted" ? "source" : undefined, theirs: "target" };
    case "source_holds":
      return { ours: target === "hosted" ? "target" : undefined, theirs: "source" };
    case "hub_credits":
    case "statement_source":
      return { ours: "target", theirs: "source" };
    case "hub_holds":
    case "statement_target":
      return { ours: "source", theirs: "target" };
    // Movements are what is counted where both ledgers are here.
    case "own_debits":
      return { ours: undefined, theirs: "source" };
    case "own_credits":
      return { ours: undefined, theirs: "target" };
  }
}

async function readOtherRates(database: Database, run: Run): Promise<Rate[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query<{ rate: string }>(queries.listPairRates, [run.sourceSystem, run.targetSystem]),
  );
  return rows.map(({ rate }) => parseRate(rate)).filter((rate) => rate !== undefined);
}

function openSource(leg: Leg, run: Run, window: Window, surroundings: LegSurroundings): LegSource {
  const { database, shardCount, lines } = surroundings;
  const { sourceSystem, targetSystem, reconciliationId } = run;
  const pair = { sourceSystem, targetSystem };
  switch (leg) {
    case "target_credits":
    case "source_holds": {
      const kind = leg === "target_credits" ? "credits" : "holds";
      const calls = new PartnerCalls(lines, leg === "target_credits" ? targetSystem : sourceSystem);
      const theirs = new ListedPartner(calls, { kind, ...pair });
      return new ExchangeLeg(leg, database, shardCount, theirs, pair, window);
    }
    case "own_debits":
    case "own_credits":
      return new OwnLedgerLeg(leg, database, shardCount, pair, window);
    case "statement_target":
    case "statement_source":
      return new StatementLeg(leg, database, shardCount, reconciliationId, pair, window);
    case "hub_credits":
    case "hub_holds":
      throw new Error(`the leg ${leg} can't be read yet`);
  }
}

/** Opens a leg of a run for its window. */
export async function openLeg(
  leg: Leg,
  run: Run,
  window: Window,
  surroundings: LegSurroundings,
): Promise<ComparedLeg> {
  const { database } = surroundings;
  const kinds = await database.transaction((transaction) =>
    findKinds(transaction, run.sourceSystem, run.targetSystem),
  );
  const otherRates = await readOtherRates(database, run);
  return {
    source: openSource(leg, run, window, surroundings),
    counted: countedSides(leg, kinds),
    otherRates,
  };
}
