// Verifying receipts, without a node. Runs in browsers and in Node.
export {
  decodeReceipt,
  type Receipt,
  type ReceiptContent,
  type ReceiptKey,
  type ReceiptKeys,
  type ReceiptSide,
  type ReceiptSignature,
  type ReceiptVerdict,
  verifyReceipt,
} from "@pointbridge/protocol/receipts";
