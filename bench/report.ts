// From samples to figures: medians over the rounds, the best variant of each way, ratios against their goals.
import type { Sample } from "./measure.ts";
import type { Variant } from "./ways.ts";

export interface Figures {
  readonly way: string;
  readonly detail: string;
  /** Median over the rounds. */
  readonly exchangesPerSecond: number;
  readonly byRound: readonly number[];
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requests: number;
  readonly cores: { readonly node: number; readonly client: number; readonly rest: number };
}

export interface Ratio {
  readonly name: string;
  readonly goal: number;
  /** Median of the ratios of each round, so that a slow moment of the machine hits both sides. */
  readonly value: number;
  readonly byRound: readonly number[];
  readonly met: boolean;
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((left, right) => left - right);
}

function median(values: readonly number[]): number {
  const ordered = sorted(values);
  const middle = ordered.length / 2;
  const [low, high] = [ordered[Math.ceil(middle) - 1] ?? 0, ordered[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}

function percentile(ordered: readonly number[], share: number): number {
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
}

export function toFigures(variant: Variant, samples: readonly Sample[]): Figures {
  const latencies = sorted(samples.flatMap((sample) => sample.latenciesMs));
  const byRound = samples.map((sample) => sample.exchangesPerSecond);
  const cores = (pick: (sample: Sample) => number) => median(samples.map(pick));
  return {
    way: variant.way,
    detail: variant.detail,
    exchangesPerSecond: median(byRound),
    byRound,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    requests: latencies.length,
    cores: {
      node: cores((sample) => sample.cores.node),
      client: cores((sample) => sample.cores.client),
      rest: cores(({ cores: { machine, node, client } }) => Math.max(0, machine - node - client)),
    },
  };
}

/** The best variant of each way, in the order in which the ways were given. */
export function bestOfEach(figures: readonly Figures[]): Map<string, Figures> {
  const best = new Map<string, Figures>();
  for (const candidate of figures) {
    const so = best.get(candidate.way);
    if (so === undefined || candidate.exchangesPerSecond > so.exchangesPerSecond)
      best.set(candidate.way, candidate);
  }
  return best;
}

const goals: readonly (readonly [over: string, under: string, goal: number])[] = [
  ["batch", "floor", 0.7],
  ["batch", "saga", 15],
  ["single", "saga", 4],
  ["batch, zipf", "batch", 0.7],
  ["batch, hot", "batch", 0.5],
  ["single, zipf", "single", 0.7],
  ["single, hot", "single", 0.5],
  ["partner", "saga", 4],
  ["batch, secured", "batch, bare", 0.85],
  ["batch, uncounted", "batch, bare", 0.85],
];

export function toRatios(best: ReadonlyMap<string, Figures>): Ratio[] {
  return goals.flatMap(([over, under, goal]) => {
    const [top, bottom] = [best.get(over), best.get(under)];
    if (top === undefined || bottom === undefined) return [];
    const byRound = top.byRound.map((rate, round) => rate / (bottom.byRound[round] ?? Number.NaN));
    const value = median(byRound);
    return [{ name: `${over} / ${under}`, goal, value, byRound, met: value >= goal }];
  });
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: readonly string[]) =>
    row.map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return rows.map((row) => toLine(row).join("  ").trimEnd()).join("\n");
}

export function printFigures(figures: readonly Figures[], best: ReadonlyMap<string, Figures>): string {
  const head = ["way", "", "exchanges/s", "p50 ms", "p99 ms", "cores: node", "client", "rest", "rounds"];
  const rows = figures.map((row) => [
    row.way,
    best.get(row.way) === row ? row.detail : `${row.detail} (not the best)`,
    Math.round(row.exchangesPerSecond).toLocaleString("en"),
    row.p50Ms.toFixed(1),
    row.p99Ms.toFixed(1),
    row.cores.node.toFixed(2),
    row.cores.client.toFixed(2),
    row.cores.rest.toFixed(2),
    row.byRound.map((rate) => Math.round(rate)).join(" "),
  ]);
  return layOut([head, ...rows]);
}

export function printRatios(ratios: readonly Ratio[]): string {
  const head = ["ratio", "", "measured", "goal", "rounds"];
  const rows = ratios.map(({ name, goal, value, byRound, met }) => [
    name,
    met ? "met" : "MISSED",
    value.toFixed(2),
    `>= ${goal}`,
    byRound.map((round) => round.toFixed(2)).join(" "),
  ]);
  return layOut([head, ...rows]);
}
