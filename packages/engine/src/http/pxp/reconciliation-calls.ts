// /pxp/v1/reconciliation/…: what a window adds up to, sketches of it and single rows, for a partner that compares.
//
// S1  A partner reads what it asked of our ledger, or our exchanges whose leg it keeps, and nothing else.
// S2  Digests are told only under a secret that the partner gave us for this leg. One version is one secret for ever.
// S3  What one request may make us do is bounded: hours, cells, rows; sums that are still being made are told later.

import { v1 } from "@pointbridge/protocol";
import {
  answerCellsMax,
  type Leg,
  packRows,
  type RowsAnswer,
  type RowTuple,
  recordText,
  rowKeyBytes,
  rowsMax,
  type SketchAnswer,
  type SummaryAnswer,
  sketchTables,
  summaryHoursMax,
} from "@pointbridge/protocol/pxp";
import { malformed } from "../../form/index.ts";
import {
  ComparisonStop,
  calledSystemOf,
  hashOf,
  hourMs,
  type LegPlace,
  type LegRow,
  type RecordSums,
  type SummaryLeg,
  type TimeWindow,
} from "../../summaries/index.ts";
import { readCursor, storedTime, writeCursor } from "../cursor.ts";
import type { Services } from "../services.ts";
import { type Bodies, readableRole } from "./accept-call.ts";
import type { PartnerAnswer, PartnerCall, PartnerHandler } from "./handler.ts";

interface LegFields {
  readonly kind: "credits" | "holds";
  readonly source_system: string;
  readonly target_system: string;
}

interface WindowFields extends LegFields {
  readonly start_time: string;
  readonly end_time: string;
}

/** What the caller may read of the leg that it names (S1); the shell has judged that there is something. */
function placeOf({ body, caller, book }: PartnerCall<LegFields>): LegPlace {
  const leg: Leg = { kind: body.kind, sourceSystem: body.source_system, targetSystem: body.target_system };
  const called = calledSystemOf(leg);
  const other = called === leg.sourceSystem ? leg.targetSystem : leg.sourceSystem;
  const role = readableRole(called, other, caller, book);
  if (role === undefined)
    throw new Error(`${caller.nodeId} may read nothing of ${called}, and was let through`);
  return { owner: "theirs", role, nodeId: caller.nodeId, leg };
}

function windowOf({ start_time, end_time }: WindowFields): TimeWindow {
  return { startTime: new Date(start_time), endTime: new Date(end_time) };
}

function refuse(code: string, detail: string): PartnerAnswer {
  return { status: 409, body: { code, detail } };
}

async function findLeg(
  services: Services,
  place: LegPlace,
  keyVersion: number,
): Promise<SummaryLeg | undefined> {
  const { database, summaries } = services;
  const legs = await database.transaction((transaction) => summaries.secrets.findLegs(transaction, place));
  return legs.find((leg) => leg.keyVersion === keyVersion);
}

function refuseKey(keyVersion: number): PartnerAnswer {
  return refuse(
    "reconciliation_key_unknown",
    `there is no secret ${keyVersion} of yours for this leg; send it first`,
  );
}

/** What is not ready is asked for again. */
async function orUnready(answer: () => Promise<PartnerAnswer>): Promise<PartnerAnswer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ComparisonStop && error.reason === "summaries_unready") {
      return refuse("summaries_unready", error.message);
    }
    throw error;
  }
}

/** Secrets beyond this are not taken: a leg has one in use, and one that comes after it. */
const SECRETS_MAX = 4;

export const keepSecret: PartnerHandler<Bodies["reconciliation/key"]> = async (call, services) => {
  const place = placeOf(call);
  const { key_version: keyVersion, secret: text } = call.body;
  const secret = Buffer.from(text, "base64url");
  const { database, summaries } = services;
  const { secrets } = summaries;
  const legs = await database.transaction(async (transaction) => {
    const known = await secrets.findLegs(transaction, place);
    const isNew = known.every((leg) => leg.keyVersion < keyVersion) && known.length < SECRETS_MAX;
    if (isNew) await secrets.insert(transaction, place, keyVersion, secret);
    return secrets.findLegs(transaction, place);
  });
  const kept = legs.find((leg) => leg.keyVersion === keyVersion);
  if (kept === undefined || !Buffer.from(kept.secret).equals(secret)) {
    const newest = legs[0]?.keyVersion ?? 0;
    return refuse(
      "reconciliation_key_taken",
      `secret ${keyVersion} is another one here; the newest is ${newest}`,
    );
  }
  return { status: 200, body: { key_version: keyVersion } };
};

function viewHour(startTime: Date, sums: RecordSums, hasDigest: boolean) {
  const amount = sums.totals.byCreditType.reduce((sum, total) => sum + total.amount, 0n);
  const digest = hasDigest ? { digest_sum: sums.digest.toString() } : {};
  return { start_time: startTime.toISOString(), count: sums.count, amount: String(amount), ...digest };
}

export const tellSums: PartnerHandler<Bodies["reconciliation/summary"]> = (call, services) =>
  orUnready(async () => {
    const place = placeOf(call);
    const window = windowOf(call.body);
    const { key_version: keyVersion, per, counted_since: since } = call.body;
    const { summaries } = services;
    const leg = keyVersion === undefined ? undefined : await findLeg(services, place, keyVersion);
    if (keyVersion !== undefined && leg === undefined) return refuseKey(keyVersion);
    const told =
      leg === undefined
        ? await summaries.countWindow(place, window)
        : await summaries.sumWindow(
            leg,
            window,
            since === undefined ? {} : { countedSince: new Date(since) },
          );
    if (per === "hour" && told.hours.length > summaryHoursMax) {
      throw malformed("/end_time", `the window has more than ${summaryHoursMax} hours with records`);
    }
    const hasDigest = leg !== undefined;
    const body: SummaryAnswer = {
      count: told.whole.count,
      totals: told.whole.totals.byCreditType.map(({ creditTypeId, count, amount }) => {
        return { credit_type_id: creditTypeId, count, amount: String(amount) };
      }),
      open_count: told.openCount,
      ...(hasDigest ? { digest_sum: told.whole.digest.toString() } : {}),
      complete_until: told.completeUntil.toISOString(),
      ...(per === "hour"
        ? { hours: told.hours.map(({ hour, sums }) => viewHour(hour, sums, hasDigest)) }
        : {}),
    };
    return { status: 200, body };
  });

/** The part of an hour that a window has. @throws FormError */
function hourWindow(text: string, index: number, window: TimeWindow): TimeWindow {
  const startMs = new Date(text).getTime();
  const isHour = startMs % hourMs === 0;
  const startTime = new Date(Math.max(startMs, window.startTime.getTime()));
  const endTime = new Date(Math.min(startMs + hourMs, window.endTime.getTime()));
  if (!isHour || startTime >= endTime) throw malformed(`/hours/${index}`, "is no hour of the window");
  return { startTime, endTime };
}

export const tellSketches: PartnerHandler<Bodies["reconciliation/sketch"]> = (call, services) =>
  orUnready(async () => {
    const { key_version: keyVersion, cells, hours } = call.body;
    const window = windowOf(call.body);
    const windows =
      hours === undefined ? [window] : hours.map((text, index) => hourWindow(text, index, window));
    if (!Number.isInteger(Math.log2(cells))) throw malformed("/cells", "must be a power of two");
    if (cells * sketchTables * windows.length > answerCellsMax) {
      throw malformed("/cells", `all sketches of an answer have at most ${answerCellsMax} cells`); // S3
    }
    const leg = await findLeg(services, placeOf(call), keyVersion);
    if (leg === undefined) return refuseKey(keyVersion);
    const { summaries } = services;
    await summaries.prepare(leg, window);
    const sketches: SketchAnswer["sketches"] = [];
    for (const part of windows) {
      const sums = await summaries.sketchWindow(leg, part, cells);
      const sketch = sums.sketch?.encode().toString("base64") ?? "";
      sketches.push({ count: sums.count, digest_sum: sums.digest.toString(), sketch });
    }
    return { status: 200, body: { sketches } };
  });

function viewRow(row: LegRow): RowTuple {
  const { operationId, userId, creditTypeId, amount, outcome, initiatedAt, completedAt, exchangeRate } = row;
  const completedMs = completedAt?.getTime() ?? null;
  const points = amount === null ? null : String(amount);
  return [
    operationId,
    userId,
    creditTypeId,
    points,
    outcome,
    initiatedAt.getTime(),
    completedMs,
    exchangeRate,
  ];
}

/** By time, the keys of the records that are wanted there. @throws FormError */
function readKeys(text: string): Map<number, Set<string>> {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length % rowKeyBytes !== 0 || bytes.length / rowKeyBytes > rowsMax) {
    throw malformed("/keys", `is base64 of ${rowKeyBytes} bytes for each of at most ${rowsMax} rows`);
  }
  const wanted = new Map<number, Set<string>>();
  for (let place = 0; place < bytes.length; place += rowKeyBytes) {
    const timeMs = bytes.readUIntBE(place, 6);
    // Times beyond any row's: what does not exist is not found.
    if (timeMs > 253_402_300_799_999) continue;
    const keys = wanted.get(timeMs) ?? new Set();
    wanted.set(timeMs, keys.add(bytes.toString("hex", place + 6, place + rowKeyBytes)));
  }
  return wanted;
}

async function findByKeys(
  services: Services,
  leg: SummaryLeg,
  wanted: Map<number, Set<string>>,
): Promise<LegRow[]> {
  const times = [...wanted.keys()].map((timeMs) => new Date(timeMs));
  const rows = await services.summaries.rows.readAtTimes(leg, times);
  const hash = hashOf(leg);
  return rows.filter((row) => {
    const text = recordText(row);
    if (text === undefined) return false;
    const key = hash.digest(text).toString("hex", 16, 24);
    return wanted.get(row.initiatedAt.getTime())?.has(key) === true;
  });
}

/** Fewer rows are not worth packing. */
const PACKED_MIN = 5;

const cursorPatterns = [storedTime, new RegExp(v1.operationIdPattern)];

async function listOpenRows(
  services: Services,
  place: LegPlace,
  body: Bodies["reconciliation/rows"],
): Promise<RowsAnswer> {
  const keys = readCursor(body.cursor, cursorPatterns, "/cursor");
  const after = keys && { initiatedAt: new Date(keys[0] ?? ""), operationId: keys[1] ?? "" };
  const rows = await services.summaries.rows.listOpen(place, windowOf(body), after, rowsMax + 1);
  const page = rows.slice(0, rowsMax);
  const last = page.at(-1);
  const next =
    rows.length > rowsMax && last !== undefined
      ? writeCursor([last.initiatedAt.toISOString(), last.operationId])
      : null;
  return { rows: page.map(viewRow), next_cursor: next };
}

export const tellRows: PartnerHandler<Bodies["reconciliation/rows"]> = async (call, services) => {
  const { body } = call;
  const place = placeOf(call);
  if (body.open === true) return { status: 200, body: { ...(await listOpenRows(services, place, body)) } };
  const found = new Map<string, LegRow>();
  const keep = (rows: readonly LegRow[]) => {
    for (const row of rows) found.set(row.operationId, row);
  };
  if (body.keys !== undefined) {
    const leg = body.key_version === undefined ? undefined : await findLeg(services, place, body.key_version);
    if (leg === undefined) return refuseKey(body.key_version ?? 0);
    keep(await findByKeys(services, leg, readKeys(body.keys)));
  }
  const places = (body.operation_ids ?? []).map((operationId) => ({ operationId, initiatedAt: [] }));
  if (places.length > 0) keep(await services.summaries.localLeg(place).readRows(places));
  const rows = [...found.values()].map(viewRow);
  const isPacked = body.packed === true && rows.length >= PACKED_MIN;
  const answer: RowsAnswer = { ...(isPacked ? { packed: packRows(rows) } : { rows }), next_cursor: null };
  return { status: 200, body: { ...answer } };
};
