// The ledger: members' accounts, their transfers, and the clearing accounts that face them.
export * from "./accounts.ts";
export * from "./balances.ts";
export * from "./clearing.ts";
export * from "./lines.ts";
export * from "./verify.ts";
