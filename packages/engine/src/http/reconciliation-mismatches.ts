// Mismatches of a reconciliation: list, and what people do about them, up to a thousand at a time.
import { v1 } from "@pointbridge/protocol";
import { findEvidence } from "../partner/index.ts";
import {
  findMismatches,
  importEvidence,
  listMismatches,
  type Mismatch,
  type WorkflowDeed,
  workOnMismatches,
} from "../reconcile/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import type { Caller } from "./principal.ts";
import { notFound } from "./problem.ts";
import { placeOf, reconciliationPath, requireRun, viewMismatches } from "./reconciliation-lookup.ts";
import { viewEvidence } from "./reconciliation-view.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Reconciliations";
const legPattern = /^[a-z_]{1,32}$/;

const listRoute = defineRoute({
  method: "GET",
  path: "/v1/reconciliations/{reconciliation_id}/mismatches",
  name: "listMismatches",
  tag,
  summary: "List what a reconciliation found, by operation id",
  permission: "read",
  reach: "found",
  params: reconciliationPath,
  query: v1.mismatchQuery,
  answers: { 200: { description: "Mismatches.", schema: v1.mismatchPage } },
  errors: ["reconciliation_not_found"],
  async handle({ params: { reconciliation_id: id }, query, principal }, services) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const [operationId, leg] =
      readCursor(query.cursor, [new RegExp(v1.operationIdPattern), legPattern]) ?? [];
    const run = await requireRun(services, id, principal);
    const isFirst = operationId === undefined || leg === undefined;
    const found = await services.database.transaction((transaction) =>
      listMismatches(transaction, placeOf(services, id), {
        type: query.type,
        status: query.status,
        repairStatus: query.repair_status,
        limit: limit + 1,
        after: isFirst ? undefined : { operationId, leg },
      }),
    );
    const page = toPage(
      found,
      limit,
      (one) => one,
      (one: Mismatch) => [one.operationId, one.leg],
    );
    const items = await viewMismatches(services, run, page.items);
    return { status: 200, body: { items, next_cursor: page.next_cursor } };
  },
});

const evidencePath = v1.closed("MismatchPath", "Which mismatch of which reconciliation.", {
  reconciliation_id: v1.operationId,
  operation_id: v1.operationId,
});

const evidenceRoute = defineRoute({
  method: "GET",
  path: "/v1/reconciliations/{reconciliation_id}/mismatches/{operation_id}/evidence",
  name: "getMismatchEvidence",
  tag,
  summary: "Read what the partner's node signed when it asked for this operation, to show it to the partner",
  permission: "read",
  reach: "found",
  params: evidencePath,
  answers: { 200: { description: "The signed request.", schema: v1.signedRequest } },
  errors: ["reconciliation_not_found", "mismatch_not_found"],
  async handle({ params, principal }, services) {
    const { reconciliation_id: id, operation_id: operationId } = params;
    await requireRun(services, id, principal);
    const found = await services.database.transaction(async (transaction) => {
      const mismatches = await findMismatches(transaction, placeOf(services, id), [operationId]);
      const evidenceId = mismatches.map(({ data }) => data.evidenceId).find((one) => one !== undefined);
      return evidenceId === undefined ? undefined : findEvidence(transaction, evidenceId);
    });
    if (found === undefined) {
      const detail = `the reconciliation ${id} has no mismatch of ${operationId} that a partner signed a request for`;
      throw notFound("mismatch_not_found", detail);
    }
    return { status: 200, body: viewEvidence(found) };
  },
});

const importRoute = defineRoute({
  method: "POST",
  path: "/v1/reconciliations/{reconciliation_id}/mismatches/{operation_id}/evidence",
  name: "importMismatchEvidence",
  tag,
  summary:
    "Show the credit request that this node signed for an exchange that it has lost, and propose to make it again",
  description:
    "The body is what the target's node answers to `GET` of its own mismatch's evidence. Only a request that a key of this node signed counts, and only where it asks for what the target says that it has. Another person approves it with `approve-repairs`.",
  permission: "approve",
  params: evidencePath,
  body: v1.signedRequest,
  answers: { 200: { description: "The mismatch with the proposed repair.", schema: v1.mismatchChange } },
  errors: ["reconciliation_not_found", "mismatch_not_found", "mismatch_resolved", "evidence_refused"],
  async handle({ params, body, form, principal }, services) {
    // When the target took it; the signature says when it was made, and only that counts.
    form.time(body.received_at, "/received_at");
    form.finish();
    const { reconciliation_id: id, operation_id: operationId } = params;
    const run = await requireRun(services, id, principal);
    const given = {
      keyId: body.key_id,
      targetUri: body.target_uri,
      contentType: body.content_type,
      contentDigest: body.content_digest,
      signatureInput: body.signature_input,
      signature: body.signature,
      body: body.body,
    };
    const { database, shardCount, partners } = services;
    const parts = { database, shardCount, registry: partners.registry };
    await importEvidence(parts, id, operationId, given, principal.name);
    const found = await database.transaction((transaction) =>
      findMismatches(transaction, placeOf(services, id), [operationId]),
    );
    return { status: 200, body: { items: await viewMismatches(services, run, found) } };
  },
});

interface Deed {
  readonly reconciliationId: string;
  readonly operationIds: readonly string[];
  readonly deed: WorkflowDeed;
  readonly principal: Caller;
}

async function work(
  services: Services,
  { reconciliationId, operationIds, deed, principal }: Deed,
): Promise<Answer> {
  const run = await requireRun(services, reconciliationId, principal);
  const { database, shardCount } = services;
  const place = { database, shardCount, reconciliationId };
  const ids = [...new Set(operationIds)];
  let mismatches = await workOnMismatches(place, ids, deed, principal.name);
  if (deed.type === "approve_repair") {
    await services.reconciler.makeApproved(reconciliationId, ids, principal.name);
    mismatches = await database.transaction((transaction) =>
      findMismatches(transaction, placeOf(services, reconciliationId), ids),
    );
  }
  return { status: 200, body: { items: await viewMismatches(services, run, mismatches) } };
}

const answers = { 200: { description: "The mismatches as they stand now.", schema: v1.mismatchChange } };
const commonErrors = ["reconciliation_not_found", "mismatch_not_found", "mismatch_resolved"] as const;
const base = { method: "POST", tag, params: reconciliationPath, answers } as const;
const pathOf = (verb: string) => `/v1/reconciliations/{reconciliation_id}/mismatches/${verb}`;

const assignRoute = defineRoute({
  ...base,
  path: pathOf("assign"),
  name: "assignMismatches",
  summary: "Give mismatches to somebody",
  permission: "resolve",
  body: v1.mismatchAssignInput,
  errors: commonErrors,
  handle: ({ params, body, principal }, services) =>
    work(services, {
      reconciliationId: params.reconciliation_id,
      operationIds: body.operation_ids,
      deed: { type: "assign", assignee: body.assignee, note: body.note ?? null },
      principal,
    }),
});

const awaitRoute = defineRoute({
  ...base,
  path: pathOf("await-partner"),
  name: "awaitPartner",
  summary: "Say that the partner has to act",
  permission: "resolve",
  body: v1.mismatchSelection,
  errors: commonErrors,
  handle: ({ params, body, principal }, services) =>
    work(services, {
      reconciliationId: params.reconciliation_id,
      operationIds: body.operation_ids,
      deed: { type: "await_partner", note: body.note ?? null },
      principal,
    }),
});

const noteRoute = defineRoute({
  ...base,
  path: pathOf("note"),
  name: "noteMismatches",
  summary: "Note something with mismatches",
  permission: "resolve",
  body: v1.mismatchNoteInput,
  errors: commonErrors,
  handle: ({ params, body, principal }, services) =>
    work(services, {
      reconciliationId: params.reconciliation_id,
      operationIds: body.operation_ids,
      deed: { type: "note", note: body.note },
      principal,
    }),
});

const resolveRoute = defineRoute({
  ...base,
  path: pathOf("resolve"),
  name: "resolveMismatches",
  summary: "Say how mismatches were settled",
  description: "Moves no points. What still differs is opened again by the next run that finds it.",
  permission: "resolve",
  body: v1.mismatchResolveInput,
  errors: ["reconciliation_not_found", "mismatch_not_found"],
  handle: ({ params, body, principal }, services) =>
    work(services, {
      reconciliationId: params.reconciliation_id,
      operationIds: body.operation_ids,
      deed: { type: "resolve", resolution: body.resolution, note: body.note ?? null },
      principal,
    }),
});

const approveRoute = defineRoute({
  ...base,
  path: pathOf("approve-repairs"),
  name: "approveRepairs",
  summary: "Approve proposed repairs, as a second person, and make them",
  description:
    "By another principal than the one who proposed them. Each is made at once, and resolved only where both sides were read again and agree.",
  permission: "approve",
  body: v1.mismatchSelection,
  errors: [...commonErrors, "repair_not_proposed", "four_eyes_required"],
  handle: ({ params, body, principal }, services) =>
    work(services, {
      reconciliationId: params.reconciliation_id,
      operationIds: body.operation_ids,
      deed: { type: "approve_repair", note: body.note ?? null },
      principal,
    }),
});

const rejectRoute = defineRoute({
  ...base,
  path: pathOf("reject-repairs"),
  name: "rejectRepairs",
  summary: "Reject proposed repairs, also one's own",
  permission: "approve",
  body: v1.mismatchSelection,
  errors: [...commonErrors, "repair_not_proposed"],
  handle: ({ params, body, principal }, services) =>
    work(services, {
      reconciliationId: params.reconciliation_id,
      operationIds: body.operation_ids,
      deed: { type: "reject_repair", note: body.note ?? null },
      principal,
    }),
});

export const mismatchRoutes: readonly Route[] = [
  listRoute,
  evidenceRoute,
  importRoute,
  assignRoute,
  awaitRoute,
  noteRoute,
  resolveRoute,
  approveRoute,
  rejectRoute,
];
