// Builds a small clone in a temporary folder, sound by itself, so that a test can spoil one thing and see it found.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkStructure } from "./check-structure.ts";
import { formatOffence } from "./offence.ts";

function manifest(name: string, dependencies: Readonly<Record<string, string>>): string {
  return JSON.stringify({ name: `@pointbridge/${name}`, exports: { ".": "./src/index.ts" }, dependencies });
}

const soundFiles: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ name: "fixture", scripts: { start: "node packages/engine/src/main.ts" } }),
  "packages/protocol/package.json": manifest("protocol", {}),
  "packages/protocol/src/index.ts": "// The protocol.\nexport interface Shape {}\n",
  "packages/sdk/package.json": manifest("sdk", { "@pointbridge/protocol": "0.1.0" }),
  "packages/sdk/src/index.ts":
    '// The client.\nimport type { Shape } from "@pointbridge/protocol";\nexport interface Client extends Shape {}\n',
  "packages/engine/package.json": manifest("engine", {
    "@pointbridge/protocol": "0.1.0",
    "@pointbridge/sdk": "0.1.0",
    pg: "8.0.0",
  }),
  "packages/engine/migrations/0001-start.sql": "-- The first tables.\ncreate table a (id int);\n",
  "packages/engine/src/index.ts": "// What others see.\nexport {};\n",
  "packages/engine/src/main.ts":
    '// Starts it.\nimport { open } from "./ledger/index.ts";\nimport { run } from "./cli/index.ts";\nrun(open);\n',
  "packages/engine/src/cli/index.ts":
    '// Commands.\nimport type { Client } from "@pointbridge/sdk";\nexport const run = (given: unknown, client?: Client) => [given, client];\n',
  "packages/engine/src/domain/index.ts": "// Rules.\nexport const one = 1;\n",
  "packages/engine/src/database/index.ts":
    '// The driver.\nimport { Pool } from "pg";\nexport const pool = new Pool();\n',
  "packages/engine/src/ledger/index.ts":
    '// Balances.\nimport { pool } from "../database/index.ts";\nimport { one } from "../domain/index.ts";\n' +
    'import { text } from "./queries.ts";\nexport const open = () => [pool, one, text];\n',
  "packages/engine/src/ledger/queries.ts": '// SQL.\nexport const text = "select a from b where c = $1";\n',
};

/** What the check says of the sound tree with these files added or replaced; one line each, without the messages' end. */
export function checkFixture(changes: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), "structure-"));
  try {
    for (const [path, text] of Object.entries({ ...soundFiles, ...changes })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkStructure(root).offences.map(formatOffence);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The sound text of one file with more at its end. */
export function withMore(path: string, more: string): Record<string, string> {
  return { [path]: `${soundFiles[path] ?? ""}${more}` };
}
