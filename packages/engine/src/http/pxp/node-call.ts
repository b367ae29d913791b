// /pxp/v1/node: what this node is and can.
import { type NodeAnswer, pxpProtocol } from "@pointbridge/protocol/pxp";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";
import { batchMax } from "./ledger-calls.ts";

export const describeNode: PartnerHandler<Bodies["node"]> = async ({ book }, { audit }) => {
  const checkpoint = await audit.latestCheckpoint();
  const body: NodeAnswer = {
    protocol: pxpProtocol,
    roles: ["target", "source"],
    systems: book.hostedSystems(),
    keys: { keys: book.nodeKeys.map((key) => ({ ...key.publicJwk })) },
    batch_max: batchMax,
    provisioning: true,
    reconciliation_level: 3,
    // In an answer that is signed as a whole: a partner that keeps it is a witness of the log.
    ...(checkpoint === undefined ? {} : { audit_checkpoint: checkpoint.note }),
    time: new Date().toISOString(),
  };
  return { status: 200, body };
};
