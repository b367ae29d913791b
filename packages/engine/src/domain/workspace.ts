// The Workspace: all that a batch's decisions read and write, held in memory while the rows are locked.
// Decisions are made one after the other; each sees what the ones before it did.
import type { Book } from "./book.ts";
import type { Catalog } from "./catalog.ts";
import type { CreatingCommand, Evidence, ExchangeCommand } from "./command.ts";
import type { ExchangePlan } from "./exchange-plan.ts";
import type { Ladder } from "./ladder.ts";
import { LimitBook, usesToGiveBack } from "./limit.ts";
import type { Operation, OperationStatus } from "./operation.ts";
import type { Quote } from "./quote.ts";

/** A business's own reference; unique within system and kind. */
export interface BusinessReference {
  readonly systemId: string;
  readonly kind: "credit" | "debit" | "hold";
  readonly businessCode: string;
  readonly businessId: string;
}

export interface UsedQuote {
  readonly quoteId: string;
  readonly operationId: string;
}

export interface TakenReference extends BusinessReference {
  readonly operationId: string;
}

export function businessReferenceKey(reference: BusinessReference): string {
  const { systemId, kind, businessCode, businessId } = reference;
  return JSON.stringify([systemId, kind, businessCode, businessId]);
}

/** The business reference that a command brings, if it brings one. */
export function referenceOf(command: CreatingCommand): BusinessReference | undefined {
  if (command.type !== "credit" && command.type !== "debit" && command.type !== "hold") return undefined;
  const { systemId, type: kind, businessCode, businessId } = command;
  if (businessCode === null || businessId === null) return undefined;
  return { systemId, kind, businessCode, businessId };
}

/** Whether what an operation moved or held is where it was. */
function isPutBack({ status }: Operation): boolean {
  return status === "failed" || status === "rolled_back" || status === "released";
}

export class Workspace {
  readonly #operations = new Map<string, Operation>();
  readonly #created = new Map<string, Operation>();
  readonly #changed = new Map<string, Operation>();
  readonly #loadedStatuses = new Map<string, OperationStatus>();
  readonly #takenReferences = new Set<string>();
  readonly #newReferences: TakenReference[] = [];
  readonly #usedQuotes = new Map<string, UsedQuote>();
  readonly #evidence = new Set<Evidence>();
  readonly #alarms = new Map<string, Operation>();

  /** The database's clock when the batch began; stamps everything that the batch does. */
  readonly now: Date;
  readonly catalog: Catalog;
  readonly book: Book;
  readonly limits: LimitBook;
  readonly ladder: Ladder;
  readonly #plans: ReadonlyMap<ExchangeCommand, ExchangePlan>;

  constructor(
    now: Date,
    catalog: Catalog,
    book: Book,
    ladder: Ladder,
    plans: ReadonlyMap<ExchangeCommand, ExchangePlan>,
    limits = new LimitBook(),
  ) {
    this.now = now;
    this.catalog = catalog;
    this.book = book;
    this.ladder = ladder;
    this.#plans = plans;
    this.limits = limits;
  }

  planOf(command: ExchangeCommand): ExchangePlan {
    const plan = this.#plans.get(command);
    if (plan === undefined) throw new Error(`exchange ${command.operationId} was not planned`);
    return plan;
  }

  loadOperation(operation: Operation): void {
    this.#operations.set(operation.operationId, operation);
  }

  loadReference(reference: BusinessReference): void {
    this.#takenReferences.add(businessReferenceKey(reference));
  }

  operation(operationId: string): Operation | undefined {
    return this.#operations.get(operationId);
  }

  createOperation(operation: Operation): void {
    if (this.#operations.has(operation.operationId)) {
      throw new Error(`operation ${operation.operationId} exists already`);
    }
    this.#operations.set(operation.operationId, operation);
    this.#created.set(operation.operationId, operation);
  }

  /** Replaces an operation's state; one that this batch created is simply stored in its last state. */
  changeOperation(operation: Operation): void {
    const { operationId } = operation;
    const before = this.#operations.get(operationId);
    this.#operations.set(operationId, operation);
    if (isPutBack(operation) && before !== undefined && !isPutBack(before)) this.#giveBackLimits(operation);
    const isAlarm = operation.status === "needs_attention";
    if (isAlarm !== (before?.status === "needs_attention")) this.#alarms.set(operationId, operation);
    if (this.#created.has(operationId)) this.#created.set(operationId, operation);
    else {
      if (before !== undefined && !this.#changed.has(operationId))
        this.#loadedStatuses.set(operationId, before.status);
      this.#changed.set(operationId, operation);
    }
  }

  /** All of it was put back, so none of it counts any more (F2). */
  #giveBackLimits({ kind, data, sourceAmount, targetAmount, createdAt }: Operation): void {
    const amount = kind === "partner_credit" ? targetAmount : sourceAmount;
    this.limits.giveBack(usesToGiveBack(data?.limit_uses, createdAt, this.catalog), amount ?? 0n);
  }

  isTaken(reference: BusinessReference): boolean {
    return this.#takenReferences.has(businessReferenceKey(reference));
  }

  takeReference(reference: BusinessReference, operationId: string): void {
    this.#takenReferences.add(businessReferenceKey(reference));
    this.#newReferences.push({ ...reference, operationId });
  }

  /** Whether an exchange of this batch has used it; that an earlier one had is known when it is planned. */
  isUsed(quote: Quote): boolean {
    return this.#usedQuotes.has(quote.quoteId);
  }

  useQuote({ quoteId }: Quote, operationId: string): void {
    this.#usedQuotes.set(quoteId, { quoteId, operationId });
  }

  usedQuotes(): UsedQuote[] {
    return [...this.#usedQuotes.values()];
  }

  /** Keeps the request under which something was made. */
  keepEvidence(evidence: Evidence): void {
    this.#evidence.add(evidence);
  }

  get evidence(): readonly Evidence[] {
    return [...this.#evidence];
  }

  /** The operations that have begun or ceased to need attention. */
  get alarms(): readonly Operation[] {
    return [...this.#alarms.values()];
  }

  createdOperations(): Operation[] {
    return [...this.#created.values()];
  }

  changedOperations(): Operation[] {
    return [...this.#changed.values()];
  }

  /** What is new, or has another status than when the batch began. */
  turnedOperations(): Operation[] {
    const turned = this.changedOperations().filter(
      ({ operationId, status }) => this.#loadedStatuses.get(operationId) !== status,
    );
    return [...this.createdOperations(), ...turned];
  }

  get newReferences(): readonly TakenReference[] {
    return this.#newReferences;
  }
}
