// What the partner has to register and prepare before the kit can run, told from the settings.
import { type PrivateJwk, thumbprintOf } from "@pointbridge/protocol/pxp";
import type { ConformanceConfig } from "./config.ts";

export interface KeySet {
  readonly keys: ReadonlyArray<{ kty: "OKP"; crv: "Ed25519"; x: string; kid: string }>;
}

export interface Preparation {
  /** Per registration: for which systems these keys speak. */
  readonly registrations: ReadonlyArray<{
    readonly systems: readonly string[];
    readonly jwks: KeySet;
    readonly revoked_jwks?: KeySet;
  }>;
  /** What has to be there, a sentence each. */
  readonly test_data: readonly string[];
}

function publicSet(jwk: PrivateJwk): KeySet {
  return { keys: [{ kty: "OKP", crv: "Ed25519", x: jwk.x, kid: thumbprintOf(jwk) }] };
}

function describeTarget({ own, partner_system, target }: ConformanceConfig): string[] {
  const { cap, spender, pending_member: pendingMember } = target;
  const pair = (type: string) => `${own.system_id}/${type} to ${partner_system}/${target.credit_type_id}`;
  return [
    `as target: an agreement and a rate of ${target.rate} for ${pair(target.source_credit_type)}, and no higher one within the last 24 hours`,
    `as target: no rate for ${pair(target.unrated_credit_type)}`,
    `as target: a member ${target.member} who may receive ${target.credit_type_id}; credits are taken back at the end`,
    cap === undefined
      ? `as target: a member ${target.capped_member} with no points at all; where members have a limit, set target.cap to this member's`
      : `as target: a member ${target.capped_member} with no points, who can't have more than ${cap}`,
    ...(spender === undefined
      ? []
      : [
          `as target: a member ${spender} with no points, for credits that can't be taken back because the points are spent (held, where the partner is a source too; else through hooks.spend)`,
        ]),
    ...(pendingMember === undefined
      ? ["as target, only where credits may answer pending: target.pending_member, a member whose credits do"]
      : [
          `as target: a member ${pendingMember} whose credits answer pending first and complete by themselves`,
        ]),
  ];
}

function describeSource({ source, partner_system, own }: ConformanceConfig): string[] {
  const { credit_type_id: type, member, purse_member: purse, purse_balance: balance } = source;
  return [
    `as source: an agreement that points go from ${partner_system} to ${own.system_id}`,
    `as source: a member ${member} with at least 1000 ${type}; each run captures a few`,
    `as source: a member ${purse} with exactly ${balance} ${type}; they are held and released, never captured`,
  ];
}

export function describePreparation(config: ConformanceConfig): Preparation {
  const { own, foreign, revoked } = config;
  return {
    registrations: [
      {
        systems: [own.system_id, own.second_system_id],
        jwks: publicSet(own.private_jwk),
        revoked_jwks: publicSet(revoked.private_jwk),
      },
      { systems: [foreign.system_id], jwks: publicSet(foreign.private_jwk) },
    ],
    test_data: [...describeTarget(config), ...describeSource(config)],
  };
}
