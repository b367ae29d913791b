// The exchanges that a run of the sandbox makes: many in one batch, some alone, and those that must be refused or repeated.
import { type Client, type ExchangeInput, PointbridgeError } from "@pointbridge/sdk";
import { readAccounts } from "./sandbox-accounts.ts";
import { airline, members, type Route, routes, shop } from "./sandbox-world.ts";

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

export interface SandboxExchanges {
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

async function makeOne(client: Client, wish: Wish): Promise<MadeExchange> {
  try {
    return toMade(wish, await client.exchanges.create(bodyOf(wish)));
  } catch (error) {
    if (!(error instanceof PointbridgeError) || error.status !== 422) throw error;
    return toMade(wish, { status: "failed", code: error.code });
  }
}

async function makeBatch(client: Client, wishes: readonly Wish[]): Promise<MadeExchange[]> {
  const results = await client.exchanges.createBatch(wishes.map(bodyOf));
  return wishes.map((wish, index) => toMade(wish, results[index] ?? { status: "error" }));
}

async function repeat(client: Client, wish: Wish, before: MadeExchange): Promise<boolean> {
  const again = await client.exchanges.create(bodyOf(wish));
  return again.idempotent && toMade(wish, again).targetAmount === before.targetAmount;
}

/** One more than the member has. */
async function wishTooMuch(client: Client, runId: string): Promise<Wish> {
  const member = members.at(-1) ?? 1;
  const accounts = await readAccounts(client, shop);
  const available = accounts.get(shop.userOf(member))?.available ?? 0n;
  return { operationId: `${runId}.too-much`, route: routes.outward, member, amount: available + 1n };
}

/** Makes them all; every id begins with the run's. */
export async function makeExchanges(client: Client, runId: string): Promise<SandboxExchanges> {
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
  const batch = await makeBatch(client, batchWishes);
  const single: MadeExchange[] = [];
  for (const wish of singleWishes) single.push(await makeOne(client, wish));
  const tooMuch = await makeOne(client, await wishTooMuch(client, runId));
  const little = { operationId: `${runId}.too-little`, route: outward, member: 1, amount: 1n };
  const tooLittle = await makeOne(client, little);
  const [firstWish] = singleWishes;
  const [firstMade] = single;
  const repeatHeld =
    firstWish !== undefined && firstMade !== undefined && (await repeat(client, firstWish, firstMade));
  return { batch, single, tooMuch, tooLittle, repeatHeld };
}

export function allExchanges({ batch, single, tooMuch, tooLittle }: SandboxExchanges): MadeExchange[] {
  return [...batch, ...single, tooMuch, tooLittle];
}
