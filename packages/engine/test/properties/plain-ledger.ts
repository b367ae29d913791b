// The contract as a plain ledger: one command at a time, on maps and bigints, without any of the engine's rules.
// It knows nothing of batches, shards, locks or rows, so that what it says and what the engine does are two opinions.
import type {
  AccountCommand,
  CaptureCommand,
  ExchangeCommand,
  OpeningCommand,
  ReleaseCommand,
  RollbackCommand,
} from "../../src/domain/index.ts";
import { clubToBank, hostedTypes, routes } from "../support/test-ledger.ts";

const MAX = 2n ** 63n - 1n;

/** What a command came to, in the words in which the engine's outcomes are compared. */
export type Verdict = string;

interface Purse {
  available: bigint;
  frozen: bigint;
}

interface Entry {
  readonly kind: string;
  /** The fields of the body that a repeat is compared by, in the order in which a conflict names them; null for a fence. */
  readonly body: readonly (readonly [field: string, value: string])[] | null;
  readonly place: string;
  readonly amount: bigint;
  status: string;
  readonly failure: string;
  captured?: bigint;
  sealed?: boolean;
}

// Rates as integers over a power of ten, written down here by hand rather than parsed.
const ratios: Readonly<Record<string, readonly [bigint, bigint]>> = {
  "0.29": [29n, 100n],
  "2.5": [5n, 2n],
  "1": [1n, 1n],
  "3": [3n, 1n],
};

function bodyOf(command: ExchangeCommand | AccountCommand | OpeningCommand): (readonly [string, string])[] {
  if (command.type === "exchange") {
    return [
      ["user_id", command.userId],
      ["source_system", command.sourceSystem],
      ["target_system", command.targetSystem],
      ["source_credit_type", command.sourceCreditType],
      ["target_credit_type", command.targetCreditType],
      ["amount", String(command.amount)],
      ["quote_id", String(command.quoteId)],
      ["metadata", JSON.stringify(command.metadata)],
    ];
  }
  const account = [
    ["system_id", command.systemId],
    ["user_id", command.userId],
    ["credit_type_id", command.creditTypeId],
    ["amount", String(command.amount)],
  ] as const;
  if (command.type === "opening") return [...account];
  return [
    ...account,
    ["business_code", String(command.businessCode)],
    ["business_id", String(command.businessId)],
    ["expires_in_ms", String(command.expiresInMs)],
    ["metadata", JSON.stringify(command.metadata)],
  ];
}

/** What it knows: one ledger, no partners. */
export type PlainCommand =
  | ExchangeCommand
  | AccountCommand
  | OpeningCommand
  | CaptureCommand
  | ReleaseCommand
  | RollbackCommand;

/** A price that was given: to whom, for what, and what it comes to. */
export interface PlainQuote {
  readonly quoteId: string;
  /** Null where an exchange under any id may use it. */
  readonly operationId: string | null;
  /** `system/user` of the source. */
  readonly place: string;
  readonly target: string;
  readonly amount: bigint;
  readonly gained: bigint;
  /** The rate that makes it so. */
  readonly rate: string;
  /** Quotes of these tests are over at once or last for the test. */
  readonly isOver: boolean;
}

export class PlainLedger {
  readonly #purses = new Map<string, Purse>();
  readonly #entries = new Map<string, Entry>();
  readonly #references = new Set<string>();
  readonly #quotes: ReadonlyMap<string, PlainQuote>;
  readonly #used = new Set<string>();

  constructor(quotes: readonly PlainQuote[]) {
    this.#quotes = new Map(quotes.map((quote) => [quote.quoteId, quote]));
  }

  /** How many quotes went into an exchange. */
  get usedQuoteCount(): number {
    return this.#used.size;
  }

  /** Members' balances as `available+frozen`, by `system/user`. */
  balances(): Record<string, string> {
    const sorted = [...this.#purses].sort(([left], [right]) => (left < right ? -1 : 1));
    return Object.fromEntries(sorted.map(([place, purse]) => [place, `${purse.available}+${purse.frozen}`]));
  }

  decide(command: PlainCommand): Verdict {
    switch (command.type) {
      case "capture":
        return this.#capture(command.operationId, command.amount);
      case "release":
      case "expire":
        return this.#release(command.operationId, command.type);
      case "rollback":
        return this.#rollback(command.operationId, command.kind);
      default:
        return this.#create(command);
    }
  }

  #peek(place: string): Purse {
    return this.#purses.get(place) ?? { available: 0n, frozen: 0n };
  }

  #purse(place: string): Purse {
    const purse = this.#peek(place);
    this.#purses.set(place, purse);
    return purse;
  }

  #create(command: ExchangeCommand | AccountCommand | OpeningCommand): Verdict {
    const known = this.#entries.get(command.operationId);
    const body = bodyOf(command);
    if (known !== undefined) {
      if (known.kind !== command.type) return "conflict type";
      const kept = new Map(known.body ?? body);
      const differing = body.find(([field, value]) => kept.get(field) !== value);
      if (differing !== undefined) return `conflict ${differing[0]}`;
      return `${known.status} ${known.failure} again`;
    }
    const failure = command.type === "exchange" ? this.#exchange(command) : this.#move(command);
    const happened = command.type === "hold" ? "held" : "completed";
    const status = failure === "" ? happened : "failed";
    const place = command.type === "exchange" ? "" : `${command.systemId}/${command.userId}`;
    this.#entries.set(command.operationId, {
      kind: command.type,
      body,
      place,
      amount: command.amount,
      status,
      failure,
    });
    return `${status} ${failure} new`;
  }

  #exchange(command: ExchangeCommand): string {
    const { sourceSystem: from, targetSystem: to, userId, amount } = command;
    const known = ["shop", "club", "bank", "airline", "closed"];
    if (!known.includes(from) || !known.includes(to)) return "system_not_found";
    if (from === "closed" || to === "closed") return "system_suspended";
    const route = routes.find((candidate) => candidate.from === from && candidate.to === to);
    if (route === undefined) return "link_not_found";
    if (!route.enabled) return "link_disabled";
    if (command.sourceCreditType !== hostedTypes[from]) return "exchange_rate_not_found";
    if (command.targetCreditType !== hostedTypes[to]) return "exchange_rate_not_found";
    const quote = this.#quotes.get(command.quoteId ?? "");
    if (command.quoteId !== null) {
      if (quote === undefined || this.#used.has(quote.quoteId)) return "quote_mismatch";
      if (quote.place !== `${from}/${userId}` || quote.target !== to) return "quote_mismatch";
      if (quote.amount !== amount) return "quote_mismatch";
      if (quote.operationId !== null && quote.operationId !== command.operationId) return "quote_mismatch";
      if (quote.isOver) return "quote_expired";
    }
    const [numerator, denominator] = ratios[route.rate] ?? [0n, 1n];
    const worth = (amount * numerator - ((amount * numerator) % denominator)) / denominator;
    const gained = quote?.gained ?? worth;
    if (quote === undefined && (gained < 1n || amount < route.minSourceAmount)) return "amount_too_small";
    const targetUser = route.userMapping === "same_id" ? userId : clubToBank[userId];
    if (targetUser === undefined) return "mapping_not_found";
    const [source, target] = [`${from}/${userId}`, `${to}/${targetUser}`];
    const has = this.#peek(source).available;
    if (has < amount) return `insufficient_balance ${amount} of ${has}`;
    const { available, frozen } = this.#peek(target);
    if (gained > MAX || available + frozen + gained > MAX) return "amount_too_large";
    this.#purse(source).available -= amount;
    this.#purse(target).available += gained;
    if (quote !== undefined) this.#used.add(quote.quoteId);
    return "";
  }

  #move(command: AccountCommand | OpeningCommand): string {
    const { systemId, userId, amount, type } = command;
    if (!["shop", "club", "bank", "airline", "closed"].includes(systemId)) return "system_not_found";
    if (systemId === "airline") return "system_not_hosted";
    if (hostedTypes[systemId] !== command.creditTypeId) return "credit_type_not_found";
    let reference = "";
    if (command.type !== "opening" && command.businessId !== null) {
      reference = [systemId, type, command.businessCode, command.businessId].join("\n");
      if (this.#references.has(reference)) return "business_id_used";
    }
    const place = `${systemId}/${userId}`;
    const { available, frozen } = this.#peek(place);
    if (type === "credit" || type === "opening") {
      if (available + frozen + amount > MAX) return "amount_too_large";
      this.#purse(place).available += amount;
    } else {
      if (available < amount) return `insufficient_balance ${amount} of ${available}`;
      this.#purse(place).available -= amount;
      if (type === "hold") this.#purse(place).frozen += amount;
    }
    if (reference !== "") this.#references.add(reference);
    return "";
  }

  #fence(operationId: string, kind: string, status: string): Verdict {
    this.#entries.set(operationId, { kind, body: null, place: "", amount: 0n, status, failure: "" });
    return `${status}  new`;
  }

  #capture(operationId: string, part: bigint | null): Verdict {
    const hold = this.#entries.get(operationId);
    if (hold === undefined) return "unacceptable operation_not_found";
    if (hold.kind !== "hold") return "conflict type";
    const amount = part ?? hold.amount;
    if (hold.status === "captured") return hold.captured === amount ? "captured  again" : "conflict amount";
    if (hold.status === "released") return "unacceptable hold_released";
    if (hold.status === "expired") return "unacceptable hold_expired";
    if (hold.status === "failed") return "unacceptable hold_refused";
    if (this.#isExpired(hold)) {
      this.#end(hold, "expired");
      return "unacceptable hold_expired";
    }
    if (amount > hold.amount) return "unacceptable amount_exceeds_hold";
    const purse = this.#purse(hold.place);
    purse.frozen -= hold.amount;
    purse.available += hold.amount - amount;
    hold.status = "captured";
    hold.captured = amount;
    return "captured  new";
  }

  /** Holds of these tests end at once or never within the test. */
  #isExpired(hold: Entry): boolean {
    return new Map(hold.body).get("expires_in_ms") === "0";
  }

  #end(hold: Entry, status: string): void {
    const purse = this.#purse(hold.place);
    purse.frozen -= hold.amount;
    purse.available += hold.amount;
    hold.status = status;
  }

  #release(operationId: string, type: "release" | "expire"): Verdict {
    const hold = this.#entries.get(operationId);
    if (hold === undefined) {
      if (type === "expire") return "unacceptable operation_not_found";
      return this.#fence(operationId, "hold", "released");
    }
    if (hold.kind !== "hold") return "conflict type";
    if (hold.status === "captured") return "unacceptable hold_captured";
    if (hold.status !== "held") return `${hold.status} ${hold.failure} again`;
    const isExpired = this.#isExpired(hold);
    if (type === "expire" && !isExpired) return "held  again";
    this.#end(hold, isExpired ? "expired" : "released");
    return `${hold.status}  new`;
  }

  #rollback(operationId: string, kind: "credit" | "debit"): Verdict {
    const entry = this.#entries.get(operationId);
    if (entry === undefined) return this.#fence(operationId, kind, "rolled_back");
    if (entry.kind !== kind) return "conflict type";
    if (entry.status !== "completed") return `${entry.status} ${entry.failure} again`;
    const purse = this.#purse(entry.place);
    const fits =
      kind === "credit"
        ? purse.available >= entry.amount
        : purse.available + purse.frozen + entry.amount <= MAX;
    if (entry.sealed === true || !fits) {
      entry.sealed = true;
      return "unacceptable rollback_refused";
    }
    purse.available += kind === "credit" ? -entry.amount : entry.amount;
    entry.status = "rolled_back";
    return "rolled_back  new";
  }
}
