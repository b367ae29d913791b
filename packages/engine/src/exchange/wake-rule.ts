// When a partner that was silent and is heard again gets everything that waits on it at once: pure.
//
// W1  The first answer after a silence wakes what waits, at once; so does the first verdict.
// W2  A partner that answers, but with nothing that decides anything, is woken for less and less often; the
//     first verdict makes it as good as new.
// W3  Verdicts beside calls that fail (one exchange that a partner always fails at) wake no more often than that.

const FIRST_PAUSE_MS = 10_000;
/** Below the minute within which everything is decided once a partner has recovered. */
const LONGEST_PAUSE_MS = 40_000;

export class WakeRule {
  #isSilent = true;
  /** Calls have failed since the last wake by a verdict. */
  #isDoubted = false;
  #pauseMs = 0;
  #notBeforeMs = 0;
  #nextByVerdictMs = 0;

  /** Whether no answer has come since the last silence began; a partner never heard of counts as silent. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** @returns whether to wake now */
  heard(isAnswer: boolean, nowMs: number): boolean {
    if (!isAnswer) {
      this.#isSilent = true;
      this.#isDoubted = true;
      return false;
    }
    if (!this.#isSilent || nowMs < this.#notBeforeMs) return false;
    this.#isSilent = false;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    this.#notBeforeMs = nowMs + this.#pauseMs;
    return true;
  }

  /** @returns whether to wake now */
  decided(nowMs: number): boolean {
    this.#pauseMs = 0;
    this.#notBeforeMs = 0;
    if (!this.#isDoubted || nowMs < this.#nextByVerdictMs) return false;
    this.#isDoubted = false;
    this.#nextByVerdictMs = nowMs + FIRST_PAUSE_MS;
    return true;
  }
}
