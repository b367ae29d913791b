// Works on runs: those that were asked for, those that are scheduled, and those that another node has left.
//
// N1  A run ends as completed or failed, with what it came to; whatever was stored of it before stands.
// N2  What can't be read fails a run and never completes it on half of a side.
import { randomUUID } from "node:crypto";
import { DatabaseError, runRetried } from "../database/index.ts";
import { ComparisonStop } from "../summaries/index.ts";
import { findLeftApproved, makeApproved } from "./approved-repairs.ts";
import { clearCandidates } from "./candidate-store.ts";
import { checkLeg } from "./check-step.ts";
import { type ComparedLeg, compareLeg } from "./compare-step.ts";
import { tellFailure, tellFindings } from "./findings-told.ts";
import { openLeg } from "./legs.ts";
import { makeDueRun } from "./policy-store.ts";
import { proveRun } from "./prove-step.ts";
import type { ReconcilerParts } from "./reconciler-parts.ts";
import { repairRun } from "./repair-step.ts";
import { Repairer } from "./repairer.ts";
import type { Leg, Run, RunProgress, RunStep } from "./run.ts";
import { findAbandoned, findRun, LeaseLostError, RunWork, readTime } from "./run-store.ts";
import { settleEarlier } from "./settle-step.ts";
import { UnreadableSideError, type Window } from "./sides.ts";

/** What is stored at once after a run was taken up. */
async function boundWindow(work: RunWork): Promise<Window> {
  const { run } = work;
  const { startTime, endTime, origin, policy, progress } = run;
  if (progress.endTime !== undefined) return { startTime, endTime: new Date(progress.endTime) };
  const now = await work.database.transaction(readTime);
  // Nobody waits for a scheduled run: it leaves what is recent to the next one.
  const latestMs = origin === "scheduled" ? now.getTime() - policy.graceMs : Number.POSITIVE_INFINITY;
  const endMs = Math.max(startTime.getTime(), Math.min(endTime.getTime(), latestMs));
  const bounded = new Date(endMs);
  await work.advance({ ...progress, endTime: bounded.toISOString() }, run.result);
  return { startTime, endTime: bounded };
}

function withStep(
  { after: _after, line: _line, isCompared: _isCompared, ...rest }: RunProgress,
  step: RunStep,
  legIndex = 0,
): RunProgress {
  return { ...rest, step, legIndex };
}

/** A third of what a lease lasts. */
const KEEP_LEASE_MS = 20_000;

class RunWorker {
  readonly #work: RunWork;
  readonly #parts: ReconcilerParts;
  readonly #repairer: Repairer;
  readonly #isStopping: () => boolean;
  readonly #legs = new Map<Leg, ComparedLeg>();

  constructor(work: RunWork, parts: ReconcilerParts, repairer: Repairer, isStopping: () => boolean) {
    this.#work = work;
    this.#parts = parts;
    this.#repairer = repairer;
    this.#isStopping = isStopping;
  }

  async #openLegs(window: Window): Promise<void> {
    for (const leg of this.#work.run.progress.legs) {
      const opened = await openLeg(leg, this.#work.run, window, this.#parts);
      if (typeof opened === "string") await this.#noteUntold(leg, opened);
      else this.#legs.set(leg, opened);
    }
  }

  async #noteUntold(leg: Leg, why: string): Promise<void> {
    const { progress, result } = this.#work.run;
    await this.#work.advance(progress, { ...result, untold: { ...result.untold, [leg]: why } });
  }

  async #goTo(step: RunStep, legIndex = 0): Promise<void> {
    const { progress, result } = this.#work.run;
    await this.#work.advance(withStep(progress, step, legIndex), result);
  }

  async #overLegs(step: RunStep, next: RunStep, run: (leg: ComparedLeg) => Promise<void>): Promise<void> {
    const { legs } = this.#work.run.progress;
    for (let index = this.#work.run.progress.legIndex; index < legs.length; index += 1) {
      const name = legs[index];
      const leg = name === undefined ? undefined : this.#legs.get(name);
      if (leg !== undefined) await run(leg);
      await (index + 1 < legs.length ? this.#goTo(step, index + 1) : this.#goTo(next));
    }
  }

  async #takeStep(window: Window): Promise<void> {
    const work = this.#work;
    switch (work.run.progress.step) {
      case "compare":
        return this.#overLegs("compare", "check", (leg) => compareLeg(work, leg));
      case "check":
        return this.#overLegs("check", "settle", (leg) => checkLeg(work, leg));
      case "settle":
        await settleEarlier(work, this.#legs, window.endTime);
        return this.#goTo("repair");
      case "repair":
        await repairRun(work, this.#repairer);
        return this.#goTo("prove");
      case "prove":
        await proveRun(work, this.#legs, this.#repairer);
        return this.#goTo("done");
      case "load":
      case "done":
        return undefined;
    }
  }

  async #finish(): Promise<void> {
    const work = this.#work;
    await work.end(undefined, (transaction, now) =>
      tellFindings(transaction, work.shardCount, work.run, now),
    );
  }

  async #fail(reason: string): Promise<void> {
    const work = this.#work;
    const { reconciliationId } = work.run;
    await work.end(reason, async (transaction) => {
      await clearCandidates(transaction, { shardId: work.shardId, reconciliationId });
      await tellFailure(transaction, work.run, reason);
    });
  }

  /** A step may take longer than a lease: adding up a large window, waiting for a slow partner. */
  #keepLease(): NodeJS.Timeout {
    const timer = setInterval(() => {
      // Whoever has lost it learns so from the next thing that it stores.
      this.#work.keepLease().catch((error: unknown) => {
        const { reconciliationId } = this.#work.run;
        const where = { err: error, reconciliation_id: reconciliationId };
        this.#parts.log.debug(where, "the lease of a reconciliation was not kept");
      });
    }, KEEP_LEASE_MS);
    timer.unref();
    return timer;
  }

  /** @throws LeaseLostError, DatabaseError */
  async run(): Promise<void> {
    const timer = this.#keepLease();
    try {
      await this.#runSteps();
    } finally {
      clearInterval(timer);
    }
  }

  async #runSteps(): Promise<void> {
    try {
      const window = await boundWindow(this.#work);
      await this.#openLegs(window);
      while (this.#work.run.progress.step !== "done") {
        if (this.#isStopping()) {
          await this.#work.letGo();
          return;
        }
        await this.#takeStep(window);
      }
      await this.#finish();
    } catch (error) {
      if (error instanceof UnreadableSideError) return this.#fail(error.message); // N2
      if (error instanceof ComparisonStop) return this.#fail(`${error.reason}: ${error.message}`);
      if (error instanceof LeaseLostError || error instanceof DatabaseError) throw error;
      this.#parts.log.error(
        { err: error, reconciliation_id: this.#work.run.reconciliationId },
        "a reconciliation failed",
      );
      return this.#fail("the node failed at it; its log says more");
    }
  }
}

const POLL_MS = 2_000;

export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly repairer: Repairer;
  readonly #running = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #polling: Promise<void> | undefined;
  #isStopped = false;

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
    this.repairer = new Repairer(parts);
  }

  /** Works on a run, unless it has ended or somebody else does. */
  async #workOn(reconciliationId: string): Promise<void> {
    const { database, shardCount, log } = this.#parts;
    try {
      const work = await RunWork.claim(database, shardCount, reconciliationId, randomUUID());
      if (work === undefined) return;
      await new RunWorker(work, this.#parts, this.repairer, () => this.#isStopped).run();
    } catch (error) {
      // Whoever finds it abandoned goes on from what is stored.
      const what = "a reconciliation was left; it goes on when its lease is over";
      log.warn({ err: error, reconciliation_id: reconciliationId }, what);
    }
  }

  /** Begins to work on a run, or joins whoever does so in this process. Never throws. */
  begin(reconciliationId: string): Promise<void> {
    const standing = this.#running.get(reconciliationId);
    if (standing !== undefined) return standing;
    if (this.#isStopped) return Promise.resolve();
    const work = this.#workOn(reconciliationId).finally(() => this.#running.delete(reconciliationId));
    this.#running.set(reconciliationId, work);
    return work;
  }

  /** The run as it stands after its work here is done, or when the wait is over. */
  async finish(reconciliationId: string, waitMs: number): Promise<Run | undefined> {
    const done = this.begin(reconciliationId);
    if (waitMs > 0) {
      let timer: NodeJS.Timeout | undefined;
      const waited = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs);
      });
      await Promise.race([done, waited]);
      clearTimeout(timer);
    }
    const { database, shardCount } = this.#parts;
    return database.transaction((transaction) => findRun(transaction, shardCount, reconciliationId));
  }

  /** Makes what is approved of some operations of a run. What fails is told by their rows. */
  async makeApproved(
    reconciliationId: string,
    operationIds: readonly string[],
    principal: string,
  ): Promise<void> {
    const { log } = this.#parts;
    try {
      await makeApproved(this.#parts, this.repairer, reconciliationId, operationIds, principal);
    } catch (error) {
      const isUnreadable = error instanceof UnreadableSideError || error instanceof ComparisonStop;
      const what = "approved repairs could not be made or proved; the next run reads them again";
      log[isUnreadable ? "info" : "warn"]({ err: error, reconciliation_id: reconciliationId }, what);
    }
  }

  /** Makes the runs that are due by their policies, and begins them. */
  async runDue(): Promise<void> {
    const { database, shardCount } = this.#parts;
    for (;;) {
      const id = await runRetried(database, (transaction) => makeDueRun(transaction, shardCount));
      if (id === undefined) return;
      void this.begin(id);
    }
  }

  /** Takes up what nobody works on: runs, and repairs that were approved and left. */
  async takeUpAbandoned(): Promise<void> {
    await this.runDue();
    const { database, shardCount } = this.#parts;
    const ids = await findAbandoned(database, shardCount);
    await Promise.all(ids.map((id) => this.begin(id)));
    for (const { reconciliationId, operationId } of await findLeftApproved(this.#parts)) {
      await this.#makeLeft(reconciliationId, operationId);
    }
  }

  /** One that can't be made, such as of a partner that is gone, keeps none of the others waiting. */
  async #makeLeft(reconciliationId: string, operationId: string): Promise<void> {
    try {
      await this.makeApproved(reconciliationId, [operationId], "node");
    } catch (error) {
      const what = { err: error, reconciliation_id: reconciliationId, operation_id: operationId };
      this.#parts.log.warn(what, "an approved repair was not made; the next look tries again");
    }
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#polling ??= this.takeUpAbandoned()
        .catch((error: unknown) =>
          this.#parts.log.warn({ err: error }, "abandoned reconciliations were not looked for"),
        )
        .then(() => {
          this.#polling = undefined;
        });
    }, POLL_MS);
    this.#timer.unref();
  }

  /** Leaves what is under way at its next stored place. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#polling;
    await Promise.all(this.#running.values());
  }
}
