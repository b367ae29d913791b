// Writes docs/protocol/openapi.json from the schemas of the partner protocol: `node tools/pxp-openapi.ts`.
// A test proves that the two agree.
import { writeFileSync } from "node:fs";
import { Components, type JsonObject } from "../packages/protocol/src/index.ts";
import {
  answerSchemas,
  callNames,
  callPaths,
  callSchemas,
  errorAnswer,
  type PxpCallName,
  pxpCodePattern,
} from "../packages/protocol/src/pxp/index.ts";

export const documentFile = new URL("../docs/protocol/openapi.json", import.meta.url);

const description = `Spoken between nodes of Pointbridge, and by any partner in any language. Every call is a \`POST\` with a JSON body to the callee's agreed \`base_url\`; every request and every answer is signed (RFC 9421, Ed25519; [signature.md](signature.md)). Unknown fields are ignored. An answer counts only if a key of the called node signed it with the request's nonce and its status and outcome are listed here for the call; anything else leaves the outcome unknown, and the caller asks by sending the same again ([caller.md](caller.md)).

Answers without an \`outcome\` (400, 401, 403, 404, 413, 415, 429, 5xx, and 409 \`operation_conflict\`) decide nothing and store nothing under the id.`;

interface CallText {
  readonly summary: string;
  readonly tag: "target" | "source" | "both";
  /** By status: what it says. Those with `error` have no outcome. */
  readonly answers: Readonly<
    Record<string, { readonly text: string; readonly body: "answer" | "error" | "either" | "refusal" }>
  >;
}

const conflict = {
  text: "`operation_conflict`: the id was used with another source_system, target_system, user_id, credit_type_id or amount; the stored row stands beside the code. Decides nothing.",
  body: "error",
} as const;

const unready = {
  text: "`reconciliation_key_unknown`: send the secret first. `summaries_unready`: ask again later.",
  body: "error",
} as const;

const calls: Readonly<Record<PxpCallName, CallText>> = {
  node: {
    summary: "What the node is and can",
    tag: "both",
    answers: { "200": { text: "The node.", body: "answer" } },
  },
  credits: {
    summary: "Give points to a member of the target",
    tag: "target",
    answers: {
      "200": { text: "`completed`, now or before.", body: "answer" },
      "202": {
        text: "`pending`: ends by itself as completed or refused; until then unknown.",
        body: "answer",
      },
      "409": conflict,
      "422": {
        text: "`refused` with its `code`, or `rolled_back`: the id is fenced or was taken back.",
        body: "answer",
      },
    },
  },
  "credits/rollback": {
    summary: "Take a credit back, or fence one that has not arrived",
    tag: "target",
    answers: {
      "200": { text: "`rolled_back`, or `refused`: the credit never happened.", body: "answer" },
      "202": { text: "`pending`: not decided yet; ask again.", body: "answer" },
      "409": {
        text: "`completed` with the code `rollback_refused`: the points can't be taken back, and the row is sealed for good. Or, without an outcome, `operation_conflict`.",
        body: "either",
      },
    },
  },
  holds: {
    summary: "Hold points of a member of the source",
    tag: "source",
    answers: {
      "200": { text: "`held`, or `captured` where it has been since.", body: "answer" },
      "409": conflict,
      "422": { text: "`refused` with its `code`, or `released`.", body: "answer" },
    },
  },
  "holds/capture": {
    summary: "Take the held points, all of them",
    tag: "source",
    answers: {
      "200": { text: "`captured`, now or before.", body: "answer" },
      "404": { text: "The hold was never seen. No outcome.", body: "error" },
      "409": {
        text: "`refused` or `released`: there is nothing to capture. Or `operation_conflict`.",
        body: "either",
      },
    },
  },
  "holds/release": {
    summary: "Give the held points back, or fence a hold that has not arrived",
    tag: "source",
    answers: {
      "200": { text: "`released`, or `refused`: the hold never happened.", body: "answer" },
      "409": {
        text: "`captured`: the points were taken. Or, without an outcome, `operation_conflict`.",
        body: "either",
      },
    },
  },
  batch: {
    summary: "Several calls in one request",
    tag: "both",
    answers: {
      "200": {
        text: "One result a call, each as if the call had been sent alone. A result has `operation_id`, `status` and what the call itself would have answered.",
        body: "answer",
      },
    },
  },
  users: {
    summary: "Create the target's user for a source user, once",
    tag: "target",
    answers: {
      "200": { text: "The user; always the same for the same source user.", body: "answer" },
      "422": { text: "`refused` with its `code`.", body: "refusal" },
    },
  },
  operations: {
    summary: "List what is stored",
    tag: "both",
    answers: { "200": { text: "A page.", body: "answer" } },
  },
  rates: {
    summary: "Agree on a change of a rate; a node may do without it and answer 404",
    tag: "both",
    answers: {
      "200": { text: "Where the change stands for the callee.", body: "answer" },
      "409": {
        text: "`operation_conflict`: the id was used with other terms. Decides nothing.",
        body: "error",
      },
    },
  },
  receipts: {
    summary: "Sign what a completed exchange came to; a node may do without it and answer 404",
    tag: "both",
    answers: {
      "200": { text: "The signature.", body: "answer" },
      "404": { text: "No such row, or the call is not supported. No outcome.", body: "error" },
      "409": {
        text: "`receipt_refused`: the row is not completed or captured, or says otherwise, in `conflicting_field`.",
        body: "error",
      },
    },
  },
  "reconciliation/key": {
    summary: "Hand over the secret that digests of a leg are made under",
    tag: "both",
    answers: {
      "200": { text: "It is kept.", body: "answer" },
      "409": { text: "`reconciliation_key_taken`: the version is another secret.", body: "error" },
    },
  },
  "reconciliation/summary": {
    summary: "What a window adds up to",
    tag: "both",
    answers: {
      "200": { text: "Counts and points; with `key_version` the sum of digests.", body: "answer" },
      "409": unready,
    },
  },
  "reconciliation/sketch": {
    summary: "Sketches of a window or of its hours",
    tag: "both",
    answers: { "200": { text: "The sketches.", body: "answer" }, "409": unready },
  },
  "reconciliation/rows": {
    summary: "Single rows",
    tag: "both",
    answers: { "200": { text: "What was found of them.", body: "answer" }, "409": unready },
  },
};

const commonErrors: Readonly<Record<string, string>> = {
  "400": "The body is malformed.",
  "401":
    "`missing_component`, `bad_signature`, `bad_digest`, `unknown_key`, `revoked_key`, `expired`, `clock_skew` or `nonce_replayed`, with the callee's `time`. No effect.",
  "403": "The caller does not speak for the system, or the other system is not hosted here.",
  "413": "The body is larger than 4 MiB.",
  "415": "The body is no JSON in UTF-8, or has a Content-Encoding.",
  "429": "Too many calls; `Retry-After` says when to come back.",
  "503": "The callee can't decide now; send the same again.",
};

/** What judges read of a refused provisioning. */
const usersRefusal: JsonObject = {
  type: "object",
  required: ["outcome", "code"],
  properties: { outcome: { const: "refused" }, code: { type: "string", pattern: pxpCodePattern } },
};

function jsonContent(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

const answerHeaders: JsonObject = Object.fromEntries(
  ["Content-Digest", "Signature-Input", "Signature"].map((name) => [
    name,
    { $ref: `#/components/headers/${name}` },
  ]),
);

function responsesOf(name: PxpCallName, components: Components): JsonObject {
  const answer = components.place(answerSchemas[name]);
  const error = components.place(errorAnswer);
  const bodies = { answer, error, refusal: usersRefusal, either: { anyOf: [answer, error] } };
  const responses: JsonObject = {};
  for (const [status, { text, body }] of Object.entries(calls[name].answers)) {
    responses[status] = { description: text, headers: answerHeaders, content: jsonContent(bodies[body]) };
  }
  for (const [status, text] of Object.entries(commonErrors)) {
    responses[status] ??= { description: text, headers: answerHeaders, content: jsonContent(error) };
  }
  return responses;
}

/** A batch's lines have any form to the callee, which judges each by itself; here they are told. */
function describeBatchLines(components: Components): void {
  const lines = callNames.map((call) => ({
    allOf: [
      { type: "object", required: ["call"], properties: { call: { const: call } } },
      components.place(callSchemas[call]),
    ],
  }));
  const batch = components.schemas["BatchCall"];
  const properties = batch?.["properties"] as JsonObject | undefined;
  const list = properties?.["calls"] as JsonObject | undefined;
  if (batch === undefined || properties === undefined || list === undefined) {
    throw new Error("The schema BatchCall has no calls.");
  }
  list["items"] = { anyOf: lines };
}

const signatureHeaders: JsonObject = {
  "Content-Digest": {
    description: "RFC 9530, `sha-256` over the bytes of the body.",
    required: true,
    schema: { type: "string" },
  },
  "Signature-Input": {
    description:
      'One signature, labelled `sig1`. A request covers `"@method" "@target-uri" "content-type" "content-digest"` with `created`, `expires`, `nonce`, `keyid`, `alg="ed25519"` and `tag="pxp-1"`; an answer covers `"@status" "content-digest"` with `created`, `keyid`, `alg`, `tag` and the request\'s `nonce`.',
    required: true,
    schema: { type: "string" },
  },
  Signature: { description: "`sig1=:BASE64:`.", required: true, schema: { type: "string" } },
};

export function buildPxpOpenApi() {
  const components = new Components();
  const paths: Record<string, JsonObject> = {};
  for (const [name, path] of Object.entries(callPaths) as [PxpCallName, string][]) {
    const { summary, tag } = calls[name];
    paths[path] = {
      post: {
        operationId: name.replace("/", "_"),
        tags: [tag],
        summary,
        security: [{ signature: [] }],
        parameters: ["Content-Digest", "Signature-Input"].map((header) => ({
          $ref: `#/components/parameters/${header}`,
        })),
        requestBody: { required: true, content: jsonContent(components.place(callSchemas[name])) },
        responses: responsesOf(name, components),
      },
    };
  }
  describeBatchLines(components);
  return {
    openapi: "3.1.0",
    info: { title: "pxp/1, the partner protocol of Pointbridge", version: "1", description },
    servers: [
      {
        url: "{base_url}",
        description: "As agreed with the callee: `https`, lower case, no default port, no slash at its end.",
        variables: { base_url: { default: "https://partner.example.com" } },
      },
    ],
    tags: [
      { name: "both", description: "Every node." },
      { name: "target", description: "Nodes with the role `target`." },
      { name: "source", description: "Nodes with the role `source`." },
    ],
    paths,
    components: {
      schemas: components.schemas,
      headers: signatureHeaders,
      parameters: Object.fromEntries(
        Object.entries(signatureHeaders).map(([name, header]) => [
          name,
          { name, in: "header", ...(header as JsonObject) },
        ]),
      ),
      securitySchemes: {
        signature: {
          type: "apiKey",
          in: "header",
          name: "Signature",
          description: "An HTTP message signature (RFC 9421) of the profile pxp-1.",
        },
      },
    },
  };
}

/** The whole file. */
export function renderPxpOpenApi(): string {
  return `${JSON.stringify(buildPxpOpenApi(), null, 2)}\n`;
}

if (import.meta.main) writeFileSync(documentFile, renderPxpOpenApi());
