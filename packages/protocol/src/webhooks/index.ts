// How webhooks are signed, and how a receiver judges one. For Node: it uses node:crypto.
export * from "./signing.ts";
