// Legs as sums are kept of them: whose rows, under whose secret.
import { randomBytes } from "node:crypto";
import { type Leg, type LegKind, RecordHash, secretBytes } from "@pointbridge/protocol/pxp";
import type { Transaction } from "../database/index.ts";
import { partnerOperationPrefix } from "../domain/index.ts";
import { type MasterKey, rewrap, unwrap, wrap } from "../system/index.ts";
import { calledSystemOf, type LegView } from "./local-leg.ts";
import { type LegRole, type RecordStatements, recordStatements } from "./record-queries.ts";
import * as queries from "./summary-queries.ts";

/** Whose comparisons it serves: ours, or those of the partner's node that handed us the secret. */
export type SecretOwner = "ours" | "theirs";

export interface LegPlace {
  readonly owner: SecretOwner;
  readonly role: LegRole;
  /** The partner's. */
  readonly nodeId: string;
  readonly leg: Leg;
}

export interface SummaryLeg extends LegPlace {
  readonly legNo: number;
  readonly keyVersion: number;
  readonly secret: Uint8Array;
  readonly isAgreed: boolean;
  /** Records from this time on are in the sums; undefined where none are kept. */
  readonly frontier: Date | undefined;
  readonly statements: RecordStatements;
  /** What ids begin with as they are stored. */
  readonly idPrefix: string;
}

interface LegRow {
  readonly leg_no: number;
  readonly owner: SecretOwner;
  readonly role: LegRole;
  readonly node_id: string;
  readonly kind: LegKind;
  readonly source_system: string;
  readonly target_system: string;
  readonly key_version: number;
  readonly secret: string;
  readonly is_wrapped: boolean;
  readonly agreed_at: Date | null;
  readonly frontier: Date | null;
}

export function hashOf(leg: SummaryLeg): RecordHash {
  return new RecordHash(leg.secret, leg.leg);
}

export function viewOf({ role, nodeId }: Pick<LegPlace, "role" | "nodeId">): LegView {
  return role === "hub" ? { role } : { role, nodeId };
}

export function idPrefixOf({ role, nodeId, leg }: Pick<LegPlace, "role" | "nodeId" | "leg">): string {
  if (role === "hub") return "";
  return partnerOperationPrefix(leg.kind === "credits" ? "credit" : "hold", nodeId, calledSystemOf(leg));
}

function placeParameters({ owner, role, nodeId, leg }: LegPlace): string[] {
  return [owner, role, nodeId, leg.kind, leg.sourceSystem, leg.targetSystem];
}

function placeOf(row: LegRow): LegPlace {
  const leg: Leg = { kind: row.kind, sourceSystem: row.source_system, targetSystem: row.target_system };
  return { owner: row.owner, role: row.role, nodeId: row.node_id, leg };
}

/** The secrets of legs, wrapped with the master key where the node has one. */
export class LegSecrets {
  readonly #masterKey: MasterKey | undefined;

  constructor(masterKey: MasterKey | undefined) {
    this.#masterKey = masterKey;
  }

  #labelOf(place: LegPlace, keyVersion: number): string {
    return `the reconciliation secret ${JSON.stringify([...placeParameters(place), keyVersion])}`;
  }

  /** Wraps with the present master key what lies plain or under the one before. */
  async wrapAll(transaction: Transaction): Promise<void> {
    for (const row of await transaction.query<LegRow>(queries.listLegs)) {
      const label = this.#labelOf(placeOf(row), row.key_version);
      const wrapped = rewrap(this.#masterKey, label, { text: row.secret, isWrapped: row.is_wrapped });
      if (wrapped !== undefined) await transaction.query(queries.wrapLeg, [row.leg_no, wrapped]);
    }
  }

  toLeg(row: LegRow): SummaryLeg {
    const place = placeOf(row);
    const text = row.is_wrapped
      ? unwrap(this.#masterKey, this.#labelOf(place, row.key_version), row.secret)
      : row.secret;
    return {
      ...place,
      legNo: row.leg_no,
      keyVersion: row.key_version,
      secret: Buffer.from(text, "base64url"),
      isAgreed: row.agreed_at !== null,
      frontier: row.frontier ?? undefined,
      statements: recordStatements[row.role][row.kind],
      idPrefix: idPrefixOf(place),
    };
  }

  /** Newest secret first. */
  async findLegs(transaction: Transaction, place: LegPlace): Promise<SummaryLeg[]> {
    const rows = await transaction.query<LegRow>(queries.findLegs, placeParameters(place));
    return rows.map((row) => this.toLeg(row));
  }

  async listFolded(transaction: Transaction): Promise<SummaryLeg[]> {
    const rows = await transaction.query<LegRow>(queries.listFoldedLegs);
    return rows.map((row) => this.toLeg(row));
  }

  async lock(transaction: Transaction, legNo: number): Promise<SummaryLeg | undefined> {
    const [row] = await transaction.query<LegRow>(queries.lockLeg, [legNo]);
    return row === undefined ? undefined : this.toLeg(row);
  }

  /** Stores a secret, unless its version is there: whoever was first decides what it is. */
  async insert(
    transaction: Transaction,
    place: LegPlace,
    keyVersion: number,
    secret: Uint8Array,
  ): Promise<void> {
    const text = Buffer.from(secret).toString("base64url");
    const masterKey = this.#masterKey;
    const stored = masterKey === undefined ? text : wrap(masterKey, this.#labelOf(place, keyVersion), text);
    await transaction.query(queries.insertLeg, [
      ...placeParameters(place),
      keyVersion,
      stored,
      masterKey !== undefined,
    ]);
  }

  /** The leg under the newest secret of ours; makes the first one. */
  async openOwn(transaction: Transaction, place: LegPlace): Promise<SummaryLeg> {
    const [known] = await this.findLegs(transaction, place);
    if (known !== undefined) return known;
    await this.insert(transaction, place, 1, randomBytes(secretBytes));
    const [made] = await this.findLegs(transaction, place);
    if (made === undefined) throw new Error("a secret was stored and is not there");
    return made;
  }

  /** Makes a new secret; sums under it are begun anew, those under the one before are kept until it is used. */
  async rotate(transaction: Transaction, place: LegPlace): Promise<SummaryLeg> {
    const standing = await this.openOwn(transaction, place);
    await this.insert(transaction, place, standing.keyVersion + 1, randomBytes(secretBytes));
    return this.openOwn(transaction, place);
  }
}
