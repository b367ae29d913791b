// The proposer's side of changes that two nodes agree on: tells the partner where each stands until both know how it
// ended, and makes of the answers what agreement.ts says. Any node of the database may do it.
import { callPaths, type RatesAnswer, ratesAnswer } from "@pointbridge/protocol/pxp";
import { Compile } from "typebox/compile";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { crashPoint, type Log } from "../system/index.ts";
import { type ProposerState, proposerStep } from "./agreement.ts";
import * as agreementQueries from "./agreement-queries.ts";
import {
  type AgreementRow,
  lockAgreement,
  moveAgreement,
  OWN_NODE,
  settleAgreement,
  termsOf,
} from "./agreement-store.ts";
import * as queries from "./queries.ts";
import { defaultRateRules, type RateChangeRow, type RateRules } from "./rate-change.ts";
import { judgeRateChange } from "./rate-judgement.ts";
import { clearBroken, lockRateChange, moveRateChange, putInForce, tellOfBroken } from "./rate-log.ts";

/** What is needed of the lines to partners. */
export interface AgreementCalls {
  callThrough(
    systemId: string,
    path: string,
    body: Uint8Array,
  ): Promise<{ readonly status: number; readonly body: unknown } | { readonly unknown: string }>;
}

export interface AgreementSettings {
  readonly shardCount: number;
  readonly rules: RateRules;
  /** Between two looks for what is due. */
  readonly pollIntervalMs: number;
  /** How often a partner is asked whether somebody has accepted. */
  readonly askIntervalMs: number;
  /** From the first to the longest time between two calls that came to nothing. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const defaultAgreementSettings: Omit<AgreementSettings, "shardCount"> = {
  rules: defaultRateRules,
  pollIntervalMs: 2_000,
  askIntervalMs: 10_000,
  firstDelayMs: 2_000,
  longestDelayMs: 120_000,
};

const answerCheck = Compile(ratesAnswer);
const ROUND_MAX = 16;
/** For how long after its offer has expired a partner is told that a change has ended. */
const UNTOLD_MAX_MS = 24 * 60 * 60 * 1_000;
/** Longer than a call takes. */
const LEASE_MS = 30_000;

function encodeOffer(row: AgreementRow): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      agreement_id: row.agreement_id,
      state: row.state,
      source_system: row.source_system,
      target_system: row.target_system,
      source_credit_type: row.source_credit_type,
      target_credit_type: row.target_credit_type,
      exchange_rate: row.rate,
      min_source_amount: String(row.min_source_amount),
      wanted_at: row.wanted_at?.toISOString(),
      expires_at: row.expires_at.toISOString(),
      effective_at: row.effective_at?.toISOString(),
    }),
  );
}

/** What an answer says of this change; undefined where it says nothing. */
function readAnswer(
  row: AgreementRow,
  result: Awaited<ReturnType<AgreementCalls["callThrough"]>>,
): RatesAnswer | undefined {
  if ("unknown" in result || result.status !== 200) return undefined;
  const { body } = result;
  return answerCheck.Check(body) && body.agreement_id === row.agreement_id ? body : undefined;
}

export class RateAgreements {
  readonly #database: Database;
  readonly #calls: AgreementCalls;
  readonly #settings: AgreementSettings;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isWaiting = false;
  #isStopped = false;

  constructor(database: Database, calls: AgreementCalls, settings: AgreementSettings, log: Log) {
    this.#database = database;
    this.#calls = calls;
    this.#settings = settings;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), this.#settings.pollIntervalMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  /** Something may be due: looks once more, after the round that is under way. */
  wake(): void {
    if (this.#isWaiting || this.#isStopped) return;
    this.#isWaiting = true;
    this.#round = this.#round.then(async () => {
      this.#isWaiting = false;
      try {
        await this.tellDue();
      } catch (error) {
        this.#log.warn({ err: error }, "changes of rates were not told to partners; tried again soon");
      }
    });
  }

  /** Tells partners what is due now. */
  async tellDue(): Promise<void> {
    for (let told = ROUND_MAX; told === ROUND_MAX && !this.#isStopped; ) {
      const rows = await this.#database.transaction((transaction) =>
        transaction.query<AgreementRow>(agreementQueries.claimAgreements, [ROUND_MAX, LEASE_MS]),
      );
      await Promise.all(rows.map((row) => this.#tell(row)));
      told = rows.length;
    }
  }

  async #tell(row: AgreementRow): Promise<void> {
    const { partner_system: systemId, operation_id: operationId } = row;
    if (row.state === "offered" && (await this.#endOverdue(row))) return;
    const result = await this.#calls.callThrough(systemId, callPaths.rates, encodeOffer(row));
    const answer = readAnswer(row, result);
    if (answer === undefined) {
      const why = "unknown" in result ? result.unknown : `status ${result.status}`;
      this.#log.debug(
        { operation_id: operationId, system_id: systemId, why },
        "a change of a rate is untold",
      );
      const { firstDelayMs, longestDelayMs } = this.#settings;
      const delayMs = Math.min(firstDelayMs * 2 ** Math.min(row.attempts - 1, 20), longestDelayMs);
      if (row.state === "ended" && (await this.#settleUntold(row))) return;
      await this.#delay(row, delayMs, false);
      return;
    }
    crashPoint("before the commit of rate_agreement");
    await this.#take(row, answer);
    crashPoint("after the commit of rate_agreement");
  }

  async #delay(row: AgreementRow, delayMs: number, isHeard: boolean): Promise<void> {
    const named = [row.proposer_node, row.agreement_id, row.state];
    await this.#database.transaction((transaction) =>
      transaction.query(agreementQueries.delayAgreement, [...named, delayMs, isHeard]),
    );
  }

  async #take(told: AgreementRow, answer: RatesAnswer): Promise<void> {
    const step = proposerStep(told.state as ProposerState, answer.state);
    if (step === "wait") return this.#delay(told, this.#settings.askIntervalMs, true);
    await this.#inTurn(told, async (transaction, row) => {
      switch (step) {
        case "decide":
          return this.#decide(transaction, row);
        case "end":
          return this.#end(transaction, row, "rate_not_accepted", {
            partnerCode: answer.code,
            isSettled: true,
          });
        case "settle":
          await settleAgreement(transaction, row);
          if (row.state === "agreed") await clearBroken(transaction, termsOf(row, ""));
          await transaction.query(queries.bumpCatalogVersion);
          return;
        case "settle_broken":
          await this.#noteBroken(transaction, row, answer.code ?? "rate_change_stale");
      }
    });
    if (step === "decide" || step === "end") this.wake();
  }

  /** Runs what an answer comes to, unless the change has moved on since it was told (T5). */
  async #inTurn(
    told: AgreementRow,
    work: (transaction: Transaction, row: AgreementRow) => Promise<void>,
  ): Promise<void> {
    await runRetried(this.#database, async (transaction) => {
      await transaction.query(queries.lockCatalog);
      const row = await lockAgreement(transaction, OWN_NODE, told.agreement_id);
      if (row?.state === told.state && row.settled_at === null) await work(transaction, row);
    });
  }

  async #endOverdue(told: AgreementRow): Promise<boolean> {
    let isOverdue = false;
    await this.#inTurn(told, async (transaction, row) => {
      isOverdue = (await this.#readTime(transaction)) >= row.expires_at;
      if (isOverdue) await this.#end(transaction, row, "rate_change_expired", { isSettled: false });
    });
    if (isOverdue) this.wake();
    return isOverdue;
  }

  /** A promise has lapsed by itself when its offer has expired (T2): whoever can't be told then need not know. */
  async #settleUntold(told: AgreementRow): Promise<boolean> {
    let isSettled = false;
    await this.#inTurn(told, async (transaction, row) => {
      const age = (await this.#readTime(transaction)).getTime() - row.expires_at.getTime();
      isSettled = age >= UNTOLD_MAX_MS;
      if (isSettled) await settleAgreement(transaction, row);
    });
    return isSettled;
  }

  async #readTime(transaction: Transaction): Promise<Date> {
    const [row] = await transaction.query<{ now: Date }>(queries.readTime);
    if (row === undefined) throw new Error("the database did not tell the time");
    return row.now;
  }

  async #operationOf(transaction: Transaction, row: AgreementRow): Promise<RateChangeRow> {
    const operation = await lockRateChange(transaction, this.#settings.shardCount, row.operation_id);
    if (operation === undefined) throw new Error(`the operation ${row.operation_id} is missing`);
    return operation;
  }

  /** T1: the partner has promised; what holds here decides. */
  async #decide(transaction: Transaction, row: AgreementRow): Promise<void> {
    const { rules, shardCount } = this.#settings;
    const operation = await this.#operationOf(transaction, row);
    const change = termsOf(row, operation.principal);
    const judgement = await judgeRateChange(transaction, change, rules);
    const { now, inForce, isSame, refusal, reservedBy, allowedCycle } = judgement;
    if (now >= row.expires_at) {
      return this.#end(transaction, row, "rate_change_expired", { isSettled: false });
    }
    const isStale = inForce?.rateVersion !== operation.data.base_version || reservedBy !== undefined;
    if (isStale || refusal !== undefined) {
      return this.#end(transaction, row, isStale ? "rate_change_stale" : "rate_cycle_gains", {
        isSettled: false,
      });
    }
    const effectiveAt = row.wanted_at ?? new Date(now.getTime() + rules.leadMs);
    await moveAgreement(transaction, row, { state: "agreed", effectiveAt, isSettled: false });
    const rateVersion = (inForce?.rateVersion ?? 0) + (isSame ? 0 : 1);
    if (isSame) await transaction.query(queries.bumpCatalogVersion);
    else {
      const approvedBy = operation.data.approved_by ?? null;
      const version = { rateVersion, approvedBy, now, effectiveAt, allowedCycle };
      await putInForce(transaction, shardCount, change, version);
    }
    await moveRateChange(transaction, shardCount, operation, {
      status: "completed",
      rateVersion,
      failureCode: null,
      data: { ...operation.data, effective_at: effectiveAt.toISOString() },
      now,
    });
  }

  async #end(
    transaction: Transaction,
    row: AgreementRow,
    failureCode: NonNullable<RateChangeRow["failure_code"]>,
    { partnerCode, isSettled }: { readonly partnerCode?: string | undefined; readonly isSettled: boolean },
  ): Promise<void> {
    await moveAgreement(transaction, row, { state: "ended", code: partnerCode ?? failureCode, isSettled });
    const operation = await this.#operationOf(transaction, row);
    if (operation.status !== "processing") return;
    const { agreement } = operation.data;
    const told = partnerCode === undefined || agreement === undefined;
    const data = told
      ? operation.data
      : { ...operation.data, agreement: { ...agreement, partner_code: partnerCode } };
    const now = await this.#readTime(transaction);
    const ending = { status: "failed", rateVersion: null, failureCode, data, now } as const;
    await moveRateChange(transaction, this.#settings.shardCount, operation, ending);
  }

  /** It is in force here, and the partner says that it does not keep to it. */
  async #noteBroken(transaction: Transaction, row: AgreementRow, code: string): Promise<void> {
    await settleAgreement(transaction, row, code);
    await transaction.query(queries.bumpCatalogVersion);
    const operation = await this.#operationOf(transaction, row);
    const { status, rate_version: rateVersion, data } = operation;
    const { agreement } = data;
    if (agreement === undefined) throw new Error(`the change ${row.operation_id} names no partner`);
    this.#log.error(
      { operation_id: row.operation_id, system_id: row.partner_system, partner_code: code },
      "the partner does not keep to a rate that was agreed on; agree on it anew",
    );
    const { rate, partner_system: partnerSystem } = row;
    await tellOfBroken(transaction, { ...termsOf(row, ""), rate, partnerSystem, partnerCode: code });
    await moveRateChange(transaction, this.#settings.shardCount, operation, {
      status,
      rateVersion,
      failureCode: null,
      data: { ...data, agreement: { ...agreement, partner_code: code } },
      now: await this.#readTime(transaction),
    });
  }
}
