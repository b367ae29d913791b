// The systems of the node, which many pages name and choose from.
import type { System } from "@pointbridge/sdk";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { client } from "./client.ts";

/** @param refreshMs where they are what the page is about, and are read again every so often */
export function useSystems(refreshMs?: number): UseQueryResult<System[]> {
  return useQuery({
    queryKey: ["systems"],
    queryFn: () => client.systems.list({ limit: 1000 }).toArray(),
    staleTime: 30_000,
    refetchInterval: refreshMs ?? false,
  });
}

export interface SystemOption {
  readonly value: string;
  readonly label: string;
}

export function useSystemOptions(): SystemOption[] {
  const { data = [] } = useSystems();
  return data.map(({ system_id: value, name }) => ({
    value,
    label: name === value ? value : `${value} · ${name}`,
  }));
}
