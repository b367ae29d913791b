// Links: the agreements that points may go from one system to another.
import type { Database, Transaction } from "../database/index.ts";
import { changeCatalog, type PutOutcome, type WhenAbsent } from "./catalog-state.ts";
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
}

export interface Link extends LinkKey {
  readonly userMapping: "same_id" | "mapped";
  readonly autoProvision: boolean;
  readonly enabled: boolean;
  readonly allowGainingCycles: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface LinkRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly user_mapping: "same_id" | "mapped";
  readonly auto_provision: boolean;
  readonly enabled: boolean;
  readonly allow_gaining_cycles: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function toLink(row: LinkRow): Link {
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    userMapping: row.user_mapping,
    autoProvision: row.auto_provision,
    enabled: row.enabled,
    allowGainingCycles: row.allow_gaining_cycles,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/**
 * Creates a link or changes it to what is given. That source and target differ is a matter of form, which
 * the caller has checked.
 * @throws AppError system_not_found
 */
export async function putLink(
  database: Database,
  input: LinkInput,
  whenAbsent: WhenAbsent = "default",
): Promise<{ link: Link; outcome: PutOutcome }> {
  const { sourceSystem, targetSystem, userMapping } = input;
  return changeCatalog(database, async (transaction) => {
    await requireSystems(transaction, sourceSystem, targetSystem);
    const standing = await getLink(transaction, input);
    const absent = whenAbsent === "kept" ? standing : undefined;
    const autoProvision = input.autoProvision ?? absent?.autoProvision ?? false;
    const enabled = input.enabled ?? absent?.enabled ?? true;
    const allowGainingCycles = input.allowGainingCycles ?? absent?.allowGainingCycles ?? false;
    const isSame =
      standing?.userMapping === userMapping &&
      standing.autoProvision === autoProvision &&
      standing.enabled === enabled &&
      standing.allowGainingCycles === allowGainingCycles;
    if (standing !== undefined && isSame) return { link: standing, outcome: "unchanged" };
    const parameters = [sourceSystem, targetSystem, userMapping, autoProvision, enabled, allowGainingCycles];
    const [row] = await transaction.query<LinkRow>(queries.putLink, parameters);
    if (row === undefined)
      throw new Error(`the link from ${sourceSystem} to ${targetSystem} was not written`);
    return { link: toLink(row), outcome: standing === undefined ? "created" : "changed" };
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
