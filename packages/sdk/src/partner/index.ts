// The partner kit: pxp/1 on a store of your own. For Node; the client of /v1, which runs in browsers too, is the
// package's main entry.
export {
  type CreditCall,
  type CreditState,
  generateSigningKey,
  type HoldCall,
  type HoldState,
  type PrivateJwk,
  type PublicJwk,
  type SigningKey,
  thumbprintOf,
  toSigningKey,
  type UsersCall,
} from "@pointbridge/protocol/pxp";
export { type FastifyApp, fastifyPartner } from "./fastify.ts";
export { mountOnNodeHttp } from "./node-http.ts";
export {
  createPartner,
  type Partner,
  type PartnerRequest,
  type PartnerResponse,
  type PartnerSettings,
} from "./partner.ts";
export { type FindPartnerKey, type PartnerKey, type RegisteredNode, registerNodes } from "./partner-keys.ts";
export {
  type Awaitable,
  type PartnerRow,
  type PartnerStore,
  type PointsMovement,
  type ProvisionedUser,
  pendingCredit,
  type RatePair,
  type RowKey,
  type RowQuery,
  type SecretKey,
} from "./store.ts";
