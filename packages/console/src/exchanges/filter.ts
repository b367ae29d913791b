// The filter of the list as it stands in the address, and as the API takes it.
import type { ExchangeFilter } from "@pointbridge/sdk";

export interface ExchangeSearch {
  readonly status?: string;
  readonly user?: string;
  readonly source?: string;
  readonly target?: string;
  readonly after?: string;
  readonly before?: string;
  readonly cursor?: string;
}

export const statuses = ["processing", "needs_attention", "completed", "failed"] as const;

export function toFilter(search: ExchangeSearch): ExchangeFilter {
  return {
    status: statuses.find((status) => status === search.status),
    user_id: search.user,
    source_system: search.source,
    target_system: search.target,
    created_after: search.after,
    created_before: search.before,
  };
}

export function isFiltered({ cursor: _cursor, ...filters }: ExchangeSearch): boolean {
  return Object.keys(filters).length > 0;
}
