// Receipts of completed exchanges: this node's signature, and its partners'.
export { type MissingSignature, type ReadReceipt, Receipts } from "./receipts.ts";
export { signReceipt } from "./sign-receipt.ts";
