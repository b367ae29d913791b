// Random commands, through lanes and batches on both engines, come to what a plain sequential ledger says.
import fc from "fast-check";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/database/index.ts";
import { putMappings } from "../../src/mappings/index.ts";
import type { SubmittedOutcome } from "../../src/posting/index.ts";
import { insertQuote } from "../../src/quotes/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  accountCommand,
  clubToBank,
  exchangeCommand,
  furnish,
  openingCommand,
  openPosting,
  readBalances,
  requireSoundLedger,
} from "../support/test-ledger.ts";
import { type PlainCommand, PlainLedger, type PlainQuote, type Verdict } from "./plain-ledger.ts";

const MAX = 2n ** 63n - 1n;
const DAY_MS = 86_400_000;

const operationId = fc.integer({ min: 0, max: 60 }).map((number) => `o${number}`);
const user = fc.constantFrom("u1", "u2", "u3");
const hosted = fc.constantFrom("shop", "club", "bank");
const anySystem = fc.oneof(
  { weight: 12, arbitrary: hosted },
  { weight: 1, arbitrary: fc.constantFrom("airline", "closed", "nowhere") },
);
const amount = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt(1n, 40n) },
  { weight: 2, arbitrary: fc.bigInt(MAX - 40n, MAX) },
  { weight: 1, arbitrary: fc.bigInt(MAX / 3n - 3n, MAX / 3n + 3n) },
);
const place = fc.tuple(anySystem, user).map(([system, userId]) => `${system}/${userId}`);
const metadata = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom({}, { b: 1 }) },
);
const reference = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("1", "2").map((businessId) => ({ businessCode: "order", businessId })),
  },
);

const exchange = fc
  .record({ operationId, place, target: anySystem, amount, metadata, odd: fc.integer({ min: 0, max: 19 }) })
  .map((drawn) =>
    exchangeCommand(drawn.operationId, drawn.place, drawn.target, drawn.amount, {
      metadata: drawn.metadata,
      ...(drawn.odd === 0 ? { quoteId: "q" } : {}),
      ...(drawn.odd === 1 ? { targetCreditType: "other" } : {}),
    }),
  );
/** Prices by rates that are not in force; some below its least amount, some for one id only. */
const quotes: readonly PlainQuote[] = (
  [
    ["shop/u1", "club", 10n, 7n, "0.7"],
    ["shop/u1", "club", 10n, 8n, "0.89"],
    ["shop/u2", "club", 1n, 1n, "1.9"],
    ["shop/u2", "club", 5n, 4_999_999_999_999n, "999999999999.9"],
    ["club/u1", "bank", 2n, 9n, "4.6"],
    ["club/u3", "bank", 5n, 11n, "2.3"],
    ["bank/u2", "shop", 30n, 1n, "0.05"],
    ["club/u1", "shop", 4n, 4n, "1"],
  ] as const
).flatMap(([owner, target, given, gained, rate], index) =>
  [null, `o${index}`, null].map((operationId, turn) => ({
    quoteId: `q${index}-${turn}`,
    operationId,
    place: owner,
    target,
    amount: given,
    gained,
    rate,
    isOver: turn === 2,
  })),
);

/** Exchanges at a quote: mostly with its fields, mostly under the id that it is for if it is for one. */
const quotedExchange = fc
  .record({
    quote: fc.constantFrom(...quotes),
    operationId,
    place,
    odd: fc.integer({ min: 0, max: 9 }),
  })
  .map((drawn) => {
    const { quoteId, target, amount: quoted, operationId: meant } = drawn.quote;
    const id = drawn.odd === 0 ? drawn.operationId : (meant ?? drawn.operationId);
    const from = drawn.odd === 1 ? drawn.place : drawn.quote.place;
    return exchangeCommand(id, from, target, drawn.odd === 2 ? quoted + 1n : quoted, { quoteId });
  });
const movement = fc
  .record({
    type: fc.constantFrom("credit", "credit", "debit", "hold", "hold"),
    operationId,
    place,
    amount,
    metadata,
    reference,
    odd: fc.integer({ min: 0, max: 19 }),
    expiresInMs: fc.constantFrom(null, null, 0, DAY_MS),
  })
  .map(({ type, odd, expiresInMs, ...drawn }) =>
    accountCommand(type as "credit", drawn.operationId, drawn.place, drawn.amount, {
      metadata: drawn.metadata,
      ...drawn.reference,
      ...(type === "hold" ? { expiresInMs } : {}),
      ...(odd === 0 ? { creditTypeId: "other" } : {}),
    }),
  );
const opening = fc
  .record({ operationId, place, amount: fc.oneof(amount, fc.constant(0n)) })
  .map((drawn) => openingCommand(drawn.operationId, drawn.place, drawn.amount));
const principal = "tester";
const ending: fc.Arbitrary<PlainCommand> = fc.oneof(
  fc.record({
    type: fc.constant("capture" as const),
    operationId,
    amount: fc.option(fc.bigInt(1n, 40n)),
    principal: fc.constant(principal),
  }),
  fc.record({
    type: fc.constantFrom("release" as const, "expire" as const),
    operationId,
    principal: fc.constant(principal),
  }),
  fc.record({
    type: fc.constant("rollback" as const),
    kind: fc.constantFrom("credit" as const, "debit" as const),
    operationId,
    principal: fc.constant(principal),
  }),
);
const command: fc.Arbitrary<PlainCommand> = fc.oneof(
  { weight: 4, arbitrary: exchange },
  { weight: 3, arbitrary: quotedExchange },
  { weight: 8, arbitrary: movement },
  { weight: 1, arbitrary: opening },
  { weight: 5, arbitrary: ending },
);

interface Step {
  readonly drawn: PlainCommand;
  /** Plain: as drawn. Repeat: an earlier command once more. Aimed: the drawn one at an earlier command's id. */
  readonly mode: "plain" | "repeat" | "aimed";
  readonly earlier: number;
}

const mode = fc.constantFrom<Step["mode"][]>("plain", "plain", "repeat");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ drawn: command, mode, earlier: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ drawn: ending, mode: fc.constant("aimed" as const), earlier: fc.nat() }),
  },
);

/** What members have to begin with. */
const funds = ["shop/u1", "shop/u2", "club/u1", "club/u3", "bank/u2"].map((owner, index) =>
  accountCommand("credit", `f${index}`, owner, 100n),
);

/** Ids that the drawn command fits: mostly of its own kind, some of any. */
function idsFor(
  drawn: PlainCommand,
  commands: readonly PlainCommand[],
  earlier: number,
): readonly PlainCommand[] {
  const kind = drawn.type === "rollback" ? drawn.kind : "hold";
  const fitting = commands.filter((one) => one.type === kind);
  return earlier % 8 === 0 || fitting.length === 0 ? commands : fitting;
}

function playSteps(steps: readonly Step[]): PlainCommand[] {
  const commands: PlainCommand[] = [...funds];
  for (const { drawn, mode, earlier } of steps) {
    const choice = mode === "repeat" ? commands : idsFor(drawn, commands, earlier);
    const one = choice[earlier % choice.length];
    if (one === undefined || mode === "plain") commands.push(drawn);
    else commands.push(mode === "repeat" ? one : { ...drawn, operationId: one.operationId });
  }
  return commands;
}

const history = fc.tuple(
  fc.array(step, { minLength: 40, maxLength: 120, size: "max" }).map(playSteps),
  fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6, size: "max" }),
);

function verdictOf(outcome: SubmittedOutcome): Verdict {
  switch (outcome.type) {
    case "operation": {
      const { status, failureCode, data } = outcome.operation;
      const isPoor = failureCode === "insufficient_balance";
      const failure = isPoor ? `${failureCode} ${data?.required} of ${data?.available}` : (failureCode ?? "");
      return `${status} ${failure} ${outcome.idempotent ? "again" : "new"}`;
    }
    case "conflict":
      return `conflict ${outcome.field}`;
    case "unacceptable":
      return `unacceptable ${outcome.code}`;
    case "error":
      return `error ${String(outcome.error)}`;
  }
}

/** Ids, users and references of a run's own, so that runs share a database and nothing else. */
function renamed(one: PlainCommand, prefix: string): PlainCommand {
  const operationId = prefix + one.operationId;
  if (!("userId" in one)) return { ...one, operationId };
  const userId = prefix + one.userId;
  if (one.type === "exchange") {
    return { ...one, operationId, userId, quoteId: one.quoteId === null ? null : prefix + one.quoteId };
  }
  if (!("businessId" in one) || one.businessId === null) return { ...one, operationId, userId };
  return { ...one, operationId, userId, businessId: prefix + one.businessId };
}

async function mapUsers(database: Database, shardCount: number, prefix: string): Promise<void> {
  const pair = { sourceSystem: "club", targetSystem: "bank", principal };
  const puts = Object.entries(clubToBank).map(([source, target]) => {
    return { ...pair, sourceUserId: prefix + source, targetUserId: prefix + target };
  });
  await putMappings(database, shardCount, puts);
}

/** Keeps the quotes as if each had been given by a rate of its own. */
async function giveQuotes(database: Database, shardCount: number, prefix: string): Promise<void> {
  const now = Date.now();
  await database.transaction(async (transaction) => {
    for (const quote of quotes) {
      const { sourceSystem, targetSystem, sourceCreditType, targetCreditType, userId } = exchangeCommand(
        "",
        quote.place,
        quote.target,
        quote.amount,
      );
      await insertQuote(transaction, shardCount, {
        quoteId: prefix + quote.quoteId,
        operationId: quote.operationId === null ? null : prefix + quote.operationId,
        userId: prefix + userId,
        sourceSystem,
        targetSystem,
        sourceCreditType,
        targetCreditType,
        amount: quote.amount,
        targetAmount: quote.gained,
        exchangeRate: quote.rate,
        rateVersion: 1,
        principal,
        createdAt: new Date(now - DAY_MS),
        expiresAt: new Date(quote.isOver ? now - DAY_MS : now + DAY_MS),
        usedBy: null,
      });
    }
  });
}

async function balancesOfRun(database: Database, shardCount: number, prefix: string) {
  const balances = Object.entries(await readBalances(database, shardCount))
    .filter(([place]) => place.includes(`/${prefix}`))
    .map(([place, balance]) => [place.replace(prefix, ""), balance] as const);
  return Object.fromEntries(balances);
}

const expectedVerdicts: readonly Verdict[] = [
  ...["new", "again"].flatMap((time) =>
    ["completed", "held", "captured", "released", "rolled_back"].map((status) => `${status}  ${time}`),
  ),
  "expired  new",
  ...["type", "amount", "user_id", "system_id", "source_system"].map((field) => `conflict ${field}`),
  ...[
    "system_not_found",
    "system_suspended",
    "link_not_found",
    "link_disabled",
    "exchange_rate_not_found",
  ].map((code) => `failed ${code} new`),
  ...["quote_mismatch", "quote_expired"].map((code) => `failed ${code} new`),
  ...["amount_too_small", "mapping_not_found", "amount_too_large", "system_not_hosted"].map(
    (code) => `failed ${code} new`,
  ),
  ...["credit_type_not_found", "business_id_used", "insufficient_balance n of n"].map(
    (code) => `failed ${code} new`,
  ),
  ...["operation_not_found", "hold_captured", "hold_released", "hold_expired", "hold_refused"].map(
    (code) => `unacceptable ${code}`,
  ),
  ...["amount_exceeds_hold", "rollback_refused"].map((code) => `unacceptable ${code}`),
];

const seed = Number(process.env.POINTBRIDGE_TEST_SEED ?? Date.now() % 2 ** 31);

describeOnBothEngines(`any history of commands, seed ${seed}`, (engine) => {
  const shardCount = engine.name === "embedded" ? 1 : 3;
  const runs = 80;
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(shardCount);
    await furnish(database, shardCount);
  });
  afterEach(async () => {
    await requireSoundLedger(database);
  });

  it("comes to what the contract says, in batches of any size (P1, P4, B1 to B3, H1 to H5, X1 to X3)", async () => {
    const posting = openPosting(database, shardCount, { laneCount: 1 });
    const seen = new Set<Verdict>();
    let run = 0;
    let usedQuoteCount = 0;
    const property = fc.asyncProperty(history, async ([commands, sizes]) => {
      const prefix = `r${(run += 1)}-`;
      await mapUsers(database, shardCount, prefix);
      await giveQuotes(database, shardCount, prefix);
      const plain = new PlainLedger(quotes);
      const expected = commands.map((one) => plain.decide(one));
      const pending: Promise<SubmittedOutcome[]>[] = [];
      for (let start = 0, turn = 0; start < commands.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        const batch = commands.slice(start, start + size).map((one) => renamed(one, prefix));
        start += size;
        pending.push(posting.submit(batch));
        // Some wait for their answer, others are joined by the lane.
        if (turn % 3 === 0) await pending.at(-1);
      }
      const outcomes = (await Promise.all(pending)).flat();
      const told = outcomes.map((outcome, index) => [commands[index], verdictOf(outcome)]);
      expect(told).toEqual(expected.map((verdict, index) => [commands[index], verdict]));
      expect(await balancesOfRun(database, shardCount, prefix)).toEqual(plain.balances());
      usedQuoteCount += plain.usedQuoteCount;
      for (const verdict of expected) seen.add(verdict.replaceAll(/\d+/g, "n"));
    });
    // What is never drawn is never tried, so histories are drawn until everything was; mostly once is enough.
    const missing = () =>
      expectedVerdicts.filter((verdict) => ![...seen].some((one) => one.startsWith(verdict)));
    for (let round = 0; round === 0 || (round < 8 && missing().length > 0); round += 1) {
      await fc.assert(property, { numRuns: runs, seed: seed + round });
    }
    expect(missing()).toEqual([]);
    expect(usedQuoteCount).toBeGreaterThan(runs / 4);
  }, 300_000);
});
