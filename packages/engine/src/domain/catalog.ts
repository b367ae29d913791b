// The node's catalog as one immutable snapshot: systems, credit types, links and the rates in force.
import type { CatalogLimit, LimitSide } from "./limit.ts";
import type { Rate } from "./rate.ts";

/**
 * The counter account of a movement, before its shard and stripe are chosen. One object per account within
 * a catalog, so that it can be looked up by identity.
 */
export interface ClearingKey {
  readonly systemId: string;
  readonly creditTypeId: string;
  readonly purpose: "clearing" | "issuing" | "suspense";
  /** The other system of an exchange; empty for issuing. */
  readonly counterparty: string;
}

export interface CatalogSystem {
  readonly systemId: string;
  readonly kind: "hosted" | "remote";
  readonly status: "active" | "suspended";
}

export interface CatalogLink {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly userMapping: "same_id" | "mapped";
  readonly autoProvision: boolean;
  readonly enabled: boolean;
}

/** A rate at which partners' credits are taken beside the one in force: one of lately, or one agreed for soon. */
export interface HonouredRate {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
  readonly rate: Rate;
  /** Null: from now on. */
  readonly from: Date | null;
  /** Null: without an end that is known yet. */
  readonly until: Date | null;
}

/** A version of a pair's rate that is in force, or set for later. */
export interface CatalogRate {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
  readonly rate: Rate;
  readonly rateVersion: number;
  readonly minSourceAmount: bigint;
  /** When it comes into force, if that lay ahead when the catalog was read. */
  readonly startsAt: Date | null;
}

/** The clearing accounts that face the two legs of an exchange. */
export interface ExchangeClearing {
  readonly source: ClearingKey;
  readonly target: ClearingKey;
}

export interface CatalogCreditType {
  readonly systemId: string;
  readonly creditTypeId: string;
}

export interface CatalogContents {
  readonly version: bigint;
  readonly systems: readonly CatalogSystem[];
  readonly creditTypes: readonly CatalogCreditType[];
  readonly links: readonly CatalogLink[];
  readonly rates: readonly CatalogRate[];
  /** Perhaps some that count no more. */
  readonly honouredRates: readonly HonouredRate[];
  /** In the order in which they are judged. */
  readonly limits?: readonly CatalogLimit[];
}

// None of the ids may contain a space, so it separates them unmistakably.
function keyOf(...ids: string[]): string {
  return ids.join(" ");
}

const noLimits: readonly CatalogLimit[] = [];

export class Catalog {
  readonly version: bigint;
  readonly #limits: readonly CatalogLimit[];
  readonly #limitsByFlow = new Map<string, readonly CatalogLimit[]>();
  readonly #systems = new Map<string, CatalogSystem>();
  readonly #issuing = new Map<string, ClearingKey>();
  readonly #links = new Map<string, CatalogLink>();
  /** Of each pair the newest version first. */
  readonly #rates = new Map<string, readonly CatalogRate[]>();
  readonly #honoured = new Map<string, readonly HonouredRate[]>();
  readonly #clearing = new Map<CatalogRate, ExchangeClearing>();
  readonly #clearingByName = new Map<string, ClearingKey>();

  constructor(contents: CatalogContents) {
    this.version = contents.version;
    this.#limits = contents.limits ?? noLimits;
    for (const system of contents.systems) this.#systems.set(system.systemId, system);
    for (const { systemId, creditTypeId } of contents.creditTypes) {
      const issuing: ClearingKey = { systemId, creditTypeId, purpose: "issuing", counterparty: "" };
      this.#issuing.set(keyOf(systemId, creditTypeId), issuing);
    }
    for (const link of contents.links) this.#links.set(keyOf(link.sourceSystem, link.targetSystem), link);
    for (const rate of contents.rates) {
      const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = rate;
      const key = keyOf(sourceSystem, targetSystem, sourceCreditType, targetCreditType);
      const versions = [...(this.#rates.get(key) ?? []), rate];
      this.#rates.set(
        key,
        versions.sort((left, right) => right.rateVersion - left.rateVersion),
      );
      this.#clearing.set(rate, {
        source: this.clearingOf(sourceSystem, sourceCreditType, targetSystem),
        target: this.clearingOf(targetSystem, targetCreditType, sourceSystem),
      });
    }
    for (const honoured of contents.honouredRates) {
      const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = honoured;
      const key = keyOf(sourceSystem, targetSystem, sourceCreditType, targetCreditType);
      this.#honoured.set(key, [...(this.#honoured.get(key) ?? []), honoured]);
    }
  }

  /** The account that faces a credit type's exchanges with another system. */
  clearingOf(systemId: string, creditTypeId: string, counterparty: string): ClearingKey {
    return this.#facing(systemId, creditTypeId, "clearing", counterparty);
  }

  /** The account that pays for what another system, gone for good, can't be asked about. */
  suspenseOf(systemId: string, creditTypeId: string, counterparty: string): ClearingKey {
    return this.#facing(systemId, creditTypeId, "suspense", counterparty);
  }

  #facing(
    systemId: string,
    creditTypeId: string,
    purpose: ClearingKey["purpose"],
    counterparty: string,
  ): ClearingKey {
    const name = keyOf(systemId, creditTypeId, purpose, counterparty);
    const known = this.#clearingByName.get(name);
    if (known !== undefined) return known;
    const made: ClearingKey = { systemId, creditTypeId, purpose, counterparty };
    this.#clearingByName.set(name, made);
    return made;
  }

  system(systemId: string): CatalogSystem | undefined {
    return this.#systems.get(systemId);
  }

  /** The account that faces the credits, debits and holds of a credit type; undefined where it is unknown. */
  issuing(systemId: string, creditTypeId: string): ClearingKey | undefined {
    return this.#issuing.get(keyOf(systemId, creditTypeId));
  }

  /** The accounts that face an exchange at one of this catalog's rates. */
  clearing(rate: CatalogRate): ExchangeClearing {
    const clearing = this.#clearing.get(rate);
    if (clearing === undefined) throw new Error("the rate is not of this catalog");
    return clearing;
  }

  link(sourceSystem: string, targetSystem: string): CatalogLink | undefined {
    return this.#links.get(keyOf(sourceSystem, targetSystem));
  }

  /** The version in force at a time from the catalog's reading on. */
  rate(
    sourceSystem: string,
    targetSystem: string,
    sourceCreditType: string,
    targetCreditType: string,
    now: Date,
  ): CatalogRate | undefined {
    const versions = this.#rates.get(keyOf(sourceSystem, targetSystem, sourceCreditType, targetCreditType));
    return versions?.find(({ startsAt }) => startsAt === null || startsAt.getTime() <= now.getTime());
  }

  /**
   * Every rate at which a partner's credits are taken, the present one first: those of the last 24 hours, and
   * those that were agreed on for soon, since the partner's clock may be ahead.
   */
  agreedRates(
    sourceSystem: string,
    targetSystem: string,
    sourceCreditType: string,
    targetCreditType: string,
    now: Date,
  ): Rate[] {
    const present = this.rate(sourceSystem, targetSystem, sourceCreditType, targetCreditType, now);
    const key = keyOf(sourceSystem, targetSystem, sourceCreditType, targetCreditType);
    const nowMs = now.getTime();
    const others = (this.#honoured.get(key) ?? []).filter(
      ({ from, until }) => (from?.getTime() ?? nowMs) <= nowMs && (until?.getTime() ?? nowMs + 1) > nowMs,
    );
    return [...(present === undefined ? [] : [present.rate]), ...others.map(({ rate }) => rate)];
  }

  /** Whether a limit stands that has counted what was decided at a time. */
  countsSince(limitId: string, time: Date): boolean {
    const limit = this.#limits.find((one) => one.limitId === limitId);
    return limit !== undefined && (limit.createdAt?.getTime() ?? 0) <= time.getTime();
  }

  /** The limits that hold for what goes from one system to another, measured in one side's credit type. */
  limitsOf(
    side: LimitSide,
    sourceSystem: string,
    targetSystem: string,
    creditTypeId: string,
  ): readonly CatalogLimit[] {
    if (this.#limits.length === 0) return noLimits;
    const key = keyOf(side, sourceSystem, targetSystem, creditTypeId);
    const known = this.#limitsByFlow.get(key);
    if (known !== undefined) return known;
    const found = this.#limits.filter(
      (limit) =>
        limit.side === side &&
        limit.creditTypeId === creditTypeId &&
        (limit.sourceSystem ?? sourceSystem) === sourceSystem &&
        (limit.targetSystem ?? targetSystem) === targetSystem,
    );
    this.#limitsByFlow.set(key, found);
    return found;
  }
}
