// The ledger of the scriptable partner: rows by id as the callee's table wants them, exact balances, and every
// movement kept, so that its own books can be recomputed from them.
import {
  answerCreditAgain,
  answerHoldAgain,
  type CreditCall,
  type CreditState,
  captureOf,
  conflictAnswer,
  conflictingCreditField,
  conflictingHoldField,
  type Fingerprint,
  floorAtRate,
  type HoldCall,
  type HoldState,
  pointsMax,
  releaseOf,
  rollbackOf,
  type TableAnswer,
} from "@pointbridge/protocol/pxp";

export interface LedgerAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface Row<State> {
  state: State;
  readonly asked: Fingerprint;
  code?: string;
}

export type CreditRow = Row<CreditState>;
export type HoldRow = Row<HoldState>;

export interface PartnerAccount {
  available: bigint;
  held: bigint;
}

interface Movement {
  readonly userId: string;
  readonly available: bigint;
  readonly held: bigint;
}

/** What an ending names: the row and its two systems. */
export interface EndingCall {
  readonly operation_id: string;
  readonly source_system: string;
  readonly target_system: string;
}

export class PartnerLedger {
  readonly credits = new Map<string, CreditRow>();
  readonly holds = new Map<string, HoldRow>();
  readonly accounts = new Map<string, PartnerAccount>();
  /** By `source>target`; a pair without one is refused. */
  readonly rates = new Map<string, string>();
  /** Why a user's new credits and holds are refused. */
  readonly blocked = new Map<string, string>();
  /** Ids of credits that are pending when they arrive; a repeat finds them decided. */
  readonly pending = new Set<string>();
  readonly #movements: Movement[] = [];

  accountOf(userId: string): PartnerAccount {
    const standing = this.accounts.get(userId);
    if (standing !== undefined) return standing;
    const opened = { available: 0n, held: 0n };
    this.accounts.set(userId, opened);
    return opened;
  }

  #move(userId: string, available: bigint, held: bigint): void {
    const account = this.accountOf(userId);
    account.available += available;
    account.held += held;
    this.#movements.push({ userId, available, held });
    if (account.available < 0n || account.held < 0n) {
      throw new Error(`the partner's account ${userId} went below zero`);
    }
  }

  /** Points from elsewhere. */
  open(userId: string, amount: bigint): void {
    this.#move(userId, amount, 0n);
  }

  /** The member spends what it has; points are gone from here without the protocol. */
  spend(userId: string, amount: bigint): void {
    this.#move(userId, -amount, 0n);
  }

  #answer(id: string, answer: TableAnswer, row?: Row<unknown>): LedgerAnswer {
    const { status, outcome, code = row?.code } = answer;
    const hasMoved = outcome === "completed" || outcome === "held" || outcome === "captured";
    return {
      status,
      body: {
        operation_id: id,
        ...(outcome === undefined ? {} : { outcome }),
        ...(code === undefined ? {} : { code }),
        ...(hasMoved && row !== undefined && row.asked.amount !== undefined
          ? { amount: row.asked.amount }
          : {}),
        ...(outcome === "completed" && status === 200 ? { transaction_id: `t-${id}` } : {}),
      },
    };
  }

  #conflict(id: string, field: string): LedgerAnswer {
    const { status, body } = this.#answer(id, conflictAnswer);
    return { status, body: { ...body, conflicting_field: field } };
  }

  #refuseCredit(call: CreditCall): string | undefined {
    const blocked = this.blocked.get(call.user_id);
    if (blocked !== undefined) return blocked;
    const rate = this.rates.get(`${call.source_system}>${call.target_system}`);
    if (rate === undefined || BigInt(call.amount) > floorAtRate(BigInt(call.source_amount), rate)) {
      return "rate_not_agreed";
    }
    const { available, held } = this.accountOf(call.user_id);
    return available + held + BigInt(call.amount) > pointsMax ? "amount_too_large" : undefined;
  }

  #decideCredit(row: CreditRow, call: CreditCall): void {
    const code = this.#refuseCredit(call);
    if (code !== undefined) {
      row.state = "refused";
      row.code = code;
      return;
    }
    row.state = "completed";
    this.#move(call.user_id, BigInt(call.amount), 0n);
  }

  credit(call: CreditCall): LedgerAnswer {
    const id = call.operation_id;
    let row = this.credits.get(id);
    if (row === undefined) {
      row = { state: "pending", asked: call };
      this.credits.set(id, row);
      if (!this.pending.has(id)) this.#decideCredit(row, call);
    } else {
      const field = conflictingCreditField(row.asked, call);
      if (field !== undefined) return this.#conflict(id, field);
      // It has ended by itself meanwhile.
      if (row.state === "pending") this.#decideCredit(row, call);
    }
    return this.#answer(id, answerCreditAgain(row.state), row);
  }

  rollBack(call: EndingCall): LedgerAnswer {
    const id = call.operation_id;
    const row = this.credits.get(id);
    const field = row === undefined ? undefined : conflictingCreditField(row.asked, call);
    if (field !== undefined) return this.#conflict(id, field);
    const cell = rollbackOf(row?.state);
    let step = cell.done;
    if (row === undefined) {
      const { source_system, target_system } = call;
      this.credits.set(id, { state: step.next, asked: { source_system, target_system } });
    } else if (cell.action === "take_back") {
      const userId = row.asked.user_id ?? "";
      const amount = BigInt(row.asked.amount ?? 0n);
      if (this.accountOf(userId).available >= amount) this.#move(userId, -amount, 0n);
      else step = cell.otherwise;
      row.state = step.next;
    } else {
      row.state = step.next;
    }
    return this.#answer(id, step.answer, row);
  }

  hold(call: HoldCall): LedgerAnswer {
    const id = call.operation_id;
    let row = this.holds.get(id);
    if (row === undefined) {
      const amount = BigInt(call.amount);
      const isShort = this.accountOf(call.user_id).available < amount;
      const code = this.blocked.get(call.user_id) ?? (isShort ? "insufficient_balance" : undefined);
      row = { state: code === undefined ? "held" : "refused", asked: call };
      if (code === undefined) this.#move(call.user_id, -amount, amount);
      else row.code = code;
      this.holds.set(id, row);
    } else {
      const field = conflictingHoldField(row.asked, call);
      if (field !== undefined) return this.#conflict(id, field);
    }
    return this.#answer(id, answerHoldAgain(row.state), row);
  }

  /** Capture or release. */
  end(call: EndingCall, ending: "capture" | "release"): LedgerAnswer {
    const id = call.operation_id;
    const row = this.holds.get(id);
    const field = row === undefined ? undefined : conflictingHoldField(row.asked, call);
    if (field !== undefined) return this.#conflict(id, field);
    const cell = ending === "capture" ? captureOf(row?.state) : releaseOf(row?.state);
    if (cell.action === "none") return this.#answer(id, cell.answer);
    if (row === undefined) {
      const { source_system, target_system } = call;
      this.holds.set(id, { state: cell.done.next, asked: { source_system, target_system } });
    } else {
      const amount = BigInt(row.asked.amount ?? 0n);
      const userId = row.asked.user_id ?? "";
      if (cell.action === "capture") this.#move(userId, 0n, -amount);
      if (cell.action === "release") this.#move(userId, amount, -amount);
      row.state = cell.done.next;
    }
    return this.#answer(id, cell.done.answer, row);
  }

  /** What does not hold of its own books; empty where all does. */
  findFaults(): string[] {
    const sums = new Map<string, PartnerAccount>();
    for (const { userId, available, held } of this.#movements) {
      const sum = sums.get(userId) ?? { available: 0n, held: 0n };
      sums.set(userId, { available: sum.available + available, held: sum.held + held });
    }
    const faults: string[] = [];
    for (const [userId, { available, held }] of this.accounts) {
      const sum = sums.get(userId) ?? { available: 0n, held: 0n };
      if (sum.available !== available || sum.held !== held) {
        faults.push(`${userId} has ${available}+${held}, by its movements ${sum.available}+${sum.held}`);
      }
      const standing = [...this.holds.values()]
        .filter((row) => row.state === "held" && row.asked.user_id === userId)
        .reduce((total, row) => total + BigInt(row.asked.amount ?? 0n), 0n);
      if (standing !== held) faults.push(`${userId} has ${held} held, by its holds ${standing}`);
    }
    return faults;
  }
}
