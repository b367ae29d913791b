// What the latest exchanges tell together: how many, how they ended, how long they took.
import type { Exchange } from "@pointbridge/sdk";
import type { ChartLine } from "../charts/index.ts";

export interface LinkFigures {
  readonly link: string;
  readonly made: number;
  readonly completed: number;
  /** Points of those completed, at the source and at the target, by credit type. */
  readonly given: PointsByType;
  readonly received: PointsByType;
}

export type PointsByType = ReadonlyMap<string, bigint>;

export interface Figures {
  readonly completed: number;
  /** Of those that have ended; undefined while none has. */
  readonly completedShare: number | undefined;
  readonly medianMs: number | undefined;
  readonly slowestMs: number | undefined;
  readonly refusals: readonly (readonly [code: string, count: number])[];
  readonly links: readonly LinkFigures[];
  readonly lines: readonly ChartLine[];
  readonly sinceMs: number;
}

const bucketsWanted = 40;
const bucketLengthsMs = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000];
const linksDrawn = 6;

function linkOf(exchange: Exchange): string {
  return `${exchange.source_system} → ${exchange.target_system}`;
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The value below which this share of them lies. */
function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function sumPoints(
  exchanges: readonly Exchange[],
  read: (exchange: Exchange) => readonly [type: string, amount: bigint],
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const exchange of exchanges) {
    const [type, amount] = read(exchange);
    sums.set(type, (sums.get(type) ?? 0n) + amount);
  }
  return sums;
}

/** What came to a system less what left it, by its credit types: what the others owe its programme, or it them. */
export function netOf(exchanges: readonly Exchange[], system: string): PointsByType {
  const completed = exchanges.filter(({ status }) => status === "completed");
  const arrived = completed.filter((one) => one.target_system === system);
  const left = completed.filter((one) => one.source_system === system);
  const net = sumPoints(arrived, (one) => [one.target_credit_type, one.target_amount ?? 0n]);
  for (const [type, amount] of sumPoints(left, (one) => [one.source_credit_type, one.source_amount])) {
    net.set(type, (net.get(type) ?? 0n) - amount);
  }
  return net;
}

function toLinkFigures(link: string, made: number, exchanges: readonly Exchange[]): LinkFigures {
  const completed = exchanges.filter((one) => one.status === "completed" && linkOf(one) === link);
  return {
    link,
    made,
    completed: completed.length,
    given: sumPoints(completed, (one) => [one.source_credit_type, one.source_amount]),
    received: sumPoints(completed, (one) => [one.target_credit_type, one.target_amount ?? 0n]),
  };
}

function toLines(
  exchanges: readonly Exchange[],
  links: readonly string[],
  sinceMs: number,
  nowMs: number,
): ChartLine[] {
  const wantedMs = (nowMs - sinceMs) / bucketsWanted;
  const lengthMs = bucketLengthsMs.find((length) => length >= wantedMs) ?? 86_400_000;
  const startOf = (atMs: number) => Math.floor(atMs / lengthMs) * lengthMs;
  return links.map((name) => {
    const own = exchanges.filter((exchange) => linkOf(exchange) === name);
    const counts = countBy(own.map((exchange) => String(startOf(Date.parse(exchange.created_at)))));
    const points: [number, number][] = [];
    for (let at = startOf(sinceMs); at <= nowMs; at += lengthMs)
      points.push([at, counts.get(String(at)) ?? 0]);
    return { name, points };
  });
}

/** @param exchanges newest first */
export function toFigures(exchanges: readonly Exchange[], nowMs: number): Figures {
  const completed = exchanges.filter(({ status }) => status === "completed");
  const failed = exchanges.filter(({ status }) => status === "failed");
  const ended = completed.length + failed.length;
  const tookMs = completed
    .map((one) => Date.parse(one.updated_at) - Date.parse(one.created_at))
    .sort((left, right) => left - right);
  const made = [...countBy(exchanges.map(linkOf))].sort(([, left], [, right]) => right - left);
  const oldest = exchanges.at(-1);
  const sinceMs = oldest === undefined ? nowMs : Date.parse(oldest.created_at);
  const drawn = made.slice(0, linksDrawn).map(([link]) => link);
  return {
    completed: completed.length,
    completedShare: ended === 0 ? undefined : completed.length / ended,
    medianMs: quantile(tookMs, 0.5),
    slowestMs: quantile(tookMs, 0.99),
    refusals: [...countBy(failed.map(({ failure }) => failure?.code ?? "–"))].sort(
      ([, left], [, right]) => right - left,
    ),
    links: made.map(([link, count]) => toLinkFigures(link, count, exchanges)),
    lines: toLines(exchanges, drawn, sinceMs, nowMs),
    sinceMs,
  };
}
