// A system as `PUT` takes it: the call replaces the whole, so what shall stay has to be given again.
import type { System, SystemInput } from "@pointbridge/sdk";

export function toInput(system: System, change: Partial<SystemInput>): SystemInput {
  const { name, kind, status, base_url, speaks_for, timeout_ms, rate_limit } = system;
  const partner = kind === "remote" ? { base_url, speaks_for, timeout_ms, rate_limit } : {};
  // Keys that are left out stay.
  return { name, kind, status, ...partner, ...change };
}
