// Accounts: get or create, GET, list, entries.
import { v1 } from "@pointbridge/protocol";
import { getCreditType, getSystem } from "../catalog/index.ts";
import { runRetried, type Transaction } from "../database/index.ts";
import { type AccountOwner, writtenOperationId } from "../domain/index.ts";
import {
  type Account,
  type Entry,
  findAccount,
  listAccounts,
  listEntries,
  openAccount,
} from "../ledger/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import type { Caller } from "./principal.ts";
import { HttpError, notFound } from "./problem.ts";
import { mayReadOf } from "./reach.ts";
import { defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Accounts";
const params = v1.closed("AccountPath", "Which account.", { account_id: v1.accountId });
const id = new RegExp(v1.catalogIdPattern);
const user = new RegExp(v1.userIdPattern, "u");
const line = /^[1-9][0-9]{0,14}$/;

function viewAccount(account: Account): v1.Account {
  return {
    account_id: account.accountId,
    system_id: account.systemId,
    user_id: account.userId,
    credit_type_id: account.creditTypeId,
    available: String(account.available),
    frozen: String(account.frozen),
  };
}

function viewEntry(account: Account, entry: Entry): v1.Entry {
  return {
    transaction_id: `${account.accountId}.${entry.version}`,
    entry: entry.entry as v1.Entry["entry"],
    amount: String(entry.amount),
    available_after: String(entry.availableAfter),
    frozen_after: String(entry.frozenAfter),
    operation_id: writtenOperationId(entry.operationId),
    created_at: entry.createdAt.toISOString(),
  };
}

async function requireOwner(transaction: Transaction, owner: AccountOwner): Promise<void> {
  const { systemId, creditTypeId } = owner;
  const system = await getSystem(transaction, systemId);
  if (system === undefined) throw new HttpError("system_not_found", `no system has the id ${systemId}`);
  if (system.kind === "remote") {
    throw new HttpError("system_not_hosted", `the accounts of ${systemId} are kept by a partner's node`);
  }
  if ((await getCreditType(transaction, systemId, creditTypeId)) === undefined) {
    throw new HttpError("credit_type_not_found", `system ${systemId} has no credit type ${creditTypeId}`);
  }
}

async function requireAccount(
  transaction: Transaction,
  services: Services,
  accountId: string,
  principal: Caller,
): Promise<Account> {
  const account = await findAccount(transaction, services.shardCount, accountId);
  if (account === undefined || !mayReadOf(principal, account.systemId))
    throw notFound("account_not_found", `no account has the id ${accountId}`);
  return account;
}

const openRoute = defineRoute({
  method: "POST",
  path: "/v1/accounts",
  name: "openAccount",
  tag,
  summary: "Get or open an account",
  permission: "open_accounts",
  body: v1.accountInput,
  answers: {
    200: { description: "It stood.", schema: v1.account },
    201: { description: "Opened, empty.", schema: v1.account },
  },
  errors: ["system_not_found", "system_not_hosted", "credit_type_not_found"],
  async handle({ body }, services) {
    const owner = { systemId: body.system_id, userId: body.user_id, creditTypeId: body.credit_type_id };
    const { account, created } = await runRetried(services.database, async (transaction) => {
      await requireOwner(transaction, owner);
      return openAccount(transaction, services.shardCount, owner);
    });
    return { status: created ? 201 : 200, body: viewAccount(account) };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/accounts/{account_id}",
  name: "getAccount",
  tag,
  summary: "Read an account",
  permission: "read",
  reach: "found",
  params,
  answers: { 200: { description: "The account.", schema: v1.account } },
  errors: ["account_not_found"],
  async handle({ params: { account_id: accountId }, principal }, services) {
    const account = await services.database.transaction((transaction) =>
      requireAccount(transaction, services, accountId, principal),
    );
    return { status: 200, body: viewAccount(account) };
  },
});

const listRoute = defineRoute({
  method: "GET",
  path: "/v1/accounts",
  name: "listAccounts",
  tag,
  summary: "List members' accounts",
  permission: "read",
  reach: ({ query }) => [[query.system_id]],
  query: v1.accountQuery,
  answers: {
    200: {
      description: "Accounts in code-point order of system, user and credit type.",
      schema: v1.accountPage,
    },
  },
  async handle({ query }, services) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const [systemId, userId, creditTypeId] = readCursor(query.cursor, [id, user, id]) ?? [];
    const isNext = systemId !== undefined && userId !== undefined && creditTypeId !== undefined;
    const found = await services.database.transaction((transaction) =>
      listAccounts(transaction, services.shardCount, {
        systemId: query.system_id,
        userId: query.user_id,
        limit: limit + 1,
        after: isNext ? { systemId, userId, creditTypeId } : undefined,
      }),
    );
    const keysOf = (account: Account) => [account.systemId, account.userId, account.creditTypeId];
    return { status: 200, body: toPage(found, limit, viewAccount, keysOf) };
  },
});

const entriesRoute = defineRoute({
  method: "GET",
  path: "/v1/accounts/{account_id}/entries",
  name: "listEntries",
  tag,
  summary: "Read an account's statement",
  permission: "read",
  reach: "found",
  params,
  query: v1.pageOnlyQuery,
  answers: { 200: { description: "Entries, newest first.", schema: v1.entryPage } },
  errors: ["account_not_found"],
  async handle({ params: { account_id: accountId }, query, principal }, services) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const [before] = readCursor(query.cursor, [line]) ?? [];
    const { account, found } = await services.database.transaction(async (transaction) => {
      const account = await requireAccount(transaction, services, accountId, principal);
      const page = { limit: limit + 1, before: before === undefined ? undefined : Number(before) };
      return { account, found: await listEntries(transaction, account, page) };
    });
    const view = (entry: Entry) => viewEntry(account, entry);
    return { status: 200, body: toPage(found, limit, view, (entry) => [String(entry.version)]) };
  },
});

export const accountRoutes: readonly Route[] = [openRoute, getRoute, listRoute, entriesRoute];
