// Defences of what is kept and shown: protected values, logs, the audit log, the console's sessions, what is installed.
import type { Mutation } from "./mutation.ts";

const engine = "packages/engine/src";
const tests = "packages/engine/test";
const audit = "packages/protocol/src/audit";

export const recordMutations: readonly Mutation[] = [
  {
    threat: 22,
    file: `${engine}/http/users.ts`,
    found: "      const input = { systemId, userId, username, email, phone, attributes };\n",
    replacement:
      '      const input = { systemId, userId, username, email, phone, attributes };\n      services.log.error({ input }, "a profile");\n',
    test: {
      file: `${tests}/crossings/canary.test.ts`,
      title: "is found nowhere: no log, answer, address, event, metric, audit entry or row",
      within: "personal data",
    },
  },
  {
    threat: 24,
    file: `${audit}/verify-log.ts`,
    found: "    if (!isCommittedTo(entry))",
    replacement: "    if (entry.entry_index < 0)",
    test: {
      file: `${audit}/verify-log.test.ts`,
      title: "names a changed entry, with its commitment or without",
    },
  },
  {
    threat: 24,
    file: `${audit}/verify-log.ts`,
    found: "    if (entry.entry_index !== this.#next) {",
    replacement: "    if (entry.entry_index < 0) {",
    test: { file: `${audit}/verify-log.test.ts`, title: "names a removed entry" },
  },
  {
    threat: 24,
    file: `${audit}/verify-log.ts`,
    found: "const isSigned = findSigner(checkpoint, keys) !== undefined;",
    replacement: "const isSigned = checkpoint.size >= 0;",
    test: {
      file: `${audit}/verify-log.test.ts`,
      title: "names a rewritten checkpoint, and a log that was rewritten together with its checkpoints",
    },
  },
  {
    threat: 24,
    file: `${engine}/database/queries.ts`,
    found: '["audit_log", "audit_entries", "audit_nodes", "audit_checkpoints"]',
    replacement: '["audit_log"]',
    test: {
      file: `${tests}/scenarios/database-role.test.ts`,
      title: "M4 exchanges, folds the audit log and signs it, and may not touch what is in it",
    },
  },
  {
    threat: 25,
    file: `${engine}/sealing/envelope.ts`,
    found: 'JSON.stringify(["pointbridge", FORM, table, column, row, key.scope, key.version])',
    replacement: 'JSON.stringify(["pointbridge", FORM, table, column, key.scope, key.version])',
    test: { file: `${engine}/sealing/envelope.test.ts`, title: "S1 is not taken from another %s" },
  },
  {
    threat: 25,
    file: `${engine}/sealing/envelope.ts`,
    found: '  if (whole.toString("base64url") !== bytes) throw',
    replacement: '  if (bytes === "") throw',
    test: {
      file: `${engine}/sealing/envelope.test.ts`,
      title: "S3 one character more, less or another is found",
    },
  },
  {
    threat: 25,
    file: `${engine}/sealing/envelope.ts`,
    found: "if (version !== String(key.version)) {",
    replacement: 'if (version === "") {',
    test: {
      file: `${engine}/sealing/envelope.test.ts`,
      title: "S1 is not taken for one of another version of the key, nor of another system's",
    },
  },
  {
    threat: 26,
    file: `${engine}/http/session-cookie.ts`,
    found: "; HttpOnly; SameSite=Strict",
    replacement: "; HttpOnly; SameSite=Lax",
    test: {
      file: `${tests}/http/sessions.test.ts`,
      title: "can't be read by scripts, nor be sent by other sites (A13)",
    },
  },
  {
    threat: 26,
    file: `${engine}/http/session-cookie.ts`,
    found: '  if (site !== undefined && site !== "same-origin") {',
    replacement: '  if (site === "") {',
    test: { file: `${tests}/http/sessions.test.ts`, title: "does nothing %s" },
  },
  {
    threat: 26,
    file: `${engine}/http/console.ts`,
    found: "    \"script-src 'self'\",",
    replacement: "    \"script-src 'self' 'unsafe-inline'\",",
    test: {
      file: `${tests}/http/sessions.test.ts`,
      title: "runs its own scripts and nothing else, and is in nobody's frame (A16)",
    },
  },
  {
    threat: 30,
    file: `${engine}/sealing/envelope.ts`,
    found: '  return [FORM, key.version, markOf(key, place), bytes].join(".");',
    replacement: '  return [FORM, key.version, markOf(key, place), bytes, text].join(".");',
    test: {
      file: `${engine}/sealing/envelope.test.ts`,
      title: "S2 is never the same twice and shows nothing of its text",
    },
  },
  {
    threat: 31,
    file: "tools/bootstrap.mjs",
    found: '"--ignore-scripts", ',
    replacement: "",
    test: {
      file: "tools/sbom.test.ts",
      title: "runs no script of any package: none has one, and the project's own only links its command",
    },
  },
];
