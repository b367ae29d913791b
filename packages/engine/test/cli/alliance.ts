// The alliance's files, unpacked for a test, and the killing of a run in the midst of it.
import type { ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { type Ended, runCommand, type ServedNode, startAlliance, startCommand } from "./processes.ts";

const data = join(import.meta.dirname, "../../../../examples/alliance/data");

export interface AllianceFiles {
  path(name: string): string;
  remove(): void;
}

export function unpackAlliance(): AllianceFiles {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-alliance-test-"));
  for (const name of readdirSync(data)) {
    const bytes = readFileSync(join(data, name));
    if (name.endsWith(".gz")) writeFileSync(join(folder, name.slice(0, -3)), gunzipSync(bytes));
    else writeFileSync(join(folder, name), bytes);
  }
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const importKinds = ["systems", "credit-types", "links", "rates", "mappings", "balances"] as const;

export async function importAlliance(files: AllianceFiles, node: ServedNode): Promise<void> {
  for (const kind of importKinds) {
    const ended = await runCommand(["import", kind, files.path(`${kind}.csv`)], node.environment);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
  }
}

/** Kills the command after a random while; what it leaves must be as if it had not begun, or whole. */
async function killCommand(
  words: readonly string[],
  node: ServedNode,
  range: readonly [number, number],
): Promise<void> {
  const { child, ended } = startCommand(words, node.environment);
  await wait(randomInt(...range));
  child.kill("SIGKILL");
  await ended;
}

/**
 * Kills an import, a run, and a run together with its node, then plays everything to its end while the node
 * dies under it and comes back.
 */
export async function playWithKills(files: AllianceFiles, node: ServedNode): Promise<Ended> {
  for (const kind of ["systems", "credit-types", "links", "rates"]) {
    await runCommand(["import", kind, files.path(`${kind}.csv`)], node.environment);
  }
  await killCommand(["import", "mappings", files.path("mappings.csv")], node, [500, 2_000]);
  await importAlliance(files, node);
  const results = files.path("killed-results.ndjson");
  writeFileSync(results, "the results of before\n");
  const running = ["exchange", "run", files.path("exchanges.ndjson"), "--out", results];
  await killCommand(running, node, [700, 1_500]);
  const both = startCommand(running, node.environment);
  await wait(randomInt(700, 1_500));
  both.child.kill("SIGKILL");
  await Promise.all([node.end("SIGKILL"), both.ended]);
  expect(readFileSync(results, "utf8")).toBe("the results of before\n");
  await node.start();
  const { child, ended } = startAlliance(node.environment);
  // The last command before the exchanges has ended.
  await outputMatching(child, /import balances/);
  for (let kill = 0; kill < 2; kill += 1) {
    await wait(randomInt(500, 1_500));
    await node.end("SIGKILL");
    await wait(randomInt(0, 300));
    await node.start();
  }
  const end = await ended;
  expect(end.stdout.match(/nothing to change/g)).toHaveLength(importKinds.length);
  return end;
}

function outputMatching(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: string) => {
      text += chunk;
      if (pattern.test(text)) resolve();
    });
    child.once("close", () => reject(new Error(`ended without ${String(pattern)}: ${text}`)));
  });
}
