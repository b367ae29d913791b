// Defences against callers and partners: who they are, what they may, what they send, and where this node calls.
import type { Mutation } from "./mutation.ts";

const engine = "packages/engine/src";
const tests = "packages/engine/test";
const pxp = "packages/protocol/src/pxp";

export const callerMutations: readonly Mutation[] = [
  {
    threat: 3,
    file: `${engine}/http/pxp/verify-call.ts`,
    found: "  if (!taken.isFree) {",
    replacement: "  if (taken.catalogVersion < 0n) {",
    test: {
      file: `${tests}/http/partner-calls.test.ts`,
      title: "that were sent before are refused by every instance, and a refused one takes no nonce (V2)",
    },
  },
  {
    threat: 3,
    file: `${pxp}/signature-profile.ts`,
    found: '["@method", "@target-uri", "content-type", "content-digest"]',
    replacement: '["@method", "content-type", "content-digest"]',
    test: { file: "packages/protocol/test/signature-vectors/vectors.test.ts", title: "$name (Z1, Z2, Z3)" },
  },
  {
    threat: 4,
    file: `${engine}/http/pxp/accept-call.ts`,
    found: "  if (!caller.speaksFor(spoken))",
    replacement: '  if (spoken === "")',
    test: {
      file: `${tests}/security/partner-reach.test.ts`,
      title: "%s is done for no partner that does not speak for the system",
    },
  },
  {
    threat: 5,
    file: `${engine}/http/operation-lookup.ts`,
    found: "const isThere = operation !== undefined && mayRead(principal, operation);",
    replacement: "const isThere = operation !== undefined;",
    test: {
      file: `${tests}/http/api-keys.test.ts`,
      title: "G1, G2: do and read what is of their systems, and nothing else is there for them",
    },
  },
  {
    threat: 11,
    file: `${engine}/http/pxp/shell.ts`,
    found: "    body: bodyText,",
    replacement: '    body: "{}",',
    test: {
      file: `${tests}/http/partner-calls.test.ts`,
      title: "are kept as evidence exactly as they were signed (X3)",
    },
  },
  {
    threat: 14,
    file: `${engine}/http/operation-lookup.ts`,
    found: '  if (unused === "absent") throw unacceptable("operation_not_found", operationId);',
    replacement: "",
    test: { file: `${tests}/security/reach.test.ts`, title: "every endpoint for every caller" },
  },
  {
    threat: 15,
    file: `${engine}/egress/address-rule.ts`,
    found: '  const reach = literal === undefined ? "public" : reachOf(literal);',
    replacement: '  const reach: Reach = "public";',
    test: {
      file: `${engine}/egress/address-rule.test.ts`,
      title: "is not %s, however this machine is written (E2)",
    },
  },
  {
    threat: 15,
    file: `${engine}/egress/address-rule.ts`,
    found: "    judgeResolved(host, texts, mayBePublic, allowLoopback);",
    replacement: "",
    test: {
      file: `${engine}/egress/address-rule.test.ts`,
      title: "is judged by every address that its name resolves to, at the connection (E2, E3)",
    },
  },
  {
    threat: 16,
    file: `${pxp}/base-url.ts`,
    found: '  if (path !== "" && url.pathname !== path) fail(',
    replacement: '  if (path === "//" && url.pathname !== path) fail(',
    test: {
      file: "packages/protocol/test/signature-vectors/vectors.test.ts",
      title: "refuses $base_url",
    },
  },
  {
    threat: 17,
    file: `${engine}/http/pxp/shell.ts`,
    found: "bodyLimit: messageBytesMax }",
    replacement: "bodyLimit: 2 ** 30 }",
    test: {
      file: `${tests}/http/partner-calls.test.ts`,
      title: "to what does not exist, of another type or too large decide nothing",
    },
  },
  {
    threat: 17,
    file: `${engine}/request-limits/queries.ts`,
    found: "        for no key update\n   ), clock as (",
    replacement: "   ), clock as (",
    test: {
      file: `${tests}/http/request-limits.test.ts`,
      title: "lets through as many as are set, whichever node they come to (Q5)",
    },
  },
  {
    threat: 18,
    file: `${engine}/http/pxp/verify-call.ts`,
    found: "  if (!first.verdict.ok) return { ...first.verdict, book: first.book };",
    replacement: `  if (!first.verdict.ok) {
    const nonce = first.verdict.nonce ?? "";
    await nonces.take({ nodeId: "airline", nonce, keepUntil: new Date(Date.now() + 60_000) });
    return { ...first.verdict, book: first.book };
  }`,
    test: {
      file: `${tests}/http/partner-calls.test.ts`,
      title: "that were sent before are refused by every instance, and a refused one takes no nonce (V2)",
    },
  },
  {
    threat: 18,
    file: `${engine}/partner/queries.ts`,
    found: "keep_until < clock_timestamp() - interval '10 minutes'",
    replacement: "keep_until < clock_timestamp() + interval '10 minutes'",
    test: {
      file: `${tests}/scenarios/partner-keys.test.ts`,
      title: "are swept when no clock of ours could accept their request any more, not before (N2)",
    },
  },
  {
    threat: 19,
    file: `${engine}/egress/outside-calls.ts`,
    found: "      if (size > maxBytes) throw",
    replacement: "      if (size > 2 ** 40) throw",
    test: {
      file: `${engine}/egress/outside-calls.test.ts`,
      title: "reads no more than it was told, and cuts what says nothing more (E5)",
    },
  },
  {
    threat: 20,
    file: "tools/structure/sql-rule.ts",
    found: "      if (!looksLikeSql(text)) continue;",
    replacement: "      if (!looksLikeSql(text) || line > 0) continue;",
    test: {
      file: "tools/structure/sql-rule.test.ts",
      title: "is found in strings and templates, with its place",
    },
  },
  {
    threat: 21,
    file: `${engine}/form/body.ts`,
    found: "  if (countNames(text) !== countKeys(value)) {",
    replacement: "  if (countNames(text) < countKeys(value)) {",
    test: { file: `${engine}/form/body.test.ts`, title: "has no name twice in one object: %s" },
  },
  {
    threat: 21,
    file: `${engine}/form/body.ts`,
    found:
      '      if (key === DANGEROUS_KEY) throw malformed(pathOf(child), "is not a field of this request");',
    replacement: "",
    test: { file: `${engine}/form/body.test.ts`, title: "has no name twice in one object: %s" },
  },
  {
    threat: 23,
    file: `${engine}/api-keys/queries.ts`,
    found: "api_keys.digest = u.digest and revoked_at is null",
    replacement: "api_keys.digest = u.digest",
    test: {
      file: `${tests}/http/api-keys.test.ts`,
      title: "A5, A8: a revoked key is refused at once, also by another node, and stays revoked",
    },
  },
  {
    threat: 27,
    file: "packages/protocol/src/webhooks/signing.ts",
    found: "bytes.length === expected.length && timingSafeEqual(bytes, expected)",
    replacement: "bytes.length === expected.length",
    test: {
      file: "packages/protocol/src/webhooks/signing.test.ts",
      title: "is refused for another body, id, time or key (Q2)",
    },
  },
  {
    threat: 28,
    file: `${pxp}/signature-profile.ts`,
    found: "export const signatureSkewSeconds = 60;",
    replacement: "export const signatureSkewSeconds = 600;",
    test: { file: `${pxp}/verification.test.ts`, title: "the window (Z2)" },
  },
];
