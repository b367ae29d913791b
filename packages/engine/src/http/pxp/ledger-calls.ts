// The calls that move points: credits and their rollback, holds, capture and release, alone or in a batch.
import type { CallBodies, CallName } from "@pointbridge/protocol/pxp";
import { HttpError } from "../problem.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";

/** Lines that this node takes in a batch. */
export const batchMax = 500;

function unavailable(): never {
  throw new HttpError("overloaded", "this node does not take this call yet");
}

export const ledgerCalls: { readonly [N in CallName]: PartnerHandler<CallBodies[N]> } = {
  credits: () => unavailable(),
  "credits/rollback": () => unavailable(),
  holds: () => unavailable(),
  "holds/capture": () => unavailable(),
  "holds/release": () => unavailable(),
};

/** Each line by acceptLine, then decided in order and stored as if sent alone. */
export const batch: PartnerHandler<Bodies["batch"]> = () => unavailable();
