// Alerts as they are raised and cleared, on both engines.
import { beforeAll, expect, it } from "vitest";
import { clearAlert, raiseAlert, raiseAlerts } from "../../src/alerts/index.ts";
import type { Database } from "../../src/database/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { readAlertRows } from "./alert-row-queries.ts";

describeOnBothEngines("alerts", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open();
  });

  const rowsOf = (key: string) =>
    database.transaction((transaction) => transaction.query(readAlertRows, [key]));

  it("F1: an alert of a transaction that came to nothing was never raised", async () => {
    const doomed = database.transaction(async (transaction) => {
      await raiseAlert(transaction, { type: "partner_unreachable", key: "f1" });
      throw new Error("changed its mind");
    });
    await expect(doomed).rejects.toThrow("changed its mind");
    expect(await rowsOf("f1")).toEqual([]);
  });

  it("F2: one alert stands for a type and key; raised again it is counted, after its end it is a new one", async () => {
    const alert = { type: "partner_unreachable", key: "f2" } as const;
    await database.transaction((transaction) => raiseAlerts(transaction, [alert, alert]));
    await database.transaction((transaction) =>
      raiseAlert(transaction, { ...alert, data: { seen: "later" } }),
    );
    expect(await rowsOf("f2")).toEqual([
      { state: "open", severity: "warning", count: 3n, data: { seen: "later" }, is_untold: true },
    ]);
    await database.transaction((transaction) => clearAlert(transaction, alert.type, alert.key));
    await database.transaction((transaction) => clearAlert(transaction, alert.type, alert.key));
    await database.transaction((transaction) => raiseAlert(transaction, alert));
    expect((await rowsOf("f2")).map(({ state, count }) => [state, count])).toEqual([
      ["cleared", 3n],
      ["open", 1n],
    ]);
  });

  it("F2: ten nodes that raise the same at once make one alert", async () => {
    const alert = { type: "webhook_dead", key: "race" } as const;
    const other = { type: "webhook_dead", key: "race-2" } as const;
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        database.transaction((transaction) =>
          raiseAlerts(transaction, index % 2 === 0 ? [alert, other] : [other, alert]),
        ),
      ),
    );
    expect((await rowsOf("race")).map(({ count }) => count)).toEqual([10n]);
  });

  it("takes whatever a partner or a place has said", async () => {
    const said = 'a \0 NUL, half of a \ud83d, a quote " and a \\u0000';
    await database.transaction((transaction) =>
      raiseAlert(transaction, { type: "reconciliation_failed", key: "said", data: { said } }),
    );
    expect((await rowsOf("said")).map(({ data }) => data)).toEqual([
      { said: 'a   NUL, half of a \ufffd, a quote " and a \\u0000' },
    ]);
  });

  it("F2: it grows graver, never milder", async () => {
    const raise = (severity: "info" | "warning" | "critical") =>
      database.transaction((transaction) =>
        raiseAlert(transaction, { type: "key_expiring", key: "grave", severity }),
      );
    await raise("info");
    await raise("critical");
    await raise("warning");
    expect((await rowsOf("grave")).map(({ severity }) => severity)).toEqual(["critical"]);
  });
});
