// The kit's settings: its keys, the names under which the partner registered it, and the test data that the
// partner prepared. `makeConfig` makes a first file; `readConformanceConfig` says what is wrong with one.
import { generateSigningKey, type PublicJwk, publicJwkSchema, toSigningKey } from "@pointbridge/protocol/pxp";
import { type Static, type TSchema, Type } from "typebox";
import { parseRate } from "../domain/index.ts";
import { Check as FormCheck, FormError } from "../form/index.ts";

const systemId = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" });
const creditTypeId = systemId;
const userId = Type.String({ minLength: 1, maxLength: 128 });
const points = Type.String({
  pattern: "^[1-9][0-9]{0,18}$",
  description: 'Points are a decimal string, like "1000".',
});
const milliseconds = Type.Integer({ minimum: 1, maximum: 600_000 });
const keyPart = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" });
const privateJwk = Type.Object({
  kty: Type.Literal("OKP"),
  crv: Type.Literal("Ed25519"),
  kid: Type.Optional(Type.String()),
  x: keyPart,
  d: keyPart,
});

/** A misspelt setting must not look like one that was left out. */
function settings<P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

const targetData = settings({
  credit_type_id: creditTypeId,
  source_credit_type: creditTypeId,
  rate: Type.String({ pattern: "^[0-9]{1,12}(\\.[0-9]{1,18})?$" }),
  unrated_credit_type: creditTypeId,
  member: userId,
  capped_member: userId,
  cap: Type.Optional(points),
  spender: Type.Optional(userId),
  pending_member: Type.Optional(userId),
});

const sourceData = settings({
  credit_type_id: creditTypeId,
  member: userId,
  purse_member: userId,
  purse_balance: points,
});

const configSchema = settings({
  partner_system: systemId,
  own: settings({ system_id: systemId, second_system_id: systemId, private_jwk: privateJwk }),
  foreign: settings({ system_id: systemId, private_jwk: privateJwk }),
  revoked: settings({ private_jwk: privateJwk }),
  target: targetData,
  source: sourceData,
  partner_keys: Type.Optional(settings({ keys: Type.Array(publicJwkSchema) })),
  hooks: Type.Optional(settings({ spend: Type.Optional(Type.String({ pattern: "^https?://" })) })),
  deadlines: Type.Optional(
    settings({
      answer_ms: Type.Optional(milliseconds),
      pending_ms: Type.Optional(milliseconds),
      prompt_ms: Type.Optional(milliseconds),
    }),
  ),
});

export type ConformanceConfig = Static<typeof configSchema>;

export interface Deadlines {
  /** An answer that takes longer is none. */
  readonly answerMs: number;
  /** How long a pending credit, a 429 or a 503 is waited for. */
  readonly pendingMs: number;
  /** An answer should come sooner than this. */
  readonly promptMs: number;
}

export function deadlinesOf(config: ConformanceConfig): Deadlines {
  const { answer_ms = 10_000, pending_ms = 30_000, prompt_ms = 2_000 } = config.deadlines ?? {};
  return { answerMs: answer_ms, pendingMs: pending_ms, promptMs: prompt_ms };
}

/** A first configuration with new keys, for the partner that hosts the given system. */
export function makeConfig(partnerSystem: string): ConformanceConfig {
  return {
    partner_system: partnerSystem,
    own: {
      system_id: "conformance",
      second_system_id: "conformance-2",
      private_jwk: { ...generateSigningKey().privateJwk },
    },
    foreign: { system_id: "conformance-foreign", private_jwk: { ...generateSigningKey().privateJwk } },
    revoked: { private_jwk: { ...generateSigningKey().privateJwk } },
    target: {
      credit_type_id: "point",
      source_credit_type: "coin",
      rate: "2",
      unrated_credit_type: "unrated",
      member: "conformance-member",
      capped_member: "conformance-capped",
      spender: "conformance-spender",
    },
    source: {
      credit_type_id: "point",
      member: "conformance-giver",
      purse_member: "conformance-purse",
      purse_balance: "1000",
    },
    hooks: {},
    deadlines: { answer_ms: 10_000, pending_ms: 30_000, prompt_ms: 2_000 },
  };
}

/** What is wrong with the settings or the keys. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConfigError";
  }
}

const form = new FormCheck(configSchema);
const keySetForm = new FormCheck(Type.Object({ keys: Type.Array(publicJwkSchema) }));

function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${what} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function accept<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    const faults = error.faults.map(({ path, message }) => `\n${path || "the document"}: ${message}`);
    throw new ConfigError(`${what} can't be used${faults.join("")}`);
  }
}

function checkSense({ own, foreign, partner_system, target, source }: ConformanceConfig): void {
  const systems = [partner_system, own.system_id, own.second_system_id, foreign.system_id];
  if (new Set(systems).size < systems.length) {
    throw new ConfigError("partner_system and the kit's three systems must be four different ids");
  }
  const targetMembers = [target.member, target.capped_member, target.spender, target.pending_member];
  const sourceMembers = [source.member, source.purse_member];
  for (const members of [targetMembers, sourceMembers]) {
    const named = members.filter((member) => member !== undefined);
    if (new Set(named).size < named.length) {
      throw new ConfigError(`each part needs a member of its own: ${named.join(", ")} names one twice`);
    }
  }
  if (parseRate(target.rate) === undefined) throw new ConfigError("target.rate must be above 0");
}

function checkKeys({ own, foreign, revoked }: ConformanceConfig): void {
  for (const [name, jwk] of Object.entries({ own, foreign, revoked })) {
    try {
      toSigningKey(jwk.private_jwk);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new ConfigError(`${name}.private_jwk can't be used: ${error.message}`);
    }
  }
}

/** @throws ConfigError */
export function readConformanceConfig(text: string, what: string): ConformanceConfig {
  const config = accept(what, () => form.accept(readJson(text, what), ""));
  checkSense(config);
  checkKeys(config);
  return config;
}

/** The partner's public keys from a JWKS file. @throws ConfigError */
export function readKeySet(text: string, what: string): readonly PublicJwk[] {
  return accept(what, () => keySetForm.accept(readJson(text, what), "")).keys;
}
