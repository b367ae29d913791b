// The bodies of calls as the run's settings give them; a check overrides what it is about.
import type {
  CallName,
  CreditCall,
  HoldCall,
  OperationsCall,
  ReleaseCall,
  RollbackCall,
} from "@pointbridge/protocol/pxp";
import { parseRate, type Rate } from "../domain/index.ts";
import type { World } from "./world.ts";

type Changes<Body> = Partial<Readonly<Record<keyof Body, unknown>>> & Readonly<Record<string, unknown>>;

export function rateOf(world: World): Rate {
  const rate = parseRate(world.config.target.rate);
  if (rate === undefined)
    throw new TypeError(`target.rate is "${world.config.target.rate}": it must be above 0`);
  return rate;
}

/** The least source amount for which the target may get the given amount. */
export function sourceAmountFor(rate: Rate, amount: bigint): bigint {
  return (amount * rate.denominator + rate.numerator - 1n) / rate.numerator;
}

function initiatedAt(world: World): string {
  return world.now().toISOString();
}

/** A credit of the kit's own system to the target's member. */
export function creditBody(world: World, id: string, changes: Changes<CreditCall> = {}): CreditCall {
  const { config } = world;
  const amount =
    typeof changes["amount"] === "string" && /^[0-9]+$/.test(changes["amount"]) ? changes["amount"] : "2";
  return {
    operation_id: id,
    source_system: config.own.system_id,
    target_system: config.partner_system,
    user_id: config.target.member,
    credit_type_id: config.target.credit_type_id,
    amount,
    source_credit_type: config.target.source_credit_type,
    source_amount: String(sourceAmountFor(rateOf(world), BigInt(amount))),
    exchange_rate: config.target.rate,
    initiated_at: initiatedAt(world),
    ...changes,
  } as CreditCall;
}

export function rollbackBody(world: World, id: string, changes: Changes<RollbackCall> = {}): RollbackCall {
  const { own, partner_system } = world.config;
  return {
    operation_id: id,
    source_system: own.system_id,
    target_system: partner_system,
    initiated_at: initiatedAt(world),
    reason: "conformance",
    ...changes,
  } as RollbackCall;
}

/** A hold of the source's member for the kit's own system. */
export function holdBody(world: World, id: string, changes: Changes<HoldCall> = {}): HoldCall {
  const { own, partner_system, source } = world.config;
  return {
    operation_id: id,
    source_system: partner_system,
    target_system: own.system_id,
    user_id: source.member,
    credit_type_id: source.credit_type_id,
    amount: "2",
    initiated_at: initiatedAt(world),
    ...changes,
  } as HoldCall;
}

/** The body of a capture or a release. */
export function endingBody(world: World, id: string, changes: Changes<ReleaseCall> = {}): ReleaseCall {
  const { own, partner_system } = world.config;
  return {
    operation_id: id,
    source_system: partner_system,
    target_system: own.system_id,
    initiated_at: initiatedAt(world),
    ...changes,
  } as ReleaseCall;
}

export function operationsBody(
  world: World,
  kind: "credits" | "holds",
  changes: Changes<OperationsCall> = {},
): OperationsCall {
  const { own, partner_system } = world.config;
  const [source, target] =
    kind === "credits" ? [own.system_id, partner_system] : [partner_system, own.system_id];
  return { kind, source_system: source, target_system: target, limit: 100, ...changes } as OperationsCall;
}

/** The call that undoes another, with its body. */
export function undoOf(
  call: CallName,
  body: Readonly<Record<string, unknown>>,
): [CallName, object] | undefined {
  const { operation_id, source_system, target_system, initiated_at } = body;
  const route = {
    operation_id,
    source_system,
    target_system,
    initiated_at,
    reason: "conformance: tidying up",
  };
  if (call === "credits") return ["credits/rollback", route];
  return call === "holds" ? ["holds/release", route] : undefined;
}
