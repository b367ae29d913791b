// The callee's side of the partner protocol.
export { addPartnerCalls } from "./shell.ts";
