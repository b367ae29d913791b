// Defences of points: against being spent twice, made by rounding or by rates, or moved by whoever may not.
import type { Mutation } from "./mutation.ts";

const engine = "packages/engine/src";
const tests = "packages/engine/test";

export const pointMutations: readonly Mutation[] = [
  {
    threat: 1,
    file: `${engine}/ledger/queries.ts`,
    found: "             for no key update) a`,",
    replacement: "             ) a`,",
    also: {
      file: "packages/engine/migrations/0001-ledger.sql",
      found: "  created_at timestamptz(3) not null,\n  primary key (shard_id, account_no, version)\n);",
      replacement: "  created_at timestamptz(3) not null\n);",
    },
    test: {
      file: `${tests}/scenarios/seed-faults.test.ts`,
      title: "no update of a balance is lost, however many write it at once",
    },
  },
  {
    threat: 1,
    file: `${engine}/domain/decide-exchange.ts`,
    found: "    if (available < command.amount) {",
    replacement: "    if (available < 0n) {",
    test: {
      file: `${tests}/scenarios/seed-faults.test.ts`,
      title: "the balance is judged under the lock: of many at once only as many succeed as it pays for",
    },
  },
  {
    threat: 2,
    file: `${engine}/domain/decide.ts`,
    found: "  if (stored !== undefined) {",
    replacement: "  if (stored === null) {",
    test: {
      file: `${tests}/scenarios/seed-faults.test.ts`,
      title: "one id is one exchange, however many requests of it race",
    },
  },
  {
    threat: 6,
    file: `${engine}/domain/decide-ending.ts`,
    found: '  if (operation.status !== "completed") return repeated(operation);',
    replacement: "",
    test: {
      file: `${tests}/properties/ledger.test.ts`,
      title: "comes to what the contract says, in batches of any size (P1, P4, B1 to B3, H1 to H5, X1 to X3)",
    },
  },
  {
    threat: 6,
    file: `${engine}/domain/quote.ts`,
    found: "quote.expiresAt.getTime() <= now.getTime()",
    replacement: "quote.expiresAt.getTime() < 0",
    test: {
      file: `${tests}/scenarios/quotes.test.ts`,
      title: "end by the database's clock, whatever the node's says (J3)",
    },
  },
  {
    threat: 7,
    file: "packages/protocol/src/pxp/judge.ts",
    found: "tables[call].get(`${status} ${outcome}`)",
    replacement: "tables[call].get(`${status >= 500 ? 422 : status} ${outcome}`)",
    test: { file: "packages/protocol/src/pxp/judge.test.ts", title: "only the table's pairs decide" },
  },
  {
    threat: 8,
    file: `${engine}/domain/rate.ts`,
    found: "  return (amount * rate.numerator) / rate.denominator;",
    replacement: "  return (amount * rate.numerator + rate.denominator - 1n) / rate.denominator;",
    test: {
      file: `${tests}/properties/rates.test.ts`,
      title: "convert to the floor: the whole that is not above the product, and whose next one is",
    },
  },
  {
    threat: 9,
    file: `${engine}/rates/change-size.ts`,
    found: "absolute(numerator) * 100n * limitPercent.denominator >",
    replacement: "absolute(numerator) * 99n * limitPercent.denominator >",
    test: {
      file: `${engine}/rates/change-size.test.ts`,
      title: "is above the limit by the ratio itself, at the last digit (S2)",
    },
  },
  {
    threat: 10,
    file: `${engine}/rates/decide-rate-change.ts`,
    found: 'if (verdict === "approve" && row.principal === principal) {',
    replacement: 'if (verdict === "approve" && row.principal === "") {',
    test: {
      file: `${tests}/http/rate-changes.test.ts`,
      title: "waits for another principal, whatever key the proposer uses",
    },
  },
  {
    threat: 12,
    file: `${engine}/domain/limit.ts`,
    found: "  return used.amount + amount > value ? describe(limit, used.amount) : undefined;",
    replacement: "  return used.amount > value ? describe(limit, used.amount) : undefined;",
    test: {
      file: `${tests}/scenarios/limits.test.ts`,
      title: "a position is never passed, and goes on where it was settled, once under its id (F7)",
    },
  },
  {
    threat: 13,
    file: `${engine}/mappings/decide-mappings.ts`,
    found: "  if (owner !== undefined) {",
    replacement: '  if (owner === "") {',
    test: {
      file: `${engine}/mappings/decide-mappings.test.ts`,
      title: "keeps every mapping and its owner in step, with one target and one source each (U1, U2)",
    },
  },
  {
    threat: 29,
    file: `${engine}/posting/batch.ts`,
    found: "  if (context.catalog?.version !== version) context.catalog = await loadCatalog(transaction);",
    replacement: "  if (version >= 0n) context.catalog ??= await loadCatalog(transaction);",
    test: {
      file: `${tests}/scenarios/rates-under-load.test.ts`,
      title: "are read in the transaction of the exchange, whatever a node has cached",
    },
  },
];
