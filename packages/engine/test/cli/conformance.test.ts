// `pointbridge conformance` in real processes: what it prepares, how it ends, and what it says of a partner that
// forgets its refusals.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ConformanceConfig,
  type Preparation,
  readConformanceConfig,
} from "../../src/conformance/index.ts";
import type { Fault } from "../conformance/faults.ts";
import { withPartner } from "../conformance/kit-world.ts";
import { endAll, runCommand } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "pointbridge-conformance-"));
const file = join(folder, "conformance.json");

interface ReportDocument {
  readonly ok: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly checks: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

function readConfig(): ConformanceConfig {
  return readConformanceConfig(readFileSync(file, "utf8"), file);
}

async function judge(faults: readonly Fault[], words: readonly string[]) {
  const ends: Awaited<ReturnType<typeof runCommand>>[] = [];
  await withPartner(readConfig(), faults, async ({ url, publicJwk }) => {
    const keys = join(folder, "partner.jwks.json");
    writeFileSync(keys, JSON.stringify({ keys: [publicJwk] }));
    ends.push(await runCommand(["conformance", url, "--config", file, "--keys", keys, ...words]));
  });
  const [ended] = ends;
  if (ended === undefined) throw new Error("the command was not run");
  return ended;
}

let preparation: Preparation;

beforeAll(async () => {
  const words = ["conformance", "--init", folder, "--system", "airline", "--json"];
  const { code, stdout, stderr } = await runCommand(words);
  if (code !== 0) throw new Error(stderr);
  preparation = JSON.parse(stdout) as Preparation;
}, 60_000);

afterAll(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
});

describe("conformance --init", () => {
  it("keeps private keys to the file, readable by its owner alone", () => {
    const config = readConfig();
    const privateParts = [config.own, config.foreign, config.revoked].map(({ private_jwk: { d } }) => d);
    expect(new Set(privateParts).size).toBe(3);
    for (const part of privateParts) expect(JSON.stringify(preparation)).not.toContain(part);
    // Windows has no such modes.
    const isClosed = process.platform === "win32" || (statSync(file).mode & 0o077) === 0;
    expect(isClosed).toBe(true);
  });

  it("tells what the partner registers and prepares", () => {
    const { own, foreign, target } = readConfig();
    expect(preparation.registrations.map(({ systems }) => systems)).toEqual([
      [own.system_id, own.second_system_id],
      [foreign.system_id],
    ]);
    expect(preparation.registrations[0]?.jwks.keys).toHaveLength(1);
    expect(preparation.registrations[0]?.revoked_jwks?.keys).toHaveLength(1);
    expect(preparation.test_data.join("\n")).toContain(target.capped_member);
  });

  it("doesn't replace keys that may be registered", async () => {
    const before = readFileSync(file, "utf8");
    const { code, stderr } = await runCommand(["conformance", "--init", folder, "--system", "airline"]);
    expect(code).toBe(2);
    expect(stderr).toContain("is there already");
    expect(readFileSync(file, "utf8")).toBe(before);
  });
});

describe("conformance URL", () => {
  it("ends with 0 where every must is kept", async () => {
    const { code, stdout } = await judge([], ["--only", "node/", "credits/none", "--profile", "target"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  ok       credits/none-credit ");
    expect(stdout).toContain("conformant: no must failed");
  });

  it("ends with 1 and shows the rule, what was sent, what came and what was expected", async () => {
    const html = join(folder, "report.html");
    const { code, stdout } = await judge(["refusal-forgotten"], ["--only", "rates/", "--html", html]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ {2}FAILED {3}rates\/refusal-kept/);
    expect(stdout).toContain("rule      A refusal is stored under its id before it is answered");
    expect(stdout).toMatch(/sent {6}POST \/pxp\/v1\/credits \{"operation_id"/);
    expect(stdout).toMatch(/came {6}200 \{"operation_id"/);
    expect(stdout).toContain("expected  422 refused");
    expect(stdout).toMatch(/not conformant: 1 must failed\n$/);
    const page = readFileSync(html, "utf8");
    expect(page).toContain("<code>rates/refusal-kept</code>");
    expect(page).toContain("Not conformant: 1 must failed");
    expect(page).not.toContain("<script");
  });

  it("ends with 0 where only a should failed", async () => {
    const { code, stdout } = await judge(["nonces-not-kept"], ["--only", "signature/replayed", "--json"]);
    const { ok, counts, checks } = JSON.parse(stdout) as ReportDocument;
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(counts).toEqual({ ok: 0, failed: 2, failed_must: 0, skipped: 0 });
    expect(checks.map(({ profile, status, level }) => [profile, status, level])).toEqual([
      ["target", "failed", "should"],
      ["source", "failed", "should"],
    ]);
    expect(checks[0]?.["exchanges"]).toHaveLength(2);
  });

  it("counts a skip with its reason", async () => {
    const { code, stdout } = await judge([], ["--only", "credits/pending", "--json"]);
    const { counts, checks } = JSON.parse(stdout) as ReportDocument;
    expect({ code, counts }).toEqual({ code: 0, counts: { ok: 0, failed: 0, failed_must: 0, skipped: 2 } });
    expect(checks[0]?.["reason"]).toContain("target.pending_member");
  });

  it("ends with 1 where the kit's keys are not registered", async () => {
    const stranger = join(folder, "stranger");
    await runCommand(["conformance", "--init", stranger, "--system", "airline"]);
    const config = ["--config", join(stranger, "conformance.json")];
    const { code, stdout } = await judge([], config);
    expect(code).toBe(1);
    expect(stdout).toContain("are the kit's keys registered");
    expect(stdout).toContain("unknown_key");
  });

  it("ends with 3 where nobody listens", async () => {
    const words = ["conformance", "http://127.0.0.1:9", "--config", file, "--trust-node-keys", "--json"];
    const { code, stdout } = await runCommand(words);
    expect(code).toBe(3);
    const { detail } = JSON.parse(stdout) as { readonly detail: string };
    expect(detail).toContain("can't be reached");
  });

  it.each([
    ["no address", [], "base_url is missing"],
    ["an address that is none", ["club.example"], "base_url"],
    ["settings that aren't there", ["http://127.0.0.1:9", "--config", "nowhere.json"], "no such file"],
    ["nobody's keys", ["http://127.0.0.1:9", "--config", file], "--trust-node-keys"],
    ["a profile that doesn't exist", ["http://127.0.0.1:9", "--profile", "hub"], "Allowed choices"],
  ])("ends with 2 for %s", async (_name, words, said) => {
    const { code, stderr } = await runCommand(["conformance", ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});

describe("the settings", () => {
  const change = (path: readonly string[], value: unknown) => {
    const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    let place = config;
    for (const name of path.slice(0, -1)) place = place[name] as Record<string, unknown>;
    place[path.at(-1) ?? ""] = value;
    return () => readConformanceConfig(JSON.stringify(config), "settings");
  };

  it.each([
    [["target", "rate"], "0", "target.rate must be above 0"],
    [["target", "cap"], 1000, "/target/cap: must be a string"],
    [["own", "second_system_id"], "conformance", "four different ids"],
    [["target", "spender"], "conformance-member", "names one twice"],
    [["own", "private_jwk", "d"], "A".repeat(43), "own.private_jwk can't be used"],
    [["deadlines", "answer_ms"], 0, "/deadlines/answer_ms: must be at least 1"],
    [["target", "pending_membr"], "m", "/target/pending_membr: is not a field of this request"],
  ])("%j %j is refused: %s", (path, value, said) => {
    expect(change(path, value)).toThrow(said);
  });
});
