// The members' accounts of one of the sandbox's systems, as the API lists them.
import type { Client } from "@pointbridge/sdk";
import type { SandboxSystem } from "./sandbox-world.ts";

export interface MemberAccount {
  readonly accountId: string;
  readonly available: bigint;
  readonly frozen: bigint;
}

/** Accounts by user id. */
export type MemberAccounts = ReadonlyMap<string, MemberAccount>;

/** The accounts of all members of a system, those of earlier runs and visitors included. */
export async function readAccounts(client: Client, system: SandboxSystem): Promise<MemberAccounts> {
  const accounts = new Map<string, MemberAccount>();
  for await (const account of client.accounts.list({ system_id: system.systemId, limit: 1000 })) {
    if (account.credit_type_id !== system.creditTypeId) continue;
    const { account_id: accountId, user_id: userId, available, frozen } = account;
    accounts.set(userId, { accountId, available, frozen });
  }
  return accounts;
}
