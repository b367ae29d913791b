// The world in which the model follows one exchange: the hub's stored crossing, the messages under way, and
// the two ledgers. Values only; every step makes a new one.
import type { CreditState, HoldState } from "@pointbridge/protocol/pxp";
import { beginCrossing, type Crossing, type CrossingCall, type Leg } from "../../src/domain/index.ts";

/** The points of the exchange; one, so that twice or nothing shows in a count. */
export const asked = 1;
export const operationId = "exchange-1";

export type Caller = "hub" | "stranger" | "forger";

export interface Request {
  readonly call: CrossingCall;
  /** A stranger is another node that uses the same id; a forger signs with no key at all. */
  readonly by: Caller;
  readonly id: string;
  readonly amount: number;
}

/** What arrives as an answer; `proof` is what the verifier finds before anything in it is read. */
export interface Answer {
  readonly status: number;
  readonly outcome?: string;
  readonly code?: string;
  /** Of another operation, where it names one. */
  readonly id?: string;
  readonly amount?: number;
  readonly userId?: string;
  /** Results of a batch of two calls, of which ours is the second. */
  readonly results?: readonly Answer[];
  readonly proof?: "unsigned" | "other_nonce";
}

export type Message =
  | { readonly kind: "request"; readonly request: Request }
  | { readonly kind: "answer"; readonly request: Request; readonly answer: Answer };

export interface Row<State> {
  readonly state: State;
  /** Null: a fence. */
  readonly amount: number | null;
}

export type Rows<State> = Readonly<Record<string, Row<State>>>;

export interface SourceLedger {
  readonly rows: Rows<HoldState>;
  readonly available: number;
  readonly held: number;
  /** Captured: gone from the member for the target's sake. */
  readonly out: number;
}

export interface TargetLedger {
  readonly rows: Rows<CreditState>;
  /** What the member can spend; it also spends and earns elsewhere. */
  readonly available: number;
  /** Credits less what was taken back. */
  readonly received: number;
  readonly users: number;
  /** Credits that a callee has looked up and not written yet; only one that breaks a rule has any. */
  readonly inHand: number;
}

export interface World {
  readonly crossing: Crossing;
  /** What a second worker of the hub has loaded and still works on. */
  readonly loaded: Crossing | undefined;
  /** How many copies of each message are under way, by the message's number. */
  readonly flight: readonly number[];
  readonly source: SourceLedger;
  readonly target: TargetLedger;
  /** What the suspense account has paid the source's member for a target that is gone. */
  readonly suspense: number;
}

export interface Environment {
  readonly source: Leg;
  readonly target: Leg;
  readonly needsUser: boolean;
  /**
   * "everlasting": what was sent may come as often and as late as one likes, which is any number of copies,
   * losses and delays; a number: at most so many copies of each message, each lost, doubled and delivered.
   */
  readonly network: "everlasting" | number;
  /** The target may answer `pending` and decide later. */
  readonly hasPending: boolean;
  /** Two workers of the hub have the exchange at once. */
  readonly hasSecondWorker: boolean;
  /** Another node uses the same id, and somebody without a key sends requests in the hub's name. */
  readonly hasStrangers: boolean;
  /** People are called, and may write the exchange off. */
  readonly hasPeople: boolean;
}

export function keyOfRow(by: Caller, id: string): string {
  return `${by}/${id}`;
}

export function beginWorld(environment: Environment): World {
  const { source, target, needsUser } = environment;
  const isHosted = source === "hosted";
  return {
    crossing: beginCrossing(source, target, needsUser),
    loaded: undefined,
    flight: [],
    // The hold of a hosted source is placed in the transaction that begins the crossing.
    source: {
      rows: isHosted ? { [keyOfRow("hub", operationId)]: { state: "held", amount: asked } } : {},
      available: isHosted ? 0 : asked,
      held: isHosted ? asked : 0,
      out: 0,
    },
    target: { rows: {}, available: 0, received: 0, users: needsUser ? 0 : 1, inHand: 0 },
    suspense: 0,
  };
}

function textOfRows(rows: Rows<string>): string {
  const keys = Object.keys(rows).sort();
  return keys.map((key) => `${key}=${rows[key]?.state}:${rows[key]?.amount}`).join(" ");
}

function textOfCrossing({ state, needsUser, failure, partnerCode, attention }: Crossing): string {
  return `${state},${needsUser},${failure},${partnerCode},${attention}`;
}

function textOfSource({ rows, available, held, out }: SourceLedger): string {
  return `source ${textOfRows(rows)},${available},${held},${out}`;
}

function textOfTarget({ rows, available, received, users, inHand }: TargetLedger): string {
  return `target ${textOfRows(rows)},${available},${received},${users},${inHand}`;
}

/**
 * Gives equal worlds, and only them, equal names. (Legs are left out: they are the environment's.) Parts have
 * numbers, remembered by their object, because most of a step's parts are those of the world before.
 */
export function createNaming(): (world: World) => string {
  const numbers = new Map<string, number>();
  const known = new WeakMap<object, number>();
  const numberOf = <Part extends object>(part: Part, textOf: (part: Part) => string): number => {
    let number = known.get(part);
    if (number !== undefined) return number;
    const text = textOf(part);
    number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    known.set(part, number);
    return number;
  };
  return ({ crossing, loaded, flight, source, target, suspense }) => {
    const loadedNumber = loaded === undefined ? "" : numberOf(loaded, textOfCrossing);
    const ledgers = `${numberOf(source, textOfSource)}.${numberOf(target, textOfTarget)}.${suspense}`;
    return `${numberOf(crossing, textOfCrossing)}.${loadedNumber}.${ledgers}.${flight.join("")}`;
  };
}
