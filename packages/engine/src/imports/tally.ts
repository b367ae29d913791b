// What an import came to, counted line by line.

import type { ImportError, NumberedLine } from "../import-files/index.ts";
import { AppError } from "../system/index.ts";

export interface ImportResult {
  /** Lines that changed something. */
  readonly applied: number;
  /** Lines that said what stood already. */
  readonly unchanged: number;
  readonly errors: readonly ImportError[];
}

export class Tally {
  #applied = 0;
  #unchanged = 0;
  readonly #errors: ImportError[] = [];

  count(outcome: string): void {
    if (outcome === "unchanged") this.#unchanged += 1;
    else this.#applied += 1;
  }

  refuse(line: NumberedLine, field: string, code: string, message: string): void {
    this.#errors.push({ line: line.line, field, message, code });
  }

  /** Runs what one line asks for; what it is refused for on purpose is told by line, anything else is thrown. */
  async run(line: NumberedLine, field: string, work: () => Promise<string>): Promise<void> {
    try {
      this.count(await work());
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.refuse(line, field, error.code, error.message);
    }
  }

  result(): ImportResult {
    return { applied: this.#applied, unchanged: this.#unchanged, errors: this.#errors };
  }
}
