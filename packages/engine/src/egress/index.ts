// Calls to addresses that somebody configured: partners, webhooks, alert channels. The only way out of the node.
export { EgressRefusal, findAddressFault, guardedSocketLookup, type Resolve } from "./address-rule.ts";
export {
  describeOutsideError,
  type OutsideAnswer,
  type OutsideCall,
  OutsideCalls,
  type OutsideSettings,
} from "./outside-calls.ts";
