// What two nodes and every client agree on: schemas, canonical bytes, signatures, the error table.
export * from "./codes.ts";
export * from "./components.ts";
export * as v1 from "./v1/index.ts";
