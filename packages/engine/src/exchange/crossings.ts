// Exchanges under way: asks partners for what is missing, hands their verdicts to the ledger, and takes up what
// another node has left.
//
// E1  No call leaves while a transaction is open: a call is made for a state that is stored, and its verdict is
//     stored before the next call is made.
// E2  Whatever is under way has a due time; whoever finds it due takes it up. What is in this process' memory
//     is a copy that may be lost at any time.
// E3  What stays unknown is asked again: by the ladder, or at once when its partner is heard of after a silence.
import { callPaths, type Verdict } from "@pointbridge/protocol/pxp";
import { type Database, DatabaseError, runRetried } from "../database/index.ts";
import type { AdvanceCommand, Command, ExchangeCommand, Ladder, Operation } from "../domain/index.ts";
import { claimDue, findOperations, listWaitedOn, wakeWaiting } from "../operations/index.ts";
import type { Posting, SubmittedOutcome } from "../posting/index.ts";
import type { Log } from "../system/index.ts";
import {
  isAnswer,
  type JudgedRequest,
  type PartnerCalls,
  PartnerQueue,
  type PartnerQueueListener,
} from "./partner-queue.ts";
import { requestFor, type UserRequest } from "./partner-requests.ts";
import type { ProvisioningPlace } from "./provisioning.ts";
import { UserCreation } from "./user-creation.ts";
import { Waiters } from "./waiters.ts";
import { WakeRule } from "./wake-rule.ts";

export interface CrossingSettings {
  readonly shardCount: number;
  readonly ladder: Ladder;
  /** How often it is looked what is due; 0 for only when asked. */
  readonly pollIntervalMs: number;
  /** How often partners that are silent are asked whether they are there; 0 for only when asked. */
  readonly probeIntervalMs: number;
  /** Calls under way at a time, for each partner. */
  readonly callsMax: number;
  /** Lines of a batch at most. */
  readonly batchMax: number;
  /** What is in memory for one partner at most when more is taken up. */
  readonly queueMax: number;
}

export const defaultCrossingSettings = {
  pollIntervalMs: 1_000,
  probeIntervalMs: 10_000,
  callsMax: 4,
  batchMax: 500,
  queueMax: 5_000,
} as const;

const CLAIM_SIZE = 1_000;
const WAKE_SIZE = 5_000;
const principal = "node";

function isUnderWay(outcome: SubmittedOutcome): outcome is SubmittedOutcome & { type: "operation" } {
  return outcome.type === "operation" && outcome.operation.dueAt !== null;
}

function toSilence(command: AdvanceCommand): AdvanceCommand {
  const reason = `${command.event.kind} could not be stored; the node's log says why`;
  return { ...command, event: { kind: "unknown", reason } };
}

/** An attempt is over before its lease ends. */
function attemptMsOf(ladder: Ladder): number {
  return Math.ceil(ladder.leaseMs * 0.6);
}

export class Crossings implements PartnerQueueListener {
  readonly #database: Database;
  readonly #posting: Pick<Posting, "submit">;
  readonly #lines: PartnerCalls;
  readonly #settings: CrossingSettings;
  readonly #log: Log;
  readonly #queues = new Map<string, PartnerQueue>();
  readonly #rules = new Map<string, WakeRule>();
  readonly #waiters = new Waiters();
  readonly #users: UserCreation;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Set<Promise<void>>();
  #polling: Promise<void> | undefined;
  #stopped = false;

  constructor(
    database: Database,
    posting: Pick<Posting, "submit">,
    lines: PartnerCalls,
    settings: CrossingSettings,
    log: Log,
    profiles: ProvisioningPlace["profiles"],
  ) {
    this.#database = database;
    this.#posting = posting;
    this.#lines = lines;
    this.#settings = settings;
    this.#log = log;
    this.#users = new UserCreation({ database, shardCount: settings.shardCount, profiles }, lines, {
      timeoutMs: attemptMsOf(settings.ladder),
      heard: (systemId, isHeard) => this.heard(systemId, isHeard),
      judged: (request, verdict) => this.#judgeUser(request, verdict),
    });
  }

  /** Begins to take up what is due, and to ask silent partners whether they are back. */
  start(): void {
    const { pollIntervalMs, probeIntervalMs } = this.#settings;
    const every = (intervalMs: number, work: () => Promise<unknown>, what: string): void => {
      if (intervalMs === 0) return;
      let isBusy = false;
      const timer = setInterval(() => {
        if (isBusy || this.#stopped) return;
        isBusy = true;
        this.#track(
          work()
            .catch((error: unknown) => this.#log.warn({ err: error }, what))
            .then(() => {
              isBusy = false;
            }),
        );
      }, intervalMs);
      timer.unref();
      this.#timers.push(timer);
    };
    every(
      pollIntervalMs,
      () => this.takeUpDue(),
      "what is due could not be taken up; the next look tries again",
    );
    every(
      probeIntervalMs,
      () => this.probeSilent(),
      "silent partners could not be asked; the next look does",
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all([this.#users.stop(), ...[...this.#queues.values()].map((queue) => queue.stop())]);
    await Promise.all(this.#running);
  }

  #track(run: Promise<void>): void {
    const tracked = run.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  /**
   * Makes exchanges, and waits a while for those that partners have a part in.
   * @returns one outcome each, as things stand when the wait is over
   */
  async submit(commands: readonly ExchangeCommand[], waitMs: number): Promise<SubmittedOutcome[]> {
    const outcomes = await this.#posting.submit(commands);
    const underWay = outcomes.filter(isUnderWay);
    if (underWay.length === 0) return outcomes;
    const ids = underWay.map(({ operation }) => operation.operationId);
    // Before the first of them is asked for: one that ends at once is not missed.
    const ended = waitMs > 0 ? this.#waiters.listen(ids, waitMs) : undefined;
    for (const { operation, idempotent } of underWay) if (!idempotent) this.#proceed(operation);
    if (ended === undefined) return outcomes;
    const told = await ended;
    const silent = ids.filter((operationId) => !told.has(operationId));
    for (const operation of await this.#read(silent)) told.set(operation.operationId, operation);
    return outcomes.map((outcome) => {
      const latest = isUnderWay(outcome) ? told.get(outcome.operation.operationId) : undefined;
      return latest === undefined || outcome.type !== "operation"
        ? outcome
        : { ...outcome, operation: latest };
    });
  }

  /** Another node may have ended what this one was only asked about. What can't be read stays as it was known. */
  async #read(operationIds: readonly string[]): Promise<Operation[]> {
    if (operationIds.length === 0) return [];
    try {
      return await this.#database.transaction((transaction) =>
        findOperations(transaction, this.#settings.shardCount, operationIds),
      );
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      this.#log.warn(
        { err: error },
        "what exchanges have come to could not be read; they are answered as under way",
      );
      return [];
    }
  }

  /** Decides something about exchanges under way, and goes on with them. */
  async advance(commands: readonly AdvanceCommand[]): Promise<SubmittedOutcome[]> {
    const outcomes = await this.#posting.submit(commands satisfies readonly Command[]);
    for (const outcome of outcomes) {
      if (outcome.type === "error") {
        this.#log.error(
          { operation_id: outcome.operationId, err: outcome.error },
          "an exchange could not go on",
        );
      }
      if (outcome.type !== "operation" || outcome.operation.kind !== "exchange") continue;
      const { operation } = outcome;
      if (operation.dueAt === null) this.#waiters.tell(operation);
      else if (this.#goesOnNow(operation)) this.#proceed(operation);
    }
    return outcomes;
  }

  /**
   * A state that has just begun, or was asked for now, goes on at once; one that waits is taken up when due. Both
   * times are the database's: a clock of this process that is ahead would make the ladder a loop.
   */
  #goesOnNow({ data, dueAt, updatedAt }: Operation): boolean {
    return data?.crossing?.attempts === 0 || (dueAt !== null && dueAt <= updatedAt);
  }

  #proceed(operation: Operation): void {
    if (this.#stopped) return;
    const request = requestFor(operation);
    if (request === undefined) return;
    if (request.call === "users") this.#users.add(request);
    else this.#queueOf(request.systemId).add(request);
  }

  async #judgeUser(request: UserRequest, verdict: Verdict): Promise<void> {
    const { operationId, state, systemId, isHosted } = request;
    if (verdict.kind !== "unknown" && !isHosted) this.#decided(systemId);
    await this.#judge([{ operationId, state, verdict }]);
  }

  #queueOf(systemId: string): PartnerQueue {
    const standing = this.#queues.get(systemId);
    if (standing !== undefined) return standing;
    const { callsMax, batchMax, ladder } = this.#settings;
    const settings = { callsMax, batchMax, timeoutMs: attemptMsOf(ladder) };
    const queue = new PartnerQueue(systemId, this.#lines, this, settings);
    this.#queues.set(systemId, queue);
    return queue;
  }

  async judged(judged: readonly JudgedRequest[]): Promise<void> {
    const decided = judged.find(({ verdict }) => verdict.kind !== "unknown");
    if (decided !== undefined) this.#decided(decided.request.systemId);
    await this.#judge(
      judged.map(({ request, verdict }) => ({
        operationId: request.operationId,
        state: request.state,
        verdict,
      })),
    );
  }

  async #judge(
    verdicts: readonly { operationId: string; state: AdvanceCommand["state"]; verdict: Verdict }[],
  ): Promise<void> {
    const commands = verdicts.map(
      ({ operationId, state, verdict }): AdvanceCommand => ({
        type: "advance",
        operationId,
        principal,
        state,
        event: verdict,
      }),
    );
    try {
      const outcomes = await this.advance(commands);
      const failed = commands.filter((_, index) => outcomes[index]?.type === "error");
      // The ladder goes on: what can't be stored today is asked again, undone, or brought to a person.
      if (failed.length > 0) await this.advance(failed.map(toSilence));
    } catch (error) {
      // The verdict is lost, not the exchange: it is due again when the lease ends (E2).
      this.#log.warn(
        { err: error, exchanges: commands.length },
        "verdicts could not be stored; they are asked for again",
      );
    }
  }

  heard(systemId: string, isAnswer: boolean): void {
    if (this.#ruleOf(systemId).heard(isAnswer, Date.now())) this.#startWake(systemId);
  }

  #decided(systemId: string): void {
    if (this.#ruleOf(systemId).decided(Date.now())) this.#startWake(systemId);
  }

  #startWake(systemId: string): void {
    if (this.#stopped) return;
    this.#track(
      this.#wake(systemId).catch((error: unknown) => {
        this.#log.warn({ err: error, system_id: systemId }, "what waits on a partner could not be woken");
      }),
    );
  }

  #ruleOf(systemId: string): WakeRule {
    const rule = this.#rules.get(systemId) ?? new WakeRule();
    this.#rules.set(systemId, rule);
    return rule;
  }

  async #wake(systemId: string): Promise<void> {
    let woken = 0;
    for (let shardId = 1; shardId <= this.#settings.shardCount; shardId += 1) {
      let count: number;
      do {
        count = await runRetried(this.#database, (transaction) =>
          wakeWaiting(transaction, shardId, systemId, WAKE_SIZE),
        );
        woken += count;
      } while (count === WAKE_SIZE && !this.#stopped);
    }
    if (woken > 0) {
      this.#log.info(
        { system_id: systemId, exchanges: woken },
        "a partner is heard of again; its exchanges go on",
      );
      await this.takeUpDue();
    }
  }

  /** Takes up everything that is due (E2). @returns how many exchanges that were */
  async takeUpDue(): Promise<number> {
    let count = 0;
    const run = (this.#polling ?? Promise.resolve()).then(async () => {
      for (let shardId = 1; shardId <= this.#settings.shardCount; shardId += 1) {
        count += await this.#takeUpShard(shardId);
      }
    });
    // One after the other: a second look at the same time would only find what the first has taken.
    this.#polling = run.catch(() => undefined);
    await run;
    return count;
  }

  async #takeUpShard(shardId: number): Promise<number> {
    let count = 0;
    const systems = await this.#database.transaction((transaction) => listWaitedOn(transaction, shardId));
    for (const systemId of systems) count += await this.#takeUpSystem(shardId, systemId);
    return count;
  }

  /** What is in memory for a partner is bounded: the rest waits where it is stored. */
  async #takeUpSystem(shardId: number, systemId: string): Promise<number> {
    const { ladder, queueMax } = this.#settings;
    let count = 0;
    for (;;) {
      const room = queueMax - this.#lengthOf(systemId);
      if (this.#stopped || room <= 0) return count;
      const claim = { systemId, limit: Math.min(room, CLAIM_SIZE), leaseMs: ladder.leaseMs };
      const operations = await runRetried(this.#database, (transaction) =>
        claimDue(transaction, shardId, claim),
      );
      for (const operation of operations) this.#proceed(operation);
      count += operations.length;
      if (operations.length < claim.limit) return count;
    }
  }

  #lengthOf(systemId: string): number {
    return (this.#queues.get(systemId)?.length ?? 0) + this.#users.lengthFor(systemId);
  }

  /** Asks partners that something waits on, and that were not heard of, whether they are there. */
  async probeSilent(): Promise<void> {
    const waitedOn = new Set<string>();
    for (let shardId = 1; shardId <= this.#settings.shardCount; shardId += 1) {
      const systems = await this.#database.transaction((transaction) => listWaitedOn(transaction, shardId));
      for (const systemId of systems) waitedOn.add(systemId);
    }
    const silent = [...waitedOn].filter((systemId) => this.#ruleOf(systemId).isSilent);
    await Promise.all(
      silent.map(async (systemId) => {
        const result = await this.#lines.callThrough(systemId, callPaths.node, Buffer.from("{}"));
        this.heard(systemId, isAnswer(result));
      }),
    );
  }
}
