// The entries of the audit log that name an operation: what each says, and whether it is in the signed tree.
import { useQuery } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Mark, Nothing, StatusMark, useFormats, When } from "../parts/index.ts";
import { type Proven, type ProvenEntry, proveOperation } from "./checks.ts";

function useColumns(isSigned: boolean): TableColumnsType<ProvenEntry> {
  const { t } = useTexts();
  const { count } = useFormats();
  return [
    { title: t("audit.entry"), render: (_, { entry }) => count(entry.entry_index) },
    { title: t("audit.at"), render: (_, { entry }) => <When at={entry.at} /> },
    {
      title: t("audit.what"),
      render: (_, { line }) =>
        line === undefined ? (
          "–"
        ) : (
          <>
            <StatusMark status={line.status} /> <code className="faint">{line.kind}</code>
          </>
        ),
    },
    { title: t("audit.who"), render: (_, { line }) => line?.principal ?? "–" },
    { title: t("audit.approved"), render: (_, { line }) => line?.approved_by ?? "–" },
    {
      title: t("audit.proof"),
      render: (_, { entry, isProven }) =>
        isProven === undefined ? (
          <Mark tone="calm">{t("audit.notYet")}</Mark>
        ) : (
          <Mark tone={isProven && isSigned ? "good" : "bad"}>
            {t(isProven && isSigned ? "audit.proven" : "audit.unproven", {
              count: entry.proof?.length ?? 0,
            })}
          </Mark>
        ),
    },
  ];
}

function Entries({ proven }: { readonly proven: Proven }): ReactNode {
  const { t } = useTexts();
  const columns = useColumns(proven.signer !== undefined);
  return (
    <Table<ProvenEntry>
      aria-label={t("audit.ofOperation")}
      size="small"
      columns={columns}
      dataSource={[...proven.entries]}
      rowKey={({ entry }) => entry.entry_index}
      pagination={false}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <Nothing title={t("audit.noEntry")} hint={t("audit.noEntryHint")} isSmall /> }}
    />
  );
}

export function ProvenOperation({ operationId }: { readonly operationId: string }): ReactNode {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ["audit", "operation", operationId],
    queryFn: async () => (await proveOperation(operationId)) ?? null,
    // What is not in a checkpoint yet will be within a minute.
    refetchInterval: ({ state }) =>
      state.data?.entries.every(({ isProven }) => isProven) === true ? false : 10_000,
  });
  return (
    <Loaded query={query} rows={3}>
      {(proven) =>
        proven === null ? (
          <Nothing title={t("audit.none")} hint={t("audit.noneHint")} isSmall />
        ) : (
          <Entries proven={proven} />
        )
      }
    </Loaded>
  );
}
