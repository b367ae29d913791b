// The rules of pxp/1 that checks stand for, each with what goes wrong where it is broken. Reports cite them.

export interface Rule {
  readonly text: string;
  /** What a partner that breaks it brings about. */
  readonly risk: string;
}

export const rules = {
  node: {
    text: "The node call tells the protocol, roles, systems, public keys, batch size and time.",
    risk: "A caller can't know what it may ask, or whose signature counts.",
  },
  "answer-signed": {
    text: "Every answer is signed over @status and content-digest by a key of the node, errors too.",
    risk: "The caller may not believe the answer: every outcome stays unknown.",
  },
  "answer-bound": {
    text: "The answer's signature carries the request's nonce.",
    risk: "An old answer can be played to a new question.",
  },
  "answer-form": {
    text: "Answers have the form of their call: operation_id as asked, amounts as strings, a known outcome.",
    risk: "A caller that can't read the answer has to treat the outcome as unknown.",
  },
  "answer-plain": {
    text: "No content encoding and no redirects.",
    risk: "The digest no longer matches what was sent; a 3xx says nothing about the outcome.",
  },
  "in-time": {
    text: "Answers come within the caller's deadline.",
    risk: "Each late answer is an unknown outcome and a hold that stays longer.",
  },
  "signature-covers": {
    text: "A request's signature covers @method, @target-uri, content-type and content-digest with created, expires, nonce, keyid, alg and tag; what signs less is refused with 401 and has no effect.",
    risk: "A part that is not covered can be changed on the way.",
  },
  "signature-verified": {
    text: "A request that was altered after signing is refused with 401 and has no effect.",
    risk: "Anybody on the way makes points.",
  },
  "signature-window": {
    text: "Accepted while created <= now + 60 s, now <= expires + 60 s and 0 < expires - created <= 300 s.",
    risk: "A recorded request works for longer than its nonce is kept, or honest clocks are refused.",
  },
  "target-uri": {
    text: "@target-uri is the agreed base_url and the raw path, never built from Host or forwarded headers.",
    risk: "A request signed for another partner is taken, or a reverse proxy breaks every signature.",
  },
  "nonce-once": {
    text: "A nonce is taken once per calling node, after verification, until expires + 60 s.",
    risk: "A recorded request can be sent again.",
  },
  "refusal-form": {
    text: "401 carries a code of the protocol and the callee's time.",
    risk: "A caller with a wrong clock or key can't find out why it is refused.",
  },
  keys: {
    text: "Unknown and revoked keys are refused with 401; a key belongs to one node.",
    risk: "A stolen key keeps working after it was revoked.",
  },
  "speaks-for": {
    text: "The caller must speak for the system in whose name it asks, and the other must be hosted here; else 403 without an outcome, and no id is used up.",
    risk: "One partner moves points in the name of another.",
  },
  "id-scope": {
    text: "Ids are scoped by calling node, called system, and credit or hold, and compared byte for byte.",
    risk: "One partner's id blocks, answers or undoes another's.",
  },
  "credit-table": {
    text: "The callee's table of credits and rollbacks.",
    risk: "The two ledgers end in different states.",
  },
  "hold-table": {
    text: "The callee's table of holds, captures and releases.",
    risk: "The two ledgers end in different states.",
  },
  "known-id": {
    text: "A known id answers what is stored, whatever limits, rates, links or balances say now.",
    risk: "A completed credit answers as refused: the source releases points that exist twice.",
  },
  "refusal-kept": {
    text: "A refusal is stored under its id before it is answered, and stays when its cause is gone.",
    risk: "The caller has released the points, and a late copy of the request credits them all the same.",
  },
  fence: {
    text: "A rollback (release) of an id never seen fences it: a later credit (hold) is refused.",
    risk: "A delayed credit lands after the source took its points back.",
  },
  "taking-turns": {
    text: "Calls on one id take turns on its one row.",
    risk: "A credit and its rollback that meet both succeed: points are made or lost.",
  },
  sealed: {
    text: "A rollback that was refused once is refused for good.",
    risk: "The caller has confirmed the source, and a repeated rollback takes the target's points too.",
  },
  "effect-of-undo": {
    text: "What is rolled back or released leaves the balance as it was.",
    risk: "The answer says undone and the points are still there, or gone twice.",
  },
  conflict: {
    text: "The same id with other source_system, target_system, user_id, credit_type_id or amount is a 409 operation_conflict with the stored row, and decides nothing; the rest is ignored.",
    risk: "Two different movements share an id, and one of them is believed to have happened.",
  },
  rate: {
    text: "A target refuses a new id with 422 rate_not_agreed where it has no rate for the pair, or where amount is above what source_amount gives at the highest rate in force in the last 24 hours.",
    risk: "A caller mints points by claiming a rate of its own.",
  },
  amounts: {
    text: "Amounts are decimal strings up to 2^63-1 and never touch floating point.",
    risk: "Large amounts are rounded.",
  },
  malformed: {
    text: "What is malformed is answered with 400 without an outcome and uses no id up.",
    risk: "A typing error ends an exchange for good, or moves points that nobody asked for.",
  },
  "unknown-fields": {
    text: "Unknown fields are ignored.",
    risk: "The next version of the protocol can't be introduced.",
  },
  batch: {
    text: "Each call of a batch is decided and stored as if sent alone, in order, never all-or-nothing; a bad line is a 400 without an outcome.",
    risk: "A batch undoes credits whose results were already believed.",
  },
  listing: {
    text: "Rows of every outcome, ordered by (initiated_at, operation_id as bytes), in pages without gaps.",
    risk: "Reconciliation finds differences that aren't there, or misses those that are.",
  },
  sums: {
    text: "A node of reconciliation_level 1 or more says what a window adds up to as the protocol makes it: records, digests, sketches.",
    risk: "Two ledgers that agree seem to differ at every comparison, or two that differ seem to agree.",
  },
  provisioning: {
    text: "The same source user always gets the same user.",
    risk: "A member's points land in two accounts.",
  },
  receipts: {
    text: "A node that answers receipts signs what its row says of a completed exchange, and nothing else.",
    risk: "Nobody can show later what was exchanged, or somebody can show what was not.",
  },
  "one-hold": {
    text: "A hold checks the balance and freezes the points in one step.",
    risk: "The same points are given away twice.",
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;
