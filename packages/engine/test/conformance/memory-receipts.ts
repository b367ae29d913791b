// What the partner of these tests signs of exchanges, with a switch for each way of vouching for what is not so.
import { sign } from "node:crypto";
import type { SigningKey } from "@pointbridge/protocol/pxp";
import {
  decodeReceipt,
  encodeReceiptHeader,
  type ReceiptContent,
  type ReceiptField,
  receiptInput,
  receiptType,
} from "@pointbridge/protocol/receipts";
import type { Fault } from "./faults.ts";
import type { Caller, MemoryLedger, Reply } from "./memory-ledger.ts";

type Fields = Readonly<Record<string, unknown>>;

interface ReceiptKeys {
  readonly own: SigningKey;
  readonly other: SigningKey;
}

function refuse(id: string, code: string, status: number): Reply {
  return { status, body: { operation_id: id, code } };
}

export function signRow(
  ledger: MemoryLedger,
  caller: Caller,
  body: Fields,
  keys: ReceiptKeys,
  faults: ReadonlySet<Fault>,
): Reply {
  const [id, payload] = [String(body["operation_id"]), String(body["payload"])];
  const content: ReceiptContent | undefined = decodeReceipt(payload);
  if (content === undefined) return refuse(id, "malformed", 400);
  const isCredit = body["kind"] === "credits";
  const place = ledger.placeOf(caller, id);
  const row = isCredit ? ledger.credits.get(place) : ledger.holds.get(place);
  if (row === undefined) {
    if (!faults.has("receipt-of-unknown")) return refuse(id, "operation_not_found", 404);
  } else if (row.state !== (isCredit ? "completed" : "captured") && !faults.has("receipt-of-undone")) {
    return refuse(id, "receipt_refused", 409);
  }
  const prefix = isCredit ? "target" : "source";
  const known: Partial<Record<ReceiptField, string | undefined>> = {
    operation_id: id,
    source_system: row?.source_system,
    target_system: row?.target_system,
    [isCredit ? "target_user_id" : "user_id"]: row?.user_id,
    [`${prefix}_credit_type`]: row?.credit_type_id,
    [`${prefix}_amount`]: row?.amount,
  };
  const checked = Object.keys(known) as ReceiptField[];
  const isOther = row !== undefined && checked.some((field) => content[field] !== known[field]);
  if (isOther && !faults.has("receipt-unread")) return refuse(id, "receipt_refused", 409);
  const key = faults.has("receipt-of-other-key") ? keys.other : keys.own;
  const systems = [String(body[isCredit ? "target_system" : "source_system"])];
  const said = faults.has("receipt-without-amount")
    ? checked.filter((field) => !field.endsWith("amount"))
    : checked;
  const header = encodeReceiptHeader({
    alg: "EdDSA",
    kid: key.keyId,
    typ: receiptType,
    role: prefix,
    systems,
    checked: said,
  });
  const signature = sign(null, receiptInput(header, payload), key.privateKey).toString("base64url");
  return { status: 200, body: { operation_id: id, protected: header, signature } };
}
