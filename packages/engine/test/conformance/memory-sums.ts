// What the partner of these tests adds up to: levels 1 to 3, straight from its rows.
import {
  DigestSum,
  type PxpCallName,
  RecordHash,
  type RowsCall,
  recordText,
  Sketch,
  type SketchCall,
  type SummaryCall,
  splitTime,
} from "@pointbridge/protocol/pxp";
import type { Fault } from "./faults.ts";
import type { Caller, MemoryLedger, Reply, Row } from "./memory-ledger.ts";

interface SecretCall {
  readonly kind: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly key_version: number;
  readonly secret: string;
}

type CreditRow = Row<string>;

function refuse(code: string): Reply {
  return { status: 409, body: { code, detail: "as the protocol has it" } };
}

export class MemorySums {
  readonly #secrets = new Map<string, string>();
  readonly #ledger: MemoryLedger;
  readonly #faults: ReadonlySet<Fault>;

  constructor(ledger: MemoryLedger, faults: ReadonlySet<Fault>) {
    this.#ledger = ledger;
    this.#faults = faults;
  }

  /** What is no call of these is none of this partner's. */
  answer(call: PxpCallName, caller: Caller, body: Readonly<Record<string, unknown>>): Reply {
    switch (call) {
      case "reconciliation/key":
        return this.keepSecret(caller, body as unknown as SecretCall);
      case "reconciliation/summary":
        return this.tellSums(caller, body as SummaryCall);
      case "reconciliation/sketch":
        return this.tellSketch(caller, body as SketchCall);
      case "reconciliation/rows":
        return this.tellRows(caller, body as RowsCall);
      default:
        return { status: 404, body: { code: "not_found" } };
    }
  }

  keepSecret({ nodeId }: Caller, call: SecretCall): Reply {
    const place = [nodeId, call.kind, call.source_system, call.target_system, call.key_version].join(" ");
    const known = this.#faults.has("secret-replaced") ? undefined : this.#secrets.get(place);
    if (known !== undefined && known !== call.secret) return refuse("reconciliation_key_taken");
    this.#secrets.set(place, call.secret);
    return { status: 200, body: { key_version: call.key_version } };
  }

  #hashFor({ nodeId }: Caller, call: SummaryCall): RecordHash | undefined {
    const { kind, source_system: sourceSystem, target_system: targetSystem, key_version } = call;
    const secret = this.#secrets.get([nodeId, kind, sourceSystem, targetSystem, key_version].join(" "));
    if (secret === undefined) return undefined;
    return new RecordHash(Buffer.from(secret, "base64url"), { kind, sourceSystem, targetSystem });
  }

  #rowsOf({ nodeId }: Caller, call: SummaryCall): CreditRow[] {
    const stands = ["completed", "sealed", ...(this.#faults.has("sums-of-all-rows") ? ["rolled_back"] : [])];
    const isAtEnd = (at: string) => this.#faults.has("sums-with-end") && at === call.end_time;
    return [...this.#ledger.credits]
      .filter(([place]) => place.startsWith(`${nodeId} `) || this.#faults.has("sums-shown-to-all"))
      .map(([, row]): CreditRow => row)
      .filter(({ initiated_at: at }) => at >= call.start_time && (at < call.end_time || isAtEnd(at)))
      .filter((row) => row.source_system === call.source_system && row.target_system === call.target_system)
      .filter(({ state, amount }) => stands.includes(state) && amount !== undefined);
  }

  #textOf(row: CreditRow): string {
    const text = recordText({
      operationId: row.operation_id,
      userId: row.user_id ?? null,
      creditTypeId: row.credit_type_id ?? null,
      amount: BigInt(row.amount ?? 0),
      standing: "moved",
      exchangeRate: row.exchange_rate ?? null,
    });
    return this.#faults.has("record-of-other-form") ? `${text ?? ""}\n` : (text ?? "");
  }

  tellSums(caller: Caller, call: SummaryCall): Reply {
    const hash = this.#hashFor(caller, call);
    if (call.key_version !== undefined && hash === undefined) return refuse("reconciliation_key_unknown");
    const sum = (rows: readonly CreditRow[]) => {
      const digest = new DigestSum();
      let amount = 0n;
      for (const row of rows) {
        amount += BigInt(row.amount ?? 0);
        hash?.hashText(this.#textOf(row));
        if (hash !== undefined) digest.add(hash.words);
      }
      const told = { count: rows.length, amount: String(amount) };
      return hash === undefined ? told : { ...told, digest_sum: digest.toString() };
    };
    const rows = this.#rowsOf(caller, call);
    const { count, amount: _amount, ...digest } = sum(rows);
    const byHour = Map.groupBy(rows, ({ initiated_at: at }) => `${at.slice(0, 13)}:00:00.000Z`);
    const byType = Map.groupBy(rows, (row) => row.credit_type_id ?? "");
    const totals = [...byType].map(([credit_type_id, group]) => {
      const { count: typeCount, amount: typeAmount } = sum(group);
      return { credit_type_id, count: typeCount, amount: typeAmount };
    });
    const hours = [...byHour]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([start_time, group]) => ({ start_time, ...sum(group) }));
    const perHour = call.per === undefined ? {} : { hours };
    const told = { count, totals, open_count: 0, ...digest, complete_until: new Date().toISOString() };
    return { status: 200, body: { ...told, ...perHour } };
  }

  tellSketch(caller: Caller, call: SketchCall): Reply {
    const hash = this.#hashFor(caller, call);
    if (hash === undefined) return refuse("reconciliation_key_unknown");
    const sketch = new Sketch(call.cells);
    const digest = new DigestSum();
    const rows = this.#rowsOf(caller, call);
    for (const row of rows) {
      hash.hashText(this.#textOf(row));
      digest.add(hash.words);
      const [keyHigh, keyLow] = [(hash.words[4] ?? 0) >>> 0, (hash.words[5] ?? 0) >>> 0];
      const timeMs = this.#faults.has("sketch-without-time") ? 0 : Date.parse(row.initiated_at);
      sketch.add({ keyHigh, keyLow, ...splitTime(timeMs) });
    }
    const told = {
      count: rows.length,
      digest_sum: digest.toString(),
      sketch: sketch.encode().toString("base64"),
    };
    return { status: 200, body: { sketches: [told] } };
  }

  tellRows(caller: Caller, call: RowsCall): Reply {
    const hash = this.#hashFor(caller, call);
    const keys = Buffer.from(call.keys ?? "", "base64").toString("hex");
    const isWanted = (row: CreditRow) => {
      const isNamed = call.operation_ids?.includes(row.operation_id) === true;
      const key = hash?.digest(this.#textOf(row)).toString("hex", 16, 24) ?? "-";
      return isNamed || (keys.includes(key) && !this.#faults.has("rows-by-id-only"));
    };
    const rows = this.#rowsOf(caller, call).filter(isWanted);
    const tuples = rows.map((row) => {
      const {
        operation_id,
        user_id = null,
        credit_type_id = null,
        amount = null,
        exchange_rate = null,
      } = row;
      return [
        operation_id,
        user_id,
        credit_type_id,
        amount,
        row.state,
        Date.parse(row.initiated_at),
        null,
        exchange_rate,
      ];
    });
    return { status: 200, body: { rows: tuples, next_cursor: null } };
  }
}
