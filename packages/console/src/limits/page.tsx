// Limits: how much may be exchanged, how much of it is used where all have it together, and how many requests are taken.
import type { Limit, RequestLimit } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { ListPage, Loaded, Nothing, Panel, useFormats, When } from "../parts/index.ts";
import { AddLimit } from "./add-limit.tsx";
import { ChangeBound, RemoveLimit, SettlePosition } from "./limit-dialogs.tsx";
import { useLimitWords } from "./limit-words.ts";
import { UsageBar } from "./usage-bar.tsx";
import { isCounted } from "./used-limits.tsx";

type Open =
  | { readonly what: "add" }
  | { readonly what: "change" | "settle" | "remove"; readonly limit: Limit };

function Used({ limit }: { readonly limit: Limit }): ReactNode {
  const { t } = useTexts();
  const isShared = limit.subject === "everybody" && isCounted(limit);
  const query = useQuery({
    queryKey: ["limits", "usage", limit.limit_id],
    queryFn: () => client.limits.usage(limit.limit_id),
    enabled: isShared,
    refetchInterval: 10_000,
  });
  if (!isShared) {
    return <span className="faint">{isCounted(limit) ? t("limits.onMemberPage") : "–"}</span>;
  }
  return query.data === undefined ? "…" : <UsageBar limit={limit} usage={query.data} />;
}

function useColumns(onOpen: (open: Open) => void): TableColumnsType<Limit> {
  const { t } = useTexts();
  const { may } = useCaller();
  const { wayOf, measureOf, amountOf } = useLimitWords();
  const columns: TableColumnsType<Limit> = [
    { title: t("limits.limit"), render: (_, row) => <b>{row.limit_id}</b> },
    { title: t("limits.way"), render: (_, row) => <span className="route">{wayOf(row)}</span> },
    { title: t("limits.measure"), render: (_, row) => measureOf(row) },
    {
      title: t("limits.bound"),
      align: "right",
      render: (_, row) => <b className="number">{amountOf(row, row.bound)}</b>,
    },
    { title: t("limits.used"), render: (_, row) => <Used limit={row} /> },
    { title: t("network.updated"), align: "right", render: (_, row) => <When at={row.updated_at} /> },
  ];
  if (!may("administer")) return columns;
  return [
    ...columns,
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, limit) => (
        <span className="change-actions">
          {limit.measure === "position" ? (
            <Button size="small" onClick={() => onOpen({ what: "settle", limit })}>
              {t("limits.settle")}
            </Button>
          ) : null}
          <Button size="small" onClick={() => onOpen({ what: "change", limit })}>
            {t("limits.change")}
          </Button>
          <Button size="small" danger onClick={() => onOpen({ what: "remove", limit })}>
            {t("limits.remove")}
          </Button>
        </span>
      ),
    },
  ];
}

function RequestLimits(): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const query = useQuery({
    queryKey: ["request-limits"],
    queryFn: () => client.requestLimits.list({ limit: 1000 }).toArray(),
  });
  const columns: TableColumnsType<RequestLimit> = [
    { title: t("limits.limit"), render: (_, row) => <b>{row.request_limit_id}</b> },
    { title: t("limits.whose"), render: (_, row) => t(`limits.of${row.applies_to}`) },
    { title: t("limits.subject"), render: (_, row) => row.subject },
    {
      title: t("limits.bound"),
      align: "right",
      render: (_, row) =>
        t("limits.requestsIn", { count: count(row.requests), seconds: count(row.window_ms / 1_000) }),
    },
  ];
  return (
    <Panel title={t("limits.requests")} note={t("limits.requestsNote")} isFlush>
      <Loaded query={query} rows={2}>
        {(limits) =>
          limits.length === 0 ? (
            <Nothing title={t("limits.noRequests")} hint={t("limits.noRequestsHint")} isSmall />
          ) : (
            <Table<RequestLimit>
              aria-label={t("limits.requests")}
              size="small"
              columns={columns}
              dataSource={limits}
              rowKey={(row) => row.request_limit_id}
              pagination={false}
              scroll={{ x: "max-content" }}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

export function Limits(): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const columns = useColumns(setOpen);
  const query = useQuery({
    queryKey: ["limits", "all"],
    queryFn: () => client.limits.list({ limit: 1000 }).toArray(),
    refetchInterval: 10_000,
  });
  const close = () => setOpen(undefined);
  return (
    <ListPage
      title={t("limits.title")}
      intro={t("limits.intro")}
      addText={t("limits.add")}
      onAdd={() => setOpen({ what: "add" })}
      query={query}
      columns={columns}
      rowKey={(row) => row.limit_id}
      empty={{ title: t("limits.empty"), hint: t("limits.emptyHint") }}
    >
      <RequestLimits />
      {open?.what === "add" ? <AddLimit onClose={close} /> : null}
      {open?.what === "change" ? <ChangeBound limit={open.limit} onClose={close} /> : null}
      {open?.what === "settle" ? <SettlePosition limit={open.limit} onClose={close} /> : null}
      {open?.what === "remove" ? <RemoveLimit limit={open.limit} onClose={close} /> : null}
    </ListPage>
  );
}
