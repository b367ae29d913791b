// The log of everything that has an operation id.
export * from "./log.ts";
