// Reconciliations: runs, what they found, what is done about it, and how a pair is reconciled by itself.
import { type Static, Type } from "typebox";
import {
  amountPattern,
  balancePattern,
  catalogIdPattern,
  closed,
  creditTypeId,
  name,
  note,
  nullable,
  oneOf,
  operationId,
  operationIdPattern,
  pageOf,
  pageQuery,
  points,
  printableText,
  rate,
  ratePattern,
  systemId,
  time,
  timePattern,
  userIdPattern,
} from "./shapes.ts";

export const mismatchTypes = [
  "missing_in_source",
  "missing_in_target",
  "amount_mismatch",
  "status_mismatch",
  "rate_mismatch",
  "duplicate_id",
  "wrong_account",
] as const;
export const mismatchStatuses = ["open", "assigned", "awaiting_partner", "resolved"] as const;
export const repairModes = ["none", "propose", "apply"] as const;
export const statementOutcomes = [
  "completed",
  "captured",
  "pending",
  "held",
  "refused",
  "rolled_back",
  "released",
] as const;
/** Lines of one upload of a file. */
export const statementLinesMax = 1000;

export const repairMode = oneOf(
  repairModes,
  "What is done about differences: nothing; repairs are proposed, and another person approves them; or those within the caps are made at once.",
);
const runStatus = oneOf(
  ["running", "completed", "failed"],
  "`completed` also with differences; `failed` where a side could not be read.",
);
const origin = oneOf(["asked", "scheduled", "file"], "Who began it.");
const mismatchType = oneOf(
  mismatchTypes,
  "The gravest difference; a stuck operation is one that was unfinished for longer than the grace.",
);
const mismatchStatus = oneOf(mismatchStatuses, "Where the work on it stands.");
const severity = oneOf(["info", "warning", "critical"], "By its points or its age, whichever is worse.");
const repairStatus = oneOf(
  ["proposed", "approved", "applied", "failed", "rejected"],
  "`approved`: allowed, and being made.",
);

const timeInBody = Type.String({
  pattern: timePattern,
  description: "ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z.",
});

export const reconciliationInput = closed("ReconciliationInput", "What is to be compared.", {
  operation_id: Type.Optional(operationId),
  source_system: systemId,
  target_system: systemId,
  start_time: timeInBody,
  end_time: timeInBody,
  repair: Type.Optional(Type.Unsafe<"none" | "propose" | "apply">({ ...repairMode, default: "none" })),
  statement: Type.Optional(
    Type.Unsafe<"source" | "target">({
      ...oneOf(
        ["source", "target"],
        "Compares with a file of that side's instead of asking its node: the lines come after, with `statement-lines`.",
      ),
    }),
  ),
});

const legTotal = closed(
  "ReconciliationTotal",
  "Points that moved for good, on both sides of one comparison.",
  {
    leg: Type.String({ description: "What was compared with what, such as `target_credits`." }),
    credit_type_id: Type.String({ description: "Of the compared ledger." }),
    ours: Type.String({ description: "By this node's exchanges." }),
    theirs: Type.String({ description: "By the other side's ledger." }),
  },
);

const legDigest = closed("ReconciliationDigest", "Equal digests prove equal sides.", {
  leg: Type.String({ description: "What was compared with what." }),
  ours: Type.String({ description: "Sum of the digests of this node's rows, hex." }),
  theirs: Type.String({ description: "Sum of the digests of the other side's rows, hex." }),
});

const comparedLeg = closed("ReconciledLeg", "One comparison of a run.", {
  leg: Type.String({ description: "What was compared with what, such as `target_credits`." }),
  level: nullable(
    Type.Integer({ minimum: 0, maximum: 3 }),
    "0: both listings, row by row. 1: counts and sums. 2: digests. 3: sketches. Null where it was not compared.",
  ),
  untold: nullable(Type.String(), "Why the other side does not tell it; this node has nothing of it either."),
});

export const reconciliation = closed("Reconciliation", "One run over a pair and a window.", {
  reconciliation_id: operationId,
  status: runStatus,
  source_system: systemId,
  target_system: systemId,
  start_time: time,
  end_time: time,
  compared_until: nullable(time, "Earlier than `end_time` where a grace applies; null before it is known."),
  origin,
  repair: repairMode,
  step: Type.String({ description: "Where it is: load, compare, check, settle, repair, prove or done." }),
  source_operations_count: Type.Integer({ minimum: 0 }),
  target_operations_count: Type.Integer({ minimum: 0 }),
  matched_count: Type.Integer({ minimum: 0 }),
  in_flight_count: Type.Integer({ minimum: 0, description: "Unfinished, and for no longer than the grace." }),
  late_arrivals_count: Type.Integer({
    minimum: 0,
    description: "Differed at first sight and agreed when they were read again.",
  }),
  mismatches_count: Type.Integer({ minimum: 0, description: "That were found, whatever became of them." }),
  open_mismatches_count: Type.Integer({ minimum: 0, description: "Of them, what is not resolved yet." }),
  mismatches_by_type: Type.Unsafe<Record<string, number>>({
    type: "object",
    additionalProperties: { type: "integer" },
    description: "Counts by type; what did not occur is left out.",
  }),
  legs: Type.Array(comparedLeg),
  totals: Type.Array(legTotal),
  digests: Type.Array(legDigest),
  repair_stopped: nullable(Type.String(), "Why it repaired nothing though it was asked to."),
  failure: nullable(Type.String(), "Why it could not be done."),
  principal: Type.String({ description: "Who began it; `node` by schedule." }),
  created_at: time,
  ended_at: nullable(time, "Null while it is running."),
  idempotent: Type.Boolean({ description: "True where it was there before this call." }),
});

export const reconciliationPage = pageOf("ReconciliationPage", reconciliation);

export const reconciliationQuery = closed("ReconciliationQuery", "Which runs, newest first.", {
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  status: Type.Optional(runStatus),
  origin: Type.Optional(origin),
  ...pageQuery,
});

const mismatchRow = closed("MismatchRow", "What one side says of the operation.", {
  user_id: nullable(Type.String(), "In the compared ledger."),
  credit_type_id: nullable(creditTypeId, "In the compared ledger."),
  amount: nullable(points, "In the compared ledger."),
  state: Type.String({ description: "The side's own word for its outcome." }),
  exchange_rate: nullable(rate, "Where the side tells it."),
  initiated_at: time,
});

const movementPreview = closed(
  "RepairPreview",
  "What a repair does to a member's account once it is allowed.",
  {
    entry: oneOf(["credit", "debit"], "Whether the member gets points or gives them."),
    system_id: systemId,
    user_id: Type.String({ description: "The member." }),
    credit_type_id: creditTypeId,
    counterparty: Type.String({ description: "The system whose clearing account it faces." }),
    amount: points,
    from: Type.String({ description: "What the operation comes to in this ledger now." }),
    to: Type.String({ description: "What it is to come to." }),
  },
);

const mismatchRepair = closed("MismatchRepair", "What may mend it, and what became of that.", {
  action: oneOf(
    ["send_again", "ask_again", "adjust", "restore", "present_evidence"],
    "`send_again`: the same call under its own id once more. `ask_again`: an exchange under way goes on. `adjust`: a movement under an id of its own, up or down to what the partner signed. `restore`: an exchange that this node has lost is made again from what it signed itself. `present_evidence`: the other side has to act on what it signed.",
  ),
  status: nullable(repairStatus, "Null while nobody asked for it."),
  proposed_by: nullable(Type.String(), "Who asked for it."),
  decided_by: nullable(Type.String(), "Who allowed or rejected it."),
  applied_at: nullable(time, "When it was made."),
  outcome: nullable(Type.String(), "What came of it."),
  operation_id: nullable(
    operationId,
    "Of the movement that it makes, or of the exchange that is made again.",
  ),
  preview: nullable(movementPreview, "What it does to a member's account; null where it moves none itself."),
});

const mismatchDeed = closed("MismatchDeed", "Who did what about it.", {
  at: time,
  principal: Type.String(),
  action: Type.String(),
  note: nullable(Type.String(), "Why, or what came of it."),
});

export const mismatch = closed("Mismatch", "An operation about which the two sides differ.", {
  operation_id: operationId,
  leg: Type.String({ description: "What was compared with what, such as `target_credits`." }),
  type: mismatchType,
  also: Type.Array(mismatchType, { description: "What differs beside it." }),
  is_stuck: Type.Boolean({ description: "Unfinished for longer than the grace." }),
  status: mismatchStatus,
  severity,
  value: Type.String({
    pattern: balancePattern,
    description: "Points of the compared ledger that the sides differ by.",
  }),
  credit_type_id: nullable(creditTypeId, "Of those points."),
  initiated_at: time,
  ours: nullable(mismatchRow, "What this node says; null where it has nothing."),
  theirs: Type.Array(mismatchRow, { description: "Every row that the other side has under the id." }),
  assigned_to: nullable(Type.String(), "Who works on it."),
  repair: nullable(mismatchRepair, "Null where only a person can mend it."),
  evidence_id: nullable(Type.String(), "Where the other side's signed request is kept."),
  repair_obstacle: nullable(Type.String(), "Why an amount that differs can't be adjusted."),
  found_at: time,
  updated_at: time,
  resolution: nullable(Type.String(), "How it ended: repaired, agrees, carried_on, or in somebody's words."),
  resolved_by: nullable(Type.String(), "`node` where it closed itself."),
  resolved_by_run: nullable(operationId, "The run that agreed, repaired it, or carries it on."),
  resolved_at: nullable(time, "Null while it is not."),
  history: Type.Array(mismatchDeed),
});

export const signedRequest = closed(
  "SignedRequest",
  "What a partner's node signed: anybody who has its public key can verify it (RFC 9421).",
  {
    evidence_id: printableText(200, "Where it is kept by whoever answers it."),
    node_id: printableText(200, "Whose key signed it."),
    key_id: printableText(200, "RFC 7638 thumbprint."),
    target_uri: printableText(2_000, "Signed as `@target-uri`; the method was POST."),
    content_type: printableText(200, "As it was sent."),
    content_digest: printableText(200, "As it was sent: the digest of the body."),
    signature_input: printableText(2_000, "As it was sent: what is signed."),
    signature: printableText(2_000, "As it was sent."),
    body: Type.String({
      pattern: "^\\{[^\\x00-\\x1f\\p{Cs}]*\\}$",
      description: "Exactly what was signed, as text: a JSON object on one line.",
    }),
    received_at: Type.String({ pattern: timePattern, description: "When it was taken, in UTC." }),
  },
);

export const mismatchPage = pageOf("MismatchPage", mismatch);

export const mismatchQuery = closed("MismatchQuery", "Which mismatches, by operation id.", {
  type: Type.Optional(mismatchType),
  status: Type.Optional(mismatchStatus),
  repair_status: Type.Optional(repairStatus),
  ...pageQuery,
});

const operationIds = Type.Array(operationId, {
  minItems: 1,
  maxItems: 1000,
  description: "The operations that it is about, up to 1000.",
});

export const mismatchAssignInput = closed("MismatchAssignInput", "Who is to work on them.", {
  operation_ids: operationIds,
  assignee: name,
  note: Type.Optional(note),
});
export const mismatchNoteInput = closed("MismatchNoteInput", "Which ones, and why.", {
  operation_ids: operationIds,
  note,
});
export const mismatchResolveInput = closed("MismatchResolveInput", "How they were settled.", {
  operation_ids: operationIds,
  resolution: note,
  note: Type.Optional(note),
});
export const mismatchSelection = closed("MismatchSelection", "Which ones.", {
  operation_ids: operationIds,
  note: Type.Optional(note),
});
export const mismatchChange = closed("MismatchChange", "The mismatches as they stand now.", {
  items: Type.Array(mismatch),
});

const statementLine = closed("StatementLine", "One line of the partner's file.", {
  line: Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "In the file." }),
  operation_id: Type.String({ pattern: operationIdPattern, description: "The exchange's id." }),
  amount: Type.String({ pattern: amountPattern, description: "Points in the partner's ledger." }),
  user_id: Type.Optional(Type.String({ pattern: userIdPattern, description: "In the partner's ledger." })),
  credit_type_id: Type.Optional(Type.String({ pattern: catalogIdPattern, description: "There." })),
  outcome: Type.Optional(oneOf(statementOutcomes, "`completed` where left out.")),
  initiated_at: Type.Optional(timeInBody),
  exchange_rate: Type.Optional(Type.String({ pattern: ratePattern, description: "As the partner has it." })),
});

export const statementLinesInput = closed("StatementLinesInput", "Lines of a file, in any number of calls.", {
  lines: Type.Array(statementLine, { maxItems: statementLinesMax }),
  is_last: Type.Boolean({ description: "No lines come after these: the comparison begins." }),
});

export const reportLanguages = ["en", "zh"] as const;
export const reportQuery = closed("ReportQuery", "In which language.", {
  language: Type.Optional(oneOf(reportLanguages, "Of the HTML page; else what Accept-Language asks for.")),
});

export const reconciliationReport = closed("ReconciliationReport", "A run with everything that it found.", {
  reconciliation,
  mismatches: Type.Array(mismatch),
  is_complete: Type.Boolean({ description: "False where there are more mismatches than a report holds." }),
});

export type Reconciliation = Static<typeof reconciliation>;
export type ReconciliationInput = Static<typeof reconciliationInput>;
export type Mismatch = Static<typeof mismatch>;
export type SignedRequest = Static<typeof signedRequest>;
export type StatementLinesInput = Static<typeof statementLinesInput>;
export type ReportLanguage = (typeof reportLanguages)[number];
