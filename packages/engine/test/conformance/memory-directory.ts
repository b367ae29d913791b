// What the partner of these tests has beside its ledger: the listing of its rows, and users it made for others.
import type { OperationsCall } from "@pointbridge/protocol/pxp";
import type { Fault } from "./faults.ts";
import type { Caller, MemoryLedger, Reply, Row } from "./memory-ledger.ts";

type AnyRow = Row<string>;

function compareRows(left: AnyRow, right: AnyRow, byAlphabet: boolean): number {
  if (left.initiated_at !== right.initiated_at) return left.initiated_at < right.initiated_at ? -1 : 1;
  if (byAlphabet) return left.operation_id.localeCompare(right.operation_id, "en");
  return Buffer.compare(Buffer.from(left.operation_id), Buffer.from(right.operation_id));
}

function toItem(row: AnyRow, faults: ReadonlySet<Fault>): object {
  const {
    operation_id,
    user_id = null,
    credit_type_id = null,
    amount = null,
    initiated_at,
    completed_at,
  } = row;
  return {
    operation_id,
    user_id,
    credit_type_id,
    amount,
    outcome: row.state === "sealed" ? "completed" : row.state,
    initiated_at: faults.has("initiated-at-of-receipt") ? new Date().toISOString() : initiated_at,
    completed_at,
  };
}

/** Where a page begins: behind a row, or by the fault after a count of rows. */
function readCursor(
  cursor: string | undefined,
): { readonly after?: AnyRow; readonly offset: number } | undefined {
  if (cursor === undefined) return { offset: 0 };
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as { offset: number };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function listRows(
  ledger: MemoryLedger,
  caller: Caller,
  call: OperationsCall,
  faults: ReadonlySet<Fault>,
): Reply {
  const start = readCursor(call.cursor);
  if (start === undefined)
    return { status: 400, body: { code: "malformed", detail: "the cursor is none of ours" } };
  const map: ReadonlyMap<string, AnyRow> = call.kind === "credits" ? ledger.credits : ledger.holds;
  const isInWindow = ({ initiated_at: at }: AnyRow) =>
    at >= call.start_time &&
    (at < call.end_time || (faults.has("end-of-window-listed") && at === call.end_time));
  const byAlphabet = faults.has("rows-by-alphabet");
  const rows = [...map]
    .filter(([place]) => place.startsWith(`${caller.nodeId} `) || faults.has("rows-shown-to-all"))
    .map(([, row]) => row)
    .filter((row) => row.source_system === call.source_system && row.target_system === call.target_system)
    .filter(isInWindow)
    .filter(({ state }) => !faults.has("only-completed-listed") || state === "completed")
    .sort((left, right) => compareRows(left, right, byAlphabet));
  const { after, offset } = start;
  const isByOffset = faults.has("pages-by-offset");
  const rest = isByOffset
    ? rows.slice(offset)
    : rows.filter((row) => after === undefined || compareRows(row, after, byAlphabet) > 0);
  const page = rest.slice(0, call.limit);
  const last = page.at(-1);
  const next = { after: last, offset: offset + page.length };
  return {
    status: 200,
    body: {
      items: page.map((row) => toItem(row, faults)),
      next_cursor: rest.length > page.length ? Buffer.from(JSON.stringify(next)).toString("base64url") : null,
      ...(faults.has("complete-until-missing") ? {} : { complete_until: new Date().toISOString() }),
    },
  };
}

interface UserRequest {
  readonly source_system: string;
  readonly source_user_id: string;
  readonly profile: { readonly email?: string };
}

/** Users made for source users; idempotent on the source's identity. */
export class MemoryUsers {
  readonly #users = new Map<string, string>();
  readonly #faults: ReadonlySet<Fault>;
  #count = 0;

  constructor(faults: ReadonlySet<Fault>) {
    this.#faults = faults;
  }

  async provision({ source_system, source_user_id, profile }: UserRequest): Promise<Reply> {
    const isByEmail = this.#faults.has("user-found-by-email");
    const place = isByEmail ? String(profile.email) : `${source_system} ${source_user_id}`;
    const known = this.#faults.has("user-created-anew") ? undefined : this.#users.get(place);
    if (this.#faults.has("user-looked-up-before")) await new Promise((resolve) => setTimeout(resolve, 3));
    if (known !== undefined) return { status: 200, body: { user_id: known, created: false } };
    this.#count += 1;
    const userId = `user-${this.#count}`;
    this.#users.set(place, userId);
    return { status: 200, body: { user_id: userId, created: true } };
  }
}
