// A progress bar on standard error, only where that is a terminal.
import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  advance(count: number): void;
  stop(): void;
}

/** @param title what is being done, in a word or two */
export function startProgress(title: string, total: number): Progress {
  if (!process.stderr.isTTY || total === 0) return { advance() {}, stop() {} };
  const format = `${title} [{bar}] {percentage}% {value}/{total}, {eta_formatted} left`;
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.legacy,
  );
  bar.start(total, 0);
  return {
    advance: (count) => bar.increment(count),
    stop: () => bar.stop(),
  };
}
