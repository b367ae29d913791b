// Who an account belongs to, its public id, and the shard in which it and an operation live.
import { hash } from "node:crypto";

export interface AccountOwner {
  readonly systemId: string;
  readonly userId: string;
  readonly creditTypeId: string;
}

/** The public id of an account: `CS:` and the SHA-256 of `{user}:{system}:{credit type}` in hex. */
export function accountIdOf(owner: AccountOwner): string {
  return `CS:${hash("sha256", `${owner.userId}:${owner.systemId}:${owner.creditTypeId}`, "hex")}`;
}

/** The shard of whatever is placed by a text: a user id for accounts and mappings, an id for operations. */
export function shardOf(text: string, shardCount: number): number {
  if (shardCount === 1) return 1;
  const digest = hash("sha256", text, "hex");
  return (Number.parseInt(digest.slice(0, 8), 16) % shardCount) + 1;
}
