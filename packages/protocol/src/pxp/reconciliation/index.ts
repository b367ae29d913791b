// What two sides compare beyond their listings: records, digests, sums, sketches.
export {
  answerCellsMax,
  type KeyCall,
  type RowsAnswer,
  type RowsCall,
  type RowTuple,
  rowKeyBytes,
  rowsMax,
  type SketchAnswer,
  type SketchCall,
  type SummaryAnswer,
  type SummaryCall,
  summaryHoursMax,
} from "./calls.ts";
export * from "./digest-sum.ts";
export * from "./packed-rows.ts";
export * from "./peel.ts";
export * from "./record.ts";
export * from "./record-hash.ts";
export * from "./sketch.ts";
