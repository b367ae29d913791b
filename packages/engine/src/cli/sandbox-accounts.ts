// The members' accounts of one of the sandbox's systems, as the API lists them.
import type { v1 } from "@pointbridge/protocol";
import type { SandboxClient } from "./sandbox-client.ts";
import type { SandboxSystem } from "./sandbox-world.ts";

export interface MemberAccount {
  readonly accountId: string;
  readonly available: bigint;
  readonly frozen: bigint;
}

/** Accounts by user id. */
export type MemberAccounts = ReadonlyMap<string, MemberAccount>;

/** The accounts of all members of a system, those of earlier runs and visitors included. */
export async function readAccounts(client: SandboxClient, system: SandboxSystem): Promise<MemberAccounts> {
  const accounts = new Map<string, MemberAccount>();
  for (let cursor: string | null = ""; cursor !== null; ) {
    const after = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: v1.Account[]; next_cursor: string | null } = await client.get(
      `/v1/accounts?system_id=${system.systemId}&limit=1000${after}`,
    );
    for (const item of page.items) {
      if (item.credit_type_id !== system.creditTypeId) continue;
      const { account_id: accountId, available, frozen } = item;
      accounts.set(item.user_id, { accountId, available: BigInt(available), frozen: BigInt(frozen) });
    }
    cursor = page.next_cursor;
  }
  return accounts;
}
