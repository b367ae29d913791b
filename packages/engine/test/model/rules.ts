// A rule of CONTRACT's partner protocol that can be switched off alone, and what is done then instead.
import type { Machinery } from "./machinery.ts";
import type { Environment } from "./world.ts";

export interface Rule {
  /** As the contract says it, shortened. */
  readonly rule: string;
  readonly instead: string;
  /** What the world needs to have for the rule to matter. */
  readonly needs?: Partial<Environment>;
  readonly switchOff: (machinery: Machinery) => Machinery;
}
