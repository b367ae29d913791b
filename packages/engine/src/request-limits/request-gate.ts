// The gate that requests pass: whether one more may be let through now.
//
// Q5  All nodes on the database share what is used of a limit: each request is taken under a lock on its row, those
//     that come together in one statement. So no number of nodes lets more through than is set.
// Q6  Whoever has no limit asks no database. A limit that is set or removed holds on this node at once and on the
//     others within seconds.
// Q7  A gate that can't ask lets through: a limit on requests protects the node's work, and points are protected
//     by their own rules.
//
// The rate is even with room for a window's requests at once: what is used counts as a time that lies ahead, at most
// one window from now.
import type { Database } from "../database/index.ts";
import { Gatherer, type Log } from "../system/index.ts";
import * as queries from "./queries.ts";

export interface RequestSubject {
  readonly appliesTo: "principal" | "partner";
  /** Any of these names it. */
  readonly names: readonly string[];
}

export interface Allowance {
  readonly requestLimitId: string;
  readonly isGranted: boolean;
  readonly requests: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Until all of the window's requests are there again. */
  readonly resetSeconds: number;
  /** Until there is one again. */
  readonly retryAfterSeconds: number;
}

interface SubjectRow {
  readonly request_limit_id: string;
  readonly applies_to: string;
  readonly subject: string;
}

interface TakenRow {
  readonly requests: number;
  readonly window_us: bigint;
  readonly step_us: bigint;
  readonly granted_count: number;
  readonly ahead_us: bigint;
}

const REFRESH_MS = 2_000;

function toSeconds(microseconds: number): number {
  return Math.max(0, Math.ceil(microseconds / 1_000_000));
}

function toAllowance(requestLimitId: string, row: TakenRow, isGranted: boolean): Allowance {
  const [windowUs, stepUs, aheadUs] = [Number(row.window_us), Number(row.step_us), Number(row.ahead_us)];
  return {
    requestLimitId,
    isGranted,
    requests: row.requests,
    windowSeconds: toSeconds(windowUs),
    remaining: Math.max(0, Math.floor((windowUs + row.requests - aheadUs) / stepUs)),
    resetSeconds: toSeconds(aheadUs),
    retryAfterSeconds: Math.max(1, toSeconds(aheadUs + stepUs - windowUs - row.requests)),
  };
}

export class RequestGate {
  readonly #database: Database;
  readonly #log: Log;
  readonly #gatherers = new Map<string, Gatherer<void, Allowance | undefined>>();
  #limitIds = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> = Promise.resolve();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** Reads who has a limit (Q6). */
  async refresh(): Promise<void> {
    const rows = await this.#database.transaction((transaction) =>
      transaction.query<SubjectRow>(queries.loadSubjects),
    );
    this.#limitIds = new Map(rows.map((row) => [`${row.applies_to} ${row.subject}`, row.request_limit_id]));
    const present = new Set(this.#limitIds.values());
    for (const id of this.#gatherers.keys()) if (!present.has(id)) this.#gatherers.delete(id);
  }

  start(): void {
    const refresh = (): void => {
      this.#refreshing = this.#refreshing.then(async () => {
        try {
          await this.refresh();
        } catch (error) {
          this.#log.warn({ err: error }, "limits on requests could not be read; those known before hold");
        }
      });
    };
    refresh();
    this.#timer = setInterval(refresh, REFRESH_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#refreshing;
  }

  /** Counts one request. @returns undefined where there is no limit */
  async pass(subject: RequestSubject): Promise<Allowance | undefined> {
    if (this.#limitIds.size === 0) return undefined;
    for (const name of subject.names) {
      const id = this.#limitIds.get(`${subject.appliesTo} ${name}`);
      if (id !== undefined) return this.#gathererOf(id).submit();
    }
    return undefined;
  }

  #gathererOf(requestLimitId: string): Gatherer<void, Allowance | undefined> {
    const known = this.#gatherers.get(requestLimitId);
    if (known !== undefined) return known;
    const made = new Gatherer<void, Allowance | undefined>((items) =>
      this.#take(requestLimitId, items.length),
    );
    this.#gatherers.set(requestLimitId, made);
    return made;
  }

  async #take(requestLimitId: string, count: number): Promise<(Allowance | undefined)[]> {
    const places = Array.from({ length: count }, (_, index) => index);
    try {
      const [row] = await this.#database.transaction((transaction) =>
        transaction.query<TakenRow>(queries.takeRequests, [requestLimitId, count]),
      );
      // Removed a moment ago.
      if (row === undefined) return places.map(() => undefined);
      return places.map((place) => toAllowance(requestLimitId, row, place < row.granted_count));
    } catch (error) {
      this.#log.warn(
        { err: error, request_limit_id: requestLimitId },
        "a limit on requests was not asked (Q7)",
      );
      return places.map(() => undefined);
    }
  }
}
