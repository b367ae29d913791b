// What is exchanged: which members, how much, in which distribution. The same for every way.
import { newOperationId } from "../packages/engine/src/system/index.ts";

export const accountsPerSide = 100_000;
export const batchSize = 1000;
export const source = { systemId: "shop", creditTypeId: "coin" } as const;
export const target = { systemId: "club", creditTypeId: "star" } as const;
/** Where the hot account is: every member of the source is mapped to its one member. */
export const hub = { systemId: "hub", creditTypeId: "chip", userId: "everyone" } as const;
/** Hosted by another node. */
export const partner = { systemId: "airline", creditTypeId: "mile" } as const;
export const exchangeRate = "1.5";

/** uniform, zipf: member n of the source to member n of the target. hot: everybody to one account. */
export type Distribution = "uniform" | "zipf" | "hot";
export const distributions: readonly Distribution[] = ["uniform", "zipf", "hot"];

export interface Exchange {
  readonly operationId: string;
  /** Number of the member, from 0. */
  readonly member: number;
  readonly amount: number;
}

export function userIdOf(member: number): string {
  return `member-${String(member).padStart(6, "0")}`;
}

export function targetAmountOf(amount: number): number {
  return Math.floor((amount * 3) / 2);
}

/** Shares of members 0 to n added up, where member n is drawn in proportion to 1 / (n + 1). */
function sumZipfShares(): Float64Array {
  const sums = new Float64Array(accountsPerSide);
  let total = 0;
  for (let member = 0; member < accountsPerSide; member += 1) {
    total += 1 / (member + 1);
    sums[member] = total;
  }
  return sums.map((sum) => sum / total);
}

const zipfShares = sumZipfShares();

function drawZipf(): number {
  const drawn = Math.random();
  let low = 0;
  let high = accountsPerSide - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((zipfShares[middle] ?? 1) < drawn) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Draws members uniformly from those whose number leaves `part` when divided by `parts`. */
export function drawUniform(part = 0, parts = 1): number {
  return Math.floor((Math.random() * accountsPerSide) / parts) * parts + part;
}

export function drawExchange(distribution: Distribution): Exchange {
  const member = distribution === "zipf" ? drawZipf() : drawUniform();
  return { operationId: newOperationId(), member, amount: drawAmount() };
}

export function drawAmount(): number {
  return 2 + Math.floor(Math.random() * 998);
}

/** The exchange as the API takes it. */
export function toJson(exchange: Exchange, distribution: Distribution): string {
  return toJsonFor(exchange, distribution === "hot" ? hub : target);
}

export function toPartnerJson(exchange: Exchange): string {
  return toJsonFor(exchange, partner);
}

function toJsonFor(
  exchange: Exchange,
  side: { readonly systemId: string; readonly creditTypeId: string },
): string {
  const { systemId, creditTypeId } = side;
  return `{"operation_id":"${exchange.operationId}","user_id":"${userIdOf(exchange.member)}","source_system":"${source.systemId}","target_system":"${systemId}","source_credit_type":"${source.creditTypeId}","target_credit_type":"${creditTypeId}","amount":"${exchange.amount}"}`;
}
