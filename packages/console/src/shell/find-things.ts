// What an id may be: asked of the node in every way at once; what is not there is no error.
import { type Operation, PointbridgeError } from "@pointbridge/sdk";
import { client } from "../api/index.ts";
import type { TextKey } from "../i18n/index.ts";

export interface Found {
  readonly kind: TextKey;
  readonly id: string;
  readonly detail: string;
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string>>;
}

async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    // Not there, not an id of that kind, or not for this role.
    if (error instanceof PointbridgeError && error.status < 500) return undefined;
    throw error;
  }
}

const operationId = /^(pxp\/(credit|hold)\/[^/]+\/[^/]+\/)?[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

function describeOperation(operation: Operation): Found {
  const route = [operation.source_system, operation.target_system].filter(Boolean).join(" → ");
  const detail = [route, operation.user_id, operation.state].filter(Boolean).join(" · ");
  const id = operation.operation_id;
  if (operation.type === "cross_system_exchange") {
    return {
      kind: "shell.foundExchange",
      id,
      detail,
      to: "/exchanges/$operationId",
      params: { operationId: id },
    };
  }
  if (operation.type === "cross_system_reconciliation") {
    const params = { reconciliationId: id };
    return {
      kind: "shell.foundReconciliation",
      id,
      detail,
      to: "/reconciliations/$reconciliationId",
      params,
    };
  }
  if (operation.type === "exchange_rate_update") {
    return { kind: "shell.foundRateChange", id, detail, to: "/rates", search: { change: id } };
  }
  return { kind: "shell.foundOperation", id, detail, to: "/log", search: { operation: id } };
}

async function findOperation(text: string, signal: AbortSignal): Promise<Found[]> {
  if (!operationId.test(text)) return [];
  const operation = await orNothing(client.operations.get(text, { signal }));
  return operation === undefined ? [] : [describeOperation(operation)];
}

async function findMember(text: string, signal: AbortSignal): Promise<Found[]> {
  const page = await orNothing(client.accounts.list({ user_id: text, limit: 20 }, { signal }).page());
  if (page === undefined || page.items.length === 0) return [];
  const systems = [...new Set(page.items.map((account) => account.system_id))].join(", ");
  return [{ kind: "shell.foundMember", id: text, detail: systems, to: "/members", search: { user: text } }];
}

async function findAccount(text: string, signal: AbortSignal): Promise<Found[]> {
  if (!/^CS:[0-9a-f]{64}$/.test(text)) return [];
  const account = await orNothing(client.accounts.get(text, { signal }));
  if (account === undefined) return [];
  const search = { user: account.user_id, account: text };
  const detail = `${account.user_id} · ${account.system_id} · ${account.credit_type_id}`;
  return [{ kind: "shell.foundAccount", id: text, detail, to: "/members", search }];
}

async function findQuote(text: string, signal: AbortSignal): Promise<Found[]> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/.test(text)) return [];
  const quote = await orNothing(client.quotes.get(text, { signal }));
  if (quote === undefined) return [];
  const detail = `${quote.source_system} → ${quote.target_system} · ${quote.user_id}`;
  const used = quote.used_by;
  if (used === null)
    return [{ kind: "shell.foundQuote", id: text, detail, to: "/rates", search: { quote: text } }];
  return [
    {
      kind: "shell.foundQuote",
      id: text,
      detail,
      to: "/exchanges/$operationId",
      params: { operationId: used },
    },
  ];
}

async function findSystem(text: string, signal: AbortSignal): Promise<Found[]> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return [];
  const system = await orNothing(client.systems.get(text, { signal }));
  if (system === undefined) return [];
  return [
    {
      kind: "shell.foundSystem",
      id: text,
      detail: system.name,
      to: "/systems/$systemId",
      params: { systemId: text },
    },
  ];
}

async function findInconsistency(text: string, signal: AbortSignal): Promise<Found[]> {
  if (!/^[a-z_]{1,32}:[A-Za-z0-9]/.test(text)) return [];
  const found = await orNothing(client.inconsistencies.get(text, { signal }));
  if (found === undefined) return [];
  return [
    {
      kind: "shell.foundInconsistency",
      id: text,
      detail: found.type,
      to: "/inconsistencies",
      search: { id: text },
    },
  ];
}

const ways = [findOperation, findMember, findAccount, findQuote, findSystem, findInconsistency];

export async function findThings(text: string, signal: AbortSignal): Promise<Found[]> {
  const found = await Promise.all(ways.map((find) => find(text, signal)));
  return found.flat();
}
