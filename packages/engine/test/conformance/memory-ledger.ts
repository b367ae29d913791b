// A partner's ledger in memory that keeps to the callee's tables, with a switch for each way of breaking them.
// Without faults every method runs to its end before another begins, which is what a transaction gives.
import {
  answerCreditAgain,
  answerHoldAgain,
  type CreditCall,
  type CreditState,
  captureOf,
  conflictAnswer,
  conflictingCreditField,
  conflictingHoldField,
  type HoldCall,
  type HoldState,
  type RollbackCall,
  releaseOf,
  rollbackOf,
} from "@pointbridge/protocol/pxp";
import { convertPoints, MAX_POINTS, parseRate } from "../../src/domain/index.ts";
import type { Fault } from "./faults.ts";

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a row of either kind keeps. */
export interface Row<State> {
  readonly operation_id: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly user_id?: string;
  readonly credit_type_id?: string;
  readonly amount?: string;
  readonly exchange_rate?: string;
  readonly initiated_at: string;
  state: State;
  code?: string;
  completed_at: string | null;
  transaction_id?: string;
  /** What the fault of comparing too much compares. */
  readonly text?: string;
}

export interface Caller {
  readonly nodeId: string;
  speaksFor(systemId: string): boolean;
}

export interface LedgerSettings {
  readonly systemId: string;
  /** By `source_system/source_credit_type/credit_type_id`. */
  readonly rates: ReadonlyMap<string, string>;
  /** By user. */
  readonly caps: ReadonlyMap<string, bigint>;
  /** By user. */
  readonly balances: ReadonlyMap<string, bigint>;
  /** Users whose credits answer pending once. */
  readonly pendingUsers?: ReadonlySet<string>;
}

/** Lets other calls run in between, as the way to a database and back would. */
function gap(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3));
}

export class MemoryLedger {
  readonly credits = new Map<string, Row<CreditState>>();
  readonly holds = new Map<string, Row<HoldState>>();
  readonly settings: LedgerSettings;
  readonly #faults: ReadonlySet<Fault>;
  readonly #balances: Map<string, bigint>;
  #transactions = 0;

  constructor(settings: LedgerSettings, faults: ReadonlySet<Fault>) {
    this.settings = settings;
    this.#faults = faults;
    this.#balances = new Map(settings.balances);
  }

  /** Where a row stands. The calling node, the called system and the id; each kind has a map of its own. */
  placeOf(caller: Caller, id: string): string {
    const node = this.#faults.has("ids-shared-by-nodes") ? "all" : caller.nodeId;
    const cut = this.#faults.has("ids-cut") ? id.slice(0, 64) : id;
    return `${node} ${this.#faults.has("ids-in-lower-case") ? cut.toLowerCase() : cut}`;
  }

  /** Row, repeat, conflict; else the rules in order, and the row is stored before the answer leaves. */
  async credit(caller: Caller, call: CreditCall): Promise<Reply> {
    const place = this.placeOf(caller, call.operation_id);
    if (this.#faults.has("limit-judged-first") && this.#isOverCap(call))
      return refuse(call, "limit_exceeded");
    if (this.#faults.has("rate-judged-first") && this.#judgeRate(call))
      return refuse(call, "rate_not_agreed");
    const known = this.credits.get(place);
    if (this.#faults.has("credit-looked-up-before")) await gap();
    if (this.#faults.has("one-space-of-ids") && this.holds.has(place))
      return conflictReply(this.holds.get(place));
    if (known !== undefined) {
      const again = this.#creditAgain(known, call);
      if (again !== undefined) return again;
    }
    const code = this.#judgeRate(call) ?? this.#judgeLimit(call);
    const row = this.#insertCredit(place, call, code);
    if (row.state === "completed") this.#move(call.user_id, BigInt(call.amount));
    if (row.state === "pending") {
      return { status: 202, body: { operation_id: call.operation_id, outcome: "pending" } };
    }
    return this.#creditReply(row, false);
  }

  #insertCredit(place: string, call: CreditCall, code: string | undefined): Row<CreditState> {
    const { operation_id, source_system, target_system, user_id, credit_type_id, amount, initiated_at } =
      call;
    this.#transactions += 1;
    const isPending = this.settings.pendingUsers?.has(user_id) ?? false;
    const row: Row<CreditState> = {
      operation_id,
      source_system,
      target_system,
      user_id,
      credit_type_id,
      amount,
      exchange_rate: parseRate(call.exchange_rate)?.text ?? call.exchange_rate,
      initiated_at,
      state: code !== undefined ? "refused" : isPending ? "pending" : "completed",
      ...(code === undefined ? {} : { code }),
      completed_at: code === undefined ? new Date().toISOString() : null,
      transaction_id: `t${this.#transactions}`,
      text: JSON.stringify(call),
    };
    const isForgotten = row.state === "refused" && this.#faults.has("refusal-forgotten");
    if (!isForgotten) this.credits.set(place, row);
    return row;
  }

  #creditAgain(known: Row<CreditState>, call: CreditCall): Reply | undefined {
    if (this.#conflicts(known, call, conflictingCreditField)) return conflictReply(known);
    if (this.#faults.has("credit-again-moves") && known.state === "completed") return undefined;
    const isUndone = known.state === "rolled_back";
    const isFence = known.amount === undefined;
    if (isUndone && this.#faults.has("late-credit-taken") && isFence) return undefined;
    if (isUndone && this.#faults.has("rolled-back-revived") && !isFence) return undefined;
    if (known.state === "pending") {
      known.state = "completed";
      this.#move(call.user_id, BigInt(call.amount));
    }
    return this.#creditReply(known, true);
  }

  #creditReply(row: Row<CreditState>, idempotent: boolean): Reply {
    const { status, outcome, code = row.code } = answerCreditAgain(row.state);
    const { operation_id, amount = "", transaction_id, completed_at } = row;
    if (outcome !== "completed") return { status, body: { operation_id, outcome, code, idempotent } };
    const isRounded = this.#faults.has("amount-as-float");
    const told = this.#faults.has("amount-as-number")
      ? Number(amount)
      : isRounded
        ? String(Number(amount))
        : amount;
    const id = this.#faults.has("other-operation-id") ? `${operation_id}.` : operation_id;
    return {
      status,
      body: { operation_id: id, outcome, transaction_id, amount: told, completed_at, idempotent },
    };
  }

  #conflicts<State>(
    row: Row<State>,
    call: Readonly<Record<string, unknown>>,
    find: typeof conflictingCreditField,
  ): boolean {
    const field = find(row, call);
    const isCall = "amount" in call;
    if (this.#faults.has("fingerprint-of-body") && isCall && row.text !== JSON.stringify(call)) return true;
    if (field === "amount" && this.#faults.has("amounts-compared-as-float")) {
      return Number(row.amount) !== Number(call["amount"]);
    }
    if (field === undefined) return false;
    if (!isCall && this.#faults.has("undo-not-compared")) return false;
    return !this.#faults.has(`${field.replaceAll("_", "-")}-not-compared` as Fault);
  }

  #isOverCap({ user_id, amount }: CreditCall): boolean {
    const cap = this.settings.caps.get(user_id) ?? MAX_POINTS;
    return this.balanceOf(user_id) + BigInt(amount) > cap;
  }

  #judgeLimit(call: CreditCall): string | undefined {
    return this.#isOverCap(call) ? "limit_exceeded" : undefined;
  }

  #judgeRate(call: CreditCall): string | undefined {
    if (this.#faults.has("rate-not-judged")) return undefined;
    const { source_system, source_credit_type, credit_type_id, source_amount, amount } = call;
    const stored = this.settings.rates.get(`${source_system}/${source_credit_type}/${credit_type_id}`);
    const text = this.#faults.has("rate-believed") && stored !== undefined ? call.exchange_rate : stored;
    const rate = text === undefined ? undefined : parseRate(text);
    if (rate === undefined) return "rate_not_agreed";
    if (this.#faults.has("rate-as-float")) {
      return Number(amount) > Number(source_amount) * Number(text) ? "rate_not_agreed" : undefined;
    }
    const most = convertPoints(BigInt(source_amount), rate);
    const isLess = this.#faults.has("rate-needed-exactly") && BigInt(amount) < most;
    return BigInt(amount) > most || isLess ? "rate_not_agreed" : undefined;
  }

  balanceOf(userId: string): bigint {
    return this.#balances.get(userId) ?? 0n;
  }

  #move(userId: string, amount: bigint): void {
    this.#balances.set(userId, this.balanceOf(userId) + amount);
  }

  async rollback(caller: Caller, call: RollbackCall): Promise<Reply> {
    const place = this.placeOf(caller, call.operation_id);
    const row = this.credits.get(place);
    if (this.#faults.has("rollback-looked-up-before")) await gap();
    if (row !== undefined && this.#conflicts(row, call, conflictingCreditField)) return conflictReply(row);
    const cell = rollbackOf(row?.state);
    const { operation_id } = call;
    if (row === undefined) {
      if (this.#faults.has("unknown-rollback-404"))
        return { status: 404, body: { code: "operation_not_found" } };
      if (!this.#faults.has("fence-forgotten"))
        this.credits.set(place, { ...call, ...fenced, state: "rolled_back" });
      return { status: 200, body: { operation_id, outcome: "rolled_back", idempotent: false } };
    }
    if (row.state === "rolled_back" && this.#faults.has("rollback-again-409")) {
      return { status: 409, body: { operation_id, outcome: "rolled_back" } };
    }
    if (row.state === "rolled_back" && this.#faults.has("rollback-again-moves")) this.#takeBack(row);
    if (cell.action === "take_back" && !this.#takeBack(row)) {
      if (!this.#faults.has("not-sealed")) row.state = cell.otherwise.next;
      return { status: 409, body: { operation_id, ...bodyOf(cell.otherwise.answer) } };
    }
    row.state = cell.done.next;
    return { status: cell.done.answer.status, body: { operation_id, ...bodyOf(cell.done.answer) } };
  }

  /** Whether the points were there to be taken back. */
  #takeBack({ user_id = "", amount = "0" }: Row<CreditState>): boolean {
    if (this.balanceOf(user_id) < BigInt(amount) && !this.#faults.has("rollback-again-moves")) return false;
    if (!this.#faults.has("rollback-leaves-points")) this.#move(user_id, -BigInt(amount));
    return true;
  }

  /** A hold takes its points off the balance; only its capture or release ends it. */
  async hold(caller: Caller, call: HoldCall): Promise<Reply> {
    const place = this.placeOf(caller, call.operation_id);
    const { user_id, amount } = call;
    const isShort = () => this.balanceOf(user_id) < BigInt(amount);
    if (this.#faults.has("balance-judged-first") && isShort()) return refuse(call, "insufficient_balance");
    const known = this.holds.get(place);
    if (known !== undefined) {
      if (this.#conflicts(known, call, conflictingHoldField)) return conflictReply(known);
      const isJudgedAnew =
        (known.state === "refused" && this.#faults.has("refused-hold-judged-anew")) ||
        (known.state === "released" && this.#faults.has("released-hold-revived"));
      if (!isJudgedAnew) return holdReply(known, true);
    }
    const isRefused = isShort();
    if (this.#faults.has("balance-read-before")) await gap();
    const { operation_id, source_system, target_system, credit_type_id, initiated_at } = call;
    const row: Row<HoldState> = {
      operation_id,
      source_system,
      target_system,
      user_id,
      credit_type_id,
      amount,
      initiated_at,
      state: isRefused ? "refused" : "held",
      ...(isRefused ? { code: "insufficient_balance" } : {}),
      completed_at: isRefused ? null : new Date().toISOString(),
      text: JSON.stringify(call),
    };
    this.holds.set(place, row);
    if (!isRefused) this.#move(user_id, -BigInt(amount));
    return holdReply(row, false);
  }

  async capture(caller: Caller, call: RollbackCall): Promise<Reply> {
    const row = this.holds.get(this.placeOf(caller, call.operation_id));
    if (row !== undefined && this.#conflicts(row, call, conflictingHoldField)) return conflictReply(row);
    const before = row?.state;
    if (this.#faults.has("capture-looked-up-before")) await gap();
    const cell = captureOf(before);
    const { operation_id } = call;
    if (this.#faults.has("unknown-capture-taken") && row === undefined) {
      return { status: 200, body: { operation_id, outcome: "captured" } };
    }
    if (this.#faults.has("released-captured") && before === "released") {
      return { status: 200, body: { operation_id, outcome: "captured" } };
    }
    if (cell.action === "none") return { status: cell.answer.status, body: { code: cell.answer.code } };
    if (row !== undefined) row.state = cell.done.next;
    const id = this.#faults.has("capture-without-id") ? {} : { operation_id };
    return { status: cell.done.answer.status, body: { ...id, ...bodyOf(cell.done.answer) } };
  }

  async release(caller: Caller, call: RollbackCall): Promise<Reply> {
    const place = this.placeOf(caller, call.operation_id);
    const row = this.holds.get(place);
    if (row !== undefined && this.#conflicts(row, call, conflictingHoldField)) return conflictReply(row);
    const before = row?.state;
    if (this.#faults.has("capture-looked-up-before")) await gap();
    const { operation_id } = call;
    if (row === undefined) {
      if (this.#faults.has("unknown-release-404"))
        return { status: 404, body: { code: "operation_not_found" } };
      this.holds.set(place, { ...call, ...fenced, state: "released" });
      return { status: 200, body: { operation_id, outcome: "released" } };
    }
    if (this.#faults.has("captured-released") && before === "captured") {
      return { status: 200, body: { operation_id, outcome: "released" } };
    }
    const cell = releaseOf(before);
    if (cell.action === "none") throw new TypeError("a release always answers");
    const isAgain = before === "released" && this.#faults.has("release-again-moves");
    if (cell.action === "release" || isAgain) this.#move(row.user_id ?? "", BigInt(row.amount ?? "0"));
    row.state = cell.done.next;
    return { status: cell.done.answer.status, body: { operation_id, ...bodyOf(cell.done.answer) } };
  }
}

const fenced = { completed_at: null } as const;

function bodyOf({ outcome, code }: { readonly outcome?: string; readonly code?: string }): object {
  return { ...(outcome === undefined ? {} : { outcome }), ...(code === undefined ? {} : { code }) };
}

function refuse({ operation_id }: { readonly operation_id: string }, code: string): Reply {
  return { status: 422, body: { operation_id, outcome: "refused", code } };
}

function conflictReply(row: object | undefined): Reply {
  const { text: _text, ...shown } = (row ?? {}) as Readonly<Record<string, unknown>>;
  return { status: conflictAnswer.status, body: { ...shown, code: conflictAnswer.code } };
}

function holdReply(row: Row<HoldState>, idempotent: boolean): Reply {
  const { status, outcome, code = row.code } = answerHoldAgain(row.state);
  const { operation_id, amount } = row;
  return { status, body: { operation_id, outcome, idempotent, ...(status === 200 ? { amount } : { code }) } };
}
