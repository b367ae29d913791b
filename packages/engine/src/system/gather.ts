// Work that is cheaper together: what arrives while a run is under way waits and forms the next one. No timer:
// an idle node runs at once, a busy one gathers by itself.
//
// G1  An item is run by a run that began after it arrived, so it sees everything that was done before.
// G2  A run that fails fails its own items only.

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (output: O) => void;
  readonly reject: (error: unknown) => void;
}

export class Gatherer<I, O> {
  readonly #run: (items: readonly I[]) => Promise<readonly O[]>;
  readonly #itemsMax: number;
  #waiting: Waiting<I, O>[] = [];
  #isRunning = false;

  /** @param run answers one output for each item, in their order */
  constructor(run: (items: readonly I[]) => Promise<readonly O[]>, itemsMax = 256) {
    this.#run = run;
    this.#itemsMax = itemsMax;
  }

  submit(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isRunning) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const taken = this.#waiting.slice(0, this.#itemsMax);
      this.#waiting = this.#waiting.slice(taken.length);
      await this.#runOne(taken);
    }
    this.#isRunning = false;
  }

  async #runOne(taken: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const outputs = await this.#run(taken.map(({ item }) => item));
      if (outputs.length !== taken.length) {
        throw new Error(`a run of ${taken.length} items answered ${outputs.length}`);
      }
      for (const [index, { resolve }] of taken.entries()) resolve(outputs[index] as O);
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }
}
