// Alerts, their channels and inconsistencies as people work with them over HTTP.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raiseAlerts } from "../../src/alerts/index.ts";
import { openInconsistencies } from "../../src/inconsistencies/index.ts";
import { Receiver } from "../alerts/robot-receivers.ts";
import { openTestNode, seedNode, type TestNode, testPartnerSetup } from "./test-node.ts";

let node: TestNode;
let receiver: Receiver;

beforeAll(async () => {
  node = await openTestNode("postgres", { ...testPartnerSetup, masterKey: new Uint8Array(32).fill(1) });
  await seedNode(node);
  receiver = await Receiver.open(() => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' }));
});
afterAll(async () => {
  await node.close();
  await receiver.close();
});

const get = (url: string) => node.call("GET", url);
const put = (url: string, body: object) => node.call("PUT", url, { body });
const post = (url: string, body?: object) => node.call("POST", url, body === undefined ? {} : { body });
const itemsOf = async (url: string) => (await get(url)).body["items"] as Record<string, unknown>[];
const pathsOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body["errors"] as { path: string }[]).map(({ path }) => path);

describe("/v1/alerts", () => {
  it("lists by every filter, newest first and page by page, each with its runbook", async () => {
    await node.database.transaction((transaction) =>
      raiseAlerts(transaction, [
        { type: "exchange_needs_attention", key: "exchange:e-1", subject: { operation_id: "e-1" } },
        { type: "exchange_needs_attention", key: "exchange:e-2", subject: { operation_id: "e-2" } },
        { type: "key_expiring", key: "key-1" },
      ]),
    );
    const first = await get("/v1/alerts?limit=2");
    const second = await get(`/v1/alerts?limit=2&cursor=${String(first.body["next_cursor"])}`);
    const all = [first, second].flatMap(({ body }) => body["items"] as { key: string; alert_id: string }[]);
    expect(all.map(({ key }) => key).sort()).toEqual(["exchange:e-1", "exchange:e-2", "key-1"]);
    expect(all.map(({ alert_id: id }) => id)).toEqual(
      all
        .map(({ alert_id: id }) => id)
        .sort()
        .reverse(),
    );
    for (const filter of ["operation_id=e-2", "key=exchange:e-2"]) {
      expect(await itemsOf(`/v1/alerts?${filter}`)).toMatchObject([
        {
          type: "exchange_needs_attention",
          severity: "critical",
          state: "open",
          count: 1,
          subject: { operation_id: "e-2" },
          runbook: "docs/runbook/exchange_needs_attention.md",
        },
      ]);
    }
    expect(await itemsOf("/v1/alerts?type=key_expiring&state=open&severity=warning")).toHaveLength(1);
    expect(await itemsOf("/v1/alerts?state=cleared")).toEqual([]);
    expect((await get("/v1/alerts?state=unknown")).status).toBe(400);
  });

  it("are acknowledged by a person, once", async () => {
    const [alert] = await itemsOf("/v1/alerts?type=key_expiring");
    const url = `/v1/alerts/${String(alert?.["alert_id"])}`;
    const acknowledged = await post(`${url}/acknowledge`, { note: "ordering a new one" });
    expect(acknowledged.body).toMatchObject({
      state: "acknowledged",
      acknowledged_by: "tester",
      note: "ordering a new one",
    });
    expect((await post(`${url}/acknowledge`, { note: "again" })).body["note"]).toBe("ordering a new one");
    expect((await get(url)).body["state"]).toBe("acknowledged");
    expect((await post("/v1/alerts/none/acknowledge")).body["code"]).toBe("alert_not_found");
  });
});

describe("/v1/alert-channels", () => {
  const url = () => `${receiver.url}/robot/send?access_token=canary`;

  it("there is one from the start: the node's log", async () => {
    expect(await itemsOf("/v1/alert-channels")).toMatchObject([
      { channel_id: "log", kind: "log", min_severity: "info", types: null, state: "working" },
    ]);
  });

  it("is put, tested, read and removed; its secrets are never shown again, in the log neither", async () => {
    const made = await put("/v1/alert-channels/ops", {
      kind: "dingtalk",
      url: url(),
      secret: "SECcanary",
      language: "zh",
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      origin: receiver.url,
      signed: true,
      language: "zh",
      interval_ms: 60_000,
    });
    const tested = await post("/v1/alert-channels/ops/test");
    expect(tested.body).toEqual({ delivered: true, error: null });
    expect(receiver.received[0]?.text).toContain("测试消息");
    const changed = await put("/v1/alert-channels/ops", { kind: "dingtalk", types: ["ledger_unbalanced"] });
    expect(changed.status).toBe(200);
    receiver.judge = () => ({
      status: 200,
      body: '{"errcode":310000,"errmsg":"keywords not in content, canary"}',
    });
    const refused = await post("/v1/alert-channels/ops/test");
    expect(refused.body).toEqual({
      delivered: false,
      error: "answered code 310000: keywords not in content, …",
    });
    const shown = await get("/v1/alert-channels/ops");
    expect(shown.body).toMatchObject({
      state: "failing",
      failures: 1,
      signed: true,
      types: ["ledger_unbalanced"],
    });
    const removed = await node.call("DELETE", "/v1/alert-channels/ops");
    expect(removed.status).toBe(200);
    expect((await get("/v1/alert-channels/ops")).body["code"]).toBe("alert_channel_not_found");
    const log = await get("/v1/operations?type=alert_channel_update");
    expect(log.text).toContain("ops");
    for (const { text } of [made, changed, refused, shown, removed, log])
      expect(text).not.toContain("canary");
  });

  it("says field by field what does not belong to a kind, and what it lacks", async () => {
    const wrong: readonly (readonly [body: object, paths: readonly string[]])[] = [
      [{ kind: "wecom" }, ["/url"]],
      [{ kind: "smtp", host: "mail.example" }, ["/from"]],
      [{ kind: "log", url: url(), to: ["a@b.example"] }, ["/url", "/to"]],
      [{ kind: "wecom", url: url(), secret: "none" }, ["/secret"]],
      [{ kind: "slack", url: "http://10.1.2.3/x" }, ["/url"]],
      [{ kind: "slack", url: url(), types: ["no_such_type"] }, ["/types/0"]],
      [
        { kind: "smtp", host: "m.example", from: "a@b.example", to: ["c@d.example"], password: "p" },
        ["/username"],
      ],
      [{ kind: "smtp", host: "m.example", from: "a b", to: ["c\r\n@d.example"] }, ["/from", "/to/0"]],
    ];
    for (const [body, paths] of wrong) {
      const answer = await put("/v1/alert-channels/wrong", body);
      expect(answer.status).toBe(400);
      expect(pathsOf(answer)).toEqual(paths);
    }
    expect((await get("/v1/alert-channels/wrong")).status).toBe(404);
  });
});

describe("/v1/inconsistencies", () => {
  const id = "reconciliation:r-1";
  const open = (severity?: "critical") =>
    node.database.transaction((transaction) =>
      openInconsistencies(
        transaction,
        1,
        [
          {
            inconsistencyId: id,
            type: "cross_system_mismatch",
            operationId: null,
            sourceSystem: "shop",
            targetSystem: "club",
            data: { ours: "10", theirs: "12" },
            ...(severity === undefined ? {} : { severity }),
          },
        ],
        new Date(),
      ),
    );
  const stateOf = async () => {
    const { state, status, assigned_to: assignedTo } = (await get(`/v1/inconsistencies/${id}`)).body;
    return { state, status, assignedTo };
  };

  it("I4: is given to somebody and back, and counts as open meanwhile; alert and history follow", async () => {
    await open("critical");
    expect(await itemsOf("/v1/alerts?type=inconsistency_open&state=open&severity=critical")).toHaveLength(1);
    expect((await post(`/v1/inconsistencies/${id}/assign`)).body).toMatchObject({
      state: "assigned",
      assigned_to: "tester",
    });
    await post(`/v1/inconsistencies/${id}/assign`, { assigned_to: "tester", note: "changes nothing" });
    await post(`/v1/inconsistencies/${id}/assign`, { assigned_to: "ann", note: "she knows the partner" });
    expect(await stateOf()).toEqual({ state: "assigned", status: "open", assignedTo: "ann" });
    for (const filter of [
      "status=open",
      "state=assigned",
      "assigned_to=ann",
      "severity=critical",
      "source_system=shop",
    ]) {
      expect((await itemsOf(`/v1/inconsistencies?${filter}`)).map((item) => item["id"])).toEqual([id]);
    }
    for (const filter of [
      "state=open",
      "assigned_to=bob",
      "opened_before=2020-01-01T00:00:00Z",
      "target_system=shop",
    ]) {
      expect(await itemsOf(`/v1/inconsistencies?${filter}`)).toEqual([]);
    }
    await post(`/v1/inconsistencies/${id}/unassign`, { note: "on holiday" });
    expect(await stateOf()).toEqual({ state: "open", status: "open", assignedTo: null });
  });

  it("I3: nothing closes silently: many who resolve it at once close it once, and all of it is its history", async () => {
    const words = { resolution: "corrected", note: "the partner had counted twice" };
    await Promise.all(Array.from({ length: 5 }, () => post(`/v1/inconsistencies/${id}/resolve`, words)));
    const assigned = await post(`/v1/inconsistencies/${id}/assign`, { assigned_to: "bob" });
    expect([assigned.status, assigned.body["code"]]).toEqual([409, "inconsistency_resolved"]);
    expect(await itemsOf("/v1/alerts?type=inconsistency_open&state=open")).toEqual([]);
    await open();
    expect(await stateOf()).toEqual({ state: "open", status: "open", assignedTo: null });
    const first = await get(`/v1/inconsistencies/${id}/history?limit=4`);
    const second = await get(
      `/v1/inconsistencies/${id}/history?limit=4&cursor=${String(first.body["next_cursor"])}`,
    );
    const entries = [first, second].flatMap(({ body }) => body["items"] as Record<string, unknown>[]);
    expect(
      entries.map((entry) => [entry["entry_number"], entry["action"], entry["principal"], entry["note"]]),
    ).toEqual([
      [1, "opened", "node", null],
      [2, "assigned", "tester", null],
      [3, "assigned", "tester", "she knows the partner"],
      [4, "unassigned", "tester", "on holiday"],
      [5, "resolved", "tester", "the partner had counted twice"],
      [6, "opened", "node", null],
    ]);
    expect(entries[0]?.["data"]).toEqual({ ours: "10", theirs: "12" });
    expect((await get("/v1/inconsistencies/exchange:none/history")).body["code"]).toBe(
      "inconsistency_not_found",
    );
  });
});
