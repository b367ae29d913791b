// Comparing without listing, up to level 2: what the rows of a window add up to, by hour, under a secret that the
// other side handed over. The sums are made from the rows each time, page by page, in constant memory.
import {
  DigestSum,
  type KeyCall,
  type Leg,
  RecordHash,
  recordText,
  type SummaryAnswer,
  type SummaryCall,
  shortestRate,
  standingOf,
} from "@pointbridge/protocol/pxp";
import { type CallAnswer, outcomeOf } from "./decisions.ts";
import type { PartnerRow, PartnerStore, SecretKey } from "./store.ts";

const PAGE_ROWS = 1000;

/** 1 without anywhere to keep secrets: counts and points. */
export function levelOf<Tx>(store: PartnerStore<Tx>): 1 | 2 {
  return store.keepSecret !== undefined && store.findSecret !== undefined ? 2 : 1;
}

function refuse(code: string, detail: string): CallAnswer {
  return { status: 409, body: { code, detail } };
}

function secretKeyOf(call: KeyCall | SummaryCall, callingNode: string, version: number): SecretKey {
  const { kind, source_system: sourceSystem, target_system: targetSystem } = call;
  return { callingNode, kind, sourceSystem, targetSystem, version };
}

export async function keepSecret<Tx>(
  store: PartnerStore<Tx>,
  call: KeyCall,
  callingNode: string,
): Promise<CallAnswer> {
  const { key_version: version, secret } = call;
  if (levelOf(store) < 2)
    return { status: 404, body: { code: "not_found", detail: "this node keeps no secrets" } };
  const key = secretKeyOf(call, callingNode, version);
  const kept = await store.transaction(async (tx) => await store.keepSecret?.(tx, key, secret));
  if (kept !== secret) return refuse("reconciliation_key_taken", `secret ${version} is another one here`);
  return { status: 200, body: { key_version: version } };
}

class Sums {
  count = 0;
  amount = 0n;
  readonly digest = new DigestSum();

  add(row: PartnerRow, hash: RecordHash | undefined): void {
    this.count += 1;
    this.amount += row.amount ?? 0n;
    if (hash !== undefined) this.digest.add(hash.words);
  }
}

function sumsOf(map: Map<string, Sums>, key: string): Sums {
  const known = map.get(key) ?? new Sums();
  map.set(key, known);
  return known;
}

class Summary {
  readonly #whole = new Sums();
  readonly #types = new Map<string, Sums>();
  readonly #hours = new Map<string, Sums>();
  #openCount = 0;
  readonly #hash: RecordHash | undefined;

  constructor(hash: RecordHash | undefined) {
    this.#hash = hash;
  }

  add(row: PartnerRow): void {
    const standing = standingOf(outcomeOf(row));
    if (standing === "held") this.#openCount += 1;
    const { operationId, userId, creditTypeId, amount } = row;
    const exchangeRate = typeof row.exchangeRate === "string" ? shortestRate(row.exchangeRate) : null;
    const text = recordText({ operationId, userId, creditTypeId, amount, standing, exchangeRate });
    if (text === undefined) return;
    this.#hash?.hashText(text);
    this.#whole.add(row, this.#hash);
    sumsOf(this.#types, creditTypeId ?? "").add(row, undefined);
    sumsOf(this.#hours, `${row.initiatedAt.slice(0, 13)}:00:00.000Z`).add(row, this.#hash);
  }

  tell(completeUntil: string, perHour: boolean): SummaryAnswer {
    const digestOf = ({ digest }: Sums) =>
      this.#hash === undefined ? {} : { digest_sum: digest.toString() };
    const sorted = (map: Map<string, Sums>) => [...map].sort(([left], [right]) => (left < right ? -1 : 1));
    return {
      count: this.#whole.count,
      totals: sorted(this.#types).map(([credit_type_id, { count, amount }]) => {
        return { credit_type_id, count, amount: String(amount) };
      }),
      open_count: this.#openCount,
      ...digestOf(this.#whole),
      complete_until: completeUntil,
      ...(perHour
        ? {
            hours: sorted(this.#hours).map(([start_time, sums]) => {
              return { start_time, count: sums.count, amount: String(sums.amount), ...digestOf(sums) };
            }),
          }
        : {}),
    };
  }
}

/** Undefined where the secret is unknown. */
async function openSummary<Tx>(
  store: PartnerStore<Tx>,
  call: SummaryCall,
  callingNode: string,
): Promise<Summary | undefined> {
  const { key_version: version } = call;
  if (version === undefined) return new Summary(undefined);
  const key = secretKeyOf(call, callingNode, version);
  const secret = await store.transaction(async (tx) => await store.findSecret?.(tx, key));
  if (secret === undefined) return undefined;
  const leg: Leg = { kind: call.kind, sourceSystem: call.source_system, targetSystem: call.target_system };
  return new Summary(new RecordHash(Buffer.from(secret, "base64url"), leg));
}

export async function summarise<Tx>(
  store: PartnerStore<Tx>,
  call: SummaryCall,
  callingNode: string,
  now: Date,
): Promise<CallAnswer> {
  const summary = await openSummary(store, call, callingNode);
  if (summary === undefined) return refuse("reconciliation_key_unknown", "send the secret first");
  const isCredits = call.kind === "credits";
  const query = {
    callingNode,
    kind: isCredits ? "credit" : "hold",
    system: isCredits ? call.target_system : call.source_system,
    counterparty: isCredits ? call.source_system : call.target_system,
    startTime: call.start_time,
    endTime: call.end_time,
    limit: PAGE_ROWS,
  } as const;
  for (let after: PartnerRow | undefined; ; ) {
    const place = after && { initiatedAt: after.initiatedAt, operationId: after.operationId };
    const rows = await store.transaction(async (tx) => await store.listRows(tx, { ...query, after: place }));
    for (const row of rows) summary.add(row);
    after = rows.at(-1);
    if (rows.length < PAGE_ROWS) break;
  }
  return { status: 200, body: { ...summary.tell(now.toISOString(), call.per === "hour") } };
}
