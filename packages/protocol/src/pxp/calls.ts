// The calls of pxp/1: their paths, and the forms of every call and answer. Unknown fields are allowed
// everywhere, so that a later version may add some; what is known has to have its form.
import { type Static, type TSchema, Type } from "typebox";
import { metadata as freeMetadata, oneOf, userIdPattern } from "../v1/index.ts";
import {
  amount,
  code,
  creditTypeId,
  initiatedAt,
  open,
  operationId,
  patterned,
  rate,
  systemId,
  time,
  userId,
} from "./call-fields.ts";
import { ratesAnswer, ratesCall } from "./rate-calls.ts";
import { receiptsAnswer, receiptsCall } from "./receipt-calls.ts";
import {
  keyAnswer,
  keyCall,
  rowsAnswer,
  rowsCall,
  sketchAnswer,
  sketchCall,
  summaryAnswer,
  summaryCall,
} from "./reconciliation/index.ts";

/** The calls that move points or take a movement back: they have an outcome, and may stand in a batch. */
export const callNames = ["credits", "credits/rollback", "holds", "holds/capture", "holds/release"] as const;
export type CallName = (typeof callNames)[number];
/** Every call that a node answers. */
export type PxpCallName =
  | CallName
  | "node"
  | "batch"
  | "users"
  | "operations"
  | "rates"
  | "receipts"
  | "reconciliation/key"
  | "reconciliation/summary"
  | "reconciliation/sketch"
  | "reconciliation/rows";

export const callPaths = {
  node: "/pxp/v1/node",
  credits: "/pxp/v1/credits",
  "credits/rollback": "/pxp/v1/credits/rollback",
  holds: "/pxp/v1/holds",
  "holds/capture": "/pxp/v1/holds/capture",
  "holds/release": "/pxp/v1/holds/release",
  batch: "/pxp/v1/batch",
  users: "/pxp/v1/users",
  operations: "/pxp/v1/operations",
  rates: "/pxp/v1/rates",
  receipts: "/pxp/v1/receipts",
  "reconciliation/key": "/pxp/v1/reconciliation/key",
  "reconciliation/summary": "/pxp/v1/reconciliation/summary",
  "reconciliation/sketch": "/pxp/v1/reconciliation/sketch",
  "reconciliation/rows": "/pxp/v1/reconciliation/rows",
} as const satisfies Record<PxpCallName, string>;

/** What every message says it is. */
export const pxpProtocol = "pxp/1";
/** Bytes of a call or an answer at most. */
export const messageBytesMax = 4 * 1024 * 1024;
/** Lines of a batch at most, whatever a node offers as `batch_max`. */
export const pxpBatchLinesMax = 1000;
export const pxpPageLimitMax = 1000;

const reason = Type.String({ maxLength: 1000, description: "Why, for people." });

const route = { operation_id: operationId, source_system: systemId, target_system: systemId };
const movement = { ...route, user_id: userId, credit_type_id: creditTypeId, amount };

export const creditCall = open("CreditCall", "Gives points to a member of the target.", {
  ...movement,
  source_credit_type: creditTypeId,
  source_amount: amount,
  exchange_rate: rate,
  initiated_at: initiatedAt,
  metadata: Type.Optional(freeMetadata),
});

export const rollbackCall = open("RollbackCall", "Takes a credit back, or fences one that has not arrived.", {
  ...route,
  initiated_at: initiatedAt,
  reason,
});

export const holdCall = open("HoldCall", "Holds points of a member of the source until capture or release.", {
  ...movement,
  initiated_at: initiatedAt,
  metadata: Type.Optional(freeMetadata),
});

const holdEnding = { ...route, initiated_at: initiatedAt, reason: Type.Optional(reason) };

export const captureCall = open("CaptureCall", "Takes the held points, all of them.", holdEnding);
export const releaseCall = open(
  "ReleaseCall",
  "Gives the held points back, or fences a hold that has not arrived.",
  holdEnding,
);

export const nodeCall = open("NodeCall", "Asks a node what it is.", {});

export const usersCall = open("UsersCall", "Creates the target's user for a source user, once.", {
  source_system: systemId,
  source_user_id: patterned(userIdPattern, "The user's id at the source: what makes the call idempotent."),
  target_system: systemId,
  profile: open("Profile", "What is known of the user.", {
    username: Type.Optional(Type.String({ maxLength: 200 })),
    email: Type.Optional(Type.String({ maxLength: 320 })),
    phone: Type.Optional(Type.String({ maxLength: 64 })),
    attributes: Type.Optional(freeMetadata),
  }),
});

export const operationsCall = open("OperationsCall", "Lists rows of every outcome, one page.", {
  kind: oneOf(["credits", "holds"], "Which rows."),
  source_system: systemId,
  target_system: systemId,
  start_time: time,
  end_time: time,
  limit: Type.Integer({ minimum: 1, maximum: pxpPageLimitMax, description: "Rows of a page." }),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1024, description: "`next_cursor` of the page before." }),
  ),
});

/** Lines are judged one by one: a bad line is answered with status 400 and refuses no other. */
export const batchCall = open("BatchCall", "Calls that are decided one after another, as if sent alone.", {
  calls: Type.Array(Type.Unknown(), { minItems: 1, maxItems: pxpBatchLinesMax }),
});

export const callSchemas = {
  node: nodeCall,
  credits: creditCall,
  "credits/rollback": rollbackCall,
  holds: holdCall,
  "holds/capture": captureCall,
  "holds/release": releaseCall,
  batch: batchCall,
  users: usersCall,
  operations: operationsCall,
  rates: ratesCall,
  receipts: receiptsCall,
  "reconciliation/key": keyCall,
  "reconciliation/summary": summaryCall,
  "reconciliation/sketch": sketchCall,
  "reconciliation/rows": rowsCall,
} as const satisfies Record<PxpCallName, TSchema>;

const idempotent = Type.Optional(Type.Boolean({ description: "True where the row was there before." }));

export const creditAnswer = open("CreditAnswer", "200 completed, 202 pending, 422 refused or rolled_back.", {
  operation_id: operationId,
  outcome: oneOf(["completed", "pending", "refused", "rolled_back"], "What is stored."),
  amount: Type.Optional(amount),
  transaction_id: Type.Optional(Type.String({ maxLength: 128 })),
  completed_at: Type.Optional(time),
  code: Type.Optional(code),
  idempotent,
});

export const rollbackAnswer = open(
  "RollbackAnswer",
  "200 rolled_back or refused, 202 pending, 409 completed with the code rollback_refused.",
  {
    operation_id: operationId,
    outcome: oneOf(["rolled_back", "refused", "pending", "completed"], "What is stored."),
    code: Type.Optional(code),
    idempotent,
  },
);

export const holdAnswer = open("HoldAnswer", "200 held or captured, 422 refused or released.", {
  operation_id: operationId,
  outcome: oneOf(["held", "captured", "refused", "released"], "What is stored."),
  amount: Type.Optional(amount),
  code: Type.Optional(code),
  idempotent,
});

export const captureAnswer = open("CaptureAnswer", "200 captured, 409 refused or released.", {
  operation_id: operationId,
  outcome: oneOf(["captured", "refused", "released"], "What is stored."),
  amount: Type.Optional(amount),
  code: Type.Optional(code),
  idempotent,
});

export const releaseAnswer = open("ReleaseAnswer", "200 released or refused, 409 captured.", {
  operation_id: operationId,
  outcome: oneOf(["released", "refused", "captured"], "What is stored."),
  code: Type.Optional(code),
  idempotent,
});

export const batchAnswer = open("BatchAnswer", "One result a line.", {
  results: Type.Array(
    open("BatchResult", "What the call would have answered alone.", {
      operation_id: Type.Union([Type.String(), Type.Null()], {
        description: "Null where a bad line has none that could be read.",
      }),
      status: Type.Integer({ minimum: 200, maximum: 599 }),
      outcome: Type.Optional(Type.String()),
      amount: Type.Optional(amount),
      code: Type.Optional(code),
    }),
  ),
});

export const usersAnswer = open("UsersAnswer", "The target's user of that source user, always the same.", {
  user_id: userId,
  created: Type.Boolean(),
});

export const publicJwkSchema = open("PublicJwk", "An Ed25519 public key (RFC 8037).", {
  kty: oneOf(["OKP"], "Key type."),
  crv: oneOf(["Ed25519"], "Curve."),
  x: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$", description: "The public key, base64url." }),
  kid: Type.Optional(Type.String({ maxLength: 128, description: "RFC 7638 thumbprint." })),
});

export const nodeAnswer = open("NodeAnswer", "What a node is and can.", {
  protocol: oneOf([pxpProtocol], "The protocol's version."),
  roles: Type.Array(oneOf(["target", "source"], "Parts of an exchange that it plays."), { minItems: 1 }),
  systems: Type.Array(systemId, { description: "Systems whose accounts it keeps." }),
  keys: open("PublicJwkSet", "What it signs with, the active key first.", {
    keys: Type.Array(publicJwkSchema),
  }),
  batch_max: Type.Integer({ minimum: 1, description: "Lines of a batch; 1: no batches." }),
  provisioning: Type.Boolean({ description: "Whether it answers /pxp/v1/users." }),
  reconciliation_level: Type.Integer({ minimum: 0, maximum: 3 }),
  audit_checkpoint: Type.Optional(
    Type.String({
      maxLength: 4096,
      description:
        "The newest signed checkpoint of its audit log (C2SP tlog-checkpoint), for partners to keep.",
    }),
  ),
  time,
});

export const listedOperation = open("ListedOperation", "One row. A fence has no user, type or amount.", {
  operation_id: operationId,
  user_id: Type.Union([userId, Type.Null()]),
  credit_type_id: Type.Union([creditTypeId, Type.Null()]),
  amount: Type.Union([amount, Type.Null()]),
  outcome: Type.String({ maxLength: 32 }),
  initiated_at: initiatedAt,
  completed_at: Type.Union([time, Type.Null()]),
  exchange_rate: Type.Optional(Type.Union([rate, Type.Null()])),
});

export const operationsAnswer = open(
  "OperationsAnswer",
  "A page, by initiated_at, then operation_id's bytes.",
  {
    items: Type.Array(listedOperation),
    next_cursor: Type.Union([Type.String({ maxLength: 1024 }), Type.Null()]),
    complete_until: Type.Union([time, Type.Null()], {
      description: "Whatever was committed before this time is in the list.",
    }),
  },
);

/** What is no outcome: 400, 401, 403, 404, 413, 429, 5xx, and 409 operation_conflict. */
export const errorAnswer = open("ErrorAnswer", "An answer that decides nothing.", {
  code,
  detail: Type.Optional(Type.String()),
  time: Type.Optional(time),
  operation_id: Type.Optional(Type.String()),
  conflicting_field: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(open("FieldFault", "One fault in the form.", { path: Type.String(), message: Type.String() })),
  ),
});

export const answerSchemas = {
  node: nodeAnswer,
  credits: creditAnswer,
  "credits/rollback": rollbackAnswer,
  holds: holdAnswer,
  "holds/capture": captureAnswer,
  "holds/release": releaseAnswer,
  batch: batchAnswer,
  users: usersAnswer,
  operations: operationsAnswer,
  rates: ratesAnswer,
  receipts: receiptsAnswer,
  "reconciliation/key": keyAnswer,
  "reconciliation/summary": summaryAnswer,
  "reconciliation/sketch": sketchAnswer,
  "reconciliation/rows": rowsAnswer,
} as const satisfies Record<PxpCallName, TSchema>;

export type CreditCall = Static<typeof creditCall>;
export type RollbackCall = Static<typeof rollbackCall>;
export type HoldCall = Static<typeof holdCall>;
export type CaptureCall = Static<typeof captureCall>;
export type ReleaseCall = Static<typeof releaseCall>;
export type NodeCall = Static<typeof nodeCall>;
export type UsersCall = Static<typeof usersCall>;
export type OperationsCall = Static<typeof operationsCall>;
export type CreditAnswer = Static<typeof creditAnswer>;
export type RollbackAnswer = Static<typeof rollbackAnswer>;
export type HoldAnswer = Static<typeof holdAnswer>;
export type CaptureAnswer = Static<typeof captureAnswer>;
export type ReleaseAnswer = Static<typeof releaseAnswer>;
export type NodeAnswer = Static<typeof nodeAnswer>;
export type UsersAnswer = Static<typeof usersAnswer>;
export type OperationsAnswer = Static<typeof operationsAnswer>;
export type ListedOperation = Static<typeof listedOperation>;
export type BatchAnswer = Static<typeof batchAnswer>;
export type ErrorAnswer = Static<typeof errorAnswer>;

/** The body of each call that has an outcome. */
export interface CallBodies {
  readonly credits: CreditCall;
  readonly "credits/rollback": RollbackCall;
  readonly holds: HoldCall;
  readonly "holds/capture": CaptureCall;
  readonly "holds/release": ReleaseCall;
}

/** A line of a batch: a call's name beside its body. */
export type BatchLine = { [Name in CallName]: { readonly call: Name } & CallBodies[Name] }[CallName];
export interface BatchCall {
  readonly calls: readonly BatchLine[];
}
