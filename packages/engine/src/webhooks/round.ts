// One round: a page of events, each taken at once or put in line.
//
// W3  Of one ordering key an event is sent when the one before it was taken, or given up. Where one is in line,
//     those after it join the line; other keys go on.
// W4  A round waits for nobody for long: what is still under way when everything else is done goes in line too,
//     and its attempt ends there.
import type { Message, Verdict } from "./attempt.ts";
import type { DeliverableEvent } from "./webhook.ts";

export interface RoundParts {
  isInLine(orderingKey: string): boolean;
  /** Asked before each attempt; false ends the round. */
  mayStart(): boolean;
  /** Waits for a place. */
  takePlace(): Promise<void>;
  givePlace(): void;
  attempt(message: Message): Promise<Verdict>;
  readonly placeCount: number;
  /** How long the last attempts of a round are waited for. */
  readonly tailMs: number;
}

/** An event that was not taken in the round. */
export interface LeftEvent {
  readonly event: DeliverableEvent;
  readonly body: string;
  /** What came of its attempt, where one ended. */
  readonly verdict: Verdict | undefined;
  /** Where its attempt is still under way. */
  readonly underWay: Promise<Verdict> | undefined;
}

export interface RoundResult {
  readonly takenCount: number;
  /** In the order of the page, per ordering key. */
  readonly left: readonly LeftEvent[];
}

interface Queue {
  readonly events: DeliverableEvent[];
  takenCount: number;
  underWay: Promise<Verdict> | undefined;
  failure: Verdict | undefined;
}

export function bodyOf(event: DeliverableEvent): string {
  return JSON.stringify(event);
}

class Round {
  readonly #parts: RoundParts;
  readonly #queues: readonly Queue[];
  readonly #behind: DeliverableEvent[] = [];
  #next = 0;
  #isClosed = false;

  constructor(events: readonly DeliverableEvent[], parts: RoundParts) {
    this.#parts = parts;
    const queues = new Map<string, Queue>();
    for (const event of events) {
      const key = event.orderingkey;
      const queue = queues.get(key);
      if (queue !== undefined) queue.events.push(event);
      else if (parts.isInLine(key)) this.#behind.push(event);
      else queues.set(key, { events: [event], takenCount: 0, underWay: undefined, failure: undefined });
    }
    this.#queues = [...queues.values()];
  }

  async run(): Promise<RoundResult> {
    let endTail = (): void => undefined;
    const tail = new Promise<void>((resolve) => {
      endTail = resolve;
    });
    let timer: NodeJS.Timeout | undefined;
    const workerCount = Math.min(this.#parts.placeCount, this.#queues.length);
    const workers = Array.from({ length: workerCount }, async () => {
      await this.#work();
      // The first that finds nothing more to begin starts the tail.
      timer ??= setTimeout(endTail, this.#parts.tailMs);
    });
    await Promise.race([Promise.all(workers), tail]);
    clearTimeout(timer);
    this.#isClosed = true;
    return this.#result();
  }

  async #work(): Promise<void> {
    while (!this.#isClosed && this.#parts.mayStart()) {
      const queue = this.#queues[this.#next];
      if (queue === undefined) return;
      this.#next += 1;
      await this.#deliver(queue);
    }
  }

  async #deliver(queue: Queue): Promise<void> {
    for (const event of queue.events) {
      await this.#parts.takePlace();
      if (this.#isClosed || !this.#parts.mayStart()) {
        this.#parts.givePlace();
        return;
      }
      queue.underWay = this.#parts.attempt({ eventId: event.id, body: bodyOf(event) });
      const verdict = await queue.underWay;
      this.#parts.givePlace();
      // What is under way when the round is closed belongs to the line (W4).
      if (this.#isClosed) return;
      queue.underWay = undefined;
      if (!verdict.isTaken) {
        queue.failure = verdict;
        return;
      }
      queue.takenCount += 1;
    }
  }

  #result(): RoundResult {
    let takenCount = 0;
    const left: LeftEvent[] = [];
    for (const queue of this.#queues) {
      takenCount += queue.takenCount;
      for (const [index, event] of queue.events.slice(queue.takenCount).entries()) {
        const [verdict, underWay] = index === 0 ? [queue.failure, queue.underWay] : [undefined, undefined];
        left.push({ event, body: bodyOf(event), verdict, underWay });
      }
    }
    for (const event of this.#behind) {
      left.push({ event, body: bodyOf(event), verdict: undefined, underWay: undefined });
    }
    return { takenCount, left };
  }
}

/** Delivers a page (W3, W4). */
export function runRound(events: readonly DeliverableEvent[], parts: RoundParts): Promise<RoundResult> {
  return new Round(events, parts).run();
}
