// The systems of the node, which many pages name and choose from.
import type { System } from "@pointbridge/sdk";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { client } from "./client.ts";

export function useSystems(): UseQueryResult<System[]> {
  return useQuery({
    queryKey: ["systems"],
    queryFn: () => client.systems.list({ limit: 1000 }).toArray(),
    staleTime: 30_000,
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
