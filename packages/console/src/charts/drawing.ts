// A chart as pages describe it, whatever draws it.

export interface ChartLine {
  readonly name: string;
  /** Milliseconds, and a value that is only drawn: no figure is computed from it. */
  readonly points: readonly (readonly [atMs: number, value: number])[];
}

export interface ChartBar {
  readonly name: string;
  readonly value: number;
  readonly tone?: "good" | "bad" | "warn" | "calm";
}

export type ChartDrawing =
  /** A value that stands until the next one. */
  | { readonly kind: "steps"; readonly lines: readonly ChartLine[] }
  /** Counts per interval, one on top of the other. */
  | { readonly kind: "stack"; readonly lines: readonly ChartLine[] }
  | { readonly kind: "bars"; readonly bars: readonly ChartBar[] };
