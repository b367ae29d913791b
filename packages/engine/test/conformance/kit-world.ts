// The kit's settings and a partner that has registered and prepared what they ask for.
import { type PrivateJwk, type PublicJwk, thumbprintOf } from "@pointbridge/protocol/pxp";
import { type ConformanceConfig, makeConfig } from "../../src/conformance/index.ts";
import type { Fault } from "./faults.ts";
import { MemoryPartner, type PartnerSettings } from "./memory-partner.ts";

export const partnerSystem = "airline";

/** @param cap the limit of the capped member; none: only the bound of 2^63-1 */
export function makeKitConfig(cap?: string): ConformanceConfig {
  const config = makeConfig(partnerSystem);
  return {
    ...config,
    target: { ...config.target, pending_member: "conformance-slow", ...(cap === undefined ? {} : { cap }) },
    deadlines: { answer_ms: 5000, pending_ms: 2000, prompt_ms: 2000 },
  };
}

/** What a partner registers of a key. */
export function publicHalf({ x }: Pick<PrivateJwk, "x">): PublicJwk {
  const jwk = { kty: "OKP", crv: "Ed25519", x } as const;
  return { ...jwk, kid: thumbprintOf(jwk) };
}

export function prepareSettings({
  own,
  foreign,
  revoked,
  target,
  source,
}: ConformanceConfig): PartnerSettings {
  return {
    systemId: partnerSystem,
    nodes: [
      {
        nodeId: own.system_id,
        systems: [own.system_id, own.second_system_id],
        keys: [publicHalf(own.private_jwk)],
        revokedKeys: [publicHalf(revoked.private_jwk)],
      },
      { nodeId: foreign.system_id, systems: [foreign.system_id], keys: [publicHalf(foreign.private_jwk)] },
    ],
    rates: new Map([[`${own.system_id}/${target.source_credit_type}/${target.credit_type_id}`, target.rate]]),
    caps: new Map(target.cap === undefined ? [] : [[target.capped_member, BigInt(target.cap)]]),
    balances: new Map([
      [source.member, 1000n],
      [source.purse_member, BigInt(source.purse_balance)],
    ]),
    pendingUsers: new Set(target.pending_member === undefined ? [] : [target.pending_member]),
  };
}

export async function withPartner(
  config: ConformanceConfig,
  faults: readonly Fault[],
  work: (partner: MemoryPartner) => Promise<void>,
): Promise<void> {
  const partner = await MemoryPartner.start(prepareSettings(config), faults);
  try {
    await work(partner);
  } finally {
    await partner.close();
  }
}
