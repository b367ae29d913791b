// One node with something of everything in it, and everybody who may call it: each role, for systems of its own and
// for a system that nothing here is of, and partners with registered, withdrawn and unknown keys.
import type { Role } from "../../src/api-keys/index.ts";
import { openTestNode, seedNode, type TestNode, testPartnerSetup } from "../http/test-node.ts";
import { TestPartner } from "../http/test-partner.ts";

/** The systems that what is in the node is of; services and partners of `inn` are strangers to all of it. */
export const ownSystems = ["shop", "club"] as const;
export const foreignSystem = "inn";

export interface Caller {
  readonly name: string;
  /** Null: nobody that the node knows. */
  readonly role: Role | null;
  /** Of a role that is for some systems only: whether they are those of what is in the node. */
  readonly scope: "all" | "own" | "foreign";
  readonly headers: Readonly<Record<string, string>>;
}

/** Ids of what is in the node, by the name that they have in addresses. */
export const things = {
  exchange: "x-1",
  credit: "seed",
  debit: "debit-1",
  hold: "hold-1",
  rateChange: "rate-2",
  limit: "limit-1",
  webhook: "hook-1",
  mappedUser: "u1",
} as const;

export const publicUrl = "https://points.example";

export interface SecurityWorld {
  readonly node: TestNode;
  readonly callers: readonly Caller[];
  /** Speaks for airline and lounge. */
  readonly airline: TestPartner;
  /** Speaks for inn. */
  readonly inn: TestPartner;
  /** A key that airline's node had once. */
  readonly withdrawn: TestPartner;
  readonly stranger: TestPartner;
  readonly quoteId: string;
  readonly accountId: string;
  readonly reconciliationId: string;
}

export const initiatedAt = "2026-11-23T09:30:00.000Z";

/** A credit of airline's to the shop. */
export function creditCall(operationId: string, fields: object = {}): object {
  return {
    operation_id: operationId,
    source_system: "airline",
    target_system: "shop",
    user_id: "u1",
    credit_type_id: "coin",
    amount: "5",
    source_credit_type: "mile",
    source_amount: "5",
    exchange_rate: "1",
    initiated_at: initiatedAt,
    ...fields,
  };
}

/** A hold of points of the shop's, for an exchange to airline. */
export function holdCall(operationId: string, fields: object = {}): object {
  return {
    operation_id: operationId,
    source_system: "shop",
    target_system: "airline",
    user_id: "u1",
    credit_type_id: "coin",
    amount: "2",
    initiated_at: initiatedAt,
    ...fields,
  };
}

async function done(node: TestNode, method: string, url: string, body: object) {
  const answer = await node.call(method, url, { body });
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.text}`);
  return answer.body;
}

async function putPartners(node: TestNode, airline: TestPartner, inn: TestPartner, withdrawn: TestPartner) {
  const remote = { kind: "remote", base_url: "http://127.0.0.1:9" };
  const speaks_for = ["lounge"];
  const first = { name: "airline", ...remote, keys: withdrawn.keys, speaks_for };
  await done(node, "PUT", "/v1/systems/airline", first);
  await done(node, "PUT", "/v1/systems/airline", { ...first, keys: airline.keys });
  await done(node, "PUT", "/v1/systems/inn", { name: "inn", ...remote, keys: inn.keys });
  await done(node, "PUT", "/v1/systems/airline/credit-types/mile", { name: "mile" });
  for (const [from, to] of [
    ["airline", "shop"],
    ["shop", "airline"],
  ] as const) {
    const route = { source_system: from, target_system: to };
    await done(node, "PUT", "/v1/links", { ...route, user_mapping: "same_id" });
    const [source_credit_type, target_credit_type] =
      from === "shop" ? (["coin", "mile"] as const) : (["mile", "coin"] as const);
    await done(node, "PUT", "/v1/rates", { ...route, source_credit_type, target_credit_type, rate: "1" });
  }
}

async function putThings(node: TestNode) {
  const route = {
    source_system: "shop",
    target_system: "club",
    source_credit_type: "coin",
    target_credit_type: "star",
  };
  const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: "10" };
  const exchange = { ...route, user_id: "u1", amount: "100" };
  await done(node, "POST", "/v1/exchanges", { ...exchange, operation_id: things.exchange });
  await done(node, "POST", "/v1/debits", { ...account, operation_id: things.debit });
  await done(node, "POST", "/v1/holds", { ...account, operation_id: things.hold });
  const proposal = { ...route, rate: "0.5", operation_id: things.rateChange };
  await done(node, "PUT", "/v1/rates", proposal);
  await done(node, "PUT", `/v1/limits/${things.limit}`, {
    side: "source",
    source_system: "shop",
    credit_type_id: "coin",
    measure: "day_amount",
    bound: "1000000",
  });
  await done(node, "PUT", "/v1/users", { system_id: "shop", user_id: "u1", username: "Li" });
  await done(node, "PUT", "/v1/mappings", {
    source_system: "shop",
    source_user_id: "u1",
    target_system: "club",
    target_user_id: "c1",
  });
  const quote = await done(node, "POST", "/v1/quotes", exchange);
  const opened = await done(node, "POST", "/v1/accounts", {
    system_id: "shop",
    user_id: "u1",
    credit_type_id: "coin",
  });
  const window = { start_time: "2026-01-01T00:00:00.000Z", end_time: "2026-01-02T00:00:00.000Z" };
  const systems = { source_system: "shop", target_system: "club" };
  const run = await done(node, "POST", "/v1/reconciliations", { ...systems, ...window });
  return {
    quoteId: String(quote["quote_id"]),
    accountId: String(opened["account_id"]),
    reconciliationId: String(run["reconciliation_id"]),
  };
}

async function makeKey(node: TestNode, name: string, fields: object): Promise<{ key: string; id: string }> {
  const made = await done(node, "POST", "/v1/api-keys", { name, principal: name, ...fields });
  return { key: String(made["api_key"]), id: String(made["api_key_id"]) };
}

function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

async function nobodies(node: TestNode): Promise<Caller[]> {
  const revoked = await makeKey(node, "revoked", { role: "administrator" });
  await node.call("DELETE", `/v1/api-keys/${revoked.id}`);
  const expired = await makeKey(node, "expired", {
    role: "administrator",
    expires_at: "2020-01-01T00:00:00Z",
  });
  const cookie = "pointbridge_session_4100=AAAA; pointbridge_session=AAAA";
  const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    nobody: {},
    "an unknown key": bearer("pb_unknown"),
    "a revoked key": bearer(revoked.key),
    "an expired key": bearer(expired.key),
    "a key in another scheme": { authorization: "Basic dGVzdC1rZXk6" },
    "a session that is none": { cookie, "x-pointbridge-console": "1", origin: publicUrl },
  };
  return Object.entries(headers).map(([name, sent]) => ({ name, role: null, scope: "all", headers: sent }));
}

async function everybody(node: TestNode): Promise<Caller[]> {
  const callers = await nobodies(node);
  for (const role of ["viewer", "operator", "approver", "administrator"] as const) {
    const { key } = await makeKey(node, role, { role });
    callers.push({ name: role, role, scope: "all", headers: bearer(key) });
  }
  for (const role of ["service", "partner"] as const) {
    const own = await makeKey(node, `${role}-own`, { role, systems: ownSystems });
    callers.push({ name: `${role} of its own systems`, role, scope: "own", headers: bearer(own.key) });
    const foreign = await makeKey(node, `${role}-foreign`, { role, systems: [foreignSystem] });
    const name = `${role} of another system`;
    callers.push({ name, role, scope: "foreign", headers: bearer(foreign.key) });
  }
  return callers;
}

/** The node's own key, which may do everything, is the caller of `node.call`. */
export async function openSecurityWorld(): Promise<SecurityWorld> {
  const node = await openTestNode("postgres", { ...testPartnerSetup, publicUrl });
  const airline = new TestPartner();
  const inn = new TestPartner();
  const withdrawn = new TestPartner();
  await seedNode(node);
  await putPartners(node, airline, inn, withdrawn);
  const made = await putThings(node);
  // So that the first call that is refused has no key left to prove.
  for (const partner of [airline, inn]) await partner.call(node, "node", {});
  await airline.call(node, "credits", creditCall("pxp-credit-1"));
  await airline.call(node, "holds", holdCall("pxp-hold-1"));
  const callers = await everybody(node);
  return { node, callers, airline, inn, withdrawn, stranger: new TestPartner(), ...made };
}
