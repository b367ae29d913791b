// Checks of receipts: whether what the partner signs of a completed exchange verifies, alone, for years. A node may
// do without the call.
import {
  encodeReceipt,
  type ReceiptContent,
  receiptType,
  verifyReceipt,
} from "@pointbridge/protocol/receipts";
import type { Answer } from "../answer.ts";
import { endingBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { openNew, type Side, undoWhereAllowed } from "../side.ts";
import type { Trial } from "../trial.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What is asked for as it was opened, so that the content and the row come from the same place. */
async function openKnown(trial: Trial, side: Side, label: string): Promise<Fields> {
  const body = side.openBody(trial.world, "", {});
  const id = await openNew(trial, side, label, { initiated_at: body["initiated_at"] });
  return { ...body, operation_id: id };
}

/** The content as a hub makes it: it knows both sides, of which the partner knows one. */
function contentOf(side: Side, opened: Fields, changes: Partial<ReceiptContent> = {}): ReceiptContent {
  const text = (field: string, otherwise: string): string => {
    const value = opened[field];
    return typeof value === "string" ? value : otherwise;
  };
  const isCredit = side.profile === "target";
  const [user, type, amount] = [text("user_id", ""), text("credit_type_id", ""), text("amount", "")];
  return {
    type: receiptType,
    version: 1,
    operation_id: text("operation_id", ""),
    user_id: isCredit ? "member-of-the-kit" : user,
    target_user_id: isCredit ? user : "member-of-the-kit",
    source_system: text("source_system", ""),
    target_system: text("target_system", ""),
    source_credit_type: isCredit ? text("source_credit_type", "") : type,
    target_credit_type: isCredit ? type : "kit-points",
    source_amount: isCredit ? text("source_amount", "") : amount,
    target_amount: isCredit ? amount : "1",
    exchange_rate: text("exchange_rate", "1"),
    rate_version: 1,
    created_at: text("initiated_at", ""),
    ...changes,
  };
}

/** Asks for the signature; ends the check where the node has no such call. */
async function ask(trial: Trial, side: Side, content: ReceiptContent): Promise<Answer> {
  const { operation_id, source_system, target_system } = content;
  const payload = encodeReceipt(content);
  const body = { kind: side.kind, operation_id, source_system, target_system, payload };
  const answer = await trial.call("receipts", body);
  if (answer.status === 404 && answer.body["code"] !== "operation_not_found") {
    trial.skip("the node signs no receipts (404)");
  }
  return answer;
}

/** Completes what was opened: a credit is so already, a hold is captured. */
async function complete(trial: Trial, side: Side, opened: Fields): Promise<void> {
  if (side.profile === "target") return;
  const id = String(opened["operation_id"]);
  const captured = await trial.settle("holds/capture", endingBody(trial.world, id));
  trial.expect(captured, { status: 200, outcome: "captured" });
}

function keysOf(trial: Trial): { readonly keys: { kty: string; crv: string; x: string }[] } {
  const keys = [...trial.world.partnerKeys.values()].map((key) => {
    const { x = "" } = key.export({ format: "jwk" }) as { x?: string };
    return { kty: "OKP", crv: "Ed25519", x };
  });
  return { keys };
}

async function runVerifies(trial: Trial, side: Side): Promise<void> {
  const opened = await openKnown(trial, side, "receipt");
  await complete(trial, side, opened);
  const content = contentOf(side, opened);
  const answer = await ask(trial, side, content);
  trial.expect(answer, { status: 200, outcome: null }, "of what is completed");
  const { protected: header, signature } = answer.body;
  expectThat(
    typeof header === "string" && typeof signature === "string",
    "protected and signature, both base64url",
    JSON.stringify(answer.body),
  );
  const receipt = { payload: encodeReceipt(content), signatures: [{ protected: header, signature }] };
  const system = String(opened[side.hosted]);
  const verdict = await verifyReceipt(receipt, { [system]: keysOf(trial) });
  const own = verdict.sides.find(({ system_id: systemId }) => systemId === system);
  const why = own?.reason ?? verdict.fault ?? "nothing was signed for it";
  const wanted = `a signature of one of the node's keys that vouches for ${system}: alg EdDSA, kid, typ, its system in systems, and every field of its side in checked`;
  expectThat(own?.verified === true, wanted, why);
}

async function runDiffering(trial: Trial, side: Side): Promise<void> {
  const opened = await openKnown(trial, side, "receipt-other");
  await complete(trial, side, opened);
  const field = side.profile === "target" ? "target_amount" : "source_amount";
  const answer = await ask(trial, side, contentOf(side, opened, { [field]: "999" }));
  trial.expect(
    answer,
    { status: 409, outcome: null, code: "receipt_refused" },
    `another ${field} than the row's`,
  );
}

async function runUndone(trial: Trial, side: Side): Promise<void> {
  const opened = await openKnown(trial, side, "receipt-undone");
  if (!(await undoWhereAllowed(trial, side, String(opened["operation_id"])))) {
    trial.skip("the node did not take the credit back");
  }
  const answer = await ask(trial, side, contentOf(side, opened));
  trial.expect(answer, { status: 409, outcome: null, code: "receipt_refused" }, "of what was undone");
}

async function runUnknown(trial: Trial, side: Side): Promise<void> {
  const id = trial.world.makeId("receipt-unknown");
  const opened = { ...side.openBody(trial.world, id), operation_id: id };
  const answer = await ask(trial, side, contentOf(side, opened));
  const refused = { status: 409, outcome: null, code: "receipt_refused" };
  const absent = { status: 404, outcome: null, code: "operation_not_found" };
  trial.expect(answer, [absent, refused], "of an id that never came");
}

export function receiptChecks(side: Side): readonly Check[] {
  const check = (name: string, title: string, run: (trial: Trial, side: Side) => Promise<void>): Check => ({
    id: `receipts/${name}`,
    title,
    rule: "receipts",
    level: "must",
    run: (trial) => run(trial, side),
  });
  return [
    check("verifies", "A receipt of what is completed verifies with the node's keys alone", runVerifies),
    check("differing", "A content that the row contradicts is not signed", runDiffering),
    check("undone", "What was undone is not signed for", runUndone),
    check("unknown", "What never came is not signed for", runUnknown),
  ];
}
