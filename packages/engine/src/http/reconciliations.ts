// Reconciliations: POST, list, GET, and the lines of a partner's file.
import { v1 } from "@pointbridge/protocol";
import { runRetried } from "../database/index.ts";
import type { Form } from "../form/index.ts";
import {
  addStatementLines,
  findKinds,
  insertRun,
  type Leg,
  listRuns,
  planLegs,
  policyOf,
  type Run,
  type StatementLine,
} from "../reconcile/index.ts";
import { newOperationId } from "../system/index.ts";
import { readCursor, storedTime, toPage } from "./cursor.ts";
import { permit } from "./permissions.ts";
import { readWaitMs } from "./prefer.ts";
import type { Principal } from "./principal.ts";
import { reconciliationPath, requireRun, viewRun } from "./reconciliation-lookup.ts";
import { reportRoute } from "./reconciliation-report.ts";
import { viewReconciliation } from "./reconciliation-view.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Reconciliations";
const prefer = { Prefer: "`wait=SECONDS` (default 10) or `respond-async`." };

interface AcceptedInput {
  readonly startTime: Date;
  readonly endTime: Date;
}

function acceptInput(body: v1.ReconciliationInput, form: Form): AcceptedInput {
  if (body.source_system === body.target_system)
    form.fault("/target_system", "must differ from source_system");
  const startTime = form.time(body.start_time, "/start_time") ?? new Date(0);
  const endTime = form.time(body.end_time, "/end_time") ?? new Date(1);
  if (startTime >= endTime) form.fault("/end_time", "must be after start_time; the window is half-open");
  form.finish();
  return { startTime, endTime };
}

function legsFor(body: v1.ReconciliationInput, kinds: Parameters<typeof planLegs>[0]): readonly Leg[] {
  if (body.statement === "source") return ["statement_source"];
  return body.statement === "target" ? ["statement_target"] : planLegs(kinds);
}

async function makeRun(
  body: v1.ReconciliationInput,
  { startTime, endTime }: AcceptedInput,
  principal: Principal,
  { database, shardCount }: Services,
): Promise<{ readonly run: Run; readonly idempotent: boolean }> {
  const { source_system: sourceSystem, target_system: targetSystem, statement } = body;
  const reconciliationId = body.operation_id ?? newOperationId();
  return runRetried(database, async (transaction) => {
    const kinds = await findKinds(transaction, sourceSystem, targetSystem);
    const policy = await policyOf(transaction, sourceSystem, targetSystem);
    return insertRun(transaction, shardCount, {
      reconciliationId,
      sourceSystem,
      targetSystem,
      startTime,
      endTime,
      origin: statement === undefined ? "asked" : "file",
      repair: body.repair ?? "none",
      policy,
      principal: principal.name,
      progress: {
        step: statement === undefined ? "compare" : "load",
        legs: legsFor(body, kinds),
        legIndex: 0,
      },
    });
  });
}

async function answerRun(
  services: Services,
  run: Run,
  preference: string | string[] | undefined,
  status: 200 | 201,
): Promise<Answer> {
  const isAtWork = run.status === "running" && run.progress.step !== "load";
  const present = isAtWork
    ? await services.reconciler.finish(run.reconciliationId, readWaitMs(preference))
    : run;
  return { status, body: await viewRun(services, present ?? run, status === 200) };
}

const postRoute = defineRoute({
  method: "POST",
  path: "/v1/reconciliations",
  name: "createReconciliation",
  tag,
  summary: "Compare what two systems have of their exchanges in a window",
  description:
    "An operation belongs to the window by `initiated_at`, which is its exchange's `created_at`. What has ended is judged however recent it is; what is unfinished is in flight for as long as the pair's grace lasts. Differences are an answer: `completed`, with `mismatches_count`. A run that can't read a side ends as `failed` and says why. Repairs need the role of an approver.",
  permission: "resolve",
  body: v1.reconciliationInput,
  headers: prefer,
  answers: {
    200: { description: "It was there before.", schema: v1.reconciliation },
    201: { description: "Made; `running` where it takes longer than the wait.", schema: v1.reconciliation },
  },
  errors: ["system_not_found", "operation_conflict"],
  async handle({ body, form, prefer: preference, principal }, services) {
    const accepted = acceptInput(body, form);
    if ((body.repair ?? "none") !== "none") permit(principal, { permission: "approve" });
    const { run, idempotent } = await makeRun(body, accepted, principal, services);
    return answerRun(services, run, preference, idempotent ? 200 : 201);
  },
});

const listRoute = defineRoute({
  method: "GET",
  path: "/v1/reconciliations",
  name: "listReconciliations",
  tag,
  summary: "List reconciliations, newest first",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.reconciliationQuery,
  answers: { 200: { description: "Reconciliations.", schema: v1.reconciliationPage } },
  async handle({ query }, services) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const keys = readCursor(query.cursor, [storedTime, new RegExp(v1.operationIdPattern)]);
    const [createdAt, reconciliationId] = keys ?? [];
    const isFirst = createdAt === undefined || reconciliationId === undefined;
    const found = await services.database.transaction((transaction) =>
      listRuns(transaction, services.shardCount, {
        sourceSystem: query.source_system,
        targetSystem: query.target_system,
        status: query.status,
        origin: query.origin,
        limit: limit + 1,
        before: isFirst ? undefined : { createdAt: new Date(createdAt), reconciliationId },
      }),
    );
    const keysOf = (run: Run) => [run.createdAt.toISOString(), run.reconciliationId];
    const page = toPage(found, limit, (run) => run, keysOf);
    const items = await Promise.all(page.items.map((run) => viewRun(services, run)));
    return { status: 200, body: { items, next_cursor: page.next_cursor } };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/reconciliations/{reconciliation_id}",
  name: "getReconciliation",
  tag,
  summary: "Read a reconciliation",
  permission: "read",
  reach: "found",
  params: reconciliationPath,
  answers: { 200: { description: "The run as it stands.", schema: v1.reconciliation } },
  errors: ["reconciliation_not_found"],
  async handle({ params: { reconciliation_id: id }, principal }, services) {
    const run = await requireRun(services, id, principal);
    return { status: 200, body: await viewRun(services, run) };
  },
});

function toLines({ lines }: v1.StatementLinesInput, form: Form): StatementLine[] {
  const seen = new Set<number>();
  const accepted = lines.map((given, index): StatementLine => {
    const path = `/lines/${index}`;
    form.amount(given.amount, `${path}/amount`);
    if (given.exchange_rate !== undefined) form.rate(given.exchange_rate, `${path}/exchange_rate`);
    const initiatedAt = form.time(given.initiated_at, `${path}/initiated_at`);
    if (seen.has(given.line)) form.fault(`${path}/line`, "is there twice");
    seen.add(given.line);
    return {
      line: given.line,
      operationId: given.operation_id,
      row: {
        user_id: given.user_id ?? null,
        credit_type_id: given.credit_type_id ?? null,
        amount: given.amount,
        outcome: given.outcome ?? "completed",
        initiated_at: initiatedAt?.toISOString() ?? null,
        exchange_rate: given.exchange_rate ?? null,
      },
    };
  });
  form.finish();
  return accepted;
}

const linesRoute = defineRoute({
  method: "POST",
  path: "/v1/reconciliations/{reconciliation_id}/statement-lines",
  name: "addStatementLines",
  tag,
  summary: "Add lines of a partner's file to a reconciliation that was made with `statement`",
  description:
    "In any number of calls; a line is kept once, by its number. With `is_last` the comparison begins, and nothing is added any more.",
  permission: "resolve",
  params: reconciliationPath,
  body: v1.statementLinesInput,
  headers: prefer,
  answers: { 200: { description: "The run as it stands.", schema: v1.reconciliation } },
  errors: ["reconciliation_not_found", "statement_closed"],
  async handle({ params, body, form, prefer: preference }, services) {
    const { reconciliation_id: id } = params;
    const lines = toLines(body, form);
    const run = await runRetried(services.database, (transaction) =>
      addStatementLines(transaction, services.shardCount, id, lines, body.is_last),
    );
    if (!body.is_last) return { status: 200, body: viewReconciliation(run, 0, true) };
    return answerRun(services, run, preference, 200);
  },
});

export const reconciliationRoutes: readonly Route[] = [
  postRoute,
  listRoute,
  getRoute,
  linesRoute,
  reportRoute,
];
