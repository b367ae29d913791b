// Plays the alliance through the command line and compares what comes of it with what must.
// Works through the node at POINTBRIDGE_URL, else on the embedded database in POINTBRIDGE_DATA_DIR.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const data = join(import.meta.dirname, "data");
const command = join(import.meta.dirname, "../../packages/engine/bin/pointbridge.js");
const folder = mkdtempSync(join(tmpdir(), "pointbridge-alliance-"));
const environment = { ...process.env };
if (!environment["POINTBRIDGE_URL"] && !environment["DATABASE_URL"]) {
  environment["POINTBRIDGE_DATA_DIR"] ??= join(folder, "ledger");
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function unpack(): void {
  for (const name of readdirSync(data)) {
    const bytes = readFileSync(join(data, name));
    if (name.endsWith(".gz")) writeFileSync(join(folder, name.slice(0, -3)), gunzipSync(bytes));
    else writeFileSync(join(folder, name), bytes);
  }
}

/** Runs one command in the folder of the files; answers its standard output. */
function run(...words: readonly string[]): string {
  const startedAt = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [command, ...words], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`pointbridge ${words.join(" ")} ended with ${status}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`pointbridge ${words.join(" ")} (${seconds} s)`);
  return stdout;
}

function readLines(name: string): string[] {
  return readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
}

/** Every field that is expected must be there; a line may say more. */
function meets(found: string | undefined, expected: string): boolean {
  const fields = JSON.parse(found ?? "{}") as Record<string, unknown>;
  return Object.entries(JSON.parse(expected) as object).every(([name, value]) => fields[name] === value);
}

function compareResults(): void {
  const [found, expected] = [readLines("results.ndjson"), readLines("expected-results.ndjson")];
  const index = expected.findIndex((line, position) => !meets(found[position], line));
  if (index === -1 && found.length === expected.length) {
    say(`all ${expected.length} results are as expected`);
    return;
  }
  const at = index === -1 ? expected.length : index;
  throw new Error(`results differ at line ${at + 1}: ${found[at]} instead of ${expected[at]}`);
}

function compareBalances(exported: string): void {
  const [found, expected] = [exported.trimEnd().split("\n"), readLines("expected-balances.csv")];
  const length = Math.max(found.length, expected.length);
  for (let index = 0; index < length; index += 1) {
    if (found[index] === expected[index]) continue;
    throw new Error(`balances differ at line ${index + 1}: ${found[index]} instead of ${expected[index]}`);
  }
  say(`all ${expected.length - 1} balances are as expected`);
}

try {
  unpack();
  for (const kind of ["systems", "credit-types", "links", "rates", "mappings", "balances"]) {
    process.stdout.write(`  ${run("import", kind, `${kind}.csv`)}`);
  }
  process.stdout.write(`  ${run("exchange", "run", "exchanges.ndjson", "--out", "results.ndjson")}`);
  compareResults();
  compareBalances(run("ledger", "export"));
  process.stdout.write(`  ${run("ledger", "verify")}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
