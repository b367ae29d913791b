// What two sides compare beyond their listings: records, digests, sums.
export * from "./digest-sum.ts";
export * from "./record.ts";
export * from "./record-hash.ts";
