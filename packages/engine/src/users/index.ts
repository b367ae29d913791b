// Users' profiles.
export * from "./profiles.ts";
