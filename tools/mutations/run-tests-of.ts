// Runs named tests of a tree and says of each whether it passed, and what failed: an assertion, or nothing that ran.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface NamedTest {
  readonly file: string;
  readonly title: string;
  readonly within?: string;
}

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Of what failed, the first words. */
  readonly messages: readonly string[];
  readonly failedTitles: readonly string[];
  /** Why nothing ran: a file that could not be loaded, a hook that failed. */
  readonly fault: string | undefined;
}

interface Report {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** A title as the pattern that finds it; what `it.each` puts in may be anything. */
export function patternOf(title: string): string {
  return title.replaceAll(/[.*+?^{}()|[\]\\]/g, "\\$&").replaceAll(/%[sdif]|\$[a-z_]+/gi, ".*");
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch {
    // Vitest writes none where it could not even begin; what it said is told instead.
    return undefined;
  }
}

function judge(report: Report | undefined, said: string): TestRun {
  const results = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  const failed = results.filter(({ status }) => status === "failed");
  const passed = results.filter(({ status }) => status === "passed").length;
  const messages = failed.map(({ failureMessages = [] }) => (failureMessages[0] ?? "").slice(0, 300));
  const [broken] = (report?.testResults ?? [])
    .map(({ message }) => message)
    .filter((message) => message !== undefined && message !== "");
  const isNothing = passed + failed.length === 0;
  return {
    passed,
    failed: failed.length,
    messages,
    failedTitles: failed.map(({ fullName }) => fullName),
    fault: isNothing ? (broken ?? said.slice(-2_000)) : undefined,
  };
}

export async function runTestsOf(root: string, tests: readonly NamedTest[]): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-report-"));
  const outputFile = join(folder, "report.json");
  const files = [...new Set(tests.map(({ file }) => file))];
  const pattern = [...new Set(tests.map(({ title, within }) => patternOf(within ?? title)))].join("|");
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      ...files,
      "--testNamePattern",
      pattern,
      "--reporter=json",
      `--outputFile=${outputFile}`,
      "--no-color",
    ],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: process.env },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => said.push(text));
  }
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  await new Promise<void>((resolve) => {
    child.on("close", () => resolve());
  });
  process.off("exit", stop);
  const run = judge(read(outputFile), said.join(""));
  rmSync(folder, { recursive: true, force: true });
  return run;
}
