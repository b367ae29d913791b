// What two sides compare beyond their listings: records, digests, sums, sketches.
export * from "./digest-sum.ts";
export * from "./peel.ts";
export * from "./record.ts";
export * from "./record-hash.ts";
export * from "./sketch.ts";
