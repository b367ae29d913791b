// Grants: PUT, GET, list, DELETE.
import { v1 } from "@pointbridge/protocol";
import type { Form } from "../form/index.ts";
import {
  type Action,
  actionsOfAmounts,
  findGrant,
  type Grant,
  listGrants,
  putGrant,
  takeGrant,
  wholeNodeActions,
} from "../grants/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { type HttpError, notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Grants";
const params = v1.grantPath;
const id = new RegExp(v1.catalogIdPattern);

function viewGrant(grant: Grant): v1.Grant {
  return {
    grant_id: grant.grantId,
    applies_to: grant.appliesTo,
    subject: grant.subject,
    action: grant.action,
    system_id: grant.systemId,
    source_system: grant.sourceSystem,
    target_system: grant.targetSystem,
    max_amount: grant.amountMax === null ? null : String(grant.amountMax),
    expires_at: grant.expiresAt?.toISOString() ?? null,
    created_by: grant.createdBy,
    created_at: grant.createdAt.toISOString(),
    updated_at: grant.updatedAt.toISOString(),
  };
}

function judgePlace(body: v1.GrantInput, form: Form): void {
  const { action, system_id: system, source_system: source, target_system: target } = body;
  if ((source === undefined) !== (target === undefined)) {
    const missing = source === undefined ? "source_system" : "target_system";
    form.fault(`/${missing}`, "is missing: a link has a source and a target");
  }
  if (source !== undefined && source === target)
    form.fault("/target_system", "must differ from source_system");
  if (system !== undefined && (source ?? target) !== undefined) {
    form.fault(
      "/system_id",
      "must be absent where a link is given: a grant is over one system or over one link",
    );
  }
  if (body.applies_to === "partner" && system !== undefined) {
    form.fault("/system_id", "must be absent for a partner: name a link, or none for all that it speaks for");
  }
  if (action === "move_points" && (source ?? target) !== undefined) {
    form.fault(
      "/source_system",
      "must be absent: move_points is of one system's accounts, named by system_id",
    );
  }
  if (wholeNodeActions.has(action) && (system ?? source ?? target) !== undefined) {
    form.fault("/action", `${action} is of the whole node: leave the systems out`);
  }
}

/** What the schema can't say. */
function judgeInput(body: v1.GrantInput, form: Form): { amountMax: bigint | null; expiresAt: Date | null } {
  const { applies_to: appliesTo, action, max_amount: max } = body;
  const possible: readonly Action[] = appliesTo === "partner" ? v1.partnerActions : v1.principalActions;
  if (!possible.includes(action))
    form.fault("/action", `must be one of ${possible.join(", ")} for a ${appliesTo}`);
  judgePlace(body, form);
  if (max !== undefined && !actionsOfAmounts.has(action)) {
    form.fault("/max_amount", `must be absent: ${action} has no amount`);
  }
  const amountMax = max === undefined ? null : form.amount(max, "/max_amount");
  const expiresAt = form.time(body.expires_at, "/expires_at") ?? null;
  form.finish();
  return { amountMax, expiresAt };
}

function absent(grantId: string): HttpError {
  return notFound("grant_not_found", `no grant has the id ${grantId}`);
}

export const grantRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/grants/{grant_id}",
    name: "putGrant",
    tag,
    summary: "Say what somebody may do",
    description:
      "Beside what the role of its key says: a grant adds and never takes away, and a key's `systems` narrow it too. Over one system (`system_id`), over a link in one direction (`source_system`, `target_system`), or over the whole node. Replaces the whole. Holds on every node for what is asked after the answer.",
    permission: "administer",
    params,
    body: v1.grantInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.grant },
      201: { description: "Given.", schema: v1.grant },
    },
    async handle({ params: { grant_id: grantId }, body, form, by }, { database }) {
      const { amountMax, expiresAt } = judgeInput(body, form);
      const input = {
        grantId,
        appliesTo: body.applies_to,
        subject: body.subject,
        action: body.action,
        systemId: body.system_id ?? null,
        sourceSystem: body.source_system ?? null,
        targetSystem: body.target_system ?? null,
        amountMax,
        expiresAt,
      };
      const { grant, isNew } = await putGrant(database, input, by);
      return { status: isNew ? 201 : 200, body: viewGrant(grant) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/grants/{grant_id}",
    name: "getGrant",
    tag,
    summary: "Read a grant",
    permission: "read",
    params,
    answers: { 200: { description: "The grant.", schema: v1.grant } },
    errors: ["grant_not_found"],
    async handle({ params: { grant_id: grantId } }, { database }) {
      const grant = await database.transaction((transaction) => findGrant(transaction, grantId));
      if (grant === undefined) throw absent(grantId);
      return { status: 200, body: viewGrant(grant) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/grants",
    name: "listGrants",
    tag,
    summary: "List grants",
    description: "Those whose time is up too.",
    permission: "read",
    query: v1.grantQuery,
    answers: { 200: { description: "Grants by id.", schema: v1.grantPage } },
    async handle({ query }, { database }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after] = readCursor(query.cursor, [id]) ?? [];
      const { applies_to: appliesTo, subject } = query;
      const found = await database.transaction((transaction) =>
        listGrants(transaction, { appliesTo, subject, after, limit: limit + 1 }),
      );
      return { status: 200, body: toPage(found, limit, viewGrant, ({ grantId }) => [grantId]) };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/grants/{grant_id}",
    name: "takeGrant",
    tag,
    summary: "Take a grant away",
    description: "On every node from the moment of the answer. What is under way goes on.",
    permission: "administer",
    params,
    answers: { 200: { description: "The grant as it was.", schema: v1.grant } },
    errors: ["grant_not_found"],
    async handle({ params: { grant_id: grantId }, by }, { database }) {
      const taken = await takeGrant(database, grantId, by);
      if (taken === undefined) throw absent(grantId);
      return { status: 200, body: viewGrant(taken) };
    },
  }),
];
