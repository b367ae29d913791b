// Runs one development tool and keeps what it said, so that a green run prints one line.
import { spawn } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");

export interface ToolResult {
  readonly name: string;
  readonly code: number;
  readonly output: string;
  readonly durationMs: number;
}

/** Runs a script (inside node_modules, or of the project where it starts with "./") on this Node. */
export function runTool(name: string, script: string, flags: readonly string[]): Promise<ToolResult> {
  const startedAt = performance.now();
  const path = script.startsWith("./") ? join(root, script) : join(root, "node_modules", script);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...flags], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({ name, code: code ?? 1, output, durationMs: performance.now() - startedAt });
    });
  });
}
