// The exchanges that a run of the sandbox makes: many in one batch, some alone, and those that must be refused or repeated.
import { setTimeout as wait } from "node:timers/promises";
import { type Exchange, type ExchangeInput, PointbridgeError } from "@pointbridge/sdk";
import { readAccounts } from "./sandbox-accounts.ts";
import type { LossyProxy } from "./sandbox-proxy.ts";
import { airline, type Clients, hubOf, members, type Route, routes, shop } from "./sandbox-world.ts";

/** An exchange as it was asked for and as it was answered. */
export interface MadeExchange {
  readonly operationId: string;
  readonly route: Route;
  readonly member: number;
  readonly amount: bigint;
  /** Undefined where it was refused. */
  readonly targetAmount: bigint | undefined;
  /** Undefined where it was completed. */
  readonly refusal: string | undefined;
}

/** An exchange whose answer was lost after the partner had committed: what was seen of it, in order. */
export interface LostAnswer {
  readonly made: MadeExchange;
  /** How it stood while nobody knew, with the reason. */
  readonly whileUnknown: string;
  /** What the airline's member had got by then. */
  readonly credited: bigint;
}

export interface SandboxExchanges {
  /** Undefined where no fault was asked for. */
  readonly lost: LostAnswer | undefined;
  readonly batch: readonly MadeExchange[];
  readonly single: readonly MadeExchange[];
  readonly tooMuch: MadeExchange;
  readonly tooLittle: MadeExchange;
  /** Whether an id sent a second time was answered with what stood, as a repeat. */
  readonly repeatHeld: boolean;
}

interface Wish {
  readonly operationId: string;
  readonly route: Route;
  readonly member: number;
  readonly amount: bigint;
}

export function bodyOf({ operationId, route, member, amount }: Wish): ExchangeInput {
  const { source, target } = route;
  return {
    operation_id: operationId,
    user_id: source.userOf(member),
    source_system: source.systemId,
    target_system: target.systemId,
    source_credit_type: source.creditTypeId,
    target_credit_type: target.creditTypeId,
    amount,
  };
}

interface Answered {
  readonly status: string;
  readonly target_amount?: bigint | null | undefined;
  readonly code?: string | undefined;
}

function toMade(wish: Wish, { status, target_amount: targetAmount, code }: Answered): MadeExchange {
  const isDone = status === "completed" && typeof targetAmount === "bigint";
  return isDone
    ? { ...wish, targetAmount, refusal: undefined }
    : { ...wish, targetAmount: undefined, refusal: code ?? status };
}

async function makeOne(clients: Clients, wish: Wish): Promise<MadeExchange> {
  try {
    return toMade(wish, await hubOf(clients, wish.route).exchanges.create(bodyOf(wish)));
  } catch (error) {
    if (!(error instanceof PointbridgeError) || error.status !== 422) throw error;
    return toMade(wish, { status: "failed", code: error.code });
  }
}

async function makeBatch(clients: Clients, wishes: readonly Wish[]): Promise<MadeExchange[]> {
  const results = await clients.shop.exchanges.createBatch(wishes.map(bodyOf));
  return wishes.map((wish, index) => toMade(wish, results[index] ?? { status: "error" }));
}

async function repeat(clients: Clients, wish: Wish, before: MadeExchange): Promise<boolean> {
  const again = await hubOf(clients, wish.route).exchanges.create(bodyOf(wish));
  return again.idempotent && toMade(wish, again).targetAmount === before.targetAmount;
}

/** One more than the member has. */
async function wishTooMuch(clients: Clients, runId: string): Promise<Wish> {
  const member = members.at(-1) ?? 1;
  const accounts = await readAccounts(clients.shop, shop);
  const available = accounts.get(shop.userOf(member))?.available ?? 0n;
  return { operationId: `${runId}.too-much`, route: routes.outward, member, amount: available + 1n };
}

function lastErrorOf(exchange: Exchange): string {
  return exchange.steps.find(({ status }) => status === "pending")?.error ?? "";
}

/** Lets the airline's answer be lost after it has credited, and watches the node find out. */
async function loseAnswer(clients: Clients, proxy: LossyProxy, runId: string): Promise<LostAnswer> {
  const member = 2;
  const wish = { operationId: `${runId}.lost-answer`, route: routes.outward, member, amount: 100n };
  const balance = async () =>
    (await readAccounts(clients.airline, airline)).get(airline.userOf(member))?.available ?? 0n;
  const before = await balance();
  proxy.loseNext("/pxp/v1/credits");
  let exchange = await clients.shop.exchanges.create(bodyOf(wish), { waitSeconds: 0 });
  let whileUnknown = "";
  let credited = 0n;
  while (exchange.status === "processing") {
    await wait(20);
    exchange = await clients.shop.exchanges.get(wish.operationId);
    if (lastErrorOf(exchange) === "" || whileUnknown !== "") continue;
    whileUnknown = `${exchange.status}: ${lastErrorOf(exchange)}`;
    credited = (await balance()) - before;
  }
  return { made: toMade(wish, exchange), whileUnknown, credited };
}

/**
 * Makes them all; every id begins with the run's.
 * @param faults where an answer is to be lost
 */
export async function makeExchanges(
  clients: Clients,
  runId: string,
  faults: LossyProxy | undefined,
): Promise<SandboxExchanges> {
  const { outward, back } = routes;
  const batchWishes = [1, 2].flatMap((round) =>
    members.map((member) => ({
      operationId: `${runId}.${shop.systemId}.${round}-${member}`,
      route: outward,
      member,
      amount: BigInt(round * 90 + member * 10),
    })),
  );
  const singleWishes = members.slice(0, 6).map((member) => ({
    operationId: `${runId}.${airline.systemId}.${member}`,
    route: back,
    member,
    amount: BigInt(member * 7),
  }));
  const batch = await makeBatch(clients, batchWishes);
  const single: MadeExchange[] = [];
  for (const wish of singleWishes) single.push(await makeOne(clients, wish));
  const tooMuch = await makeOne(clients, await wishTooMuch(clients, runId));
  const little = { operationId: `${runId}.too-little`, route: outward, member: 1, amount: 1n };
  const tooLittle = await makeOne(clients, little);
  const [firstWish] = singleWishes;
  const [firstMade] = single;
  const repeatHeld =
    firstWish !== undefined && firstMade !== undefined && (await repeat(clients, firstWish, firstMade));
  const lost = faults === undefined ? undefined : await loseAnswer(clients, faults, runId);
  return { lost, batch, single, tooMuch, tooLittle, repeatHeld };
}

export function allExchanges({ lost, batch, single, tooMuch, tooLittle }: SandboxExchanges): MadeExchange[] {
  return [...batch, ...single, tooMuch, tooLittle, ...(lost === undefined ? [] : [lost.made])];
}
