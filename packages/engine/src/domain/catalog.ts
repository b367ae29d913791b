// The node's catalog as one immutable snapshot: systems, credit types, links and the rates in force.
import type { Rate } from "./rate.ts";

export interface CatalogSystem {
  readonly systemId: string;
  readonly kind: "hosted" | "remote";
  readonly status: "active" | "suspended";
}

export interface CatalogLink {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly userMapping: "same_id" | "mapped";
  readonly enabled: boolean;
}

export interface CatalogRate {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
  readonly rate: Rate;
  readonly rateVersion: number;
  readonly minSourceAmount: bigint;
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
}

// None of the ids may contain a space, so it separates them unmistakably.
function keyOf(...ids: string[]): string {
  return ids.join(" ");
}

export class Catalog {
  readonly version: bigint;
  readonly #systems = new Map<string, CatalogSystem>();
  readonly #creditTypes = new Set<string>();
  readonly #links = new Map<string, CatalogLink>();
  readonly #rates = new Map<string, CatalogRate>();

  constructor(contents: CatalogContents) {
    this.version = contents.version;
    for (const system of contents.systems) this.#systems.set(system.systemId, system);
    for (const type of contents.creditTypes) this.#creditTypes.add(keyOf(type.systemId, type.creditTypeId));
    for (const link of contents.links) this.#links.set(keyOf(link.sourceSystem, link.targetSystem), link);
    for (const rate of contents.rates) {
      const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = rate;
      this.#rates.set(keyOf(sourceSystem, targetSystem, sourceCreditType, targetCreditType), rate);
    }
  }

  system(systemId: string): CatalogSystem | undefined {
    return this.#systems.get(systemId);
  }

  hasCreditType(systemId: string, creditTypeId: string): boolean {
    return this.#creditTypes.has(keyOf(systemId, creditTypeId));
  }

  link(sourceSystem: string, targetSystem: string): CatalogLink | undefined {
    return this.#links.get(keyOf(sourceSystem, targetSystem));
  }

  rate(
    sourceSystem: string,
    targetSystem: string,
    sourceCreditType: string,
    targetCreditType: string,
  ): CatalogRate | undefined {
    return this.#rates.get(keyOf(sourceSystem, targetSystem, sourceCreditType, targetCreditType));
  }
}
