// What else a ledger is compared with: its own movements, a partner that is the hub, a file; and what a report says.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeApiKey, putHosted, putTestRoute } from "../support/partner-node.ts";
import {
  plantAmount,
  plantForgotten,
  plantLoss,
  plantLostMovement,
  plantMovement,
} from "../support/plant-queries.ts";
import { exchangeOf, ReconcileWorld, wholeWindow } from "../support/reconcile-world.ts";

describe("the sides of a reconciliation", () => {
  let world: ReconcileWorld;

  beforeAll(async () => {
    world = await ReconcileWorld.open();
    await putHosted(world.shop, "club", "star");
    await putTestRoute(world.shop, { source: ["shop", "coin"], target: ["club", "star"], rate: "2" });
  });
  afterAll(async () => {
    await world.close();
  });

  function types(found: readonly { operation_id: string; type: string }[]): string[] {
    return found.map(({ operation_id: id, type }) => `${id} ${type}`);
  }

  it("compares exchanges between hosted systems with the ledger's own movements", async () => {
    const { shop } = world;
    const pair = { target_system: "club", target_credit_type: "star" };
    for (const id of ["own-fine", "own-less", "own-gone", "own-stray", "own-unpaid"]) {
      await world.exchange(shop, { ...exchangeOf(id, "shop", "100"), ...pair });
    }
    const fine = await world.reconcile(shop, "shop", "club");
    expect(fine).toMatchObject({
      source_operations_count: 5,
      target_operations_count: 5,
      mismatches_count: 0,
    });
    await world.plant(shop, plantMovement, "own-less", "credit", -1n);
    await world.plant(shop, plantLostMovement, "own-gone", "credit");
    await world.plant(shop, plantLostMovement, "own-unpaid", "debit");
    await world.plant(shop, plantForgotten, "own-stray");
    const run = await world.reconcile(shop, "shop", "club");
    expect(types(await world.mismatches(shop, run))).toEqual([
      "own-gone missing_in_target",
      "own-less amount_mismatch",
      "own-stray missing_in_source",
      "own-stray missing_in_target",
      "own-unpaid missing_in_source",
    ]);
  });

  it("compares what a partner asked of this ledger with what it says of its exchanges", async () => {
    const { shop, airline } = world;
    for (const id of ["hub-fine", "hub-lost", "hub-more", "hub-forgotten"]) {
      await world.exchange(shop, exchangeOf(id, "shop", "1000"));
    }
    const fine = await world.reconcile(airline, "shop", "airline");
    expect(fine).toMatchObject({
      source_operations_count: 4,
      target_operations_count: 4,
      mismatches_count: 0,
    });
    await world.plant(airline, plantLoss, "hub-lost");
    await world.plant(airline, plantAmount, "hub-more", 5n);
    await world.plant(shop, plantForgotten, "hub-forgotten");
    const run = await world.reconcile(airline, "shop", "airline");
    const found = await world.mismatches(airline, run);
    expect(types(found)).toEqual([
      "hub-forgotten missing_in_source",
      "hub-lost missing_in_target",
      "hub-more amount_mismatch",
    ]);
    // What the other side signed shows that it owes it.
    expect(found[0]).toMatchObject({ repair: { action: "present_evidence" } });
    const path = `/v1/reconciliations/${run.reconciliation_id}/mismatches`;
    const evidence = await world.call(airline, "GET", `${path}/hub-forgotten/evidence`);
    expect(evidence).toMatchObject({ status: 200, body: { evidence_id: found[0]?.["evidence_id"] } });
    const signed = String(evidence.body["body"]);
    expect(signed).toContain("hub-forgotten");
    expect((await world.call(airline, "GET", `${path}/hub-lost/evidence`)).status).toBe(404);
  });

  it("compares with the lines of a file, each kept once (F1, F2)", async () => {
    const { shop } = world;
    await new Promise((resolve) => setTimeout(resolve, 2));
    const start_time = new Date().toISOString();
    for (const id of ["file-1", "file-2", "file-3", "file-4"]) {
      await world.exchange(shop, exchangeOf(id, "shop", "1000"));
    }
    const input = { source_system: "shop", target_system: "airline", ...wholeWindow, start_time };
    const made = await world.post(shop, "/v1/reconciliations", { ...input, statement: "target" });
    expect(made).toMatchObject({ status: 201, body: { status: "running", step: "load" } });
    const path = `/v1/reconciliations/${String(made.body["reconciliation_id"])}/statement-lines`;
    const lines = [
      { line: 2, operation_id: "file-1", amount: "290", user_id: "u1" },
      { line: 3, operation_id: "file-2", amount: "291" },
      { line: 4, operation_id: "file-3", amount: "290" },
      { line: 5, operation_id: "file-3", amount: "290" },
      { line: 6, operation_id: "file-9", amount: "7" },
    ];
    await world.post(shop, path, { lines: lines.slice(0, 3), is_last: false });
    await world.post(shop, path, { lines: lines.slice(0, 3), is_last: false });
    const done = await world.post(shop, path, { lines: lines.slice(3), is_last: true });
    expect(done.body).toMatchObject({
      status: "completed",
      source_operations_count: 4,
      target_operations_count: 5,
    });
    const run = done.body as unknown as Awaited<ReturnType<ReconcileWorld["reconcile"]>>;
    expect(types(await world.mismatches(shop, run))).toEqual([
      "file-2 amount_mismatch",
      "file-3 duplicate_id",
      "file-4 missing_in_target",
      "file-9 missing_in_source",
    ]);
    const late = await world.post(shop, path, { lines: [], is_last: true });
    expect(late).toMatchObject({ status: 409, body: { code: "statement_closed" } });
  });

  it("reports as JSON, as a sheet and as a page in two languages, with everything escaped (C1, H1)", async () => {
    const { shop, airline } = world;
    await new Promise((resolve) => setTimeout(resolve, 2));
    const start_time = new Date().toISOString();
    await world.exchange(shop, exchangeOf("report-1", "shop", "1000"));
    await world.plant(airline, plantLoss, "report-1");
    const run = await world.reconcile(shop, "shop", "airline", { start_time });
    const hostile = '=cmd|"x"!A1 <script>alert(1)</script>';
    await world.post(shop, `/v1/reconciliations/${run.reconciliation_id}/mismatches/assign`, {
      operation_ids: ["report-1"],
      assignee: hostile,
    });
    const read = async (accept: string, query = "") => {
      const answer = await shop.app.inject({
        url: `/v1/reconciliations/${run.reconciliation_id}/report${query}`,
        headers: { authorization: `Bearer ${nodeApiKey}`, accept, "accept-language": "zh-CN,zh;q=0.9" },
      });
      expect(answer.statusCode).toBe(200);
      return answer;
    };
    const json = await read("application/json");
    expect(json.json()).toMatchObject({
      reconciliation: { mismatches_count: 1 },
      mismatches: [{ operation_id: "report-1", assigned_to: hostile }],
      is_complete: true,
    });
    const csv = await read("text/csv");
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const [head, line] = csv.body.split("\r\n");
    expect(head).toContain("operation_id,type");
    expect(line).toContain(`"'=cmd|""x""!A1 <script>alert(1)</script>"`);
    const page = await read("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.body).toContain('<html lang="zh-CN">');
    expect(page.body).toContain("对账报告");
    expect(page.body).toContain("目标方缺失");
    expect(page.body).not.toContain("<script>");
    expect(page.body).toContain("&lt;script&gt;");
    const english = await read("text/html", "?language=en");
    expect(english.body).toContain("Missing at the target");
  });

  it("takes its window and its roles as they are said", async () => {
    const { shop } = world;
    const input = { source_system: "shop", target_system: "airline", ...wholeWindow };
    const backwards = { ...input, end_time: wholeWindow.start_time };
    expect((await world.post(shop, "/v1/reconciliations", backwards)).status).toBe(400);
    const unknown = { ...input, target_system: "nobody" };
    expect(await world.post(shop, "/v1/reconciliations", unknown)).toMatchObject({
      status: 422,
      body: { code: "system_not_found" },
    });
    const key = await world.post(shop, "/v1/api-keys", { name: "o", principal: "olga", role: "operator" });
    const apiKey = String(key.body["api_key"]);
    expect(
      (await world.post(shop, "/v1/reconciliations", { ...input, repair: "apply" }, apiKey)).status,
    ).toBe(403);
    const first = await world.post(
      shop,
      "/v1/reconciliations",
      { ...input, operation_id: "asked-1" },
      apiKey,
    );
    expect(first.status).toBe(201);
    const again = await world.post(
      shop,
      "/v1/reconciliations",
      { ...input, operation_id: "asked-1" },
      apiKey,
    );
    expect(again).toMatchObject({ status: 200, body: { idempotent: true, reconciliation_id: "asked-1" } });
    const other = {
      ...input,
      operation_id: "asked-1",
      repair: "none",
      start_time: "2021-01-01T00:00:00.000Z",
    };
    expect(await world.post(shop, "/v1/reconciliations", other)).toMatchObject({
      status: 409,
      body: { code: "operation_conflict", conflicting_field: "start_time" },
    });
    const logged = await world.call(shop, "GET", "/v1/operations/asked-1");
    expect(logged.body).toMatchObject({ type: "cross_system_reconciliation", status: "completed" });
  });

  it("runs by itself when its policy says so", async () => {
    const { shop } = world;
    const policy = { source_system: "airline", target_system: "shop", interval_ms: 1_000, grace_ms: 0 };
    const put = await world.call(shop, "PUT", "/v1/reconciliation-policies", policy);
    expect(put).toMatchObject({ status: 200, body: { interval_ms: 1_000, repair: "none" } });
    const path =
      "/v1/reconciliations?source_system=airline&target_system=shop&origin=scheduled&status=completed";
    let run: unknown;
    while (run === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { body } = await world.call(shop, "GET", path);
      [run] = body["items"] as unknown[];
    }
    expect(run).toMatchObject({ mismatches_count: 0, principal: "node" });
    const never = { ...policy, interval_ms: null, cron: "61 * * * *" };
    const bad = await world.call(shop, "PUT", "/v1/reconciliation-policies", never);
    expect(bad).toMatchObject({ status: 400, body: { errors: [{ path: "/cron" }] } });
    await world.call(shop, "PUT", "/v1/reconciliation-policies", { ...never, cron: null });
  });
});
