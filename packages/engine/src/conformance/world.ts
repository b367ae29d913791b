// What all checks of a run share: settings, keys, connections, and what was observed on the way.

import type { KeyObject } from "node:crypto";
import { randomBytes } from "node:crypto";
import {
  type CallName,
  callPaths,
  canonicalBaseUrl,
  type NodeAnswer,
  type PublicJwk,
  type PxpCallName,
  type SigningKey,
  thumbprintOf,
  toPublicKey,
  toSigningKey,
} from "@pointbridge/protocol/pxp";
import { type ConformanceConfig, type Deadlines, deadlinesOf } from "./config.ts";
import type { Profile, Trace } from "./result.ts";
import { Wire } from "./wire.ts";

/** What is wrong with one answer, whatever its check asked: told once, at the end of the run. */
export interface Observation {
  readonly profile: Profile;
  readonly call: string;
  readonly status: number;
  readonly durationMs: number;
  readonly signatureFault: string | undefined;
  /** Signed by the node, but not for this request. */
  readonly bindingFault: string | undefined;
  readonly formFault: string | undefined;
  readonly transportFault: string | undefined;
  readonly trace: Trace | undefined;
}

/** A call to which no whole answer came. */
export interface Unanswered {
  readonly profile: Profile;
  readonly call: string;
  readonly reason: string;
  readonly trace: Trace | undefined;
}

/** A movement that the run made and has to undo at its end. */
export interface Leftover {
  readonly undo: CallName;
  readonly body: object;
  readonly key: SigningKey;
}

export interface WorldInput {
  /** The partner's agreed base_url, which both sides sign. */
  readonly url: string;
  /** Where it is reached, where that differs: behind a proxy that is not there yet. */
  readonly connectUrl?: string;
  readonly config: ConformanceConfig;
  /** The partner's keys; absent: those are believed that its node answer is signed with. */
  readonly partnerKeys?: readonly PublicJwk[];
  readonly now?: () => Date;
}

export class World {
  readonly baseUrl: string;
  readonly connectUrl: string;
  readonly config: ConformanceConfig;
  readonly deadlines: Deadlines;
  readonly runId: string;
  readonly now: () => Date;
  readonly wire = new Wire();
  readonly keys: { readonly own: SigningKey; readonly foreign: SigningKey; readonly revoked: SigningKey };
  readonly partnerKeys = new Map<string, KeyObject>();
  readonly trustsNodeKeys: boolean;
  readonly observations: Observation[] = [];
  readonly unanswered: Unanswered[] = [];
  readonly leftovers = new Map<string, Leftover>();
  /** Those of them that the partner would not decide; they are not asked again. */
  readonly abandoned = new Set<string>();
  readonly startedAt = performance.now();
  profile: Profile = "target";
  node: NodeAnswer | undefined;
  #count = 0;

  /** @throws TypeError for an address or a key that can't be used */
  constructor({ url, connectUrl = url, config, partnerKeys, now = () => new Date() }: WorldInput) {
    this.baseUrl = canonicalBaseUrl(url);
    this.connectUrl = canonicalBaseUrl(connectUrl);
    this.config = config;
    this.deadlines = deadlinesOf(config);
    this.now = now;
    this.runId = `${now().getTime().toString(36)}${randomBytes(3).toString("hex")}`;
    this.keys = {
      own: toSigningKey(config.own.private_jwk),
      foreign: toSigningKey(config.foreign.private_jwk),
      revoked: toSigningKey(config.revoked.private_jwk),
    };
    const known = partnerKeys ?? config.partner_keys?.keys;
    this.trustsNodeKeys = known === undefined;
    for (const jwk of known ?? []) this.trust(jwk);
  }

  trust(jwk: PublicJwk): void {
    this.partnerKeys.set(thumbprintOf(jwk), toPublicKey(jwk));
  }

  urlOf(call: PxpCallName): string {
    return this.connectUrl + callPaths[call];
  }

  /** An operation id that no other run makes. */
  makeId(label: string): string {
    this.#count += 1;
    return `cf.${this.runId}.${this.#count}.${label}`;
  }

  /** The roles that the node says it plays. */
  plays(role: Profile): boolean {
    return this.node?.roles.includes(role) ?? false;
  }

  elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}
