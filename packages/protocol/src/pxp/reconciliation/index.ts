// What two sides compare beyond their listings: records, digests, sums, sketches.
export * from "./calls.ts";
export * from "./digest-sum.ts";
export * from "./packed-rows.ts";
export * from "./peel.ts";
export * from "./record.ts";
export * from "./record-hash.ts";
export * from "./sketch.ts";
