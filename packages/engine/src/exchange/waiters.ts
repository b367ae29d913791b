// Who waits for an exchange to end, in this process.
import type { Operation } from "../domain/index.ts";

type Resolve = (operation: Operation) => void;

export class Waiters {
  readonly #waiting = new Map<string, Set<Resolve>>();

  /** Tells whoever waits for it. */
  tell(operation: Operation): void {
    const waiting = this.#waiting.get(operation.operationId);
    if (waiting === undefined) return;
    this.#waiting.delete(operation.operationId);
    for (const resolve of waiting) resolve(operation);
  }

  /** Starts to wait; `ended` gives what was told until then, by id. */
  listen(operationIds: readonly string[], waitMs: number): Promise<Map<string, Operation>> {
    const told = new Map<string, Operation>();
    const open = new Map<string, Resolve>();
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        for (const [operationId, listener] of open) this.#forget(operationId, listener);
        resolve(told);
      };
      const timer = setTimeout(finish, waitMs);
      for (const operationId of new Set(operationIds)) {
        const listener = (operation: Operation): void => {
          told.set(operationId, operation);
          open.delete(operationId);
          if (open.size === 0) finish();
        };
        open.set(operationId, listener);
        const waiting = this.#waiting.get(operationId) ?? new Set();
        this.#waiting.set(operationId, waiting.add(listener));
      }
      if (open.size === 0) finish();
    });
  }

  #forget(operationId: string, listener: Resolve): void {
    const waiting = this.#waiting.get(operationId);
    waiting?.delete(listener);
    if (waiting?.size === 0) this.#waiting.delete(operationId);
  }
}
