// The partner protocol pxp/1: keys, signatures and digests, calls and what their answers prove. Uses node:crypto, so it
// is an entry of its own ("@pointbridge/protocol/pxp"): the console imports the main one in a browser.
export * from "./base-url.ts";
export { pxpCodePattern, pxpTimePattern } from "./call-fields.ts";
export * from "./callee-table.ts";
export * from "./calls.ts";
export { contentDigestOf } from "./content-digest.ts";
export * from "./fingerprint.ts";
export * from "./forms.ts";
export * from "./judge.ts";
export * from "./keys.ts";
export * from "./rate-calls.ts";
export * from "./receipt-calls.ts";
export * from "./reconciliation/index.ts";
export { readSignatureInput } from "./signature-fields.ts";
export { signatureLifetimeMaxSeconds, signatureSkewSeconds, signatureTag } from "./signature-profile.ts";
export * from "./signing.ts";
export * from "./verification.ts";
