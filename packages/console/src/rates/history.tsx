// The versions of one pair's rate: drawn as steps, and listed with who set and who approved them.
import type { ExchangeRate } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import { type ReactNode, useMemo } from "react";
import { client } from "../api/index.ts";
import { Chart, type ChartDrawing } from "../charts/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Panel, useFormats, When } from "../parts/index.ts";
import { describePair, type Pair, toKey } from "./pairs.ts";

async function readHistory(pair: Pair): Promise<ExchangeRate[]> {
  const { source_system, target_system } = pair;
  const all = await client.rates.listHistory({ source_system, target_system, limit: 1000 }).toArray();
  return all.filter((one) => toKey(one) === toKey(pair));
}

function useColumns(): TableColumnsType<ExchangeRate> {
  const { t } = useTexts();
  const { rate, points } = useFormats();
  return [
    { title: t("rates.version"), render: (_, row) => row.rate_version },
    {
      title: t("rates.rate"),
      align: "right",
      render: (_, row) => <b className="number">{rate(row.rate)}</b>,
    },
    {
      title: t("rates.minimum"),
      align: "right",
      render: (_, row) => <span className="number">{points(row.min_source_amount)}</span>,
    },
    { title: t("rates.from"), render: (_, row) => <When at={row.effective_at} /> },
    {
      title: t("rates.until"),
      render: (_, row) => (row.superseded_at === null ? t("rates.now") : <When at={row.superseded_at} />),
    },
    { title: t("rates.by"), render: (_, row) => row.proposed_by },
    { title: t("rates.approvedBy"), render: (_, row) => row.approved_by ?? <span className="faint">–</span> },
  ];
}

function useDrawing(versions: readonly ExchangeRate[]): ChartDrawing {
  return useMemo(() => {
    const points = versions.map((one) => [Date.parse(one.effective_at), Number(one.rate)] as const);
    const last = points.at(-1);
    return {
      kind: "steps",
      lines: [{ name: "", points: last === undefined ? [] : [...points, [Date.now(), last[1]]] }],
    };
  }, [versions]);
}

function Versions({
  versions,
  label,
}: {
  readonly versions: readonly ExchangeRate[];
  readonly label: string;
}): ReactNode {
  const columns = useColumns();
  const drawing = useDrawing(versions);
  return (
    <>
      <Chart drawing={drawing} label={label} isSmall />
      <Table<ExchangeRate>
        aria-label={label}
        size="small"
        columns={columns}
        dataSource={[...versions].reverse()}
        rowKey={(row) => row.rate_version}
        pagination={versions.length > 12 ? { pageSize: 12, size: "small" } : false}
        scroll={{ x: "max-content" }}
      />
    </>
  );
}

export function RateHistory({ pair }: { readonly pair: Pair }): ReactNode {
  const { t } = useTexts();
  const title = t("rates.history", { pair: describePair(pair) });
  const query = useQuery({ queryKey: ["rates", "history", toKey(pair)], queryFn: () => readHistory(pair) });
  return (
    <Panel title={title} isFlush>
      <Loaded query={query}>{(versions) => <Versions versions={versions} label={title} />}</Loaded>
    </Panel>
  );
}
