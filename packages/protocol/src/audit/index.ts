// The audit log's arithmetic: what a node computes and what anybody verifies without it. Uses node:crypto, so it is
// an entry of its own ("@pointbridge/protocol/audit").
export * from "./checkpoint.ts";
export * from "./leaf.ts";
export * from "./proofs.ts";
export * from "./tree.ts";
export * from "./verify-log.ts";
