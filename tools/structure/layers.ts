// The order that the structure rules hold the code to. docs/architecture.md says why.

/** Which packages of the project a package's sources may import. */
export const packageDirections: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  sdk: ["protocol"],
  console: ["sdk"],
  engine: ["protocol"],
};

/** Places of the engine that may import the SDK too: the command line is its client. */
export const engineSdkUsers: readonly string[] = ["cli", "http", "main.ts"];

/** Places under packages/engine/src from the bottom up; one may import lower rows only, never its own row. */
export const engineTiers: ReadonlyArray<readonly string[]> = [
  ["domain", "system"],
  ["database", "form", "import-files", "egress"],
  ["changes", "sealing"],
  ["admin-log"],
  ["alerts"],
  [
    "ledger",
    "request-limits",
    "catalog",
    "rates",
    "quotes",
    "mappings",
    "users",
    "operations",
    "inconsistencies",
  ],
  ["grants"],
  ["limits", "partner", "api-keys", "events"],
  ["posting"],
  ["exchange", "imports", "webhooks"],
  ["audit", "receipts"],
  ["summaries"],
  ["reconcile"],
  ["config.ts", "conformance"],
  ["http", "cli"],
  ["assembly"],
  ["node.ts"],
  ["main.ts"],
  ["index.ts"],
];

/** Only packages/engine/src/database names these. */
export const databaseDrivers: readonly string[] = ["pg", "@electric-sql/pglite"];

export const longestFileLines = 400;
export const longestFunctionLines = 70;
