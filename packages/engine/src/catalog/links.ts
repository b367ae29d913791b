// Links: the agreements that points may go from one system to another, and how much their rates may change alone.
//
// L1  A guard that leaves one person less is in force at once; one that leaves more waits for a second person,
//     since otherwise whoever may set rates alone could set any. It is in force only when that person agrees:
//     `link-change.ts`.
// L2  A guard that is left out stays as it is, so that nobody loosens or tightens it without meaning to.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import { defaultRateGuard, isLooser, type RateGuard, strictest } from "../domain/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import { changeCatalog, type PutOutcome, type WhenAbsent } from "./catalog-state.ts";
import { findWaitingLoosening, LOOSENING_WAITS_MS } from "./link-change.ts";
import * as queries from "./queries.ts";
import { requireSystems } from "./systems.ts";

export interface LinkKey {
  readonly sourceSystem: string;
  readonly targetSystem: string;
}

export interface LinkInput extends LinkKey {
  readonly userMapping: "same_id" | "mapped";
  /** False where absent. */
  readonly autoProvision?: boolean | undefined;
  /** True where absent. */
  readonly enabled?: boolean | undefined;
  /** False where absent. */
  readonly allowGainingCycles?: boolean | undefined;
  /** As it is where absent (L2). */
  readonly rateChangeLimitPercent?: string | undefined;
  readonly rateChangeWindowMs?: number | undefined;
}

export interface Link extends LinkKey {
  readonly userMapping: "same_id" | "mapped";
  readonly autoProvision: boolean;
  readonly enabled: boolean;
  readonly allowGainingCycles: boolean;
  readonly rateGuard: RateGuard;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface LinkRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly user_mapping: "same_id" | "mapped";
  readonly auto_provision: boolean;
  readonly enabled: boolean;
  readonly allow_gaining_cycles: boolean;
  readonly rate_change_limit_percent: string | null;
  readonly rate_change_window_ms: bigint | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function toLink(row: LinkRow): Link {
  const { rate_change_limit_percent: limit, rate_change_window_ms: windowMs } = row;
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    userMapping: row.user_mapping,
    autoProvision: row.auto_provision,
    enabled: row.enabled,
    allowGainingCycles: row.allow_gaining_cycles,
    rateGuard: {
      limitPercent: limit ?? defaultRateGuard.limitPercent,
      windowMs: windowMs === null ? defaultRateGuard.windowMs : Number(windowMs),
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** As statements take it; a link with the usual guard follows the usual one. */
export function linkParameters(link: Omit<Link, "createdAt" | "updatedAt">) {
  const { limitPercent, windowMs } = link.rateGuard;
  return [
    link.sourceSystem,
    link.targetSystem,
    link.userMapping,
    link.autoProvision,
    link.enabled,
    link.allowGainingCycles,
    limitPercent === defaultRateGuard.limitPercent ? null : limitPercent,
    windowMs === defaultRateGuard.windowMs ? null : windowMs,
  ] as const;
}

type Fields = Readonly<Record<string, unknown>>;

function guardFields({ limitPercent, windowMs }: RateGuard): Fields {
  return { rate_change_limit_percent: limitPercent, rate_change_window_ms: windowMs };
}

function fieldsOf(link: Omit<Link, "createdAt" | "updatedAt">): Fields {
  return {
    user_mapping: link.userMapping,
    auto_provision: link.autoProvision,
    enabled: link.enabled,
    allow_gaining_cycles: link.allowGainingCycles,
    ...guardFields(link.rateGuard),
  };
}

function changeOf({ sourceSystem, targetSystem }: LinkKey) {
  return {
    kind: "link_change",
    subject: { source_system: sourceSystem, target_system: targetSystem },
    sourceSystem,
    targetSystem,
  } as const;
}

export interface PutLink {
  readonly link: Link;
  readonly outcome: PutOutcome;
  /** The operation under which a looser guard waits for a second person (L1). */
  readonly waitingOperationId: string | undefined;
}

export interface PutLinkOptions {
  readonly whenAbsent?: WhenAbsent;
  /** Refuses a looser guard instead of letting it wait, as files do. */
  readonly mustComplete?: boolean;
  readonly by?: LoggedBy | undefined;
}

export function loosenedGuard({ sourceSystem, targetSystem }: LinkKey): AppError {
  const detail = `letting the rates from ${sourceSystem} to ${targetSystem} change further alone needs another person's approval: ask for it by itself, with PUT /v1/links`;
  return new AppError("approval_required", detail);
}

/** L1: logs a looser guard as waiting, once; answers under which operation. */
async function letWait(
  transaction: Transaction,
  key: LinkKey,
  guards: { readonly inForce: RateGuard; readonly wanted: RateGuard },
  { mustComplete = false, by }: PutLinkOptions,
): Promise<string | undefined> {
  if (!isLooser(guards.wanted, guards.inForce)) return undefined;
  if (mustComplete || by === undefined) throw loosenedGuard(key);
  const standing = await findWaitingLoosening(transaction, by.shardCount, key, guards);
  if (standing !== undefined) return standing;
  const operationId = newOperationId();
  const change: AdminChange = {
    ...changeOf(key),
    operationId,
    action: "changed",
    old: guardFields(guards.inForce),
    new: guardFields(guards.wanted),
    waitsMs: LOOSENING_WAITS_MS,
  };
  await logAdminChanges(transaction, by, [change]);
  return operationId;
}

/** What the link is to be but for a looser guard, and the guard that was asked for. */
function judgeInput(input: LinkInput, standing: Link | undefined, whenAbsent: WhenAbsent) {
  const absent = whenAbsent === "kept" ? standing : undefined;
  const inForce = standing?.rateGuard ?? defaultRateGuard;
  const wanted = {
    limitPercent: input.rateChangeLimitPercent ?? inForce.limitPercent,
    windowMs: input.rateChangeWindowMs ?? inForce.windowMs,
  };
  const link = {
    sourceSystem: input.sourceSystem,
    targetSystem: input.targetSystem,
    userMapping: input.userMapping,
    autoProvision: input.autoProvision ?? absent?.autoProvision ?? false,
    enabled: input.enabled ?? absent?.enabled ?? true,
    allowGainingCycles: input.allowGainingCycles ?? absent?.allowGainingCycles ?? false,
    rateGuard: strictest(inForce, wanted),
  };
  return { link, wanted };
}

/**
 * Creates a link or changes it to what is given. That source and target differ is a matter of form, which
 * the caller has checked.
 * @throws AppError system_not_found, approval_required
 */
export async function putLink(
  database: Database,
  input: LinkInput,
  options: PutLinkOptions = {},
): Promise<PutLink> {
  const { whenAbsent = "default", by } = options;
  return changeCatalog(database, async (transaction) => {
    await requireSystems(transaction, input.sourceSystem, input.targetSystem);
    const standing = await getLink(transaction, input);
    const { link: wantedLink, wanted } = judgeInput(input, standing, whenAbsent);
    const guards = { inForce: wantedLink.rateGuard, wanted };
    const waitingOperationId = await letWait(transaction, input, guards, options);
    const parameters = linkParameters(wantedLink);
    const isSame = standing && linkParameters(standing).every((value, index) => value === parameters[index]);
    if (standing !== undefined && isSame === true) {
      return { link: standing, outcome: "unchanged", waitingOperationId };
    }
    const [row] = await transaction.query<LinkRow>(queries.putLink, parameters);
    if (row === undefined)
      throw new Error(`the link from ${input.sourceSystem} to ${input.targetSystem} was not written`);
    const link = toLink(row);
    const outcome = standing === undefined ? "created" : "changed";
    if (by !== undefined) {
      const fields = { old: standing && fieldsOf(standing), new: fieldsOf(link) };
      await logAdminChanges(transaction, by, [{ ...changeOf(input), action: outcome, ...fields }]);
    }
    return { link, outcome, waitingOperationId };
  });
}

export async function getLink(transaction: Transaction, key: LinkKey): Promise<Link | undefined> {
  const [row] = await transaction.query<LinkRow>(queries.findLink, [key.sourceSystem, key.targetSystem]);
  return row === undefined ? undefined : toLink(row);
}

/** In code-point order of source and target. */
export async function listLinks(
  transaction: Transaction,
  filter: {
    readonly sourceSystem?: string | undefined;
    readonly targetSystem?: string | undefined;
    readonly limit: number;
    /** The last one of the page before. */
    readonly after?: LinkKey | undefined;
  },
): Promise<Link[]> {
  const { sourceSystem, targetSystem, after, limit } = filter;
  const rows = await transaction.query<LinkRow>(queries.listLinks, [
    sourceSystem ?? null,
    targetSystem ?? null,
    after?.sourceSystem ?? null,
    after?.targetSystem ?? null,
    limit,
  ]);
  return rows.map(toLink);
}
