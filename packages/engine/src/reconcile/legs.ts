// Which legs a pair has, by where its two systems are, and how each is read.
import type { Database, Transaction } from "../database/index.ts";
import { parseRate, type Rate } from "../domain/index.ts";
import type { PartnerBook, PartnerLines } from "../partner/index.ts";
import {
  ComparisonStop,
  ListedPartner,
  type OpenedSides,
  openSides,
  PartnerCalls,
  type Summaries,
} from "../summaries/index.ts";
import { AppError } from "../system/index.ts";
import { type AdjustedLeg, planAdjustment } from "./adjusting.ts";
import { type ComparedLeg, type CountedSides, defaultCandidatesMax } from "./compare-step.ts";
import { ExchangeLeg } from "./exchange-leg.ts";
import { AskedRows, OwnExchanges, type OwnSide } from "./own-exchanges.ts";
import { OwnLedgerLeg } from "./own-ledger-leg.ts";
import * as queries from "./queries.ts";
import type { Leg, Run } from "./run.ts";
import { type LegSource, UnreadableSideError, type Window } from "./sides.ts";
import { StatementLeg } from "./statement-leg.ts";

export interface LegSurroundings {
  readonly database: Database;
  readonly shardCount: number;
  readonly lines: Pick<PartnerLines, "callThrough">;
  readonly summaries: Summaries;
  readonly registry: { current(): Promise<PartnerBook> };
  /** Operations of a leg that may differ at first sight before the run gives up. */
  readonly candidatesMax?: number | undefined;
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
  if (source === "remote" && target === "remote") return ["source_holds", "target_credits"];
  // The other node may be the hub of some: those are compared with what it says of its exchanges.
  return source === "remote" ? ["source_holds", "hub_credits"] : ["target_credits", "hub_holds"];
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

function candidatesMaxOf({ candidatesMax }: LegSurroundings): number {
  return candidatesMax ?? defaultCandidatesMax;
}

type PartnerLeg = "target_credits" | "source_holds" | "hub_credits" | "hub_holds";

/** Which ledger's rows a leg is about, whose node is asked, and which side of the exchange that is. */
const partnerLegs = {
  target_credits: { kind: "credits", role: "hub", theirSide: "target" },
  source_holds: { kind: "holds", role: "hub", theirSide: "source" },
  hub_credits: { kind: "credits", role: "callee", theirSide: "source" },
  hub_holds: { kind: "holds", role: "callee", theirSide: "target" },
} as const;

/** A partner that does not say what it is, as it should, may still list. */
async function tryOpenSides(
  leg: PartnerLeg,
  run: Run,
  surroundings: LegSurroundings,
): Promise<OpenedSides | undefined> {
  const { sourceSystem, targetSystem } = run;
  try {
    return await openSides(surroundings, { kind: partnerLegs[leg].kind, sourceSystem, targetSystem });
  } catch (error) {
    const isUseless =
      error instanceof ComparisonStop &&
      (error.reason === "partner_refused" || error.reason === "answer_malformed");
    if (!isUseless) throw error;
    return undefined;
  }
}

async function nodeOf(systemId: string, { registry }: Pick<LegSurroundings, "registry">): Promise<string> {
  const target = (await registry.current()).targetOf(systemId);
  if (target !== undefined) return target.nodeId;
  const detail = `the system ${systemId} has no address or no key to be called with`;
  throw new ComparisonStop("partner_silent", detail);
}

/**
 * Why a partner's own exchanges are not compared. Where they are all that there is in the window, nothing would be.
 * @throws UnreadableSideError
 */
async function whyUntold(
  asked: OwnSide,
  run: Run,
  window: Window,
  systemId: string,
  { database, shardCount }: LegSurroundings,
): Promise<string> {
  const one = { after: undefined, until: undefined, limit: 1 };
  const what = `the node of ${systemId} does not tell the exchanges that it made`;
  const [first] = await asked.list(window, one);
  if (first === undefined) return what;
  const some = `${what}, and it made some: they can't be compared from here`;
  const { sourceSystem, targetSystem } = run;
  const own = new OwnExchanges(database, shardCount, { sourceSystem, targetSystem }, "target");
  if ((await own.list(window, one)).length === 0) throw new UnreadableSideError(some);
  return some;
}

async function openPartnerLeg(
  leg: PartnerLeg,
  run: Run,
  window: Window,
  surroundings: LegSurroundings,
): Promise<LegSource | string> {
  const { database, shardCount, lines } = surroundings;
  const { sourceSystem, targetSystem } = run;
  const pair = { sourceSystem, targetSystem };
  const { kind, role, theirSide } = partnerLegs[leg];
  const systemId = theirSide === "target" ? targetSystem : sourceSystem;
  const nodeId = await nodeOf(systemId, surroundings);
  const sides = await tryOpenSides(leg, run, surroundings);
  const isTold = sides !== undefined && sides.theirs.levelMax > 0;
  const ours =
    role === "hub"
      ? new OwnExchanges(database, shardCount, pair, theirSide)
      : new AskedRows(database, shardCount, pair, kind === "credits" ? "credit" : "hold", nodeId);
  if (role === "callee" && !isTold) return whyUntold(ours, run, window, systemId, surroundings);
  const theirs = sides?.theirs ?? new ListedPartner(new PartnerCalls(lines, systemId), { kind, ...pair });
  const wish = { isRecounted: run.origin !== "scheduled", candidatesMax: candidatesMaxOf(surroundings) };
  return new ExchangeLeg({
    leg,
    theirSide,
    ours,
    theirs,
    window,
    sums: isTold ? { sides, wish } : undefined,
  });
}

async function openSource(
  leg: Leg,
  run: Run,
  window: Window,
  surroundings: LegSurroundings,
): Promise<LegSource | string> {
  const { database, shardCount } = surroundings;
  const { sourceSystem, targetSystem, reconciliationId } = run;
  const pair = { sourceSystem, targetSystem };
  switch (leg) {
    case "target_credits":
    case "source_holds":
    case "hub_credits":
    case "hub_holds":
      return openPartnerLeg(leg, run, window, surroundings);
    case "own_debits":
    case "own_credits":
      return new OwnLedgerLeg(leg, database, shardCount, pair, window);
    case "statement_target":
    case "statement_source":
      return new StatementLeg(leg, database, shardCount, reconciliationId, pair, window);
  }
}

/** The rows of our ledger that a leg is about, where a partner asked for them. */
export async function adjustedLegOf(
  leg: Leg,
  { sourceSystem, targetSystem }: Pick<Run, "sourceSystem" | "targetSystem">,
  surroundings: Pick<LegSurroundings, "registry">,
): Promise<AdjustedLeg | undefined> {
  if (leg !== "hub_credits" && leg !== "hub_holds") return undefined;
  const { kind, theirSide } = partnerLegs[leg];
  const nodeId = await nodeOf(theirSide === "target" ? targetSystem : sourceSystem, surroundings);
  return { pair: { sourceSystem, targetSystem }, kind: kind === "credits" ? "credit" : "hold", nodeId };
}

/** Opens a leg of a run for its window; why the other side does not tell it, where it does not. */
export async function openLeg(
  leg: Leg,
  run: Run,
  window: Window,
  surroundings: LegSurroundings,
): Promise<ComparedLeg | string> {
  const { database } = surroundings;
  const kinds = await database.transaction((transaction) =>
    findKinds(transaction, run.sourceSystem, run.targetSystem),
  );
  const source = await openSource(leg, run, window, surroundings);
  if (typeof source === "string") return source;
  const adjusted = await adjustedLegOf(leg, run, surroundings);
  return {
    planAdjustment:
      adjusted && ((operationId, theirs) => planAdjustment(surroundings, adjusted, operationId, theirs)),
    source,
    counted: countedSides(leg, kinds),
    otherRates: await readOtherRates(database, run),
    candidatesMax: candidatesMaxOf(surroundings),
  };
}
