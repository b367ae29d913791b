// Exchanges of this node against the lines of a file: a partner without an API. The lines are matched by id, since such
// a file rarely knows when an exchange was initiated: first every line, then every exchange that no line is about.
import { type Database, textArray } from "../database/index.ts";
import { type Operation, shardOf } from "../domain/index.ts";
import type { ComparedRow, Side } from "./matching.ts";
import { exchangeRow, wasBegun } from "./own-rows.ts";
import { type ExchangePair, PairExchanges } from "./pair-exchanges.ts";
import * as queries from "./queries.ts";
import {
  type Candidate,
  type Chunk,
  type LegSource,
  type Pair,
  type Place,
  type ReadPair,
  type Window,
} from "./sides.ts";
import { type StatementRow, toComparedLine } from "./statement-lines.ts";

interface LineRow {
  readonly line: number;
  readonly operation_id: string;
  readonly row: StatementRow;
}

const PAGE = 1_000;

export class StatementLeg implements LegSource {
  readonly leg: "statement_target" | "statement_source";
  readonly theirSide: Side;
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #reconciliationId: string;
  readonly #exchanges: PairExchanges;
  readonly #window: Window;

  constructor(
    leg: "statement_target" | "statement_source",
    database: Database,
    shardCount: number,
    reconciliationId: string,
    pair: ExchangePair,
    window: Window,
  ) {
    this.leg = leg;
    this.theirSide = leg === "statement_target" ? "target" : "source";
    this.#database = database;
    this.#shardCount = shardCount;
    this.#reconciliationId = reconciliationId;
    this.#exchanges = new PairExchanges(database, shardCount, pair);
    this.#window = window;
  }

  get #shardId(): number {
    return shardOf(this.#reconciliationId, this.#shardCount);
  }

  async #findLines(ids: readonly string[]): Promise<Map<string, LineRow[]>> {
    const rows = await this.#database.transaction((transaction) =>
      transaction.query<LineRow>(queries.findStatementLines, [
        this.#shardId,
        this.#reconciliationId,
        textArray(ids),
      ]),
    );
    return Map.groupBy(rows, (row) => row.operation_id);
  }

  #toRows(lines: readonly LineRow[], ours: Operation | undefined): ComparedRow[] {
    const otherwise = ours?.createdAt ?? this.#window.startTime;
    return lines.map(({ operation_id: id, row }) => toComparedLine(id, row, otherwise));
  }

  async *#compareLines(line: number): AsyncGenerator<Chunk, void, undefined> {
    let last = line;
    for (;;) {
      const rows = await this.#database.transaction((transaction) =>
        transaction.query<LineRow>(queries.listStatementLines, [
          this.#shardId,
          this.#reconciliationId,
          last,
          PAGE,
        ]),
      );
      if (rows.length === 0) return;
      const ids = [...new Set(rows.map((row) => row.operation_id))];
      const ours = await this.#exchanges.find(ids);
      const lines = await this.#findLines(ids);
      const pairs: Pair[] = [];
      for (const row of rows) {
        const all = lines.get(row.operation_id) ?? [];
        // A double entry is told where its first line stands.
        if (all[0]?.line !== row.line) continue;
        const operation = ours.get(row.operation_id);
        const own = operation === undefined ? undefined : exchangeRow(operation, this.theirSide);
        pairs.push({ ours: own, theirs: this.#toRows(all, operation) });
      }
      last = rows.at(-1)?.line ?? last;
      yield { pairs, oursCount: 0, theirsCount: rows.length, after: undefined, isLast: false, line: last };
    }
  }

  async *#compareExchanges(after: Place | undefined): AsyncGenerator<Chunk, void, undefined> {
    let place = after;
    for (;;) {
      const page = await this.#exchanges.list(this.#window, { after: place, limit: PAGE });
      const lines = await this.#findLines(page.map(({ operationId }) => operationId));
      const begun = page.filter(wasBegun);
      const pairs = begun
        .filter(({ operationId }) => !lines.has(operationId))
        .map((one): Pair => ({ ours: exchangeRow(one, this.theirSide), theirs: [] }));
      const last = page.at(-1);
      if (last !== undefined) place = { initiatedAt: last.createdAt, operationId: last.operationId };
      const isLast = page.length < PAGE;
      yield { pairs, oursCount: begun.length, theirsCount: 0, after: place, isLast };
      if (isLast) return;
    }
  }

  async *compare({
    after,
    line,
  }: {
    readonly after?: Place | undefined;
    readonly line?: number | undefined;
  }): AsyncGenerator<Chunk, void, undefined> {
    // A place among the exchanges says that every line has been compared.
    if (after === undefined) yield* this.#compareLines(line ?? 0);
    yield* this.#compareExchanges(after);
  }

  readAgain(candidates: readonly Candidate[]): Promise<ReadonlyMap<string, ReadPair>> {
    return this.#exchanges.readAround(candidates, this.theirSide, async () => {
      const lines = await this.#findLines(candidates.map(({ operationId }) => operationId));
      return (id, ours) => this.#toRows(lines.get(id) ?? [], ours);
    });
  }
}
