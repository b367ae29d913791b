// When a partner that was silent and is heard again gets everything that waits on it at once: pure.
//
// W1  The first signed answer after a silence wakes what waits, at once.
// W2  A partner that answers, but with nothing that decides anything, is woken for less and less often; the
//     first verdict makes it as good as new.

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;

export class WakeRule {
  #isSilent = true;
  #pauseMs = 0;
  #notBeforeMs = 0;

  /** Whether nothing signed has come since the last silence began; a partner never heard of counts as silent. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** @returns whether to wake now */
  heard(isSigned: boolean, nowMs: number): boolean {
    if (!isSigned) {
      this.#isSilent = true;
      return false;
    }
    if (!this.#isSilent || nowMs < this.#notBeforeMs) return false;
    this.#isSilent = false;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    this.#notBeforeMs = nowMs + this.#pauseMs;
    return true;
  }

  decided(): void {
    this.#pauseMs = 0;
    this.#notBeforeMs = 0;
  }
}
