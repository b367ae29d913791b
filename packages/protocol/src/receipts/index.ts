// Receipts: what an exchange came to, signed by each side. Without node:crypto, so that a browser verifies too.
export * from "./receipt.ts";
export * from "./verify-receipt.ts";
