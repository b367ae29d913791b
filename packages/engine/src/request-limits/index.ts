// How many requests a principal or a partner may send.
export { type Allowance, RequestGate, type RequestSubject } from "./request-gate.ts";
export {
  deleteRequestLimit,
  findRequestLimit,
  listRequestLimits,
  putRequestLimit,
  type RequestLimit,
  type RequestLimitInput,
} from "./request-limits.ts";
