// How a receiver is doing, by its last answers: whether everything is sent to it, or one attempt now and then.
//
// W6  A receiver that did not take anything several times in a row is asked with one event at a time, ever less
//     often, so that a dead one costs next to nothing. The first event that it takes opens it for all others.
import type { NotTaken } from "./attempt.ts";
import { delayAfter, type RetryLadder } from "./retry-ladder.ts";

export class ReceiverHealth {
  readonly #failuresMax: number;
  readonly #ladder: RetryLadder;
  #failures = 0;
  #probes = 0;
  #probeAtMs = 0;
  #quietUntilMs = 0;

  /** @param isInDoubt it failed when it was last heard of: the first attempt decides */
  constructor(failuresMax: number, ladder: RetryLadder, isInDoubt: boolean) {
    this.#failuresMax = failuresMax;
    this.#ladder = ladder;
    if (isInDoubt) this.#failures = failuresMax;
  }

  get isFailing(): boolean {
    return this.#failures >= this.#failuresMax;
  }

  /** Until when nothing at all is sent. */
  get quietUntilMs(): number {
    return this.isFailing ? Math.max(this.#probeAtMs, this.#quietUntilMs) : this.#quietUntilMs;
  }

  /** Answers whether it had failed before. */
  noteTaken(): boolean {
    const wasFailing = this.isFailing;
    this.#failures = 0;
    this.#probes = 0;
    this.#quietUntilMs = 0;
    return wasFailing;
  }

  noteFailure({ retryAfterMs }: Pick<NotTaken, "retryAfterMs">, nowMs: number): void {
    this.#failures += 1;
    if (retryAfterMs !== undefined) {
      this.#quietUntilMs = nowMs + Math.min(retryAfterMs, this.#ladder.longestQuietMs);
    }
    if (!this.isFailing) return;
    // What was under way when it broke down is one failure, not many.
    if (nowMs < this.#probeAtMs) return;
    this.#probes += 1;
    this.#probeAtMs = nowMs + delayAfter(this.#ladder.probeDelaysMs, this.#probes);
  }

  /** There is nothing to ask it with: whatever comes next decides. */
  forget(): void {
    this.#failures = 0;
    this.#probes = 0;
  }
}
