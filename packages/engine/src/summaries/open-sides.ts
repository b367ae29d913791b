// Opens both sides of a leg: what the partner can do, the secret that both use, and our ledger's part.
//
// O1  A secret is told to the partner before it is used, over the signed channel, and stored on both sides, wrapped
//     where the node has a master key. Telling it again changes nothing.
import type { Leg } from "@pointbridge/protocol/pxp";
import type { Database } from "../database/index.ts";
import type { PartnerBook, PartnerLines } from "../partner/index.ts";
import { ComparisonStop } from "./comparison-stop.ts";
import { calledSystemOf } from "./local-leg.ts";
import { type CallBounds, defaultCallBounds, PartnerCalls } from "./partner-calls.ts";
import { SummedPartner } from "./partner-sums.ts";
import type { Summaries } from "./summaries.ts";
import type { LegPlace, SummaryLeg } from "./summary-legs.ts";
import * as queries from "./summary-queries.ts";
import { SummedLeg } from "./summed-leg.ts";

export interface ComparisonPorts {
  readonly database: Database;
  readonly summaries: Summaries;
  readonly lines: Pick<PartnerLines, "callThrough">;
  readonly registry: { current(): Promise<PartnerBook> };
}

export interface OpenOptions {
  readonly bounds?: CallBounds;
  /** The highest level that is used; 3 where unsaid. */
  readonly levelMax?: 0 | 1 | 2 | 3;
}

export interface OpenedSides {
  readonly ours: SummedLeg;
  readonly theirs: SummedPartner;
}

function levelOf(told: number, levelMax: number): 0 | 1 | 2 | 3 {
  const level = Math.min(told, levelMax);
  return level === 1 || level === 2 || level === 3 ? level : 0;
}

/** What a partner can do is asked again after so long: it may do more by then. */
const LEVEL_MS = 600_000;
/** One that does all there is: if it does less by then it refuses, and is listed. */
const HIGHEST_LEVEL_MS = 6 * 3_600_000;

async function readLevel(summaries: Summaries, calls: PartnerCalls, nodeId: string): Promise<number> {
  const known = summaries.partnerLevels.get(nodeId);
  if (known !== undefined && known.untilMs > Date.now()) return known.level;
  const { reconciliation_level: level } = await calls.call("node", {});
  summaries.partnerLevels.set(nodeId, {
    level,
    untilMs: Date.now() + (level < 3 ? LEVEL_MS : HIGHEST_LEVEL_MS),
  });
  return level;
}

/** The leg under our secret, agreed with the partner (O1). */
async function agreeSecret(
  { database, summaries }: ComparisonPorts,
  place: LegPlace,
  calls: PartnerCalls,
): Promise<SummaryLeg> {
  const { secrets } = summaries;
  const leg = await database.transaction((transaction) => secrets.openOwn(transaction, place));
  if (leg.isAgreed) return leg;
  await new SummedPartner(calls, place.leg, 3, leg).sendKey();
  await database.transaction(async (transaction) => {
    await transaction.query(queries.agreeLeg, [leg.legNo]);
    await transaction.query(queries.dropOlderLegs, [leg.legNo]);
  });
  return leg;
}

/**
 * Opens a leg for a comparison. Our part of it follows from whose ledger it is in: of a leg in a partner's ledger we
 * compare our exchanges, of one in ours what the partner's node asked of it.
 * @throws ComparisonStop partner_silent, partner_refused, answer_malformed
 */
export async function openSides(
  ports: ComparisonPorts,
  leg: Leg,
  options: OpenOptions = {},
): Promise<OpenedSides> {
  const called = calledSystemOf(leg);
  const other = called === leg.sourceSystem ? leg.targetSystem : leg.sourceSystem;
  const book = await ports.registry.current();
  const role = book.hosts(called) ? "callee" : "hub";
  const partnerSystem = role === "hub" ? called : other;
  const nodeId = book.targetOf(partnerSystem)?.nodeId;
  if (nodeId === undefined) {
    const detail = `the system ${partnerSystem} has no address or no key to be called with`;
    throw new ComparisonStop("partner_silent", detail);
  }
  const place: LegPlace = { owner: "ours", role, nodeId, leg };
  const calls = new PartnerCalls(ports.lines, partnerSystem, options.bounds ?? defaultCallBounds);
  const level = levelOf(await readLevel(ports.summaries, calls, nodeId), options.levelMax ?? 3);
  const summaryLeg = level >= 2 ? await agreeSecret(ports, place, calls) : undefined;
  return {
    ours: new SummedLeg(ports.summaries, place, summaryLeg),
    theirs: new SummedPartner(calls, leg, level, summaryLeg),
  };
}
