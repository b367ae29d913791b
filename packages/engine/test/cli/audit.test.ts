// `audit verify` and `receipt verify` as somebody outside runs them: with files that were kept elsewhere.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import { changeEntry, countAudit, removeEntry } from "../support/audit-row-queries.ts";
import {
  keysOf,
  nodeApiKey,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putTestRoute,
} from "../support/partner-node.ts";
import { createTestDatabase } from "../support/test-database.ts";
import { endAll, runCommand } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "pointbridge-audit-"));
const fileOf = (name: string) => join(folder, name);
const [kept, keys, receiptFile] = ["checkpoints", "keys.json", "receipt.json"].map(fileOf) as [
  string,
  string,
  string,
];

describe("the verifiers", () => {
  const cleanUps: (() => Promise<unknown>)[] = [];
  let node: PartnerNode;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const place = await createTestDatabase();
    const database = await openDatabase({ url: place.url });
    node = await openPartnerNode(database);
    cleanUps.push(
      () => node.close(),
      () => database.close(),
      () => place.drop(),
    );
    environment = { POINTBRIDGE_URL: node.url, POINTBRIDGE_API_KEY: nodeApiKey };
    await putHosted(node, "shop", "coin");
    await putHosted(node, "club", "star");
    await putTestRoute(node, { source: ["shop", "coin"], target: ["club", "star"], rate: "0.5" });
    await node.client.credits.create({
      system_id: "shop",
      credit_type_id: "coin",
      user_id: "u1",
      amount: 100n,
    });
    await node.client.exchanges.create({
      operation_id: "x-1",
      user_id: "u1",
      source_system: "shop",
      source_credit_type: "coin",
      target_system: "club",
      target_credit_type: "star",
      amount: 10n,
    });
    await node.services.audit.fold();
    writeFileSync(kept, (await node.services.audit.checkpoint())?.note ?? "");
    writeFileSync(keys, JSON.stringify(await keysOf(node)));
  }, 120_000);

  afterAll(async () => {
    await endAll();
    for (const cleanUp of cleanUps) await cleanUp();
    rmSync(folder, { recursive: true, force: true });
  });

  const verifyAudit = async () => {
    const words = ["audit", "verify", "--checkpoint", kept, "--keys", keys, "--json"];
    const { code, stdout, stderr } = await runCommand(words, environment);
    if (stdout === "") throw new Error(stderr);
    return {
      code,
      report: JSON.parse(stdout) as { ok: boolean; faults: string[]; verified_checkpoints: number },
    };
  };

  it("audit: ends with 0 where all is as it was signed, and with 1 and what was done where it is not", async () => {
    const sound = await verifyAudit();
    expect(sound).toMatchObject({ code: 0, report: { ok: true, faults: [] } });
    expect(sound.report.verified_checkpoints).toBeGreaterThanOrEqual(2);
    const [counts] = await node.database.transaction((tx) => tx.query<{ entries: number }>(countAudit));
    const last = (counts?.entries ?? 0) - 1;
    await node.database.transaction(async (tx) => {
      await tx.query(changeEntry, [1]);
      await tx.query(removeEntry, [last]);
    });
    const { code, report } = await verifyAudit();
    expect(code).toBe(1);
    expect(report.faults).toContain("entry 1 was changed: it is not what its leaf commits to");
    expect(report.faults.at(-1)).toContain("entries were removed");
  }, 120_000);

  it("receipt: needs a file and keys and no node, and ends with 1 for anything else than what was signed", async () => {
    const shown = await runCommand(["receipt", "show", "x-1"], environment);
    writeFileSync(receiptFile, shown.stdout);
    const verify = (...words: string[]) => runCommand(["receipt", "verify", receiptFile, ...words, "--json"]);
    const sound = await verify("--keys", `shop=${keys}`, `club=${keys}`);
    expect(sound.code).toBe(0);
    expect(JSON.parse(sound.stdout)).toMatchObject({
      ok: true,
      content: { operation_id: "x-1", target_amount: "5" },
    });
    const receipt = JSON.parse(shown.stdout) as { payload: string };
    const said = Buffer.from(receipt.payload, "base64url")
      .toString()
      .replace('"target_amount":"5"', '"target_amount":"6"');
    writeFileSync(
      receiptFile,
      JSON.stringify({ ...receipt, payload: Buffer.from(said).toString("base64url") }),
    );
    expect((await verify("--keys", keys)).code).toBe(1);
  }, 120_000);
});
